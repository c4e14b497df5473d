/*
 * The main loop of an appliance without a clock: it has only a counter that starts at 0 at power-on,
 * and no battery. It receives tokens signed with HS256; a valid one opens the valve.
 *
 * At boot, UTC is only known to be after the build of this program. This proves that an old token has
 * expired, and leaves a fresh one undecided: neither accepted nor rejected. The appliance then queries
 * a time server, whose reply gives bounds on UTC, and judges again. The bounds widen with the drift of
 * the oscillator until they no longer decide, and the appliance queries the server again.
 *
 * It prints numbers instead of words, as a device without a console would: JWTICK_STATUS_… and
 * JWTICK_RULE_…. From libc it needs only memcpy and the like, so the same file runs on Linux and on
 * bare metal.
 */
#include "board.h"
#include "jwtick.h"

#define MILLI INT64_C(1000)
#define SECOND INT64_C(1000000)

#define BUILD_TIME (INT64_C(1767225600) * SECOND) /* 2026-01-01T00:00:00Z, by the build */
#define DRIFT 50u                                 /* ppm, of an ordinary crystal */
#define TWO_DAYS (2 * 86400 * SECOND)             /* board_wait returns at least once a day */

enum { TOKEN_MOST = 512, REPLY_MOST = 96 };

static const uint8_t SECRET[] = "a secret of at least thirty-two bytes";
static const jwtick_counter COUNTER = {1, 1000, 32};

/* All memory of the appliance. */
static struct {
    jwtick_hs256 key;
    jwtick_anchor anchor;
    uint64_t uptime; /* milliseconds, in 64 bits */
    uint32_t ticks;  /* as last read */
} appliance;

static void print_number(int64_t number)
{
    char digits[24];
    size_t at = sizeof digits - 1;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        digits[--at] = '-';
    }
    board_print(&digits[at]);
}

/* One end of an interval, in milliseconds, the resolution of the counter. */
static void print_end(int64_t micros)
{
    if (micros == JWTICK_OPEN || micros == JWTICK_OPEN_BELOW) {
        board_print("open");
    } else {
        print_number(micros / MILLI);
    }
}

static void print_status(jwtick_status status)
{
    board_print("  status ");
    print_number(status);
    board_print("\n");
}

/* The decisive finding, with its margin. */
static void print_judgement(const jwtick_judgement *judgement, uint32_t verdict)
{
    static const char *const VERDICTS[] = {"?", "accept", "reject", "undecided"};
    jwtick_finding finding;
    size_t index;

    board_print("  ");
    board_print(VERDICTS[verdict <= JWTICK_VERDICT_UNDECIDED ? verdict : 0]);
    if (jwtick_judgement_tightest(judgement, &index) == JWTICK_STATUS_OK &&
        jwtick_judgement_finding(judgement, index, &finding) == JWTICK_STATUS_OK) {
        board_print(": rule ");
        print_number(finding.rule);
        board_print(" leaves ");
        print_end(finding.least);
        board_print(" to ");
        print_end(finding.most);
        board_print(" ms");
    }
    board_print("\n");
}

/* Reads the counter, which may have wrapped once since the last reading. */
static void read_counter(void)
{
    uint32_t now = board_ticks();

    appliance.uptime += (uint32_t)(now - appliance.ticks);
    appliance.ticks = now;
}

/* The bounds on UTC now, which widen with time; open if the counter cannot be trusted. */
static jwtick_bounds now(void)
{
    jwtick_bounds utc = {BUILD_TIME, JWTICK_OPEN};

    read_counter();
    (void)!jwtick_anchor_now_within(&appliance.anchor, appliance.ticks, TWO_DAYS, &utc, NULL);
    return utc;
}

static uint32_t judge(const jwtick_claims *claims)
{
    static const jwtick_policy POLICY = {.required = JWTICK_REQUIRE_EXP};
    jwtick_bounds utc = now();
    jwtick_judgement judgement = {{0}};
    uint32_t verdict = JWTICK_VERDICT_REJECT;
    jwtick_status status = jwtick_judge(&POLICY, claims, &utc, &judgement, &verdict);

    if (status != JWTICK_STATUS_OK) {
        print_status(status);
        return JWTICK_VERDICT_REJECT;
    }
    print_judgement(&judgement, verdict);
    return verdict;
}

