//! The answer as a Nagios plugin prints it, following the Monitoring Plugins guidelines.
//!
//! Plugin output is English and uses a decimal point in every locale.

use jwtick_core::Span;
use jwtick_core::survey::ClockVerdict;
use jwtick_core::time::Offset;
use jwtick_core::words::Language;

use crate::commands::clock::plan::Surveyed;
use crate::exit::Exit;
use crate::notation::duration::decimal;
use crate::output::safe;

/// The states of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Ok,
    Warning,
    Critical,
    Unknown,
}

impl State {
    /// The state for the limits `warn` and `crit`. An interval that straddles a limit does not prove
    /// that the limit is exceeded; the state is then the worst proven one, else unknown.
    pub(crate) fn of(surveyed: &Surveyed, warn: Offset, crit: Offset) -> Self {
        let against = |limit| surveyed.survey.allowing(limit).verdict();
        match (against(crit), against(warn)) {
            (ClockVerdict::Wrong(_), _) => Self::Critical,
            (_, ClockVerdict::Wrong(_)) => Self::Warning,
            (_, ClockVerdict::Right) => Self::Ok,
            (_, ClockVerdict::Undecided(_)) => Self::Unknown,
        }
    }

    /// The exit code of a plugin.
    pub(crate) const fn exit(self) -> Exit {
        match self {
            Self::Ok => Exit::Done,
            Self::Warning => Exit::PluginWarning,
            Self::Critical => Exit::PluginCritical,
            Self::Unknown => Exit::PluginUnknown,
        }
    }

    /// The name of the state in the guidelines.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// The one line that a plugin prints: `JWTICK OK - …|offset=…`.
pub(crate) fn nagios(surveyed: &Surveyed, warn: Offset, crit: Offset) -> String {
    let survey = surveyed.survey.allowing(warn);
    let state = State::of(surveyed, warn, crit).word();
    let said = match cause(surveyed) {
        Some(cause) => format!("No source gave the time: {cause}"),
        None => super::verdict(survey, surveyed.unset(), Language::English),
    };
    // A vertical bar would start the performance data (guidelines, "Performance data").
    let said = said.replace('|', "/");
    let numbers = survey.offset().map(|offset| numbers(surveyed, offset, warn, crit));
    match numbers {
        Some(numbers) => format!("JWTICK {state} - {said}|{numbers}\n"),
        None => format!("JWTICK {state} - {said}\n"),
    }
}

/// The first reason why nothing was measured, which is all that a list of services has room for.
fn cause(surveyed: &Surveyed) -> Option<String> {
    if surveyed.measurement.heard_anybody() {
        return None;
    }
    let first = surveyed.measurement.answers.first()?;
    Some(safe::line(&first.to_string()))
}

// 'label'=value[UOM];[warn];[crit];[min];[max]. Limits are written as inclusive ranges: a single
// number would mean 0 to that number, so every clock that is ahead would be out of range.
fn numbers(surveyed: &Surveyed, offset: Offset, warn: Offset, crit: Offset) -> String {
    let range = |limits: Offset| format!("{}:{}", decimal(limits.least()), decimal(limits.most()));
    let limits = format!("{};{}", range(warn), range(crit));
    let ends = [
        ("offset", middle(offset)),
        ("offset_least", offset.least()),
        ("offset_most", offset.most()),
    ];
    let ends = ends.into_iter().filter(|&(_, end)| end != Span::MIN && end != Span::MAX);
    let mut numbers: Vec<String> =
        ends.map(|(label, end)| format!("{label}={}s;{limits}", decimal(end))).collect();
    let (agree, all) = (surveyed.survey.rests_on(), surveyed.survey.measured());
    numbers.push(format!("agreeing={agree};;;0;{all}"));
    numbers.join(" ")
}

fn middle(offset: Offset) -> Span {
    if offset.least() == Span::MIN || offset.most() == Span::MAX {
        return Span::MAX; // an open interval has no width
    }
    let half = (offset.most() - offset.least()).as_micros() / 2;
    offset.least() + Span::from_micros(half)
}
