/*
 * jwtick for C and C++: is a JSON Web Token good now, when "now" is only known to lie between two
 * instants; and if a server says "expired", whose clock is wrong? Made by cbindgen from core/capi.
 *
 * The order is always the same: decode, verify, judge, diagnose.
 *
 * Memory. Nothing is allocated and nothing is global. All memory is the caller's: records, whose
 * members anybody may read and write; contexts, opaque words that a function prepares; and buffers.
 * A context is zeroed before it is prepared: `jwtick_token token = {0};`. Then one that is not
 * prepared, or is of another kind, is refused. A context may be copied byte by byte. None needs to be
 * freed. A function keeps no pointer but those that a context says it keeps.
 *
 * Pointers. A pointer is NULL, or misaligned, or points to an object of its type that lives and that no
 * other thread changes during the call. The first two are refused. With a length of 0 it is not
 * looked at, so that NULL is as good as any other; a length beyond PTRDIFF_MAX is refused. Inputs are
 * const and come first, outputs last. Outputs are written when all has gone well; after a failure they
 * are as they were. One output is the exception: `why` may be NULL, and is only written if something
 * is refused by a status of 100 to 499; `jwtick_say_refusal` makes a sentence of it. Objects do not
 * overlap; where two of one call might, it is checked. Functions on different objects may run at the
 * same time, and so may those that only read the same ones.
 *
 * Time is int64_t microseconds: instants since 1970-01-01T00:00:00Z without leap seconds, negative
 * before; spans either way. All arithmetic saturates.
 *
 * Text. What comes in is not ended by a zero, its length counts. A function that writes text into
 * `buffer` of `room` bytes ends it with a zero that `length` does not count; if both do not fit it
 * answers JWTICK_STATUS_BUFFER. With a `room` of 0 it writes `length` alone. Text is UTF-8.
 *
 * A library that was built without words has no jwtick_say_..., no names of numbers and no diagnosis.
 *
 * Statuses. Every function may answer JWTICK_STATUS_NULL, _MISALIGNED, _UNPREPARED, _LENGTH and
 * _OVERLAP, as far as it takes what they are about; what else it answers stands beside it.
 */

#ifndef JWTICK_H
#define JWTICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_MSC_VER)
#define JWTICK_ALIGNED(bytes) __declspec(align(bytes))
#define JWTICK_MUST_USE _Check_return_
#else
#define JWTICK_ALIGNED(bytes) __attribute__((aligned(bytes)))
#define JWTICK_MUST_USE __attribute__((warn_unused_result))
#endif

/** How much room `jwtick_decode` needs at the most for a token of `length` bytes. */
#define JWTICK_ROOM(length) (JWTICK_ROOM_OVERHEAD + (length) / 4 * 3 + 3)

/**
 * 64-bit words of a `jwtick_token`.
 */
#define JWTICK_TOKEN_WORDS 40

/**
 * 64-bit words of a `jwtick_claims`.
 */
#define JWTICK_CLAIMS_WORDS 24

/**
 * 64-bit words of a `jwtick_key`. It has room for an RSA key of 4096 bits, whatever is built in.
 */
#define JWTICK_KEY_WORDS 200

/**
 * 64-bit words of a `jwtick_hs256`.
 */
#define JWTICK_HS256_WORDS 20

/**
 * 64-bit words of a `jwtick_anchor`.
 */
#define JWTICK_ANCHOR_WORDS 10

/**
 * 64-bit words of a `jwtick_judgement`.
 */
#define JWTICK_JUDGEMENT_WORDS 50

/**
 * 64-bit words of a `jwtick_refusal`.
 */
#define JWTICK_REFUSAL_WORDS 12

/**
 * 64-bit words of a `jwtick_diagnoser`.
 */
#define JWTICK_DIAGNOSER_WORDS 2000

/**
 * 64-bit words of a `jwtick_diagnosis`.
 */
#define JWTICK_DIAGNOSIS_WORDS 400

/**
 * The zone of the stamps in a text is not known.
 */
#define JWTICK_ZONE_OFFSET_UNKNOWN INT64_MIN

/**
 * HMAC with SHA-256.
 */
#define JWTICK_ALGORITHM_HS256 1

/**
 * HMAC with SHA-384.
 */
#define JWTICK_ALGORITHM_HS384 2

/**
 * HMAC with SHA-512.
 */
#define JWTICK_ALGORITHM_HS512 3

/**
 * RSASSA-PKCS1-v1_5 with SHA-256.
 */
#define JWTICK_ALGORITHM_RS256 11

/**
 * RSASSA-PKCS1-v1_5 with SHA-384.
 */
#define JWTICK_ALGORITHM_RS384 12

/**
 * RSASSA-PKCS1-v1_5 with SHA-512.
 */
#define JWTICK_ALGORITHM_RS512 13

/**
 * RSASSA-PSS with SHA-256.
 */
#define JWTICK_ALGORITHM_PS256 21

/**
 * RSASSA-PSS with SHA-384.
 */
#define JWTICK_ALGORITHM_PS384 22

/**
 * RSASSA-PSS with SHA-512.
 */
#define JWTICK_ALGORITHM_PS512 23

/**
 * ECDSA on P-256 with SHA-256.
 */
#define JWTICK_ALGORITHM_ES256 31

/**
 * ECDSA on P-384 with SHA-384.
 */
#define JWTICK_ALGORITHM_ES384 32

/**
 * ECDSA on P-521 with SHA-512: known by name only.
 */
#define JWTICK_ALGORITHM_ES512 33

/**
 * ECDSA on secp256k1 with SHA-256: known by name only.
 */
#define JWTICK_ALGORITHM_ES256K 34

/**
 * EdDSA (RFC 8037); the curve is Ed25519.
 */
#define JWTICK_ALGORITHM_EDDSA 41

/**
 * Ed25519 by its own name (RFC 9864).
 */
#define JWTICK_ALGORITHM_ED25519 42

/**
 * Good, wherever in the bounds UTC lies.
 */
#define JWTICK_VERDICT_ACCEPT 1

/**
 * Bad, wherever in the bounds UTC lies.
 */
#define JWTICK_VERDICT_REJECT 2

/**
 * The clock is not known well enough to accept or to reject.
 */
#define JWTICK_VERDICT_UNDECIDED 3

/**
 * UTC is before `exp` (RFC 7519 §4.1.4).
 */
#define JWTICK_RULE_EXP 1

/**
 * UTC is at or after `nbf` (RFC 7519 §4.1.5).
 */
#define JWTICK_RULE_NBF 2

/**
 * UTC is at or after `iat` (RFC 7519 §4.1.6 demands nothing; a policy may).
 */
#define JWTICK_RULE_IAT 3

/**
 * No more time than the policy allows has passed since `iat`.
 */
#define JWTICK_RULE_MAX_AGE 4

/**
 * `exp` lies no further ahead of UTC than the policy allows (RFC 7523 §3, item 4).
 */
#define JWTICK_RULE_LIFETIME 5

/**
 * `iss` is one of those that the policy lists (RFC 7519 §4.1.1).
 */
#define JWTICK_RULE_ISS 6

/**
 * `sub` is one of those that the policy lists (RFC 7519 §4.1.2).
 */
#define JWTICK_RULE_SUB 7

/**
 * `aud` names one of those that the policy lists (RFC 7519 §4.1.3).
 */
#define JWTICK_RULE_AUD 8

/**
 * `jti` is there (RFC 7519 §4.1.7).
 */
#define JWTICK_RULE_JTI 9

/**
 * A date was measured, and its margin counts.
 */
#define JWTICK_FINDING_MEASURED 1

/**
 * A date was measured, and the policy only reports it.
 */
#define JWTICK_FINDING_REPORTED 2

/**
 * The claim has a value that the policy allows.
 */
#define JWTICK_FINDING_MATCHED 3

