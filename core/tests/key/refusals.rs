//! Keys that are refused, and uses that a key does not allow, with the messages of refusals.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{EdDsa, Es256, Jwk, JwkError, KeyError, Rsa2048, Rsa3072};
use jwtick_core::token::{Algorithm, Jws, Verifier, VerifyError};
use jwtick_core::{Hs256, Scratch};

use crate::conformance::rows;

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn refusal(jwk: &str, algorithm: Algorithm) -> String {
    let refused = Jwk::parse(jwk.as_bytes()).and_then(|jwk| jwk.verifier(algorithm)).err();
    refused.map_or_else(|| String::from("accepted"), |error| error.to_string())
}

const FIRST: &str = "the modulus or exponent starts with a zero byte, which must be left out";
const EVEN: &str = "the modulus is even: expected an odd number";

type Weak = (&'static str, (usize, u8, u8), &'static [u8], &'static str);

/// Length, first and last byte of a modulus; an exponent; the expected message.
const RSA: &[Weak] = &[
    ("as it should be", (256, 0xC5, 0xC5), &[1, 0, 1], "accepted"),
    ("2048 bits at least", (256, 0x80, 1), &[3], "accepted"),
    ("4096 bits at most", (512, 0xFF, 1), &[255, 255, 255, 255], "accepted"),
    ("512", (64, 0xC5, 1), &[3], "the modulus has 512 bits: expected 2048 to 4096"),
    ("2047", (256, 0x7F, 1), &[3], "the modulus has 2047 bits: expected 2048 to 4096"),
    ("4097", (513, 1, 1), &[3], "`n` has 513 bytes: expected at most 512"),
    ("8 bits", (1, 0x80, 0x81), &[3], "the modulus has 8 bits: expected 2048 to 4096"),
    ("even", (256, 0xC5, 0xC4), &[1, 0, 1], EVEN),
    ("zero in front", (257, 0, 0xC5), &[1, 0, 1], FIRST),
    ("zero before e", (256, 0xC5, 1), &[0, 1, 0, 1], FIRST),
    ("e of a zero", (256, 0xC5, 1), &[0], FIRST),
    ("no e", (256, 0xC5, 1), &[], "the exponent is 0: expected an odd number from 3 to 4294967295"),
    ("e 1", (256, 0xC5, 1), &[1], "the exponent is 1: expected an odd number from 3 to 4294967295"),
    ("e 2", (256, 0xC5, 1), &[2], "the exponent is 2: expected an odd number from 3 to 4294967295"),
    (
        "e even",
        (256, 0xC5, 1),
        &[1, 0, 0],
        "the exponent is 65536: expected an odd number from 3 to 4294967295",
    ),
    ("e of 33 bits", (256, 0xC5, 1), &[1, 0, 0, 0, 1], "`e` has 5 bytes: expected at most 4"),
];

fn modulus((len, first, last): (usize, u8, u8)) -> Vec<u8> {
    let mut bytes = vec![0xC5; len];
    bytes[0] = first;
    bytes[len - 1] = last;
    bytes
}

#[test]
fn refuses_weak_rsa_keys() {
    for (name, n, e, expected) in RSA {
        let n = modulus(*n);
        let jwk = format!(r#"{{"kty":"RSA","n":"{}","e":"{}"}}"#, encoded(n), encoded(e));
        for algorithm in [Algorithm::Rs256, Algorithm::Ps512] {
            assert_eq!(refusal(&jwk, algorithm), *expected, "{name}, {algorithm}");
        }
    }
}

#[test]
fn key_too_large_for_its_buffer_states_the_size_needed() {
    let wide = Rsa2048::new(&[0xC5; 257], &[1, 0, 1]).err().unwrap();
    assert_eq!(wide.to_string(), "the modulus has 2056 bits: expected 2048 to 2048");
    assert!(Rsa3072::new(&[0xC5; 257], &[1, 0, 1]).is_ok());
    let long = Rsa2048::new(&[0xC5; 256], &[1, 0, 0, 0, 1]).err().unwrap();
    assert_eq!(long.to_string(), "the exponent has 5 bytes: expected 1 to 4");
}

// RFC 7515 A.3.
const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
const Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

#[test]
fn refuses_points_off_the_curve() {
    let zero = encoded([0; 32]);
    // x + p, which is congruent to x and passes a check that only reduces.
    let beyond = encoded([0xFF; 32]);
    let (short, long) = (encoded([1; 31]), encoded([1; 33]));
    let bytes = |met| format!("a coordinate has {met} bytes: expected 32 on this curve");
    let off = || String::from("the point is not on the curve");
    let rows: &[(&str, &str, &str, &str, String)] = &[
        ("as it should be", "P-256", X, Y, String::from("accepted")),
        ("swapped", "P-256", Y, X, off()),
        ("zeros", "P-256", &zero, &zero, off()),
        ("beyond the field", "P-256", &beyond, Y, off()),
        ("x of 31 bytes", "P-256", &short, Y, bytes(31)),
        ("y of 33 bytes", "P-256", X, &long, String::from("`y` has 33 bytes: expected at most 32")),
        ("no bytes", "P-256", "", "", bytes(0)),
    ];
    for (name, curve, x, y, expected) in rows {
        let jwk = format!(r#"{{"kty":"EC","crv":"{curve}","x":"{x}","y":"{y}"}}"#);
        assert_eq!(refusal(&jwk, Algorithm::Es256), *expected, "{name}");
    }
}

/// The eight points of small order and their other encodings: <https://eprint.iacr.org/2020/1244>,
/// table 6. Hexadecimal, with the sign bit clear.
const SMALL: &[(&str, &str)] = &[
    ("order 1", "0100000000000000000000000000000000000000000000000000000000000000"),
    ("order 2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ("order 4", "0000000000000000000000000000000000000000000000000000000000000000"),
    ("order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    ("order 8", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    ("order 1 as p + 1", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ("order 4 as p", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
];

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16);
    (0..hexadecimal.len()).step_by(2).map(digits).collect::<Result<_, _>>().unwrap()
}

#[test]
fn refuses_points_of_small_order() {
    for (name, point) in SMALL {
        for sign in [0, 0x80] {
            let mut point = bytes(point);
            point[31] |= sign;
            let met = EdDsa::new(&point).err().map(|error| error.to_string());
            let expected = "the point has a small order, so its signatures match any message";
            assert_eq!(met.as_deref(), Some(expected), "{name}, sign {sign}");
        }
    }
}

#[test]
fn refuses_non_canonical_points() {
    // The smallest y ≥ 2 that still fits 255 bits with p added, and is on the curve.
    let mut refused = Vec::new();
    for y in 2_u8..19 {
        let mut point = [0xFF; 32];
        (point[0], point[31]) = (0xED + y, 0x7F);
        refused.extend(EdDsa::new(&point).err().map(|error| error.to_string()));
    }
    assert_eq!(refused.len(), 17, "{refused:?}");
    assert!(refused.iter().any(|words| words == "the point is not in its canonical form"));
    assert!(refused.iter().any(|words| words == "the point is not on the curve"));
}

#[test]
fn key_has_one_algorithm() {
    let secret = [7; 64];
    let jwks = [
        ("oct", format!(r#"{{"kty":"oct","k":"{}"}}"#, encoded(secret))),
        ("RSA", format!(r#"{{"kty":"RSA","n":"{}","e":"AQAB"}}"#, encoded([0xC5; 256]))),
        ("EC", format!(r#"{{"kty":"EC","crv":"P-256","x":"{X}","y":"{Y}"}}"#)),
        (
            "OKP",
            String::from(
                r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            ),
        ),
    ];
    for (name, jwk) in &jwks {
        let jwk = Jwk::parse(jwk.as_bytes()).unwrap();
        let fitting = |algorithm: &Algorithm| jwk.verifier(*algorithm).is_ok();
        let met: Vec<_> = Algorithm::ALL.into_iter().filter(fitting).map(Algorithm::name).collect();
        let expected: &[&str] = match *name {
            "oct" => &["HS256", "HS384", "HS512"],
            "RSA" => &["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
            "EC" => &["ES256"],
            _ => &["EdDSA", "Ed25519"],
        };
        assert_eq!(met, expected, "{name}");
        for algorithm in Algorithm::ALL.into_iter().filter(fitting) {
            assert_eq!(jwk.verifier(algorithm).unwrap().algorithm(), algorithm, "{name}");
        }
    }
}

/// RFC 8725 §2.1: HS256 with the public key as the secret, and the reverse.
#[test]
fn algorithms_are_not_confused() {
    let modulus = encoded([0xC5; 256]);
    let public = format!(r#"{{"kty":"RSA","n":"{modulus}","e":"AQAB"}}"#);
    let rsa = Jwk::parse(public.as_bytes()).unwrap().verifier(Algorithm::Rs256).unwrap();
    let input = format!("{}.{}", encoded(r#"{"alg":"HS256"}"#), encoded("{}"));

    // No key can be made from the JWK's text, but a forger has other means.
    let forged = Hs256::new(modulus.as_bytes()).unwrap().sign(input.as_bytes());
    let compact = format!("{input}.{}", encoded(forged.as_bytes()));
    let mut scratch = Scratch::<512>::new();
    let met = Jws::decode(compact.as_bytes(), &mut scratch).unwrap().verify(&rsa).err();
    let (token, key) = (Algorithm::Hs256, Algorithm::Rs256);
    assert_eq!(met, Some(VerifyError::Algorithm { token, key }));
    assert!(Hs256::new(public.as_bytes()).is_err());

    // The header says RS256; a verifier that only has the secret must not try it.
    let secret = Hs256::new(modulus.as_bytes()).unwrap();
    let input = format!("{}.{}", encoded(r#"{"alg":"RS256"}"#), encoded("{}"));
    let tag = secret.sign(input.as_bytes());
    let compact = format!("{input}.{}", encoded(tag.as_bytes()));
    let met = Jws::decode(compact.as_bytes(), &mut scratch).unwrap().verify(&secret).err();
    let (token, key) = (Algorithm::Rs256, Algorithm::Hs256);
    assert_eq!(met, Some(VerifyError::Algorithm { token, key }));
}

#[test]
fn disabled_algorithms_are_named() {
    let size = encoded([1; 66]);
    let jwk = format!(r#"{{"kty":"EC","crv":"P-521","x":"{size}","y":"{size}"}}"#);
    assert_eq!(refusal(&jwk, Algorithm::Es512), "this program was built without ES512");
    let point = encoded([1; 57]);
    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed448","x":"{point}"}}"#);
    let met = Jwk::parse(jwk.as_bytes()).unwrap().verifier(Algorithm::EdDsa).err();
    assert_eq!(met, Some(JwkError::TooLong { name: "x", needs: 57, has: 32 }));
}

#[test]
fn refuses_compressed_points() {
    let point = |first: u8, len: usize| {
        let mut bytes = vec![1; len];
        bytes[0] = first;
        Es256::from_point(&bytes).err()
    };
    let rows = [
        ("compressed", point(2, 33), 33),
        ("compressed, tag of the other", point(4, 33), 33),
        ("hybrid (X9.62)", point(6, 65), 65),
        ("a byte more", point(4, 66), 66),
        ("a byte less", point(4, 64), 64),
        ("infinity", point(0, 1), 1),
    ];
    for (name, refusal, met) in rows {
        assert_eq!(refusal, Some(KeyError::PointBytes { met, allowed: 65 }), "{name}");
    }
    assert_eq!(point(4, 65), Some(KeyError::NotOnCurve));
}

/// Keys that are refused, each with its source.
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
