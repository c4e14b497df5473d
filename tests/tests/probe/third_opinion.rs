//! `jwtick probe --ntp`: a third clock decides which side is wrong.

use std::fs;
use std::path::Path;

use jwtick_tests::{Outcome, SECRET, Schema, StandIn, TimeServer, jwtick};
use serde_json::Value;
use tempfile::TempDir;

/// A stand-in whose clock is `ahead` seconds ahead of this machine, and a secret that it knows.
struct Scene {
    folder: TempDir,
    server: StandIn,
}

impl Scene {
    fn ahead_by(offset: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), SECRET).unwrap();
        let secret = format!("me={}", folder.path().join("secret").display());
        let first = ["--secret-file", &secret, "--offset", offset, "--future-iat", "refuse"];
        let server = StandIn::start(&[&first[..], more].concat());
        Self { folder, server }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn probe(&self, more: &[&str]) -> Outcome {
        let (secret, log) = (self.path("secret"), self.path("log"));
        let token = self.server.url("token_url");
        let first = ["probe", "--issuer", "me", "--secret-file", &secret, "--token-url", token];
        jwtick([&first[..], &["--transcript", &log], more].concat()).run()
    }

    /// The answer of `probe --json`, which `diagnose` must also give from the log.
    #[track_caller]
    fn probed(&self, more: &[&str]) -> Value {
        let done = self.probe(&[more, &["--json"]].concat());
        let json = done.json();
        let fits = Schema::load("probe").and_then(|schema| schema.check(&json));
        assert_eq!(fits, Ok(()), "{done}");
        let log = self.path("log");
        let diagnosed = jwtick([Path::new("diagnose"), Path::new("--json"), Path::new(&log)]).run();
        let again = diagnosed.json();
        for member in ["cause", "clock_fault", "direction", "offset_s", "remote_offset_s"] {
            assert_eq!(again[member], json[member], "{member}: {done}{diagnosed}");
        }
        json
    }
}

#[track_caller]
fn assert_holds(json: &Value, member: &str, secs: Option<f64>) {
    let end = |name: &str| json[member][name].as_f64();
    let holds = end("least").zip(end("most")).map(|(least, most)| least..=most);
    let right = match (holds, secs) {
        (Some(holds), Some(secs)) => holds.contains(&secs),
        (holds, secs) => holds.is_none() && secs.is_none(),
    };
    assert!(right, "{member} should hold {secs:?}: {json:#}");
}

#[test]
fn probe_reports_the_wrong_clock() {
    // Offsets of the server and of NTP from this machine in seconds; the cause, and both offsets by NTP.
    type Row = (&'static str, &'static str, i64, &'static str, f64, f64);
    const ROWS: &[Row] = &[
        ("the server is ahead", "2d", 0, "remote-clock", 0.0, -172_800.0),
        ("the server is behind", "-20m", 0, "remote-clock", 0.0, 1_200.0),
        ("a whole hour", "1h", 0, "remote-clock", 0.0, -3_600.0),
        ("this machine is behind", "2d", 172_800, "local-clock", 172_800.0, 0.0),
        ("this machine is ahead", "-20m", -1_200, "local-clock", -1_200.0, 0.0),
        ("all three differ", "2d", 3_700, "peer-clocks", 172_800.0, -169_100.0),
    ];
    for &(name, offset, ahead, cause, local, remote) in ROWS {
        let (scene, ntp) = (Scene::ahead_by(offset, &[]), TimeServer::ntp(ahead));
        let json = scene.probed(&["--ntp", &ntp.address()]);
        assert_eq!(json["cause"], cause, "{name}: {json:#}");
        assert_eq!(json["clock_fault"], true, "{name}: {json:#}");
        assert_holds(&json, "offset_s", Some(local));
        assert_holds(&json, "remote_offset_s", Some(remote));
        #[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "some thousands")]
        assert_holds(&json, "ntp_offset_s", Some(ahead as f64));
    }
}

#[test]
fn server_without_date_is_caught_by_its_refusals() {
    let scene = Scene::ahead_by("2d", &["--date", "omit"]);
    let json = scene.probed(&["--ntp", &TimeServer::ntp(0).address()]);
    assert_eq!(json["cause"], "remote-clock", "{json:#}");
    assert!(json["remote_offset_s"]["most"].as_f64().is_some_and(|most| most < -280.0), "{json:#}");
    assert_eq!(json["remote_offset_s"]["least"], Value::Null, "{json:#}");
}

#[test]
fn verdict_is_shown_in_every_language() {
    let (scene, ntp) = (Scene::ahead_by("2d", &[]), TimeServer::ntp(0));
    const ROWS: &[(&str, &[&str])] = &[
        ("en", &["That clock is", "the local clock is right", "by NTP:"]),
        ("de", &["Diese Uhr geht", "geht die lokale Uhr richtig", "laut NTP:"]),
        ("ko", &["상대 서버의 시계가", "로컬 시계는 정확합니다", "NTP 기준"]),
    ];
    for (language, sentences) in ROWS {
        let done = scene.probe(&["--ntp", &ntp.address(), "--lang", language]);
        assert_eq!(done.code(), 20, "{language}: {done}");
        let text = done.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        for sentence in *sentences {
            assert!(text.contains(sentence), "{language}, {sentence}: {done}");
        }
    }
}

#[test]
fn majority_decides_and_a_silent_source_is_named() {
    let scene = Scene::ahead_by("2d", &[]);
    let (right, too, wrong) = (TimeServer::ntp(0), TimeServer::ntp(0), TimeServer::ntp(172_800));
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap().to_string();
    let addresses = [&right.address(), &wrong.address(), &too.address(), &silent];
    let more: Vec<&str> = addresses.iter().flat_map(|name| ["--ntp", name]).collect();
    let json = scene.probed(&[&more[..], &["--timeout", "3s"]].concat());
    assert_eq!(json["cause"], "remote-clock", "{json:#}");
    let steps = json["steps"].as_array().unwrap().iter();
    let asked: Vec<&Value> = steps.filter(|step| step["name"] == "ntp").collect();
    let failed: Vec<bool> = asked.iter().map(|step| step["status"] == "failed").collect();
    assert_eq!(failed, [false, false, false, true], "{json:#}");
}

#[test]
fn profile_can_name_ntp_servers() {
    let (scene, ntp) = (Scene::ahead_by("2d", &[]), TimeServer::ntp(0));
    let profile = format!(
        "[agent]\nissuer = \"me\"\nsecret-file = \"secret\"\n[token]\nurl = \"{}\"\n[clock]\nntp = \"{}\"\n",
        scene.server.url("token_url"),
        ntp.address()
    );
    fs::write(scene.path("p.toml"), profile).unwrap();
    let done = jwtick(["probe", &scene.path("p.toml"), "--json"]).run();
    assert_eq!(done.json()["cause"], "remote-clock", "{done}");
    let usage = jwtick(["probe", &scene.path("p.toml"), "--ntp", "a b"]).run();
    assert_eq!(usage.code(), 2, "{usage}");
}
