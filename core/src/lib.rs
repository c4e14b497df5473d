//! JSON Web Tokens, judged by a clock that is only known within bounds, and clock faults found in logs.
#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[cfg(any(test, feature = "std"))]
extern crate std;

pub mod diagnosis;
pub mod evidence;
pub mod judge;
pub mod key;
pub mod survey;
pub mod time;
pub mod token;
pub mod wire;
pub mod words;

pub use diagnosis::{Diagnoser, Options};
pub use judge::{Policy, Verdict};
pub use key::Hs256;
pub use time::{Span, TimeBounds, UnixTime};
pub use token::{Scratch, Token};
