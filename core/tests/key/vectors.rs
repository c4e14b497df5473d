//! Signatures printed in the RFCs, `fixtures/jose/signatures.tsv`; and other signed, secured or forged
//! examples of the RFCs that are refused here, `fixtures/jose/refused.tsv`.

use jwtick_core::Scratch;
use jwtick_core::key::Jwk;
use jwtick_core::token::{Algorithm, Jws};

use crate::table::rows;

const SIGNATURES: &str = include_str!("../../../fixtures/jose/signatures.tsv");
const REFUSED: &str = include_str!("../../../fixtures/jose/refused.tsv");

fn verify(algorithm: &str, jwk: &str, compact: &str) -> Result<(), String> {
    let algorithm = Algorithm::named(algorithm).ok_or("no such algorithm")?;
    let jwk = Jwk::parse(jwk.as_bytes()).map_err(|error| error.to_string())?;
    let key = jwk.verifier(algorithm).map_err(|error| error.to_string())?;
    let mut scratch = Scratch::<1024>::new();
    let jws = Jws::decode(compact.as_bytes(), &mut scratch).map_err(|error| error.to_string())?;
    jws.verify(&key).map(drop).map_err(|error| error.to_string())
}

/// An exception has its reason in the table, word for word: unexpected success fails, too.
#[test]
fn rfc_signatures_verify() {
    let mut valid = 0;
    for [source, algorithm, outcome, jwk, compact] in rows(SIGNATURES) {
        let expected = if outcome == "valid" { Ok(()) } else { Err(outcome.to_owned()) };
        assert_eq!(verify(algorithm, jwk, compact), expected, "{source}");
        valid += usize::from(expected.is_ok());
    }
    assert_eq!(valid, 11);
}

/// A row has a reason where the RFC itself has no objection.
#[test]
fn other_rfc_examples_are_refused() {
    for [source, algorithm, jwk, compact, outcome, reason] in rows(REFUSED) {
        assert_eq!(verify(algorithm, jwk, compact), Err(outcome.to_owned()), "{source}: {reason}");
    }
}

#[test]
fn changed_payload_or_signature_never_verifies() {
    const CHANGED: &str = "the signature does not match the key";
    for [source, algorithm, outcome, jwk, compact] in rows(SIGNATURES) {
        let payload = compact.find('.').unwrap() + 1;
        let signature = compact.rfind('.').unwrap() + 1;
        for at in [payload, signature, signature + 30] {
            let mut changed = compact.to_owned();
            changed.replace_range(at..=at, if &changed[at..=at] == "A" { "B" } else { "A" });
            let expected = if outcome == "valid" { CHANGED } else { outcome };
            let met = verify(algorithm, jwk, &changed);
            assert_eq!(met, Err(expected.to_owned()), "{source}, changed at {at}");
        }
    }
}
