//! The platform of the host, so that the remedy names its own commands.

use crate::evidence::{PLATFORMS, contains};

pub(crate) use crate::evidence::Platform;

/// Returns the most telling platform that `line` reveals.
pub(crate) fn of(line: &[u8]) -> Option<Platform> {
    let signs = PLATFORMS.iter().filter(|(sign, _)| contains(line, sign.as_bytes()));
    signs.map(|&(_, platform)| platform).min()
}

/// Returns the more telling of two.
pub(crate) fn better(held: Option<Platform>, found: Option<Platform>) -> Option<Platform> {
    held.into_iter().chain(found).min()
}
