//! Converts public keys to JWKs (RFC 7518 §6, RFC 8037 §2), whose kinds and curves have OIDs in key files
//! (RFC 5480 §2.1.1.1, RFC 8410 §3, SEC 2 §A.2).

use der::Decode;
use der::asn1::AnyRef;
use der::oid::ObjectIdentifier;
use jwtick_core::key::{Jwk, JwkError, JwkKind};
use pkcs1::{RsaPssParamsOwned, RsaPublicKeyRef};
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::fault::Unreadable;
use super::jwk_text::{JwkText, Octets};
use super::key::{Format, Key, Padding};

/// Reads the key in a `SubjectPublicKeyInfo`.
///
/// # Errors
/// [`Unreadable`] if it is damaged, or of a kind that JWK does not support.
pub(super) fn spki(spki: &SubjectPublicKeyInfoRef<'_>, format: Format) -> Result<Key, Unreadable> {
    let bytes = spki.subject_public_key.as_bytes().ok_or(Unreadable::DamagedDer)?;
    match spki.algorithm.oid {
        kind::RSA => pkcs1(bytes, format),
        kind::RSA_PSS => pss(rsa(bytes)?, spki.algorithm.parameters, format),
        kind::EC => {
            let text = point(curve(&spki.algorithm)?, bytes)?;
            Ok(Key::new(text.end(), format)?)
        }
        kind::ED25519 => Ok(Key::new(edwards("Ed25519", bytes).end(), format)?),
        kind::ED448 => Ok(Key::new(edwards("Ed448", bytes).end(), format)?),
        other => Err(Unreadable::Kind(kind::shown(other))),
    }
}

/// Reads an RSA key without a wrapper.
///
/// # Errors
/// [`Unreadable::DamagedDer`] if it is not an RSA key.
pub(super) fn pkcs1(der: &[u8], format: Format) -> Result<Key, Unreadable> {
    Ok(Key::new(rsa(der)?.end(), format)?)
}

fn rsa(der: &[u8]) -> Result<JwkText, Unreadable> {
    let key = RsaPublicKeyRef::from_der(der)?;
    let text = JwkText::of("RSA").octets("n", key.modulus.as_bytes());
    Ok(text.octets("e", key.public_exponent.as_bytes()))
}

/// Reads a key restricted to PSS padding and, if its parameters name a hash, to that hash.
pub(super) fn pss(
    text: JwkText,
    parameters: Option<AnyRef<'_>>,
    format: Format,
) -> Result<Key, Unreadable> {
    let text = match parameters {
        Some(parameters) => {
            text.text("alg", hash_name(parameters.decode_as::<RsaPssParamsOwned>()?.hash.oid)?)
        }
        None => text,
    };
    Ok(Key { padding: Padding::Pss, ..Key::new(text.end(), format)? })
}

// RFC 8017 B.1; the default is SHA-1 (A.2.3), which no JWS algorithm uses.
fn hash_name(oid: ObjectIdentifier) -> Result<&'static str, Unreadable> {
    const NAMES: [(&str, &str); 3] = [
        ("2.16.840.1.101.3.4.2.1", "PS256"),
        ("2.16.840.1.101.3.4.2.2", "PS384"),
        ("2.16.840.1.101.3.4.2.3", "PS512"),
    ];
    let written = oid.to_string();
    let named = NAMES.into_iter().find(|(oid, _)| *oid == written);
    named.map(|(_, name)| name).ok_or(Unreadable::Kind(written))
}

