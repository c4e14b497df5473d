/* HTTP-date: reads all three forms, writes the preferred one. Offsets as intervals, and the selection
 * among several sources. */
#include "check.h"

static void selects(void)
{
    static const struct {
        const char *name;
        jwtick_offset sources[4];
        size_t count;
        jwtick_status status;
        jwtick_offset shared;
        size_t truechimers;
    } ROWS[] = {
        {"no source", {{0, 0}}, 0, JWTICK_STATUS_NO_MAJORITY, {0, 0}, 0},
        {"one", {{5, 7}}, 1, JWTICK_STATUS_OK, {5, 7}, 1},
        {"a falseticker", {{0, 2}, {1, 3}, {3600, 3601}}, 3, JWTICK_STATUS_OK, {1, 2}, 2},
        {"half", {{0, 1}, {0, 1}, {5, 6}, {5, 6}}, 4, JWTICK_STATUS_NO_MAJORITY, {0, 0}, 0},
        {"open", {{JWTICK_OPEN_BELOW, 4}, {2, JWTICK_OPEN}}, 2, JWTICK_STATUS_OK, {2, 4}, 2},
        {"inverted", {{0, 1}, {1, 0}}, 2, JWTICK_STATUS_INVERTED, {0, 0}, 0},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_selection selection = {{0, 0}, 0, 0};
        jwtick_refusal why = ZEROED;

        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_select(ROWS[row].sources, ROWS[row].count, &selection, &why));
        CHECK(ROWS[row].name, selection.offset.least == ROWS[row].shared.least);
        CHECK(ROWS[row].name, selection.offset.most == ROWS[row].shared.most);
        CHECK(ROWS[row].name, selection.truechimers == ROWS[row].truechimers);
        CHECK(ROWS[row].name, ROWS[row].status != JWTICK_STATUS_OK ||
                                  selection.sources == ROWS[row].count);
    }
}

void test_offset(void)
{
    const jwtick_bracket local = {100, 101}, back = {1, 0};
    const jwtick_bounds utc = {105, 106}, inverted = {1, 0};
    const jwtick_offset low = {0, 4}, high = {4, 9}, far = {10, 11}, wrong = {1, 0};
    jwtick_offset offset;
    jwtick_bounds now;

    selects();
    CHECK_STATUS("observed", JWTICK_STATUS_OK, jwtick_offset_observed(&local, &utc, &offset));
    CHECK("observed", offset.least == 4 && offset.most == 6);
    CHECK_STATUS("observed", JWTICK_STATUS_INVERTED, jwtick_offset_observed(&back, &utc, &offset));
    CHECK_STATUS("observed", JWTICK_STATUS_INVERTED,
                 jwtick_offset_observed(&local, &inverted, &offset));
    CHECK_STATUS("apply", JWTICK_STATUS_OK, jwtick_offset_apply(&offset, 100, &now));
    CHECK("apply", now.earliest == 104 && now.latest == 106);
    CHECK_STATUS("apply", JWTICK_STATUS_INVERTED, jwtick_offset_apply(&wrong, 100, &now));
    CHECK_STATUS("intersect", JWTICK_STATUS_OK, jwtick_offset_intersect(&low, &high, &offset));
    CHECK("intersect", offset.least == 4 && offset.most == 4);
    CHECK_STATUS("intersect", JWTICK_STATUS_CONTRADICTION,
                 jwtick_offset_intersect(&low, &far, &offset));
    CHECK_STATUS("intersect", JWTICK_STATUS_INVERTED,
                 jwtick_offset_intersect(&low, &wrong, &offset));
}

#define AT (1488515345 * SECOND) /* 2017-03-03T04:29:05Z */
#define NOW (1795255200 * SECOND)

static void reads(void)
{
    static const struct {
        const char *text;
        jwtick_status status;
        int64_t at;
    } ROWS[] = {
        {"Fri, 03 Mar 2017 04:29:05 GMT", JWTICK_STATUS_OK, AT},
        {"Friday, 03-Mar-17 04:29:05 GMT", JWTICK_STATUS_OK, AT},
        {"Fri Mar  3 04:29:05 2017", JWTICK_STATUS_OK, AT},
        {"Fri, 03 Mar 2017 04:29:05 UTC", JWTICK_STATUS_HTTP_DATE_FORM, 0},
        {" Fri, 03 Mar 2017 04:29:05 GMT", JWTICK_STATUS_HTTP_DATE_FORM, 0},
        {"", JWTICK_STATUS_HTTP_DATE_FORM, 0},
        {"Wed, 29 Feb 2017 04:29:05 GMT", JWTICK_STATUS_HTTP_DATE_DAY, 0},
        {"Fri, 03 Mar 2017 24:00:00 GMT", JWTICK_STATUS_HTTP_DATE_TIME, 0},
        {"Fri, 31 Dec 9999 23:59:60 GMT", JWTICK_STATUS_HTTP_DATE_YEAR, 0},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        const char *text = ROWS[row].text;
        jwtick_refusal why = ZEROED;
        int64_t at = 0;

        CHECK_STATUS(text, ROWS[row].status,
                     jwtick_http_date_parse(text, strlen(text), NOW, &at, &why));
        CHECK(text, at == ROWS[row].at);
    }
}

void test_http_date(void)
{
    const jwtick_bracket local = {AT - 60 * SECOND, AT - 60 * SECOND + 20000};
    jwtick_offset offset;
    char text[30];
    size_t length;

    reads();
    CHECK_STATUS("print", JWTICK_STATUS_OK,
                 jwtick_http_date_print(AT + 999999, text, sizeof text, &length));
    CHECK_TEXT("print", "Fri, 03 Mar 2017 04:29:05 GMT", text, length);
    CHECK_STATUS("print", JWTICK_STATUS_BUFFER,
                 jwtick_http_date_print(AT, text, sizeof text - 1, &length));
    CHECK_STATUS("print", JWTICK_STATUS_HTTP_DATE_YEAR,
                 jwtick_http_date_print(INT64_MAX, text, sizeof text, &length));
    CHECK_STATUS("offset", JWTICK_STATUS_OK, jwtick_http_date_offset(AT, &local, &offset));
    CHECK("offset", offset.least == 59980000 && offset.most == 61 * SECOND);
    CHECK_STATUS("offset", JWTICK_STATUS_HTTP_DATE_YEAR,
                 jwtick_http_date_offset(INT64_MIN, &local, &offset));
}
