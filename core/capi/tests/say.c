/* Sentences in three languages. */
#include "check.h"

static const uint32_t LANGUAGES[] = {JWTICK_LANGUAGE_ENGLISH, JWTICK_LANGUAGE_GERMAN,
                                     JWTICK_LANGUAGE_KOREAN};

static void verdicts(void)
{
    static const char *const SAID[] = {"The token is accepted.", "Das Token wird angenommen.",
                                       "토큰을 수락합니다."};
    char text[100];
    size_t at, length;

    for (at = 0; at < 3; at++) {
        CHECK_STATUS(SAID[at], JWTICK_STATUS_OK,
                     jwtick_say_verdict(JWTICK_VERDICT_ACCEPT, LANGUAGES[at], text, sizeof text,
                                        &length));
        CHECK_TEXT(SAID[at], SAID[at], text, length);
    }
    CHECK_STATUS("no verdict", JWTICK_STATUS_VALUE,
                 jwtick_say_verdict(0, LANGUAGES[0], text, sizeof text, &length));
    CHECK_STATUS("no language", JWTICK_STATUS_VALUE,
                 jwtick_say_verdict(JWTICK_VERDICT_ACCEPT, 4, text, sizeof text, &length));
}

static void numbers(void)
{
    static const char *const SAID[] = {"2 d 9 h 49 min 14 s", "2 d 9 h 49 min 14 s",
                                       "2일 9시간 49분 14초"};
    const jwtick_offset offset = {208153 * SECOND, 208155 * SECOND}, inverted = {1, 0};
    char text[200];
    size_t at, length;

    for (at = 0; at < 3; at++) {
        CHECK_STATUS(SAID[at], JWTICK_STATUS_OK,
                     jwtick_say_duration(208154 * SECOND, LANGUAGES[at], text, sizeof text,
                                         &length));
        CHECK(SAID[at], at == 1 || (length == strlen(SAID[at]) && strcmp(text, SAID[at]) == 0));
        CHECK_STATUS("offset", JWTICK_STATUS_OK,
                     jwtick_say_offset(&offset, LANGUAGES[at], text, sizeof text, &length));
        CHECK("offset", length > 10 && text[length] == '\0');
    }
    CHECK_STATUS("inverted", JWTICK_STATUS_INVERTED,
                 jwtick_say_offset(&inverted, LANGUAGES[0], text, sizeof text, &length));
}

/* Every kind of refusal that is kept. */
static void refusals(void)
{
    static const jwtick_counter NARROW = {1, 1000, 8};
    static const jwtick_bounds UTC = {0, 0};
    static const jwtick_bracket LOCAL = {0, 0};
    static const jwtick_sntp_policy POLICY = {0, 0, 0};
    jwtick_refusal kept[7];
    jwtick_anchor anchor = ZEROED;
    jwtick_key key = ZEROED;
    jwtick_claims claims = ZEROED;
    jwtick_sntp_sample sample;
    jwtick_selection selection;
    jwtick_bounds now;
    int64_t at;
    uint8_t room[JWTICK_ROOM(0)]; /* that of the example would end its token */
    size_t each, language, length;
    example it;

    check_example(&it);
    memset(kept, 0, sizeof kept);
    CHECK_STATUS("decode", JWTICK_STATUS_TOKEN_SEGMENTS,
                 jwtick_decode(NULL, 0, room, sizeof room, &it.token, &kept[0]));
    CHECK_STATUS("key", JWTICK_STATUS_OK,
                 jwtick_key_from_secret(JWTICK_ALGORITHM_HS512, (const uint8_t *)LONG_SECRET,
                                        strlen(LONG_SECRET), &key, NULL));
    CHECK_STATUS("verify", JWTICK_STATUS_KEY_ALGORITHM,
                 jwtick_verify(&it.token, &key, &claims, &kept[1]));
    CHECK_STATUS("jwk", JWTICK_STATUS_JWK_JSON,
                 jwtick_key_from_jwk(JWTICK_ALGORITHM_HS256, NULL, 0, &key, &kept[2]));
    CHECK_STATUS("anchor", JWTICK_STATUS_OK, jwtick_anchor_start(&NARROW, 0, &UTC, 0, &anchor));
    CHECK_STATUS("anchor", JWTICK_STATUS_CLOCK_NARROW,
                 jwtick_anchor_now(&anchor, 0, &now, &kept[3]));
    CHECK_STATUS("select", JWTICK_STATUS_NO_MAJORITY, jwtick_select(NULL, 0, &selection, &kept[4]));
    CHECK_STATUS("sntp", JWTICK_STATUS_SNTP_SHORT,
                 jwtick_sntp_check(0, NULL, 0, &LOCAL, &POLICY, &sample, &kept[5]));
    CHECK_STATUS("date", JWTICK_STATUS_HTTP_DATE_FORM,
                 jwtick_http_date_parse(NULL, 0, 0, &at, &kept[6]));
    for (each = 0; each < 7; each++) {
        char said[3][300];

        for (language = 0; language < 3; language++) {
            CHECK_STATUS("refusals", JWTICK_STATUS_OK,
                         jwtick_say_refusal(&kept[each], LANGUAGES[language], said[language],
                                            sizeof said[0], &length));
            CHECK("refusals", length > 10 && length == strlen(said[language]));
        }
        CHECK(said[0], strcmp(said[0], said[1]) != 0 && strcmp(said[1], said[2]) != 0);
    }
}

