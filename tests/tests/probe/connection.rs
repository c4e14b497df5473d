//! A connection test, to a stand-in whose clock may be wrong, and to servers that misbehave.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, thread};

use jwtick_core::UnixTime;
use jwtick_core::time::HttpDate;
use jwtick_tests::{SECRET, StandIn, hs256, jwtick};
use serde_json::{Value, json};

use super::{Desk, contains};

#[test]
fn working_connection_is_reported() {
    let desk = Desk::new();
    let server = desk.stand_in(&[]);
    let receiver = ["--receiver-url", server.url("receiver_url")];
    let done = desk.probe(server.url("token_url"), &receiver);
    let json = done.json();
    assert_eq!((done.code(), &json["outcome"]), (0, &"connected".into()), "{done}");
    let names: Vec<&str> =
        json["steps"].as_array().unwrap().iter().filter_map(|step| step["name"].as_str()).collect();
    assert_eq!(names, ["clock", "assertion", "token", "receiver"], "{done}");
    assert!(contains(&json["server_offset_s"], 0.0), "{done}");
    assert_eq!((&json["clock_fault"], &json["remedy"]), (&false.into(), &json!([])), "{done}");
}

/// A key pair; returns the private half as a JSON string.
fn key(desk: &Desk) -> String {
    let pem = jwtick(["key", "generate", "--alg", "RS256", "--bits", "2048"]).run().stdout;
    fs::write(desk.path("key.pem"), &pem).unwrap();
    let public =
        jwtick([Path::new("key"), Path::new("public"), &desk.path("key.pem")]).run().stdout;
    fs::write(desk.path("public.pem"), public).unwrap();
    serde_json::to_string(&pem).unwrap()
}

#[test]
fn service_account_is_a_profile() {
    let desk = Desk::new();
    let key = key(&desk);
    let known = |name: &str| format!("{name}={}", desk.path("public.pem").display());
    let known = [known("agent@p.example"), known("O@AdobeOrg")];
    let server = StandIn::start(&["--key", &known[0], "--key", &known[1]]);
    let token = server.url("token_url");
    let google = format!(
        r#"{{"type":"service_account","private_key":{key},"private_key_id":"one",
            "client_email":"agent@p.example","token_uri":"{token}"}}"#
    );
    let adobe = format!(
        r#"{{"ok":true,"integration":{{"imsEndpoint":"ims.invalid","metascopes":"ent_aem_cloud_api",
            "technicalAccount":{{"clientId":"cm-1","clientSecret":"hunter2"}},"id":"T@techacct",
            "org":"O@AdobeOrg","privateKey":{key}}}}}"#
    );
    let exchange = format!("{}/ims/exchange/jwt", server.url("issuer"));
    let rows: [(&str, &str, &[&str]); 2] = [
        ("google", &google, &[]),
        ("adobe", &adobe, &["--token-url", &exchange, "--audience", token]),
    ];
    for (name, text, more) in rows {
        let (file, log) = (desk.path("account.json"), desk.path("log"));
        fs::write(&file, text).unwrap();
        let [file, log] = [file, log].map(|path| path.display().to_string());
        let first = ["probe", "--from", &file, "--transcript", &log, "--json"];
        let done = jwtick([&first, more].concat()).run();
        assert_eq!((done.code(), &done.json()["outcome"]), (0, &"connected".into()), "{done}");
        let secret = [desk.transcript(), done.stdout, done.stderr].concat();
        assert!(!secret.contains("hunter2") && !secret.contains("PRIVATE"), "{name}: {secret}");
    }
    let other = jwtick([Path::new("probe"), Path::new("--from"), &desk.path("key.pem")]).run();
    assert_eq!((other.code(), other.stdout.as_str()), (2, ""), "{other}");
    assert!(other.stderr.contains("client_email and token_uri (Google)"), "{other}");
}

