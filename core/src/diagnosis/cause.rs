//! What a diagnosis comes to, in a word each: the cause, whether a clock is wrong, how certain that
//! is, and what would decide it.

use core::fmt;

/// Why the call was refused.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Cause;
/// assert_eq!(Cause::LateRequest.code(), "late-request");
/// assert!(Cause::ALL.contains(&Cause::Undetermined));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// The clock of the host that wrote the text is wrong.
    LocalClock,
    /// That clock was never set: it runs from 1970, 2000 or a build date plus uptime.
    ClockUnset,
    /// The whole error is a zone or summer-time offset, in settings or in code.
    TimeZone,
    /// The other side's clock is wrong; ours plays no part.
    RemoteClock,
    /// Two clocks differ and neither is proved wrong.
    PeerClocks,
    /// The token, assertion or session really ended.
    Expired,
    /// Signed at the right time, sent or received too late.
    LateRequest,
    /// Milliseconds taken for seconds, or a duration for an instant.
    Units,
    /// The requested lifetime is longer (or shorter) than the provider allows.
    Lifetime,
    /// Something else (wrong key, malformed claim).
    NotClock,
    /// The certificate of a server ended or is not valid yet; the local clock is right.
    ServerCertificate,
    /// The text cannot decide.
    Undetermined,
}

impl Cause {
    /// Every cause, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::LocalClock,
        Self::ClockUnset,
        Self::TimeZone,
        Self::RemoteClock,
        Self::PeerClocks,
        Self::Expired,
        Self::LateRequest,
        Self::Units,
        Self::Lifetime,
        Self::NotClock,
        Self::ServerCertificate,
        Self::Undetermined,
    ];

    /// The cause as JSON output writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LocalClock => "local-clock",
            Self::ClockUnset => "clock-unset",
            Self::TimeZone => "time-zone",
            Self::RemoteClock => "remote-clock",
            Self::PeerClocks => "peer-clocks",
            Self::Expired => "expired",
            Self::LateRequest => "late-request",
            Self::Units => "units",
            Self::Lifetime => "lifetime",
            Self::NotClock => "not-clock",
            Self::ServerCertificate => "server-certificate",
            Self::Undetermined => "undetermined",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Whether some clock, here or elsewhere, is wrong.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::ClockFault;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"JWT has expired\n"); // words alone accuse nobody
/// assert_eq!(diagnoser.finish().fault, ClockFault::Open);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockFault {
    /// A clock is wrong.
    Found,
    /// The failure has another reason.
    Cleared,
    /// The text cannot decide.
    Open,
}

/// How far a conclusion can be trusted.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Certainty;
/// assert!(Certainty::Weak < Certainty::Proven);
/// assert_eq!(Certainty::Likely.code(), "likely");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Only words point there; no two times stand against each other.
    Weak,
    /// Times point there under an ordinary assumption (a token made for the request, say).
    Likely,
    /// Times in the text exclude everything else.
    Proven,
}

impl Certainty {
    /// The certainty as JSON output writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Likely => "likely",
            Self::Proven => "proven",
        }
    }
}

/// The one line or command that would decide what the text leaves open.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::Decider;
/// let decider = |text: &[u8]| {
///     let mut diagnoser = Diagnoser::new(Options::default());
///     diagnoser.feed(text);
///     diagnoser.finish().decider
/// };
/// assert_eq!(decider(b"JWT has expired\n"), Some(Decider::ServerDate));
/// assert_eq!(decider(b"all is well\n"), Some(Decider::FailedCall));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decider {
    /// The `Date` header of the refusing server beside `date -u` of this host.
    ServerDate,
    /// The zone of the log (`--tz`).
    LogZone,
    /// The client's own stamp, in UTC, of the moment when the refusal arrived.
    OwnStamp,
    /// `iat` and `exp` of the refused token.
    TokenTimes,
    /// The dates of the certificate, and `date -u`.
    CertificateDates,
    /// The log around a failed call: this text holds no refusal.
    FailedCall,
}
