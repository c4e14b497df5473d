/*
 * The layer below the appliance's main() on a Cortex-M: the vectors, the start-up code, and a console over
 * semihosting (Semihosting for AArch32 and AArch64, §6). The rest of the board is in scripted.c.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"

#define SYS_OPEN 0x01u
#define SYS_WRITE 0x05u
#define SYS_EXIT 0x18u
#define TO_WRITE 4u /* the mode of fopen(…, "w") */
#define STOPPED_BY_ERROR 0x20023u
#define STOPPED_BY_EXIT 0x20026u

extern uint64_t data_start[], data_end[], bss_start[], bss_end[], stack_top[];
extern const uint64_t data_stored[];

int main(void);
void reset(void);

static uint32_t ask_host(uint32_t operation, uintptr_t argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register uintptr_t r1 __asm__("r1") = argument;

    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void board_print(const char *text)
{
    static const char CONSOLE[] = ":tt";
    static uint32_t console;
    const uint32_t open[] = {(uintptr_t)CONSOLE, TO_WRITE, sizeof CONSOLE - 1};

    if (console == 0) {
        console = ask_host(SYS_OPEN, (uintptr_t)open);
    }
    const uint32_t write[] = {console, (uintptr_t)text, strlen(text)};

    (void)ask_host(SYS_WRITE, (uintptr_t)write);
}

/* Called by the library if an internal check fails, and here by every exception. */
void abort(void)
{
    (void)ask_host(SYS_EXIT, STOPPED_BY_ERROR);
    for (;;) {
    }
}

void reset(void)
{
    const uint64_t *stored = data_stored;

    for (uint64_t *to = data_start; to < data_end; to++) {
        *to = *stored++;
    }
    for (uint64_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    if (main() != 0) {
        abort();
    }
    (void)ask_host(SYS_EXIT, STOPPED_BY_EXIT);
    for (;;) {
    }
}

/* Armv7-M Architecture Reference Manual, §B1.5.3: the stack, the entry point, and fourteen exceptions. */
__attribute__((section(".vector_table"), used)) static const struct {
    const void *stack;
    void (*start)(void);
    void (*exceptions[14])(void);
} VECTORS = {
    stack_top,
    reset,
    {abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort},
};
