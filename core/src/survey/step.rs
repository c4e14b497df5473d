//! Rules for stepping a clock.
//!
//! A step is hard to undo: it may make expired tokens and certificates valid again, or invalidate
//! current ones. Plain NTP and `Date` are not authenticated, so two sources must agree. A clock
//! that may already be right is not touched, and no source can set a clock back before a time that
//! is proved to have passed.

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
/// use jwtick_core::survey::{Step, StepRefusal, Survey};
/// use jwtick_core::time::Offset;
/// let hour = Offset::between(Span::from_secs(3_600), Span::from_secs(3_602));
/// let (local, past) = (UnixTime::from_secs(500), TimeBounds::since(UnixTime::from_secs(0)));
/// let step = Step::plan(Survey::of(&[hour, hour], Span::ZERO), local, past)?;
/// assert_eq!(step.by(), Span::from_secs(3_601));
/// let alone = Survey::of(&[hour], Span::ZERO);
/// assert_eq!(Step::plan(alone, local, past), Err(StepRefusal::OneSource));
/// # Ok::<(), StepRefusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    offset: Offset, // both ends closed, zero outside
}

impl Step {
    /// The number of sources that must agree.
    pub const WITNESSES: usize = 2;

    /// Plans the step that `survey` justifies for a clock that reads `local`. `known` holds
    /// independent bounds on UTC: the build date of the program, or the newest trusted time in
    /// storage.
    ///
    /// # Errors
    /// [`StepRefusal`] with the reason why the clock may not be stepped.
    pub fn plan(survey: Survey, local: UnixTime, known: TimeBounds) -> Result<Self, StepRefusal> {
        let offset = agreed(survey)?;
        if offset.least() == Span::MIN || offset.most() == Span::MAX {
            return Err(StepRefusal::Open(offset));
        }
        if offset.contains(Span::ZERO) {
            return Err(StepRefusal::MayBeRight(offset));
        }
        let utc = offset.apply(local);
        match utc.intersect(known) {
            Some(_) => Ok(Self { offset }),
            None => Err(StepRefusal::Impossible { told: utc, known }),
        }
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
        }
    }
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
            let planned = Step::plan(Survey::of(&offsets, Span::from_secs(1)), LOCAL, KNOWN);
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
