/* Tokens and proofs that a device makes: their times, every reason to refuse, and signatures made elsewhere. */
#include "check.h"

#define NOW (1795250000 * SECOND) /* 2026-11-21T08:33:20Z */

static jwtick_text text(const char *bytes)
{
    jwtick_text it;

    it.bytes = bytes;
    it.length = strlen(bytes);
    return it;
}

static jwtick_member member(const char *name, uint32_t kind)
{
    jwtick_member it = ZEROED;

    it.name = text(name);
    it.kind = kind;
    return it;
}

static jwtick_member named(const char *name, const char *value)
{
    jwtick_member it = member(name, JWTICK_VALUE_TEXT);

    it.text = text(value);
    return it;
}

/* An assertion with one claim, which the server accepts for a minute. */
static jwtick_assertion assertion_of(const jwtick_member *claims, size_t count)
{
    jwtick_assertion it = ZEROED;

    it.claims = claims;
    it.claim_count = count;
    it.life = 300 * SECOND;
    it.forgiven = 60 * SECOND;
    return it;
}

static void times(const jwtick_hs256 *key)
{
    static const struct {
        const char *name;
        jwtick_bounds utc;
        int64_t life, forgiven;
        uint32_t not_before;
        jwtick_status status;
        const char *said;
    } ROWS[] = {
        {"exact", {NOW, NOW}, 300 * SECOND, 60 * SECOND, 0, JWTICK_STATUS_OK, ""},
        {"a minute", {NOW, NOW + 60 * SECOND}, 300 * SECOND, 60 * SECOND, 0, JWTICK_STATUS_OK, ""},
        {"wider", {NOW, NOW + 61 * SECOND}, 300 * SECOND, 60 * SECOND, 0, JWTICK_STATUS_CLOCK_WIDE,
         "UTC is only known to 61 s, but the server accepts a token for only 60 s: set the clock first"},
        {"half of the life", {NOW, NOW + 5 * SECOND}, 10 * SECOND, 0, 0, JWTICK_STATUS_OK, ""},
        {"more than half", {NOW, NOW + 5 * SECOND + 1}, 10 * SECOND, 0, 0, JWTICK_STATUS_CLOCK_WIDE,
         "UTC is only known to 6 s, but the server accepts a token for only 5 s: set the clock first"},
        {"never set", {NOW, JWTICK_OPEN}, 300 * SECOND, 0, 0, JWTICK_STATUS_CLOCK_WIDE,
         "the latest possible UTC is unknown: set the clock first"},
        {"1970", {0, 0}, 300 * SECOND, 0, 0, JWTICK_STATUS_CLOCK_NEVER_SET,
         "expected a clock that reads at least 1767225600 s after 1970, but found 0 s: it was never set"},
        {"no life", {NOW, NOW}, SECOND - 1, 0, 0, JWTICK_STATUS_ASSERTION_LIFE,
         "expected a lifetime of at least 1 s, but found 999999 \xc2\xb5s"},
        {"forgives less than nothing", {NOW, NOW}, SECOND, -1, 0, JWTICK_STATUS_VALUE, ""},
        {"no such nbf", {NOW, NOW}, SECOND, 0, 2, JWTICK_STATUS_VALUE, ""},
        {"inverted", {NOW, NOW - 1}, SECOND, 0, 0, JWTICK_STATUS_INVERTED, ""},
    };
    jwtick_member claims[1] = ZEROED;
    size_t row;

    claims[0] = named("iss", "device-7");
    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_assertion assertion = assertion_of(claims, 1);
        jwtick_refusal why = ZEROED;
        char token[300], said[200];
        size_t length = 0;

        assertion.life = ROWS[row].life;
        assertion.forgiven = ROWS[row].forgiven;
        assertion.not_before = ROWS[row].not_before;
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_assertion_hs256(&assertion, &ROWS[row].utc, key, token, sizeof token,
                                            &length, &why));
        CHECK(ROWS[row].name, (length > 0) == (ROWS[row].status == JWTICK_STATUS_OK));
        if (ROWS[row].said[0] != '\0') {
            CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                         jwtick_say_refusal(&why, JWTICK_LANGUAGE_ENGLISH, said, sizeof said,
                                            &length));
            CHECK_TEXT(ROWS[row].name, ROWS[row].said, said, length);
        }
    }
}

