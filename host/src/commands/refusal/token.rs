//! Reasons why a token is rejected at any time.

use jwtick_core::token::{InvalidSignature, TypeError, VerifyError};
use jwtick_core::words::{decode_error, verify_error};
use jwtick_core::words::{sentence, sentences, word};

use super::key::no_fit;
use crate::verification::{Hint, Problem};

/// The message for an invalid signature, without a hint at the reason.
const INVALID: VerifyError = VerifyError::Signature(InvalidSignature);

sentences! {
    pub(super) fn token(problem: &Problem, language, f) {
        Problem::Decode(fault) => { write!(f, "{}", decode_error(fault, language)) }
        Problem::Repeated { name } => {
            let name = name.escape_debug();
            sentence!(f, language,
                en: "{problem}",
                de: "Header: Jeder Parameter darf nur einmal vorkommen, aber der ungeschützte Header wiederholt `{name}` (RFC 7515 §7.2.1)",
                ko: "헤더: 매개변수는 한 번만 나와야 하지만 보호되지 않는 헤더에 `{name}` 항목이 또 있습니다(RFC 7515 §7.2.1)",
            )
        }
        Problem::Encrypted => [
            en: "{problem}",
            de: "Erwartet wird ein signiertes Token, gefunden wurde ein verschlüsseltes (sein Header hat `enc`): Nur sein Empfänger kann es entschlüsseln",
            ko: "서명된 토큰이어야 하지만 암호화된 토큰입니다(헤더에 `enc` 항목이 있음). 수신자만 복호화할 수 있습니다",
        ]
        Problem::Algorithm { met, allowed } => {
            let allowed: Vec<&str> = allowed.iter().map(|it| it.name()).collect();
            let or = word!(language, en: " or ", de: " oder ", ko: ", ");
            let allowed = allowed.join(or);
            sentence!(f, language,
                en: "{problem}",
                de: "Header: Als `alg` wird {allowed} erwartet (--alg), gefunden wurde {met}",
                ko: "헤더: `alg` 값은 {allowed} 중 하나여야 하지만(--alg) {met}입니다",
            )
        }
        Problem::Type { fault: TypeError::Special, met, .. } => {
            let met = met.escape_default();
            sentence!(f, language,
                en: "{problem}",
                de: "Header: `typ` ist `{met}`, eine Art von Token, die nur für einen Zweck gemacht ist: Mit --typ {met} wird es angenommen",
                ko: "헤더: `typ` 값 `{met}`: 한 가지 용도로만 만들어진 토큰입니다. 수락하려면 --typ {met} 옵션을 지정하십시오",
            )
        }
        Problem::Type { fault: TypeError::Other, met, named } => {
            let (met, named) = (met.escape_default(), named.join(", "));
            sentence!(f, language,
                en: "{problem}",
                de: "Header: `typ` ist `{met}`; --typ erlaubt {named}",
                ko: "헤더의 `typ` 값: `{met}`, --typ 허용 값: {named}",
            )
        }
        Problem::Type { named, .. } => {
            let named = named.join(", ");
            sentence!(f, language,
                en: "{problem}",
                de: "Header: `typ` fehlt; --typ erlaubt {named}",
                ko: "헤더에 `typ` 값이 없습니다. --typ 허용 값: {named}",
            )
        }
        Problem::Key(fault) => { write!(f, "{}", no_fit(fault, language)) }
        Problem::Audience => [
            en: "{problem}",
            de: "Das Token nennt seinen Empfänger (`aud`), erwartet wird aber keiner: Nennen Sie sich mit --aud NAME, oder geben Sie --any-aud an, wenn etwas anderes ihn prüft",
            ko: "토큰에 대상(`aud`)이 있지만 예상 대상이 지정되지 않았습니다. --aud NAME 옵션으로 자신의 이름을 지정하거나, 다른 곳에서 확인한다면 --any-aud 옵션을 지정하십시오",
        ]
        Problem::Signature(None) => { write!(f, "{}", verify_error(&INVALID, language)) }
        Problem::Signature(Some(hint)) => {
            let (invalid, hint) = (verify_error(&INVALID, language), signer(*hint, language));
            sentence!(f, language,
                en: "{problem}",
                de: "{invalid}; {hint}",
                ko: "{invalid}. {hint}",
            )
        }
    }

    fn signer(hint: Hint, language, f) {
        Hint::FinalNewline => [
            en: "{hint}",
            de: "sie wurde mit dem Geheimnis ohne den Zeilenumbruch am Ende berechnet, der aber dazugehört: Schreiben Sie die Datei ohne ihn (printf %s)",
            ko: "비밀 키 파일 끝의 줄바꿈을 뺀 값으로 만든 서명입니다. 줄바꿈도 키에 포함되므로 줄바꿈 없이 파일을 만드십시오(printf %s)",
        ]
        Hint::Encoded(encoding) => {
            let name = encoding.name();
            sentence!(f, language,
                en: "{hint}",
                de: "sie wurde mit dem aus {name} decodierten Geheimnis berechnet: Geben Sie --secret-encoding {name} an",
                ko: "비밀 키를 {name} 디코딩한 바이트로 만든 서명입니다. --secret-encoding {name} 옵션을 지정하십시오",
            )
        }
    }
}
