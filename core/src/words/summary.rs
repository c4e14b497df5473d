//! The first sentences of a diagnosis: what is wrong, which clock, by how much, and within which
//! bounds.

use core::fmt;

use super::duration::duration;
use super::duration::grouped;
use super::headline::{headline, states_certainty};
use super::language::Language;
use super::measured::{Subject, is_headline, measured, measured_there, node_clocks, unmeasured};
use super::offset::{Ending, Extent, utc_offset};
use super::reservation::assumptions;
use super::sentence::{Said, sentence, word};
use crate::diagnosis::{
    Attribution, Cause, Certainty, ClockFault, Diagnosis, Drift, ZoneKnowledge,
};
use crate::time::{Offset, Span};

/// Summarises a diagnosis in one to three sentences: what is wrong, which clock, by how much, and
/// within which bounds.
///
/// If the log names no zone, the summary has both the value for a log in UTC and the value that
/// holds in any zone.
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
        if diagnosis.cause == Cause::LocalClock && is_headline(diagnosis) {
            measured(diagnosis, Subject::Host(diagnosis.certainty), language, f)?;
        } else {
            write!(f, "{}", headline(diagnosis, language))?;
            reservation(diagnosis, language, f)?;
            extent(diagnosis, language, f)?;
        }
        subject(diagnosis, language, f)?;
        premises(diagnosis, language, f)?;
        assumption(diagnosis, language, f)?;
        third_opinion(diagnosis, language, f)?;
        if let Some(clocks) = &diagnosis.clocks {
            node_clocks(clocks, language, f)?;
        }
        zone_note(diagnosis, language, f)?;
        count(diagnosis, language, f)
    })
}

/// Describes the change of an offset over the text in a sentence.
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
        sentence!(f, language,
            en: "The offset changed within {over}: at first the clock was {first}, at the end {last}.",
            de: "Die Abweichung änderte sich innerhalb von {over}: Die Uhr ging zuerst {first}, zuletzt {last}.",
            ko: "관찰 기간({over}) 동안 차이가 변했습니다. 처음: {first}, 마지막: {last}.",
        )
    })
}

/// Returns `true` if nothing was refused, which is no finding to have reservations about.
fn is_quiet(d: &Diagnosis) -> bool {
    d.cause == Cause::NotClock && d.refusals == 0
}

fn reservation(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if states_certainty(d.cause) || is_quiet(d) {
        return Ok(());
    }
    let assumed = assumptions(&d.assumptions, language);
    match d.certainty {
        Certainty::Proven => Ok(()),
        Certainty::Likely if d.assumptions.is_empty() => sentence!(f, language,
            en: " This is likely, but not proven.",
            de: " Das ist wahrscheinlich, aber nicht bewiesen.",
            ko: " 가능성은 높지만 입증된 것은 아닙니다.",
        ),
        Certainty::Likely => sentence!(f, language,
            en: " This is likely, but not proven: it assumes {assumed}.",
            de: " Das ist wahrscheinlich, aber nicht bewiesen, denn es setzt voraus, {assumed}.",
            ko: " 가능성은 높지만 입증된 것은 아니며, 다음을 전제로 합니다: {assumed}.",
        ),
        Certainty::Weak => sentence!(f, language,
            en: " Only the wording suggests it; no two times in the text prove it.",
            de: " Nur der Wortlaut deutet darauf hin; keine zwei Zeiten im Text beweisen es.",
            ko: " 문구만이 근거이며, 이를 입증할 두 시각이 로그에 없습니다.",
        ),
    }
}

/// Writes what the conclusion assumes, if [`reservation`] does not.
fn premises(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_said = !states_certainty(d.cause) && !is_quiet(d);
    if d.assumptions.is_empty() || is_said {
        return Ok(());
    }
    let assumed = assumptions(&d.assumptions, language);
    sentence!(f, language,
        en: " This assumes {assumed}.",
        de: " Das setzt voraus, {assumed}.",
        ko: " 전제: {assumed}.",
    )
}

