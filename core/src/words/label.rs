//! Labels for the parts of a diagnosis, and the command that would settle an open one.

use core::fmt;

use super::language::Language;
use super::remedy::server_or_placeholder;
use super::sentence::{Said, sentences};
use crate::diagnosis::{Cause, Certainty, Decider, EvidenceKind};
use crate::evidence::Author;

/// The line or command that would settle an open diagnosis, as a sentence with commands in backticks.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Decider;
/// use jwtick_core::words::{Language, decider};
/// let said = decider(Decider::LogZone, Language::English).to_string();
/// assert!(said.contains("`--tz +09:00`"));
/// ```
#[must_use]
pub fn decider(decider: Decider, language: Language) -> impl fmt::Display {
    decider_at(decider, "", language)
}

/// The same, with the name of the server in the commands that ask it; nothing stands for an unknown one.
///
/// # Example
/// ```
/// use jwtick_core::diagnosis::Decider;
/// use jwtick_core::words::{Language, decider_at};
/// let said = decider_at(Decider::ServerDate, "id.example.com", Language::English).to_string();
/// assert!(said.contains("`curl -sI https://id.example.com/`"), "{said}");
/// ```
#[must_use]
pub fn decider_at(decider: Decider, server: &str, language: Language) -> impl fmt::Display {
    let server = server_or_placeholder(server);
    Said(move |f: &mut fmt::Formatter<'_>| match decider {
        // openssl wants the port as well.
        Decider::CertificateDates if !server.contains(':') => {
            write!(f, "{}", command((decider, Address { server, port: ":443" }), language))
        }
        _ => write!(f, "{}", command((decider, Address { server, port: "" }), language)),
    })
}

/// A server in a command.
#[derive(Clone, Copy)]
struct Address<'n> {
    server: &'n str,
    port: &'static str,
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.server, self.port)
    }
}

