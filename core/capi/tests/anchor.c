/* A counter tied to UTC: drift, wraps, backward steps and new proofs. */
#include "check.h"

#define SYNCED (1000 * SECOND)

static const jwtick_bounds EXACTLY = {SYNCED, SYNCED};

static void counters(void)
{
    static const struct {
        const char *name;
        jwtick_counter counter;
        jwtick_status status;
    } ROWS[] = {
        {"milliseconds", {1, 1000, 32}, JWTICK_STATUS_OK},
        {"a prescaled timer", {65536, 16000000, 16}, JWTICK_STATUS_OK},
        {"2 bits", {1, 1, 2}, JWTICK_STATUS_OK},
        {"64 bits", {1, 1, 64}, JWTICK_STATUS_OK},
        {"1 bit", {1, 1, 1}, JWTICK_STATUS_COUNTER},
        {"65 bits", {1, 1, 65}, JWTICK_STATUS_COUNTER},
        {"no length", {0, 1, 32}, JWTICK_STATUS_COUNTER},
        {"no number", {1, 0, 32}, JWTICK_STATUS_COUNTER},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_anchor anchor = ZEROED;

        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_anchor_start(&ROWS[row].counter, 0, &EXACTLY, 50, &anchor));
    }
}

static void drifts(void)
{
    static const jwtick_counter NANOS = {1, 1000000000, 64};
    static const jwtick_bounds INVERTED = {1, 0};
    jwtick_anchor anchor = ZEROED;
    jwtick_bounds utc;

    CHECK_STATUS("inverted", JWTICK_STATUS_INVERTED,
                 jwtick_anchor_start(&NANOS, 5, &INVERTED, 50, &anchor));
    CHECK_STATUS("drift", JWTICK_STATUS_OK, jwtick_anchor_start(&NANOS, 5, &EXACTLY, 50, &anchor));
    /* 1000 s later: 50 ppm is 50 ms, plus a tick at either end. */
    CHECK_STATUS("drift", JWTICK_STATUS_OK,
                 jwtick_anchor_now(&anchor, UINT64_C(1000000000005), &utc, NULL));
    CHECK("drift", utc.earliest < 2 * SYNCED - 50000 && utc.earliest > 2 * SYNCED - 50010);
    CHECK("drift", utc.latest > 2 * SYNCED + 50000 && utc.latest < 2 * SYNCED + 50010);
    CHECK_STATUS("floor", JWTICK_STATUS_OK, jwtick_anchor_floor(&anchor, &utc));
    CHECK("floor", utc.earliest == SYNCED && utc.latest == JWTICK_OPEN);
    CHECK_STATUS("back", JWTICK_STATUS_CLOCK_WENT_BACK, jwtick_anchor_now(&anchor, 4, &utc, NULL));
}

static void wraps(void)
{
    static const jwtick_counter MILLIS = {1, 1000, 32};
    const int64_t hour = 3600 * SECOND, month = 30 * 24 * hour;
    jwtick_anchor anchor = ZEROED, before;
    jwtick_refusal why = ZEROED;
    jwtick_bounds utc;

    CHECK_STATUS("wrap", JWTICK_STATUS_OK,
                 jwtick_anchor_start(&MILLIS, UINT32_MAX - 999, &EXACTLY, 0, &anchor));
    CHECK_STATUS("wrapped", JWTICK_STATUS_OK,
                 jwtick_anchor_now_within(&anchor, 9000, hour, &utc, NULL));
    CHECK("wrapped", utc.earliest == SYNCED + 9999000 && utc.latest == SYNCED + 10001000);
    CHECK_STATUS("narrow", JWTICK_STATUS_CLOCK_NARROW, jwtick_anchor_now(&anchor, 9000, &utc, &why));
    CHECK_STATUS("narrow", JWTICK_STATUS_CLOCK_NARROW,
                 jwtick_anchor_now_within(&anchor, 9000, month, &utc, NULL));
    CHECK_STATUS("overdue", JWTICK_STATUS_CLOCK_OVERDUE,
                 jwtick_anchor_now_within(&anchor, 9000, SECOND, &utc, NULL));
    before = anchor;
    CHECK_STATUS("overdue", JWTICK_STATUS_CLOCK_OVERDUE,
                 jwtick_anchor_refresh(&anchor, 9000, SECOND, NULL));
    CHECK("overdue", check_same(&before, &anchor, sizeof anchor));
    CHECK_STATUS("refreshed", JWTICK_STATUS_OK, jwtick_anchor_refresh(&anchor, 9000, hour, NULL));
    CHECK_STATUS("refreshed", JWTICK_STATUS_CLOCK_WENT_BACK,
                 jwtick_anchor_now_within(&anchor, 8999, hour, &utc, NULL));
}

