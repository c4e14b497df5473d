//! Tokens for tests, signed by the secret of `fixtures/keys`, with any header and payload; and
//! `verify` with that secret.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::command::jwtick;
use crate::fixture;
use crate::outcome::Outcome;
use crate::schema::Schema;

/// The bytes of `fixtures/keys/hs.secret`.
pub const SECRET: &[u8] = b"throw-away-secret-of-jwtick-tests-which-has-more-than-64-bytes-in-all";

/// A token with these claims and an ordinary header.
#[must_use]
pub fn token(claims: &str) -> String {
    hs256(r#"{"alg":"HS256","typ":"JWT"}"#, claims)
}

/// The compact form of any header and payload, with its HS256 tag.
#[must_use]
pub fn hs256(header: &str, payload: impl AsRef<[u8]>) -> String {
    let header = URL_SAFE_NO_PAD.encode(header);
    tagged(&format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload)))
}

/// Any signing input, with its HS256 tag.
#[must_use]
pub fn tagged(signing_input: &str) -> String {
    // HMAC takes keys of any length, so this cannot fail.
    let mac = Hmac::<Sha256>::new_from_slice(SECRET).map(|mac| mac.chain_update(signing_input));
    let tag = mac.map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{signing_input}.{}", tag.unwrap_or_default())
}

/// Runs `verify` with the secret of `fixtures/keys`. An answer in JSON must fit its schema.
#[must_use]
#[track_caller]
pub fn verify(token: &str, more: &[&str]) -> Outcome {
    let secret = fixture("keys/hs.secret").display().to_string();
    let done =
        jwtick(["verify", "--secret-file", &secret, token].iter().chain(more).copied()).run();
    if more.contains(&"--json") && !done.stdout.is_empty() {
        let fits = Schema::load("verify").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
    }
    done
}
