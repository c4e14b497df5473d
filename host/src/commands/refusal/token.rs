//! Reasons why a token is rejected at any time.

use jwtick_core::token::{InvalidSignature, VerifyError};
use jwtick_core::words::{decode_error, verify_error};
use jwtick_core::words::{sentence, sentences, word};

use super::key::no_fit;
use crate::verification::{Hint, Problem};

/// The message for an invalid signature, without a hint at the reason.
const INVALID: VerifyError = VerifyError::Signature(InvalidSignature);

sentences! {
    pub(super) fn token(problem: &Problem, language, f) {
        Problem::Decode(fault) => { write!(f, "{}", decode_error(fault, language)) }
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
        Problem::Key(fault) => { write!(f, "{}", no_fit(fault, language)) }
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
        Hint::Base64 => [
            en: "{hint}",
            de: "sie wurde mit dem base64-decodierten Geheimnis berechnet: Decodieren Sie es zuerst",
            ko: "비밀 키를 base64 디코딩한 바이트로 만든 서명입니다. 먼저 디코딩하십시오",
        ]
    }
}
