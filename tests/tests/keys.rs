//! Key files in every form, and `jwtick key`.
#![cfg(test)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::{fs, thread};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jwtick_tests::{Outcome, fixture, jwtick, key_form};
use tempfile::TempDir;

fn form(name: &str) -> String {
    key_form(name).display().to_string()
}

#[track_caller]
fn sign(key: &str, more: &[&str]) -> String {
    let arguments = ["sign", "--key", key, "--exp", "+5m", "--aud", "them"];
    let done = jwtick(arguments.iter().chain(more).copied()).run();
    assert_eq!(done.code(), 0, "{done}");
    done.stdout
}

/// Pipes the token into `verify`.
#[track_caller]
fn verify(key: &str, token: String, more: &[&str]) -> Outcome {
    let arguments = ["verify", "--json", "--any-aud", "--key", key];
    jwtick(arguments.iter().chain(more).copied()).stdin(token).run()
}

/// An algorithm, a private key, and files with its public half, each with its form.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const RSA: &[(&str, &str)] = &[
    ("rsa.spki.pem", "spki"),
    ("rsa.spki.der", "spki"),
    ("rsa.public.pkcs1.pem", "pkcs1"),
    ("rsa.public.pkcs1.der", "pkcs1"),
    ("rsa.cert.pem", "certificate"),
    ("rsa.cert.der", "certificate"),
    ("rsa.text.cert.pem", "certificate"),
    ("chain.pem", "certificate"),
    ("rsa.with-cert.pem", "pkcs8"),
];
const P256: &[(&str, &str)] = &[
    ("p256.spki.pem", "spki"),
    ("p256.cert.pem", "certificate"),
    ("p256.sec1.pem", "sec1"),
    ("p256.pkcs8.pem", "pkcs8"),
];
const P384: &[(&str, &str)] = &[("p384.spki.pem", "spki")];
const ED25519: &[(&str, &str)] = &[("ed25519.spki.pem", "spki")];

const FORMS: &[Row] = &[
    ("RS256", "rsa.pkcs8.pem", RSA),
    ("RS384", "rsa.pkcs1.pem", RSA),
    ("RS512", "rsa.pkcs8.der", RSA),
    ("PS256", "rsa.pkcs1.der", RSA),
    ("PS384", "rsa.with-cert.pem", RSA),
    ("PS512", "rsa.pkcs8.pem", RSA),
    ("ES256", "p256.pkcs8.pem", P256),
    ("ES256", "p256.sec1.pem", P256),
    ("ES256", "p256.sec1.der", P256),
    ("ES256", "p256.nopublic.pkcs8.pem", P256),
    ("ES384", "p384.pkcs8.pem", P384),
    ("ES384", "p384.nopublic.sec1.pem", P384),
    ("EdDSA", "ed25519.pkcs8.pem", ED25519),
    ("Ed25519", "ed25519.pkcs8.pem", ED25519),
    ("EdDSA", "ssh", &[("ssh", "openssh"), ("ssh.pub", "openssh")]),
    ("RS256", "ssh.rsa", &[("ssh.rsa", "openssh"), ("ssh.rsa.pub", "openssh")]),
    ("ES256", "ssh.p256", &[("ssh.p256", "openssh"), ("ssh.p256.pub", "openssh")]),
    ("ES384", "ssh.p384", &[("ssh.p384", "openssh"), ("ssh.p384.pub", "openssh")]),
];

#[test]
fn any_private_form_signs_for_any_public_form() {
    for &(alg, private, publics) in FORMS {
        let token = sign(&form(private), &["--alg", alg]);
        for &(public, code) in publics {
            let done = verify(&form(public), token.clone(), &[]);
            assert_eq!(done.code(), 0, "{alg}: {private}, {public}\n{done}");
            assert_eq!(done.json()["key"]["form"], code, "{public}\n{done}");
        }
    }
}

#[test]
fn bare_base64_is_read_as_a_public_key() {
    let pem = fs::read_to_string(form("p256.spki.pem")).unwrap();
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let token = sign(&form("p256.pkcs8.pem"), &[]);
    let done = jwtick(["verify", "--any-aud", "--key", "-", token.trim()]).stdin(bare).run();
    assert_eq!(done.code(), 0, "{done}");
}