sentences! {
    /// The cause as a label: `local clock wrong`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::diagnosis::Cause;
    /// use jwtick_core::words::{Language, cause};
    /// assert_eq!(cause(Cause::LocalClock, Language::English).to_string(), "local clock wrong");
    /// ```
    pub fn cause(cause: Cause, language, f) {
        Cause::LocalClock =>
            [en: "local clock wrong", de: "lokale Uhr falsch", ko: "로컬 시계 오류"]
        Cause::ClockUnset => [en: "clock never set", de: "Uhr nie gestellt", ko: "시계 미설정"]
        Cause::TimeZone => [en: "time zone", de: "Zeitzone", ko: "시간대"]
        Cause::RemoteClock => [
            en: "other server's clock wrong",
            de: "Uhr des anderen Servers falsch",
            ko: "상대 서버 시계 오류",
        ]
        Cause::PeerClocks => [
            en: "two clocks differ",
            de: "zwei Uhren weichen voneinander ab",
            ko: "두 시계 불일치",
        ]
        Cause::Expired => [en: "really expired", de: "tatsächlich abgelaufen", ko: "실제 만료"]
        Cause::LateRequest => [en: "request too late", de: "Anfrage zu spät", ko: "요청 지연"]
        Cause::Units => [en: "wrong unit of time", de: "falsche Zeiteinheit", ko: "시간 단위 오류"]
        Cause::Lifetime => [
            en: "lifetime not allowed",
            de: "unzulässige Gültigkeitsdauer",
            ko: "허용되지 않는 유효 기간",
        ]
        Cause::NotClock => [en: "not a clock", de: "keine Uhr", ko: "시계 문제 아님"]
        Cause::ServerCertificate =>
            [en: "server certificate", de: "Serverzertifikat", ko: "서버 인증서"]
        Cause::Undetermined => [en: "undetermined", de: "nicht feststellbar", ko: "판단 불가"]
    }

    /// The contribution of a line, as a label: `server time`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::diagnosis::EvidenceKind;
    /// use jwtick_core::words::{Language, evidence_kind};
    /// let said = evidence_kind(EvidenceKind::ServerTime, Language::English).to_string();
    /// assert_eq!(said, "server time");
    /// ```
    pub fn evidence_kind(kind: EvidenceKind, language, f) {
        EvidenceKind::Refusal => [en: "refusal", de: "Ablehnung", ko: "거부"]
        EvidenceKind::ServerTime => [en: "server time", de: "Serverzeit", ko: "서버 시각"]
        EvidenceKind::LocalTime => [en: "local time", de: "lokale Zeit", ko: "로컬 시각"]
        EvidenceKind::Token => [en: "token", de: "Token", ko: "토큰"]
        EvidenceKind::Failure => [en: "possible failure", de: "möglicher Fehler", ko: "실패로 보이는 기록"]
        EvidenceKind::ClockStep => [en: "clock set", de: "Uhr gestellt", ko: "시계 조정"]
        EvidenceKind::Certificate => [en: "certificate", de: "Zertifikat", ko: "인증서"]
        EvidenceKind::NodeTime => [en: "node's time", de: "Zeit eines Knotens", ko: "노드 시각"]
    }

    /// The author of a line, as a label: `time service`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::evidence::Author;
    /// use jwtick_core::words::{Language, author};
    /// let said = author(Author::Stranger, Language::English).to_string();
    /// assert_eq!(said, "requester, not counted");
    /// ```
    pub fn author(author: Author, language, f) {
        Author::Jwtick => [en: "jwtick", de: "jwtick", ko: "jwtick"]
        Author::TimeService => [en: "time service", de: "Zeitdienst", ko: "시간 서비스"]
        Author::Program => [en: "program", de: "Programm", ko: "프로그램"]
        Author::Peer => [en: "other side", de: "Gegenseite", ko: "상대 측"]
        Author::Stranger => [
            en: "requester, not counted",
            de: "Anfragender, zählt nicht",
            ko: "요청자, 판단에서 제외",
        ]
    }

    /// The certainty of a conclusion, as an adjective: `proven`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::diagnosis::Certainty;
    /// use jwtick_core::words::{Language, certainty};
    /// assert_eq!(certainty(Certainty::Proven, Language::English).to_string(), "proven");
    /// ```
    pub fn certainty(certainty: Certainty, language, f) {
        Certainty::Weak => [en: "uncertain", de: "unsicher", ko: "불확실"]
        Certainty::Likely => [en: "likely", de: "wahrscheinlich", ko: "가능성 높음"]
        Certainty::Proven => [en: "proven", de: "bewiesen", ko: "입증됨"]
    }
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
    /// The lines that support a conclusion.
    Evidence,
    /// The premises and sums that prove the conclusion.
    Proof,
    /// The label of the lower end of an offset.
    AtLeast,
    /// The label of the upper end of an offset.
    AtMost,
    /// The picture of the two clocks.
    Clocks,
    /// The actions to take.
    Remedies,
    /// The readings that the text leaves possible.
    Possibilities,
    /// The evidence that would decide, if the text does not.
    Decider,
    /// The word before the number of a line.
    Line,
    /// The clock of the host that wrote the text.
    LocalClock,
    /// The same clock, if its zone is unknown and UTC is assumed.
    LocalClockIfUtc,
    /// The clock used for comparison.
    Reference,
    /// The sources of time that were queried.
    Sources,
    /// The facts that this host itself shows.
    Host,
    /// How far these facts are proven.
    Worth,
}

