//! The operations that a key can be used for (RFC 7517 §4.3).

use core::fmt;

/// An operation with a key.
///
/// # Example
/// ```
/// use jwtick_core::key::{Jwk, KeyOperation};
/// use jwtick_core::token::Algorithm;
/// let text = br#"{"kty":"oct","key_ops":["verify"],"k":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"}"#;
/// let jwk = Jwk::parse(text)?;
/// assert!(jwk.permits(KeyOperation::Verify, Algorithm::Hs256).is_ok());
/// let refusal = jwk.permits(KeyOperation::Sign, Algorithm::Hs256).unwrap_err();
/// assert_eq!(refusal.to_string(), "`key_ops` does not allow the key to sign");
/// # Ok::<(), jwtick_core::key::JwkError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyOperation {
    /// Create signatures.
    Sign,
    /// Verify signatures.
    Verify,
}

impl fmt::Display for KeyOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
        })
    }
}
