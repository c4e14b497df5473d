//! Requests for the time only, including over connections to unverified servers.

use std::sync::Arc;

use http::header::{ACCEPT, CACHE_CONTROL, USER_AGENT};
use http::{HeaderValue, Method, Request};
use http_body_util::Full;
use hyper::body::Bytes;

use super::certificate_time::{CertificateFault, Peer};
use super::connection::{Answer, Connection, Reached};
use super::error::HttpError;
use super::target::Target;

/// A connection to a server that may be unverified. It can request a `Date` and send nothing else,
/// so no secret can be sent over it.
pub(crate) struct InsecureConnection {
    connection: Connection,
    fault: Option<CertificateFault>,
}

impl InsecureConnection {
    pub(super) const fn new(connection: Connection, fault: Option<CertificateFault>) -> Self {
        Self { connection, fault }
    }

    /// Returns the error with the certificate, if any.
    pub(crate) const fn fault(&self) -> Option<&CertificateFault> {
        self.fault.as_ref()
    }

    /// Returns the identity that the server claimed; `None` without TLS.
    pub(crate) const fn peer(&self) -> Option<&Arc<Peer>> {
        self.connection.peer()
    }

    /// As [`Connection::reached`].
    pub(crate) const fn reached(&self) -> &Reached {
        self.connection.reached()
    }

    /// As [`Connection::proxy`].
    pub(crate) fn proxy(&self) -> Option<&str> {
        self.connection.proxy()
    }

    /// As [`Connection::is_open`].
    pub(crate) async fn is_open(&mut self) -> bool {
        self.connection.is_open().await
    }

    /// Requests a `Date`.
    ///
    /// # Errors
    /// As for [`Connection::send`].
    pub(crate) async fn ask(
        &mut self,
        method: DateMethod,
        target: &Target,
    ) -> Result<Answer, HttpError> {
        self.connection.send(method.request(target)).await
    }
}

impl Connection {
    /// Requests a `Date`.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    pub(crate) async fn ask(
        &mut self,
        method: DateMethod,
        target: &Target,
    ) -> Result<Answer, HttpError> {
        self.send(method.request(target)).await
    }
}

/// The request method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateMethod {
    /// `HEAD`.
    Head,
    /// `GET`, for a server that refuses `HEAD`.
    Get,
}

impl DateMethod {
    /// Builds the request, which contains no data of the user.
    pub(super) fn request(self, target: &Target) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::default());
        *request.method_mut() = match self {
            Self::Head => Method::HEAD,
            Self::Get => Method::GET,
        };
        *request.uri_mut() = target.uri().clone();
        let agent = concat!("jwtick/", env!("CARGO_PKG_VERSION"));
        // A cached answer has an old Date (RFC 9111 §5.2.1.4).
        let fields = [(CACHE_CONTROL, "no-cache"), (USER_AGENT, agent), (ACCEPT, "*/*")];
        let fields = fields.map(|(name, value)| (name, HeaderValue::from_static(value)));
        request.headers_mut().extend(fields);
        request
    }
}
