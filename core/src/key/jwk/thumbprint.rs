//! The thumbprint of a key: a name for it that anybody can compute (RFC 7638).

use sha2::{Digest, Sha256};

use super::Jwk;
use super::curve::Curve;
use super::kind::JwkKind;

/// The members that make the public key (RFC 7638 §3.2, RFC 8037 §2), in the order of their names.
const fn members(kind: JwkKind) -> &'static [&'static str] {
    match kind {
        JwkKind::Rsa => &["e", "kty", "n"],
        JwkKind::Ec(_) => &["crv", "kty", "x", "y"],
        JwkKind::Okp(_) => &["crv", "kty", "x"],
        JwkKind::Oct => &["k", "kty"],
    }
}

impl Jwk<'_> {
    /// SHA-256 over the members that make the public key, in the one form that RFC 7638 §3 gives
    /// them. That of a secret (`oct`) can be searched for by trying secrets: don't publish it.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::key::{Jwk, JwkError};
    /// let jwk = Jwk::parse(
    ///     br#"{"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","crv":"Ed25519","kty":"OKP"}"#,
    /// )?;
    /// // kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k (RFC 8037 A.3)
    /// assert_eq!(jwk.thumbprint()[..4], [0x90, 0xFA, 0xCA, 0xFE]);
    /// # Ok::<(), JwkError>(())
    /// ```
    #[must_use]
    pub fn thumbprint(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut before = "{\"";
        for name in members(self.kind) {
            for part in [before, name, "\":\"", self.canonical(name), "\""] {
                hash.update(part);
            }
            before = ",\"";
        }
        hash.chain_update("}").finalize().into()
    }

    // No value has a character that JSON escapes, and each has one form only.
    fn canonical(&self, name: &'static str) -> &str {
        match name {
            "kty" => self.kind.kty(),
            "crv" => self.kind.curve().map_or("", Curve::name),
            _ => self.parameters.written(name).unwrap_or(""),
        }
    }
}
