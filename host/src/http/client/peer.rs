//! Whom a server proved to be.

use core::fmt;

use jwtick_core::TimeBounds;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};

use super::CertificateFault;
use super::certificate_time::CertificateTime;

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
