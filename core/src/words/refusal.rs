//! Why a token is refused whatever the time is.
//!
//! In English an error's own `Display` is the sentence; the other languages say the same here.

mod german;
mod korean;

use core::fmt;

use super::language::Language;
use super::said::Said;
use crate::key::{JwkError, WeakKey};
use crate::token::DecodeError;
use crate::token::VerifyError;

/// Why a token cannot be read.
///
/// # Example
/// ```
/// use jwtick_core::token::DecodeError;
/// use jwtick_core::words::{Language, decode_error};
/// let error = DecodeError::Segments { met: 2 };
/// let said = decode_error(&error, Language::German).to_string();
/// assert_eq!(said, "Ein Token hat 3 Segmente, hier sind es 2");
/// ```
#[must_use]
pub fn decode_error(error: &DecodeError, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(error, f),
        Language::German => german::decode(error, f),
        Language::Korean => korean::decode(error, f),
    })
}

/// Why a key does not vouch for a token.
///
/// # Example
/// ```
/// use jwtick_core::token::{InvalidSignature, VerifyError};
/// use jwtick_core::words::{Language, verify_error};
/// let error = VerifyError::Signature(InvalidSignature);
/// let said = verify_error(&error, Language::English).to_string();
/// assert_eq!(said, "the signature is not that of the key");
/// ```
#[must_use]
pub fn verify_error(error: &VerifyError, language: Language) -> impl fmt::Display {
    let error = *error;
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(&error, f),
        Language::German => german::verify(error, f),
        Language::Korean => korean::verify(error, f),
    })
}

/// Why no HMAC key can be made of a secret.
///
/// # Example
/// ```
/// use jwtick_core::key::WeakKey;
/// use jwtick_core::words::{Language, weak_key};
/// let said = weak_key(&WeakKey::Short { needs: 32, has: 6 }, Language::English).to_string();
/// assert_eq!(said, "the secret has 6 bytes, at least 32 are needed");
/// ```
#[must_use]
pub fn weak_key(error: &WeakKey, language: Language) -> impl fmt::Display {
    let error = *error;
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(&error, f),
        Language::German => german::weak(error, f),
        Language::Korean => korean::weak(error, f),
    })
}

/// Why a JSON Web Key is refused, or can't do what is asked of it.
///
/// # Example
/// ```
/// use jwtick_core::key::Jwk;
/// use jwtick_core::words::{Language, jwk_error};
/// let error = Jwk::parse(br#"{"kty":"RSA","e":"AQAB"}"#).err().unwrap();
/// assert_eq!(jwk_error(&error, Language::German).to_string(), "n fehlt");
/// ```
#[must_use]
pub fn jwk_error(error: &JwkError, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| match language {
        Language::English => fmt::Display::fmt(error, f),
        Language::German => german::jwk(error, f),
        Language::Korean => korean::jwk(error, f),
    })
}

#[cfg(test)]
mod tests {
    use std::string::ToString;
    use std::vec::Vec;

    use super::*;
    use crate::key::{Curve, JwkKind, KeyError, KeyOperation, PublicForm};
    use crate::token::Segment;
    use crate::token::{
        Algorithm, Base64Error, Claim, ClaimsError, Expected, HeaderError, InvalidSignature,
        JsonError, JsonFault, JsonKind,
    };

    fn json(fault: JsonFault) -> DecodeError {
        DecodeError::Claims(ClaimsError::Json(JsonError { at: 7, fault }))
    }

    fn header(error: HeaderError) -> DecodeError {
        DecodeError::Header(error)
    }

    fn base64(fault: Base64Error) -> DecodeError {
        DecodeError::Base64 { segment: Segment::Payload, fault }
    }

    fn claim(claim: Claim) -> DecodeError {
        DecodeError::Claims(ClaimsError::Type { claim, met: JsonKind::Null, allowed: "another" })
    }

    fn wrong_type(name: &'static str) -> DecodeError {
        header(HeaderError::Type { name, met: JsonKind::Object, allowed: "another" })
    }

    const EXPECTED: [Expected; 12] = [
        Expected::Object,
        Expected::Name,
        Expected::NameOrEnd,
        Expected::Colon,
        Expected::Value,
        Expected::ValueOrEnd,
        Expected::CommaOrBrace,
        Expected::CommaOrBracket,
        Expected::Literal,
        Expected::Digit,
        Expected::Quote,
        Expected::Nothing,
    ];

