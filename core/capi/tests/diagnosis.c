/* The log of the original support article in chunks of any size, and a text that proves nothing. */
#include "check.h"

static void diagnose(const char *text, size_t length, size_t chunk, int64_t zone,
                     jwtick_diagnosis *diagnosis)
{
    jwtick_diagnoser *diagnoser = (jwtick_diagnoser *)calloc(1, sizeof *diagnoser);
    size_t at;

    if (diagnoser == NULL) {
        abort();
    }
    CHECK_STATUS("start", JWTICK_STATUS_OK, jwtick_diagnoser_start(zone, diagnoser));
    for (at = 0; at < length; at += chunk) {
        size_t size = length - at < chunk ? length - at : chunk;

        CHECK_STATUS("feed", JWTICK_STATUS_OK, jwtick_diagnoser_feed(diagnoser, text + at, size));
    }
    CHECK_STATUS("feed nothing", JWTICK_STATUS_OK, jwtick_diagnoser_feed(diagnoser, NULL, 0));
    CHECK_STATUS("finish", JWTICK_STATUS_OK, jwtick_diagnoser_finish(diagnoser, diagnosis));
    CHECK_STATUS("used up", JWTICK_STATUS_UNPREPARED,
                 jwtick_diagnoser_finish(diagnoser, diagnosis));
    CHECK_STATUS("used up", JWTICK_STATUS_UNPREPARED, jwtick_diagnoser_feed(diagnoser, "x", 1));
    free(diagnoser);
}

static void article(void)
{
    static char text[65536];
    size_t length = check_read("logs/ka-10565.log", text, sizeof text), chunk;
    const int64_t behind = 208154 * SECOND;

    for (chunk = 1; chunk <= length; chunk = chunk * 7 + 1) {
        jwtick_diagnosis diagnosis = ZEROED;
        jwtick_facts facts;

        diagnose(text, length, chunk, JWTICK_ZONE_OFFSET_UNKNOWN, &diagnosis);
        CHECK_STATUS("article", JWTICK_STATUS_OK, jwtick_diagnosis_facts(&diagnosis, &facts));
        CHECK("article", facts.cause == JWTICK_CAUSE_LOCAL_CLOCK);
        CHECK("article", facts.fault == JWTICK_FAULT_FOUND);
        CHECK("article", facts.direction == JWTICK_DIRECTION_BEHIND);
        CHECK("article", facts.zone == JWTICK_ZONE_UNKNOWN && facts.zone_offset == 0);
        CHECK("article", facts.offset_if_utc.least <= behind && behind <= facts.offset_if_utc.most);
        CHECK("article", facts.offset.least < facts.offset_if_utc.least);
        CHECK("article", facts.evidence > 0 && facts.remedies > 0 && facts.refusals > 0);
        CHECK("article", facts.lines > 1 && facts.certainty != 0);
    }
}

static void zoned(void)
{
    static char text[65536];
    size_t length = check_read("logs/ka-10565.log", text, sizeof text);
    jwtick_diagnosis diagnosis = ZEROED;
    jwtick_facts facts;

    diagnose(text, length, length, 3600 * SECOND, &diagnosis);
    CHECK_STATUS("zoned", JWTICK_STATUS_OK, jwtick_diagnosis_facts(&diagnosis, &facts));
    CHECK("zoned", facts.zone == JWTICK_ZONE_ASSUMED);
    CHECK("zoned", facts.offset.least <= 211754 * SECOND && 211754 * SECOND <= facts.offset.most);
}

static void evidence(void)
{
    static const char LOG[] = "start\n2023-06-19T13:45:03Z Signature not yet current: "
                              "20230619T134502Z is still later than 20230619T134351Z "
                              "(20230619T133851Z + 5 min.)\n";
    jwtick_diagnosis diagnosis = ZEROED;
    jwtick_evidence line;
    jwtick_facts facts;

    diagnose(LOG, strlen(LOG), 10, JWTICK_ZONE_OFFSET_UNKNOWN, &diagnosis);
    CHECK_STATUS("evidence", JWTICK_STATUS_OK, jwtick_diagnosis_facts(&diagnosis, &facts));
    CHECK_STATUS("evidence", JWTICK_STATUS_OK, jwtick_diagnosis_evidence(&diagnosis, 0, &line));
    CHECK("evidence", line.line == 2 && line.kind == JWTICK_EVIDENCE_REFUSAL);
    CHECK("evidence", line.has_instant == 1 && line.instant > 1687000000 * SECOND);
    CHECK("evidence", line.text.length > 20 && memcmp(line.text.bytes, "2023-06-19T13", 13) == 0);
    CHECK("evidence", line.product.length > 0);
    CHECK_STATUS("evidence", JWTICK_STATUS_INDEX,
                 jwtick_diagnosis_evidence(&diagnosis, facts.evidence, &line));
}

