//! Surveys of a clock as sentences, and their intervals as cells of a table.

use core::fmt;

use super::duration::{duration, rounded_up};
use super::duration::{grouped, millionths};
use super::language::Language;
use super::offset::{Ending, Extent};
use super::sentence::{Said, sentence};
use crate::survey::{ClockVerdict, Doubt, NoMajority, Survey};
use crate::time::{Civil, Offset, Span, UnixTime};

/// Summarises a survey in one to three sentences: the verdict on the clock, its offset, the limit,
/// and the sources that agree.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::Survey;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words::{Language, survey};
/// let behind = Some(Offset::exactly(Span::from_secs(7)));
/// assert_eq!(
///     survey(Survey::of(&[behind, behind], Span::from_secs(1)), Language::English).to_string(),
///     "This clock is 7 s behind; at most 1 s is allowed. 2 of 2 sources agree."
/// );
/// ```
#[must_use]
pub fn survey(survey: Survey, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let offset = survey.offset().unwrap_or(Offset::UNKNOWN);
        let allowed = survey.allowed();
        match survey.verdict() {
            ClockVerdict::Right => right(offset, allowed, language, f)?,
            ClockVerdict::Wrong(_) => wrong(offset, allowed, language, f)?,
            ClockVerdict::Undecided(Doubt::AcrossTheEdge) => across(offset, allowed, language, f)?,
            ClockVerdict::Undecided(Doubt::NoMajority(none)) => contradiction(none, language, f)?,
            ClockVerdict::Undecided(Doubt::NothingMeasured) => sentence!(f, language,
                en: "No source answered, so nothing is known about this clock.",
                de: "Keine Quelle hat geantwortet, daher ist über diese Uhr nichts bekannt.",
                ko: "응답한 소스가 없어 이 시계에 대해 알 수 없습니다.",
            )?,
        }
        support(survey, language, f)
    })
}

/// Summarises a survey of a clock that was never set, whose offset would only tell how long ago 1970
/// is: its reading, UTC by the sources, and the sources that agree. `None` if they show no time.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::survey::Survey;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words::{Language, unset_clock};
/// let behind = Some(Offset::exactly(Span::from_secs(1_795_000_000)));
/// let (survey, boot) = (Survey::of(&[behind], Span::ZERO), UnixTime::from_secs(42));
/// assert_eq!(
///     unset_clock(survey, boot, Language::English).unwrap().to_string(),
///     "This clock was never set: it reads 1970-01-01 00:00:42 UTC. It is 2026-11-18 11:07:22 UTC. \
///      Only one source answered, so nothing confirms it."
/// );
/// ```
#[must_use]
pub fn unset_clock(
    survey: Survey,
    reading: UnixTime,
    language: Language,
) -> Option<impl fmt::Display> {
    let utc = Civil::of_utc(reading + survey.offset()?.middle());
    Some(Said(move |f: &mut fmt::Formatter<'_>| {
        write!(f, "{}", never_set(reading, language))?;
        sentence!(f, language, en: " It is {utc} UTC.", de: " Es ist {utc} UTC.", ko: " 현재 시각은 {utc} UTC입니다.")?;
        support(survey, language, f)
    }))
}

/// States that a clock was never set, and what it reads.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::words::{Language, never_set};
/// let said = never_set(UnixTime::from_secs(42), Language::English).to_string();
/// assert_eq!(said, "This clock was never set: it reads 1970-01-01 00:00:42 UTC.");
/// ```
#[must_use]
pub fn never_set(reading: UnixTime, language: Language) -> impl fmt::Display {
    let reading = Civil::of_utc(reading);
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "This clock was never set: it reads {reading} UTC.",
            de: "Diese Uhr wurde nie gestellt: Sie zeigt {reading} UTC.",
            ko: "이 시계는 한 번도 설정되지 않았습니다. 표시 시각은 {reading} UTC입니다.",
        )
    })
}

/// States the limits of a survey as a clause: "at most 1 s is allowed", or the offset that is expected
/// of a clock that is wrong on purpose.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words::{Language, limits};
/// let second = Span::from_secs(1);
/// let about = |middle| limits(Offset::around(middle, second), Language::English).to_string();
/// assert_eq!(about(Span::ZERO), "at most 1 s is allowed");
/// assert_eq!(about(Span::from_secs(300)), "300 s (5 min) ±1 s behind is expected");
/// ```
#[must_use]
pub fn limits(allowed: Offset, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        if is_symmetric(allowed) {
            let most = duration(allowed.most(), language);
            return sentence!(f, language,
                en: "at most {most} is allowed",
                de: "erlaubt sind {most}",
                ko: "허용 오차 {most}",
            );
        }
        let expected = Extent::of(allowed).said(language, Ending::Noun);
        sentence!(f, language,
            en: "{expected} is expected",
            de: "erwartet ist: {expected}",
            ko: "예상 차이 {expected}",
        )
    })
}

fn is_symmetric(allowed: Offset) -> bool {
    allowed.least() == -allowed.most()
}

