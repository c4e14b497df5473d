//! Public keys that ring verifies with: as strict as the core's, and faster where there is an
//! operating system.

use jwtick_core::{Algorithm, InvalidSignature, Jwk, JwkError, KeyError, Verifier};
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};

use super::Octets;

/// A public key for one algorithm (RFC 8725 §3.1), with ring's arithmetic.
pub struct RingKey {
    algorithm: Algorithm,
    parts: Parts,
}

enum Parts {
    Rsa { padding: &'static RsaParameters, key: RsaPublicKeyComponents<Octets> },
    Point(UnparsedPublicKey<Vec<u8>>),
}

impl RingKey {
    /// The key that `jwk` is for `algorithm`. The core judges it first; unlike the core, which has
    /// no room for them, ring takes moduli of up to 8192 bits.
    ///
    /// # Errors
    /// [`JwkError`] as for [`Jwk::verifier`].
    pub fn from_jwk(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<Self, JwkError> {
        judge(jwk, algorithm)?;
        let parts = match rsa_padding(algorithm) {
            Some(padding) => Parts::Rsa {
                padding,
                key: RsaPublicKeyComponents { n: Octets::of(jwk, "n")?, e: Octets::of(jwk, "e")? },
            },
            None => Parts::Point(point(jwk, algorithm)?),
        };
        Ok(Self { algorithm, parts })
    }
}

impl Verifier for RingKey {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let verified = match &self.parts {
            Parts::Rsa { padding, key } => key.verify(padding, signing_input, signature),
            Parts::Point(key) => key.verify(signing_input, signature),
        };
        verified.map_err(|_| InvalidSignature)
    }
}

/// ring's limit for RSA moduli, in bytes.
const RING_MODULUS: usize = 1024;

// Weak keys must have the same fate everywhere: ring itself would take a point of small order.
fn judge(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<(), JwkError> {
    match jwk.verifier(algorithm) {
        Err(
            fault @ (JwkError::TooLong { name: "n", .. }
            | JwkError::Key(KeyError::ModulusBits { .. })),
        ) => match Octets::of(jwk, "n")?.as_ref() {
            modulus if (CORE_MODULUS..=RING_MODULUS).contains(&modulus.len()) => odd(modulus),
            _ => Err(fault),
        },
        Err(fault) => Err(fault),
        Ok(_) => Ok(()),
    }
}

/// The core's limit for RSA moduli, in bytes.
const CORE_MODULUS: usize = 512;

fn odd(modulus: &[u8]) -> Result<(), JwkError> {
    match modulus.last() {
        Some(last) if last % 2 == 1 => Ok(()),
        _ => Err(KeyError::EvenModulus.into()),
    }
}

fn rsa_padding(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    match algorithm {
        Algorithm::Rs256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::Rs384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::Rs512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        Algorithm::Ps256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
        Algorithm::Ps384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
        Algorithm::Ps512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

// The fixed form of ECDSA signatures is that of JWS; in DER they have another length.
fn point(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<UnparsedPublicKey<Vec<u8>>, JwkError> {
    let x = Octets::of(jwk, "x")?;
    let on_curve = |y: Octets| [&[4], x.as_ref(), y.as_ref()].concat();
    match algorithm {
        Algorithm::Es256 => Octets::of(jwk, "y")
            .map(|y| UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, on_curve(y))),
        Algorithm::Es384 => Octets::of(jwk, "y")
            .map(|y| UnparsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, on_curve(y))),
        Algorithm::EdDsa | Algorithm::Ed25519 => {
            Ok(UnparsedPublicKey::new(&signature::ED25519, x.as_ref().to_vec()))
        }
        _ => Err(JwkError::Unsupported { algorithm }),
    }
}
