//! Hiding secrets in text that is shown: in excerpts, transcripts and error messages.
//!
//! Three layers look at every place of a text, in this order:
//!
//! 1. *Value*: a secret that the caller knows is hidden, however it is encoded.
//! 2. *Name*: the value of a name such as `client_secret`, `access_token` or `Authorization` is
//!    hidden, whatever it looks like.
//! 3. *Look*: a JWT, the credentials of a `Basic` or `Bearer` scheme, `user:password@` and a private
//!    key in PEM are hidden wherever they are.

mod class;
mod look;
mod member;
mod scan;
mod unit;
mod value;

use core::fmt;
use core::ops::Range;

use scan::{Hidden, MARK};
pub use value::SHORTEST_SECRET;

/// Returns `true` if a member, a parameter or a header field of this name holds a secret.
///
/// # Example
/// ```
/// use jwtick_core::evidence::redaction::is_secret;
/// assert!(is_secret("refresh_token") && is_secret("X-Api-Key"));
/// assert!(!is_secret("token_type") && !is_secret("error"));
/// ```
#[must_use]
pub fn is_secret(name: &str) -> bool {
    class::class(name.as_bytes()).is_some()
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Bytes that may be shown.
    Shown(&'t [u8]),
    /// A secret that was left out.
    Hidden {
        /// The start of a token, which reveals nothing but its algorithm; empty for other secrets.
        lead: &'t [u8],
        /// The length of the secret in bytes, as written.
        length: usize,
    },
}

/// A text whose secrets are hidden. Its `Display` writes `(redacted)` for each of them; the
/// iterator gives its parts in order.
///
/// # Example
/// ```
/// use jwtick_core::evidence::redaction::Redacted;
/// let text = "client_id=me&client_secret=x7%3D&hint=x7=";
/// let shown = Redacted::new(text, &["x7=="]).to_string();
/// assert_eq!(shown, "client_id=me&client_secret=(redacted)&hint=x7=");
/// let shown = Redacted::new(r#"{"echo":"hunt\u0065r2"}"#, &["hunter2"]).to_string();
/// assert_eq!(shown, r#"{"echo":"(redacted)"}"#);
/// ```
#[derive(Clone, Copy)]
pub struct Redacted<'t> {
    text: &'t [u8],
    secrets: &'t [&'t str],
    layers: Layers,
    at: usize,
    /// A secret that starts at `at`.
    hidden: Option<Hidden>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layers {
    All,
    /// Without names, for sentences that mention them.
    ValueAndLook,
}

impl<'t> Redacted<'t> {
    /// Hides the values of `secrets`, and everything that has the name or the look of a secret.
    #[must_use]
    pub const fn new(text: &'t str, secrets: &'t [&'t str]) -> Self {
        Self::of_bytes(text.as_bytes(), secrets)
    }

    /// Does the same in a text that need not be UTF-8.
    #[must_use]
    pub const fn of_bytes(text: &'t [u8], secrets: &'t [&'t str]) -> Self {
        Self { text, secrets, layers: Layers::All, at: 0, hidden: None }
    }

    /// Hides only what has the look of a secret. For sentences of this program, in which the name
    /// of a secret is followed by words: `secret.bin: Permission denied`.
    #[must_use]
    pub const fn by_look(text: &'t str) -> Self {
        let Self { text, secrets, at, hidden, .. } = Self::new(text, &[]);
        Self { text, secrets, layers: Layers::ValueAndLook, at, hidden }
    }

    /// Returns the next piece. If nothing is hidden in the next `room` bytes, and at least one, the piece
    /// may end after them: whoever shows no more needs no search in the rest of a long text.
    pub(crate) fn next_within(&mut self, room: usize) -> Option<Piece<'t>> {
        if let Some(hidden) = self.hidden.take() {
            self.at = hidden.end;
            let length = hidden.end.saturating_sub(hidden.start);
            return Some(Piece::Hidden { lead: self.slice(hidden.start..hidden.lead), length });
        }
        if self.at >= self.text.len() {
            return None;
        }
        let end = self.at.saturating_add(room.max(1)).min(self.text.len());
        self.hidden = (self.at..end).find_map(|at| self.hidden_at(at));
        let end = self.hidden.map_or(end, |hidden| hidden.start);
        let shown = self.slice(self.at..end);
        self.at = end;
        if shown.is_empty() { self.next_within(room) } else { Some(Piece::Shown(shown)) }
    }

    fn hidden_at(&self, at: usize) -> Option<Hidden> {
        if let Some(found) = self.known_at(at) {
            return Some(found);
        }
        let named = || match self.layers {
            Layers::All => member::value_at(self.text, at),
            Layers::ValueAndLook => None,
        };
        let found = named().or_else(|| look::at(self.text, at));
        let found = found.filter(|found| found.start < found.end)?;
        // A known secret may precede the value: within the name, or next to it.
        let before = (at..found.start).find_map(|at| self.known_at(at));
        Some(before.unwrap_or_else(|| Hidden { end: self.extended(found), ..found }))
    }

    fn known_at(&self, at: usize) -> Option<Hidden> {
        let range = self.secrets.iter().find_map(|secret| {
            value::found(self.text, at, secret.as_bytes()).filter(|range| !range.is_empty())
        })?;
        Some(Hidden::all(range.start.max(self.at)..range.end))
    }

    /// A secret may start within what another layer hides, and end after it.
    fn extended(&self, found: Hidden) -> usize {
        let (mut at, mut end) = (found.start, found.end);
        while at < end && !self.secrets.is_empty() {
            end = self.known_at(at).map_or(end, |known| known.end.max(end));
            at = at.saturating_add(1);
        }
        end
    }

    fn slice(&self, range: Range<usize>) -> &'t [u8] {
        self.text.get(range).unwrap_or_default()
    }
}

impl<'t> Iterator for Redacted<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_within(usize::MAX)
    }
}

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pieces = *self;
        pieces.try_for_each(|piece| match piece {
            Piece::Shown(shown) => shown.utf8_chunks().try_for_each(|chunk| {
                f.write_str(chunk.valid())?;
                f.write_str(if chunk.invalid().is_empty() { "" } else { "\u{fffd}" })
            }),
            Piece::Hidden { .. } => f.write_str(MARK),
        })
    }
}