#[test]
fn pem_changed_by_editors_is_read() {
    let pem = fs::read_to_string(form("p256.spki.pem")).unwrap();
    let token = sign(&form("p256.pkcs8.pem"), &[]);
    let rows = [
        ("CRLF", pem.replace('\n', "\r\n")),
        ("indented", pem.replace('\n', "\n    ")),
        ("a comment before", format!("our key\n{pem}")),
        ("a comment behind", format!("{pem}that was it\n")),
        ("on one line", pem.replace('\n', "")),
        ("a string with \\n", pem.replace('\n', "\\n")),
        ("an environment file", format!("KEY=\"{}\"\n", pem.replace('\n', "\\r\\n"))),
        (
            "JSON",
            format!(r#"{{"publicKey":"{}"}}"#, pem.replace('\n', "\\n").replace('+', "\\u002B")),
        ),
        ("JSON of PHP", format!(r#"{{"k":"{}"}}"#, pem.replace('\n', "\\n").replace('/', "\\/"))),
    ];
    for (name, pem) in rows {
        let done = jwtick(["verify", "--any-aud", "--key", "-", token.trim()]).stdin(pem).run();
        assert_eq!(done.code(), 0, "{name}\n{done}");
    }
}

/// A name, a text that holds the key of `rsa.pkcs8.pem`, and its ID there.
type Container = (&'static str, String, Option<&'static str>);

fn containers() -> [Container; 3] {
    let pem = fs::read_to_string(form("rsa.pkcs8.pem")).unwrap();
    let certificate = fs::read_to_string(form("rsa.cert.pem")).unwrap();
    let one_line = pem.replace('\n', "\\n");
    let jwk = jwtick(["key", "public", "--format", "jwk", &form("rsa.pkcs8.pem")]).run().stdout;
    [
        (
            "service account",
            format!(
                r#"{{"type":"service_account","private_key_id":"k1","private_key":"{one_line}","client_email":"a"}}"#
            ),
            Some("k1"),
        ),
        ("array of JWKs", format!("[{}]", jwk.replace("{", r#"{"kid":"k2","#)), Some("k2")),
        (
            "certificates by ID",
            format!(r#"{{"k3":"{}"}}"#, certificate.replace('\n', "\\n")),
            Some("k3"),
        ),
    ]
}

/// Secrets of Kubernetes in the same form.
fn kubernetes() -> [Container; 4] {
    let read = |name: &str| fs::read_to_string(form(name)).unwrap();
    let pem = read("rsa.pkcs8.pem");
    let jwk = jwtick(["key", "public", "--format", "jwk", &form("rsa.pkcs8.pem")]).run().stdout;
    let [key, leaf, authority] =
        [&pem, &read("rsa.cert.pem"), &read("p256.cert.pem")].map(|text| STANDARD.encode(text));
    [
        (
            "Secret in YAML",
            format!(
                "apiVersion: v1\ndata:\n  ca.crt: {authority}\n  tls.crt: {leaf}\n  tls.key: {key}\nkind: Secret\nmetadata:\n  name: a\n"
            ),
            None,
        ),
        (
            "Secret in JSON",
            format!(
                r#"{{"kind":"Secret","data":{{"tls.crt":"{leaf}","tls.key":"{key}"}},"type":"kubernetes.io/tls"}}"#
            ),
            None,
        ),
        (
            "JWK in a Secret",
            format!(
                r#"{{"kind":"Secret","data":{{"note":"AAAA","jwks.json":"{}"}}}}"#,
                STANDARD.encode(&jwk)
            ),
            None,
        ),
        (
            "Secret with plain text",
            format!("kind: Secret\nstringData:\n  key: |\n    {}", pem.replace('\n', "\n    ")),
            None,
        ),
    ]
}

#[test]
fn keys_inside_other_texts_are_read() {
    let token = sign(&form("rsa.pkcs8.pem"), &["--alg", "RS256"]);
    for (name, text, kid) in containers().into_iter().chain(kubernetes()) {
        let done = jwtick(["verify", "--json", "--any-aud", "--key", "-", token.trim()])
            .stdin(text.clone())
            .run();
        assert_eq!(done.code(), 0, "{name}\n{done}");
        assert_eq!(done.json()["key"]["kid"].as_str(), kid, "{name}\n{done}");
        assert!(!done.to_string().contains("BEGIN"), "{name} shows the key\n{done}");
    }
    let (_, account, _) = &containers()[0];
    let made = jwtick(["sign", "--key", "-", "--aud", "them"]).stdin(account.clone()).run();
    let shown = jwtick(["inspect", "--json", made.stdout.trim()]).run();
    assert_eq!(shown.json()["header"]["kid"], "k1", "{shown}");
}

#[test]
fn kid_picks_the_key_to_sign_with() {
    let folder = TempDir::new().unwrap();
    let set = folder.path().join("set.jwks").display().to_string();
    let jwk =
        |name: &str| jwtick(["key", "generate", "--alg", "ES256", "--kid", name]).run().stdout;
    fs::write(&set, format!(r#"{{"keys":[{},{}]}}"#, jwk("one"), jwk("two"))).unwrap();
    let many = jwtick(["sign", "--key", &set]).run();
    assert!(many.code() == 1 && many.stderr.contains("(`one`, `two`)"), "{many}");
    let token = sign(&set, &["--kid", "two"]);
    let done = verify(&set, token, &[]);
    assert_eq!((done.code(), &done.json()["key"]["kid"]), (0, &"two".into()), "{done}");
    let none = jwtick(["sign", "--key", &set, "--kid", "three"]).run();
    assert!(none.code() == 1 && none.stderr.contains("expected one of `one`, `two`"), "{none}");
    let jwk = || jwtick(["key", "generate", "--alg", "ES256", "--format", "jwk"]).run().stdout;
    fs::write(&set, format!(r#"{{"keys":[{},{}]}}"#, jwk(), jwk())).unwrap();
    for (more, expected) in
        [(&[][..], "holds 2, and none has a kid"), (&["--kid", "one"], "no key has one")]
    {
        let done = jwtick(["sign", "--key", &set].iter().chain(more)).run();
        assert!(done.code() == 1 && done.stderr.contains(expected), "{done}");
    }
    let named = sign(&form("p256.pkcs8.pem"), &["--kid", "mine"]);
    let shown = jwtick(["inspect", "--json", named.trim()]).run();
    assert_eq!(shown.json()["header"]["kid"], "mine", "{shown}");
}

#[test]
fn secrets_in_other_encodings_need_an_option() {
    let (hex, short) = ("00ff".repeat(16), "73 68 6f 72 74".replace(' ', ""));
    let token = |secret: &str, more: &[&str]| {
        let arguments = ["sign", "--secret-file", "-", "--exp", "+5m"];
        jwtick(arguments.iter().chain(more).copied()).stdin(secret.to_owned()).run().stdout
    };
    let made = token(&hex, &["--secret-encoding", "hex"]);
    let check = |secret: &str, token: &str, more: &[&str]| {
        let arguments = ["verify", "--json", "--secret-file", "-", token.trim()];
        let done = jwtick(arguments.iter().chain(more).copied()).stdin(secret.to_owned()).run();
        let fits =
            jwtick_tests::Schema::load("verify").and_then(|schema| schema.check(&done.json()));
        assert!(done.stdout.is_empty() || fits == Ok(()), "{fits:?}\n{done}");
        done
    };
    let done = check(&hex, &made, &[]);
    assert!(done.code() == 13 && done.stdout.contains("add --secret-encoding hex"), "{done}");
    assert_eq!(check(&hex, &made, &["--secret-encoding", "hex"]).code(), 0);
    let done = check("no digits", &made, &["--secret-encoding", "hex"]);
    assert!(done.code() == 1 && done.stderr.contains("not in hex"), "{done}");

    // `hs256("short")`, which `sign` refuses to make.
    let weak = "eyJhbGciOiJIUzI1NiJ9.e30.ytlc6wI-hY60S_-012-XvCMYeLFNDf34jQTlZsOvQ10";
    let done = check("short", weak, &[]);
    assert!(
        done.code() == 13 && done.stdout.contains("jwtick verify --allow-weak-secret"),
        "{done}"
    );
    let done = check(&short, weak, &["--allow-weak-secret", "--secret-encoding", "hex"]);
    assert_eq!((done.code(), &done.json()["key"]["weak_secret_bytes"]), (0, &5.into()), "{done}");
    assert_eq!(check("shorn", weak, &["--allow-weak-secret"]).code(), 13);
    let text = jwtick(["verify", "--secret-env", "S", "--allow-weak-secret", weak])
        .env("S", "short")
        .run();
    assert!(text.stdout.contains("has only 5 of at least 32 bytes"), "{text}");
    let idle =
        jwtick(["verify", "--key", &form("p256.spki.pem"), "--secret-encoding", "hex", weak]).run();
    assert_eq!(idle.code(), 2, "{idle}");
}

#[test]
fn weak_secrets_are_only_allowed_where_keys_are_secrets() {
    let token = jwtick_tests::hs256(r#"{"alg":"HS256"}"#, "{}");
    let sources =
        [["--key", &form("p256.spki.pem")], ["--key", "https://a/"], ["--issuer", "https://a"]];
    for source in sources {
        let arguments = ["verify", "--allow-weak-secret", &token];
        let idle = jwtick(arguments.iter().chain(source.iter()).copied()).run();
        assert!(idle.code() == 2 && idle.stderr.contains("--allow-weak-secret has no"), "{idle}");
    }
}

/// A file that holds an encrypted key, the password, the exit code and part of the message.
const ENCRYPTED: &[(&str, &str, i32, &str)] = &[
    ("encrypted.pkcs8.pem", "throw-away", 0, ""),
    ("encrypted.pkcs8.pem", "throw-away\r\n", 0, ""),
    ("encrypted.pkcs8.der", "throw-away\n", 0, ""),
    ("encrypted.pkcs8.pem", "throw-away\n\n", 1, "does not decrypt the key"),
    ("encrypted.pkcs8.der", "another", 1, "does not decrypt the key"),
    ("encrypted.pkcs8.pem", "", 1, "does not decrypt the key"),
    ("encrypted.pkcs1.pem", "throw-away", 1, "in a form that jwtick does not decrypt"),
    ("ssh.encrypted", "throw-away", 1, "private key of OpenSSH is encrypted"),
    ("rsa.pkcs8.pem", "throw-away", 1, "leave out --password-file"),
];

#[test]
fn password_decrypts_a_private_key() {
    let folder = TempDir::new().unwrap();
    let password = folder.path().join("password").display().to_string();
    for &(name, text, code, part) in ENCRYPTED {
        fs::write(&password, text).unwrap();
        let file = form(name);
        let made = jwtick(["sign", "--key", &file, "--password-file", &password]).run();
        assert_eq!(made.code(), code, "{name} {text:?}\n{made}");
        assert!(made.stderr.contains(part), "{name} {text:?}\n{made}");
        let public = ["key", "public", &file, "--password-file", "-"];
        let public = jwtick(public).stdin(text).run();
        assert_eq!(public.code(), code, "{name} {text:?}\n{public}");
        if code == 0 {
            let run = jwtick(["verify", "--key", "-", made.stdout.trim()]);
            let done = run.stdin(public.stdout).run();
            assert_eq!(done.code(), 0, "{name}\n{done}");
        }
        assert!(!made.to_string().contains("throw-away"), "{made}");
    }
}

#[test]
fn password_is_refused_where_it_has_no_use() {
    let (key, token) = (form("encrypted.pkcs8.pem"), jwtick_tests::hs256("{}", "{}"));
    let rows: [&[&str]; 4] = [
        &["verify", "--key", "https://a.example/", "--password-file", "p", &token],
        &["verify", "--secret-env", "S", "--password-file", "p", &token],
        &["sign", "--key", "-", "--password-file", "-"],
        &["verify", "--key", &key, "--password-file", "-", "-"],
    ];
    for arguments in rows {
        let done = jwtick(arguments).run();
        assert_eq!((done.code(), done.stdout.as_str()), (2, ""), "{done}");
    }
    let account = format!(
        r#"{{"private_key_id":"k1","private_key":"{}"}}"#,
        fs::read_to_string(&key).unwrap().replace('\n', "\\n")
    );
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("account.json").display().to_string();
    fs::write(&file, account).unwrap();
    let run = jwtick(["sign", "--key", &file, "--password-file", "-"]);
    let done = run.stdin("throw-away").run();
    assert_eq!(done.code(), 0, "inside another text: {done}");
}

/// A file that holds no key, and part of the message that says what it is.
const NO_KEYS: &[(&str, &str)] = &[
    ("encrypted.pkcs8.pem", "is encrypted"),
    ("encrypted.pkcs8.der", "is encrypted"),
    ("encrypted.pkcs1.pem", "is encrypted"),
    ("ssh.encrypted", "private key of OpenSSH is encrypted"),
    ("ssh.p521.pub", "key type ecdsa-sha2-nistp521"),
    ("request.pem", "certificate request"),
    ("request.der", "certificate request"),
    ("archive.p12", "PKCS#12"),
    ("two.pem", "two keys, a PUBLIC KEY and a PUBLIC KEY"),
    ("brainpool.spki.pem", "curve 1.3.36.3.3.2.8.1.1.7"),
    ("explicit.spki.pem", "written out instead of named"),
    ("p256.compressed.pem", "compressed"),
    ("dsa.spki.pem", "key type DSA"),
    ("x25519.spki.pem", "key type X25519"),
    ("primes3.pkcs8.pem", "two primes, but found more"),
    ("nowhere.pem", "No such file"),
    ("", "is a folder"),
];

#[test]
fn wrong_file_is_named() {
    let token = sign(&form("p256.pkcs8.pem"), &[]);
    for &(name, part) in NO_KEYS {
        for command in ["verify", "sign"] {
            let mut arguments = vec![command.to_owned(), "--key".to_owned(), form(name)];
            arguments.extend((command == "verify").then(|| token.trim().to_owned()));
            let done = jwtick(arguments).run();
            assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}\n{done}");
            assert!(done.stderr.contains(part) && done.stderr.lines().count() == 1, "{done}");
        }
    }
}

/// A name, the text of a file, and part of the message.
const TEXTS: &[(&str, &str, &str)] = &[
    ("nothing", "", "the file is empty"),
    ("white space", " \n", "the file is empty"),
    ("a secret", "a secret", "--secret-file"),
    ("an array", "[]", "JWK: "),
    ("metadata", r#"{"issuer":"https://a","jwks_uri":"https://a/jwks"}"#, "`--key https://a/jwks`"),
    (
        "no key in a Secret",
        "kind: Secret\ndata:\n  password: c2VjcmV0\n",
        "--secret-encoding base64",
    ),
    ("no kty", "{}", "JWK: `kty` is missing"),
    ("repeated", r#"{"kty":"oct","k":"AA","k":"AB"}"#, "repeats"),
    ("padded", r#"{"kty":"oct","k":"AA=="}"#, "base64url"),
    ("keys is no array", r#"{"keys":{}}"#, "found an object"),
    ("cut PEM", "-----BEGIN PUBLIC KEY-----\nMFkw", "PEM is damaged"),
    ("another end", "-----BEGIN PUBLIC KEY-----\n-----END PRIVATE KEY-----", "PEM is damaged"),
    ("not base64", "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----", "PEM is damaged"),
    ("not DER", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "key is damaged"),
    ("a message", "-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----", "PGP MESSAGE"),
    ("DER of nothing", "0\u{0}", "key is damaged"),
];

#[test]
fn wrong_text_is_named() {
    for &(name, text, part) in TEXTS {
        let done = jwtick(["sign", "--key", "-"]).stdin(text).run();
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{name}\n{done}");
        assert!(done.stderr.contains(part), "{name}\n{done}");
    }
}

/// A name, a public key in a file, the algorithm of a token, the exit code, part of the message.
const UNFIT: &[(&str, &str, &str, i32, &str)] = &[
    (
        "RSA of 1024 bits",
        "rsa1024.spki.pem",
        "RS256",
        13,
        "the modulus has 1024 bits: expected 2048 to 8192",
    ),
    (
        "RSA of 8192 bits, which only the core refuses",
        "rsa8192.spki.pem",
        "RS256",
        13,
        "does not match the key",
    ),
    ("PSS only", "pss.pkcs8.pem", "RS256", 13, "an RSA key cannot be used for RS256"),
    (
        "PSS with SHA-384 only",
        "pss384.pkcs8.pem",
        "PS256",
        13,
        "expected a key for PS256, but found one for PS384",
    ),
    ("P-256 for ES384", "p256.spki.pem", "ES384", 13, "an EC key on P-256 cannot"),
    ("RSA for ES256", "rsa.spki.pem", "ES256", 13, "an RSA key cannot"),
    ("EC for HS256", "p256.spki.pem", "HS256", 13, "an EC key on P-256 cannot"),
    ("Ed25519 for RS256", "ed25519.spki.pem", "RS256", 13, "an OKP key on Ed25519 cannot"),
    ("P-521", "p521.spki.pem", "ES256", 13, "an EC key on P-521 cannot"),
    ("P-521 for its own", "p521.spki.pem", "ES512", 1, "ES512 signatures are not supported"),
    ("secp256k1", "secp256k1.spki.pem", "ES256K", 1, "ES256K signatures are not supported"),
    ("Ed448", "ed448.spki.pem", "EdDSA", 13, "an OKP key on Ed448 cannot"),
];

#[test]
fn keys_that_do_not_fit_are_named() {
    for &(name, file, alg, exit, part) in UNFIT {
        let token = jwtick_tests::hs256(&format!(r#"{{"alg":"{alg}"}}"#), "{}");
        let done = verify(&form(file), token, &[]);
        assert_eq!(done.code(), exit, "{name}\n{done}");
        assert!(done.to_string().contains(part), "{name}\n{done}");
    }
}

/// Messages name the limits that hold for the operation.
#[test]
fn long_rsa_keys_verify_but_do_not_sign() {
    let jwk = fs::read_to_string(fixture("keys/rsa8192.jwk")).unwrap();
    let token = fs::read_to_string(fixture("tokens/rsa8192.jwt")).unwrap();
    let done = jwtick(["verify", "--key", "-", token.trim()]).stdin(jwk.clone()).run();
    assert_eq!(done.code(), 0, "{done}");
    let longer = jwk.replacen(r#""n":""#, r#""n":"AQAB"#, 1); // three bytes more
    let done = jwtick(["verify", "--key", "-", token.trim()]).stdin(longer).run();
    let said = "the modulus has 8209 bits: expected 2048 to 8192";
    assert!(done.code() == 13 && done.stdout.contains(said), "{done}");
    let parts = ["d", "p", "q", "dp", "dq", "qi"].map(|name| format!(r#","{name}":"AQ""#)).concat();
    let private = jwk.trim().replacen('}', &format!("{parts}}}"), 1);
    let done = jwtick(["sign", "--key", "-", "--exp", "+5m", "--aud", "a"]).stdin(private).run();
    let said = "the modulus has 8192 bits: expected 2048 to 4096";
    assert!(done.code() == 1 && done.stderr.contains(said), "{done}");
}

#[test]
fn pss_key_signs_only_with_its_hash() {
    for (file, alg) in [("pss.pkcs8.pem", "PS256"), ("pss384.pkcs8.pem", "PS384")] {
        let token = sign(&form(file), &[]);
        let done = verify(&form(file), token, &[]);
        assert_eq!((done.code(), &done.json()["header"]["alg"]), (0, &alg.into()), "{done}");
    }
}

#[test]
fn private_key_verifies_by_its_public_half() {
    let token = sign(&form("rsa.pkcs8.pem"), &[]);
    let done = verify(&form("rsa.pkcs8.pem"), token.clone(), &[]);
    assert_eq!(done.code(), 0, "{done}");
    assert!(
        done.stderr.contains("this is a private key; `verify` needs only its public half"),
        "{done}"
    );
    assert_eq!(verify(&form("rsa.spki.pem"), token, &[]).stderr, "");
}

#[test]
fn key_that_was_used_is_named() {
    // The example of RFC 7638 §3.1, whose thumbprint is in the RFC.
    let rfc = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;
    let print = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    let done = jwtick(["key", "thumbprint", "-"]).stdin(rfc).run();
    assert_eq!(done.stdout, format!("{print}\n"), "{done}");
    let set = format!(r#"{{"keys":[{rfc},{{"kty":"oct","k":"AA"}},{{"kty":"AKP"}}]}}"#);
    let done = jwtick(["key", "thumbprint", "-"]).stdin(set.clone()).run();
    assert_eq!(done.stdout, format!("{print} 2011-04-29\n"), "{done}");
    assert!(done.stderr.contains("secrets are skipped"), "{done}");
    let token = jwtick_tests::hs256(r#"{"alg":"RS256"}"#, "{}");
    let done = jwtick(["verify", "--json", "--key", "-", &token]).stdin(set).run();
    let key = serde_json::json!({"kid": "2011-04-29", "thumbprint": print, "form": "jwks", "weak_secret_bytes": null, "certificate": null});
    assert_eq!((done.code(), &done.json()["key"]), (13, &key), "{done}");
    let token = sign(&form("rsa.pkcs8.pem"), &[]);
    let done = jwtick(["verify", "--any-aud", "--key", &form("rsa.cert.pem"), token.trim()]).run();
    let line = "  Key: X.509 certificate, thumbprint Oc5DRo2cHCnbpyTh3Y0ZCqg32TTjjIcWfwbGzJw7OxQ\n";
    assert!(done.stdout.contains(line), "{done}");
}

/// One of each kind: making an RSA key takes seconds without optimization.
const ALGORITHMS: &[&str] =
    &["HS256", "HS384", "HS512", "RS256", "ES256", "ES384", "EdDSA", "Ed25519"];

#[track_caller]
fn generate(folder: &TempDir, name: &str, more: &[&str]) -> String {
    let file = folder.path().join(name).display().to_string();
    let done = jwtick(["key", "generate", "--out", &file].iter().chain(more).copied()).run();
    assert_eq!((done.code(), done.stdout.as_str(), done.stderr.as_str()), (0, "", ""), "{done}");
    file
}

#[test]
fn new_keys_sign_and_verify() {
    let folder = tempfile::tempdir().unwrap();
    for &alg in ALGORITHMS {
        let file = generate(&folder, alg, &["--alg", alg]);
        let token = sign(&file, &["--alg", alg]);
        assert_eq!(verify(&file, token.clone(), &[]).code(), 0, "{alg}");
        let public = jwtick(["key", "public", &file]).run();
        if alg.starts_with("HS") {
            assert!(public.code() == 1 && public.stderr.contains("no public half"), "{public}");
            continue;
        }
        assert!(public.stdout.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{public}");
        let done =
            jwtick(["verify", "--any-aud", "--key", "-", token.trim()]).stdin(public.stdout).run();
        assert_eq!((done.code(), done.stderr.as_str()), (0, ""), "{alg}\n{done}");
    }
}

#[test]
fn jwk_names_its_algorithm_and_use() {
    let folder = tempfile::tempdir().unwrap();
    let file = generate(&folder, "key", &["--alg", "PS384", "--kid", "first \"one\""]);
    let token = sign(&file, &[]);
    let public = jwtick(["key", "public", &file]).run();
    assert!(!public.stdout.contains("\"d\""), "{public}");
    let done = jwtick(["verify", "--any-aud", "--json", "--key", "-", token.trim()])
        .stdin(public.stdout)
        .run();
    let header = serde_json::json!({"alg": "PS384", "typ": "JWT", "kid": "first \"one\""});
    assert_eq!((done.code(), &done.json()["header"]), (0, &header), "{done}");
    let done = jwtick(["sign", "--key", &file, "--alg", "RS256"]).run();
    assert!(done.code() == 1 && done.stderr.contains("found one for PS384"), "{done}");
}

#[test]
fn conversion_keeps_the_thumbprint() {
    let folder = tempfile::tempdir().unwrap();
    for alg in ["PS512", "ES256", "ES384", "EdDSA"] {
        let file = generate(&folder, alg, &["--alg", alg]);
        let print = jwtick(["key", "thumbprint", &file]).run().stdout;
        for format in ["pem", "jwk"] {
            let public = jwtick(["key", "public", "--format", format, &file]).run();
            let done = jwtick(["key", "thumbprint", "-"]).stdin(public.stdout).run();
            assert_eq!(done.stdout, print, "{alg} as {format}\n{done}");
        }
    }
}

#[test]
fn new_key_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there");
    fs::write(&there, "precious").unwrap();
    let done = jwtick(["key", "generate", "--alg", "ES256", "--out", &there.display().to_string()]);
    let done = done.run();
    assert!(done.code() == 1 && done.stderr.contains("already exists"), "{done}");
    assert_eq!(fs::read_to_string(&there).unwrap(), "precious");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_a_new_key() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let file = generate(&folder, "key", &["--alg", "EdDSA"]);
    assert_eq!(fs::metadata(Path::new(&file)).unwrap().mode() & 0o777, 0o600);
    // Through a dangling link, the key would be written wherever the link's creator likes.
    let (link, target) = (folder.path().join("link"), folder.path().join("target"));
    symlink(&target, &link).unwrap();
    let link = link.display().to_string();
    let done = jwtick(["key", "generate", "--alg", "EdDSA", "--out", &link]).run();
    assert!(done.code() == 1 && !target.exists(), "{done}");
}

#[test]
fn refuses_impossible_key_requests() {
    const ROWS: &[(&[&str], i32, &str)] = &[
        (&["--alg", "ES512"], 2, "ES512 signatures are not supported"),
        (&["--alg", "ES256K"], 2, "ES256K signatures are not supported"),
        (&["--alg", "Ed448"], 2, "ES384, EdDSA, Ed25519"),
        (&["--alg", "HS256", "--format", "pem"], 1, "PEM has no form for an oct key"),
        (&["--alg", "ES256", "--format", "pem", "--kid", "a"], 2, "cannot carry a kid"),
        (&["--alg", "RS256", "--bits", "1024"], 2, "1024"),
        (&["--alg", "none"], 2, "none"),
        (&[], 2, "--alg"),
    ];
    for &(more, exit, part) in ROWS {
        let done = jwtick(["key", "generate"].iter().chain(more).copied()).run();
        assert_eq!((done.code(), done.stdout.as_str()), (exit, ""), "{done}");
        assert!(done.stderr.contains(part), "{done}");
    }
}

/// Serves documents by their paths, and 404 for any other path; returns the URL of the server.
fn serve(documents: impl Fn(&str) -> Vec<(&'static str, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let documents = documents(&url);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut head = String::new();
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            head.push_str(&lines.next().unwrap_or_default());
            lines.find(String::is_empty);
            let path = head.split(' ').nth(1).unwrap_or_default();
            let found = documents.iter().find(|(known, _)| *known == path);
            let answer = match found {
                Some((_, body)) if body.starts_with("302 ") => {
                    format!(
                        "HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
                        &body[4..]
                    )
                }
                Some((_, body)) => {
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
                }
                None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
            };
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    url
}

fn server_of_keys() -> String {
    let jwk = |arguments: &[&str]| jwtick(arguments.iter().copied()).run().stdout;
    let public = jwk(&["key", "public", "--format", "jwk", &form("p256.pkcs8.pem")]);
    let private = jwk(&["key", "generate", "--alg", "ES256"]).trim().to_owned();
    let metadata =
        |issuer: &str, url: &str| format!(r#"{{"issuer":"{issuer}","jwks_uri":"{url}/jwks"}}"#);
    serve(|url| {
        vec![
            ("/jwks", format!(r#"{{"keys":[{public}]}}"#)),
            ("/.well-known/openid-configuration", metadata(url, url)),
            ("/.well-known/oauth-authorization-server/b", metadata(&format!("{url}/b"), url)),
            ("/c/.well-known/openid-configuration", metadata(url, url)),
            ("/d/.well-known/openid-configuration", format!(r#"{{"issuer":"{url}/d"}}"#)),
            ("/private", private.clone()),
            ("/moved", "302 /jwks".to_owned()),
        ]
    })
}

#[test]
fn keys_are_fetched_from_a_named_url() {
    let url = server_of_keys();
    let token = |iss: &str| sign(&form("p256.pkcs8.pem"), &["--iss", iss]);
    let check = |option: &str, path: &str, iss: &str| {
        let place = format!("{url}{path}");
        jwtick(["verify", "--any-aud", "--json", option, &place, token(iss).trim()]).run()
    };
    for (option, path, iss, code) in [
        ("--key", "/jwks", "any", 0),
        ("--issuer", "", url.as_str(), 0),
        ("--issuer", "/b", &format!("{url}/b"), 0),
        ("--issuer", "", "another", 15),
        ("--issuer", "/b", &url, 15),
    ] {
        let done = check(option, path, iss);
        assert_eq!(done.code(), code, "{option} {path}\n{done}");
        assert_eq!(done.json()["signature"], "valid", "{option} {path}\n{done}");
    }
    for (option, path, part) in [
        ("--key", "/nothing", "expected status 200, but found 404"),
        ("--key", "/moved", "expected status 200, but found 302"),
        ("--key", "/private", "the server gives away what signs its tokens"),
        ("--key", "/.well-known/openid-configuration", "`--key URL/jwks`"),
        ("--issuer", "/a", "expected status 200, but found 404"),
        ("--issuer", "/c", "those of `URL`"),
        ("--issuer", "/d", "`jwks_uri`"),
    ] {
        let done = check(option, path, "any");
        assert_eq!((done.code(), done.stdout.as_str()), (1, ""), "{option} {path}\n{done}");
        assert!(done.stderr.contains(&part.replace("URL", &url)), "{option} {path}\n{done}");
    }
}

#[test]
fn keys_are_not_fetched_without_encryption() {
    let token = sign(&form("p256.pkcs8.pem"), &[]);
    let run = |more: &[&str]| jwtick(["verify", token.trim()].iter().chain(more).copied()).run();
    let plain = run(&["--key", "http://keys.example.com/jwks"]);
    assert!(plain.code() == 1 && plain.stderr.contains("over plain http"), "{plain}");
    let issuer = run(&["--issuer", "http://keys.example.com", "--lang", "de"]);
    assert!(issuer.code() == 1 && issuer.stderr.contains("unverschlüsselt über http"), "{issuer}");
    for more in [
        &["--issuer", "keys"][..],
        &["--key", "https://user@host/"],
        &["--issuer", "https://a", "--key", "b"],
        &["--key", "https://127.0.0.1:1/", "--follow"],
        &["--key", "http://127.0.0.1:1/", "--ca", "ca.pem"],
    ] {
        assert_eq!(run(more).code(), 2, "{more:?}\n{}", run(more));
    }
}

/// Gives each connection the next answer, and closes the port after the last.
fn serve_in_turn(answers: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            BufReader::new(&stream).lines().map_while(Result::ok).find(String::is_empty);
            let _ = (&stream).write_all(answer.as_bytes());
        }
    });
    url
}

fn good(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn set_of(name: &str) -> String {
    let public = jwtick(["key", "public", "--format", "jwk", &form(name)]).run().stdout;
    format!(r#"{{"keys":[{}]}}"#, public.trim())
}

const FALLBACK: &str = "using the keys that were fetched ";

#[test]
fn last_keys_are_used_while_their_server_is_down() {
    let busy = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".to_owned();
    let gone = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned();
    let (first, second) = (set_of("p256.pkcs8.pem"), set_of("p384.pkcs8.pem"));
    let url = serve_in_turn(vec![good(&first), busy, gone, good("{}"), good(&second)]);
    let token = sign(&form("p256.pkcs8.pem"), &[]);
    let folder = TempDir::new().unwrap();
    let rows = [
        ("fetched", 0, ""),
        ("an outage", 0, FALLBACK),
        ("an answer without keys", 1, "expected status 200, but found 404"),
        ("a bad answer", 1, "`kty` is missing"),
        ("the key was withdrawn", 13, ""),
        ("it stays withdrawn in an outage", 13, FALLBACK),
    ];
    for (name, code, part) in rows {
        let run = jwtick(["verify", "--any-aud", "--json", "--key", &url, token.trim()]);
        let done = run.env("XDG_CACHE_HOME", folder.path()).run();
        assert_eq!(done.code(), code, "{name}\n{done}");
        if code != 1 {
            let stale = done.json()["stale_keys"].clone();
            assert_eq!(stale.is_object(), part == FALLBACK, "{name}\n{done}");
            assert!(stale.get("url").is_none_or(|it| *it == *url), "{name}\n{done}");
        }
        assert!(done.stderr.contains(part), "{name}\n{done}");
        assert_eq!(done.stderr.is_empty(), part.is_empty(), "{name}\n{done}");
    }
}

#[cfg(unix)]
#[test]
fn last_keys_are_only_used_as_long_as_they_can_be_trusted() {
    use std::os::unix::fs::PermissionsExt;
    let url = serve_in_turn(vec![good(&set_of("p256.pkcs8.pem")); 2]);
    let token = sign(&form("p256.pkcs8.pem"), &[]);
    let (home, unused) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let run = |more: &[&str], home: &Path| {
        let arguments = ["verify", "--any-aud", "--key", &url, token.trim()];
        jwtick(arguments.iter().chain(more).copied()).env("HOME", home).run()
    };
    assert_eq!(run(&["--no-cache"], unused.path()).code(), 0);
    assert_eq!(fs::read_dir(unused.path()).unwrap().count(), 0, "nothing is kept");
    assert_eq!(run(&[], home.path()).code(), 0);
    assert_eq!(run(&["--no-cache"], home.path()).code(), 1, "the server is down");
    let kept = home.path().join(".cache/jwtick/keys");
    let file = fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&file).unwrap();
    let fetched = serde_json::from_str::<serde_json::Value>(&text).unwrap()["fetched"].clone();
    let aged = |secs: i64| {
        let time = fetched.as_i64().unwrap() - secs;
        text.replace(&fetched.to_string(), &time.to_string())
    };
    let mode = |mode: u32| fs::Permissions::from_mode(mode);
    let rows = [
        ("as it was", text.clone(), 0o600, 0),
        ("nearly four hours", aged(4 * 3600 - 60), 0o600, 0),
        ("over four hours", aged(4 * 3600 + 1), 0o600, 1),
        ("from the future", aged(-60), 0o600, 1),
        ("others may write it", text.clone(), 0o622, 1),
        ("of another server", text.replace("/jwks", "/keys"), 0o600, 1),
        ("damaged", "{".to_owned(), 0o600, 1),
    ];
    for (name, text, bits, code) in rows {
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, mode(bits)).unwrap();
        let done = run(&[], home.path());
        assert_eq!(done.code(), code, "{name}\n{done}");
        assert_eq!(done.stderr.contains(FALLBACK), code == 0, "{name}\n{done}");
    }
    let idle = jwtick(["verify", "--no-cache", "--key", &form("p256.spki.pem"), token.trim()]);
    assert_eq!(idle.run().code(), 2);
}