/* Every kind of value, read back by the library. */
static void values(const jwtick_hs256 *key)
{
    static const char EXPECTED[] =
        "{\"iss\":\"say \\\"hi\\\"\",\"aud\":[\"a\",\"b\"],\"uptime\":-7,\"metered\":true,"
        "\"iat\":1795250000,\"exp\":1795250300,\"nbf\":1795250000}";
    const jwtick_bounds utc = {NOW, NOW + SECOND};
    jwtick_text audiences[2];
    jwtick_member header[2] = ZEROED, claims[4] = ZEROED;
    jwtick_assertion assertion = assertion_of(claims, 4);
    uint8_t room[JWTICK_ROOM(400)];
    jwtick_token token = ZEROED;
    jwtick_claims read = ZEROED;
    jwtick_text json;
    char compact[400], kid[8];
    size_t length = 0, needs = 0, kid_length = 0;
    int64_t uptime = 0;
    bool metered = false;

    audiences[0] = text("a");
    audiences[1] = text("b");
    header[0] = named("kid", "7");
    header[1] = named("typ", "at+jwt");
    claims[0] = named("iss", "say \"hi\"");
    claims[1] = member("aud", JWTICK_VALUE_TEXTS);
    claims[1].list = audiences;
    claims[1].list_count = 2;
    claims[2] = member("uptime", JWTICK_VALUE_INTEGER);
    claims[2].number = -7;
    claims[3] = member("metered", JWTICK_VALUE_BOOLEAN);
    claims[3].number = 1;
    assertion.header = header;
    assertion.header_count = 2;
    assertion.not_before = JWTICK_NOT_BEFORE_WRITE;
    CHECK_STATUS("length alone", JWTICK_STATUS_OK,
                 jwtick_assertion_hs256(&assertion, &utc, key, NULL, 0, &needs, NULL));
    CHECK_STATUS("no room for the zero", JWTICK_STATUS_BUFFER,
                 jwtick_assertion_hs256(&assertion, &utc, key, compact, needs, &length, NULL));
    CHECK_STATUS("values", JWTICK_STATUS_OK,
                 jwtick_assertion_hs256(&assertion, &utc, key, compact, needs + 1, &length, NULL));
    CHECK("values", length == needs && strlen(compact) == length);
    CHECK_STATUS("values", JWTICK_STATUS_OK,
                 jwtick_decode(compact, length, room, sizeof room, &token, NULL));
    CHECK_STATUS("values", JWTICK_STATUS_OK, jwtick_verify_hs256(&token, key, &read, NULL));
    CHECK_STATUS("kid", JWTICK_STATUS_OK,
                 jwtick_token_member(&token, JWTICK_MEMBER_KID, kid, sizeof kid, &kid_length));
    CHECK_TEXT("kid", "7", kid, kid_length);
    CHECK_STATUS("values", JWTICK_STATUS_OK, jwtick_claim_integer(&read, "uptime", 6, &uptime));
    CHECK_STATUS("values", JWTICK_STATUS_OK, jwtick_claim_boolean(&read, "metered", 7, &metered));
    CHECK("values", uptime == -7 && metered);
    CHECK_STATUS("values", JWTICK_STATUS_OK, jwtick_claim_json(&read, "aud", 3, &json));
    CHECK_TEXT("values", "[\"a\",\"b\"]", json.bytes, json.length);
    /* The text of the whole claims set is around that of its second member. */
    CHECK_TEXT("values", EXPECTED, json.bytes - 26, sizeof EXPECTED - 1);
}

