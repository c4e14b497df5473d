//! Notes on this machine's clock, its hardware clock, and reasons why its accuracy is unknown.

use core::fmt;
use std::fs;

use jwtick_core::survey::RtcFault;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, UnixTime};

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

/// The battery-backed clock of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HardwareClock {
    /// The system's clock minus the hardware clock; `None` if the system shows no hardware clock.
    pub(crate) offset: Option<Offset>,
    /// The time that it is kept in; `None` if the system does not say.
    pub(crate) keeps: Option<Keeps>,
}

/// The time that a hardware clock is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    Utc,
    LocalTime,
}

impl Keeps {
    /// The code in JSON output.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Utc => "utc",
            Self::LocalTime => "local-time",
        }
    }
}

impl HardwareClock {
    pub(crate) fn read() -> Self {
        let since_epoch = fs::read_to_string("/sys/class/rtc/rtc0/since_epoch").ok();
        Self {
            offset: since_epoch.and_then(|secs| offset(secs.trim(), reading())),
            keeps: fs::read_to_string("/etc/adjtime").ok().and_then(|text| keeps(&text)),
        }
    }
}

/// The offset of a hardware clock that reads `secs` from a clock that reads `local`. The kernel cuts
/// the reading to whole seconds (rtc(4)).
fn offset(secs: &str, local: UnixTime) -> Option<Offset> {
    let most = local - UnixTime::from_secs(secs.parse().ok()?);
    Offset::between(most - Span::from_secs(1), most)
}

/// The third line of `/etc/adjtime` (hwclock(8)).
fn keeps(adjtime: &str) -> Option<Keeps> {
    match adjtime.lines().nth(2)?.trim() {
        "UTC" => Some(Keeps::Utc),
        "LOCAL" => Some(Keeps::LocalTime),
        _ => None,
    }
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

    #[test]
    fn hardware_clock_is_known_to_a_second() {
        let at = UnixTime::from_micros(1_000_000_250_000);
        let rows = [
            ("1000000", Some((-750_000, 250_000))),
            ("1003600", Some((-3_600_750_000, -3_599_750_000))),
            ("0", Some((999_999_250_000, 1_000_000_250_000))),
            ("soon", None),
        ];
        for (secs, expected) in rows {
            let found = offset(secs, at).map(|it| (it.least().as_micros(), it.most().as_micros()));
            assert_eq!(found, expected, "{secs}");
        }
    }

    #[test]
    fn reads_hardware_clock_mode() {
        const ROWS: &[(&str, &str, Option<Keeps>)] = &[
            ("local", "0.0 0 0.0\n0\nLOCAL\n", Some(Keeps::LocalTime)),
            ("utc", "0.0 0 0.0\n0\nUTC\n", Some(Keeps::Utc)),
            ("old form", "0.0 0 0.0\n0\n", None),
            ("empty", "", None),
        ];
        for &(name, text, expected) in ROWS {
            assert_eq!(keeps(text), expected, "{name}");
        }
    }
}
