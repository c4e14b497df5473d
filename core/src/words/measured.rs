//! The offset of a clock, as sentences of a diagnosis.

use core::fmt;

use super::duration::grouped;
use super::language::Language;
use super::offset::{Ending, Extent};
use super::sentence::{Said, sentence, sentences};
use crate::diagnosis::{Certainty, ClockFault, Diagnosis};
use crate::survey::NodeClocks;
use crate::time::{Direction, Offset, Span};

/// The clock that is the subject of a sentence about the offset.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    /// The clock of the host that wrote the text, with the certainty that it is wrong.
    Host(Certainty),
    /// The clock named in the previous sentence.
    It,
    /// The clock of the host that wrote the text.
    Local,
    /// The same clock, if the other one may be wrong too.
    LocalComparedWithOther,
    /// The clock of the other server.
    Other,
}

sentences! {
    /// The direction, without an amount.
    pub(super) fn unmeasured(direction: Option<Direction>, language, f) {
        Some(Direction::Behind) => [
            en: "It is behind, but the text does not show by how much.",
            de: "Sie geht nach; um wie viel, zeigt der Text nicht.",
            ko: "시계가 느리지만, 얼마나 느린지는 로그에 나타나지 않습니다.",
        ]
        Some(Direction::Ahead) => [
            en: "It is ahead, but the text does not show by how much.",
            de: "Sie geht vor; um wie viel, zeigt der Text nicht.",
            ko: "시계가 빠르지만, 얼마나 빠른지는 로그에 나타나지 않습니다.",
        ]
        None => [
            en: "The text does not show by how much.",
            de: "Um wie viel, zeigt der Text nicht.",
            ko: "차이의 크기는 로그에 나타나지 않습니다.",
        ]
    }

    /// The subject and its verb. In Korean the verb is at the end of the sentence.
    fn subject_is(subject: Subject, language, f) {
        Subject::Host(Certainty::Proven) => [
            en: "The clock of the host that wrote this log is",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht",
            ko: "이 로그를 기록한 호스트의 시계가 ",
        ]
        Subject::Host(Certainty::Likely) => [
            en: "The clock of the host that wrote this log is most likely",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht sehr wahrscheinlich",
            ko: "이 로그를 기록한 호스트의 시계가 ",
        ]
        Subject::Host(Certainty::Weak) => [
            en: "The clock of the host that wrote this log may be",
            de: "Die Uhr des Hosts, der dieses Log geschrieben hat, geht möglicherweise",
            ko: "이 로그를 기록한 호스트의 시계가 ",
        ]
        Subject::It => [en: "It is", de: "Sie geht", ko: ""]
        Subject::Local => [en: "The local clock is", de: "Die lokale Uhr geht", ko: "로컬 시계가 "]
        Subject::LocalComparedWithOther => [
            en: "Compared with the other, the local clock is",
            de: "Verglichen mit der anderen geht die lokale Uhr",
            ko: "상대 시계와 비교하면 로컬 시계가 ",
        ]
        Subject::Other => [en: "That clock is", de: "Diese Uhr geht", ko: "상대 서버의 시계가 "]
    }
}

impl Subject {
    /// The blank after the previous sentence, if there is one.
    const fn gap(self) -> &'static str {
        match self {
            Self::Host(_) => "",
            _ => " ",
        }
    }

    const fn ending(self) -> Ending {
        match self {
            Self::Host(Certainty::Likely | Certainty::Weak) => Ending::May,
            _ => Ending::Full,
        }
    }
}

/// The end of a sentence that states its certainty, which only Korean has.
fn possibility(subject: Subject, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| match subject {
        Subject::Host(Certainty::Likely) => {
            sentence!(f, language, en: "", de: "", ko: " 가능성이 높습니다")
        }
        Subject::Host(Certainty::Weak) => {
            sentence!(f, language, en: "", de: "", ko: " 수 있습니다")
        }
        _ => Ok(()),
    })
}

/// Returns `true` if the offset is a headline of its own: it proves in which direction the clock is
/// wrong.
pub(super) fn is_headline(d: &Diagnosis) -> bool {
    d.offset_if_utc.or(d.offset).map(Extent::of).is_some_and(Extent::is_one_sided)
}

/// The amount. For a log without a zone, both the value in UTC and the value that holds in any
/// zone.
pub(super) fn measured(
    d: &Diagnosis,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let Some(if_utc) = d.offset_if_utc else {
        return match d.offset.map(Extent::of) {
            None | Some(Extent::Unknown) => Ok(()),
            Some(extent) => match stated(d, extent) {
                Some((difference, way)) => less_the_wait(difference, way, subject, language, f),
                None => in_known_zone(extent, subject, language, f),
            },
        };
    };
    let utc = Extent::of(if_utc);
    match d.offset.and_then(|any| Extent::at_least(any, if_utc)) {
        Some(any) => in_any_zone(utc, any, subject, language, f),
        None if d.fault == ClockFault::Found => in_no_zone(utc, subject, language, f),
        None => in_utc_only(utc, subject, language, f),
    }
}

/// The difference that the text states, and its direction, if the offset is in that direction.
fn stated(d: &Diagnosis, extent: Extent) -> Option<(Extent, Direction)> {
    let difference = Extent::of(Offset::exactly(d.difference?));
    match (difference, extent.direction()) {
        (Extent::Around { direction, .. }, Some(way)) if direction == way => {
            Some((difference, way))
        }
        _ => None,
    }
}

