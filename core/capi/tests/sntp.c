/* SNTP: a request, the proof in a reply, and every reason to refuse one. */
#include "check.h"

#define NONCE UINT64_C(0x6A777469636B2E31) /* "jwtick.1" */

static const jwtick_sntp_policy POLICY = {1795255200 * SECOND, JWTICK_SNTP_MAXDIST,
                                          JWTICK_SNTP_SLEW};
static const jwtick_bracket LOCAL = {50000000, 50010000};

/* Version 4, mode 4, stratum 1, 2^-20 s, "GPS", received and sent at 1970-01-01T00:01:00Z + 2^32 s. */
static void fill(uint8_t *reply)
{
    static const uint8_t HEAD[] = {0x24, 1, 0, 0xEC, 0, 0, 0, 0, 0, 0, 0, 0, 'G', 'P', 'S', 0};
    static const uint8_t MINUTE[] = {0x83, 0xAA, 0x7E, 0xBC};
    size_t at;

    memset(reply, 0, JWTICK_SNTP_LENGTH);
    memcpy(reply, HEAD, sizeof HEAD);
    for (at = 0; at < 8; at++) {
        reply[24 + at] = (uint8_t)(NONCE >> (56 - 8 * at));
    }
    memcpy(reply + 32, MINUTE, sizeof MINUTE);
    memcpy(reply + 40, MINUTE, sizeof MINUTE);
}

static void refusals(void)
{
    static const struct {
        const char *name;
        size_t length, at;
        uint8_t byte;
        jwtick_status status;
    } ROWS[] = {
        {"47 bytes", 47, 0, 0x24, JWTICK_STATUS_SNTP_SHORT},
        {"another's", 48, 31, 0, JWTICK_STATUS_SNTP_ORIGIN},
        {"kiss", 48, 1, 0, JWTICK_STATUS_SNTP_KISS},
        {"mode 5", 48, 0, 0x25, JWTICK_STATUS_SNTP_MODE},
        {"version 2", 48, 0, 0x14, JWTICK_STATUS_SNTP_VERSION},
        {"leap 3", 48, 0, 0xE4, JWTICK_STATUS_SNTP_UNSYNCHRONIZED},
        {"stratum 16", 48, 1, 16, JWTICK_STATUS_SNTP_STRATUM},
        {"sent before", 48, 43, 0xBB, JWTICK_STATUS_SNTP_BACKWARDS},
        {"root delay of 512 s", 48, 4, 2, JWTICK_STATUS_SNTP_DISTANCE},
        {"held for a second", 48, 43, 0xBD, JWTICK_STATUS_SNTP_HELD},
        {"set after it left", 48, 16, 0x84, JWTICK_STATUS_SNTP_SET_LATER},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        uint8_t *reply = (uint8_t *)malloc(JWTICK_SNTP_LENGTH);
        jwtick_sntp_sample sample;
        jwtick_refusal why = ZEROED;

        if (reply == NULL) {
            abort();
        }
        fill(reply);
        reply[ROWS[row].at] = ROWS[row].byte;
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_sntp_check(NONCE, reply, ROWS[row].length, &LOCAL, &POLICY, &sample,
                                       &why));
        free(reply);
    }
}

