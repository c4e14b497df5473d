/*
 * Calls every function with every pointer NULL, misaligned, unprepared and of another kind: each call
 * is refused with the right status, and nothing is written. Objects have their exact size, so that
 * valgrind and AddressSanitizer detect accesses past the end.
 */
#include "check.h"

enum { MOST = 6, FILL = 0xA5 };

typedef enum role {
    END,      /* no more arguments */
    RECORD,   /* read, aligned, of any content */
    CONTEXT,  /* read, and prepared */
    UPDATED,  /* prepared, and changed in place */
    OUTPUT,   /* written */
    CLEARED,  /* a context to be wiped, prepared or not */
    BYTES,    /* read, not aligned, with a length that is not 0 */
    BUFFER,   /* written, not aligned, with a length that is not 0 */
    OPTIONAL  /* written if something is refused */
} role;

typedef struct argument {
    role is;
    const void *sample; /* the input, or an object of the size of the output */
    size_t size;
} argument;

typedef jwtick_status call(void *const *p);

typedef struct function {
    const char *name;
    call *run;
    argument takes[MOST];
} function;

/* Inputs that all functions accept. */
static example made;
static jwtick_key key;
static jwtick_anchor anchor;
static jwtick_keeper keeper;
static const uint8_t kept[2 * JWTICK_KEPT_LENGTH] = {0};
static jwtick_judgement judgement;
static jwtick_refusal refusal;
static jwtick_diagnoser diagnoser;
static jwtick_diagnosis diagnosis, undecided;
static jwtick_policy policy;
static jwtick_assertion assertion;
static jwtick_new_proof new_proof;
static jwtick_es256_signer es256_signer;
static jwtick_ed25519_signer ed25519_signer;
static const jwtick_bounds bounds = {0, 2000 * SECOND};
static const jwtick_bounds exact = {1795250000 * SECOND, 1795250000 * SECOND};
static const jwtick_bracket bracket = {0, SECOND};
static const jwtick_offset offset = {-5, 5};
static const jwtick_counter counter = {1, 1000, 64};
static const jwtick_sntp_policy sntp_policy = {0, JWTICK_SNTP_MAXDIST, JWTICK_SNTP_SLEW};
static uint8_t reply[JWTICK_SNTP_LENGTH];
static uint8_t modulus[256];

static const uint8_t EXPONENT[] = {1, 0, 1};
/* RFC 7515 A.3 */
static const uint8_t EC_X[] = {127, 205, 206, 39, 112, 246, 196, 93, 65, 131, 203,
                               238, 111, 219, 75, 123, 88, 7, 51, 53, 123, 233,
                               239, 19, 186, 207, 110, 60, 123, 209, 84, 69};
static const uint8_t EC_Y[] = {199, 241, 68, 205, 27, 189, 155, 126, 135, 44, 223,
                               237, 185, 238, 185, 244, 179, 105, 93, 110, 169, 11,
                               36, 173, 138, 70, 35, 40, 133, 136, 229, 173};
