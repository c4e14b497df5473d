//! Which program sets the clock of this machine.

use std::fs;
use std::path::Path;

use jwtick_core::survey::Keeper;

/// A program that sets clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Daemon {
    Chrony,
    /// Of ntp.org, or as ntpsec.
    Ntpd,
    NtpdRs,
    OpenNtpd,
    Timesyncd,
    /// PTP, IEEE 1588.
    Linuxptp,
    VirtualBox,
}

impl Daemon {
    /// What the kernel calls their processes: at most 15 bytes (proc(5), `comm`).
    const COMMS: &'static [(&'static str, Self)] = &[
        ("chronyd", Self::Chrony),
        ("ntpd", Self::Ntpd),
        ("ntp-daemon", Self::NtpdRs),
        ("systemd-timesyn", Self::Timesyncd),
        ("phc2sys", Self::Linuxptp),
        ("ptp4l", Self::Linuxptp),
        // VMware's vmtoolsd is not here: it runs in every guest and leaves the clock alone unless
        // told otherwise, while VBoxService sets it.
        ("VBoxService", Self::VirtualBox),
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chrony => "chronyd",
            Self::Ntpd => "ntpd",
            Self::NtpdRs => "ntpd-rs",
            Self::OpenNtpd => "OpenNTPD",
            Self::Timesyncd => "systemd-timesyncd",
            Self::Linuxptp => "linuxptp",
            Self::VirtualBox => "VBoxService",
        }
    }

    /// What makes it set the clock at once.
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Chrony => "sudo chronyc makestep",
            Self::Ntpd => "sudo systemctl restart ntpsec || sudo systemctl restart ntp",
            Self::NtpdRs => "sudo systemctl restart ntpd-rs",
            Self::OpenNtpd => "sudo systemctl restart openntpd",
            Self::Timesyncd => "sudo systemctl restart systemd-timesyncd",
            Self::Linuxptp => "sudo systemctl restart phc2sys",
            Self::VirtualBox => "sudo systemctl restart virtualbox-guest-utils",
        }
    }

    const fn keeper(self) -> Keeper {
        match self {
            Self::Chrony => Keeper::Chrony,
            Self::Timesyncd => Keeper::Timesyncd,
            Self::Ntpd | Self::NtpdRs | Self::OpenNtpd | Self::Linuxptp => Keeper::Ntpd,
            Self::VirtualBox => Keeper::Wsl, // the advice for every guest
        }
    }
}

/// Whether a program that sets clocks was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It runs.
    Running(Daemon),
    /// None runs.
    Nobody,
    /// Other people's processes cannot be seen here (proc(5), `hidepid`), or there is no `/proc`.
    Hidden,
}

/// Looks for a program that sets the clock.
pub(crate) fn seen() -> Seen {
    among(Path::new("/proc"))
}

/// The daemon that sets the clock of this machine, as far as it is visible from inside.
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

/// What this program runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A machine, real or virtual.
    Machine,
    /// A container: it has no clock of its own.
    Container,
    /// Linux inside of Windows.
    Wsl,
    Windows,
    Macos,
}

/// What this program runs in.
pub(crate) fn place() -> Place {
    // Docker, Podman, and what says so by systemd's convention (systemd.io/CONTAINER_INTERFACE).
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
    // Process 1 always runs; a user who cannot see it sees only their own processes.
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

/// The name in proc(5) `stat`, `PID (comm) STATE …`, of a process that has not ended. A name may
/// itself hold parentheses and spaces.
fn alive(stat: &str) -> Option<&str> {
    let (head, tail) = stat.rsplit_once(')')?;
    let (_, comm) = head.split_once('(')?;
    (!tail.trim_start().starts_with(['Z', 'X', 'x'])).then_some(comm)
}

// OpenNTPD's processes show their part instead of arguments: `ntpd: ntp engine`.
fn is_openntpd(cmdline: &Path) -> bool {
    fs::read(cmdline).is_ok_and(|line| line.windows(6).any(|part| part == b"ntpd: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_name_of_what_runs() {
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
    fn names_fit_into_what_the_kernel_keeps() {
        for (comm, daemon) in Daemon::COMMS {
            assert!(comm.len() <= 15, "{}", daemon.name());
        }
    }

    #[test]
    fn hidden_processes_are_reported() {
        assert_eq!(among(Path::new("/nonexistent")), Seen::Hidden);
        assert_eq!(among(Path::new(env!("CARGO_MANIFEST_DIR"))), Seen::Hidden);
    }
}
