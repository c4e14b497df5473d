//! Sources and limits of a measurement, from the command line or else from the configuration, and
//! what it finds.

use jwtick_core::survey::{ClockVerdict, Keeper, Remedy, Survey};
use jwtick_core::time::{Offset, Rate};
use jwtick_core::words::Language;
use jwtick_core::{Span, TimeBounds, UnixTime};

use super::args::ClockArgs;
use crate::commands::error::Error;
use crate::config::{Config, Set, default, pick};
use crate::exit::Exit;
use crate::measurement::{
    ClockName, Counted, Measurement, MeasurementError, QueryOptions, measure,
};
use crate::signal::Interrupt;
use crate::source::daemon;
use crate::source::os::{self, Facts};

/// A measurement to run once or repeatedly.
#[derive(Debug)]
pub(crate) struct Plan {
    clocks: Vec<ClockName>,
    asks_servers: bool,
    options: QueryOptions,
    allowed: Offset,
    pub(super) warn: Offset,
    pub(super) crit: Offset,
}

impl Plan {
    /// The plan for `args`; the sources of the configuration are used if `args` names none. If there
    /// are none either, only this host itself is asked: jwtick contacts only servers that the user
    /// names.
    ///
    /// # Errors
    /// [`MeasurementError::NoSource`] if what `args` asks for needs a server.
    /// [`MeasurementError::Limits`] if the critical limit is below the warning limit.
    pub(crate) fn of(args: &ClockArgs, config: &Config) -> Result<Self, Error> {
        let told: Vec<ClockName> = args.ntp.iter().chain(&args.http).cloned().collect();
        let mut clocks = if told.is_empty() { config.sources() } else { told };
        let asks_servers = !clocks.is_empty();
        if args.needs_server() && !asks_servers {
            return Err(MeasurementError::NoSource.into());
        }
        args.must_matter(&clocks)?;
        distinct(&mut clocks);
        clocks.push(ClockName::Os);
        let set = &config.settings;
        let allowed = pick(args.max_offset, set.max_offset.as_ref(), default::MAX_OFFSET);
        let both_ways = |limit: Span| Offset::around(Span::ZERO, limit);
        let set_to = |limit: &Option<Set<Span>>| limit.as_ref().map(|it| both_ways(it.value));
        let allowed = both_ways(allowed);
        let warn = args.warn.or_else(|| set_to(&set.warn)).unwrap_or(allowed);
        let usual = both_ways(default::CRIT).hull(warn);
        let crit = args.crit.or_else(|| set_to(&set.crit)).unwrap_or(usual);
        if crit.hull(warn) != crit {
            return Err(MeasurementError::Limits { warn, crit }.into());
        }
        let options = args.asking.options(config);
        let expected = args.expect.unwrap_or(Span::ZERO);
        let [allowed, warn, crit] =
            [allowed, warn, crit].map(|limits| limits.shift(expected, expected));
        Ok(Self { clocks, asks_servers, options, allowed, warn, crit })
    }

    /// The same plan, abandoned when `interrupt` is raised.
    pub(super) fn until(mut self, interrupt: &Interrupt) -> Self {
        self.options.interrupt = interrupt.clone();
        self
    }

    /// Measures once.
    pub(crate) fn survey(&self, language: Language) -> Surveyed {
        let counted = if self.asks_servers { Counted::Others } else { Counted::All };
        let measurement = measure(&self.clocks, counted, &self.options, language);
        let facts = (!self.asks_servers).then(Facts::read);
        let reading = measurement.reading();
        let survey = match &facts {
            Some(_) if os::is_unset(reading) => since(os::proved(), reading),
            _ => measurement.survey(Span::ZERO),
        };
        let survey = survey.allowing(self.allowed);
        Surveyed { measurement, survey, facts, keeper: daemon::keeper(), rate: None }
    }
}

/// The verdict on a clock that reads `reading`, if UTC is within `proved`.
fn since(proved: TimeBounds, reading: UnixTime) -> Survey {
    let behind = Offset::between(proved.earliest() - reading, Span::MAX);
    Survey::of(&[behind], Span::ZERO)
}

/// A measurement and its verdict.
#[derive(Debug)]
pub(crate) struct Surveyed {
    pub(crate) measurement: Measurement,
    pub(crate) survey: Survey,
    /// What this host itself shows, if no server was asked.
    pub(crate) facts: Option<Facts>,
    /// The daemon or service that sets this host's clock, if any.
    pub(crate) keeper: Keeper,
    /// The drift of the clock, if it was watched.
    pub(crate) rate: Option<Rate>,
}

impl Surveyed {
    /// The clock's reading if it was never set.
    pub(crate) fn unset(&self) -> Option<UnixTime> {
        Some(self.measurement.reading()).filter(|&reading| os::is_unset(reading))
    }

    /// What to do about the clock. Without servers, none can be out of reach.
    pub(crate) fn remedies(&self) -> Vec<Remedy> {
        let all = match self.unset() {
            Some(_) => self.survey.remedies_for_unset(self.keeper),
            None => self.survey.remedies(self.keeper),
        };
        let own = self.facts.is_some();
        let about_servers = [Remedy::ReachSources, Remedy::NameAnotherSource, Remedy::AskNearer];
        all.into_iter().filter(|remedy| !own || !about_servers.contains(remedy)).collect()
    }

    /// What the verdict rests on.
    pub(crate) fn basis(&self) -> Basis {
        match &self.facts {
            None => Basis::Servers,
            Some(_) if self.unset().is_some() => Basis::Proof,
            Some(_) if self.measurement.heard_anybody() => Basis::Daemon,
            Some(_) => Basis::Nothing,
        }
    }

    /// The exit code for this verdict.
    pub(crate) fn exit(&self) -> Exit {
        if self.facts.is_none() && !self.measurement.heard_anybody() {
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

/// What a verdict on a clock rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Measured against other hosts.
    Servers,
    /// The report of this host's time daemon, which no other host confirms.
    Daemon,
    /// The clock reads a time before this program was written.
    Proof,
    /// No information.
    Nothing,
}

impl Basis {
    /// The code in JSON output.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Servers => "servers",
            Self::Daemon => "daemon",
            Self::Proof => "proof",
            Self::Nothing => "none",
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
        Surveyed { measurement, survey, facts: None, keeper: Keeper::Nobody, rate: None }
    }
}
