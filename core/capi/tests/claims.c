/* Claims of every type, by name. */
#include "check.h"

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
    CHECK_STATUS("bare", JWTICK_STATUS_OK,
                 jwtick_decode(BARE, strlen(BARE), room, sizeof room, &token, NULL));
    CHECK_STATUS("bare", JWTICK_STATUS_OK, jwtick_unverified_claims(&token, &none));
    CHECK_STATUS("bare", JWTICK_STATUS_MEMBER_MISSING,
                 jwtick_claim_date(&none, JWTICK_RULE_EXP, &date));
    CHECK_STATUS("bare", JWTICK_STATUS_MEMBER_MISSING, jwtick_audience(&none, 0, NULL, 0, &length));
}
