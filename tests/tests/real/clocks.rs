//! `jwtick serve` with a client that uses DPoP: oauth4webapi, whose clock is wrong by a known amount.

use core::net::Ipv4Addr;
use core::time::Duration;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use std::{fs, thread};

use jwtick_tests::{Daemon, Serve, fixture, free_tcp_port, hs256, project, tool};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A client that waits for its token.
struct Client {
    child: Child,
    lines: Box<dyn Iterator<Item = String>>,
    /// The thumbprint of its key.
    key: String,
}

impl Client {
    #[track_caller]
    fn start(url: &str, count: u32, skew: i64, issuer: Option<&str>) -> Self {
        let peers = project().join("tests/peers");
        let installed = peers.join("node_modules/oauth4webapi/package.json");
        assert!(installed.exists(), "oauth4webapi is missing, `tests/peers/install` brings it");
        let mut command = Command::new(tool("node"));
        command.arg(peers.join("dpop_client.mjs")).arg(url);
        command.args([count.to_string(), skew.to_string()]).args(issuer);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut lines = Box::new(stdout.lines().map_while(Result::ok));
        let key = lines.next().expect("the thumbprint of the client");
        Self { child, lines, key }
    }

    /// Makes its requests with an access token, and returns the status and the number of attempts of each.
    fn run(mut self, token: &str) -> Vec<String> {
        let mut stdin = self.child.stdin.take().unwrap();
        writeln!(stdin, "{token}").unwrap();
        let results = self.lines.by_ref().collect();
        assert!(self.child.wait().unwrap().success());
        results
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A token that is bound to a key.
fn bound(key: &str) -> String {
    let claims = json!({"iss": "https://login.example", "sub": "ann", "aud": "api",
        "iat": now(), "exp": now() + 300, "cnf": {"jkt": key}});
    hs256(r#"{"alg":"HS256"}"#, claims.to_string())
}

fn serve(more: &[&str]) -> Serve {
    let secret = fixture("keys").join("hs.secret").display().to_string();
    Serve::start(&[&["--secret-file", &*secret, "--aud", "api"], more].concat())
}

fn clocks(serve: &Serve) -> Value {
    let answer = serve.ask("GET /clocks HTTP/1.1\r\nHost: t\r\n\r\n");
    answer.json()
}

fn holds(interval: &Value, secs: f64) -> bool {
    let end = |name: &str| interval[name].as_f64();
    end("least").is_some_and(|least| least <= secs) && end("most").is_some_and(|most| secs <= most)
}

#[test]
fn client_with_a_wrong_clock_passes_by_nonces_and_its_offset_is_found() {
    for skew in [-312, 0, 4_000] {
        let serve = serve(&[]);
        let url = format!("http://{}/verify/orders/7?x=1", serve.address());
        let client = Client::start(&url, 4, skew, None);
        let key = client.key.clone();
        let results = client.run(&bound(&key));
        let first = if skew == 0 { "200 1" } else { "200 2" };
        assert_eq!(results, [first, "200 1", "200 1", "200 1"], "{skew} s");

        let map = clocks(&serve);
        let found = map["clients"].as_array().unwrap().iter().find(|it| it["jkt"] == key.as_str());
        let found = found.unwrap_or_else(|| panic!("{map}"));
        let skew = f64::from(i32::try_from(skew).unwrap());
        assert!(holds(&found["ahead_s"], skew), "{skew}: {map}");
        assert_eq!(found["conclusion"], "within");
    }
}

/// oidc-provider, whose client `app` gets tokens that are bound to the key of its proof.
fn provider(port: u16, folder: &Path) -> Daemon {
    let peers = project().join("tests/peers");
    let installed = peers.join("node_modules/oidc-provider/package.json");
    assert!(installed.exists(), "oidc-provider is missing, `tests/peers/install` brings it");
    let keys = folder.join("keys.jwks");
    fs::write(&keys, r#"{"keys":[]}"#).unwrap();
    let command = |_: &Path| {
        let mut command = Command::new(tool("node"));
        command.arg(peers.join("oidc_provider.mjs")).arg(port.to_string());
        command.arg(format!("http://127.0.0.1:{port}")).arg(&keys);
        command
    };
    Daemon::start("oidc-provider", command, || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    })
}

/// An issuer and a client that know nothing of jwtick: the metadata, keys, tokens and proofs are theirs.
#[test]
fn bound_token_of_oidc_provider_passes_with_the_proofs_of_its_client() {
    let (folder, port) = (TempDir::new().unwrap(), free_tcp_port());
    let _provider = provider(port, folder.path());
    let issuer = format!("http://127.0.0.1:{port}");
    let config = folder.path().join("jwtick.toml");
    let policy = format!(
        "[[serve.issuer]]\nname = \"login\"\nissuer = \"{issuer}\"\ndiscover = \"{issuer}\"\n\
         audiences = [\"api\"]\nprofile = \"rfc9068\"\ndpop = \"required\"\nscopes = [\"orders\"]\n\
         [serve.issuer.fetch]\nallow-private = true\nallow-http = true\n"
    );
    fs::write(&config, policy).unwrap();
    let serve = Serve::start(&["--config", config.to_str().unwrap()]);
    let begun = Instant::now();
    while serve.ask("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n").status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the keys were not fetched");
        thread::sleep(Duration::from_millis(50));
    }
    let url = format!("http://{}/verify/orders/7", serve.address());
    let client = Client::start(&url, 3, 0, Some(&issuer));
    let key = client.key.clone();
    assert_eq!(client.run(""), ["200 1", "200 1", "200 1"]);
    let entry = serve.entry();
    assert_eq!((&entry["verdict"], &entry["issuer"]), (&"allow".into(), &"login".into()));
    let map = clocks(&serve);
    assert_eq!(map["clients"][0]["jkt"], key.as_str(), "{map}");
}