static void members(const jwtick_hs256 *key)
{
    static const struct {
        const char *name;
        uint32_t kind;
        int64_t number;
        size_t count; /* of the list */
        jwtick_status status;
        const char *said;
    } ROWS[] = {
        {"a", JWTICK_VALUE_TEXT, 0, 0, JWTICK_STATUS_OK, ""},
        {"iss", JWTICK_VALUE_TEXT, 0, 0, JWTICK_STATUS_MEMBER_REPEATED,
         "claim 2 has the name of an earlier one"},
        {"exp", JWTICK_VALUE_INTEGER, 0, 0, JWTICK_STATUS_MEMBER_RESERVED,
         "claim 2 has a name that the library writes itself, or that changes the signature"},
        {"sub", JWTICK_VALUE_INTEGER, 0, 0, JWTICK_STATUS_MEMBER_REGISTERED,
         "claim 2 has another type than its RFC requires: expected a string"},
        {"a", JWTICK_VALUE_INTEGER, INT64_C(9007199254740992), 0, JWTICK_STATUS_MEMBER_INEXACT,
         "claim 2 is a number beyond \xc2\xb1(2^53 - 1), which some readers round"},
        {"a", JWTICK_VALUE_BOOLEAN, 2, 0, JWTICK_STATUS_VALUE, ""},
        {"a", 0, 0, 0, JWTICK_STATUS_VALUE, ""},
        {"a", 5, 0, 0, JWTICK_STATUS_VALUE, ""},
        {"aud", JWTICK_VALUE_TEXTS, 0, JWTICK_LISTED_MAX, JWTICK_STATUS_OK, ""},
        {"aud", JWTICK_VALUE_TEXTS, 0, JWTICK_LISTED_MAX + 1, JWTICK_STATUS_TOO_MANY_NAMES, ""},
        {"\xff", JWTICK_VALUE_TEXT, 0, 0, JWTICK_STATUS_UTF8, ""},
    };
    const jwtick_bounds utc = {NOW, NOW};
    jwtick_text list[JWTICK_LISTED_MAX + 1];
    jwtick_member claims[JWTICK_MEMBERS_MAX + 1] = ZEROED;
    size_t row, length = 0;
    char token[1000], said[200];

    for (row = 0; row <= JWTICK_LISTED_MAX; row++) {
        list[row] = text("x");
    }
    claims[0] = named("iss", "device-7");
    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_assertion assertion = assertion_of(claims, 2);
        jwtick_refusal why = ZEROED;

        claims[1] = member(ROWS[row].name, ROWS[row].kind);
        claims[1].number = ROWS[row].number;
        claims[1].list = list;
        claims[1].list_count = ROWS[row].count;
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_assertion_hs256(&assertion, &utc, key, token, sizeof token, &length,
                                            &why));
        if (ROWS[row].said[0] != '\0') {
            CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                         jwtick_say_refusal(&why, JWTICK_LANGUAGE_ENGLISH, said, sizeof said,
                                            &length));
            CHECK_TEXT(ROWS[row].name, ROWS[row].said, said, length);
        }
    }
    {
        jwtick_assertion assertion = assertion_of(claims, JWTICK_MEMBERS_MAX + 1);

        for (row = 0; row <= JWTICK_MEMBERS_MAX; row++) {
            claims[row] = named(&"abcdefghijklmnopqrstuvwxyz"[row], "x");
        }
        CHECK_STATUS("members", JWTICK_STATUS_TOO_MANY_NAMES,
                     jwtick_assertion_hs256(&assertion, &utc, key, token, sizeof token, &length, NULL));
        assertion.claim_count = JWTICK_MEMBERS_MAX;
        CHECK_STATUS("members", JWTICK_STATUS_OK,
                     jwtick_assertion_hs256(&assertion, &utc, key, token, sizeof token, &length, NULL));
        CHECK_STATUS("overlap", JWTICK_STATUS_OVERLAP,
                     jwtick_assertion_hs256(&assertion, &utc, key, (char *)claims, sizeof claims,
                                            &length, NULL));
        claims[0].text.bytes = token + 7;
        CHECK_STATUS("overlap", JWTICK_STATUS_OVERLAP,
                     jwtick_assertion_hs256(&assertion, &utc, key, token, sizeof token, &length, NULL));
    }
}

/* A secure element: the library writes what is signed, and takes the signature. */
static void elsewhere(void)
{
    const jwtick_bounds utc = {NOW, NOW};
    jwtick_member claims[1] = ZEROED;
    jwtick_assertion assertion = assertion_of(claims, 1);
    uint8_t signature[72];
    jwtick_refusal why = ZEROED;
    char token[300], said[100];
    size_t input = 0, length = 0;

    claims[0] = named("iss", "device-7");
    memset(signature, 7, sizeof signature);
    CHECK_STATUS("unsigned", JWTICK_STATUS_OK,
                 jwtick_assertion_unsigned(&assertion, &utc, JWTICK_ALGORITHM_ES256, token,
                                           sizeof token, &input, NULL));
    CHECK("unsigned", strlen(token) == input);
    CHECK_STATUS("DER", JWTICK_STATUS_SIGNATURE_BYTES,
                 jwtick_assertion_finish(JWTICK_ALGORITHM_ES256, signature, 70, input, token,
                                         sizeof token, &length, &why));
    CHECK_STATUS("DER", JWTICK_STATUS_OK,
                 jwtick_say_refusal(&why, JWTICK_LANGUAGE_ENGLISH, said, sizeof said, &length));
    CHECK_TEXT("DER", "the signature has 70 bytes: expected 64", said, length);
    CHECK_STATUS("no room for the zero", JWTICK_STATUS_BUFFER,
                 jwtick_assertion_finish(JWTICK_ALGORITHM_ES256, signature, 64, input, token,
                                         input + 1 + 86, &length, NULL));
    CHECK_STATUS("less than the input", JWTICK_STATUS_LENGTH,
                 jwtick_assertion_finish(JWTICK_ALGORITHM_ES256, signature, 64, input, token,
                                         input - 1, &length, NULL));
    CHECK_STATUS("finish", JWTICK_STATUS_OK,
                 jwtick_assertion_finish(JWTICK_ALGORITHM_ES256, signature, 64, input, token,
                                         input + 1 + 86 + 1, &length, NULL));
    CHECK("finish", length == input + 1 + 86 && strlen(token) == length);
    CHECK("finish", strcmp(token + input, ".BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"
                                          "HBwcHBwcHBwcHBwcHBwcHBwcHBw") == 0);
    CHECK_STATUS("overlap", JWTICK_STATUS_OVERLAP,
                 jwtick_assertion_finish(JWTICK_ALGORITHM_ES256, (const uint8_t *)token, 64, input,
                                         token, sizeof token, &length, NULL));
    CHECK_STATUS("no such algorithm", JWTICK_STATUS_VALUE,
                 jwtick_assertion_unsigned(&assertion, &utc, 999, token, sizeof token, &input, NULL));
}

