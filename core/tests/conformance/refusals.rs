//! Tokens that are refused: `fixtures/tables/refusals.tsv`. Each row breaks exactly one thing;
//! otherwise its token is correct and signed by the key that verifies it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::{Hs256, Scratch, Token};

use crate::table::{bytes, rows};

const REFUSALS: &str = include_str!("../../../fixtures/tables/refusals.tsv");
const KEYS: &str = include_str!("../../../fixtures/tables/keys.tsv");
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Placeholders in the column `form`, and the form of a row that has none.
const USUAL: &str = "{header}.{payload}.{signature}";

fn compact(header: &[u8], payload: &[u8], form: &str) -> Vec<u8> {
    let (header, payload) = (encoded(header), encoded(payload));
    let input = format!("{header}.{payload}");
    let tag = |secret| Hs256::new(secret).unwrap().sign(input.as_bytes()).as_bytes().to_vec();
    let signature = tag(SECRET);
    let changed = |at: usize| {
        let mut changed = signature.clone();
        changed[at] ^= 1;
        encoded(changed)
    };
    let names = [
        ("{header}", header.clone()),
        ("{payload}", payload.clone()),
        ("{signature}", encoded(&signature)),
        ("{of another key}", encoded(tag(&[0; 32]))),
        ("{another first byte}", changed(0)),
        ("{another last byte}", changed(31)),
        ("{its first half}", encoded(&signature[..16])),
        ("{a byte more}", encoded([&signature[..], &[0]].concat())),
    ];
    let form = match form {
        "" => USUAL,
        "nothing" => "",
        form => form,
    };
    let written = names.iter().fold(form.to_owned(), |form, (name, part)| form.replace(name, part));
    bytes(&written)
}

fn met(compact: &[u8]) -> Result<(), String> {
    let mut scratch = Scratch::<1024>::new();
    let token = Token::decode(compact, &mut scratch).map_err(|error| error.to_string())?;
    token.verify(&Hs256::new(SECRET).unwrap()).map(drop).map_err(|error| error.to_string())
}

#[test]
fn refuses_tokens_with_one_defect() {
    for [refusal, source, case, header, payload, form, outcome, _] in rows(REFUSALS) {
        let compact = compact(&bytes(header), &bytes(payload), form);
        let met = met(&compact).map_or_else(|words| words, |()| String::from("valid"));
        assert_eq!(met, outcome, "{refusal}: {case} ({source})");
    }
}

/// A reason explains why something that the RFC allows is refused, so accepted rows have none.
#[test]
fn only_refused_rows_have_reasons() {
    for [refusal, _, case, _, _, _, outcome, reason] in rows(REFUSALS) {
        assert!(outcome != "valid" || reason.is_empty(), "{refusal}: {case}");
    }
}

/// Refusals that were specified before the code was written. Those not listed here have tables and
/// tests of their own: ECDSA signatures in `fixtures/jose/forgeries.tsv`, secrets in `Debug` output
/// in `debug.rs`. No test can see that MACs are compared in constant time, which `hmac` does; the
/// rows cover what such a comparison could get wrong.
#[test]
fn every_specified_refusal_is_covered() {
    const TOKENS: &[&str] = &[
        "alg: none in any spelling",
        "an algorithm that the key does not name",
        "non-canonical base64url, padding, white space",
        "other than three segments",
        "duplicate members in header or claims",
        "unknown crit, empty crit, b64:false",
        "exp, nbf, iat of another type than number",
        "invalid UTF-8",
        "depth > 32",
        "more than the caller's buffer",
        "jku, x5u, embedded jwk are never followed",
        "comparison of MACs is constant-time",
    ];
    const OF_KEYS: &[&str] = &[
        "a public key as HMAC secret",
        "HMAC keys shorter than the hash",
        "RSA below 2048 bits or e in {1, even}",
        "an algorithm that the key does not name",
    ];
    let refused = |wanted: &str| {
        rows(REFUSALS)
            .any(|[refusal, .., outcome, _]: [_; 8]| refusal == wanted && outcome != "valid")
    };
    let refused_key = |wanted: &str| {
        rows(KEYS).any(|[refusal, .., outcome]: [_; 6]| refusal == wanted && outcome != "valid")
    };
    for refusal in TOKENS {
        assert!(refused(refusal), "{refusal}");
    }
    for refusal in OF_KEYS {
        assert!(refused_key(refusal), "{refusal}");
    }
}
