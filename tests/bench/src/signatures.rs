//! RS256, PS256, ES256 and EdDSA: the same work by every contender as for HS256, and the signature
//! alone by `ring`.

use std::collections::HashSet;
use std::error::Error;
use std::hint::black_box;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick::RingKey;
use jwtick_core::key::Jwk;
use jwtick_core::token::Algorithm;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};

use crate::Effort;
use crate::signers::{self, Public, Signed};
use crate::timing::{Times, seconds_each, table_head, table_row};
use crate::verifiers::{AllClaims, Verify, core_with, expected};
use crate::verify::check;

/// Measures all contenders and prints a table for each algorithm.
pub fn run(effort: Effort) -> Result<(), Box<dyn Error>> {
    for signed in signers::all()? {
        let all = contenders(&signed).ok_or("a key is refused")?;
        for (name, verify) in &all {
            check(name, verify, &signed.token)?;
        }
        let mut times = vec![Times::default(); all.len()];
        for _ in 0..effort.turns {
            for ((_, verify), times) in all.iter().zip(&mut times) {
                times.push(seconds_each(|| verify(black_box(&signed.token))));
            }
        }
        print(&signed, &all, &times);
    }
    Ok(())
}

/// All contenders, jwtick first and `ring` last.
fn contenders(signed: &Signed) -> Option<Vec<(&'static str, Verify)>> {
    Some(vec![
        ("jwtick", host(signed)?),
        ("jwtick-core", core(signed)?),
        ("jsonwebtoken, rust_crypto", rust_crypto(signed)?),
        ("jsonwebtoken, aws_lc_rs", aws_lc_rs(signed)?),
        ("ring, the signature alone", ring(signed)),
    ])
}

/// The verifier of the program: ring, judged by the core.
fn host(signed: &Signed) -> Option<Verify> {
    let (jwk, algorithm) = (jwk(signed), Algorithm::named(signed.algorithm)?);
    Some(core_with(RingKey::from_jwk(&Jwk::parse(jwk.as_bytes()).ok()?, algorithm).ok()?))
}

fn core(signed: &Signed) -> Option<Verify> {
    let (jwk, algorithm) = (jwk(signed), Algorithm::named(signed.algorithm)?);
    Some(core_with(Jwk::parse(jwk.as_bytes()).ok()?.verifier(algorithm).ok()?))
}

fn jwk(signed: &Signed) -> String {
    match &signed.key {
        Public::Rsa { n, e, .. } => format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#),
        Public::P256 { x, y, .. } => {
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#)
        }
        Public::Ed25519(point) => {
            let x = URL_SAFE_NO_PAD.encode(point);
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#)
        }
    }
}

// Both versions are used alike, but their types differ.
macro_rules! jsonwebtoken {
    ($name:ident, $library:ident) => {
        fn $name(signed: &Signed) -> Option<Verify> {
            use $library::{Algorithm, DecodingKey, Validation};

            let key = match &signed.key {
                Public::Rsa { n, e, .. } => DecodingKey::from_rsa_components(n, e).ok()?,
                Public::P256 { x, y, .. } => DecodingKey::from_ec_components(x, y).ok()?,
                Public::Ed25519(x) => DecodingKey::from_ed_der(x),
            };
            let mut rules = Validation::new(signed.algorithm.parse::<Algorithm>().ok()?);
            rules.validate_nbf = true;
            rules.validate_aud = false;
            rules.leeway = 0;
            rules.required_spec_claims = HashSet::new();
            Some(Box::new(move |compact| {
                let claims = $library::decode::<AllClaims>(compact, &key, &rules).ok()?.claims;
                expected(&claims.sub, &claims.scope)
            }))
        }
    };
}

jsonwebtoken!(rust_crypto, jsonwebtoken);
jsonwebtoken!(aws_lc_rs, jsonwebtoken_aws);

fn ring(signed: &Signed) -> Verify {
    let (how, key): (&'static dyn VerificationAlgorithm, &[u8]) = match &signed.key {
        Public::Rsa { der, .. } if signed.algorithm == "PS256" => (&RSA_PSS_2048_8192_SHA256, der),
        Public::Rsa { der, .. } => (&RSA_PKCS1_2048_8192_SHA256, der),
        Public::P256 { point, .. } => (&ECDSA_P256_SHA256_FIXED, point),
        Public::Ed25519(point) => (&ED25519, point),
    };
    let key = UnparsedPublicKey::new(how, key.to_vec());
    Box::new(move |compact| {
        let (input, signature) = compact.rsplit_once('.')?;
        let mut room = [0; 256];
        let len = URL_SAFE_NO_PAD.decode_slice(signature, &mut room).ok()?;
        key.verify(input.as_bytes(), room.get(..len)?).ok()
    })
}

fn print(signed: &Signed, all: &[(&str, Verify)], times: &[Times]) {
    let title =
        format!("{} verify + claims + judge, {} bytes", signed.algorithm, signed.token.len());
    table_head(&title, &["µs", "× ring", "allocations"]);
    let Some(ring) = times.last() else { return };
    for ((name, verify), times) in all.iter().zip(times) {
        let allocated = allocation_counter::measure(|| {
            black_box(verify(&signed.token));
        });
        let cells = [
            format!("{:.1}", times.median() * 1e6),
            format!("{:.2}", times.over(ring)),
            allocated.count_total.to_string(),
        ];
        table_row(name, &cells);
    }
}
