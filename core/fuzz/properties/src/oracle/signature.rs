//! The compact form, split and decoded without the core, and signatures checked by `ring`.

use base64ct::{Base64UrlUnpadded, Encoding};
use jwtick_core::token::Algorithm;
use ring::hmac;
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};

use super::json::Members;

/// A public key or secret, read from a JWK by `serde_json`.
pub(crate) struct Key {
    algorithm: Algorithm,
    parameters: Vec<Vec<u8>>,
}

impl Key {
    /// Reads `jwk` as a key for `algorithm`; returns `None` if it lacks the parameters.
    pub(crate) fn read(jwk: &str, algorithm: Algorithm) -> Option<Self> {
        let jwk = Members::read(jwk).ok()?;
        let parameter = |name: &&str| decode(&jwk.string(name)?);
        let parameters = names(algorithm).iter().map(parameter).collect::<Option<_>>()?;
        Some(Self { algorithm, parameters })
    }

    /// Returns `true` if `signature` is a signature of the key over `message`.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        use Algorithm as A;
        match (self.algorithm, self.parameters.as_slice()) {
            (A::Hs256 | A::Hs384 | A::Hs512, [secret]) => {
                hmac::verify(&self.hmac(secret), message, signature).is_ok()
            }
            (A::Es256 | A::Es384, [x, y]) => {
                let point = [&[4], x.as_slice(), y].concat();
                let ecdsa: &dyn signature::VerificationAlgorithm = match self.algorithm {
                    A::Es256 => &signature::ECDSA_P256_SHA256_FIXED,
                    _ => &signature::ECDSA_P384_SHA384_FIXED,
                };
                UnparsedPublicKey::new(ecdsa, point).verify(message, signature).is_ok()
            }
            (A::EdDsa | A::Ed25519, [x]) => {
                UnparsedPublicKey::new(&signature::ED25519, x).verify(message, signature).is_ok()
            }
            (algorithm, [n, e]) => rsa(algorithm).is_some_and(|parameters| {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(parameters, message, signature).is_ok()
            }),
            _ => false,
        }
    }

    fn hmac(&self, secret: &[u8]) -> hmac::Key {
        let hash = match self.algorithm {
            Algorithm::Hs256 => hmac::HMAC_SHA256,
            Algorithm::Hs384 => hmac::HMAC_SHA384,
            _ => hmac::HMAC_SHA512,
        };
        hmac::Key::new(hash, secret)
    }
}

/// The parameters of a JWK that are used to verify (RFC 7518 §6, RFC 8037 §2).
const fn names(algorithm: Algorithm) -> &'static [&'static str] {
    match algorithm {
        Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => &["k"],
        Algorithm::Es256 | Algorithm::Es384 => &["x", "y"],
        Algorithm::EdDsa | Algorithm::Ed25519 => &["x"],
        _ => &["n", "e"],
    }
}

const fn rsa(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        Algorithm::Rs256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &signature::RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

/// The three segments of a compact JWS.
pub(crate) struct Segments {
    /// Header and payload segment, with the dot between them.
    pub(crate) signing_input: String,
    pub(crate) header: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Segments {
    /// Returns `None` unless there are three segments, each in canonical base64url.
    pub(crate) fn of(compact: &[u8]) -> Option<Self> {
        let compact = core::str::from_utf8(compact).ok()?;
        let (signing_input, signature) = compact.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        Some(Self {
            signing_input: signing_input.to_owned(),
            header: decode(header)?,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// The same with another signature.
    pub(crate) fn signed_with(&self, signature: &[u8]) -> String {
        format!("{}.{}", self.signing_input, Base64UrlUnpadded::encode_string(signature))
    }
}

/// Decodes canonical base64url, or returns `None`.
pub(crate) fn decode(encoded: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(encoded).ok()
}
