//! Verdicts and findings, with how much time is left or has passed.

use core::fmt;

use super::duration::{duration, rounded, rounded_up};
use super::language::Language;
use super::language::Phrase;
use super::said::Said;
use crate::judge::Finding;
use crate::judge::Margin;
use crate::judge::Rule;
use crate::judge::Verdict;
use crate::time::Span;

/// The verdict as a sentence about the token.
///
/// # Example
/// ```
/// use jwtick_core::Verdict;
/// use jwtick_core::words::{Language, verdict};
/// assert_eq!(verdict(Verdict::Accept, Language::German).to_string(), "Das Token wird angenommen.");
/// ```
#[must_use]
pub fn verdict(verdict: Verdict, language: Language) -> impl fmt::Display {
    match verdict {
        Verdict::Accept => Phrase {
            en: "The token is accepted.",
            de: "Das Token wird angenommen.",
            ko: "토큰을 수락합니다.",
        },
        Verdict::Reject => Phrase {
            en: "The token is rejected.",
            de: "Das Token wird abgelehnt.",
            ko: "토큰을 거부합니다.",
        },
        Verdict::Undecided => Phrase {
            en: "Undecided: the clock is not known well enough to accept or to reject the token.",
            de: "Unentschieden: Die Uhr ist nicht genau genug bekannt, um das Token anzunehmen oder abzulehnen.",
            ko: "판정할 수 없습니다. 토큰을 수락하거나 거부하기에는 시계의 정확도가 부족합니다.",
        },
    }
    .said_in(language)
}

/// What one rule came to, without the name of the rule: `expired 3 d ago`.
///
/// # Example
/// ```
/// use jwtick_core::judge::{Finding, Rule};
/// use jwtick_core::words::{Language, finding};
/// let said = finding(&Finding::Missing(Rule::Exp), Language::English).to_string();
/// assert_eq!(said, "missing, but required");
/// ```
#[must_use]
pub fn finding(finding: &Finding, language: Language) -> impl fmt::Display {
    let finding = *finding;
    Said(move |f: &mut fmt::Formatter<'_>| match finding {
        Finding::Measured(margin) => margin_words(margin, language, f),
        Finding::Reported(margin) => {
            margin_words(margin, language, f)?;
            f.write_str(REPORTED.said_in(language))
        }
        Finding::Matched(rule) => f.write_str(matched(rule).said_in(language)),
        Finding::Mismatched(rule) => f.write_str(mismatched(rule).said_in(language)),
        Finding::Missing(_) => f.write_str(MISSING.said_in(language)),
    })
}

const REPORTED: Phrase =
    Phrase { en: " (not enforced)", de: " (nicht erzwungen)", ko: " (강제하지 않음)" };

const MISSING: Phrase = Phrase {
    en: "missing, but required",
    de: "fehlt, ist aber erforderlich",
    ko: "필수 클레임 누락",
};

const fn matched(rule: Rule) -> Phrase {
    match rule {
        Rule::Iss => Phrase {
            en: "is one of the trusted issuers",
            de: "gehört zu den vertrauten Ausstellern",
            ko: "신뢰하는 발급자",
        },
        Rule::Aud => Phrase {
            en: "names the expected audience",
            de: "nennt den erwarteten Empfänger",
            ko: "예상한 대상과 일치",
        },
        _ => Phrase { en: "present", de: "vorhanden", ko: "있음" },
    }
}

const fn mismatched(rule: Rule) -> Phrase {
    match rule {
        Rule::Iss => Phrase {
            en: "is not one of the trusted issuers",
            de: "gehört nicht zu den vertrauten Ausstellern",
            ko: "신뢰하지 않는 발급자",
        },
        Rule::Aud => Phrase {
            en: "does not name the expected audience",
            de: "nennt den erwarteten Empfänger nicht",
            ko: "예상한 대상과 불일치",
        },
        _ => Phrase {
            en: "has no allowed value",
            de: "hat keinen zulässigen Wert",
            ko: "허용되지 않는 값",
        },
    }
}

