//! `jwtick serve` as a program that runs during a test. Every line of its log is compared with its schema.

use core::net::SocketAddr;
use core::time::Duration;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::Value;

use crate::daemon::must;
use crate::http::{Answer, Connection};
use crate::outcome::without_shared_files;
use crate::program;
use crate::schema::Schema;

/// Time limit for a line of the log.
const PATIENCE: Duration = Duration::from_secs(20);

/// A service that ends with the test, even if the test fails.
pub struct Serve {
    child: Child,
    log: Receiver<String>,
    /// The addresses that it printed.
    pub urls: Value,
}

impl Serve {
    /// Starts it with these arguments, `--json` and a free port, and reads its addresses.
    #[must_use]
    #[track_caller]
    pub fn start(arguments: &[&str]) -> Self {
        Self::started(&mut Command::new(program()), arguments)
    }

    /// Does the same through a wrapper command.
    #[must_use]
    #[track_caller]
    pub fn started(command: &mut Command, arguments: &[&str]) -> Self {
        command.args(["serve", "--json"]).args(arguments).env("LANG", "C");
        if !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = must("serve", command.spawn());
        let (sender, log) = channel();
        let stderr = child.stderr.take();
        thread::spawn(move || {
            let lines = stderr.into_iter().flat_map(|stderr| BufReader::new(stderr).lines());
            let lines = lines.map_while(Result::ok);
            // The permissions of fixtures depend on how they were checked out.
            let mut lines = lines.filter(|line| !without_shared_files(line).is_empty());
            lines.try_for_each(|line| sender.send(line))
        });
        let mut line = String::new();
        let stdout = child.stdout.as_mut();
        let _ = stdout.map(|stdout| BufReader::new(stdout).read_line(&mut line));
        let urls = serde_json::from_str(&line).unwrap_or_default();
        Self { child, log, urls }
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
        let url = self.url("verify_url").trim_start_matches("http://");
        must("the address of the service", url.trim_end_matches("/verify").parse())
    }

    /// Opens a new connection.
    #[must_use]
    #[track_caller]
    pub fn connect(&self) -> Connection {
        must("connect to the service", Connection::to(self.address()))
    }

    /// Sends a request on a new connection, and returns the answer.
    #[must_use]
    #[track_caller]
    pub fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        must("the answer of the service", self.connect().ask(request))
    }

    /// Asks `/verify` with header fields, each with its line end.
    #[must_use]
    #[track_caller]
    pub fn verify(&self, fields: &str) -> Answer {
        self.ask(format!("GET /verify HTTP/1.1\r\nHost: t\r\n{fields}\r\n"))
    }

    /// Waits for the next line of the log.
    #[must_use]
    #[track_caller]
    pub fn line(&self) -> String {
        fitting(must("a line of the log", self.log.recv_timeout(PATIENCE)))
    }

    /// Returns the next line of the log, if there is one already.
    #[must_use]
    #[track_caller]
    pub fn try_line(&self) -> Option<String> {
        self.log.try_recv().ok().map(fitting)
    }

    /// Waits for the next line of the log that is JSON.
    #[must_use]
    #[track_caller]
    pub fn entry(&self) -> Value {
        loop {
            if let Ok(entry) = serde_json::from_str(&self.line()) {
                return entry;
            }
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) {
        // The shell has kill(1) built in; std has no safe kill(2).
        let kill = format!("kill -{signal} {}", self.child.id());
        let _ = Command::new("/bin/sh").args(["-c", &kill]).status();
    }

    /// The process ID.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, waits for the end, and returns the exit code and the rest of the log; the code is
    /// −1 if the signal ended the program.
    #[must_use]
    #[track_caller]
    pub fn end(mut self, signal: &str) -> (i32, Vec<String>) {
        self.signal(signal);
        let status = self.child.wait().ok().and_then(|status| status.code());
        let killed = status.is_none();
        // SIGKILL may cut the last line.
        let fits = |line| if killed { line } else { fitting(line) };
        (status.unwrap_or(-1), self.log.iter().map(fits).collect())
    }
}

/// Checks a line that is JSON: a verdict, or a count of them.
#[track_caller]
fn fitting(line: String) -> String {
    static SCHEMA: LazyLock<Result<Schema, String>> = LazyLock::new(|| Schema::load("serve-log"));
    if line.starts_with('{') {
        let value = must("JSON in the log", serde_json::from_str(&line));
        let schema = must("the schema of the log", SCHEMA.as_ref());
        must("a line of the log that fits its schema", schema.check(&value));
    }
    line
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
