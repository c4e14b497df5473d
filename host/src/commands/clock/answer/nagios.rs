//! For Nagios and its relatives: the output of a plugin, by the Monitoring Plugins guidelines.
//!
//! Plugins speak English and write numbers with a point, whatever the locale.

use jwtick_core::Span;
use jwtick_core::survey::ClockVerdict;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};

use crate::commands::clock::surveyed::Surveyed;
use crate::exit::Exit;
use crate::notation::duration::decimal;

/// The states of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Ok,
    Warning,
    Critical,
    Unknown,
}

impl State {
    /// The state where `warn` and `crit` are the limits. A limit that an interval reaches over
    /// proves nothing; the state is then the worst that is proved, else unknown.
    pub(crate) fn of(surveyed: &Surveyed, warn: Span, crit: Span) -> Self {
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

    /// The word of the guidelines.
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
pub(crate) fn nagios(surveyed: &Surveyed, warn: Span, crit: Span) -> String {
    let survey = surveyed.survey.allowing(warn);
    let state = State::of(surveyed, warn, crit).word();
    // A bar would start the numbers (guidelines, "Performance data").
    let said = words::survey(survey, Language::English).to_string().replace('|', "/");
    let numbers = survey.offset().map(|offset| numbers(surveyed, offset, warn, crit));
    match numbers {
        Some(numbers) => format!("JWTICK {state} - {said}|{numbers}\n"),
        None => format!("JWTICK {state} - {said}\n"),
    }
}

// 'label'=value[UOM];[warn];[crit];[min];[max]. A limit is a range that includes its ends: a single
// number would mean 0 to that number, and no clock may then be ahead.
fn numbers(surveyed: &Surveyed, offset: Offset, warn: Span, crit: Span) -> String {
    let range = |limit: Span| format!("-{limit}:{limit}", limit = decimal(limit));
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
        return Span::MAX; // an open interval has none
    }
    let half = (offset.most() - offset.least()).as_micros() / 2;
    offset.least() + Span::from_micros(half)
}