/* The keys of RFC 6979 §A.2.5 and RFC 8037 §A.1: the tokens are verified with their public halves. */
static void key_pairs(void)
{
#if defined(HAVE_ES) && defined(HAVE_ED)
    static const uint8_t SECRET_ES[] = {
        0xC9, 0xAF, 0xA9, 0xD8, 0x45, 0xBA, 0x75, 0x16, 0x6B, 0x5C, 0x21, 0x57, 0x67, 0xB1, 0xD6, 0x93,
        0x4E, 0x50, 0xC3, 0xDB, 0x36, 0xE8, 0x9B, 0x12, 0x7B, 0x8A, 0x62, 0x2B, 0x12, 0x0F, 0x67, 0x21};
    static const uint8_t X_ES[] = {
        0x60, 0xFE, 0xD4, 0xBA, 0x25, 0x5A, 0x9D, 0x31, 0xC9, 0x61, 0xEB, 0x74, 0xC6, 0x35, 0x6D, 0x68,
        0xC0, 0x49, 0xB8, 0x92, 0x3B, 0x61, 0xFA, 0x6C, 0xE6, 0x69, 0x62, 0x2E, 0x60, 0xF2, 0x9F, 0xB6};
    static const uint8_t Y_ES[] = {
        0x79, 0x03, 0xFE, 0x10, 0x08, 0xB8, 0xBC, 0x99, 0xA4, 0x1A, 0xE9, 0xE9, 0x56, 0x28, 0xBC, 0x64,
        0xF2, 0xF1, 0xB2, 0x0C, 0x2D, 0x7E, 0x9F, 0x51, 0x77, 0xA3, 0xC2, 0x94, 0xD4, 0x46, 0x22, 0x99};
    static const uint8_t SEED[] = {
        0x9D, 0x61, 0xB1, 0x9D, 0xEF, 0xFD, 0x5A, 0x60, 0xBA, 0x84, 0x4A, 0xF4, 0x92, 0xEC, 0x2C, 0xC4,
        0x44, 0x49, 0xC5, 0x69, 0x7B, 0x32, 0x69, 0x19, 0x70, 0x3B, 0xAC, 0x03, 0x1C, 0xAE, 0x7F, 0x60};
    static const uint8_t X_ED[] = {
        0xD7, 0x5A, 0x98, 0x01, 0x82, 0xB1, 0x0A, 0xB7, 0xD5, 0x4B, 0xFE, 0xD3, 0xC9, 0x64, 0x07, 0x3A,
        0x0E, 0xE1, 0x72, 0xF3, 0xDA, 0xA6, 0x23, 0x25, 0xAF, 0x02, 0x1A, 0x68, 0xF7, 0x07, 0x51, 0x1A};
    const jwtick_bounds utc = {NOW, NOW};
    jwtick_es256_signer es = ZEROED;
    jwtick_ed25519_signer ed = ZEROED;
    jwtick_member claims[1] = ZEROED;
    jwtick_assertion assertion = assertion_of(claims, 1);
    jwtick_new_proof proof = ZEROED;
    uint8_t room[JWTICK_ROOM(700)];
    jwtick_key keys[2] = ZEROED;
    char made[4][700], kind[16];
    size_t length = 0, each;

    claims[0] = named("iss", "device-7");
    proof.method = text("POST");
    proof.uri = text("https://a.example/x?y");
    proof.id = text("5mL2nUxgZ3Yk9Q0b");
    proof.access_token = text("an access token");
    proof.nonce = text("a nonce");
    CHECK_STATUS("ES256", JWTICK_STATUS_OK,
                 jwtick_es256_signer_prepare(SECRET_ES, sizeof SECRET_ES, &es, NULL));
    CHECK_STATUS("Ed25519", JWTICK_STATUS_OK,
                 jwtick_ed25519_signer_prepare(SEED, sizeof SEED, &ed, NULL));
    CHECK_STATUS("ES256", JWTICK_STATUS_OK,
                 jwtick_key_from_ec(JWTICK_ALGORITHM_ES256, X_ES, sizeof X_ES, Y_ES, sizeof Y_ES,
                                    &keys[0], NULL));
    CHECK_STATUS("Ed25519", JWTICK_STATUS_OK,
                 jwtick_key_from_ed25519(JWTICK_ALGORITHM_EDDSA, X_ED, sizeof X_ED, &keys[1], NULL));
    CHECK_STATUS("ES256", JWTICK_STATUS_OK,
                 jwtick_assertion_es256(&assertion, &utc, &es, made[0], 700, &length, NULL));
    CHECK_STATUS("Ed25519", JWTICK_STATUS_OK,
                 jwtick_assertion_ed25519(&assertion, &utc, &ed, made[1], 700, &length, NULL));
    CHECK_STATUS("ES256", JWTICK_STATUS_OK,
                 jwtick_proof_es256(&proof, &utc, &es, made[2], 700, &length, NULL));
    CHECK_STATUS("Ed25519", JWTICK_STATUS_OK,
                 jwtick_proof_ed25519(&proof, &utc, &ed, made[3], 700, &length, NULL));
    for (each = 0; each < 4; each++) {
        jwtick_token token = ZEROED;
        jwtick_claims read = ZEROED;

        CHECK_STATUS(made[each], JWTICK_STATUS_OK,
                     jwtick_decode(made[each], strlen(made[each]), room, sizeof room, &token, NULL));
        CHECK_STATUS(made[each], JWTICK_STATUS_OK,
                     jwtick_verify(&token, &keys[each % 2], &read, NULL));
        CHECK_STATUS(made[each], JWTICK_STATUS_OK,
                     jwtick_token_member(&token, JWTICK_MEMBER_TYP, kind, sizeof kind, &length));
        CHECK_TEXT(made[each], each < 2 ? "JWT" : "dpop+jwt", kind, length);
    }
    proof.forgiven = -1;
    CHECK_STATUS("negative", JWTICK_STATUS_VALUE,
                 jwtick_proof_es256(&proof, &utc, &es, made[0], 700, &length, NULL));
#endif
}

