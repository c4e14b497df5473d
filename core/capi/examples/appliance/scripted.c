/*
 * A scripted board: it is switched on at 2026-11-21T10:00:00Z, receives tokens, and has a time server
 * that answers after 40 ms. Its counter starts near the end of its range, so that it soon wraps.
 */
#include <string.h>

#include "board.h"

#define SWITCHED_ON UINT64_C(1795255200) /* 2026-11-21T10:00:00Z */
#define TO_1900 UINT64_C(2208988800)     /* seconds from NTP's first epoch to 1970 (RFC 5905 §6) */
#define DAY (UINT64_C(86400) * 1000)

static const uint32_t FIRST_TICK = UINT32_MAX - 5000;
static uint64_t elapsed; /* milliseconds since power-on */

/* exp is 2025-06-15, before the build. */
#define OLD                                                                                     \
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJwbGFudCIsInN1YiI6InZhbHZlLTciLCJleHAiOjE3" \
    "NTAwMDAwMDB9.osYVdS5j5jILoh4yf5u8ZN4soG0ae2GLWd5Aydk9NLQ"
/* exp is an hour after power-on. */
#define HOUR_PAYLOAD                                                                           \
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJwbGFudCIsInN1YiI6InZhbHZlLTciLCJpYXQiOjE" \
    "3OTUyNTUyMDAsImV4cCI6MTc5NTI1ODgwMH0."
#define HOUR HOUR_PAYLOAD "nEamXgItEHpWwI-Lk26rTirL-6cdfg44JfX-0uNaJzk"
/* The same, signed with another secret. */
#define FORGED HOUR_PAYLOAD "Ch57i0J5VIIEyJTSALHMLVN1EpHY1rK809exepKsZXU"
/* exp is 30 days and a minute after power-on. */
#define MONTH                                                                                  \
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJwbGFudCIsInN1YiI6InZhbHZlLTciLCJpYXQiOjE" \
    "3OTUyNTUyMDAsImV4cCI6MTc5Nzg0NzI2MH0.yrQcKy7SLfuuXIdY76KwhfouldyNSQykjuZ5LANhAl0"

static const struct {
    uint64_t at; /* milliseconds after power-on */
    const char *what;
    const char *token;
} EVENTS[] = {
    {1000, "expired before this program was built\n", OLD},
    {2000, "fresh, while the time is unknown\n", HOUR},
    {60000, "forged\n", FORGED},
    {120000, "no token at all\n", "valve, open"},
    {3599000, "a second before its end\n", HOUR},
    {3600000, "at its end\n", HOUR},
    {30 * DAY, "after 30 days without a time server\n", MONTH},
    {30 * DAY + 61000, "after its end, with fresh bounds\n", MONTH},
};

enum { EVENT_COUNT = sizeof EVENTS / sizeof EVENTS[0] };

static size_t next;
static const char *arrived;

uint32_t board_ticks(void)
{
    return (uint32_t)(FIRST_TICK + elapsed);
}

bool board_wait(void)
{
    if (next == EVENT_COUNT) {
        return false;
    }
    if (EVENTS[next].at > elapsed + DAY) {
        elapsed += DAY;
        return true;
    }
    elapsed = EVENTS[next].at;
    board_print(EVENTS[next].what);
    arrived = EVENTS[next].token;
    next++;
    return true;
}

size_t board_token(char *token, size_t room)
{
    size_t length = arrived == NULL ? 0 : strlen(arrived);

    if (length > room) {
        length = 0;
    }
    if (length > 0) {
        memcpy(token, arrived, length);
    }
    arrived = NULL;
    return length;
}

/* Deterministic, because this is a script. */
uint64_t board_random(void)
{
    return UINT64_C(0x6A777469636B2E31) + elapsed;
}

static void put_be32(uint8_t *field, uint64_t number)
{
    field[0] = (uint8_t)(number >> 24);
    field[1] = (uint8_t)(number >> 16);
    field[2] = (uint8_t)(number >> 8);
    field[3] = (uint8_t)number;
}

/* A stratum 1 server with a precision of 2^-20 s that answers immediately (RFC 5905 §7.3). */
size_t board_ask(const uint8_t *packet, size_t length, uint8_t *reply, size_t room)
{
    static const uint8_t HEAD[] = {0x24, 1, 0, 0xEC, 0, 0, 0, 0, 0, 0, 0, 0, 'G', 'P', 'S', 0};
    uint64_t fraction;

    if (length != 48 || room < 48) {
        return 0;
    }
    elapsed += 20;
    memset(reply, 0, 48);
    memcpy(reply, HEAD, sizeof HEAD);
    memcpy(reply + 24, packet + 40, 8);
    fraction = ((elapsed % 1000) << 32) / 1000;
    put_be32(reply + 32, SWITCHED_ON + TO_1900 + elapsed / 1000);
    put_be32(reply + 36, fraction);
    memcpy(reply + 40, reply + 32, 8);
    elapsed += 20;
    return 48;
}
