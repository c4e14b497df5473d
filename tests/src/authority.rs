//! A certificate authority that a test creates for itself.

use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tempfile::NamedTempFile;

use crate::daemon::must;

/// Signs certificates for servers.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    file: NamedTempFile,
}

/// A server's certificate and key, as PEM.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// The private key.
    pub key: String,
}

impl Authority {
    /// Creates an authority that no client trusts yet.
    #[must_use]
    #[track_caller]
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let issuer = must(name, CertifiedIssuer::self_signed(params, key(name)));
        let file = must(name, NamedTempFile::new());
        must(name, std::fs::write(file.path(), issuer.pem()));
        Self { issuer, file }
    }

    /// A file with its certificate, which is removed with it.
    #[must_use]
    pub fn file(&self) -> &Path {
        self.file.path()
    }

    /// Returns a certificate for `host`, from New Year of one year to New Year of another.
    #[must_use]
    #[track_caller]
    pub fn certify(&self, host: &str, from: i32, until: i32) -> Identity {
        self.certify_between(host, (from, 1, 1), (until, 1, 1))
    }

    /// Returns a certificate for `host` from one midnight to another, as year, month and day.
    #[must_use]
    #[track_caller]
    pub fn certify_between(
        &self,
        host: &str,
        from: (i32, u8, u8),
        until: (i32, u8, u8),
    ) -> Identity {
        let key = key(host);
        let mut params = must(host, CertificateParams::new([host.to_owned()]));
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(until.0, until.1, until.2);
        let certificate = must(host, params.signed_by(&key, &self.issuer)).pem();
        Identity { certificate, key: key.serialize_pem() }
    }
}

#[track_caller]
fn key(name: &str) -> KeyPair {
    must(name, KeyPair::generate())
}