static void learns(void)
{
    static const jwtick_counter MILLIS = {1, 1000, 64};
    const jwtick_bounds built = {SYNCED, JWTICK_OPEN}, told = {3 * SYNCED, 3 * SYNCED + SECOND};
    const jwtick_bounds past = {0, SYNCED - 1}, inverted = {1, 0};
    jwtick_anchor anchor = ZEROED, before;
    jwtick_bounds utc;

    CHECK_STATUS("built", JWTICK_STATUS_OK, jwtick_anchor_start(&MILLIS, 0, &built, 50, &anchor));
    CHECK_STATUS("built", JWTICK_STATUS_OK, jwtick_anchor_now(&anchor, 5000, &utc, NULL));
    CHECK("built", utc.earliest > SYNCED + 4 * SECOND && utc.latest == JWTICK_OPEN);
    before = anchor;
    CHECK_STATUS("past", JWTICK_STATUS_CONTRADICTION,
                 jwtick_anchor_learn(&anchor, 5000, SYNCED, &past, NULL));
    CHECK_STATUS("inverted", JWTICK_STATUS_INVERTED,
                 jwtick_anchor_learn(&anchor, 5000, SYNCED, &inverted, NULL));
    CHECK("past", check_same(&before, &anchor, sizeof anchor));
    CHECK_STATUS("told", JWTICK_STATUS_OK,
                 jwtick_anchor_learn(&anchor, 5000, SYNCED, &told, NULL));
    CHECK_STATUS("told", JWTICK_STATUS_OK, jwtick_anchor_now(&anchor, 5000, &utc, NULL));
    CHECK("told", utc.earliest == told.earliest && utc.latest > told.latest);
    CHECK_STATUS("floor", JWTICK_STATUS_OK, jwtick_anchor_floor(&anchor, &utc));
    CHECK("floor", utc.earliest == told.earliest);
}

static void bounds(void)
{
    const jwtick_bounds wide = {0, 10}, open = {4, JWTICK_OPEN}, late = {11, JWTICK_OPEN};
    const jwtick_bounds inverted = {1, 0};
    jwtick_bounds utc = {77, 77};

    CHECK_STATUS("both", JWTICK_STATUS_OK, jwtick_bounds_intersect(&wide, &open, &utc));
    CHECK("both", utc.earliest == 4 && utc.latest == 10);
    CHECK_STATUS("neither", JWTICK_STATUS_CONTRADICTION, jwtick_bounds_intersect(&wide, &late, &utc));
    CHECK_STATUS("inverted", JWTICK_STATUS_INVERTED,
                 jwtick_bounds_intersect(&wide, &inverted, &utc));
    CHECK("inverted", utc.earliest == 4 && utc.latest == 10);
    /* The output may be one of the inputs, which are read before it is written. */
    CHECK_STATUS("in place", JWTICK_STATUS_OK, jwtick_bounds_intersect(&utc, &wide, &utc));
    CHECK_STATUS("around", JWTICK_STATUS_OK, jwtick_bounds_around(100, -5, &utc));
    CHECK("around", utc.earliest == 95 && utc.latest == 105);
    CHECK_STATUS("around the end", JWTICK_STATUS_OK, jwtick_bounds_around(INT64_MAX, 5, &utc));
    CHECK("around the end", utc.latest == JWTICK_OPEN);
}

