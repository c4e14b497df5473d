//! Sets the clock of the operating system. No other module does.

use core::fmt;
use std::io;

use jwtick_core::UnixTime;
use jwtick_core::survey::Step;

use super::anchor::{AnchoredUtc, Lost};

/// Sets the clock to the middle of the current bounds on UTC, and returns that instant.
///
/// # Errors
/// [`SetError::Lost`] if UTC is no longer known, [`SetError::Privilege`] if this program may not
/// set clocks, [`SetError::System`] for any other error of the system.
pub(crate) fn set(utc: &AnchoredUtc) -> Result<UnixTime, SetError> {
    let target = Step::target(utc.now().map_err(SetError::Lost)?);
    settime(target)?;
    Ok(target)
}

#[cfg(target_os = "linux")]
fn settime(target: UnixTime) -> Result<(), SetError> {
    use rustix::time::{ClockId, Timespec, clock_settime};

    let micros = target.as_micros();
    let time = Timespec {
        tv_sec: target.floor_secs(),
        tv_nsec: micros.rem_euclid(1_000_000).saturating_mul(1_000),
    };
    clock_settime(ClockId::Realtime, time).map_err(|errno| SetError::of(errno.into()))
}

#[cfg(not(target_os = "linux"))]
fn settime(_target: UnixTime) -> Result<(), SetError> {
    Err(SetError::of(io::ErrorKind::Unsupported.into()))
}

/// Reasons why the clock was not set.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum SetError {
    /// UTC is no longer known.
    Lost(Lost),
    /// Only processes with `CAP_SYS_TIME` may set clocks (capabilities(7)).
    Privilege,
    /// The system returned another error.
    System(io::Error),
}

impl SetError {
    fn of(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::PermissionDenied => Self::Privilege,
            _ => Self::System(source),
        }
    }
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(lost) => lost.fmt(f),
            Self::Privilege => f.write_str(
                "expected the privilege to set the clock (CAP_SYS_TIME), but found none: run the command \
                 with sudo",
            ),
            Self::System(source) => write!(f, "cannot set the clock: {source}"),
        }
    }
}

impl core::error::Error for SetError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Lost(lost) => Some(lost),
            Self::Privilege => None,
            Self::System(source) => Some(source),
        }
    }
}
