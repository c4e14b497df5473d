//! `jwtick serve` for one front.

use core::net::SocketAddr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use jwtick_tests::{Front, fixture, program};
use tempfile::TempDir;

use super::cases::State;

pub(super) struct Service {
    child: Child,
    address: SocketAddr,
    state: State,
    _folder: TempDir,
}

impl Service {
    pub(super) fn start(front: Front) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("jwtick.toml");
        fs::write(&file, configuration(front)).unwrap();
        let mut command = Command::new(program());
        command.arg("--config").arg(&file).args(["serve", "--json", "--listen", "127.0.0.1:0"]);
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let urls: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        let url = urls["verify_url"].as_str().unwrap_or_default();
        let address = url.trim_start_matches("http://").trim_end_matches("/verify");
        let said = || fs::read_to_string(folder.path().join("log")).unwrap();
        let address = address.parse().unwrap_or_else(|_| panic!("{line}{}", said()));
        Self { child, address, state: State::Running, _folder: folder }
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn bring_into(&mut self, state: State) {
        if state == self.state {
            return;
        }
        let signal = match state {
            State::Running => "CONT",
            State::Silent => "STOP",
            State::Ended => "KILL",
        };
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
        match state {
            State::Running => {}
            // The signal is sent at once, but each thread stops when it sees it.
            State::Silent => while !self.is_stopped() {},
            State::Ended => drop(self.child.wait().unwrap()),
        }
        self.state = state;
    }

    fn is_stopped(&self) -> bool {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        threads.flatten().all(|thread| {
            let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
            status.contains("State:\tT")
        })
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Both issuers have the same audience. The keys of the second can never be fetched.
fn configuration(front: Front) -> String {
    let (front, secret) = (front.name().to_lowercase(), fixture("keys/hs.secret"));
    format!(
        r#"
[serve]
front = "{front}"
trust-forwarded = true
cookie = "session"

[[serve.issuer]]
name = "login"
issuer = "https://login.example"
secret-file = "{}"
audiences = ["api"]

[[serve.issuer.route]]
path = "/admin/*"
scopes = ["admin"]

[[serve.issuer]]
name = "away"
discover = "https://away.invalid"
audiences = ["api"]
"#,
        secret.display()
    )
}
