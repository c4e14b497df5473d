//! Facts about this host's clock that need no server: hardware clock, zone, uptime, environment.

use std::fs;
use std::path::Path;

use jwtick_core::time::Offset;
use jwtick_core::{Span, UnixTime};

use super::reading;
use crate::notation::duration::span;
use crate::notation::zone::{self, LocalZone};
use crate::source::daemon::{self, Place};

/// Facts about this host's clock.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) place: Place,
    /// The manufacturer of the virtual machine that this system runs on; empty if unknown. `None` if
    /// nothing shows a virtual machine.
    pub(crate) hypervisor: Option<String>,
    /// The counter that the kernel's clock runs on.
    pub(crate) clock_source: Option<String>,
    pub(crate) hardware: HardwareClock,
    pub(crate) zone: LocalZone,
    /// Time since the start of the system, suspended or not.
    pub(crate) uptime: Option<Span>,
    pub(crate) suspended: Option<Span>,
}

impl Facts {
    pub(crate) fn read() -> Self {
        Self {
            place: daemon::place(),
            hypervisor: hypervisor(),
            clock_source: line(CLOCK_SOURCE),
            hardware: HardwareClock::read(),
            zone: zone::local_zone(reading()),
            uptime: super::boot().map(span),
            suspended: super::suspended(),
        }
    }
}

const CLOCK_SOURCE: &str = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

fn line(name: &str) -> Option<String> {
    let text = fs::read_to_string(name).ok()?;
    Some(text.trim().to_owned()).filter(|line| !line.is_empty())
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
        let since_epoch = line("/sys/class/rtc/rtc0/since_epoch");
        Self {
            offset: since_epoch.and_then(|secs| offset(&secs, reading())),
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

/// The kernel shows a hypervisor as a feature of the processor, or as a folder of its own. Its
/// manufacturer is that of the machine (SMBIOS, `sys_vendor`).
fn hypervisor() -> Option<String> {
    let feature = fs::read_to_string("/proc/cpuinfo").is_ok_and(|text| has_hypervisor(&text));
    let shown = feature || Path::new("/sys/hypervisor/type").exists();
    shown.then(|| line("/sys/class/dmi/id/sys_vendor").unwrap_or_default())
}

fn has_hypervisor(cpuinfo: &str) -> bool {
    let mut features = cpuinfo.lines().filter(|line| line.starts_with("flags"));
    features.any(|line| line.split_whitespace().any(|feature| feature == "hypervisor"))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn hypervisor_is_a_feature_of_the_processor() {
        const ROWS: &[(&str, bool)] = &[
            ("processor\t: 0\nflags\t\t: fpu hypervisor lm\n", true),
            ("flags\t\t: fpu lm\nvmx flags\t: hypervisor_x\n", false),
            ("model name\t: hypervisor\n", false),
            ("", false),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(has_hypervisor(text), expected, "{text}");
        }
    }
}
