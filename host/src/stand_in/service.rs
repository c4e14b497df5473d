//! The state that all routes share.

use http::StatusCode;
use jwtick_core::Span;

use super::access::{self, Signer};
use super::answer::{self, Log, Note, Refusal};
use super::assertion::{AssertionVerifier, Granted};
use super::clock::{Cluster, Node};
use super::fault::Faults;
use super::urls::Urls;
use super::wording::Wording;
use crate::http::server::Response;

/// One authorization server and its receiver.
pub(crate) struct Service {
    pub(crate) cluster: Cluster,
    pub(crate) assertions: AssertionVerifier,
    pub(crate) signer: Signer,
    pub(crate) urls: Urls,
    pub(crate) faults: Faults,
    pub(crate) wording: Wording,
    /// Lifetime of access tokens.
    pub(crate) token_lifetime: Span,
    pub(crate) log: Log,
}

impl Service {
    /// Issues the token that was granted.
    ///
    /// # Errors
    /// `server_error` if the system provides no random numbers.
    pub(crate) fn issue(&self, node: &Node, granted: Granted) -> Result<Response, Refusal> {
        let Granted { holder, scope, findings } = granted;
        let lifetime = self.token_lifetime;
        let issued = access::issue(&self.signer, &self.urls, &holder, node.now(), lifetime);
        let issued = issued.map_err(|_| Refusal {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Refusal::new(
                "server_error",
                "expected random numbers from the operating system, but found none",
            )
        })?;
        let mut response = answer::json(StatusCode::OK, &access::answer(&issued, scope.as_deref()));
        let words = format!("a token for {}", holder.subject);
        response.extensions_mut().insert(Note { error: None, words, findings });
        Ok(response)
    }
}