/* The newest trusted time over restarts, in two slots. */
static void keeps(void)
{
    static const int64_t BUILT = 1795000000 * SECOND, YEAR = 31556952 * SECOND, DAY = 86400 * SECOND;
    static const struct {
        const char *name;
        jwtick_bounds utc; /* after the build */
        jwtick_status status;
        bool worth;
        size_t slot;
        int64_t floor; /* after the build, also after a restart */
    } ROWS[] = {
        {"build time", {0, 0}, JWTICK_STATUS_OK, false, 0, 0},
        {"first", {5, 7}, JWTICK_STATUS_OK, true, 0, 5},
        {"not a day later", {86400 * SECOND + 4, JWTICK_OPEN}, JWTICK_STATUS_OK, false, 0, 5},
        {"a day later", {86400 * SECOND + 5, JWTICK_OPEN}, JWTICK_STATUS_OK, true, 1,
         86400 * SECOND + 5},
        {"before", {0, 86400 * SECOND}, JWTICK_STATUS_CONTRADICTION, false, 0, 86400 * SECOND + 5},
        {"beyond", {31556952 * SECOND + 1, JWTICK_OPEN}, JWTICK_STATUS_CLOCK_BEYOND, false, 0,
         86400 * SECOND + 5},
        {"inverted", {2, 1}, JWTICK_STATUS_INVERTED, false, 0, 86400 * SECOND + 5},
        {"the cap itself", {31556952 * SECOND, JWTICK_OPEN}, JWTICK_STATUS_OK, true, 0,
         31556952 * SECOND},
    };
    uint8_t flash[2 * JWTICK_KEPT_LENGTH], record[JWTICK_KEPT_LENGTH];
    jwtick_keeper keeper = ZEROED;
    jwtick_recalled recalled;
    jwtick_bounds utc;
    uint32_t writes = 0;
    size_t row, slot = 9;

    memset(flash, 0xFF, sizeof flash);
    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        bool worth = false;

        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_keeper_start(BUILT, YEAR, DAY, flash, 2, &keeper, &recalled));
        CHECK(ROWS[row].name, recalled.damaged == 0 && recalled.beyond == 0);
        utc = ROWS[row].utc;
        utc.earliest += BUILT;
        utc.latest += utc.latest == JWTICK_OPEN ? 0 : BUILT;
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_keeper_worth_writing(&keeper, &utc, record, sizeof record, &slot, &worth,
                                                 NULL));
        CHECK(ROWS[row].name, worth == ROWS[row].worth);
        if (worth) {
            CHECK(ROWS[row].name, slot == ROWS[row].slot);
            memcpy(flash + slot * JWTICK_KEPT_LENGTH, record, sizeof record);
        }
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK, jwtick_keeper_floor(&keeper, &utc));
        CHECK(ROWS[row].name, utc.earliest == BUILT + ROWS[row].floor && utc.latest == JWTICK_OPEN);
    }
    CHECK_STATUS("writes", JWTICK_STATUS_OK, jwtick_keeper_writes(&keeper, &writes));
    CHECK("writes", writes == 3);
    utc.earliest = utc.latest = BUILT + 7;
    CHECK_STATUS("short", JWTICK_STATUS_BUFFER,
                 jwtick_keeper_recover(&keeper, &utc, record, sizeof record - 1, &slot, NULL));
    CHECK_STATUS("recover", JWTICK_STATUS_OK,
                 jwtick_keeper_recover(&keeper, &utc, record, sizeof record, &slot, NULL));
    memcpy(flash + slot * JWTICK_KEPT_LENGTH, record, sizeof record);
    flash[JWTICK_KEPT_LENGTH * (1 - slot) + 9] ^= 1;
    CHECK_STATUS("recovered", JWTICK_STATUS_OK,
                 jwtick_keeper_start(BUILT, YEAR, DAY, flash, 2, &keeper, &recalled));
    CHECK("recovered", recalled.used == 1 && recalled.damaged == 1);
    CHECK_STATUS("recovered", JWTICK_STATUS_OK, jwtick_keeper_kept(&keeper, &utc));
    CHECK("recovered", utc.earliest == BUILT + 7 && utc.latest == BUILT + 7);
}

void test_anchor(void)
{
    keeps();
    counters();
    drifts();
    wraps();
    learns();
    bounds();
}
