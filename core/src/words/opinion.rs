//! What a time service adds to a diagnosis: which of two clocks is right.

use core::fmt;

use super::language::Language;
use super::language::Phrase;
use super::offset::{Ending, Extent};
use crate::diagnosis::Cause;
use crate::diagnosis::Diagnosis;
use crate::time::Offset;
use crate::time::Span;

/// A sentence on the third opinion, where it decides or contradicts.
pub(super) fn third_opinion(
    d: &Diagnosis,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let Some(opinion) = d.third_opinion else { return Ok(()) };
    match (d.cause, opinion.remote) {
        (Cause::RemoteClock, _) if opinion.local.contains(Span::ZERO) => {
            f.write_str(LOCAL_RIGHT.said_in(language))
        }
        (Cause::LocalClock | Cause::TimeZone, Some(remote)) if remote.contains(Span::ZERO) => {
            f.write_str(SERVER_RIGHT.said_in(language))
        }
        (Cause::PeerClocks, Some(remote)) => both_wrong(opinion.local, remote, language, f),
        _ => Ok(()),
    }
}

const LOCAL_RIGHT: Phrase = Phrase {
    en: " A time service (NTP) shows that the local clock is right.",
    de: " Ein Zeitdienst (NTP) zeigt, dass die lokale Uhr richtig geht.",
    ko: " 시간 서비스(NTP)에 따르면 로컬 시계는 정확합니다.",
};

const SERVER_RIGHT: Phrase = Phrase {
    en: " A time service (NTP) shows that the server's clock is right.",
    de: " Ein Zeitdienst (NTP) zeigt, dass die Uhr des Servers richtig geht.",
    ko: " 시간 서비스(NTP)에 따르면 서버의 시계는 정확합니다.",
};

fn both_wrong(
    local: Offset,
    remote: Offset,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let local = Extent::of(local).said(language, Ending::And);
    let remote = Extent::of(remote).said(language, Ending::Full);
    match language {
        Language::English => write!(
            f,
            " By a time service (NTP) both are wrong: the local clock is {local}, the server's is \
             {remote}."
        ),
        Language::German => write!(
            f,
            " Nach einem Zeitdienst (NTP) gehen beide falsch: die lokale Uhr {local}, die des \
             Servers {remote}."
        ),
        Language::Korean => write!(
            f,
            " 시간 서비스(NTP)에 따르면 둘 다 잘못되었습니다. 로컬 시계가 {local}, 서버의 시계가 {remote}."
        ),
    }
}
