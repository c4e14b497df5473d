//! A client that proves the possession of its key (RFC 9449).

use core::net::SocketAddr;
use core::sync::atomic::{AtomicU32, Ordering};
use std::path::PathBuf;
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_tests::jwtick;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The proof that comes with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    Absent,
    OfRequest,
    OfMethod,
    OfPath,
    Old,
}

struct Key {
    folder: TempDir,
    public: String,
    thumbprint: String,
}

impl Key {
    fn file(folder: &TempDir) -> PathBuf {
        folder.path().join("client.pem")
    }

    fn get() -> &'static Self {
        static KEY: OnceLock<Key> = OnceLock::new();
        KEY.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let file = Self::file(&folder).display().to_string();
            printed(&["key", "generate", "--alg", "ES256", "--out", &file]);
            let public = printed(&["key", "public", "--format", "jwk", &file]);
            let thumbprint = printed(&["key", "thumbprint", &file]);
            let thumbprint = thumbprint.split_whitespace().next().unwrap().to_owned();
            Self { folder, public, thumbprint }
        })
    }
}

fn printed(arguments: &[&str]) -> String {
    let done = jwtick(arguments.iter().copied()).run();
    assert_eq!(done.code(), 0, "{done}");
    done.stdout.trim().to_owned()
}

/// The thumbprint of the client's key, to which a token can be bound.
pub(super) fn thumbprint() -> &'static str {
    &Key::get().thumbprint
}

impl Proof {
    /// The field with the proof for a request to `host`.
    pub(super) fn field(self, host: SocketAddr, line: &str, token: &str) -> String {
        static PROOFS: AtomicU32 = AtomicU32::new(0);
        let (method, target) = line.split_once(' ').unwrap();
        let path = target.split('?').next().unwrap();
        let (method, path) = match self {
            Self::Absent => return String::new(),
            Self::OfMethod => ("POST", path),
            Self::OfPath => (method, "/orders"),
            Self::OfRequest | Self::Old => (method, path),
        };
        let key = Key::get();
        let (file, header) = (Key::file(&key.folder), format!("jwk={}", key.public));
        let number = PROOFS.fetch_add(1, Ordering::Relaxed);
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(token));
        let claims = [
            format!("htm={method}"),
            format!("htu=http://{host}{path}"),
            format!("jti=\"proof {number}\""),
            format!("ath=\"{hash}\""),
        ];
        let iat = if self == Self::Old { "-1h" } else { "now" };
        let file = file.display().to_string();
        let mut sign =
            vec!["sign", "--key", &file, "--header", "typ=dpop+jwt", "--header", &header];
        sign.extend(["--iat", iat]);
        sign.extend(claims.iter().flat_map(|claim| ["--claim", claim]));
        format!("DPoP: {}\r\n", printed(&sign))
    }
}
