//! Embeds the build date in the program: NTP timestamps carry no era, so this date resolves them.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let told = env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok());
    println!("cargo::rustc-env=JWTICK_BUILT={}", told.unwrap_or_else(now));
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(0)
}
