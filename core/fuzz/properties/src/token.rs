//! Tokens compared with `jsonwebtoken`, `serde_json`, `base64ct` and the HMAC of `ring`.

use jsonwebtoken::dangerous::insecure_decode;
use jwtick_core::token::{Algorithm, Claims, DecodeError, Header, Json, Text, VerifyError};
use jwtick_core::{Hs256, Scratch, Token};
use ring::hmac;
use serde_json::{Map, Value};

use crate::broken;
use crate::oracle::json::Members;
use crate::oracle::json::{assert_alike, assert_text};
use crate::oracle::signature::Segments;

/// Large enough for the longest token of the fuzzers.
const ROOM: usize = 8_192;
const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

/// The input is a token in the compact form.
pub fn token(input: &[u8]) {
    let mut scratch = Scratch::<ROOM>::new();
    let theirs = Segments::of(input);
    match (Token::decode(input, &mut scratch), theirs) {
        (Ok(ours), Some(theirs)) => {
            assert_read_alike(&ours, &theirs, input);
            assert_signature(ours.header(), &theirs, input);
        }
        (Ok(ours), None) => broken(format_args!("{ours:?} is accepted, but no base64url")),
        (Err(DecodeError::Base64 { segment, fault }), Some(_)) => {
            broken(format_args!("{segment}: {fault}, but it is base64url"));
        }
        (Err(DecodeError::Segments { met }), _) => {
            assert_ne!(met, 3);
            assert_eq!(met, input.split(|&byte| byte == b'.').count());
        }
        (Err(DecodeError::TooLong { needs, has }), _) => assert!(needs > has && has == ROOM),
        (Err(_), _) => {}
    }
}

fn assert_read_alike(ours: &Token<'_>, theirs: &Segments, input: &[u8]) {
    let header = members(&theirs.header);
    assert_eq!(header.string("alg").as_deref(), Some(ours.header().alg.name()));
    assert_text(ours.header().typ, &header, "typ");
    assert_text(ours.header().cty, &header, "cty");
    assert_text(ours.header().kid, &header, "kid");
    // RFC 7515 §4.1.11, RFC 7797 §3: no extension is supported.
    assert_eq!(header.get("crit"), None);
    assert_ne!(header.get("b64"), Some("false"));
    assert_alike(ours.unverified_claims(), &members(&theirs.payload));
    assert_peer(ours, &header, input);
}

fn members(segment: &[u8]) -> Members<'_> {
    let text = core::str::from_utf8(segment).unwrap_or_default();
    let members = Members::read(text);
    members.unwrap_or_else(|error| broken(format_args!("{text} is accepted, but {error}")))
}

/// Asserts that `jsonwebtoken` reads the same token.
fn assert_peer(ours: &Token<'_>, header: &Members<'_>, input: &[u8]) {
    match insecure_decode::<Map<String, Value>>(input) {
        Ok(theirs) => {
            let header = ours.header();
            let written = |text: Option<Text<'_>>| text.map(|text| text.to_string());
            assert_eq!(format!("{:?}", theirs.header.alg), header.alg.name());
            assert_eq!(theirs.header.typ, written(header.typ));
            assert_eq!(theirs.header.cty, written(header.cty));
            assert_eq!(theirs.header.kid, written(header.kid));
            assert_eq!(theirs.claims, values(ours.unverified_claims()));
        }
        Err(error) => assert!(is_beyond_peer(header, &error.to_string()), "{error}"),
    }
}

fn values(claims: &Claims<'_>) -> Map<String, Value> {
    let value = |value: Json<'_>| serde_json::from_str(value.as_written()).unwrap_or_default();
    claims.members().map(|(name, written)| (name.to_string(), value(written))).collect()
}

/// Returns `true` if the peer refuses a valid token for a known reason: an unsupported algorithm, a
/// header member that it expects to have another type, or a number that no double holds.
fn is_beyond_peer(header: &Members<'_>, error: &str) -> bool {
    let alg = header.string("alg").unwrap_or_default();
    let unknown_alg = ["ES512", "ES256K", "Ed25519"].contains(&alg.as_str());
    let looked_at = ["alg", "typ", "cty", "kid"];
    let other_members = header.0.iter().any(|(name, _)| !looked_at.contains(&name.as_str()));
    unknown_alg || other_members || error.contains("number out of range")
}

/// Asserts that a signature verifies exactly if it is the tag computed by `ring`.
fn assert_signature(header: &Header<'_>, theirs: &Segments, input: &[u8]) {
    let Ok(key) = Hs256::new(SECRET) else { return };
    let tag =
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET), theirs.signing_input.as_bytes());
    let signed = theirs.signed_with(tag.as_ref());
    let is_hs256 = header.alg == Algorithm::Hs256;
    let is_tag = theirs.signature == tag.as_ref();
    assert_eq!(verified(input, &key), Ok(is_hs256 && is_tag), "as it is");
    assert_eq!(verified(signed.as_bytes(), &key), Ok(is_hs256), "signed");
}

/// Returns `true` if the token verifies, or the refusal if it cannot be decoded.
fn verified(compact: &[u8], key: &Hs256) -> Result<bool, DecodeError> {
    let mut scratch = Scratch::<ROOM>::new();
    let token = Token::decode(compact, &mut scratch)?;
    let alg = token.header().alg;
    Ok(match token.verify(key) {
        Ok(_) => true,
        Err(VerifyError::Algorithm { token, .. }) => {
            assert_eq!(token, alg);
            false
        }
        Err(_) => false,
    })
}
