//! A measurement of the clock and its verdict.

use jwtick_core::survey::{ClockVerdict, Keeper, Survey};
use jwtick_core::time::Rate;

use crate::exit::Exit;
use crate::measurement::Measurement;

/// A measurement and its verdict.
#[derive(Debug)]
pub(crate) struct Surveyed {
    pub(crate) measurement: Measurement,
    pub(crate) survey: Survey,
    /// The daemon or service that sets this host's clock, if any.
    pub(crate) keeper: Keeper,
    /// The drift of the clock, if it was watched.
    pub(crate) rate: Option<Rate>,
}

impl Surveyed {
    /// The exit code for this verdict.
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
    use crate::measurement::{Answer, Counted};
    use crate::source::{Bound, Kind, LocalClock, Observation, Responder};

    /// A measurement whose sources gave these offset bounds, in seconds.
    pub(crate) fn surveyed(ends: &[(i64, i64)]) -> Surveyed {
        let answer = |(index, &(least, most)): (usize, &(i64, i64))| {
            let offset = Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
            let bound = Bound::RoundTrip;
            let (responder, notes) = (Responder::default(), Vec::new());
            let found = Ok(Observation { offset, delay: None, bound, responder, notes });
            Answer { name: format!("source {index}"), kind: Kind::Ntp, found, aside: Vec::new() }
        };
        let answers = ends.iter().enumerate().map(answer).collect();
        let measurement =
            Measurement { local: LocalClock::read(), answers, counted: Counted::Others };
        let survey = measurement.survey(Span::from_secs(1));
        Surveyed { measurement, survey, keeper: Keeper::Nobody, rate: None }
    }
}
