//! The other end of an SNTP exchange (RFC 5905), for the tests of all packages.
//!
//! [`serve`] answers requests on loopback with the packets that a test makes, most of them from a
//! good [`reply`]. [`ask`] gives a reply to `sntpc`, a client by other authors, to compare with.
#![forbid(unsafe_code)]

mod client;
mod reply;
mod server;

pub use client::ask;
pub use reply::{TO_1970, now, reply, stamp};
pub use server::{serve, spawn};
pub use sntpc::{Error, NtpResult};