static void proves(void)
{
    static const jwtick_bracket BACK = {1, 0};
    const jwtick_sntp_policy as_of_1970 = {0, JWTICK_SNTP_MAXDIST, JWTICK_SNTP_SLEW};
    uint8_t reply[JWTICK_SNTP_LENGTH];
    jwtick_sntp_sample sample;
    jwtick_bounds utc;

    fill(reply);
    CHECK_STATUS("sample", JWTICK_STATUS_OK,
                 jwtick_sntp_check(NONCE, reply, sizeof reply, &LOCAL, &as_of_1970, &sample, NULL));
    CHECK("sample", sample.offset.least < 9990000 && sample.offset.least > 9989900);
    CHECK("sample", sample.offset.most > 10000000 && sample.offset.most < 10000100);
    CHECK("sample", sample.delay == 10000 && sample.stratum == 1 && sample.precision == 1);
    CHECK("sample", sample.root_distance == 0 && sample.leap == JWTICK_LEAP_NONE);
    CHECK_STATUS("sample", JWTICK_STATUS_OK,
                 jwtick_offset_apply(&sample.offset, LOCAL.after, &utc));
    CHECK("sample", utc.earliest <= 60 * SECOND && utc.latest >= 60 * SECOND);
    CHECK_STATUS("back", JWTICK_STATUS_INVERTED,
                 jwtick_sntp_check(NONCE, reply, sizeof reply, &BACK, &POLICY, &sample, NULL));
    memset(reply + 32, 0, 8);
    CHECK_STATUS("no stamp", JWTICK_STATUS_SNTP_ZERO_STAMP,
                 jwtick_sntp_check(NONCE, reply, sizeof reply, &LOCAL, &POLICY, &sample, NULL));
}

static void requests(void)
{
    uint8_t *packet = (uint8_t *)malloc(JWTICK_SNTP_LENGTH);
    size_t at;

    if (packet == NULL) {
        abort();
    }
    CHECK_STATUS("request", JWTICK_STATUS_OK,
                 jwtick_sntp_request(NONCE, packet, JWTICK_SNTP_LENGTH));
    CHECK("request", packet[0] == 0x23);
    for (at = 1; at < 40; at++) {
        CHECK("request", packet[at] == 0);
    }
    CHECK("request", memcmp(packet + 40, "jwtick.1", 8) == 0);
    CHECK_STATUS("47 bytes", JWTICK_STATUS_BUFFER,
                 jwtick_sntp_request(NONCE, packet, JWTICK_SNTP_LENGTH - 1));
    CHECK_STATUS("no bytes", JWTICK_STATUS_BUFFER, jwtick_sntp_request(NONCE, NULL, 0));
    free(packet);
}

/* Reads the packet of a row, which is written in hexadecimal digits. */
static void read_packet(const char *table, const char *name, uint8_t packet[JWTICK_SNTP_LENGTH])
{
    const char *row = strstr(table, name);
    size_t at;

    for (at = 0; at < JWTICK_SNTP_LENGTH; at++) {
        unsigned byte = 0;

        CHECK(name, row != NULL && sscanf(row + strlen(name) + 1 + 2 * at, "%2x", &byte) == 1);
        packet[at] = (uint8_t)byte;
    }
}

/* Replies captured from real servers. */
static void captured(void)
{
    static const struct {
        const char *name;
        jwtick_status status;
        uint32_t stratum;
    } ROWS[] = {
        {"chrony-below", JWTICK_STATUS_OK, 11},
        {"chrony-local", JWTICK_STATUS_OK, 10},
        {"chrony-unsynchronised", JWTICK_STATUS_SNTP_UNSYNCHRONIZED, 0},
        {"ntpsec-rate", JWTICK_STATUS_SNTP_KISS, 0},
        {"ntpsec-init", JWTICK_STATUS_SNTP_KISS, 0},
    };
    const jwtick_bracket local = {0, SECOND};
    char table[4096];
    size_t row;

    table[check_read("tables/sntp.tsv", table, sizeof table)] = '\0';
    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        uint8_t packet[JWTICK_SNTP_LENGTH];
        jwtick_sntp_sample sample;
        jwtick_status status;

        read_packet(table, ROWS[row].name, packet);
        status = jwtick_sntp_check(NONCE, packet, sizeof packet, &local, &POLICY, &sample, NULL);
        CHECK_STATUS(ROWS[row].name, ROWS[row].status, status);
        CHECK(ROWS[row].name, status != JWTICK_STATUS_OK || sample.stratum == ROWS[row].stratum);
    }
}

void test_sntp(void)
{
    refusals();
    proves();
    requests();
    captured();
}
