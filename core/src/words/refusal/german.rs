//! Why a token is refused, in German.

mod jwk;

use core::fmt::{Formatter, Result};

use crate::key::{PublicForm, WeakKey};
use crate::token::Algorithm;
use crate::token::Base64Error;
use crate::token::HeaderError;
use crate::token::VerifyError;
use crate::token::{Claim, ClaimsError};
use crate::token::{DecodeError, Segment};
use crate::token::{Expected, JsonError, JsonFault, JsonKind};

pub(super) use self::jwk::jwk;

pub(super) fn decode(error: &DecodeError, f: &mut Formatter<'_>) -> Result {
    match error {
        DecodeError::Segments { met: 5 } => {
            f.write_str("5 Segmente sind ein verschlüsseltes Token, ein signiertes hat 3")
        }
        DecodeError::Segments { met: 1 } => {
            f.write_str("Ein Token hat 3 Segmente zwischen Punkten, hier steht kein Punkt")
        }
        DecodeError::Segments { met } => {
            write!(f, "Ein Token hat 3 Segmente, hier sind es {met}")
        }
        DecodeError::TooLong { needs, has } => {
            write!(f, "Die decodierten Segmente brauchen {needs} Bytes, Platz ist für {has}")
        }
        DecodeError::Base64 { segment, fault } => {
            write!(f, "{}: ", name(*segment))?;
            base64(*fault, f)
        }
        DecodeError::Header(error) => {
            f.write_str("Header: ")?;
            header(error, f)
        }
        DecodeError::Claims(error) => {
            f.write_str("Claims: ")?;
            claims(*error, f)
        }
    }
}

pub(super) fn verify(error: VerifyError, f: &mut Formatter<'_>) -> Result {
    match error {
        VerifyError::Algorithm { token, key } => {
            write!(f, "Das Token ist mit {token} signiert, der Schlüssel ist für {key}")
        }
        VerifyError::Signature(_) => f.write_str("Die Signatur stammt nicht von diesem Schlüssel"),
    }
}

pub(super) fn weak(error: WeakKey, f: &mut Formatter<'_>) -> Result {
    match error {
        WeakKey::Short { needs, has } => {
            write!(f, "Das Geheimnis hat {has} Bytes, mindestens {needs} sind nötig")
        }
        WeakKey::Public { form } => {
            let form = public(form);
            write!(f, "Das Geheimnis ist {form}, ein HMAC braucht eines, das sonst niemand kennt")
        }
    }
}

const fn public(form: PublicForm) -> &'static str {
    match form {
        PublicForm::Pem => "ein Schlüssel oder Zertifikat in PEM",
        PublicForm::Jwk => "der Text eines JSON Web Key",
        PublicForm::Der => "ein öffentlicher Schlüssel in DER",
        PublicForm::BareBase64 => "ein öffentlicher Schlüssel in base64",
        PublicForm::Ssh => "ein öffentlicher Schlüssel für SSH",
    }
}

const fn name(segment: Segment) -> &'static str {
    match segment {
        Segment::Header => "Header",
        Segment::Payload => "Payload",
        Segment::Signature => "Signatur",
    }
}

fn base64(fault: Base64Error, f: &mut Formatter<'_>) -> Result {
    match fault {
        Base64Error::Symbol { at, met } => {
            let met = met.escape_ascii();
            write!(f, "Byte {at} ist '{met}', base64url erlaubt A-Z a-z 0-9 - _")
        }
        Base64Error::Length { met } => {
            write!(
                f,
                "{met} Bytes ergeben nichts, base64url lässt nie 1 über ein Vielfaches von 4 übrig"
            )
        }
        Base64Error::TrailingBits { met } => {
            let met = met.escape_ascii();
            write!(f, "Das letzte Zeichen '{met}' setzt ungenutzte Bits, die null sein müssen")
        }
    }
}

