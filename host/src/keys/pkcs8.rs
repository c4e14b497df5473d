//! Writes keys as PEM: PKCS#8 for private ones (RFC 5958), SubjectPublicKeyInfo for public ones; and
//! decrypts PKCS#8.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use der::asn1::{AnyRef, BitStringRef, Null, OctetStringRef, UintRef};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode};
use jwtick_core::key::{Jwk, JwkError, JwkKind};
use pem_rfc7468::LineEnding;
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, pkcs5};
use sec1::EcPrivateKey;
use zeroize::Zeroizing;

use super::error::KeyError;
use super::fault::Unreadable;
use super::jwk_text::Octets;
use super::pem;
use super::public::{Curve, kind};

type Pem = Zeroizing<String>;

/// Returns a private key in PEM.
///
/// # Errors
/// [`KeyError`] if the key has no private part, or PEM cannot represent it.
pub(crate) fn private_pem(jwk: &Jwk<'_>) -> Result<Pem, KeyError> {
    let secret = match jwk.kind() {
        JwkKind::Rsa => rsa_private(jwk)?,
        JwkKind::Ec(_) => ec_private(jwk)?,
        JwkKind::Okp(_) => der(&OctetStringRef::new(Octets::of(jwk, "d")?.as_ref())?)?,
        kind => return Err(KeyError::NoPem(kind)),
    };
    with_identifier(jwk, |algorithm| {
        der(&PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&secret)?))
    })
    .and_then(|der| pem("PRIVATE KEY", &der))
}

/// Returns a public key in PEM.
///
/// # Errors
/// [`KeyError`] if PEM cannot represent this kind of key.
pub(crate) fn public_pem(jwk: &Jwk<'_>) -> Result<Pem, KeyError> {
    let bits = match jwk.kind() {
        JwkKind::Rsa => {
            let [n, e] = [Octets::of(jwk, "n")?, Octets::of(jwk, "e")?];
            der(&RsaPublicKeyRef { modulus: uint(&n)?, public_exponent: uint(&e)? })?
        }
        JwkKind::Ec(_) => point(jwk)?,
        JwkKind::Okp(_) => Zeroizing::new(Octets::of(jwk, "x")?.as_ref().to_vec()),
        kind => return Err(KeyError::NoPem(kind)),
    };
    with_identifier(jwk, |algorithm| {
        der(&SubjectPublicKeyInfoRef {
            algorithm,
            subject_public_key: BitStringRef::from_bytes(&bits)?,
        })
    })
    .and_then(|der| pem("PUBLIC KEY", &der))
}

/// Replaces the encrypted private key in the content of a file by the key itself.
///
/// # Errors
/// [`Unreadable::WrongPassword`], and [`Unreadable::OldEncryption`] for encryption that is not PBES2
/// (RFC 8018 §6.2) with an algorithm in use.
pub(super) fn decrypted(content: &[u8], password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let Some((block, der)) = pem::encrypted(content) else {
        return private_info(content, password);
    };
    let key = private_info(&der, password)?;
    // Without line breaks, so that a block in a string of JSON remains one.
    let base64 = Zeroizing::new(STANDARD.encode(&key));
    let parts = [
        content.get(..block.start).unwrap_or_default(),
        b"-----BEGIN PRIVATE KEY-----",
        base64.as_bytes(),
        b"-----END PRIVATE KEY-----",
        content.get(block.end..).unwrap_or_default(),
    ];
    let length = parts.iter().map(|part| part.len()).sum();
    let mut text = Zeroizing::new(Vec::with_capacity(length));
    parts.iter().for_each(|part| text.extend_from_slice(part));
    Ok(text)
}

/// Decrypts an `EncryptedPrivateKeyInfo` (RFC 5958 §3).
fn private_info(der: &[u8], password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let info = EncryptedPrivateKeyInfoRef::from_der(der).map_err(|_| Unreadable::OldEncryption)?;
    let key = info.decrypt(password).map_err(|fault| match fault {
        pkcs8::Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_) => {
            Unreadable::WrongPassword
        }
        _ => Unreadable::OldEncryption,
    })?;
    // With a wrong password, the padding is right once in 256 times.
    PrivateKeyInfoRef::from_der(key.as_bytes()).map_err(|_| Unreadable::WrongPassword)?;
    Ok(key.to_bytes())
}

fn with_identifier(
    jwk: &Jwk<'_>,
    write: impl Fn(AlgorithmIdentifierRef<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError>,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let of = |oid, parameters| AlgorithmIdentifierRef { oid, parameters };
    match jwk.kind() {
        JwkKind::Rsa => write(of(kind::RSA, Some(AnyRef::from(Null)))),
        JwkKind::Ec(curve) => {
            let curve: ObjectIdentifier = named(curve.name())?.oid;
            write(of(kind::EC, Some(AnyRef::from(&curve))))
        }
        JwkKind::Okp(jwtick_core::key::Curve::Ed25519) => write(of(kind::ED25519, None)),
        JwkKind::Okp(jwtick_core::key::Curve::Ed448) => write(of(kind::ED448, None)),
        kind => Err(KeyError::NoPem(kind)),
    }
}

fn named(curve: &str) -> Result<Curve, KeyError> {
    Curve::named(curve).ok_or(KeyError::Encoding)
}

fn rsa_private(jwk: &Jwk<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let part = |name| Octets::of(jwk, name);
    let [n, e, d, p] = [part("n")?, part("e")?, part("d")?, part("p")?];
    let [q, dp, dq, qi] = [part("q")?, part("dp")?, part("dq")?, part("qi")?];
    der(&RsaPrivateKeyRef {
        modulus: uint(&n)?,
        public_exponent: uint(&e)?,
        private_exponent: uint(&d)?,
        prime1: uint(&p)?,
        prime2: uint(&q)?,
        exponent1: uint(&dp)?,
        exponent2: uint(&dq)?,
        coefficient: uint(&qi)?,
        other_prime_infos: None,
    })
}

fn ec_private(jwk: &Jwk<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let (secret, point) = (Octets::of(jwk, "d")?, point(jwk)?);
    der(&EcPrivateKey {
        private_key: secret.as_ref(),
        parameters: None, // the identifier beside it names the curve
        public_key: Some(&point),
    })
}

fn point(jwk: &Jwk<'_>) -> Result<Zeroizing<Vec<u8>>, JwkError> {
    let (x, y) = (Octets::of(jwk, "x")?, Octets::of(jwk, "y")?);
    Ok(Zeroizing::new([&[4], x.as_ref(), y.as_ref()].concat()))
}

fn uint(octets: &Octets) -> Result<UintRef<'_>, KeyError> {
    Ok(UintRef::new(octets.as_ref())?)
}

fn der(value: &impl Encode) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    Ok(Zeroizing::new(value.to_der()?))
}

fn pem(label: &str, der: &[u8]) -> Result<Pem, KeyError> {
    let text = pem_rfc7468::encode_string(label, LineEnding::LF, der);
    let mut text = text.map(Zeroizing::new).map_err(|_| KeyError::Encoding)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}
