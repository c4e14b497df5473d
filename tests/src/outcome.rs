//! The result of a run of the program, and its memory use.

use core::fmt;
use std::fs;
use std::process::ExitStatus;

/// Everything that a run of the program produced. `Display` shows it in a failure message.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The command line after `jwtick`.
    pub arguments: String,
    /// Exit status.
    pub status: ExitStatus,
    /// Standard output; bytes that are not UTF-8 are replaced.
    pub stdout: String,
    /// Standard error, likewise.
    pub stderr: String,
    /// Peak resident memory in bytes; `None` where the system does not report it, and without
    /// [`measure_memory`](crate::Command::measure_memory).
    pub peak: Option<u64>,
}

impl Outcome {
    /// The exit code, −1 if a signal ended the program.
    #[must_use]
    pub fn code(&self) -> i32 {
        self.status.code().unwrap_or(-1)
    }

    /// Standard output as one JSON value; `null` if it is not one.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_default()
    }

    /// Returns true if a panic or a signal ended the program.
    #[must_use]
    pub fn crashed(&self) -> bool {
        self.status.code().is_none_or(|code| code == 101) || self.stderr.contains("panicked at")
    }
}

/// Returns the lines of standard error without the warnings that others can read a file with a
/// secret. The permissions of fixtures depend on how they were checked out.
#[must_use]
pub fn without_shared_files(stderr: &str) -> String {
    let is_shared = |line: &str| line.contains("holds a secret that other users can read");
    stderr.split_inclusive('\n').filter(|line| !is_shared(line)).collect()
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "jwtick {}: {}", self.arguments, self.status)?;
        if let Some(peak) = self.peak {
            writeln!(f, "peak {} KiB ({} MiB)", peak / 1024, peak / MIB)?;
        }
        write!(f, "--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr)
    }
}

/// Bytes in a mebibyte.
pub const MIB: u64 = 1 << 20;

/// The peak resident memory of a running process so far, in bytes (proc(5), `VmHWM`).
///
/// The counter only grows, so the last reading before the end is the peak. `getrusage` would need one
/// reading, but counts what the *parent* had resident when it forked.
pub(crate) fn peak(pid: u32) -> Option<u64> {
    parse_peak(&fs::read_to_string(format!("/proc/{pid}/status")).ok()?)
}

fn parse_peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    kib.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_peak() {
        assert_eq!(parse_peak("Name:\tx\nVmHWM:\t    1536 kB\nVmRSS:\t 8 kB\n"), Some(3 * MIB / 2));
        assert_eq!(parse_peak("Name:\tzombie\n"), None);
    }
}
