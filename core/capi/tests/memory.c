/* Impossible lengths, and buffers that overlap their inputs. */
#include "check.h"

#define TOO_LONG ((size_t)PTRDIFF_MAX + 1)

static void lengths(void)
{
    static const jwtick_bracket LOCAL = {0, 0};
    static const jwtick_sntp_policy POLICY = {0, 0, 0};
    const uint8_t *secret = (const uint8_t *)SECRET;
    uint8_t room[100];
    jwtick_token token = ZEROED;
    jwtick_hs256 key = ZEROED;
    jwtick_key any = ZEROED;
    jwtick_sntp_sample sample;
    jwtick_selection selection;
    jwtick_offset offset = {0, 0};
    jwtick_diagnoser diagnoser = ZEROED;
    jwtick_text text;
    int64_t at;
    size_t length;
    example it;

    check_example(&it);
    CHECK_STATUS("compact", JWTICK_STATUS_LENGTH,
                 jwtick_decode(TOKEN, TOO_LONG, room, sizeof room, &token, NULL));
    CHECK_STATUS("compact", JWTICK_STATUS_LENGTH,
                 jwtick_decode(TOKEN, SIZE_MAX, room, sizeof room, &token, NULL));
    CHECK_STATUS("room", JWTICK_STATUS_LENGTH,
                 jwtick_decode("a.b.c", 5, room, TOO_LONG, &token, NULL));
    CHECK_STATUS("secret", JWTICK_STATUS_LENGTH, jwtick_hs256_prepare(secret, TOO_LONG, &key, NULL));
    CHECK_STATUS("modulus", JWTICK_STATUS_LENGTH,
                 jwtick_key_from_rsa(JWTICK_ALGORITHM_RS256, secret, TOO_LONG, secret, 1, &any, NULL));
    CHECK_STATUS("set", JWTICK_STATUS_LENGTH,
                 jwtick_jwks_candidate("{}", SIZE_MAX, &it.token, 0, &text, NULL));
    CHECK_STATUS("name", JWTICK_STATUS_LENGTH, jwtick_claim_json(&it.claims, "a", SIZE_MAX, &text));
    CHECK_STATUS("buffer", JWTICK_STATUS_LENGTH,
                 jwtick_claim_text(&it.claims, "iss", 3, (char *)room, SIZE_MAX, &length));
    CHECK_STATUS("packet", JWTICK_STATUS_LENGTH,
                 jwtick_sntp_check(0, room, TOO_LONG, &LOCAL, &POLICY, &sample, NULL));
    CHECK_STATUS("date", JWTICK_STATUS_LENGTH,
                 jwtick_http_date_parse("x", TOO_LONG, 0, &at, NULL));
    /* All bytes of the buffer, but sixteen for each source. */
    CHECK_STATUS("sources", JWTICK_STATUS_LENGTH,
                 jwtick_select(&offset, SIZE_MAX / 16, &selection, NULL));
    CHECK_STATUS("sources", JWTICK_STATUS_LENGTH,
                 jwtick_select(&offset, SIZE_MAX / 2, &selection, NULL));
    CHECK_STATUS("text", JWTICK_STATUS_OK, jwtick_diagnoser_start(0, &diagnoser));
    CHECK_STATUS("text", JWTICK_STATUS_LENGTH, jwtick_diagnoser_feed(&diagnoser, "x", TOO_LONG));
}

static void decodes_in_place(void)
{
    static union {
        jwtick_token token;
        uint8_t bytes[4000];
    } shared;
    jwtick_token token = ZEROED;
    size_t length = strlen(TOKEN);

    memcpy(shared.bytes, TOKEN, length);
    CHECK_STATUS("room over compact", JWTICK_STATUS_OVERLAP,
                 jwtick_decode((const char *)shared.bytes, length, shared.bytes + length - 1, 3000,
                               &token, NULL));
    CHECK_STATUS("room next to compact", JWTICK_STATUS_OK,
                 jwtick_decode((const char *)shared.bytes, length, shared.bytes + length, 3000,
                               &token, NULL));
    CHECK_STATUS("token in compact", JWTICK_STATUS_OVERLAP,
                 jwtick_decode((const char *)shared.bytes, length, shared.bytes + 1000, 3000,
                               &shared.token, NULL));
    CHECK_STATUS("token in room", JWTICK_STATUS_OVERLAP,
                 jwtick_decode(TOKEN, length, shared.bytes + 8, 3000, &shared.token, NULL));
}

static void writes_over_its_source(void)
{
    jwtick_diagnoser diagnoser = ZEROED;
    jwtick_diagnosis diagnosis = ZEROED;
    jwtick_refusal why = ZEROED;
    jwtick_text json;
    size_t length, shared[20];
    example it;

    check_example(&it);
    CHECK_STATUS("claim", JWTICK_STATUS_OK, jwtick_claim_json(&it.claims, "iss", 3, &json));
    CHECK_STATUS("claim", JWTICK_STATUS_OVERLAP,
                 jwtick_claim_text(&it.claims, "iss", 3, (char *)it.room, sizeof it.room, &length));
    CHECK_STATUS("length", JWTICK_STATUS_OVERLAP,
                 jwtick_claim_text(&it.claims, "iss", 3, (char *)shared, sizeof shared, &shared[1]));
    CHECK_STATUS("refusal", JWTICK_STATUS_SECRET_SHORT,
                 jwtick_hs256_prepare(NULL, 0, &it.key, &why));
    CHECK_STATUS("refusal", JWTICK_STATUS_OVERLAP,
                 jwtick_say_refusal(&why, JWTICK_LANGUAGE_ENGLISH, (char *)&why + 8,
                                    sizeof why - 8, &length));
    CHECK_STATUS("diagnoser", JWTICK_STATUS_OK, jwtick_diagnoser_start(0, &diagnoser));
    CHECK_STATUS("diagnoser", JWTICK_STATUS_OVERLAP,
                 jwtick_diagnoser_feed(&diagnoser, (const char *)&diagnoser + 100, 50));
    CHECK_STATUS("diagnoser", JWTICK_STATUS_OVERLAP,
                 jwtick_diagnoser_finish(&diagnoser, (jwtick_diagnosis *)(void *)&diagnoser));
    CHECK_STATUS("diagnosis", JWTICK_STATUS_OK, jwtick_diagnoser_finish(&diagnoser, &diagnosis));
    CHECK_STATUS("diagnosis", JWTICK_STATUS_OVERLAP,
                 jwtick_say_summary(&diagnosis, JWTICK_LANGUAGE_ENGLISH, (char *)&diagnosis,
                                    sizeof diagnosis, &length));
}

void test_memory(void)
{
    lengths();
    decodes_in_place();
    writes_over_its_source();
}