fn right(
    offset: Offset,
    allowed: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let said = limits(allowed, language);
    if is_symmetric(allowed) {
        let most = rounded_up(offset.least().abs().max(offset.most().abs()), language);
        return sentence!(f, language,
            en: "This clock is right: it is off by at most {most}; {said}.",
            de: "Diese Uhr geht richtig: Abweichung höchstens {most}, {said}.",
            ko: "이 시계는 정확합니다. 오차 최대 {most}, {said}.",
        );
    }
    let extent = Extent::of(offset).said(language, Ending::Full);
    sentence!(f, language,
        en: "This clock is as expected: it is {extent}; {said}.",
        de: "Diese Uhr geht wie erwartet: Sie geht {extent}; {said}.",
        ko: "이 시계는 예상과 같습니다. 시계가 {extent}. {said}.",
    )
}

fn wrong(
    offset: Offset,
    allowed: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let extent = Extent::of(offset).said(language, Ending::Full);
    let said = limits(allowed, language);
    sentence!(f, language,
        en: "This clock is {extent}; {said}.",
        de: "Diese Uhr geht {extent}; {said}.",
        ko: "이 시계는 {extent}. {said}.",
    )
}

fn across(
    offset: Offset,
    allowed: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let extent = Extent::of(offset).said(language, Ending::Full);
    let said = limits(allowed, language);
    sentence!(f, language,
        en: "Undecided: this clock is {extent}, and {said}.",
        de: "Nicht feststellbar, ob diese Uhr richtig geht: Sie geht {extent}; {said}.",
        ko: "이 시계가 정확한지 판단할 수 없습니다. 시계가 {extent}. {said}.",
    )
}

fn contradiction(none: NoMajority, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (agree, all) = (count(none.largest_agreement), count(none.sources));
    let (agree, all) = (grouped(agree, language), grouped(all, language));
    sentence!(f, language,
        en: "Undecided: the sources contradict each other; at most {agree} of {all} agree, but more than half must.",
        de: "Nicht feststellbar, ob diese Uhr richtig geht: Die Quellen widersprechen einander; höchstens {agree} von {all} stimmen überein, nötig ist mehr als die Hälfte.",
        ko: "이 시계가 정확한지 판단할 수 없습니다. 소스들이 서로 모순됩니다. {all}개 중 최대 {agree}개만 일치하며, 절반을 넘어야 합니다.",
    )
}

fn support(survey: Survey, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (agree, all) = (count(survey.rests_on()), count(survey.measured()));
    let (agreeing, sources) = (grouped(agree, language), grouped(all, language));
    let answers = count(survey.answers());
    match agree {
        0 => Ok(()),
        1 if all == 1 && answers > 1 => {
            let answers = grouped(answers, language);
            sentence!(f, language,
                en: " The {answers} sources that answered are one host, so nothing confirms it.",
                de: " Die {answers} Quellen, die geantwortet haben, sind ein Host, daher ist das nicht bestätigt.",
                ko: " 응답한 소스 {answers}개가 모두 같은 호스트이므로 이 결과를 확인할 수 없습니다.",
            )
        }
        _ if answers > all => {
            let answers = grouped(answers, language);
            sentence!(f, language,
                en: " {agreeing} of {sources} hosts agree ({answers} sources).",
                de: " {agreeing} von {sources} Hosts stimmen überein ({answers} Quellen).",
                ko: " 호스트 {sources}개 중 {agreeing}개가 일치합니다(소스 {answers}개).",
            )
        }
        1 => sentence!(f, language,
            en: " Only one source answered, so nothing confirms it.",
            de: " Nur eine Quelle hat geantwortet, daher ist das nicht bestätigt.",
            ko: " 소스 하나만 응답하여 이 결과를 확인할 수 없습니다.",
        ),
        _ => sentence!(f, language,
            en: " {agreeing} of {sources} sources agree.",
            de: " {agreeing} von {sources} Quellen stimmen überein.",
            ko: " 소스 {sources}개 중 {agreeing}개가 일치합니다.",
        ),
    }
}

fn count(sources: usize) -> u64 {
    u64::try_from(sources).unwrap_or(u64::MAX)
}

/// Formats both ends of an offset in seconds, with no more digits than its width justifies, rounded
/// outwards: `+172,800.0012 … +172,800.0019 s`. An open end is omitted.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words::{Language, interval};
/// let micros = |least, most| Offset::between(Span::from_micros(least), Span::from_micros(most));
/// let said = micros(-1_234_567, 4_321).map(|it| interval(it, Language::German).to_string());
/// assert_eq!(said.as_deref(), Some("-1,3 … +0,1 s"));
/// ```
#[must_use]
pub fn interval(offset: Offset, language: Language) -> impl fmt::Display {
    let step = step(offset);
    Said(move |f: &mut fmt::Formatter<'_>| {
        if offset.least() != Span::MIN {
            let least = offset.least().as_micros();
            signed(least.saturating_sub(least.checked_rem_euclid(step).unwrap_or(0)), language, f)?;
            f.write_str(" ")?;
        }
        f.write_str("…")?;
        if offset.most() != Span::MAX {
            let most = offset.most().as_micros();
            let lack = most.wrapping_neg().checked_rem_euclid(step).unwrap_or(0);
            f.write_str(" ")?;
            signed(most.saturating_add(lack), language, f)?;
        }
        sentence!(f, language, en: " s", de: " s", ko: "초")
    })
}

