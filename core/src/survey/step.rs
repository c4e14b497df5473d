//! Rules for stepping a clock.
//!
//! A step is hard to undo: it may make expired tokens and certificates valid again, or invalidate
//! current ones. Plain NTP and `Date` are not authenticated, so two sources must agree. A clock
//! that may already be right is not touched, and no source can set a clock back before a time that
//! is proved to have passed. Two sources may lie together, so a long step needs more than their
//! word.

use core::fmt;

use super::selection::NoMajority;
use super::verdict::{ClockVerdict, Doubt, Survey};
use crate::time::Offset;
use crate::time::{Span, TimeBounds, UnixTime};

/// A step of a clock that the sources justify.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::survey::{Step, StepLimit, StepRefusal, Survey};
/// use jwtick_core::time::Offset;
/// let hour = Offset::between(Span::from_secs(3_600), Span::from_secs(3_602));
/// let (local, past) = (UnixTime::from_secs(500), TimeBounds::since(UnixTime::from_secs(0)));
/// let limit = StepLimit::Unauthenticated;
/// let step = Step::plan(Survey::of(&[hour, hour], Span::ZERO), local, past, limit)?;
/// assert_eq!(step.by(), Span::from_secs(3_601));
/// let alone = Survey::of(&[hour], Span::ZERO);
/// assert_eq!(Step::plan(alone, local, past, limit), Err(StepRefusal::OneSource));
/// # Ok::<(), StepRefusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    offset: Offset, // both ends closed, zero outside
}

/// The longest step that may be made, forward or back.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::StepLimit;
/// assert_eq!(StepLimit::Unauthenticated.longest(), Span::from_secs(86_400));
/// assert_eq!(StepLimit::Given(Span::from_secs(-60)).longest(), Span::from_secs(60));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepLimit {
    /// The number that the user gave.
    Given(Span),
    /// One day: nothing proves the identity of the sources that agree.
    Unauthenticated,
    /// No limit: one of the sources that agree proved its identity, for example by a certificate.
    Authenticated,
}

impl StepLimit {
    /// The length of the longest step.
    #[must_use]
    pub fn longest(self) -> Span {
        match self {
            Self::Given(longest) => longest.abs(),
            Self::Unauthenticated => Step::UNAUTHENTICATED,
            Self::Authenticated => Span::MAX,
        }
    }
}

impl Step {
    /// The number of witnesses that must agree.
    pub const WITNESSES: usize = 2;

    /// The longest step on the word of sources that prove no identity. Clocks that drift or are set
    /// to another zone stay below it.
    pub const UNAUTHENTICATED: Span = Span::from_secs(86_400);

    /// Plans the step that `survey` justifies for a clock that reads `local`. `known` holds
    /// independent bounds on UTC: the build date of the program, or the newest trusted time in
    /// storage. `limit` is the longest step.
    ///
    /// # Errors
    /// [`StepRefusal`] with the reason why the clock may not be stepped.
    pub fn plan(
        survey: Survey,
        local: UnixTime,
        known: TimeBounds,
        limit: StepLimit,
    ) -> Result<Self, StepRefusal> {
        let offset = agreed(survey)?;
        if offset.least() == Span::MIN || offset.most() == Span::MAX {
            return Err(StepRefusal::Open(offset));
        }
        if offset.contains(Span::ZERO) {
            return Err(StepRefusal::MayBeRight(offset));
        }
        let utc = offset.apply(local);
        if utc.intersect(known).is_none() {
            return Err(StepRefusal::Impossible { told: utc, known });
        }
        let step = Self { offset };
        if step.by().abs() > limit.longest() {
            return Err(StepRefusal::TooLong { by: step.by(), longest: limit.longest() });
        }
        Ok(step)
    }

    /// The distance that the clock moves; positive is forward.
    #[must_use]
    pub const fn by(self) -> Span {
        self.offset.middle()
    }

