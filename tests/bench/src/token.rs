//! The token that all contenders verify.

use std::time::{SystemTime, SystemTimeError, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::Hs256;
use jwtick_core::key::WeakKey;

/// The secret that signs it.
pub const SECRET: &[u8] = b"forty bytes of a secret that opens nada.";
/// The length of its compact form.
pub const LENGTH: usize = 375;

/// The issuer of the token.
pub const ISSUER: &str = "https://auth.example.org";
/// Its audience.
pub const AUDIENCE: &str = "shop";
/// The claims that the benchmark reads.
pub const SUBJECT: &str = "48213b7e-5d0c-4a52";
/// A claim that is not registered.
pub const SCOPE: &str = "stock:read stock:write orders:read orders:write returns:read me";

/// Reason why there is no token.
#[derive(Debug)]
pub enum TokenError {
    /// The machine's clock is before 1970.
    Clock(SystemTimeError),
    /// The secret is refused.
    Key(WeakKey),
    /// The claims were changed, so the lengths in the design no longer hold.
    Length(usize),
}

impl std::fmt::Display for TokenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Clock(error) => error.fmt(f),
            Self::Key(error) => error.fmt(f),
            Self::Length(met) => write!(f, "the token has {met} bytes, it must have {LENGTH}"),
        }
    }
}

impl std::error::Error for TokenError {}

/// Returns a token that is valid from now for an hour.
pub fn valid_now() -> Result<String, TokenError> {
    let input = input("HS256")?;
    let tag = Hs256::new(SECRET).map_err(TokenError::Key)?.sign(input.as_bytes());
    let token = signed(&input, tag.as_bytes());
    if token.len() == LENGTH { Ok(token) } else { Err(TokenError::Length(token.len())) }
}

/// Returns the signing input of such a token.
pub fn input(algorithm: &str) -> Result<String, TokenError> {
    numbered_input(algorithm, 0x9f2c_71d0_4b6e)
}

/// Returns the signing input of one of many tokens.
pub fn numbered_input(algorithm: &str, number: u64) -> Result<String, TokenError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(TokenError::Clock)?.as_secs();
    let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#);
    let claims = format!(
        r#"{{"iss":"{ISSUER}","sub":"{SUBJECT}","aud":"{AUDIENCE}","iat":{now},"nbf":{now},"exp":{},"jti":"{number:012x}","scope":"{SCOPE}"}}"#,
        now + 3600
    );
    Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims)))
}

/// Returns the compact form.
pub fn signed(input: &str, signature: &[u8]) -> String {
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}
