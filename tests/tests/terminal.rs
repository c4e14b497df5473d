//! Whatever a user, a file or a server writes, no character of it acts on the terminal, hides in the
//! output, or starts a line of its own; in JSON, a parser reads it unchanged.
#![cfg(test)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process;
use std::thread;

use jwtick_tests::{
    Command, Noise, Outcome, StandIn, fixture, form, hs256, is_optimized, jwtick, program, token,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Written after a line break; no line of the output may start with it.
const FORGED: &str = "FORGED";

/// Sequences and characters that act on a terminal or are not seen: OSC, CSI, C1, DEL, line
/// separators, writing direction, no width, tags.
const HIDDEN: &[&str] = &[
    "\u{1b}]0;title\u{7}",
    "\u{1b}[2J",
    "\u{1b}[31m",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{85}",
    "\u{7f}",
    "\u{8}\u{8}",
    "\r",
    "\n",
    "\u{2028}",
    "\u{2029}",
    "\u{202a}",
    "\u{202e}gpj\u{202c}",
    "\u{2066}",
    "\u{2069}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{200b}",
    "\u{200d}",
    "\u{2060}",
    "\u{feff}",
    "\u{ad}",
    "\u{180e}",
    "\u{e0041}",
];

/// Unicode properties `Cc`, `Zl`, `Zp`, `Bidi_Control` and the rest of the list above, except line
/// breaks and tabs.
fn acts(character: char) -> bool {
    let listed = || HIDDEN.iter().any(|text| text.ends_with(character));
    let is_control = character.is_control() && !matches!(character, '\n' | '\t');
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_control || turns || (!character.is_ascii() && listed())
}

/// A text of ordinary words and every kind of hidden character, in random order.
fn hostile(noise: &mut Noise) -> String {
    let mut pieces: Vec<&str> =
        HIDDEN.iter().chain(&["a", "ä", "한", "e\u{301}"]).copied().collect();
    pieces.sort_by_cached_key(|_| noise.number());
    format!("x{}\n{FORGED}{}", pieces[..16].concat(), pieces[16..].concat())
}

#[track_caller]
fn check(what: &str, done: &Outcome) {
    assert!(!done.crashed(), "{what}: {done:?}");
    for (name, text) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
        let met: Vec<char> = text.chars().filter(|&character| acts(character)).collect();
        assert!(met.is_empty(), "{what}, {name}: {met:?} in {text:?}");
        let forged = text.lines().any(|line| line.trim_start().starts_with(FORGED));
        assert!(!forged, "{what}, {name}: {text:?}");
    }
}

/// Runs a check on several texts, on one of them if the program is not optimized.
fn each(mut run: impl FnMut(&str)) {
    let mut noise = Noise::of(11);
    for _ in 0..if is_optimized() { 4 } else { 1 } {
        run(&hostile(&mut noise));
    }
}

