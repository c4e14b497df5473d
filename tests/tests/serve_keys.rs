//! `jwtick serve` with keys that it fetches: rotation, outages, bad answers, and tokens with invented keys.
#![cfg(test)]

use core::time::Duration;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use jwtick_tests::{Connection, IssuerServer, Says, Serve, jwtick, key_form};
use serde_json::{Value, json};
use tempfile::TempDir;

const ONE: &str = "p256.pkcs8.pem";
const OTHER: &str = "p384.pkcs8.pem";

fn form(name: &str) -> String {
    key_form(name).display().to_string()
}

/// A token that is good for five minutes.
#[track_caller]
fn token(key: &str, kid: &str) -> String {
    let arguments = ["sign", "--key", &form(key), "--kid", kid, "--aud", "api", "--exp", "+5m"];
    let done = jwtick(arguments).run();
    assert_eq!(done.code(), 0, "{done}");
    done.stdout.trim().to_owned()
}

/// The public half of a key.
#[track_caller]
fn public(key: &str, kid: &str) -> Value {
    let done = jwtick(["key", "public", "--format", "jwk", &form(key)]).run();
    let mut jwk = done.json();
    jwk["kid"] = kid.into();
    jwk
}

fn set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}

fn set_of(key: &str, kid: &str) -> String {
    set(&[public(key, kid)])
}

/// Waits until something is the case.
#[track_caller]
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < Duration::from_secs(30), "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A folder with a policy file and the state of the service.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn state(&self) -> PathBuf {
        self.0.path().join("state")
    }

    fn keeps_keys(&self) -> bool {
        fs::read_dir(self.state().join("keys")).is_ok_and(|files| files.count() == 1)
    }

    /// Writes the policy for one issuer, with these lines on how to fetch its keys.
    fn write(&self, key: &str, fetch: &str) {
        let state = self.state();
        let text = format!("[serve]\nstate-directory = {state:?}\n{}", issuer("login", key, fetch));
        fs::write(self.policies(), text).unwrap();
    }

    fn policies(&self) -> PathBuf {
        self.0.path().join("jwtick.toml")
    }

    #[track_caller]
    fn start(&self) -> Serve {
        Serve::start(&["--config", self.policies().to_str().unwrap()])
    }
}

fn issuer(name: &str, key: &str, fetch: &str) -> String {
    format!(
        "[[serve.issuer]]\nname = {name:?}\nissuer = {name:?}\n{key}\naudiences = [\"api\"]\n\
         [serve.issuer.fetch]\n{fetch}\n"
    )
}

/// The same for an issuer whose `iss` is not checked.
#[track_caller]
fn serve(place: &Place, url: &str, fetch: &str) -> Serve {
    place.write(&format!("key = {url:?}"), fetch);
    let text = fs::read_to_string(place.policies()).unwrap().replace("issuer = \"login\"\n", "");
    fs::write(place.policies(), text).unwrap();
    place.start()
}

fn ready(serve: &Serve) -> Value {
    serve.ask("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n").json()
}

/// Status and reason of the answer to a token.
fn verdict(serve: &Serve, token: &str) -> (u16, String) {
    let answer = serve.verify(&format!("Authorization: Bearer {token}\r\n"));
    (answer.status, answer.json()["reason"].as_str().unwrap_or_default().to_owned())
}

fn refused(reason: &str) -> (u16, String) {
    (401, reason.to_owned())
}

fn accepted() -> (u16, String) {
    (200, String::new())
}

fn unavailable() -> (u16, String) {
    (503, "keys_unavailable".to_owned())
}

const QUICK: &str = "allow-private = true\ncooldown = \"1s\"";

#[test]
fn new_key_is_fetched_because_of_its_first_token() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let serve = serve(&place, &issuer.keys_url(), QUICK);
    let (one, other) = (token(ONE, "1"), token(OTHER, "2"));
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    issuer.say(Says::Text(set_of(OTHER, "2")));
    until("the new key is fetched", || verdict(&serve, &other) == accepted());
    assert_eq!(verdict(&serve, &one), refused("unknown_key"), "its good signature is remembered");
    assert_eq!(ready(&serve)["issuers"][0]["count"], 1);
}

