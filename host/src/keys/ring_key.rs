//! Public keys for verification with ring: as strict as the core's, and faster on systems with an
//! operating system.

use jwtick_core::Hs256;
use jwtick_core::key::{Hs384, Hs512, Jwk, JwkError, KeyError, Rsa2048, Tag, WeakKey};
use jwtick_core::token::{Algorithm, InvalidSignature, Verifier};
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};

use super::jwk_text::Octets;

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
    /// Creates the key in `jwk` for `algorithm`. The core checks it first; ring also accepts moduli
    /// of up to 8192 bits, for which the core has no room.
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

/// The moduli that this program verifies with, in bits (RFC 7518 §3.3; ring). The core has room for
/// half as many.
const LEAST_BITS: u32 = 2048;
const MOST_BITS: u32 = 8192;

// Weak keys must be rejected everywhere: ring itself would accept a point of small order.
fn judge(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<(), JwkError> {
    match jwk.verifier(algorithm) {
        Err(JwkError::TooLong { name: "n", .. } | JwkError::Key(KeyError::ModulusBits { .. })) => {
            let modulus = modulus(jwk, MOST_BITS)?;
            Ok(judge_long(modulus.as_ref(), Octets::of(jwk, "e")?.as_ref())?)
        }
        Err(fault) => Err(fault),
        Ok(_) => Ok(()),
    }
}

/// Returns the modulus if it has 2048 to `most` bits. The limits in the error are those of the operation:
/// a message with those of the core would be wrong.
///
/// # Errors
/// [`KeyError::ModulusBits`] if it is shorter or longer.
pub(super) fn modulus(jwk: &Jwk<'_>, most: u32) -> Result<Octets, JwkError> {
    let outside = |met| JwkError::Key(KeyError::ModulusBits { met, least: LEAST_BITS, most });
    let octets = Octets::of(jwk, "n").map_err(|fault| match fault {
        JwkError::TooLong { needs, .. } => outside(bits(&[], needs)),
        fault => fault,
    })?;
    let met = bits(octets.as_ref(), octets.as_ref().len());
    if (LEAST_BITS..=most).contains(&met) { Ok(octets) } else { Err(outside(met)) }
}

/// The bits of a number with `length` bytes, of which `known` are the first.
fn bits(known: &[u8], length: usize) -> u32 {
    let zeros = known.iter().take_while(|&&byte| byte == 0).count();
    let unused = known.get(zeros).map_or(0, |first| first.leading_zeros());
    let bytes = u32::try_from(length.saturating_sub(zeros)).unwrap_or(u32::MAX);
    bytes.saturating_mul(u8::BITS).saturating_sub(unused)
}

/// A modulus that fits into the core, used to check an exponent on its own.
const ANY_MODULUS: [u8; 256] = [0xC5; 256];

fn judge_long(modulus: &[u8], exponent: &[u8]) -> Result<(), KeyError> {
    Rsa2048::new(&ANY_MODULUS, exponent)?;
    match modulus {
        [0, ..] => Err(KeyError::LeadingZero),
        [.., last] if last % 2 == 0 => Err(KeyError::EvenModulus),
        _ => Ok(()),
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

// JWS uses the fixed form of ECDSA signatures; in DER, their length varies.
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

/// A prepared key. No `Debug`, since it contains a secret.
pub(crate) enum Hmac {
    Hs256(Hs256),
    Hs384(Hs384),
    Hs512(Hs512),
}

impl Hmac {
    /// Returns true if `algorithm` is an HMAC algorithm.
    pub(crate) const fn has(algorithm: Algorithm) -> bool {
        matches!(algorithm, Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512)
    }

    /// Prepares a secret; every algorithm except HS384 and HS512 is treated as HS256.
    ///
    /// # Errors
    /// [`WeakKey`] says which requirement the secret does not meet.
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

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn rsa(modulus: &[u8], exponent: &[u8]) -> String {
        let [n, e] = [modulus, exponent].map(|part| URL_SAFE_NO_PAD.encode(part));
        format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)
    }

    fn ed25519(point: [u8; 32]) -> String {
        format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, URL_SAFE_NO_PAD.encode(point))
    }

    /// A name, a JWK, and a part of the message if it is refused.
    fn rsa_and_ed25519() -> Vec<(&'static str, String, Option<&'static str>)> {
        let bytes = |len: usize| vec![0xC5; len];
        let even = |len: usize| [&bytes(len)[1..], &[2]].concat();
        let mut neutral = [0; 32];
        neutral[0] = 1;
        vec![
            ("2048 bits", rsa(&bytes(256), &[1, 0, 1]), None),
            ("8192 bits, more than the core has room for", rsa(&bytes(1024), &[3]), None),
            (
                "1024 bits",
                rsa(&bytes(128), &[3]),
                Some("the modulus has 1024 bits: expected 2048 to 8192"),
            ),
            (
                "2047 bits",
                rsa(&[&[0x7F], &bytes(255)[..]].concat(), &[3]),
                Some("the modulus has 2047 bits: expected 2048 to 8192"),
            ),
            (
                "8193 bits",
                rsa(&[&[1], &bytes(1024)[..]].concat(), &[3]),
                Some("the modulus has 8193 bits: expected 2048 to 8192"),
            ),
            (
                "20,000 bits",
                rsa(&bytes(2500), &[3]),
                Some("the modulus has 20000 bits: expected 2048 to 8192"),
            ),
            ("4097 bits", rsa(&[&[1], &bytes(512)[..]].concat(), &[3]), None),
            ("a zero before 8192 bits", rsa(&[&[0], &*bytes(1024)].concat(), &[3]), Some("a zero")),
            ("even", rsa(&even(256), &[3]), Some("the modulus is even")),
            ("long and even", rsa(&even(768), &[3]), Some("the modulus is even")),
            ("e = 1", rsa(&bytes(256), &[1]), Some("the exponent is 1:")),
            ("long, e = 1", rsa(&bytes(768), &[1]), Some("the exponent is 1:")),
            ("long, e even", rsa(&bytes(768), &[4]), Some("the exponent is 4:")),
            ("a zero before 4096 bits", rsa(&[&[0], &*bytes(512)].concat(), &[3]), Some("a zero")),
            ("small order", ed25519(neutral), Some("small order")),
        ]
    }

    #[test]
    fn weak_keys_are_rejected_as_in_core() {
        for (name, text, refusal) in rsa_and_ed25519() {
            let jwk = Jwk::parse(text.as_bytes()).unwrap();
            let ed = text.contains("OKP");
            let algorithm = if ed { Algorithm::EdDsa } else { Algorithm::Ps384 };
            let met = RingKey::from_jwk(&jwk, algorithm).err().map(|fault| fault.to_string());
            match (&met, refusal) {
                (None, None) => {}
                (Some(met), Some(part)) if met.contains(part) => {}
                _ => panic!("{name}: {met:?}"),
            }
        }
    }
}