fn margin_words(margin: Margin, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (margin.verdict(), margin.without_leeway().verdict()) {
        (Verdict::Accept, Verdict::Accept) => held(margin.without_leeway(), language, f),
        (Verdict::Accept, Verdict::Reject) => {
            failed(margin.without_leeway(), language, f)?;
            leeway(margin.leeway(), WITHIN, language, f)
        }
        (Verdict::Accept, Verdict::Undecided) => {
            between(margin.without_leeway(), language, f)?;
            leeway(margin.leeway(), WITHIN, language, f)
        }
        (Verdict::Reject, _) => {
            failed(margin.without_leeway(), language, f)?;
            leeway(margin.leeway(), BEYOND, language, f)
        }
        (Verdict::Undecided, _) => {
            f.write_str(UNDECIDED.said_in(language))?;
            between(margin, language, f)?;
            leeway(margin.leeway(), INCLUDED, language, f)
        }
    }
}

fn held(margin: Margin, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let room = range(margin.least(), margin.most(), language);
    Edge::of(margin.rule()).held(room, language, f)
}

fn failed(margin: Margin, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let excess = range(-margin.most(), -margin.least(), language);
    Edge::of(margin.rule()).failed(excess, language, f)
}

const UNDECIDED: Phrase =
    Phrase { en: "undecided: ", de: "unentschieden: ", ko: "판정 불가: " };

const WITHIN: Phrase =
    Phrase { en: ", within the leeway", de: ", innerhalb der Toleranz", ko: "이내" };
const BEYOND: Phrase =
    Phrase { en: ", beyond the leeway", de: ", außerhalb der Toleranz", ko: "초과" };
const INCLUDED: Phrase =
    Phrase { en: ", counting the leeway", de: ", gerechnet mit der Toleranz", ko: "포함" };

/// `, within the leeway (30 s)`; nothing where there is none.
fn leeway(
    leeway: Span,
    role: Phrase,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if leeway == Span::ZERO {
        return Ok(());
    }
    let (role, length) = (role.said_in(language), duration(leeway, language));
    match language {
        Language::English | Language::German => write!(f, "{role} ({length})"),
        Language::Korean => write!(f, ", 허용 오차({length}) {role}"),
    }
}

/// Which side of an instant is good.
#[derive(Debug, Clone, Copy)]
enum Edge {
    /// Before it: `exp`.
    End,
    /// After it: `nbf`.
    Start,
    /// After it: `iat`.
    Issue,
    /// Before it: `iat` and the greatest age.
    Age,
    /// After it: `exp` less the longest lifetime.
    Life,
}

impl Edge {
    const fn of(rule: Rule) -> Self {
        match rule {
            Rule::Nbf => Self::Start,
            Rule::Iat => Self::Issue,
            Rule::MaxAge => Self::Age,
            Rule::Lifetime => Self::Life,
            // The others have no date, so no margin is made of them.
            Rule::Exp | Rule::Iss | Rule::Sub | Rule::Aud | Rule::Jti => Self::End,
        }
    }

    fn held(
        self,
        room: impl fmt::Display,
        language: Language,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match (self, language) {
            (Self::End, Language::English) => write!(f, "still valid for {room}"),
            (Self::End, Language::German) => write!(f, "noch {room} gültig"),
            (Self::End, Language::Korean) => write!(f, "유효(남은 시간: {room})"),
            (Self::Start, Language::English) => write!(f, "began {room} ago"),
            (Self::Start, Language::German) => write!(f, "seit {room} gültig"),
            (Self::Start, Language::Korean) => write!(f, "유효(시작 후 경과: {room})"),
            (Self::Issue, Language::English) => write!(f, "issued {room} ago"),
            (Self::Issue, Language::German) => write!(f, "vor {room} ausgestellt"),
            (Self::Issue, Language::Korean) => write!(f, "발급 후 경과: {room}"),
            (Self::Age, Language::English) => write!(f, "young enough for another {room}"),
            (Self::Age, Language::German) => write!(f, "noch {room} lang jung genug"),
            (Self::Age, Language::Korean) => write!(f, "최대 수명 이내(남은 시간: {room})"),
            (Self::Life, Language::English) => write!(f, "ends {room} before it has to"),
            (Self::Life, Language::German) => write!(f, "endet {room} früher als nötig"),
            (Self::Life, Language::Korean) => write!(f, "허용된 만료 시한 이내(여유: {room})"),
        }
    }

