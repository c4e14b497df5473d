//! Signatures exchanged with PyJWT, `jose` for Node.js and the openssl program. Each side verifies the
//! other's signatures, and neither accepts a mutated one. The commands that messages about key files
//! suggest work.

mod cases;
mod openssl;
mod peer;

use std::os::unix::fs::PermissionsExt;
use std::{fs, process, thread};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick::RingKey;
use jwtick_core::key::{AnyKey, Hs384, Hs512, Jwk};
use jwtick_core::sign::{Assertion, Ed25519Signer, EdDsaSigner, Es256Signer, Value};
use jwtick_core::token::{Algorithm, Jws};
use jwtick_core::{Hs256, Scratch, Span, TimeBounds, UnixTime};
use jwtick_tests::{jwtick, key_form};

use cases::{ALGORITHMS, Case, Keys, mutated};
use peer::Peer;

/// Keys of each kind, and a message by each for every algorithm.
const KEYS: usize = 200;
/// The share that the openssl program also uses: it starts a process for each signature, and PyJWT
/// signs with the same library.
const OPENSSL: usize = 40;
/// The number of processors of the smallest test machine.
const THREADS: usize = 2;

#[track_caller]
fn all_valid(peer: &str, cases: &[Case], tokens: &[String], valid: &[bool]) {
    assert_eq!(valid.len(), cases.len(), "{peer}: expected an answer for each token");
    let mut rows = cases.iter().zip(tokens).zip(valid);
    if let Some(((case, token), _)) = rows.find(|(_, valid)| !**valid) {
        panic!("{peer} refuses {case}: {token}");
    }
}

#[track_caller]
fn none_valid(peer: &str, cases: &[Case], tokens: &[String], valid: &[bool]) {
    assert_eq!(valid.len(), cases.len(), "{peer}: expected an answer for each token");
    let mut rows = cases.iter().zip(tokens).zip(valid);
    if let Some(((case, token), _)) = rows.find(|(_, valid)| **valid) {
        panic!("{peer} accepts {case}: {token}");
    }
}

/// Tokens signed by jwtick, which all peers must accept, and mutations, which all must refuse.
fn ours_there(case: &[Case], ours: &[String]) {
    let forged: Vec<String> = ours.iter().map(|token| mutated(token)).collect();
    let alg = case.first().unwrap().alg;
    for peer in Peer::ALL.into_iter().filter(|peer| peer.knows(alg)) {
        all_valid(peer.name(), case, ours, &peer.verify(case, ours));
        none_valid(peer.name(), case, &forged, &peer.verify(case, &forged));
    }
    let few = &case[..OPENSSL];
    let by_openssl = Case::map(few, |case| openssl::verify(case, &ours[case.number]));
    all_valid("openssl", few, ours, &by_openssl);
    let by_us = Case::map(case, |case| verify(case, &forged[case.number]));
    none_valid("jwtick", case, &forged, &by_us);
}

/// Tokens signed by the peers.
fn theirs_here(case: &[Case]) {
    let alg = case.first().unwrap().alg;
    for peer in Peer::ALL.into_iter().filter(|peer| peer.knows(alg)) {
        let tokens = peer.sign(case);
        let valid = Case::map(case, |case| verify(case, &tokens[case.number]));
        all_valid(&format!("jwtick, by {}", peer.name()), case, &tokens, &valid);
        let forged: Vec<String> = tokens.iter().map(|token| mutated(token)).collect();
        let valid = Case::map(case, |case| verify(case, &forged[case.number]));
        none_valid(&format!("jwtick, by {}", peer.name()), case, &forged, &valid);
    }
    let few = &case[..OPENSSL];
    let tokens = Case::map(few, openssl::sign);
    let valid = Case::map(few, |case| verify_by_program(case, &tokens[case.number]));
    all_valid("jwtick, by openssl", few, &tokens, &valid);
}

fn compare(keys: &Keys, alg: &'static str) {
    let case: Vec<Case> = (0..KEYS).map(|number| keys.case(alg, number)).collect();
    let ours = Case::map(&case, sign);
    ours_there(&case, &ours);
    theirs_here(&case);
}

