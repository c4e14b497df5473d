//! An SNTP reply sets the bounds of a device that booted in 1970, and its token is accepted.
//!
//! Prints:
//!
//! ```text
//! before the reply: undecided
//! offset 1795250403887157 us to 1795250403887251 us
//! UTC 1795250408887363 us to 1795250408887457 us
//! after the reply: accept
//! ```
#![no_std]
#![no_main]

use jwtick_core::time::Bracket;
use jwtick_core::wire::{SntpPolicy, SntpRequest};
use jwtick_core::{Hs256, Span, TimeBounds, UnixTime};
use jwtick_firmware::tokens::{FRESH, SECRET};
use jwtick_firmware::{end, entry, say, say_verdict};

/// The reply of chronyd on 2026-11-21 to a request with this nonce, `chrony-local` in
/// `fixtures/tables/sntp.tsv`.
#[rustfmt::skip]
const REPLY: &[u8] = &[
    0x24, 0x0A, 0x00, 0xE6, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x7F, 0x7F, 0x01, 0x01, 0xEE, 0xAB, 0xD7, 0x67, 0x0B, 0xDF, 0x60, 0x91,
    0x6A, 0x77, 0x74, 0x69, 0x63, 0x6B, 0x2E, 0x31, 0xEE, 0xAB, 0xD7, 0x68,
    0xE3, 0x22, 0xA3, 0x11, 0xEE, 0xAB, 0xD7, 0x68, 0xE3, 0x2A, 0x76, 0x98,
];
const NONCE: u64 = u64::from_be_bytes(*b"jwtick.1");

/// 2025-01-01T00:00:00Z.
const BUILT: UnixTime = UnixTime::from_secs(1_735_689_600);

/// The local clock reads five seconds after 1970 when the request is sent; the reply takes 206 µs.
fn exchange() -> Option<(UnixTime, Bracket)> {
    let sent = UnixTime::EPOCH + Span::from_secs(5);
    let received = sent + Span::from_micros(206);
    Some((received, Bracket::between(sent, received)?))
}

fn bounds() -> Option<TimeBounds> {
    let (now, local) = exchange()?;
    match SntpRequest::new(NONCE).check(REPLY, local, SntpPolicy::as_of(BUILT)) {
        Ok(sample) => {
            say!(
                "offset {} us to {} us",
                sample.offset.least().as_micros(),
                sample.offset.most().as_micros()
            );
            Some(sample.offset.apply(now))
        }
        Err(refusal) => {
            say!("{refusal}");
            None
        }
    }
}

#[entry]
fn main() -> ! {
    let Ok(key) = Hs256::new(SECRET) else { end(false) };
    say_verdict("before the reply", FRESH, &key, TimeBounds::since(BUILT));
    let Some(now) = bounds() else { end(false) };
    say!("UTC {} us to {} us", now.earliest().as_micros(), now.latest().as_micros());
    say_verdict("after the reply", FRESH, &key, now);
    end(true)
}
