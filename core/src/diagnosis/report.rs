//! The records of a diagnosis. They need no heap, and [`crate::words`] turns them into sentences.

use super::cause::{Attribution, Cause, Certainty, ClockFault, Decider};
use super::host_clock::{HostClock, ServerName};
use super::proof::Proof;
use super::reservation::{Assumption, Possibility};
use crate::evidence::Author;
use crate::survey::NodeClocks;
use crate::survey::Remedy;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// The contribution of a line of the text.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::EvidenceKind;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"GET /\n401 JWT has expired\n");
/// let evidence = diagnoser.finish().evidence;
/// assert_eq!((evidence[0].kind, evidence[0].line), (EvidenceKind::Refusal, 2));
/// assert_eq!(EvidenceKind::ServerTime.code(), "server-time");
/// ```
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
    /// The time of one of several servers that share a name, next to the local clock.
    NodeTime,
    /// A failure whose words jwtick does not know.
    Failure,
}

impl EvidenceKind {
    /// The kind as written in JSON output.
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
            Self::Failure => "failure",
        }
    }
}

/// The text of a line: cut to a length that fits, with control characters replaced, tokens
/// shortened and their signatures removed.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::Excerpt;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"JWT has expired: eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.bm9ib2R5LW1heS1zZWUtdGhpcw\n");
/// let shown: &Excerpt = &diagnoser.finish().evidence[0].text;
/// assert!(shown.contains("expired") && !shown.contains("bm9ib2R5"), "{shown}");
/// ```
pub type Excerpt = heapless::String<200>;

/// A line that the conclusion rests on.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"JWT expired 9 milliseconds ago at 2024-01-09T13:00:00.000Z. Current time: ");
/// diagnoser.feed(b"2024-01-09T13:00:00.009Z. Allowed clock skew: 0 milliseconds.\n");
/// let diagnosis = diagnoser.finish();
/// let first = &diagnosis.evidence[0];
/// assert_eq!((first.line, first.product), (1, Some("jjwt")));
/// assert_eq!(first.by.code(), "program");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the line, counted from 1.
    pub line: u64,
    /// The contribution of the line.
    pub kind: EvidenceKind,
    /// The author of the words. The words of a stranger are shown, but no conclusion rests on them.
    pub by: Author,
    /// The product that prints these words, if the catalogue knows it.
    pub product: Option<&'static str>,
    /// The instant that the line states, as far as it is known in UTC.
    pub instant: Option<UnixTime>,
    /// The text of the line.
    pub text: Excerpt,
}

/// The source of the zone of the local stamps.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options, Span};
/// use jwtick_core::diagnosis::{LogZone, ZoneKnowledge};
/// let zone = |options| {
///     let mut diagnoser = Diagnoser::new(options);
///     diagnoser.feed(b"2024-01-09 14:00:00 POST /token\n");
///     diagnoser.feed(b"2024-01-09 14:00:00 Date: Tue, 09 Jan 2024 14:00:07 GMT\n");
///     diagnoser.feed(b"2024-01-09 14:00:00 JWT has expired\n");
///     diagnoser.finish().zone
/// };
/// assert_eq!(zone(Options::default()), ZoneKnowledge::Unknown);
/// assert_eq!(zone(Options { zone: LogZone::Fixed(Span::ZERO) }), ZoneKnowledge::Assumed);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneKnowledge {
    /// Every stamp that counted names its zone, or is UTC by definition.
    Stated,
    /// Another stamp of the same clock in the text reveals the zone. The value is local time minus
    /// UTC.
    Recovered(Span),
    /// The user named the zone of the log.
    Assumed,
    /// The zone is unknown: the interval holds for every zone from UTC−12 to UTC+14.
    Unknown,
}

/// One moment on both clocks, for the picture.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options, Span};
/// let text = b"2024-01-09T14:00:00Z POST /token\n\
///     2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
///     2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:37:10 GMT\n\
///     2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(text);
/// let reading = diagnoser.finish().reading.unwrap();
/// assert_eq!(reading.reference - reading.local, Span::from_secs(2_230));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The reading of the local clock, taken as UTC if the zone is unknown.
    pub local: UnixTime,
    /// The reading of the reference.
    pub reference: UnixTime,
}

