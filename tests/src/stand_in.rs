//! `jwtick stand-in` as a program that runs during a test.

use core::net::SocketAddr;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use serde_json::Value;

use crate::daemon::must;
use crate::http::{Answer, Connection};
use crate::program;

/// A stand-in that ends with the test, even if the test fails.
pub struct StandIn {
    child: Child,
    log: Option<JoinHandle<String>>,
    /// The addresses that it printed.
    pub urls: Value,
}

impl StandIn {
    /// Starts it with these arguments and `--json`, and reads its addresses.
    #[must_use]
    #[track_caller]
    pub fn start(arguments: &[&str]) -> Self {
        Self::started(&mut Command::new(program()), arguments)
    }

    /// Does the same through a wrapper command.
    #[must_use]
    #[track_caller]
    pub fn started(command: &mut Command, arguments: &[&str]) -> Self {
        command.args(["stand-in", "--json"]).args(arguments).env("LANG", "C");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = must("stand-in", command.spawn());
        let mut stderr = child.stderr.take();
        let log = thread::spawn(move || {
            let mut log = Vec::new();
            let _ = stderr.as_mut().map(|stderr| stderr.read_to_end(&mut log));
            String::from_utf8_lossy(&log).into_owned()
        });
        let mut line = String::new();
        let stdout = child.stdout.as_mut();
        let _ = stdout.map(|stdout| BufReader::new(stdout).read_line(&mut line));
        let urls = serde_json::from_str(&line).unwrap_or_default();
        Self { child, log: Some(log), urls }
    }

    /// Returns one of the addresses.
    #[must_use]
    pub fn url(&self, name: &str) -> &str {
        self.urls.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The address on which it listens.
    #[must_use]
    #[track_caller]
    pub fn address(&self) -> SocketAddr {
        let address = self.url("issuer").trim_start_matches("http://").parse();
        must("the address of the stand-in", address)
    }

    /// Opens a new connection.
    #[must_use]
    #[track_caller]
    pub fn connect(&self) -> Connection {
        must("connect to the stand-in", Connection::to(self.address()))
    }

    /// Sends a request on a new connection, and returns the answer.
    #[must_use]
    #[track_caller]
    pub fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        must("the answer of the stand-in", self.connect().ask(request))
    }

    /// The process ID.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, waits for the end, and returns the exit code and the log; the code is −1 if the
    /// signal ended the program.
    #[must_use]
    pub fn end(mut self, signal: &str) -> (i32, String) {
        self.signal(signal);
        let status = self.child.wait().ok().and_then(|status| status.code());
        let log = self.log.take().and_then(|log| log.join().ok());
        (status.unwrap_or(-1), log.unwrap_or_default())
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) {
        // The shell has kill(1) built in; std has no safe kill(2).
        let kill = format!("kill -{signal} {}", self.child.id());
        let _ = Command::new("/bin/sh").args(["-c", &kill]).status();
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
