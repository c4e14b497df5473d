//! Keys that are refused, and uses that a key does not allow: `fixtures/tables/keys.tsv`.

use jwtick_core::key::Jwk;
use jwtick_core::token::{Algorithm, Verifier};

use crate::table::rows;

const KEYS: &str = include_str!("../../../fixtures/tables/keys.tsv");

fn made(algorithm: Algorithm, jwk: &str) -> Result<Algorithm, String> {
    let jwk = Jwk::parse(jwk.as_bytes()).map_err(|error| error.to_string())?;
    let key = jwk.verifier(algorithm).map_err(|error| error.to_string())?;
    Ok(key.algorithm())
}

#[test]
fn refuses_unusable_keys() {
    for [refusal, source, case, algorithm, jwk, outcome] in rows(KEYS) {
        let algorithm = Algorithm::named(algorithm).unwrap();
        let expected = if outcome == "valid" { Ok(algorithm) } else { Err(outcome.to_owned()) };
        let met = made(algorithm, jwk);
        assert_eq!(met, expected, "{refusal}: {case}, {algorithm} ({source})");
    }
}