sentences! {
    /// The heading or label of a part of a report.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::words::{Heading, Language, heading};
    /// assert_eq!(heading(Heading::Remedies, Language::English).to_string(), "What to do");
    /// ```
    pub fn heading(heading: Heading, language, f) {
        Heading::Evidence => [en: "Evidence", de: "Belege", ko: "근거"]
        Heading::Proof => [en: "Proof", de: "Beweis", ko: "증명"]
        Heading::AtLeast => [en: "at least", de: "mindestens", ko: "최소"]
        Heading::AtMost => [en: "at most", de: "höchstens", ko: "최대"]
        Heading::Clocks => [en: "Clocks", de: "Uhren", ko: "시계"]
        Heading::Remedies => [en: "What to do", de: "Was zu tun ist", ko: "조치 방법"]
        Heading::Possibilities =>
            [en: "What remains possible", de: "Was möglich bleibt", ko: "남은 가능성"]
        Heading::Decider =>
            [en: "How to find out", de: "Was Klarheit brächte", ko: "판단에 필요한 정보"]
        Heading::Line => [en: "line", de: "Zeile", ko: "행"]
        Heading::LocalClock => [en: "local clock", de: "lokale Uhr", ko: "로컬 시계"]
        Heading::LocalClockIfUtc => [
            en: "local clock, if in UTC",
            de: "lokale Uhr, falls in UTC",
            ko: "로컬 시계(UTC라면)",
        ]
        Heading::Reference => [en: "reference", de: "Referenz", ko: "기준 시계"]
        Heading::Sources => [en: "Sources", de: "Quellen", ko: "소스"]
        Heading::Host => [en: "This host", de: "Dieser Host", ko: "이 호스트"]
        Heading::Worth => [en: "What this proves", de: "Was das beweist", ko: "증명 여부"]
    }

    fn command(asked: (Decider, Address<'_>), language, f) {
        (Decider::ServerDate, server) => [
            en: "Run `date -u` on this host and, right after it, `curl -sI https://{server}/` against the server that refused. Then compare the `Date` header with the local time.",
            de: "Führen Sie auf diesem Host `date -u` und direkt danach `curl -sI https://{server}/` gegen den ablehnenden Server aus. Vergleichen Sie dann den Header `Date` mit der lokalen Zeit.",
            ko: "이 호스트에서 `date -u` 명령을 실행하고 이어서 거부한 서버에 `curl -sI https://{server}/` 명령을 실행하십시오. 그런 다음 응답의 `Date` 헤더와 로컬 시각을 비교하십시오.",
        ]
        (Decider::LogZone, _) => [
            en: "State the time zone of the log, for example `--tz +09:00`, `--tz UTC` or `--tz Europe/Berlin`.",
            de: "Geben Sie die Zeitzone des Logs an, zum Beispiel `--tz +09:00`, `--tz UTC` oder `--tz Europe/Berlin`.",
            ko: "로그의 시간대를 지정하십시오. 예: `--tz +09:00`, `--tz UTC`, `--tz Asia/Seoul`.",
        ]
        (Decider::OwnStamp, _) => [
            en: "Note the client's own time in UTC (`date -u`) when the refusal arrives. If it is near the server's time, the request was late; if it is near the time of signing, the clock is wrong.",
            de: "Halten Sie die eigene Zeit des Clients in UTC fest (`date -u`), wenn die Ablehnung eintrifft. Liegt sie nahe der Serverzeit, kam die Anfrage zu spät; liegt sie nahe dem Zeitpunkt der Signatur, geht die Uhr falsch.",
            ko: "거부 응답이 도착한 순간의 클라이언트 시각을 UTC로 기록하십시오(`date -u`). 서버 시각에 가까우면 요청이 늦은 것이고, 서명 시각에 가까우면 시계가 잘못된 것입니다.",
        ]
        (Decider::TokenTimes, _) => [
            en: "Check `iat` and `exp` of the refused token with `jwtick inspect TOKEN`.",
            de: "Prüfen Sie `iat` und `exp` des abgelehnten Tokens mit `jwtick inspect TOKEN`.",
            ko: "거부된 토큰의 `iat`, `exp` 값을 확인하십시오: `jwtick inspect TOKEN`.",
        ]
        (Decider::CertificateDates, server) => [
            en: "Compare the dates of the certificate with the local time: `openssl s_client -connect {server} </dev/null | openssl x509 -noout -dates`, then `date -u`.",
            de: "Vergleichen Sie die Daten des Zertifikats mit der lokalen Zeit: `openssl s_client -connect {server} </dev/null | openssl x509 -noout -dates`, dann `date -u`.",
            ko: "인증서의 유효 기간과 로컬 시각을 비교하십시오: `openssl s_client -connect {server} </dev/null | openssl x509 -noout -dates`, 이어서 `date -u`.",
        ]
        (Decider::FailedCall, _) => [
            en: "Give jwtick the part of the log around a failed call: the request, the answer with its headers, and the timestamps of their lines.",
            de: "Geben Sie jwtick den Teil des Logs rund um einen fehlgeschlagenen Aufruf: die Anfrage, die Antwort mit ihren Headern und die Zeitstempel ihrer Zeilen.",
            ko: "실패한 호출 전후의 로그를 입력하십시오. 요청, 헤더를 포함한 응답, 각 줄의 타임스탬프가 필요합니다.",
        ]
    }
}
