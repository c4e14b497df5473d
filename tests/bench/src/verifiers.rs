//! The same work by every contender: verify the signature, check `exp` and `nbf` by the machine's clock,
//! and return two of the claims.

use std::collections::HashSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jwt_compact::AlgorithmExt as _;
use jwt_simple::algorithms::MACLike as _;
use jwtick_core::token::Verifier;
use jwtick_core::{Hs256, Policy, Scratch, TimeBounds, Token, UnixTime};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::token::{SCOPE, SECRET, SUBJECT};

/// Verifies a token; `None` if it is refused or its claims are not the expected ones.
pub type Verify = Box<dyn Fn(&str) -> Option<()>>;

/// All contenders, jwtick first; then the floor, which only checks the tag and decodes the segments.
pub fn all() -> Option<Vec<(&'static str, Verify)>> {
    Some(vec![
        ("jwtick", jwtick()?),
        ("jsonwebtoken", jsonwebtoken()),
        ("jwt-compact", jwt_compact()),
        ("jwt-simple", jwt_simple()),
        ("floor", floor()?),
    ])
}

/// Returns true if the returned claims are those of the token.
pub fn expected(subject: &str, scope: &str) -> Option<()> {
    (subject == SUBJECT && scope == SCOPE).then_some(())
}

fn jwtick() -> Option<Verify> {
    Some(core_with(Hs256::new(SECRET).ok()?))
}

/// The core, with any of its keys.
pub fn core_with(key: impl Verifier + 'static) -> Verify {
    let policy = Policy::RFC7519.any_audience();
    Box::new(move |compact| {
        let mut scratch = Scratch::<512>::new();
        let token = Token::decode(compact.as_bytes(), &mut scratch).ok()?.verify(&key).ok()?;
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let now = UnixTime::from_micros(i64::try_from(since_1970.as_micros()).ok()?);
        let token = token.judge(&policy, TimeBounds::exactly(now)).ok()?;
        let claims = token.claims();
        expected(claims.sub?.as_str()?, claims.get("scope")?.text()?.as_str()?)
    })
}

/// All claims of the token.
#[derive(Deserialize)]
#[expect(dead_code, reason = "the other claims are read as jwtick reads them, not looked at")]
pub struct AllClaims {
    iss: String,
    /// A claim that is compared.
    pub sub: String,
    aud: String,
    exp: u64,
    nbf: u64,
    iat: u64,
    jti: String,
    /// Another compared claim.
    pub scope: String,
}

fn jsonwebtoken() -> Verify {
    let key = jsonwebtoken::DecodingKey::from_secret(SECRET);
    let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::HS256);
    rules.validate_nbf = true;
    rules.validate_aud = false;
    rules.leeway = 0;
    rules.required_spec_claims = HashSet::new();
    Box::new(move |compact| {
        let claims = jsonwebtoken::decode::<AllClaims>(compact, &key, &rules).ok()?.claims;
        expected(&claims.sub, &claims.scope)
    })
}

#[derive(Clone, Serialize, Deserialize)]
struct OtherClaims {
    iss: String,
    sub: String,
    aud: String,
    jti: String,
    scope: String,
}

fn jwt_compact() -> Verify {
    use jwt_compact::{Claims, TimeOptions, UntrustedToken, alg};

    let key = alg::Hs256Key::new(SECRET);
    let options = TimeOptions::default();
    Box::new(move |compact| {
        let token = UntrustedToken::new(compact).ok()?;
        let token = alg::Hs256.validator::<OtherClaims>(&key).validate(&token).ok()?;
        let claims: &Claims<OtherClaims> = token.claims();
        claims.validate_expiration(&options).ok()?.validate_maturity(&options).ok()?;
        expected(&claims.custom.sub, &claims.custom.scope)
    })
}

#[derive(Serialize, Deserialize)]
struct Scope {
    scope: String,
}

fn jwt_simple() -> Verify {
    let key = jwt_simple::algorithms::HS256Key::from_bytes(SECRET);
    let options = || jwt_simple::common::VerificationOptions {
        time_tolerance: Some(Duration::ZERO.into()),
        ..Default::default()
    };
    Box::new(move |compact| {
        let claims = key.verify_token::<Scope>(compact, Some(options())).ok()?;
        expected(claims.subject.as_deref()?, &claims.custom.scope)
    })
}

fn floor() -> Option<Verify> {
    let prepared = Hmac::<Sha256>::new_from_slice(SECRET).ok()?;
    Some(Box::new(move |compact| {
        let (input, signature) = compact.rsplit_once('.')?;
        let (header, payload) = input.split_once('.')?;
        let mut decoded = [0; 512];
        URL_SAFE_NO_PAD.decode_slice(header, &mut decoded).ok()?;
        URL_SAFE_NO_PAD.decode_slice(payload, &mut decoded).ok()?;
        let length = URL_SAFE_NO_PAD.decode_slice(signature, &mut decoded).ok()?;
        prepared.clone().chain_update(input).verify_slice(decoded.get(..length)?).ok()
    }))
}
