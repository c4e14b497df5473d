//! How much a clock is off, as a sentence of a diagnosis.

use core::fmt;

use super::language::Language;
use super::language::Phrase;
use super::offset::{Ending, Extent};
use crate::diagnosis::Diagnosis;
use crate::time::Direction;
use crate::time::Offset;

/// Which clock the sentence about the amount speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    /// The one that was just named.
    It,
    /// The one of the host that wrote the text.
    Local,
    /// The same, where the other one is not to be trusted either.
    LocalBesideOther,
    /// The one of the other server.
    Other,
}

/// The direction without an amount.
pub(super) fn unmeasured(
    direction: Option<Direction>,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let phrase = match direction {
        Some(Direction::Behind) => Phrase {
            en: " It is behind; the text does not show by how much.",
            de: " Sie geht nach; um wie viel, zeigt der Text nicht.",
            ko: " 시계가 느리지만, 얼마나 느린지는 로그에 나타나지 않습니다.",
        },
        Some(Direction::Ahead) => Phrase {
            en: " It is ahead; the text does not show by how much.",
            de: " Sie geht vor; um wie viel, zeigt der Text nicht.",
            ko: " 시계가 빠르지만, 얼마나 빠른지는 로그에 나타나지 않습니다.",
        },
        None => Phrase {
            en: " The text does not show by how much.",
            de: " Um wie viel, zeigt der Text nicht.",
            ko: " 차이의 크기는 로그에 나타나지 않습니다.",
        },
    };
    f.write_str(phrase.said_in(language))
}

/// The amount: for a log without a zone both if it is in UTC, and what holds in any zone.
pub(super) fn measured(
    d: &Diagnosis,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let Some(if_utc) = d.offset_if_utc else {
        return match d.offset.map(Extent::of) {
            None | Some(Extent::Unknown) => Ok(()),
            Some(extent) => in_known_zone(extent, subject, language, f),
        };
    };
    let utc = Extent::of(if_utc);
    match d.offset.and_then(|any| Extent::at_least(any, if_utc)) {
        Some(any) => in_any_zone(utc, any, subject, language, f),
        None => in_utc_only(utc, subject, language, f),
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
    let subject = subject.said_in(language);
    let extent = extent.said(language, Ending::Full);
    match language {
        Language::English => write!(f, " {subject} is {extent}."),
        Language::German => write!(f, " {subject} {extent}."),
        Language::Korean => write!(f, " {subject}{extent}."),
    }
}

fn in_any_zone(
    utc: Extent,
    any: Extent,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let subject = subject.said_in(language);
    let (utc, any) = (utc.said(language, Ending::And), any.said(language, Ending::Full));
    match language {
        Language::English => {
            write!(f, " {subject} is {utc} if the log is in UTC, and {any} in any time zone.")
        }
        Language::German => {
            write!(
                f,
                " {subject} {utc}, wenn das Log in UTC geschrieben ist, und in jeder Zeitzone {any}."
            )
        }
        Language::Korean => {
            write!(f, " 로그 시각이 UTC라면 {subject}{utc}, 시간대와 관계없이 {any}.")
        }
    }
}

// Some zone makes the interval reach zero.
fn in_utc_only(
    utc: Extent,
    subject: Subject,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let subject = subject.said_in(language);
    let utc = utc.said(language, Ending::Full);
    match language {
        Language::English => {
            write!(
                f,
                " {subject} is {utc} if the log is in UTC; in another time zone it may be right."
            )
        }
        Language::German => {
            write!(
                f,
                " {subject} {utc}, wenn das Log in UTC geschrieben ist; in einer anderen Zeitzone kann sie richtig gehen."
            )
        }
        Language::Korean => {
            write!(
                f,
                " 로그 시각이 UTC라면 {subject}{utc}. 다른 시간대라면 시계가 맞을 수도 있습니다."
            )
        }
    }
}

impl Subject {
    const fn said_in(self, language: Language) -> &'static str {
        match self {
            Self::It => Phrase { en: "It", de: "Sie geht", ko: "" },
            Self::Local => {
                Phrase { en: "The local clock", de: "Die lokale Uhr geht", ko: "로컬 시계가 " }
            }
            Self::LocalBesideOther => Phrase {
                en: "Compared with the other, the local clock",
                de: "Verglichen mit der anderen geht die lokale Uhr",
                ko: "상대 시계와 비교하면 로컬 시계가 ",
            },
            Self::Other => {
                Phrase { en: "That clock", de: "Diese Uhr geht", ko: "상대 서버의 시계가 " }
            }
        }
        .said_in(language)
    }
}