    fn failed(
        self,
        excess: impl fmt::Display,
        language: Language,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match (self, language) {
            (Self::End, Language::English) => write!(f, "expired {excess} ago"),
            (Self::End, Language::German) => write!(f, "vor {excess} abgelaufen"),
            (Self::End, Language::Korean) => write!(f, "만료됨(경과 시간: {excess})"),
            (Self::Start, Language::English) => write!(f, "not valid for another {excess}"),
            (Self::Start, Language::German) => write!(f, "erst in {excess} gültig"),
            (Self::Start, Language::Korean) => write!(f, "아직 유효하지 않음(남은 시간: {excess})"),
            (Self::Issue, Language::English) => write!(f, "issued {excess} in the future"),
            (Self::Issue, Language::German) => write!(f, "{excess} in der Zukunft ausgestellt"),
            (Self::Issue, Language::Korean) => write!(f, "발급 시각이 미래({excess} 후)"),
            (Self::Age, Language::English) => write!(f, "older than allowed by {excess}"),
            (Self::Age, Language::German) => write!(f, "um {excess} zu alt"),
            (Self::Age, Language::Korean) => write!(f, "최대 수명 초과({excess})"),
            (Self::Life, Language::English) => write!(f, "ends {excess} later than allowed"),
            (Self::Life, Language::German) => write!(f, "endet {excess} später als erlaubt"),
            (Self::Life, Language::Korean) => write!(f, "허용된 만료 시한 초과({excess})"),
        }
    }
}

// Either side of the edge may hold, so both ends are said, each as far as it is known.
fn between(margin: Margin, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let inside = up_to(margin.most(), language);
    let outside = up_to(-margin.least(), language);
    match language {
        Language::English => write!(f, "inside the limit by {inside}, or outside by {outside}"),
        Language::German => {
            write!(f, "um {inside} innerhalb der Grenze oder um {outside} außerhalb")
        }
        Language::Korean => write!(f, "한도 이내({inside}) 또는 한도 초과({outside})"),
    }
}

fn up_to(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        if span == Span::MAX {
            let open =
                Phrase {
                    en: "an unknown amount", de: "einen unbekannten Betrag", ko: "크기 미상"
                };
            return f.write_str(open.said_in(language));
        }
        let most = rounded_up(span, language);
        match language {
            Language::English => write!(f, "at most {most}"),
            Language::German => write!(f, "höchstens {most}"),
            Language::Korean => write!(f, "최대 {most}"),
        }
    })
}