#[test]
fn unknown_keys_cause_one_fetch_per_cooldown() {
    const TOKENS: usize = 100_000;
    const AT_ONCE: usize = 500;
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let serve = serve(&place, &issuer.keys_url(), "allow-private = true");
    let good = token(ONE, "1");
    until("the keys are fetched", || verdict(&serve, &good) == accepted());
    let (started, mut connection) = (Instant::now(), serve.connect());
    let payload = good.split('.').nth(1).unwrap();
    for first in (0..TOKENS).step_by(AT_ONCE) {
        let requests: String = (first..first + AT_ONCE).map(|kid| flood(kid, payload)).collect();
        connection.send(requests).unwrap();
        for _ in 0..AT_ONCE {
            assert_eq!(connection.answer().unwrap().status, 401);
        }
    }
    let most = 2 + started.elapsed().as_secs() / 30;
    let fetches = u64::try_from(issuer.asked().len()).unwrap();
    assert!(fetches <= most, "{fetches} fetches for {TOKENS} tokens");
    assert_eq!(verdict(&serve, &good), accepted());
}

/// A request whose token names a key that does not exist.
fn flood(kid: usize, payload: &str) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"ES256","kid":"x{kid}"}}"#));
    let signature = URL_SAFE_NO_PAD.encode([7; 64]);
    format!(
        "GET /verify HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {header}.{payload}.{signature}\r\n\r\n"
    )
}

#[test]
fn service_without_keys_answers_503_until_the_issuer_is_there() {
    let place = Place::new();
    let address = IssuerServer::start("").address();
    let url = format!("http://{address}/keys");
    let serve = serve(&place, &url, QUICK);
    let one = token(ONE, "1");
    let answer = serve.verify(&format!("Authorization: Bearer {one}\r\n"));
    assert_eq!((answer.status, answer.json()["reason"].as_str()), (503, Some("keys_unavailable")));
    assert!(answer.field("retry-after").is_some(), "{answer}");
    until("the fault is known", || ready(&serve)["issuers"][0]["fault"] == "unreachable");
    assert_eq!(ready(&serve)["ready"], false);
    let _issuer = IssuerServer::at(address, Says::Text(set_of(ONE, "1")));
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    assert_eq!(ready(&serve)["issuers"][0]["fault"], Value::Null);
    let (code, log) = serve.end("TERM");
    let said = |part: &str| log.iter().filter(|line| line.contains(part)).count();
    assert_eq!(
        (code, said("could not be fetched"), said("were fetched again")),
        (0, 1, 1),
        "{log:?}"
    );
}

#[test]
fn last_keys_are_used_in_an_outage_and_after_a_restart_in_it() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let url = issuer.keys_url();
    let first = serve(&place, &url, QUICK);
    let one = token(ONE, "1");
    until("the keys are fetched", || verdict(&first, &one) == accepted());
    until("the keys are kept", || place.keeps_keys());
    drop(issuer);
    let other = token(OTHER, "2");
    until("the outage is known", || {
        let _ = verdict(&first, &other);
        ready(&first)["issuers"][0]["fault"] == "unreachable"
    });
    assert_eq!(verdict(&first, &one), accepted());
    let _ = first.end("KILL");
    let second = place.start();
    assert_eq!(verdict(&second, &one), accepted());
    let state = ready(&second);
    assert_eq!(
        (&state["ready"], &state["issuers"][0]["keys"]),
        (&json!(true), &json!(true)),
        "{state}"
    );
    assert!(second.line().contains("are used until others are fetched"));
}

#[test]
fn keys_of_a_long_outage_are_not_used() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let serve = serve(
        &place,
        &issuer.keys_url(),
        "allow-private = true\nstale = \"2s\"\ncooldown = \"1s\"",
    );
    let one = token(ONE, "1");
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    issuer.say(Says::Status(503));
    until("they are too old", || verdict(&serve, &one) == unavailable());
    issuer.say(Says::Text(set_of(ONE, "1")));
    until("they are fetched again", || verdict(&serve, &one) == accepted());
}

