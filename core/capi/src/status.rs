//! What a function answers: a number that keeps its meaning for ever.

mod of_error;

/// What a function came to. 0 is success; everything else is a reason, in blocks by what it is
/// about. A number is never given to another reason, and a retired one is never used again; so a
/// caller treats numbers that it does not know as a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Status {
    /// Done; the outputs are written.
    Ok = 0,

    /// The compact form has other than three segments (RFC 7515 §7.1).
    TokenSegments = 100,
    /// The token needs more room than was given; see `JWTICK_ROOM`.
    TokenRoom = 101,
    /// A segment is not canonical base64url (RFC 7515 §2).
    TokenBase64 = 102,
    /// The header is no strict JSON object: RFC 8259, UTF-8, no member twice, 32 levels at most.
    HeaderJson = 110,
    /// The header names no algorithm.
    HeaderAlgMissing = 111,
    /// `alg` is `none`, in any spelling (RFC 8725 §3.2).
    HeaderAlgNone = 112,
    /// `alg` names no algorithm that is known.
    HeaderAlgUnknown = 113,
    /// A member of the header is of another type than RFC 7515 §4.1 says.
    HeaderType = 114,
    /// `crit` names nothing (RFC 7515 §4.1.11).
    HeaderCritEmpty = 115,
    /// `crit` names an extension; none is supported (RFC 7515 §4.1.11).
    HeaderCritUnknown = 116,
    /// `b64` is false (RFC 7797).
    HeaderUnencoded = 117,
    /// The payload is no strict JSON object, as above.
    ClaimsJson = 120,
    /// A registered claim is of another type than RFC 7519 §4.1 says.
    ClaimsType = 121,
    /// The token has no such member.
    MemberMissing = 130,
    /// The member is of another type than the one that is asked for, or beyond its range.
    MemberType = 131,

    /// The header names another algorithm than the key has (RFC 8725 §3.1).
    KeyAlgorithm = 200,
    /// The signature is not that of the key. Why not, nobody learns.
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
    /// A point of small order: its signatures fit any message.
    KeySmallOrder = 227,
    /// The algorithm is known by name, but the library was built without it.
    KeyNotBuilt = 230,
    /// The algorithm takes another sort of key.
    KeyUnsuited = 231,
    /// A JWK is no strict JSON object, as `JWTICK_STATUS_HEADER_JSON`.
    JwkJson = 240,
    /// A JWK or a set of them lacks a member that it needs (RFC 7517 §4, §5).
    JwkMissing = 241,
    /// A member of a JWK is of another type than its RFC says.
    JwkType = 242,
    /// A parameter of a JWK is not canonical base64url.
    JwkBase64 = 243,
    /// A parameter of a JWK is longer than any key needs.
    JwkTooLong = 244,
    /// `kty` names no sort of key that is known.
    JwkKty = 245,
    /// `crv` names no curve that is known for the `kty`.
    JwkCrv = 246,
    /// `use` is not `sig` (RFC 7517 §4.2).
    JwkUse = 247,
    /// `key_ops` does not list `verify`, or lists an operation twice (RFC 7517 §4.3).
    JwkOperations = 248,
    /// `alg` of the JWK names another algorithm (RFC 7517 §4.4).
    JwkAlgorithm = 249,

    /// The counter reads less than before.
    ClockWentBack = 300,
    /// The counter wraps too soon to tell how much time has passed.
    ClockNarrow = 301,
    /// More time has passed than the caller promised.
    ClockOverdue = 302,
    /// Two statements about UTC, or two intervals, can't both be true.
    Contradiction = 303,
    /// No more than half of the sources share any offset (RFC 5905 §11.2.1).
    NoMajority = 310,

    /// An SNTP reply has fewer than 48 bytes.
    SntpShort = 400,
    /// The reply is not to this request (RFC 5905 §8).
    SntpOrigin = 401,
    /// The server sends a kiss code (RFC 5905 §7.4).
    SntpKiss = 402,
    /// Another mode than 4, server.
    SntpMode = 403,
    /// Another version than 3 and 4.
    SntpVersion = 404,
    /// The server says that its own clock is not synchronized.
    SntpUnsynchronized = 405,
    /// A stratum outside 1 to 15.
    SntpStratum = 406,
    /// A timestamp that is not set.
    SntpZeroStamp = 407,
    /// The reply left before the request arrived.
    SntpBackwards = 408,
    /// The server is further from UTC, by its own account, than the policy allows.
    SntpDistance = 409,
    /// The server claims to have had the request for longer than the exchange took.
    SntpHeld = 410,
    /// The server's clock was last set, by its own account, after the reply left.
    SntpSetLater = 411, // Last added.
    /// The text leaves the three forms of RFC 9110 §5.6.7.
    HttpDateForm = 420,
    /// The calendar has no such day.
    HttpDateDay = 421,
    /// No day has such a time.
    HttpDateTime = 422,
    /// The instant lies outside the years 0 to 9999.
    HttpDateYear = 423,

    /// A pointer is NULL that may not be.
    Null = 900,
    /// A pointer is not aligned as its type must be.
    Misaligned = 901,
    /// A context was not prepared, or is of another kind: prepare it first.
    Unprepared = 902,
    /// A length is beyond what one object in memory can have.
    Length = 903,
    /// Buffers overlap that may not.
    Overlap = 904,
    /// A buffer is too small for what would be written into it.
    Buffer = 905,
    /// A number names nothing: an algorithm, a rule, a language, an enforcement.
    Value = 906,
    /// There is no such element.
    Index = 907,
    /// An interval whose end lies before its start, or a clock that went back between two readings.
    Inverted = 908,
    /// A text is not UTF-8.
    Utf8 = 909,
    /// More names in a list of a policy than `JWTICK_NAMES_MAX`.
    TooManyNames = 910,
    /// A counter whose tick has no length, or of another width than 2 to 64 bits.
    Counter = 911,
    /// A refusal for which this version of the library has no number.
    Other = 999,
}

impl Status {
    /// The status of what a function did, for C.
    pub(crate) fn of(done: impl FnOnce() -> Result<(), Self>) -> Self {
        done().err().unwrap_or(Self::Ok)
    }
}
