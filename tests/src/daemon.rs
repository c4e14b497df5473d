//! Real daemons for the duration of a test, on loopback, in a temporary folder.

use core::net::Ipv4Addr;
use core::time::Duration;
use std::fs::{self, File};
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use tempfile::TempDir;

/// Time limit for a daemon's first answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Time limit for a daemon's end.
const FAREWELL: Duration = Duration::from_secs(5);

/// A daemon that ends when this is dropped. If the test fails, its log is printed.
pub struct Daemon {
    name: String,
    child: Child,
    folder: TempDir,
}

impl Daemon {
    /// Starts the command that `command` builds for a new folder, and waits until `ready` returns true.
    ///
    /// # Panics
    /// If it does not start, ends by itself, or never gets ready: a test that cannot run has failed.
    #[must_use]
    #[track_caller]
    pub fn start(
        name: &str,
        command: impl FnOnce(&Path) -> Command,
        ready: impl Fn() -> bool,
    ) -> Self {
        let folder = must(name, tempfile::tempdir());
        let mut command = command(folder.path());
        let log = must(name, File::create(folder.path().join("log")));
        let errors = must(name, log.try_clone());
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let child = must(name, command.spawn());
        let mut daemon = Self { name: name.to_owned(), child, folder };
        daemon.wait(ready);
        daemon
    }

    /// The process ID.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The folder with its files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its output so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read(self.folder.path().join("log"))
            .map_or_else(|error| error.to_string(), |log| String::from_utf8_lossy(&log).into())
    }

    /// Waits briefly for it to end after it was told to.
    pub(crate) fn end_by_itself(&mut self) {
        let started = Instant::now();
        while started.elapsed() < FAREWELL && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[expect(clippy::panic, reason = "a test that cannot run has failed")]
    fn wait(&mut self, ready: impl Fn() -> bool) {
        let started = Instant::now();
        while !ready() {
            let ended = must(&self.name, self.child.try_wait());
            if ended.is_some() || started.elapsed() > PATIENCE {
                let how = ended.map_or("does not answer".to_owned(), |status| status.to_string());
                panic!("{}: {how}\n{}", self.name, self.log());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("--- log of {}\n{}", self.name, self.log());
        }
        // It may have ended by itself, which the test has seen if it matters.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a UDP port on loopback that was free a moment ago.
#[must_use]
#[track_caller]
pub fn free_udp_port() -> u16 {
    let socket = must("a free port", UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)));
    must("a free port", socket.local_addr()).port()
}

/// Returns a TCP port on loopback that was free a moment ago.
#[must_use]
#[track_caller]
pub fn free_tcp_port() -> u16 {
    let socket = must("a free port", TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    must("a free port", socket.local_addr()).port()
}

#[track_caller]
#[expect(clippy::panic, reason = "a test that cannot run has failed")]
pub(crate) fn must<T, E: core::fmt::Display>(what: &str, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}