/**
 * The claim has no value that the policy allows.
 */
#define JWTICK_FINDING_MISMATCHED 4

/**
 * The policy demands the claim, and the token lacks it.
 */
#define JWTICK_FINDING_MISSING 5

/**
 * A date in seconds, as RFC 7519 §2 asks.
 */
#define JWTICK_SCALE_SECONDS 1

/**
 * A date of 13 digits, so probably milliseconds. It is judged as written.
 */
#define JWTICK_SCALE_MILLISECONDS 2

/**
 * A date beyond 64 bits of microseconds, and so cut to the nearest end of them.
 */
#define JWTICK_SCALE_IMPLAUSIBLE 3

/**
 * The header's `typ`: what sort of token it is (RFC 7515 §4.1.9).
 */
#define JWTICK_MEMBER_TYP 1

/**
 * The header's `cty`: what sort of payload it has (RFC 7515 §4.1.10).
 */
#define JWTICK_MEMBER_CTY 2

/**
 * The header's `kid`: which key signed it (RFC 7515 §4.1.4).
 */
#define JWTICK_MEMBER_KID 3

/**
 * The month ends as usual (RFC 5905 §7.3, figure 9).
 */
#define JWTICK_LEAP_NONE 1

/**
 * The last minute of the month has 61 seconds.
 */
#define JWTICK_LEAP_INSERT 2

/**
 * The last minute of the month has 59 seconds.
 */
#define JWTICK_LEAP_DELETE 3

/**
 * English.
 */
#define JWTICK_LANGUAGE_ENGLISH 1

/**
 * German.
 */
#define JWTICK_LANGUAGE_GERMAN 2

/**
 * Korean.
 */
#define JWTICK_LANGUAGE_KOREAN 3

/**
 * The clock of the host that wrote the text is wrong.
 */
#define JWTICK_CAUSE_LOCAL_CLOCK 1

/**
 * That clock was never set: it runs from 1970, 2000 or a build date plus uptime.
 */
#define JWTICK_CAUSE_CLOCK_UNSET 2

/**
 * The whole error is a zone or summer-time offset, in settings or in code.
 */
#define JWTICK_CAUSE_TIME_ZONE 3

/**
 * The other side's clock is wrong; ours plays no part.
 */
#define JWTICK_CAUSE_REMOTE_CLOCK 4

/**
 * Two clocks differ and neither is proved wrong.
 */
#define JWTICK_CAUSE_PEER_CLOCKS 5

/**
 * The token, assertion or session really ended.
 */
#define JWTICK_CAUSE_EXPIRED 6

/**
 * Signed at the right time, sent or received too late.
 */
#define JWTICK_CAUSE_LATE_REQUEST 7

/**
 * Milliseconds taken for seconds, or a duration for an instant.
 */
#define JWTICK_CAUSE_UNITS 8

/**
 * The requested lifetime is longer (or shorter) than the provider allows.
 */
#define JWTICK_CAUSE_LIFETIME 9

/**
 * Something else: a wrong key, a malformed claim.
 */
#define JWTICK_CAUSE_NOT_CLOCK 10

/**
 * The certificate of a server ended or is not valid yet; the local clock is right.
 */
#define JWTICK_CAUSE_SERVER_CERTIFICATE 11

/**
 * The text cannot decide.
 */
#define JWTICK_CAUSE_UNDETERMINED 12

/**
 * A clock is wrong, here or elsewhere.
 */
#define JWTICK_FAULT_FOUND 1

/**
 * The failure has another reason than a clock.
 */
#define JWTICK_FAULT_CLEARED 2

/**
 * The text cannot decide whether a clock is wrong.
 */
#define JWTICK_FAULT_OPEN 3

/**
 * The local clock shows too early a time; its offset is positive (RFC 5905 §8).
 */
#define JWTICK_DIRECTION_BEHIND 1

/**
 * The local clock shows too late a time; its offset is negative.
 */
#define JWTICK_DIRECTION_AHEAD 2

/**
 * Only words point there; no two times stand against each other.
 */
#define JWTICK_CERTAINTY_WEAK 1

/**
 * Times point there under an ordinary assumption.
 */
#define JWTICK_CERTAINTY_LIKELY 2

/**
 * Times in the text exclude everything else.
 */
#define JWTICK_CERTAINTY_PROVEN 3

/**
 * The words of a refusal.
 */
#define JWTICK_EVIDENCE_REFUSAL 1

/**
 * A time that another host stated.
 */
#define JWTICK_EVIDENCE_SERVER_TIME 2

/**
 * A time that the local clock stated.
 */
#define JWTICK_EVIDENCE_LOCAL_TIME 3

/**
 * A token, or the claims of one.
 */
#define JWTICK_EVIDENCE_TOKEN 4

/**
 * A time service set or measured the clock.
 */
#define JWTICK_EVIDENCE_CLOCK_STEP 5

/**
 * The validity of a certificate.
 */
#define JWTICK_EVIDENCE_CERTIFICATE 6

/**
 * What one of several servers behind a name says, whose clocks differ.
 */
#define JWTICK_EVIDENCE_NODE_TIME 7

/**
 * Every stamp that counted names its zone, or is UTC by definition.
 */
#define JWTICK_ZONE_STATED 1

/**
 * Another stamp of the same clock in the text gives the zone away.
 */
#define JWTICK_ZONE_RECOVERED 2

/**
 * The caller said which zone the text is in.
 */
#define JWTICK_ZONE_ASSUMED 3

/**
 * Nothing tells: the interval holds for every zone from UTC-12 to UTC+14.
 */
#define JWTICK_ZONE_UNKNOWN 4

/**
 * The most names that a list of a policy may have.
 */
#define JWTICK_NAMES_MAX 8

/**
 * `exp` must be there.
 */
#define JWTICK_REQUIRE_EXP (1 << 1)

/**
 * `nbf` must be there.
 */
#define JWTICK_REQUIRE_NBF (1 << 2)

/**
 * `iat` must be there.
 */
#define JWTICK_REQUIRE_IAT (1 << 3)

/**
 * `iss` must be there.
 */
#define JWTICK_REQUIRE_ISS (1 << 6)

/**
 * `sub` must be there.
 */
#define JWTICK_REQUIRE_SUB (1 << 7)

/**
 * `aud` must be there.
 */
#define JWTICK_REQUIRE_AUD (1 << 8)

/**
 * `jti` must be there.
 */
#define JWTICK_REQUIRE_JTI (1 << 9)

/**
 * What an authorization grant and a client's authentication must have (RFC 7523 §3, items 1 to 4):
 * `iss`, `sub`, `aud` and `exp`.
 */
#define JWTICK_REQUIRE_RFC7523 450

/**
 * An `iat` in the future is reported, and the verdict ignores it (RFC 7519 §4.1.6).
 */
#define JWTICK_FUTURE_IAT_REPORT 0

/**
 * An `iat` in the future counts towards the verdict.
 */
#define JWTICK_FUTURE_IAT_ENFORCE 1

/**
 * The latest end of bounds that nothing limits from above, and the most of an offset or a margin
 * that nothing limits.
 */
#define JWTICK_OPEN INT64_MAX

/**
 * The least of an offset or a margin that nothing limits, and the earliest end of such bounds.
 */
#define JWTICK_OPEN_BELOW INT64_MIN

/**
 * How many bytes a request has, and a reply at least (RFC 5905 §7.3).
 */
#define JWTICK_SNTP_LENGTH 48

/**
 * The distance that RFC 5905 selects servers up to (MAXDIST, §A.1.1), in microseconds.
 */
#define JWTICK_SNTP_MAXDIST 1000000

/**
 * The most by which `adjtime` slews a clock, in parts per million; no crystal is off by this much.
 */
#define JWTICK_SNTP_SLEW 500

