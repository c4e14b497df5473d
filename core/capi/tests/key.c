/* Keys from secrets, from the numbers of public keys and from JSON Web Keys: refusals, sets, and the
 * example signatures of the RFCs. */
#include "check.h"

static void secrets(void)
{
    static const char PEM[] = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE";
    static const struct {
        const char *name;
        uint32_t algorithm;
        const char *secret;
        jwtick_status status;
    } ROWS[] = {
        {"HS256", JWTICK_ALGORITHM_HS256, SECRET, JWTICK_STATUS_OK},
        {"HS384", JWTICK_ALGORITHM_HS384, LONG_SECRET, JWTICK_STATUS_OK},
        {"HS512", JWTICK_ALGORITHM_HS512, LONG_SECRET, JWTICK_STATUS_OK},
        {"short for HS512", JWTICK_ALGORITHM_HS512, SECRET, JWTICK_STATUS_SECRET_SHORT},
        {"nothing", JWTICK_ALGORITHM_HS256, "", JWTICK_STATUS_SECRET_SHORT},
        {"public", JWTICK_ALGORITHM_HS256, PEM, JWTICK_STATUS_SECRET_PUBLIC},
        {"for RSA", JWTICK_ALGORITHM_RS256, SECRET, JWTICK_STATUS_KEY_UNSUITED},
        {"for nothing", 0, SECRET, JWTICK_STATUS_VALUE},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        const uint8_t *secret = (const uint8_t *)ROWS[row].secret;
        size_t length = strlen(ROWS[row].secret);
        jwtick_key key = ZEROED;
        jwtick_hs256 small = ZEROED;
        uint32_t algorithm = 0;

        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_key_from_secret(ROWS[row].algorithm, secret, length, &key, NULL));
        if (ROWS[row].status == JWTICK_STATUS_OK) {
            CHECK_STATUS(ROWS[row].name, JWTICK_STATUS_OK, jwtick_key_algorithm(&key, &algorithm));
            CHECK(ROWS[row].name, algorithm == ROWS[row].algorithm);
        }
        if (ROWS[row].algorithm == JWTICK_ALGORITHM_HS256) {
            CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                         jwtick_hs256_prepare(secret, length, &small, NULL));
        }
    }
}

static void rsa(void)
{
    static const uint8_t E3[] = {3}, E2[] = {2}, E0[] = {0, 3}, E5[] = {1, 0, 0, 0, 1};
    uint8_t modulus[513];
    const struct {
        const char *name;
        uint32_t algorithm;
        size_t length;
        uint8_t first, last;
        const uint8_t *exponent;
        size_t exponent_length;
        jwtick_status status;
    } ROWS[] = {
        {"2048 bits", JWTICK_ALGORITHM_RS256, 256, 0xC5, 0xC5, E3, 1, JWTICK_STATUS_OK},
        {"3072 bits", JWTICK_ALGORITHM_PS384, 384, 0xC5, 0xC5, E3, 1, JWTICK_STATUS_OK},
        {"4096 bits", JWTICK_ALGORITHM_PS512, 512, 0xC5, 0xC5, E3, 1, JWTICK_STATUS_OK},
        {"1024 bits", JWTICK_ALGORITHM_RS256, 128, 0xC5, 0xC5, E3, 1,
         JWTICK_STATUS_KEY_MODULUS_BITS},
        {"4104 bits", JWTICK_ALGORITHM_RS256, 513, 0xC5, 0xC5, E3, 1,
         JWTICK_STATUS_KEY_MODULUS_BITS},
        {"even", JWTICK_ALGORITHM_RS256, 256, 0xC5, 0xC4, E3, 1, JWTICK_STATUS_KEY_MODULUS_EVEN},
        {"leading zero", JWTICK_ALGORITHM_RS256, 257, 0, 0xC5, E3, 1, JWTICK_STATUS_KEY_LEADING_ZERO},
        {"e = 2", JWTICK_ALGORITHM_RS256, 256, 0xC5, 0xC5, E2, 1, JWTICK_STATUS_KEY_EXPONENT},
        {"e = 03", JWTICK_ALGORITHM_RS256, 256, 0xC5, 0xC5, E0, 2, JWTICK_STATUS_KEY_LEADING_ZERO},
        {"e of 5 bytes", JWTICK_ALGORITHM_RS256, 256, 0xC5, 0xC5, E5, 5, JWTICK_STATUS_KEY_EXPONENT},
        {"no e", JWTICK_ALGORITHM_RS256, 256, 0xC5, 0xC5, NULL, 0, JWTICK_STATUS_KEY_EXPONENT},
        {"for HMAC", JWTICK_ALGORITHM_HS256, 256, 0xC5, 0xC5, E3, 1, JWTICK_STATUS_KEY_UNSUITED},
        {"for nothing", 999, 256, 0xC5, 0xC5, E3, 1, JWTICK_STATUS_VALUE},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_key key = ZEROED;
        jwtick_status expected = ROWS[row].status;

#ifndef HAVE_RSA
        if (expected != JWTICK_STATUS_KEY_UNSUITED && expected != JWTICK_STATUS_VALUE) {
            expected = JWTICK_STATUS_KEY_NOT_BUILT;
        }
#endif
        memset(modulus, 0xC5, sizeof modulus);
        modulus[0] = ROWS[row].first;
        modulus[ROWS[row].length - 1] = ROWS[row].last;
        CHECK_STATUS(ROWS[row].name, expected,
                     jwtick_key_from_rsa(ROWS[row].algorithm, modulus, ROWS[row].length,
                                         ROWS[row].exponent, ROWS[row].exponent_length, &key, NULL));
    }
}

