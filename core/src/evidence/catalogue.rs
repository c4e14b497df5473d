//! The wordings that real products print when a time claim is refused: one table, with one row per
//! wording.
//!
//! A row's `words` are the fixed text of the product. `{role}` marks a value and names its meaning,
//! so that the reasoning never needs to know the product. Letters match in either case, a blank
//! matches any white space, and quotes or brackets around a value may be omitted. If several rows
//! fit a line, the first one in the catalogue counts. A wording with more times therefore precedes
//! a shorter one.
//!
//! `README.md` in the parent folder explains how to add a product.

mod anchor;
mod assertions;
mod certificates;
mod facts;
mod kind;
mod libraries;
mod malformed;
mod platforms;
mod providers;
mod role;
mod row;
mod rows;
mod selection;
mod services;
mod signatures;
mod spoken;
mod steps;
mod surroundings;
mod unfit;
mod verifiers;

pub(crate) use kind::{Judge, Says};
pub(crate) use platforms::{PLATFORMS, Platform};
pub(crate) use role::Role;
pub(crate) use row::Row;
pub(crate) use rows::ROWS;
#[cfg(test)]
pub(crate) use rows::entries;
pub use rows::{longest_lifetime, refusal};
pub use selection::Rows;
pub use spoken::{Code, Reason, Speaker, Spoken};
pub(crate) use surroundings::{ANSWERS, CLOCK_COMMANDS, GUEST_COMMANDS, NAIVE_CODE, SENT, STATUS};
