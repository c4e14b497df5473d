//! The server's own key, made at every start: ES256, whose public half anybody may fetch.

use jwtick_core::{Algorithm, InvalidSignature, Verifier};
use serde_json::{Value, json};

use crate::keys::{self, Format, Key, KeyError, Keys, RingKey};
use crate::minting::Minter;

const ALGORITHM: Algorithm = Algorithm::Es256;

/// A key pair that signs tokens of one kind, and is named by its thumbprint. Without `Debug`.
pub(crate) struct Signer {
    minter: Minter,
    public: RingKey,
    jwks: Value,
}

impl Signer {
    /// Makes a key, for tokens of this `typ` (RFC 7515 §4.1.9).
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system has none to give.
    pub(crate) fn generate(kind: &str) -> Result<Self, KeyError> {
        Self::of(&keys::generate(ALGORITHM, 0)?, kind)
    }

    /// Signs tokens of this `typ` by `key`.
    ///
    /// # Errors
    /// [`KeyError`] if the key cannot sign so.
    pub(super) fn of(key: &Key, kind: &str) -> Result<Self, KeyError> {
        let name = keys::thumbprint(&key.jwk()?);
        let key = Key::new(keys::named(key, ALGORITHM, name.as_deref()), Format::Jwk)?;
        let public = keys::public_jwk(&key.jwk()?)?.ok_or(KeyError::NoPublicHalf)?;
        let members: Value = serde_json::from_str(&public).map_err(|_| KeyError::Encoding)?;
        let public = RingKey::from_jwk(&key.jwk()?, ALGORITHM)?;
        let header = [("typ".to_owned(), kind.to_owned())];
        let minter = Minter::new(Keys::of(key), Some(ALGORITHM), &header)?;
        Ok(Self { minter, public, jwks: json!({ "keys": [members] }) })
    }

    /// A token with these claims.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system has none to give.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        self.minter.mint(&claims.to_string())
    }

    /// The public key as a JWK Set (RFC 7517 §5).
    pub(crate) const fn jwks(&self) -> &Value {
        &self.jwks
    }
}

impl Verifier for Signer {
    fn algorithm(&self) -> Algorithm {
        self.public.algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.public.verify(signing_input, signature)
    }
}
