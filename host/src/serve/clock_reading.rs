//! One measurement of UTC for a service: by its sources, else by what this host knows about its own clock.

use std::time::Instant;

use jwtick_core::time::Offset;
use jwtick_core::words::Language;
use jwtick_core::{Span, TimeBounds};

use super::choice::Unverified;
use super::policy::ClockPolicy;
use crate::measurement::{Answer, ClockName, Counted, Measurement, QueryOptions, measure};
use crate::source::os::{self, Kernel};

/// How a service measures its time.
#[derive(Debug, Clone)]
pub(crate) struct ClockSettings {
    pub(crate) policy: ClockPolicy,
    /// How to ask the sources.
    pub(crate) options: QueryOptions,
}

/// What the bounds on UTC rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Measured sources.
    Sources,
    /// The report of this host's time daemon.
    Daemon,
    /// The error that a time daemon told the kernel.
    Kernel,
    /// The clock of this host, of which nothing is known.
    Host,
    /// Nothing but the age of this program.
    Nothing,
}

impl Basis {
    /// The code of logs, metrics and JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Daemon => "daemon",
            Self::Kernel => "kernel",
            Self::Host => "host",
            Self::Nothing => "none",
        }
    }
}

/// The result of a measurement.
#[derive(Debug)]
pub(super) enum Reading {
    /// UTC within bounds that held at an instant.
    Measured { basis: Basis, utc: TimeBounds, at: Instant, witnesses: usize },
    /// The clock of this host, of which nothing is known, as the user permits.
    Taken { uncertainty: Span, fault: String },
    /// Nothing, and the reason.
    Unknown(String),
}

impl Reading {
    /// Measures UTC now.
    pub(super) fn of(settings: &ClockSettings) -> Self {
        let of_host = [ClockName::Os];
        let sources = &settings.policy.sources;
        let of_host_only = sources.is_empty();
        let clocks = if of_host_only { &of_host[..] } else { sources };
        let measurement = undisturbed(clocks, &settings.options);
        let survey = measurement.survey(Span::ZERO);
        match survey.offset() {
            Some(offset) if of_host_only => measured(Basis::Daemon, &measurement, offset, 1),
            Some(offset) => measured(Basis::Sources, &measurement, offset, survey.rests_on()),
            None if of_host_only => own(settings.policy.unverified, &measurement),
            None => Self::Unknown(fault(&measurement)),
        }
    }

    /// Returns true unless there should have been another result.
    pub(super) const fn is_usual(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }
}

/// The number of further attempts if the clock of this host is stepped during one.
const RETRIES: usize = 2;

fn undisturbed(clocks: &[ClockName], options: &QueryOptions) -> Measurement {
    let once = || measure(clocks, Counted::All, options, Language::English);
    let mut measurement = once();
    for _ in 0..RETRIES {
        if measurement.local.stepped().is_none() {
            break;
        }
        measurement = once();
    }
    measurement
}

fn measured(basis: Basis, measurement: &Measurement, offset: Offset, witnesses: usize) -> Reading {
    let at = Instant::now();
    Reading::Measured { basis, utc: offset.apply(measurement.local.at(at)), at, witnesses }
}

/// What the kernel knows, if the daemon says nothing or cannot be seen, as from a container.
fn own(unverified: Unverified, measurement: &Measurement) -> Reading {
    let told = Kernel::read().filter(|kernel| kernel.synchronized);
    if let Some(error) = told.and_then(|kernel| kernel.max_error) {
        return measured(Basis::Kernel, measurement, Offset::around(Span::ZERO, error), 1);
    }
    let fault = fault(measurement);
    match unverified {
        Unverified::Taken { uncertainty } if !os::is_unset(os::reading()) => {
            Reading::Taken { uncertainty, fault }
        }
        _ => Reading::Unknown(fault),
    }
}

fn fault(measurement: &Measurement) -> String {
    let answers = &measurement.answers;
    let is_contradiction = answers.iter().any(|answer| answer.found.is_ok());
    let said: Vec<String> = match answers.as_slice() {
        [Answer { name, found: Err(fault), .. }] if name == "os" => vec![fault.to_string()],
        answers => answers.iter().map(ToString::to_string).collect(),
    };
    let said = said.join("; ");
    if is_contradiction { format!("the clocks contradict each other: {said}") } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::os::Unknown;
    use crate::source::{Kind, LocalClock};

    fn silent(name: &str) -> Measurement {
        let found = Err(Unknown::Nobody.into());
        let answer = Answer { name: name.to_owned(), kind: Kind::Os, found, aside: Vec::new() };
        Measurement { local: LocalClock::read(), answers: vec![answer], counted: Counted::All }
    }

    #[test]
    fn fault_names_each_source_but_not_this_host() {
        let sentence = Unknown::Nobody.to_string();
        assert_eq!(fault(&silent("os")), sentence);
        assert_eq!(fault(&silent("chronyd")), format!("chronyd: {sentence}"));
    }
}
