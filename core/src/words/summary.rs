//! The first sentences of a diagnosis: what is wrong, which clock, how much, in which bounds.

use core::fmt;

use super::duration::duration;
use super::headline::{headline, speaks_of_certainty};
use super::language::Language;
use super::language::{Noun, Phrase};
use super::measured::{Subject, measured, measured_there, unmeasured};
use super::node_clocks::node_clocks;
use super::number::grouped;
use super::offset::{Ending, Extent};
use super::opinion::third_opinion;
use super::said::Said;
use super::zone::utc_offset;
use crate::diagnosis::{Cause, Certainty, ClockFault};
use crate::diagnosis::{Diagnosis, Drift, ZoneKnowledge};

/// What is wrong, which clock, how much and in which bounds: one to three sentences.
///
/// Where the log names no zone, both are said: the value if it is in UTC, and what holds in any
/// zone.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::words::{Language, summary};
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"invalid_grant: JWT has expired\n");
/// let said = summary(&diagnoser.finish(), Language::English).to_string();
/// assert!(!said.is_empty());
/// ```
#[must_use]
pub fn summary(diagnosis: &Diagnosis, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        f.write_str(headline(diagnosis).said_in(language))?;
        reservation(diagnosis, language, f)?;
        extent(diagnosis, language, f)?;
        third_opinion(diagnosis, language, f)?;
        if let Some(clocks) = &diagnosis.clocks {
            node_clocks(clocks, language, f)?;
        }
        zone_note(diagnosis, language, f)?;
        count(diagnosis, language, f)
    })
}

/// How an offset moved over the text.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::diagnosis::Drift;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words::{Language, drift};
/// let at = |secs| Offset::between(Span::from_secs(secs), Span::from_secs(secs)).unwrap();
/// let day = Drift { first: at(0), last: at(60), over: Span::from_secs(86_400) };
/// assert!(drift(&day, Language::English).to_string().contains("1 min"));
/// ```
#[must_use]
pub fn drift(drift: &Drift, language: Language) -> impl fmt::Display {
    let Drift { first, last, over } = *drift;
    Said(move |f: &mut fmt::Formatter<'_>| {
        let first = Extent::of(first).said(language, Ending::Noun);
        let last = Extent::of(last).said(language, Ending::Noun);
        let over = duration(over.abs(), language);
        match language {
            Language::English => {
                write!(f, "The offset changed within {over}: at first {first}, in the end {last}.")
            }
            Language::German => {
                write!(
                    f,
                    "Die Abweichung änderte sich innerhalb von {over}: Die Uhr ging zuerst {first}, zuletzt {last}."
                )
            }
            Language::Korean => {
                write!(
                    f,
                    "관찰 기간({over}) 동안 차이가 변했습니다. 처음: {first}, 마지막: {last}."
                )
            }
        }
    })
}

fn reservation(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if speaks_of_certainty(d.cause) || (d.cause == Cause::NotClock && d.refusals == 0) {
        return Ok(());
    }
    match d.certainty {
        Certainty::Proven => Ok(()),
        Certainty::Likely => f.write_str(LIKELY.said_in(language)),
        Certainty::Weak => f.write_str(WEAK.said_in(language)),
    }
}

const LIKELY: Phrase = Phrase {
    en: " This is likely, but not proven.",
    de: " Das ist wahrscheinlich, aber nicht bewiesen.",
    ko: " 가능성은 높지만 입증된 것은 아닙니다.",
};

const WEAK: Phrase = Phrase {
    en: " Only words point there; no two times in the text prove it.",
    de: " Nur der Wortlaut deutet darauf hin; keine zwei Zeiten im Text beweisen es.",
    ko: " 문구만이 근거이며, 이를 입증할 두 시각이 로그에 없습니다.",
};

fn extent(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match d.cause {
        Cause::LocalClock => match (d.offset, d.offset_if_utc) {
            (None, None) => unmeasured(d.direction, language, f),
            _ => measured(d, Subject::It, language, f),
        },
        Cause::TimeZone => match d.fault {
            ClockFault::Found => measured(d, Subject::It, language, f),
            ClockFault::Open => measured(d, Subject::Local, language, f),
            ClockFault::Cleared => Ok(()),
        },
        Cause::PeerClocks => measured(d, Subject::LocalBesideOther, language, f),
        Cause::Undetermined => measured(d, Subject::Local, language, f),
        // From 1970 to today is no amount that anybody corrects a clock by.
        Cause::ClockUnset => Ok(()),
        Cause::RemoteClock => match d.third_opinion.and_then(|opinion| opinion.remote) {
            Some(remote) => measured_there(remote, language, f),
            None => Ok(()),
        },
        Cause::Expired
        | Cause::LateRequest
        | Cause::Units
        | Cause::Lifetime
        | Cause::NotClock
        | Cause::ServerCertificate => Ok(()),
    }
}

fn zone_note(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if d.offset.is_none() {
        return Ok(());
    }
    match d.zone {
        ZoneKnowledge::Recovered(zone) => {
            write!(f, "{}{}.", RECOVERED.said_in(language), utc_offset(zone))
        }
        ZoneKnowledge::Assumed => f.write_str(ASSUMED.said_in(language)),
        ZoneKnowledge::Stated | ZoneKnowledge::Unknown => Ok(()),
    }
}

const RECOVERED: Phrase = Phrase {
    en: " Other stamps of the same clock show the zone of the log: ",
    de: " Andere Zeitstempel derselben Uhr zeigen die Zeitzone des Logs: ",
    ko: " 같은 시계의 다른 시각으로 확인한 로그 시간대: ",
};

const ASSUMED: Phrase = Phrase {
    en: " This holds for the time zone that was given.",
    de: " Das gilt für die angegebene Zeitzone.",
    ko: " 이 결과는 지정된 시간대를 전제로 합니다.",
};

fn count(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let lines = grouped(d.lines, language);
    let line = LINE.counting(d.lines).said_in(language);
    let refusals = grouped(d.refusals, language);
    match (d.refusals, d.cause) {
        (0, _) if d.lines == 0 => f.write_str(EMPTY.said_in(language)),
        (0, Cause::NotClock | Cause::Undetermined) => match language {
            Language::English => write!(f, " {lines} {line} read."),
            Language::German => write!(f, " {lines} {line} gelesen."),
            Language::Korean => write!(f, " 읽은 줄 수: {lines}."),
        },
        (0 | 1, _) => Ok(()),
        (2.., _) => match language {
            Language::English => write!(f, " {refusals} refusals in {lines} {line}."),
            Language::German => write!(f, " {refusals} Ablehnungen in {lines} {line}."),
            Language::Korean => write!(f, " 거부 {refusals}건(전체 {lines}줄)."),
        },
    }
}

const EMPTY: Phrase = Phrase {
    en: " The input is empty.",
    de: " Die Eingabe ist leer.",
    ko: " 입력이 비어 있습니다.",
};

// German: dative after "in" and nominative before "gelesen" are alike.
const LINE: Noun = Noun {
    one: Phrase { en: "line", de: "Zeile", ko: "줄" },
    many: Phrase { en: "lines", de: "Zeilen", ko: "줄" },
};
