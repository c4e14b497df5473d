//! The part of an entry that another party, or the user, has written.

use super::entry::Entry;
use super::text::Text;

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
