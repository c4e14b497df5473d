//! Libraries in other languages: one process for many tokens, with one line of output per line of input.

use std::fs::File;
use std::io::{Seek, Write};
use std::process::{Command, Stdio};

use jwtick_tests::{project, tool};
use serde_json::json;

use super::cases::{Case, python};

/// A library that `tests/peers/install` installs.
#[derive(Clone, Copy)]
pub(super) enum Peer {
    PyJwt,
    Jose,
}

impl Peer {
    pub(super) const ALL: [Self; 2] = [Self::PyJwt, Self::Jose];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::PyJwt => "PyJWT",
            Self::Jose => "jose",
        }
    }

    /// PyJWT does not know the name that RFC 9864 gives EdDSA.
    pub(super) fn knows(self, alg: &str) -> bool {
        matches!(self, Self::Jose) || alg != "Ed25519"
    }

    pub(super) fn sign(self, cases: &[Case]) -> Vec<String> {
        let lines = cases.iter().map(
            |case| json!({ "alg": case.alg, "pkcs8": case.file("pkcs8"), "payload": case.payload }),
        );
        self.answer("sign", lines)
    }

    pub(super) fn verify(self, cases: &[Case], tokens: &[String]) -> Vec<bool> {
        let lines = cases.iter().zip(tokens).map(
            |(case, token)| json!({ "alg": case.alg, "spki": case.file("spki"), "token": token }),
        );
        let answers = self.answer("verify", lines);
        answers.iter().map(|answer| answer == "valid").collect()
    }

    /// The claims of tokens that are valid at `now`, as JSON.
    pub(super) fn claims(self, cases: &[Case], tokens: &[String], now: i64) -> Vec<String> {
        let lines = cases.iter().zip(tokens).map(|(case, token)| {
            json!({ "alg": case.alg, "spki": case.file("spki"), "token": token, "now": now })
        });
        self.answer("claims", lines)
    }

    fn answer(self, what: &str, lines: impl Iterator<Item = serde_json::Value>) -> Vec<String> {
        // Through a file, so that neither side waits for a full pipe.
        let mut input: File = tempfile::tempfile().unwrap();
        lines.for_each(|line| writeln!(input, "{line}").unwrap());
        input.rewind().unwrap();
        let done = self.command().arg(what).stdin(input).stderr(Stdio::inherit()).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{} {what}: {}", self.name(), done.status);
        String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    fn command(self) -> Command {
        let (program, script) = match self {
            Self::PyJwt => (python(), "tests/peers/pyjwt_peer.py"),
            Self::Jose => (tool("node"), "tests/peers/jose_peer.mjs"),
        };
        let script = project().join(script);
        assert!(script.is_file(), "{} is missing, `tests/peers/install` brings it", self.name());
        let mut command = Command::new(program);
        command.arg(script);
        command
    }
}
