//! Independent clients with `jwtick stand-in`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jwtick_tests::{StandIn, jwtick, project, tool};
use tempfile::TempDir;

/// google-auth signs for Google's own endpoint, whatever `token_uri` says.
const GOOGLE: &str = "https://oauth2.googleapis.com/token";

/// An RS256 key pair, whose public half the stand-in knows.
struct Pair {
    folder: TempDir,
}

impl Pair {
    fn generate() -> Self {
        let pair = Self { folder: tempfile::tempdir().unwrap() };
        let private = pair.private().display().to_string();
        let done = jwtick(["key", "generate", "--alg", "RS256", "--out", &private]).run();
        assert_eq!(done.code(), 0, "{done}");
        let done = jwtick(["key", "public", &private]).run();
        assert_eq!(done.code(), 0, "{done}");
        std::fs::write(pair.public(), done.stdout).unwrap();
        pair
    }

    fn private(&self) -> PathBuf {
        self.folder.path().join("rsa.pem")
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("rsa.pub.pem")
    }

    fn stand_in(&self, issuer: &str, arguments: &[&str]) -> StandIn {
        let key = format!("{issuer}={}", self.public().display());
        StandIn::start(&[&["--key", &key], arguments].concat())
    }
}

/// A file in `tests/peers`.
#[track_caller]
fn peer(name: &str) -> PathBuf {
    let file = project().join("tests/peers").join(name);
    assert!(file.exists(), "{} is missing, `tests/peers/install` brings it", file.display());
    file
}

fn run(command: &mut Command) -> Output {
    let what = command.get_program().to_owned();
    command.output().unwrap_or_else(|error| panic!("{}: {error}", what.display()))
}

/// Both streams, as a terminal shows them.
fn both(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

fn google_auth(stand_in: &StandIn, key: &Path, faketime: Option<&str>) -> Output {
    let python = peer("venv/bin/python");
    let mut command = match faketime {
        None => Command::new(python),
        Some(offset) => {
            let mut command = Command::new(tool("faketime"));
            command.args(["-f", offset]).arg(python);
            command
        }
    };
    command.arg(peer("google_auth_token.py")).arg(stand_in.url("token_url")).arg(key);
    // One stream, in the order of events.
    run(command.env("PYTHONUNBUFFERED", "1"))
}

#[test]
fn google_auth_gets_a_token_and_reports_a_wrong_clock() {
    let pair = Pair::generate();
    let stand_in = pair.stand_in("joe@example.com", &["--audience", GOOGLE, "--wording", "google"]);
    let done = google_auth(&stand_in, &pair.private(), None);
    assert!(done.status.success(), "{}", both(&done));
    assert!(both(&done).contains("token: ey"), "{}", both(&done));

    for (faketime, direction, days) in [("-2d", "behind", 2.0), ("+2d", "ahead", -2.0)] {
        let done = google_auth(&stand_in, &pair.private(), Some(faketime));
        let log = both(&done);
        assert!(!done.status.success(), "{log}");
        assert!(log.contains("RefreshError: ('invalid_grant: Invalid JWT: Token must be"), "{log}");
        let found = jwtick(["diagnose", "--json", "-"]).stdin(log.clone()).run();
        assert_eq!(found.code(), 20, "{found}\n{log}");
        let json = found.json();
        assert_eq!(json["cause"], "local-clock", "{found}\n{log}");
        assert_eq!(json["direction"], direction, "{found}");
        let end = |name: &str| json["offset_s"][name].as_f64().unwrap();
        let (least, most) = (end("least"), end("most"));
        let truth = days * 86_400.0;
        assert!(least <= truth && truth <= most && most - least < 10.0, "{least}..{most}: {found}");
    }
}

#[test]
fn authlib_session_fetches_its_token() {
    let pair = Pair::generate();
    let session = |arguments: &[&str]| {
        let stand_in = pair.stand_in("joe", arguments);
        let mut command = Command::new(peer("venv/bin/python"));
        command.arg(peer("authlib_session.py"));
        command.args([stand_in.url("token_url"), stand_in.url("receiver_url")]);
        run(command.arg(pair.private()))
    };
    let done = session(&[]);
    assert_eq!(String::from_utf8_lossy(&done.stdout), "200\n", "{}", both(&done));
    let refused = session(&["--offset", "2d", "--wording", "adobe"]);
    assert!(!refused.status.success());
    assert!(both(&refused).contains("invalid_grant: JWT has expired"), "{}", both(&refused));
}

#[test]
fn oauth4webapi_authenticates_by_private_key_jwt() {
    let pair = Pair::generate();
    let client = |arguments: &[&str]| {
        let stand_in = pair.stand_in("joe", arguments);
        peer("node_modules/oauth4webapi/package.json");
        let mut command = Command::new(tool("node"));
        run(command
            .arg(peer("oauth4webapi_client.mjs"))
            .arg(stand_in.url("issuer"))
            .arg(pair.private()))
    };
    let done = client(&["--require", "jti,iat"]);
    assert_eq!(String::from_utf8_lossy(&done.stdout), "bearer 3600\n", "{}", both(&done));
    let refused = client(&["--offset", "1h"]);
    let said = both(&refused);
    assert!(!refused.status.success(), "{said}");
    assert!(
        said.contains("invalid_client") && said.contains("the assertion has expired"),
        "{said}"
    );
}

#[test]
fn curl_gets_a_token_and_posts() {
    let pair = Pair::generate();
    let stand_in = pair.stand_in("joe", &[]);
    let private = pair.private().display().to_string();
    let mut sign = vec!["sign", "--key", &private, "--iss", "joe", "--sub", "ann"];
    sign.extend(["--aud", stand_in.url("token_url"), "--exp", "+5m"]);
    let assertion = jwtick(sign).run().stdout;
    let curl = |arguments: &[&str]| {
        let done =
            run(Command::new(tool("curl")).args(["-sS", "--fail-with-body"]).args(arguments));
        assert!(done.status.success(), "{}", both(&done));
        String::from_utf8(done.stdout).unwrap()
    };
    let grant = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer";
    let assertion = format!("assertion={}", assertion.trim_end());
    let granted = curl(&["-d", grant, "--data-urlencode", &assertion, stand_in.url("token_url")]);
    let granted: serde_json::Value = serde_json::from_str(&granted).unwrap();
    let bearer = format!("Authorization: Bearer {}", granted["access_token"].as_str().unwrap());
    let received = curl(&["-H", &bearer, "-d", "x", stand_in.url("receiver_url")]);
    assert_eq!(received, "Replication (TEST) successful\n");
}
