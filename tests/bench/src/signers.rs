//! Keys made for one run, and a token signed by each.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::token::{self, TokenError};

/// The public key, in the form that each library needs.
pub enum Public {
    /// Modulus and exponent in base64url, and both in DER.
    Rsa {
        /// The modulus.
        n: String,
        /// The exponent.
        e: String,
        /// RSAPublicKey (RFC 8017 §A.1.1).
        der: Vec<u8>,
    },
    /// The coordinates in base64url, and the point.
    P256 {
        /// One coordinate.
        x: String,
        /// The other.
        y: String,
        /// Uncompressed (SEC 1 §2.3.3).
        point: Vec<u8>,
    },
    /// The coordinate on the curve.
    Ed25519(Vec<u8>),
}

/// A token, and the key to verify it.
pub struct Signed {
    /// The `alg` of its header.
    pub algorithm: &'static str,
    /// The key.
    pub key: Public,
    /// The compact form.
    pub token: String,
}

/// Reason why there is no token.
#[derive(Debug)]
pub enum SignError {
    /// The claims cannot be written.
    Token(TokenError),
    /// The library cannot sign.
    Library(aws_lc_rs::error::Unspecified),
}

impl std::fmt::Display for SignError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::Library(error) => write!(f, "no signature was made: {error}"),
        }
    }
}

impl std::error::Error for SignError {}

impl From<TokenError> for SignError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<aws_lc_rs::error::Unspecified> for SignError {
    fn from(error: aws_lc_rs::error::Unspecified) -> Self {
        Self::Library(error)
    }
}

/// Returns a token for each algorithm that is measured.
pub fn all() -> Result<[Signed; 4], SignError> {
    Ok([rsa("RS256", &RSA_PKCS1_SHA256)?, rsa("PS256", &RSA_PSS_SHA256)?, p256()?, ed25519()?])
}

/// An issuer of many tokens, signed with one RSA key.
pub struct Issuer(RsaKeyPair);

impl Issuer {
    /// Makes the key.
    pub fn new() -> Result<Self, SignError> {
        Ok(Self(RsaKeyPair::generate(KeySize::Rsa2048)?))
    }

    /// The public key as a JWK.
    pub fn jwk(&self) -> String {
        let public = self.0.public_key();
        let n = encoded(public.modulus().big_endian_without_leading_zero());
        let e = encoded(public.exponent().big_endian_without_leading_zero());
        format!(r#"{{"kty":"RSA","alg":"RS256","n":"{n}","e":"{e}"}}"#)
    }

    /// As many tokens, each with its own `jti`.
    pub fn tokens(&self, count: u64) -> Result<Vec<String>, SignError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        let random = SystemRandom::new();
        let signed = (0..count).map(|number| {
            let input = token::numbered_input("RS256", number)?;
            self.0.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature)?;
            Ok(token::signed(&input, &signature))
        });
        signed.collect()
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa(algorithm: &'static str, how: &'static dyn RsaEncoding) -> Result<Signed, SignError> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let input = token::input(algorithm)?;
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(how, &SystemRandom::new(), input.as_bytes(), &mut signature)?;
    let public = pair.public_key();
    let n = encoded(public.modulus().big_endian_without_leading_zero());
    let e = encoded(public.exponent().big_endian_without_leading_zero());
    let key = Public::Rsa { n, e, der: public.as_ref().to_vec() };
    Ok(Signed { algorithm, key, token: token::signed(&input, &signature) })
}

fn p256() -> Result<Signed, SignError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let input = token::input("ES256")?;
    let signature = pair.sign(&SystemRandom::new(), input.as_bytes())?;
    let point = pair.public_key().as_ref().to_vec();
    let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
    let token = token::signed(&input, signature.as_ref());
    Ok(Signed { algorithm: "ES256", key: Public::P256 { x, y, point }, token })
}

fn ed25519() -> Result<Signed, SignError> {
    let pair = Ed25519KeyPair::generate()?;
    let input = token::input("EdDSA")?;
    let token = token::signed(&input, pair.sign(input.as_bytes()).as_ref());
    Ok(Signed {
        algorithm: "EdDSA",
        key: Public::Ed25519(pair.public_key().as_ref().to_vec()),
        token,
    })
}