    /// The measured offset; [`by`](Self::by) is its midpoint.
    #[must_use]
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The time to set the clock to when UTC is in `utc`: the midpoint, which minimizes the largest
    /// possible error.
    #[must_use]
    pub const fn target(utc: TimeBounds) -> UnixTime {
        let (earliest, latest) = (utc.earliest().as_micros(), utc.latest().as_micros());
        UnixTime::from_micros(earliest.midpoint(latest))
    }
}

fn agreed(survey: Survey) -> Result<Offset, StepRefusal> {
    match (survey.offset(), survey.verdict()) {
        (Some(offset), _) if survey.rests_on() >= Step::WITNESSES => Ok(offset),
        (Some(_), _) => Err(StepRefusal::OneSource),
        (None, ClockVerdict::Undecided(Doubt::NoMajority(none))) => {
            Err(StepRefusal::NoMajority(none))
        }
        (None, _) => Err(StepRefusal::NothingMeasured),
    }
}

/// The reason why a clock may not be stepped.
///
/// # Example
/// ```
/// use jwtick_core::survey::StepRefusal;
/// assert_eq!(
///     StepRefusal::OneSource.to_string(),
///     "only one source confirms the time, but a step needs at least 2 that agree: name another source",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepRefusal {
    /// No source answered.
    NothingMeasured,
    /// The sources contradict each other.
    NoMajority(NoMajority),
    /// Only one source answered, so nothing confirms it.
    OneSource,
    /// The offset is open at one end, so it has no midpoint.
    Open(Offset),
    /// The offset may be zero, so a step might make the clock wrong.
    MayBeRight(Offset),
    /// The sources report a time that is proved to be wrong.
    Impossible {
        /// The bounds on UTC according to the sources.
        told: TimeBounds,
        /// The known bounds on UTC.
        known: TimeBounds,
    },
    /// The step is longer than the limit.
    TooLong {
        /// The distance that the clock would move; positive is forward.
        by: Span,
        /// The limit.
        longest: Span,
    },
}

impl fmt::Display for StepRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingMeasured => {
                f.write_str("no source answered, so there is no time to set the clock to")
            }
            Self::NoMajority(none) => write!(f, "{none}: name another source"),
            Self::OneSource => write!(
                f,
                "only one source confirms the time, but a step needs at least {} that agree: name \
                 another source",
                Step::WITNESSES
            ),
            Self::Open(_) => f.write_str(
                "the offset is bounded on one side only: name a source that bounds both",
            ),
            Self::MayBeRight(_) => {
                f.write_str("the clock may already be right, so a step could make it wrong")
            }
            Self::Impossible { .. } => {
                f.write_str("the sources report a time that has certainly passed: name others")
            }
            Self::TooLong { by, longest } => {
                let by = shown(*by, *longest);
                write!(
                    f,
                    "the clock would move by {by}, but a step is at most {longest} long: name an https \
                     source that agrees, or allow more with --max-step"
                )
            }
        }
    }
}

/// A length beyond `longest` as it is shown: in whole seconds, as a missing microsecond would turn
/// `2 d` into `1 d 23 h 59 min 59 s`, unless it would look as if it were within the limit.
pub(crate) fn shown(by: Span, longest: Span) -> Span {
    let whole = Span::from_secs((by.abs() + Span::from_millis(500)).floor_secs());
    if whole > longest { whole } else { by.abs() }
}

