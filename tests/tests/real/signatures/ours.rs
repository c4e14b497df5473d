//! jwtick: the program, and for most tokens its verifier as a library.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick::RingKey;
use jwtick_core::Scratch;
use jwtick_core::key::{AnyKey, Jwk};
use jwtick_core::token::{Algorithm, Jws};
use jwtick_tests::jwtick;

use super::cases::Case;

fn option(case: &Case) -> &'static str {
    if case.is_hmac() { "--secret-file" } else { "--key" }
}

/// Signs with the program, with a private key in any form.
pub(super) fn sign(case: &Case) -> String {
    let key = case.file("private").display().to_string();
    let run = jwtick(["sign", option(case), &key, "--alg", case.alg, "--claims", "-"]);
    let done = run.stdin(case.payload.clone()).run();
    assert_eq!(done.code(), 0, "{case}: {done}");
    done.stdout.trim().to_owned()
}

/// Verifies with the program, with a public key in any form.
pub(super) fn verify_by_program(case: &Case, token: &str) -> bool {
    let key = case.file("public").display().to_string();
    let done = jwtick(["verify", option(case), &key, "--payload", "any", token]).run();
    assert!([0, 13].contains(&done.code()), "{case}: {done}");
    done.code() == 0
}

/// Verifies with the library that the program uses.
pub(super) fn verify(case: &Case, token: &str) -> bool {
    let mut scratch = Scratch::<8192>::new();
    let jws = Jws::decode(token.as_bytes(), &mut scratch).unwrap();
    let algorithm = Algorithm::named(case.alg).unwrap();
    let text = jwk(case);
    let jwk = Jwk::parse(text.as_bytes()).unwrap();
    if case.is_hmac() {
        return jws.verify(&AnyKey::from_jwk(&jwk, algorithm).unwrap()).is_ok();
    }
    let by_ring = jws.clone().verify(&RingKey::from_jwk(&jwk, algorithm).unwrap()).is_ok();
    let by_core = jws.verify(&AnyKey::from_jwk(&jwk, algorithm).unwrap()).is_ok();
    assert_eq!(by_ring, by_core, "{case}: ring and the core disagree about {token}");
    by_ring
}

fn jwk(case: &Case) -> String {
    let content = fs::read(case.file("jwk")).unwrap();
    if case.is_hmac() {
        format!(r#"{{"kty":"oct","k":"{}"}}"#, URL_SAFE_NO_PAD.encode(content))
    } else {
        String::from_utf8(content).unwrap()
    }
}
