//! Numbers for the enums of Rust. A number never changes its meaning, and 0 is unused, so that a
//! zeroed variable is not valid by accident.
//!
//! They are constants instead of C enums, because a compiler may make enums as narrow as it likes
//! (`-fshort-enums` is the default on bare-metal Arm), and because callers can pass any number.

mod of_core;

pub(crate) use of_core::{FromNumber, Number};

/// HMAC with SHA-256.
pub const ALGORITHM_HS256: u32 = 1;
/// HMAC with SHA-384.
pub const ALGORITHM_HS384: u32 = 2;
/// HMAC with SHA-512.
pub const ALGORITHM_HS512: u32 = 3;
/// RSASSA-PKCS1-v1_5 with SHA-256.
pub const ALGORITHM_RS256: u32 = 11;
/// RSASSA-PKCS1-v1_5 with SHA-384.
pub const ALGORITHM_RS384: u32 = 12;
/// RSASSA-PKCS1-v1_5 with SHA-512.
pub const ALGORITHM_RS512: u32 = 13;
/// RSASSA-PSS with SHA-256.
pub const ALGORITHM_PS256: u32 = 21;
/// RSASSA-PSS with SHA-384.
pub const ALGORITHM_PS384: u32 = 22;
/// RSASSA-PSS with SHA-512.
pub const ALGORITHM_PS512: u32 = 23;
/// ECDSA on P-256 with SHA-256.
pub const ALGORITHM_ES256: u32 = 31;
/// ECDSA on P-384 with SHA-384.
pub const ALGORITHM_ES384: u32 = 32;
/// ECDSA on P-521 with SHA-512: known by name only.
pub const ALGORITHM_ES512: u32 = 33;
/// ECDSA on secp256k1 with SHA-256: known by name only.
pub const ALGORITHM_ES256K: u32 = 34;
/// EdDSA (RFC 8037); the curve is Ed25519.
pub const ALGORITHM_EDDSA: u32 = 41;
/// Ed25519 under its own name (RFC 9864).
pub const ALGORITHM_ED25519: u32 = 42;

/// Valid at every instant in the bounds on UTC.
pub const VERDICT_ACCEPT: u32 = 1;
/// Invalid at every instant in the bounds on UTC.
pub const VERDICT_REJECT: u32 = 2;
/// The clock is not known well enough to accept or to reject.
pub const VERDICT_UNDECIDED: u32 = 3;

/// UTC is before `exp` (RFC 7519 §4.1.4).
pub const RULE_EXP: u32 = 1;
/// UTC is at or after `nbf` (RFC 7519 §4.1.5).
pub const RULE_NBF: u32 = 2;
/// UTC is at or after `iat`. RFC 7519 §4.1.6 does not require this, but a policy may.
pub const RULE_IAT: u32 = 3;
/// At most the time that the policy allows has passed since `iat`.
pub const RULE_MAX_AGE: u32 = 4;
/// `exp` is no further ahead of UTC than the policy allows (RFC 7523 §3, item 4).
pub const RULE_LIFETIME: u32 = 5;
/// `iss` is one of those that the policy lists (RFC 7519 §4.1.1).
pub const RULE_ISS: u32 = 6;
/// `sub` is one of those that the policy lists (RFC 7519 §4.1.2).
pub const RULE_SUB: u32 = 7;
/// `aud` names one of those that the policy lists (RFC 7519 §4.1.3).
pub const RULE_AUD: u32 = 8;
/// `jti` is present (RFC 7519 §4.1.7).
pub const RULE_JTI: u32 = 9;

/// A date was measured, and its margin counts.
pub const FINDING_MEASURED: u32 = 1;
/// A date was measured, and the policy only reports its margin.
pub const FINDING_REPORTED: u32 = 2;
/// The claim has a value that the policy allows.
pub const FINDING_MATCHED: u32 = 3;
/// The claim has no value that the policy allows.
pub const FINDING_MISMATCHED: u32 = 4;
/// The policy requires the claim, and the token lacks it.
pub const FINDING_MISSING: u32 = 5;
/// The token lacks `exp`, and nothing else ends it: it never expires. The policy accepts that.
pub const FINDING_UNCHECKED: u32 = 6;

/// A date in seconds, as RFC 7519 §2 requires.
pub const SCALE_SECONDS: u32 = 1;
/// A date of 13 digits, so probably milliseconds. It is still judged as seconds.
pub const SCALE_MILLISECONDS: u32 = 2;
/// A date beyond 64 bits of microseconds, and therefore limited to that range.
pub const SCALE_IMPLAUSIBLE: u32 = 3;

