//! Everything that a test of a connection needs.

use core::time::Duration;
use std::sync::Arc;

use http::Method;

use super::assertion::Assertions;
use super::form::{Credentials, TokenForm};
use crate::http::client::{Client, Target};
use crate::signal::Interrupt;
use crate::source::http_date::Effort;
use crate::source::{LocalClock, Source};

/// Where an assertion is traded, and what is sent beside it.
pub(crate) struct TokenPlace<'s> {
    pub(crate) target: &'s Target,
    pub(crate) form: TokenForm,
    pub(crate) client: Credentials<'s>,
    pub(crate) scope: Option<&'s str>,
}

/// What takes the access token.
pub(crate) struct ReceiverPlace<'s> {
    pub(crate) target: &'s Target,
    pub(crate) method: Method,
    pub(crate) body: &'s str,
}

/// Everything that a test needs.
pub(crate) struct ConnectionTest<'s> {
    pub(crate) assertions: &'s Assertions,
    pub(crate) token: TokenPlace<'s>,
    pub(crate) receiver: Option<ReceiverPlace<'s>>,
    pub(crate) client: Arc<Client>,
    pub(crate) local: LocalClock,
    pub(crate) patience: Duration,
    /// How much the token endpoint is asked for its time; not at all if `None`.
    pub(crate) server_clock: Option<Effort>,
    /// Tell which of the two clocks is wrong.
    pub(crate) third_clocks: Vec<Box<dyn Source>>,
}

/// Whether a refused test is made again by the server's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Correction {
    Never,
    Once,
}

/// The number of runs, and the signal that may end them early.
pub(crate) struct Repeats {
    pub(crate) times: u16,
    pub(crate) interrupt: Interrupt,
}