/// Name, code of the fault, and answer.
fn bad_answers() -> Vec<(&'static str, &'static str, Says)> {
    let (one, private) = (
        set_of(ONE, "1"),
        jwtick(["key", "generate", "--alg", "ES256", "--format", "jwk"]).run().json(),
    );
    let fake = "RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmktaHR0cHM6Ly9hLmV4YW1wbGU";
    let fake = json!({"kty": "RSA", "e": "AQAB", "n": fake, "kid": "1"});
    let secret = json!({"kty": "oct", "k": "YSBzZWNyZXQgb2YgYXQgbGVhc3QgdGhpcnR5LXR3byBieXRlcw"});
    vec![
        ("not-found", "status", Says::Status(404)),
        ("fault", "status", Says::Status(500)),
        ("accepted", "status", Says::Status(202)),
        ("unasked", "status", Says::Status(304)),
        ("moved", "status", Says::Redirect("/other".to_owned())),
        ("cut", "body", Says::HalfOf(one.clone())),
        ("huge", "body", Says::Endlessly(one.clone())),
        ("slow", "timeout", Says::Slowly(Duration::from_secs(60), one.clone())),
        ("duplicate", "unreadable", Says::Text(one.replacen("{\"", "{\"keys\":[],\"", 1))),
        ("page", "unreadable", Says::Text("<html>".to_owned())),
        ("empty", "empty_set", Says::Text(set(&[]))),
        ("istio", "istio_placeholder", Says::Text(set(&[fake]))),
        ("private", "secret", Says::Text(set(&[private]))),
        ("secret", "secret", Says::Text(set(&[secret]))),
        ("many", "too_many_keys", Says::Text(set(&vec![public(ONE, "1"); 101]))),
    ]
}

#[test]
fn bad_answers_have_names() {
    let rows = bad_answers();
    let fetch = "allow-private = true\ntimeout = \"2s\"";
    let servers: Vec<IssuerServer> = rows.iter().map(|row| IssuerServer::start(row.0)).collect();
    let mut text = "[serve]\n".to_owned();
    for ((name, _, says), server) in rows.iter().zip(&servers) {
        server.say(says.clone());
        text += &issuer(name, &format!("key = {:?}", server.keys_url()), fetch);
    }
    text += &issuer("inner", &format!("key = {:?}", servers[0].keys_url()), "");
    text += &issuer("plain", "key = \"http://192.0.2.1/keys\"", "");
    let place = Place::new();
    fs::write(place.policies(), text).unwrap();
    let serve = place.start();
    let names = rows.iter().map(|(name, code, _)| (*name, *code));
    let named = names.chain([("inner", "address"), ("plain", "plain_http")]);
    let expected: Vec<Value> = named.map(|(name, code)| json!([name, code, false])).collect();
    let found = || -> Vec<Value> {
        let issuers = ready(&serve)["issuers"].as_array().unwrap().clone();
        issuers.iter().map(|it| json!([it["name"], it["fault"], it["keys"]])).collect()
    };
    until("each was asked", || found().iter().all(|it| it[1] != Value::Null));
    assert_eq!(found(), expected);
}

#[test]
fn issuer_is_found_by_its_metadata_which_must_name_it() {
    let issuer = IssuerServer::start(&set_of(ONE, "1"));
    let place = Place::new();
    let discover = format!("discover = {:?}", issuer.name());
    place.write(&discover, QUICK);
    let text = fs::read_to_string(place.policies()).unwrap().replace("issuer = \"login\"\n", "");
    fs::write(place.policies(), text).unwrap();
    let arguments =
        ["sign", "--key", &form(ONE), "--kid", "1", "--aud", "api", "--exp", "+5m", "--iss"];
    let one = jwtick(arguments.iter().copied().chain([&*issuer.name()])).run().stdout;
    let first = place.start();
    until("the keys are fetched", || verdict(&first, one.trim()) == accepted());
    until("the keys are kept", || place.keeps_keys());
    drop(first);
    fs::remove_dir_all(place.state()).unwrap();
    issuer.call_itself("https://other.example");
    let second = place.start();
    until("the name was compared", || ready(&second)["issuers"][0]["fault"] == "issuer");
    assert_eq!(verdict(&second, one.trim()), unavailable());
}

#[test]
fn unchanged_keys_are_not_sent_again() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let fetch = "allow-private = true\nleast-fresh = \"1s\"\nusual-fresh = \"1s\"";
    let serve = serve(&place, &issuer.keys_url(), fetch);
    let one = token(ONE, "1");
    until("they are fetched three times", || issuer.asked().len() >= 3);
    let asked = issuer.asked();
    assert!(
        asked[0].known.is_none() && asked[1..].iter().all(|it| it.known.is_some()),
        "{asked:?}"
    );
    assert_eq!(verdict(&serve, &one), accepted());
}

