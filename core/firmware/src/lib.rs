//! What every program here needs: a way to print, and a way to end.
#![no_std]

pub mod cost;
pub mod tokens;
mod uptime;

use core::fmt::{Arguments, Display, Write};
use core::panic::PanicInfo;

pub use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{self, EXIT_FAILURE, EXIT_SUCCESS};
use cortex_m_semihosting::hio;
use jwtick_core::token::{DecodeError, Verifier};
use jwtick_core::{Policy, Scratch, TimeBounds, Token, Verdict};
use lm3s6965 as _; // for its vectors
pub use uptime::Uptime;

/// Prints a line where QEMU was started.
#[macro_export]
macro_rules! say {
    ($($line:tt)*) => { $crate::print(format_args!($($line)*)) };
}

/// What [`say`] stands for. Nobody can be told that nobody listens.
pub fn print(line: Arguments<'_>) {
    if let Ok(mut output) = hio::hstdout() {
        let _ = output.write_fmt(line).and_then(|()| output.write_str("\n"));
    }
}

/// What is signed in the RFCs, taken from `fixtures/jose/signatures.tsv` when this was built.
pub mod signed {
    include!(concat!(env!("OUT_DIR"), "/signed.rs"));
}

/// RFC 7519 to the letter, but for `aud`: the tokens of the RFCs have no audience of ours.
const POLICY: Policy<'_> = Policy::RFC7519.any_audience();

/// Decodes, verifies and judges: what a device does with a token. Never inlined, so that its part of
/// the stack is told apart.
#[inline(never)]
pub fn verdict<const N: usize>(
    compact: &[u8],
    key: &impl Verifier,
    scratch: &mut Scratch<N>,
    now: TimeBounds,
) -> Option<Verdict> {
    let token = Token::decode(compact, scratch).ok()?.verify(key).ok()?;
    Some(token.judgement(&POLICY, now).verdict())
}

/// The same in words.
pub fn say_verdict(what: impl Display, compact: &[u8], key: &impl Verifier, now: TimeBounds) {
    let mut scratch = Scratch::<1024>::new();
    match Token::decode(compact, &mut scratch).map(|token| token.verify(key)) {
        Ok(Ok(token)) => {
            let judgement = token.judgement(&POLICY, now);
            say!("{what}: {}", judgement.verdict());
        }
        Ok(Err(error)) => say!("{what}: {error}"),
        Err(error) => say_refusal(what, &error),
    }
}

/// Why a token can't be read.
pub fn say_refusal(what: impl Display, error: &DecodeError) {
    say!("{what}: {error}");
}

/// Ends the program, and QEMU with 0 if what was to be shown holds.
pub fn end(holds: bool) -> ! {
    debug::exit(if holds { EXIT_SUCCESS } else { EXIT_FAILURE });
    halt()
}

// Never inlined, so that whoever can panic is found by the calls in the image.
#[panic_handler]
#[inline(never)]
fn panicked(_: &PanicInfo<'_>) -> ! {
    debug::exit(EXIT_FAILURE);
    halt()
}

fn halt() -> ! {
    loop {
        core::hint::spin_loop();
    }
}
