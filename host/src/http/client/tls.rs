//! TLS with a given time instead of the system's.

use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jwtick_core::TimeBounds;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::client::{ResolvesClientCert, WebPkiServerVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{self, CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::time_provider::TimeProvider;
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

use super::certificate_time::{self, CertificateFault, CertificateTime, Peer};
use super::connection::Stream;
use super::error::HttpError;
use super::target::Target;

/// Opens TLS streams.
pub(super) struct Tls {
    config: Arc<ClientConfig>,
    time: CertificateTime,
    judge: Arc<Judge>,
    presented: Arc<Presented>,
}

impl Tls {
    /// Rejects servers without a valid certificate, and sends `certified` to servers that request
    /// one.
    pub(super) fn verifying(
        trust: &Trust,
        certified: Option<Arc<CertifiedKey>>,
    ) -> Result<Self, HttpError> {
        Self::new(trust, None, Presented::new(certified))
    }

    /// Accepts any server, and records what is wrong with its certificate.
    pub(super) fn doubting(trust: &Trust) -> Result<Self, HttpError> {
        Self::new(trust, Some(Arc::default()), Presented::new(None))
    }

    fn new(
        trust: &Trust,
        doubts: Option<Arc<Doubts>>,
        presented: Presented,
    ) -> Result<Self, HttpError> {
        let presented = Arc::new(presented);
        let provider = Arc::new(ring::default_provider());
        let time = CertificateTime::new(verifier(trust, Arc::clone(&provider))?, trust.utc);
        let judge = Arc::new(Judge { time: time.clone(), doubts, faults: Arc::default() });
        let now = Arc::new(Known(certificate_time::to_tls(trust.utc.earliest())));
        let config = ClientConfig::builder_with_details(provider, now)
            .with_safe_default_protocol_versions()
            .map_err(HttpError::Tls)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::<Judge>::clone(&judge))
            .with_client_cert_resolver(Arc::<Presented>::clone(&presented));
        Ok(Self { config: Arc::new(config), time, judge, presented })
    }

    /// Returns the certificate errors of servers that were accepted anyway.
    pub(super) fn doubts(&self) -> Option<Arc<Doubts>> {
        self.judge.doubts.clone()
    }

    /// Returns true if the server requested a certificate and received none.
    pub(super) fn lacks_certificate(&self) -> bool {
        self.presented.is_lacking()
    }

    /// Performs the handshake with the server of `target`.
    pub(super) async fn secure(
        &self,
        stream: Stream,
        target: &Target,
    ) -> Result<(Stream, Peer), HttpError> {
        let name = ServerName::try_from(target.host().to_owned())
            .map_err(|_| HttpError::ServerName { host: target.host().to_owned() })?;
        let host = || target.host().to_owned();
        let connector = TlsConnector::from(Arc::clone(&self.config));
        let stream =
            connector.connect(name.clone(), stream).await.map_err(|source| {
                match self.judge.faults.first() {
                    Some(fault) => HttpError::Certificate { host: host(), fault },
                    None if self.lacks_certificate() => HttpError::NotShown { host: host() },
                    None => HttpError::Handshake { host: host(), source },
                }
            })?;
        let chain = stream.get_ref().1.peer_certificates().unwrap_or_default().to_vec();
        Ok((Box::new(stream), Peer::new(chain, name, self.time.clone())))
    }
}

fn verifier(
    trust: &Trust,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, HttpError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    for path in &trust.authorities {
        let certificates = read(path)
            .map_err(|source| HttpError::Authority { path: path.display().to_string(), source })?;
        roots.add_parsable_certificates(certificates);
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|_| HttpError::NoAuthorities)
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, pki_types::pem::Error> {
    let certificates = CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>()?;
    if certificates.is_empty() {
        Err(pki_types::pem::Error::NoItemsFound)
    } else {
        Ok(certificates)
    }
}

/// The time that is given to TLS.
#[derive(Debug)]
struct Known(UnixTime);

impl TimeProvider for Known {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.0)
    }
}

/// The errors with the certificates of a server.
#[derive(Debug, Default)]
pub(super) struct Doubts(Mutex<Vec<CertificateFault>>);

impl Doubts {
    pub(super) fn first(&self) -> Option<CertificateFault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    fn add(&self, fault: CertificateFault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }
}

/// Verifies the certificates of a server at a given time.
struct Judge {
    time: CertificateTime,
    doubts: Option<Arc<Doubts>>,
    faults: Arc<Doubts>,
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").finish_non_exhaustive()
    }
}

impl ServerCertVerifier for Judge {
    // The time that rustls passes comes from `Known`, and is only the first instant of the bounds.
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        above: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain: Vec<CertificateDer<'_>> = [own].into_iter().chain(above).cloned().collect();
        let Err(fault) = self.time.verify(&chain, name) else {
            return Ok(ServerCertVerified::assertion());
        };
        if let Some(doubts) = &self.doubts {
            doubts.add(fault);
            return Ok(ServerCertVerified::assertion());
        }
        self.faults.add(fault);
        Err(Error::General("the certificate proves nothing".to_owned()))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.time.inner().verify_tls12_signature(message, own, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.time.inner().verify_tls13_signature(message, own, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.time.inner().supported_verify_schemes()
    }
}

/// The data that certificates are verified with.
#[derive(Debug, Clone)]
pub(crate) struct Trust {
    /// Files with CA certificates that are trusted in addition to those of the platform.
    pub(crate) authorities: Vec<PathBuf>,
    /// Bounds on UTC from sources other than the clock of the operating system.
    pub(crate) utc: TimeBounds,
}

/// The client certificate for a server that requests one, and whether it was requested.
pub(super) struct Presented {
    certified: Option<Arc<CertifiedKey>>,
    asked: AtomicBool,
}

impl Presented {
    pub(super) const fn new(certified: Option<Arc<CertifiedKey>>) -> Self {
        Self { certified, asked: AtomicBool::new(false) }
    }

    /// Returns true if the server requested a certificate and received none.
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
    // The server decides which certificates it trusts: the list that it sends need not be complete.
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
