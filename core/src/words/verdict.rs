//! Verdicts and findings, with the time that is left or has passed.

use core::fmt;

use super::duration::{duration, rounded, rounded_up};
use super::language::Language;
use super::offset::at_least;
use super::sentence::{Said, sentence, sentences};
use crate::judge::{Finding, Margin, Rule, Verdict};
use crate::time::Span;

sentences! {
    /// The verdict, as a sentence.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Verdict;
    /// use jwtick_core::words::{Language, verdict};
    /// assert_eq!(
    ///     verdict(Verdict::Accept, Language::English).to_string(),
    ///     "The token is accepted."
    /// );
    /// ```
    pub fn verdict(verdict: Verdict, language, f) {
        Verdict::Accept => [
            en: "The token is accepted.",
            de: "Das Token wird angenommen.",
            ko: "토큰을 수락합니다.",
        ]
        Verdict::Reject => [
            en: "The token is rejected.",
            de: "Das Token wird abgelehnt.",
            ko: "토큰을 거부합니다.",
        ]
        Verdict::Undecided => [
            en: "Undecided: the clock is not known well enough to accept or reject the token.",
            de: "Nicht feststellbar: Die Uhr ist nicht genau genug bekannt, um das Token anzunehmen oder abzulehnen.",
            ko: "판정할 수 없습니다. 토큰을 수락하거나 거부하기에는 시계의 정확도가 부족합니다.",
        ]
    }

    /// The result of one rule, without the name of the rule: `expired 3 d ago`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::judge::{Finding, Rule};
    /// use jwtick_core::words::{Language, finding};
    /// let said = finding(&Finding::Missing(Rule::Exp), Language::English).to_string();
    /// assert_eq!(said, "missing, but required");
    /// ```
    pub fn finding(finding: &Finding, language, f) {
        Finding::Measured(margin) => { write!(f, "{}", measured(*margin, language)) }
        Finding::Reported(margin) => {
            let margin = measured(*margin, language);
            sentence!(f, language,
                en: "{margin} (not enforced)",
                de: "{margin} (nicht erzwungen)",
                ko: "{margin} (강제하지 않음)",
            )
        }
        Finding::Matched(Rule::Iss) => [
            en: "is one of the trusted issuers",
            de: "gehört zu den vertrauenswürdigen Ausstellern",
            ko: "신뢰하는 발급자",
        ]
        Finding::Matched(Rule::Aud) => [
            en: "names the expected audience",
            de: "nennt den erwarteten Empfänger",
            ko: "예상한 대상과 일치",
        ]
        Finding::Matched(_) => [en: "present", de: "vorhanden", ko: "있음"]
        Finding::Mismatched(Rule::Iss) => [
            en: "is not one of the trusted issuers",
            de: "gehört nicht zu den vertrauenswürdigen Ausstellern",
            ko: "신뢰하지 않는 발급자",
        ]
        Finding::Mismatched(Rule::Aud) => [
            en: "does not name the expected audience",
            de: "nennt den erwarteten Empfänger nicht",
            ko: "예상한 대상과 불일치",
        ]
        Finding::Mismatched(_) => [
            en: "has a value that is not allowed",
            de: "hat keinen zulässigen Wert",
            ko: "허용되지 않는 값",
        ]
        Finding::Missing(Rule::MaxAge) => [
            en: "`iat` is missing, but the maximum age needs it",
            de: "`iat` fehlt, ist aber für das Höchstalter erforderlich",
            ko: "최대 수명에 필요한 `iat` 클레임 누락",
        ]
        Finding::Missing(_) => [
            en: "missing, but required", de: "fehlt, ist aber erforderlich", ko: "필수 클레임 누락"]
        Finding::Unchecked(_) => [
            en: "missing, so the token never expires",
            de: "fehlt; das Token läuft also nie ab",
            ko: "클레임이 없어 토큰이 만료되지 않음",
        ]
    }
}

