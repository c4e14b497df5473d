/* Judging: the three verdicts with their margins, and valid and invalid policies. */
#include "check.h"

/* exp of TOKEN is 1488307191, nbf is 1488300000.5; iat is in milliseconds, and therefore far ahead. */
#define EXP (1488307191 * SECOND)
#define NBF (1488300000 * SECOND + 500000)

static jwtick_text text(const char *name)
{
    jwtick_text it;

    it.bytes = name;
    it.length = strlen(name);
    return it;
}

static void verdicts(const jwtick_claims *claims)
{
    static const struct {
        const char *name;
        jwtick_bounds utc;
        int64_t leeway;
        uint32_t verdict, rule;
        int64_t least, most;
    } ROWS[] = {
        {"invalid at exp", {EXP, EXP}, 0, JWTICK_VERDICT_REJECT, JWTICK_RULE_EXP, 0, 0},
        {"just before", {EXP - 1, EXP - 1}, 0, JWTICK_VERDICT_ACCEPT, JWTICK_RULE_EXP, 1, 1},
        {"edge inside", {EXP - 5, EXP + 5}, 0, JWTICK_VERDICT_UNDECIDED, JWTICK_RULE_EXP, -5, 5},
        {"valid at nbf", {NBF, NBF}, 0, JWTICK_VERDICT_ACCEPT, JWTICK_RULE_NBF, 0, 0},
        {"too early", {NBF - 2, NBF - 1}, 0, JWTICK_VERDICT_REJECT, JWTICK_RULE_NBF, -2, -1},
        {"leeway", {EXP, EXP}, 7, JWTICK_VERDICT_ACCEPT, JWTICK_RULE_EXP, 7, 7},
        {"negative leeway", {EXP, EXP}, -7, JWTICK_VERDICT_REJECT, JWTICK_RULE_EXP, 0, 0},
        {"never set", {NBF, JWTICK_OPEN}, 0, JWTICK_VERDICT_UNDECIDED, JWTICK_RULE_EXP,
         JWTICK_OPEN_BELOW, EXP - NBF},
        {"nothing known", {JWTICK_OPEN_BELOW, JWTICK_OPEN}, 0, JWTICK_VERDICT_UNDECIDED,
         JWTICK_RULE_EXP, JWTICK_OPEN_BELOW, JWTICK_OPEN},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_policy policy = ZEROED;
        jwtick_judgement judgement = ZEROED;
        jwtick_finding finding;
        uint32_t verdict = 0;
        size_t index;

        policy.leeway = ROWS[row].leeway;
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_judge(&policy, claims, &ROWS[row].utc, &judgement, &verdict));
        CHECK(ROWS[row].name, verdict == ROWS[row].verdict);
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_judgement_tightest(&judgement, &index));
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_judgement_finding(&judgement, index, &finding));
        CHECK(ROWS[row].name, finding.rule == ROWS[row].rule && finding.verdict == verdict);
        CHECK(ROWS[row].name, finding.least == ROWS[row].least && finding.most == ROWS[row].most);
        CHECK(ROWS[row].name, finding.leeway == (ROWS[row].leeway < 0 ? 0 : ROWS[row].leeway));
    }
}