impl core::error::Error for StepRefusal {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::NoMajority(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    const LOCAL: UnixTime = UnixTime::from_secs(1_000);
    const KNOWN: TimeBounds = TimeBounds::since(UnixTime::from_secs(900));

    fn secs((least, most): (i64, i64)) -> Option<Offset> {
        let end = |secs| match secs {
            i64::MAX => Span::MAX,
            i64::MIN => Span::MIN,
            _ => Span::from_secs(secs),
        };
        Offset::between(end(least), end(most))
    }

    #[test]
    fn step_needs_two_sources_that_agree_on_a_fault() {
        type Row = (&'static str, &'static [(i64, i64)], Result<i64, &'static str>);
        const ROWS: &[Row] = &[
            ("two agree", &[(10, 20), (14, 30)], Ok(17)),
            ("two agree that it is ahead", &[(-20, -10), (-30, -14)], Ok(-17)),
            ("the wrong one is outvoted", &[(10, 20), (14, 30), (3_600, 3_601)], Ok(17)),
            ("no source answered", &[], Err("no source answered")),
            ("one alone", &[(10, 20)], Err("only one source confirms")),
            ("contradiction", &[(10, 20), (30, 40)], Err("at most 1 of 2 sources agree")),
            (
                "open upwards",
                &[(10, i64::MAX), (11, i64::MAX)],
                Err("the offset is bounded on one side"),
            ),
            (
                "open downwards",
                &[(i64::MIN, -5), (i64::MIN, -6)],
                Err("the offset is bounded on one side"),
            ),
            ("may be right", &[(-1, 20), (-2, 30)], Err("the clock may already be right")),
            ("zero is the edge", &[(0, 20), (-2, 30)], Err("the clock may already be right")),
            ("partly before what is known", &[(-120, -90), (-120, -90)], Ok(-105)),
            (
                "before what is known",
                &[(-120, -101), (-120, -101)],
                Err("the sources report a time"),
            ),
        ];
        for &(name, sources, expected) in ROWS {
            let offsets: Vec<_> = sources.iter().map(|&ends| secs(ends)).collect();
            let survey = Survey::of(&offsets, Span::from_secs(1));
            let planned = Step::plan(survey, LOCAL, KNOWN, StepLimit::Unauthenticated);
            match (planned, expected) {
                (Ok(step), Ok(by)) => assert_eq!(step.by(), Span::from_secs(by), "{name}"),
                (Err(refusal), Err(said)) => {
                    let refusal = std::string::ToString::to_string(&refusal);
                    assert!(refusal.starts_with(said), "{name}: {refusal}");
                }
                (planned, _) => panic!("{name}: {planned:?}"),
            }
        }
    }

    #[test]
    fn step_is_not_longer_than_the_limit() {
        use StepLimit::{Authenticated, Given, Unauthenticated};
        const DAY: i64 = 86_400;
        const YEARS: i64 = 60 * 366 * DAY;
        let local = UnixTime::from_secs(1_800_000_000);
        let rows = [
            ("a day", DAY, Unauthenticated, true),
            ("a day back", -DAY, Unauthenticated, true),
            ("a second more", DAY + 1, Unauthenticated, false),
            ("a second more back", -DAY - 1, Unauthenticated, false),
            ("sixty years", YEARS, Unauthenticated, false),
            ("sixty years by https", YEARS, Authenticated, true),
            ("what the user allows", YEARS, Given(Span::from_secs(YEARS)), true),
            ("more than the user allows", 61, Given(Span::from_secs(60)), false),
        ];
        for (name, by, limit, allowed) in rows {
            let offset = secs((by, by));
            let survey = Survey::of(&[offset, offset], Span::ZERO);
            let planned = Step::plan(survey, local, KNOWN, limit);
            let refused =
                StepRefusal::TooLong { by: Span::from_secs(by), longest: limit.longest() };
            assert_eq!(planned.map(Step::by).err(), (!allowed).then_some(refused), "{name}");
        }
    }

    #[test]
    fn length_beyond_the_limit_is_shown_in_whole_seconds() {
        let (day, micro) = (Span::from_secs(86_400), Span::from_micros(1));
        assert_eq!(shown(-day - day + micro, day), day + day);
        assert_eq!(shown(day + micro, day), day + micro);
        assert!(shown(Span::MIN, day) > day);
    }

    #[test]
    fn target_is_the_midpoint_of_utc() {
        let at = UnixTime::from_secs;
        let rows = [((10, 20), 15), ((-20, -10), -15), ((-3, 3), 0)];
        for ((earliest, latest), middle) in rows {
            let utc = TimeBounds::between(at(earliest), at(latest)).unwrap();
            assert_eq!(Step::target(utc), at(middle), "{earliest}..{latest}");
        }
        assert!(Step::target(TimeBounds::since(at(0))) > at(0), "no overflow at the open end");
    }
}
