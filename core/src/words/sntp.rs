//! Why a server's reply is no sample, as a sentence.

use core::fmt;

use super::duration::duration;
use super::language::Language;
use super::language::Phrase;
use super::said::Said;
use crate::survey::SntpContradiction;
use crate::wire::{KissCode, SntpRefusal, SntpRequest, SntpStamp};

/// Why a packet is no sample.
///
/// # Example
/// ```
/// use jwtick_core::wire::SntpRefusal;
/// use jwtick_core::words::{Language, sntp_refusal};
/// let said = sntp_refusal(&SntpRefusal::Unsynchronized, Language::German).to_string();
/// assert_eq!(said, "Der Server sagt, dass seine eigene Uhr nicht synchronisiert ist");
/// ```
#[must_use]
pub fn sntp_refusal(refusal: &SntpRefusal, language: Language) -> impl fmt::Display {
    let refusal = *refusal;
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(&refusal, f),
        Language::German => german(refusal, f),
        Language::Korean => korean(refusal, f),
    })
}

/// That the replies of one server contradict each other.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::SntpContradiction;
/// use jwtick_core::words::{Language, sntp_contradiction};
/// let fault = SntpContradiction { least: Span::from_secs(2) };
/// let said = sntp_contradiction(fault, Language::German).to_string();
/// assert!(said.contains("2 s"), "{said}");
/// ```
#[must_use]
pub fn sntp_contradiction(fault: SntpContradiction, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let least = duration(fault.least, language);
        match language {
            Language::English => fmt::Display::fmt(&fault, f),
            Language::German => write!(
                f,
                "Zwei Antworten des Servers widersprechen sich um mindestens {least}: Seine Uhr \
                 wurde dazwischen gestellt, oder mehrere Server antworten unter einem Namen"
            ),
            Language::Korean => write!(
                f,
                "서버의 두 응답이 {least} 이상 서로 어긋납니다. 그 사이에 서버의 시계가 변경되었거나 여러 \
                 서버가 한 이름으로 응답합니다"
            ),
        }
    })
}

fn german(refusal: SntpRefusal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let length = |span| duration(span, Language::German);
    match refusal {
        SntpRefusal::Short { met } => {
            write!(f, "Die Antwort hat {met} Bytes, nötig sind {}", SntpRequest::LENGTH)
        }
        SntpRefusal::Origin => f.write_str("Das Paket beantwortet nicht diese Anfrage"),
        SntpRefusal::Kiss { code } => german_kiss(code, f),
        SntpRefusal::Mode { met } => {
            write!(f, "Die Antwort hat den Modus {met}, die eines Servers hat 4")
        }
        SntpRefusal::Version { met } => {
            write!(f, "Die Antwort hat die Version {met}, gelesen werden 3 und 4")
        }
        SntpRefusal::Unsynchronized => {
            f.write_str("Der Server sagt, dass seine eigene Uhr nicht synchronisiert ist")
        }
        SntpRefusal::Stratum { met } => {
            write!(f, "Der Server hat das Stratum {met}, wer die Zeit kennt, hat 1 bis 15")
        }
        SntpRefusal::ZeroStamp { stamp } => f.write_str(unset(stamp).said_in(Language::German)),
        SntpRefusal::Backwards { by } => {
            write!(f, "Die Antwort ging {} vor dem Eintreffen der Anfrage ab", length(by))
        }
        SntpRefusal::SetLater { by } => {
            write!(f, "Der Server will seine Uhr {} nach der Antwort gestellt haben", length(by))
        }
        SntpRefusal::Distance { met, allowed } => write!(
            f,
            "Der Server kann nach eigenem Bekunden {} von UTC entfernt sein, erlaubt sind bis zu {}",
            length(met),
            length(allowed)
        ),
        SntpRefusal::Held { held, exchange } => write!(
            f,
            "Der Server will die Anfrage {} lang gehabt haben, der ganze Austausch dauerte {}",
            length(held),
            length(exchange)
        ),
    }
}

const fn unset(stamp: SntpStamp) -> Phrase {
    match stamp {
        SntpStamp::Receive => Phrase {
            en: "the reply's receive timestamp is not set",
            de: "Der Empfangsstempel der Antwort ist nicht gesetzt",
            ko: "응답의 수신 타임스탬프가 비어 있습니다",
        },
        SntpStamp::Transmit => Phrase {
            en: "the reply's transmit timestamp is not set",
            de: "Der Sendestempel der Antwort ist nicht gesetzt",
            ko: "응답의 송신 타임스탬프가 비어 있습니다",
        },
    }
}

fn german_kiss(code: KissCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match code {
        KissCode::RATE => f.write_str(
            "Der Server hat RATE gesendet: Er wird zu oft gefragt, warten Sie vor dem nächsten Versuch",
        ),
        KissCode::DENY | KissCode::RSTR => write!(
            f,
            "Der Server hat {code} gesendet: Er bedient diesen Rechner nicht, fragen Sie einen anderen"
        ),
        _ => write!(f, "Der Server hat {code} statt der Zeit gesendet"),
    }
}