    fn errors() -> Vec<DecodeError> {
        let mut errors = std::vec![
            DecodeError::Segments { met: 1 },
            DecodeError::Segments { met: 4 },
            DecodeError::Segments { met: 5 },
            DecodeError::TooLong { needs: 900, has: 512 },
            base64(Base64Error::Symbol { at: 3, met: b'=' }),
            base64(Base64Error::Length { met: 5 }),
            base64(Base64Error::TrailingBits { met: b'x' }),
            header(HeaderError::MissingAlg),
            header(HeaderError::AlgNone),
            header(HeaderError::UnknownAlg { met: "HS1".try_into().unwrap() }),
            header(HeaderError::EmptyCrit),
            header(HeaderError::UnknownCrit),
            header(HeaderError::Unencoded),
            json(JsonFault::Utf8),
            json(JsonFault::Control { met: 9 }),
            json(JsonFault::Escape),
            json(JsonFault::Duplicate),
            json(JsonFault::TooDeep { allowed: 32 }),
            json(JsonFault::TooManyMembers { allowed: 64 }),
            json(JsonFault::TooLong { needs: 70_000, has: 65_535 }),
        ];
        errors.extend(["alg", "b64", "crit"].map(wrong_type));
        errors.extend(Claim::ALL.map(claim));
        errors.extend(EXPECTED.map(|allowed| json(JsonFault::End { allowed })));
        errors.extend(EXPECTED.map(|allowed| json(JsonFault::Unexpected { met: b'}', allowed })));
        errors
    }

    // What a sentence tells beside its words, in whichever order.
    fn digits(said: &str) -> Vec<char> {
        let mut digits: Vec<char> = said.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    }

    #[test]
    fn every_error_is_said_in_every_language() {
        for error in errors() {
            let english = decode_error(&error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = decode_error(&error, language).to_string();
                assert_ne!(said, english, "{error:?}");
                assert_eq!(digits(&said), digits(&english), "{language}: {said}");
            }
        }
    }

    #[test]
    fn segments_and_types_have_their_words() {
        let base64 =
            |segment| DecodeError::Base64 { segment, fault: Base64Error::Length { met: 1 } };
        let typed =
            |name, met| DecodeError::Header(HeaderError::Type { name, met, allowed: "another" });
        let rows = [
            (base64(Segment::Header), "Header: 1 Bytes", "헤더: 길이 1바이트"),
            (base64(Segment::Payload), "Payload: 1 Bytes", "페이로드: 길이 1바이트"),
            (base64(Segment::Signature), "Signatur: 1 Bytes", "서명: 길이 1바이트"),
            (typed("b64", JsonKind::Number), "zulässig ist ein Wahrheitswert", "형식은 불리언"),
            (typed("crit", JsonKind::String), "zulässig ist ein Array von Namen", "이름 배열"),
            (typed("kid", JsonKind::Number), "zulässig ist eine Zeichenkette", "형식은 문자열"),
        ];
        for (error, german, korean) in rows {
            let said = |language| decode_error(&error, language).to_string();
            assert!(said(Language::German).contains(german), "{}", said(Language::German));
            assert!(said(Language::Korean).contains(korean), "{}", said(Language::Korean));
        }
    }

    #[test]
    fn keys_and_their_members_have_their_words() {
        let typed = |name| JwkError::Type { name, met: JsonKind::Null, allowed: "another" };
        let needs = |needs| JwkError::Operation { needs };
        let rows = [
            (typed("key_ops"), "zulässig ist ein Array von Zeichenketten", "형식은 문자열 배열"),
            (typed("keys"), "zulässig ist ein Array", "형식은 배열"),
            (typed("kid"), "zulässig ist eine Zeichenkette", "형식은 문자열"),
            (needs(KeyOperation::Sign), "dem Schlüssel nicht zu signieren", "않습니다: 서명"),
            (needs(KeyOperation::Verify), "dem Schlüssel nicht zu prüfen", "않습니다: 검증"),
        ];
        for (error, german, korean) in rows {
            let said = |language| jwk_error(&error, language).to_string();
            assert!(said(Language::German).ends_with(german), "{}", said(Language::German));
            assert!(said(Language::Korean).ends_with(korean), "{}", said(Language::Korean));
        }
    }

