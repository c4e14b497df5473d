//! Certificate validation at a time that does not come from the clock under test.
//!
//! If the clock reads 1970, every certificate seems not yet valid. So a chain is accepted if all of
//! it is valid at some instant within the bounds on UTC. While a clock is measured, these are open:
//! without any other source, UTC is at or after the day this program was written, and the `Date`
//! that is measured over the connection then shows whether the chain is valid *now*. Before a
//! connection test sends a secret, they are as narrow as they can be: see `probe::certificate`.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use jwtick_core::{TimeBounds, UnixTime};
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier;
use tokio_rustls::rustls::pki_types::{self, CertificateDer, ServerName};
use tokio_rustls::rustls::{CertificateError, Error};

use crate::notation::civil;

/// Maximum number of certificates in a chain whose start of validity is tried.
const MOST_STARTS: usize = 8;

/// Reasons why a certificate is not accepted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CertificateFault {
    /// The certificate, or one above it, is not valid before this instant.
    NotValidBefore(UnixTime),
    /// The certificate, or one above it, expired at this instant.
    Expired(UnixTime),
    /// The certificate was not signed by a trusted authority.
    UnknownIssuer,
    /// The certificate is for other names.
    WrongName {
        /// The names that it is for.
        names: Vec<String>,
    },
    /// Any other error that TLS reports.
    Other(Error),
}

impl CertificateFault {
    /// Returns true if the certificate is valid at another time.
    pub(crate) const fn is_of_time(&self) -> bool {
        matches!(self, Self::NotValidBefore(_) | Self::Expired(_))
    }

    /// What to do about it.
    pub(crate) const fn remedy(&self) -> &'static str {
        match self {
            Self::NotValidBefore(_) | Self::Expired(_) => "renew it on the server",
            Self::UnknownIssuer => "name the certificate of its authority with --ca",
            Self::WrongName { .. } => "name the host as the certificate does",
            Self::Other(_) => "replace it on the server",
        }
    }
}

/// A rustls verifier that uses a given time.
#[derive(Debug, Clone)]
pub(crate) struct CertificateTime {
    inner: Arc<WebPkiServerVerifier>,
    utc: TimeBounds,
}

impl CertificateTime {
    pub(super) const fn new(inner: Arc<WebPkiServerVerifier>, utc: TimeBounds) -> Self {
        Self { inner, utc }
    }

    pub(super) const fn inner(&self) -> &Arc<WebPkiServerVerifier> {
        &self.inner
    }

    /// Verifies a chain, the server's own certificate first, at some instant within the bounds.
    pub(super) fn verify(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
    ) -> Result<(), CertificateFault> {
        self.verify_within(chain, name, self.utc)
    }

    /// Verifies a chain at some instant of `utc`: the first one, or a later one at which the last
    /// certificate of the chain becomes valid.
    pub(super) fn verify_within(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        utc: TimeBounds,
    ) -> Result<(), CertificateFault> {
        let mut at = utc.earliest();
        for _ in 0..MOST_STARTS {
            match self.verify_at(chain, name, at) {
                Err(CertificateFault::NotValidBefore(start))
                    if at < start && start <= utc.latest() =>
                {
                    at = start;
                }
                verified => return verified,
            }
        }
        self.verify_at(chain, name, at)
    }

    fn verify_at(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        at: UnixTime,
    ) -> Result<(), CertificateFault> {
        let (own, above) =
            chain.split_first().ok_or(CertificateFault::Other(Error::NoCertificatesPresented))?;
        self.inner.verify_server_cert(own, above, name, &[], to_tls(at))?;
        Ok(())
    }
}

impl From<Error> for CertificateFault {
    fn from(error: Error) -> Self {
        match error {
            Error::InvalidCertificate(CertificateError::NotValidYetContext {
                not_before, ..
            }) => Self::NotValidBefore(from_tls(not_before)),
            Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. }) => {
                Self::Expired(from_tls(not_after))
            }
            // The second error occurs if the issuer has the name of an authority, but not its key.
            Error::InvalidCertificate(
                CertificateError::UnknownIssuer | CertificateError::BadSignature,
            ) => Self::UnknownIssuer,
            Error::InvalidCertificate(CertificateError::NotValidForNameContext {
                presented,
                ..
            }) => Self::WrongName { names: presented },
            other => Self::Other(other),
        }
    }
}

impl fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |at| civil::utc(at).unwrap_or_else(|| "the end of time".to_owned());
        match self {
            Self::NotValidBefore(at) => write!(f, "it is not valid before {}", said(*at)),
            Self::Expired(at) => write!(f, "it expired {}", said(*at)),
            Self::UnknownIssuer => f.write_str("no authority that is trusted here has signed it"),
            Self::WrongName { names } if names.is_empty() => f.write_str("it names no host"),
            Self::WrongName { names } => write!(f, "it is for {}", names.join(", ")),
            Self::Other(source) => source.fmt(f),
        }
    }
}

/// Converts a time for TLS. Times before 1970, which TLS cannot represent, become 1970: no
/// certificate is older.
pub(super) fn to_tls(at: UnixTime) -> pki_types::UnixTime {
    let secs = u64::try_from(at.floor_secs()).unwrap_or(0);
    pki_types::UnixTime::since_unix_epoch(Duration::from_secs(secs))
}

fn from_tls(at: pki_types::UnixTime) -> UnixTime {
    i64::try_from(at.as_secs()).map_or(UnixTime::MAX, UnixTime::from_secs)
}

/// The certificates of a server, kept so that they can also be validated at other times.
pub(crate) struct Peer {
    chain: Vec<CertificateDer<'static>>,
    name: ServerName<'static>,
    verifier: CertificateTime,
}

impl Peer {
    pub(super) const fn new(
        chain: Vec<CertificateDer<'static>>,
        name: ServerName<'static>,
        verifier: CertificateTime,
    ) -> Self {
        Self { chain, name, verifier }
    }

    /// Returns the error with the certificates if UTC is within `utc`.
    pub(crate) fn fault_within(&self, utc: TimeBounds) -> Option<CertificateFault> {
        self.verifier.verify_within(&self.chain, &self.name, utc).err()
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("name", &self.name).finish_non_exhaustive()
    }
}