/* A time service confirms the local clock, so the server's clock is a day ahead. */
static void third_opinion(void)
{
    static const char LOG[] =
        "09.01.2024 14:00:00 - INFO - a : This clock is between 0.001 s ahead of and 0.002 s behind "
        "the clock of ntp:x (NTP)\n"
        "2024-01-09T14:00:00Z POST /token\n"
        "2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n"
        "2024-01-09T14:00:00Z < date: Wed, 10 Jan 2024 14:00:00 GMT\n"
        "2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has "
        "expired\"}\n";
    const int64_t ahead = -86400 * SECOND;
    jwtick_diagnosis diagnosis = ZEROED;
    jwtick_facts facts;

    diagnose(LOG, strlen(LOG), 10, JWTICK_ZONE_OFFSET_UNKNOWN, &diagnosis);
    CHECK_STATUS("third", JWTICK_STATUS_OK, jwtick_diagnosis_facts(&diagnosis, &facts));
    CHECK("third", facts.cause == JWTICK_CAUSE_REMOTE_CLOCK);
    CHECK("third", facts.remote_offset.least <= ahead && ahead <= facts.remote_offset.most);
    CHECK("third", facts.remote_offset.most - facts.remote_offset.least < 5 * SECOND);
}

/* Two servers behind one name, ninety seconds apart. */
static void nodes(void)
{
    static const char LOG[] =
        "09.01.2024 14:00:00 - INFO - a : This clock is between 0.5 s ahead of and 0.75 s behind "
        "the clock of a:80 (answer with Date 1704808800, asked at 1704808800.25, received at "
        "1704808800.5)\n"
        "09.01.2024 14:00:00 - INFO - a : This clock is 89.5 to 90.75 s behind the clock of a:80 "
        "(answer with Date 1704808890, asked at 1704808800.25, received at 1704808800.5)\n";
    jwtick_diagnosis diagnosis = ZEROED;
    jwtick_evidence line;
    jwtick_facts facts;

    diagnose(LOG, strlen(LOG), 10, JWTICK_ZONE_OFFSET_UNKNOWN, &diagnosis);
    CHECK_STATUS("nodes", JWTICK_STATUS_OK, jwtick_diagnosis_facts(&diagnosis, &facts));
    CHECK("nodes", facts.cause == JWTICK_CAUSE_PEER_CLOCKS);
    CHECK("nodes", facts.remote_offset.most == JWTICK_OPEN);
    CHECK_STATUS("nodes", JWTICK_STATUS_OK, jwtick_diagnosis_evidence(&diagnosis, 0, &line));
    CHECK("nodes", line.kind == JWTICK_EVIDENCE_NODE_TIME);
}

static void nothing(void)
{
    jwtick_diagnosis diagnosis = ZEROED;
    jwtick_facts facts;
    char text[400];
    size_t length;

    diagnose(NULL, 0, 1, JWTICK_ZONE_OFFSET_UNKNOWN, &diagnosis);
    CHECK_STATUS("nothing", JWTICK_STATUS_OK, jwtick_diagnosis_facts(&diagnosis, &facts));
    CHECK("nothing", facts.cause == JWTICK_CAUSE_UNDETERMINED && facts.lines == 0);
    CHECK("nothing", facts.offset.least == JWTICK_OPEN_BELOW && facts.offset.most == JWTICK_OPEN);
    CHECK("nothing", facts.has_decider == 1 && facts.direction == 0);
    CHECK_STATUS("nothing", JWTICK_STATUS_OK,
                 jwtick_say_decider(&diagnosis, JWTICK_LANGUAGE_ENGLISH, text, sizeof text, &length));
    CHECK_STATUS("nothing", JWTICK_STATUS_INDEX,
                 jwtick_say_remedy(&diagnosis, facts.remedies, JWTICK_LANGUAGE_ENGLISH, text,
                                   sizeof text, &length));
}

void test_diagnosis(void)
{
    article();
    zoned();
    evidence();
    third_opinion();
    nodes();
    nothing();
}
