//! `probe` with independent servers: an authorization server from npm, and nginx as its proxy.

use core::net::Ipv4Addr;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use jwtick_tests::{
    Authority, Daemon, Identity, Nginx, Outcome, SECRET, StandIn, free_tcp_port, jwtick, project,
    tool,
};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with keys and certificates, an authority, and the certificates that it signed.
struct Office {
    folder: TempDir,
    authority: Authority,
    server: Identity,
}

impl Office {
    fn new() -> Self {
        let authority = Authority::new("an authority of the tests");
        let server = authority.certify("localhost", 2025, 2099);
        let office = Self { folder: tempfile::tempdir().unwrap(), authority, server };
        fs::write(office.path("secret"), SECRET).unwrap();
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn ca(&self) -> &str {
        self.authority.file().to_str().unwrap()
    }

    /// Writes a certificate signed by `authority`, and its key.
    fn admit(&self, name: &str, authority: &Authority) -> [String; 2] {
        let Identity { certificate, key } = authority.certify("agent.example", 2025, 2099);
        let files = [self.name(&format!("{name}.pem")), self.name(&format!("{name}.key"))];
        fs::write(&files[0], certificate).unwrap();
        fs::write(&files[1], key).unwrap();
        files
    }

    /// A stand-in with nginx as its proxy, and the arguments of a connection test.
    fn fronted(&self, verify: &str) -> Fronted {
        let secret = format!("me={}", self.name("secret"));
        let stand_in = StandIn::start(&["--secret-file", &secret]);
        let directives = format!(
            "ssl_client_certificate {}; ssl_verify_client {verify}; access_log shown.log shown;\n\
             location / {{ proxy_pass http://{}; }}",
            self.ca(),
            stand_in.address(),
        );
        Fronted { nginx: Nginx::serving(&self.server, &directives), stand_in }
    }
}

struct Fronted {
    nginx: Nginx,
    stand_in: StandIn,
}

impl Fronted {
    fn probe(&self, office: &Office, more: &[&str]) -> Outcome {
        let token = format!("{}oauth2/token", self.nginx.url());
        let (secret, audience) = (office.name("secret"), self.stand_in.url("token_url"));
        let agent = ["probe", "--json", "--issuer", "me", "--secret-file", &secret];
        let server = ["--token-url", &token, "--audience", audience, "--ca", office.ca()];
        jwtick([agent.as_slice(), &server, more].concat()).run()
    }

