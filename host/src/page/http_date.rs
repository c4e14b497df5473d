//! Measurements by the `Date` header, in the language of the reader: errors and notes.

use jwtick_core::survey::DateFault;
use jwtick_core::words;
use jwtick_core::words::{sentence, sentences};

use super::over_http::{certificate, instant};
use crate::source::http_date::{DateError, HttpNote};

sentences! {
    /// The reason why the answers do not prove a time.
    pub(crate) fn date(error: &DateError, language, f) {
        DateError::Missing => [
            en: "{error}",
            de: "Die Antwort hat keinen Header Date: Nennen Sie eine andere URL",
            ko: "응답에 Date 헤더가 없습니다. 다른 URL을 지정하십시오",
        ]
        DateError::Several => [
            en: "{error}",
            de: "Die Antwort hat mehrere Header Date; erlaubt ist einer",
            ko: "응답에 Date 헤더가 여러 개 있습니다. 하나만 허용됩니다",
        ]
        DateError::Unreadable { text, fault } => {
            let (text, fault) = (text.escape_debug(), words::http_date_error(fault, language));
            sentence!(f, language,
                en: "{error}",
                de: "Die Antwort hat den Header Date `{text}`: {fault}",
                ko: "응답의 Date 헤더 `{text}`: {fault}",
            )
        }
        DateError::Series(fault) => { write!(f, "{}", series(*fault, language)) }
        DateError::Stored { answers } => [
            en: "{error}",
            de: "Alle {answers} Antworten haben den Header Age, kommen also aus einem Cache: Nennen Sie eine URL, für die kein Cache antwortet",
            ko: "응답 {answers}개 모두 Age 헤더가 있어 캐시에서 온 것입니다. 캐시가 응답하지 않는 URL을 지정하십시오",
        ]
        DateError::Unmoved => [
            en: "{error}",
            de: "Nicht feststellbar, ob Date weiterläuft, denn das dauert drei Sekunden: Geben Sie mehr Zeit",
            ko: "Date 헤더가 진행하는지 확인하지 못했습니다. 3초가 필요하므로 시간을 더 주십시오",
        ]
        DateError::BeforeWritten { utc, written } => {
            let (utc, written) = (instant(*utc, language), instant(*written, language));
            sentence!(f, language,
                en: "{error}",
                de: "Der Server meldet {utc}, aber dieses Programm wurde nach {written} geschrieben: Die Uhr des Servers geht falsch",
                ko: "서버의 시각은 {utc}이지만 이 프로그램은 {written} 이후에 작성되었습니다. 서버의 시계가 잘못되었습니다",
            )
        }
        DateError::Redirects { followed } => [
            en: "{error}",
            de: "Mehr als {followed} Mal umgeleitet: Nennen Sie die URL, bei der die Umleitung endet",
            ko: "{followed}번 넘게 리디렉션되었습니다. 마지막 URL을 지정하십시오",
        ]
        DateError::Location { to } => {
            let to = to.escape_debug();
            sentence!(f, language,
                en: "{error}",
                de: "Umgeleitet nach `{to}`, was keine URL mit http:// oder https:// ist: Nennen Sie eine andere",
                ko: "`{to}` 주소로 리디렉션되었습니다. http:// 또는 https:// URL이 아니므로 다른 URL을 지정하십시오",
            )
        }
        DateError::OtherHost { to } => [
            en: "{error}",
            de: "Auf einen anderen Host umgeleitet, {to}: Nennen Sie diese URL, oder lassen Sie mit --follow Umleitungen zu anderen Hosts zu",
            ko: "다른 호스트({to})로 리디렉션되었습니다. 그 URL을 지정하거나 --follow 옵션으로 다른 호스트로의 리디렉션을 허용하십시오",
        ]
        DateError::LinkLocal { to } => [
            en: "{error}",
            de: "Zur Link-Local-Adresse {to} umgeleitet; solchen Umleitungen wird nicht gefolgt: Nennen Sie die URL selbst, wenn ihre Antwort zählen soll",
            ko: "링크 로컬 주소({to})로 리디렉션되었습니다. 이런 리디렉션은 따르지 않으므로 그 응답을 사용하려면 그 URL을 직접 지정하십시오",
        ]
        DateError::Downgrade { to } => [
            en: "{error}",
            de: "Von https nach {to} umgeleitet: Nennen Sie diese URL, wenn ihre Antwort zählen soll",
            ko: "https에서 {to} 주소로 리디렉션되었습니다. 그 응답을 사용하려면 그 URL을 지정하십시오",
        ]
    }

    fn series(fault: DateFault, language, f) {
        DateFault::Stored { date } => [
            en: "{fault}",
            de: "Die Antwort mit Date {date} hat den Header Age, kommt also aus einem Cache",
            ko: "Date {date} 응답에 Age 헤더가 있어 캐시에서 온 것입니다",
        ]
        DateFault::Repeated { date, later } => {
            let later = words::duration(later, language);
            sentence!(f, language,
                en: "{fault}",
                de: "Date muss weiterlaufen, stand aber {later} lang auf {date}",
                ko: "Date 헤더는 진행해야 하지만, {later} 동안 {date} 값에 멈춰 있었습니다",
            )
        }
        DateFault::WentBack { from, to } => [
            en: "{fault}",
            de: "Date muss weiterlaufen, lief aber von {from} auf {to} zurück",
            ko: "Date 헤더는 진행해야 하지만, 뒤로 갔습니다({from} → {to})",
        ]
        DateFault::Apart { least } => {
            let least = words::duration(least, language);
            sentence!(f, language,
                en: "{fault}",
                de: "Die Date-Header zweier Antworten weichen um mindestens {least} voneinander ab: Mehrere Server mit verschiedenen Uhren haben geantwortet, oder die Uhr wurde dazwischen gestellt",
                ko: "두 응답의 Date 헤더가 최소 {least} 차이 납니다. 시계가 다른 여러 서버가 응답했거나 그 사이에 시계가 변경되었습니다",
            )
        }
        _ => [en: "{fault}", de: "{fault}", ko: "{fault}"]
    }

    /// Notes on an answer.
    pub(crate) fn note(note: &HttpNote, language, f) {
        HttpNote::Redirected { from, to, offset: None } => [
            en: "{note}", de: "{from} leitet um nach {to}", ko: "{from} → {to} 리디렉션"]
        HttpNote::Redirected { from, to, offset: Some(offset) } => {
            let offset = words::interval(*offset, language);
            sentence!(f, language,
                en: "{note}",
                de: "{from} leitet um nach {to}; laut dessen eigenem Date ist der Versatz {offset}",
                ko: "{from} → {to} 리디렉션, 해당 서버의 Date에 따른 오프셋: {offset}",
            )
        }
        HttpNote::Via { proxy } => {
            let proxy = proxy.escape_debug();
            sentence!(f, language,
                en: "{note}",
                de: "die Antworten kamen über einen Proxy ({proxy}), daher kann Date von diesem stammen",
                ko: "응답이 프록시({proxy})를 거쳤으므로 Date가 프록시의 것일 수 있습니다",
            )
        }
        HttpNote::Stored { answers } => [
            en: "{note}",
            de: "{answers} Antworten kamen aus einem Cache (Age) und zählten nicht",
            ko: "응답 {answers}개는 캐시에서 온 것(Age)이라 제외되었습니다",
        ]
        HttpNote::RefusedByThisClock { fault } => {
            let fault = certificate(fault, language);
            sentence!(f, language,
                en: "{note}",
                de: "das Zertifikat gilt, nach der Uhr dieses Rechners aber nicht ({fault}), darum lehnen TLS-Programme hier den Server ab",
                ko: "인증서는 유효하지만 이 시스템의 시계로는 유효하지 않아({fault}) 이곳의 TLS 클라이언트가 서버를 거부합니다",
            )
        }
        HttpNote::Unproved { fault } => {
            let fault = certificate(fault, language);
            sentence!(f, language,
                en: "{note}",
                de: "nicht nachgewiesen, wer geantwortet hat; zum Zertifikat: {fault}",
                ko: "누가 응답했는지 증명되지 않았습니다. 인증서: {fault}",
            )
        }
    }
}