fn measured(margin: Margin, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let alone = margin.without_leeway();
        match (margin.verdict(), alone.verdict()) {
            (Verdict::Accept, Verdict::Accept) => write!(f, "{}", held(alone, language)),
            (Verdict::Accept, Verdict::Reject) => {
                write!(f, "{}{}", failed(alone, language), within(margin.leeway(), language))
            }
            (Verdict::Accept, Verdict::Undecided) => {
                write!(f, "{}{}", either(alone, language), within(margin.leeway(), language))
            }
            (Verdict::Reject, _) => {
                write!(f, "{}{}", failed(alone, language), beyond(margin.leeway(), language))
            }
            (Verdict::Undecided, _) => {
                let (either, leeway) =
                    (either(margin, language), counting(margin.leeway(), language));
                sentence!(f, language,
                    en: "undecided: {either}{leeway}",
                    de: "nicht feststellbar: {either}{leeway}",
                    ko: "판정 불가: {either}{leeway}",
                )
            }
        }
    })
}

sentences! {
    fn within(leeway: Span, language, f) {
        Span::ZERO => { Ok(()) }
        leeway => {
            let leeway = duration(leeway, language);
            sentence!(f, language,
                en: ", within the leeway ({leeway})",
                de: ", innerhalb der Toleranz ({leeway})",
                ko: ", 허용 오차({leeway}) 이내",
            )
        }
    }

    fn beyond(leeway: Span, language, f) {
        Span::ZERO => { Ok(()) }
        leeway => {
            let leeway = duration(leeway, language);
            sentence!(f, language,
                en: ", beyond the leeway ({leeway})",
                de: ", außerhalb der Toleranz ({leeway})",
                ko: ", 허용 오차({leeway}) 초과",
            )
        }
    }

    fn counting(leeway: Span, language, f) {
        Span::ZERO => { Ok(()) }
        leeway => {
            let leeway = duration(leeway, language);
            sentence!(f, language,
                en: ", counting the leeway ({leeway})",
                de: ", gerechnet mit der Toleranz ({leeway})",
                ko: ", 허용 오차({leeway}) 포함",
            )
        }
    }
}

/// The side of an instant on which a token is valid.
#[derive(Debug, Clone, Copy)]
enum Edge {
    /// Before it: `exp`.
    End,
    /// After it: `nbf`.
    Start,
    /// After it: `iat`.
    Issue,
    /// Before it: `iat` plus the maximum age.
    Age,
    /// After it: `exp` minus the longest lifetime.
    Life,
}

impl Edge {
    const fn of(rule: Rule) -> Self {
        match rule {
            Rule::Nbf => Self::Start,
            Rule::Iat => Self::Issue,
            Rule::MaxAge => Self::Age,
            Rule::Lifetime => Self::Life,
            // The other rules concern no instant, so they have no margin.
            Rule::Exp | Rule::Iss | Rule::Sub | Rule::Aud | Rule::Jti => Self::End,
        }
    }
}

fn held(margin: Margin, language: Language) -> impl fmt::Display {
    let room = range(margin.least(), margin.most(), language);
    Said(move |f: &mut fmt::Formatter<'_>| match Edge::of(margin.rule()) {
        Edge::End => sentence!(f, language,
            en: "still valid for {room}", de: "noch {room} gültig", ko: "유효(남은 시간: {room})"),
        Edge::Start => sentence!(f, language,
            en: "became valid {room} ago", de: "seit {room} gültig", ko: "유효(시작 후 경과: {room})"),
        Edge::Issue => sentence!(f, language,
            en: "issued {room} ago", de: "vor {room} ausgestellt", ko: "발급 후 경과: {room}"),
        Edge::Age => sentence!(f, language,
            en: "within its maximum age for another {room}",
            de: "noch {room} unter dem Höchstalter",
            ko: "최대 수명 이내(남은 시간: {room})",
        ),
        Edge::Life => sentence!(f, language,
            en: "ends {room} before the latest allowed end",
            de: "endet {room} vor dem spätesten zulässigen Ende",
            ko: "허용된 만료 시한 이내(여유: {room})",
        ),
    })
}

