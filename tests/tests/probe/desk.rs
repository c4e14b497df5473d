//! Arguments of a connection test, and the place of its log.

use std::fs;
use std::path::{Path, PathBuf};

use jwtick_tests::{Outcome, SECRET, Schema, StandIn, jwtick};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a secret, and the arguments of a connection test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), SECRET).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn stand_in(&self, more: &[&str]) -> StandIn {
        let secret = format!("me={}", self.path("secret").display());
        StandIn::start(&[&["--secret-file", &secret], more].concat())
    }

    #[track_caller]
    pub(crate) fn probe(&self, token: &str, more: &[&str]) -> Outcome {
        let secret = self.path("secret").display().to_string();
        let transcript = self.path("log").display().to_string();
        let first = ["probe", "--issuer", "me", "--secret-file", &secret, "--token-url", token];
        let rest = ["--transcript", &transcript, "--json"];
        let done = jwtick([&first, more, rest.as_slice()].concat()).run();
        let fits = Schema::load("probe").and_then(|schema| schema.check(&done.json()));
        assert_eq!(fits, Ok(()), "{done}");
        done
    }

    pub(crate) fn transcript(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap()
    }

    #[track_caller]
    pub(crate) fn diagnosed(&self) -> Value {
        jwtick([Path::new("diagnose"), Path::new("--json"), &self.path("log")]).run().json()
    }
}

/// Returns true if an interval of seconds contains the value.
pub(crate) fn contains(interval: &Value, secs: f64) -> bool {
    let end = |name: &str| interval[name].as_f64();
    end("least").is_some_and(|least| least <= secs) && end("most").is_some_and(|most| secs <= most)
}
