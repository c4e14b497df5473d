//! Rejected certificates and their remedies, in the language of the reader.

use jwtick_core::UnixTime;
use jwtick_core::words::{Language, sentence, sentences, word};

use crate::http::client::CertificateFault;
use crate::notation::civil;

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