/* Ties the time proved by a reply to the current reading of the counter. */
static jwtick_status learn(uint64_t nonce, uint64_t before, const uint8_t *reply, size_t length)
{
    const jwtick_sntp_policy policy = {BUILD_TIME, JWTICK_SNTP_MAXDIST, DRIFT};
    /* Local time is the uptime. A reading covers a whole millisecond; the reply came before its end. */
    int64_t reading = (int64_t)appliance.uptime * MILLI;
    const jwtick_bracket local = {(int64_t)before * MILLI, reading + MILLI};
    jwtick_sntp_sample sample;
    jwtick_bounds utc;
    jwtick_status status;

    status = jwtick_sntp_check(nonce, reply, length, &local, &policy, &sample, NULL);
    if (status == JWTICK_STATUS_OK) {
        status = jwtick_offset_apply(&sample.offset, reading, &utc);
    }
    if (status == JWTICK_STATUS_OK) {
        utc.latest += MILLI;
        status = jwtick_anchor_learn(&appliance.anchor, appliance.ticks, TWO_DAYS, &utc, NULL);
    }
    return status;
}

static void ask_the_time(void)
{
    uint8_t packet[JWTICK_SNTP_LENGTH], reply[REPLY_MOST];
    uint64_t nonce = board_random(), before;
    jwtick_status status;
    size_t length;

    read_counter();
    before = appliance.uptime;
    status = jwtick_sntp_request(nonce, packet, sizeof packet);
    if (status == JWTICK_STATUS_OK) {
        length = board_ask(packet, sizeof packet, reply, sizeof reply);
        read_counter();
        status = learn(nonce, before, reply, length);
    }
    board_print("  time server:");
    print_status(status);
}

/* Only an authentic token justifies a query to the time server. */
static bool admits(const char *compact, size_t length)
{
    uint8_t room[JWTICK_ROOM(TOKEN_MOST)];
    jwtick_token token = {{0}};
    jwtick_claims claims = {{0}};
    jwtick_status status;
    uint32_t verdict;

    status = jwtick_decode(compact, length, room, sizeof room, &token, NULL);
    if (status == JWTICK_STATUS_OK) {
        status = jwtick_verify_hs256(&token, &appliance.key, &claims, NULL);
    }
    if (status != JWTICK_STATUS_OK) {
        print_status(status);
        return false;
    }
    verdict = judge(&claims);
    if (verdict == JWTICK_VERDICT_UNDECIDED) {
        ask_the_time();
        verdict = judge(&claims);
    }
    return verdict == JWTICK_VERDICT_ACCEPT;
}

static void serve(void)
{
    char token[TOKEN_MOST];
    size_t length = board_token(token, sizeof token);

    if (length > 0) {
        board_print("token\n");
        board_print(admits(token, length) ? "  valve opens\n" : "  valve stays shut\n");
    }
}

static jwtick_status boot(void)
{
    const jwtick_bounds built = {BUILD_TIME, JWTICK_OPEN};
    jwtick_status status;

    if (jwtick_abi_version() != JWTICK_ABI_VERSION) {
        return JWTICK_STATUS_OTHER;
    }
    status = jwtick_hs256_prepare(SECRET, sizeof SECRET - 1, &appliance.key, NULL);
    if (status == JWTICK_STATUS_OK) {
        appliance.ticks = board_ticks();
        status = jwtick_anchor_start(&COUNTER, appliance.ticks, &built, DRIFT, &appliance.anchor);
    }
    return status;
}

int main(void)
{
    jwtick_status status = boot();

    while (status == JWTICK_STATUS_OK && board_wait()) {
        serve();
        /* Half of the counter's range is 24.8 days, so a daily refresh is often enough. */
        read_counter();
        status = jwtick_anchor_refresh(&appliance.anchor, appliance.ticks, TWO_DAYS, NULL);
    }
    return status == JWTICK_STATUS_OK ? 0 : 1;
}
