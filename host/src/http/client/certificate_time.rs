//! Judging a certificate at a time that is known from elsewhere than the clock that is in doubt.
//!
//! With a clock in 1970 every certificate looks as if it were not valid yet. So a chain counts as
//! valid if there is an instant within the bounds on UTC at which all of it is: without any other
//! source, at or after the day this program was written. Whether it is valid *now* follows from
//! the `Date` that is measured over it.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use jwtick_core::{TimeBounds, UnixTime};
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier;
use tokio_rustls::rustls::pki_types::{self, CertificateDer, ServerName};
use tokio_rustls::rustls::{CertificateError, Error};

use crate::notation::civil;

/// A chain has a handful of certificates, each of which may begin to be valid later than another.
const MOST_STARTS: usize = 8;

/// Why a certificate proves nothing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CertificateFault {
    /// It, or one above it, becomes valid only then.
    NotValidBefore(UnixTime),
    /// It, or one above it, was valid until then.
    Expired(UnixTime),
    /// It was not signed by a trusted authority.
    UnknownIssuer,
    /// It is for others.
    WrongName {
        /// Whom it is for.
        names: Vec<String>,
    },
    /// Whatever else TLS has against it.
    Other(Error),
}

/// A verifier of rustls with a time of ours.
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

    /// Verifies a chain, the server's own certificate first, at some instant of the bounds.
    pub(super) fn verify(
        &self,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
    ) -> Result<(), CertificateFault> {
        self.verify_within(chain, name, self.utc)
    }

    /// Verifies a chain at some instant of `utc`: the first one, or a later one at which the last
    /// certificate of the chain begins to be valid.
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
            // The latter if the issuer has the name of an authority, but not its key.
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

/// Times before 1970, which TLS has no form for, count as 1970: no certificate is older.
pub(super) fn to_tls(at: UnixTime) -> pki_types::UnixTime {
    let secs = u64::try_from(at.floor_secs()).unwrap_or(0);
    pki_types::UnixTime::since_unix_epoch(Duration::from_secs(secs))
}

fn from_tls(at: pki_types::UnixTime) -> UnixTime {
    i64::try_from(at.as_secs()).map_or(UnixTime::MAX, UnixTime::from_secs)
}

/// The certificates of a server, kept so that they can be judged at other times too.
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

    /// What is wrong with the certificates if UTC lies in `utc`.
    pub(crate) fn fault_within(&self, utc: TimeBounds) -> Option<CertificateFault> {
        self.verifier.verify_within(&self.chain, &self.name, utc).err()
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("name", &self.name).finish_non_exhaustive()
    }
}
