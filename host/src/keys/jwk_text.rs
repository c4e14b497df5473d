//! Writes the text of a JWK.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{Jwk, JwkError, KeyPart};
use jwtick_core::token::Algorithm;
use serde_json::Value;
use zeroize::Zeroizing;

use super::key::Key;
use crate::output::safe;

/// Initial capacity: a private RSA key of 8192 bits takes 6 KiB, and a text that never grows leaves
/// no copies in memory.
const ROOM: usize = 8 * 1024;

/// A JWK under construction.
pub(super) struct JwkText(Zeroizing<String>);

impl JwkText {
    /// Starts a key of this `kty`.
    pub(super) fn of(kty: &str) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(ROOM));
        text.push_str("{\"kty\":\"");
        text.push_str(kty);
        text.push('"');
        Self(text)
    }

    /// Adds a member whose value is a string.
    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.0.push_str(&safe::json(&Value::from(value).to_string()));
        self
    }

    /// Adds a parameter, encoded as base64url.
    pub(super) fn octets(mut self, name: &str, value: &[u8]) -> Self {
        self.name(name);
        self.0.push('"');
        URL_SAFE_NO_PAD.encode_string(value, &mut self.0);
        self.0.push('"');
        self
    }

    pub(super) fn end(mut self) -> Zeroizing<String> {
        self.0.push('}');
        self.0
    }

    fn name(&mut self, name: &str) {
        self.0.push_str(",\"");
        self.0.push_str(name);
        self.0.push_str("\":");
    }
}

/// Returns the JWK of an HMAC secret.
pub(super) fn secret(secret: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(ROOM.max(secret.len().saturating_mul(2))));
    text.push_str("{\"kty\":\"oct\",\"k\":\"");
    URL_SAFE_NO_PAD.encode_string(secret, &mut text);
    text.push_str("\"}");
    text
}

/// Returns the JWK of a new key with its algorithm, and with its `kid` if it has one.
pub(crate) fn named(key: &Key, algorithm: Algorithm, kid: Option<&str>) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(ROOM));
    text.push_str(key.text().trim_end_matches('}'));
    let mut text = JwkText(text).text("alg", algorithm.name()).text("use", "sig");
    if let Some(kid) = kid {
        text = text.text("kid", kid);
    }
    text.end()
}

/// Returns a key that has no `kid` with one.
pub(crate) fn with_id(key: Key, kid: &str) -> Key {
    let mut text = Zeroizing::new(String::with_capacity(ROOM));
    text.push_str(key.text().trim_end_matches('}'));
    Key { text: JwkText(text).text("kid", kid).end(), ..key }
}

/// Returns the thumbprint of a key (RFC 7638). A secret has none: with its thumbprint, an attacker
/// could check guesses (RFC 7638 §7).
pub(crate) fn thumbprint(jwk: &Jwk<'_>) -> Option<String> {
    (jwk.part() != KeyPart::Secret).then(|| URL_SAFE_NO_PAD.encode(jwk.thumbprint()))
}

/// Longer than any parameter: the private exponent of an RSA key of 16384 bits.
const LONGEST: usize = 2048;

/// A parameter, which is wiped from memory after use.
pub(crate) struct Octets(Zeroizing<Vec<u8>>);

impl Octets {
    /// Decodes the parameter `name` of a key.
    ///
    /// # Errors
    /// [`JwkError`] as for [`Jwk::decode`].
    pub(crate) fn of(jwk: &Jwk<'_>, name: &'static str) -> Result<Self, JwkError> {
        let mut room = Zeroizing::new(vec![0; LONGEST]);
        let length = jwk.decode(name, &mut room)?.len();
        room.truncate(length);
        Ok(Self(room))
    }
}

impl AsRef<[u8]> for Octets {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