/// The statement of a time service about both clocks.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::diagnosis::ThirdOpinion;
/// use jwtick_core::time::Offset;
/// let right = Offset::between(Span::from_millis(-20), Span::from_millis(20)).unwrap();
/// let late = Offset::between(Span::from_secs(59), Span::from_secs(61)).unwrap();
/// // The local clock is right, and the server's clock is a minute behind.
/// let opinion = ThirdOpinion { local: right, remote: Some(late) };
/// assert!(opinion.local.contains(Span::ZERO));
/// assert!(opinion.remote.is_some_and(|remote| !remote.contains(Span::ZERO)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThirdOpinion {
    /// UTC minus the local clock.
    pub local: Offset,
    /// UTC minus the clock of the server that the text is about; `None` if that is unknown.
    pub remote: Option<Offset>,
}

/// An offset that changed in the course of the text.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::diagnosis::Drift;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words;
/// let at = |secs| Offset::between(Span::from_secs(secs), Span::from_secs(secs)).unwrap();
/// let drift = Drift { first: at(0), last: at(60), over: Span::from_secs(86_400) };
/// let said = words::drift(&drift, words::Language::English).to_string();
/// assert!(said.contains("1 min"), "{said}");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Drift {
    /// The offset at the first observation.
    pub first: Offset,
    /// The offset at the last observation.
    pub last: Offset,
    /// The time between the two.
    pub over: Span,
}

/// The conclusion about a text.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options, Span};
/// use jwtick_core::diagnosis::Cause;
/// use jwtick_core::time::Direction;
/// let text = b"2024-01-09T14:00:00Z POST /token\n\
///     2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
///     2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:37:10 GMT\n\
///     2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(text);
/// let diagnosis = diagnoser.finish();
/// assert_eq!(diagnosis.cause, Cause::LocalClock);
/// assert_eq!(diagnosis.direction, Some(Direction::Behind));
/// assert!(diagnosis.offset.unwrap().contains(Span::from_secs(2_230)));
/// assert_eq!((diagnosis.refusals, diagnosis.lines), (1, 4));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The reason why the call was refused.
    pub cause: Cause,
    /// The finding on clocks.
    pub fault: ClockFault,
    /// The direction in which the local clock is wrong, if known.
    pub direction: Option<Direction>,
    /// The certainty of the finding.
    pub certainty: Certainty,
    /// The ground on which that clock is held to be wrong rather than the other one; `None` if no
    /// single clock is.
    pub attribution: Option<Attribution>,
    /// The sound interval of the offset (reference − local).
    pub offset: Option<Offset>,
    /// The difference between two times that the text states, if the offset is that, less the time that the
    /// request may have waited between the two.
    pub difference: Option<Span>,
    /// The narrow interval, valid if the stamps without a zone are in UTC.
    pub offset_if_utc: Option<Offset>,
    /// The proof of the finding, if it is proven.
    pub proof: Option<Proof>,
    /// What the finding assumes, if it is likely.
    pub assumptions: heapless::Vec<Assumption, 3>,
    /// The readings that remain, if the text does not decide.
    pub possibilities: heapless::Vec<Possibility, 12>,
    /// The statement of a time service about both clocks, if the text has one.
    pub third_opinion: Option<ThirdOpinion>,
    /// The source of the zone of the local stamps.
    pub zone: ZoneKnowledge,
    /// One moment on both clocks.
    pub reading: Option<Reading>,
    /// The first and the last offset, if they differ.
    pub drift: Option<Drift>,
    /// The clocks that answered to one name, if they differ.
    pub clocks: Option<NodeClocks>,
    /// The hosts that wrote the text, if there are several: those with refusals and the largest errors
    /// first.
    pub hosts: heapless::Vec<HostClock, 16>,
    /// The lines that the conclusion rests on, best first, and then up to two lines with words of
    /// strangers, which it does not rest on.
    pub evidence: heapless::Vec<Evidence, 8>,
    /// What to do, in order.
    pub remedies: heapless::Vec<Remedy, 8>,
    /// The server that refused, for the commands of the remedies; empty if the text does not name it,
    /// or if this host refused.
    pub server: ServerName,
    /// The evidence that would decide, if the text does not.
    pub decider: Option<Decider>,
    /// Number of refusals in the text.
    pub refusals: u64,
    /// Number of lines read.
    pub lines: u64,
}