fn failed(margin: Margin, language: Language) -> impl fmt::Display {
    let excess = range(-margin.most(), -margin.least(), language);
    Said(move |f: &mut fmt::Formatter<'_>| match Edge::of(margin.rule()) {
        Edge::End => sentence!(f, language,
            en: "expired {excess} ago", de: "vor {excess} abgelaufen", ko: "만료됨(경과 시간: {excess})"),
        Edge::Start => sentence!(f, language,
            en: "not valid for another {excess}",
            de: "erst in {excess} gültig",
            ko: "아직 유효하지 않음(남은 시간: {excess})",
        ),
        Edge::Issue => sentence!(f, language,
            en: "issued {excess} in the future",
            de: "{excess} in der Zukunft ausgestellt",
            ko: "발급 시각이 미래({excess} 후)",
        ),
        Edge::Age => sentence!(f, language,
            en: "exceeds its maximum age by {excess}", de: "um {excess} zu alt", ko: "최대 수명 초과({excess})"),
        Edge::Life => sentence!(f, language,
            en: "ends {excess} later than allowed",
            de: "endet {excess} später als erlaubt",
            ko: "허용된 만료 시한 초과({excess})",
        ),
    })
}

// The edge is inside the bounds, so either may hold. Both ends are stated, as far as they are
// known.
fn either(margin: Margin, language: Language) -> impl fmt::Display {
    let (inside, outside) = (up_to(margin.most(), language), up_to(-margin.least(), language));
    Said(move |f: &mut fmt::Formatter<'_>| match Edge::of(margin.rule()) {
        Edge::End => sentence!(f, language,
            en: "expires in {inside}, or expired {outside} ago",
            de: "läuft in {inside} ab oder ist seit {outside} abgelaufen",
            ko: "만료까지 {inside} 또는 만료 후 {outside}",
        ),
        Edge::Start => sentence!(f, language,
            en: "became valid {inside} ago, or becomes valid in {outside}",
            de: "seit {inside} gültig oder erst in {outside} gültig",
            ko: "유효 시작 후 {inside} 또는 유효 시작까지 {outside}",
        ),
        Edge::Issue => sentence!(f, language,
            en: "issued {inside} ago, or {outside} in the future",
            de: "Ausstellung vor {inside} oder erst in {outside}",
            ko: "발급 후 {inside} 또는 발급 시각까지 {outside}",
        ),
        Edge::Age => sentence!(f, language,
            en: "below its maximum age by {inside}, or above it by {outside}",
            de: "mit {inside} unter dem Höchstalter oder mit {outside} darüber",
            ko: "최대 수명까지 {inside} 또는 최대 수명 초과 {outside}",
        ),
        Edge::Life => sentence!(f, language,
            en: "ends {inside} before the latest allowed end, or {outside} after it",
            de: "endet mit {inside} Abstand vor dem spätesten zulässigen Ende oder mit {outside} danach",
            ko: "허용된 만료 시한까지 {inside} 또는 만료 시한 초과 {outside}",
        ),
    })
}

fn up_to(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        if span == Span::MAX {
            return sentence!(f, language,
                en: "an unknown time", de: "unbekannter Zeit", ko: "알 수 없는 시간");
        }
        let most = rounded_up(span, language);
        sentence!(f, language, en: "at most {most}", de: "höchstens {most}", ko: "최대 {most}")
    })
}

