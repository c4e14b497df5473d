/*
 * What the appliance's program asks of the board that it runs on. `scripted.c` plays one whose days
 * are known; a real one reads its timer, its radio and its random numbers here.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Milliseconds since power came on, in 32 bits: wraps after 49.7 days. */
uint32_t board_ticks(void);

/* Waits for something to happen, a day at most; false when the power goes. */
bool board_wait(void);

/* A token that has come in since the last call: its length, or 0 if there is none. */
size_t board_token(char *token, size_t room);

/* 64 random bits. */
uint64_t board_random(void);

/* Asks the time server, and gets its reply: its length, or 0 if there is none. */
size_t board_ask(const uint8_t *packet, size_t length, uint8_t *reply, size_t room);

/* Writes to the console. */
void board_print(const char *text);

#endif
