//! The platform of the host, so that the remedy names its own commands.

use crate::evidence::{PLATFORMS, contains};

pub(crate) use crate::evidence::Platform;

/// Returns the platform that `line` reveals.
pub(crate) fn of(line: &[u8]) -> Option<Platform> {
    let sign = PLATFORMS.iter().find(|(sign, _)| contains(line, sign.as_bytes()));
    sign.map(|&(_, platform)| platform)
}
