//! Converts private keys to JWKs (RFC 7518 §6.2.2, §6.3.2, RFC 8037 §2).

use ::rsa::RsaPrivateKey;
use ::rsa::traits::{PrivateKeyParts, PublicKeyParts};
use der::Decode;
use der::asn1::OctetStringRef;
use pkcs1::RsaPrivateKeyRef;
use pkcs8::PrivateKeyInfoRef;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sec1::EcPrivateKey;
use zeroize::Zeroizing;

use super::fault::Unreadable;
use super::jwk_text::JwkText;
use super::key::{Format, Key};
use super::public::{self, Curve, kind};

/// Reads the key in a `PrivateKeyInfo`.
///
/// # Errors
/// [`Unreadable`] if it is damaged, or of a kind that JWK does not support.
pub(super) fn pkcs8(info: &PrivateKeyInfoRef<'_>) -> Result<Key, Unreadable> {
    let secret = info.private_key.as_bytes();
    match info.algorithm.oid {
        kind::RSA => pkcs1(secret, Format::Pkcs8),
        kind::RSA_PSS => public::pss(rsa(secret)?, info.algorithm.parameters, Format::Pkcs8),
        kind::EC => {
            let key = EcPrivateKey::from_der(secret)?;
            let beside = info.public_key.as_ref().and_then(|point| point.as_bytes());
            ec(public::curve(&info.algorithm)?, &key, beside, Format::Pkcs8)
        }
        kind::ED25519 => Ok(Key::new(ed25519(wrapped(secret)?)?.end(), Format::Pkcs8)?),
        other => Err(Unreadable::Kind(kind::shown(other))),
    }
}

/// Reads an RSA key without a wrapper.
///
/// # Errors
/// [`Unreadable::DamagedDer`] if it is not an RSA key, [`Unreadable::Primes`] if it has more than
/// two primes.
pub(super) fn pkcs1(der: &[u8], format: Format) -> Result<Key, Unreadable> {
    Ok(Key::new(rsa(der)?.end(), format)?)
}

fn rsa(der: &[u8]) -> Result<JwkText, Unreadable> {
    let key = RsaPrivateKeyRef::from_der(der)?;
    if key.other_prime_infos.is_some() {
        return Err(Unreadable::Primes);
    }
    let parameters = [
        ("n", key.modulus),
        ("e", key.public_exponent),
        ("d", key.private_exponent),
        ("p", key.prime1),
        ("q", key.prime2),
        ("dp", key.exponent1),
        ("dq", key.exponent2),
        ("qi", key.coefficient),
    ];
    let add = |text: JwkText, (name, value): (_, der::asn1::UintRef<'_>)| {
        text.octets(name, value.as_bytes())
    };
    Ok(parameters.into_iter().fold(JwkText::of("RSA"), add))
}

/// Reads an `ECPrivateKey` that names its curve.
///
/// # Errors
/// [`Unreadable`] if it names no curve, or is damaged.
pub(super) fn sec1(der: &[u8]) -> Result<Key, Unreadable> {
    let key = EcPrivateKey::from_der(der)?;
    let oid = key.parameters.as_ref().and_then(|named| named.named_curve());
    let oid = oid.ok_or(Unreadable::UnnamedCurve)?;
    let curve = Curve::of(oid).ok_or_else(|| Unreadable::Curve(oid.to_string()))?;
    ec(curve, &key, None, Format::Sec1)
}

fn ec(
    curve: Curve,
    key: &EcPrivateKey<'_>,
    beside: Option<&[u8]>,
    format: Format,
) -> Result<Key, Unreadable> {
    let secret = padded(key.private_key, curve.bytes)?;
    let text = match key.public_key.or(beside) {
        Some(point) => public::point(curve, point)?,
        None => public::point(curve, &derived(curve, &secret)?)?,
    };
    Ok(Key::new(text.octets("d", &secret).end(), format)?)
}

// RFC 5915 §3 fixes the length, but some writers omit leading zeros.
pub(super) fn padded(secret: &[u8], length: usize) -> Result<Zeroizing<Vec<u8>>, Unreadable> {
    let zeros = length.checked_sub(secret.len()).ok_or(Unreadable::DamagedDer)?;
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    padded.resize(zeros, 0);
    padded.extend_from_slice(secret);
    Ok(padded)
}

// RFC 5915 §3: the public half is optional, and Java omits it.
fn derived(curve: Curve, secret: &[u8]) -> Result<Vec<u8>, Unreadable> {
    use p256::elliptic_curve::sec1::ToSec1Point;
    let damaged = |_| Unreadable::DamagedDer;
    match curve {
        public::P256 => {
            let key = p256::SecretKey::from_slice(secret).map_err(damaged)?;
            Ok(key.public_key().to_sec1_point(false).as_bytes().to_vec())
        }
        public::P384 => {
            let key = p384::SecretKey::from_slice(secret).map_err(damaged)?;
            Ok(key.public_key().to_sec1_point(false).as_bytes().to_vec())
        }
        _ => Err(Unreadable::Curve(curve.name.to_owned())),
    }
}

/// Returns the JWK of a key with two primes.
pub(super) fn rsa_jwk(key: &RsaPrivateKey) -> Option<JwkText> {
    let [p, q] = key.primes() else { return None };
    let inverse = key.crt_coefficient()?;
    let (dp, dq) = key.dp().zip(key.dq())?;
    let wide = |number: &::rsa::BoxedUint| Zeroizing::new(number.to_be_bytes_trimmed_vartime());
    let text = JwkText::of("RSA").octets("n", &key.n_bytes()).octets("e", &key.e_bytes());
    let text = text.octets("d", &wide(key.d())).octets("p", &wide(p)).octets("q", &wide(q));
    Some(text.octets("dp", &wide(dp)).octets("dq", &wide(dq)).octets("qi", &wide(&inverse)))
}

/// Derives the key from a seed (RFC 8032 §5.1.5).
pub(super) fn ed25519(seed: &[u8]) -> Result<JwkText, Unreadable> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Unreadable::DamagedDer)?;
    Ok(public::edwards("Ed25519", pair.public_key().as_ref()).octets("d", seed))
}

/// Unwraps an octet string inside another, as used for keys on Edwards curves (RFC 8410 §7).
fn wrapped(der: &[u8]) -> der::Result<&[u8]> {
    <&OctetStringRef>::from_der(der).map(OctetStringRef::as_bytes)
}