#[test]
fn all_peers_accept_the_same_signatures() {
    let keys = Keys::make(KEYS);
    thread::scope(|scope| {
        for part in 0..THREADS {
            let keys = &keys;
            let algorithms = ALGORITHMS.into_iter().skip(part).step_by(THREADS);
            scope.spawn(move || algorithms.for_each(|alg| compare(keys, alg)));
        }
    });
}

/// A token as a device makes it, with a text that is escaped in part.
fn made_on_device(case: &Case, utc: TimeBounds) -> String {
    let claims = [
        ("jti", Value::Text("say \"hi\\\n")),
        ("text", Value::Text(&case.payload)),
        ("n", Value::Integer(-7)),
    ];
    let assertion = Assertion::new(&claims, Span::from_secs(300)).with_not_before();
    let (secret, mut room) = (case.secret(), vec![0; 4_096]);
    let made = match case.alg {
        "HS256" => assertion.sign(utc, &Hs256::new(&secret).unwrap(), &mut room),
        "HS384" => assertion.sign(utc, &Hs384::new(&secret).unwrap(), &mut room),
        "HS512" => assertion.sign(utc, &Hs512::new(&secret).unwrap(), &mut room),
        "ES256" => assertion.sign(utc, &Es256Signer::new(&secret).unwrap(), &mut room),
        "EdDSA" => assertion.sign(utc, &EdDsaSigner::new(&secret).unwrap(), &mut room),
        "Ed25519" => assertion.sign(utc, &Ed25519Signer::new(&secret).unwrap(), &mut room),
        alg => panic!("no signer for {alg}"),
    };
    made.unwrap().to_owned()
}

#[test]
fn tokens_that_a_device_makes_are_accepted_by_all_peers() {
    const DEVICE: [&str; 6] = ["HS256", "HS384", "HS512", "ES256", "EdDSA", "Ed25519"];
    const NOW: i64 = 1_795_250_000;
    let keys = Keys::make(OPENSSL);
    let at = |secs| UnixTime::from_secs(NOW + secs);
    let utc = TimeBounds::between(at(0), at(150)).unwrap();
    for alg in DEVICE {
        let case: Vec<Case> = (0..OPENSSL).map(|number| keys.case(alg, number)).collect();
        let ours = Case::map(&case, |case| made_on_device(case, utc));
        ours_there(&case, &ours);
        for peer in Peer::ALL.into_iter().filter(|peer| peer.knows(alg)) {
            for now in [NOW, NOW + 150] {
                let read = peer.claims(&case, &ours, now);
                for (case, read) in case.iter().zip(read) {
                    let expected = serde_json::json!({
                        "jti": "say \"hi\\\n", "text": case.payload, "n": -7,
                        "iat": NOW, "exp": NOW + 300, "nbf": NOW,
                    });
                    let read: serde_json::Value = serde_json::from_str(&read).unwrap();
                    assert_eq!(read, expected, "{case}, by {}", peer.name());
                }
            }
        }
    }
}

fn option(case: &Case) -> &'static str {
    if case.is_hmac() { "--secret-file" } else { "--key" }
}

/// Signs with the program, with a private key in any form.
fn sign(case: &Case) -> String {
    let key = case.file("private").display().to_string();
    let run = jwtick(["sign", option(case), &key, "--alg", case.alg, "--claims", "-"]);
    let done = run.stdin(case.payload.clone()).run();
    assert_eq!(done.code(), 0, "{case}: {done}");
    done.stdout.trim().to_owned()
}

/// Verifies with the program, with a public key in any form.
fn verify_by_program(case: &Case, token: &str) -> bool {
    let key = case.file("public").display().to_string();
    let done = jwtick(["verify", option(case), &key, "--payload", "any", token]).run();
    assert!([0, 13].contains(&done.code()), "{case}: {done}");
    done.code() == 0
}

/// Verifies with the library that the program uses.
fn verify(case: &Case, token: &str) -> bool {
    let mut scratch = Scratch::<8192>::new();
    let jws = Jws::decode(token.as_bytes(), &mut scratch).unwrap();
    let algorithm = Algorithm::named(case.alg).unwrap();
    let text = jwk(case);
    let jwk = Jwk::parse(text.as_bytes()).unwrap();
    if case.is_hmac() {
        return jws.verify(&AnyKey::from_jwk(&jwk, algorithm).unwrap()).is_ok();
    }
    let by_ring = jws.clone().verify(&RingKey::from_jwk(&jwk, algorithm).unwrap()).is_ok();
    let by_core = jws.verify(&AnyKey::from_jwk(&jwk, algorithm).unwrap()).is_ok();
    assert_eq!(by_ring, by_core, "{case}: ring and the core disagree about {token}");
    by_ring
}

