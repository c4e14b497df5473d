/* JSON Web Keys: refusals, sets, and the example signatures of the RFCs. */
#include "check.h"

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