    #[test]
    fn says_what_was_met_and_what_is_allowed() {
        let rows: &[(DecodeError, &str, &str)] = &[
            (
                claim(Claim::Exp),
                "Claims: exp ist null, zulässig ist eine Zahl",
                "클레임: exp 값의 형식은 null, 허용되는 형식은 숫자",
            ),
            (
                json(JsonFault::Unexpected { met: b'}', allowed: Expected::Value }),
                "Claims: Byte 7 ist '}', zulässig ist dort ein Wert",
                "클레임: 7번째 바이트: '}', 허용: 값",
            ),
        ];
        for (error, german, korean) in rows {
            assert_eq!(decode_error(error, Language::German).to_string(), *german);
            assert_eq!(decode_error(error, Language::Korean).to_string(), *korean);
        }
    }

    #[test]
    fn keys_that_do_not_fit_are_named() {
        let other = VerifyError::Algorithm { token: Algorithm::Es256, key: Algorithm::Hs256 };
        for error in [other, VerifyError::Signature(InvalidSignature)] {
            for &language in Language::ALL {
                let said = verify_error(&error, language).to_string();
                assert!(!said.is_empty());
                assert_eq!(said.contains("ES256"), error == other, "{said}");
            }
        }
    }

    fn key_errors() -> Vec<JwkError> {
        let (kind, met) = (JwkKind::Ec(Curve::P256), "x".try_into().unwrap());
        let (algorithm, name) = (Algorithm::Es512, "n");
        let met = || heapless::String::clone(&met);
        let keys = [
            KeyError::ModulusBits { met: 1024, least: 2048, most: 4096 },
            KeyError::EvenModulus,
            KeyError::Exponent { met: 1 },
            KeyError::ExponentBytes { met: 5 },
            KeyError::LeadingZero,
            KeyError::CoordinateBytes { met: 31, allowed: 32 },
            KeyError::PointBytes { met: 33, allowed: 65 },
            KeyError::NotOnCurve,
            KeyError::NotCanonical,
            KeyError::SmallOrder,
        ];
        let kinds = [JwkKind::Rsa, kind, JwkKind::Okp(Curve::Ed25519), JwkKind::Oct];
        let operations = [KeyOperation::Sign, KeyOperation::Verify];
        let typed = |name| JwkError::Type { name, met: JsonKind::Null, allowed: "another" };
        let mut errors = Vec::from(keys.map(JwkError::Key));
        errors.extend(kinds.map(|kind| JwkError::Unsuited { kind, algorithm }));
        errors.extend(operations.map(|needs| JwkError::Operation { needs }));
        errors.extend(["kty", "key_ops", "keys"].map(typed));
        errors.extend([
            JwkError::Json(JsonError { at: 7, fault: JsonFault::Duplicate }),
            JwkError::Missing { name },
            JwkError::Base64 { name, fault: Base64Error::Length { met: 5 } },
            JwkError::TooLong { name, needs: 600, has: 512 },
            JwkError::UnknownKty { met: met() },
            JwkError::UnknownCrv { met: met() },
            JwkError::Use { met: met() },
            JwkError::Repeated { met: KeyOperation::Sign },
            JwkError::Public,
            JwkError::OtherAlgorithm { key: met(), wanted: algorithm },
            JwkError::Unsupported { algorithm },
            JwkError::Secret(WeakKey::Short { needs: 32, has: 6 }),
        ]);
        errors
    }

    #[test]
    fn every_key_error_is_said_in_every_language() {
        for error in key_errors() {
            let english = jwk_error(&error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = jwk_error(&error, language).to_string();
                assert!(!said.is_empty() && said != english, "{error:?}: {said}");
                assert_eq!(digits(&said), digits(&english), "{language}: {said}");
            }
        }
    }

    #[test]
    fn secrets_that_are_none_are_named() {
        use PublicForm::{BareBase64, Der, Jwk, Pem, Ssh};
        let public = [Pem, Jwk, Der, BareBase64, Ssh].map(|form| WeakKey::Public { form });
        for error in public.into_iter().chain([WeakKey::Short { needs: 32, has: 6 }]) {
            let english = weak_key(&error, Language::English).to_string();
            for language in [Language::German, Language::Korean] {
                let said = weak_key(&error, language).to_string();
                assert_ne!(said, english, "{error:?}");
                assert_eq!(digits(&said), digits(&english), "{language}: {said}");
            }
        }
    }
}
