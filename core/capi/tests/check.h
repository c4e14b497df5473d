/* Helpers for the tests of the C interface: checks, and tokens with a known secret. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jwtick.h"

#ifdef __cplusplus
#define ZEROED {}
#else
#define ZEROED {0}
#endif

extern int check_failures;
extern const char *check_fixtures; /* the folder */

/* `row` is the name of the case. */
#define CHECK(row, condition)                                                             \
    do {                                                                                  \
        if (!(condition)) {                                                               \
            fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, (row), #condition);     \
            check_failures++;                                                             \
        }                                                                                 \
    } while (0)

#define CHECK_STATUS(row, expected, call)                                                      \
    do {                                                                                       \
        jwtick_status check_met = (call);                                                      \
        if (check_met != (expected)) {                                                         \
            fprintf(stderr, "%s:%d: %s: %s gives %s, not %s\n", __FILE__, __LINE__, (row), #call, \
                    jwtick_status_name(check_met), jwtick_status_name(expected));              \
            check_failures++;                                                                  \
        }                                                                                      \
    } while (0)

#define CHECK_TEXT(row, expected, text, length)                                            \
    do {                                                                                   \
        if ((length) != strlen(expected) || memcmp((expected), (text), (length)) != 0) {   \
            fprintf(stderr, "%s:%d: %s: met \"%.*s\", not \"%s\"\n", __FILE__, __LINE__, (row), \
                    (int)(length), (text), (expected));                                    \
            check_failures++;                                                              \
        }                                                                                  \
    } while (0)

#define SECOND INT64_C(1000000)

/* At least 32 bytes, as HS256 requires; the other secret is long enough for HS512. */
#define SECRET "a secret of at least thirty-two bytes"
#define LONG_SECRET "a secret of at least sixty-four bytes, as many as HS512 requires."

/*
 * {"alg":"HS256","typ":"JWT","kid":"\u0037"} and {"iss":"https:\/\/a","sub":"s","aud":["b","c"],
 * "exp":1488307191,"nbf":1488300000.5,"iat":1488300000000,"jti":"1","count":-7,"yes":true,"no":false,
 * "half":0.5,"list":[1,{"x":null}],"zero":"a\u0000b"}
 */
extern const char TOKEN[];

/* A decoded TOKEN, its key, its claims and the memory that they point into. */
typedef struct example {
    uint8_t room[JWTICK_ROOM(800)];
    jwtick_token token;
    jwtick_hs256 key;
    jwtick_claims claims;
} example;

void check_example(example *it);

/* Compares two objects byte by byte, including padding. */
bool check_same(const void *one, const void *other, size_t size);

/* Reads as much of a fixture file as fits. */
size_t check_read(const char *path, char *text, size_t room);

void test_anchor(void);
void test_assertion(void);
void test_claims(void);
void test_diagnosis(void);
void test_http_date(void);
void test_judge(void);
void test_jwk(void);
void test_key(void);
void test_memory(void);
void test_offset(void);
void test_pointers(void);
void test_say(void);
void test_sntp(void);
void test_token(void);

#endif
