//! Identifiers for `jti` (RFC 7519 §4.1.7).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};

use crate::keys::KeyError;

/// An identifier that never was before, and that nobody can guess: 128 random bits.
///
/// # Errors
/// [`KeyError::NoRandomness`] if the operating system has none to give.
pub(crate) fn unique_id() -> Result<String, KeyError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
