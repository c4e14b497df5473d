//! The server's own key, made at every start: ES256, whose public half anybody may fetch.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::{Algorithm, InvalidSignature, Verifier};
use ring::digest;
use ring::error::Unspecified;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    UnparsedPublicKey,
};
use serde_json::{Value, json};

/// A key pair with its identifier. Without `Debug`.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    id: String,
}

impl Signer {
    /// Makes a key.
    ///
    /// # Errors
    /// Only if the system has no randomness.
    pub(crate) fn generate() -> Result<Self, Unspecified> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random)?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random)
            .map_err(|_| Unspecified)?;
        let id = thumbprint(pair.public_key().as_ref());
        Ok(Self { pair, random, id })
    }

    /// A token with these claims.
    ///
    /// # Errors
    /// Only if the system has no randomness.
    pub(crate) fn sign(&self, kind: &str, claims: &Value) -> Result<String, Unspecified> {
        let header = json!({ "alg": "ES256", "typ": kind, "kid": self.id });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let input = format!("{}.{}", encode(&header), encode(claims));
        let signature = self.pair.sign(&self.random, input.as_bytes())?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// An identifier that nobody can guess.
    ///
    /// # Errors
    /// Only if the system has no randomness.
    pub(crate) fn fresh_id(&self) -> Result<String, Unspecified> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes)?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The public key as a JWK Set (RFC 7517 §5).
    pub(crate) fn jwks(&self) -> Value {
        let (x, y) = coordinates(self.pair.public_key().as_ref());
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "x": x, "y": y,
            "use": "sig", "alg": "ES256", "kid": self.id,
        }]})
    }
}

impl Verifier for Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::Es256
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.pair.public_key().as_ref())
            .verify(signing_input, signature)
            .map_err(|_| InvalidSignature)
    }
}

// SEC 1 §2.3.3: an uncompressed point is 04, then both coordinates.
fn coordinates(point: &[u8]) -> (String, String) {
    let (x, y) = point.get(1..).and_then(|both| both.split_at_checked(32)).unwrap_or_default();
    (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
}

/// RFC 7638 §3: the required members alone, by name.
fn thumbprint(point: &[u8]) -> String {
    let (x, y) = coordinates(point);
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, members.as_bytes()))
}