/// Returns the curve that an algorithm identifier names.
pub(super) fn curve(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Curve, Unreadable> {
    let oid = algorithm.parameters_oid().map_err(|_| Unreadable::UnnamedCurve)?;
    Curve::of(oid).ok_or_else(|| Unreadable::Curve(oid.to_string()))
}

/// Converts a point in the uncompressed form (SEC 1 §2.3.3).
pub(super) fn point(curve: Curve, point: &[u8]) -> Result<JwkText, Unreadable> {
    match point.split_first() {
        Some((4, both)) => {
            let (x, y) = both.split_at_checked(curve.bytes).ok_or(Unreadable::DamagedDer)?;
            Ok(JwkText::of("EC").text("crv", curve.name).octets("x", x).octets("y", y))
        }
        Some((2 | 3, _)) => Err(Unreadable::CompressedPoint),
        _ => Err(Unreadable::DamagedDer),
    }
}

pub(super) fn edwards(curve: &str, point: &[u8]) -> JwkText {
    JwkText::of("OKP").text("crv", curve).octets("x", point)
}

impl From<pkcs8::spki::Error> for Unreadable {
    fn from(_: pkcs8::spki::Error) -> Self {
        Self::DamagedDer
    }
}

/// Returns the public half of a key, with its names but without its permitted uses.
///
/// # Errors
/// [`JwkError`] if the key lacks a part. A secret has no public half, so the result is `None`.
pub(crate) fn public_jwk(jwk: &Jwk<'_>) -> Result<Option<Zeroizing<String>>, JwkError> {
    let (kty, names): (_, &[_]) = match jwk.kind() {
        JwkKind::Rsa => ("RSA", &["n", "e"]),
        JwkKind::Ec(_) => ("EC", &["x", "y"]),
        JwkKind::Okp(_) => ("OKP", &["x"]),
        _ => return Ok(None),
    };
    let mut text = JwkText::of(kty);
    if let JwkKind::Ec(curve) | JwkKind::Okp(curve) = jwk.kind() {
        text = text.text("crv", curve.name());
    }
    for name in names {
        text = text.octets(name, Octets::of(jwk, name)?.as_ref());
    }
    for (name, value) in [("kid", jwk.kid), ("alg", jwk.alg)] {
        if let Some(value) = value {
            text = text.text(name, &value.to_string());
        }
    }
    Ok(Some(text.text("use", "sig").end()))
}

/// A curve of ECDSA keys that a JWK has a name for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Curve {
    pub(super) name: &'static str,
    pub(super) oid: ObjectIdentifier,
    /// Length of a coordinate and of a private key, in bytes.
    pub(super) bytes: usize,
}

const fn known(name: &'static str, oid: &'static str, bytes: usize) -> Curve {
    Curve { name, oid: ObjectIdentifier::new_unwrap(oid), bytes }
}

pub(super) const P256: Curve = known("P-256", "1.2.840.10045.3.1.7", 32);
pub(super) const P384: Curve = known("P-384", "1.3.132.0.34", 48);
const P521: Curve = known("P-521", "1.3.132.0.35", 66);
const SECP256K1: Curve = known("secp256k1", "1.3.132.0.10", 32);

const ALL: [Curve; 4] = [P256, P384, P521, SECP256K1];

impl Curve {
    pub(super) fn of(oid: ObjectIdentifier) -> Option<Self> {
        ALL.into_iter().find(|curve| curve.oid == oid)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|curve| curve.name == name)
    }
}

/// OIDs of key types (RFC 8017 A.1, RFC 4055 §1.2, RFC 5480 §2.1.1, RFC 8410 §3).
pub(super) mod kind {
    use der::oid::ObjectIdentifier;

    pub(in crate::keys) const RSA: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
    pub(in crate::keys) const RSA_PSS: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
    pub(in crate::keys) const EC: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
    pub(in crate::keys) const ED25519: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("1.3.101.112");
    pub(in crate::keys) const ED448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.113");

    /// Key types that JOSE does not sign with, by their common names (RFC 3279 §2.3.2, RFC 8410).
    const OTHERS: [(&str, &str); 3] =
        [("1.2.840.10040.4.1", "DSA"), ("1.3.101.110", "X25519"), ("1.3.101.111", "X448")];

    /// Returns the name of the type for a message.
    pub(in crate::keys) fn shown(oid: ObjectIdentifier) -> String {
        let oid = oid.to_string();
        match OTHERS.into_iter().find(|(number, _)| *number == oid) {
            Some((_, name)) => name.to_owned(),
            None => oid,
        }
    }
}