/// `X` is the text, `TOKEN` a token and `SECRET` the file with its secret.
const ARGUMENTS: &[&[&str]] = &[
    &["X"],
    &["--X"],
    &["--lang", "X", "inspect"],
    &["--config", "X", "inspect"],
    &["inspect", "X"],
    &["inspect", "--json", "X"],
    &["inspect", "--X"],
    &["inspect", "--at", "X", "TOKEN"],
    &["inspect", "--clock", "X", "TOKEN"],
    &["inspect", "--uncertainty", "X", "TOKEN"],
    &["verify", "--secret-file", "X", "TOKEN"],
    &["verify", "--key", "X", "TOKEN"],
    &["verify", "--secret-file", "SECRET", "X"],
    &["verify", "--secret-file", "SECRET", "--json", "X"],
    &["verify", "--secret-file", "SECRET", "--aud", "X", "TOKEN"],
    &["verify", "--secret-file", "SECRET", "--iss", "X", "--json", "TOKEN"],
    &["verify", "--secret-file", "SECRET", "--alg", "X", "TOKEN"],
    &["verify", "--secret-file", "SECRET", "--require", "X", "TOKEN"],
    &["verify", "--secret-file", "SECRET", "--payload", "X", "TOKEN"],
    &["sign", "--secret-file", "SECRET", "--claim", "X"],
    &["sign", "--secret-file", "SECRET", "--claim", "X=X"],
    &["sign", "--secret-file", "SECRET", "--claim", "exp=X"],
    &["sign", "--secret-file", "SECRET", "--header", "X=X"],
    &["sign", "--secret-file", "SECRET", "--header", "alg=X"],
    &["sign", "--secret-file", "SECRET", "--exp", "X"],
    &["sign", "--secret-file", "SECRET", "--claims", "X"],
    &["diagnose", "X"],
    &["diagnose", "--json", "X"],
    &["diagnose", "--tz", "X", "SECRET"],
    &["clock", "--ntp", "127.0.0.1:X"],
    &["clock", "--http", "X"],
    &["clock", "--http", "http://127.0.0.1:9/X"],
    &["clock", "--format", "X", "--http", "http://127.0.0.1:9/"],
    &["clock", "--format", "prometheus", "--http", "http://127.0.0.1:9/X"],
    &["clock", "--ca", "X", "--http", "http://127.0.0.1:9/"],
    &["probe", "X"],
    &["probe", "--issuer", "X", "--token-url", "X"],
    &["probe", "--issuer", "X", "--secret-file", "SECRET", "--token-url", "http://127.0.0.1:9/X"],
    &["probe", "--issuer", "X", "--secret-file", "SECRET", "--token-url", "http://127.0.0.1:9/"],
    &["stand-in", "--listen", "X"],
    &["stand-in", "--key", "X"],
    &["stand-in", "--client", "X"],
    &["stand-in", "--date", "X"],
    &["rehearse", "--offset", "X"],
    &["config", "check", "X"],
    &["key", "generate", "--alg", "X"],
    &["key", "generate", "--alg", "ES256", "--kid", "X"],
    &["key", "generate", "--alg", "ES256", "--out", "X/X"],
    &["key", "public", "X"],
    &["key", "thumbprint", "X"],
    &["completions", "X"],
    &["man", "SECRET/X"],
];

