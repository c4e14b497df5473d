/*
 * The interface between the appliance's program and its board. `scripted.c` simulates a board; a real
 * one accesses its timer, its radio and its random number generator here.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Milliseconds since power-on, in 32 bits; wraps after 49.7 days. */
uint32_t board_ticks(void);

/* Waits for an event, at most a day; returns false at power-off. */
bool board_wait(void);

/* Reads a token received since the last call; returns its length, or 0 if there is none. */
size_t board_token(char *token, size_t room);

/* Returns 64 random bits. */
uint64_t board_random(void);

/* Queries the time server; returns the length of its reply, or 0 if there is none. */
size_t board_ask(const uint8_t *packet, size_t length, uint8_t *reply, size_t room);

/* Writes to the console. */
void board_print(const char *text);

#endif