/**
 * What the room for a token takes beside its decoded segments: the index of its members, and what
 * it takes to align that.
 */
#define JWTICK_ROOM_OVERHEAD 528

/**
 * The version of this interface. It changes when a program has to be compiled anew: when a context
 * grows, or a record or a function changes. New functions and numbers leave it as it is.
 */
#define JWTICK_ABI_VERSION 1

/**
 * How every context must be aligned in bytes, but a `jwtick_key`.
 */
#define JWTICK_CONTEXT_ALIGNMENT 8

/**
 * How a `jwtick_key` must be aligned in bytes. `malloc` does so on 64-bit machines.
 */
#define JWTICK_KEY_ALIGNMENT 16

/**
 * What a function came to. 0 is success; everything else is a reason, in blocks by what it is
 * about. A number is never given to another reason, and a retired one is never used again; so a
 * caller treats numbers that it does not know as a refusal.
 */
enum jwtick_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Done; the outputs are written.
     */
    JWTICK_STATUS_OK = 0,
    /**
     * The compact form has other than three segments (RFC 7515 §7.1).
     */
    JWTICK_STATUS_TOKEN_SEGMENTS = 100,
    /**
     * The token needs more room than was given; see `JWTICK_ROOM`.
     */
    JWTICK_STATUS_TOKEN_ROOM = 101,
    /**
     * A segment is not canonical base64url (RFC 7515 §2).
     */
    JWTICK_STATUS_TOKEN_BASE64 = 102,
    /**
     * The header is no strict JSON object: RFC 8259, UTF-8, no member twice, 32 levels at most.
     */
    JWTICK_STATUS_HEADER_JSON = 110,
    /**
     * The header names no algorithm.
     */
    JWTICK_STATUS_HEADER_ALG_MISSING = 111,
    /**
     * `alg` is `none`, in any spelling (RFC 8725 §3.2).
     */
    JWTICK_STATUS_HEADER_ALG_NONE = 112,
    /**
     * `alg` names no algorithm that is known.
     */
    JWTICK_STATUS_HEADER_ALG_UNKNOWN = 113,
    /**
     * A member of the header is of another type than RFC 7515 §4.1 says.
     */
    JWTICK_STATUS_HEADER_TYPE = 114,
    /**
     * `crit` names nothing (RFC 7515 §4.1.11).
     */
    JWTICK_STATUS_HEADER_CRIT_EMPTY = 115,
    /**
     * `crit` names an extension; none is supported (RFC 7515 §4.1.11).
     */
    JWTICK_STATUS_HEADER_CRIT_UNKNOWN = 116,
    /**
     * `b64` is false (RFC 7797).
     */
    JWTICK_STATUS_HEADER_UNENCODED = 117,
    /**
     * The payload is no strict JSON object, as above.
     */
    JWTICK_STATUS_CLAIMS_JSON = 120,
    /**
     * A registered claim is of another type than RFC 7519 §4.1 says.
     */
    JWTICK_STATUS_CLAIMS_TYPE = 121,
    /**
     * The token has no such member.
     */
    JWTICK_STATUS_MEMBER_MISSING = 130,
    /**
     * The member is of another type than the one that is asked for, or beyond its range.
     */
    JWTICK_STATUS_MEMBER_TYPE = 131,
    /**
     * The header names another algorithm than the key has (RFC 8725 §3.1).
     */
    JWTICK_STATUS_KEY_ALGORITHM = 200,
    /**
     * The signature is not that of the key. Why not, nobody learns.
     */
    JWTICK_STATUS_SIGNATURE = 201,
    /**
     * An HMAC secret is shorter than its hash (RFC 7518 §3.2).
     */
    JWTICK_STATUS_SECRET_SHORT = 210,
    /**
     * An HMAC secret is a public key or certificate (RFC 8725 §2.1).
     */
    JWTICK_STATUS_SECRET_PUBLIC = 211,
    /**
     * An RSA modulus has fewer than 2048 or more than 4096 bits (RFC 7518 §3.3).
     */
    JWTICK_STATUS_KEY_MODULUS_BITS = 220,
    /**
     * An RSA modulus is even.
     */
    JWTICK_STATUS_KEY_MODULUS_EVEN = 221,
    /**
     * An RSA exponent is 1, even, or longer than four bytes.
     */
    JWTICK_STATUS_KEY_EXPONENT = 222,
    /**
     * Modulus or exponent starts with a zero byte (RFC 7518 §2).
     */
    JWTICK_STATUS_KEY_LEADING_ZERO = 223,
    /**
     * A coordinate or point has another length than those of its curve (RFC 7518 §6.2.1.2).
     */
    JWTICK_STATUS_KEY_COORDINATE = 224,
    /**
     * A point is not on its curve.
     */
    JWTICK_STATUS_KEY_NOT_ON_CURVE = 225,
    /**
     * A point could be written in another way (RFC 8032 §5.1.3).
     */
    JWTICK_STATUS_KEY_NOT_CANONICAL = 226,
    /**
     * A point of small order: its signatures fit any message.
     */
    JWTICK_STATUS_KEY_SMALL_ORDER = 227,
    /**
     * The algorithm is known by name, but the library was built without it.
     */
    JWTICK_STATUS_KEY_NOT_BUILT = 230,
    /**
     * The algorithm takes another sort of key.
     */
    JWTICK_STATUS_KEY_UNSUITED = 231,
    /**
     * A JWK is no strict JSON object, as `JWTICK_STATUS_HEADER_JSON`.
     */
    JWTICK_STATUS_JWK_JSON = 240,
    /**
     * A JWK or a set of them lacks a member that it needs (RFC 7517 §4, §5).
     */
    JWTICK_STATUS_JWK_MISSING = 241,
    /**
     * A member of a JWK is of another type than its RFC says.
     */
    JWTICK_STATUS_JWK_TYPE = 242,
    /**
     * A parameter of a JWK is not canonical base64url.
     */
    JWTICK_STATUS_JWK_BASE64 = 243,
    /**
     * A parameter of a JWK is longer than any key needs.
     */
    JWTICK_STATUS_JWK_TOO_LONG = 244,
    /**
     * `kty` names no sort of key that is known.
     */
    JWTICK_STATUS_JWK_KTY = 245,
    /**
     * `crv` names no curve that is known for the `kty`.
     */
    JWTICK_STATUS_JWK_CRV = 246,
    /**
     * `use` is not `sig` (RFC 7517 §4.2).
     */
    JWTICK_STATUS_JWK_USE = 247,
    /**
     * `key_ops` does not list `verify`, or lists an operation twice (RFC 7517 §4.3).
     */
    JWTICK_STATUS_JWK_OPERATIONS = 248,
    /**
     * `alg` of the JWK names another algorithm (RFC 7517 §4.4).
     */
    JWTICK_STATUS_JWK_ALGORITHM = 249,
    /**
     * The counter reads less than before.
     */
    JWTICK_STATUS_CLOCK_WENT_BACK = 300,
    /**
     * The counter wraps too soon to tell how much time has passed.
     */
    JWTICK_STATUS_CLOCK_NARROW = 301,
    /**
     * More time has passed than the caller promised.
     */
    JWTICK_STATUS_CLOCK_OVERDUE = 302,
    /**
     * Two statements about UTC, or two intervals, can't both be true.
     */
    JWTICK_STATUS_CONTRADICTION = 303,
    /**
     * No more than half of the sources share any offset (RFC 5905 §11.2.1).
     */
    JWTICK_STATUS_NO_MAJORITY = 310,
    /**
     * An SNTP reply has fewer than 48 bytes.
     */
    JWTICK_STATUS_SNTP_SHORT = 400,
    /**
     * The reply is not to this request (RFC 5905 §8).
     */
    JWTICK_STATUS_SNTP_ORIGIN = 401,
    /**
     * The server sends a kiss code (RFC 5905 §7.4).
     */
    JWTICK_STATUS_SNTP_KISS = 402,
    /**
     * Another mode than 4, server.
     */
    JWTICK_STATUS_SNTP_MODE = 403,
    /**
     * Another version than 3 and 4.
     */
    JWTICK_STATUS_SNTP_VERSION = 404,
    /**
     * The server says that its own clock is not synchronized.
     */
    JWTICK_STATUS_SNTP_UNSYNCHRONIZED = 405,
    /**
     * A stratum outside 1 to 15.
     */
    JWTICK_STATUS_SNTP_STRATUM = 406,
    /**
     * A timestamp that is not set.
     */
    JWTICK_STATUS_SNTP_ZERO_STAMP = 407,
    /**
     * The reply left before the request arrived.
     */
    JWTICK_STATUS_SNTP_BACKWARDS = 408,
    /**
     * The server is further from UTC, by its own account, than the policy allows.
     */
    JWTICK_STATUS_SNTP_DISTANCE = 409,
    /**
     * The server claims to have had the request for longer than the exchange took.
     */
    JWTICK_STATUS_SNTP_HELD = 410,
    /**
     * The server's clock was last set, by its own account, after the reply left.
     */
    JWTICK_STATUS_SNTP_SET_LATER = 411,
    /**
     * The text leaves the three forms of RFC 9110 §5.6.7.
     */
    JWTICK_STATUS_HTTP_DATE_FORM = 420,
    /**
     * The calendar has no such day.
     */
    JWTICK_STATUS_HTTP_DATE_DAY = 421,
    /**
     * No day has such a time.
     */
    JWTICK_STATUS_HTTP_DATE_TIME = 422,
    /**
     * The instant lies outside the years 0 to 9999.
     */
    JWTICK_STATUS_HTTP_DATE_YEAR = 423,
    /**
     * A pointer is NULL that may not be.
     */
    JWTICK_STATUS_NULL = 900,
    /**
     * A pointer is not aligned as its type must be.
     */
    JWTICK_STATUS_MISALIGNED = 901,
    /**
     * A context was not prepared, or is of another kind: prepare it first.
     */
    JWTICK_STATUS_UNPREPARED = 902,
    /**
     * A length is beyond what one object in memory can have.
     */
    JWTICK_STATUS_LENGTH = 903,
    /**
     * Buffers overlap that may not.
     */
    JWTICK_STATUS_OVERLAP = 904,
    /**
     * A buffer is too small for what would be written into it.
     */
    JWTICK_STATUS_BUFFER = 905,
    /**
     * A number names nothing: an algorithm, a rule, a language, an enforcement.
     */
    JWTICK_STATUS_VALUE = 906,
    /**
     * There is no such element.
     */
    JWTICK_STATUS_INDEX = 907,
    /**
     * An interval whose end lies before its start, or a clock that went back between two readings.
     */
    JWTICK_STATUS_INVERTED = 908,
    /**
     * A text is not UTF-8.
     */
    JWTICK_STATUS_UTF8 = 909,
    /**
     * More names in a list of a policy than `JWTICK_NAMES_MAX`.
     */
    JWTICK_STATUS_TOO_MANY_NAMES = 910,
    /**
     * A counter whose tick has no length, or of another width than 2 to 64 bits.
     */
    JWTICK_STATUS_COUNTER = 911,
    /**
     * A refusal for which this version of the library has no number.
     */
    JWTICK_STATUS_OTHER = 999,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jwtick_status jwtick_status;