/// Formats `4 min`, `4 min to 5 min` or `at least 4 min`.
fn range(least: Span, most: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let low = rounded(least, language);
        if least == most {
            return write!(f, "{low}");
        }
        if most == Span::MAX {
            return write!(f, "{}", at_least(low, language));
        }
        let high = rounded_up(most, language);
        sentence!(f, language, en: "{low} to {high}", de: "{low} bis {high}", ko: "{low}~{high}")
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

    /// A rule, the bounds on UTC, and the words in English, German and Korean.
    type Row = (Rule, (i64, i64), &'static str, &'static str, &'static str);

    // `exp` is 1,000, `nbf` and `iat` are 500, and the judging time is at most 200 s after `iat`.
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
            "undecided: expires in at most 10 s, or expired at most 1 min ago",
            "nicht feststellbar: läuft in höchstens 10 s ab oder ist seit höchstens 1 min abgelaufen",
            "판정 불가: 만료까지 최대 10초 또는 만료 후 최대 1분",
        ),
        (
            Rule::Nbf,
            (440, 440),
            "not valid for another 1 min",
            "erst in 1 min gültig",
            "아직 유효하지 않음(남은 시간: 1분)",
        ),
        (
            Rule::Nbf,
            (560, 560),
            "became valid 1 min ago",
            "seit 1 min gültig",
            "유효(시작 후 경과: 1분)",
        ),
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
            "exceeds its maximum age by 5 s",
            "um 5 s zu alt",
            "최대 수명 초과(5초)",
        ),
        (
            Rule::MaxAge,
            (695, 695),
            "within its maximum age for another 5 s",
            "noch 5 s unter dem Höchstalter",
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
            "ends 5 s before the latest allowed end",
            "endet 5 s vor dem spätesten zulässigen Ende",
            "허용된 만료 시한 이내(여유: 5초)",
        ),
    ];

    fn said(rule: Rule, utc: TimeBounds, language: Language) -> String {
        let mut policy = Policy::RFC7519.with_max_lifetime(Span::from_secs(300));
        // A maximum age enforces `iat`, too.
        if rule != Rule::Iat {
            policy = policy.with_max_age(Span::from_secs(200));
        }
        said_by(&policy, rule, utc, language)
    }

    fn said_by(policy: &Policy<'_>, rule: Rule, utc: TimeBounds, language: Language) -> String {
        let date = |secs| Some(NumericDate::from(at(secs)));
        let mut claims = Claims::EMPTY;
        (claims.exp, claims.nbf, claims.iat) = (date(1_000), date(500), date(500));
        let judgement = policy.findings_of_unverified(&claims, utc);
        let found = judgement.iter().find(|found| found.rule() == rule).unwrap();
        finding(found, language).to_string()
    }

    #[test]
    fn findings_state_amount_of_time() {
        for &(rule, (earliest, latest), english, german, korean) in ROWS {
            let utc = bounds(earliest, latest);
            assert_eq!(said(rule, utc, Language::English), english);
            assert_eq!(said(rule, utc, Language::German), german, "{english}");
            assert_eq!(said(rule, utc, Language::Korean), korean, "{english}");
        }
    }

    // The claim's own time is stated, followed by the effect of a leeway of 30 s.
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
            "expires in at most 10 s, or expired at most 10 s ago, within the leeway (30 s)",
            "läuft in höchstens 10 s ab oder ist seit höchstens 10 s abgelaufen, innerhalb der Toleranz (30 s)",
            "만료까지 최대 10초 또는 만료 후 최대 10초, 허용 오차(30초) 이내",
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
            "undecided: expires in at most 10 s, or expired at most 10 s ago, counting the leeway (30 s)",
            "nicht feststellbar: läuft in höchstens 10 s ab oder ist seit höchstens 10 s abgelaufen, gerechnet mit der Toleranz (30 s)",
            "판정 불가: 만료까지 최대 10초 또는 만료 후 최대 10초, 허용 오차(30초) 포함",
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
    fn leeway_is_stated_separately() {
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
    fn open_bound_is_stated() {
        let since = |secs| TimeBounds::since(at(secs));
        assert_eq!(said(Rule::Exp, since(1_060), Language::English), "expired at least 1 min ago");
        let open = "undecided: expires in at most 1 min, or expired an unknown time ago";
        assert_eq!(said(Rule::Exp, since(940), Language::English), open);
    }

    /// A rule, the words if it holds, and the words if it fails.
    const NAMES: &[(Rule, &str, &str)] = &[
        (Rule::Iss, "is one of the trusted issuers", "is not one of the trusted issuers"),
        (Rule::Aud, "names the expected audience", "does not name the expected audience"),
        (Rule::Sub, "present", "has a value that is not allowed"),
        (Rule::Jti, "present", "has a value that is not allowed"),
    ];

    #[test]
    fn name_rules_have_their_own_words() {
        for &(rule, fits, differs) in NAMES {
            let said = |found| finding(&found, Language::English).to_string();
            assert_eq!(said(Finding::Matched(rule)), fits, "{rule}");
            assert_eq!(said(Finding::Mismatched(rule)), differs, "{rule}");
            assert_eq!(said(Finding::Missing(rule)), "missing, but required", "{rule}");
        }
        let endless = finding(&Finding::Unchecked(Rule::Exp), Language::English).to_string();
        assert_eq!(endless, "missing, so the token never expires");
    }

    #[test]
    fn findings_without_date_are_words() {
        for rule in Rule::ALL {
            for found in [
                Finding::Matched(rule),
                Finding::Mismatched(rule),
                Finding::Missing(rule),
                Finding::Unchecked(rule),
            ] {
                for &language in Language::ALL {
                    assert!(!finding(&found, language).to_string().is_empty(), "{found:?}");
                }
            }
        }
    }
}
