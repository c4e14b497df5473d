//! What a line of a transcript states by itself, as a value.

use super::entry::{Entry, Means};
use crate::evidence::hash;
use crate::survey::{DateOrigin, DateSample};
use crate::time::Offset;

/// The statement of an [`Entry`], without the words of others.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// A clock was measured.
    Measured(Means, Offset),
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