/// `4 min`, `4 min to 5 min`, `at least 4 min`.
fn range(least: Span, most: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let low = rounded(least, language);
        if least == most {
            return write!(f, "{low}");
        }
        let high = rounded_up(most, language);
        match (language, most == Span::MAX) {
            (Language::English, false) => write!(f, "{low} to {high}"),
            (Language::English, true) => write!(f, "at least {low}"),
            (Language::German, false) => write!(f, "{low} bis {high}"),
            (Language::German, true) => write!(f, "mindestens {low}"),
            (Language::Korean, false) => write!(f, "{low}~{high}"),
            (Language::Korean, true) => write!(f, "최소 {low}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};

    use super::*;
    use crate::judge::Policy;
    use crate::time::{NumericDate, TimeBounds, UnixTime};
    use crate::token::Claims;

    const fn at(secs: i64) -> UnixTime {
        UnixTime::from_secs(secs)
    }

    fn bounds(earliest: i64, latest: i64) -> TimeBounds {
        TimeBounds::between(at(earliest), at(latest)).unwrap()
    }

    /// A rule, the bounds on UTC, and what is said in English, German and Korean.
    type Row = (Rule, (i64, i64), &'static str, &'static str, &'static str);

    // exp 1,000, nbf and iat 500, judged at most 200 s after iat.
    const ROWS: &[Row] = &[
        (
            Rule::Exp,
            (700, 700),
            "still valid for 5 min",
            "noch 5 min gültig",
            "유효(남은 시간: 5분)",
        ),
        (
            Rule::Exp,
            (700, 710),
            "still valid for 4 min 50 s to 5 min",
            "noch 4 min 50 s bis 5 min gültig",
            "유효(남은 시간: 4분 50초~5분)",
        ),
        (
            Rule::Exp,
            (1_000, 1_000),
            "expired 0 s ago",
            "vor 0 s abgelaufen",
            "만료됨(경과 시간: 0초)",
        ),
        (
            Rule::Exp,
            (1_010, 1_060),
            "expired 10 s to 1 min ago",
            "vor 10 s bis 1 min abgelaufen",
            "만료됨(경과 시간: 10초~1분)",
        ),
        (
            Rule::Exp,
            (990, 1_060),
            "undecided: inside the limit by at most 10 s, or outside by at most 1 min",
            "unentschieden: um höchstens 10 s innerhalb der Grenze oder um höchstens 1 min außerhalb",
            "판정 불가: 한도 이내(최대 10초) 또는 한도 초과(최대 1분)",
        ),
        (
            Rule::Nbf,
            (440, 440),
            "not valid for another 1 min",
            "erst in 1 min gültig",
            "아직 유효하지 않음(남은 시간: 1분)",
        ),
        (Rule::Nbf, (560, 560), "began 1 min ago", "seit 1 min gültig", "유효(시작 후 경과: 1분)"),
        (
            Rule::Iat,
            (440, 440),
            "issued 1 min in the future (not enforced)",
            "1 min in der Zukunft ausgestellt (nicht erzwungen)",
            "발급 시각이 미래(1분 후) (강제하지 않음)",
        ),
        (
            Rule::Iat,
            (560, 560),
            "issued 1 min ago (not enforced)",
            "vor 1 min ausgestellt (nicht erzwungen)",
            "발급 후 경과: 1분 (강제하지 않음)",
        ),
        (
            Rule::MaxAge,
            (705, 705),
            "older than allowed by 5 s",
            "um 5 s zu alt",
            "최대 수명 초과(5초)",
        ),
        (
            Rule::MaxAge,
            (695, 695),
            "young enough for another 5 s",
            "noch 5 s lang jung genug",
            "최대 수명 이내(남은 시간: 5초)",
        ),
        (
            Rule::Lifetime,
            (695, 695),
            "ends 5 s later than allowed",
            "endet 5 s später als erlaubt",
            "허용된 만료 시한 초과(5초)",
        ),
        (
            Rule::Lifetime,
            (705, 705),
            "ends 5 s before it has to",
            "endet 5 s früher als nötig",
            "허용된 만료 시한 이내(여유: 5초)",
        ),
    ];

    fn said(rule: Rule, utc: TimeBounds, language: Language) -> String {
        let policy = Policy::RFC7519
            .with_max_age(Span::from_secs(200))
            .with_max_lifetime(Span::from_secs(300));
        said_by(&policy, rule, utc, language)
    }

    fn said_by(policy: &Policy<'_>, rule: Rule, utc: TimeBounds, language: Language) -> String {
        let date = |secs| Some(NumericDate::from(at(secs)));
        let mut claims = Claims::EMPTY;
        (claims.exp, claims.nbf, claims.iat) = (date(1_000), date(500), date(500));
        let findings = policy.findings_of_unverified(&claims, utc);
        let found = findings.iter().find(|found| found.rule() == rule).unwrap();
        finding(found, language).to_string()
    }

    #[test]
    fn findings_say_how_much() {
        for &(rule, (earliest, latest), english, german, korean) in ROWS {
            let utc = bounds(earliest, latest);
            assert_eq!(said(rule, utc, Language::English), english);
            assert_eq!(said(rule, utc, Language::German), german, "{english}");
            assert_eq!(said(rule, utc, Language::Korean), korean, "{english}");
        }
    }

    // The claim's own time is said, and then what the leeway of 30 s does about it.
    const WITH_LEEWAY: &[Row] = &[
        (
            Rule::Exp,
            (700, 700),
            "still valid for 5 min",
            "noch 5 min gültig",
            "유효(남은 시간: 5분)",
        ),
        (
            Rule::Exp,
            (1_010, 1_010),
            "expired 10 s ago, within the leeway (30 s)",
            "vor 10 s abgelaufen, innerhalb der Toleranz (30 s)",
            "만료됨(경과 시간: 10초), 허용 오차(30초) 이내",
        ),
        (
            Rule::Exp,
            (990, 1_010),
            "inside the limit by at most 10 s, or outside by at most 10 s, within the leeway (30 s)",
            "um höchstens 10 s innerhalb der Grenze oder um höchstens 10 s außerhalb, innerhalb der Toleranz (30 s)",
            "한도 이내(최대 10초) 또는 한도 초과(최대 10초), 허용 오차(30초) 이내",
        ),
        (
            Rule::Exp,
            (1_040, 1_040),
            "expired 40 s ago, beyond the leeway (30 s)",
            "vor 40 s abgelaufen, außerhalb der Toleranz (30 s)",
            "만료됨(경과 시간: 40초), 허용 오차(30초) 초과",
        ),
        (
            Rule::Exp,
            (1_020, 1_040),
            "undecided: inside the limit by at most 10 s, or outside by at most 10 s, counting the leeway (30 s)",
            "unentschieden: um höchstens 10 s innerhalb der Grenze oder um höchstens 10 s außerhalb, gerechnet mit der Toleranz (30 s)",
            "판정 불가: 한도 이내(최대 10초) 또는 한도 초과(최대 10초), 허용 오차(30초) 포함",
        ),
        (
            Rule::Nbf,
            (490, 490),
            "not valid for another 10 s, within the leeway (30 s)",
            "erst in 10 s gültig, innerhalb der Toleranz (30 s)",
            "아직 유효하지 않음(남은 시간: 10초), 허용 오차(30초) 이내",
        ),
        (
            Rule::Iat,
            (920, 920),
            "issued 7 min ago (not enforced)",
            "vor 7 min ausgestellt (nicht erzwungen)",
            "발급 후 경과: 7분 (강제하지 않음)",
        ),
    ];

    #[test]
    fn leeway_is_told_apart_from_time() {
        for &(rule, (earliest, latest), english, german, korean) in WITH_LEEWAY {
            let said = |language| {
                let policy = Policy::RFC7519.with_leeway(Span::from_secs(30));
                said_by(&policy, rule, bounds(earliest, latest), language)
            };
            assert_eq!(said(Language::English), english);
            assert_eq!(said(Language::German), german, "{english}");
            assert_eq!(said(Language::Korean), korean, "{english}");
        }
    }

    #[test]
    fn an_open_clock_says_so() {
        let since = |secs| TimeBounds::since(at(secs));
        assert_eq!(said(Rule::Exp, since(1_060), Language::English), "expired at least 1 min ago");
        let open = "undecided: inside the limit by at most 1 min, or outside by an unknown amount";
        assert_eq!(said(Rule::Exp, since(940), Language::English), open);
    }

    /// A rule, and what is said where it fits, and where it does not.
    const NAMES: &[(Rule, &str, &str)] = &[
        (Rule::Iss, "is one of the trusted issuers", "is not one of the trusted issuers"),
        (Rule::Aud, "names the expected audience", "does not name the expected audience"),
        (Rule::Sub, "present", "has no allowed value"),
        (Rule::Jti, "present", "has no allowed value"),
    ];

    #[test]
    fn names_are_told_apart_by_what_they_are_for() {
        for &(rule, fits, differs) in NAMES {
            let said = |found| finding(&found, Language::English).to_string();
            assert_eq!(said(Finding::Matched(rule)), fits, "{rule}");
            assert_eq!(said(Finding::Mismatched(rule)), differs, "{rule}");
            assert_eq!(said(Finding::Missing(rule)), "missing, but required", "{rule}");
        }
    }

    #[test]
    fn findings_without_a_date_are_words() {
        for rule in Rule::ALL {
            for found in [Finding::Matched(rule), Finding::Mismatched(rule), Finding::Missing(rule)]
            {
                for &language in Language::ALL {
                    assert!(!finding(&found, language).to_string().is_empty(), "{found:?}");
                }
            }
        }
    }
}