#[test]
fn arguments_show_their_hidden_characters() {
    let secret = fixture("keys").join("hs.secret").display().to_string();
    let token = token(r#"{"iss":"joe","exp":1488307191}"#);
    each(|text| {
        for words in ARGUMENTS {
            let filled = words.iter().map(|word| match *word {
                "TOKEN" => token.clone(),
                word => word.replace("SECRET", &secret).replace('X', text),
            });
            for language in ["C", "de", "ko"] {
                let done = jwtick(filled.clone()).env("LANG", language).run();
                check(&words.join(" "), &done);
            }
        }
    });
}

#[test]
fn environment_and_program_name_show_their_hidden_characters() {
    each(|text| {
        for name in ["LANG", "JWTICK_CONFIG", "TZ", "XDG_CONFIG_HOME", "http_proxy"] {
            let http = ["clock", "--http", "http://127.0.0.2:9/"];
            check(name, &jwtick(http).env(name, text).run());
            check(name, &jwtick(["config", "check"]).env(name, text).run());
        }
        for arguments in [&["--help"][..], &["verify", "--help"], &["--version"], &["verify"], &[]]
        {
            let done =
                process::Command::new(program()).arg0(text).args(arguments).output().unwrap();
            let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            let (stdout, stderr) = (said(&done.stdout), said(&done.stderr));
            let arguments = arguments.join(" ");
            let status = done.status;
            check("argv[0]", &Outcome { arguments, status, stdout, stderr, peak: None });
        }
    });
}

fn write(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> OsString {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.into_os_string()
}

#[test]
fn bytes_of_file_names_that_are_no_text_are_shown() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(OsStr::from_bytes(b"its-\xff\x9b31m\xed\xa0\x80"));
    if fs::write(&path, "JWT expired\n").is_err() {
        return; // macOS refuses such names
    }
    let path = path.into_os_string();
    let shown = r"its-\xff\x9b31m\xed\xa0\x80";
    let done = with(&["diagnose", "--json"], &path).run();
    check("diagnose", &done);
    assert!(done.json()["input"].as_str().is_some_and(|input| input.ends_with(shown)), "{done}");
    for words in [&["diagnose", "-"][..], &["config", "check"], &["key", "public"], &["probe"]] {
        let done = with(words, &path).run();
        check("a name", &done);
        assert!((done.stdout.clone() + &done.stderr).contains(shown), "{done}");
    }
}

fn with(words: &[&str], name: &OsString) -> Command {
    jwtick(words.iter().map(OsString::from).chain([name.clone()]))
}

#[test]
fn file_names_show_their_hidden_characters() {
    let log = fs::read(fixture("logs/ka-10565.log")).unwrap();
    each(|text| {
        let folder = TempDir::new().unwrap();
        let name = write(&folder, text, &log);
        let done = with(&["diagnose", "--json"], &name).run();
        check("diagnose --json", &done);
        assert_eq!(done.json()["input"], *name.to_str().unwrap(), "{done}");
        for words in [
            &["diagnose", "-"][..],
            &["inspect"],
            &["config", "check"],
            &["key", "public"],
            &["key", "thumbprint"],
            &["verify", "--key"],
            &["sign", "--key"],
            &["stand-in", "--key"],
            &["probe"],
            &["key", "generate", "--alg", "ES256", "--out"],
        ] {
            check(&words.join(" "), &with(words, &name).run());
        }
        let settings = write(&folder, &format!("{text}.toml"), "leeway = \"3s\"\n");
        check("config check", &with(&["config", "check"], &settings).run());
        let verify = ["verify", "--secret-file", "a", "--config"];
        let token = token("{}");
        let secret = fixture("keys").join("hs.secret");
        let words = verify
            .map(OsString::from)
            .into_iter()
            .map(|word| if word == "a" { secret.clone().into_os_string() } else { word });
        check("verify --config", &jwtick(words.chain([settings, token.into()])).run());
    });
}

#[test]
fn contents_of_files_show_their_hidden_characters() {
    each(|text| {
        let folder = TempDir::new().unwrap();
        let quoted = json!(text).to_string();
        let plain: String = text.chars().filter(|c| *c == '\n' || !c.is_ascii_control()).collect();
        for (name, content) in [
            ("an unknown key", format!("{quoted} = 1\n")),
            ("an unknown language", format!("language = {quoted}\n")),
            ("a duration", format!("leeway = {quoted}\n")),
            ("a source", format!("ntp = [{quoted}]\n")),
            ("a file", format!("ca = {quoted}\n")),
            ("no TOML", format!("leeway {text}\n")),
            ("no TOML, without controls", format!("leeway {plain}\n")),
        ] {
            let file = write(&folder, "jwtick.toml", &content);
            check(name, &with(&["config", "check"], &file).run());
            check(name, &with(&["inspect", "a.b.c", "--config"], &file).run());
            let agent = format!("[agent]\nissuer = {quoted}\nsecret-file = {quoted}\n[token]\n");
            check(name, &with(&["probe"], &write(&folder, "probe.toml", content)).run());
            check(name, &with(&["probe"], &write(&folder, "probe.toml", agent)).run());
        }
        for (name, content) in [
            ("a PEM label", format!("-----BEGIN {text}-----\nAA==\n-----END {text}-----\n")),
            ("a kty", json!({"kty": text}).to_string()),
            ("a curve", json!({"kty": "EC", "crv": text, "x": "", "y": ""}).to_string()),
            ("a member", json!({text: text}).to_string()),
        ] {
            let file = write(&folder, "key", content);
            check(name, &with(&["key", "public"], &file).run());
            check(name, &with(&["verify", "a.b.c", "--key"], &file).run());
        }
    });
}

/// The curve P-256's generator, which is a sound public key.
const X: &str = "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY";
const Y: &str = "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

#[test]
fn kid_shows_its_hidden_characters() {
    each(|text| {
        let folder = TempDir::new().unwrap();
        let key = json!({"kty": "EC", "crv": "P-256", "x": X, "y": Y, "kid": text});
        let set = write(&folder, "set", json!({"keys": [key, key]}).to_string());
        let one = write(&folder, "one", key.to_string());
        check("thumbprint", &with(&["key", "thumbprint"], &set).run());
        let public = with(&["key", "public"], &set).run();
        check("public", &public);
        assert_eq!(public.json()["keys"][0]["kid"], text, "{public}");
        let public = with(&["key", "public"], &one).run();
        check("public", &public);
        assert_eq!(public.json()["kid"], text, "{public}");
        let made = jwtick(["key", "generate", "--alg", "HS256", "--kid", text]).run();
        check("generate", &made);
        assert_eq!(made.json()["kid"], text, "{made}");

        let made = write(&folder, "made", &made.stdout);
        let mut sign = vec![OsString::from("sign"), "--key".into(), made.clone()];
        sign.extend(["--iss", text, "--jti", text].map(OsString::from));
        let token = jwtick(sign).run();
        check("sign", &token);
        for more in [&[][..], &["--json"], &["--iss", "joe"]] {
            let words = [&["verify", token.stdout.trim()], more, &["--key"]].concat();
            check("verify", &with(&words, &made).run());
            check("verify, no such kid", &with(&words, &set).run());
        }
        let done = with(&["verify", "--json", token.stdout.trim(), "--key"], &made).run();
        assert_eq!(done.json()["key"]["kid"], text, "{done}");
    });
}

#[test]
fn header_and_claims_show_their_hidden_characters() {
    let secret = fixture("keys").join("hs.secret");
    each(|text| {
        let claims = json!({"iss": text, "sub": text, "aud": [text], text: {text: text}, "exp": 1});
        let header = json!({"alg": "HS256", "typ": text, "kid": text, text: text});
        // JSON escapes C0 alone; a claims set may contain the rest as it is (RFC 8259 §7).
        for payload in [claims.to_string(), format!("{{\"a\":1,{}", text), text.to_owned()] {
            let token = hs256(&header.to_string(), &payload);
            for words in [&["inspect", &token][..], &["inspect", "--json", &token]] {
                check("inspect", &jwtick(words.iter().copied()).run());
            }
            for words in [&["verify", "--json", &token][..], &["verify", &token]] {
                let words = [words, &["--aud", "b", "--iss", "c", "--secret-file"]].concat();
                check("verify", &with(&words, &secret.clone().into_os_string()).run());
            }
        }
        let token = hs256(&header.to_string(), claims.to_string());
        let words = ["verify", "--json", &token, "--secret-file"];
        for done in [
            jwtick(["inspect", "--json", &token]).run(),
            with(&words, &secret.clone().into()).run(),
        ] {
            assert_eq!(done.json()["claims"], claims, "{done}");
            assert_eq!(done.json()["header"], header, "{done}");
        }
    });
}

#[test]
fn logs_show_their_hidden_characters() {
    let log = fs::read_to_string(fixture("logs/ka-10565.log")).unwrap();
    each(|text| {
        let inline: String = text.chars().filter(|&c| c != '\n').collect();
        let marked: String = log.lines().map(|line| format!("{line}{inline}\n")).collect();
        let json = log.lines().map(|line| json!({"msg": line, "host": text}).to_string() + "\n");
        for log in [marked, json.collect(), log.replace("invalid_grant", text)] {
            for words in [&["diagnose"][..], &["diagnose", "--json"], &["--lang=ko", "diagnose"]] {
                check("diagnose", &jwtick(words.iter().copied()).stdin(log.clone()).run());
            }
        }
    });
}

/// Answers every request with `answer`.
fn server(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 8_192]);
            let _ = stream.write_all(&answer);
        }
    });
    format!("http://{address}/")
}