/* RFC 8037 A.2 */
static const uint8_t ED_X[] = {0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe,
                               0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
                               0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
static const char JWK[] = "{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE\"}";
static const char JWKS[] = "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"7\","
                           "\"k\":\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE\"}]}";
static const char DATE[] = "Fri, 03 Mar 2017 04:29:05 GMT";
static const char LOG[] = "2023-06-19T13:45:03Z Signature not yet current: 20230619T134502Z is still "
                          "later than 20230619T134351Z (20230619T133851Z + 5 min.)\n"
                          "2023-06-19T13:45:04Z InvalidClientSecret JWT expired\n";

static const char NAME[] = "count";

/* The pointers that a function takes, in order. */
#define IN(type, at) ((const jwtick_##type *)p[at])
#define OUT(type, at) ((jwtick_##type *)p[at])
#define TEXT(at) ((const char *)p[at])
#define BYTES_AT(at) ((const uint8_t *)p[at])
#define INTO(at) ((char *)p[at])
#define SIZE(at) ((size_t *)p[at])
#define NUMBER(at) ((uint32_t *)p[at])
#define LONG(at) ((int64_t *)p[at])

#define CALL(name, ...)                                   \
    static jwtick_status call_##name(void *const *p)      \
    {                                                     \
        return jwtick_##name(__VA_ARGS__);                \
    }

enum { ROOM = 600, TOKEN_LENGTH = 364 };

CALL(decode,
     TEXT(0), TOKEN_LENGTH, (uint8_t *)p[1], JWTICK_ROOM(TOKEN_LENGTH), OUT(token, 2),
     OUT(refusal, 3))
CALL(verify, IN(token, 0), IN(key, 1), OUT(claims, 2), OUT(refusal, 3))
CALL(verify_hs256, IN(token, 0), IN(hs256, 1), OUT(claims, 2), OUT(refusal, 3))
CALL(token_signed, IN(token, 0), OUT(text, 1), OUT(text, 2))
CALL(verified_elsewhere, IN(token, 0), JWTICK_ALGORITHM_HS256, OUT(claims, 1), OUT(refusal, 2))
CALL(unverified_claims, IN(token, 0), OUT(claims, 1))
CALL(token_algorithm, IN(token, 0), NUMBER(1))
CALL(token_member, IN(token, 0), JWTICK_MEMBER_KID, INTO(1), ROOM, SIZE(2))
CALL(claim_date, IN(claims, 0), JWTICK_RULE_EXP, OUT(date, 1))
CALL(claim_text, IN(claims, 0), TEXT(1), 3, INTO(2), ROOM, SIZE(3))
CALL(claim_integer, IN(claims, 0), TEXT(1), 5, LONG(2))
CALL(claim_boolean, IN(claims, 0), TEXT(1), 3, (bool *)p[2])
CALL(claim_json, IN(claims, 0), TEXT(1), 5, OUT(text, 2))
CALL(audience, IN(claims, 0), 1, INTO(1), ROOM, SIZE(2))
CALL(hs256_prepare, BYTES_AT(0), sizeof SECRET - 1, OUT(hs256, 1), OUT(refusal, 2))
CALL(hs256_wipe, OUT(hs256, 0))
CALL(key_from_secret,
     JWTICK_ALGORITHM_HS512, BYTES_AT(0), sizeof LONG_SECRET - 1, OUT(key, 1), OUT(refusal,
     2))
CALL(key_from_rsa,
     JWTICK_ALGORITHM_RS256, BYTES_AT(0), sizeof modulus, BYTES_AT(1), sizeof EXPONENT,
     OUT(key, 2), OUT(refusal, 3))
CALL(key_from_ec,
     JWTICK_ALGORITHM_ES256, BYTES_AT(0), sizeof EC_X, BYTES_AT(1), sizeof EC_Y, OUT(key,
     2), OUT(refusal, 3))
CALL(key_from_ed25519,
     JWTICK_ALGORITHM_EDDSA, BYTES_AT(0), sizeof ED_X, OUT(key, 1), OUT(refusal, 2))
CALL(key_from_jwk, JWTICK_ALGORITHM_HS256, TEXT(0), sizeof JWK - 1, OUT(key, 1), OUT(refusal, 2))
CALL(jwks_candidate, TEXT(0), sizeof JWKS - 1, IN(token, 1), 0, OUT(text, 2), OUT(refusal, 3))
CALL(key_algorithm, IN(key, 0), NUMBER(1))
CALL(key_wipe, OUT(key, 0))
CALL(es256_signer_prepare, BYTES_AT(0), 32, OUT(es256_signer, 1), OUT(refusal, 2))
CALL(es256_signer_wipe, OUT(es256_signer, 0))
CALL(ed25519_signer_prepare, BYTES_AT(0), 32, OUT(ed25519_signer, 1), OUT(refusal, 2))
CALL(ed25519_signer_wipe, OUT(ed25519_signer, 0))
CALL(assertion_hs256,
     IN(assertion, 0), IN(bounds, 1), IN(hs256, 2), INTO(3), ROOM, SIZE(4), OUT(refusal, 5))
CALL(assertion_es256,
     IN(assertion, 0), IN(bounds, 1), IN(es256_signer, 2), INTO(3), ROOM, SIZE(4), OUT(refusal, 5))
CALL(assertion_ed25519,
     IN(assertion, 0), IN(bounds, 1), IN(ed25519_signer, 2), INTO(3), ROOM, SIZE(4), OUT(refusal, 5))
CALL(assertion_unsigned,
     IN(assertion, 0), IN(bounds, 1), JWTICK_ALGORITHM_ES256, INTO(2), ROOM, SIZE(3), OUT(refusal, 4))
CALL(assertion_finish,
     JWTICK_ALGORITHM_EDDSA, BYTES_AT(0), 64, 10, INTO(1), ROOM, SIZE(2), OUT(refusal, 3))
CALL(proof_es256,
     IN(new_proof, 0), IN(bounds, 1), IN(es256_signer, 2), INTO(3), ROOM, SIZE(4), OUT(refusal, 5))
CALL(proof_ed25519,
     IN(new_proof, 0), IN(bounds, 1), IN(ed25519_signer, 2), INTO(3), ROOM, SIZE(4), OUT(refusal, 5))
CALL(anchor_start, IN(counter, 0), 7, IN(bounds, 1), 50, OUT(anchor, 2))
CALL(anchor_now, IN(anchor, 0), 8, OUT(bounds, 1), OUT(refusal, 2))
CALL(anchor_now_within, IN(anchor, 0), 8, SECOND, OUT(bounds, 1), OUT(refusal, 2))
CALL(anchor_refresh, OUT(anchor, 0), 8, SECOND, OUT(refusal, 1))
CALL(anchor_learn, OUT(anchor, 0), 8, SECOND, IN(bounds, 1), OUT(refusal, 2))
CALL(anchor_floor, IN(anchor, 0), OUT(bounds, 1))
CALL(keeper_start, 0, INT64_MAX, SECOND, BYTES_AT(0), 2, OUT(keeper, 1), OUT(recalled, 2))
CALL(keeper_floor, IN(keeper, 0), OUT(bounds, 1))
CALL(keeper_kept, IN(keeper, 0), OUT(bounds, 1))
CALL(keeper_writes, IN(keeper, 0), NUMBER(1))
CALL(keeper_worth_writing,
     OUT(keeper, 0), IN(bounds, 1), (uint8_t *)p[2], JWTICK_KEPT_LENGTH, SIZE(3), (bool *)p[4],
     OUT(refusal, 5))
CALL(keeper_recover,
     OUT(keeper, 0), IN(bounds, 1), (uint8_t *)p[2], JWTICK_KEPT_LENGTH, SIZE(3), OUT(refusal, 4))
CALL(bounds_around, 0, SECOND, OUT(bounds, 0))
CALL(bounds_intersect, IN(bounds, 0), IN(bounds, 1), OUT(bounds, 2))
CALL(judge, IN(policy, 0), IN(claims, 1), IN(bounds, 2), OUT(judgement, 3), NUMBER(4))
CALL(findings_of_unverified, IN(policy, 0), IN(claims, 1), IN(bounds, 2), OUT(judgement, 3))
CALL(judgement_finding, IN(judgement, 0), 0, OUT(finding, 1))
CALL(judgement_tightest, IN(judgement, 0), SIZE(1))
CALL(dies_at, IN(policy, 0), IN(claims, 1), LONG(2))
CALL(judge_window, 0, SECOND, IN(bounds, 0), NUMBER(1))
CALL(sntp_request, 1, (uint8_t *)p[0], JWTICK_SNTP_LENGTH)
CALL(sntp_check,
     1, BYTES_AT(0), sizeof reply, IN(bracket, 1), IN(sntp_policy, 2), OUT(sntp_sample, 3),
     OUT(refusal, 4))
CALL(http_date_parse, TEXT(0), sizeof DATE - 1, 0, LONG(1), OUT(refusal, 2))
CALL(http_date_print, 0, INTO(0), ROOM, SIZE(1))
CALL(http_date_offset, 0, IN(bracket, 0), OUT(offset, 1))
CALL(offset_observed, IN(bracket, 0), IN(bounds, 1), OUT(offset, 2))
CALL(offset_apply, IN(offset, 0), 0, OUT(bounds, 1))
CALL(offset_intersect, IN(offset, 0), IN(offset, 1), OUT(offset, 2))
CALL(select, IN(offset, 0), 1, OUT(selection, 1), OUT(refusal, 2))
CALL(diagnoser_start, JWTICK_ZONE_OFFSET_UNKNOWN, OUT(diagnoser, 0))
CALL(diagnoser_feed, OUT(diagnoser, 0), TEXT(1), sizeof LOG - 1)
CALL(diagnoser_finish, OUT(diagnoser, 0), OUT(diagnosis, 1))
CALL(diagnosis_facts, IN(diagnosis, 0), OUT(facts, 1))
CALL(diagnosis_evidence, IN(diagnosis, 0), 0, OUT(evidence, 1))
CALL(say_verdict, JWTICK_VERDICT_ACCEPT, JWTICK_LANGUAGE_ENGLISH, INTO(0), ROOM, SIZE(1))
CALL(say_finding, IN(judgement, 0), 0, JWTICK_LANGUAGE_ENGLISH, INTO(1), ROOM, SIZE(2))
CALL(say_refusal, IN(refusal, 0), JWTICK_LANGUAGE_ENGLISH, INTO(1), ROOM, SIZE(2))
CALL(say_offset, IN(offset, 0), JWTICK_LANGUAGE_ENGLISH, INTO(1), ROOM, SIZE(2))
CALL(say_duration, 5, JWTICK_LANGUAGE_ENGLISH, INTO(0), ROOM, SIZE(1))
CALL(say_summary, IN(diagnosis, 0), JWTICK_LANGUAGE_ENGLISH, INTO(1), ROOM, SIZE(2))
CALL(say_remedy, IN(diagnosis, 0), 0, JWTICK_LANGUAGE_ENGLISH, INTO(1), ROOM, SIZE(2))
CALL(say_decider, IN(diagnosis, 0), JWTICK_LANGUAGE_ENGLISH, INTO(1), ROOM, SIZE(2))

#define READ(record) {RECORD, &(record), sizeof(record)}
#define HELD(context) {CONTEXT, &(context), sizeof(context)}
#define CHANGED(context) {UPDATED, &(context), sizeof(context)}
#define PUT(type) {OUTPUT, NULL, sizeof(type)}
#define OPT(type) {OPTIONAL, NULL, sizeof(jwtick_##type)}
#define TEXTS(text) {BYTES, text, sizeof(text) - 1}
#define SPACE {BUFFER, NULL, ROOM}

/* A function built without its algorithm can be tested for everything except success. */
static const function FUNCTIONS[] = {
    {"jwtick_decode",
     call_decode,
     {{BYTES, TOKEN, TOKEN_LENGTH}, {BUFFER, NULL, JWTICK_ROOM(TOKEN_LENGTH)}, PUT(jwtick_token),
      OPT(refusal)}},
    {"jwtick_verify",
     call_verify,
     {HELD(made.token), HELD(key), PUT(jwtick_claims), OPT(refusal)}},
    {"jwtick_verify_hs256",
     call_verify_hs256,
     {HELD(made.token), HELD(made.key), PUT(jwtick_claims), OPT(refusal)}},
    {"jwtick_token_signed",
     call_token_signed,
     {HELD(made.token), PUT(jwtick_text), PUT(jwtick_text)}},
    {"jwtick_verified_elsewhere",
     call_verified_elsewhere,
     {HELD(made.token), PUT(jwtick_claims), OPT(refusal)}},
    {"jwtick_unverified_claims",
     call_unverified_claims,
     {HELD(made.token), PUT(jwtick_claims)}},
    {"jwtick_token_algorithm", call_token_algorithm, {HELD(made.token), PUT(uint32_t)}},
    {"jwtick_token_member", call_token_member, {HELD(made.token), SPACE, PUT(size_t)}},
    {"jwtick_claim_date", call_claim_date, {HELD(made.claims), PUT(jwtick_date)}},
    {"jwtick_claim_text",
     call_claim_text,
     {HELD(made.claims), {BYTES, "iss", 3}, SPACE, PUT(size_t)}},
    {"jwtick_claim_integer",
     call_claim_integer,
     {HELD(made.claims), {BYTES, NAME, 5}, PUT(int64_t)}},
    {"jwtick_claim_boolean",
     call_claim_boolean,
     {HELD(made.claims), {BYTES, "yes", 3}, PUT(bool)}},
    {"jwtick_claim_json",
     call_claim_json,
     {HELD(made.claims), {BYTES, NAME, 5}, PUT(jwtick_text)}},
    {"jwtick_audience", call_audience, {HELD(made.claims), SPACE, PUT(size_t)}},
    {"jwtick_hs256_prepare",
     call_hs256_prepare,
     {TEXTS(SECRET), PUT(jwtick_hs256), OPT(refusal)}},
    {"jwtick_hs256_wipe", call_hs256_wipe, {{CLEARED, NULL, sizeof(jwtick_hs256)}}},
    {"jwtick_key_from_secret",
     call_key_from_secret,
     {TEXTS(LONG_SECRET), PUT(jwtick_key), OPT(refusal)}},
    {"jwtick_key_from_rsa",
     call_key_from_rsa,
     {{BYTES, modulus, sizeof modulus}, {BYTES, EXPONENT, sizeof EXPONENT}, PUT(jwtick_key),
      OPT(refusal)}},
    {"jwtick_key_from_ec",
     call_key_from_ec,
     {{BYTES, EC_X, sizeof EC_X}, {BYTES, EC_Y, sizeof EC_Y}, PUT(jwtick_key), OPT(refusal),
}},
    {"jwtick_key_from_ed25519",
     call_key_from_ed25519,
     {{BYTES, ED_X, sizeof ED_X}, PUT(jwtick_key), OPT(refusal)}},
    {"jwtick_key_from_jwk",
     call_key_from_jwk,
     {TEXTS(JWK), PUT(jwtick_key), OPT(refusal)}},
    {"jwtick_jwks_candidate",
     call_jwks_candidate,
     {TEXTS(JWKS), HELD(made.token), PUT(jwtick_text), OPT(refusal)}},
    {"jwtick_key_algorithm", call_key_algorithm, {HELD(key), PUT(uint32_t)}},
    {"jwtick_key_wipe", call_key_wipe, {{CLEARED, NULL, sizeof(jwtick_key)}}},
    {"jwtick_es256_signer_prepare",
     call_es256_signer_prepare,
     {{BYTES, EC_X, 32}, PUT(jwtick_es256_signer), OPT(refusal)}},
    {"jwtick_es256_signer_wipe",
     call_es256_signer_wipe,
     {{CLEARED, NULL, sizeof(jwtick_es256_signer)}}},
    {"jwtick_ed25519_signer_prepare",
     call_ed25519_signer_prepare,
     {{BYTES, ED_X, 32}, PUT(jwtick_ed25519_signer), OPT(refusal)}},
    {"jwtick_ed25519_signer_wipe",
     call_ed25519_signer_wipe,
     {{CLEARED, NULL, sizeof(jwtick_ed25519_signer)}}},
    {"jwtick_assertion_hs256",
     call_assertion_hs256,
     {READ(assertion), READ(exact), HELD(made.key), SPACE, PUT(size_t), OPT(refusal)}},
#ifdef HAVE_ES
    {"jwtick_assertion_es256",
     call_assertion_es256,
     {READ(assertion), READ(exact), HELD(es256_signer), SPACE, PUT(size_t), OPT(refusal)}},
    {"jwtick_proof_es256",
     call_proof_es256,
     {READ(new_proof), READ(exact), HELD(es256_signer), SPACE, PUT(size_t), OPT(refusal)}},
#endif
#ifdef HAVE_ED
    {"jwtick_assertion_ed25519",
     call_assertion_ed25519,
     {READ(assertion), READ(exact), HELD(ed25519_signer), SPACE, PUT(size_t), OPT(refusal)}},
    {"jwtick_proof_ed25519",
     call_proof_ed25519,
     {READ(new_proof), READ(exact), HELD(ed25519_signer), SPACE, PUT(size_t), OPT(refusal)}},
#endif
    {"jwtick_assertion_unsigned",
     call_assertion_unsigned,
     {READ(assertion), READ(exact), SPACE, PUT(size_t), OPT(refusal)}},
    {"jwtick_assertion_finish",
     call_assertion_finish,
     {{BYTES, modulus, 64}, SPACE, PUT(size_t), OPT(refusal)}},
    {"jwtick_anchor_start",
     call_anchor_start,
     {READ(counter), READ(bounds), PUT(jwtick_anchor)}},
    {"jwtick_anchor_now",
     call_anchor_now,
     {HELD(anchor), PUT(jwtick_bounds), OPT(refusal)}},
    {"jwtick_anchor_now_within",
     call_anchor_now_within,
     {HELD(anchor), PUT(jwtick_bounds), OPT(refusal)}},
    {"jwtick_anchor_refresh", call_anchor_refresh, {CHANGED(anchor), OPT(refusal)}},
    {"jwtick_anchor_learn",
     call_anchor_learn,
     {CHANGED(anchor), READ(bounds), OPT(refusal)}},
    {"jwtick_anchor_floor", call_anchor_floor, {HELD(anchor), PUT(jwtick_bounds)}},
    {"jwtick_keeper_start",
     call_keeper_start,
     {{BYTES, kept, sizeof kept}, PUT(jwtick_keeper), PUT(jwtick_recalled)}},
    {"jwtick_keeper_floor", call_keeper_floor, {HELD(keeper), PUT(jwtick_bounds)}},
    {"jwtick_keeper_kept", call_keeper_kept, {HELD(keeper), PUT(jwtick_bounds)}},
    {"jwtick_keeper_writes", call_keeper_writes, {HELD(keeper), PUT(uint32_t)}},
    {"jwtick_keeper_worth_writing",
     call_keeper_worth_writing,
     {CHANGED(keeper), READ(exact), {BUFFER, NULL, JWTICK_KEPT_LENGTH}, PUT(size_t), PUT(bool),
      OPT(refusal)}},
    {"jwtick_keeper_recover",
     call_keeper_recover,
     {CHANGED(keeper), READ(exact), {BUFFER, NULL, JWTICK_KEPT_LENGTH}, PUT(size_t), OPT(refusal)}},
    {"jwtick_bounds_around", call_bounds_around, {PUT(jwtick_bounds)}},
    {"jwtick_bounds_intersect",
     call_bounds_intersect,
     {READ(bounds), READ(bounds), PUT(jwtick_bounds)}},
    {"jwtick_judge",
     call_judge,
     {READ(policy), HELD(made.claims), READ(bounds), PUT(jwtick_judgement), PUT(uint32_t),
}},
    {"jwtick_findings_of_unverified",
     call_findings_of_unverified,
     {READ(policy), HELD(made.claims), READ(bounds), PUT(jwtick_judgement)}},
    {"jwtick_judgement_finding",
     call_judgement_finding,
     {HELD(judgement), PUT(jwtick_finding)}},
    {"jwtick_judgement_tightest",
     call_judgement_tightest,
     {HELD(judgement), PUT(size_t)}},
    {"jwtick_dies_at", call_dies_at, {READ(policy), HELD(made.claims), PUT(int64_t)}},
    {"jwtick_judge_window", call_judge_window, {READ(bounds), PUT(uint32_t)}},
    {"jwtick_sntp_request", call_sntp_request, {{BUFFER, NULL, JWTICK_SNTP_LENGTH}}},
    {"jwtick_sntp_check",
     call_sntp_check,
     {{BYTES, reply, sizeof reply}, READ(bracket), READ(sntp_policy),
      PUT(jwtick_sntp_sample), OPT(refusal)}},
    {"jwtick_http_date_parse",
     call_http_date_parse,
     {TEXTS(DATE), PUT(int64_t), OPT(refusal)}},
    {"jwtick_http_date_print", call_http_date_print, {SPACE, PUT(size_t)}},
    {"jwtick_http_date_offset",
     call_http_date_offset,
     {READ(bracket), PUT(jwtick_offset)}},
    {"jwtick_offset_observed",
     call_offset_observed,
     {READ(bracket), READ(bounds), PUT(jwtick_offset)}},
    {"jwtick_offset_apply", call_offset_apply, {READ(offset), PUT(jwtick_bounds)}},
    {"jwtick_offset_intersect",
     call_offset_intersect,
     {READ(offset), READ(offset), PUT(jwtick_offset)}},
    {"jwtick_select", call_select, {READ(offset), PUT(jwtick_selection), OPT(refusal)}},
    {"jwtick_diagnoser_start", call_diagnoser_start, {PUT(jwtick_diagnoser)}},
    {"jwtick_diagnoser_feed", call_diagnoser_feed, {CHANGED(diagnoser), TEXTS(LOG)}},
    {"jwtick_diagnoser_finish",
     call_diagnoser_finish,
     {CHANGED(diagnoser), PUT(jwtick_diagnosis)}},
    {"jwtick_diagnosis_facts",
     call_diagnosis_facts,
     {HELD(diagnosis), PUT(jwtick_facts)}},
    {"jwtick_diagnosis_evidence",
     call_diagnosis_evidence,
     {HELD(diagnosis), PUT(jwtick_evidence)}},
    {"jwtick_say_verdict", call_say_verdict, {SPACE, PUT(size_t)}},
    {"jwtick_say_finding", call_say_finding, {HELD(judgement), SPACE, PUT(size_t)}},
    {"jwtick_say_refusal", call_say_refusal, {HELD(refusal), SPACE, PUT(size_t)}},
    {"jwtick_say_offset", call_say_offset, {READ(offset), SPACE, PUT(size_t)}},
    {"jwtick_say_duration", call_say_duration, {SPACE, PUT(size_t)}},
    {"jwtick_say_summary", call_say_summary, {HELD(diagnosis), SPACE, PUT(size_t)}},
    {"jwtick_say_remedy", call_say_remedy, {HELD(diagnosis), SPACE, PUT(size_t)}},
    {"jwtick_say_decider", call_say_decider, {HELD(undecided), SPACE, PUT(size_t)}},
};

enum { FUNCTION_COUNT = sizeof FUNCTIONS / sizeof FUNCTIONS[0] };

static void prepare(void)
{
    static const char LATE[] = "2023-06-19T13:45:03Z JWT expired\n";
    jwtick_diagnoser reader = ZEROED;
    jwtick_recalled recalled;
    uint32_t verdict;

    check_example(&made);
    memset(modulus, 0xC5, sizeof modulus);
    memset(reply, 0, sizeof reply);
    assertion.life = 60 * SECOND;
#ifdef HAVE_ES
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_es256_signer_prepare(EC_X, 32, &es256_signer, NULL));
#else
    (void)call_assertion_es256;
    (void)call_proof_es256;
    (void)es256_signer;
    (void)new_proof;
#endif
#ifdef HAVE_ED
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_ed25519_signer_prepare(ED_X, 32, &ed25519_signer, NULL));
#else
    (void)call_assertion_ed25519;
    (void)call_proof_ed25519;
    (void)ed25519_signer;
