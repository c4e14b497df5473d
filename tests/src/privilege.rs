//! The privilege to set clocks, which no test run of `jwtick clock` has.

use std::ffi::OsString;
use std::fs;

use crate::paths::tool;

/// `CAP_SYS_TIME` among the bits of proc(5), `CapEff` (capabilities(7), linux/capability.h).
const SYS_TIME: u64 = 1 << 25;

/// Returns a command that runs a program without the privilege; empty if the tests do not have it.
#[track_caller]
pub(crate) fn without_sys_time() -> Vec<OsString> {
    if !may_set_clocks(&fs::read_to_string("/proc/self/status").unwrap_or_default()) {
        return Vec::new();
    }
    let dropped = ["--bounding-set", "-sys_time", "--inh-caps", "-sys_time"];
    let mut line = vec![tool("setpriv").into()];
    line.extend(dropped.map(OsString::from));
    line
}

fn may_set_clocks(status: &str) -> bool {
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let bits = effective.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok());
    bits.is_some_and(|bits| bits & SYS_TIME != 0)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn the_privilege_is_seen() {
        assert!(may_set_clocks("CapPrm:\t0\nCapEff:\t000001fffeffffff\n"));
        assert!(!may_set_clocks("CapPrm:\t000001fffeffffff\nCapEff:\t000001fffcffffff\n"));
        assert!(!may_set_clocks(""));
    }

    #[test]
    fn nothing_is_left_of_it() {
        let mut line = without_sys_time();
        line.extend(["cat", "/proc/self/status"].map(OsString::from));
        let status = Command::new(&line[0]).args(&line[1..]).output().unwrap();
        let status = String::from_utf8(status.stdout).unwrap();
        assert!(status.contains("CapEff:") && !may_set_clocks(&status), "{status}");
    }
}
