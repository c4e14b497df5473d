//! Ctrl-C in the middle: the program ends as its parent expects, and leaves no half-written file.

use core::time::Duration;
use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Instant;

use jwtick_tests::{Stage, foreground};

/// A program that runs on a stage.
struct Running {
    child: Child,
    stage: Stage,
}

impl Running {
    /// Starts it; its standard input stays open but empty.
    fn start(command: &[&str]) -> Self {
        let stage = Stage::new();
        let mut run = foreground();
        run.args(command).current_dir(stage.folder());
        run.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { child: run.spawn().unwrap(), stage }
    }

    /// Sends a signal; returns the exit status, the output so far, and the files that it left.
    fn end(mut self, signal: &str) -> (ExitStatus, String, Vec<String>) {
        // The shell has kill(1) built in; std has no safe kill(2).
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("/bin/sh").args(["-c", &kill]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        let mut printed = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        (status, printed, self.stage.unexpected_files())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The numbers of SIGINT and SIGTERM (signal(7)); a shell adds 128.
const SIGNALS: [(&str, i32); 2] = [("INT", 2), ("TERM", 15)];

/// A server that never answers, and its address.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    (listener, url)
}

#[test]
fn interrupt_while_waiting_for_an_answer_ends_the_program() {
    let rows: &[&[&str]] = &[
        &["clock", "--json", "--timeout", "1m", "--http", "URL"],
        &["verify", "--json", "--secret-file", "secret.bin", "--clock", "URL", "eyJ.eyJ.A"],
        &["sign", "--secret-file", "secret.bin", "--timeout", "1m", "--clock", "URL"],
        &["inspect", "--json", "--timeout", "1m", "--clock", "URL", "token.txt"],
        &["probe", "--json", "probe.toml", "--timeout", "1m", "--token-url", "URL"],
        &["probe", "probe.toml", "--timeout", "1m", "--token-url", "URL", "--transcript", "log"],
    ];
    for (command, (signal, number)) in rows.iter().flat_map(|row| SIGNALS.map(|it| (row, it))) {
        let (server, url) = silent();
        let words: Vec<&str> =
            command.iter().map(|&word| if word == "URL" { url.as_str() } else { word }).collect();
        let running = Running::start(&words);
        // The request is sent, and the program waits.
        let (mut asked, _) = server.accept().unwrap();
        asked.read_exact(&mut [0; 4]).unwrap();
        let (status, printed, left) = running.end(signal);
        assert_eq!(status.signal(), Some(number), "{command:?}: {status}");
        assert!(printed.is_empty() || !command.contains(&"--json"), "{command:?}: {printed}");
        assert!(left.is_empty(), "{command:?} leaves {left:?}");
    }
}

#[test]
fn interrupt_while_waiting_for_input_ends_the_program() {
    let rows: &[&[&str]] = &[
        &["diagnose", "--json"],
        &["inspect"],
        &["verify", "--json", "--secret-file", "secret.bin", "-"],
        &["sign", "--secret-file", "-"],
        &["key", "public", "-"],
    ];
    for (command, (signal, number)) in rows.iter().flat_map(|row| SIGNALS.map(|it| (row, it))) {
        let running = Running::start(command);
        // The input never ends, so any interrupt comes in the middle.
        thread::sleep(Duration::from_millis(200));
        let (status, printed, left) = running.end(signal);
        assert_eq!(status.signal(), Some(number), "{command:?}: {status}");
        assert!(printed.is_empty() && left.is_empty(), "{command:?}: {printed}{left:?}");
    }
}

#[test]
fn interrupted_key_generation_leaves_a_whole_key_or_none() {
    const COMMAND: &[&str] =
        &["key", "generate", "--alg", "RS256", "--bits", "4096", "--out", "new.pem"];
    for delay in [20, 100, 400] {
        let running = Running::start(COMMAND);
        let folder = running.stage.folder().to_owned();
        thread::sleep(Duration::from_millis(delay));
        let key = folder.join("new.pem");
        let whole =
            fs::read_to_string(&key).map(|key| key.ends_with("-----END PRIVATE KEY-----\n"));
        assert!(whole.unwrap_or(true), "after {delay} ms");
        let (status, _, left) = running.end("INT");
        // A slow machine may still be generating, a fast one may be done.
        let expected: &[&str] = if status.success() { &["new.pem"] } else { &[] };
        assert!(status.success() || status.signal() == Some(2), "{status}");
        assert_eq!(left, expected, "after {delay} ms: {status}");
    }
}

#[test]
fn interrupt_ends_long_running_commands_cleanly() {
    let started = Instant::now();
    for (signal, _) in SIGNALS {
        let (status, printed, left) = {
            let mut running = Running::start(&["stand-in", "--json"]);
            let stdout = running.child.stdout.as_mut().unwrap();
            let mut byte = [0];
            while byte != *b"\n" {
                stdout.read_exact(&mut byte).unwrap();
            }
            running.end(signal)
        };
        assert_eq!((status.code(), printed.as_str()), (Some(0), ""), "{signal}");
        assert!(left.is_empty(), "{left:?}");
    }
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn interrupt_ends_a_rehearsal() {
    for (signal, number) in SIGNALS {
        let running = Running::start(&["rehearse", "--json"]);
        thread::sleep(Duration::from_millis(100));
        let (status, printed, left) = running.end(signal);
        let is_json = |line| serde_json::from_str::<serde_json::Value>(line).is_ok();
        assert!(status.signal() == Some(number) || status.success(), "{status}");
        assert!(printed.lines().all(is_json) && left.is_empty(), "{printed}{left:?}");
    }
}
