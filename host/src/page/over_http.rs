//! Failed HTTP exchanges, rejected certificates and their remedies, in the language of the reader.

use jwtick_core::words::{Language, sentence, sentences, word};
use jwtick_core::{UnixTime, words};

use crate::http::client::{CertificateFault, HttpError, cause};
use crate::notation::civil;
use crate::notation::duration::span;

sentences! {
    /// The reason for a missing answer.
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
        HttpError::LinkLocal { host, address } => [
            en: "{error}",
            de: "Umgeleitet nach {host} mit der Link-Local-Adresse {address}, wohin keiner Umleitung gefolgt wird: Nennen Sie die URL selbst, wenn ihre Antwort zählen soll",
            ko: "{host} 호스트로 리디렉션되었지만 그 주소 {address}는 링크 로컬이므로 따르지 않습니다. 그 응답을 사용하려면 그 URL을 직접 지정하십시오",
        ]
        HttpError::NotGlobal { host, address } => [
            en: "{error}",
            de: "{host} hat die Adresse {address}, die nicht im Internet liegt: Setzen Sie allow-private, wenn dieser Server in Ihrem Netz liegen soll",
            ko: "{host} 호스트의 주소 {address}는 인터넷 주소가 아닙니다. 이 서버가 내부 네트워크에 있어야 한다면 allow-private를 설정하십시오",
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
}

sentences! {
    /// The reason why a certificate is rejected.
    pub(crate) fn certificate(fault: &CertificateFault, language, f) {
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

    /// The remedy for a rejected certificate.
    pub(crate) fn remedy(fault: &CertificateFault, language, f) {
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
}

/// An instant in UTC.
pub(super) fn instant(at: UnixTime, language: Language) -> String {
    let none = word!(language,
        en: "a year that does not exist", de: "ein Jahr, das es nicht gibt", ko: "존재하지 않는 연도");
    civil::utc(at).unwrap_or_else(|| none.to_owned())
}
