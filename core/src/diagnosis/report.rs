//! What a diagnosis says: records without a heap, for [`crate::words`] to put into words.

use super::cause::{Cause, Certainty, ClockFault, Decider};
use crate::survey::NodeClocks;
use crate::survey::Remedy;
use crate::time::Direction;
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// What a line of the text contributes.
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

/// One line that the conclusion rests on.
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
/// ```
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
    /// Another stamp of the same clock in the text gives the zone away: local minus UTC.
    Recovered(Span),
    /// The user said which zone the log is in.
    Assumed,
    /// Nothing tells: the interval holds for every zone from UTC−12 to UTC+14.
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
    /// What the local clock showed (read as UTC where the zone is unknown).
    pub local: UnixTime,
    /// What the reference showed.
    pub reference: UnixTime,
}

/// What a time service says of both clocks.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::diagnosis::ThirdOpinion;
/// use jwtick_core::time::Offset;
/// let right = Offset::between(Span::from_millis(-20), Span::from_millis(20)).unwrap();
/// let late = Offset::between(Span::from_secs(59), Span::from_secs(61)).unwrap();
/// // Ours is right, and the server's clock a minute behind.
/// let opinion = ThirdOpinion { local: right, remote: Some(late) };
/// assert!(opinion.local.contains(Span::ZERO));
/// assert!(opinion.remote.is_some_and(|remote| !remote.contains(Span::ZERO)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThirdOpinion {
    /// UTC minus the local clock.
    pub local: Offset,
    /// UTC minus the clock of the server that the text is about; `None` where it does not tell.
    pub remote: Option<Offset>,
}

/// An offset that changed over the text.
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
    /// Time between the two.
    pub over: Span,
}

/// The conclusion.
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
    /// How to find out, where the text does not.
    pub decider: Option<Decider>,
    /// How many refusals were seen.
    pub refusals: u64,
    /// How many lines were read.
    pub lines: u64,
}
