//! Generates keys.

use getrandom::SysRng;
use jwtick_core::token::Algorithm;
use rand_core::UnwrapErr;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm,
};
use rsa::RsaPrivateKey;
use zeroize::Zeroizing;

use super::der::Structure;
use super::error::KeyError;
use super::fault::Unreadable;
use super::jwk_text;
use super::key::{Format, Key};
use super::private;

/// Generates a key for `algorithm`; only RSA keys use `bits`.
///
/// # Errors
/// [`KeyError::NoRandomness`] if the operating system provides no random numbers, and
/// [`KeyError::Unsupported`].
pub(crate) fn generate(algorithm: Algorithm, bits: usize) -> Result<Key, KeyError> {
    use Algorithm as A;
    match algorithm {
        // RFC 7518 §3.2: as long as the hash.
        A::Hs256 => secret(32),
        A::Hs384 => secret(48),
        A::Hs512 => secret(64),
        A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512 => rsa(bits),
        A::Es256 => ec(&ECDSA_P256_SHA256_FIXED_SIGNING),
        A::Es384 => ec(&ECDSA_P384_SHA384_FIXED_SIGNING),
        A::EdDsa | A::Ed25519 => {
            let text = private::ed25519(&random(32)?).map_err(|_| KeyError::NoRandomness)?;
            Ok(Key::new(text.end(), Format::Jwk)?)
        }
        _ => Err(KeyError::Unsupported(algorithm)),
    }
}

fn random(length: usize) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::NoRandomness)?;
    Ok(bytes)
}

fn secret(length: usize) -> Result<Key, KeyError> {
    Ok(Key::new(jwk_text::secret(&random(length)?), Format::Jwk)?)
}

fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> Result<Key, KeyError> {
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new())
        .map_err(|_| KeyError::NoRandomness)?;
    let unreadable = |_: Unreadable| KeyError::Encoding;
    Structure::Pkcs8.read(document.as_ref()).map_err(unreadable)
}

// The generator below aborts without randomness, so this is checked first.
fn rsa(bits: usize) -> Result<Key, KeyError> {
    random(1)?;
    let key = RsaPrivateKey::new(&mut UnwrapErr(SysRng), bits).map_err(|_| KeyError::Encoding)?;
    let text = private::rsa_jwk(&key).ok_or(KeyError::Encoding)?;
    Ok(Key::new(text.end(), Format::Jwk)?)
}
