//! The reason why a proof of possession (DPoP) is refused.

use super::key::jwk_error;
use super::sentence::{sentence, sentences};
use super::token::{decode_error, kind};
use crate::dpop::{ConfirmationError, NonceFault, ProofError, ProofFault};
use crate::token::TypeError;

sentences! {
    /// The reason why a proof is refused, whatever request it came with.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::dpop::ProofError;
    /// use jwtick_core::words::{Language, proof_error};
    /// let said = proof_error(&ProofError::MissingClaim { name: "htu" }, Language::German).to_string();
    /// assert_eq!(said, "Der Claim `htu` fehlt");
    /// ```
    pub fn proof_error(error: &ProofError, language, f) {
        ProofError::Decode(error) => { write!(f, "{}", decode_error(error, language)) }
        ProofError::Type(TypeError::Missing) => [
            en: "{error}",
            de: "`typ` muss `dpop+jwt` sein, fehlt aber",
            ko: "`typ` 값은 `dpop+jwt`여야 하지만, 값이 없습니다",
        ]
        ProofError::Type(_) => [
            en: "{error}",
            de: "`typ` muss `dpop+jwt` sein, nennt aber eine andere Art",
            ko: "`typ` 값은 `dpop+jwt`여야 하지만, 다른 종류입니다",
        ]
        ProofError::Algorithm { met } => [
            en: "{error}",
            de: "Nachweise mit dem Algorithmus {met} werden nicht angenommen",
            ko: "허용되지 않는 알고리즘으로 서명된 증명입니다: {met}",
        ]
        ProofError::MissingKey => [
            en: "{error}",
            de: "Der Header muss den öffentlichen Schlüssel als `jwk` enthalten; dieser fehlt",
            ko: "헤더에 공개 키(`jwk`)가 있어야 하지만, 없습니다",
        ]
        ProofError::PrivateKey => [
            en: "{error}",
            de: "`jwk` muss ein öffentlicher Schlüssel sein; gefunden wurde ein privater Schlüssel oder ein Geheimnis",
            ko: "`jwk` 값은 공개 키여야 하지만, 개인 키 또는 비밀 값입니다",
        ]
        ProofError::Key(error) => { write!(f, "`jwk`: {}", jwk_error(error, language)) }
        ProofError::Signature(_) => [
            en: "{error}",
            de: "Die Signatur passt nicht zum Schlüssel im Header",
            ko: "서명이 헤더의 키와 일치하지 않습니다",
        ]
        ProofError::MissingClaim { name } => [
            en: "{error}",
            de: "Der Claim `{name}` fehlt",
            ko: "필요한 클레임이 없습니다: `{name}`",
        ]
        ProofError::ClaimType { name, met } => {
            let met = kind(*met, language);
            sentence!(f, language,
                en: "{error}",
                de: "`{name}` muss eine Zeichenkette sein; gefunden wurde {met}",
                ko: "`{name}` 값의 형식이 잘못되었습니다(허용: 문자열, 현재: {met})",
            )
        }
        ProofError::EmptyId => [
            en: "{error}",
            de: "`jti` muss den Nachweis bezeichnen, ist aber leer",
            ko: "`jti` 값으로 증명을 식별해야 하지만, 비어 있습니다",
        ]
    }

    /// A part of a proof that does not match its request.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::dpop::ProofFault;
    /// use jwtick_core::words::{Language, proof_fault};
    /// let said = proof_fault(ProofFault::Htm, Language::German).to_string();
    /// assert_eq!(said, "`htm` ist nicht die Methode der Anfrage");
    /// ```
    pub fn proof_fault(fault: ProofFault, language, f) {
        ProofFault::Htm => [
            en: "{fault}",
            de: "`htm` ist nicht die Methode der Anfrage",
            ko: "`htm` 값이 요청의 메서드와 다릅니다",
        ]
        ProofFault::Htu => [
            en: "{fault}",
            de: "`htu` ist nicht die URI der Anfrage",
            ko: "`htu` 값이 요청의 URI와 다릅니다",
        ]
        ProofFault::NoAth => [
            en: "{fault}",
            de: "`ath`, der Hash des Access-Tokens, fehlt",
            ko: "액세스 토큰의 해시(`ath`)가 없습니다",
        ]
        ProofFault::Ath => [
            en: "{fault}",
            de: "`ath` ist nicht der Hash des Access-Tokens",
            ko: "`ath` 값이 액세스 토큰의 해시와 다릅니다",
        ]
        ProofFault::Key => [
            en: "{fault}",
            de: "Das Access-Token ist an einen anderen Schlüssel gebunden",
            ko: "액세스 토큰이 다른 키에 바인딩되어 있습니다",
        ]
        ProofFault::Nonce(fault) => { write!(f, "{}", nonce_fault(fault, language)) }
    }

    fn nonce_fault(fault: NonceFault, language, f) {
        NonceFault::Missing =>
            [en: "{fault}", de: "Der Nachweis hat keine Nonce", ko: "증명에 논스가 없습니다"]
        NonceFault::Form => [
            en: "{fault}",
            de: "Die Nonce hat nicht die Form, die dieser Server ausgibt",
            ko: "논스가 이 서버의 형식이 아닙니다",
        ]
        NonceFault::Foreign => [
            en: "{fault}",
            de: "Die Nonce wurde nicht von diesem Server für diesen Client ausgestellt",
            ko: "이 서버가 이 클라이언트에 발급한 논스가 아닙니다",
        ]
        NonceFault::Early => [
            en: "{fault}",
            de: "Die Nonce wurde später als jetzt ausgestellt; die Uhr eines Servers wurde also zurückgestellt",
            ko: "논스가 현재보다 늦은 시각에 발급되었으므로, 서버의 시계가 되돌려진 것입니다",
        ]
    }

    /// The reason why the key of an access token cannot be determined.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::dpop::ConfirmationError;
    /// use jwtick_core::words::{Language, confirmation_error};
    /// let said = confirmation_error(ConfirmationError, Language::German).to_string();
    /// assert_eq!(said, "`cnf` muss als `jkt` einen SHA-256-Fingerabdruck in base64url enthalten");
    /// ```
    pub fn confirmation_error(error: ConfirmationError, language, f) {
        ConfirmationError => [
            en: "{error}",
            de: "`cnf` muss als `jkt` einen SHA-256-Fingerabdruck in base64url enthalten",
            ko: "`cnf`의 `jkt` 값은 base64url로 된 SHA-256 지문이어야 합니다",
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};

    use super::*;
    use crate::key::JwkError;
    use crate::token::{Algorithm, DecodeError, InvalidSignature, JsonKind, VerifyError};
    use crate::words::Language;

    #[track_caller]
    fn assert_translated(english: &str, said: impl Fn(Language) -> String) {
        assert_eq!(said(Language::English), english);
        for language in [Language::German, Language::Korean] {
            assert_ne!(said(language), english, "{language:?}");
        }
    }

    #[test]
    fn reasons_of_refused_proofs_are_translated() {
        let (name, met) = ("htm", JsonKind::Null);
        let errors = [
            ProofError::Decode(DecodeError::Segments { met: 2 }),
            ProofError::Type(TypeError::Missing),
            ProofError::Type(TypeError::Other),
            ProofError::Algorithm { met: Algorithm::Hs256 },
            ProofError::MissingKey,
            ProofError::PrivateKey,
            ProofError::Key(JwkError::Missing { name: "x" }),
            ProofError::Signature(VerifyError::Signature(InvalidSignature)),
            ProofError::MissingClaim { name },
            ProofError::ClaimType { name, met },
            ProofError::EmptyId,
        ];
        for error in errors {
            assert_translated(&error.to_string(), |language| {
                proof_error(&error, language).to_string()
            });
        }
    }

    #[test]
    fn faults_of_proofs_are_translated() {
        let nonces =
            [NonceFault::Missing, NonceFault::Form, NonceFault::Foreign, NonceFault::Early];
        let faults =
            [ProofFault::Htm, ProofFault::Htu, ProofFault::NoAth, ProofFault::Ath, ProofFault::Key];
        for fault in faults.into_iter().chain(nonces.map(ProofFault::Nonce)) {
            assert_translated(&fault.to_string(), |language| {
                proof_fault(fault, language).to_string()
            });
        }
    }
}
