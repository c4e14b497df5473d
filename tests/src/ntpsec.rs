//! ntpsec's ntpd as a server of time. It knows no port but 123, so it has a network of its own, and
//! who asks it enters that. It never touches the clock of the machine.

use core::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::daemon::{Daemon, must};
use crate::tool::tool;

/// An ntpd that serves the time of this machine at 127.0.0.1 and ::1 of its own network.
pub struct Ntpsec(Daemon);

/// `tos orphan`: a server that nobody else tells the time serves its own clock. IPv6 is for the
/// harness, which asks more often than the usual limit of a request a second until it is answered.
const ORPHAN: &str = "disable ntp\ntos orphan 4 orphanwait 1\nunrestrict -6 default limited\n";

/// The shell becomes ntpd, so that the process is the one that is ended.
const SERVE: &str = r#"echo $$ >"$1/pid" && ip link set lo up && cd "$1" && shift && exec "$@""#;

/// One request (RFC 5905: version 4, mode 3), and the first byte of its reply: 36 is version 4, mode
/// 4 and a leap indicator that says "synchronized". Bash alone, as std cannot enter a network.
const ASK: &str = r"
    exec 3<>/dev/udp/::1/123
    printf '\x23\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1' >&3
    test $(timeout 1 head -c 1 <&3 | od -An -tu1) = 36";

impl Ntpsec {
    /// Serves everybody.
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        Self::with("")
    }

    /// Turns away who asks more than a few times in ten seconds over IPv4, and says so once
    /// (`RATE`).
    #[must_use]
    #[track_caller]
    pub fn limited() -> Self {
        Self::with("restrict -4 default limited kod\nlimit burst 3 average 0.1 kod 1\n")
    }

    /// What a program is to be run [under](crate::Command::under) to reach the server.
    #[must_use]
    pub fn entrance(&self) -> [String; 3] {
        [format!("--target={}", self.0.id()), "--net".into(), "--".into()]
    }

    /// The process behind it.
    #[must_use]
    pub const fn daemon(&self) -> &Daemon {
        &self.0
    }

    #[track_caller]
    fn with(settings: &str) -> Self {
        let home = RefCell::new(PathBuf::new());
        let command = |folder: &Path| {
            home.replace(folder.to_path_buf());
            command(folder, settings)
        };
        Self(Daemon::start("ntpd", command, || answers(&home.borrow())))
    }
}

fn command(folder: &Path, settings: &str) -> Command {
    let file = folder.join("ntp.conf");
    must("ntp.conf", fs::write(&file, format!("{ORPHAN}{settings}")));
    let mut command = Command::new(tool("unshare"));
    command.args(["--net", "--", "/bin/sh", "-c", SERVE, "sh"]).arg(folder);
    command.arg(tool("setpriv")).args(["--bounding-set", "-sys_time", "--inh-caps", "-sys_time"]);
    command.arg(tool("ntpd")).args(["-n", "-I", "lo", "-c"]).arg(file);
    command
}

fn answers(folder: &Path) -> bool {
    let Ok(id) = fs::read_to_string(folder.join("pid")) else { return false };
    let mut probe = Command::new(tool("nsenter"));
    probe.args([&format!("--target={}", id.trim()), "--net", "--", "bash", "-c", ASK]);
    probe.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
