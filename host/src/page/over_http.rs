//! Measurements over HTTP: why there was no answer, why it does not tell the time, and notes on it.

use jwtick_core::UnixTime;
use jwtick_core::survey::DateFault;
use jwtick_core::words::{self, Language};
use jwtick_core::words::{sentence, sentences};

use crate::http::client::{CertificateFault, HttpError, cause};
use crate::notation::civil;
use crate::notation::duration::span;
use crate::source::http_date::{DateError, HttpNote};

sentences! {
    /// Why there was no answer.
    pub(crate) fn http(error: &HttpError, language, f) {
        HttpError::Resolve { host, source } => [
            en: "{error}",
            de: "{host} wurde nicht gefunden: {source}",
            ko: "{host}: 주소를 찾을 수 없습니다: {source}",
        ]
        HttpError::NoAddress { host } => [
            en: "{error}",
            de: "{host} wurde nicht gefunden: der Name hat keine Adresse",
            ko: "{host}: 이름에 주소가 없습니다",
        ]
        HttpError::Connect { to, source } => [
            en: "{error}",
            de: "Keine Verbindung zu {to}: {source}",
            ko: "{to} 주소에 연결할 수 없습니다: {source}",
        ]
        HttpError::Silent { to, after } => {
            let after = words::duration(span(*after), language);
            sentence!(f, language,
                en: "{error}",
                de: "Keine Verbindung zu {to}: keine Antwort innerhalb von {after}",
                ko: "{to} 주소에 연결할 수 없습니다: {after} 안에 응답이 없습니다",
            )
        }
        HttpError::ProxyScheme { scheme } => [
            en: "{error}",
            de: "Der Proxy der Umgebung muss http sprechen; gefunden wurde {scheme}: Setzen Sie ihn auf http://… oder nehmen Sie den Host mit no_proxy aus",
            ko: "환경 변수의 프록시는 http 방식이어야 하지만, {scheme} 방식입니다. http://…로 설정하거나 no_proxy로 호스트를 제외하십시오",
        ]
        HttpError::Tunnel { proxy, status } => [
            en: "{error}",
            de: "Der Proxy {proxy} hat selbst mit {status} geantwortet: Nehmen Sie den Host mit no_proxy aus oder lassen Sie ihn im Proxy zu",
            ko: "프록시 {proxy}: 직접 {status} 상태로 응답했습니다. no_proxy로 호스트를 제외하거나 프록시에서 허용하십시오",
        ]
        HttpError::Authority { path, source } => [
            en: "{error}",
            de: "Die Zertifikate in {path} konnten nicht gelesen werden: {source}",
            ko: "{path} 파일의 인증서를 읽을 수 없습니다: {source}",
        ]
        HttpError::NoAuthorities => [
            en: "{error}",
            de: "Auf diesem Rechner ist keine Zertifizierungsstelle bekannt: Installieren Sie ca-certificates oder nennen Sie eine Datei mit --ca",
            ko: "알려진 인증 기관이 없습니다. ca-certificates를 설치하거나 --ca로 파일을 지정하십시오",
        ]
        HttpError::ServerName { host } => {
            let host = host.escape_debug();
            sentence!(f, language,
                en: "{error}",
                de: "Für `{host}` kann es kein Zertifikat geben: Nennen Sie den Host anders",
                ko: "`{host}` 이름의 인증서는 있을 수 없습니다. 다른 이름을 사용하십시오",
            )
        }
        HttpError::Certificate { host, fault } => {
            let (fault, remedy) = (certificate(fault, language), remedy(fault, language));
            sentence!(f, language,
                en: "{error}",
                de: "Das Zertifikat von {host} wird abgelehnt: {fault}. {remedy}, oder messen Sie ohne Nachweis mit --insecure-date",
                ko: "{host}: 인증서가 거부되었습니다: {fault}. {remedy}. 증명 없이 측정하려면 --insecure-date를 사용하십시오",
            )
        }
        HttpError::Handshake { host, source } => [
            en: "{error}",
            de: "Keine TLS-Verbindung mit {host}: {source}",
            ko: "{host}: TLS 연결에 실패했습니다: {source}",
        ]
        HttpError::NotShown { host } => [
            en: "{error}",
            de: "{host} verlangt ein Client-Zertifikat, aber keines ist angegeben: Geben Sie probe eines mit --client-cert und --client-key",
            ko: "{host}: 클라이언트 인증서를 요구하지만 지정되지 않았습니다. probe에 --client-cert와 --client-key로 지정하십시오",
        ]
        HttpError::Tls(source) => [
            en: "{error}", de: "TLS ist nicht möglich: {source}", ko: "TLS를 사용할 수 없습니다: {source}"]
        HttpError::Http(source) if source.is_incomplete_message() => [
            en: "{error}",
            de: "Der Server hat die Verbindung geschlossen, bevor seine Antwort vollständig war",
            ko: "응답이 완료되기 전에 서버가 연결을 닫았습니다",
        ]
        HttpError::Http(source) if source.is_parse_too_large() => [
            en: "{error}",
            de: "Der Kopf der Antwort ist länger als 64 KiB oder hat mehr als 128 Felder",
            ko: "응답 헤더가 64 KiB보다 길거나 필드가 128개보다 많습니다",
        ]
        HttpError::Http(source) if source.is_parse() => [
            en: "{error}",
            de: "Die Antwort ist kein HTTP/1.1: {source}",
            ko: "응답이 HTTP/1.1 형식이 아닙니다: {source}",
        ]
        HttpError::Http(source) => {
            let cause = cause(source);
            sentence!(f, language,
                en: "{error}",
                de: "Die Verbindung ist abgebrochen: {cause}",
                ko: "연결이 끊어졌습니다: {cause}",
            )
        }
        HttpError::EarlyAnswer => [
            en: "{error}",
            de: "Der Server hat geantwortet, bevor er gefragt wurde",
            ko: "요청하기 전에 서버가 응답했습니다",
        ]
        HttpError::Body(source) => [
            en: "{error}",
            de: "Die Antwort konnte nicht gelesen werden: {source}",
            ko: "응답을 읽을 수 없습니다: {source}",
        ]
        HttpError::Shape => [
            en: "{error}",
            de: "Die Anfrage lässt sich nicht als HTTP/1.1 schreiben",
            ko: "요청을 HTTP/1.1 형식으로 쓸 수 없습니다",
        ]
    }

    fn certificate(fault: &CertificateFault, language, f) {
        CertificateFault::NotValidBefore(at) => {
            let at = instant(*at, language);
            sentence!(f, language, en: "{fault}", de: "es gilt erst ab {at}", ko: "유효 시작: {at}")
        }
        CertificateFault::Expired(at) => {
            let at = instant(*at, language);
            sentence!(f, language, en: "{fault}", de: "es ist am {at} abgelaufen", ko: "만료: {at}")
        }
        CertificateFault::UnknownIssuer => [
            en: "{fault}",
            de: "keine hier vertrauenswürdige Stelle hat es signiert",
            ko: "신뢰하는 기관이 서명하지 않았습니다",
        ]
        CertificateFault::WrongName { names } if names.is_empty() => [
            en: "{fault}", de: "es nennt keinen Host", ko: "인증서에 호스트 이름이 없습니다"]
        CertificateFault::WrongName { names } => {
            let names = names.join(", ");
            sentence!(f, language, en: "{fault}", de: "es gilt für {names}", ko: "인증서의 이름: {names}")
        }
        CertificateFault::Other(source) => { write!(f, "{source}") }
    }

    fn remedy(fault: &CertificateFault, language, f) {
        CertificateFault::NotValidBefore(_) | CertificateFault::Expired(_) => [
            en: "renew it on the server",
            de: "Erneuern Sie es auf dem Server",
            ko: "서버에서 인증서를 갱신하십시오",
        ]
        CertificateFault::UnknownIssuer => [
            en: "name the certificate of its authority with --ca",
            de: "Nennen Sie das Zertifikat seiner Zertifizierungsstelle mit --ca",
            ko: "--ca로 인증 기관의 인증서를 지정하십시오",
        ]
        CertificateFault::WrongName { .. } => [
            en: "name the host as the certificate does",
            de: "Nennen Sie den Host so, wie ihn das Zertifikat nennt",
            ko: "인증서에 있는 호스트 이름을 사용하십시오",
        ]
        CertificateFault::Other(_) => [
            en: "replace it on the server",
            de: "Ersetzen Sie es auf dem Server",
            ko: "서버에서 인증서를 교체하십시오",
        ]
    }

    /// Why the answers do not tell the time.
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

    /// Notes on the way to the answer.
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

fn instant(at: UnixTime, language: Language) -> String {
    let none = jwtick_core::words::word!(language,
        en: "a year that does not exist", de: "ein Jahr, das es nicht gibt", ko: "존재하지 않는 연도");
    civil::utc(at).unwrap_or_else(|| none.to_owned())
}