#endif
    reply[0] = 0x24;
    reply[1] = 1;
    reply[3] = 0xEC;
    reply[31] = 1;
    reply[32] = reply[40] = 0x83;
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_key_from_secret(JWTICK_ALGORITHM_HS256, (const uint8_t *)SECRET,
                                        strlen(SECRET), &key, NULL));
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_anchor_start(&counter, 7, &bounds, 50, &anchor));
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_keeper_start(0, INT64_MAX, SECOND, kept, 2, &keeper, &recalled));
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_judge(&policy, &made.claims, &bounds, &judgement, &verdict));
    CHECK_STATUS("prepare", JWTICK_STATUS_SECRET_SHORT,
                 jwtick_hs256_prepare(NULL, 0, &made.key, &refusal));
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_diagnoser_start(JWTICK_ZONE_OFFSET_UNKNOWN, &diagnoser));
    reader = diagnoser;
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_diagnoser_feed(&reader, LOG, sizeof LOG - 1));
    CHECK_STATUS("prepare", JWTICK_STATUS_OK, jwtick_diagnoser_finish(&reader, &diagnosis));
    reader = diagnoser;
    CHECK_STATUS("prepare", JWTICK_STATUS_OK,
                 jwtick_diagnoser_feed(&reader, LATE, sizeof LATE - 1));
    CHECK_STATUS("prepare", JWTICK_STATUS_OK, jwtick_diagnoser_finish(&reader, &undecided));
}

