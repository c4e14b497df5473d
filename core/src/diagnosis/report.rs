//! What a diagnosis says: records without a heap, for [`crate::render`] to put into words.

use core::fmt;

use super::advice::{Decider, Remedy};
use crate::node_clocks::NodeClocks;
use crate::offset::Offset;
use crate::time::{Span, UnixTime};

/// Why the call was refused.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockFault {
    /// A clock is wrong.
    Found,
    /// The failure has another reason.
    Cleared,
    /// The text cannot decide.
    Open,
}

/// Which way the local clock is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It shows too early a time; the offset is positive (RFC 5905 §8).
    Behind,
    /// It shows too late a time; the offset is negative.
    Ahead,
}

impl Direction {
    /// The direction as JSON output writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Ahead => "ahead",
        }
    }
}

/// How far a conclusion can be trusted.
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

/// What a line of the text contributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// The words of a refusal.
    Refusal,
    /// A time that another host stated (`Date`, a time in an error body).
    ServerTime,
    /// A time that the local clock stated (a log stamp, a verifier's "current time").
    LocalTime,
    /// A token, or the claims of one.
    Token,
    /// A time service set or measured the clock.
    ClockStep,
    /// The validity of a certificate.
    Certificate,
    /// The time of one of several servers behind one name, beside the local clock.
    NodeTime,
}

impl EvidenceKind {
    /// The kind as JSON output writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refusal => "refusal",
            Self::ServerTime => "server-time",
            Self::LocalTime => "local-time",
            Self::Token => "token",
            Self::ClockStep => "clock-step",
            Self::Certificate => "certificate",
            Self::NodeTime => "node-time",
        }
    }
}

/// The text of a line, cut to a length that fits, control characters replaced, tokens shortened
/// and their signatures removed.
pub type Excerpt = heapless::String<200>;

/// One line that the conclusion rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the line, from 1.
    pub line: u64,
    /// What it contributes.
    pub kind: EvidenceKind,
    /// The product that prints these words, where the catalogue knows it.
    pub product: Option<&'static str>,
    /// The instant it states, as far as it is known in UTC.
    pub instant: Option<UnixTime>,
    /// What it says.
    pub text: Excerpt,
}

/// How the zone of the local stamps is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneKnowledge {
    /// Every stamp that counted names its zone, or is UTC by definition.
    Stated,
    /// Another stamp of the same clock in the text gives the zone away: local minus UTC.
    Recovered(Span),
    /// The user said which zone the log is in.
    Assumed,
    /// Nothing tells: the interval holds for every zone from UTC−12 to UTC+14.
    Unknown,
}

/// One moment on both clocks, for the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// What the local clock showed (read as UTC where the zone is unknown).
    pub local: UnixTime,
    /// What the reference showed.
    pub reference: UnixTime,
}

/// What a time service says of both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThirdOpinion {
    /// UTC minus the local clock.
    pub local: Offset,
    /// UTC minus the clock of the server that the text is about; `None` where it does not tell.
    pub remote: Option<Offset>,
}

/// An offset that changed over the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Drift {
    /// The offset at the first observation.
    pub first: Offset,
    /// The offset at the last observation.
    pub last: Offset,
    /// Time between the two.
    pub over: Span,
}

/// The conclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Why the call was refused.
    pub cause: Cause,
    /// Whether a clock is wrong.
    pub fault: ClockFault,
    /// Which way the local clock is off, where that is known.
    pub direction: Option<Direction>,
    /// How sure that is.
    pub certainty: Certainty,
    /// The sound interval of the offset (reference − local).
    pub offset: Option<Offset>,
    /// The narrow one, if the stamps without a zone are in UTC.
    pub offset_if_utc: Option<Offset>,
    /// What a time service says of both clocks, where the text has its word.
    pub third_opinion: Option<ThirdOpinion>,
    /// How the zone of the local stamps is known.
    pub zone: ZoneKnowledge,
    /// One moment on both clocks.
    pub reading: Option<Reading>,
    /// First and last offset, where they differ.
    pub drift: Option<Drift>,
    /// The clocks that answered to one name, where they differ.
    pub clocks: Option<NodeClocks>,
    /// The lines that it rests on, best first.
    pub evidence: heapless::Vec<Evidence, 8>,
    /// What to do, in order.
    pub remedies: heapless::Vec<Remedy, 8>,
    /// What would decide, where the text does not.
    pub decider: Option<Decider>,
    /// How many refusals were seen.
    pub refusals: u64,
    /// How many lines were read.
    pub lines: u64,
}