static void private_keys(void)
{
    uint8_t secret[33];
    jwtick_es256_signer es = ZEROED;
    jwtick_ed25519_signer ed = ZEROED;
    jwtick_refusal why = ZEROED;

    memset(secret, 0, sizeof secret);
#ifdef HAVE_ES
    CHECK_STATUS("0", JWTICK_STATUS_KEY_PRIVATE_RANGE,
                 jwtick_es256_signer_prepare(secret, 32, &es, &why));
    CHECK_STATUS("33 bytes", JWTICK_STATUS_KEY_PRIVATE_BYTES,
                 jwtick_es256_signer_prepare(secret, 33, &es, &why));
#else
    CHECK_STATUS("not built", JWTICK_STATUS_KEY_NOT_BUILT,
                 jwtick_es256_signer_prepare(secret, 32, &es, &why));
#endif
#ifdef HAVE_ED
    CHECK_STATUS("31 bytes", JWTICK_STATUS_KEY_PRIVATE_BYTES,
                 jwtick_ed25519_signer_prepare(secret, 31, &ed, &why));
    CHECK_STATUS("any seed", JWTICK_STATUS_OK,
                 jwtick_ed25519_signer_prepare(secret, 32, &ed, &why));
    CHECK_STATUS("wiped", JWTICK_STATUS_OK, jwtick_ed25519_signer_wipe(&ed));
#else
    CHECK_STATUS("not built", JWTICK_STATUS_KEY_NOT_BUILT,
                 jwtick_ed25519_signer_prepare(secret, 32, &ed, &why));
#endif
    CHECK_STATUS("wiped", JWTICK_STATUS_OK, jwtick_es256_signer_wipe(&es));
}

void test_assertion(void)
{
    example it;

    check_example(&it);
    times(&it.key);
    values(&it.key);
    members(&it.key);
    elsewhere();
    key_pairs();
    private_keys();
}
