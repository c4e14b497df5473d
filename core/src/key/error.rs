//! Reasons to refuse a public key or a secret.

use core::fmt;

use super::public::PublicForm;

/// The reason why a public key is refused.
///
/// # Example
/// ```
/// use jwtick_core::key::KeyError;
/// let refusal = KeyError::Exponent { met: 1 };
/// assert_eq!(
///     refusal.to_string(),
///     "the exponent is 1: expected an odd number from 3 to 4294967295",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The modulus is too short to be safe (RFC 7518 §3.3), or too long for the key type.
    ModulusBits {
        /// The number of bits found.
        met: u32,
        /// The least number of bits.
        least: u32,
        /// The greatest number of bits.
        most: u32,
    },
    /// The modulus is even, so it is not a product of two large primes.
    EvenModulus,
    /// The exponent is even, or is 1, with which every message is its own signature.
    Exponent {
        /// The exponent.
        met: u32,
    },
    /// The exponent has more than four bytes.
    ExponentBytes {
        /// The number of bytes found.
        met: usize,
    },
    /// The modulus or exponent has leading zero bytes (RFC 7518 §2, "Base64urlUInt").
    LeadingZero,
    /// A coordinate is shorter or longer than the curve requires (RFC 7518 §6.2.1.2).
    CoordinateBytes {
        /// The number of bytes found.
        met: usize,
        /// The number of bytes that the curve requires.
        allowed: usize,
    },
    /// A point is not in the uncompressed form of its curve (SEC 1 §2.3.3).
    PointBytes {
        /// The number of bytes found.
        met: usize,
        /// The number of bytes that the curve requires, the first of which is 4.
        allowed: usize,
    },
    /// The point is not on the curve, so a signature would prove nothing.
    NotOnCurve,
    /// The point could be written in another way (RFC 8032 §5.1.3).
    NotCanonical,
    /// The point has a small order, so some signatures fit any message.
    SmallOrder,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ModulusBits { met, least, most } => {
                write!(f, "the modulus has {met} bits: expected {least} to {most}")
            }
            Self::EvenModulus => f.write_str("the modulus is even: expected an odd number"),
            Self::Exponent { met } => {
                let most = u32::MAX;
                write!(f, "the exponent is {met}: expected an odd number from 3 to {most}")
            }
            Self::ExponentBytes { met } => {
                write!(f, "the exponent has {met} bytes: expected 1 to 4")
            }
            Self::LeadingZero => f.write_str(
                "the modulus or exponent starts with a zero byte, which must be left out",
            ),
            Self::CoordinateBytes { met, allowed } => {
                write!(f, "a coordinate has {met} bytes: expected {allowed} on this curve")
            }
            Self::PointBytes { met, allowed } => write!(
                f,
                "the point has {met} bytes: expected an uncompressed point of {allowed}, the first being 4"
            ),
            Self::NotOnCurve => f.write_str("the point is not on the curve"),
            Self::NotCanonical => f.write_str("the point is not in its canonical form"),
            Self::SmallOrder => {
                f.write_str("the point has a small order, so its signatures match any message")
            }
        }
    }
}

impl core::error::Error for KeyError {}

/// The reason why a secret is refused as an HMAC key.
///
/// # Example
/// ```
/// use jwtick_core::Hs256;
/// use jwtick_core::key::{PublicForm, WeakKey};
/// let refusal = Hs256::new(b"-----BEGIN PUBLIC KEY-----\nMFkw").err();
/// assert_eq!(refusal, Some(WeakKey::Public { form: PublicForm::Pem }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeakKey {
    /// The secret is shorter than the tag (RFC 7518 §3.2).
    Short {
        /// The least number of bytes.
        needs: usize,
        /// The number of bytes of the secret.
        has: usize,
    },
    /// The secret is a public key: anyone who has it could sign (RFC 8725 §2.1).
    Public {
        /// The format of the public key.
        form: PublicForm,
    },
}

impl fmt::Display for WeakKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short { needs, has } => {
                write!(f, "the secret has {has} bytes: expected at least {needs}")
            }
            Self::Public { form } => {
                write!(f, "expected an HMAC secret that no one else knows, but found {form}")
            }
        }
    }
}

impl core::error::Error for WeakKey {}
