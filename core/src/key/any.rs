//! A key whose algorithm is not known until it is read.

use super::hs::{Hs256, Hs384, Hs512};
use super::jwk::Jwk;
use super::jwk::JwkError;
use super::jwk::KeyOperation;
#[cfg(feature = "rsa")]
use super::rsa::AnyRsa;
use crate::token::Algorithm;
use crate::token::{InvalidSignature, Verifier};

macro_rules! any_key {
    ($($(#[$gate:meta])* $variant:ident($key:ty);)*) => {
        /// A key for any built-in algorithm. A value still has only one algorithm (RFC 8725 §3.1).
        ///
        /// It is as large as the largest key, 1584 bytes with the feature `rsa`. If you know the
        /// algorithm at compile time, use its key type directly, such as [`Hs256`] with 144 bytes.
        ///
        /// # Example
        /// ```
        /// use jwtick_core::key::{Jwk, JwkError};
        /// use jwtick_core::token::{Algorithm, Verifier};
        /// let text = br#"{"kty":"oct","k":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"}"#;
        /// let key = Jwk::parse(text)?.verifier(Algorithm::Hs256)?;
        /// assert_eq!(key.algorithm(), Algorithm::Hs256);
        /// # Ok::<(), JwkError>(())
        /// ```
        #[non_exhaustive]
        pub enum AnyKey {
            $(
                $(#[$gate])*
                #[doc = concat!("A key of [`Algorithm::", stringify!($variant), "`].")]
                $variant($key),
            )*
        }

        impl AnyKey {
            /// Prepares the key in `jwk` for `algorithm`.
            ///
            /// # Errors
            /// The [`JwkError`] of [`Jwk::verifier`].
            pub fn from_jwk(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<Self, JwkError> {
                jwk.permits(KeyOperation::Verify, algorithm)?;
                match algorithm {
                    $($(#[$gate])* Algorithm::$variant => <$key>::from_jwk(jwk).map(Self::$variant),)*
                    _ => Err(JwkError::Unsupported { algorithm }),
                }
            }

            fn inner(&self) -> &dyn Verifier {
                match self {
                    $($(#[$gate])* Self::$variant(key) => key,)*
                }
            }
        }
    };
}

any_key! {
    Hs256(Hs256);
    Hs384(Hs384);
    Hs512(Hs512);
    #[cfg(feature = "rsa")]
    Rs256(super::rsassa::Rs256<AnyRsa>);
    #[cfg(feature = "rsa")]
    Rs384(super::rsassa::Rs384<AnyRsa>);
    #[cfg(feature = "rsa")]
    Rs512(super::rsassa::Rs512<AnyRsa>);
    #[cfg(feature = "rsa")]
    Ps256(super::rsassa::Ps256<AnyRsa>);
    #[cfg(feature = "rsa")]
    Ps384(super::rsassa::Ps384<AnyRsa>);
    #[cfg(feature = "rsa")]
    Ps512(super::rsassa::Ps512<AnyRsa>);
    #[cfg(feature = "es")]
    Es256(super::es::Es256);
    #[cfg(feature = "es")]
    Es384(super::es::Es384);
    #[cfg(feature = "ed")]
    EdDsa(super::ed::EdDsa);
    #[cfg(feature = "ed")]
    Ed25519(super::ed::Ed25519);
}

impl Jwk<'_> {
    /// Prepares the key that verifies with `algorithm`.
    ///
    /// # Errors
    /// The [`JwkError`] of [`permits`](Self::permits); [`JwkError::Key`] or [`JwkError::Secret`] if
    /// the key is weak or invalid; [`JwkError::Unsupported`] if the algorithm is not built in.
    pub fn verifier(&self, algorithm: Algorithm) -> Result<AnyKey, JwkError> {
        AnyKey::from_jwk(self, algorithm)
    }
}

impl Verifier for AnyKey {
    fn algorithm(&self) -> Algorithm {
        self.inner().algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.inner().verify(signing_input, signature)
    }
}