static void curves(void)
{
    static const uint8_t ONES[48] = {1};
    static const struct {
        const char *name;
        uint32_t algorithm;
        size_t length;
        jwtick_status status;
    } ROWS[] = {
        {"not on P-256", JWTICK_ALGORITHM_ES256, 32, JWTICK_STATUS_KEY_NOT_ON_CURVE},
        {"not on P-384", JWTICK_ALGORITHM_ES384, 48, JWTICK_STATUS_KEY_NOT_ON_CURVE},
        {"too short", JWTICK_ALGORITHM_ES256, 31, JWTICK_STATUS_KEY_COORDINATE},
        {"P-521", JWTICK_ALGORITHM_ES512, 48, JWTICK_STATUS_KEY_NOT_BUILT},
        {"secp256k1", JWTICK_ALGORITHM_ES256K, 32, JWTICK_STATUS_KEY_NOT_BUILT},
        {"for RSA", JWTICK_ALGORITHM_RS256, 32, JWTICK_STATUS_KEY_UNSUITED},
        {"for nothing", 999, 32, JWTICK_STATUS_VALUE},
    };
    jwtick_key key = ZEROED;
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_status expected = ROWS[row].status;

#ifndef HAVE_ES
        if (expected == JWTICK_STATUS_KEY_NOT_ON_CURVE || expected == JWTICK_STATUS_KEY_COORDINATE) {
            expected = JWTICK_STATUS_KEY_NOT_BUILT;
        }
#endif
        CHECK_STATUS(ROWS[row].name, expected,
                     jwtick_key_from_ec(ROWS[row].algorithm, ONES, ROWS[row].length, ONES,
                                        ROWS[row].length, &key, NULL));
    }
}

/* Points by their y coordinate in little-endian order: first byte, middle bytes, last byte. */
static void edwards(void)
{
    static const struct {
        const char *name;
        uint32_t algorithm;
        size_t length;
        uint8_t first, others, last;
        jwtick_status status;
    } ROWS[] = {
        {"y = 3", JWTICK_ALGORITHM_EDDSA, 32, 3, 0, 0, JWTICK_STATUS_OK},
        {"y = 3", JWTICK_ALGORITHM_ED25519, 32, 3, 0, 0, JWTICK_STATUS_OK},
        {"y = 3 + p", JWTICK_ALGORITHM_ED25519, 32, 0xF0, 0xFF, 0x7F,
         JWTICK_STATUS_KEY_NOT_CANONICAL},
        {"y = 2", JWTICK_ALGORITHM_ED25519, 32, 2, 0, 0, JWTICK_STATUS_KEY_NOT_ON_CURVE},
        {"y = 1", JWTICK_ALGORITHM_EDDSA, 32, 1, 0, 0, JWTICK_STATUS_KEY_SMALL_ORDER},
        {"31 bytes", JWTICK_ALGORITHM_EDDSA, 31, 3, 0, 0, JWTICK_STATUS_KEY_COORDINATE},
        {"for HMAC", JWTICK_ALGORITHM_HS256, 32, 3, 0, 0, JWTICK_STATUS_KEY_UNSUITED},
        {"for nothing", 999, 32, 3, 0, 0, JWTICK_STATUS_VALUE},
    };
    size_t row;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        jwtick_status expected = ROWS[row].status;
        jwtick_key key = ZEROED;
        uint8_t point[32];

#ifndef HAVE_ED
        if (expected != JWTICK_STATUS_KEY_UNSUITED && expected != JWTICK_STATUS_VALUE) {
            expected = JWTICK_STATUS_KEY_NOT_BUILT;
        }
#endif
        memset(point, ROWS[row].others, sizeof point);
        point[0] = ROWS[row].first;
        point[31] = ROWS[row].last;
        CHECK_STATUS(ROWS[row].name, expected,
                     jwtick_key_from_ed25519(ROWS[row].algorithm, point, ROWS[row].length, &key,
                                             NULL));
    }
}

