//! Keys: what verifies, what is refused, and the messages of refusals.
#![cfg(test)]
#![cfg(all(feature = "rsa", feature = "es", feature = "ed"))]

mod jwk;
mod refusals;
mod wycheproof;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{
    AnyKey, AnyRsa, EdDsa, Es256, Es384, Hs512, Jwk, Rs256, Rsa2048, Rsa3072, Rsa4096,
};
use jwtick_core::token::{Algorithm, Jws, Verifier};
use jwtick_core::{Hs256, Scratch};

use crate::conformance::rows;

/// The sizes in the documentation are those of the machine that runs the tests.
#[test]
fn prepared_keys_have_the_documented_sizes() {
    let rows = [
        ("Rsa2048", size_of::<Rsa2048>(), 792),
        ("Rsa3072", size_of::<Rsa3072>(), 1176),
        ("Rsa4096", size_of::<Rsa4096>(), 1560),
        ("Rs256 of 2048 bits", size_of::<Rs256<Rsa2048>>(), 792),
        ("AnyRsa", size_of::<AnyRsa>(), 1568),
        ("Es256", size_of::<Es256>(), 72),
        ("Es384", size_of::<Es384>(), 104),
        ("EdDsa", size_of::<EdDsa>(), 192),
        ("Hs256", size_of::<Hs256>(), 144),
        ("Hs512", size_of::<Hs512>(), 288),
        ("AnyKey", size_of::<AnyKey>(), 1584),
        ("Jwk", size_of::<Jwk<'_>>(), 264),
    ];
    for (name, met, documented) in rows {
        assert_eq!(met, documented, "{name}");
    }
}

/// Signatures printed in the RFCs.
const SIGNATURES: &str = include_str!("../../fixtures/jose/signatures.tsv");
/// Other signed, secured or forged examples of the RFCs, which are refused here.
const REFUSED: &str = include_str!("../../fixtures/jose/refused.tsv");

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

/// Signatures that are almost right. The table also has correct ones by the same keys, so that no row
/// is refused for a reason other than its own.
const FORGERIES: &str = include_str!("../../fixtures/jose/forgeries.tsv");
const SIGNED: &[u8] = b"header.payload";

/// Passes the name, the key, the signature and the outcome of each row.
fn for_each_forgery(mut check: impl FnMut(&str, &AnyKey, &[u8], &str)) {
    for [name, algorithm, outcome, jwk, signature] in rows(FORGERIES) {
        let jwk = Jwk::parse(jwk.as_bytes()).unwrap();
        let key = jwk.verifier(Algorithm::named(algorithm).unwrap()).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        check(&format!("{algorithm}: {name}"), &key, &signature, outcome);
    }
}

/// Passes the same of the rows whose signature is correct.
fn for_each_correct(check: impl Fn(&str, &AnyKey, &[u8])) {
    let mut met = 0;
    for_each_forgery(|name, key, signature, outcome| {
        if outcome == "valid" {
            check(name, key, signature);
            met += 1;
        }
    });
    assert!(met > 0, "no correct signature in the table");
}

#[test]
fn only_correct_signatures_verify() {
    for_each_forgery(|name, key, signature, outcome| {
        let met = if key.verify(SIGNED, signature).is_ok() { "valid" } else { "refused" };
        assert_eq!(met, outcome, "{name}");
    });
}

/// The correct signatures, with other signing inputs.
#[test]
fn signature_covers_the_whole_signing_input() {
    for_each_correct(|name, key, signature| {
        for input in [&b"header.payloae"[..], b"header.payloa", b"header.payload ", b""] {
            assert!(key.verify(input, signature).is_err(), "{name}");
        }
    });
}

#[test]
fn rejects_a_signature_with_any_bit_flipped() {
    for_each_correct(|name, key, signature| {
        for at in (0..signature.len()).step_by(signature.len() / 16) {
            let mut changed = signature.to_owned();
            changed[at] ^= 1 << (at / 3 % 8);
            assert!(key.verify(SIGNED, &changed).is_err(), "{name}, byte {at}");
        }
    });
}
