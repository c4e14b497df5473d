//! What would decide, where the text does not.

use core::fmt;

use super::language::Language;
use super::language::Phrase;
use crate::diagnosis::Decider;

/// The one line or command that would decide, as a sentence; commands stand in backticks.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Decider;
/// use jwtick_core::words::{Language, decider};
/// assert!(decider(Decider::LogZone, Language::English).to_string().contains("`--tz +09:00`"));
/// ```
#[must_use]
pub fn decider(decider: Decider, language: Language) -> impl fmt::Display {
    match decider {
        Decider::ServerDate => Phrase {
            en: "Run `date -u` on this host and `curl -sI https://SERVER/` against the server that refused, one right after the other: its `Date` header beside the local time decides.",
            de: "Führen Sie auf diesem Host `date -u` und direkt danach `curl -sI https://SERVER/` gegen den ablehnenden Server aus: Sein Header `Date` neben der lokalen Zeit entscheidet.",
            ko: "이 호스트에서 `date -u` 명령을 실행하고 이어서 거부한 서버에 `curl -sI https://SERVER/` 명령을 실행하십시오. 응답의 `Date` 헤더와 로컬 시각을 비교하면 판단할 수 있습니다.",
        },
        Decider::LogZone => Phrase {
            en: "State the time zone of the log: `--tz +09:00`, `--tz UTC` or `--tz Europe/Berlin`, for example.",
            de: "Geben Sie die Zeitzone des Logs an, zum Beispiel `--tz +09:00`, `--tz UTC` oder `--tz Europe/Berlin`.",
            ko: "로그의 시간대를 지정하십시오. 예: `--tz +09:00`, `--tz UTC`, `--tz Asia/Seoul`.",
        },
        Decider::OwnStamp => Phrase {
            en: "Note the client's own time, in UTC, when the refusal arrives (`date -u`): near the server's time the request was late, near the time of signing the clock is wrong.",
            de: "Halten Sie die eigene Zeit des Clients in UTC fest, wenn die Ablehnung eintrifft (`date -u`): Liegt sie nahe der Serverzeit, kam die Anfrage zu spät; liegt sie nahe dem Zeitpunkt der Signatur, geht die Uhr falsch.",
            ko: "거부 응답이 도착한 순간의 클라이언트 시각을 UTC로 기록하십시오(`date -u`). 서버 시각에 가까우면 요청이 늦은 것이고, 서명 시각에 가까우면 시계가 잘못된 것입니다.",
        },
        Decider::TokenTimes => Phrase {
            en: "Look at `iat` and `exp` of the refused token: `jwtick inspect TOKEN`.",
            de: "Sehen Sie sich `iat` und `exp` des abgelehnten Tokens an: `jwtick inspect TOKEN`.",
            ko: "거부된 토큰의 `iat`, `exp` 값을 확인하십시오: `jwtick inspect TOKEN`.",
        },
        Decider::CertificateDates => Phrase {
            en: "Compare the dates of the certificate with the local time: `openssl s_client -connect SERVER:443 </dev/null | openssl x509 -noout -dates`, then `date -u`.",
            de: "Vergleichen Sie die Daten des Zertifikats mit der lokalen Zeit: `openssl s_client -connect SERVER:443 </dev/null | openssl x509 -noout -dates`, dann `date -u`.",
            ko: "인증서의 유효 기간과 로컬 시각을 비교하십시오: `openssl s_client -connect SERVER:443 </dev/null | openssl x509 -noout -dates`, 이어서 `date -u`.",
        },
        Decider::FailedCall => Phrase {
            en: "Give the part of the log around a failed call: this text holds no refusal.",
            de: "Geben Sie den Teil des Logs rund um einen fehlgeschlagenen Aufruf an: Dieser Text enthält keine Ablehnung.",
            ko: "실패한 호출 전후의 로그를 입력하십시오. 이 텍스트에는 거부 기록이 없습니다.",
        },
    }
    .said_in(language)
}
