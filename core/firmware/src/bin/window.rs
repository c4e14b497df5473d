//! The window of a certificate, judged before and after a device learns the time.
//!
//! Prints:
//!
//! ```text
//! booted in 1970: undecided
//! built after it had ended: reject
//! an hour from its end, by a clock that may be 2 s wrong: accept
//! a second from its end: undecided
//! that it has begun: accept
//! ```
#![no_std]
#![no_main]

use jwtick_core::judge::judge_window;
use jwtick_core::{Span, TimeBounds, UnixTime};
use jwtick_firmware::{end, entry, say};

/// `notBefore` and `notAfter` of a certificate of 90 days, from 2026-11-21T08:33:20Z.
const BEGINS: UnixTime = UnixTime::from_secs(1_795_250_000);
const ENDS: UnixTime = UnixTime::from_secs(1_803_026_000);

#[entry]
fn main() -> ! {
    let before_its_end =
        |secs| TimeBounds::around(ENDS - Span::from_secs(secs), Span::from_secs(2));
    let never_set = TimeBounds::since(UnixTime::EPOCH);
    say!("booted in 1970: {}", judge_window(BEGINS, ENDS, never_set));
    let built = TimeBounds::since(ENDS + Span::from_secs(1));
    say!("built after it had ended: {}", judge_window(BEGINS, ENDS, built));
    let hour = judge_window(BEGINS, ENDS, before_its_end(3_600));
    say!("an hour from its end, by a clock that may be 2 s wrong: {hour}");
    say!("a second from its end: {}", judge_window(BEGINS, ENDS, before_its_end(1)));
    say!("that it has begun: {}", judge_window(BEGINS, UnixTime::MAX, before_its_end(1)));
    end(true)
}