#else
typedef uint32_t jwtick_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A counter: one tick lasts `numerator` / `denominator` seconds, and it wraps after `bits` bits. A
 * counter of milliseconds in 32 bits has 1, 1000 and 32.
 */
typedef struct jwtick_counter {
    /**
     * Seconds in `denominator` ticks; not 0.
     */
    uint32_t numerator;
    /**
     * Ticks in `numerator` seconds; not 0.
     */
    uint32_t denominator;
    /**
     * Its width, 2 to 64. What a reading has above it is not looked at.
     */
    uint32_t bits;
} jwtick_counter;

/**
 * UTC lies in `earliest` to `latest`: microseconds since 1970-01-01T00:00:00Z without leap seconds,
 * negative before. `latest` is `JWTICK_OPEN` where nothing limits it: a clock that was never set
 * still proves that UTC is at or after the firmware's build time.
 */
typedef struct jwtick_bounds {
    /**
     * The earliest that UTC may be.
     */
    int64_t earliest;
    /**
     * The latest that UTC may be; not before `earliest`.
     */
    int64_t latest;
} jwtick_bounds;

/**
 * A counter that is tied to UTC as it was last known.
 */
typedef struct jwtick_anchor {
    uint64_t opaque[JWTICK_ANCHOR_WORDS];
} jwtick_anchor;

/**
 * Why something was refused, in detail, for `jwtick_say_refusal`.
 */
typedef struct jwtick_refusal {
    uint64_t opaque[JWTICK_REFUSAL_WORDS];
} jwtick_refusal;

/**
 * What a token says. Whether it is authentic, the function tells that wrote it: `jwtick_verify` or
 * `jwtick_unverified_claims`. It points where its token does.
 */
typedef struct jwtick_claims {
    uint64_t opaque[JWTICK_CLAIMS_WORDS];
} jwtick_claims;

/**
 * A date of a claim.
 */
typedef struct jwtick_date {
    /**
     * Microseconds since 1970-01-01T00:00:00Z. Cut to the range of 64 bits, which keeps every
     * comparison right, and rounded towards the past.
     */
    int64_t at;
    /**
     * What the size of the number says about its unit: a `JWTICK_SCALE_…`. It is judged as written.
     */
    uint32_t scale;
} jwtick_date;

/**
 * Text that stands somewhere: `length` bytes, not ended by a zero. It may be printed by `%.*s`.
 */
typedef struct jwtick_text {
    /**
     * Where it starts; NULL only if it has no bytes.
     */
    const char *bytes;
    /**
     * How many bytes it has.
     */
    size_t length;
} jwtick_text;

/**
 * A text that is being read, in constant memory.
 */
typedef struct jwtick_diagnoser {
    uint64_t opaque[JWTICK_DIAGNOSER_WORDS];
} jwtick_diagnoser;

/**
 * What a text proves.
 */
typedef struct jwtick_diagnosis {
    uint64_t opaque[JWTICK_DIAGNOSIS_WORDS];
} jwtick_diagnosis;

/**
 * Reference minus local, in microseconds: at least `least`, at most `most`. Positive means that the
 * local clock is behind (RFC 5905 §8). `JWTICK_OPEN_BELOW` and `JWTICK_OPEN` are open ends.
 */
typedef struct jwtick_offset {
    /**
     * The lower end.
     */
    int64_t least;
    /**
     * The upper end; not below `least`.
     */
    int64_t most;
} jwtick_offset;

/**
 * The conclusion, in numbers.
 */
typedef struct jwtick_facts {
    /**
     * Why a call was refused: a `JWTICK_CAUSE_…`.
     */
    uint32_t cause;
    /**
     * Whether a clock is wrong, here or elsewhere: a `JWTICK_FAULT_…`.
     */
    uint32_t fault;
    /**
     * Which way the local clock is off: a `JWTICK_DIRECTION_…`, or 0 if that is not known.
     */
    uint32_t direction;
    /**
     * How far the conclusion can be trusted: a `JWTICK_CERTAINTY_…`.
     */
    uint32_t certainty;
    /**
     * How the zone of the local stamps is known: a `JWTICK_ZONE_…`.
     */
    uint32_t zone;
    /**
     * 1 if `jwtick_say_decider` has something to say, else 0.
     */
    uint32_t has_decider;
    /**
     * Local minus UTC in microseconds, where the text gave it away, else 0.
     */
    int64_t zone_offset;
    /**
     * The sound interval of the offset; open at both ends if nothing is known.
     */
    struct jwtick_offset offset;
    /**
     * The narrow one, if the stamps without a zone are in UTC; open at both ends if there is none.
     */
    struct jwtick_offset offset_if_utc;
    /**
     * UTC minus the clock of the server, where the text has the word of a time service too; open at
     * both ends if it has not.
     */
    struct jwtick_offset remote_offset;
    /**
     * How many lines the conclusion rests on, best first.
     */
    size_t evidence;
    /**
     * How many things there are to do, most useful first.
     */
    size_t remedies;
    /**
     * How many refusals were seen.
     */
    uint64_t refusals;
    /**
     * How many lines were read.
     */
    uint64_t lines;
} jwtick_facts;

