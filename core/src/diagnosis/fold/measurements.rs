//! Offsets that were measured rather than read from the stamps of a log: a server's clock by a
//! series of its `Date`s, and UTC by a time service.

use super::origin::UNNAMED;
use super::track::{Sample, Track};
use crate::evidence::transcript::Means;
use crate::time::Offset;
use crate::time::{Span, UnixTime};

/// The measurements in a text, each as reference minus local.
#[derive(Debug, Clone)]
pub(crate) struct Measurements {
    by_date: Track,
    by_ntp: Track,
}

impl Measurements {
    pub(crate) const fn new() -> Self {
        Self { by_date: Track::new(), by_ntp: Track::new() }
    }

    /// Records an interval that `line` states.
    pub(crate) fn note(&mut self, means: Means, offset: Offset, line: u64) {
        let sample = Sample { offset, at: UnixTime::EPOCH, line, refused: false, host: UNNAMED };
        match means {
            Means::HttpDate => self.by_date.add(sample),
            Means::Ntp => self.by_ntp.add(sample),
        }
    }

    /// Records that a daemon keeps the clock within `offset` of UTC. The daemon states no bound, so
    /// one second is allowed for its daily work.
    pub(crate) fn note_kept(&mut self, offset: Span, line: u64) {
        const DAILY: Span = Span::from_secs(1);
        self.note(Means::Ntp, Offset::exactly(offset).widen(DAILY), line);
    }

    /// The server's clock minus the local clock.
    pub(crate) fn server(&self) -> Option<Offset> {
        self.by_date.offset()
    }

    /// UTC minus the local clock.
    pub(crate) fn utc(&self) -> Option<Offset> {
        self.by_ntp.offset()
    }
}