#[test]
fn log_of_a_token_request_is_tested_again() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "3h7m", "--future-iat", "refuse"]);
    let url = server.url("token_url");
    let token = |aud: &str| {
        let claims =
            format!(r#"{{"iss":"me","sub":"me","aud":"{aud}","iat":100,"exp":160,"x":1}}"#);
        let token = hs256(r#"{"alg":"HS256"}"#, &claims);
        format!("{}.MASKED", token.rsplit_once('.').unwrap().0)
    };
    let log = |aud: &str| format!("10:00:00 assertion={}\n10:00:00 POST {url} 400\n", token(aud));
    let (file, secret) = (desk.path("app.log"), desk.path("secret").display().to_string());
    let probe = |more: &[&str]| {
        let first = ["probe", "--from", file.to_str().unwrap(), "--secret-file", &secret, "--json"];
        jwtick([&first, more].concat()).run()
    };
    fs::write(&file, log(url)).unwrap();
    let done = probe(&[]);
    assert_eq!((done.code(), &done.json()["cause"]), (20, &"local-clock".into()), "{done}");
    for said in [
        format!("token endpoint: {url} (line 2)"),
        "issuer: me (line 1)".to_owned(),
        "lifetime: 1 min (line 1)".to_owned(),
        "further claims: x (line 1)".to_owned(),
        "not in the log: key ID (kid)".to_owned(),
    ] {
        assert!(done.stderr.contains(&said), "{said}: {done}");
    }
    // What is for another server is sent nowhere that only the log names.
    fs::write(&file, log("https://login.example/token")).unwrap();
    let refused = probe(&[]);
    assert_eq!((refused.code(), refused.stdout.as_str()), (2, ""), "{refused}");
    assert!(refused.stderr.contains(&format!("add --token-url {url}")), "{refused}");
    assert_eq!(probe(&["--token-url", url, "--audience", url]).code(), 20);
    fs::write(&file, "10:00:00 issuer me: JWT has expired\n").unwrap();
    assert!(probe(&[]).stderr.contains("or the log of a token request"), "{}", probe(&[]));
    let (_, requests) = server.end("TERM");
    assert_eq!(requests.matches("\"POST\"").count(), 2, "{requests}");
}

#[test]
fn few_requests_measure_the_clock_of_the_server() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "1h", "--future-iat", "refuse"]);
    let done = desk.probe(server.url("token_url"), &[]);
    let json = done.json();
    let width = |end: &str| json["server_offset_s"][end].as_f64().unwrap();
    assert!(contains(&json["server_offset_s"], 3_600.0), "{done}");
    assert!(width("most") - width("least") < 0.5, "{done}");
    let (_, log) = server.end("TERM");
    let methods = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let methods: Vec<String> =
        methods.filter_map(|line| Some(line["method"].as_str()?.to_owned())).collect();
    assert_eq!((&json["time_requests"], methods.len()), (&4.into(), 5), "{methods:?}");
    assert_eq!(methods, ["HEAD", "GET", "GET", "GET", "POST"], "{done}");
}

#[test]
fn report_is_in_the_language_of_the_reader() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "1h", "--future-iat", "refuse"]);
    let secret = desk.path("secret").display().to_string();
    let first = ["probe", "--issuer", "me", "--secret-file", &secret, "--repeat", "2"];
    let rows = [
        ("de", server.url("token_url"), "Der Token-Endpunkt hat mit Status 400 abgelehnt: "),
        ("ko", server.url("token_url"), "토큰 엔드포인트가 상태 400(으)로 거부했습니다: "),
        ("en", server.url("token_url"), "failed to get access token"),
        ("de", "http://127.0.0.1:9/token", "127.0.0.1"),
    ];
    let titles =
        [("en", "The first failure: "), ("de", "Der erste Fehler: "), ("ko", "첫 번째 실패: ")];
    for (language, url, expected) in rows {
        let more = ["--token-url", url, "--lang", language];
        let done = jwtick([&first[..], &more].concat()).run();
        let (_, title) = titles.iter().find(|(of, _)| *of == language).unwrap();
        let failure = done.stdout.lines().find_map(|line| line.strip_prefix(title));
        let failure = failure.unwrap_or_default();
        assert!(failure.contains(expected), "{done}");
        assert_eq!(failure.contains("failed to get"), language == "en", "{done}");
    }
}