/**
 * A line that the conclusion rests on.
 */
typedef struct jwtick_evidence {
    /**
     * The number of the line, from 1.
     */
    uint64_t line;
    /**
     * What it contributes: a `JWTICK_EVIDENCE_…`.
     */
    uint32_t kind;
    /**
     * 1 if `instant` is known, else 0.
     */
    uint32_t has_instant;
    /**
     * The instant that it states, as far as it is known in UTC: microseconds since 1970.
     */
    int64_t instant;
    /**
     * What it says, up to 200 bytes: without control characters, tokens cut, signatures left out. It
     * stands in the diagnosis.
     */
    struct jwtick_text text;
    /**
     * The product that prints these words, where it is known; else of no bytes. It lives for ever.
     */
    struct jwtick_text product;
} jwtick_evidence;

/**
 * The local clock, read before and after something happened: microseconds by whatever it shows.
 */
typedef struct jwtick_bracket {
    /**
     * The last reading before the event.
     */
    int64_t before;
    /**
     * The first reading after it; not less than `before`.
     */
    int64_t after;
} jwtick_bracket;

/**
 * What is demanded of claims. All zeros are RFC 7519 alone: no claim is required, no leeway is given,
 * an `iat` in the future is only reported. A claim that is there is always judged.
 */
typedef struct jwtick_policy {
    /**
     * Tolerance for the other party's clock, in microseconds; a negative one counts as none. What is
     * not known about the own clock belongs into the bounds and not here.
     */
    int64_t leeway;
    /**
     * If not 0, `iat` must be there and lie no more than so many microseconds (and the leeway) in
     * the past.
     */
    int64_t max_age;
    /**
     * If not 0, `exp` must be there and lie no more than so many microseconds (and the leeway) in
     * the future (RFC 7523 §3, item 4).
     */
    int64_t max_lifetime;
    /**
     * Which claims must be there: `JWTICK_REQUIRE_…`, added up.
     */
    uint32_t required;
    /**
     * Whether an `iat` in the future rejects: `JWTICK_FUTURE_IAT_…`.
     */
    uint32_t future_iat;
    /**
     * If any are listed, `iss` must be there and equal one of them, byte for byte. UTF-8.
     */
    const struct jwtick_text *issuers;
    /**
     * How many, up to `JWTICK_NAMES_MAX`.
     */
    size_t issuer_count;
    /**
     * If any are listed, `sub` must be there and equal one of them.
     */
    const struct jwtick_text *subjects;
    /**
     * How many, up to `JWTICK_NAMES_MAX`.
     */
    size_t subject_count;
    /**
     * If any are listed, `aud` must be there and hold at least one of them. Who lists none takes the
     * duty of RFC 7519 §4.1.3 on itself.
     */
    const struct jwtick_text *audiences;
    /**
     * How many, up to `JWTICK_NAMES_MAX`.
     */
    size_t audience_count;
} jwtick_policy;

/**
 * All that a policy found in claims.
 */
typedef struct jwtick_judgement {
    uint64_t opaque[JWTICK_JUDGEMENT_WORDS];
} jwtick_judgement;

/**
 * What one rule came to. A margin says how far inside the edge of the rule UTC lies, in
 * microseconds: at least `least`, at most `most`; negative is outside. The leeway is part of the
 * edge. Where nothing was measured, all three are 0.
 */
typedef struct jwtick_finding {
    /**
     * The rule that was looked at: a `JWTICK_RULE_…`.
     */
    uint32_t rule;
    /**
     * What it came to: a `JWTICK_FINDING_…`.
     */
    uint32_t kind;
    /**
     * What that adds to the verdict: a `JWTICK_VERDICT_…`.
     */
    uint32_t verdict;
    /**
     * 0.
     */
    uint32_t reserved;
    /**
     * The least that may be left; `JWTICK_OPEN_BELOW` if the bounds are open there.
     */
    int64_t least;
    /**
     * The most that may be left; `JWTICK_OPEN` if the bounds are open there.
     */
    int64_t most;
    /**
     * The leeway that is part of the edge.
     */
    int64_t leeway;
} jwtick_finding;

/**
 * A prepared key for HS256, in a tenth of the room; linked without the other algorithms.
 */
typedef struct jwtick_hs256 {
    uint64_t opaque[JWTICK_HS256_WORDS];
} jwtick_hs256;

/**
 * A prepared key. It has one algorithm (RFC 8725 §3.1), and points nowhere.
 */
typedef struct JWTICK_ALIGNED(16) jwtick_key {
    uint64_t opaque[JWTICK_KEY_WORDS];
} jwtick_key;

/**
 * A decoded token, for which nobody vouches yet. It points into the compact form and into the room
 * that it was decoded with: both must stay as they are for as long as it, or claims of it, is used.
 */
typedef struct jwtick_token {
    uint64_t opaque[JWTICK_TOKEN_WORDS];
} jwtick_token;

/**
 * What more than half of the sources agree on.
 */
typedef struct jwtick_selection {
    /**
     * The interval that they share.
     */
    struct jwtick_offset offset;
    /**
     * How many share it.
     */
    size_t truechimers;
    /**
     * How many there are.
     */
    size_t sources;
} jwtick_selection;

/**
 * What is asked of a server, and of the clock that it is compared with.
 */
typedef struct jwtick_sntp_policy {
    /**
     * NTP timestamps name no era: each is read as the instant nearest to this one, in microseconds
     * since 1970, so that all within 68 years are right. The build time of the program is the
     * natural choice, as it needs no clock.
     */
    int64_t pivot;
    /**
     * How far from UTC a server may be by its own account, in microseconds; `JWTICK_SNTP_MAXDIST`.
     */
    int64_t most_distance;
    /**
     * How fast the local clock may gain or lose during the exchange, in parts per million;
     * `JWTICK_SNTP_SLEW`, or less for a counter that nobody slews.
     */
    uint32_t drift;
} jwtick_sntp_policy;

/**
 * What one exchange with one server proves, if that server is as good as it says.
 */
