//! Errors of the HTTP client.

use core::fmt;
use core::net::IpAddr;
use core::time::Duration;
use std::io;

use http::StatusCode;
use jwtick_core::words::{self, Language};
use tokio_rustls::rustls::{self, pki_types};

use super::certificate_time::CertificateFault;
use crate::notation::duration::span;

/// Errors that say what was found, what was expected, and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum HttpError {
    /// The name could not be resolved.
    Resolve { host: String, source: io::Error },
    /// The name has no address.
    NoAddress { host: String },
    /// A redirect leads to an address that is valid on one link only.
    LinkLocal { host: String, address: IpAddr },
    /// The name has an address that is not on the internet.
    NotGlobal { host: String, address: IpAddr },
    /// The connection could not be established.
    Connect { to: String, source: io::Error },
    /// The address did not answer.
    Silent { to: String, after: Duration },
    /// The environment names a proxy with a scheme other than plain HTTP.
    ProxyScheme { scheme: String },
    /// The proxy refused to open a tunnel.
    Tunnel { proxy: String, status: StatusCode },
    /// A file with CA certificates could not be read.
    Authority { path: String, source: pki_types::pem::Error },
    /// No certificate authority is available.
    NoAuthorities,
    /// No certificate can be issued for this name.
    ServerName { host: String },
    /// The certificate of the server is not valid.
    Certificate { host: String, fault: CertificateFault },
    /// The TLS handshake failed for another reason.
    Handshake { host: String, source: io::Error },
    /// The server requires a client certificate, and none is configured.
    NotShown { host: String },
    /// TLS could not be initialized.
    Tls(rustls::Error),
    /// The connection broke, or the server does not use HTTP/1.1.
    Http(hyper::Error),
    /// The server sent data before it received a request.
    EarlyAnswer,
    /// The body was incomplete or too long.
    Body(Box<dyn core::error::Error + Send + Sync>),
    /// The request could not be encoded.
    Shape,
}

impl HttpError {
    /// Returns true if no server could be reached. One whose certificate is not valid was reached, and may be
    /// another one.
    pub(crate) const fn is_outage(&self) -> bool {
        matches!(
            self,
            Self::Resolve { .. }
                | Self::NoAddress { .. }
                | Self::Connect { .. }
                | Self::Silent { .. }
                | Self::Tunnel { .. }
                | Self::Handshake { .. }
                | Self::Http(_)
        )
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resolve { host, source } => write!(f, "cannot find {host}: {source}"),
            Self::NoAddress { host } => write!(f, "cannot find {host}: the name has no address"),
            Self::LinkLocal { host, address } => write!(
                f,
                "redirected to {host}, whose address {address} is link-local: such redirects are not \
                 followed, so name the URL itself if its answer is to count"
            ),
            Self::NotGlobal { host, address } => write!(
                f,
                "the address of {host} is {address}, which is not on the internet: set allow-private if \
                 this server is meant to be inside your network"
            ),
            Self::Connect { to, source } => write!(f, "cannot connect to {to}: {source}"),
            Self::Silent { to, after } => {
                let after = words::duration(span(*after), Language::English);
                write!(f, "cannot connect to {to}: no answer within {after}")
            }
            Self::ProxyScheme { scheme } => write!(
                f,
                "the proxy of the environment is reached by {scheme}, only http is supported: \
                 set it to http://…, or exempt the host with no_proxy"
            ),
            Self::Tunnel { proxy, status } => write!(
                f,
                "the proxy {proxy} answers {status} itself: exempt the host with no_proxy, or \
                 have the proxy let it through"
            ),
            Self::Http(source) => http(source, f),
            Self::EarlyAnswer => f.write_str("the server answered before it received a request"),
            Self::Body(source) => write!(f, "cannot read the answer: {source}"),
            Self::Shape => f.write_str("the request cannot be written as HTTP/1.1"),
            _ => self.fmt_tls(f),
        }
    }
}

impl HttpError {
    fn fmt_tls(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authority { path, source } => {
                write!(f, "cannot read the certificates in {path}: {source}")
            }
            Self::NoAuthorities => f.write_str(
                "no certificate authority is known here: install ca-certificates, or name a file \
                 with --ca",
            ),
            Self::ServerName { host } => {
                write!(
                    f,
                    "no certificate can be for '{}', name the host otherwise",
                    host.escape_debug()
                )
            }
            Self::Certificate { host, fault } => certificate(host, fault, f),
            Self::Handshake { host, source } => write!(f, "no TLS with {host}: {source}"),
            Self::NotShown { host } => write!(f, "{host} {}", NOT_SHOWN),
            Self::Tls(source) => write!(f, "no TLS: {source}"),
            _ => Ok(()),
        }
    }
}

/// Message for a server that requires a client certificate.
pub(crate) const NOT_SHOWN: &str = "asks for a client certificate, and none is named: probe takes one \
     with --client-cert and --client-key";

fn certificate(host: &str, fault: &CertificateFault, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let remedy = fault.remedy();
    write!(f, "the certificate of {host} is refused: {fault}; {remedy}")?;
    f.write_str(", or measure without proof with --insecure-date")
}

// hyper's own messages for these two are too short to be understood.
fn http(source: &hyper::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if source.is_incomplete_message() {
        f.write_str("the server closed the connection before its answer was complete")
    } else if source.is_parse_too_large() {
        f.write_str("the head of the answer is longer than 64 KiB or has more than 128 fields")
    } else if source.is_parse() {
        write!(f, "the answer is not HTTP/1.1: {source}")
    } else {
        write!(f, "the connection broke: {}", cause(source))
    }
}

/// Returns the underlying cause; hyper itself names only the phase of the exchange.
pub(crate) fn cause(source: &hyper::Error) -> &(dyn core::error::Error + 'static) {
    core::error::Error::source(source).unwrap_or(source)
}

impl core::error::Error for HttpError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Resolve { source, .. }
            | Self::Connect { source, .. }
            | Self::Handshake { source, .. } => Some(source),
            Self::Authority { source, .. } => Some(source),
            Self::Tls(source) => Some(source),
            Self::Http(source) => Some(source),
            Self::Body(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_that_cannot_be_reached_is_down() {
        let (host, to) = (|| "a.example".to_owned(), || "192.0.2.1:443".to_owned());
        let source = || io::Error::other("E42");
        let certificate = |fault| HttpError::Certificate { host: host(), fault };
        let rows = [
            (HttpError::Resolve { host: host(), source: source() }, true),
            (HttpError::NoAddress { host: host() }, true),
            (HttpError::Connect { to: to(), source: source() }, true),
            (HttpError::Silent { to: to(), after: Duration::from_secs(1) }, true),
            (HttpError::Handshake { host: host(), source: source() }, true),
            (certificate(CertificateFault::UnknownIssuer), false),
            (certificate(CertificateFault::WrongName { names: vec![] }), false),
            (HttpError::NotShown { host: host() }, false),
            (HttpError::NoAuthorities, false),
            (HttpError::ServerName { host: host() }, false),
            (HttpError::NotGlobal { host: host(), address: [10, 0, 0, 1].into() }, false),
            (HttpError::ProxyScheme { scheme: host() }, false),
        ];
        for (fault, is_outage) in rows {
            assert_eq!(fault.is_outage(), is_outage, "{fault}");
        }
    }
}
