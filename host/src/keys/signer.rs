//! New private keys, and signing: with ring, and HMAC with the core.

use getrandom::SysRng;
use jwtick_core::key::{Jwk, JwkError, KeyOperation};
use jwtick_core::token::Algorithm;
use rand_core::UnwrapErr;
use ring::error::KeyRejected;
use ring::rand::{SecureRandom, SystemRandom};
use ring::rsa::{KeyPairComponents, PublicKeyComponents};
use ring::signature::{self, EcdsaKeyPair, Ed25519KeyPair, RsaEncoding, RsaKeyPair};
use rsa::RsaPrivateKey;
use zeroize::Zeroizing;

use super::der::Structure;
use super::error::KeyError;
use super::fault::Unreadable;
use super::jwk_text::{self, Octets};
use super::key::{Format, Key};
use super::private;
use super::ring_key::{Hmac, modulus};

/// A key that signs with one algorithm. No `Debug`, since it contains a secret.
pub(crate) enum Signer {
    Hmac(Box<Hmac>),
    Rsa { pair: Box<RsaKeyPair>, padding: &'static dyn RsaEncoding },
    Ec(Box<EcdsaKeyPair>),
    Ed(Ed25519KeyPair),
}

impl Signer {
    /// Prepares a key.
    ///
    /// # Errors
    /// [`KeyError`] if the key may not or cannot sign with `algorithm`.
    pub(crate) fn new(key: &Key, algorithm: Algorithm) -> Result<Self, KeyError> {
        use Algorithm as A;
        key.permits(KeyOperation::Sign, algorithm)?;
        let jwk = key.jwk()?;
        match algorithm {
            A::Hs256 | A::Hs384 | A::Hs512 => {
                let secret = Octets::of(&jwk, "k")?;
                let key = Hmac::new(algorithm, secret.as_ref()).map_err(JwkError::Secret)?;
                Ok(Self::Hmac(Box::new(key)))
            }
            A::Rs256 => rsa(&jwk, &signature::RSA_PKCS1_SHA256),
            A::Rs384 => rsa(&jwk, &signature::RSA_PKCS1_SHA384),
            A::Rs512 => rsa(&jwk, &signature::RSA_PKCS1_SHA512),
            A::Ps256 => rsa(&jwk, &signature::RSA_PSS_SHA256),
            A::Ps384 => rsa(&jwk, &signature::RSA_PSS_SHA384),
            A::Ps512 => rsa(&jwk, &signature::RSA_PSS_SHA512),
            A::Es256 => ec(&jwk, &signature::ECDSA_P256_SHA256_FIXED_SIGNING),
            A::Es384 => ec(&jwk, &signature::ECDSA_P384_SHA384_FIXED_SIGNING),
            A::EdDsa | A::Ed25519 => ed(&jwk),
            _ => Err(KeyError::Unsupported(algorithm)),
        }
    }

    /// Signs the header and payload segments with the dot between them.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
    pub(crate) fn sign(&self, signing_input: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        match self {
            Self::Hmac(key) => Ok(key.sign(signing_input).as_bytes().to_vec()),
            Self::Rsa { pair, padding } => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(*padding, &random, signing_input, &mut signature)
                    .map_err(|_| KeyError::NoRandomness)?;
                Ok(signature)
            }
            Self::Ec(pair) => {
                let signature = pair.sign(&random, signing_input);
                Ok(signature.map_err(|_| KeyError::NoRandomness)?.as_ref().to_vec())
            }
            Self::Ed(pair) => Ok(pair.sign(signing_input).as_ref().to_vec()),
        }
    }
}

/// The longest modulus that ring signs with, in bits; it verifies with twice as many.
const MOST_BITS: u32 = 4096;

fn rsa(jwk: &Jwk<'_>, padding: &'static dyn RsaEncoding) -> Result<Signer, KeyError> {
    let part = |name| Octets::of(jwk, name);
    let components = KeyPairComponents {
        public_key: PublicKeyComponents { n: modulus(jwk, MOST_BITS)?, e: part("e")? },
        d: part("d")?,
        p: part("p")?,
        q: part("q")?,
        dP: part("dp")?,
        dQ: part("dq")?,
        qInv: part("qi")?,
    };
    let pair = RsaKeyPair::from_components(&components)?;
    Ok(Signer::Rsa { pair: Box::new(pair), padding })
}

fn ec(
    jwk: &Jwk<'_>,
    algorithm: &'static signature::EcdsaSigningAlgorithm,
) -> Result<Signer, KeyError> {
    let [d, x, y] = [Octets::of(jwk, "d")?, Octets::of(jwk, "x")?, Octets::of(jwk, "y")?];
    let point = [&[4], x.as_ref(), y.as_ref()].concat();
    let pair = EcdsaKeyPair::from_private_key_and_public_key(
        algorithm,
        d.as_ref(),
        &point,
        &SystemRandom::new(),
    )?;
    Ok(Signer::Ec(Box::new(pair)))
}

fn ed(jwk: &Jwk<'_>) -> Result<Signer, KeyError> {
    let [d, x] = [Octets::of(jwk, "d")?, Octets::of(jwk, "x")?];
    Ok(Signer::Ed(Ed25519KeyPair::from_seed_and_public_key(d.as_ref(), x.as_ref())?))
}

impl From<KeyRejected> for KeyError {
    fn from(rejected: KeyRejected) -> Self {
        Self::Rejected(rejected)
    }
}

/// Generates a key for `algorithm`; only RSA keys use `bits`.
///
/// # Errors
/// [`KeyError::NoRandomness`] if the operating system provides no random numbers, and
/// [`KeyError::Unsupported`].
pub(crate) fn generate(algorithm: Algorithm, bits: usize) -> Result<Key, KeyError> {
    use Algorithm as A;
    match algorithm {
        // RFC 7518 §3.2: as long as the hash.
        A::Hs256 => new_secret(32),
        A::Hs384 => new_secret(48),
        A::Hs512 => new_secret(64),
        A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512 => new_rsa(bits),
        A::Es256 => new_ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING),
        A::Es384 => new_ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING),
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

fn new_secret(length: usize) -> Result<Key, KeyError> {
    Ok(Key::new(jwk_text::secret(&random(length)?), Format::Jwk)?)
}

fn new_ec(algorithm: &'static signature::EcdsaSigningAlgorithm) -> Result<Key, KeyError> {
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new())
        .map_err(|_| KeyError::NoRandomness)?;
    let unreadable = |_: Unreadable| KeyError::Encoding;
    Structure::Pkcs8.read(document.as_ref()).map_err(unreadable)
}

// The generator below aborts without randomness, so this is checked first.
fn new_rsa(bits: usize) -> Result<Key, KeyError> {
    random(1)?;
    let key = RsaPrivateKey::new(&mut UnwrapErr(SysRng), bits).map_err(|_| KeyError::Encoding)?;
    let text = private::rsa_jwk(&key).ok_or(KeyError::Encoding)?;
    Ok(Key::new(text.end(), Format::Jwk)?)
}
