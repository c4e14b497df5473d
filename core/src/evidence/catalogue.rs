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

mod assertions;
mod certificates;
mod facts;
mod kind;
mod libraries;
mod malformed;
mod providers;
mod row;
mod rows;
mod services;
mod signatures;
mod spoken;
mod steps;
mod surroundings;
mod unfit;
mod verifiers;

pub(crate) use kind::{Judge, Role, Says};
pub(crate) use row::Row;
pub(crate) use rows::ROWS;
#[cfg(test)]
pub(crate) use rows::entries;
pub use rows::{longest_lifetime, refusal};
pub use spoken::{Code, Reason, Speaker, Spoken};
pub(crate) use surroundings::{
    ANSWERS, CLOCK_COMMANDS, GUEST_COMMANDS, INTERIM, NAIVE_CODE, PLATFORMS, Platform, SENT, STATUS,
};

/// The rows of the catalogue that a diagnosis uses.
///
/// Readers use all of them. Tests switch rows off to show how much of the world the general
/// wordings cover, because most products are in no catalogue.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rows<'n> {
    /// All rows.
    #[default]
    All,
    /// All rows except those of the product with this name.
    Without(&'n str),
    /// No row.
    None,
}

impl Rows<'_> {
    /// Returns `true` if `row` is used.
    pub(crate) fn has(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Without(product) => row.product != product,
            Self::None => false,
        }
    }
}
