//! Reasons why a key could not be used, or does not fit a token.

use jwtick_core::key::{JwkError, WeakKey};
use jwtick_core::words::{duration, jwk_error, rounded, sentence, sentences};

use super::file::{file, unreadable};
use crate::keys::{KeyError, NoFit, RemoteFault, Stale, listed, supported};
use crate::notation::duration::span;
use crate::page::over_http::http;

sentences! {
    pub(super) fn no_fit(fault: &NoFit, language, f) {
        NoFit::Unsupported(token) => {
            let supported = supported();
            sentence!(f, language,
                en: "{fault}",
                de: "Signaturen mit {token} werden nicht unterstützt: Erwartet wird {supported}",
                ko: "{token} 서명은 지원되지 않습니다. 지원되는 알고리즘: {supported}",
            )
        }
        NoFit::Key(short @ JwkError::Secret(WeakKey::Short { .. })) => {
            let short = jwk_error(short, language);
            sentence!(f, language,
                en: "{fault}",
                de: "{short} (`jwtick verify --allow-weak-secret` prüft trotzdem damit)",
                ko: "{short} (그래도 검증하려면 `jwtick verify --allow-weak-secret`)",
            )
        }
        NoFit::Key(fault) => { write!(f, "{}", jwk_error(fault, language)) }
        NoFit::KeyId(id) => {
            let id = id.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Kein Schlüssel im JWK Set hat die kid `{id}` des Tokens",
                ko: "JWK Set에 토큰의 kid 값 `{id}`에 해당하는 키가 없습니다",
            )
        }
        NoFit::Set(token) => [
            en: "{fault}",
            de: "Das Token ist mit {token} signiert, aber kein Schlüssel im JWK Set ist dafür bestimmt",
            ko: "토큰은 {token} 알고리즘으로 서명되었지만 JWK Set에 이 알고리즘의 키가 없습니다",
        ]
        NoFit::Unread(None) => [
            en: "{fault}",
            de: "Der JWK Set enthält keinen Schlüssel",
            ko: "JWK Set에 키가 없습니다",
        ]
        NoFit::Unread(Some(first)) => {
            let first = unreadable(first, language);
            sentence!(f, language,
                en: "{fault}",
                de: "Kein Schlüssel im JWK Set ist verwendbar; der Fehler des ersten: {first}",
                ko: "JWK Set에 사용할 수 있는 키가 없습니다. 첫 번째 키의 오류: {first}",
            )
        }
    }

    pub(super) fn key(error: &KeyError, language, f) {
        KeyError::File(fault) => { write!(f, "{}", file(fault, language)) }
        KeyError::Unreadable { name, fault } => {
            write!(f, "{name}: {}", unreadable(fault, language))
        }
        KeyError::Remote { url, fault } => { write!(f, "{url}: {}", remote(fault, language)) }
        KeyError::Unfit(fault) => { write!(f, "{}", unreadable(fault, language)) }
        KeyError::Refused(fault) => { write!(f, "{}", jwk_error(fault, language)) }
        KeyError::Many { count, ids } if ids.is_empty() => [
            en: "{error}",
            de: "Erwartet wird ein Schlüssel, aber der JWK Set enthält {count}, und keiner hat eine kid: Geben Sie eine Datei mit dem an, der signieren soll",
            ko: "키는 하나여야 하지만 JWK Set에 kid 값이 없는 키가 {count}개 있습니다. 서명할 키만 든 파일을 지정하십시오",
        ]
        KeyError::Many { count, ids } => {
            let ids = listed(ids);
            sentence!(f, language,
                en: "{error}",
                de: "Erwartet wird ein Schlüssel, aber der JWK Set enthält {count} ({ids}): Geben Sie eine Datei mit dem an, der signieren soll, oder wählen Sie ihn mit `jwtick sign --kid ID` aus",
                ko: "키는 하나여야 하지만 JWK Set에 {count}개 있습니다({ids}). 서명할 키만 든 파일을 지정하거나 `jwtick sign --kid ID` 옵션으로 고르십시오",
            )
        }
        KeyError::NoSuchId { id, ids } if ids.is_empty() => {
            let id = id.escape_debug();
            sentence!(f, language,
                en: "{error}",
                de: "Erwartet wird ein Schlüssel mit der kid `{id}`, aber kein Schlüssel hat eine",
                ko: "kid 값이 `{id}`인 키가 필요하지만 kid 값이 있는 키가 없습니다",
            )
        }
        KeyError::NoSuchId { id, ids } => {
            let (id, ids) = (id.escape_debug(), listed(ids));
            sentence!(f, language,
                en: "{error}",
                de: "Kein Schlüssel im Set hat die kid `{id}`: Erwartet wird eine von {ids}",
                ko: "키 집합에 kid 값이 `{id}`인 키가 없습니다. 사용할 수 있는 값: {ids}",
            )
        }
        KeyError::None => [
            en: "{error}",
            de: "Der JWK Set enthält keinen verwendbaren Schlüssel",
            ko: "JWK Set에 사용할 수 있는 키가 없습니다",
        ]
        KeyError::Unsupported(algorithm) => {
            write!(f, "{}", no_fit(&NoFit::Unsupported(*algorithm), language))
        }
        KeyError::Rejected(fault) => [
            en: "{error}",
            de: "Der private Schlüssel ist beschädigt oder zum Signieren zu schwach ({fault}): Ein RSA-Schlüssel braucht mindestens 2048 Bit und einen Exponenten von mindestens 65537",
            ko: "개인 키가 손상되었거나 서명하기에 너무 약합니다({fault}). RSA 키는 최소 2048비트이고 지수가 65537 이상이어야 합니다",
        ]
        KeyError::NoPem(kind) => [
            en: "{error}",
            de: "Für einen Schlüssel vom Typ {kind} gibt es keine PEM-Form: Schreiben Sie ihn als JWK",
            ko: "{kind} 키는 PEM 형식으로 나타낼 수 없습니다. JWK 형식으로 쓰십시오",
        ]
        KeyError::NoPublicHalf => [
            en: "{error}",
            de: "Ein Geheimnis hat keinen öffentlichen Teil, daher darf nichts davon gezeigt werden",
            ko: "비밀 키에는 공개 부분이 없으므로 아무 내용도 표시할 수 없습니다",
        ]
        KeyError::Encoding => [
            en: "{error}",
            de: "Der Schlüssel enthält einen Teil, der nicht geschrieben werden kann",
            ko: "키에 기록할 수 없는 부분이 있습니다",
        ]
        KeyError::NoRandomness => [
            en: "{error}",
            de: "Das Betriebssystem liefert keine Zufallszahlen",
            ko: "운영 체제에서 난수를 얻을 수 없습니다",
        ]
    }

    pub(super) fn stale(stale: &Stale, language, f) {
        Stale { url, age, fault } => {
            let (age, fault) = (rounded(*age, language), remote(fault, language));
            sentence!(f, language,
                en: "{stale}",
                de: "{url}: {fault}; benutzt werden die Schlüssel, die vor {age} abgerufen wurden und seither zurückgezogen sein können (--no-cache lehnt sie ab)",
                ko: "{url}: {fault}. {age} 전에 받은 키를 사용하며, 그 후 폐지되었을 수 있습니다(--no-cache 옵션은 이를 거부함)",
            )
        }
    }

    pub(super) fn remote(fault: &RemoteFault, language, f) {
        RemoteFault::Http(fault) => { write!(f, "{}", http(fault, language)) }
        RemoteFault::System(source) => [
            en: "{fault}",
            de: "Die Anfrage kann nicht gestellt werden: {source}",
            ko: "요청을 시작할 수 없습니다: {source}",
        ]
        RemoteFault::Silent { after } => {
            let after = duration(span(*after), language);
            sentence!(f, language,
                en: "{fault}",
                de: "keine Schlüssel innerhalb von {after} (--timeout)",
                ko: "{after} 안에 키를 받지 못했습니다(--timeout)",
            )
        }
        RemoteFault::Status(status) => {
            let status = status.as_u16();
            sentence!(f, language,
                en: "{fault}",
                de: "Erwartet wird Status 200, gefunden wurde {status}",
                ko: "응답 상태는 200이어야 하지만 {status}입니다",
            )
        }
        RemoteFault::Plain => [
            en: "{fault}",
            de: "Schlüssel, die unverschlüsselt über http kommen, lassen sich unterwegs austauschen: Nennen Sie die https-URL, oder speichern Sie die Schlüssel von vertrauenswürdiger Stelle in einer Datei",
            ko: "암호화되지 않은 http로 오는 키는 중간에서 바뀔 수 있습니다. https URL을 지정하거나, 신뢰할 수 있는 곳에서 받은 키를 파일로 저장하십시오",
        ]
        RemoteFault::NoKeys => [
            en: "{fault}",
            de: "Die Metadaten des Ausstellers nennen keine URL der Schlüssel (`jwks_uri`)",
            ko: "발급자의 메타데이터에 키의 URL(`jwks_uri`)이 없습니다",
        ]
        RemoteFault::Issuer { met } => {
            let met = met.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Erwartet werden Metadaten dieses Ausstellers, gefunden wurden die von `{met}`: Die Namen müssen gleich sein",
                ko: "이 발급자의 메타데이터여야 하지만 `{met}` 발급자의 것입니다. 두 이름이 같아야 합니다",
            )
        }
        RemoteFault::Secret => [
            en: "{fault}",
            de: "Erwartet werden öffentliche Schlüssel, gefunden wurde ein geheimer oder privater: Der Server gibt preis, womit seine Tokens signiert werden",
            ko: "공개 키여야 하지만 비밀 키나 개인 키가 있습니다. 서버가 토큰을 서명하는 키를 공개하고 있습니다",
        ]
        RemoteFault::TooMany { met } => [
            en: "{fault}",
            de: "Erwartet werden höchstens 100 Schlüssel, gefunden wurden {met}",
            ko: "키는 최대 100개여야 하지만 {met}개입니다",
        ]
        RemoteFault::Empty => [
            en: "{fault}",
            de: "Erwartet wird mindestens ein Schlüssel, aber der JWK Set ist leer: Der Server hat vielleicht gerade seine Schlüssel verloren",
            ko: "키가 하나 이상이어야 하지만 JWK Set이 비어 있습니다. 서버가 방금 키를 잃었을 수 있습니다",
        ]
        RemoteFault::Placeholder => [
            en: "{fault}",
            de: "Erwartet werden die Schlüssel des Ausstellers, gefunden wurde der Platzhalter von Istio, das sie nicht abrufen konnte (`Error-IstiodFailedToFetchJwksUri`): Machen Sie istiod den Aussteller erreichbar, oder nennen Sie dessen eigene URL",
            ko: "발급자의 키여야 하지만 키를 받지 못한 Istio의 대체 값(`Error-IstiodFailedToFetchJwksUri`)입니다. istiod에서 발급자에 연결할 수 있게 하거나 발급자의 URL을 직접 지정하십시오",
        ]
        RemoteFault::Unreadable(fault) => { write!(f, "{}", unreadable(fault, language)) }
    }
}