#[test]
fn wrong_clock_is_measured_and_the_log_alone_gives_the_same_answer() {
    const ROWS: &[(&str, f64, &str)] = &[
        ("2d9h49m14s", 208_154.0, "behind"),
        ("20m", 1_200.0, "behind"),
        ("-3d", -259_200.0, "ahead"),
    ];
    for &(offset, secs, direction) in ROWS {
        let desk = Desk::new();
        let server = desk.stand_in(&["--offset", offset, "--future-iat", "refuse"]);
        let receiver = ["--receiver-url", server.url("receiver_url")];
        let receiver = [&receiver[..], &["--correct", "--max-correction", "4d"]].concat();
        let done = desk.probe(server.url("token_url"), &receiver);
        let json = done.json();
        assert_eq!((done.code(), &json["cause"]), (20, &"local-clock".into()), "{offset}: {done}");
        assert_eq!(json["direction"], direction, "{offset}: {done}");
        assert_eq!(json["corrected"], "connected", "{offset}: {done}");
        assert!(contains(&json["offset_s"], secs), "{offset}: {done}");
        assert!(contains(&json["server_offset_s"], secs), "{offset}: {done}");
        let diagnosed = desk.diagnosed();
        for member in ["cause", "clock_fault", "direction", "offset_s"] {
            assert_eq!(diagnosed[member], json[member], "{offset}, {member}: {done}");
        }
    }
}

#[test]
fn refusal_for_another_reason_is_not_blamed_on_the_clock() {
    let desk = Desk::new();
    let server = desk.stand_in(&[]);
    let rows: &[(&str, &[&str])] = &[
        ("another audience", &["--audience", "https://other.example"]),
        ("another issuer", &["--subject", "me", "--issuer", "somebody"]),
        ("too long a lifetime", &["--lifetime", "2d"]),
    ];
    for (name, more) in rows {
        let secret = desk.path("secret").display().to_string();
        let log = desk.path("log").display().to_string();
        let token = ["--token-url", server.url("token_url")];
        let first = ["probe", "--secret-file", &secret, "--json", "--transcript", &log];
        let issuer: &[&str] = if more.contains(&"--issuer") { &[] } else { &["--issuer", "me"] };
        let done = jwtick([&first, token.as_slice(), issuer, more].concat()).run();
        let json = done.json();
        assert_eq!(json["outcome"], "refused", "{name}: {done}");
        assert_ne!(json["clock_fault"], true, "{name}: {done}");
        assert!([1, 21].contains(&done.code()), "{name}: {done}");
        assert_eq!(desk.diagnosed()["cause"], json["cause"], "{name}: {done}");
    }
}

#[test]
fn output_and_log_contain_no_secret() {
    let desk = Desk::new();
    let server = desk.stand_in(&["--offset", "1h"]);
    let token = server.url("token_url");
    for more in [&["--receiver-url", server.url("receiver_url")][..], &["--correct"]] {
        let done = desk.probe(token, more);
        for text in [done.to_string(), desk.transcript()] {
            let secret = String::from_utf8_lossy(SECRET);
            // The claims of a token follow a dot; a random `jti` may contain the same letters.
            assert!(!text.contains(".eyJ") && !text.contains(secret.as_ref()), "{text}");
        }
    }
}

/// Answers every request with `answer`, and passes on the request.
fn server(answer: &[u8]) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, heard) = mpsc::channel();
    let answer = answer.to_vec();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 8_192];
            let read = stream.read(&mut request).unwrap_or(0);
            let _ = sender.send(String::from_utf8_lossy(&request[..read]).into_owned());
            let _ = stream.write_all(&answer);
        }
    });
    (format!("http://{address}/token"), heard)
}