#[test]
fn reload_keeps_fetched_keys() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let serve = serve(&place, &issuer.keys_url(), QUICK);
    let one = token(ONE, "1");
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    let text =
        fs::read_to_string(place.policies()).unwrap().replace("[\"api\"]", "[\"api\", \"b\"]");
    fs::write(place.policies(), text).unwrap();
    let before = issuer.asked().len();
    serve.signal("HUP");
    let mut reloaded = false;
    while !reloaded {
        assert_eq!(verdict(&serve, &one), accepted(), "during the reload");
        reloaded = serve.try_line().is_some_and(|line| line.contains("reloaded"));
    }
    assert_eq!(verdict(&serve, &one), accepted());
    assert_eq!(issuer.asked().len(), before);
}

#[test]
fn issuer_with_a_wrong_clock_changes_no_verdict() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    issuer.run_ahead(-86_400);
    let serve = serve(&place, &issuer.keys_url(), QUICK);
    let one = token(ONE, "1");
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    let arguments = ["sign", "--key", &form(ONE), "--kid", "1", "--aud", "api", "--exp=-1m"];
    let old = jwtick(arguments).run().stdout;
    assert_eq!(verdict(&serve, old.trim()), refused("expired"));
}

#[test]
fn folder_that_cannot_be_written_is_reported_and_nothing_else_changes() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    fs::write(place.state(), "a file").unwrap();
    let serve = serve(&place, &issuer.keys_url(), QUICK);
    let one = token(ONE, "1");
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    until("the fault is known", || ready(&serve)["issuers"][0]["unkept"].is_string());
    assert_eq!(ready(&serve)["ready"], true);
}

#[test]
fn requests_do_not_wait_long_for_a_slow_issuer() {
    let (place, issuer) = (Place::new(), IssuerServer::start(&set_of(ONE, "1")));
    let serve = serve(&place, &issuer.keys_url(), QUICK);
    let (one, other) = (token(ONE, "1"), token(OTHER, "2"));
    until("the keys are fetched", || verdict(&serve, &one) == accepted());
    issuer.say(Says::Slowly(Duration::from_secs(600), set_of(OTHER, "2")));
    until("the issuer is asked again", || {
        assert_eq!(verdict(&serve, &other), refused("unknown_key"));
        issuer.asked().len() > 1
    });
    let mut waiting: Vec<Connection> = (0..100).map(|_| serve.connect()).collect();
    for connection in &mut waiting {
        let fields = format!("Authorization: Bearer {other}\r\n");
        connection.send(format!("GET /verify HTTP/1.1\r\nHost: t\r\n{fields}\r\n")).unwrap();
    }
    assert_eq!(verdict(&serve, &one), accepted(), "known keys do not wait");
    for connection in &mut waiting {
        assert_eq!(connection.answer().unwrap().status, 401);
    }
}

/// A token whose signature was verified is remembered, but is judged anew each time: by the policy, and with
/// the keys in force.
#[test]
fn remembered_token_is_judged_like_a_new_one() {
    let place = Place::new();
    let keys = place.0.path().join("keys.json");
    let write = |key: &str, lines: &str| {
        fs::write(&keys, set_of(key, "1")).unwrap();
        let text = format!(
            "[[serve.issuer]]\nname = \"login\"\nkey = {keys:?}\n{lines}\n[serve.issuer.identity]\n\
             X-Aud = \"aud\"\n"
        );
        fs::write(place.policies(), text).unwrap();
    };
    const FOR_API: &str = "audiences = [\"api\"]";
    write(ONE, FOR_API);
    let serve = place.start();
    let bearer = format!("Authorization: Bearer {}\r\n", token(ONE, "1"));
    let seen = || {
        let answer = serve.verify(&bearer);
        let reason = answer.json()["reason"].as_str().unwrap_or_default().to_owned();
        (answer.status, reason, answer.field("x-aud").map(str::to_owned))
    };
    let passes = (200, String::new(), Some("api".to_owned()));
    let refused = |reason: &str| (401, reason.to_owned(), None);
    let rows = [
        (ONE, FOR_API, passes.clone()),
        (ONE, "audiences = [\"other\"]", refused("audience")),
        (ONE, "audiences = [\"api\"]\nalgorithms = [\"ES384\"]", refused("algorithm")),
        (ONE, "audiences = [\"api\"]\nrequire = [\"iat\"]", refused("missing_claim")),
        (OTHER, FOR_API, refused("unknown_key")),
        (ONE, FOR_API, passes),
    ];
    for (key, lines, expected) in rows {
        write(key, lines);
        serve.signal("HUP");
        while !serve.line().contains("reloaded: the new policies") {}
        // The second of two is remembered, if the first is good.
        assert_eq!([seen(), seen()], [expected.clone(), expected], "{key} {lines}");
    }
}