fn header(error: &HeaderError, f: &mut Formatter<'_>) -> Result {
    match error {
        HeaderError::Json(error) => json(*error, f),
        HeaderError::MissingAlg => f.write_str("alg fehlt, es muss einen Algorithmus nennen"),
        HeaderError::AlgNone => f.write_str("alg ist none, aber ein Token muss signiert sein"),
        HeaderError::UnknownAlg { met } => {
            write!(f, "alg ist '{}', bekannt sind", met.escape_default())?;
            Algorithm::ALL.into_iter().try_for_each(|algorithm| write!(f, " {algorithm}"))
        }
        HeaderError::Type { name, met, .. } => {
            let allowed = match *name {
                "b64" => "ein Wahrheitswert",
                "crit" => "ein Array von Namen",
                _ => "eine Zeichenkette",
            };
            write!(f, "{name} ist {}, zulässig ist {allowed}", kind(*met))
        }
        HeaderError::EmptyCrit => f.write_str("crit nennt nichts, es muss eine Erweiterung nennen"),
        HeaderError::UnknownCrit => {
            f.write_str("crit nennt eine Erweiterung, keine wird unterstützt")
        }
        HeaderError::Unencoded => f.write_str("b64 ist false, der Payload muss base64url sein"),
    }
}

fn claims(error: ClaimsError, f: &mut Formatter<'_>) -> Result {
    match error {
        ClaimsError::Json(error) => json(error, f),
        ClaimsError::Type { claim, met, .. } => {
            let allowed = match claim {
                Claim::Exp | Claim::Nbf | Claim::Iat => "eine Zahl",
                Claim::Aud => "eine Zeichenkette oder ein Array von Zeichenketten",
                Claim::Iss | Claim::Sub | Claim::Jti => "eine Zeichenkette",
            };
            write!(f, "{claim} ist {}, zulässig ist {allowed}", kind(met))
        }
    }
}

const fn kind(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Null => "null",
        JsonKind::Boolean => "ein Wahrheitswert",
        JsonKind::Number => "eine Zahl",
        JsonKind::String => "eine Zeichenkette",
        JsonKind::Array => "ein Array",
        JsonKind::Object => "ein Objekt",
    }
}

fn json(error: JsonError, f: &mut Formatter<'_>) -> Result {
    let at = error.at;
    match error.fault {
        JsonFault::Unexpected { met, allowed } => {
            let met = met.escape_ascii();
            write!(f, "Byte {at} ist '{met}', zulässig ist dort {}", expected(allowed))
        }
        JsonFault::End { allowed } => {
            write!(f, "Der Text endet bei Byte {at}, zulässig ist dort {}", expected(allowed))
        }
        JsonFault::Utf8 => write!(f, "Byte {at} ist kein UTF-8"),
        JsonFault::Control { met } => {
            write!(f, "Das Steuerzeichen {met} bei Byte {at} muss maskiert sein")
        }
        JsonFault::Escape => write!(f, "Die Maskierung bei Byte {at} steht für kein Zeichen"),
        JsonFault::Duplicate => write!(f, "Der Name bei Byte {at} wiederholt einen früheren"),
        JsonFault::TooDeep { allowed } => {
            write!(f, "Byte {at} öffnet mehr als {allowed} Ebenen von Objekten und Arrays")
        }
        JsonFault::TooManyMembers { allowed } => {
            write!(f, "Der Eintrag bei Byte {at} liegt jenseits der {allowed}, die zulässig sind")
        }
        JsonFault::TooLong { needs, has } => {
            write!(f, "Der Text hat {needs} Bytes, zulässig sind {has}")
        }
    }
}

const fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "'{'",
        Expected::Name => "ein Name in Anführungszeichen",
        Expected::NameOrEnd => "ein Name in Anführungszeichen oder '}'",
        Expected::Colon => "':'",
        Expected::Value => "ein Wert",
        Expected::ValueOrEnd => "ein Wert oder ']'",
        Expected::CommaOrBrace => "',' oder '}'",
        Expected::CommaOrBracket => "',' oder ']'",
        Expected::Literal => "true, false oder null",
        Expected::Digit => "eine Ziffer",
        Expected::Quote => "ein schließendes Anführungszeichen",
        Expected::Nothing => "nichts mehr",
    }
}
