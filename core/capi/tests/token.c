/* Decoding and verifying: each refusal with its status, the members of the header, and claims of every
 * type, by name. */
#include "check.h"

/* Segments in base64url; the comment next to a row shows the decoded text. */
#define HS256 "eyJhbGciOiJIUzI1NiJ9" /* {"alg":"HS256"} */
#define EMPTY "e30"                   /* {} */

static void refusals(void)
{
    static const struct {
        const char *name;
        const char *compact;
        jwtick_status status;
    } ROWS[] = {
        {"nothing", "", JWTICK_STATUS_TOKEN_SEGMENTS},
        {"two segments", HS256 "." EMPTY, JWTICK_STATUS_TOKEN_SEGMENTS},
        {"five segments", "a.b.c.d.e", JWTICK_STATUS_TOKEN_SEGMENTS},
        {"padding", HS256 ".e30=.AA", JWTICK_STATUS_TOKEN_BASE64},
        {"white space", HS256 ".e30.AA\n", JWTICK_STATUS_TOKEN_BASE64},
        {"header is []", "W10." EMPTY ".AA", JWTICK_STATUS_HEADER_JSON},
        {"header without alg", "e30." EMPTY ".AA", JWTICK_STATUS_HEADER_ALG_MISSING},
        /* {"alg":"nOnE"} */
        {"none", "eyJhbGciOiJuT25FIn0." EMPTY ".AA", JWTICK_STATUS_HEADER_ALG_NONE},
        /* {"alg":"HS1"} */
        {"unknown", "eyJhbGciOiJIUzEifQ." EMPTY ".AA", JWTICK_STATUS_HEADER_ALG_UNKNOWN},
        /* {"alg":7} */
        {"alg is a number", "eyJhbGciOjd9." EMPTY ".AA", JWTICK_STATUS_HEADER_TYPE},
        /* {"alg":"HS256","crit":[]} */
        {"crit is empty", "eyJhbGciOiJIUzI1NiIsImNyaXQiOltdfQ." EMPTY ".AA",
         JWTICK_STATUS_HEADER_CRIT_EMPTY},
        /* {"alg":"HS256","crit":["x"]} */
        {"crit", "eyJhbGciOiJIUzI1NiIsImNyaXQiOlsieCJdfQ." EMPTY ".AA",
         JWTICK_STATUS_HEADER_CRIT_UNKNOWN},
        /* {"alg":"HS256","b64":false} */
        {"b64", "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2V9." EMPTY ".AA",
         JWTICK_STATUS_HEADER_UNENCODED},
        /* {"exp":1,"exp":2} */
        {"exp twice", HS256 ".eyJleHAiOjEsImV4cCI6Mn0.AA", JWTICK_STATUS_CLAIMS_JSON},
        /* {"exp":"1"} */
        {"exp is a string", HS256 ".eyJleHAiOiIxIn0.AA", JWTICK_STATUS_CLAIMS_TYPE},
    };
    uint8_t room[JWTICK_ROOM(100)];
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_token token = ZEROED;
        jwtick_refusal why = ZEROED;
        char sentence[300];
        size_t length;

        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_decode(ROWS[row].compact, strlen(ROWS[row].compact), room, sizeof room,
                                   &token, &why));
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_say_refusal(&why, JWTICK_LANGUAGE_GERMAN, sentence, sizeof sentence,
                                        &length));
        CHECK(ROWS[row].name, length > 10);
    }
}

