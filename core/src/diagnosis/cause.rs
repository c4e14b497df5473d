//! The coded parts of a diagnosis: the cause, whether a clock is wrong, how certain that is, and
//! which further evidence would decide it.

use core::fmt;

/// The reason why the call was refused.
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
    /// The local clock was never set: it runs from 1970, 2000 or a build date plus uptime.
    ClockUnset,
    /// The whole error is a zone or summer-time offset, in the settings or in code.
    TimeZone,
    /// The clock of the other side is wrong, and the local clock plays no part.
    RemoteClock,
    /// Two clocks differ and neither is proved wrong.
    PeerClocks,
    /// The token, assertion or session has really expired.
    Expired,
    /// Signed at the right time, but sent or received too late.
    LateRequest,
    /// Milliseconds were taken for seconds, or a duration for an instant.
    Units,
    /// The requested lifetime is longer (or shorter) than the provider allows.
    Lifetime,
    /// The refusal has another reason, such as a wrong key or a malformed claim.
    NotClock,
    /// The certificate of a server has expired or is not valid yet; the local clock is right.
    ServerCertificate,
    /// The text does not decide between the causes.
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

    /// The cause as written in JSON output.
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

/// The finding on clocks: one is wrong, none is wrong, or the text does not decide. This covers the
/// local clock and those of other hosts.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::ClockFault;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"JWT has expired\n"); // words alone prove no clock wrong
/// assert_eq!(diagnoser.finish().fault, ClockFault::Open);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockFault {
    /// A clock is wrong.
    Found,
    /// The failure has another reason.
    Cleared,
    /// The text does not decide.
    Open,
}

/// The degree of confidence in a conclusion.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Certainty;
/// assert!(Certainty::Weak < Certainty::Proven);
/// assert_eq!(Certainty::Likely.code(), "likely");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Only words point to the conclusion; the text has no two times to compare.
    Weak,
    /// Times point to the conclusion under an ordinary assumption, for example that a token was
    /// made for this request.
    Likely,
    /// Times in the text exclude every other conclusion.
    Proven,
}

impl Certainty {
    /// The certainty as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Likely => "likely",
            Self::Proven => "proven",
        }
    }
}

/// The ground on which one of two clocks is held to be the wrong one. Two clocks prove a difference,
/// not whose it is.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::Attribution;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"2024-01-09T14:00:00Z POST /token\n\
///     2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:37:10 GMT\n\
///     2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n");
/// // Only one server answered, and it may be the one that is wrong.
/// assert_eq!(diagnoser.finish().attribution, Some(Attribution::Assumed));
/// assert_eq!(Attribution::Witnessed.code(), "witnessed");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attribution {
    /// A third clock, a time service or an impossible reading such as 1970 tells which clock is wrong.
    Witnessed,
    /// One server is taken as the reference, because nothing in the text tells otherwise.
    Assumed,
}

impl Attribution {
    /// The attribution as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Witnessed => "witnessed",
            Self::Assumed => "assumed",
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
    /// The `Date` header of the refusing server, next to `date -u` of this host.
    ServerDate,
    /// The zone of the log (`--tz`).
    LogZone,
    /// The client's own stamp, in UTC, at the moment when the refusal arrived.
    OwnStamp,
    /// `iat` and `exp` of the refused token.
    TokenTimes,
    /// The dates of the certificate, and the output of `date -u`.
    CertificateDates,
    /// The log around a failed call, because this text holds no refusal.
    FailedCall,
}
