//! The thumbprint of a key: an identifier computed from its public members (RFC 7638).

use sha2::{Digest, Sha256};

use super::Jwk;
use super::kind::{Curve, JwkKind};

/// The members of the public key (RFC 7638 §3.2, RFC 8037 §2), in alphabetical order.
const fn members(kind: JwkKind) -> &'static [&'static str] {
    match kind {
        JwkKind::Rsa => &["e", "kty", "n"],
        JwkKind::Ec(_) => &["crv", "kty", "x", "y"],
        JwkKind::Okp(_) => &["crv", "kty", "x"],
        JwkKind::Oct => &["k", "kty"],
    }
}

impl Jwk<'_> {
    /// Computes SHA-256 over the members of the public key, in the canonical form of RFC 7638 §3.
    /// Do not publish the thumbprint of a secret (`oct`): it lets an attacker check guesses.
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

    // No value has a character that JSON escapes, and each has only one form.
    fn canonical(&self, name: &'static str) -> &str {
        match name {
            "kty" => self.kind.kty(),
            "crv" => self.kind.curve().map_or("", Curve::name),
            _ => self.parameters.written(name).unwrap_or(""),
        }
    }
}
