//! One run of the program, in an environment that contains only what the test sets.

use core::convert::Infallible;
use core::fmt::Display;
use core::time::Duration;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufWriter, Cursor, Read, Write};
use std::path::Path;
use std::process::{self, Child, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Instant;
use std::{fs, thread};

use crate::binary;
use crate::outcome::{self, Outcome};
use crate::tool;

/// Time limit of a run: the largest input is read in well under a minute.
const DEADLINE: Duration = Duration::from_secs(300);

/// Time between two looks at a program that is about to end, or whose memory is measured.
const MOMENT: Duration = Duration::from_millis(1);

/// Limits the memory that the program may allocate, then becomes the program.
///
/// `ulimit -d` bounds what a process allocates (setrlimit(2), `RLIMIT_DATA`); a shell sets it
/// because doing so between fork and exec would be unsafe code.
const LIMITED: &str = r#"ulimit -d "$1" && shift && exec "$@""#;

/// A run of the program that has not started yet.
#[must_use]
pub struct Command {
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    stdin: Box<dyn Read + Send>,
    limit: Option<u64>,
    watches: Watching,
    listens: Listening,
    wrapper: Vec<OsString>,
}

/// What is read while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watching {
    OnlyItsOutput,
    /// Its memory, a thousand times a second. Each reading of `/proc` takes the system up to half a
    /// millisecond, and most runs wait for a server, so this is only for tests of memory.
    ItsMemoryToo,
}

/// The reader of standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listening {
    ToTheEnd,
    NotAtAll,
}

/// The program itself, for tests that start it in another way.
#[must_use]
#[track_caller]
pub fn program() -> &'static Path {
    must("build", binary::path())
}

/// The program itself as a terminal starts it, which ends by a signal: a shell starts what runs in the
/// background with SIGINT ignored, and tests would pass that on. Its environment is only `TZ=UTC`.
#[must_use]
#[track_caller]
pub fn foreground() -> process::Command {
    let mut command = process::Command::new("/usr/bin/env");
    command.arg("--default-signal=INT").arg(program()).env_clear().env("TZ", "UTC");
    command
}

/// A run of `jwtick` with these arguments, an empty standard input and only `TZ=UTC`. `clock` runs
/// without the privilege to set clocks, whatever the test does.
pub fn jwtick<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Command {
    Command {
        arguments: arguments.into_iter().map(Into::into).collect(),
        environment: vec![("TZ".into(), "UTC".into())],
        stdin: Box::new(io::empty()),
        limit: None,
        watches: Watching::OnlyItsOutput,
        listens: Listening::ToTheEnd,
        wrapper: Vec::new(),
    }
}

impl Command {
    /// Sets an environment variable.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.environment.push((name.as_ref().into(), value.as_ref().into()));
        self
    }

    /// Writes `text` to standard input.
    pub fn stdin(self, text: impl AsRef<[u8]> + Send + 'static) -> Self {
        self.stream(Cursor::new(text))
    }

    /// Copies `source` to standard input while the program runs.
    pub fn stream(mut self, source: impl Read + Send + 'static) -> Self {
        self.stdin = Box::new(source);
        self
    }

    /// Limits the program's own memory to `bytes`: it aborts when it needs more.
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// Fills in [`Outcome::peak`].
    pub fn measure_memory(mut self) -> Self {
        self.watches = Watching::ItsMemoryToo;
        self
    }

    /// Closes the reading end of standard output at once, as `| head -0` does.
    pub fn deaf(mut self) -> Self {
        self.listens = Listening::NotAtAll;
        self
    }

    /// Runs the program through another one, such as `faketime`, which gets these arguments first.
    pub fn under<A: AsRef<OsStr>>(mut self, wrapper: &str, arguments: &[A]) -> Self {
        self.wrapper.push(tool(wrapper).into());
        self.wrapper.extend(arguments.iter().map(|argument| argument.as_ref().into()));
        self
    }

    /// Runs the program to its end.
    #[must_use]
    #[track_caller]
    pub fn run(self) -> Outcome {
        let arguments = self.arguments.join(OsStr::new(" ")).to_string_lossy().into_owned();
        let mut child = must("start", self.process(program().as_os_str()).spawn());
        if self.listens == Listening::NotAtAll {
            drop(child.stdout.take());
        }
        must(&arguments, collect(child, self.stdin, self.watches, arguments.clone()))
    }

    #[track_caller]
    fn process(&self, program: &OsStr) -> process::Command {
        // First of all, so that the wrapper program does not have the privilege either.
        let is_clock = self.arguments.first().is_some_and(|command| command == "clock");
        let mut line = if is_clock { without_sys_time() } else { Vec::new() };
        line.extend(self.wrapper.iter().cloned());
        if let Some(bytes) = self.limit {
            let kib = (bytes / 1024).to_string();
            line.extend(["/bin/sh", "-c", LIMITED, "sh", &kib].map(OsString::from));
        }
        line.push(program.into());
        let mut line = line.into_iter();
        let mut process = process::Command::new(line.next().unwrap_or_default());
        process.args(line);
        process.args(&self.arguments).env_clear().envs(self.environment.iter().cloned());
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        process
    }
}

