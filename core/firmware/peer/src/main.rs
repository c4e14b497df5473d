//! Verifies an HS256 token with jwt-compact and checks its `exp` and `nbf`, without output.
#![no_std]
#![no_main]

use core::hint::black_box;

use chrono::{DateTime, Duration, Utc};
use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, TimeOptions, UntrustedToken};
use jwtick_firmware::signed::{HS256, HS256_K};
use jwtick_firmware::{end, entry};
use serde::Deserialize;

#[global_allocator]
static HEAP: emballoc::Allocator<16384> = emballoc::Allocator::new();

#[derive(Deserialize)]
struct Nothing {}

fn now() -> DateTime<Utc> {
    black_box(DateTime::from_timestamp(1_300_819_370, 0)).unwrap_or_default()
}

fn accepts(compact: &str) -> Option<()> {
    let key = Hs256Key::new(black_box(HS256_K));
    let token = UntrustedToken::new(compact).ok()?;
    let token = Hs256.validator::<Nothing>(&key).validate(&token).ok()?;
    let options = TimeOptions::new(Duration::zero(), now);
    token.claims().validate_expiration(&options).ok()?;
    // jwt-compact would refuse a missing `nbf`.
    let claims = token.claims();
    claims.not_before.map_or(Some(()), |_| claims.validate_maturity(&options).map(drop).ok())
}

#[entry]
fn main() -> ! {
    let Ok(compact) = str::from_utf8(black_box(HS256)) else { end(false) };
    end(accepts(compact).is_some())
}
