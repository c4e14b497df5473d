//! The platform of the host, so that the remedy names its own commands.

use crate::evidence::{PLATFORMS, Pairs};

pub(crate) use crate::evidence::Platform;

/// Number of lines that are searched.
const SEARCHED: u16 = 1_000;

/// The platform that the start of a text reveals. Signs of it are spread over its lines, and some tell
/// more than others.
#[derive(Debug, Clone)]
pub(crate) struct Platforms {
    best: Option<Platform>,
    lines: u16,
}

impl Platforms {
    pub(crate) const fn new() -> Self {
        Self { best: None, lines: 0 }
    }

    /// The most telling platform so far.
    pub(crate) const fn best(&self) -> Option<Platform> {
        self.best
    }

    /// Records the platform that a line reveals, which has these pairs.
    pub(crate) fn see(&mut self, line: &[u8], pairs: &Pairs) {
        if self.lines < SEARCHED {
            self.lines = self.lines.saturating_add(1);
            let signs = PLATFORMS.iter().filter(|(sign, _)| pairs.find(line, sign.as_bytes()));
            self.best = signs.map(|&(_, platform)| platform).chain(self.best).min();
        }
    }
}
