//! The cost of preparing a key, decoding, verifying, judging and signing, in instructions and bytes of
//! stack.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use jwtick_core::key::{EdDsa, Es256, Rs256, Rsa2048};
use jwtick_core::sign::{EdDsaSigner, Es256Signer, Signer};
use jwtick_core::token::{Jws, Verifier};
use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};
use jwtick_firmware::say_cost;
use jwtick_firmware::{end, entry, signed, signed_token, verdict};

fn now() -> TimeBounds {
    TimeBounds::around(UnixTime::from_secs(1_300_819_370), Span::from_secs(2))
}

/// Measures all steps that a device performs on a token, together and separately.
fn whole(name: [&str; 4], compact: &[u8], key: &impl Verifier, counter: &mut SYST) -> Option<()> {
    let [whole, decode, verify, judge] = name;
    let mut scratch = Scratch::<512>::new();
    let met = say_cost(whole, counter, || {
        verdict(black_box(compact), key, &mut scratch, black_box(now()))
    });
    say_cost(decode, counter, || Token::decode(black_box(compact), &mut scratch).is_ok());
    let token = Token::decode(compact, &mut scratch).ok()?;
    say_cost(verify, counter, || token.clone().verify(key).is_ok());
    let token = token.verify(key).ok()?;
    say_cost(judge, counter, || token.judgement(&Policy::RFC7519, black_box(now())).verdict());
    (met == Some(Verdict::Accept)).then_some(())
}

fn hs256(counter: &mut SYST) -> Option<()> {
    let key = say_cost("HS256 prepare", counter, || Hs256::new(black_box(signed::HS256_K))).ok()?;
    let names = ["HS256 all", "HS256 decode", "HS256 verify", "HS256 judge"];
    whole(names, signed::HS256, &key, counter)
}

fn rs256(counter: &mut SYST) -> Option<()> {
    let (modulus, exponent) = (signed::RS256_N, signed::RS256_E);
    let key =
        say_cost("RS256 prepare", counter, || Rsa2048::new(black_box(modulus), exponent)).ok()?;
    let names = ["RS256 all", "RS256 decode", "RS256 verify", "RS256 judge"];
    whole(names, signed::RS256, &Rs256::new(key), counter)
}

fn es256(counter: &mut SYST) -> Option<()> {
    let (x, y) = (signed::ES256_X, signed::ES256_Y);
    let key = say_cost("ES256 prepare", counter, || Es256::new(black_box(x), y)).ok()?;
    let names = ["ES256 all", "ES256 decode", "ES256 verify", "ES256 judge"];
    whole(names, signed::ES256, &key, counter)
}

fn eddsa(counter: &mut SYST) -> Option<()> {
    let key = say_cost("EdDSA prepare", counter, || EdDsa::new(black_box(signed::EDDSA_X))).ok()?;
    let mut scratch = Scratch::<512>::new();
    let jws = Jws::decode(signed::EDDSA, &mut scratch).ok()?;
    say_cost("EdDSA verify", counter, || jws.clone().verify(&key).is_ok()).then_some(())
}

/// Measures preparing a private key and making a token.
fn sign<S: Signer, E>(
    [prepare, sign]: [&str; 2],
    counter: &mut SYST,
    key: impl Fn() -> Result<S, E>,
) -> Option<()> {
    let key = say_cost(prepare, counter, &key).ok()?;
    let mut room = [0; 256];
    say_cost(sign, counter, || signed_token(&key, &mut room).is_some()).then_some(())
}

fn signers(counter: &mut SYST) -> Option<()> {
    const SECRET: &[u8] = &[7; 32];
    let names = ["sign HS256 prepare", "sign HS256"];
    sign(names, counter, || Hs256::new(black_box(SECRET)))?;
    let names = ["sign ES256 prepare", "sign ES256"];
    sign(names, counter, || Es256Signer::new(black_box(SECRET)))?;
    let names = ["sign EdDSA prepare", "sign EdDSA"];
    sign(names, counter, || EdDsaSigner::new(black_box(SECRET)))
}

#[entry]
fn main() -> ! {
    let Some(mut peripherals) = Peripherals::take() else { end(false) };
    let counter = &mut peripherals.SYST;
    let done = [hs256(counter), rs256(counter), es256(counter), eddsa(counter), signers(counter)];
    end(done.iter().all(Option::is_some))
}
