//! `jwtick diagnose` on a log that goes on: `--follow`, and a pipe that does not end.
#![cfg(test)]

use core::time::Duration;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

use jwtick_tests::{Schema, fixture, foreground, jwtick, program};
use serde_json::Value;
use tempfile::TempDir;

/// A busy machine may take this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program while it runs.
struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = foreground();
        command.arg("diagnose").args(arguments);
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = pipes.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            stdout.lines().map_while(Result::ok).try_for_each(|it| sender.send(it))
        });
        let stdin = child.stdin.take();
        Self { child, stdin, lines }
    }

    fn write(&mut self, text: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).and_then(|()| stdin.flush()).unwrap();
    }

    #[track_caller]
    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line in time")
    }

    /// Skips lines up to one with `words`.
    #[track_caller]
    fn line_with(&self, words: &str) -> String {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let line = self.line();
            if line.contains(words) {
                return line;
            }
        }
        panic!("no line with {words}");
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    fn is_silent(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(1_500)).is_err()
    }

    /// Sends a signal, and returns the exit code, the rest of standard output and standard error. The
    /// code is −1 if the signal ended the program.
    #[track_caller]
    fn end(mut self, signal: &str) -> (i32, String, String) {
        let kill = format!("kill -{signal} {}", self.child.id());
        Command::new("/bin/sh").args(["-c", &kill]).status().unwrap();
        self.wait()
    }

    #[track_caller]
    fn wait(&mut self) -> (i32, String, String) {
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < PATIENCE, "the program should have ended");
            thread::sleep(Duration::from_millis(10));
        };
        let code = status.code().unwrap_or(-1);
        let rest: String = self.lines.iter().map(|line| line + "\n").collect();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (code, rest, log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A refusal that a clock which is `behind` minutes behind explains.
fn refusal(behind: u32) -> String {
    let local = 59 - behind;
    format!(
        "2024-01-08T13:{local}:00Z POST https://id.example.com/token\n\
         2024-01-08T13:{local}:00Z < HTTP/1.1 400 Bad Request, Date: Mon, 08 Jan 2024 13:59:00 GMT, \
         {{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}}\n"
    )
}

const NOTHING: &str = "2024-01-08T13:00:00Z started\n";

fn file(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agent.log");
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn append(path: &Path, text: &str) {
    File::options().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn growing_file_is_answered_as_soon_as_something_is_proven() {
    let (_folder, path) = file(NOTHING);
    let run = Running::start(&["--follow", "--json", path.to_str().unwrap()]);
    assert!(run.is_silent(), "nothing is known yet");
    append(&path, &refusal(10));
    let answer = run.json();
    assert_eq!((&answer["cause"], &answer["certainty"]), (&"local-clock".into(), &"proven".into()));
    Schema::load("diagnose").and_then(|schema| schema.check(&answer)).unwrap();
    append(&path, "2024-01-08T14:00:00Z a line that says nothing\n");
    assert!(run.is_silent(), "the answer is the same");
    let (code, rest, log) = run.end("INT");
    assert_eq!((code, log.as_str()), (20, ""), "{rest}");
    let last: Value = serde_json::from_str(rest.trim()).unwrap();
    assert_eq!(last["summary"].as_str().map(|it| it.is_empty()), Some(false), "{rest}");
}

#[test]
fn answer_is_updated_when_it_changes() {
    let mut run = Running::start(&["--follow", "-"]);
    run.write(&refusal(10));
    run.line_with("600 s (10 min)");
    run.write(&refusal(40).replace("13:59:00", "14:59:00").replace("T13:19", "T14:19"));
    run.line_with("==> -, line 4 <==");
    run.line_with("2,401 s (40 min 1 s)");
    let (code, ..) = run.end("TERM");
    assert_eq!(code, 20);
}

#[test]
fn line_that_is_not_complete_is_not_answered() {
    let mut run = Running::start(&["--follow", "--json", "-"]);
    let text = refusal(10);
    let (start, end) = text.split_at(text.len() - 30);
    run.write(start);
    assert!(run.is_silent());
    run.write(end);
    assert_eq!(run.json()["cause"], "local-clock");
}

#[test]
fn slow_writer_gets_one_answer() {
    let mut run = Running::start(&["--follow", "--json", "-"]);
    for byte in refusal(10).chunks(64) {
        run.write(byte);
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(run.json()["cause"], "local-clock");
    run.stdin = None;
    let (code, rest, _) = run.wait();
    assert_eq!((code, rest.as_str()), (20, ""), "the end adds nothing");
}

/// Parts of a text, of `length` bytes.
trait Chunks {
    fn chunks(&self, length: usize) -> Vec<&str>;
}

impl Chunks for str {
    fn chunks(&self, length: usize) -> Vec<&str> {
        self.as_bytes().chunks(length).map(|part| core::str::from_utf8(part).unwrap()).collect()
    }
}

#[test]
fn rotated_and_cut_file_is_read_on() {
    let (folder, path) = file(NOTHING);
    let run = Running::start(&["--follow", "--json", path.to_str().unwrap()]);
    assert!(run.is_silent());
    fs::rename(&path, folder.path().join("agent.log.1")).unwrap();
    assert!(run.is_silent(), "the new file may take a while");
    fs::write(&path, refusal(10)).unwrap();
    let answer = run.json();
    assert_eq!(answer["cause"], "local-clock", "{answer}");
    assert_eq!(answer["evidence"][0]["line"], 3, "lines are counted on: {answer}");
    fs::write(&path, NOTHING).unwrap();
    assert!(run.is_silent());
    let (code, _, log) = run.end("INT");
    assert_eq!(code, 20);
    let warned: Vec<_> = log.lines().collect();
    assert!(warned[0].contains("replaced by a new file"), "{log}");
    assert!(warned[1].contains("was cut"), "{log}");
    assert_eq!(warned.len(), 2, "{log}");
}

#[test]
fn pipe_that_pauses_is_answered_without_follow() {
    let mut run = Running::start(&["-"]);
    run.write(&refusal(10));
    run.line_with("600 s (10 min)");
    run.stdin = None;
    let (code, rest, _) = run.wait();
    assert!(code == 20 && !rest.contains("600 s (10 min) ±1 s behind."), "said once: {rest}");
}

#[test]
fn pipe_that_pauses_gets_one_answer_in_json() {
    let mut run = Running::start(&["--json", "-"]);
    run.write(&refusal(10));
    thread::sleep(Duration::from_millis(2_500));
    run.write(&refusal(10));
    run.stdin = None;
    let (code, rest, _) = run.wait();
    assert_eq!((code, rest.lines().count()), (20, 1), "{rest}");
}

#[test]
fn signal_prints_what_is_known_of_a_pipe() {
    for options in [&["--json", "-"][..], &["--summary", "-"], &["--report", "markdown", "-"]] {
        for signal in ["INT", "TERM"] {
            let mut run = Running::start(options);
            run.write(&refusal(10));
            // Signals are caught once the first bytes are read.
            thread::sleep(Duration::from_secs(1));
            let (code, said, log) = run.end(signal);
            assert_eq!((code, log.as_str()), (20, ""), "{options:?}: {said}");
            assert!(said.contains("600 s") || said.contains("\"least\":599"), "{said}");
        }
    }
    let mut run = Running::start(&["-"]);
    run.write(NOTHING);
    thread::sleep(Duration::from_secs(1));
    let (code, said, _) = run.end("INT");
    assert!(code == 21 && said.contains("1 line read"), "{said}");
}

#[test]
fn signal_before_the_first_byte_ends_the_program() {
    for options in [&["-"][..], &["--follow", "-"]] {
        let run = Running::start(options);
        thread::sleep(Duration::from_millis(300));
        let (code, said, _) = run.end("INT");
        assert_eq!((code, said.as_str()), (-1, ""), "{options:?}");
    }
    let (_folder, path) = file("");
    let run = Running::start(&["--follow", path.to_str().unwrap()]);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(run.end("TERM").0, -1, "an empty file");
}

#[test]
fn reader_that_leaves_ends_the_program() {
    let (_folder, path) = file(&refusal(10));
    let script = "\"$0\" diagnose --follow \"$1\" | head -1";
    let mut shell = Command::new("sh");
    let done = shell.args(["-c", script]).arg(program()).arg(&path).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert!(String::from_utf8_lossy(&done.stdout).contains("600 s (10 min)"), "{done:?}");
}

#[test]
fn follow_limits_lines_like_any_other_run() {
    let mut run = Running::start(&["--follow", "--json", "--since", "2024-01-08T13:30:00Z", "-"]);
    run.write(&refusal(40));
    assert!(run.is_silent(), "13:19 is before that");
    run.write(&refusal(10));
    let answer = run.json();
    assert_eq!(
        (&answer["left_out"]["lines"], &answer["evidence"][0]["line"]),
        (&2.into(), &4.into())
    );
}

#[test]
fn follow_needs_one_log() {
    let log = fixture("logs/ka-10565.log").into_os_string();
    for language in ["en", "de", "ko"] {
        let words = ["diagnose", "--follow", "--lang", language].map(Into::into);
        let done = jwtick(words.into_iter().chain([log.clone(), log.clone()])).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
        assert!(done.stderr.contains("--follow") && done.stderr.contains('2'), "{done}");
    }
    for other in [&["--summary"][..], &["--report", "markdown"]] {
        let done = jwtick(["diagnose", "--follow"].iter().chain(other)).run();
        assert_eq!(done.code(), 2, "{done}");
    }
    let missing = jwtick(["diagnose", "--follow", "none.log"]).run();
    assert!(missing.code() == 1 && missing.stderr.contains("none.log"), "{missing}");
    let folder = tempfile::tempdir().unwrap();
    let folder =
        jwtick(["diagnose".into(), "--follow".into(), folder.path().as_os_str().to_owned()]);
    let folder = folder.run();
    assert!(folder.code() == 1 && folder.stderr.contains("is a folder"), "{folder}");
}
