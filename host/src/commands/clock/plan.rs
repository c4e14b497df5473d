//! Sources and limits of a measurement, from the command line or else from the configuration, and
//! what it finds.

use jwtick_core::Span;
use jwtick_core::survey::{ClockVerdict, Keeper, Survey};
use jwtick_core::time::Rate;
use jwtick_core::words::Language;

use super::args::ClockArgs;
use crate::commands::error::Error;
use crate::config::{Config, default, pick};
use crate::exit::Exit;
use crate::measurement::{
    ClockName, Counted, Measurement, MeasurementError, QueryOptions, measure,
};
use crate::signal::Interrupt;
use crate::source::daemon;

/// A measurement to run once or repeatedly.
#[derive(Debug)]
pub(crate) struct Plan {
    clocks: Vec<ClockName>,
    options: QueryOptions,
    allowed: Span,
    pub(super) warn: Span,
    pub(super) crit: Span,
}

impl Plan {
    /// The plan for `args`; the sources of the configuration are used if `args` names none.
    ///
    /// # Errors
    /// [`MeasurementError::NoSource`] if there are none: only servers that the user names are
    /// contacted. [`MeasurementError::Limits`] if the critical limit is below the warning limit.
    pub(crate) fn of(args: &ClockArgs, config: &Config) -> Result<Self, Error> {
        let told: Vec<ClockName> = args.ntp.iter().chain(&args.http).cloned().collect();
        let mut clocks = if told.is_empty() { config.sources() } else { told };
        if clocks.is_empty() {
            return Err(MeasurementError::NoSource.into());
        }
        args.must_matter(&clocks)?;
        distinct(&mut clocks);
        clocks.push(ClockName::Os);
        let set = &config.settings;
        let allowed = pick(args.max_offset, set.max_offset.as_ref(), default::MAX_OFFSET);
        let warn = pick(args.warn, set.warn.as_ref(), allowed);
        let crit = pick(args.crit, set.crit.as_ref(), default::CRIT.max(warn));
        if crit < warn {
            return Err(MeasurementError::Limits { warn, crit }.into());
        }
        let options = args.asking.options(config);
        Ok(Self { clocks, options, allowed, warn, crit })
    }

    /// The same plan, abandoned when `interrupt` is raised.
    pub(super) fn until(mut self, interrupt: &Interrupt) -> Self {
        self.options.interrupt = interrupt.clone();
        self
    }

    /// Measures once.
    pub(crate) fn survey(&self, language: Language) -> Surveyed {
        let measurement = measure(&self.clocks, Counted::Others, &self.options, language);
        let survey = measurement.survey(self.allowed);
        Surveyed { measurement, survey, keeper: daemon::keeper(), rate: None }
    }
}

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

/// Removes duplicates, so that no server is contacted twice. Other spellings of one host are found
/// in the answers.
fn distinct(clocks: &mut Vec<ClockName>) {
    let mut seen: Vec<ClockName> = Vec::new();
    clocks.retain(|clock| {
        let is_new = !seen.contains(clock);
        if is_new {
            seen.push(clock.clone());
        }
        is_new
    });
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
