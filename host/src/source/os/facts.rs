//! Facts about this host's clock that need no server: kernel, hardware clock, zone, uptime, environment.

use core::time::Duration;
use std::fs;
use std::path::Path;
use std::time::Instant;

use jwtick_core::Span;

use super::ask::ask;
use super::note::HardwareClock;
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
    /// What the kernel was told about its clock; `None` if no tool of this system shows it.
    pub(crate) kernel: Option<Kernel>,
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
            kernel: Kernel::read(),
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

/// What a time service told the kernel about its clock (adjtimex(2)), which a container shares with its
/// host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kernel {
    pub(crate) synchronized: bool,
    /// The maximum error by the kernel's own count, which grows by 500 ppm until the service resets it.
    /// systemd-timesyncd resets it to zero whatever the distance of its server.
    pub(crate) max_error: Option<Span>,
}

impl Kernel {
    /// Asks the tools of Debian, BusyBox and systemd: std has no call for it, and this program contains
    /// no unsafe code of its own.
    pub(crate) fn read() -> Option<Self> {
        let deadline = Instant::now() + PATIENCE;
        let adjtimex = |(program, arguments): (&str, &[&str])| {
            ask(program, arguments, deadline).ok().and_then(|text| kernel(&text))
        };
        let adjtimex = [("adjtimex", &["--print"][..]), ("busybox", &["adjtimex"])].map(adjtimex);
        adjtimex.into_iter().flatten().next().or_else(|| {
            let said =
                ask("timedatectl", &["show", "--property=NTPSynchronized", "--value"], deadline);
            said.ok().map(|said| Self { synchronized: said.trim() == "yes", max_error: None })
        })
    }
}

/// These tools read the kernel, and wait for nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// STA_UNSYNC of adjtimex(2).
const UNSYNCHRONIZED: u32 = 0x40;

fn kernel(report: &str) -> Option<Kernel> {
    let number = |name| {
        let mut members = report.lines().filter_map(|line| line.trim().split_once(':'));
        let (_, value) = members.find(|(member, _)| *member == name)?;
        value.split_whitespace().next()
    };
    let status: u32 = number("status")?.parse().ok()?;
    let max_error = Span::from_micros(number("maxerror")?.parse().ok()?);
    Some(Kernel { synchronized: status & UNSYNCHRONIZED == 0, max_error: Some(max_error) })
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
    fn reads_what_the_kernel_was_told() {
        let recorded = crate::source::os::recorded;
        let told = |synchronized, micros| {
            let max_error = Some(Span::from_micros(micros));
            Some(Kernel { synchronized, max_error })
        };
        let right = recorded("adjtimex-debian").replace("status: 64", "status: 8193");
        let rows = [
            ("debian", recorded("adjtimex-debian"), told(false, 16_000_000)),
            ("busybox", recorded("adjtimex-busybox"), told(false, 16_000_000)),
            ("synchronized", right.replace("maxerror: 16000000", "maxerror: 512"), told(true, 512)),
            ("no status", right.replace("status", "state"), None),
            ("no number", right.replace("8193", "ok"), None),
            ("nothing", String::new(), None),
        ];
        for (name, report, expected) in rows {
            assert_eq!(kernel(&report), expected, "{name}");
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
