//! HMAC keys: HS256, HS384 and HS512 (RFC 7518 §3.2).
//!
//! Both pads are hashed once, when the key is made, so each token costs only the hash of its own
//! bytes. Tags are compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha384, Sha512};

use super::error::WeakKey;
use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
use super::public::PublicForm;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

/// The length of the longest tag, that of HS512.
const TAG_MAX: usize = 64;

/// The length of the longest secret in a JWK. Length beyond the block of the hash adds no strength
/// (RFC 2104 §3).
const SECRET_MAX: usize = 512;

macro_rules! hmac_key {
    ($(#[$doc:meta])* $key:ident, $hash:ty, $algorithm:expr, $bytes:literal) => {
        $(#[$doc])*
        pub struct $key(Hmac<$hash>);

        impl $key {
            /// Prepares a key from the bytes of a secret.
            ///
            /// # Errors
            /// [`WeakKey::Short`] if the secret has fewer bytes than the tag, and
            /// [`WeakKey::Public`] if it is a public key or certificate, which an attacker also
            /// has.
            pub fn new(secret: &[u8]) -> Result<Self, WeakKey> {
                refuse_weak(secret, $bytes)?;
                let short = WeakKey::Short { needs: $bytes, has: secret.len() };
                Hmac::new_from_slice(secret).map(Self).map_err(|_| short)
            }

            /// Prepares the key in `jwk`.
            ///
            /// # Errors
            /// [`JwkError`] if `jwk` has another purpose, or is refused by [`new`](Self::new).
            pub fn from_jwk(jwk: &Jwk<'_>) -> Result<Self, JwkError> {
                jwk.permits(KeyOperation::Verify, $algorithm)?;
                let mut secret = [0; SECRET_MAX];
                Ok(Self::new(jwk.decode("k", &mut secret)?)?)
            }

            /// Signs `signing_input`: the header and payload segments with the dot between them.
            #[must_use]
            pub fn sign(&self, signing_input: &[u8]) -> Tag {
                let tag = self.0.clone().chain_update(signing_input).finalize().into_bytes();
                Tag::of(&tag)
            }
        }

        impl Verifier for $key {
            fn algorithm(&self) -> Algorithm {
                $algorithm
            }

            fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
                let mac = self.0.clone().chain_update(signing_input);
                mac.verify_slice(signature).map_err(|_| InvalidSignature)
            }
        }
    };
}

hmac_key! {
    /// A key for HMAC with SHA-256.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Hs256;
    /// use jwtick_core::key::WeakKey;
    /// use jwtick_core::token::Verifier;
    /// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
    /// let tag = key.sign(b"header.payload");
    /// assert!(key.verify(b"header.payload", tag.as_bytes()).is_ok());
    /// let weak = Hs256::new(b"secret").err().unwrap();
    /// assert_eq!(weak.to_string(), "the secret has 6 bytes: expected at least 32");
    /// # Ok::<(), WeakKey>(())
    /// ```
    Hs256, Sha256, Algorithm::Hs256, 32
}

hmac_key! {
    /// A key for HMAC with SHA-384.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Hs384, WeakKey};
    /// assert_eq!(Hs384::new(&[7; 47]).err(), Some(WeakKey::Short { needs: 48, has: 47 }));
    /// ```
    Hs384, Sha384, Algorithm::Hs384, 48
}

hmac_key! {
    /// A key for HMAC with SHA-512.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Hs512, WeakKey};
    /// assert_eq!(Hs512::new(&[7; 63]).err(), Some(WeakKey::Short { needs: 64, has: 63 }));
    /// ```
    Hs512, Sha512, Algorithm::Hs512, 64
}

// RFC 7518 §3.2: "A key of the same size as the hash output … or larger MUST be used".
fn refuse_weak(secret: &[u8], needs: usize) -> Result<(), WeakKey> {
    match (PublicForm::of(secret), secret.len()) {
        (Some(form), _) => Err(WeakKey::Public { form }),
        (None, has) if has < needs => Err(WeakKey::Short { needs, has }),
        _ => Ok(()),
    }
}

/// The tag that a key made. To check a tag, use the key, which compares in constant time.
///
/// # Example
/// ```
/// use jwtick_core::key::{Hs384, WeakKey};
/// let tag = Hs384::new(&[7; 48])?.sign(b"header.payload");
/// assert_eq!(tag.as_bytes().len(), 48);
/// # Ok::<(), WeakKey>(())
/// ```
#[derive(Clone)]
pub struct Tag(heapless::Vec<u8, TAG_MAX>);

impl Tag {
    fn of(bytes: &[u8]) -> Self {
        Self(bytes.iter().copied().take(TAG_MAX).collect())
    }

    /// The bytes of the signature segment, before base64url.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}