static void findings(void)
{
    const jwtick_bounds utc = {1488307191 * SECOND + 5 * SECOND, 1488307191 * SECOND + 5 * SECOND};
    jwtick_policy policy = ZEROED;
    jwtick_judgement judgement = ZEROED;
    uint32_t verdict;
    char text[200];
    size_t length;
    example it;

    check_example(&it);
    CHECK_STATUS("finding", JWTICK_STATUS_OK,
                 jwtick_judge(&policy, &it.claims, &utc, &judgement, &verdict));
    CHECK_STATUS("finding", JWTICK_STATUS_OK,
                 jwtick_say_finding(&judgement, 0, JWTICK_LANGUAGE_ENGLISH, text, sizeof text,
                                    &length));
    CHECK_TEXT("finding", "expired 5 s ago", text, length);
    CHECK_STATUS("finding", JWTICK_STATUS_INDEX,
                 jwtick_say_finding(&judgement, 9, JWTICK_LANGUAGE_ENGLISH, text, sizeof text,
                                    &length));
}

static void diagnoses(void)
{
    static const char LOG[] = "2023-06-19T13:45:03Z Signature not yet current: 20230619T134502Z is "
                              "still later than 20230619T134351Z (20230619T133851Z + 5 min.)\n";
    jwtick_diagnoser diagnoser = ZEROED;
    jwtick_diagnosis diagnosis = ZEROED;
    char text[1000];
    size_t at, length;

    CHECK_STATUS("diagnosis", JWTICK_STATUS_OK, jwtick_diagnoser_start(0, &diagnoser));
    CHECK_STATUS("diagnosis", JWTICK_STATUS_OK, jwtick_diagnoser_feed(&diagnoser, LOG, strlen(LOG)));
    CHECK_STATUS("diagnosis", JWTICK_STATUS_OK, jwtick_diagnoser_finish(&diagnoser, &diagnosis));
    for (at = 0; at < 3; at++) {
        CHECK_STATUS("summary", JWTICK_STATUS_OK,
                     jwtick_say_summary(&diagnosis, LANGUAGES[at], text, sizeof text, &length));
        CHECK("summary", length > 20);
        CHECK_STATUS("remedy", JWTICK_STATUS_OK,
                     jwtick_say_remedy(&diagnosis, 0, LANGUAGES[at], text, sizeof text, &length));
        CHECK("remedy", length > 20);
    }
    CHECK_STATUS("no decider", JWTICK_STATUS_INDEX,
                 jwtick_say_decider(&diagnosis, LANGUAGES[0], text, sizeof text, &length));
    CHECK_STATUS("buffer", JWTICK_STATUS_BUFFER,
                 jwtick_say_summary(&diagnosis, LANGUAGES[0], text, 20, &length));
}

void test_say(void)
{
    verdicts();
    numbers();
    refusals();
    findings();
    diagnoses();
}
