//! `jwtick probe` shows no secret, whatever the servers repeat, and sends none without encryption.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jwtick_tests::{Outcome, SECRET, jwtick};
use tempfile::TempDir;

const CLIENT_SECRET: &str = "p=Q/w&z?4711-x";
const ACCESS: &str = "opaque.Access+Token/1=";

/// Answers each request with what `answer` makes of it.
fn server(answer: impl Fn(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = talk(stream, &answer);
        }
    });
    url
}

fn talk(mut stream: TcpStream, answer: &impl Fn(&str) -> String) -> std::io::Result<()> {
    let (mut request, mut part) = (String::new(), [0; 8_192]);
    loop {
        let read = stream.read(&mut part)?;
        request += &String::from_utf8_lossy(&part[..read]);
        let Some((head, body)) = request.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned)
        });
        if read == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            break;
        }
    }
    stream.write_all(answer(&request).as_bytes())
}

fn refusal(status: u16, fields: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Refused\r\n{fields}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("key"), SECRET).unwrap();
        fs::write(folder.path().join("secret"), CLIENT_SECRET).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn probe(&self, url: &str, more: &[&str]) -> Outcome {
        let (key, secret, log) = (self.path("key"), self.path("secret"), self.path("log"));
        let agent = ["probe", "--issuer", "me", "--secret-file", &key, "--transcript", &log];
        let client = ["--client-id", "me", "--client-secret-file", &secret, "--timeout", "5s"];
        let server = ["--token-url", url, "--form", "adobe-exchange"];
        jwtick([&agent[..], &client, &server, more].concat()).run()
    }

    /// Everything that the program has shown.
    fn shown(&self, done: &Outcome) -> String {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        format!("{}{}{log}", done.stdout, done.stderr)
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn json(text: &str) -> String {
    text.chars().map(|sign| format!("\\u{:04x}", u32::from(sign))).collect()
}

/// The assertion of a request.
fn assertion(request: &str) -> String {
    let form = request.split("jwt_token=").nth(1).unwrap_or_default();
    form.split('&').next().unwrap_or_default().to_owned()
}

/// A way to repeat a secret.
type Echo = (&'static str, fn(&str) -> String);

const ECHOES: &[Echo] = &[
    ("as it is", str::to_owned),
    ("percent", percent),
    ("percent twice", |text| percent(text).replace('%', "%25")),
    ("JSON", json),
    ("JSON in JSON", |text| json(text).replace('\\', "\\\\")),
    ("base64", |text| STANDARD.encode(text)),
    ("base64url", |text| URL_SAFE_NO_PAD.encode(text)),
    ("base64 with a user", |text| STANDARD.encode(format!("me:{text}"))),
    ("base64 with another user", |text| STANDARD.encode(format!("a:{text}"))),
    ("in a URL", |text| format!("see http://me:{text}@h/ for more")),
];

#[test]
fn repeated_secret_is_shown_in_no_encoding() {
    let desk = Desk::new();
    for &(name, echo) in ECHOES {
        let url = server(move |request| {
            let fields = format!("WWW-Authenticate: Basic realm=\"{}\"\r\n", echo(CLIENT_SECRET));
            let secrets = [echo(CLIENT_SECRET), echo(&assertion(request))].join(" or ");
            refusal(
                400,
                &fields,
                &format!("{{\"error\":\"invalid_client\",\"got\":\"{secrets}\"}}"),
            )
        });
        for more in [&["--json"][..], &[], &["--repeat", "2"]] {
            let done = desk.probe(&url, more);
            let shown = desk.shown(&done);
            assert!(
                shown.contains("invalid_client") && shown.contains("(redacted)"),
                "{name}: {shown}"
            );
            for secret in [CLIENT_SECRET, &CLIENT_SECRET[3..], "eyJ"] {
                // The claims are shown, as JSON.
                for echo in ECHOES.iter().map(|(_, echo)| echo(secret)).filter(|it| it.len() > 7) {
                    assert!(!shown.contains(&echo), "{name}: {echo} in {shown}");
                }
            }
            assert!(!shown.contains("eyJ"), "{name}: {shown}");
        }
    }
}

#[test]
fn issued_token_is_shown_nowhere() {
    let rows: &[(&str, &str, &str)] = &[
        ("opaque", ACCESS, ACCESS),
        ("header with a blank", "eyAiYWxnIjoiSFMyNTYifQ.eyJ9.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
        ("header in lines", "ewogImFsZyI6IkhTMjU2In0.eyJ9.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
    ];
    for &(name, token, secret) in rows {
        let desk = Desk::new();
        let body =
            format!(r#"{{"data":{{"refresh_token":"refresh-4711"}},"access_token":"{token}"}}"#);
        let url = server(move |_| refusal(200, "", &body));
        let receiver = server(move |request| {
            let got =
                request.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization"));
            refusal(
                401,
                "",
                &format!("got {} for {token}, not refresh-4711", got.unwrap_or("nothing")),
            )
        });
        let done = desk.probe(&url, &["--json", "--receiver-url", &receiver]);
        let shown = desk.shown(&done);
        assert_eq!(done.json()["outcome"], "refused", "{name}: {done}");
        for secret in [token, secret, "refresh-4711"] {
            assert!(!shown.contains(secret), "{name}: {secret} in {shown}");
        }
    }
}

#[test]
fn error_and_redirect_show_no_secret() {
    let desk = Desk::new();
    let url = server(|request| {
        let location =
            format!("http://me:pw4711@h/cb?jwt_token={}&code=Splx47OBeZ", assertion(request));
        refusal(302, &format!("Location: {location}\r\n"), "")
    });
    let done = desk.probe(&url, &["--json"]);
    let shown = desk.shown(&done);
    assert!(shown.contains("the server redirects to http://(redacted)@h/cb"), "{shown}");
    for secret in ["pw4711", "Splx", "eyJ"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn secrets_are_not_sent_in_the_clear_to_other_hosts() {
    let desk = Desk::new();
    // No host has an address of TEST-NET-1 (RFC 5737).
    let away = "http://192.0.2.1:9/token";
    let done = desk.probe(away, &[]);
    assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    assert!(done.stderr.contains("add --insecure"), "{done}");
    let home = server(|_| refusal(400, "", ""));
    let done = desk.probe(&home, &["--receiver-url", away]);
    assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    for (language, said) in [("en", "plain http"), ("de", "unverschlüsselt"), ("ko", "암호화되지")]
    {
        let done = desk.probe(&home, &["--receiver-url", away, "--insecure", "--lang", language]);
        assert_eq!(done.code(), 21, "{done}");
        assert!(done.stderr.contains(said), "{done}");
        assert!(desk.probe(away, &["--lang", language]).stderr.contains("--insecure"));
    }
    let (key, proxy) = (desk.path("key"), server(|_| refusal(400, "", "")));
    let proxied = |proxy: &str| {
        let agent = ["probe", "--issuer", "me", "--secret-file", &key, "--token-url", &home];
        jwtick(agent).env("http_proxy", proxy).run()
    };
    assert_eq!(proxied("http://me:pw4711@192.0.2.1:9/").code(), 2, "a proxy on another host");
    assert_ne!(proxied(&proxy).code(), 2, "a proxy on this host");
    let echo = server(|request| {
        let sent = request.split("Basic ").nth(1).and_then(|sent| sent.split_whitespace().next());
        refusal(400, "", &format!("not {}", sent.unwrap_or_default()))
    });
    let echoed = proxied(&echo.replace("//", "//me:pw4711@"));
    assert!(echoed.stdout.contains("not bWU6(redacted)"), "{echoed}");
    let failed = proxied("socks5://me:pw4711@127.0.0.1:9/");
    assert!(!failed.to_string().contains("pw4711"), "{failed}");
}

#[cfg(unix)]
#[test]
fn transcript_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let url = server(|_| refusal(400, "", ""));
    let mode = || fs::metadata(desk.path("log")).unwrap().permissions().mode() & 0o777;
    let done = desk.probe(&url, &[]);
    assert_eq!(mode(), 0o600, "{done}");
    // The user may share it, and a later test does not take that back.
    fs::set_permissions(desk.path("log"), fs::Permissions::from_mode(0o644)).unwrap();
    let _ = desk.probe(&url, &[]);
    assert_eq!(mode(), 0o644);
}

/// A command, the file that it reads, and whether that is secret. `@` marks the name of a file
/// in the folder.
#[cfg(unix)]
type Reading = (&'static [&'static str], &'static str, bool);

#[cfg(unix)]
const READINGS: &[Reading] = &[
    (&["probe", "--issuer", "me", "--secret-file", "@key", "--token-url", "URL"], "key", true),
    (
        &[
            "probe",
            "--issuer",
            "me",
            "--key",
            "@key.pem",
            "--client-secret-file",
            "@secret",
            "--token-url",
            "URL",
        ],
        "secret",
        true,
    ),
    (&["sign", "--key", "@key.pem"], "key.pem", true),
    (&["sign", "--secret-file", "@key"], "key", true),
    (&["verify", "--secret-file", "@key", "a.b.c"], "key", true),
    (&["verify", "--key", "@public.pem", "a.b.c"], "public.pem", false),
    (&["key", "public", "@key.pem"], "key.pem", true),
    (&["key", "thumbprint", "@public.pem"], "public.pem", false),
    (&["stand-in", "--listen", "192.0.2.1:9", "--client", "me=@secret"], "secret", true),
];

impl Desk {
    /// Runs a command of a table.
    fn run(&self, command: &[&str], url: &str, language: &str) -> Outcome {
        let named = |word: &&str| match word.split_once('@').filter(|_| !word.contains(':')) {
            Some((before, name)) => format!("{before}{}", self.path(name)),
            None => word.replace("URL", url),
        };
        jwtick(command.iter().map(named)).env("LANG", language).run()
    }
}

#[cfg(unix)]
#[test]
fn secret_that_others_can_read_draws_a_warning() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let url = server(|_| refusal(400, "", ""));
    let made = desk.run(&["key", "generate", "--alg", "ES256", "--out", "@key.pem"], "", "en");
    let public = desk.run(&["key", "public", "@key.pem"], "", "en").stdout;
    fs::write(desk.path("public.pem"), public).unwrap();
    assert_eq!(made.code(), 0, "{made}");
    let chmod =
        |file: &str, mode| fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
    ["key", "secret"].iter().for_each(|name| chmod(&desk.path(name), 0o600));
    for &(command, name, is_secret) in READINGS {
        let file = desk.path(name);
        for (mode, is_shared) in [(0o600, false), (0o644, true), (0o640, true), (0o604, true)] {
            chmod(&file, mode);
            let done = desk.run(command, &url, "en");
            let said = format!("{file} holds a secret that other users can read (mode {mode:04o})");
            assert_eq!(done.stderr.contains(&said), is_secret && is_shared, "{mode:o} {done}");
        }
        chmod(&file, 0o600);
    }
    chmod(&desk.path("key"), 0o644);
    for (language, said) in [("de", "andere Benutzer"), ("ko", "다른 사용자")] {
        let done = desk.run(&["sign", "--secret-file", "@key"], "", language);
        assert!(done.stderr.contains(said), "{done}");
    }
    let piped = jwtick(["sign", "--secret-file", "-"]).stdin(SECRET).run();
    assert_eq!((piped.code(), piped.stderr.contains("other users")), (0, false), "{piped}");
}

/// Files that a user may name by mistake.
const FILES: &[(&str, &str)] = &[
    ("passwd", "root:$6$hunter2:1::::\n"),
    ("env", "TOKEN=hunter2\n"),
    ("url", "http = [\"http://user:hunter2@h/\"]"),
    ("begin", "-----BEGIN hunter2-----\n"),
    ("p.toml", "[token]\nclient-secret = \"hunter2\"\n[agent]\nissuer=\"a\"\n"),
    ("q.toml", "token = \"hunter2\"\nagent = \"hunter2\"\n"),
    ("r.toml", "hunter2\n"),
    ("k.jwk", "{\"kty\":\"oct\",\"k\":\"hunter2!\"}"),
];

/// Commands that fail, and repeat part of their input.
const REFUSED: &[&[&str]] = &[
    &["clock", "--http", "http://user:hunter2@h/"],
    &["clock", "--http", "http://user:hun/hunter2@h/"],
    &["clock", "--http", "http://user:hunter2 x@h/"],
    &["clock", "--http", "user:hunter2@h:"],
    &["clock", "--ntp", "user:hunter2@h"],
    &["verify", "--secret-file", "x", "--clock", "http://user:hunter2@h/", "a.b.c"],
    &["inspect", "--clock", "http://user:hunter2@h/", "a.b.c"],
    &["sign", "--secret-file", "x", "--clock", "http://user:hunter2@h/"],
    &["probe", "--issuer", "me", "--token-url", "http://user:hunter2@h/"],
    &[
        "probe",
        "--issuer",
        "me",
        "--token-url",
        "http://h/",
        "--receiver-url",
        "http://user:hunter2@h/",
    ],
    &["probe", "--client-secret=hunter2"],
    &["clock", "--client_secret=hunter2"],
    &["clock", "client_secret=hunter2"],
    &["clock", "eyJhbGciOiJub25lIn0.hunter2.x"],
    &["hunter", "http://user:hunter2@h/"],
    &["--config", "@passwd", "clock"],
    &["--config", "@env", "clock"],
    &["--config", "@url", "clock"],
    &["config", "check", "@begin"],
    &["probe", "@p.toml"],
    &["probe", "@q.toml"],
    &["probe", "@r.toml"],
    &["sign", "--key", "@r.toml"],
    &["sign", "--secret-env", "hunter2"],
    &["sign", "--key", "@k.jwk"],
    &["sign", "--secret-file", "@key", "--claims", "@r.toml"],
];

#[test]
fn errors_repeat_no_secret() {
    let desk = Desk::new();
    FILES.iter().for_each(|(name, text)| fs::write(desk.path(name), text).unwrap());
    for command in REFUSED {
        for language in ["en", "de", "ko"] {
            let done = desk.run(command, "", language);
            assert_ne!(done.code(), 0, "{done}");
            let said = format!("{}{}", done.stdout, done.stderr);
            assert!(!said.is_empty() && !said.contains("hunter2"), "{done}");
        }
    }
}
