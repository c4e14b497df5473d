//! An HMAC key of whichever size its algorithm asks for.

use jwtick_core::{Algorithm, Hs256, Hs384, Hs512, InvalidSignature, Tag, Verifier, WeakKey};

/// A prepared key. Without `Debug`, as its parts.
pub(crate) enum Hmac {
    Hs256(Hs256),
    Hs384(Hs384),
    Hs512(Hs512),
}

impl Hmac {
    /// Whether `algorithm` is one of the three.
    pub(crate) const fn has(algorithm: Algorithm) -> bool {
        matches!(algorithm, Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512)
    }

    /// Prepares a secret; every algorithm that is not HS384 or HS512 counts as HS256.
    ///
    /// # Errors
    /// [`WeakKey`] says what the secret lacks.
    pub(crate) fn new(algorithm: Algorithm, secret: &[u8]) -> Result<Self, WeakKey> {
        match algorithm {
            Algorithm::Hs384 => Hs384::new(secret).map(Self::Hs384),
            Algorithm::Hs512 => Hs512::new(secret).map(Self::Hs512),
            _ => Hs256::new(secret).map(Self::Hs256),
        }
    }

    pub(crate) fn sign(&self, signing_input: &[u8]) -> Tag {
        match self {
            Self::Hs256(key) => key.sign(signing_input),
            Self::Hs384(key) => key.sign(signing_input),
            Self::Hs512(key) => key.sign(signing_input),
        }
    }
}

impl Verifier for Hmac {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Hs256(key) => key.algorithm(),
            Self::Hs384(key) => key.algorithm(),
            Self::Hs512(key) => key.algorithm(),
        }
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        match self {
            Self::Hs256(key) => key.verify(signing_input, signature),
            Self::Hs384(key) => key.verify(signing_input, signature),
            Self::Hs512(key) => key.verify(signing_input, signature),
        }
    }
}