/// Feeds and drains the program at the same time, so that no full pipe blocks it.
fn collect(
    mut child: Child,
    mut input: Box<dyn Read + Send>,
    watches: Watching,
    arguments: String,
) -> io::Result<Outcome> {
    let stdin = child.stdin.take();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (open, closed) = mpsc::channel();
    let also_open = open.clone();
    thread::scope(|scope| {
        scope.spawn(move || feed(stdin, &mut input));
        let stdout = scope.spawn(move || drain(stdout, open));
        let stderr = scope.spawn(move || drain(stderr, also_open));
        let (status, peak) = wait(&mut child, watches, &closed)?;
        let text = |thread: thread::ScopedJoinHandle<'_, String>| thread.join().unwrap_or_default();
        Ok(Outcome { arguments, status, stdout: text(stdout), stderr: text(stderr), peak })
    })
}

fn feed(stdin: Option<impl Write>, input: &mut impl Read) {
    // A program that has its answer need not read to the end: a broken pipe is no failure.
    if let Some(stdin) = stdin {
        // As much at once as a pipe holds.
        let _ = io::copy(input, &mut BufWriter::with_capacity(1 << 16, stdin));
    }
}

/// Reads to the end, and then drops `open`.
fn drain(source: Option<impl Read>, open: Sender<Infallible>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut source) = source {
        let _ = source.read_to_end(&mut bytes);
    }
    drop(open);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for the end, which comes right after the program closes its outputs. Asking more often would
/// cost more than most runs.
fn wait(
    child: &mut Child,
    watches: Watching,
    closed: &Receiver<Infallible>,
) -> io::Result<(ExitStatus, Option<u64>)> {
    let started = Instant::now();
    let pause = if watches == Watching::ItsMemoryToo { MOMENT } else { DEADLINE };
    let mut peak = None;
    loop {
        if watches == Watching::ItsMemoryToo {
            peak = outcome::peak(child.id()).max(peak);
        }
        if let Some(status) = child.try_wait()? {
            return Ok((status, peak));
        }
        if started.elapsed() > DEADLINE {
            child.kill()?;
            return Err(io::Error::other(format!("no end after {} s", DEADLINE.as_secs())));
        }
        if closed.recv_timeout(pause) == Err(RecvTimeoutError::Disconnected) {
            thread::sleep(MOMENT);
        }
    }
}

/// Panics, since the harness has no caller for an error: a test that cannot run has failed.
#[track_caller]
#[expect(clippy::panic, reason = "a test that cannot run has failed")]
fn must<T, E: Display>(what: &str, result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("jwtick {what}: {error}"),
    }
}

/// `CAP_SYS_TIME` among the bits of proc(5), `CapEff` (capabilities(7), linux/capability.h).
const SYS_TIME: u64 = 1 << 25;

/// Returns a command that runs a program without the privilege; empty if the tests do not have it.
#[track_caller]
fn without_sys_time() -> Vec<OsString> {
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
