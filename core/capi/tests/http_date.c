/* HTTP-date: reads all three forms, writes the preferred one. */
#include "check.h"

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
