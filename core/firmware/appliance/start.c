/*
 * What stands below the appliance's main() on a Cortex-M: the vectors, the start, and a console by
 * semihosting (Semihosting for AArch32 and AArch64, §6). The rest of its board is scripted.c.
 */
#include <stdint.h>
#include <stdlib.h>

#include "board.h"

#define SYS_WRITE0 0x04u
#define SYS_EXIT 0x18u
#define STOPPED_BY_ERROR 0x20023u
#define STOPPED_BY_EXIT 0x20026u

extern uint64_t data_start[], data_end[], bss_start[], bss_end[], stack_top[];
extern const uint64_t data_stored[];

int main(void);
void reset(void);

static void ask_host(uint32_t operation, uintptr_t argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register uintptr_t r1 __asm__("r1") = argument;

    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void board_print(const char *text)
{
    ask_host(SYS_WRITE0, (uintptr_t)text);
}

/* The library calls it if a check of its own fails; so does every exception here. */
void abort(void)
{
    ask_host(SYS_EXIT, STOPPED_BY_ERROR);
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
    ask_host(SYS_EXIT, STOPPED_BY_EXIT);
    for (;;) {
    }
}

/* Armv7-M Architecture Reference Manual, §B1.5.3: the stack, the start, fourteen exceptions. */
__attribute__((section(".vector_table"), used)) static const struct {
    const void *stack;
    void (*start)(void);
    void (*exceptions[14])(void);
} VECTORS = {
    stack_top,
    reset,
    {abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort, abort},
};
