//! A proof: what lines of a text state, and the sums that follow from it.

use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// A statement of a line.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::diagnosis::Fact;
/// assert_eq!(Fact::Stamp(UnixTime::EPOCH).time(), Some(UnixTime::EPOCH));
/// assert_eq!(Fact::Refusal.code(), "refusal");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// A time of the other side, such as `Date`.
    ServerTime(UnixTime),
    /// `Date`, increased by the `Age` of a cached answer.
    CachedTime(UnixTime),
    /// The stamp of the line.
    Stamp(UnixTime),
    /// The stamp of the line, without a zone, as if it were UTC.
    CivilStamp(UnixTime),
    /// A time of the local clock in the words of the line.
    LocalTime(UnixTime),
    /// The start of a token or certificate (`iat`, `nbf`), or the time of a signature.
    Start(UnixTime),
    /// The end of a token or certificate (`exp`).
    End(UnixTime),
    /// The reference minus the local clock, as a program measured it.
    Measured(Offset),
    /// The lifetime of what was issued.
    Lifetime(Span),
    /// The step by which a time service corrected the clock.
    Step(Span),
    /// A difference that the words of a refusal state.
    Difference(Span),
    /// Stamps of one clock with and without a zone. The value is local time minus UTC.
    Zone(Span),
    /// A time of the local clock that no clock shows which was set.
    UnsetTime(UnixTime),
    /// A service lost the time.
    TimeLost,
    /// A claim in the wrong unit, or of the wrong type.
    Claim,
    /// The words of a refusal.
    Refusal,
}

impl Fact {
    /// The kind of fact as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ServerTime(_) => "server-time",
            Self::CachedTime(_) => "cached-time",
            Self::Stamp(_) => "stamp",
            Self::CivilStamp(_) => "civil-stamp",
            Self::LocalTime(_) => "local-time",
            Self::Start(_) => "start",
            Self::End(_) => "end",
            Self::Measured(_) => "measured",
            Self::Lifetime(_) => "lifetime",
            Self::Step(_) => "step",
            Self::Difference(_) => "difference",
            Self::Zone(_) => "zone",
            Self::UnsetTime(_) => "unset-time",
            Self::TimeLost => "time-lost",
            Self::Claim => "claim",
            Self::Refusal => "refusal",
        }
    }

    /// The time that the line states, if it states one.
    #[must_use]
    pub const fn time(self) -> Option<UnixTime> {
        match self {
            Self::ServerTime(at)
            | Self::CachedTime(at)
            | Self::Stamp(at)
            | Self::CivilStamp(at)
            | Self::LocalTime(at)
            | Self::Start(at)
            | Self::End(at)
            | Self::UnsetTime(at) => Some(at),
            _ => None,
        }
    }

    /// The length that the line states, if it states one.
    #[must_use]
    pub const fn length(self) -> Option<Span> {
        match self {
            Self::Lifetime(length)
            | Self::Step(length)
            | Self::Difference(length)
            | Self::Zone(length) => Some(length),
            _ => None,
        }
    }
}

/// A line, and what it states.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::{Fact, Premise};
/// let premise = Premise { line: 22, fact: Fact::Refusal };
/// assert_eq!(premise.line, 22);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Premise {
    /// Number of the line, counted from 1.
    pub line: u64,
    /// What it states.
    pub fact: Fact,
}

/// One end of an interval, as a sum.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::diagnosis::{Fact, Premise, Sum};
/// let at = UnixTime::from_secs;
/// let date = Premise { line: 3, fact: Fact::ServerTime(at(160)) };
/// let stamp = Premise { line: 3, fact: Fact::Stamp(at(100)) };
/// // The stamp is cut to whole seconds.
/// let sum = Sum { resolution: Span::from_secs(-1), ..Sum::between(date, stamp) };
/// assert_eq!(sum.result(), Some(Span::from_secs(59)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sum {
    /// The statement about the reference, or about the difference itself.
    pub reference: Premise,
    /// The reading of the local clock, which is subtracted.
    pub local: Option<Premise>,
    /// The allowance for times that are cut to whole seconds, for example.
    pub resolution: Span,
    /// The allowance for the time between the event and its line.
    pub delay: Span,
    /// Local time minus UTC: the zone of the stamp, or the outermost one if it is not known.
    pub zone: Span,
    /// The end itself, if the reference states an interval.
    pub stated: Span,
}

impl Sum {
    /// The difference of two readings.
    #[must_use]
    pub const fn between(reference: Premise, local: Premise) -> Self {
        Self { local: Some(local), ..Self::of(reference, Span::ZERO) }
    }

    /// The end of an interval that a line states.
    #[must_use]
    pub const fn of(reference: Premise, stated: Span) -> Self {
        let (resolution, delay, zone) = (Span::ZERO, Span::ZERO, Span::ZERO);
        Self { reference, local: None, resolution, delay, zone, stated }
    }

    /// The sum; `None` if the premises do not state what is to be added.
    #[must_use]
    pub fn result(&self) -> Option<Span> {
        let stated = match self.local {
            Some(local) => self.reference.fact.time()? - local.fact.time()?,
            None => self.stated,
        };
        Some(stated + self.resolution + self.delay + self.zone)
    }
}

/// The reason for which a conclusion holds in every zone, for every delay, and for every reading of
/// the text.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// let text = b"2024-01-09T14:00:00Z POST /token\n\
///     2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
///     2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:37:10 GMT\n\
///     2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(text);
/// let diagnosis = diagnoser.finish();
/// let proof = diagnosis.proof.unwrap();
/// assert_eq!(proof.least.unwrap().reference.line, 3);
/// assert_eq!(proof.least.unwrap().result(), Some(diagnosis.offset.unwrap().least()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// The lines other than those of the sums.
    pub grounds: heapless::Vec<Premise, 4>,
    /// The lower end of the offset.
    pub least: Option<Sum>,
    /// The upper end of the offset.
    pub most: Option<Sum>,
}

impl Proof {
    /// All lines, each statement once.
    #[must_use]
    pub fn premises(&self) -> heapless::Vec<Premise, 8> {
        let sums = [self.least, self.most].into_iter().flatten();
        let added = sums.flat_map(|sum| [Some(sum.reference), sum.local]).flatten();
        let mut all = heapless::Vec::new();
        for premise in added.chain(self.grounds.iter().copied()) {
            if !all.contains(&premise) {
                let _ = all.push(premise);
            }
        }
        all
    }
}
