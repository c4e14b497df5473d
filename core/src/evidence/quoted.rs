//! Wordings of the catalogue that a text quotes.

use super::catalogue::{Row, Says};
use super::filter;
use super::hearsay::Hearsay;
use super::template::capture;

/// A wording of the catalogue in the words of a stranger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quoted {
    /// The row of the wording.
    pub(crate) row: &'static Row,
    /// The position where its words start.
    pub(crate) at: usize,
}

/// Returns the first wording in `text` that a stranger may have written.
pub(crate) fn quoted(text: &[u8], hearsay: &Hearsay) -> Option<Quoted> {
    filter::scan(text, |hit| {
        let row = hit.row().filter(|row| row.says != Says::Fact && hearsay.contains(hit.at))?;
        let wording = capture(row, text, hit.at)?;
        Some(Quoted { row, at: wording.at })
    })
}

/// Calls `found` for the product of every wording in `text`.
#[doc(hidden)]
pub fn products(text: &[u8], mut found: impl FnMut(&'static str)) {
    filter::scan(text, |hit| {
        if let Some(row) = hit.row()
            && capture(row, text, hit.at).is_some()
        {
            found(row.product);
        }
        None::<()>
    });
}
