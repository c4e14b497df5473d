//! Reasons why a file could not be used, or holds no usable key.

use core::fmt;

use jwtick_core::words::{Language, Said, jwk_error, sentence, sentences};

use crate::file::{Damage, DamageKind, FileError, FileFault, Foreign};
use crate::fleet::{LineFaultKind, NotARow, NotAState};
use crate::input::followed::Restart;
use crate::keys::Unreadable;
use crate::output::safe;

/// A warning that the answer rests on the part of a log before `fault`.
pub(super) fn in_part(fault: &FileError, lines: u64, language: Language) -> String {
    let fault = file(fault, language).to_string();
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{fault}. The answer rests on the text up to line {lines}; pass a complete copy to be sure",
            de: "{fault}. Die Antwort beruht auf dem Text bis Zeile {lines}; geben Sie eine vollständige Kopie an, um sicher zu sein",
            ko: "{fault}. 이 답은 {lines}행까지의 텍스트만을 근거로 합니다. 확실히 하려면 온전한 사본을 지정하십시오",
        )
    })
    .to_string()
}

/// A warning that a file in a folder is no text, so that it is left out.
pub(super) fn left_out(fault: &FileError, language: Language) -> String {
    let fault = file(fault, language).to_string();
    Said(move |f: &mut fmt::Formatter<'_>| {
        sentence!(f, language,
            en: "{fault}. It was left out",
            de: "{fault}. Die Datei wurde ausgelassen",
            ko: "{fault}. 이 파일은 제외했습니다",
        )
    })
    .to_string()
}

/// A warning that a log that is followed starts anew, so that its line numbers differ.
pub(super) fn restarted(restart: Restart, name: &str, language: Language) -> String {
    Said(move |f: &mut fmt::Formatter<'_>| match restart {
        Restart::Replaced => sentence!(f, language,
            en: "{name} was replaced by a new file; it is read on, and its lines are counted on",
            de: "{name} wurde durch eine neue Datei ersetzt; sie wird weiter gelesen, die Zeilen werden weiter gezählt",
            ko: "{name} 파일이 새 파일로 바뀌었습니다. 새 파일을 이어서 읽으며 행 번호도 이어집니다",
        ),
        Restart::Cut => sentence!(f, language,
            en: "{name} was cut; it is read on from its start, and its lines are counted on",
            de: "{name} wurde gekürzt; die Datei wird von vorn weiter gelesen, die Zeilen werden weiter gezählt",
            ko: "{name} 파일이 잘렸습니다. 처음부터 이어서 읽으며 행 번호도 이어집니다",
        ),
    })
    .to_string()
}

