//! A part of the catalogue, for tests of what is read without a product's rows.

use super::row::Row;

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