/* All findings with their results. */
static void findings(const jwtick_claims *claims)
{
    static const struct {
        uint32_t rule, kind, verdict;
    } ROWS[] = {
        {JWTICK_RULE_EXP, JWTICK_FINDING_MEASURED, JWTICK_VERDICT_ACCEPT},
        {JWTICK_RULE_NBF, JWTICK_FINDING_MEASURED, JWTICK_VERDICT_ACCEPT},
        {JWTICK_RULE_IAT, JWTICK_FINDING_REPORTED, JWTICK_VERDICT_ACCEPT},
        {JWTICK_RULE_LIFETIME, JWTICK_FINDING_MEASURED, JWTICK_VERDICT_REJECT},
        {JWTICK_RULE_ISS, JWTICK_FINDING_MATCHED, JWTICK_VERDICT_ACCEPT},
        {JWTICK_RULE_SUB, JWTICK_FINDING_MISMATCHED, JWTICK_VERDICT_REJECT},
        {JWTICK_RULE_AUD, JWTICK_FINDING_MATCHED, JWTICK_VERDICT_ACCEPT},
    };
    const jwtick_bounds utc = {NBF, NBF};
    jwtick_text issuers[2], subjects[1], audiences[8];
    jwtick_policy policy = ZEROED;
    jwtick_judgement judgement = ZEROED;
    jwtick_finding finding;
    uint32_t verdict = 0;
    size_t row;

    issuers[0] = text("https://b");
    issuers[1] = text("https://a");
    subjects[0] = text("t");
    for (row = 0; row < 8; row++) {
        audiences[row] = text(row == 7 ? "c" : "x");
    }
    policy.max_lifetime = SECOND;
    policy.issuers = issuers;
    policy.issuer_count = 2;
    policy.subjects = subjects;
    policy.subject_count = 1;
    policy.audiences = audiences;
    policy.audience_count = 8;
    CHECK_STATUS("findings", JWTICK_STATUS_OK,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    CHECK("findings", verdict == JWTICK_VERDICT_REJECT);
    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        CHECK_STATUS("findings", JWTICK_STATUS_OK,
                     jwtick_judgement_finding(&judgement, row, &finding));
        CHECK(jwtick_rule_name(ROWS[row].rule), finding.rule == ROWS[row].rule);
        CHECK(jwtick_rule_name(ROWS[row].rule), finding.kind == ROWS[row].kind);
        CHECK(jwtick_rule_name(ROWS[row].rule), finding.verdict == ROWS[row].verdict);
    }
    CHECK_STATUS("findings", JWTICK_STATUS_INDEX,
                 jwtick_judgement_finding(&judgement, row, &finding));
}

/* One member of a policy at a time, judged at nbf. */
static void policies(const jwtick_claims *claims)
{
    static const struct {
        const char *name;
        int64_t max_age, max_lifetime;
        uint32_t required, future_iat;
        jwtick_status status;
        uint32_t verdict;
    } ROWS[] = {
        {"none", 0, 0, 0, 0, JWTICK_STATUS_OK, JWTICK_VERDICT_ACCEPT},
        {"iat enforced", 0, 0, 0, JWTICK_FUTURE_IAT_ENFORCE, JWTICK_STATUS_OK, JWTICK_VERDICT_REJECT},
        {"iat reported", 0, 0, 0, JWTICK_FUTURE_IAT_REPORT, JWTICK_STATUS_OK, JWTICK_VERDICT_ACCEPT},
        {"max_age, and iat ahead", SECOND, 0, 0, 0, JWTICK_STATUS_OK, JWTICK_VERDICT_REJECT},
        {"max_age, and iat only reported", SECOND, 0, 0, JWTICK_FUTURE_IAT_REPORT, JWTICK_STATUS_OK,
         JWTICK_VERDICT_REJECT},
        {"RFC 7523", 0, 0, JWTICK_REQUIRE_RFC7523, 0, JWTICK_STATUS_OK, JWTICK_VERDICT_ACCEPT},
        {"all", 0, 0, JWTICK_REQUIRE_NBF | JWTICK_REQUIRE_IAT | JWTICK_REQUIRE_JTI, 0, JWTICK_STATUS_OK,
         JWTICK_VERDICT_ACCEPT},
        {"negative max_age", -1, 0, 0, 0, JWTICK_STATUS_VALUE, 0},
        {"negative lifetime", 0, -1, 0, 0, JWTICK_STATUS_VALUE, 0},
        {"no such claim", 0, 0, 1, 0, JWTICK_STATUS_VALUE, 0},
        {"no such enforcement", 0, 0, 0, 2, JWTICK_STATUS_VALUE, 0},
    };
    const jwtick_bounds utc = {NBF, NBF};
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_policy policy = ZEROED;
        jwtick_judgement judgement = ZEROED;
        uint32_t verdict = 0;

        policy.max_age = ROWS[row].max_age;
        policy.max_lifetime = ROWS[row].max_lifetime;
        policy.required = ROWS[row].required;
        policy.future_iat = ROWS[row].future_iat;
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
        CHECK(ROWS[row].name, verdict == ROWS[row].verdict);
    }
}