typedef struct jwtick_sntp_sample {
    /**
     * Reference minus local during the exchange.
     */
    struct jwtick_offset offset;
    /**
     * The round trip (RFC 5905 §8), in microseconds.
     */
    int64_t delay;
    /**
     * How far the server may be from UTC by its own account, in microseconds: half of its root
     * delay, and its root dispersion.
     */
    int64_t root_distance;
    /**
     * How finely the server reads its clock, in microseconds.
     */
    int64_t precision;
    /**
     * How many steps from a reference clock the server is: 1 to 15.
     */
    uint32_t stratum;
    /**
     * Whether the month ends with a leap second: a `JWTICK_LEAP_…`.
     */
    uint32_t leap;
} jwtick_sntp_sample;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Ties what is known of UTC now to what the counter reads now. `drift` is the rate error of its
 * oscillator in parts per million, either way: 50 for an ordinary crystal over its whole range of
 * temperature. For a clock that was never set, `utc` begins at the build time of the firmware, or the
 * newest trusted time that was stored, and is `JWTICK_OPEN` above.
 *
 * Statuses: `JWTICK_STATUS_COUNTER`, `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_anchor_start(const struct jwtick_counter *counter,
                                  uint64_t reading,
                                  const struct jwtick_bounds *utc,
                                  uint32_t drift,
                                  struct jwtick_anchor *anchor);

/**
 * UTC at `reading`, by a counter that is wide enough never to wrap: bounds that have widened with
 * the drift, and by a tick at either end.
 *
 * Statuses: `JWTICK_STATUS_CLOCK_WENT_BACK`; `JWTICK_STATUS_CLOCK_NARROW` if the counter wraps within
 * 100 years, so that the caller has to say how old the anchor may be.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_anchor_now(const struct jwtick_anchor *anchor,
                                uint64_t reading,
                                struct jwtick_bounds *utc,
                                struct jwtick_refusal *why);

/**
 * UTC at `reading`, if the caller knows that no more than `age` microseconds have passed since the
 * anchor was started or last refreshed: by a watchdog, a sleep timer, a scheduler.
 *
 * Statuses: `JWTICK_STATUS_CLOCK_WENT_BACK`; `JWTICK_STATUS_CLOCK_NARROW` if the counter may have
 * wrapped in that time; `JWTICK_STATUS_CLOCK_OVERDUE` if it proves that more has passed.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_anchor_now_within(const struct jwtick_anchor *anchor,
                                       uint64_t reading,
                                       int64_t age,
                                       struct jwtick_bounds *utc,
                                       struct jwtick_refusal *why);

/**
 * Moves the anchor to `reading`. A narrow counter is tracked by doing this at least once in half its
 * range; then it may wrap as often as it likes.
 *
 * Statuses: as for `jwtick_anchor_now_within`; the anchor stays as it was.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_anchor_refresh(struct jwtick_anchor *anchor,
                                    uint64_t reading,
                                    int64_t age,
                                    struct jwtick_refusal *why);

/**
 * Adds another proof of what UTC is at `reading`: a reply of a time server, a token of a trusted
 * issuer.
 *
 * Statuses: as for `jwtick_anchor_refresh`, `JWTICK_STATUS_INVERTED`, and
 * `JWTICK_STATUS_CONTRADICTION` if `utc` can't be true together with what the anchor knows; it stays
 * as it was.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_anchor_learn(struct jwtick_anchor *anchor,
                                  uint64_t reading,
                                  int64_t age,
                                  const struct jwtick_bounds *utc,
                                  struct jwtick_refusal *why);

/**
 * What holds whatever the counter reads, since UTC never goes back: bounds that are open above.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_anchor_floor(const struct jwtick_anchor *anchor,
                                  struct jwtick_bounds *utc);

/**
 * What both bounds allow.
 *
 * Statuses: `JWTICK_STATUS_CONTRADICTION` if they share nothing, `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_bounds_intersect(const struct jwtick_bounds *one,
                                      const struct jwtick_bounds *other,
                                      struct jwtick_bounds *both);

