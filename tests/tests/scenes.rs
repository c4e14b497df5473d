//! Two hundred random connections with known truth: the answers of `probe` must be right, and `diagnose`
//! must give the same answers from the log alone. A program without optimization plays the first fifty.
//!
//! A failure names its seed; `JWTICK_SCENES_SEED=SEED` repeats the scenes, and
//! `JWTICK_SCENES=17` repeats only the scene with that number.
#![cfg(test)]

mod scene;
mod truth;

use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::path::Path;
use std::process::Command;
use std::{env, fs, thread};

use jwtick_tests::{SECRET, StandIn, TimeServer, is_optimized, program};
use serde_json::Value;

use scene::{DateFault, Draw, Scene, Slip};
use truth::complaints;

const SCENES: usize = 200;
/// A scene mostly waits for the ends of seconds, so all of them run at once.
const AT_ONCE: usize = SCENES;
/// Any number would do; this one is the time of the article's log.
const SEED: u64 = 1_488_307_191;

#[test]
fn answers_about_random_connections_are_right() {
    let seed = variable("JWTICK_SCENES_SEED").unwrap_or(SEED);
    let only = variable("JWTICK_SCENES").and_then(|number| usize::try_from(number).ok());
    let scenes = if is_optimized() { SCENES } else { SCENES / 10 };
    let numbers = only.map_or_else(|| (0..scenes).collect(), |number| vec![number]);
    let next = AtomicUsize::new(0);
    let failures = thread::scope(|scope| {
        let player = || {
            let number = || numbers.get(next.fetch_add(1, Ordering::Relaxed)).copied();
            core::iter::from_fn(number).filter_map(|number| failure(seed, number)).collect()
        };
        let players: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(player)).collect();
        let failures = players.into_iter().flat_map(|player| -> Vec<String> {
            player.join().unwrap_or_else(|_| vec!["a scene could not be played".to_owned()])
        });
        failures.collect::<Vec<_>>()
    });
    let (failed, told) = (failures.len(), failures.join("\n"));
    assert!(failures.is_empty(), "{told}\n{failed} scenes failed; JWTICK_SCENES_SEED={seed}");
}

fn variable(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

/// The faults in the answers to a scene, with its seed and its log.
fn failure(seed: u64, number: usize) -> Option<String> {
    let scene = Scene::drawn(&mut Draw::new(seed, number));
    let played = play(&scene);
    let complaints = complaints(&scene, &played);
    (!complaints.is_empty())
        .then(|| format!("scene {number}: {}\n{scene:#?}\n{played}", complaints.join("; ")))
}

/// The answers to a scene.
struct Played {
    pub(crate) probed: Value,
    pub(crate) diagnosed: Value,
    log: String,
    stderr: String,
}

impl fmt::Display for Played {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { probed, diagnosed, log, stderr } = self;
        writeln!(
            f,
            "--- log\n{log}--- stderr\n{stderr}--- probe\n{probed}\n--- diagnose\n{diagnosed}"
        )
    }
}

fn play(scene: &Scene) -> Played {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("secret"), SECRET).unwrap();
    fs::write(path("other"), "a secret of thirty-two bytes and more").unwrap();
    let server = StandIn::start(&words(&server(scene, &path("secret"))));
    let ntp = scene.ntp.map(TimeServer::ntp);
    let mut more = agent(scene, folder.path(), &server);
    more.extend(ntp.iter().flat_map(|ntp| ["--ntp".to_owned(), ntp.address()]));
    let (probed, stderr) = run(scene, &words(&more));
    let name = path("log").display().to_string();
    let (diagnosed, _) = run(scene, &["diagnose", "--json", &name]);
    let log = fs::read_to_string(path("log")).unwrap_or_default();
    Played { probed, diagnosed, log, stderr }
}

fn words(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}

fn server(scene: &Scene, secret: &Path) -> Vec<String> {
    let mut words = vec![
        format!("--secret-file=me={}", secret.display()),
        format!("--offset={}ms", scene.offset_ms),
        format!("--leeway={}s", scene.leeway),
        format!("--max-lifetime={}s", scene.longest_lifetime()),
        format!("--latency={}ms", scene.latency_ms),
        format!("--jitter={}ms", scene.jitter_ms),
        format!("--wording={}", scene.wording),
        format!("--future-iat={}", if scene.minds_future { "refuse" } else { "allow" }),
    ];
    words.extend(match scene.date {
        DateFault::Honest => None,
        DateFault::Omitted => Some("--date=omit".to_owned()),
        DateFault::Stale(by) => Some(format!("--date=stale:{by}s")),
        DateFault::Cached(by) => Some(format!("--date=cached:{by}s")),
    });
    let other = scene.other_node_ms.map(|other| other - scene.offset_ms);
    words.extend(other.map(|other| format!("--node-offset={other}ms")));
    words.extend(scene.frozen.then(|| "--freeze".to_owned()));
    words
}

fn agent(scene: &Scene, folder: &Path, server: &StandIn) -> Vec<String> {
    let file = |name: &str| folder.join(name).display().to_string();
    let secret = if scene.slip == Slip::Key { "other" } else { "secret" };
    let issuer = if scene.slip == Slip::Issuer { "somebody" } else { "me" };
    let exchange = format!("{}/ims/exchange/jwt", server.url("issuer"));
    let token = if scene.form == "adobe-exchange" { &exchange } else { server.url("token_url") };
    let audience =
        if scene.slip == Slip::Audience { "https://other.example" } else { server.url("issuer") };
    let mut words = vec![
        "probe".to_owned(),
        "--json".to_owned(),
        format!("--issuer={issuer}"),
        format!("--secret-file={}", file(secret)),
        format!("--token-url={token}"),
        format!("--receiver-url={}", server.url("receiver_url")),
        format!("--audience={audience}"),
        format!("--form={}", scene.form),
        format!("--lifetime={}s", scene.asked_lifetime()),
        format!("--transcript={}", file("log")),
        "--timeout=20s".to_owned(),
    ];
    if scene.form == "adobe-exchange" {
        words.extend([
            "--client-id=me".to_owned(),
            format!("--client-secret-file={}", file("other")),
        ]);
    }
    if scene.correct {
        words.extend(["--correct".to_owned(), "--max-correction=5d".to_owned()]);
    }
    words
}

// Without the harness, which polls a program every millisecond: forty of them would be too much.
fn run(scene: &Scene, arguments: &[&str]) -> (Value, String) {
    let mut command = Command::new(program());
    let done = command.args(arguments).env_clear().env("TZ", scene.zone).output().unwrap();
    let json = serde_json::from_slice(&done.stdout).unwrap_or_default();
    (json, String::from_utf8_lossy(&done.stderr).into_owned())
}