/* Every size of room, in memory of exactly that size, at every alignment. */
static void rooms(void)
{
    size_t length = strlen(TOKEN), most = JWTICK_ROOM(length), size, lead, fits = 0;

    for (size = 0; size <= most; size += size + 100 < most ? 37 : 1) {
        for (lead = 0; lead < 8; lead += 3) {
            uint8_t *room = (uint8_t *)malloc(lead + size + 1);
            jwtick_token token = ZEROED;
            jwtick_status status;

            if (room == NULL) {
                abort();
            }
            status = jwtick_decode(TOKEN, length, room + lead, size, &token, NULL);
            CHECK("rooms", status == JWTICK_STATUS_OK || status == JWTICK_STATUS_TOKEN_ROOM);
            CHECK("rooms", size < most || status == JWTICK_STATUS_OK);
            fits += status == JWTICK_STATUS_OK;
            free(room);
        }
    }
    CHECK("rooms", fits > 3 && fits < 100);
}

static void verifies(void)
{
    example it;
    jwtick_key key = ZEROED;
    jwtick_claims claims = ZEROED;
    jwtick_refusal why = ZEROED;
    char forged[400];
    size_t length = strlen(TOKEN);

    check_example(&it);
    CHECK_STATUS("other algorithm", JWTICK_STATUS_OK,
                 jwtick_key_from_secret(JWTICK_ALGORITHM_HS512, (const uint8_t *)LONG_SECRET,
                                        strlen(LONG_SECRET), &key, NULL));
    CHECK_STATUS("other algorithm", JWTICK_STATUS_KEY_ALGORITHM,
                 jwtick_verify(&it.token, &key, &claims, &why));
    CHECK_STATUS("other secret", JWTICK_STATUS_OK,
                 jwtick_key_from_secret(JWTICK_ALGORITHM_HS256, (const uint8_t *)LONG_SECRET,
                                        strlen(LONG_SECRET), &key, NULL));
    CHECK_STATUS("other secret", JWTICK_STATUS_SIGNATURE,
                 jwtick_verify(&it.token, &key, &claims, &why));
    CHECK_STATUS("any key", JWTICK_STATUS_OK,
                 jwtick_key_from_secret(JWTICK_ALGORITHM_HS256, (const uint8_t *)SECRET,
                                        strlen(SECRET), &key, NULL));
    CHECK_STATUS("any key", JWTICK_STATUS_OK, jwtick_verify(&it.token, &key, &claims, NULL));
    memcpy(forged, TOKEN, length);
    forged[length - 2] = forged[length - 2] == 'A' ? 'B' : 'A';
    CHECK_STATUS("forged", JWTICK_STATUS_OK,
                 jwtick_decode(forged, length, it.room, sizeof it.room, &it.token, NULL));
    CHECK_STATUS("forged", JWTICK_STATUS_SIGNATURE,
                 jwtick_verify_hs256(&it.token, &it.key, &claims, NULL));
    CHECK_STATUS("forged", JWTICK_STATUS_OK, jwtick_unverified_claims(&it.token, &claims));
}

static void header(void)
{
    example it;
    char text[20];
    uint32_t algorithm = 0;
    size_t length;

    check_example(&it);
    CHECK_STATUS("alg", JWTICK_STATUS_OK, jwtick_token_algorithm(&it.token, &algorithm));
    CHECK("alg", algorithm == JWTICK_ALGORITHM_HS256);
    CHECK_STATUS("typ", JWTICK_STATUS_OK,
                 jwtick_token_member(&it.token, JWTICK_MEMBER_TYP, text, sizeof text, &length));
    CHECK_TEXT("typ", "JWT", text, length);
    CHECK_STATUS("kid is unescaped", JWTICK_STATUS_OK,
                 jwtick_token_member(&it.token, JWTICK_MEMBER_KID, text, sizeof text, &length));
    CHECK_TEXT("kid is unescaped", "7", text, length);
    CHECK_STATUS("cty", JWTICK_STATUS_MEMBER_MISSING,
                 jwtick_token_member(&it.token, JWTICK_MEMBER_CTY, text, sizeof text, &length));
    CHECK_STATUS("no member", JWTICK_STATUS_VALUE,
                 jwtick_token_member(&it.token, 99, text, sizeof text, &length));
}