/**
 * Bounds of `radius` microseconds either side of `midpoint`; the sign of `radius` does not matter.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_bounds_around(int64_t midpoint,
                                   int64_t radius,
                                   struct jwtick_bounds *utc);

/**
 * The date of `exp`, `nbf` or `iat`, named by its `JWTICK_RULE_…` (RFC 7519 §2, "NumericDate").
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`; `JWTICK_STATUS_VALUE` for a rule that is not about a
 * date.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_claim_date(const struct jwtick_claims *claims,
                                uint32_t rule,
                                struct jwtick_date *date);

/**
 * Writes a string claim as it is meant, without escapes. `name` has `name_length` bytes of UTF-8,
 * and so do the other names here.
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE` if it is no string,
 * `JWTICK_STATUS_UTF8`; for `buffer` see "Text" at the top. A string may hold zeros.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_claim_text(const struct jwtick_claims *claims,
                                const char *name,
                                size_t name_length,
                                char *buffer,
                                size_t room,
                                size_t *length);

/**
 * A claim that is a whole number within 64 bits. A date may be neither: see `jwtick_claim_date`.
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE`, `JWTICK_STATUS_UTF8`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_claim_integer(const struct jwtick_claims *claims,
                                   const char *name,
                                   size_t name_length,
                                   int64_t *integer);

/**
 * A claim that is `true` or `false`.
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_MEMBER_TYPE`, `JWTICK_STATUS_UTF8`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_claim_boolean(const struct jwtick_claims *claims,
                                   const char *name,
                                   size_t name_length,
                                   bool *boolean);

/**
 * The JSON text of a claim, whatever it is, checked against the whole grammar of RFC 8259. It stands
 * in the room of the token.
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_UTF8`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_claim_json(const struct jwtick_claims *claims,
                                const char *name,
                                size_t name_length,
                                struct jwtick_text *json);

/**
 * Writes the `index`th name, from 0, that `aud` holds: one, or those of an array (RFC 7519 §4.1.3).
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_INDEX` behind the last one; for `buffer`
 * see "Text" at the top.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_audience(const struct jwtick_claims *claims,
                              size_t index,
                              char *buffer,
                              size_t room,
                              size_t *length);

/**
 * Starts on an empty text. `zone` is local minus UTC, in microseconds, of the stamps that name no
 * zone, or `JWTICK_ZONE_OFFSET_UNKNOWN`: then the results hold in every zone from UTC-12 to UTC+14.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_diagnoser_start(int64_t zone,
                                     struct jwtick_diagnoser *diagnoser);

/**
 * Reads the next `length` bytes: UTF-8, UTF-16 with a mark, or any bytes around ASCII. How a text is
 * cut into chunks does not matter.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_diagnoser_feed(struct jwtick_diagnoser *diagnoser,
                                    const char *text,
                                    size_t length);

/**
 * Says what the text proves. The diagnoser is used up: it has to be started again.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_diagnoser_finish(struct jwtick_diagnoser *diagnoser,
                                      struct jwtick_diagnosis *diagnosis);

/**
 * The conclusion, in numbers.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_diagnosis_facts(const struct jwtick_diagnosis *diagnosis,
                                     struct jwtick_facts *facts);

/**
 * The `index`th line, from 0, that the conclusion rests on.
 *
 * Statuses: `JWTICK_STATUS_INDEX` behind the last one.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_diagnosis_evidence(const struct jwtick_diagnosis *diagnosis,
                                        size_t index,
                                        struct jwtick_evidence *evidence);

/**
 * Reads a date, strictly, as the value of a header field without white space around it. A two-digit
 * year is the latest that does not lie more than 50 years after `as_of`, an instant such as the build
 * time of the program. `at` is the start of the second that it names, in microseconds since 1970.
 *
 * Statuses: 420 to 423.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_http_date_parse(const char *text,
                                     size_t length,
                                     int64_t as_of,
                                     int64_t *at,
                                     struct jwtick_refusal *why);

/**
 * Writes the second in which `at` lies, in the preferred form: 29 bytes, and a zero.
 *
 * Statuses: `JWTICK_STATUS_HTTP_DATE_YEAR`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_http_date_print(int64_t at,
                                     char *buffer,
                                     size_t room,
                                     size_t *length);

/**
 * What one answer of a server proves that named the second of `at` in its `Date`, while the local
 * clock went through `local`: from just before the request was sent to when the head of the answer
 * was there. An answer with `Age` comes from a cache and proves nothing.
 *
 * Statuses: `JWTICK_STATUS_HTTP_DATE_YEAR`, `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_http_date_offset(int64_t at,
                                      const struct jwtick_bracket *local,
                                      struct jwtick_offset *offset);

/**
 * Judges claims at a moment that lies somewhere in `utc`. All findings are kept, not the first, and
 * `verdict` is a `JWTICK_VERDICT_…`: any finding that rejects rejects, else any doubt leaves it
 * undecided. With bounds that are a point it is RFC 7519 to the letter: `exp` is too late at its own
 * second, `nbf` is in time.
 *
 * Statuses: `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_TOO_MANY_NAMES`,
 * `JWTICK_STATUS_UTF8`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_judge(const struct jwtick_policy *policy,
                           const struct jwtick_claims *claims,
                           const struct jwtick_bounds *utc,
                           struct jwtick_judgement *judgement,
                           uint32_t *verdict);

/**
 * The `index`th finding, from 0, in the order of the rules' numbers.
 *
 * Statuses: `JWTICK_STATUS_INDEX` behind the last one.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_judgement_finding(const struct jwtick_judgement *judgement,
                                       size_t index,
                                       struct jwtick_finding *finding);

/**
 * The index of the finding whose margin decides: of those that count, with the worst verdict, the
 * one with the least room.
 *
 * Statuses: `JWTICK_STATUS_INDEX` if nothing was measured.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_judgement_tightest(const struct jwtick_judgement *judgement,
                                        size_t *index);

/**
 * After which instant the policy rejects these claims for ever, in microseconds since 1970;
 * `JWTICK_OPEN` if they never die. For so long a `jti` has to be remembered, lest the token is used
 * twice (RFC 7523 §3, item 7).
 *
 * Statuses: as for `jwtick_judge`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_dies_at(const struct jwtick_policy *policy,
                             const struct jwtick_claims *claims,
                             int64_t *at);

/**
 * Prepares a key for HS256 from the bytes of a secret, at least 32 (RFC 7518 §3.2).
 *
 * Statuses: `JWTICK_STATUS_SECRET_SHORT`, `JWTICK_STATUS_SECRET_PUBLIC`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_hs256_prepare(const uint8_t *secret,
                                   size_t length,
                                   struct jwtick_hs256 *key,
                                   struct jwtick_refusal *why);

/**
 * Prepares a key for HS256, HS384 or HS512 from the bytes of a secret: at least 32, 48 or 64 (RFC
 * 7518 §3.2).
 *
 * Statuses: `JWTICK_STATUS_SECRET_SHORT`, `JWTICK_STATUS_SECRET_PUBLIC`,
 * `JWTICK_STATUS_KEY_UNSUITED` for an algorithm that takes no secret, `JWTICK_STATUS_VALUE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_key_from_secret(uint32_t algorithm,
                                     const uint8_t *secret,
                                     size_t length,
                                     struct jwtick_key *key,
                                     struct jwtick_refusal *why);

/**
 * For which algorithm a key is: a `JWTICK_ALGORITHM_…`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_key_algorithm(const struct jwtick_key *key,
                                   uint32_t *algorithm);

/**
 * Overwrites a key with zeros, prepared or not, so that its secret does not stay in memory.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
jwtick_status jwtick_key_wipe(struct jwtick_key *key);

/**
 * Overwrites a key with zeros, prepared or not, so that its secret does not stay in memory.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
jwtick_status jwtick_hs256_wipe(struct jwtick_hs256 *key);

/**
 * Prepares a key from the text of a JWK (RFC 7517), for `algorithm` alone: the JWK must be of the
 * sort that it takes, and `alg`, `use` and `key_ops` may not say otherwise. A private part is not
 * looked at.
 *
 * Statuses: 210 to 249, `JWTICK_STATUS_VALUE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_key_from_jwk(uint32_t algorithm,
                                  const char *jwk,
                                  size_t length,
                                  struct jwtick_key *key,
                                  struct jwtick_refusal *why);

/**
 * The `index`th key, from 0, of a JWK Set of up to 64 KiB (RFC 7517 §5) that may verify `token`:
 * those of its `kid`, or those without one if the set has no such key; every key if the token has no
 * `kid`. It is part of `set`, to be prepared by `jwtick_key_from_jwk` for the algorithm of the token.
 *
 * Statuses: 240 to 242 for a text that is no set; `JWTICK_STATUS_INDEX` behind the last one.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_jwks_candidate(const char *set,
                                    size_t length,
                                    const struct jwtick_token *token,
                                    size_t index,
                                    struct jwtick_text *jwk,
                                    struct jwtick_refusal *why);

/**
 * Prepares a key for RS256 to RS512 or PS256 to PS512 from modulus and exponent, big-endian and
 * without leading zeros: a modulus of 2048 to 4096 bits (RFC 7518 §3.3), an odd exponent from 3 to
 * 2^32 - 1.
 *
 * Statuses: 220 to 223, `JWTICK_STATUS_KEY_NOT_BUILT`, `JWTICK_STATUS_KEY_UNSUITED` for an algorithm
 * of another sort, `JWTICK_STATUS_VALUE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_key_from_rsa(uint32_t algorithm,
                                  const uint8_t *modulus,
                                  size_t modulus_length,
                                  const uint8_t *exponent,
                                  size_t exponent_length,
                                  struct jwtick_key *key,
                                  struct jwtick_refusal *why);

/**
 * Prepares a key for ES256 or ES384 from the coordinates of its point, big-endian, 32 or 48 bytes
 * each (RFC 7518 §6.2.1).
 *
 * Statuses: 224, 225, `JWTICK_STATUS_KEY_NOT_BUILT`, `JWTICK_STATUS_KEY_UNSUITED` for an algorithm of
 * another sort, `JWTICK_STATUS_VALUE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_key_from_ec(uint32_t algorithm,
                                 const uint8_t *x,
                                 size_t x_length,
                                 const uint8_t *y,
                                 size_t y_length,
                                 struct jwtick_key *key,
                                 struct jwtick_refusal *why);

/**
 * Prepares a key for EdDSA or Ed25519 from the 32 bytes of its point (RFC 8032 §5.1.5).
 *
 * Statuses: 224 to 227, `JWTICK_STATUS_KEY_NOT_BUILT`, `JWTICK_STATUS_KEY_UNSUITED` for an algorithm
 * of another sort, `JWTICK_STATUS_VALUE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_key_from_ed25519(uint32_t algorithm,
                                      const uint8_t *point,
                                      size_t length,
                                      struct jwtick_key *key,
                                      struct jwtick_refusal *why);

/**
 * The name of a status, as after `JWTICK_STATUS_`; "?" for a number that this library does not give.
 * It lives for ever and is ended by a zero.
 */
JWTICK_MUST_USE
const char *jwtick_status_name(uint32_t status);

/**
 * The name of a rule, a `JWTICK_RULE_…`, as reports write it: `exp`, `max_age`; "?" for a number that
 * names none. It lives for ever and is ended by a zero.
 */
JWTICK_MUST_USE
const char *jwtick_rule_name(uint32_t rule);