fn less_the_wait(
    difference: Extent,
    way: Direction,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let difference = difference.said(language, subject.ending());
    let (gap, may) = (subject.gap(), possibility(subject, language));
    let subject = subject_is(subject, language);
    match way {
        Direction::Behind => sentence!(f, language,
            en: "{gap}{subject} {difference}, less the time that the request waited.",
            de: "{gap}{subject} {difference}, abzüglich der Zeit, die die Anfrage wartete.",
            ko: "{gap}{subject}{difference}{may}. 요청이 대기한 시간이 있으면 그만큼 차이가 줄어듭니다.",
        ),
        Direction::Ahead => sentence!(f, language,
            en: "{gap}{subject} {difference}, plus the time that the request waited.",
            de: "{gap}{subject} {difference}, zuzüglich der Zeit, die die Anfrage wartete.",
            ko: "{gap}{subject}{difference}{may}. 요청이 대기한 시간이 있으면 그만큼 차이가 늘어납니다.",
        ),
    }
}

/// The amount for the clock of the other server.
pub(super) fn measured_there(
    remote: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    in_known_zone(Extent::of(remote), Subject::Other, language, f)
}

fn in_known_zone(
    extent: Extent,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let extent = extent.said(language, subject.ending());
    let (gap, may) = (subject.gap(), possibility(subject, language));
    let subject = subject_is(subject, language);
    sentence!(f, language,
        en: "{gap}{subject} {extent}{may}.", de: "{gap}{subject} {extent}{may}.", ko: "{gap}{subject}{extent}{may}.")
}

fn in_any_zone(
    utc: Extent,
    any: Extent,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (utc, any) = (utc.said(language, Ending::And), any.said(language, subject.ending()));
    let (gap, may) = (subject.gap(), possibility(subject, language));
    let subject = subject_is(subject, language);
    sentence!(f, language,
        en: "{gap}{subject} {utc} if the log is in UTC, and {any} in any time zone{may}.",
        de: "{gap}{subject} {utc}, wenn das Log in UTC geschrieben ist, und in jeder Zeitzone {any}{may}.",
        ko: "{gap}로그 시각이 UTC라면 {subject}{utc}, 시간대와 관계없이 {any}{may}.",
    )
}

// The difference is no multiple of a quarter of an hour, so no zone explains it.
fn in_no_zone(
    utc: Extent,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let utc = utc.said(language, subject.ending());
    let (gap, may) = (subject.gap(), possibility(subject, language));
    let subject = subject_is(subject, language);
    sentence!(f, language,
        en: "{gap}{subject} {utc} if the log is in UTC{may}; in another time zone the amount differs, but no time zone makes it right.",
        de: "{gap}{subject} {utc}, wenn das Log in UTC geschrieben ist{may}; in einer anderen Zeitzone ist der Betrag ein anderer, aber in keiner geht sie richtig.",
        ko: "{gap}로그 시각이 UTC라면 {subject}{utc}{may}. 다른 시간대라면 차이의 크기는 다르지만, 어떤 시간대에서도 정확하지 않습니다.",
    )
}

// Some zone makes the interval reach zero.
fn in_utc_only(
    utc: Extent,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let utc = utc.said(language, subject.ending());
    let (gap, may) = (subject.gap(), possibility(subject, language));
    let subject = subject_is(subject, language);
    sentence!(f, language,
        en: "{gap}{subject} {utc} if the log is in UTC{may}; in another time zone it may be right.",
        de: "{gap}{subject} {utc}, wenn das Log in UTC geschrieben ist{may}; in einer anderen Zeitzone kann sie richtig gehen.",
        ko: "{gap}로그 시각이 UTC라면 {subject}{utc}{may}. 다른 시간대라면 시계가 맞을 수도 있습니다.",
    )
}

/// The clocks of the servers that share a name, in one sentence, starting with the clock that is
/// farthest behind: the number of answers by each clock, and the local clock according to it.
pub(super) fn node_clocks(
    clocks: &NodeClocks,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let all = grouped(clocks.answers().into(), language);
    for (index, clock) in clocks.by_offset().iter().enumerate() {
        let answers = grouped(clock.answers().into(), language);
        let extent = Extent::of(readable(clock.offset())).said(language, Ending::Noun);
        match index {
            0 => sentence!(f, language,
                en: " According to {answers} of {all} answers, the local clock is {extent}",
                de: " Laut {answers} von {all} Antworten geht die lokale Uhr {extent}",
                ko: " 응답 {all}개로 본 로컬 시계: {answers}개는 {extent}",
            ),
            _ => sentence!(f, language,
                en: "; according to {answers}, it is {extent}",
                de: "; laut {answers} geht sie {extent}",
                ko: "; {answers}개는 {extent}",
            ),
        }?;
    }
    others(clocks.others(), language, f)
}

// Round trips and whole seconds allow no more than milliseconds. Rounding is outwards, so that the
// interval holds.
fn readable(offset: Offset) -> Offset {
    let millis = |span: Span| span.as_micros().div_euclid(1_000);
    let least = Span::from_millis(millis(offset.least()));
    let most = Span::from_millis(millis(-offset.most()));
    Offset::between(least, -most).unwrap_or(offset)
}

fn others(others: u32, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if others > 0 {
        let count = grouped(others.into(), language);
        sentence!(f, language,
            en: "; according to {count}, it is something else",
            de: "; laut {count} geht sie wieder anders",
            ko: "; {count}개는 그 밖의 값",
        )?;
    }
    f.write_str(".")
}
