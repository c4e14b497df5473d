//! `jwtick-core` for C and C++: caller-owned memory, no heap, stable status numbers.
#![doc = include_str!("../README.md")]
#![no_std]
#![allow(unsafe_code, reason = "C passes pointers, which only the caller can guarantee")]

#[cfg(test)]
extern crate std;

mod anchor;
#[cfg(feature = "sign")]
mod assertion;
mod buffer;
mod claims;
mod context;
#[cfg(feature = "words")]
mod diagnosis;
mod http_date;
mod judge;
mod keeper;
mod key;
#[cfg(feature = "words")]
mod name;
mod number;
mod offset;
mod pointer;
mod policy;
mod record;
mod refusal;
#[cfg(feature = "words")]
mod say;
mod sntp;
mod status;
mod token;
mod version;

pub use anchor::*;
#[cfg(feature = "sign")]
pub use assertion::*;
pub use claims::*;
pub use context::*;
#[cfg(feature = "words")]
pub use diagnosis::*;
pub use http_date::*;
pub use judge::*;
pub use keeper::*;
pub use key::*;
#[cfg(feature = "words")]
pub use name::*;
pub use number::*;
pub use offset::*;
pub use policy::*;
pub use record::*;
#[cfg(feature = "words")]
pub use say::*;
pub use sntp::*;
pub use status::Status;
pub use token::*;
pub use version::*;
