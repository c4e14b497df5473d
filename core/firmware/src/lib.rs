//! Functions that every program needs: printing, judging, measuring the cost of an operation and exiting.
#![no_std]

use core::cell::Cell;
use core::fmt::{Arguments, Display, Write};
use core::hint::black_box;
use core::panic::PanicInfo;

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
pub use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{self, EXIT_FAILURE, EXIT_SUCCESS};
use cortex_m_semihosting::hio;
use cortex_m_stack::{current_stack_in_use, repaint_stack, stack_painted, stack_size};
use embedded_time::clock::Error;
use embedded_time::fraction::Fraction;
use embedded_time::{Clock, Instant};
use jwtick_core::token::Verifier;
use jwtick_core::{Policy, Scratch, TimeBounds, Token, Verdict};
use lm3s6965 as _; // for its vectors

/// Prints a line on the console of QEMU.
#[macro_export]
macro_rules! say {
    ($($line:tt)*) => { $crate::print(format_args!($($line)*)) };
}

/// Implements [`say`]. Errors are ignored, because there is no other output to report them on.
pub fn print(line: Arguments<'_>) {
    if let Ok(mut output) = hio::hstdout() {
        let _ = output.write_fmt(line).and_then(|()| output.write_str("\n"));
    }
}

/// The signed texts of the RFCs, taken from `fixtures/jose/signatures.tsv` at build time.
pub mod signed {
    include!(concat!(env!("OUT_DIR"), "/signed.rs"));
}

/// Tokens for the programs, signed with HS256 and a key that is used nowhere else.
pub mod tokens {
    /// The secret that signed the tokens.
    pub const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

    /// `{"iss":"https://issuer.example","nbf":1795250000,"exp":1795254000}`: valid from
    /// 2026-11-21T08:33:20Z for 4,000 s.
    pub const FRESH: &[u8] = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwibmJmIjoxNzk1MjUwMDAwLCJleHAiOjE3OTUyNTQwMDB9.Gz3Fxnbm9JXQBM1OC4bprfLWD5F0kZzF4tVvQdJTFn8";

    /// `{"iss":"https://issuer.example","exp":1488307191}`: expired on 2017-02-28.
    pub const OLD: &[u8] = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiZXhwIjoxNDg4MzA3MTkxfQ.XPJnKuM6ANNZqs8OKc7zitWpWSGaooRLJtCt3inBc34";

    /// [`FRESH`] with another `exp`, as a forger would write it.
    pub const FORGED: &[u8] = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwibmJmIjoxNzk1MjUwMDAwLCJleHAiOjE4OTUyNTQwMDB9.Gz3Fxnbm9JXQBM1OC4bprfLWD5F0kZzF4tVvQdJTFn8";
}

/// RFC 7519 to the letter, except for `aud`: the tokens of the RFCs have no audience that a policy
/// here could name.
const POLICY: Policy<'_> = Policy::RFC7519.any_audience();

/// Decodes, verifies and judges a token, as a device does. Never inlined, so that its part of the
/// stack can be measured.
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

/// Makes a token as a device does, valid for five minutes. Never inlined, so that its part of the stack can
/// be measured.
#[cfg(feature = "sign")]
#[inline(never)]
pub fn signed_token<'r, S: jwtick_core::sign::Signer>(
    key: &S,
    room: &'r mut [u8],
) -> Option<&'r str> {
    use jwtick_core::sign::{Assertion, Value};
    use jwtick_core::{Span, UnixTime};

    let now = TimeBounds::around(UnixTime::from_secs(1_795_250_000), Span::from_secs(2));
    let claims = [("iss", Value::Text("device-7")), ("aud", Value::Text("https://a.example"))];
    let assertion = Assertion::new(black_box(&claims), Span::from_secs(300));
    assertion.sign(black_box(now), key, room).ok()
}

/// Prints the result of [`verdict`] in words.
pub fn say_verdict(what: impl Display, compact: &[u8], key: &impl Verifier, now: TimeBounds) {
    let mut scratch = Scratch::<1024>::new();
    match Token::decode(compact, &mut scratch).map(|token| token.verify(key)) {
        Ok(Ok(token)) => {
            let judgement = token.judgement(&POLICY, now);
            say!("{what}: {}", judgement.verdict());
        }
        Ok(Err(error)) => say!("{what}: {error}"),
        Err(error) => say!("{what}: {error}"),
    }
}

/// A counter that advances only on request, so that a program can show hours at once.
pub struct Uptime(Cell<u64>);

impl Uptime {
    /// Creates a counter that reads `millis`.
    #[must_use]
    pub const fn of(millis: u64) -> Self {
        Self(Cell::new(millis))
    }

    /// Advances the counter by `millis`.
    pub fn pass(&self, millis: u64) {
        self.0.set(self.0.get().wrapping_add(millis));
    }
}

impl Clock for Uptime {
    type T = u64;
    const SCALING_FACTOR: Fraction = Fraction::new(1, 1_000);

    fn try_now(&self) -> Result<Instant<Self>, Error> {
        Ok(Instant::new(self.0.get()))
    }
}

/// Ends the program. QEMU exits with 0 if `holds` is true.
pub fn end(holds: bool) -> ! {
    debug::exit(if holds { EXIT_SUCCESS } else { EXIT_FAILURE });
    halt()
}

// Never inlined, so that functions that can panic are found by the calls in the image.
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

const LONGEST: u32 = 0x00FF_FFFF; // SysTick has 24 bits

/// Runs `work` twice and prints its cost: once timed by the counter, and once on a painted stack.
///
/// QEMU takes 2⁴ ns for an instruction (`-icount shift=4`), and its SysTick counts at 25 MHz, so a
/// tick is two and a half instructions.
pub fn say_cost<T>(what: &str, counter: &mut SYST, mut work: impl FnMut() -> T) -> T {
    let instructions = instructions(counter, &mut work);
    let bytes = depth(&mut work);
    say!("{what}\t{instructions}\t{bytes}");
    work()
}

fn instructions<T>(counter: &mut SYST, work: &mut impl FnMut() -> T) -> u32 {
    counter.set_clock_source(SystClkSource::Core);
    counter.set_reload(LONGEST);
    counter.clear_current();
    counter.enable_counter();
    let before = SYST::get_current();
    black_box(work());
    let ticks = before.wrapping_sub(SYST::get_current()) & LONGEST;
    ticks.wrapping_mul(5) / 2
}

#[inline(never)]
fn depth<T>(work: &mut impl FnMut() -> T) -> u32 {
    let above = current_stack_in_use();
    repaint_stack();
    black_box(work());
    stack_size().saturating_sub(stack_painted()).saturating_sub(above)
}
