//! Keys from the numbers of a public key.

use jwtick_core::key::{AnyKey, Curve, JwkError, JwkKind};
use jwtick_core::token::Algorithm;

use crate::context::{KeyContext, RefusalContext};
use crate::number::FromNumber;
use crate::pointer::{Items, Output};
use crate::refusal::Why;
use crate::status::Status;

/// Prepares a key for RS256 to RS512 or PS256 to PS512 from modulus and exponent, both big-endian
/// and without leading zeros. The modulus has 2048 to 4096 bits (RFC 7518 §3.3), and the exponent
/// is odd, from 3 to 2^32 - 1.
///
/// Statuses: 220 to 223, `JWTICK_STATUS_KEY_NOT_BUILT`, `JWTICK_STATUS_KEY_UNSUITED` for another
/// kind of algorithm, `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_from_rsa(
    algorithm: u32,
    modulus: *const u8,
    modulus_length: usize,
    exponent: *const u8,
    exponent_length: usize,
    key: *mut KeyContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (modulus, exponent, key, why) = unsafe {
        let exponent = Items::new(exponent, exponent_length);
        (Items::new(modulus, modulus_length), exponent, Output::new(key), Output::new(why))
    };
    Status::of(|| {
        let (key, why) = (key.slot()?, Why::of(why)?);
        let algorithm = Algorithm::from_number(algorithm)?;
        let made = of_rsa(algorithm, modulus.get()?, exponent.get()?);
        key.hold(why.keep(made)?);
        Ok(())
    })
}

/// Prepares a key for ES256 or ES384 from the coordinates of its point, big-endian, 32 or 48 bytes
/// each (RFC 7518 §6.2.1).
///
/// Statuses: 224, 225, `JWTICK_STATUS_KEY_NOT_BUILT`, `JWTICK_STATUS_KEY_UNSUITED` for another kind
/// of algorithm, `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_from_ec(
    algorithm: u32,
    x: *const u8,
    x_length: usize,
    y: *const u8,
    y_length: usize,
    key: *mut KeyContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (x, y, key, why) = unsafe {
        let (x, y) = (Items::new(x, x_length), Items::new(y, y_length));
        (x, y, Output::new(key), Output::new(why))
    };
    Status::of(|| {
        let (key, why) = (key.slot()?, Why::of(why)?);
        let made = of_ec(Algorithm::from_number(algorithm)?, x.get()?, y.get()?);
        key.hold(why.keep(made)?);
        Ok(())
    })
}

/// Prepares a key for EdDSA or Ed25519 from the 32 bytes of its point (RFC 8032 §5.1.5).
///
/// Statuses: 224 to 227, `JWTICK_STATUS_KEY_NOT_BUILT`, `JWTICK_STATUS_KEY_UNSUITED` for another
/// kind of algorithm, `JWTICK_STATUS_VALUE`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_key_from_ed25519(
    algorithm: u32,
    point: *const u8,
    length: usize,
    key: *mut KeyContext,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (point, key, why) =
        unsafe { (Items::new(point, length), Output::new(key), Output::new(why)) };
    Status::of(|| {
        let (key, why) = (key.slot()?, Why::of(why)?);
        let made = of_ed25519(Algorithm::from_number(algorithm)?, point.get()?);
        key.hold(why.keep(made)?);
        Ok(())
    })
}

fn suited(kind: JwkKind, algorithm: Algorithm) -> Result<(), JwkError> {
    if kind.suits(algorithm) { Ok(()) } else { Err(JwkError::Unsuited { kind, algorithm }) }
}

#[cfg(feature = "rsa")]
fn of_rsa(algorithm: Algorithm, modulus: &[u8], exponent: &[u8]) -> Result<AnyKey, JwkError> {
    use jwtick_core::key::{AnyRsa, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};

    suited(JwkKind::Rsa, algorithm)?;
    let key = AnyRsa::new(modulus, exponent)?;
    match algorithm {
        Algorithm::Rs256 => Ok(AnyKey::Rs256(Rs256::new(key))),
        Algorithm::Rs384 => Ok(AnyKey::Rs384(Rs384::new(key))),
        Algorithm::Rs512 => Ok(AnyKey::Rs512(Rs512::new(key))),
        Algorithm::Ps256 => Ok(AnyKey::Ps256(Ps256::new(key))),
        Algorithm::Ps384 => Ok(AnyKey::Ps384(Ps384::new(key))),
        Algorithm::Ps512 => Ok(AnyKey::Ps512(Ps512::new(key))),
        _ => Err(JwkError::Unsupported { algorithm }),
    }
}

#[cfg(not(feature = "rsa"))]
fn of_rsa(algorithm: Algorithm, _: &[u8], _: &[u8]) -> Result<AnyKey, JwkError> {
    suited(JwkKind::Rsa, algorithm)?;
    Err(JwkError::Unsupported { algorithm })
}

/// Returns the curve for `algorithm`, among those that RFC 7518 §6.2.1.1 and RFC 8812 name.
fn curve(algorithm: Algorithm) -> Result<(), JwkError> {
    const CURVES: [Curve; 4] = [Curve::P256, Curve::P384, Curve::P521, Curve::Secp256k1];
    let taken = CURVES.into_iter().find(|curve| JwkKind::Ec(*curve).suits(algorithm));
    suited(JwkKind::Ec(taken.unwrap_or(Curve::P256)), algorithm)
}

#[cfg(feature = "es")]
fn of_ec(algorithm: Algorithm, x: &[u8], y: &[u8]) -> Result<AnyKey, JwkError> {
    use jwtick_core::key::{Es256, Es384};

    curve(algorithm)?;
    match algorithm {
        Algorithm::Es256 => Ok(AnyKey::Es256(Es256::new(x, y)?)),
        Algorithm::Es384 => Ok(AnyKey::Es384(Es384::new(x, y)?)),
        _ => Err(JwkError::Unsupported { algorithm }),
    }
}

#[cfg(not(feature = "es"))]
fn of_ec(algorithm: Algorithm, _: &[u8], _: &[u8]) -> Result<AnyKey, JwkError> {
    curve(algorithm)?;
    Err(JwkError::Unsupported { algorithm })
}

#[cfg(feature = "ed")]
fn of_ed25519(algorithm: Algorithm, point: &[u8]) -> Result<AnyKey, JwkError> {
    use jwtick_core::key::{Ed25519, EdDsa};

    suited(JwkKind::Okp(Curve::Ed25519), algorithm)?;
    match algorithm {
        Algorithm::EdDsa => Ok(AnyKey::EdDsa(EdDsa::new(point)?)),
        Algorithm::Ed25519 => Ok(AnyKey::Ed25519(Ed25519::new(point)?)),
        _ => Err(JwkError::Unsupported { algorithm }),
    }
}

#[cfg(not(feature = "ed"))]
fn of_ed25519(algorithm: Algorithm, _: &[u8]) -> Result<AnyKey, JwkError> {
    suited(JwkKind::Okp(Curve::Ed25519), algorithm)?;
    Err(JwkError::Unsupported { algorithm })
}
