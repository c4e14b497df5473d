//! Properties that hold for every input of `jwtick-core`.
//!
//! A property takes any bytes and panics if it does not hold. The fuzzers next to this package
//! search for such bytes. The inputs they found, and the small corpora that a search starts from,
//! are replayed by the tests of this package. The tests need neither a fuzzer nor a nightly
//! compiler.
//!
//! Each property has an oracle that shares no code with the core: another parser, another HMAC,
//! exact arithmetic, or the core itself on an input that must give the same result.

mod capi;
mod claims_json;
mod course;
mod diagnosis;
mod dpop;
mod evidence;
mod forgery;
mod http_date;
mod judge;
mod jwk;
mod redaction;
mod sntp;
mod token;
mod transcript;
mod verify;

/// Independent implementations that the core is compared with.
mod oracle {
    pub(crate) mod json;
    pub(crate) mod signature;
}

pub use capi::capi;
pub use claims_json::{claims_json, numeric_date};
pub use course::course;
pub use diagnosis::diagnosis;
pub use dpop::dpop;
pub use evidence::evidence;
pub use forgery::{every_forgery, forgery};
pub use http_date::http_date;
pub use judge::judge;
pub use jwk::jwk;
pub use redaction::redaction;
pub use sntp::sntp;
pub use token::token;
pub use transcript::transcript;
pub use verify::verify;

/// A function that panics if the property does not hold.
pub type Property = fn(&[u8]);

/// Every property, with the name of its fuzz target and of its folders.
pub const ALL: [(&str, Property); 16] = [
    ("capi", capi),
    ("claims_json", claims_json),
    ("course", course),
    ("diagnosis", diagnosis),
    ("dpop", dpop),
    ("evidence", evidence),
    ("forgery", forgery),
    ("http_date", http_date),
    ("judge", judge),
    ("jwk", jwk),
    ("numeric_date", numeric_date),
    ("redaction", redaction),
    ("sntp", sntp),
    ("token", token),
    ("transcript", transcript),
    ("verify", verify),
];

/// Ends the process of a fuzzer, and fails a test.
#[expect(clippy::panic, reason = "reports to libFuzzer and tests that a property does not hold")]
fn broken(why: core::fmt::Arguments<'_>) -> ! {
    panic!("{why}")
}