static void lists(const jwtick_claims *claims)
{
    const jwtick_bounds utc = {NBF, NBF}, inverted = {2, 1};
    jwtick_text names[9];
    jwtick_policy policy = ZEROED;
    jwtick_judgement judgement = ZEROED;
    uint32_t verdict = 0;
    size_t at;

    for (at = 0; at < 9; at++) {
        names[at] = text("c");
    }
    policy.audiences = names;
    policy.audience_count = 9;
    CHECK_STATUS("nine names", JWTICK_STATUS_TOO_MANY_NAMES,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    policy.audience_count = 1;
    names[0] = text("\xff");
    CHECK_STATUS("no UTF-8", JWTICK_STATUS_UTF8,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    names[0].bytes = NULL;
    CHECK_STATUS("no bytes", JWTICK_STATUS_NULL,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    names[0].length = 0;
    CHECK_STATUS("an empty name", JWTICK_STATUS_OK,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    CHECK("an empty name", verdict == JWTICK_VERDICT_REJECT);
    policy.audiences = NULL;
    CHECK_STATUS("no list", JWTICK_STATUS_NULL,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    policy.audience_count = 0;
    CHECK_STATUS("nothing listed", JWTICK_STATUS_OK,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    CHECK("nothing listed", verdict == JWTICK_VERDICT_ACCEPT);
    policy.audiences = names;
    CHECK_STATUS("audiences without names", JWTICK_STATUS_EMPTY_LIST,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    policy.audiences = NULL;
    policy.issuers = names;
    CHECK_STATUS("issuers without names", JWTICK_STATUS_EMPTY_LIST,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    policy.issuers = NULL;
    policy.subjects = names;
    CHECK_STATUS("subjects without names", JWTICK_STATUS_EMPTY_LIST,
                 jwtick_judge(&policy, claims, &utc, &judgement, &verdict));
    policy.subjects = NULL;
    CHECK_STATUS("inverted", JWTICK_STATUS_INVERTED,
                 jwtick_judge(&policy, claims, &inverted, &judgement, &verdict));
}

/* A token without claims, with a policy that requires some. */
static void missing(void)
{
    static const char BARE[] = "eyJhbGciOiJIUzI1NiJ9.e30.AA"; /* {} */
    const jwtick_bounds utc = {NBF, NBF};
    uint8_t room[JWTICK_ROOM(sizeof BARE)];
    jwtick_token token = ZEROED;
    jwtick_claims claims = ZEROED;
    jwtick_policy policy = ZEROED;
    jwtick_judgement judgement = ZEROED;
    jwtick_finding finding;
    uint32_t verdict = 0;
    int64_t at = 0;
    size_t index;

    CHECK_STATUS("missing", JWTICK_STATUS_OK,
                 jwtick_decode(BARE, strlen(BARE), room, sizeof room, &token, NULL));
    CHECK_STATUS("missing", JWTICK_STATUS_OK, jwtick_unverified_claims(&token, &claims));
    policy.required = JWTICK_REQUIRE_EXP;
    CHECK_STATUS("no signature, no verdict", JWTICK_STATUS_UNVERIFIED,
                 jwtick_judge(&policy, &claims, &utc, &judgement, &verdict));
    CHECK("no signature, no verdict", verdict == 0);
    CHECK_STATUS("missing", JWTICK_STATUS_OK,
                 jwtick_findings_of_unverified(&policy, &claims, &utc, &judgement));
    CHECK_STATUS("missing", JWTICK_STATUS_OK, jwtick_judgement_finding(&judgement, 0, &finding));
    CHECK("missing", finding.kind == JWTICK_FINDING_MISSING && finding.least == 0);
    CHECK("missing", finding.verdict == JWTICK_VERDICT_REJECT);
    policy.required = 0;
    CHECK_STATUS("never expires", JWTICK_STATUS_OK,
                 jwtick_findings_of_unverified(&policy, &claims, &utc, &judgement));
    CHECK_STATUS("never expires", JWTICK_STATUS_OK,
                 jwtick_judgement_finding(&judgement, 0, &finding));
    CHECK("never expires", finding.kind == JWTICK_FINDING_UNCHECKED);
    CHECK("never expires", finding.verdict == JWTICK_VERDICT_ACCEPT);
    CHECK_STATUS("nothing measured", JWTICK_STATUS_INDEX,
                 jwtick_judgement_tightest(&judgement, &index));
    CHECK_STATUS("never expires", JWTICK_STATUS_OK, jwtick_dies_at(&policy, &claims, &at));
    CHECK("never expires", at == JWTICK_OPEN);
}

/* A window of validity, as a certificate has, and bounds that contain its ends. */
static void windows(void)
{
    static const struct {
        const char *name;
        int64_t not_before, not_after;
        jwtick_bounds utc;
        uint32_t verdict;
    } ROWS[] = {
        {"inside", 10, 20, {10, 20}, JWTICK_VERDICT_ACCEPT},
        {"too early", 10, 20, {8, 9}, JWTICK_VERDICT_REJECT},
        {"too late", 10, 20, {21, 22}, JWTICK_VERDICT_REJECT},
        {"end inside the bounds", 10, 20, {20, 21}, JWTICK_VERDICT_UNDECIDED},
        {"never set", 10, 20, {5, JWTICK_OPEN}, JWTICK_VERDICT_UNDECIDED},
        {"never set, and too late", 10, 20, {21, JWTICK_OPEN}, JWTICK_VERDICT_REJECT},
        {"never set, and no end", 10, JWTICK_OPEN, {10, JWTICK_OPEN}, JWTICK_VERDICT_ACCEPT},
        {"no beginning", JWTICK_OPEN_BELOW, 20, {JWTICK_OPEN_BELOW, 20}, JWTICK_VERDICT_ACCEPT},
        {"ends before it begins", 20, 10, {15, 15}, JWTICK_VERDICT_REJECT},
    };
    const jwtick_bounds inverted = {2, 1};
    uint32_t verdict;
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        verdict = 0;
        CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK,
                     jwtick_judge_window(ROWS[row].not_before, ROWS[row].not_after, &ROWS[row].utc,
                                         &verdict));
        CHECK(ROWS[row].name, verdict == ROWS[row].verdict);
    }
    verdict = 0;
    CHECK_STATUS("inverted", JWTICK_STATUS_INVERTED, jwtick_judge_window(0, 1, &inverted, &verdict));
    CHECK("inverted", verdict == 0);
}

void test_judge(void)
{
    jwtick_policy policy = ZEROED;
    int64_t at = 0;
    example it;

    check_example(&it);
    verdicts(&it.claims);
    findings(&it.claims);
    policies(&it.claims);
    lists(&it.claims);
    missing();
    windows();
    policy.leeway = 9;
    CHECK_STATUS("rejected after", JWTICK_STATUS_OK, jwtick_dies_at(&policy, &it.claims, &at));
    CHECK("rejected after", at == EXP + 9);
    policy.future_iat = 2;
    CHECK_STATUS("rejected after", JWTICK_STATUS_VALUE, jwtick_dies_at(&policy, &it.claims, &at));
}