// The largest power of ten that is at most a tenth of the width. An open end needs no rounding.
fn step(offset: Offset) -> i64 {
    if offset.least() == Span::MIN || offset.most() == Span::MAX {
        return 1;
    }
    let tenth = (offset.most() - offset.least()).as_micros().wrapping_div(10);
    let powers = core::iter::successors(Some(1_i64), |power| power.checked_mul(10));
    powers.take_while(|&power| power <= tenth).last().unwrap_or(1)
}

fn signed(micros: i64, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = match micros {
        ..0 => "-",
        0 => "",
        1.. => "+",
    };
    write!(f, "{sign}{}", millionths(micros.unsigned_abs(), language))
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    fn micros(least: i64, most: i64) -> Offset {
        Offset::between(Span::from_micros(least), Span::from_micros(most)).unwrap()
    }

    #[test]
    fn interval_rounds_outwards() {
        const ROWS: &[(&str, (i64, i64), &str)] = &[
            ("a point", (0, 0), "0 … 0 s"),
            ("microseconds", (1, 9), "+0.000001 … +0.000009 s"),
            ("milliseconds", (1_234, 9_871), "+0.0012 … +0.0099 s"),
            ("two days", (172_800_001_234, 172_800_002_345), "+172,800.0012 … +172,800.0024 s"),
            ("below zero", (-172_800_002_345, -172_800_001_234), "-172,800.0024 … -172,800.0012 s"),
            ("open above", (27_000_000, i64::MAX), "+27 … s"),
            ("open below", (i64::MIN, 27_000_000), "… +27 s"),
        ];
        for &(name, (least, most), expected) in ROWS {
            let said = interval(micros(least, most), Language::English).to_string();
            assert_eq!(said, expected, "{name}");
        }
    }

    #[test]
    fn survey_states_each_verdict() {
        let secs = |least: i64, most: i64| Some(micros(least * 1_000_000, most * 1_000_000));
        type Row = (&'static str, &'static [Option<(i64, i64)>], &'static str);
        const ROWS: &[Row] = &[
            (
                "right",
                &[Some((0, 1)), Some((-1, 1)), Some((9, 9))],
                "This clock is right: it is off by at most 1 s; at most 1 s is allowed. 2 of 3 sources \
                 agree.",
            ),
            (
                "wrong by one",
                &[Some((172_800, 172_800))],
                "This clock is 172,800 s (2 d) behind; at most 1 s is allowed. Only one source \
                 answered, so nothing confirms it.",
            ),
            (
                "across",
                &[Some((0, 2)), Some((-3, 5))],
                "Undecided: this clock is between 0 s and 2 s behind, and at most 1 s is allowed. 2 of \
                 2 sources agree.",
            ),
            (
                "contradiction",
                &[Some((0, 0)), Some((9, 9))],
                "Undecided: the sources contradict each other; at most 1 of 2 agree, but more than \
                 half must.",
            ),
            ("nothing", &[None], "No source answered, so nothing is known about this clock."),
        ];
        for &(name, sources, expected) in ROWS {
            let sources: std::vec::Vec<_> = sources
                .iter()
                .map(|ends| ends.and_then(|(least, most)| secs(least, most)))
                .collect();
            let found = Survey::of(&sources, Span::from_secs(1));
            assert_eq!(survey(found, Language::English).to_string(), expected, "{name}");
        }
    }

    #[test]
    fn survey_states_the_offset_that_is_expected() {
        let second = Span::from_secs(1);
        let expected = Offset::around(Span::from_secs(300), second);
        let rows = [
            (300, "This clock is as expected: it is 300 s (5 min) behind; "),
            (0, "This clock is exactly right; "),
            (400, "This clock is 400 s (6 min 40 s) behind; "),
        ];
        for (secs, start) in rows {
            let found = Survey::of(&[Some(Offset::exactly(Span::from_secs(secs)))], second);
            let said = survey(found.allowing(expected), Language::English).to_string();
            let rest = "300 s (5 min) ±1 s behind is expected. Only one source";
            assert!(said.starts_with(&std::format!("{start}{rest}")), "{said}");
        }
    }

    #[test]
    fn survey_states_how_many_hosts_agree() {
        const ROWS: &[(&[usize], &str)] = &[
            (&[0, 0, 0], " The 3 sources that answered are one host, so nothing confirms it."),
            (&[0, 0, 2], " 2 of 2 hosts agree (3 sources)."),
            (&[0, 1, 2], " 3 of 3 sources agree."),
        ];
        for &(witnesses, expected) in ROWS {
            let found =
                Survey::of_witnesses(&[Some(micros(0, 9)); 3], witnesses, witnesses, Span::ZERO);
            let said = survey(found, Language::English).to_string();
            assert!(said.ends_with(expected), "{witnesses:?}: {said}");
        }
    }
}
