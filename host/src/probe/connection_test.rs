//! The input of a connection test, and its assertion, which is created anew for every request.

use core::time::Duration;
use std::sync::Arc;

use http::Method;
use jwtick_core::words::Language;
use jwtick_core::{Span, UnixTime};

use super::token::{Credentials, TokenForm};
use crate::http::client::{Client, Target};
use crate::keys::KeyError;
use crate::minting::{ClaimSet, Minter, unique_id};
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
    /// The language of the report. The log is always English, so that it can be read back.
    pub(crate) language: Language,
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

/// The claims of all assertions of one connection, and the signing key. No `Debug`, since it
/// contains a key.
pub(crate) struct Assertions {
    pub(crate) minter: Minter,
    pub(crate) issuer: String,
    pub(crate) subject: Option<String>,
    pub(crate) audience: Vec<String>,
    pub(crate) lifetime: Span,
    /// Names and JSON texts.
    pub(crate) claims: Vec<(String, String)>,
}

/// An assertion with its claims. No `Debug`, because it grants access.
pub(crate) struct Assertion {
    pub(crate) compact: String,
    pub(crate) claims: String,
}

impl Assertions {
    /// Creates a new assertion, issued at the whole second of `now`, with a unique `jti` (RFC 7523
    /// §3, item 7).
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
    pub(crate) fn mint(&self, now: UnixTime) -> Result<Assertion, KeyError> {
        let issued = UnixTime::from_secs(now.as_micros().div_euclid(1_000_000));
        let mut claims = ClaimSet::default();
        claims.set_text("iss", Some(&self.issuer));
        claims.set_text("sub", self.subject.as_deref());
        claims.set_audience(&self.audience);
        claims.set_date("iat", issued);
        claims.set_date("exp", issued + self.lifetime);
        claims.set_text("jti", Some(&unique_id()?));
        for (name, json) in &self.claims {
            claims.set(name, json.clone());
        }
        let claims = claims.to_json();
        Ok(Assertion { compact: self.minter.mint(&claims)?, claims })
    }
}