#[test]
fn misbehaving_server_gets_a_clear_message() {
    let html = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>";
    let broken =
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{\"error\"";
    let large = "HTTP/1.1 400 Bad Request\r\nContent-Length: 100000000\r\n\r\n".to_owned()
        + &"x".repeat(3_000_000);
    let rows: &[(&str, &[u8], &str)] = &[
        ("HTML", html.as_bytes(), "<html></html>"),
        ("an answer that breaks off", broken.as_bytes(), "cannot read the answer"),
        ("100 MB", large.as_bytes(), "cannot read the answer"),
        ("no HTTP", b"SSH-2.0-OpenSSH\r\n", "HTTP/1.1"),
        ("nothing", b"", "closed the connection"),
    ];
    for &(name, answer, expected) in rows {
        let (url, _heard) = server(answer);
        let done = Desk::new().probe(&url, &["--timeout", "5s"]);
        let json = done.json();
        assert_eq!((done.code(), &json["outcome"]), (1, &"unreachable".into()), "{name}: {done}");
        assert!(done.stdout.contains(expected), "{name}: {done}");
    }
}

#[test]
fn answer_must_contain_exactly_one_access_token() {
    const ROWS: &[(&str, &str)] = &[
        (r#"{"access_token":"abc"}"#, ""),
        (r#"{"access_token":""}"#, "but found an empty one"),
        (r#"{"access_token":"abc","access_token":"abc"}"#, "but found more than one"),
        (r#"{"access_token":"abc","access\u005ftoken":"def"}"#, "but found more than one"),
        (r#"{"access_token":7}"#, "but found a value that is not a text"),
        (r#"{"token_type":"Bearer"}"#, "but found none"),
        (r#"{"access_token":"a\nb"}"#, "not visible ASCII"),
    ];
    thread::scope(|scope| {
        for &(body, expected) in ROWS {
            scope.spawn(move || {
                let length = body.len();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n");
                let answer = format!("{head}Connection: close\r\n\r\n{body}");
                let (url, _heard) = server(answer.as_bytes());
                let done = Desk::new().probe(&url, &["--timeout", "5s"]);
                let outcome = if expected.is_empty() { "connected" } else { "unreachable" };
                assert_eq!(done.json()["outcome"], outcome, "{body}: {done}");
                assert!(done.stdout.contains(expected), "{body}: {done}");
            });
        }
    });
}

#[test]
fn gzip_answer_is_read() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(br#"{"error":"invalid_client","error_description":"nobody"}"#).unwrap();
    let body = packed.finish().unwrap();
    let head = format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    let (url, _heard) = server(&[head.as_bytes(), &body].concat());
    let done = Desk::new().probe(&url, &["--timeout", "5s"]);
    assert_eq!(done.json()["outcome"], "refused", "{done}");
    assert!(done.stdout.contains("invalid_client"), "{done}");
}

#[test]
fn redirect_gets_no_secret() {
    let (other, heard) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let head = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {other}\r\nContent-Length: 0\r\n\r\n"
    );
    let (url, _heard) = server(head.as_bytes());
    let done = Desk::new().probe(&url, &["--timeout", "3s"]);
    assert_eq!(done.code(), 1, "{done}");
    assert!(done.stdout.contains("redirects to"), "{done}");
    let sent: Vec<String> = heard.try_iter().collect();
    assert!(sent.iter().all(|request| !request.contains("assertion")), "{sent:?}");
}

#[test]
fn missing_or_silent_server_ends_the_test_in_time() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let hangs = format!("http://{}/token", silent.local_addr().unwrap());
    let gone = format!("http://127.0.0.1:{}/token", jwtick_tests::free_tcp_port());
    for (name, url, expected) in
        [("hangs", hangs, "no answer within"), ("gone", gone, "cannot connect")]
    {
        let done = Desk::new().probe(&url, &["--timeout", "1s"]);
        assert_eq!(
            (done.code(), &done.json()["outcome"]),
            (1, &"unreachable".into()),
            "{name}: {done}"
        );
        assert!(done.stdout.contains(expected), "{name}: {done}");
    }
}

#[test]
fn without_an_answer_the_advice_is_about_the_network() {
    let desk = Desk::new();
    let secret = desk.path("secret").display().to_string();
    let url = format!("http://127.0.0.1:{}/token", jwtick_tests::free_tcp_port());
    let done =
        jwtick(["probe", "--issuer", "me", "--secret-file", &secret, "--token-url", &url]).run();
    assert_eq!(done.code(), 1, "{done}");
    assert!(done.stdout.contains("\nNo usable answer, so no clock was judged"), "{done}");
    assert!(!done.stdout.contains("How to find out"), "{done}");
}

#[test]
fn mistake_in_a_profile_is_named() {
    let desk = Desk::new();
    let server = desk.stand_in(&[]);
    let profile = format!(
        "[agent]\nname = \"test agent\"\nissuer = \"me\"\nsecret-file = \"secret\"\n\
         claims = {{ scope = \"read\" }}\n[token]\nurl = \"{}\"\n[receiver]\nurl = \"{}\"\n",
        server.url("token_url"),
        server.url("receiver_url"),
    );
    let run = |text: &str| {
        fs::write(desk.path("p.toml"), text).unwrap();
        let claim = [Path::new("--claim"), Path::new("level=7")];
        jwtick([&[Path::new("probe"), &desk.path("p.toml")], &claim[..]].concat()).run()
    };
    let done = run(&profile);
    assert_eq!(done.code(), 0, "{done}");
    assert!(
        done.stdout.contains("test_agent : ") && done.stdout.contains(r#""scope":"read""#),
        "{done}"
    );
    assert!(done.stdout.contains(r#""level":7"#), "{done}");
    assert!(done.stdout.contains("The connection works."), "{done}");
    let slip = run(&profile.replace("issuer", "isuer"));
    assert_eq!(slip.code(), 2, "{slip}");
    assert!(slip.stderr.contains("p.toml:3:1: unknown field `isuer`"), "{slip}");
}

/// Answers as long as a connection is open, by the clock of this machine, and passes on the methods
/// of each connection.
fn keeping_server() -> (String, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, heard) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            thread::spawn(move || sender.send(conversation(stream)));
        }
    });
    (format!("http://{address}/token"), heard)
}

fn conversation(mut stream: TcpStream) -> Vec<String> {
    let (mut methods, mut request) = (Vec::new(), [0; 8_192]);
    while let Ok(read @ 1..) = stream.read(&mut request) {
        let text = String::from_utf8_lossy(&request[..read]).into_owned();
        let method = text.split(' ').next().unwrap_or_default().to_owned();
        let body = if method == "POST" { "{\"access_token\":\"x\"}" } else { "" };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
        let now = UnixTime::from_micros(i64::try_from(now).unwrap());
        let date = HttpDate::new(now).unwrap();
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: {length}\r\n\r\n");
        let _ = stream.write_all((head + body).as_bytes());
        methods.push(method);
    }
    methods
}

#[test]
fn token_request_goes_to_the_server_that_was_measured() {
    let (url, heard) = keeping_server();
    let done = Desk::new().probe(&url, &["--repeat", "3"]);
    assert_eq!(done.json()["outcome"], "connected", "{done}");
    let mut connections: Vec<Vec<String>> = heard.iter().take(3).collect();
    connections.sort_by_key(|methods| core::cmp::Reverse(methods.len()));
    let [first, second, third] = connections.as_slice() else { panic!("{connections:?}") };
    assert_eq!(first.first().map(String::as_str), Some("HEAD"), "{connections:?}");
    assert_eq!(first.iter().filter(|method| *method == "POST").count(), 1, "{connections:?}");
    assert_eq!((second.as_slice(), third.as_slice()), (&["POST".into()][..], &["POST".into()][..]));
}
