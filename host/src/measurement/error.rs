//! Reasons why a clock was not measured or cannot be used.

use core::fmt;

use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};

use crate::source::SourceError;
use crate::source::anchor::Lost;

/// Reasons why no clock gives the time.
#[derive(Debug)]
pub(crate) enum MeasurementError {
    /// No time source was given.
    NoSource,
    /// The critical limit is lower than the warning limit.
    Limits { warn: Offset, crit: Offset },
    /// A fixed time was given together with a clock to measure.
    TimeAndClock,
    /// None of the named clocks could be measured; lists the reason for each.
    NoClock(Vec<(String, SourceError)>),
    /// The named clocks contradict each other; lists the answer of each.
    Contradiction(Vec<String>),
    /// The measurement is no longer valid.
    Lost(Lost),
}

impl fmt::Display for MeasurementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSource => f.write_str(
                "no time source given (jwtick contacts only servers that you name): pass --ntp HOST or \
                 --http URL, or list them in jwtick.toml, ntp = [\"HOST\"]",
            ),
            Self::Limits { warn, crit } => {
                let [warn, crit] =
                    [warn, crit].map(|limits| words::interval(*limits, Language::English));
                write!(f, "expected --crit to include all of --warn, {warn}, but found {crit}")
            }
            Self::TimeAndClock => f.write_str(
                "expected a fixed time or a clock, but found both: leave out --clock, or give --at as +30min from now",
            ),
            Self::NoClock(faults) => {
                f.write_str("no clock could be measured:")?;
                faults.iter().try_for_each(|(name, fault)| write!(f, " {name}: {fault};"))?;
                f.write_str(" name another one with --clock")
            }
            Self::Contradiction(said) => {
                write!(f, "the clocks contradict each other: {}", said.join("; "))
            }
            Self::Lost(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for MeasurementError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Lost(fault) => Some(fault),
            _ => None,
        }
    }
}

impl From<Lost> for MeasurementError {
    fn from(fault: Lost) -> Self {
        Self::Lost(fault)
    }
}
