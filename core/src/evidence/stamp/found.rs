//! A stamp together with the place of its text in the line.

use core::ops::Range;

use super::shape::Stamp;
use crate::time::Cursor;

/// A stamp, and how much of the line is left where its text starts and where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) stamp: Stamp,
    from: usize,
    to: usize,
}

impl Found {
    /// Reads a stamp with `read`, and restores the cursor if there is none.
    pub(super) fn by(
        cursor: &mut Cursor<'_>,
        read: impl FnOnce(&mut Cursor<'_>) -> Option<Stamp>,
    ) -> Option<Self> {
        let from = cursor.len();
        let stamp = cursor.attempt(read)?;
        Some(Self { stamp, from, to: cursor.len() })
    }

    /// Returns the place of the text in a line of `length` bytes.
    pub(super) fn range(self, length: usize) -> Range<usize> {
        length.saturating_sub(self.from)..length.saturating_sub(self.to)
    }

    /// Returns what follows the text in `line`.
    pub(super) fn after(self, line: &[u8]) -> &[u8] {
        line.get(line.len().saturating_sub(self.to)..).unwrap_or(&[])
    }
}

/// Reads a stamp, but no HTTP date: `Sat, 28 Nov 2026 10:20:00 GMT` after a name is the value of a
/// header field (RFC 9110 §5.6.7), and so the time of another host.
pub(super) fn read_own(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let text = cursor.rest();
    let stamp = super::find::read(cursor)?;
    let length = text.len().saturating_sub(cursor.len());
    text.get(..length).filter(|text| !is_http_date(text)).map(|_| stamp)
}

/// Returns `true` if `text` has the form of RFC 9110 §5.6.7: a weekday, a comma and `GMT`.
pub(crate) fn is_http_date(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && text.iter().take(10).any(|&byte| byte == b',')
        && text.ends_with(b"GMT")
}
