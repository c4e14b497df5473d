//! A device whose keys are in an accelerator, behind an interface such as PSA: it verifies what the core
//! decodes, while other tasks run, and may not answer.
//!
//! Prints:
//!
//! ```text
//! asked for 125 signed bytes, polled 3 times: accept
//! a forged token: the signature does not match the key
//! a token for another algorithm: the key is for ES256, but the token is signed with HS256
//! the accelerator does not answer: the verifier did not answer
//! ```
#![no_std]
#![no_main]

use core::task::Poll;

use jwtick_core::token::{Algorithm, InvalidSignature, Pending, Verifier, VerifierFault};
use jwtick_core::{Hs256, Policy, Scratch, Token, UnixTime};
use jwtick_core::{Span, TimeBounds};
use jwtick_firmware::tokens::{FORGED, FRESH, SECRET};
use jwtick_firmware::{end, entry, say};

/// `PSA_SUCCESS`, `PSA_ERROR_INVALID_SIGNATURE` and `PSA_ERROR_COMMUNICATION_FAILURE`.
const SUCCESS: i32 = 0;
const INVALID: i32 = -149;
const SILENT: i32 = -145;

/// An accelerator that answers the third poll, with a status of PSA.
struct Accelerator {
    key: Hs256,
    polls: u32,
    silent: bool,
}

impl Accelerator {
    fn poll(&mut self, input: &[u8], signature: &[u8]) -> Poll<i32> {
        self.polls = self.polls.wrapping_add(1);
        match (self.silent, self.polls % 3) {
            (true, _) => Poll::Ready(SILENT),
            (false, 0) => Poll::Ready(match self.key.verify(input, signature) {
                Ok(()) => SUCCESS,
                Err(InvalidSignature) => INVALID,
            }),
            (false, _) => Poll::Pending,
        }
    }
}

/// Waits for the answer. Only two statuses of PSA are answers about the signature.
fn answer(accelerator: &mut Accelerator, pending: &Pending<'_>) -> Result<(), VerifierFault> {
    loop {
        match accelerator.poll(pending.signing_input(), pending.signature()) {
            Poll::Pending => {} // other tasks run
            Poll::Ready(SUCCESS) => return Ok(()),
            Poll::Ready(INVALID) => return Err(InvalidSignature.into()),
            Poll::Ready(_) => return Err(VerifierFault::Unanswered),
        }
    }
}

fn all(accelerator: &mut Accelerator) -> Option<()> {
    let mut scratch = Scratch::<256>::new();
    let pending = Token::decode(FRESH, &mut scratch).ok()?.begin_verify(Algorithm::Hs256).ok()?;
    let (length, met) = (pending.signing_input().len(), answer(accelerator, &pending));
    let token = pending.finish(met).ok()?;
    let now = TimeBounds::around(UnixTime::from_secs(1_795_250_100), Span::from_secs(2));
    let verdict = token.judgement(&Policy::RFC7519, now).verdict();
    say!("asked for {length} signed bytes, polled {} times: {verdict}", accelerator.polls);

    let pending = Token::decode(FORGED, &mut scratch).ok()?.begin_verify(Algorithm::Hs256).ok()?;
    let met = answer(accelerator, &pending);
    say!("a forged token: {}", pending.finish(met).err()?);

    let other = Token::decode(FRESH, &mut scratch).ok()?.begin_verify(Algorithm::Es256);
    say!("a token for another algorithm: {}", other.err()?);

    accelerator.silent = true;
    let pending = Token::decode(FRESH, &mut scratch).ok()?.begin_verify(Algorithm::Hs256).ok()?;
    let met = answer(accelerator, &pending);
    say!("the accelerator does not answer: {}", pending.finish(met).err()?);
    Some(())
}

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(SECRET) else { end(false) };
    let mut accelerator = Accelerator { key, polls: 0, silent: false };
    end(all(&mut accelerator).is_some())
}
