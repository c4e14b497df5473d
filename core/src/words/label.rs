//! Short names for the records of a diagnosis.

use core::fmt;

use super::language::Language;
use super::language::Phrase;
use crate::diagnosis::EvidenceKind;
use crate::diagnosis::{Cause, Certainty};

/// The cause as a headline: `local clock wrong`.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Cause;
/// use jwtick_core::words::{Language, cause};
/// assert_eq!(cause(Cause::LocalClock, Language::English).to_string(), "local clock wrong");
/// ```
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table: one arm a cause")]
pub fn cause(cause: Cause, language: Language) -> impl fmt::Display {
    match cause {
        Cause::LocalClock => {
            Phrase { en: "local clock wrong", de: "lokale Uhr falsch", ko: "로컬 시계 오류" }
        }
        Cause::ClockUnset => {
            Phrase { en: "clock never set", de: "Uhr nie gestellt", ko: "시계 미설정" }
        }
        Cause::TimeZone => Phrase { en: "time zone", de: "Zeitzone", ko: "시간대" },
        Cause::RemoteClock => Phrase {
            en: "other server's clock wrong",
            de: "Uhr des anderen Servers falsch",
            ko: "상대 서버 시계 오류",
        },
        Cause::PeerClocks => Phrase {
            en: "two clocks differ",
            de: "zwei Uhren weichen voneinander ab",
            ko: "두 시계 불일치",
        },
        Cause::Expired => {
            Phrase { en: "really expired", de: "tatsächlich abgelaufen", ko: "실제 만료" }
        }
        Cause::LateRequest => {
            Phrase { en: "request too late", de: "Anfrage zu spät", ko: "요청 지연" }
        }
        Cause::Units => {
            Phrase {
                en: "wrong unit of time", de: "falsche Zeiteinheit", ko: "시간 단위 오류"
            }
        }
        Cause::Lifetime => Phrase {
            en: "lifetime not allowed",
            de: "unzulässige Gültigkeitsdauer",
            ko: "허용되지 않는 유효 기간",
        },
        Cause::NotClock => {
            Phrase { en: "not a clock", de: "keine Uhr", ko: "시계 문제 아님" }
        }
        Cause::ServerCertificate => {
            Phrase { en: "server certificate", de: "Serverzertifikat", ko: "서버 인증서" }
        }
        Cause::Undetermined => {
            Phrase { en: "undetermined", de: "unentschieden", ko: "판단 불가" }
        }
    }
    .said_in(language)
}

/// What a line contributes, as a label: `server time`.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::EvidenceKind;
/// use jwtick_core::words::{Language, evidence_kind};
/// assert_eq!(evidence_kind(EvidenceKind::ServerTime, Language::English).to_string(), "server time");
/// ```
#[must_use]
pub fn evidence_kind(kind: EvidenceKind, language: Language) -> impl fmt::Display {
    match kind {
        EvidenceKind::Refusal => Phrase { en: "refusal", de: "Ablehnung", ko: "거부" },
        EvidenceKind::ServerTime => {
            Phrase { en: "server time", de: "Serverzeit", ko: "서버 시각" }
        }
        EvidenceKind::LocalTime => {
            Phrase { en: "local time", de: "lokale Zeit", ko: "로컬 시각" }
        }
        EvidenceKind::Token => Phrase { en: "token", de: "Token", ko: "토큰" },
        EvidenceKind::ClockStep => {
            Phrase { en: "clock set", de: "Uhr gestellt", ko: "시계 조정" }
        }
        EvidenceKind::Certificate => {
            Phrase { en: "certificate", de: "Zertifikat", ko: "인증서" }
        }
        EvidenceKind::NodeTime => {
            Phrase { en: "node's time", de: "Zeit eines Knotens", ko: "노드 시각" }
        }
    }
    .said_in(language)
}

/// How far a conclusion can be trusted, as an adjective: `proven`.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Certainty;
/// use jwtick_core::words::{Language, certainty};
/// assert_eq!(certainty(Certainty::Proven, Language::English).to_string(), "proven");
/// ```
#[must_use]
pub fn certainty(certainty: Certainty, language: Language) -> impl fmt::Display {
    match certainty {
        Certainty::Weak => Phrase { en: "uncertain", de: "unsicher", ko: "불확실" },
        Certainty::Likely => Phrase { en: "likely", de: "wahrscheinlich", ko: "가능성 높음" },
        Certainty::Proven => Phrase { en: "proven", de: "bewiesen", ko: "입증됨" },
    }
    .said_in(language)
}

/// A part of a report.
///
/// # Example
/// ```
/// use jwtick_core::words::{Heading, Language, heading};
/// assert_eq!(heading(Heading::Evidence, Language::Korean).to_string(), "근거");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Heading {
    /// The lines that a conclusion rests on.
    Evidence,
    /// The picture of the two clocks.
    Clocks,
    /// What to do.
    Remedies,
    /// What would decide.
    Decider,
    /// Before the number of a line.
    Line,
    /// The clock of the host that wrote the text.
    LocalClock,
    /// The same, where its zone is unknown and UTC is assumed.
    LocalClockIfUtc,
    /// The clock that it is measured against.
    Reference,
    /// The sources that were asked.
    Sources,
}

/// The words over or beside a part of a report.
///
/// # Example
/// ```
/// use jwtick_core::words::{Heading, Language, heading};
/// assert_eq!(heading(Heading::Remedies, Language::English).to_string(), "What to do");
/// ```
#[must_use]
pub fn heading(heading: Heading, language: Language) -> impl fmt::Display {
    match heading {
        Heading::Evidence => Phrase { en: "Evidence", de: "Belege", ko: "근거" },
        Heading::Clocks => Phrase { en: "Clocks", de: "Uhren", ko: "시계" },
        Heading::Remedies => Phrase { en: "What to do", de: "Was zu tun ist", ko: "조치 방법" },
        Heading::Decider => Phrase {
            en: "What would decide",
            de: "Was entscheiden würde",
            ko: "판단에 필요한 정보",
        },
        Heading::Line => Phrase { en: "line", de: "Zeile", ko: "줄" },
        Heading::LocalClock => Phrase { en: "local clock", de: "lokale Uhr", ko: "로컬 시계" },
        Heading::LocalClockIfUtc => Phrase {
            en: "local clock, if in UTC",
            de: "lokale Uhr, falls in UTC",
            ko: "로컬 시계(UTC라면)",
        },
        Heading::Reference => Phrase { en: "reference", de: "Referenz", ko: "기준 시계" },
        Heading::Sources => Phrase { en: "Sources", de: "Quellen", ko: "소스" },
    }
    .said_in(language)
}
