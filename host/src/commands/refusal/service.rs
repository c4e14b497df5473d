//! Reasons why a service could not start.

use std::io::ErrorKind;

use jwtick_core::words::sentences;

use crate::commands::serve::args::NoPolicy;
use crate::http::server::ListenError;
use crate::serve::StoreError;

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

    /// A store of used tokens that cannot be used.
    pub(super) fn store(fault: &StoreError, language, f) {
        StoreError::NoPlace { issuer } => [
            en: "{fault}",
            de: "Jedes Token von {issuer} darf nur einmal benutzt werden, aber es gibt keinen Ort für benutzte Tokens: Setzen Sie state-directory, oder replay-store auf eine Datei oder einen Redis-Server",
            ko: "{issuer}의 토큰은 한 번만 쓸 수 있지만 사용된 토큰을 보관할 곳이 없습니다. state-directory를 설정하거나, replay-store에 파일 또는 Redis 서버를 지정하십시오",
        ]
        StoreError::NotShared { nodes } => [
            en: "{fault}",
            de: "{nodes} Knoten brauchen einen gemeinsamen Speicher für benutzte Tokens, dieser gehört aber einem einzigen Knoten; ein Token, das an einem benutzt wurde, würde an den anderen akzeptiert: Richten Sie Redis ein",
            ko: "노드 {nodes}개는 사용된 토큰의 저장소를 공유해야 하지만 이 저장소는 한 노드의 것입니다. 한 노드에서 쓴 토큰이 다른 노드에서 다시 통과합니다. Redis를 설정하십시오",
        ]
        StoreError::Moved { from, to: Some(to) } => [
            en: "{fault}",
            de: "Der Speicher für benutzte Tokens kann nicht im laufenden Betrieb von {from} nach {to} verlegt werden, denn benutzte Tokens würden wieder akzeptiert: Lassen Sie ihn dort, oder halten Sie den Dienst an, bis sie abgelaufen sind",
            ko: "실행 중에는 사용된 토큰의 저장소를 {from}에서 {to}(으)로 옮길 수 없습니다. 이미 쓴 토큰이 다시 통과합니다. 그대로 두거나, 토큰이 만료될 때까지 서비스를 중지하십시오",
        ]
        StoreError::Moved { from, to: None } => [
            en: "{fault}",
            de: "Der Speicher für benutzte Tokens ({from}) kann nicht im laufenden Betrieb entfallen, denn benutzte Tokens würden später wieder akzeptiert: Lassen Sie ihn dort, oder halten Sie den Dienst an, bis sie abgelaufen sind",
            ko: "실행 중에는 사용된 토큰의 저장소({from})를 없앨 수 없습니다. 이미 쓴 토큰이 나중에 다시 통과합니다. 그대로 두거나, 토큰이 만료될 때까지 서비스를 중지하십시오",
        ]
        StoreError::Fault(fault) => [
            en: "{fault}",
            de: "Benutzte Tokens können nicht gespeichert werden: {fault}",
            ko: "사용된 토큰을 저장할 수 없습니다: {fault}",
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
