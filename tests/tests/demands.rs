//! No demand is dropped silently: an option that has no effect in a combination is a usage error, what the
//! configuration file decides is shown, and what is not checked is said.
#![cfg(test)]

use std::fs;
use std::path::Path;

use jwtick_tests::{
    Authority, Identity, Outcome, Schema, TimeServer, fixture, hs256, jwtick, key_form, token,
    verify,
};
use tempfile::TempDir;

#[path = "demands/pairs.rs"]
mod pairs;

#[test]
fn audience_without_an_expected_one_is_refused_with_the_options() {
    let token = token(r#"{"aud":"a","exp":1e11}"#);
    for language in ["en", "de", "ko"] {
        let done = verify(&token, &["--lang", language]);
        assert_eq!(done.code(), 15, "{done}");
        assert!(done.stdout.contains("--aud NAME") && done.stdout.contains("--any-aud"), "{done}");
    }
    let json = verify(&token, &["--json"]).json();
    assert_eq!((&json["error"]["code"], &json["signature"]), (&"audience".into(), &"valid".into()));
    let message = json["error"]["message"].as_str().unwrap();
    assert!(message.contains("--aud NAME") && message.contains("--any-aud"), "{message}");
    let (unsigned, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{unsigned}.{}", "A".repeat(43));
    assert_eq!(verify(&forged, &[]).code(), 13, "the signature counts before any claim");
}

#[test]
fn token_that_never_expires_is_accepted_visibly() {
    let endless = token(r#"{"iss":"joe"}"#);
    let done = verify(&endless, &[]);
    let line = "  exp      missing, so the token never expires\n";
    assert!(done.code() == 0 && done.stdout.contains(line), "{done}");
    let json = verify(&endless, &["--json"]).json();
    let finding = serde_json::json!(
        {"rule": "exp", "state": "unchecked", "enforced": false, "margin_s": null, "hint": null, "expected": null, "found": null}
    );
    assert_eq!(json["findings"][0], finding);
    let shown = jwtick(["inspect", &endless]).run();
    assert!(shown.stdout.contains("missing, so the token never expires"), "{shown}");
    let required = verify(&endless, &["--require", "exp", "--json"]);
    assert_eq!(
        (required.code(), &required.json()["findings"][0]["state"]),
        (15, &"missing".into())
    );
    let limited = verify(&token(r#"{"iat":0}"#), &["--json", "--max-age", "1s", "--at", "1"]);
    assert!(!limited.stdout.contains("unchecked"), "a maximum age ends it\n{limited}");
}

#[test]
fn tokens_made_for_one_purpose_must_be_named() {
    /// `typ` in the header, further arguments, the exit code, and a part of the message.
    type Row = (&'static str, &'static [&'static str], i32, &'static str);
    const ROWS: &[Row] = &[
        ("JWT", &[], 0, ""),
        ("at+jwt", &[], 0, ""),
        ("dpop+jwt", &[], 14, "pass --typ dpop+jwt to accept it"),
        ("logout+jwt", &[], 14, "made for one purpose"),
        ("secevent+jwt", &[], 14, "made for one purpose"),
        ("Application/SecEvent+JWT", &[], 14, "made for one purpose"),
        ("dpop+jwt", &["--typ", "dpop+jwt"], 0, ""),
        (
            "dpop+jwt",
            &["--typ", "at+jwt"],
            14,
            "expected `typ` to be at+jwt (--typ), but found `dpop+jwt`",
        ),
        ("JWT", &["--typ", "at+jwt"], 14, "expected `typ` to be at+jwt (--typ), but found `JWT`"),
        ("application/at+jwt", &["--typ", "at+jwt"], 0, ""),
        ("JWT", &["--typ", "at+jwt,JWT"], 0, ""),
        ("dpop+jwt", &["--payload", "any"], 14, "made for one purpose"),
        ("JWT", &["--payload", "any", "--typ", "JOSE"], 14, "expected `typ` to be JOSE (--typ)"),
    ];
    for &(typ, more, exit, part) in ROWS {
        let header = format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#);
        let token = hs256(&header, r#"{"exp":1e11}"#);
        let done = verify(&token, &[&["--json"], more].concat());
        assert_eq!(done.code(), exit, "{typ} {more:?}\n{done}");
        assert_eq!(done.json()["signature"], "valid", "{typ} {more:?}\n{done}");
        let error = &done.json()["error"];
        assert_eq!(error["code"] == "typ", exit != 0, "{typ} {more:?}\n{done}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(part), "{typ} {more:?}\n{done}");
        for language in ["de", "ko"] {
            let said = verify(&token, &[&["--lang", language], more].concat());
            assert_eq!(said.code(), exit, "{said}");
        }
    }
    let untyped = hs256(r#"{"alg":"HS256"}"#, r#"{"exp":1e11}"#);
    assert_eq!(verify(&untyped, &[]).code(), 0);
    let done = verify(&untyped, &["--typ", "at+jwt"]);
    assert!(done.code() == 14 && done.stdout.contains("but it is missing"), "{done}");
}

fn file(folder: &TempDir, text: &str) -> String {
    let file = folder.path().join("jwtick.toml");
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

#[test]
fn settings_of_the_file_are_in_the_answer() {
    let folder = TempDir::new().unwrap();
    let file =
        file(&folder, "leeway = \"30s\"\nuncertainty = \"2s\"\nrequire = [\"exp\", \"iss\"]\n");
    let config = ["--config", &file];
    let token = token(r#"{"exp":1000,"iss":"joe"}"#);
    let run = |more: &[&str]| verify(&token, &[&config, &["--at", "1005"], more].concat());
    let done = run(&[]);
    assert!(done.stdout.contains(&format!("  require: exp, iss ({file}:3)\n")), "{done}");
    let setting = |key: &str, value_s, names, line: i32| serde_json::json!({"key": key, "value_s": value_s, "names": names, "file": file, "line": line});
    let (none, names) = (None::<i32>, Some(["exp", "iss"]));
    let leeway = setting("leeway", Some(30), None, 1);
    let uncertainty = setting("uncertainty", Some(2), None, 2);
    let require = setting("require", none, names, 3);
    let rows: &[(&[&str], serde_json::Value)] = &[
        (&[], serde_json::json!([leeway, uncertainty, require])),
        (&["--leeway", "1s"], serde_json::json!([uncertainty, require])),
        (&["--leeway", "0s", "--uncertainty", "0s"], serde_json::json!([require])),
    ];
    for (more, expected) in rows {
        let done = run(&[&["--json"], *more].concat());
        assert_eq!(&done.json()["settings"], expected, "{done}");
    }
    let done = verify(&token, &["--json", "--payload", "any", "--config", &file]);
    assert_eq!(done.json()["settings"], serde_json::json!([]), "nothing was judged\n{done}");
    let said = format!("jwtick: require ({file}:3) has no effect with --payload any");
    assert!(done.code() == 0 && done.stderr.contains(&said), "{done}");
    let done = verify(&token, &["--json", "--at", "1005"]);
    assert_eq!(done.json()["settings"], serde_json::json!([]), "no file\n{done}");
    let done = jwtick(["inspect", "--json", "--at", "1005", &token, "--config", &file]).run();
    assert_eq!(done.json()["settings"], serde_json::json!([uncertainty]), "{done}");
    let done = jwtick(["inspect", "--at", "1005", &token, "--config", &file]).run();
    assert!(done.stdout.contains(&format!("  uncertainty: 2 s ({file}:2)\n")), "{done}");
}

#[test]
fn claims_required_by_the_file_are_added_to_those_of_the_command_line() {
    let folder = TempDir::new().unwrap();
    let file = file(&folder, "require = [\"exp\"]");
    const ROWS: &[(&str, &[&str], i32)] = &[
        (r#"{"exp":1e11}"#, &[], 0),
        ("{}", &[], 15),
        (r#"{"exp":1e11}"#, &["--require", "iss"], 15),
        (r#"{"iss":"joe"}"#, &["--require", "iss"], 15),
        (r#"{"exp":1e11,"iss":"joe"}"#, &["--require", "iss"], 0),
    ];
    for &(claims, more, exit) in ROWS {
        let done = verify(&token(claims), &[&["--config", &file], more].concat());
        assert_eq!(done.code(), exit, "{claims} {more:?}\n{done}");
    }
    let checked = jwtick(["config", "check", &file]).run();
    assert!(checked.stdout.contains("require") && checked.stdout.contains("exp"), "{checked}");
}

/// A name, the mode of the folder, the mode of the file, its user and group if they are not those of the
/// test, and the account that may write it.
#[cfg(target_os = "linux")]
type Permissions = (&'static str, u32, u32, Option<(u32, u32)>, &'static str);

#[cfg(target_os = "linux")]
const PERMISSIONS: &[Permissions] = &[
    ("only its owner", 0o755, 0o644, None, ""),
    ("everyone", 0o755, 0o646, None, "everyone"),
    ("a folder of everyone", 0o777, 0o644, None, "everyone who may write its folder"),
    ("a folder like /tmp", 0o1777, 0o644, None, ""),
    ("the file of another user", 0o755, 0o644, Some((12_345, 0)), "its owner"),
    ("a group", 0o755, 0o664, Some((0, 12_345)), "its group"),
    ("the private group of root", 0o755, 0o664, Some((0, 0)), ""),
];

#[cfg(target_os = "linux")]
#[test]
fn configuration_that_others_may_write_is_not_trusted() {
    use std::os::unix::fs::{PermissionsExt, chown};
    let is_root = rustix::process::geteuid().is_root();
    let folder = TempDir::new().unwrap();
    let own = folder.path().join("jwtick");
    let file = own.join("jwtick.toml");
    let set =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(&own).unwrap();
    // Only root may give files away.
    for &(name, of_folder, mode, owner, by) in
        PERMISSIONS.iter().filter(|(.., owner, _)| is_root || owner.is_none())
    {
        let _ = fs::remove_file(&file);
        fs::write(&file, "leeway = \"30s\"").unwrap();
        if let Some((user, group)) = owner {
            chown(&file, Some(user), Some(group)).unwrap();
        }
        set(&file, mode);
        set(&own, of_folder);
        let used = by.is_empty() || !is_root;
        for (done, code) in read_by_each_way(&folder, &file).into_iter().zip([10, 1, 0]) {
            assert_eq!(done.code(), if used { 0 } else { code }, "{name}\n{done}");
            let warned = done.stderr.contains(&format!("jwtick.toml can be changed by {by}"));
            assert_eq!(
                (warned, done.stderr.is_empty()),
                (!by.is_empty(), by.is_empty()),
                "{name}\n{done}"
            );
        }
    }
    let done = jwtick(["inspect", &token("{}"), "--config", "/dev/null"]).run();
    assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{done}");
}

/// `verify` with the file where it is looked for, `verify` with the file named, and `config check`.
#[cfg(target_os = "linux")]
fn read_by_each_way(folder: &TempDir, file: &Path) -> [Outcome; 3] {
    use std::os::unix::fs::PermissionsExt;
    // A copy that only its owner can read: the fixture draws a warning of its own.
    let secret = folder.path().join("secret");
    fs::copy(fixture("keys/hs.secret"), &secret).unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    let token = token(r#"{"exp":1000}"#);
    let (secret, file) = (secret.display().to_string(), file.display().to_string());
    let verify = ["verify", "--secret-file", &secret, "--at", "1005", &token];
    let named = jwtick(verify.iter().chain(&["--config", &file]).copied());
    let found = |arguments: &[&str]| {
        jwtick(arguments.iter().copied()).env("XDG_CONFIG_HOME", folder.path()).run()
    };
    [found(&verify), named.run(), found(&["config", "check"])]
}

/// A token signed with the key of a certificate.
fn signed(identity: &Identity, folder: &TempDir) -> String {
    let key = folder.path().join("key.pem");
    fs::write(&key, &identity.key).unwrap();
    let key = key.display().to_string();
    let done = jwtick(["sign", "--key", &key, "--exp", "100000000000", "--aud", "a"]).run();
    assert_eq!(done.code(), 0, "{done}");
    done.stdout.trim().to_owned()
}

/// The base64 of a PEM file.
fn base64(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

#[track_caller]
fn by_key(key: &str, token: &str, more: &[&str]) -> Outcome {
    let arguments = ["verify", "--aud", "a", "--key", "-", token];
    jwtick(arguments.iter().chain(more).copied()).stdin(key.to_owned()).run()
}

#[test]
fn certificate_outside_its_validity_is_reported() {
    const ROWS: &[(&str, &str, &str, &str)] = &[
        ("before", "2009-12-31T23:59:59Z", "not_yet_valid", "is not valid before 2010-01-01"),
        ("first second", "2010-01-01T00:00:00Z", "valid", ""),
        ("last second", "2020-01-01T00:00:00.999Z", "valid", ""),
        ("after", "2020-01-01T00:00:01Z", "expired", "expired on 2020-01-01 00:00:00 UTC"),
    ];
    let folder = TempDir::new().unwrap();
    let identity = Authority::new("authority").certify("a.example", 2010, 2020);
    let token = signed(&identity, &folder);
    let both = format!("{}{}", identity.key, identity.certificate);
    let public = jwtick(["key", "public", "--format", "jwk", "-"]);
    let public = public.stdin(identity.certificate.clone()).run().stdout;
    let x5c = format!(r#","x5c":["{}"]}}"#, base64(&identity.certificate));
    let jwk = public.trim().strip_suffix('}').unwrap().to_owned() + &x5c;
    let set = format!(r#"{{"keys":[{jwk}]}}"#);
    for key in [&identity.certificate, &both, &jwk, &set] {
        for &(name, at, state, part) in ROWS {
            let done = by_key(key, &token, &["--at", at]);
            assert!(done.code() == 0 && done.stdout.contains(part), "{name}\n{done}");
            assert_eq!(
                done.stdout.contains("the certificate of the key"),
                state != "valid",
                "{done}"
            );
            let json = by_key(key, &token, &["--at", at, "--json"]).json();
            let fits = Schema::load("verify").and_then(|schema| schema.check(&json));
            assert_eq!(fits, Ok(()), "{json}");
            let certificate = serde_json::json!({"not_before": "2010-01-01T00:00:00Z",
                "not_after": "2020-01-01T00:00:00Z", "state": state});
            assert_eq!(json["key"]["certificate"], certificate, "{name}");
        }
        let wide = ["--at", "2020-01-01T00:00:00Z", "--uncertainty", "2s"];
        let done = by_key(key, &token, &wide);
        assert!(done.stdout.contains("which may be over"), "{done}");
    }
    let json = by_key(&public, &token, &["--json"]).json();
    assert!(json["key"]["certificate"].is_null(), "{json}");
}

#[test]
fn x5c_of_another_key_is_refused() {
    let folder = TempDir::new().unwrap();
    let authority = Authority::new("authority");
    let (ours, other) =
        (authority.certify("a.example", 2010, 2090), authority.certify("a.example", 2010, 2090));
    let token = signed(&ours, &folder);
    let public = jwtick(["key", "public", "--format", "jwk", "-"]);
    let public = public.stdin(ours.certificate.clone()).run().stdout;
    let with = |x5c: &str| public.trim().strip_suffix('}').unwrap().to_owned() + x5c + "}";
    let (good, bad) = (base64(&ours.certificate), base64(&other.certificate));
    let rsa = base64(&fs::read_to_string(key_form("rsa.cert.pem")).unwrap());
    let rows: &[(&str, String, &str)] = &[
        ("its own", format!(r#","x5c":["{good}"]"#), ""),
        ("its own, then another", format!(r#","x5c":["{good}","{bad}"]"#), ""),
        ("its own, with line breaks", format!(r#","x5c":["{}"]"#, good.replace('M', "M\\n")), ""),
        ("none", r#","x5c":[]"#.to_owned(), ""),
        ("another's", format!(r#","x5c":["{bad}"]"#), "certificate of another key"),
        ("of another kind", format!(r#","x5c":["{rsa}"]"#), "certificate of another key"),
        ("not base64", r#","x5c":["!"]"#.to_owned(), "the first cannot be read"),
        ("no certificate", r#","x5c":["AAAA"]"#.to_owned(), "the first cannot be read"),
        ("no list", format!(r#","x5c":"{good}""#), "the first cannot be read"),
    ];
    for (name, x5c, part) in rows {
        let jwk = with(x5c);
        let alone = by_key(&jwk, &token, &[]);
        let code = if part.is_empty() { 0 } else { 1 };
        assert!(alone.code() == code && alone.stderr.contains(part), "{name}\n{alone}");
        let set = by_key(&format!(r#"{{"keys":[{jwk}]}}"#), &token, &[]);
        let code = if part.is_empty() { 0 } else { 13 };
        assert!(set.code() == code && set.stdout.contains(part), "{name}\n{set}");
    }
    // In a set, a faulty key does not hide the others (RFC 7517 §5).
    let (bad, good) = (with(&rows[4].1), with(&rows[0].1));
    let done = by_key(&format!(r#"{{"keys":[{bad},{good}]}}"#), &token, &[]);
    assert_eq!(done.code(), 0, "{done}");
    for command in
        [&["sign", "--key", "-"][..], &["key", "thumbprint", "-"], &["key", "public", "-"]]
    {
        let done = jwtick(command.iter().copied()).stdin(bad.clone()).run();
        assert!(done.code() == 1 && done.stderr.contains("of another key"), "{done}");
    }
}
