//! A device that makes tokens for its server, before and after it learns the time, and one for which a
//! secure element signs. The server accepts tokens that are up to a minute old.
//!
//! Prints:
//!
//! ```text
//! booted in 1970: the latest possible UTC is unknown: set the clock first
//! a clock that reads 1970: expected a clock that reads at least 1767225600 s after 1970, but found 0 s: it was never set
//! known to 2 min: UTC is only known to 120 s, but the server accepts a token for only 60 s: set the clock first
//! known to 4 s: eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJkZXZpY2UtNyIsImF1ZCI6Imh0dHBzOi8vYS5leGFtcGxlIiwiaWF0IjoxNzk1MjUwMDAwLCJleHAiOjE3OTUyNTAzMDB9.dMvNzpnaEawz6TIIoifHRe-CzFP1Cbl-gXIRqLOSMhA
//! the server, 3 s later: accept
//! ES256, by a secure element: accept
//! the element does not answer: the signer gave no signature
//! proof of possession: accept
//! ```
#![no_std]
#![no_main]

use core::cell::Cell;

use jwtick_core::dpop::{NewProof, Proof, ProofPolicy, Request};
use jwtick_core::key::Es256;
use jwtick_core::sign::{Assertion, Es256Signer, PublicKey, Signer, SignerFault, Value};
use jwtick_core::token::Algorithm;
use jwtick_core::{Hs256, Scratch, Span, TimeBounds, UnixTime, Verdict};
use jwtick_firmware::tokens::SECRET;
use jwtick_firmware::{end, entry, say, verdict};

/// 2026-11-21T08:33:20Z.
const NOW: UnixTime = UnixTime::from_secs(1_795_250_000);

/// A secure element, as the device sees it: it signs by commands, and may not answer.
struct Element {
    key: Es256Signer,
    answers: Cell<bool>,
}

impl Signer for Element {
    type Signature = [u8; 64];

    fn algorithm(&self) -> Algorithm {
        Algorithm::Es256
    }

    fn sign(&self, input: &[u8]) -> Result<[u8; 64], SignerFault> {
        if self.answers.get() { self.key.sign(input) } else { Err(SignerFault) }
    }

    fn public_key(&self) -> Option<PublicKey> {
        self.key.public_key()
    }
}

fn since(secs: i64) -> TimeBounds {
    TimeBounds::between(NOW, NOW + Span::from_secs(secs)).unwrap_or(TimeBounds::exactly(NOW))
}

/// Makes tokens, and returns whether the server accepts the last one.
fn assertions(key: &Hs256) -> Option<bool> {
    let claims = [("iss", Value::Text("device-7")), ("aud", Value::Text("https://a.example"))];
    let assertion = Assertion::new(&claims, Span::from_secs(300)).forgiving(Span::from_secs(60));
    let mut room = [0; 256];
    let refused = [
        ("booted in 1970", TimeBounds::since(UnixTime::EPOCH)),
        ("a clock that reads 1970", TimeBounds::exactly(UnixTime::EPOCH)),
        ("known to 2 min", since(120)),
    ];
    for (name, utc) in refused {
        let reason = assertion.sign(utc, key, &mut room).err()?;
        say!("{name}: {reason}");
    }
    let token = assertion.sign(since(4), key, &mut room).ok()?;
    say!("known to 4 s: {token}");
    let server = TimeBounds::exactly(NOW + Span::from_secs(3));
    let met = verdict(token.as_bytes(), key, &mut Scratch::<256>::new(), server)?;
    say!("the server, 3 s later: {met}");
    Some(met == Verdict::Accept)
}

fn by_element(element: &Element) -> Option<bool> {
    let claims = [("sub", Value::Text("device-7"))];
    let assertion = Assertion::new(&claims, Span::from_secs(300));
    let mut room = [0; 256];
    let token = assertion.sign(since(4), element, &mut room).ok()?;
    let PublicKey::P256 { x, y } = element.public_key()? else { return None };
    let server = Es256::new(&x, &y).ok()?;
    let met = verdict(token.as_bytes(), &server, &mut Scratch::<256>::new(), since(4))?;
    say!("ES256, by a secure element: {met}");
    element.answers.set(false);
    let reason = assertion.sign(since(4), element, &mut room).err()?;
    say!("the element does not answer: {reason}");
    element.answers.set(true);
    Some(met == Verdict::Accept)
}

fn proof(element: &Element) -> Option<bool> {
    const URI: &str = "https://a.example/readings";
    let mut room = [0; 512];
    let made = NewProof::new("POST", URI, "5mL2nUxgZ3Yk9Q0b").sign(since(4), element, &mut room);
    let mut scratch = Scratch::<512>::new();
    let proof = Proof::examine(made.ok()?.as_bytes(), &[Algorithm::Es256], &mut scratch).ok()?;
    let policy = ProofPolicy::within(Span::from_secs(60), Span::from_secs(5));
    let judgement = proof.judgement(&Request::new("POST", URI), &policy, since(4));
    say!("proof of possession: {}", judgement.verdict());
    Some(judgement.verdict() == Verdict::Accept)
}

#[entry]
fn main() -> ! {
    let (Ok(key), Ok(private)) = (Hs256::new(SECRET), Es256Signer::new(&[7; 32])) else {
        end(false)
    };
    let element = Element { key: private, answers: Cell::new(true) };
    let accepted = [assertions(&key), by_element(&element), proof(&element)];
    end(accepted == [Some(true); 3])
}
