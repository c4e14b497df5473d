//! Signatures that are almost right, `fixtures/jose/forgeries.tsv`. The table also has correct ones by
//! the same keys, so that no row is refused for a reason other than its own.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::Jwk;
use jwtick_core::token::{Algorithm, Verifier};

use crate::table::rows;

const FORGERIES: &str = include_str!("../../../fixtures/jose/forgeries.tsv");
const SIGNED: &[u8] = b"header.payload";

#[test]
fn only_correct_signatures_verify() {
    for [name, algorithm, outcome, jwk, signature] in rows(FORGERIES) {
        let jwk = Jwk::parse(jwk.as_bytes()).unwrap();
        let key = jwk.verifier(Algorithm::named(algorithm).unwrap()).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let met = if key.verify(SIGNED, &signature).is_ok() { "valid" } else { "refused" };
        assert_eq!(met, outcome, "{algorithm}: {name}");
    }
}

/// The correct signatures, with other signing inputs.
#[test]
fn signature_covers_the_whole_signing_input() {
    for [name, algorithm, outcome, jwk, signature] in rows(FORGERIES) {
        if outcome != "valid" {
            continue;
        }
        let jwk = Jwk::parse(jwk.as_bytes()).unwrap();
        let key = jwk.verifier(Algorithm::named(algorithm).unwrap()).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for input in [&b"header.payloae"[..], b"header.payloa", b"header.payload ", b""] {
            assert!(key.verify(input, &signature).is_err(), "{algorithm}: {name}");
        }
    }
}

#[test]
fn rejects_a_signature_with_any_bit_flipped() {
    for [name, algorithm, outcome, jwk, signature] in rows(FORGERIES) {
        if outcome != "valid" {
            continue;
        }
        let jwk = Jwk::parse(jwk.as_bytes()).unwrap();
        let key = jwk.verifier(Algorithm::named(algorithm).unwrap()).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for at in (0..signature.len()).step_by(signature.len() / 16) {
            let mut changed = signature.clone();
            changed[at] ^= 1 << (at / 3 % 8);
            assert!(key.verify(SIGNED, &changed).is_err(), "{algorithm}: {name}, byte {at}");
        }
    }
}