static void wipes(void)
{
    static const jwtick_key NO_KEY = ZEROED;
    static const jwtick_hs256 NO_HS256 = ZEROED;
    jwtick_key key = ZEROED;
    jwtick_hs256 small = ZEROED;

    CHECK_STATUS("wipe", JWTICK_STATUS_OK,
                 jwtick_key_from_secret(JWTICK_ALGORITHM_HS512, (const uint8_t *)LONG_SECRET,
                                        strlen(LONG_SECRET), &key, NULL));
    CHECK_STATUS("wipe", JWTICK_STATUS_OK, jwtick_key_wipe(&key));
    CHECK("wipe", memcmp(&key, &NO_KEY, sizeof key) == 0);
    CHECK_STATUS("wipe", JWTICK_STATUS_OK,
                 jwtick_hs256_prepare((const uint8_t *)SECRET, strlen(SECRET), &small, NULL));
    CHECK_STATUS("wipe", JWTICK_STATUS_OK, jwtick_hs256_wipe(&small));
    CHECK("wipe", memcmp(&small, &NO_HS256, sizeof small) == 0);
}

void test_key(void)
{
    secrets();
    rsa();
    curves();
    edwards();
    wipes();
}

static void refusals(void)
{
    static const struct {
        const char *name;
        const char *jwk;
        jwtick_status status;
    } ROWS[] = {
        {"no JSON", "{", JWTICK_STATUS_JWK_JSON},
        {"no kty", "{}", JWTICK_STATUS_JWK_MISSING},
        {"no k", "{\"kty\":\"oct\"}", JWTICK_STATUS_JWK_MISSING},
        {"kty is a number", "{\"kty\":1}", JWTICK_STATUS_JWK_TYPE},
        {"k is padded", "{\"kty\":\"oct\",\"k\":\"AA==\"}", JWTICK_STATUS_JWK_BASE64},
        {"unknown kty", "{\"kty\":\"AKP\"}", JWTICK_STATUS_JWK_KTY},
        {"unknown crv", "{\"kty\":\"EC\",\"crv\":\"P-1\"}", JWTICK_STATUS_JWK_CRV},
        {"for encryption", "{\"kty\":\"oct\",\"use\":\"enc\",\"k\":\"AA\"}", JWTICK_STATUS_JWK_USE},
        {"verifies twice", "{\"kty\":\"oct\",\"key_ops\":[\"verify\",\"verify\"],\"k\":\"AA\"}",
         JWTICK_STATUS_JWK_OPERATIONS},
        {"other alg", "{\"kty\":\"oct\",\"alg\":\"HS512\",\"k\":\"AA\"}", JWTICK_STATUS_JWK_ALGORITHM},
        {"short", "{\"kty\":\"oct\",\"k\":\"AA\"}", JWTICK_STATUS_SECRET_SHORT},
        {"other sort", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
         JWTICK_STATUS_KEY_UNSUITED},
    };
    char longest[2048];
    jwtick_key key = ZEROED;
    size_t row, length;

    for (row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
        CHECK_STATUS(ROWS[row].name, ROWS[row].status,
                     jwtick_key_from_jwk(JWTICK_ALGORITHM_HS256, ROWS[row].jwk,
                                         strlen(ROWS[row].jwk), &key, NULL));
    }
    length = (size_t)snprintf(longest, sizeof longest, "{\"kty\":\"oct\",\"k\":\"");
    memset(longest + length, 'A', 1600);
    length += 1600;
    length += (size_t)snprintf(longest + length, sizeof longest - length, "\"}");
    CHECK_STATUS("long", JWTICK_STATUS_JWK_TOO_LONG,
                 jwtick_key_from_jwk(JWTICK_ALGORITHM_HS256, longest, length, &key, NULL));
    CHECK_STATUS("for nothing", JWTICK_STATUS_VALUE,
                 jwtick_key_from_jwk(0, longest, length, &key, NULL));
}