sentences! {
    pub(super) fn line_of_host(kind: &LineFaultKind, language, f) {
        LineFaultKind::Row(NotARow::Fields { met }) => [
            en: "{kind}",
            de: "Erwartet wird `host TAB line` oder `host TAB time TAB source TAB offset TAB line`, gefunden wurden {met} Felder",
            ko: "`host TAB line` 또는 `host TAB time TAB source TAB offset TAB line` 형식이어야 하지만 필드가 {met}개입니다",
        ]
        LineFaultKind::Row(NotARow::NoHost) => [
            en: "{kind}",
            de: "Erwartet wird ein Host im ersten Feld, gefunden wurde keiner",
            ko: "첫째 필드에 호스트가 있어야 하지만 없습니다",
        ]
        LineFaultKind::Row(NotARow::Time { met }) => [
            en: "{kind}",
            de: "Erwartet wird ein Zeitpunkt im zweiten Feld (RFC 3339 oder Unix-Sekunden), gefunden wurde `{met}`",
            ko: "둘째 필드에 시각(RFC 3339 또는 Unix 초)이 있어야 하지만 `{met}`입니다",
        ]
        LineFaultKind::State(NotAState::Form(fault)) => [
            en: "{kind}",
            de: "Erwartet wird eine Zeile von `jwtick diagnose --by-host`: {fault}",
            ko: "`jwtick diagnose --by-host` 출력의 행이 아닙니다: {fault}",
        ]
        LineFaultKind::State(NotAState::Newer { met }) => [
            en: "{kind}",
            de: "Der Zustand hat die Version {met}, die dieses jwtick nicht kennt: Aktualisieren Sie jwtick",
            ko: "이 jwtick이 모르는 버전({met})의 상태입니다. jwtick을 업데이트하십시오",
        ]
        LineFaultKind::State(NotAState::Value { member, met }) => [
            en: "{kind}",
            de: "`{member}` hat einen unbekannten Wert: `{met}`",
            ko: "`{member}` 값을 알 수 없습니다: `{met}`",
        ]
        LineFaultKind::TooLong => [
            en: "{kind}",
            de: "Die Zeile ist länger als 16 MiB",
            ko: "행이 16 MiB보다 깁니다",
        ]
    }

    pub(super) fn file(error: &FileError, language, f) {
        FileError { name, fault: FileFault::Read(source) } => [
            en: "{error}",
            de: "{name} kann nicht gelesen werden: {source}",
            ko: "{name}: 읽을 수 없습니다({source})",
        ]
        FileError { name, fault: FileFault::AtSign } => [
            en: "{error}",
            de: "Keine Datei heißt {name}: Schreiben Sie den Dateinamen ohne @, das andere Programme davor verlangen",
            ko: "{name}: 그런 이름의 파일이 없습니다. 다른 도구에서 쓰는 @ 없이 파일 이름을 적으십시오",
        ]
        FileError { name, fault: FileFault::Folder { example } } => [
            en: "{error}",
            de: "Erwartet wird eine Datei, aber {name} ist ein Ordner: Geben Sie eine Datei darin an, etwa {name}/{example}",
            ko: "파일이어야 하지만 {name} 경로는 폴더입니다. 폴더 안의 파일을 지정하십시오(예: {name}/{example})",
        ]
        FileError { name, fault: FileFault::Cut { was, is } } => [
            en: "{error}",
            de: "Erwartet werden die {was} Bytes, die {name} beim Öffnen hatte, gefunden wurden {is}: Die Datei wurde inzwischen gekürzt; geben Sie eine Kopie an",
            ko: "{name} 파일은 열 때의 크기인 {was}바이트여야 하지만 지금은 {is}바이트입니다. 읽는 동안 줄어들었으므로 사본을 지정하십시오",
        ]
        FileError { name, fault: FileFault::TooLong { allowed } } => [
            en: "{error}",
            de: "Erwartet werden höchstens {allowed} Bytes, aber {name} ist länger: Geben Sie nur den Teil an, der gebraucht wird",
            ko: "최대 {allowed}바이트여야 하지만 {name} 파일이 더 깁니다. 필요한 부분만 지정하십시오",
        ]
        FileError { name, fault: FileFault::Packed(Damage { format, kind: DamageKind::Cut }) } => [
            en: "{error}",
            de: "{name}: Erwartet werden weitere {format}-Daten, gefunden wurde ihr Ende",
            ko: "{name}: {format} 데이터가 더 있어야 하지만 여기서 끝납니다",
        ]
        FileError { name, fault: FileFault::Packed(Damage { format, kind: DamageKind::Broken }) } => [
            en: "{error}",
            de: "{name}: Erwartet werden {format}-Daten, gefunden wurden andere Bytes oder eine falsche Prüfsumme",
            ko: "{name}: {format} 데이터여야 하지만 다른 바이트가 있거나 체크섬이 맞지 않습니다",
        ]
        FileError { name, fault: FileFault::Packed(Damage { format, kind: DamageKind::LargeWindow }) } => [
            en: "{error}",
            de: "{name}: Erwartet wird ein {format}-Fenster von höchstens 8 MiB, gefunden wurde ein größeres: Entpacken Sie die Datei mit `zstd -d --long=31 -c DATEI | jwtick diagnose -`",
            ko: "{name}: {format} 창은 최대 8 MiB여야 하지만 더 큽니다. `zstd -d --long=31 -c 파일 | jwtick diagnose -` 명령으로 압축을 푸십시오",
        ]
        FileError { name, fault: FileFault::Foreign(Foreign::Format { name: format, command: Some(command) }) } => [
            en: "{error}",
            de: "{name}: Erwartet wird Text, gefunden wurden {format}-Daten: Lesen Sie sie mit `{command} | jwtick diagnose -`",
            ko: "{name}: 텍스트여야 하지만 {format} 데이터입니다. `{command} | jwtick diagnose -` 명령으로 읽으십시오",
        ]
        FileError { name, fault: FileFault::Foreign(Foreign::Format { name: format, command: None }) } => [
            en: "{error}",
            de: "{name}: Erwartet wird Text, gefunden wurden {format}-Daten",
            ko: "{name}: 텍스트여야 하지만 {format} 데이터입니다",
        ]
        FileError { name, fault: FileFault::Foreign(Foreign::Binary([a, b, c, d])) } => [
            en: "{error}",
            de: "{name}: Erwartet wird Text, gefunden wurden Binärdaten (sie beginnen mit {a:02X} {b:02X} {c:02X} {d:02X})",
            ko: "{name}: 텍스트여야 하지만 바이너리 데이터입니다(첫 바이트: {a:02X} {b:02X} {c:02X} {d:02X})",
        ]
        FileError { name, fault: FileFault::Write(source) } => [
            en: "{error}",
            de: "{name} kann nicht geschrieben werden: {source}",
            ko: "{name}: 쓸 수 없습니다({source})",
        ]
        FileError { name, fault: FileFault::Taken } => [
            en: "{error}",
            de: "Erwartet wird eine neue Datei, aber {name} gibt es schon: Geben Sie einen anderen Namen an; vorhandene Dateien werden nicht ersetzt",
            ko: "새 파일이어야 하지만 {name} 파일이 이미 있습니다. 기존 파일은 덮어쓰지 않으므로 다른 이름을 지정하십시오",
        ]
    }

    pub(super) fn unreadable(fault: &Unreadable, language, f) {
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
            de: "Der private Schlüssel ist verschlüsselt: Schreiben Sie sein Passwort in eine Datei und geben Sie --password-file an, oder führen Sie jwtick in einem Terminal aus, wo es danach fragt; oder entschlüsseln Sie den Schlüssel zuerst (openssl pkey -in FILE); zum Prüfen genügt sein öffentlicher Teil (openssl pkey -in FILE -pubout)",
            ko: "개인 키가 암호화되어 있습니다. 암호를 파일에 쓰고 --password-file 옵션을 지정하거나, 터미널에서 jwtick을 실행하여 암호를 입력하거나, 먼저 복호화하십시오(openssl pkey -in FILE). 검증에는 공개 키만 있으면 됩니다(openssl pkey -in FILE -pubout)",
        ]
        Unreadable::WrongPassword => [
            en: "{fault}",
            de: "Das Passwort entschlüsselt den Schlüssel nicht: Es ist falsch, oder die Datei ist beschädigt",
            ko: "이 암호로 키를 복호화할 수 없습니다. 암호가 틀렸거나 파일이 손상되었습니다",
        ]
        Unreadable::NotEncrypted => [
            en: "{fault}",
            de: "Der Schlüssel ist nicht verschlüsselt, das Passwort hat also keine Wirkung: Lassen Sie --password-file weg",
            ko: "키가 암호화되어 있지 않아 암호를 사용하지 않습니다. --password-file 옵션을 빼십시오",
        ]
        Unreadable::OldEncryption => [
            en: "{fault}",
            de: "Der private Schlüssel ist auf eine Weise verschlüsselt, die jwtick nicht entschlüsselt: Geben Sie zum Prüfen den öffentlichen Schlüssel an (openssl pkey -in FILE -pubout); entschlüsseln Sie ihn zum Signieren zuerst (openssl pkey -in FILE)",
            ko: "개인 키가 jwtick에서 복호화할 수 없는 방식으로 암호화되어 있습니다. 검증하려면 공개 키를 지정하고(openssl pkey -in FILE -pubout), 서명하려면 먼저 복호화하십시오(openssl pkey -in FILE)",
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
