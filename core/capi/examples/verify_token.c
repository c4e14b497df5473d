/*
 * Decodes a token, verifies it with HS256 and judges it by the clock of this machine.
 *
 *     verify_token SECRET_FILE TOKEN [UNCERTAINTY_SECONDS]
 *
 * The clock is assumed to be within 2 seconds of UTC, unless the third argument gives another limit.
 * Exit codes: 0 accepted, 10 rejected, 12 undecided because the clock is not known well enough, 13
 * invalid signature, 14 malformed token, 1 another failure.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "jwtick.h"

enum { SECRET_MOST = 4096, TOKEN_MOST = 8192, SENTENCE = 512, MICROS = 1000000 };

static int refused(jwtick_status status, const jwtick_refusal *why)
{
    char sentence[SENTENCE];
    size_t length;

    if (jwtick_say_refusal(why, JWTICK_LANGUAGE_ENGLISH, sentence, sizeof sentence, &length) ==
        JWTICK_STATUS_OK) {
        fprintf(stderr, "%s (%s)\n", sentence, jwtick_status_name(status));
    } else {
        fprintf(stderr, "%s\n", jwtick_status_name(status));
    }
    return status >= 200 && status < 300 ? 13 : 14;
}

/* Bounds on UTC from the machine's clock and its uncertainty. */
static jwtick_bounds now(int64_t uncertainty)
{
    struct timespec read;
    jwtick_bounds utc = {0, 0};
    int64_t micros;

    clock_gettime(CLOCK_REALTIME, &read);
    micros = (int64_t)read.tv_sec * MICROS + read.tv_nsec / 1000;
    if (jwtick_bounds_around(micros, uncertainty, &utc) != JWTICK_STATUS_OK) {
        utc.latest = JWTICK_OPEN;
    }
    return utc;
}

static void print_findings(const jwtick_judgement *judgement)
{
    jwtick_finding finding;
    char sentence[SENTENCE];
    size_t index, length;

    for (index = 0; jwtick_judgement_finding(judgement, index, &finding) == JWTICK_STATUS_OK;
         index++) {
        if (jwtick_say_finding(judgement, index, JWTICK_LANGUAGE_ENGLISH, sentence,
                               sizeof sentence, &length) == JWTICK_STATUS_OK) {
            printf("%s: %s\n", jwtick_rule_name(finding.rule), sentence);
        }
    }
}

static int judge(const jwtick_claims *claims, int64_t uncertainty)
{
    jwtick_policy policy = {0};
    jwtick_bounds utc = now(uncertainty);
    jwtick_judgement judgement = {0};
    uint32_t verdict;
    char sentence[SENTENCE];
    size_t length;

    policy.required = JWTICK_REQUIRE_EXP;
    if (jwtick_judge(&policy, claims, &utc, &judgement, &verdict) != JWTICK_STATUS_OK ||
        jwtick_say_verdict(verdict, JWTICK_LANGUAGE_ENGLISH, sentence, sizeof sentence, &length) !=
            JWTICK_STATUS_OK) {
        return 1;
    }
    printf("%s\n", sentence);
    print_findings(&judgement);
    switch (verdict) {
    case JWTICK_VERDICT_ACCEPT:
        return 0;
    case JWTICK_VERDICT_REJECT:
        return 10;
    default:
        return 12;
    }
}

static int verify(const jwtick_hs256 *key, const char *compact, int64_t uncertainty)
{
    uint8_t room[JWTICK_ROOM(TOKEN_MOST)];
    jwtick_token token = {0};
    jwtick_claims claims = {0};
    jwtick_refusal why = {0};
    jwtick_status status;

    status = jwtick_decode(compact, strlen(compact), room, sizeof room, &token, &why);
    if (status != JWTICK_STATUS_OK) {
        return refused(status, &why);
    }
    status = jwtick_verify_hs256(&token, key, &claims, &why);
    if (status != JWTICK_STATUS_OK) {
        return refused(status, &why);
    }
    return judge(&claims, uncertainty);
}

static int prepare(const char *path, jwtick_hs256 *key)
{
    uint8_t secret[SECRET_MOST];
    jwtick_refusal why = {0};
    jwtick_status status;
    size_t length;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        perror(path);
        return 1;
    }
    length = fread(secret, 1, sizeof secret, file);
    fclose(file);
    status = jwtick_hs256_prepare(secret, length, key, &why);
    return status == JWTICK_STATUS_OK ? 0 : refused(status, &why);
}

int main(int count, char **arguments)
{
    jwtick_hs256 key = {0};
    long seconds = 2;
    int code;

    if (count < 3 || count > 4 || jwtick_abi_version() != JWTICK_ABI_VERSION) {
        fprintf(stderr, "usage: verify_token SECRET_FILE TOKEN [UNCERTAINTY_SECONDS]\n");
        return 1;
    }
    if (count == 4) {
        seconds = strtol(arguments[3], NULL, 10);
    }
    code = prepare(arguments[1], &key);
    if (code == 0) {
        code = verify(&key, arguments[2], (int64_t)seconds * MICROS);
    }
    (void)jwtick_hs256_wipe(&key);
    return code;
}
