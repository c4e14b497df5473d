//! Findings: as JSON, and as lines under a verdict.

use anstyle::{AnsiColor, Style};
use jwtick_core::render::{self, Language};
use jwtick_core::{Claims, Finding, NumericDate, Scale, Verdict};
use serde::Serialize;

use super::json::Interval;
use super::words;

/// One finding, in the schema of the README.
#[derive(Debug, Serialize)]
pub(crate) struct FindingJson {
    rule: String,
    state: &'static str,
    enforced: bool,
    margin_s: Option<Interval>,
    hint: Option<&'static str>,
}

impl FindingJson {
    pub(crate) fn of(finding: &Finding, claims: &Claims<'_>) -> Self {
        let margin = finding.margin();
        Self {
            rule: finding.rule().to_string(),
            state: state(finding),
            enforced: !matches!(finding, Finding::Reported(_)),
            margin_s: margin.map(|margin| Interval::between(margin.least(), margin.most())),
            hint: date(finding.rule().claim().name(), claims).and_then(hint),
        }
    }
}

fn state(finding: &Finding) -> &'static str {
    let verdict = match finding {
        Finding::Missing(_) => return "missing",
        Finding::Measured(margin) | Finding::Reported(margin) => margin.verdict(),
        other => other.verdict(),
    };
    match verdict {
        Verdict::Accept => "holds",
        Verdict::Reject => "fails",
        Verdict::Undecided => "undecided",
    }
}

const fn hint(date: NumericDate) -> Option<&'static str> {
    match date.scale() {
        Scale::Milliseconds(_) => Some("milliseconds"),
        Scale::Implausible => Some("implausible"),
        _ => None,
    }
}

/// The date that a claim states.
pub(crate) fn date(name: &str, claims: &Claims<'_>) -> Option<NumericDate> {
    match name {
        "exp" => claims.exp,
        "nbf" => claims.nbf,
        "iat" => claims.iat,
        _ => None,
    }
}

/// `exp  expired 3 d ago`, coloured by what it means.
pub(crate) fn line(finding: &Finding, width: usize, language: Language) -> String {
    let style = style(finding.verdict());
    let (name, words) = (finding.rule().to_string(), render::finding(finding, language));
    format!("  {name:width$}  {style}{words}{style:#}\n")
}

/// Notes on dates that look wrong.
pub(crate) fn notes(claims: &Claims<'_>, language: Language) -> Vec<String> {
    ["iat", "nbf", "exp"]
        .into_iter()
        .filter_map(|name| words::oddity(name, date(name, claims)?, language))
        .collect()
}

/// The colour of a verdict.
pub(crate) const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Accept => AnsiColor::Green.on_default(),
        Verdict::Reject => AnsiColor::Red.on_default(),
        Verdict::Undecided => AnsiColor::Yellow.on_default(),
    }
}
