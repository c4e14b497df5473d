//! Faults around the program, as rows: a line of shell that causes one, the command that it affects,
//! and the expected result.

use core::fmt;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::daemon::must;
use crate::{Command, Outcome, SECRET, fixture, jwtick, key_form, token};

/// One row: a fault that one command meets.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Name of the row.
    pub name: &'static str,
    /// Shell line that causes the fault, in a folder with the files of a [`Stage`]; `"$@"` is the command.
    pub done: &'static str,
    /// The command.
    pub command: &'static [&'static str],
    /// Expected exit code; 128 plus the signal number if a signal ended it.
    pub exit: i32,
    /// Words of the answer, or of the message printed instead of one.
    pub says: &'static str,
}

impl Fault {
    /// Runs the row and checks the result.
    ///
    /// # Panics
    /// If the result is another one.
    #[track_caller]
    pub fn check(&self) {
        let stage = Stage::new();
        let outcome = stage.run(self.done, self.command).run();
        self.judge(&outcome);
        let left = stage.unexpected_files();
        assert!(left.is_empty(), "{self} leaves {left:?} behind\n{outcome}");
    }

    /// Checks the result.
    ///
    /// # Panics
    /// If it is not the expected one.
    #[track_caller]
    pub fn judge(&self, outcome: &Outcome) {
        assert!(!outcome.stderr.contains("panicked at"), "{self}: {outcome}");
        assert_eq!(outcome.code(), self.exit, "{self}: {outcome}");
        let said = outcome.stdout.clone() + &outcome.stderr;
        assert!(said.contains(self.says), "{self} does not say {:?}: {outcome}", self.says);
        if self.command.contains(&"--json") {
            let is_json = |line| serde_json::from_str::<serde_json::Value>(line).is_ok();
            assert!(outcome.stdout.lines().all(is_json), "{self}: {outcome}");
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: jwtick {}", self.name, self.command.join(" "))
    }
}

/// A folder with the files that commands need: `a.log`, `token.txt`, `claims.json`,
/// `secret.bin`, `key.pem`, and `probe.toml` with a server that is not running.
pub struct Stage {
    folder: TempDir,
}

/// Names of the files on a stage.
const NAMES: [&str; 6] =
    ["a.log", "claims.json", "key.pem", "probe.toml", "secret.bin", "token.txt"];

/// Prefix of names of files that a row creates; rows need not remove them.
const OF_THE_ROW: &str = "its-";

impl Stage {
    /// Creates a stage.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        let stage = Self { folder: must("stage", tempfile::tempdir()) };
        let log = must("stage", fs::read_to_string(fixture("logs/ka-10565.log")));
        let key = must("stage", fs::read_to_string(key_form("p256.pkcs8.pem")));
        let profile = "[agent]\nissuer = \"me\"\nkey = \"key.pem\"\n\
                       [token]\nurl = \"http://127.0.0.1:9/\"\n";
        stage.write("a.log", &log);
        stage.write("claims.json", "{\"iss\":\"me\"}");
        stage.write("key.pem", &key);
        stage.write("probe.toml", profile);
        stage.write("secret.bin", &String::from_utf8_lossy(SECRET));
        stage.write("token.txt", &token("{\"iss\":\"joe\",\"exp\":1488307191}"));
        stage
    }

    /// Path of the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes one of its files.
    #[track_caller]
    pub fn write(&self, name: &str, content: &str) {
        must(name, fs::write(self.folder().join(name), content));
    }

    /// A run of `command` within `done`; the token is on standard input.
    pub fn run(&self, done: &str, command: &[&str]) -> Command {
        let script = format!("cd \"$STAGE\" && {done}");
        let token = fs::read(self.folder().join("token.txt")).unwrap_or_default();
        jwtick(command.iter().copied())
            .under("sh", &["-c", &script, "sh"])
            .env("STAGE", self.folder())
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stdin(token)
    }

    /// Files that neither the stage nor the row created.
    #[must_use]
    pub fn unexpected_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names
            .filter(|name| !NAMES.contains(&name.as_str()) && !name.starts_with(OF_THE_ROW))
            .collect()
    }
}

impl Default for Stage {
    fn default() -> Self {
        Self::new()
    }
}

/// Typical runs of every command on a [`Stage`], with the exit code of each.
pub const COMMANDS: &[(&[&str], i32)] = &[
    (&["diagnose", "a.log"], 20),
    (&["diagnose", "--json", "a.log"], 20),
    (&["inspect", "token.txt"], 0),
    (&["inspect", "--json", "token.txt"], 0),
    (&["verify", "--secret-file", "secret.bin", "-"], 10),
    (&["verify", "--json", "--secret-file", "secret.bin", "-"], 10),
    (&["sign", "--secret-file", "secret.bin", "--exp", "+5m"], 0),
    (&["clock", "--http", "http://127.0.0.1:9/"], 1),
    (&["clock", "--json", "--ntp", "127.0.0.1:9"], 1),
    (&["clock", "--format", "nagios", "--http", "http://127.0.0.1:9/"], 3),
    (&["probe", "probe.toml"], 1),
    (&["probe", "--json", "probe.toml"], 1),
    (&["rehearse", "--json"], 0),
    (&["config", "check"], 0),
    (&["key", "generate", "--alg", "ES256"], 0),
    (&["key", "public", "key.pem"], 0),
    (&["key", "thumbprint", "key.pem"], 0),
    (&["completions", "zsh"], 0),
    (&["man"], 0),
    (&["--help"], 0),
    (&["--version"], 0),
];