fn korean(refusal: SntpRefusal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let length = |span| duration(span, Language::Korean);
    match refusal {
        SntpRefusal::Short { met } => {
            write!(f, "응답이 {met}바이트입니다. 최소 {}바이트가 필요합니다", SntpRequest::LENGTH)
        }
        SntpRefusal::Origin => f.write_str("이 요청에 대한 응답이 아닌 패킷입니다"),
        SntpRefusal::Kiss { code } => korean_kiss(code, f),
        SntpRefusal::Mode { met } => {
            write!(f, "응답의 모드가 {met}입니다. 서버의 모드는 4입니다")
        }
        SntpRefusal::Version { met } => {
            write!(f, "응답의 버전이 {met}입니다. 버전 3과 4만 읽습니다")
        }
        SntpRefusal::Unsynchronized => {
            f.write_str("서버가 자신의 시계가 동기화되지 않았다고 알렸습니다")
        }
        SntpRefusal::Stratum { met } => {
            write!(f, "서버의 stratum이 {met}입니다. 시각을 아는 서버는 1~15입니다")
        }
        SntpRefusal::ZeroStamp { stamp } => f.write_str(unset(stamp).said_in(Language::Korean)),
        SntpRefusal::Backwards { by } => {
            write!(f, "응답이 요청 도착보다 {} 먼저 전송되었습니다", length(by))
        }
        SntpRefusal::SetLater { by } => {
            write!(f, "서버는 응답을 보내고 {} 뒤에 시계를 맞췄다고 알렸습니다", length(by))
        }
        SntpRefusal::Distance { met, allowed } => write!(
            f,
            "서버 스스로 UTC와 최대 {} 차이가 날 수 있다고 알렸습니다. 허용 한도는 {}입니다",
            length(met),
            length(allowed)
        ),
        SntpRefusal::Held { held, exchange } => write!(
            f,
            "서버는 요청을 {} 동안 가지고 있었다고 하지만 전체 교환에 걸린 시간은 {}입니다",
            length(held),
            length(exchange)
        ),
    }
}

fn korean_kiss(code: KissCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match code {
        KissCode::RATE => f.write_str(
            "서버가 RATE를 보냈습니다. 요청이 너무 잦습니다. 다시 시도하기 전에 기다리십시오",
        ),
        KissCode::DENY | KissCode::RSTR => write!(
            f,
            "서버가 {code} 코드를 보냈습니다. 이 클라이언트에는 서비스하지 않습니다. 다른 서버에 \
             문의하십시오"
        ),
        _ => write!(f, "서버가 시각 대신 {code} 코드를 보냈습니다"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::string::{String, ToString};

    use super::*;
    use crate::time::Span;

    const KISSES: [KissCode; 3] = [KissCode::RATE, KissCode::DENY, KissCode::RSTR];

    const REFUSALS: &[SntpRefusal] = &[
        SntpRefusal::Short { met: 47 },
        SntpRefusal::Origin,
        SntpRefusal::Mode { met: 3 },
        SntpRefusal::Version { met: 5 },
        SntpRefusal::Unsynchronized,
        SntpRefusal::Stratum { met: 16 },
        SntpRefusal::ZeroStamp { stamp: SntpStamp::Receive },
        SntpRefusal::ZeroStamp { stamp: SntpStamp::Transmit },
        SntpRefusal::Backwards { by: Span::from_secs(7) },
        SntpRefusal::SetLater { by: Span::from_secs(5) },
        SntpRefusal::Distance { met: Span::from_secs(8), allowed: Span::from_secs(1) },
        SntpRefusal::Held { held: Span::from_secs(9), exchange: Span::from_secs(6) },
    ];

    #[test]
    fn every_refusal_is_said_in_every_language() {
        let other = KissCode::read(*b"INIT").map(|code| SntpRefusal::Kiss { code });
        let kisses = KISSES.map(|code| SntpRefusal::Kiss { code });
        let mut sentences = BTreeSet::new();
        for refusal in REFUSALS.iter().chain(&kisses).chain(&other) {
            let said = |language| sntp_refusal(refusal, language).to_string();
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let english = said(Language::English);
            for &language in Language::ALL {
                let sentence = said(language);
                let (mut met, mut named) = (digits(&sentence), digits(&english));
                // Word order differs, the numbers do not.
                if matches!(refusal, SntpRefusal::Mode { .. } | SntpRefusal::Version { .. }) {
                    (met, named) = (sorted(&met), sorted(&named));
                }
                assert_eq!(met, named, "{sentence} / {english}");
                assert!(sentences.insert(sentence), "twice: {english}");
            }
        }
    }

    fn sorted(text: &str) -> String {
        let letters: BTreeSet<char> = text.chars().collect();
        letters.into_iter().collect()
    }

    #[test]
    fn a_contradiction_is_said_in_every_language() {
        let fault = SntpContradiction { least: Span::from_secs(3) };
        for &language in Language::ALL {
            let said = sntp_contradiction(fault, language).to_string();
            assert!(said.contains('3'), "{said}");
        }
        assert_eq!(
            sntp_contradiction(fault, Language::English).to_string(),
            "two replies of the server contradict each other by 3 s or more: its clock was set in \
             between, or several servers answer to one name"
        );
    }

    #[test]
    fn what_to_do_about_a_kiss_is_said_where_it_is_known() {
        let rows = [
            (*b"RATE", "warten Sie vor dem nächsten Versuch", "기다리십시오"),
            (*b"DENY", "fragen Sie einen anderen", "다른 서버에 문의하십시오"),
            (*b"RSTR", "fragen Sie einen anderen", "다른 서버에 문의하십시오"),
            (*b"INIT", "hat INIT statt der Zeit gesendet", "INIT 코드를 보냈습니다"),
        ];
        for (code, german, korean) in rows {
            let refusal = SntpRefusal::Kiss { code: KissCode::read(code).unwrap() };
            let said = |language| sntp_refusal(&refusal, language).to_string();
            assert!(said(Language::German).ends_with(german), "{}", said(Language::German));
            assert!(said(Language::Korean).ends_with(korean), "{}", said(Language::Korean));
        }
    }
}
