//! Reasons why a service could not start.

use std::io::ErrorKind;

use jwtick_core::words::sentences;

use crate::commands::serve::args::NoPolicy;
use crate::http::server::ListenError;

sentences! {
    /// A service without a policy.
    pub(super) fn no_policy(fault: NoPolicy, language, f) {
        NoPolicy::Issuer => [
            en: "{fault}",
            de: "Kein Aussteller angegeben: Geben Sie --key FILE --aud NAME an, oder schreiben Sie [[serve.issuer]] in jwtick.toml",
            ko: "발급자가 지정되지 않았습니다. --key FILE --aud NAME 옵션을 지정하거나 jwtick.toml에 [[serve.issuer]]를 적으십시오",
        ]
        NoPolicy::Audience => [
            en: "{fault}",
            de: "Kein Empfänger angegeben, aber ein Token muss für Sie bestimmt sein: Geben Sie --aud NAME mit dem Namen Ihrer API an, oder --any-aud, wenn etwas anderes ihn prüft",
            ko: "대상이 지정되지 않았습니다. 토큰은 이 API를 위한 것이어야 합니다. --aud NAME 옵션에 API의 이름을 지정하거나, 다른 곳에서 검사한다면 --any-aud 옵션을 지정하십시오",
        ]
        NoPolicy::Option(option) => [
            en: "{fault}",
            de: "{option} gehört zu einem Aussteller der Kommandozeile, aber keiner ist angegeben: Fügen Sie --key oder --secret-file hinzu, oder schreiben Sie es in jwtick.toml",
            ko: "{option} 옵션은 명령줄의 발급자에 대한 것이지만 발급자가 없습니다. --key 또는 --secret-file 옵션을 추가하거나 jwtick.toml에 적으십시오",
        ]
        NoPolicy::Keys => [
            en: "{fault}",
            de: "Keine Schlüssel angegeben: Geben Sie --key FILE oder --secret-file FILE an, oder --issuer mit der https-URL eines Ausstellers, der seine Schlüssel veröffentlicht",
            ko: "키가 지정되지 않았습니다. --key FILE 또는 --secret-file FILE 옵션을 지정하거나, --issuer 옵션에 키를 공개하는 발급자의 https URL을 지정하십시오",
        ]
        NoPolicy::HalfTls => [
            en: "{fault}",
            de: "Ein Zertifikat braucht seinen Schlüssel: Setzen Sie sowohl tls-certificate als auch tls-key, oder keines von beiden",
            ko: "인증서에는 키가 필요합니다. tls-certificate와 tls-key를 모두 설정하거나 모두 빼십시오",
        ]
    }

    /// An address that cannot be used.
    pub(super) fn listen(fault: &ListenError, language, f) {
        ListenError { address, source } if source.kind() == ErrorKind::AddrInUse => [
            en: "{fault}",
            de: "Erwartet wird eine freie Adresse, aber {address} wird von einem anderen Programm benutzt: Geben Sie --listen einen anderen Port, oder 0 für einen beliebigen freien",
            ko: "비어 있는 주소여야 하지만 {address} 주소는 다른 프로그램이 사용 중입니다. --listen 옵션에 다른 포트를 지정하거나, 비어 있는 아무 포트나 쓰려면 0을 지정하십시오",
        ]
        ListenError { address, source } => [
            en: "{fault}",
            de: "An {address} können keine Verbindungen angenommen werden: {source}: Geben Sie --listen eine andere Adresse",
            ko: "{address} 주소에서 수신할 수 없습니다: {source}. --listen 옵션에 다른 주소를 지정하십시오",
        ]
    }
}
