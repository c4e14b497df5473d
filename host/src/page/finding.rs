//! Findings: as JSON, and as lines under a verdict.

use core::fmt;

use anstyle::{AnsiColor, Style};
use jwtick_core::Verdict;
use jwtick_core::judge::{Finding, Rule};
use jwtick_core::time::{NumericDate, Scale};
use jwtick_core::token::Claims;
use jwtick_core::words::{self, Language, Said, sentence, word};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use super::dates::{date, notes, oddity};
use super::json::{ErrorJson, Interval};
use super::layout::padded;
use crate::output::{Text, safe};
use crate::verification::{Checked, Problem};

/// One finding, as `fixtures/schema` describes it.
#[derive(Debug, Serialize)]
pub(crate) struct FindingJson {
    rule: String,
    state: &'static str,
    enforced: bool,
    margin_s: Option<Interval>,
    hint: Option<&'static str>,
    expected: Option<Vec<String>>,
    found: Option<Box<RawValue>>,
}

/// The values of `iss`, `sub` and `aud` that the caller accepts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accepted<'a> {
    pub(crate) iss: &'a [&'a str],
    pub(crate) sub: &'a [&'a str],
    pub(crate) aud: &'a [&'a str],
}

impl Accepted<'_> {
    /// The accepted values and the one found, for a claim that is refused because of its value.
    fn refused<'c>(self, finding: &Finding, claims: &Claims<'c>) -> Option<(Vec<String>, &'c str)> {
        let named = match finding.rule() {
            Rule::Iss => self.iss,
            Rule::Sub => self.sub,
            Rule::Aud => self.aud,
            _ => return None,
        };
        let refused =
            finding.verdict() == Verdict::Reject && !matches!(finding, Finding::Missing(_));
        let name = finding.rule().claim().name();
        let (_, found) =
            claims.members().find(|(member, _)| *member == *name).filter(|_| refused)?;
        Some((named.iter().map(|&name| name.to_owned()).collect(), found.as_written()))
    }
}

impl FindingJson {
    /// Adds the values of a refused claim.
    pub(crate) fn accepting(
        self,
        accepted: Accepted<'_>,
        finding: &Finding,
        claims: &Claims<'_>,
    ) -> Self {
        let (expected, found) = accepted.refused(finding, claims).unzip();
        Self { expected, found: found.and_then(super::json::raw), ..self }
    }

    pub(crate) fn of(finding: &Finding, claims: &Claims<'_>) -> Self {
        let margin = finding.margin();
        Self {
            rule: finding.rule().to_string(),
            state: state(finding),
            enforced: !matches!(finding, Finding::Reported(_) | Finding::Unchecked(_)),
            margin_s: margin.map(|margin| Interval::between(margin.least(), margin.most())),
            hint: date(finding.rule().claim().name(), claims).and_then(hint),
            expected: None,
            found: None,
        }
    }
}

/// The state of a finding in JSON.
pub(crate) fn state(finding: &Finding) -> &'static str {
    let verdict = match finding {
        Finding::Missing(_) => return "missing",
        Finding::Unchecked(_) => return "unchecked",
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

/// `exp  expired 3 d ago`, in the colour of its verdict.
pub(crate) fn line(finding: &Finding, width: usize, language: Language) -> Text {
    let style = match finding {
        Finding::Unchecked(_) => style(Verdict::Undecided),
        _ => style(finding.verdict()),
    };
    let (name, words) = (finding.rule().to_string(), words::finding(finding, language));
    Text::from(format!("  {name:width$}  ")) + &Text::styled(style, words) + "\n"
}

/// The values of a claim that is refused because of its value, in a line of its own.
pub(crate) fn values(
    accepted: Accepted<'_>,
    finding: &Finding,
    claims: &Claims<'_>,
    language: Language,
) -> Option<String> {
    let (expected, found) = accepted.refused(finding, claims)?;
    let expected: Vec<String> =
        expected.into_iter().map(|name| Value::from(name).to_string()).collect();
    Some(instead(&safe::line(&expected.join(", ")), found, language))
}

/// What was expected, and what was found.
fn instead(expected: &str, found: &str, language: Language) -> String {
    let found = safe::line(found);
    let said = Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "expected {expected}, but found {found}",
            de: "erwartet {expected}, gefunden {found}",
            ko: "예상 값: {expected}, 실제 값: {found}",
        )
    });
    said.to_string()
}

/// A condition of the caller in the schema of the README.
#[derive(Debug, Serialize)]
pub(crate) struct ConditionJson {
    claim: String,
    state: &'static str,
    expected: Option<Box<RawValue>>,
    found: Option<Box<RawValue>>,
}

impl ConditionJson {
    pub(crate) fn of(checked: &Checked) -> Self {
        Self {
            claim: checked.claim.clone(),
            state: match (&checked.found, checked.holds) {
                (None, _) => "missing",
                (Some(_), true) => "holds",
                (Some(_), false) => "fails",
            },
            expected: super::json::raw(&checked.expected),
            found: checked.found.as_deref().and_then(super::json::raw),
        }
    }
}

/// `role  has the expected value`, and the values if it does not.
pub(crate) fn condition(checked: &Checked, width: usize, language: Language) -> Text {
    let Checked { claim, expected, found, holds } = checked;
    let style = style(if *holds { Verdict::Accept } else { Verdict::Reject });
    let words = match (found, holds) {
        (Some(_), true) => word!(language,
            en: "has the expected value",
            de: "hat den erwarteten Wert",
            ko: "예상한 값과 일치",
        ),
        (Some(_), false) => word!(language,
            en: "does not have the expected value",
            de: "hat nicht den erwarteten Wert",
            ko: "예상한 값과 불일치",
        ),
        (None, _) => word!(language,
            en: "missing, but required",
            de: "fehlt, ist aber erforderlich",
            ko: "필수 클레임 누락",
        ),
    };
    let name = padded(&safe::line(claim), width);
    let line = Text::from(format!("  {name}  ")) + &Text::styled(style, words) + "\n";
    match found.as_deref().filter(|_| !holds) {
        Some(found) => {
            let values = instead(&safe::line(expected), found, language);
            line + &format!("  {:width$}  {values}\n", "")
        }
        None => line,
    }
}

/// The colour of a verdict.
pub(crate) const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Accept => AnsiColor::Green.on_default(),
        Verdict::Reject => AnsiColor::Red.on_default(),
        Verdict::Undecided => AnsiColor::Yellow.on_default(),
    }
}

/// Label of the state of a signature.
pub(crate) const fn signature(language: Language) -> &'static str {
    word!(language, en: "Signature", de: "Signatur", ko: "서명")
}

/// Label of the reason for a refusal.
pub(crate) const fn reason(language: Language) -> &'static str {
    word!(language, en: "Reason", de: "Grund", ko: "사유")
}

/// Label of a note.
pub(crate) const fn note(language: Language) -> &'static str {
    word!(language, en: "Note", de: "Hinweis", ko: "참고")
}

/// State of a signature that was not checked.
pub(crate) const fn unchecked(language: Language) -> &'static str {
    word!(language, en: "not checked", de: "nicht geprüft", ko: "확인하지 않음")
}

/// The error for a token that is refused, for `inspect` and `verify`.
pub(crate) fn problem(problem: &Problem) -> ErrorJson {
    let (expected, found) = problem.values().unzip();
    let (code, message) = (problem.code(), problem.to_string());
    ErrorJson { code, message, expected, found: found.flatten() }
}
