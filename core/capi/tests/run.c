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

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: run FOLDER\n");
        return 2;
    }
    check_fixtures = arguments[1];
    test_abi();
    test_anchor();
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
