//! Embeds the build date in the program: NTP timestamps carry no era, so this date resolves them.
//!
//! The program of a debug build is linked for a fixed address. It holds 80,000 pointers, which the loader
//! would adjust each time that a test starts it; that is a millisecond and a half, half of its start. The
//! release is position-independent.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let told = env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok());
    println!("cargo::rustc-env=JWTICK_BUILT={}", told.unwrap_or_else(now));
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    let is_gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if is_gnu && is("PROFILE", "debug") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(0)
}
