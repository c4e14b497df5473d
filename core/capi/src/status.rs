//! Status numbers, whose meanings never change.

mod of_error;

/// The result of a function. 0 is success; every other number is a reason, grouped by subject. A
/// number never changes its meaning, and a retired number is not used again. Treat an unknown
/// number as a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Status {
    /// Success; the outputs are written.
    Ok = 0,

    /// The compact form does not have three segments (RFC 7515 §7.1).
    TokenSegments = 100,
    /// The token needs more room than it was given; see `JWTICK_ROOM`.
    TokenRoom = 101,
    /// A segment is not canonical base64url (RFC 7515 §2).
    TokenBase64 = 102,
    /// The header is not a strict JSON object: RFC 8259, UTF-8, no duplicate member, at most 32
    /// levels.
    HeaderJson = 110,
    /// The header names no algorithm.
    HeaderAlgMissing = 111,
    /// `alg` is `none`, in any spelling (RFC 8725 §3.2).
    HeaderAlgNone = 112,
    /// `alg` names an unknown algorithm.
    HeaderAlgUnknown = 113,
    /// A member of the header has another type than RFC 7515 §4.1 requires.
    HeaderType = 114,
    /// `crit` is empty (RFC 7515 §4.1.11).
    HeaderCritEmpty = 115,
    /// `crit` names an extension; none is supported (RFC 7515 §4.1.11).
    HeaderCritUnknown = 116,
    /// `b64` is false (RFC 7797).
    HeaderUnencoded = 117,
    /// The payload is not a strict JSON object, as above.
    ClaimsJson = 120,
    /// A registered claim has another type than RFC 7519 §4.1 requires.
    ClaimsType = 121,
    /// The token has no such member.
    MemberMissing = 130,
    /// The member has another type than the requested one, or is out of its range.
    MemberType = 131,

    /// The header names another algorithm than the key's (RFC 8725 §3.1).
    KeyAlgorithm = 200,
    /// The signature does not match the key. No reason is given, because a forger could learn from
    /// it.
    Signature = 201,
    /// An HMAC secret is shorter than its hash (RFC 7518 §3.2).
    SecretShort = 210,
    /// An HMAC secret is a public key or certificate (RFC 8725 §2.1).
    SecretPublic = 211,
    /// An RSA modulus has fewer than 2048 or more than 4096 bits (RFC 7518 §3.3).
    KeyModulusBits = 220,
    /// An RSA modulus is even.
    KeyModulusEven = 221,
    /// An RSA exponent is 1, even, or longer than four bytes.
    KeyExponent = 222,
    /// Modulus or exponent starts with a zero byte (RFC 7518 §2).
    KeyLeadingZero = 223,
    /// A coordinate or point has another length than those of its curve (RFC 7518 §6.2.1.2).
    KeyCoordinate = 224,
    /// A point is not on its curve.
    KeyNotOnCurve = 225,
    /// A point could be written in another way (RFC 8032 §5.1.3).
    KeyNotCanonical = 226,
    /// A point has a small order, so its signatures match any message.
    KeySmallOrder = 227,
    /// A private key has another length than its algorithm requires.
    KeyPrivateBytes = 228,
    /// A private key is 0, or not below the order of its curve.
    KeyPrivateRange = 229,
    /// The algorithm is known by name, but the library was built without it.
    KeyNotBuilt = 230,
    /// The algorithm needs another kind of key.
    KeyUnsuited = 231,
    /// A JWK is not a strict JSON object, as in `JWTICK_STATUS_HEADER_JSON`.
    JwkJson = 240,
    /// A JWK or a JWK Set lacks a required member (RFC 7517 §4, §5).
    JwkMissing = 241,
    /// A member of a JWK has another type than its RFC requires.
    JwkType = 242,
    /// A parameter of a JWK is not canonical base64url.
    JwkBase64 = 243,
    /// A parameter of a JWK is longer than any key needs.
    JwkTooLong = 244,
    /// `kty` names an unknown key type.
    JwkKty = 245,
    /// `crv` names a curve that is unknown for the `kty`.
    JwkCrv = 246,
    /// `use` is not `sig` (RFC 7517 §4.2).
    JwkUse = 247,
    /// `key_ops` does not list `verify`, or lists an operation twice (RFC 7517 §4.3).
    JwkOperations = 248,
    /// `alg` of the JWK names another algorithm (RFC 7517 §4.4).
    JwkAlgorithm = 249,

    /// The counter reads less than before.
    ClockWentBack = 300,
    /// The counter wraps too soon to measure the time that may have passed.
    ClockNarrow = 301,
    /// More time has passed than the caller's `age` allows.
    ClockOverdue = 302,
    /// Two bounds on UTC, or two intervals, contradict each other.
    Contradiction = 303,
    /// UTC is not known well enough to make a token that the server accepts: set the clock first.
    ClockWide = 304,
    /// The clock reads a time before 2026, when this library was first released: it was never set.
    ClockNeverSet = 305,
    /// A time is later than any at which the firmware is in use, so its source is wrong.
    ClockBeyond = 306,
    /// No offset is shared by more than half of the sources (RFC 5905 §11.2.1).
    NoMajority = 310,

    /// An SNTP reply has fewer than 48 bytes.
    SntpShort = 400,
    /// The reply does not answer this request (RFC 5905 §8).
    SntpOrigin = 401,
    /// The server sent a kiss code (RFC 5905 §7.4).
    SntpKiss = 402,
    /// The mode is not 4, server.
    SntpMode = 403,
    /// The version is neither 3 nor 4.
    SntpVersion = 404,
    /// The server reports that its own clock is not synchronized.
    SntpUnsynchronized = 405,
    /// The stratum is not in the range 1 to 15.
    SntpStratum = 406,
    /// A timestamp is not set.
    SntpZeroStamp = 407,
    /// The reply left before the request arrived.
    SntpBackwards = 408,
    /// The server reports a greater distance from UTC than the policy allows.
    SntpDistance = 409,
    /// The server claims to have held the request for longer than the exchange took.
    SntpHeld = 410,
    /// The server reports that its clock was last set after the reply left.
    SntpSetLater = 411, // Last added.
    /// The text does not match any of the three forms of RFC 9110 §5.6.7.
    HttpDateForm = 420,
    /// The calendar has no such day.
    HttpDateDay = 421,
    /// The time of day does not exist.
    HttpDateTime = 422,
    /// The instant is outside the years 0 to 9999.
    HttpDateYear = 423,

    /// The lifetime of a token to be made is below a second.
    AssertionLife = 500,
    /// Two claims, or two header members, of a token to be made have the same name.
    MemberRepeated = 501,
    /// The library writes this member itself (`alg`, `jwk`, `iat`, `nbf`, `exp`), or it would change the
    /// meaning of the signature (`crit`, `b64`).
    MemberReserved = 502,
    /// The member is registered with another type, as `iss` is with a string (RFC 7519 §4.1).
    MemberRegistered = 503,
    /// An integer is beyond ±(2^53 - 1), so that some readers round it (RFC 7493 §2.2).
    MemberInexact = 504,
    /// A signature has another length than that of its algorithm; one by ECDSA may be in DER.
    SignatureBytes = 505,

    /// A required pointer is NULL.
    Null = 900,
    /// A pointer is not aligned for its type.
    Misaligned = 901,
    /// A context was not prepared, or is of another kind: prepare it first.
    Unprepared = 902,
    /// A length exceeds that of any object in memory.
    Length = 903,
    /// Buffers overlap that must be separate.
    Overlap = 904,
    /// A buffer is too small for the output.
    Buffer = 905,
    /// A number is unknown as an algorithm, rule, language or enforcement.
    Value = 906,
    /// The index is out of range.
    Index = 907,
    /// The end of an interval is before its start, or a clock went back between two readings.
    Inverted = 908,
    /// A text is not UTF-8.
    Utf8 = 909,
    /// A list of a policy has more than `JWTICK_NAMES_MAX` names.
    TooManyNames = 910,
    /// A counter has a tick of zero length, or a width other than 2 to 64 bits.
    Counter = 911,
    /// The room of the token was used again, so that the token and its claims are gone: use another
    /// room, or read what you need first.
    Reused = 912,
    /// A list of a policy is set but empty, so that no name could match: pass NULL to compare nothing.
    EmptyList = 913,
    /// The signature of these claims was not checked: call `jwtick_verify`, or for a report
    /// `jwtick_findings_of_unverified`.
    Unverified = 914,
    /// A refusal that has no number in this version of the library.
    Other = 999,
}

impl Status {
    /// Converts the result of a function to its status for C.
    pub(crate) fn of(done: impl FnOnce() -> Result<(), Self>) -> Self {
        done().err().unwrap_or(Self::Ok)
    }
}
