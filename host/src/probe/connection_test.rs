//! The input of a connection test.

use core::time::Duration;
use std::sync::Arc;

use http::Method;
use jwtick_core::Span;

use super::assertion::Assertions;
use super::form::{Credentials, TokenForm};
use crate::http::client::{Client, Target};
use crate::signal::Interrupt;
use crate::source::http_date::Effort;
use crate::source::{LocalClock, Source};

/// The token endpoint, and the parameters sent with the assertion.
pub(crate) struct TokenPlace<'s> {
    pub(crate) target: &'s Target,
    pub(crate) form: TokenForm,
    pub(crate) client: Credentials<'s>,
    pub(crate) scope: Option<&'s str>,
}

/// The receiver of the access token.
pub(crate) struct ReceiverPlace<'s> {
    pub(crate) target: &'s Target,
    pub(crate) method: Method,
    pub(crate) body: &'s str,
}

/// The input of a test.
pub(crate) struct ConnectionTest<'s> {
    pub(crate) assertions: &'s Assertions,
    pub(crate) token: TokenPlace<'s>,
    pub(crate) receiver: Option<ReceiverPlace<'s>>,
    /// Its certificate authorities, proxies and client certificate.
    pub(crate) client: Arc<Client>,
    pub(crate) local: LocalClock,
    pub(crate) patience: Duration,
    pub(crate) own_date: OwnDate,
    /// The effort to spend on measuring the token endpoint's clock; `None` skips the measurement.
    pub(crate) server_clock: Option<Effort>,
    /// Sources that decide which of the two clocks is wrong.
    pub(crate) third_clocks: Vec<Box<dyn Source>>,
}

impl ConnectionTest<'_> {
    /// Returns the first server to which a secret would be sent in a way that others can read.
    pub(crate) fn exposed(&self) -> Option<&Target> {
        let receiver = self.receiver.as_ref().map(|receiver| receiver.target);
        let targets = [Some(self.token.target), receiver];
        targets.into_iter().flatten().find(|target| self.client.is_exposed(target))
    }
}

/// The treatment of a server whose certificate is valid only by its own `Date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnDate {
    Refused,
    Trusted,
}

/// Controls whether a refused test is repeated with the server's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    Never,
    /// Once, unless a third clock contradicts the server. A correction beyond `longest` needs a third
    /// clock that confirms it.
    Once {
        longest: Span,
    },
}

/// The number of runs, and the signal that may end them early.
pub(crate) struct Repeats {
    pub(crate) times: u16,
    pub(crate) interrupt: Interrupt,
}