#[test]
fn answers_of_servers_show_their_hidden_characters() {
    let secret = fixture("keys").join("hs.secret").display().to_string();
    each(|text| {
        // RFC 9110 §5.5: a field value has no control characters, but bytes from 0x80.
        let field: String = text.chars().filter(|c| !c.is_ascii_control()).collect();
        let fields: String = ["Date", "Age", "Server", "Via", "WWW-Authenticate", "Retry-After"]
            .map(|name| format!("{name}: {field}\r\n"))
            .concat();
        let body = json!({"error": text, "error_description": text}).to_string();
        let token = json!({"access_token": text}).to_string();
        let date = "Date: Fri, 03 Mar 2017 04:29:05 GMT\r\n";
        let rows = [
            ("400 Bad Request", fields.clone(), body.clone()),
            ("400 Bad Request", format!("{date}Content-Type: {field}\r\n"), text.to_owned()),
            ("401 Unauthorized", date.to_owned(), text.to_owned()),
            ("200 OK", fields.clone(), token),
            ("307 Temporary Redirect", format!("Location: {field}\r\n"), String::new()),
            (&format!("400 {field}"), fields, body),
        ];
        // Most of the time passes in waiting for the next second.
        thread::scope(|scope| {
            for (status, fields, body) in &rows {
                scope.spawn(|| check_answer(&secret, status, fields, body));
            }
        });
    });
}