/* A context never points into itself, so it can be copied. */
static void copies(void)
{
    example it;
    jwtick_token *moved = (jwtick_token *)malloc(sizeof *moved);
    jwtick_claims claims = ZEROED;
    int64_t count = 0;

    check_example(&it);
    if (moved == NULL) {
        abort();
    }
    memcpy(moved, &it.token, sizeof *moved);
    memset(&it.token, 0xA5, sizeof it.token);
    CHECK_STATUS("moved", JWTICK_STATUS_OK, jwtick_verify_hs256(moved, &it.key, &claims, NULL));
    free(moved);
    CHECK_STATUS("moved", JWTICK_STATUS_OK, jwtick_claim_integer(&claims, "count", 5, &count));
    CHECK("moved", count == -7);
}

/* A second token in the same room ends the first one, its claims, and every copy of them. */
static void reuses_its_room(void)
{
    static const char OTHER[] = HS256 ".eyJpc3MiOiJ4In0.AA"; /* {"iss":"x"} */
    char text[40];
    size_t length;
    example it;
    jwtick_token first;
    jwtick_claims claims;
    uint32_t algorithm;

    check_example(&it);
    first = it.token;
    claims = it.claims;
    CHECK_STATUS("before", JWTICK_STATUS_OK,
                 jwtick_claim_text(&claims, "iss", 3, text, sizeof text, &length));
    CHECK_STATUS("again", JWTICK_STATUS_OK,
                 jwtick_decode(OTHER, strlen(OTHER), it.room, sizeof it.room, &it.token, NULL));
    CHECK_STATUS("claims", JWTICK_STATUS_REUSED,
                 jwtick_claim_text(&claims, "iss", 3, text, sizeof text, &length));
    CHECK_STATUS("claims", JWTICK_STATUS_REUSED,
                 jwtick_claim_text(&it.claims, "iss", 3, text, sizeof text, &length));
    CHECK_STATUS("token", JWTICK_STATUS_REUSED, jwtick_token_algorithm(&first, &algorithm));
    CHECK_STATUS("token", JWTICK_STATUS_REUSED,
                 jwtick_verify_hs256(&first, &it.key, &claims, NULL));
    CHECK_STATUS("new token", JWTICK_STATUS_OK, jwtick_unverified_claims(&it.token, &claims));
    CHECK_STATUS("new token", JWTICK_STATUS_OK,
                 jwtick_claim_text(&claims, "iss", 3, text, sizeof text, &length));
    CHECK_TEXT("new token", "x", text, length);
    /* A decoding that fails uses the room, too. */
    CHECK_STATUS("fails", JWTICK_STATUS_TOKEN_SEGMENTS,
                 jwtick_decode("a.b", 3, it.room, sizeof it.room, &first, NULL));
    CHECK_STATUS("fails", JWTICK_STATUS_REUSED,
                 jwtick_claim_text(&claims, "iss", 3, text, sizeof text, &length));
    memset(it.room, 0, sizeof it.room);
    CHECK_STATUS("wiped", JWTICK_STATUS_REUSED,
                 jwtick_claim_text(&claims, "iss", 3, text, sizeof text, &length));
}

void test_token(void)
{
    refusals();
    rooms();
    verifies();
    header();
    copies();
    reuses_its_room();
}

static void dates(const jwtick_claims *claims)
{
    static const struct {
        const char *name;
        uint32_t rule;
        int64_t at;
        uint32_t scale;
    } ROWS[] = {
        {"exp", JWTICK_RULE_EXP, 1488307191 * SECOND, JWTICK_SCALE_SECONDS},
        {"nbf", JWTICK_RULE_NBF, 1488300000 * SECOND + 500000, JWTICK_SCALE_SECONDS},
        {"iat", JWTICK_RULE_IAT, 1488300000000 * SECOND, JWTICK_SCALE_MILLISECONDS},
    };
    jwtick_date date;
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_claim_date(claims, ROWS[row].rule, &date));
        CHECK(ROWS[row].name, date.at == ROWS[row].at && date.scale == ROWS[row].scale);
    }
    CHECK_STATUS("no date", JWTICK_STATUS_VALUE, jwtick_claim_date(claims, JWTICK_RULE_ISS, &date));
    CHECK_STATUS("no rule", JWTICK_STATUS_VALUE, jwtick_claim_date(claims, 77, &date));
}

