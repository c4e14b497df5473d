//! Random keys and messages.

use core::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jwtick_tests::{Noise, project};
use tempfile::TempDir;

/// All algorithms that jwtick signs with.
pub(super) const ALGORITHMS: [&str; 13] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
    "ES384", "EdDSA", "Ed25519",
];

/// Number of key files of each kind.
pub(super) struct Keys(TempDir);

/// A message and the key to sign it with.
pub(super) struct Case {
    pub(super) alg: &'static str,
    pub(super) number: usize,
    pub(super) payload: String,
    folder: PathBuf,
}

impl Keys {
    /// Makes keys with OpenSSL, in the forms that key files have.
    pub(super) fn make(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = project().join("tests/peers/pyjwt_peer.py");
        let made = Command::new(python())
            .args([script.as_os_str(), "keys".as_ref(), folder.path().as_os_str()])
            .arg(count.to_string())
            .status();
        assert!(made.unwrap().success(), "no keys were made");
        Self(folder)
    }

    pub(super) fn case(&self, alg: &'static str, number: usize) -> Case {
        let seed = u64::try_from(number).unwrap() + 1;
        let mut noise = Noise::of(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        // Of any length, with some multi-byte characters.
        let text = "ä한".repeat(usize::from(noise.number().to_le_bytes()[7]));
        let payload = format!(r#"{{"jti":"{:x}","text":"{text}"}}"#, noise.number());
        Case { alg, number, payload, folder: self.0.path().to_owned() }
    }
}

/// Python with the libraries that `tests/peers/install` brings.
pub(super) fn python() -> PathBuf {
    let python = project().join("tests/peers/venv/bin/python");
    assert!(python.is_file(), "PyJWT is missing, `tests/peers/install` brings it");
    python
}

impl Case {
    pub(super) fn map<T>(cases: &[Self], work: impl Fn(&Self) -> T) -> Vec<T> {
        cases.iter().map(work).collect()
    }

    /// The file with `content`: the private key, or its public half, in some form.
    pub(super) fn file(&self, content: &str) -> PathBuf {
        let kind = match self.alg {
            "ES256" => "p256",
            "ES384" => "p384",
            "EdDSA" | "Ed25519" => "ed25519",
            _ if self.is_hmac() => "secret",
            _ => "rsa",
        };
        let content = if self.is_hmac() { "pkcs8" } else { content };
        self.folder.join(format!("{kind}-{}.{content}", self.number))
    }

    /// The secret, or the bytes of a private key: the number of ECDSA, the seed of Ed25519.
    pub(super) fn secret(&self) -> Vec<u8> {
        let content = fs::read(self.file("pkcs8")).unwrap();
        if self.is_hmac() {
            return content;
        }
        let text = String::from_utf8(content).unwrap();
        let base64: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = STANDARD.decode(base64).unwrap();
        // An OCTET STRING of 32 bytes: the first one in RFC 5915 §3, and the only one in RFC 8410 §7.
        let at = der.windows(2).position(|pair| pair == [4, 32]).unwrap();
        der[at + 2..at + 34].to_vec()
    }

    pub(super) fn is_hmac(&self) -> bool {
        self.alg.starts_with("HS")
    }

    /// A file name that is used only once.
    pub(super) fn scratch(&self, name: &str, content: &[u8]) -> PathBuf {
        let file = self.folder.join(format!("{}-{}.{name}", self.alg, self.number));
        fs::write(Path::new(&file), content).unwrap();
        file
    }

    /// The signing input, with an ordinary header.
    pub(super) fn signing_input(&self) -> String {
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{}"}}"#, self.alg));
        format!("{header}.{}", URL_SAFE_NO_PAD.encode(&self.payload))
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.alg, self.number)
    }
}

/// Flips one bit of the signature or payload; the token itself determines which one.
pub(super) fn mutated(token: &str) -> String {
    let mut segments: Vec<String> = token.trim().split('.').map(str::to_owned).collect();
    let seed = token.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(31) ^ u64::from(byte));
    let mut noise = Noise::of(seed);
    let segment = if noise.number().is_multiple_of(4) { 1 } else { 2 };
    let mut bytes = URL_SAFE_NO_PAD.decode(&segments[segment]).unwrap();
    let at = noise.number() % u64::try_from(bytes.len()).unwrap();
    bytes[usize::try_from(at).unwrap()] ^= 1 << (noise.number() % 8);
    segments[segment] = URL_SAFE_NO_PAD.encode(bytes);
    segments.join(".")
}
