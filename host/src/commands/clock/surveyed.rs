//! A measurement of the clock, and what it comes to.

use jwtick_core::survey::{ClockVerdict, Keeper, Survey};
use jwtick_core::time::Rate;

use crate::exit::Exit;
use crate::measurement::Measurement;

/// A measurement, and what it comes to.
#[derive(Debug)]
pub(crate) struct Surveyed {
    pub(crate) measurement: Measurement,
    pub(crate) survey: Survey,
    /// Who sets this host's clock.
    pub(crate) keeper: Keeper,
    /// How fast the clock gains or loses, where it was watched.
    pub(crate) rate: Option<Rate>,
}

impl Surveyed {
    /// The exit that it means.
    pub(crate) fn exit(&self) -> Exit {
        if !self.measurement.heard_anybody() {
            return Exit::Failed;
        }
        match self.survey.verdict() {
            ClockVerdict::Right => Exit::Done,
            ClockVerdict::Wrong(_) => Exit::ClockFault,
            ClockVerdict::Undecided(_) => Exit::Undetermined,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jwtick_core::Span;
    use jwtick_core::time::Offset;

    use super::*;
    use crate::measurement::Answer;
    use crate::source::{Bound, Kind, LocalClock, Observation};

    /// A measurement whose sources gave these ends, in seconds.
    pub(crate) fn surveyed(ends: &[(i64, i64)]) -> Surveyed {
        let answer = |(index, &(least, most)): (usize, &(i64, i64))| {
            let offset = Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
            let bound = Bound::RoundTrip;
            let found = Ok(Observation { offset, delay: None, bound, notes: Vec::new() });
            Answer { name: format!("source {index}"), kind: Kind::Ntp, found, aside: Vec::new() }
        };
        let answers = ends.iter().enumerate().map(answer).collect();
        let measurement = Measurement { local: LocalClock::read(), answers };
        let survey = measurement.survey(Span::from_secs(1));
        Surveyed { measurement, survey, keeper: Keeper::Nobody, rate: None }
    }
}
