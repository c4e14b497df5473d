//! `Debug` output holds no secret: anything that reaches a log could be used by its readers.

use core::fmt::Debug;
use core::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{AnyKey, Hs384, Hs512, Jwk, JwkSet, Tag};
use jwtick_core::token::Jws;
use jwtick_core::{Hs256, Scratch, Token};

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
