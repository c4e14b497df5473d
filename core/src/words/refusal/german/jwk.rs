//! Why a key is refused, in German.

use core::fmt::{Formatter, Result};

use super::{base64, json, kind, weak};
use crate::key::{JwkError, JwkKind, KeyError, KeyOperation};

pub(in crate::words::refusal) fn jwk(error: &JwkError, f: &mut Formatter<'_>) -> Result {
    match error {
        JwkError::Json(error) => json(*error, f),
        JwkError::Missing { name } => write!(f, "{name} fehlt"),
        JwkError::Type { name, met, .. } => {
            let allowed = match *name {
                "key_ops" => "ein Array von Zeichenketten",
                "keys" => "ein Array",
                _ => "eine Zeichenkette",
            };
            write!(f, "{name} ist {}, zulässig ist {allowed}", kind(*met))
        }
        JwkError::Base64 { name, fault } => {
            write!(f, "{name}: ")?;
            base64(*fault, f)
        }
        JwkError::TooLong { name, needs, has } => {
            write!(f, "{name} hat {needs} Bytes, zulässig sind {has}")
        }
        JwkError::UnknownKty { met } => {
            write!(f, "kty ist '{}', bekannt sind RSA EC OKP oct", met.escape_default())
        }
        JwkError::UnknownCrv { met } => write!(
            f,
            "crv ist '{}', bekannt sind P-256 P-384 P-521 secp256k1 für EC und \
             Ed25519 Ed448 X25519 X448 für OKP",
            met.escape_default()
        ),
        JwkError::Key(error) => key(*error, f),
        JwkError::Secret(error) => weak(*error, f),
        _ => purpose(error, f),
    }
}

fn purpose(error: &JwkError, f: &mut Formatter<'_>) -> Result {
    match error {
        JwkError::Use { met } => {
            write!(f, "use ist '{}', für Signaturen muss es 'sig' sein", met.escape_default())
        }
        JwkError::Operation { needs } => {
            write!(f, "key_ops erlaubt dem Schlüssel nicht {}", operation(*needs))
        }
        JwkError::Repeated { met } => write!(f, "key_ops nennt '{met}' zweimal"),
        JwkError::Public => f.write_str("Dem Schlüssel fehlt der private Teil zum Signieren"),
        JwkError::Unsuited { kind, algorithm } => {
            sort(*kind, f)?;
            write!(f, " ist für {algorithm} nicht zu gebrauchen")
        }
        JwkError::OtherAlgorithm { key, wanted } => {
            write!(f, "Der Schlüssel ist für {}, nicht für {wanted}", key.escape_default())
        }
        JwkError::Unsupported { algorithm } => {
            write!(f, "{algorithm} ist in dieses Programm nicht eingebaut")
        }
        _ => Ok(()), // the others are told above
    }
}

const fn operation(operation: KeyOperation) -> &'static str {
    match operation {
        KeyOperation::Sign => "zu signieren",
        KeyOperation::Verify => "zu prüfen",
    }
}

fn sort(kind: JwkKind, f: &mut Formatter<'_>) -> Result {
    match kind {
        JwkKind::Rsa => f.write_str("Ein RSA-Schlüssel"),
        JwkKind::Ec(curve) => write!(f, "Ein EC-Schlüssel auf {curve}"),
        JwkKind::Okp(curve) => write!(f, "Ein OKP-Schlüssel auf {curve}"),
        JwkKind::Oct => f.write_str("Ein oct-Schlüssel"),
    }
}

fn key(error: KeyError, f: &mut Formatter<'_>) -> Result {
    match error {
        KeyError::ModulusBits { met, least, most } => {
            write!(f, "Der Modul hat {met} Bit, zulässig sind {least} bis {most}")
        }
        KeyError::EvenModulus => f.write_str("Der Modul ist gerade, ein echter ist ungerade"),
        KeyError::Exponent { met } => {
            let most = u32::MAX;
            write!(f, "Der Exponent ist {met}, zulässig sind ungerade Zahlen von 3 bis {most}")
        }
        KeyError::ExponentBytes { met } => {
            write!(f, "Der Exponent hat {met} Bytes, zulässig sind 1 bis 4")
        }
        KeyError::LeadingZero => {
            f.write_str("Modul oder Exponent beginnt mit einem Nullbyte, das fehlen muss")
        }
        KeyError::CoordinateBytes { met, allowed } => {
            write!(f, "Eine Koordinate hat {met} Bytes, auf dieser Kurve müssen es {allowed} sein")
        }
        KeyError::PointBytes { met, allowed } => write!(
            f,
            "Der Punkt hat {met} Bytes, ein unkomprimierter hat {allowed}, deren erstes 4 ist"
        ),
        KeyError::NotOnCurve => f.write_str("Der Punkt liegt nicht auf der Kurve"),
        KeyError::NotCanonical => f.write_str("Der Punkt steht nicht in seiner kanonischen Form"),
        KeyError::SmallOrder => f.write_str(
            "Der Punkt hat eine kleine Ordnung, seine Signaturen passen zu jeder Nachricht",
        ),
    }
}
