//! Certificates of this host: that of a client, and the servers that may receive it.

use core::fmt;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error, InconsistentKeys};

use super::target::Target;

/// A client certificate with its key, for the servers that it is meant for: other servers that a
/// redirect leads to do not receive it. No `Debug`, since it contains a key.
pub(crate) struct Identity {
    certified: Arc<CertifiedKey>,
    servers: Vec<Target>,
}

impl Identity {
    /// Creates an identity from the first of `certificates` (PEM) and its `key` (PEM, PKCS#8); the
    /// certificates that follow form its chain (RFC 8446 §4.4.2).
    ///
    /// # Errors
    /// [`IdentityError`] if there is no certificate, or none for this key.
    pub(crate) fn new(
        certificates: &[u8],
        key: &str,
        servers: Vec<Target>,
    ) -> Result<Self, IdentityError> {
        Ok(Self { certified: Arc::new(certified(certificates, key.as_bytes())?), servers })
    }

    /// Returns the certificate to send to the server of `target`, if any.
    pub(super) fn shown_to(&self, target: &Target) -> Option<Arc<CertifiedKey>> {
        let is_meant = |server: &Target| {
            server.is_https() && target.is_https() && server.authority() == target.authority()
        };
        self.servers.iter().any(is_meant).then(|| Arc::clone(&self.certified))
    }
}

/// Reads a certificate with its chain, and its key.
///
/// # Errors
/// [`IdentityError`] if there is no certificate, or none for this key.
pub(crate) fn certified(certificates: &[u8], key: &[u8]) -> Result<CertifiedKey, IdentityError> {
    let chain = CertificateDer::pem_slice_iter(certificates).collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(IdentityError::Damaged)?;
    if chain.is_empty() {
        return Err(IdentityError::NoCertificate);
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(IdentityError::Damaged)?;
    Ok(CertifiedKey::from_der(chain, key, &ring::default_provider())?)
}

/// Reasons why a certificate of this host cannot be used.
#[derive(Debug)]
pub(crate) enum IdentityError {
    /// The file contains no certificate.
    NoCertificate,
    /// The text is truncated or was changed.
    Damaged(pem::Error),
    /// The key belongs to another certificate.
    Mismatch,
    /// TLS cannot use the key.
    Unfit(Error),
}

impl From<Error> for IdentityError {
    fn from(source: Error) -> Self {
        match source {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => Self::Mismatch,
            source => Self::Unfit(source),
        }
    }
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCertificate => f.write_str(
                "the file holds no certificate: expected a client certificate in PEM, followed by \
                 those of its issuers",
            ),
            Self::Damaged(source) => write!(f, "the PEM is damaged: {source}"),
            Self::Mismatch => f.write_str(
                "the certificate is for another key: give the key that it was made for, \
                 openssl x509 -in FILE -noout -pubkey shows its public half",
            ),
            Self::Unfit(source) => write!(f, "TLS cannot use the certificate: {source}"),
        }
    }
}

impl core::error::Error for IdentityError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::NoCertificate | Self::Mismatch => None,
            Self::Damaged(source) => Some(source),
            Self::Unfit(source) => Some(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair};

    use super::*;

    fn target(url: &str) -> Target {
        Target::parse(url).unwrap()
    }

    #[test]
    fn identity_is_sent_only_to_its_servers() {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::default().self_signed(&key).unwrap().pem();
        let servers = vec![target("https://a.example/token"), target("http://b.example/")];
        let identity = Identity::new(certificate.as_bytes(), &key.serialize_pem(), servers);
        let identity = identity.ok().unwrap();
        const ROWS: &[(&str, bool)] = &[
            ("https://a.example/other", true),
            ("https://a.example:8443/token", false),
            ("http://a.example/token", false),
            ("https://b.example/", false),
            ("https://evil.example/token", false),
        ];
        for &(url, shown) in ROWS {
            assert_eq!(identity.shown_to(&target(url)).is_some(), shown, "{url}");
        }
    }

    #[test]
    fn errors_name_unusable_file() {
        let [key, other] = [KeyPair::generate().unwrap(), KeyPair::generate().unwrap()];
        let certificate = CertificateParams::default().self_signed(&key).unwrap().pem();
        let key = key.serialize_pem();
        let rows: &[(&str, &[u8], &str, &str)] = &[
            ("empty", b"", &key, "holds no certificate"),
            ("a key alone", key.as_bytes(), &key, "holds no certificate"),
            ("cut", &certificate.as_bytes()[..200], &key, "the PEM is damaged"),
            ("another's", certificate.as_bytes(), &other.serialize_pem(), "for another key"),
        ];
        for (name, certificates, key, said) in rows {
            let refused = Identity::new(certificates, key, vec![]).err();
            let refused = refused.map(|fault| fault.to_string()).unwrap_or_default();
            assert!(refused.contains(said), "{name}: {refused}");
        }
    }
}
