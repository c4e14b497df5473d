//! ntpsec's ntpd as a time server. It supports only port 123, so it runs in a network namespace of its
//! own, which its clients enter. It never touches the clock of the machine.

use core::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::daemon::{Daemon, must};
use crate::tool;

/// An ntpd that serves the time of this machine at 127.0.0.1 and ::1 of its own network.
pub struct Ntpsec(Daemon);

/// `tos orphan`: a server without any other source serves its own clock. IPv6 is for the harness,
/// which polls faster than the usual limit of a request a second until it gets an answer.
const ORPHAN: &str = "disable ntp\ntos orphan 4 orphanwait 1\nunrestrict -6 default limited\n";

/// The shell becomes ntpd, so that ending the process ends ntpd.
const SERVE: &str = r#"echo $$ >"$1/pid" && ip link set lo up && cd "$1" && shift && exec "$@""#;

/// One request (RFC 5905: version 4, mode 3), and the first byte of its reply: 36 is version 4, mode
/// 4 and a leap indicator that says "synchronized". Bash alone, as std cannot enter a network.
const ASK: &str = r"
    exec 3<>/dev/udp/::1/123
    printf '\x23\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1' >&3
    test $(timeout 1 head -c 1 <&3 | od -An -tu1) = 36";

impl Ntpsec {
    /// Serves all clients.
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        Self::with("")
    }

    /// Refuses clients that send more than a few requests in ten seconds over IPv4, and tells them once
    /// (`RATE`).
    #[must_use]
    #[track_caller]
    pub fn limited() -> Self {
        Self::with("restrict -4 default limited kod\nlimit burst 3 average 0.1 kod 1\n")
    }

    /// The command that a program must run [under](crate::Command::under) to reach the server.
    #[must_use]
    pub fn entrance(&self) -> [String; 3] {
        [format!("--target={}", self.0.id()), "--net".into(), "--".into()]
    }

    /// The process that was started.
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