fn jwk(case: &Case) -> String {
    let content = fs::read(case.file("jwk")).unwrap();
    if case.is_hmac() {
        format!(r#"{{"kty":"oct","k":"{}"}}"#, URL_SAFE_NO_PAD.encode(content))
    } else {
        String::from_utf8(content).unwrap()
    }
}

/// Options of `openssl pkcs8 -topk8`, and the exit code of `jwtick`.
const ENCRYPTIONS: &[(&[&str], i32)] = &[
    (&[], 0),
    (&["-v2", "aes-128-cbc"], 0),
    (&["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA1"], 0),
    (&["-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA512"], 0),
    (&["-v2", "des3"], 0),
    (&["-scrypt"], 0),
    (&["-v1", "PBE-SHA1-3DES"], 1),
];

#[test]
fn keys_that_openssl_encrypted_are_decrypted() {
    for &(options, code) in ENCRYPTIONS {
        let mut command = process::Command::new("openssl");
        command.args(["pkcs8", "-topk8", "-passout", "pass:throw-away", "-in"]);
        let output = command.arg(key_form("p256.pkcs8.pem")).args(options).output().unwrap();
        assert!(output.status.success(), "{options:?}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key.pem").display().to_string();
        fs::write(&file, output.stdout).unwrap();
        let read = jwtick(["key", "thumbprint", &file, "--password-file", "-"]);
        let read = read.stdin("throw-away").run();
        assert_eq!(read.code(), code, "{options:?}\n{read}");
        assert!(code == 0 || read.stderr.contains("does not decrypt:"), "{read}");
    }
}

/// Files that hold no key, or none without a password.
const CLOSED: &[&str] = &[
    "encrypted.pkcs8.pem",
    "encrypted.pkcs8.der",
    "encrypted.pkcs1.pem",
    "request.pem",
    "archive.p12",
    "explicit.spki.pem",
    "p256.compressed.pem",
    "ssh.encrypted",
];

/// The commands of a message: in brackets, or after a colon, up to a word that belongs to the sentence.
fn commands(message: &str) -> Vec<Vec<String>> {
    let starts = message.match_indices("openssl ").chain(message.match_indices("ssh-keygen "));
    let command = |(at, _): (usize, &str)| {
        let rest = &message[at..];
        let end = rest
            .find([')', ','])
            .into_iter()
            .chain(rest.find(" names "))
            .chain(rest.find(" writes "));
        let words = rest[..end.min().unwrap_or(rest.len())].split_whitespace();
        words.map(|word| word.trim_matches('\'').to_owned()).collect()
    };
    starts.map(command).collect()
}

#[test]
fn suggested_commands_give_a_readable_key() {
    let folder = tempfile::tempdir().unwrap();
    for name in CLOSED {
        let (file, copy) = (folder.path().join("FILE"), folder.path().join("COPY"));
        for path in [&file, &copy] {
            fs::copy(key_form(name), path).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        let message = jwtick(["key".as_ref(), "public".as_ref(), file.as_os_str()]).run().stderr;
        let commands = commands(&message);
        assert!(!commands.is_empty(), "{name}: {message}");
        for words in commands {
            let password = if words[0] == "openssl" {
                ["-passin", "pass:throw-away"]
            } else {
                ["-P", "throw-away"]
            };
            let asks = name.contains("encrypted") || name.ends_with("p12");
            let mut command = process::Command::new(&words[0]);
            command
                .args(&words[1..])
                .args(password.iter().filter(|_| asks))
                .current_dir(folder.path());
            let output = command.output().unwrap();
            assert!(output.status.success(), "{name}: {words:?}");
            let key = if words.contains(&"COPY".to_owned()) {
                fs::read(&copy).unwrap()
            } else {
                output.stdout
            };
            let read = jwtick(["key", "thumbprint", "-"]).stdin(key).run();
            assert_eq!(read.code(), 0, "{name}: {words:?}\n{read}");
        }
    }
}
