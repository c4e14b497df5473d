//! Secrets: weak ones are refused, tags verify only with the secret that made them, and no `Debug` output
//! holds a secret, since anything that reaches a log could be used by its readers.
#![cfg(test)]

use core::fmt::Debug;
use core::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{AnyKey, Hs384, Hs512, Jwk, JwkSet, PublicForm, Tag, WeakKey};
use jwtick_core::token::{Algorithm, Jws, Verifier};
use jwtick_core::{Hs256, Scratch, Token};

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const HEADER: &str = r#"{"alg":"HS256"}"#;

fn signed(header: &str, claims: impl AsRef<[u8]>) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let tag = Hs256::new(SECRET).unwrap().sign(input.as_bytes());
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag.as_bytes()))
}

#[test]
fn refuses_wrong_signatures() {
    let key = Hs256::new(SECRET).unwrap();
    let other = Hs256::new(&[7; 32]).unwrap();
    let good = signed(HEADER, "{}");
    let (input, tag) = good.rsplit_once('.').unwrap();
    let forged = format!("{}.e30.{tag}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256" }"#));
    let verify = |compact: &str, key: &Hs256| {
        let mut scratch = Scratch::<4096>::new();
        let token = Token::decode(compact.as_bytes(), &mut scratch).unwrap();
        token.verify(key).map(|_| ()).map_err(|error| error.to_string())
    };
    let invalid = || Err("the signature does not match the key".to_owned());
    assert_eq!(verify(&good, &key), Ok(()), "the key");
    assert_eq!(verify(&good, &other), invalid(), "another key");
    assert_eq!(verify(&forged, &key), invalid(), "another header");
    assert_eq!(verify(&format!("{input}."), &key), invalid(), "no signature");
    assert_eq!(verify(&format!("{input}.{}", &tag[..40]), &key), invalid(), "a part of it");
    assert_eq!(verify(&format!("{good}AAAA"), &key), invalid(), "more than it");
    for algorithm in Algorithm::ALL.into_iter().filter(|other| *other != Algorithm::Hs256) {
        let other = signed(&format!("{{\"alg\":\"{algorithm}\"}}"), "{}");
        let expected = format!("the key is for HS256, but the token is signed with {algorithm}");
        assert_eq!(verify(&other, &key), Err(expected), "{algorithm}");
    }
}

#[test]
fn refuses_weak_secrets() {
    let pem = b"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END";
    let public = |form| Some(WeakKey::Public { form });
    assert_eq!(Hs256::new(&[7; 31]).err(), Some(WeakKey::Short { needs: 32, has: 31 }));
    assert_eq!(Hs384::new(&[7; 32]).err(), Some(WeakKey::Short { needs: 48, has: 32 }));
    assert_eq!(Hs512::new(b"").err(), Some(WeakKey::Short { needs: 64, has: 0 }));
    assert_eq!(Hs256::new(pem).err(), public(PublicForm::Pem));
    assert_eq!(Hs512::new(pem).err(), public(PublicForm::Pem));
    assert!(Hs256::new(&[7; 32]).is_ok() && Hs384::new(&[7; 48]).is_ok());
    assert!(Hs512::new(&[7; 64]).is_ok());
}

// RFC 7515 §A.1, and the tags of HMAC test case 6 (RFC 4231 §4.7: a key longer than a block).
#[test]
fn rfc_hmac_vectors_verify() {
    const A1: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const A1_KEY: &str = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0i\
        PS4hcgUuTwjAzZr1Z9CAow";
    let key = Hs256::new(&URL_SAFE_NO_PAD.decode(A1_KEY).unwrap()).unwrap();
    let mut scratch = Scratch::<512>::new();
    let token = Token::decode(A1.as_bytes(), &mut scratch).unwrap().verify(&key).unwrap();
    assert_eq!(token.claims().claim::<bool>("http://example.com/is_root"), Ok(Some(true)));

    let (long, text) = ([0xAA; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
    let tags = [
        Hs256::new(&long).unwrap().sign(text).as_bytes()[..4].to_vec(),
        Hs384::new(&long).unwrap().sign(text).as_bytes()[..4].to_vec(),
        Hs512::new(&long).unwrap().sign(text).as_bytes()[..4].to_vec(),
    ];
    assert_eq!(
        tags,
        [[0x60, 0xe4, 0x31, 0x59], [0x4e, 0xce, 0x08, 0x44], [0x80, 0xb2, 0x42, 0x63]]
    );
    assert!(Hs384::new(&long).unwrap().verify(text, &tags[1]).is_err(), "a cut tag");
}

struct Is<T>(PhantomData<T>);

// An inherent constant takes precedence over the trait's, but exists only for types with `Debug`.
impl<T: Debug> Is<T> {
    const DEBUG: bool = true;
}

trait Otherwise {
    const DEBUG: bool = false;
}

impl<T> Otherwise for Is<T> {}

#[test]
fn types_that_hold_secrets_have_no_debug() {
    let rows = [
        ("Hs256", Is::<Hs256>::DEBUG),
        ("Hs384", Is::<Hs384>::DEBUG),
        ("Hs512", Is::<Hs512>::DEBUG),
        ("AnyKey", Is::<AnyKey>::DEBUG),
        ("Tag", Is::<Tag>::DEBUG),
        ("Jwk", Is::<Jwk<'_>>::DEBUG),
        ("JwkSet", Is::<JwkSet<'_>>::DEBUG),
        ("Scratch", Is::<Scratch<64>>::DEBUG),
    ];
    for (name, debug) in rows {
        assert!(!debug, "{name}");
    }
    const { assert!(Is::<Jws<'_>>::DEBUG, "the trick tells what is Debug from what is not") }
}

#[test]
fn token_debug_output_omits_the_signature() {
    let shown = |signature: &[u8]| {
        let signature = URL_SAFE_NO_PAD.encode(signature);
        let compact = format!("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.{signature}");
        let (mut jws, mut token) = (Scratch::<128>::new(), Scratch::<128>::new());
        let jws = Jws::decode(compact.as_bytes(), &mut jws).unwrap();
        let token = Token::decode(compact.as_bytes(), &mut token).unwrap();
        format!("{jws:?} {token:?}")
    };
    assert_eq!(shown(&[1; 32]), shown(&[2; 32]));
    assert!(shown(&[1; 32]).contains(r#"{"iss":"a"}"#), "but with its claims");
    assert_eq!(shown(&[1; 32]).matches("alg: Hs256").count(), 2, "and its header");
}
