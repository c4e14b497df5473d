//! `jwtick serve`: answers to a proxy, the log, policies from a file, reload and end.
#![cfg(test)]

use core::time::Duration;
use std::fs;
use std::io::ErrorKind;
use std::net::UdpSocket;
use std::path::PathBuf;
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jwtick_tests::{
    IssuerServer, Serve, fixture, form, hs256, jwtick, key_form, token, without_shared_files,
};
use serde_json::{Value, json};
use tempfile::TempDir;

fn secret() -> String {
    fixture("keys").join("hs.secret").display().to_string()
}

/// A service for tokens that the secret of the fixtures signed.
#[track_caller]
fn serve(more: &[&str]) -> Serve {
    let secret = secret();
    Serve::start(&[&["--secret-file", &*secret], more].concat())
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// A good token for the audience `api`, with these members in place of its own, or without those that are
/// `null`.
fn claims(change: &Value) -> String {
    let mut all = json!({"iss": "https://login.example", "sub": "ann", "aud": "api",
        "iat": now() - 10, "exp": now() + 300, "jti": "1", "client_id": "app", "scope": "a b"});
    let change = change.as_object().unwrap().clone();
    all.as_object_mut().unwrap().extend(change);
    all.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    all.to_string()
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

/// A policy file; its folder is deleted at the end.
struct Policies {
    _folder: TempDir,
    path: PathBuf,
}

impl Policies {
    fn new(text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("jwtick.toml");
        fs::write(&path, text).unwrap();
        Self { path, _folder: folder }
    }

    fn name(&self) -> &str {
        self.path.to_str().unwrap()
    }

    fn replace(&self, text: &str) {
        fs::write(&self.path, text).unwrap();
    }

    #[track_caller]
    fn serve(&self) -> Serve {
        Serve::start(&["--config", self.name()])
    }
}

/// A policy file with the secret of the fixtures for one issuer, and these lines for it and for the service.
fn policies(service: &str, issuer: &str) -> Policies {
    Policies::new(&text(service, issuer))
}

fn text(service: &str, issuer: &str) -> String {
    let secret = secret();
    format!(
        "[serve]\n{service}\n[[serve.issuer]]\nname = \"login\"\nsecret-file = \"{secret}\"\n\
         audiences = [\"api\"]\n{issuer}\n"
    )
}

/// A name, changed claims, the status, the reason, and a part of the challenge.
type Row = (&'static str, Value, u16, &'static str, &'static str);

fn rows() -> Vec<Row> {
    let now = now();
    let invalid = "error=\"invalid_token\"";
    vec![
        ("expired", json!({"exp": now - 4}), 401, "expired", "exp expired "),
        ("not yet valid", json!({"nbf": now + 60}), 401, "not_yet_valid", invalid),
        ("without an end", json!({"exp": null}), 401, "missing_claim", invalid),
        ("without an audience", json!({"aud": null}), 401, "missing_claim", invalid),
        ("another audience", json!({"aud": ["x", "y"]}), 401, "audience", invalid),
        ("another audience, expired", json!({"aud": "x", "exp": 1}), 401, "audience", invalid),
        ("end as text", json!({"exp": "1"}), 401, "malformed", invalid),
        ("another issuer", json!({"iss": "https://other.example"}), 401, "unknown_issuer", invalid),
        ("without a scope", json!({"scope": "b"}), 403, "scope", "scope=\"a\""),
        ("without a scope, expired", json!({"scope": "b", "exp": 1}), 401, "expired", invalid),
        ("a part of a scope", json!({"scope": "ab"}), 403, "scope", "insufficient_scope"),
    ]
}

#[test]
fn refuses_with_a_reason_a_challenge_and_a_line() {
    let service = serve(&["--aud", "api", "--scope", "a", "--issuer", "https://login.example"]);
    for (name, change, status, reason, challenge) in rows() {
        let answer = service.verify(&bearer(&token(&claims(&change))));
        assert_eq!(
            (answer.status, &answer.json()["reason"]),
            (status, &reason.into()),
            "{name}\n{answer}"
        );
        let met = answer.field("www-authenticate").unwrap();
        assert!(met.starts_with("Bearer ") && met.contains(challenge), "{name}\n{answer}");
        assert_eq!(answer.field("cache-control"), Some("no-store"), "{name}");
        let names: Vec<&str> =
            answer.head.lines().skip(1).filter_map(|it| Some(it.split_once(':')?.0)).collect();
        let expected = ["content-type", "cache-control", "www-authenticate", "content-length"];
        assert_eq!(names, expected, "{name}: a proxy hands every field to the client");
        let entry = service.entry();
        let found = (&entry["verdict"], &entry["reason"], &entry["status"]);
        assert_eq!(found, (&"refuse".into(), &reason.into(), &status.into()), "{name}: {entry}");
    }
}

#[test]
fn refuses_what_is_no_token_of_the_issuer() {
    let service = serve(&["--aud", "api", "--alg", "HS256"]);
    let good = token(&claims(&json!({})));
    let header = |header: &str| bearer(&hs256(header, claims(&json!({}))));
    let forged = format!("{}A", good.strip_suffix(|_| true).unwrap());
    let rows: [(&str, String, u16, &str); 11] = [
        ("no token", String::new(), 401, "no_token"),
        ("another scheme", "Authorization: Basic YTpi\r\n".to_owned(), 401, "no_token"),
        ("two fields", bearer(&good).repeat(2), 400, "invalid_request"),
        ("two tokens", bearer(&format!("{good} {good}")), 400, "invalid_request"),
        ("only the scheme", "Authorization: Bearer\r\n".to_owned(), 400, "invalid_request"),
        ("a word", bearer("hunter2"), 401, "malformed"),
        ("forged", bearer(&forged), 401, "signature"),
        ("no signature", header(r#"{"alg":"none"}"#), 401, "malformed"),
        ("another algorithm", header(r#"{"alg":"HS512"}"#), 401, "algorithm"),
        ("a proof", header(r#"{"alg":"HS256","typ":"dpop+jwt"}"#), 401, "type"),
        ("encrypted", bearer("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..a.a.a"), 401, "encrypted"),
    ];
    for (name, fields, status, reason) in rows {
        let answer = service.verify(&fields);
        let found = (answer.status, answer.json()["reason"].clone());
        // The last sign of a tag has unused bits, so that a forged one may be malformed.
        let reason = if name == "forged" && found.1 == "malformed" { "malformed" } else { reason };
        assert_eq!(found, (status, reason.into()), "{name}\n{answer}");
        assert_eq!(service.entry()["reason"], reason, "{name}");
        let challenge = answer.field("www-authenticate").unwrap();
        assert_eq!(challenge == "Bearer", reason == "no_token", "{name}: {challenge}");
        for secret in ["hunter2", good.rsplit_once('.').unwrap().1] {
            assert!(!answer.to_string().contains(secret), "{name}\n{answer}");
        }
    }
}

#[test]
fn allows_with_every_identity_header() {
    let identity = "identity = { X-User = \"sub\", X-Mail = \"email\", X-Roles = \"realm.roles\" }";
    let service = policies("", identity).serve();
    let rows = [
        ("a name", json!({"sub": "ann"}), "ann", "", ""),
        ("no name", json!({"sub": null}), "", "", ""),
        ("not ASCII", json!({"sub": "\u{fc}"}), "base64url:w7w", "", ""),
        ("looks encoded", json!({"sub": "base64url:w7w"}), "base64url:YmFzZTY0dXJsOnc3dw", "", ""),
        ("a line break", json!({"sub": "a\r\nX-Mail: b"}), "base64url:YQ0KWC1NYWlsOiBi", "", ""),
        ("an array", json!({"realm": {"roles": ["a", "b"]}}), "ann", "", "[\"a\",\"b\"]"),
        ("a switch", json!({"email": true}), "ann", "true", ""),
    ];
    for (name, change, user, mail, roles) in rows {
        let answer = service.verify(&bearer(&token(&claims(&change))));
        assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{name}\n{answer}");
        let found =
            ["x-user", "x-mail", "x-roles"].map(|name| answer.field(name).unwrap_or("none"));
        // A field without a value ends at the colon.
        let found = found.map(|it| if it == "none" { "" } else { it });
        assert_eq!(found, [user, mail, roles], "{name}\n{answer}");
        assert!(answer.head.contains("x-mail:"), "{name}\n{answer}");
        assert_eq!(service.entry()["verdict"], "allow", "{name}");
    }
    let long = json!({"sub": "x".repeat(2_000)});
    let answer = service.verify(&bearer(&token(&claims(&long))));
    assert_eq!((answer.status, &answer.json()["reason"]), (401, &"condition".into()), "{answer}");
}

#[test]
fn any_method_and_path_below_verify_is_answered() {
    let service = serve(&["--aud", "api"]);
    let fields = bearer(&token(&claims(&json!({}))));
    let mut connection = service.connect();
    for (request, status) in [
        ("GET /verify", 200),
        ("HEAD /verify", 200),
        ("POST /verify?x=1", 200),
        ("PROPFIND /verify/", 200),
        ("DELETE /verify/orders/7?x=1", 200),
        ("GET /verifyx", 404),
        ("GET /", 404),
        ("POST /healthz", 405),
        ("POST /introspect", 404),
    ] {
        let request =
            format!("{request} HTTP/1.1\r\nHost: t\r\n{fields}Upgrade: websocket\r\n\r\n");
        let answer = connection.ask(&request).unwrap();
        assert_eq!(answer.status, status, "{request}");
    }
}

#[test]
fn routes_demand_scopes_of_the_original_request() {
    let routes = "[[serve.issuer.route]]\npath = \"/orders/*\"\nmethods = [\"POST\"]\nscopes = [\"w\"]\n\
                  [[serve.issuer.route]]\npath = \"/admin\"\nscopes = [\"root\"]";
    let service = policies("front = \"nginx\"\ntrust-forwarded = true", routes).serve();
    let token = bearer(&token(&claims(&json!({}))));
    const ROWS: &[(&str, &str, u16)] = &[
        ("GET", "/orders/7", 200),
        ("POST", "/orders/7", 403),
        ("POST", "/orders", 403),
        ("POST", "/ordersx", 200),
        ("GET", "/admin?x=1", 403),
        ("GET", "/%61dmin", 403),
        ("GET", "//admin", 403),
        ("GET", "/x/../admin", 403),
        ("GET", "/x/%2e%2e/admin", 403),
        ("GET", "/admin;v=1", 403),
        ("GET", "/administrator", 200),
    ];
    for &(method, uri, status) in ROWS {
        let original = format!("X-Original-Method: {method}\r\nX-Original-URI: {uri}\r\n");
        let answer = service.verify(&format!("{token}{original}"));
        assert_eq!(answer.status, status, "{method} {uri}\n{answer}");
        let entry = service.entry();
        let path = uri.split('?').next().unwrap();
        assert_eq!((&entry["method"], &entry["path"]), (&method.into(), &path.into()), "{uri}");
    }
    // What another kind of proxy would send is the client's own.
    let forged = "X-Forwarded-Uri: /\r\nX-Forwarded-Method: GET\r\n";
    let answer = service.verify(&format!("{token}{forged}"));
    assert_eq!((answer.status, &answer.json()["reason"]), (401, &"invalid_request".into()));
    let twice = "X-Original-URI: /\r\nX-Original-URI: /admin\r\n";
    assert_eq!(service.verify(&format!("{token}{twice}")).status, 401);
}

#[test]
fn original_request_counts_only_as_configured() {
    let routes = "[[serve.issuer.route]]\npath = \"/admin\"\nscopes = [\"root\"]";
    let token = bearer(&token(&claims(&json!({}))));
    let forged = "X-Original-URI: /a\r\nX-Forwarded-Uri: /b\r\n";
    let untrusting = policies("", routes).serve();
    let ask = |service: &Serve, path: &str, fields: &str| {
        service.ask(format!("GET {path} HTTP/1.1\r\nHost: t\r\n{token}{fields}\r\n")).status
    };
    assert_eq!(ask(&untrusting, "/verify/admin", forged), 403, "the path counts");
    assert_eq!(ask(&untrusting, "/verify/a", forged), 200, "the path counts");
    assert_eq!(ask(&untrusting, "/verify", forged), 400, "a path is unknown");
    let other = policies("trust-forwarded = true", routes).serve();
    assert_eq!(ask(&other, "/verify", forged), 400, "two proxies disagree");
    assert_eq!(ask(&other, "/verify", "X-Forwarded-Uri: /admin\r\n"), 403);
    let caddy = policies("front = \"caddy\"\ntrust-forwarded = true", routes).serve();
    assert_eq!(ask(&caddy, "/verify", "X-Original-URI: /a\r\nX-Forwarded-Uri: /admin\r\n"), 403);
}

#[test]
fn token_comes_from_the_cookie_that_is_named() {
    let service = policies("cookie = \"session\"", "").serve();
    let good = token(&claims(&json!({})));
    let rows = [
        (format!("Cookie: a=b; session={good}\r\n"), 200),
        (format!("Cookie: a=b\r\nCookie: session=\"{good}\"\r\n"), 200),
        (format!("Cookie: session={good}; session={good}\r\n"), 400),
        ("Cookie: session=\r\n".to_owned(), 401),
        (format!("Cookie: other={good}\r\n"), 401),
        (format!("Cookie: session=x\r\n{}", bearer(&good)), 200),
    ];
    for (fields, status) in rows {
        assert_eq!(service.verify(&fields).status, status, "{fields}");
    }
}

#[test]
fn profile_of_access_tokens_has_its_type_and_claims() {
    let service = policies("", "profile = \"rfc9068\"").serve();
    let made = |typ: &str, change: Value| {
        hs256(&format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#), claims(&change))
    };
    let rows = [
        ("at+jwt", json!({}), 200, Value::Null),
        ("application/at+jwt", json!({}), 200, Value::Null),
        ("JWT", json!({}), 401, json!("type")),
        ("at+jwt", json!({"client_id": null}), 401, json!("missing_claim")),
        ("at+jwt", json!({"jti": null}), 401, json!("missing_claim")),
        ("at+jwt", json!({"iat": null}), 401, json!("missing_claim")),
    ];
    for (typ, change, status, reason) in rows {
        let answer = service.verify(&bearer(&made(typ, change.clone())));
        let found = (answer.status, answer.json()["reason"].clone());
        assert_eq!(found, (status, reason), "{typ} {change}\n{answer}");
    }
}

#[test]
fn line_says_with_how_much_leeway_the_token_would_have_passed() {
    let service = serve(&["--aud", "api", "--leeway", "2s"]);
    let token = token(&claims(&json!({"exp": now() - 60, "jti": "j-7"})));
    let trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";
    let request =
        format!("GET /verify/a?secret=1 HTTP/1.1\r\nHost: t\r\n{trace}{}\r\n", bearer(&token));
    assert_eq!(service.ask(&request).status, 401);
    let line = service.line();
    assert!(
        !line.contains("secret") && !line.contains(token.rsplit_once('.').unwrap().1),
        "{line}"
    );
    let entry: Value = serde_json::from_str(&line).unwrap();
    let leeway = entry["leeway_s"].as_i64().unwrap();
    assert!((61..90).contains(&leeway), "{line}");
    let message = entry["message"].as_str().unwrap();
    assert!(message.starts_with("refused: expired "), "{line}");
    assert!(message.ends_with(" would have let it pass"), "{line}");
    assert_eq!(entry["trace_id"], "0af7651916cd43dd8448eb211c80319c", "{line}");
    assert_eq!((&entry["path"], &entry["jti"]), (&"/a".into(), &"j-7".into()), "{line}");
    // With that leeway, the token passes.
    let service = serve(&["--aud", "api", "--leeway", &format!("{}s", leeway + 20)]);
    assert_eq!(service.verify(&bearer(&token)).status, 200);
}

#[test]
fn repeated_verdicts_are_counted() {
    let service = serve(&["--aud", "api"]);
    let mut connection = service.connect();
    let request = "GET /verify HTTP/1.1\r\nHost: t\r\n\r\n".repeat(200);
    connection.send(&request).unwrap();
    assert!((0..200).all(|_| connection.answer().unwrap().status == 401));
    let (_, lines) = service.end("TERM");
    let entries: Vec<Value> = lines.iter().filter_map(|it| serde_json::from_str(it).ok()).collect();
    let counted: u64 = entries.iter().filter_map(|entry| entry["count"].as_u64()).sum();
    let verdicts = entries.iter().filter(|entry| entry["status"] == 401).count();
    assert_eq!(counted + u64::try_from(verdicts).unwrap(), 200, "{lines:?}");
    assert!(verdicts < 200, "{lines:?}");
}

#[test]
fn introspection_tells_active_tokens_and_nothing_about_others() {
    let secret = secret();
    let client = format!("[[serve.client]]\nid = \"gw\"\nsecret-file = \"{secret}\"");
    let service = policies(&client, "").serve();
    let password = "throw-away-secret-of-jwtick-tests-which-has-more-than-64-bytes-in-all";
    let ask = |token: &str, password: &str| {
        let content = format!("client_id=gw&client_secret={password}&token={token}");
        service.ask(form("/introspect", "", &content))
    };
    let good = ask(&token(&claims(&json!({"email": "x"}))), password);
    let found = good.json();
    assert_eq!((good.status, &found["active"], &found["sub"]), (200, &true.into(), &"ann".into()));
    assert_eq!((&found["scope"], &found["email"]), (&"a b".into(), &Value::Null), "{good}");
    let old = ask(&token(&claims(&json!({"exp": 1}))), password);
    assert_eq!((old.status, old.body.as_str()), (200, "{\"active\":false}\n"), "{old}");
    assert_eq!(service.entry()["verdict"], "allow");
    assert_eq!(service.entry()["reason"], "expired");
    let metrics = service.ask("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n").body;
    for verdict in [r#"verdict="allow",reason="""#, r#"verdict="refuse",reason="expired""#] {
        let line = format!(r#"jwtick_verdicts_total{{front="other",issuer="login",{verdict}}} 1"#);
        assert!(metrics.lines().any(|it| it == line), "{line}\n{metrics}");
    }
    for password in ["", "x"] {
        let answer = ask(&token(&claims(&json!({}))), password);
        assert_eq!((answer.status, answer.body.contains("active")), (401, false), "{answer}");
    }
}

#[test]
fn metadata_of_the_resource_are_published_and_named() {
    let lines = "issuer = \"https://login.example\"\nscopes = [\"a\"]";
    let service = policies("resource = \"https://api.example/v1\"", lines).serve();
    let path = "/.well-known/oauth-protected-resource";
    for path in [path.to_owned(), format!("{path}/v1")] {
        let answer = service.ask(format!("GET {path} HTTP/1.1\r\nHost: t\r\n\r\n"));
        let expected = json!({"resource": "https://api.example/v1", "bearer_methods_supported": ["header"],
            "authorization_servers": ["https://login.example"], "scopes_supported": ["a"]});
        assert_eq!((answer.status, answer.json()), (200, expected), "{answer}");
    }
    let answer = service.verify("");
    let named = format!("Bearer resource_metadata=\"https://api.example{path}/v1\"");
    assert_eq!(answer.field("www-authenticate"), Some(&*named), "{answer}");
}

#[test]
fn reload_takes_all_or_nothing_and_loses_no_request() {
    let policies = policies("", "");
    let service = policies.serve();
    let good = bearer(&token(&claims(&json!({}))));
    let request = format!("GET /verify HTTP/1.1\r\nHost: t\r\n{good}\r\n");
    let mut connection = service.connect();
    assert_eq!(connection.ask(&request).unwrap().status, 200);
    // A fault far down keeps everything as it was.
    policies.replace(&text("", "scopes = [\"other\"]\nalgorithms = [\"none\"]"));
    service.signal("HUP");
    let said = |part: &str| {
        let lines = core::iter::repeat_with(|| service.line());
        let mut lines =
            lines.inspect(|line| assert!(line.contains(part) || line.starts_with('{'), "{line}"));
        lines.find(|line| line.contains(part)).unwrap()
    };
    let line = said("not reloaded");
    assert!(line.contains("unsupported algorithm `none`"), "{line}");
    assert_eq!(connection.ask(&request).unwrap().status, 200);
    policies.replace(&text("", "scopes = [\"other\"]"));
    service.signal("HUP");
    // Every request is answered, by the old policy or by the new one.
    let statuses: Vec<u16> = core::iter::repeat_with(|| connection.ask(&request).unwrap().status)
        .take(20_000)
        .take_while({
            let mut refused = 0;
            move |&status| {
                refused += usize::from(status == 403);
                refused < 2
            }
        })
        .collect();
    assert!(statuses.iter().all(|status| [200, 403].contains(status)), "{statuses:?}");
    assert_eq!(statuses.iter().filter(|&&status| status == 403).count(), 1);
    said("reloaded: the new policies");
}

#[test]
fn ends_after_the_requests_that_have_begun() {
    let secret = secret();
    let client = format!("[[serve.client]]\nid = \"gw\"\nsecret-file = \"{secret}\"");
    let service = policies(&client, "").serve();
    let request = form("/introspect", "", "client_id=gw&client_secret=x&token=y");
    let (start, rest) = request.split_at(request.len() - 1);
    let (mut begun, mut idle) = (service.connect(), service.connect());
    assert_eq!(idle.ask("GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n").unwrap().status, 200);
    begun.send(start).unwrap();
    assert_eq!(service.ask("GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n").status, 200);
    service.signal("TERM");
    assert!(idle.is_closed(), "an idle connection ends at once");
    assert_eq!(begun.ask(rest).unwrap().status, 401, "a request that has begun is answered");
    let (code, _) = service.end("CONT");
    assert_eq!(code, 0);
}

#[test]
fn check_prints_policies_that_can_be_read_again() {
    let routes = "leeway = \"5s\"\nclaims = [\"role=admin\"]\nmax-age = \"1h\"\nissuer = \"i\"\n\
                  [[serve.issuer.route]]\npath = \"/a/*\"\nscopes = [\"w\"]";
    let first = policies("front = \"envoy\"\nlog = \"refusals\"", routes);
    let check = |name: &str, more: &[&str]| {
        let arguments = [&["serve", "--check", "--config", name], more].concat();
        let done = jwtick(arguments).run();
        assert_eq!((done.code(), &*without_shared_files(&done.stderr)), (0, ""), "{done}");
        done.stdout
    };
    let printed = check(first.name(), &[]);
    for part in [
        "front = \"envoy\"",
        "leeway = \"5s\"",
        "claims = [\"role=\\\"admin\\\"\"]",
        "[[serve.issuer.route]]",
    ] {
        assert!(printed.contains(part), "{part}\n{printed}");
    }
    let second = Policies::new(&printed);
    assert_eq!(check(second.name(), &[]), printed);
    let json: Value = serde_json::from_str(&check(first.name(), &["--json"])).unwrap();
    assert_eq!(json["serve"]["issuer"][0]["max-age"], "3600s");
    // Options of the command line replace the issuers of the file.
    let secret = secret();
    let json = check(
        first.name(),
        &["--json", "--secret-file", &secret, "--aud", "x", "--front", "caddy"],
    );
    let json: Value = serde_json::from_str(&json).unwrap();
    let found = (&json["serve"]["front"], &json["serve"]["issuer"][0]["audiences"]);
    assert_eq!(found, (&"caddy".into(), &json!(["x"])));
}

/// Lines of `[serve]`, lines of its issuer, and parts of the message.
const FAULTS: &[(&str, &str, &str)] = &[
    ("fornt = \"nginx\"", "", ":2:1: unknown key `fornt`: did you mean front"),
    ("front = \"nginy\"", "", ":2:9: unknown value `nginy`: expected one of nginx, caddy"),
    ("listen = \"localhost:1\"", "", ":2:10: `localhost:1`: expected an address"),
    ("trust-forwarded = \"yes\"", "", ":2:19: expected true or false, but found"),
    ("cookie = \"a;b\"", "", ":2:10: `…`: expected a text such as `session`"),
    ("resource = \"api\"", "", ":2:12: `api`: "),
    ("[[serve.client]]\nid = \"a\"", "", ":2:1: this table needs id and secret-file"),
    ("", "aud = [\"x\"]", ":7:1: unknown key `aud`: did you mean"),
    ("", "leeway = \"soon\"", ":7:10: `soon`: expected a duration"),
    ("", "any-audience = true", ":3:1: audiences and any-audience exclude each other"),
    ("", "key = \"x\"", ":3:1: key and secret-file exclude each other"),
    ("", "algorithms = [\"none\"]", "unsupported algorithm `none`: expected one of HS256"),
    ("", "scopes = [\"a b\"]", "expected a text such as `orders:write`"),
    (
        "",
        "identity = { Authorization = \"sub\" }",
        "`Authorization`: expected the name of a header",
    ),
    ("", "claims = [\"role\"]", "`role`: expected a text such as `role=admin`"),
    ("", "[[serve.issuer.route]]\npath = \"a\"", "`a`: expected a text such as `/orders/*`"),
    ("", "[[serve.issuer.route]]\npath = \"/a\"", ":7:1: this table needs path and scopes"),
    (
        "",
        "[[serve.issuer]]\nname = \"b\"",
        ":7:1: this table needs one of key, secret-file and discover",
    ),
    ("", "[[serve.issuer]]\nname = \"b\"\nkey = \"x\"", ":7:1: this table needs audiences"),
    (
        "",
        "[[serve.issuer]]\nname = \"login\"\nkey = \"x\"\nany-audience = true",
        ":7:1: another table has the same name `login`",
    ),
    (
        "",
        "[[serve.issuer]]\nname = \"b\"\nkey = \"x\"\nany-audience = true",
        ":7:1: there are several issuers, so each table needs `issuer`",
    ),
];

#[test]
fn faults_of_the_file_have_a_position_and_a_remedy() {
    for &(service, issuer, part) in FAULTS {
        let policies = policies(service, issuer);
        for language in ["en", "de", "ko"] {
            let arguments = ["serve", "--check", "--config", policies.name(), "--lang", language];
            let done = jwtick(arguments).run();
            assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{issuer}\n{done}");
            assert!(
                language != "en" || done.stderr.contains(part),
                "{service} {issuer}: {part}\n{done}"
            );
            assert_eq!(done.stderr.lines().count(), 1, "{done}");
        }
    }
}

#[test]
fn options_without_a_policy_are_refused() {
    let (secret, nowhere) = (secret(), "/nonexistent/key");
    let rows: &[(&[&str], i32, &str)] = &[
        (&[], 2, "no issuer given: pass --key FILE --aud NAME"),
        (&["--secret-file", &secret], 2, "no audience given"),
        (&["--aud", "api"], 2, "--aud belongs to an issuer of the command line"),
        (&["--scope", "a"], 2, "--scope belongs to an issuer"),
        (&["--issuer", "joe", "--aud", "api"], 2, "no keys given"),
        (
            &["--secret-file", &secret, "--aud", "api", "--allow-private"],
            2,
            "--allow-private has no effect without --key URL",
        ),
        (&["--key", nowhere, "--aud", "api"], 1, "cannot read"),
        (
            &["--secret-file", &secret, "--aud", "api", "--identity", "Cookie=sub"],
            2,
            "X-Auth-Subject",
        ),
        (
            &["--secret-file", &secret, "--aud", "api", "--listen", "192.0.2.1:1"],
            1,
            "cannot listen",
        ),
    ];
    for &(arguments, code, part) in rows {
        let done = jwtick([&["serve"], arguments].concat()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (code, ""), "{arguments:?}\n{done}");
        assert!(done.stderr.contains(part), "{arguments:?}: {part}\n{done}");
    }
}

#[test]
fn diagnose_comes_to_the_same_conclusion_from_the_log() {
    // The issuer's clock is 311 s behind, by which it signs tokens and dates its answers.
    let key = key_form("p256.pkcs8.pem").display().to_string();
    let public = jwtick(["key", "public", "--format", "jwk", &key]).run().stdout;
    let issuer = IssuerServer::start(&format!("{{\"keys\":[{public}]}}"));
    issuer.run_ahead(-311);
    let right = IssuerServer::start("{\"keys\":[]}");
    let service = Policies::new(&format!(
        "[serve]\nclock = [\"{}\"]\n[[serve.issuer]]\nname = \"login\"\nkey = \"{}\"\n\
         audiences = [\"api\"]\n[serve.issuer.fetch]\nallow-private = true\n",
        right.keys_url(),
        issuer.keys_url()
    ))
    .serve();
    let token = |lifetime: &str| {
        let done =
            jwtick(["sign", "--key", &key, "--aud", "api", "--iat", "-311s", "--exp", lifetime]);
        done.run().stdout.trim().to_owned()
    };
    // Keys are fetched in the background.
    let good = bearer(&token("+1h"));
    let started = Instant::now();
    while service.verify(&good).status == 503 && started.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(service.verify(&bearer(&token("-11s"))).status, 401);
    let (_, lines) = service.end("TERM");
    let refused = lines.iter().find(|line| line.contains("\"expired\"")).unwrap();
    let entry: Value = serde_json::from_str(refused).unwrap();
    let message = entry["message"].as_str().unwrap();
    assert!(message.contains("; the clock of issuer login is "), "{refused}");
    assert!(message.contains(" behind; a leeway of "), "{refused}");
    let ahead = &entry["issuer_ahead_s"];
    let [least, most] = ["least", "most"].map(|end| ahead[end].as_f64().unwrap());
    assert!(least <= -311.0 && most >= -311.0 && most - least < 5.0, "{refused}");
    let done = jwtick(["diagnose", "--json", "-"]).stdin(lines.join("\n")).run();
    let found = done.json();
    assert_eq!((done.code(), &found["cause"]), (20, &"remote-clock".into()), "{done}");
    let offset = &found["remote_offset_s"];
    let [least, most] = ["least", "most"].map(|end| offset[end].as_f64().unwrap());
    // UTC minus the issuer's clock.
    assert!(least <= 311.0 && most >= 311.0 && most - least < 10.0, "{done}");
}

#[test]
fn several_issuers_have_their_own_policies() {
    let secret = secret();
    let other = format!(
        "issuer = \"https://login.example\"\nidentity = {{ X-A = \"sub\" }}\n[[serve.issuer]]\nname = \"b\"\n\
         issuer = \"b\"\nsecret-file = \"{secret}\"\naudiences = [\"other\"]\nidentity = {{ X-B = \"sub\" }}"
    );
    let service = policies("", &other).serve();
    let rows = [
        (json!({}), 200, "login"),
        (json!({"iss": "b", "aud": "other"}), 200, "b"),
        (json!({"iss": "b"}), 401, "b"),
        (json!({"aud": "other"}), 401, "login"),
    ];
    for (change, status, issuer) in rows {
        let answer = service.verify(&bearer(&token(&claims(&change))));
        assert_eq!(answer.status, status, "{change}\n{answer}");
        assert_eq!(service.entry()["issuer"], issuer, "{change}");
        // The other issuer's header would else be the client's own.
        let both = answer.head.contains("x-a:") && answer.head.contains("x-b:");
        assert_eq!(both, status == 200, "{answer}");
    }
    let answer = service.verify(&bearer(&token(&claims(&json!({"iss": "c"})))));
    assert_eq!(answer.json()["reason"], "unknown_issuer");
}

#[test]
fn check_asks_no_server() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let clock = format!("clock = [\"ntp:{}\"]", server.local_addr().unwrap());
    let done = jwtick(["--config", policies(&clock, "").name(), "serve", "--check"]).run();
    assert_eq!((done.code(), done.stdout.contains(&clock)), (0, true), "{done}");
    let asked = server.recv(&mut [0; 64]).unwrap_err();
    assert_eq!(asked.kind(), ErrorKind::WouldBlock);
}
