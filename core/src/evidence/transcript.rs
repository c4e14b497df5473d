//! The transcript of a connection test. `jwtick probe` and `jwtick rehearse` write it, and a
//! diagnosis reads it.
//!
//! A [`Line`] has a head and one sentence, which is an [`Entry`]:
//!
//! ```text
//! 28.02.2017 18:39:51 - INFO - agent : This clock is 208153.99 to 208154 s behind the clock of login.example (HTTP Date)
//! ```
//!
//! Each line is written in exactly one way: [`Line::parse`] accepts a line only if writing what it
//! has read gives the same text. An entry counts only at the start of the sentence after a head.
//! The same words in a header, in a body or in the log of another program are not an entry.

mod entry;
mod line;
mod phrase;
mod text;
mod verdict;

pub use entry::{Entry, Means, Place};
pub use line::{Level, Line};
pub use text::Text;
pub(crate) use verdict::Judged;

use super::hash;
use crate::survey::{DateOrigin, DateSample};
use crate::time::Offset;

/// The statement of an [`Entry`], without the words of others.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// A clock was measured.
    Measured(Means, Offset),
    /// A service judged a token.
    Judged(Judged),
    /// One of the servers that share a name answered. The name is hashed.
    Answered(u32, DateSample),
    /// An assertion was made for the exchange that follows.
    Made,
    /// A refused request is repeated with the server's time.
    Retrying,
    /// The words of the other side: a status, a header or a body.
    Answer,
    /// There was no usable answer. The reason may quote the other side.
    Fault,
    /// An event that says nothing about clocks.
    Other,
}

impl Told {
    /// The statement of a whole line of a transcript, or of the log of a service.
    pub(crate) fn parse(line: &[u8]) -> Option<Self> {
        let entry = Entry::parse(line).map(|entry| Self::of(&entry));
        entry.or_else(|| Judged::parse(line).map(Self::Judged))
    }

    /// The statement of `entry`.
    pub(crate) fn of(entry: &Entry<'_>) -> Self {
        match *entry {
            Entry::Measured { means, offset, .. } => Self::Measured(means, offset),
            Entry::Answered { server, date, local } => {
                let sample = DateSample { local, date, origin: DateOrigin::Fresh };
                Self::Answered(hash(server.chars()), sample)
            }
            Entry::Made { .. } => Self::Made,
            Entry::Retrying { .. } => Self::Retrying,
            Entry::Status { .. } | Entry::Header { .. } | Entry::Refused { .. } => Self::Answer,
            Entry::Unanswered { .. } => Self::Fault,
            Entry::Opened { .. }
            | Entry::Granting { .. }
            | Entry::Sending { .. }
            | Entry::Run { .. } => Self::Other,
        }
    }
}

impl<'t> Entry<'t> {
    /// The text that comes from another party or from the user; `None` if there is none.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::evidence::transcript::Entry;
    /// let entry = Entry::Unanswered { fault: "no route".into() };
    /// assert_eq!(entry.text(), Some("no route".into()));
    /// assert_eq!(entry.with_text("(redacted)".into()).to_string(), "no usable answer: (redacted)");
    /// ```
    #[must_use]
    pub const fn text(&self) -> Option<Text<'t>> {
        match *self {
            Self::Granting { issuer: text }
            | Self::Measured { server: text, .. }
            | Self::Answered { server: text, .. }
            | Self::Made { claims: text }
            | Self::Sending { target: text, .. }
            | Self::Status { status: text }
            | Self::Header { value: text, .. }
            | Self::Refused { body: text, .. }
            | Self::Unanswered { fault: text } => Some(text),
            Self::Opened { .. } | Self::Retrying { .. } | Self::Run { .. } => None,
        }
    }

    /// The same entry with `text` in the place of [`text`](Self::text).
    #[must_use]
    pub fn with_text(mut self, text: Text<'t>) -> Self {
        match &mut self {
            Self::Granting { issuer: place }
            | Self::Measured { server: place, .. }
            | Self::Answered { server: place, .. }
            | Self::Made { claims: place }
            | Self::Sending { target: place, .. }
            | Self::Status { status: place }
            | Self::Header { value: place, .. }
            | Self::Refused { body: place, .. }
            | Self::Unanswered { fault: place } => *place = text,
            Self::Opened { .. } | Self::Retrying { .. } | Self::Run { .. } => {}
        }
        self
    }
}