static void sets(void)
{
    static const char SET[] = "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"8\",\"k\":\"AA\"},"
                              "{\"kty\":\"oct\",\"k\":\"AQ\"},{\"kty\":\"AKP\"},"
                              "{\"kty\":\"oct\",\"kid\":\"7\",\"k\":\"Ag\"}]}";
    static const char NAMED[] = "{\"kty\":\"oct\",\"kid\":\"7\",\"k\":\"Ag\"}";
    jwtick_text jwk;
    example it;

    check_example(&it);
    CHECK_STATUS("set", JWTICK_STATUS_OK,
                 jwtick_jwks_candidate(SET, strlen(SET), &it.token, 0, &jwk, NULL));
    CHECK_TEXT("set", NAMED, jwk.bytes, jwk.length);
    CHECK_STATUS("set", JWTICK_STATUS_INDEX,
                 jwtick_jwks_candidate(SET, strlen(SET), &it.token, 1, &jwk, NULL));
    CHECK_STATUS("no set", JWTICK_STATUS_JWK_MISSING,
                 jwtick_jwks_candidate("{}", 2, &it.token, 0, &jwk, NULL));
    CHECK_STATUS("no JSON", JWTICK_STATUS_JWK_JSON,
                 jwtick_jwks_candidate(NULL, 0, &it.token, 0, &jwk, NULL));
}

/* Returns whether the library was built with the algorithm that a row of the fixtures names. */
static bool is_built(uint32_t algorithm)
{
    bool built = algorithm <= JWTICK_ALGORITHM_HS512;

#ifdef HAVE_RSA
    built = built || (algorithm >= JWTICK_ALGORITHM_RS256 && algorithm <= JWTICK_ALGORITHM_PS512);
#endif
#ifdef HAVE_ES
    built = built || algorithm == JWTICK_ALGORITHM_ES256 || algorithm == JWTICK_ALGORITHM_ES384;
#endif
#ifdef HAVE_ED
    built = built || algorithm >= JWTICK_ALGORITHM_EDDSA;
#endif
    return built;
}

static void verify(const char *source, const char *jwk, const char *compact)
{
    uint8_t room[JWTICK_ROOM(4096)];
    jwtick_token token = ZEROED;
    jwtick_claims claims = ZEROED;
    jwtick_key key = ZEROED;
    uint32_t algorithm = 0;
    jwtick_status status, expected;

    status = jwtick_decode(compact, strlen(compact), room, sizeof room, &token, NULL);
    if (status != JWTICK_STATUS_OK) {
        /* The payloads of RFC 7520 are plain text, not claims. */
        CHECK(source, status == JWTICK_STATUS_CLAIMS_JSON);
        return;
    }
    CHECK_STATUS(source, JWTICK_STATUS_OK, jwtick_token_algorithm(&token, &algorithm));
    expected = is_built(algorithm) ? JWTICK_STATUS_OK : JWTICK_STATUS_KEY_NOT_BUILT;
    status = jwtick_key_from_jwk(algorithm, jwk, strlen(jwk), &key, NULL);
    CHECK_STATUS(source, expected, status);
    if (status == JWTICK_STATUS_OK) {
        CHECK_STATUS(source, JWTICK_STATUS_OK, jwtick_verify(&token, &key, &claims, NULL));
    }
}

/* Columns: source, algorithm, outcome, JWK, compact form. */
static size_t signatures(void)
{
    static char text[65536];
    size_t length = check_read("jose/signatures.tsv", text, sizeof text - 1), rows = 0;
    char *line, *end;

    text[length] = '\0';
    for (line = strchr(text, '\n') + 1; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        char *column[5];
        int at;

        *end = '\0';
        column[0] = line;
        for (at = 1; at < 5; at++) {
            column[at] = strchr(column[at - 1], '\t');
            if (column[at] == NULL) {
                abort();
            }
            *column[at]++ = '\0';
        }
        verify(column[0], column[3], column[4]);
        rows++;
    }
    return rows;
}

void test_jwk(void)
{
    refusals();
    sets();
    CHECK("signatures", signatures() > 8);
}
