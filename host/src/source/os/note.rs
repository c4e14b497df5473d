//! Notes on this machine's clock, and reasons why its accuracy is unknown.

use core::fmt;
use std::fs;

use jwtick_core::survey::RtcFault;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, UnixTime};

use super::facts::{HardwareClock, Keeps};
use super::{reading, since_1970};
use crate::source::daemon::Daemon;

/// A note on this machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum OsNote {
    /// The machine slept during this boot, for this span in total.
    Slept(Span),
    /// The hardware clock differs from the system's clock.
    Rtc(RtcFault),
    /// systemd-timesyncd saved a later time than the clock reads, by this much.
    BehindSaved(Span),
    /// The hardware clock is kept in local time (hwclock(8), third line of `/etc/adjtime`).
    RtcInLocalTime,
}

/// Returns all notes that can be determined; others are omitted.
pub(crate) fn notes() -> Vec<OsNote> {
    let slept = super::suspended().filter(|slept| *slept >= SHORTEST).map(OsNote::Slept);
    slept.into_iter().chain(behind_saved()).chain(rtc()).collect()
}

/// Updated at each synchronization and each clean shutdown, so UTC is after it
/// (systemd-timesyncd(8)).
pub(crate) const SAVED: &str = "/var/lib/systemd/timesync/clock";

fn behind_saved() -> Option<OsNote> {
    let saved = since_1970(fs::metadata(SAVED).ok()?.modified().ok()?);
    behind(saved, reading())
}

fn behind(saved: UnixTime, reading: UnixTime) -> Option<OsNote> {
    let behind = saved - reading;
    (behind > Span::ZERO).then_some(OsNote::BehindSaved(behind))
}

/// Boot time and monotonic time are not read at the same instant, so a shorter difference is
/// ignored.
pub(crate) const SHORTEST: Span = Span::from_millis(100);

fn rtc() -> Option<OsNote> {
    let hardware = HardwareClock::read();
    if hardware.keeps == Some(Keeps::LocalTime) {
        return Some(OsNote::RtcInLocalTime);
    }
    RtcFault::of(-hardware.offset?.most()).map(OsNote::Rtc)
}

impl fmt::Display for OsNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slept(span) => {
                let slept = words::duration(*span, Language::English);
                write!(f, "this machine slept for {slept} since it started")
            }
            Self::Rtc(RtcFault::Apart(span)) => {
                let apart = words::duration(span.abs(), Language::English);
                let side = if *span < Span::ZERO { "behind" } else { "ahead of" };
                write!(f, "the hardware clock is {apart} {side} the clock of the system")
            }
            Self::Rtc(RtcFault::Zone(span)) => {
                let apart = words::duration(span.abs(), Language::English);
                let side = if *span < Span::ZERO { "behind" } else { "ahead of" };
                write!(
                    f,
                    "the hardware clock is {apart} {side} the clock of the system, as if one of \
                     them showed local time"
                )
            }
            Self::BehindSaved(span) => {
                let behind = words::duration(*span, Language::English);
                write!(f, "this clock is {behind} behind what systemd-timesyncd saved in {SAVED}")
            }
            Self::RtcInLocalTime => f.write_str(
                "the hardware clock is kept in local time, so that the clock may be hours off \
                 after a start",
            ),
        }
    }
}

/// The missing information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Unknown {
    /// No daemon controls the clock.
    Nobody,
    /// Running daemons cannot be seen.
    Hidden,
    /// The daemon does not report it.
    Tacit(Daemon),
    /// The daemon's tool is missing, or gets no answer.
    Silent(Daemon),
    /// The output of its tool is not understood.
    Unreadable,
    /// The daemon has no reference yet.
    Unsynchronised,
    /// The daemon uses this very clock as its reference.
    Itself,
    /// The last report is from a time that does not match the clock.
    Stale,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => {
                f.write_str("no time daemon is running, so the accuracy of this clock is unknown")
            }
            Self::Hidden => f.write_str(
                "it is unknown whether a time daemon is running: /proc shows no other processes",
            ),
            Self::Tacit(daemon) => {
                write!(f, "{} is running, but does not report its maximum error", daemon.name())
            }
            Self::Silent(daemon) => {
                write!(f, "{} is running, but does not answer", daemon.name())
            }
            Self::Unreadable => f.write_str("the time daemon's report could not be parsed"),
            Self::Unsynchronised => f.write_str("the time daemon has not synchronized this clock"),
            Self::Itself => f.write_str("the time daemon uses this clock itself as the reference"),
            Self::Stale => f.write_str(
                "the time daemon last synchronized at another time than this clock shows",
            ),
        }
    }
}

impl core::error::Error for Unknown {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_before_saved_time_is_reported_as_behind() {
        let at = UnixTime::from_secs;
        let rows = [
            ("later", at(5), at(6), None),
            ("the same", at(5), at(5), None),
            ("back in 1970", at(5), at(3), Some(OsNote::BehindSaved(Span::from_secs(2)))),
        ];
        for (name, saved, reading, note) in rows {
            assert_eq!(behind(saved, reading), note, "{name}");
        }
    }
}
