//! A connection to whoever answers.

use std::sync::Arc;

use super::{Answer, CertificateFault, Connection, DateMethod, HttpError, Peer, Target};

/// A connection to a server that need not have proved who it is. It can ask for a `Date` and send
/// nothing else, so that no secret can travel on it.
pub(crate) struct InsecureConnection {
    connection: Connection,
    fault: Option<CertificateFault>,
}

impl InsecureConnection {
    pub(super) const fn new(connection: Connection, fault: Option<CertificateFault>) -> Self {
        Self { connection, fault }
    }

    /// What is wrong with the certificate.
    pub(crate) const fn fault(&self) -> Option<&CertificateFault> {
        self.fault.as_ref()
    }

    /// Whom the server claimed to be; `None` without TLS.
    pub(crate) const fn peer(&self) -> Option<&Arc<Peer>> {
        self.connection.peer()
    }

    /// As [`Connection::proxy`].
    pub(crate) fn proxy(&self) -> Option<&str> {
        self.connection.proxy()
    }

    /// As [`Connection::is_open`].
    pub(crate) async fn is_open(&mut self) -> bool {
        self.connection.is_open().await
    }

    /// Asks for a `Date`.
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
    /// Asks for a `Date`.
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
