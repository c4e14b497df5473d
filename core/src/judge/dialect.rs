//! How other verifiers judge the times of a token, as data.
//!
//! No two verifiers agree on time: on the leeway, on the verdict at the edge itself, on which claims
//! they compare, and on which values they read as a date. [`Rules`] is the space of
//! these behaviours, in which a [`Policy`](super::Policy) is one point, and [`Dialect`] is a table
//! of verifiers, each with the source of its row. Nothing depends on the name of a verifier.
//!
#![doc = include_str!("dialect/verifiers.md")]

mod answer;
mod change;
mod compiled;
mod dates;
mod entry;
mod gateways;
mod interpreted;
mod judge;
mod number;
mod providers;
mod reading;
mod rules;
mod table;

pub use answer::{Answer, Judged};
pub use change::{Change, Changes};
pub use dates::Dates;
pub use entry::{Basis, Dialect, Kind};
pub use reading::{Fraction, Reading, Take};
pub use rules::{Check, DateRule, Duplicates, Edge, Lifetime, Rules, Start};

pub(crate) use providers::{APNS_SECS, APP_STORE_SECS, BOX_SECS, GITHUB_SECS, GOOGLE_SECS};