static void texts(const jwtick_claims *claims)
{
    static const struct {
        const char *name;
        jwtick_status status;
        const char *text;
    } ROWS[] = {
        {"iss", JWTICK_STATUS_OK, "https://a"},
        {"sub", JWTICK_STATUS_OK, "s"},
        {"count", JWTICK_STATUS_MEMBER_TYPE, NULL},
        {"nonce", JWTICK_STATUS_MEMBER_MISSING, NULL},
        {"\xff", JWTICK_STATUS_UTF8, NULL},
    };
    char text[20];
    size_t row, length;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_claim_text(claims, ROWS[row].name, strlen(ROWS[row].name), text,
                                       sizeof text, &length));
        if (ROWS[row].text != NULL) {
            CHECK_TEXT(ROWS[row].name, ROWS[row].text, text, length);
        }
    }
    CHECK_STATUS("a zero within", JWTICK_STATUS_OK,
                 jwtick_claim_text(claims, "zero", 4, text, sizeof text, &length));
    CHECK("a zero within", length == 3 && memcmp(text, "a\0b", 4) == 0);
}

/* A buffer that just holds the text, and one that is a byte too small. */
static void buffers(const jwtick_claims *claims)
{
    size_t needed = strlen("https://a"), room, length;

    for (room = 0; room <= needed + 1; room++) {
        char *buffer = (char *)malloc(room + 1);
        jwtick_status expected = room == 0 || room > needed ? JWTICK_STATUS_OK : JWTICK_STATUS_BUFFER;

        if (buffer == NULL) {
            abort();
        }
        memset(buffer, '~', room + 1);
        length = 77;
        CHECK_STATUS("buffers", expected,
                     jwtick_claim_text(claims, "iss", 3, buffer, room, &length));
        CHECK("buffers", length == (expected == JWTICK_STATUS_OK ? needed : 77));
        CHECK("buffers", room > needed ? buffer[needed] == '\0' : buffer[0] == '~');
        CHECK("buffers", buffer[room] == '~');
        free(buffer);
    }
    CHECK_STATUS("length alone", JWTICK_STATUS_OK,
                 jwtick_claim_text(claims, "iss", 3, NULL, 0, &length));
    CHECK("length alone", length == needed);
}

static void values(const jwtick_claims *claims)
{
    int64_t number = 0;
    bool truth = false;
    jwtick_text json;

    CHECK_STATUS("count", JWTICK_STATUS_OK, jwtick_claim_integer(claims, "count", 5, &number));
    CHECK("count", number == -7);
    CHECK_STATUS("half", JWTICK_STATUS_MEMBER_TYPE, jwtick_claim_integer(claims, "half", 4, &number));
    CHECK_STATUS("nonce", JWTICK_STATUS_MEMBER_MISSING,
                 jwtick_claim_integer(claims, "nonce", 5, &number));
    CHECK_STATUS("yes", JWTICK_STATUS_OK, jwtick_claim_boolean(claims, "yes", 3, &truth));
    CHECK("yes", truth);
    CHECK_STATUS("no", JWTICK_STATUS_OK, jwtick_claim_boolean(claims, "no", 2, &truth));
    CHECK("no", !truth);
    CHECK_STATUS("count", JWTICK_STATUS_MEMBER_TYPE,
                 jwtick_claim_boolean(claims, "count", 5, &truth));
    CHECK_STATUS("list", JWTICK_STATUS_OK, jwtick_claim_json(claims, "list", 4, &json));
    CHECK_TEXT("list", "[1,{\"x\":null}]", json.bytes, json.length);
    CHECK_STATUS("no name", JWTICK_STATUS_MEMBER_MISSING, jwtick_claim_json(claims, NULL, 0, &json));
}

