//! How a key is written.

/// The form of a key in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A JSON Web Key (RFC 7517).
    Jwk,
    /// A member of a JWK Set (RFC 7517 §5).
    JwkSet,
    /// A public key as certificates hold it (RFC 5280 §4.1.2.7).
    Spki,
    /// An RSA key by itself (RFC 8017 A.1).
    Pkcs1,
    /// A private key of any kind (RFC 5958).
    Pkcs8,
    /// A private key on a curve (RFC 5915).
    Sec1,
    /// The key of an X.509 certificate (RFC 5280).
    Certificate,
    /// The bytes of a secret.
    Secret,
}

impl Format {
    /// The form as JSON output writes it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Jwk => "jwk",
            Self::JwkSet => "jwks",
            Self::Spki => "spki",
            Self::Pkcs1 => "pkcs1",
            Self::Pkcs8 => "pkcs8",
            Self::Sec1 => "sec1",
            Self::Certificate => "certificate",
            Self::Secret => "secret",
        }
    }
}
