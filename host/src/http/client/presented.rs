//! The client certificate of one connection, or that there is none.

use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use tokio_rustls::rustls::SignatureScheme;
use tokio_rustls::rustls::client::ResolvesClientCert;
use tokio_rustls::rustls::sign::CertifiedKey;

/// What a server gets to see that asks for a certificate, and whether it did.
pub(super) struct Presented {
    certified: Option<Arc<CertifiedKey>>,
    asked: AtomicBool,
}

impl Presented {
    pub(super) const fn new(certified: Option<Arc<CertifiedKey>>) -> Self {
        Self { certified, asked: AtomicBool::new(false) }
    }

    /// Whether the server has asked, and got nothing.
    pub(super) fn is_lacking(&self) -> bool {
        self.certified.is_none() && self.asked.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented").finish_non_exhaustive()
    }
}

impl ResolvesClientCert for Presented {
    // Whom a server trusts is its own to judge: what it lists need not be complete.
    fn resolve(
        &self,
        _authorities: &[&[u8]],
        _schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        self.asked.store(true, Ordering::Relaxed);
        self.certified.clone()
    }

    fn has_certs(&self) -> bool {
        self.certified.is_some()
    }
}
