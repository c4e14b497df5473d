/* Runs all tests of the C interface: `run FIXTURES_FOLDER`. */
#include "check.h"

#ifdef HAVE_VALGRIND
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_DEFINED(memory, size) ((void)(memory), (void)(size))
#endif

int check_failures;
const char *check_fixtures;

const char TOKEN[] =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Ilx1MDAzNyJ9.eyJpc3MiOiJodHRwczpcL1w"
    "vYSIsInN1YiI6InMiLCJhdWQiOlsiYiIsImMiXSwiZXhwIjoxNDg4MzA3MTkxLCJuYmYiOjE0ODgzMDA"
    "wMDAuNSwiaWF0IjoxNDg4MzAwMDAwMDAwLCJqdGkiOiIxIiwiY291bnQiOi03LCJ5ZXMiOnRydWUsIm5"
    "vIjpmYWxzZSwiaGFsZiI6MC41LCJsaXN0IjpbMSx7IngiOm51bGx9XSwiemVybyI6ImFcdTAwMDBiIn0"
    ".4VyZQd9cmgxh6yMZRyLCQ1mn9AfT8ZFCnt_SHpW4QKc";

void check_example(example *it)
{
    memset(it, 0, sizeof *it);
    CHECK_STATUS("example", JWTICK_STATUS_OK,
                 jwtick_decode(TOKEN, strlen(TOKEN), it->room, sizeof it->room, &it->token, NULL));
    CHECK_STATUS("example", JWTICK_STATUS_OK,
                 jwtick_hs256_prepare((const uint8_t *)SECRET, strlen(SECRET), &it->key, NULL));
    CHECK_STATUS("example", JWTICK_STATUS_OK,
                 jwtick_verify_hs256(&it->token, &it->key, &it->claims, NULL));
}

bool check_same(const void *one, const void *other, size_t size)
{
    /* A context contains padding, which is uninitialized and only read here. */
    VALGRIND_MAKE_MEM_DEFINED(one, size);
    VALGRIND_MAKE_MEM_DEFINED(other, size);
    return memcmp(one, other, size) == 0;
}

size_t check_read(const char *path, char *text, size_t room)
{
    char whole[4096];
    size_t length = 0;
    FILE *file;

    snprintf(whole, sizeof whole, "%s/%s", check_fixtures, path);
    file = fopen(whole, "rb");
    CHECK(whole, file != NULL);
    if (file != NULL) {
        length = fread(text, 1, room, file);
        fclose(file);
    }
    CHECK(whole, length > 0 && length < room);
    return length;
}

/* The parts of the ABI that compiled programs rely on: versions, sizes and names. */
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
        {"es256_signer", jwtick_es256_signer_size, sizeof(jwtick_es256_signer)},
        {"ed25519_signer", jwtick_ed25519_signer_size, sizeof(jwtick_ed25519_signer)},
        {"anchor", jwtick_anchor_size, sizeof(jwtick_anchor)},
        {"keeper", jwtick_keeper_size, sizeof(jwtick_keeper)},
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

static void test_abi(void)
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

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: run FOLDER\n");
        return 2;
    }
    check_fixtures = arguments[1];
    test_abi();
    test_anchor();
    test_assertion();
    test_claims();
    test_diagnosis();
    test_http_date();
    test_judge();
    test_jwk();
    test_key();
    test_memory();
    test_offset();
    test_pointers();
    test_say();
    test_sntp();
    test_token();
    printf("%d failures\n", check_failures);
    return check_failures == 0 ? 0 : 1;
}