static bool is_written(role is)
{
    return is == OUTPUT || is == CLEARED || is == BUFFER || is == OPTIONAL;
}

/* Allocates exactly the size of the argument. */
static void *fresh(const argument *it)
{
    void *memory = malloc(it->size);

    if (memory == NULL) {
        abort();
    }
    if (is_written(it->is)) {
        memset(memory, FILL, it->size);
    } else {
        memcpy(memory, it->sample, it->size);
    }
    return memory;
}

/* The room for a token is working memory; everything else must be unchanged. */
static bool is_untouched(const function *it, size_t at, const uint8_t *memory)
{
    const argument *argument = &it->takes[at];
    size_t byte;

    if (argument->is == BUFFER && it->run == call_decode) {
        return true;
    }
    if (!is_written(argument->is)) {
        return check_same(memory, argument->sample, argument->size);
    }
    for (byte = 0; byte < argument->size; byte++) {
        if (memory[byte] != FILL) {
            return false;
        }
    }
    return true;
}

/* Calls with the argument at `bad` replaced, and checks that nothing else was written. */
static void refuse(const function *it, const char *how, size_t bad, void *replacement,
                   jwtick_status expected)
{
    void *memory[MOST], *passed[MOST];
    char row[128];
    size_t at;

    snprintf(row, sizeof row, "%s, argument %d %s", it->name, (int)bad, how);
    for (at = 0; at < MOST && it->takes[at].is != END; at++) {
        memory[at] = fresh(&it->takes[at]);
        passed[at] = at == bad ? replacement : memory[at];
    }
    CHECK_STATUS(row, expected, it->run(passed));
    for (at = 0; at < MOST && it->takes[at].is != END; at++) {
        if (expected != JWTICK_STATUS_OK) {
            CHECK(row, is_untouched(it, at, (const uint8_t *)memory[at]));
        }
        free(memory[at]);
    }
}