fn extent(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match d.cause {
        Cause::LocalClock => match (d.offset, d.offset_if_utc) {
            (None, None) => write!(f, " {}", unmeasured(d.direction, language)),
            _ => measured(d, Subject::It, language, f),
        },
        Cause::TimeZone => match d.fault {
            ClockFault::Found => measured(d, Subject::It, language, f),
            ClockFault::Open => measured(d, Subject::Local, language, f),
            ClockFault::Cleared => Ok(()),
        },
        Cause::PeerClocks => measured(d, Subject::LocalComparedWithOther, language, f),
        Cause::Undetermined => measured(d, Subject::Local, language, f),
        // The time from 1970 to today is not an amount by which to correct a clock.
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

/// Names the host that the conclusion is about, if several hosts wrote the text.
fn subject(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(host) = d.hosts.iter().find(|host| host.is_subject) else { return Ok(()) };
    let (name, count) = (&host.name, d.hosts.len());
    sentence!(f, language,
        en: " This is about the host `{name}`, one of {count} in this log.",
        de: " Das betrifft den Host `{name}`, einen von {count} in diesem Log.",
        ko: " 대상 호스트: `{name}`(이 로그의 호스트 {count}개 중 하나).",
    )
}

/// Writes on what it rests that this clock is the wrong one, and how to settle it, if the text proves
/// only a difference.
fn assumption(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let measured = d.offset.is_some() && d.attribution == Some(Attribution::Assumed);
    let also = match d.assumptions.is_empty() {
        true => "",
        false => word!(language, en: "also ", de: "außerdem ", ko: "또한 "),
    };
    match d.cause {
        Cause::LocalClock | Cause::TimeZone if measured => sentence!(f, language,
            en: " This {also}assumes that the server's clock is right; `jwtick clock --ntp SERVER` settles it.",
            de: " Das setzt {also}voraus, dass die Uhr des Servers richtig geht; `jwtick clock --ntp SERVER` klärt es.",
            ko: " {also}서버의 시계가 정확하다고 가정한 결과입니다. `jwtick clock --ntp SERVER` 명령으로 확인할 수 있습니다.",
        ),
        Cause::RemoteClock if measured => sentence!(f, language,
            en: " This {also}assumes that the local clock is right; `jwtick clock --ntp SERVER` settles it.",
            de: " Das setzt {also}voraus, dass die lokale Uhr richtig geht; `jwtick clock --ntp SERVER` klärt es.",
            ko: " {also}로컬 시계가 정확하다고 가정한 결과입니다. `jwtick clock --ntp SERVER` 명령으로 확인할 수 있습니다.",
        ),
        _ => Ok(()),
    }
}

/// Writes a sentence on the third opinion, if it decides or contradicts.
fn third_opinion(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(opinion) = d.third_opinion else { return Ok(()) };
    match (d.cause, opinion.remote) {
        (Cause::RemoteClock, _) if opinion.local.contains(Span::ZERO) => sentence!(f, language,
            en: " According to a time service (NTP), the local clock is right.",
            de: " Laut einem Zeitdienst (NTP) geht die lokale Uhr richtig.",
            ko: " 시간 서비스(NTP)에 따르면 로컬 시계는 정확합니다.",
        ),
        (Cause::LocalClock | Cause::TimeZone, Some(remote)) if remote.contains(Span::ZERO) => {
            sentence!(f, language,
                en: " According to a time service (NTP), the server's clock is right.",
                de: " Laut einem Zeitdienst (NTP) geht die Uhr des Servers richtig.",
                ko: " 시간 서비스(NTP)에 따르면 서버의 시계는 정확합니다.",
            )
        }
        // A daemon's statement is accurate to a second or two.
        (Cause::PeerClocks, _) if is_right(opinion.local) => sentence!(f, language,
            en: " According to a time service (NTP), the local clock is right.",
            de: " Laut einem Zeitdienst (NTP) geht die lokale Uhr richtig.",
            ko: " 시간 서비스(NTP)에 따르면 로컬 시계는 정확합니다.",
        ),
        (Cause::PeerClocks, Some(remote)) if is_right(remote) => sentence!(f, language,
            en: " According to a time service (NTP), the server's clock is right.",
            de: " Laut einem Zeitdienst (NTP) geht die Uhr des Servers richtig.",
            ko: " 시간 서비스(NTP)에 따르면 서버의 시계는 정확합니다.",
        ),
        (Cause::PeerClocks, Some(remote)) => both_wrong(opinion.local, remote, language, f),
        _ => Ok(()),
    }
}

/// Returns `true` if nothing proves the clock wrong by more than two seconds.
fn is_right(offset: Offset) -> bool {
    offset.distance() <= Span::from_secs(2)
}

fn both_wrong(
    local: Offset,
    remote: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let local = Extent::of(local).said(language, Ending::And);
    let remote = Extent::of(remote).said(language, Ending::Full);
    sentence!(f, language,
        en: " According to a time service (NTP), both are wrong: the local clock is {local}, and the server's is {remote}.",
        de: " Laut einem Zeitdienst (NTP) gehen beide falsch: die lokale Uhr {local}, die des Servers {remote}.",
        ko: " 시간 서비스(NTP)에 따르면 둘 다 잘못되었습니다. 로컬 시계가 {local}, 서버의 시계가 {remote}.",
    )
}

fn zone_note(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if d.offset.is_none() {
        return Ok(());
    }
    match d.zone {
        ZoneKnowledge::Recovered(zone) => {
            let zone = utc_offset(zone);
            sentence!(f, language,
                en: " Other timestamps of the same clock show the time zone of the log: {zone}.",
                de: " Andere Zeitstempel derselben Uhr zeigen die Zeitzone des Logs: {zone}.",
                ko: " 같은 시계의 다른 시각으로 확인한 로그 시간대: {zone}.",
            )
        }
        ZoneKnowledge::Assumed => sentence!(f, language,
            en: " This holds for the given time zone.",
            de: " Das gilt für die angegebene Zeitzone.",
            ko: " 이 결과는 지정된 시간대를 전제로 합니다.",
        ),
        ZoneKnowledge::Stated | ZoneKnowledge::Unknown => Ok(()),
    }
}

fn count(d: &Diagnosis, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (lines, refusals) = (grouped(d.lines, language), grouped(d.refusals, language));
    // In German the dative after "in" and the nominative before "gelesen" have the same form.
    let line = match d.lines {
        1 => word!(language, en: "line", de: "Zeile", ko: "행"),
        _ => word!(language, en: "lines", de: "Zeilen", ko: "행"),
    };
    match (d.refusals, d.cause) {
        (0, _) if d.lines == 0 => sentence!(f, language,
            en: " The input is empty.", de: " Die Eingabe ist leer.", ko: " 입력이 비어 있습니다."),
        (0, Cause::NotClock | Cause::Undetermined) => sentence!(f, language,
            en: " {lines} {line} read.", de: " {lines} {line} gelesen.", ko: " 읽은 행 수: {lines}."),
        (0 | 1, _) => Ok(()),
        (2.., _) => sentence!(f, language,
            en: " {refusals} refusals in {lines} {line}.",
            de: " {refusals} Ablehnungen in {lines} {line}.",
            ko: " 거부 {refusals}건(전체 {lines}{line}).",
        ),
    }
}