#[track_caller]
fn check_answer(secret: &str, status: &str, fields: &str, body: &str) {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    let url = server(format!("{head}{fields}Connection: close\r\n\r\n{body}").into_bytes());
    let probe = ["probe", "--issuer", "me", "--secret-file", secret, "--token-url", &url];
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("log").display().to_string();
    let clock = ["clock", "--timeout", "3s", "--http", &url];
    let runs: [(&[&str], &[&str]); 6] = [
        (&probe, &["--timeout", "5s", "--transcript", &file]),
        (&probe, &["--timeout", "5s", "--json"]),
        (&probe, &["--timeout", "5s", "--repeat", "2"]),
        (&clock, &[]),
        (&clock, &["--json"]),
        (&clock, &["--format", "prometheus"]),
    ];
    thread::scope(|scope| {
        for (words, more) in runs {
            scope.spawn(move || check(words[0], &jwtick([words, more].concat()).run()));
        }
    });
    let log = fs::read_to_string(&file).unwrap();
    assert!(!log.contains(acts), "{log:?}");
}

#[test]
fn log_of_a_stand_in_shows_hidden_characters() {
    let secret = format!("joe={}", fixture("keys").join("hs.secret").display());
    each(|text| {
        for words in
            [&["--secret-file", &secret][..], &["--secret-file", &secret, "--wording", "google"]]
        {
            let server = StandIn::start(words);
            let aud = server.url("token_url");
            let claims = json!({"iss": "joe", "sub": text, "aud": aud, "exp": 4_000_000_000_u64});
            let more =
                [token(&claims.to_string()), token(&json!({"iss": text}).to_string()), text.into()];
            for assertion in more {
                let assertion: String =
                    assertion.bytes().map(|byte| format!("%{byte:02X}")).collect();
                let grant = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer";
                let content = format!("{grant}&scope={assertion}&assertion={assertion}");
                let _ = server.ask(form("/oauth2/token", "", &content));
            }
            let path: String = text.chars().filter(|c| !c.is_ascii_control()).collect();
            let mut connection = server.connect();
            let _ = connection.ask(format!("GET /{path} HTTP/1.1\r\nHost: t\r\n\r\n"));
            let (_, log) = server.end("TERM");
            let met: Vec<char> = log.chars().filter(|&character| acts(character)).collect();
            assert!(met.is_empty(), "{met:?} in {log:?}");
            let lines: Vec<Value> =
                log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            assert!(lines.len() >= 3, "{log}");
        }
    });
}

#[test]
fn colours_are_kept_on_a_terminal() {
    // script(1) gives the program a terminal.
    if !Path::new("/usr/bin/script").exists() {
        return;
    }
    let token = token(r#"{"\u001b[5m":"\u202e","exp":1488307191}"#);
    let line = format!("{} inspect {token}", program().display());
    let done = process::Command::new("/usr/bin/script")
        .args(["-qec", &line, "/dev/null"])
        .env_clear()
        .env("TERM", "xterm")
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&done.stdout);
    assert!(shown.contains("\u{1b}[1mHeader\u{1b}[0m"), "{shown:?}");
    assert!(!shown.contains("\u{1b}[5m") && !shown.contains('\u{202e}'), "{shown:?}");
}