static void audiences(const jwtick_claims *claims)
{
    static const char *const NAMES[] = {"b", "c"};
    char name[4];
    size_t index, length;

    for (index = 0; index < 2; index++) {
        CHECK_STATUS(NAMES[index], JWTICK_STATUS_OK,
                     jwtick_audience(claims, index, name, sizeof name, &length));
        CHECK_TEXT(NAMES[index], NAMES[index], name, length);
    }
    CHECK_STATUS("no third", JWTICK_STATUS_INDEX,
                 jwtick_audience(claims, 2, name, sizeof name, &length));
}

/* A verifier elsewhere gets the signed bytes and the signature, and its answer is handed back. */
static void elsewhere(void)
{
    const jwtick_policy policy = ZEROED;
    const jwtick_bounds utc = {1488307190 * SECOND, 1488307190 * SECOND};
    jwtick_text input, signature;
    jwtick_claims claims = ZEROED;
    jwtick_judgement judgement = ZEROED;
    jwtick_refusal why = ZEROED;
    uint32_t verdict = 0;
    char said[100];
    size_t length;
    example it;

    check_example(&it);
    CHECK_STATUS("signed", JWTICK_STATUS_OK, jwtick_token_signed(&it.token, &input, &signature));
    CHECK("signed", input.bytes == TOKEN && input.length == strlen(TOKEN) - 44);
    CHECK("signed", signature.length == 32);
    CHECK_STATUS("another algorithm", JWTICK_STATUS_KEY_ALGORITHM,
                 jwtick_verified_elsewhere(&it.token, JWTICK_ALGORITHM_ES256, &claims, &why));
    CHECK_STATUS("another algorithm", JWTICK_STATUS_OK,
                 jwtick_say_refusal(&why, JWTICK_LANGUAGE_ENGLISH, said, sizeof said, &length));
    CHECK_TEXT("another algorithm", "the key is for ES256, but the token is signed with HS256", said,
               length);
    CHECK_STATUS("no such algorithm", JWTICK_STATUS_VALUE,
                 jwtick_verified_elsewhere(&it.token, 0, &claims, NULL));
    CHECK_STATUS("verified", JWTICK_STATUS_OK,
                 jwtick_verified_elsewhere(&it.token, JWTICK_ALGORITHM_HS256, &claims, NULL));
    CHECK_STATUS("judged", JWTICK_STATUS_OK,
                 jwtick_judge(&policy, &claims, &utc, &judgement, &verdict));
    CHECK("judged", verdict == JWTICK_VERDICT_ACCEPT);
}

void test_claims(void)
{
    static const char BARE[] = "eyJhbGciOiJIUzI1NiJ9.e30.AA"; /* {} */
    uint8_t room[JWTICK_ROOM(sizeof BARE)];
    jwtick_token token = ZEROED;
    jwtick_claims none = ZEROED;
    jwtick_date date;
    size_t length;
    example it;

    check_example(&it);
    dates(&it.claims);
    texts(&it.claims);
    buffers(&it.claims);
    values(&it.claims);
    audiences(&it.claims);
    elsewhere();
    CHECK_STATUS("bare", JWTICK_STATUS_OK,
                 jwtick_decode(BARE, strlen(BARE), room, sizeof room, &token, NULL));
    CHECK_STATUS("bare", JWTICK_STATUS_OK, jwtick_unverified_claims(&token, &none));
    CHECK_STATUS("bare", JWTICK_STATUS_MEMBER_MISSING,
                 jwtick_claim_date(&none, JWTICK_RULE_EXP, &date));
    CHECK_STATUS("bare", JWTICK_STATUS_MEMBER_MISSING, jwtick_audience(&none, 0, NULL, 0, &length));
}
