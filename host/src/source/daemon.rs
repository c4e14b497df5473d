//! Detects the program that sets the clock of this machine.

use std::fs;
use std::path::Path;

use jwtick_core::survey::Keeper;

/// A program that sets clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Daemon {
    Chrony,
    /// The one from ntp.org, or ntpsec.
    Ntpd,
    NtpdRs,
    OpenNtpd,
    Timesyncd,
    /// PTP, IEEE 1588.
    Linuxptp,
    VirtualBox,
    /// The Windows Time service, which every Windows has.
    WindowsTime,
}

impl Daemon {
    /// Process names in the kernel: at most 15 bytes (proc(5), `comm`).
    const COMMS: &'static [(&'static str, Self)] = &[
        ("chronyd", Self::Chrony),
        ("ntpd", Self::Ntpd),
        ("ntp-daemon", Self::NtpdRs),
        ("systemd-timesyn", Self::Timesyncd),
        ("phc2sys", Self::Linuxptp),
        ("ptp4l", Self::Linuxptp),
        // VMware's vmtoolsd is missing on purpose: it runs in every guest and leaves the clock
        // alone unless configured otherwise, while VBoxService sets it.
        ("VBoxService", Self::VirtualBox),
    ];

    /// Returns the name of the program.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chrony => "chronyd",
            Self::Ntpd => "ntpd",
            Self::NtpdRs => "ntpd-rs",
            Self::OpenNtpd => "OpenNTPD",
            Self::Timesyncd => "systemd-timesyncd",
            Self::Linuxptp => "linuxptp",
            Self::VirtualBox => "VBoxService",
            Self::WindowsTime => "w32time",
        }
    }

    /// Returns the command that makes it set the clock at once.
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Chrony => "sudo chronyc makestep",
            Self::Ntpd => "sudo systemctl restart ntpsec || sudo systemctl restart ntp",
            Self::NtpdRs => "sudo systemctl restart ntpd-rs",
            Self::OpenNtpd => "sudo systemctl restart openntpd",
            Self::Timesyncd => "sudo systemctl restart systemd-timesyncd",
            Self::Linuxptp => "sudo systemctl restart phc2sys",
            Self::VirtualBox => "sudo systemctl restart virtualbox-guest-utils",
            Self::WindowsTime => "w32tm /resync /force",
        }
    }

    const fn keeper(self) -> Keeper {
        match self {
            Self::Chrony => Keeper::Chrony,
            Self::Timesyncd => Keeper::Timesyncd,
            Self::Ntpd | Self::NtpdRs | Self::OpenNtpd | Self::Linuxptp => Keeper::Ntpd,
            Self::VirtualBox => Keeper::Wsl, // the advice for every guest
            Self::WindowsTime => Keeper::Windows,
        }
    }
}

/// Result of looking for a program that sets clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// This one is running.
    Running(Daemon),
    /// None is running.
    Nobody,
    /// Other users' processes are hidden here (proc(5), `hidepid`), or there is no `/proc`.
    Hidden,
}

/// Looks for a program that sets the clock.
pub(crate) fn seen() -> Seen {
    if cfg!(windows) {
        return Seen::Running(Daemon::WindowsTime);
    }
    among(Path::new("/proc"))
}

/// Returns the daemon that sets the clock of this machine, if this program can see it.
pub(crate) fn keeper() -> Keeper {
    match (seen(), place()) {
        (Seen::Running(daemon), _) => daemon.keeper(),
        (_, Place::Wsl) => Keeper::Wsl,
        (_, Place::Container) => Keeper::ContainerHost,
        (_, Place::Windows) => Keeper::Windows,
        (_, Place::Macos) => Keeper::Macos,
        (_, Place::Machine) => Keeper::Nobody,
    }
}

/// The environment of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A machine, real or virtual.
    Machine,
    /// A container: it has no clock of its own.
    Container,
    /// Linux on Windows.
    Wsl,
    Windows,
    Macos,
}

impl Place {
    /// The code in JSON output.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Container => "container",
            Self::Wsl => "wsl",
            Self::Windows => "windows",
            Self::Macos => "macos",
        }
    }
}

/// Detects the environment of this program.
pub(crate) fn place() -> Place {
    // Docker, Podman, and others that follow systemd's convention (systemd.io/CONTAINER_INTERFACE).
    const CONTAINER: [&str; 3] = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"];
    let release = || fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    if cfg!(windows) {
        Place::Windows
    } else if cfg!(target_os = "macos") {
        Place::Macos
    } else if release().to_ascii_lowercase().contains("microsoft") {
        Place::Wsl
    } else if CONTAINER.iter().any(|mark| Path::new(mark).exists()) {
        Place::Container
    } else {
        Place::Machine
    }
}

fn among(proc: &Path) -> Seen {
    // Process 1 always runs; users who cannot see it see only their own processes.
    let Ok(entries) = fs::read_to_string(proc.join("1/stat")).and_then(|_| fs::read_dir(proc))
    else {
        return Seen::Hidden;
    };
    let mut folders = entries.flatten().map(|entry| entry.path());
    folders.find_map(|folder| daemon(&folder)).map_or(Seen::Nobody, Seen::Running)
}

fn daemon(process: &Path) -> Option<Daemon> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    let comm = alive(&stat)?;
    let (_, found) = Daemon::COMMS.iter().find(|(known, _)| *known == comm)?;
    match found {
        Daemon::Ntpd if is_openntpd(&process.join("cmdline")) => Some(Daemon::OpenNtpd),
        found => Some(*found),
    }
}

/// Returns the name in proc(5) `stat`, `PID (comm) STATE …`, of a process that has not ended. A
/// name may itself contain parentheses and spaces.
fn alive(stat: &str) -> Option<&str> {
    let (head, tail) = stat.rsplit_once(')')?;
    let (_, comm) = head.split_once('(')?;
    (!tail.trim_start().starts_with(['Z', 'X', 'x'])).then_some(comm)
}

// OpenNTPD's processes show their role instead of arguments: `ntpd: ntp engine`.
fn is_openntpd(cmdline: &Path) -> bool {
    fs::read(cmdline).is_ok_and(|line| line.windows(6).any(|part| part == b"ntpd: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_of_running_processes() {
        const ROWS: &[(&str, &str, Option<&str>)] = &[
            ("asleep", "812 (chronyd) S 1 812 812 0", Some("chronyd")),
            ("ended", "812 (chronyd) Z 1 812 812 0", None),
            ("cut to 15 bytes", "9 (systemd-timesyn) S 1", Some("systemd-timesyn")),
            ("a name like a state", "7 (a) Z (chronyd) S 1", Some("a) Z (chronyd")),
            ("nothing", "", None),
            ("torn", "812 (chron", None),
        ];
        for &(name, stat, comm) in ROWS {
            assert_eq!(alive(stat), comm, "{name}");
        }
    }

    #[test]
    fn names_fit_kernel_limit() {
        for (comm, daemon) in Daemon::COMMS {
            assert!(comm.len() <= 15, "{}", daemon.name());
        }
    }

    #[test]
    fn missing_process_1_is_reported_as_hidden() {
        assert_eq!(among(Path::new("/nonexistent")), Seen::Hidden);
        assert_eq!(among(Path::new(env!("CARGO_MANIFEST_DIR"))), Seen::Hidden);
    }
}