    fn shown(&self) -> String {
        fs::read_to_string(self.nginx.daemon().folder().join("shown.log")).unwrap()
    }
}

#[test]
fn server_that_requests_a_certificate_gets_it() {
    let office = Office::new();
    let server = office.fronted("on");
    let [cert, key] = office.admit("agent", &office.authority);
    let done = server.probe(&office, &["--client-cert", &cert, "--client-key", &key]);
    assert_eq!((done.code(), &done.json()["outcome"]), (0, &"connected".into()), "{done}");
    assert!(server.shown().lines().all(|line| line == "SUCCESS"), "{}", server.shown());

    let profile = format!(
        "[agent]\nissuer = \"me\"\nsecret-file = \"secret\"\naudience = \"{}\"\n\
         [token]\nurl = \"{}oauth2/token\"\n\
         [tls]\nca = \"{}\"\ncert = \"agent.pem\"\nkey = \"agent.key\"\n",
        server.stand_in.url("token_url"),
        server.nginx.url(),
        office.ca(),
    );
    fs::write(office.path("p.toml"), profile).unwrap();
    let done = jwtick(["probe", &office.name("p.toml"), "--json"]).run();
    assert_eq!((done.code(), &done.json()["outcome"]), (0, &"connected".into()), "{done}");
}

#[test]
fn server_whose_certificate_request_is_unmet_is_named() {
    let office = Office::new();
    let server = office.fronted("on");
    let [cert, key] = office.admit("another", &Authority::new("another authority"));
    let others = ["--client-cert", cert.as_str(), "--client-key", key.as_str()];
    let rows: &[(&str, &[&str], &str)] = &[
        ("none", &[], "the server asks for a client certificate, and none is named"),
        ("another authority's", &others, "The SSL certificate error"),
    ];
    for (name, more, said) in rows {
        let done = server.probe(&office, more);
        let json = done.json();
        assert_eq!(json["outcome"], "refused", "{name}: {done}");
        assert_ne!(json["clock_fault"], true, "{name}: {done}");
        assert!([1, 21].contains(&done.code()) && done.stdout.contains(said), "{name}: {done}");
    }
}

#[test]
fn handshake_that_requires_a_certificate_says_so() {
    let office = Office::new();
    let port = free_tcp_port();
    for version in ["-tls1_3", "-tls1_2"] {
        let command = |folder: &Path| {
            fs::write(folder.join("server.pem"), &office.server.certificate).unwrap();
            fs::write(folder.join("server.key"), &office.server.key).unwrap();
            let mut command = Command::new(tool("openssl"));
            command.current_dir(folder).args(["s_server", "-quiet", "-www", version]);
            command.args(["-cert", "server.pem", "-key", "server.key", "-Verify", "1"]);
            command.args(["-verify_return_error", "-accept", &format!("127.0.0.1:{port}")]);
            command
        };
        let ready = || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
        let _server = Daemon::start("openssl", command, ready);
        let (url, secret) = (format!("https://localhost:{port}/"), office.name("secret"));
        let agent = ["probe", "--json", "--issuer", "me", "--secret-file", &secret];
        let done =
            jwtick([agent.as_slice(), &["--token-url", &url, "--ca", office.ca()]].concat()).run();
        assert_eq!((done.code(), &done.json()["outcome"]), (1, &"unreachable".into()), "{done}");
        let said = "localhost asks for a client certificate, and none is named";
        assert!(done.stdout.contains(said), "{version}: {done}");
    }
}

#[test]
fn certificate_is_sent_to_no_other_server() {
    let office = Office::new();
    let [cert, key] = office.admit("agent", &office.authority);
    let asks = format!("ssl_client_certificate {}; ssl_verify_client optional;", office.ca());
    let asks = asks + " access_log shown.log shown;";
    let other = Nginx::serving(&office.server, &format!("{asks} return 204;"));
    let first = Nginx::serving(&office.server, &format!("{asks} return 307 {};", other.url()));
    let secret = office.name("secret");
    let agent = ["probe", "--json", "--issuer", "me", "--secret-file", &secret];
    let tls = ["--ca", office.ca(), "--client-cert", &cert, "--client-key", &key];
    let done = jwtick([agent.as_slice(), &["--token-url", first.url()], &tls].concat()).run();
    assert!(done.stdout.contains("redirects to"), "{done}");
    let shown = |server: &Nginx| {
        let log = fs::read_to_string(server.daemon().folder().join("shown.log")).unwrap();
        log.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(Vec::from_iter(shown(&first)), ["SUCCESS"], "{done}");
    // The measurement follows redirects, and carries no data of the user.
    assert_eq!(Vec::from_iter(shown(&other)), ["NONE"], "{done}");
}

#[test]
fn mismatched_keys_and_certificates_are_named() {
    let office = Office::new();
    let [cert, key] = office.admit("agent", &office.authority);
    let [_, other] = office.admit("other", &office.authority);
    let locked = office.name("locked.key");
    let mut lock = Command::new(tool("openssl"));
    lock.args(["pkey", "-aes256", "-passout", "pass:word", "-in", &key, "-out", &locked]);
    assert!(lock.status().unwrap().success());
    let secret = office.name("secret");
    let rows: &[(&str, &[&str], i32, &str)] = &[
        ("under a password", &["--client-cert", &cert, "--client-key", &locked], 1, "password"),
        ("of another", &["--client-cert", &cert, "--client-key", &other], 1, "for another key"),
        ("no certificate", &["--client-cert", &key, "--client-key", &key], 1, "no certificate"),
        (
            "no private key",
            &["--client-cert", &cert, "--client-key", &cert],
            1,
            "needs a private key",
        ),
        (
            "no key",
            &["--client-cert", &cert, "--client-key", &secret],
            1,
            "expected a key in PEM or DER",
        ),
        ("not there", &["--client-cert", "/no", "--client-key", &key], 1, "cannot read /no"),
        ("half", &["--client-cert", &cert], 2, "pass both"),
        ("the other half", &["--client-key", &key], 2, "pass both"),
    ];
    for (name, more, code, said) in rows {
        let agent = ["probe", "--issuer", "me", "--secret-file", &secret];
        let server = ["--token-url", "https://localhost:9/"];
        let done = jwtick([agent.as_slice(), &server, more].concat()).run();
        assert_eq!(done.code(), *code, "{name}: {done}");
        assert!(done.stderr.contains(said) && done.stdout.is_empty(), "{name}: {done}");
    }
}

/// `oidc-provider` with nginx as its proxy, which adds TLS and a receiver.
struct Provider {
    _node: Daemon,
    nginx: Nginx,
    /// Without nginx.
    direct: String,
}

impl Provider {
    fn start(office: &Office) -> Self {
        let [front, back] = [free_tcp_port(), free_tcp_port()];
        let installed = project().join("tests/peers/node_modules/oidc-provider/package.json");
        assert!(installed.exists(), "oidc-provider is missing, `tests/peers/install` brings it");
        let command = |_: &Path| {
            let mut command = Command::new(tool("node"));
            command.arg(project().join("tests/peers/oidc_provider.mjs")).arg(back.to_string());
            command.arg(format!("https://localhost:{front}")).arg(office.path("keys.jwks"));
            command
        };
        let ready = || TcpStream::connect((Ipv4Addr::LOCALHOST, back)).is_ok();
        let node = Daemon::start("oidc-provider", command, ready);
        let directives = format!(
            "location / {{\n proxy_pass http://127.0.0.1:{back}; proxy_set_header Host $http_host;\n\
             proxy_set_header X-Forwarded-Proto https;\n}}\n\
             location /receive {{\n if ($http_authorization !~ \"^Bearer .\") {{ return 401; }}\n\
             return 204;\n}}"
        );
        let nginx = Nginx::on(front, &office.server, &directives);
        Self { _node: node, nginx, direct: format!("http://127.0.0.1:{back}/token") }
    }

    fn probe(&self, office: &Office, faketime: Option<&str>, more: &[&str]) -> Outcome {
        let [token, receiver] = ["token", "receive"].map(|path| self.nginx.url().to_owned() + path);
        let (key, log) = (office.name("agent.jwk"), office.name("log"));
        let agent = ["probe", "--json", "--issuer", "agent", "--key", &key, "--transcript", &log];
        let server = ["--form", "client-assertion", "--token-url", &token, "--ca", office.ca()];
        let rest = ["--client-id", "agent", "--receiver-url", &receiver];
        let run = jwtick([agent.as_slice(), &server, &rest, more].concat());
        match faketime {
            Some(offset) => run.under("faketime", &["-f", offset]).run(),
            None => run.run(),
        }
    }
}

fn key_pair(office: &Office) {
    let key = office.name("agent.jwk");
    let done =
        jwtick(["key", "generate", "--alg", "ES256", "--format", "jwk", "--out", &key]).run();
    assert_eq!(done.code(), 0, "{done}");
    let public = jwtick(["key", "public", "--format", "jwk", &key]).run();
    let keys = format!("{{\"keys\":[{}]}}", public.stdout.trim_end());
    fs::write(office.path("keys.jwks"), keys).unwrap();
}

fn holds(interval: &Value, secs: f64) -> bool {
    let end = |name: &str| interval[name].as_f64();
    end("least").is_some_and(|least| least <= secs) && end("most").is_some_and(|most| secs <= most)
}

#[test]
fn oidc_provider_accepts_private_key_jwt_and_a_wrong_clock_is_found() {
    let office = Office::new();
    key_pair(&office);
    let provider = Provider::start(&office);
    let done = provider.probe(&office, None, &[]);
    assert_eq!((done.code(), &done.json()["outcome"]), (0, &"connected".into()), "{done}");

    let correct = ["--correct", "--max-correction", "3d"];
    let done = provider.probe(&office, Some("-2d"), &correct);
    let json = done.json();
    assert_eq!((done.code(), &json["cause"]), (20, &"local-clock".into()), "{done}");
    assert_eq!((&json["direction"], &json["corrected"]), (&"behind".into(), &"connected".into()));
    for member in ["offset_s", "server_offset_s"] {
        assert!(holds(&json[member], 172_800.0), "{member}: {done}");
    }
    assert!(done.stdout.contains("invalid_client"), "{done}");
    let diagnosed = jwtick(["diagnose", "--json", &office.name("log")]).run();
    assert_eq!(diagnosed.json()["cause"], "local-clock", "{diagnosed}");
}

#[test]
fn date_written_late_by_node_is_measured() {
    let office = Office::new();
    key_pair(&office);
    let provider = Provider::start(&office);
    let issuer = provider.nginx.url().trim_end_matches('/');
    let direct = ["--token-url", &provider.direct, "--audience", issuer];
    let correct = ["--correct", "--max-correction", "3d"];
    let key = office.name("agent.jwk");
    let agent = ["probe", "--json", "--issuer", "agent", "--key", &key];
    let form = ["--form", "client-assertion", "--client-id", "agent"];
    for _ in 0..3 {
        let run = jwtick([agent.as_slice(), &form, &direct, &correct].concat());
        let done = run.under("faketime", &["-f", "-2d"]).run();
        let json = done.json();
        assert_eq!(
            (&json["cause"], &json["corrected"]),
            (&"local-clock".into(), &"connected".into())
        );
        // A text that is some milliseconds late looks like a clock that is.
        let [least, most] = ["least", "most"].map(|end| json["server_offset_s"][end].as_f64());
        assert!(least < Some(172_800.5) && Some(172_799.5) < most, "{done}");
    }
}
