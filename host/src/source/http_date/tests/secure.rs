//! TLS with a test authority, and a time from a source other than the clock.

use std::io::{self, Write};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::{Peer, head};
use super::*;
use crate::source::responder::Identity;

/// The first and last years of validity of a certificate.
pub(super) type Years = (i32, i32);

pub(super) const VALID: Years = (2025, 2099);

/// Creates a server with a certificate for `name`, and a file with its certificate authority.
pub(super) fn server(years: Years, name: &str) -> (Server, tempfile::TempPath) {
    let issuer = authority();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(issuer.pem().as_bytes()).unwrap();
    let config = Arc::new(config(&issuer, years, name));
    let talk = move |peer: &mut Peer<'_>| talk(peer, Arc::clone(&config));
    (Server::talking(talk), file.into_temp_path())
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn config(issuer: &CertifiedIssuer<'_, KeyPair>, years: Years, name: &str) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    let certificate = params.signed_by(&key, issuer).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap()
}

fn talk(peer: &mut Peer<'_>, config: Arc<ServerConfig>) -> io::Result<()> {
    let tls = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(tls, peer.stream.try_clone()?);
    while head(&mut stream)?.is_some() {
        stream.write_all(answer("200 OK", Span::ZERO, "").as_bytes())?;
        stream.flush()?;
    }
    Ok(())
}

struct Case {
    name: &'static str,
    years: Years,
    host: &'static str,
    trust: fn(&tempfile::TempPath) -> Trust,
    /// The start of the error; empty if the server is measured.
    refusal: &'static str,
    /// Part of the note with `--insecure-date`, if there is one.
    doubt: &'static str,
}

fn known(authority: &tempfile::TempPath) -> Trust {
    trusting(vec![authority.to_path_buf()])
}

const CASES: &[Case] = &[
    Case { name: "valid", years: VALID, host: "localhost", trust: known, refusal: "", doubt: "" },
    Case {
        name: "expired before this program was written",
        years: (2020, 2025),
        host: "localhost",
        trust: known,
        refusal: "the certificate of localhost is refused: it expired 2025-01-01 00:00:00",
        doubt: "it expired 2025-01-01",
    },
    Case {
        name: "valid from a time on that only the Date tells has not come",
        years: (2098, 2099),
        host: "localhost",
        trust: known,
        refusal: "the certificate of localhost is refused: it is not valid before 2098-01-01",
        doubt: "it is not valid before 2098-01-01",
    },
    Case {
        name: "not valid where NTP says we are",
        years: (2040, 2099),
        host: "localhost",
        trust: |authority| Trust {
            utc: TimeBounds::exactly(jwtick_core::UnixTime::from_secs(1_800_000_000)),
            ..known(authority)
        },
        refusal: "the certificate of localhost is refused: it is not valid before 2040-01-01",
        doubt: "it is not valid before 2040-01-01",
    },
    Case {
        name: "of another",
        years: VALID,
        host: "other.example",
        trust: known,
        refusal: "the certificate of localhost is refused: it is for ",
        doubt: "it is for ",
    },
    Case {
        name: "by an unknown authority",
        years: VALID,
        host: "localhost",
        trust: |_| {
            let (_, other) = server(VALID, "localhost");
            let trust = known(&other);
            // The file is read when the query starts, so it must persist.
            let _ = other.keep().unwrap();
            trust
        },
        refusal: "the certificate of localhost is refused: no authority that is trusted here has signed it; \
                  name the certificate of its authority with --ca, or measure without proof",
        doubt: "no authority that is trusted here has signed it",
    },
];

impl Case {
    fn check(&self) {
        let name = self.name;
        let (server, authority) = server(self.years, self.host);
        let port = server.address().rsplit_once(':').unwrap().1.to_owned();
        let url = target(&format!("https://localhost:{port}/"));
        let observe = |unproved| {
            let source = HttpDateSource::new(
                url.clone(),
                (self.trust)(&authority),
                unproved,
                Follow::NamedHost,
            );
            source.observe(&LocalClock::read(), Instant::now() + LONG)
        };
        let strict = observe(Unproved::Refused);
        let said = strict.as_ref().map_or_else(ToString::to_string, |_| String::new());
        assert_eq!(said.is_empty(), self.refusal.is_empty(), "{name}: {said}");
        assert!(said.starts_with(self.refusal), "{name}: {said}");
        let observed = observe(Unproved::Measured).expect(name);
        assert_measures(name, &observed, Span::ZERO);
        let doubts: Vec<String> = observed.notes.iter().map(ToString::to_string).collect();
        assert_eq!(doubts.is_empty(), self.doubt.is_empty(), "{name}: {doubts:?}");
        assert!(doubts.iter().all(|it| it.contains(self.doubt)), "{name}: {doubts:?}");
        let certified = observed.responder.identity == Identity::Certified;
        assert_eq!(certified, self.doubt.is_empty(), "{name}");
        let strictly = strict.is_ok_and(|it| it.responder.identity == Identity::Certified);
        assert_eq!(strictly, self.refusal.is_empty(), "{name}");
    }
}

#[test]
fn certificates_are_verified_at_known_time() {
    thread::scope(|scope| {
        for case in CASES {
            scope.spawn(|| case.check());
        }
    });
}

#[test]
fn redirect_from_http_leads_to_no_certified_host() {
    let (end, authority) = server(VALID, "localhost");
    let onwards = end.url().replace("http://127.0.0.1", "https://localhost");
    let fields = format!("Location: {onwards}\r\n");
    let start = Server::answering(move |_| answer("301 Moved Permanently", Span::ZERO, &fields));
    let url = start.url().replace("127.0.0.1", "localhost");
    let source =
        HttpDateSource::new(target(&url), known(&authority), Unproved::Refused, Follow::NamedHost);
    let observed = source.observe(&LocalClock::read(), Instant::now() + LONG).unwrap();
    assert_eq!(observed.responder.identity, Identity::Unproved);
}

#[test]
fn certificate_is_reported_if_connection_breaks() {
    let issuer = authority();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(issuer.pem().as_bytes()).unwrap();
    let config = Arc::new(config(&issuer, (2098, 2099), "localhost"));
    let server = Server::talking(move |peer| {
        let tls = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(tls, peer.stream.try_clone()?);
        let asked = head(&mut stream)?.unwrap_or_default();
        let status = if asked.starts_with("GET ") { "200 OK" } else { "501 Not Implemented" };
        let cut = answer(status, Span::ZERO, "").replace("Length: 0", "Length: 9");
        stream.write_all(cut.as_bytes())
    });
    let port = server.address().rsplit_once(':').unwrap().1.to_owned();
    let url = target(&format!("https://localhost:{port}/"));
    let source = HttpDateSource::new(
        url,
        trusting(vec![file.path().into()]),
        Unproved::Refused,
        Follow::NamedHost,
    );
    let error = source.observe(&LocalClock::read(), Instant::now() + LONG).unwrap_err();
    assert!(error.to_string().contains("it is not valid before 2098-01-01"), "{error}");
}

#[test]
fn plain_http_on_https_port_is_rejected() {
    let server = Server::answering(|_| answer("200 OK", Span::ZERO, ""));
    let url = server.url().replace("http:", "https:");
    let source = HttpDateSource::new(
        target(&url),
        trusting(Vec::new()),
        Unproved::Measured,
        Follow::NamedHost,
    );
    let error = source.observe(&LocalClock::read(), Instant::now() + Duration::from_secs(1));
    assert!(error.is_err(), "{error:?}");
}
