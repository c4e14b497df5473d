//! A proof: its premises, and its sums.

use core::fmt;

use super::language::Language;
use super::offset::utc_offset;
use super::sentence::{Said, sentence, sentences, word};
use crate::diagnosis::{Fact, Premise, Sum};
use crate::time::{Civil, Seconds, Span};

/// A premise: the line, and what it states.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::diagnosis::{Fact, Premise};
/// use jwtick_core::words::{Language, premise};
/// let date = Premise { line: 22, fact: Fact::ServerTime(UnixTime::from_secs(1_488_515_345)) };
/// let said = premise(date, Language::English).to_string();
/// assert_eq!(said, "line 22 server time 2017-03-03 04:29:05 UTC");
/// ```
#[must_use]
pub fn premise(premise: Premise, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let Premise { line, fact } = premise;
        let noun = noun(fact, language);
        sentence!(f, language,
            en: "line {line} {noun}", de: "Zeile {line} {noun}", ko: "{line}행 {noun}")?;
        match fact {
            Fact::CivilStamp(at) => write!(f, " {}", Civil::of_utc(at)),
            Fact::Measured(offset) if offset.least() == offset.most() => {
                write!(f, " {}", signed(offset.least(), language))
            }
            Fact::Measured(offset) => {
                let [least, most] = [offset.least(), offset.most()].map(|it| signed(it, language));
                write!(f, " [{least}, {most}]")
            }
            Fact::Zone(zone) => write!(f, " {}", utc_offset(zone)),
            Fact::Lifetime(length) | Fact::Step(length) | Fact::Difference(length) => {
                write!(f, " {}", signed(length, language))
            }
            fact => match fact.time() {
                Some(at) => write!(f, " {} UTC", Civil::of_utc(at)),
                None => Ok(()),
            },
        }
    })
}

/// One end of the offset as a sum: `line 3 server time … − line 3 timestamp … − 1 s (resolution) =
/// 2,229 s`.
///
/// # Example
/// ```
/// use jwtick_core::{Span, UnixTime};
/// use jwtick_core::diagnosis::{Fact, Premise, Sum};
/// use jwtick_core::words::{Language, sum};
/// let at = UnixTime::from_secs;
/// let date = Premise { line: 3, fact: Fact::ServerTime(at(160)) };
/// let stamp = Premise { line: 2, fact: Fact::Stamp(at(100)) };
/// let least = Sum { resolution: Span::from_secs(-1), ..Sum::between(date, stamp) };
/// let said = sum(&least, Language::English).to_string();
/// assert!(said.ends_with("1970-01-01 00:01:40 UTC − 1 s (resolution) = 59 s"), "{said}");
/// ```
#[must_use]
pub fn sum(sum: &Sum, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        write!(f, "{}", premise(sum.reference, language))?;
        if let Some(local) = sum.local {
            write!(f, " − {}", premise(local, language))?;
        }
        let terms = [
            (sum.resolution, word!(language, en: "resolution", de: "Auflösung", ko: "시각 단위")),
            (sum.delay, word!(language, en: "delay", de: "Verzögerung", ko: "지연")),
            (sum.zone, word!(language, en: "time zone", de: "Zeitzone", ko: "시간대")),
        ];
        for (span, reason) in terms.into_iter().filter(|(span, _)| *span != Span::ZERO) {
            let sign = if span < Span::ZERO { '−' } else { '+' };
            write!(f, " {sign} {} ({reason})", Seconds(span, language.notation()))?;
        }
        match sum.result() {
            Some(result) => write!(f, " = {}", signed(result, language)),
            None => Ok(()),
        }
    })
}

/// A span in seconds, with a minus sign if it is negative.
fn signed(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let sign = if span < Span::ZERO { "−" } else { "" };
        write!(f, "{sign}{}", Seconds(span, language.notation()))
    })
}

sentences! {
    fn noun(fact: Fact, language, f) {
        Fact::ServerTime(_) => [en: "server time", de: "Serverzeit", ko: "서버 시각"]
        Fact::CachedTime(_) => [
            en: "server time with `Age`", de: "Serverzeit mit `Age`", ko: "서버 시각(`Age` 포함)"]
        Fact::Stamp(_) => [en: "timestamp", de: "Zeitstempel", ko: "타임스탬프"]
        Fact::CivilStamp(_) => [
            en: "timestamp without a zone",
            de: "Zeitstempel ohne Zeitzone",
            ko: "시간대 없는 타임스탬프",
        ]
        Fact::LocalTime(_) => [en: "local time", de: "lokale Zeit", ko: "로컬 시각"]
        Fact::Start(_) => [en: "start", de: "Beginn", ko: "시작"]
        Fact::End(_) => [en: "end", de: "Ende", ko: "종료"]
        Fact::Measured(_) => [en: "measured offset", de: "gemessene Abweichung", ko: "측정된 차이"]
        Fact::Lifetime(_) => [en: "lifetime", de: "Gültigkeitsdauer", ko: "유효 기간"]
        Fact::Step(_) => [en: "clock step", de: "Zeitsprung", ko: "시계 조정"]
        Fact::Difference(_) => [en: "stated difference", de: "genannte Differenz", ko: "명시된 차이"]
        Fact::Zone(_) => [en: "time zone", de: "Zeitzone", ko: "시간대"]
        Fact::UnsetTime(_) => [
            en: "time of a clock that was never set",
            de: "Zeit einer nie gestellten Uhr",
            ko: "설정되지 않은 시계의 시각",
        ]
        Fact::TimeLost => [
            en: "time lost", de: "Zeit verloren", ko: "시각 손실"]
        Fact::Claim => [
            en: "claim in the wrong form", de: "Claim in falscher Form", ko: "잘못된 형식의 클레임"]
        Fact::Refusal => [en: "refusal", de: "Ablehnung", ko: "거부"]
    }
}
