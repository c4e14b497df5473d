//! The reservations of a conclusion: what a likely one assumes, and what an open one leaves possible.

/// An ordinary circumstance that the text does not prove, and that a likely conclusion rests on.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::{Assumption, Certainty};
/// let text = b"2024-01-09T14:00:00Z POST /token\n\
///     2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
///     2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:02:10 GMT\n\
///     2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(text);
/// let diagnosis = diagnoser.finish();
/// assert_eq!(diagnosis.certainty, Certainty::Likely);
/// // A token that was hours old would have been refused by any clock.
/// assert_eq!(diagnosis.assumptions, [Assumption::NewToken]);
/// assert_eq!(Assumption::NewToken.code(), "new-token");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Assumption {
    /// What was refused had been made for its request.
    NewToken,
    /// The request was not held back for long between its signing and the refusal.
    NoDelay,
    /// The tolerance or limit of the judge, which the text does not state, is a usual one.
    UsualLimit,
    /// The zone of the log is the one that the start of its token suggests.
    LogZone,
    /// It was refused for its time, though the words have other meanings as well.
    RefusedForTime,
    /// The limit of validity does not lie within the time that the text leaves open.
    NoCoincidence,
    /// The host itself made or checked the token.
    OwnToken,
    /// Another party made the token.
    OthersToken,
    /// The times that the text shows are those of what was refused.
    SameToken,
    /// A token begins when it is made.
    StartWhenMade,
    /// The certificate is valid by a clock that is right.
    ValidCertificate,
    /// The words of the refusal state its reason.
    StatedReason,
    /// The server's clock is right.
    ServerRight,
    /// The servers that agree with the local clock are right.
    OtherServersRight,
    /// The error of the local clock is far below what its time service leaves open.
    LocalRight,
    /// The only time that the local clock is compared with is right.
    SingleTime,
    /// A time of the first days of an epoch is the reading of a clock.
    RealReading,
    /// A difference of exactly the offset of a zone comes from that zone.
    ZoneInCode,
    /// Requests that were refused just above the limit had waited in a queue.
    Backlog,
    /// No cache gave an older answer.
    NotCached,
    /// The second attempt used the server's time.
    CorrectedRetry,
    /// Several clocks wrote the text.
    SeveralClocks,
    /// No refusal is missing from the text.
    Complete,
}

impl Assumption {
    /// The assumption as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewToken => "new-token",
            Self::NoDelay => "no-delay",
            Self::UsualLimit => "usual-limit",
            Self::LogZone => "log-zone",
            Self::RefusedForTime => "refused-for-time",
            Self::NoCoincidence => "no-coincidence",
            Self::OwnToken => "own-token",
            Self::OthersToken => "others-token",
            Self::SameToken => "same-token",
            Self::StartWhenMade => "start-when-made",
            Self::ValidCertificate => "valid-certificate",
            Self::StatedReason => "stated-reason",
            Self::ServerRight => "server-right",
            Self::OtherServersRight => "other-servers-right",
            Self::LocalRight => "local-right",
            Self::SingleTime => "single-time",
            Self::RealReading => "real-reading",
            Self::ZoneInCode => "zone-in-code",
            Self::Backlog => "backlog",
            Self::NotCached => "not-cached",
            Self::CorrectedRetry => "corrected-retry",
            Self::SeveralClocks => "several-clocks",
            Self::Complete => "complete",
        }
    }
}

/// A reading of the text that remains possible if the text does not decide.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::Possibility;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"certificate has expired\n");
/// let left = diagnoser.finish().possibilities;
/// assert_eq!(left, [Possibility::LocalAhead, Possibility::Certificate]);
/// assert_eq!(Possibility::LocalAhead.code(), "local-ahead");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Possibility {
    /// The local clock is behind.
    LocalBehind,
    /// The local clock is ahead.
    LocalAhead,
    /// The clock of the other side is behind.
    OtherBehind,
    /// The clock of the other side is ahead.
    OtherAhead,
    /// The token has really expired.
    Expired,
    /// The request was made in time and arrived too late.
    LateRequest,
    /// What was refused is meant to begin later.
    StartsLater,
    /// The provider does not allow the lifetime.
    Lifetime,
    /// The certificate has expired, or begins later.
    Certificate,
    /// The log is in a zone in which its clock is right.
    LogZone,
    /// Another token than the one in the text was refused.
    OtherToken,
    /// Another node judged, by another clock.
    OtherNode,
    /// The verifier is at fault.
    Verifier,
    /// The refusal has nothing to do with time.
    OtherReason,
}

impl Possibility {
    /// The possibility as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LocalBehind => "local-behind",
            Self::LocalAhead => "local-ahead",
            Self::OtherBehind => "other-behind",
            Self::OtherAhead => "other-ahead",
            Self::Expired => "expired",
            Self::LateRequest => "late-request",
            Self::StartsLater => "starts-later",
            Self::Lifetime => "lifetime",
            Self::Certificate => "certificate",
            Self::LogZone => "log-zone",
            Self::OtherToken => "other-token",
            Self::OtherNode => "other-node",
            Self::Verifier => "verifier",
            Self::OtherReason => "other-reason",
        }
    }
}
