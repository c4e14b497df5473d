/* The parts of the ABI that compiled programs rely on: versions, sizes and names. */
#include "check.h"

static void sizes(void)
{
    static const struct {
        const char *name;
        size_t (*library)(void);
        size_t header;
    } ROWS[] = {
        {"token", jwtick_token_size, sizeof(jwtick_token)},
        {"claims", jwtick_claims_size, sizeof(jwtick_claims)},
        {"key", jwtick_key_size, sizeof(jwtick_key)},
        {"hs256", jwtick_hs256_size, sizeof(jwtick_hs256)},
        {"anchor", jwtick_anchor_size, sizeof(jwtick_anchor)},
        {"judgement", jwtick_judgement_size, sizeof(jwtick_judgement)},
        {"refusal", jwtick_refusal_size, sizeof(jwtick_refusal)},
        {"diagnoser", jwtick_diagnoser_size, sizeof(jwtick_diagnoser)},
        {"diagnosis", jwtick_diagnosis_size, sizeof(jwtick_diagnosis)},
    };
    struct {
        char first;
        jwtick_key key;
    } after;
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        CHECK(ROWS[row].name, ROWS[row].library() == ROWS[row].header);
        CHECK(ROWS[row].name, ROWS[row].header % JWTICK_CONTEXT_ALIGNMENT == 0);
    }
    CHECK("key", (size_t)((char *)&after.key - &after.first) == JWTICK_KEY_ALIGNMENT);
}

void test_abi(void)
{
    static const struct {
        jwtick_status status;
        const char *name;
    } NAMES[] = {
        {JWTICK_STATUS_OK, "OK"},
        {JWTICK_STATUS_NULL, "NULL"},
        {JWTICK_STATUS_HEADER_ALG_NONE, "HEADER_ALG_NONE"},
        {JWTICK_STATUS_OTHER, "OTHER"},
        {(jwtick_status)12345, "?"},
    };
    size_t row;

    CHECK("version", jwtick_abi_version() == JWTICK_ABI_VERSION);
    sizes();
    for (row = 0; row < sizeof NAMES / sizeof NAMES[0]; row++) {
        CHECK(NAMES[row].name, strcmp(jwtick_status_name(NAMES[row].status), NAMES[row].name) == 0);
    }
    CHECK("rule", strcmp(jwtick_rule_name(JWTICK_RULE_MAX_AGE), "max_age") == 0);
    CHECK("rule", strcmp(jwtick_rule_name(0), "?") == 0);
}
