//! Libraries: one process for all tokens, with a stopped clock.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jwtick_tests::{fixture, project, token, tool};

use super::{Answered, instant, tokens};

/// The libraries, by the names of their rows.
pub(super) const NAMES: &[&str] = &[
    "pyjwt",
    "python-jose",
    "authlib",
    "joserfc",
    "joserfc-decode",
    "jwcrypto",
    "jose",
    "jsonwebtoken",
    "fast-jwt",
    "jjwt",
    "nimbus",
    "jsonwebtoken-rs",
    "jwt-simple",
    "jwt-compact",
    "golang-jwt-4",
    "go-jose-2",
    "go-oidc-2",
    "ruby-jwt",
    "crypt-jwt",
    "libjwt",
];

const NOW: i64 = 1_700_000_000;
/// A whole second, and the fraction of one.
const CLOCKS: [i64; 2] = [NOW * 1_000_000, NOW * 1_000_000 + 700_000];

/// The verdicts of all libraries.
pub(super) fn answers() -> impl Iterator<Item = (&'static str, Vec<Answered>)> {
    let claims = tokens::claims(NOW);
    let tokens: Vec<String> = claims.iter().map(|claims| token(claims)).collect();
    NAMES.iter().map(move |&name| {
        let answers = CLOCKS.into_iter().flat_map(|now| {
            let answers = run(name, now, &tokens);
            let answered = |(claims, said): (&String, String)| Answered {
                claims: claims.clone(),
                accepts: said == "A",
                said,
                clock: instant(now),
            };
            claims.iter().zip(answers).map(answered).collect::<Vec<_>>()
        });
        (name, answers.collect())
    })
}

/// One line for each token: `A`, or `R` and why.
fn run(name: &str, now: i64, tokens: &[String]) -> Vec<String> {
    // Through a file, so that neither side waits for a full pipe.
    let mut input: File = tempfile::tempfile().unwrap();
    tokens.iter().for_each(|token| writeln!(input, "{token}").unwrap());
    input.rewind().unwrap();
    let done = command(name, now).stdin(input).stderr(Stdio::inherit()).output().unwrap();
    assert!(done.status.success(), "{name}: {}", done.status);
    let lines: Vec<String> =
        String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), tokens.len(), "{name}");
    assert!(lines.iter().all(|line| line == "A" || line.starts_with('R')), "{name}");
    lines
}

/// The program of a library. Those with a clock of their own get the instant as an argument.
fn command(name: &str, now: i64) -> Command {
    let secret = fixture("keys/hs.secret");
    let peers = project().join("tests/peers/dialects");
    let built = |name: &str| {
        let file = peers.join("built").join(name);
        assert!(
            file.exists(),
            "{} is missing, `tests/peers/dialects/install` makes it",
            file.display()
        );
        file
    };
    match name {
        "jjwt" | "nimbus" => {
            let mut command = Command::new(tool("java"));
            let path = format!("{}:{}/*", built("classes").display(), built("jars").display());
            command.args(["-cp", &path, "Peer", name]).arg(secret).arg((now / 1_000).to_string());
            command
        }
        "golang-jwt-4" | "go-jose-2" | "go-oidc-2" => {
            let mut command = Command::new(built("peer-go"));
            command.arg(name).arg(secret).arg(now.to_string());
            command
        }
        "jose" | "jsonwebtoken" | "fast-jwt" => {
            stopped(now, &tool("node"), &[&peers.join("peer.mjs"), Path::new(name), &secret])
        }
        "jsonwebtoken-rs" | "jwt-simple" | "jwt-compact" => {
            stopped(now, &built("peer-rust"), &[Path::new(name), &secret])
        }
        "ruby-jwt" => stopped(now, &tool("ruby"), &[&peers.join("peer.rb"), &secret]),
        "crypt-jwt" => stopped(now, &tool("perl"), &[&peers.join("peer.pl"), &secret]),
        "libjwt" => stopped(now, &built("peer-c"), &[&secret]),
        _ => {
            let python = project().join("tests/peers/venv/bin/python");
            stopped(now, &python, &[&peers.join("peer.py"), Path::new(name), &secret])
        }
    }
}

/// A program with a clock that is stopped at `now`.
fn stopped(now: i64, program: &PathBuf, arguments: &[&Path]) -> Command {
    let mut command = Command::new(tool("faketime"));
    let clock = match now % 1_000_000 {
        0 => "2023-11-14 22:13:20".to_owned(),
        fraction => format!("2023-11-14 22:13:20.{fraction:06}"),
    };
    command.args(["-f", &clock]).arg(program).args(arguments).env("TZ", "UTC");
    command
}