/**
 * What one event proves that happened within `local` on this clock and within `utc` on the reference.
 * No symmetry is assumed: the event may lie anywhere in both.
 *
 * Statuses: `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_offset_observed(const struct jwtick_bracket *local,
                                     const struct jwtick_bounds *utc,
                                     struct jwtick_offset *offset);

/**
 * UTC as a local clock shows it that reads `local`, corrected by `offset`.
 *
 * Statuses: `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_offset_apply(const struct jwtick_offset *offset,
                                  int64_t local,
                                  struct jwtick_bounds *utc);

/**
 * What both offsets allow: of a selection and one of its sources, whether that source agrees.
 *
 * Statuses: `JWTICK_STATUS_CONTRADICTION` if they share nothing, `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_offset_intersect(const struct jwtick_offset *one,
                                      const struct jwtick_offset *other,
                                      struct jwtick_offset *both);

/**
 * The interval that the most of `count` sources allow, if they are more than half of all. A source
 * that does not overlap it is a falseticker. Takes the square of `count` steps.
 *
 * Statuses: `JWTICK_STATUS_NO_MAJORITY`, `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_select(const struct jwtick_offset *sources,
                            size_t count,
                            struct jwtick_selection *selection,
                            struct jwtick_refusal *why);

/**
 * A verdict, a `JWTICK_VERDICT_…`, as a sentence about the token.
 *
 * Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_verdict(uint32_t verdict,
                                 uint32_t language,
                                 char *buffer,
                                 size_t room,
                                 size_t *length);

/**
 * The `index`th finding of a judgement, without the name of its rule: `expired 3 d ago`.
 *
 * Statuses: `JWTICK_STATUS_INDEX`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_finding(const struct jwtick_judgement *judgement,
                                 size_t index,
                                 uint32_t language,
                                 char *buffer,
                                 size_t room,
                                 size_t *length);

/**
 * Why something was refused, in a sentence without a full stop; English ones start in lower case.
 *
 * Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_refusal(const struct jwtick_refusal *why,
                                 uint32_t language,
                                 char *buffer,
                                 size_t room,
                                 size_t *length);

/**
 * How far the local clock is off, as a part of a sentence.
 *
 * Statuses: `JWTICK_STATUS_INVERTED`, `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_offset(const struct jwtick_offset *offset,
                                uint32_t language,
                                char *buffer,
                                size_t room,
                                size_t *length);

/**
 * A span of microseconds in days, hours, minutes and seconds: `2 d 9 h 49 min 14 s`.
 *
 * Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_duration(int64_t span,
                                  uint32_t language,
                                  char *buffer,
                                  size_t room,
                                  size_t *length);

/**
 * What is wrong, which clock, by how much and within which bounds: one to three sentences.
 *
 * Statuses: `JWTICK_STATUS_VALUE`, `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_summary(const struct jwtick_diagnosis *diagnosis,
                                 uint32_t language,
                                 char *buffer,
                                 size_t room,
                                 size_t *length);

/**
 * The `index`th thing to do, from 0. Commands stand in backticks, and what the operator has to fill
 * in, such as SERVER, in capitals.
 *
 * Statuses: `JWTICK_STATUS_INDEX` behind the last one, `JWTICK_STATUS_VALUE`,
 * `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_remedy(const struct jwtick_diagnosis *diagnosis,
                                size_t index,
                                uint32_t language,
                                char *buffer,
                                size_t room,
                                size_t *length);

/**
 * The one line or command that would decide what the text leaves open.
 *
 * Statuses: `JWTICK_STATUS_INDEX` if nothing is left open, `JWTICK_STATUS_VALUE`,
 * `JWTICK_STATUS_BUFFER`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_say_decider(const struct jwtick_diagnosis *diagnosis,
                                 uint32_t language,
                                 char *buffer,
                                 size_t room,
                                 size_t *length);

/**
 * Writes what is sent to port 123: 48 bytes of version 4, mode 3, and nothing else but `nonce`, 64
 * random bits that are used once. They are all that tells the server's reply from another's (RFC
 * 5905 §8).
 *
 * Statuses: `JWTICK_STATUS_BUFFER` if `packet` has less than `JWTICK_SNTP_LENGTH` bytes of `room`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE jwtick_status jwtick_sntp_request(uint64_t nonce, uint8_t *packet, size_t room);

/**
 * Checks a packet of `length` bytes that came while the local clock went through `local`: from just
 * before the request was sent to when the packet was there. The nonce is compared first, so that
 * nothing of a stranger's packet is believed. Whatever is refused but a kiss code is best ignored,
 * and the reply waited for until a deadline.
 *
 * Statuses: 400 to 410, `JWTICK_STATUS_INVERTED`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_sntp_check(uint64_t nonce,
                                const uint8_t *packet,
                                size_t length,
                                const struct jwtick_bracket *local,
                                const struct jwtick_sntp_policy *policy,
                                struct jwtick_sntp_sample *sample,
                                struct jwtick_refusal *why);

/**
 * Decodes a token of `length` bytes in its compact form (RFC 7515 §7.1), and reads its header and
 * claims set, strictly. `room` is working memory of any alignment, of which `JWTICK_ROOM(length)`
 * bytes are enough for any token of that length; what it holds after a failure means nothing.
 *
 * Statuses: 100 to 121; `JWTICK_STATUS_OVERLAP` if `compact`, `room` and `token` overlap.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_decode(const char *compact,
                            size_t length,
                            uint8_t *room,
                            size_t room_size,
                            struct jwtick_token *token,
                            struct jwtick_refusal *why);

/**
 * Checks the signature. The key alone says by which algorithm (RFC 8725 §3.1). The claims that it
 * writes are authentic, and not yet judged.
 *
 * Statuses: `JWTICK_STATUS_KEY_ALGORITHM`, `JWTICK_STATUS_SIGNATURE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_verify(const struct jwtick_token *token,
                            const struct jwtick_key *key,
                            struct jwtick_claims *claims,
                            struct jwtick_refusal *why);

/**
 * Checks the signature of a token by HS256, as `jwtick_verify` does by any algorithm. A program that
 * uses no other key is linked without the other algorithms.
 *
 * Statuses: `JWTICK_STATUS_KEY_ALGORITHM`, `JWTICK_STATUS_SIGNATURE`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_verify_hs256(const struct jwtick_token *token,
                                  const struct jwtick_hs256 *key,
                                  struct jwtick_claims *claims,
                                  struct jwtick_refusal *why);

/**
 * The claims of a token for which nobody vouches: for a report that says both what is late and what
 * is forged, never to let somebody in.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_unverified_claims(const struct jwtick_token *token,
                                       struct jwtick_claims *claims);

/**
 * By which algorithm the header says that the token is signed: a `JWTICK_ALGORITHM_…`.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_token_algorithm(const struct jwtick_token *token,
                                     uint32_t *algorithm);

/**
 * Writes a string of the header, a `JWTICK_MEMBER_…`, as it is meant, without escapes. Nobody
 * vouches for it: `kid` says which of the caller's own keys to try, and nothing more (RFC 8725
 * §3.10).
 *
 * Statuses: `JWTICK_STATUS_MEMBER_MISSING`, `JWTICK_STATUS_VALUE` for another `member`; for
 * `buffer` see "Text" at the top.
 *
 * # Safety
 * Pointers are as the top of the header says.
 */
JWTICK_MUST_USE
jwtick_status jwtick_token_member(const struct jwtick_token *token,
                                  uint32_t member,
                                  char *buffer,
                                  size_t room,
                                  size_t *length);

/**
 * `JWTICK_ABI_VERSION` of the library, to be compared with that of the header.
 */
JWTICK_MUST_USE uint32_t jwtick_abi_version(void);

/**
 * How many bytes a `jwtick_token` has.
 */
JWTICK_MUST_USE size_t jwtick_token_size(void);

/**
 * How many bytes a `jwtick_claims` has.
 */
JWTICK_MUST_USE size_t jwtick_claims_size(void);

/**
 * How many bytes a `jwtick_key` has.
 */
JWTICK_MUST_USE size_t jwtick_key_size(void);

/**
 * How many bytes a `jwtick_hs256` has.
 */
JWTICK_MUST_USE size_t jwtick_hs256_size(void);

/**
 * How many bytes a `jwtick_anchor` has.
 */
JWTICK_MUST_USE size_t jwtick_anchor_size(void);

/**
 * How many bytes a `jwtick_judgement` has.
 */
JWTICK_MUST_USE size_t jwtick_judgement_size(void);

/**
 * How many bytes a `jwtick_refusal` has.
 */
JWTICK_MUST_USE size_t jwtick_refusal_size(void);

/**
 * How many bytes a `jwtick_diagnoser` has.
 */
JWTICK_MUST_USE size_t jwtick_diagnoser_size(void);

/**
 * How many bytes a `jwtick_diagnosis` has.
 */
JWTICK_MUST_USE size_t jwtick_diagnosis_size(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* JWTICK_H */