static void misalign(const function *it, size_t at)
{
    uint8_t *memory = (uint8_t *)calloc(1, it->takes[at].size + 16);

    if (memory == NULL) {
        abort();
    }
    if (it->takes[at].size > 1) {
        refuse(it, "misaligned", at, memory + 1, JWTICK_STATUS_MISALIGNED);
    }
    if (it->takes[at].size == sizeof(jwtick_key)) {
        refuse(it, "half aligned", at, memory + 8, JWTICK_STATUS_MISALIGNED);
    }
    free(memory);
}

static void unprepare(const function *it, size_t at)
{
    void *zeros = calloc(1, it->takes[at].size);
    void *other = calloc(1, it->takes[at].size);

    if (zeros == NULL || other == NULL) {
        abort();
    }
    refuse(it, "of zeros", at, zeros, JWTICK_STATUS_UNPREPARED);
    /* The start of a context of another kind. */
    memcpy(other, it->takes[at].sample == &anchor ? (const void *)&made.token : &anchor, 64);
    refuse(it, "of another kind", at, other, JWTICK_STATUS_UNPREPARED);
    free(zeros);
    free(other);
}

static bool is_built(const function *it)
{
    void *passed[MOST];
    bool built;
    size_t at;

    for (at = 0; at < MOST && it->takes[at].is != END; at++) {
        passed[at] = fresh(&it->takes[at]);
    }
    built = it->run(passed) != JWTICK_STATUS_KEY_NOT_BUILT;
    for (at = 0; at < MOST && it->takes[at].is != END; at++) {
        free(passed[at]);
    }
    return built;
}

static void attack(const function *it, size_t at)
{
    role is = it->takes[at].is;

    if (is != OPTIONAL) {
        refuse(it, "NULL", at, NULL, JWTICK_STATUS_NULL);
    } else if (is_built(it)) {
        refuse(it, "NULL", at, NULL, JWTICK_STATUS_OK);
    }
    if (is != BYTES && is != BUFFER) {
        misalign(it, at);
    }
    if (is == CONTEXT || is == UPDATED) {
        unprepare(it, at);
    }
}

void test_pointers(void)
{
    size_t each, at;

    prepare();
    check_example(&made);
    for (each = 0; each < FUNCTION_COUNT; each++) {
        const function *it = &FUNCTIONS[each];
        if (is_built(it)) {
            refuse(it, "as it should be", MOST, NULL, JWTICK_STATUS_OK);
        }
        for (at = 0; at < MOST && it->takes[at].is != END; at++) {
            attack(it, at);
        }
    }
}
