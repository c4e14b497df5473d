//! The other end of an SNTP exchange (RFC 5905), for the tests of all packages.
//!
//! [`serve`] answers requests on loopback with packets that a test builds, usually from a good
//! [`reply`]. [`ask`] passes a reply to `sntpc`, an independent client, for comparison.
#![forbid(unsafe_code)]

mod client;
mod reply;
mod server;

pub use client::ask;
pub use reply::{TO_1970, now, reply, stamp};
pub use server::{serve, spawn};
pub use sntpc::{Error, NtpResult};