/// The header's `typ`: the type of the token (RFC 7515 §4.1.9).
pub const MEMBER_TYP: u32 = 1;
/// The header's `cty`: the type of the payload (RFC 7515 §4.1.10).
pub const MEMBER_CTY: u32 = 2;
/// The header's `kid`: the identifier of the signing key (RFC 7515 §4.1.4).
pub const MEMBER_KID: u32 = 3;

/// A claim that is a string.
pub const VALUE_TEXT: u32 = 1;
/// A claim that is an integer.
pub const VALUE_INTEGER: u32 = 2;
/// A claim that is `true` or `false`.
pub const VALUE_BOOLEAN: u32 = 3;
/// A claim that is an array of strings.
pub const VALUE_TEXTS: u32 = 4;

/// The month ends as usual (RFC 5905 §7.3, figure 9).
pub const LEAP_NONE: u32 = 1;
/// The last minute of the month has 61 seconds.
pub const LEAP_INSERT: u32 = 2;
/// The last minute of the month has 59 seconds.
pub const LEAP_DELETE: u32 = 3;

/// English.
pub const LANGUAGE_ENGLISH: u32 = 1;
/// German.
pub const LANGUAGE_GERMAN: u32 = 2;
/// Korean.
pub const LANGUAGE_KOREAN: u32 = 3;

/// The clock of the host that wrote the text is wrong.
pub const CAUSE_LOCAL_CLOCK: u32 = 1;
/// That clock was never set: it runs from 1970, 2000 or a build date plus uptime.
pub const CAUSE_CLOCK_UNSET: u32 = 2;
/// The whole error is a time zone or daylight-saving offset, in settings or in code.
pub const CAUSE_TIME_ZONE: u32 = 3;
/// The other side's clock is wrong; the local clock is not involved.
pub const CAUSE_REMOTE_CLOCK: u32 = 4;
/// Two clocks differ, and neither is proved wrong.
pub const CAUSE_PEER_CLOCKS: u32 = 5;
/// The token, assertion or session has expired.
pub const CAUSE_EXPIRED: u32 = 6;
/// The token was signed at the right time, but sent or received too late.
pub const CAUSE_LATE_REQUEST: u32 = 7;
/// Milliseconds were taken for seconds, or a duration for an instant.
pub const CAUSE_UNITS: u32 = 8;
/// The requested lifetime is longer (or shorter) than the provider allows.
pub const CAUSE_LIFETIME: u32 = 9;
/// Another reason, such as a wrong key or a malformed claim.
pub const CAUSE_NOT_CLOCK: u32 = 10;
/// The certificate of a server has expired or is not yet valid; the local clock is right.
pub const CAUSE_SERVER_CERTIFICATE: u32 = 11;
/// The text cannot decide.
pub const CAUSE_UNDETERMINED: u32 = 12;

/// A clock is wrong, here or elsewhere.
pub const FAULT_FOUND: u32 = 1;
/// The failure has another reason than a clock.
pub const FAULT_CLEARED: u32 = 2;
/// The text cannot decide whether a clock is wrong.
pub const FAULT_OPEN: u32 = 3;

/// The local clock shows a time that is too early; its offset is positive (RFC 5905 §8).
pub const DIRECTION_BEHIND: u32 = 1;
/// The local clock shows a time that is too late; its offset is negative.
pub const DIRECTION_AHEAD: u32 = 2;

/// Only words suggest the conclusion; no two times can be compared.
pub const CERTAINTY_WEAK: u32 = 1;
/// Times suggest the conclusion under an ordinary assumption.
pub const CERTAINTY_LIKELY: u32 = 2;
/// Times in the text exclude every other conclusion.
pub const CERTAINTY_PROVEN: u32 = 3;

/// The words of a refusal.
pub const EVIDENCE_REFUSAL: u32 = 1;
/// A time that another host stated.
pub const EVIDENCE_SERVER_TIME: u32 = 2;
/// A time that the local clock stated.
pub const EVIDENCE_LOCAL_TIME: u32 = 3;
/// A token, or the claims of one.
pub const EVIDENCE_TOKEN: u32 = 4;
/// A time service set or measured the clock.
pub const EVIDENCE_CLOCK_STEP: u32 = 5;
/// The validity of a certificate.
pub const EVIDENCE_CERTIFICATE: u32 = 6;
/// A time from one of several servers with the same name, whose clocks differ.
pub const EVIDENCE_NODE_TIME: u32 = 7;

/// Every stamp that counted names its zone, or is UTC by definition.
pub const ZONE_STATED: u32 = 1;
/// Another stamp of the same clock in the text shows the zone.
pub const ZONE_RECOVERED: u32 = 2;
/// The caller named the zone of the text.
pub const ZONE_ASSUMED: u32 = 3;
/// The zone is unknown, so the interval holds for every zone from UTC-12 to UTC+14.
pub const ZONE_UNKNOWN: u32 = 4;
