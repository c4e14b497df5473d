//! Reasons why a key could not be used, or does not fit a token.

use jwtick_core::key::{JwkError, WeakKey};
use jwtick_core::words::{duration, jwk_error, sentence, sentences};

use super::file::file;
use crate::keys::{KeyError, NoFit, RemoteFault, SUPPORTED, Unreadable, listed};
use crate::notation::duration::span;
use crate::output::safe;
use crate::page::over_http::http;

sentences! {
    pub(super) fn no_fit(fault: &NoFit, language, f) {
        NoFit::Unsupported(token) => [
            en: "{fault}",
            de: "Signaturen mit {token} werden nicht unterstützt: Erwartet wird {SUPPORTED}",
            ko: "{token} 서명은 지원되지 않습니다. 지원되는 알고리즘: {SUPPORTED}",
        ]
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

    fn remote(fault: &RemoteFault, language, f) {
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
        RemoteFault::Unreadable(fault) => { write!(f, "{}", unreadable(fault, language)) }
    }

    fn unreadable(fault: &Unreadable, language, f) {
        Unreadable::Jwk(fault) => { write!(f, "JWK: {}", jwk_error(fault, language)) }
        Unreadable::Label(label) => {
            let label = label.escape_debug();
            sentence!(f, language,
                en: "{fault}",
                de: "Erwartet wird ein Schlüssel oder ein Zertifikat, gefunden wurde PEM vom Typ `{label}`",
                ko: "키나 인증서여야 하지만 `{label}` 유형의 PEM입니다",
            )
        }
        Unreadable::Two { first, second } => {
            let (first, second) = (first.escape_debug(), second.escape_debug());
            sentence!(f, language,
                en: "{fault}",
                de: "Erwartet wird ein Schlüssel, gefunden wurden zwei ({first} und {second}): Geben Sie eine Datei mit nur einem an",
                ko: "키는 하나여야 하지만 둘이 있습니다({first}, {second}). 키가 하나인 파일을 지정하십시오",
            )
        }
        Unreadable::Discovery(url) => {
            let url = safe::line(url);
            sentence!(f, language,
                en: "{fault}",
                de: "Erwartet wird ein Schlüssel, gefunden wurden die Metadaten eines Ausstellers, dessen Schlüssel unter {url} liegen: Geben Sie `--key {url}` an",
                ko: "키여야 하지만 발급자의 메타데이터이며, 키는 {url} 주소에 있습니다. `--key {url}` 옵션을 지정하십시오",
            )
        }
        Unreadable::KubernetesSecret => [
            en: "{fault}",
            de: "Erwartet wird ein Schlüssel in PEM oder JSON unter den Daten des Secrets, gefunden wurde keiner: Schreiben Sie für ein HMAC-Geheimnis den Wert seines Eintrags in eine Datei, und geben Sie --secret-file FILE --secret-encoding base64 an",
            ko: "Secret 데이터에 PEM이나 JSON 형식의 키가 없습니다. HMAC 비밀 키라면 해당 항목의 값을 파일에 쓰고 --secret-file FILE --secret-encoding base64 옵션을 지정하십시오",
        ]
        Unreadable::Encoding(encoding) => {
            let name = encoding.name();
            sentence!(f, language,
                en: "{fault}",
                de: "Das Geheimnis ist nicht in {name}: Lassen Sie --secret-encoding {name} weg, wenn jedes Byte zählt",
                ko: "비밀 키가 {name} 형식이 아닙니다. 모든 바이트가 키라면 --secret-encoding {name} 옵션을 빼십시오",
            )
        }
        Unreadable::Curve(name) => [
            en: "{fault}",
            de: "Nicht unterstützte Kurve {name}: Erwartet wird P-256, P-384 oder Ed25519",
            ko: "지원되지 않는 곡선 {name}: P-256, P-384, Ed25519 중 하나여야 합니다",
        ]
        Unreadable::Kind(oid) => [
            en: "{fault}",
            de: "Nicht unterstützter Schlüsseltyp {oid}: Erwartet wird RSA, EC oder Ed25519",
            ko: "지원되지 않는 키 종류 {oid}: RSA, EC, Ed25519 중 하나여야 합니다",
        ]
        Unreadable::EmptySecret => [
            en: "{fault}", de: "Das Geheimnis ist leer", ko: "비밀 키가 비어 있습니다"]
        Unreadable::EmptyFile => [
            en: "{fault}", de: "Die Datei ist leer", ko: "파일이 비어 있습니다"]
        Unreadable::NoVariable => [
            en: "{fault}",
            de: "Keine Umgebungsvariable hat diesen Namen",
            ko: "이 이름의 환경 변수가 없습니다",
        ]
        Unreadable::Encrypted => [
            en: "{fault}",
            de: "Der private Schlüssel ist verschlüsselt, und jwtick fragt nie nach einem Passwort: Geben Sie zum Prüfen den öffentlichen Schlüssel an (openssl pkey -in FILE -pubout); entschlüsseln Sie ihn zum Signieren zuerst (openssl pkey -in FILE)",
            ko: "개인 키가 암호화되어 있으며 jwtick은 암호를 묻지 않습니다. 검증하려면 공개 키를 지정하고(openssl pkey -in FILE -pubout), 서명하려면 먼저 복호화하십시오(openssl pkey -in FILE)",
        ]
        Unreadable::EncryptedSsh => [
            en: "{fault}",
            de: "Der private OpenSSH-Schlüssel ist verschlüsselt: Geben Sie zum Prüfen den öffentlichen Schlüssel an (ssh-keygen -y -f FILE); entfernen Sie zum Signieren das Passwort von einer Kopie (ssh-keygen -p -N '' -f COPY)",
            ko: "OpenSSH 개인 키가 암호화되어 있습니다. 검증하려면 공개 키를 지정하고(ssh-keygen -y -f FILE), 서명하려면 사본의 암호를 제거하십시오(ssh-keygen -p -N '' -f COPY)",
        ]
        Unreadable::Request => [
            en: "{fault}",
            de: "Erwartet wird ein Schlüssel oder ein Zertifikat, gefunden wurde ein Zertifikatsantrag, den noch keine Zertifizierungsstelle signiert hat: Geben Sie das Zertifikat an oder den Schlüssel selbst (openssl req -in FILE -noout -pubkey, mit -inform DER, wenn er nicht in PEM ist)",
            ko: "키나 인증서여야 하지만 인증 기관이 아직 서명하지 않은 인증서 요청입니다. 인증서나 키 자체를 지정하십시오(openssl req -in FILE -noout -pubkey, PEM이 아니면 -inform DER 추가)",
        ]
        Unreadable::Pkcs12 => [
            en: "{fault}",
            de: "Erwartet wird ein Schlüssel, gefunden wurde ein PKCS#12-Archiv: openssl pkcs12 -in FILE -nokeys -clcerts gibt sein Zertifikat aus, -nocerts -nodes seinen privaten Schlüssel",
            ko: "키여야 하지만 PKCS#12 저장소입니다. 인증서 추출: openssl pkcs12 -in FILE -nokeys -clcerts, 개인 키 추출: -nocerts -nodes",
        ]
        Unreadable::DamagedPem => [
            en: "{fault}",
            de: "Das PEM ist beschädigt: Erwartet werden eine BEGIN- und eine END-Zeile mit derselben Bezeichnung und dazwischen nur base64",
            ko: "PEM이 손상되었습니다. 같은 이름의 BEGIN 줄과 END 줄이 있고 그 사이에는 base64만 있어야 합니다",
        ]
        Unreadable::DamagedDer => [
            en: "{fault}",
            de: "Der Schlüssel ist beschädigt oder hat nicht das Format, das seine Datei angibt",
            ko: "키가 손상되었거나 파일에 표시된 형식이 아닙니다",
        ]
        Unreadable::DamagedChain => [
            en: "{fault}",
            de: "`x5c` muss Zertifikate in base64 auflisten, das erste ist aber nicht lesbar: Entfernen Sie `x5c`, wenn Sie dem Schlüssel ohne sie vertrauen",
            ko: "`x5c` 값은 base64 인증서 목록이어야 하지만, 첫 인증서를 읽을 수 없습니다. 인증서 없이 키를 신뢰한다면 `x5c` 항목을 빼십시오",
        ]
        Unreadable::OtherCertificate => [
            en: "{fault}",
            de: "`x5c` enthält das Zertifikat eines anderen Schlüssels als der JWK selbst (RFC 7517 §4.7): Fragen Sie den Eigentümer, welcher der richtige ist",
            ko: "`x5c` 인증서의 키가 JWK 자체의 키와 다릅니다(RFC 7517 §4.7). 어느 쪽이 맞는지 소유자에게 확인하십시오",
        ]
        Unreadable::UnnamedCurve => [
            en: "{fault}",
            de: "Die Kurve ist durch ihre Parameter statt durch ihren Namen angegeben: openssl ec -in FILE -pubin -pubout -param_enc named_curve benennt sie (bei einem privaten Schlüssel ohne -pubin -pubout)",
            ko: "곡선이 이름 대신 매개변수로 적혀 있습니다. 이름으로 변환: openssl ec -in FILE -pubin -pubout -param_enc named_curve(개인 키는 -pubin -pubout 제외)",
        ]
        Unreadable::CompressedPoint => [
            en: "{fault}",
            de: "Der Punkt ist komprimiert: openssl ec -in FILE -pubin -pubout -conv_form uncompressed schreibt ihn vollständig (bei einem privaten Schlüssel ohne -pubin -pubout)",
            ko: "점이 압축되어 있습니다. 압축 해제: openssl ec -in FILE -pubin -pubout -conv_form uncompressed(개인 키는 -pubin -pubout 제외)",
        ]
        Unreadable::Primes => [
            en: "{fault}",
            de: "Erwartet wird ein RSA-Schlüssel mit zwei Primzahlen, gefunden wurden mehr",
            ko: "RSA 키의 소수는 둘이어야 하지만 더 많습니다",
        ]
        Unreadable::NotAKey => [
            en: "{fault}",
            de: "Erwartet wird ein Schlüssel in PEM oder DER, ein JWK oder ein JWK Set, gefunden wurde nichts davon; ein HMAC-Geheimnis selbst geben Sie mit --secret-file an",
            ko: "PEM이나 DER 형식의 키, JWK 또는 JWK Set이어야 하지만 어느 것도 아닙니다. HMAC 비밀 키 자체는 --secret-file 옵션으로 지정하십시오",
        ]
    }
}
