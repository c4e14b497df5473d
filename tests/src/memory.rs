//! Memory use of a running program.

use std::fs;

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
