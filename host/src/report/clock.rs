//! The answer of `clock`: for people, for programs, for a check plugin and for Prometheus.

mod json;
mod nagios;
mod picture;
mod prometheus;
mod table;
mod text;
mod watch;

use jwtick_core::{Keeper, Rate, Survey};

pub(crate) use json::{interval, json};
pub(crate) use nagios::{State, nagios};
pub(crate) use prometheus::prometheus;
pub(crate) use text::text;
pub(crate) use watch::{Anew, line, stepped};

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

#[cfg(test)]
mod tests {
    use jwtick_core::{Offset, Span};

    use super::*;
    use crate::measurement::Answer;
    use crate::source::{Bound, Kind, LocalClock, Observation};

    /// A measurement whose sources gave these ends, in seconds.
    pub(super) fn surveyed(ends: &[(i64, i64)]) -> Surveyed {
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
