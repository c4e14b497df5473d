//! Keys that could not be fetched from their server, or are not those that a server should publish.

use core::fmt;
use core::time::Duration;
use std::io;

use http::StatusCode;
use jwtick_core::Span;
use jwtick_core::words::{self, Language};

use super::fault::Unreadable;
use crate::http::client::HttpError;
use crate::notation::duration::span;

/// The largest set of keys that is taken from a server. Sets in use have a few.
pub(super) const MOST_KEYS: usize = 100;

/// Reasons why no keys could be fetched.
#[derive(Debug)]
pub(crate) enum RemoteFault {
    Http(HttpError),
    /// The system has no resources for a request.
    System(io::Error),
    Silent {
        after: Duration,
    },
    /// The server did not answer with 200.
    Status(StatusCode),
    /// Everyone on the way could change the keys.
    Plain,
    /// The metadata name no URL of keys, or an invalid one.
    NoKeys,
    /// The metadata are those of another issuer.
    Issuer {
        met: String,
    },
    /// The set has a key that must not be published.
    Secret,
    TooMany {
        met: usize,
    },
    /// The set has no key.
    Empty,
    /// Istio publishes a key without an owner in place of those that it could not fetch.
    Placeholder,
    Unreadable(Unreadable),
}

impl RemoteFault {
    /// Returns true if the server could not be reached, or said that it has a fault of its own: it has
    /// withdrawn no key by that.
    pub(crate) fn is_outage(&self) -> bool {
        match self {
            Self::Http(fault) => fault.is_outage(),
            Self::System(_) | Self::Silent { .. } => true,
            Self::Status(status) => matches!(status.as_u16(), 500..=599),
            _ => false,
        }
    }

    /// Returns the code of logs, metrics and JSON.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Http(HttpError::NotGlobal { .. }) => "address",
            Self::Http(HttpError::Body(_)) => "body",
            Self::Http(HttpError::Certificate { .. }) => "certificate",
            Self::Http(_) | Self::System(_) => "unreachable",
            Self::Silent { .. } => "timeout",
            Self::Status(_) => "status",
            Self::Plain => "plain_http",
            Self::NoKeys => "metadata",
            Self::Issuer { .. } => "issuer",
            Self::Secret => "secret",
            Self::TooMany { .. } => "too_many_keys",
            Self::Empty => "empty_set",
            Self::Placeholder => "istio_placeholder",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

/// Keys that were fetched by an earlier run, since their server could not be asked.
#[derive(Debug)]
pub(crate) struct Stale {
    /// The URL or the name of the issuer.
    pub(crate) url: String,
    pub(crate) age: Span,
    pub(crate) fault: RemoteFault,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url, age, fault } = self;
        let age = words::rounded(*age, Language::English);
        write!(
            f,
            "{url}: {fault}; using the keys that were fetched {age} ago, which may have been withdrawn since \
             (--no-cache refuses them)"
        )
    }
}

impl From<HttpError> for RemoteFault {
    fn from(fault: HttpError) -> Self {
        Self::Http(fault)
    }
}

impl fmt::Display for RemoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(fault) => fault.fmt(f),
            Self::System(source) => write!(f, "cannot start a request: {source}"),
            Self::Silent { after } => {
                let after = words::duration(span(*after), Language::English);
                write!(f, "no keys within {after} (--timeout)")
            }
            Self::Status(status) => write!(f, "expected status 200, but found {}", status.as_u16()),
            Self::Plain => f.write_str(
                "keys that come over plain http can be replaced on the way: name the https URL, or \
                 save the keys to a file from a trusted place",
            ),
            Self::NoKeys => f.write_str("the metadata of the issuer name no URL of keys (`jwks_uri`)"),
            Self::Issuer { met } => write!(
                f,
                "expected metadata of this issuer, but found those of `{}`: the names must be equal",
                met.escape_debug()
            ),
            Self::Secret => f.write_str(
                "expected public keys, but found a secret or private one: the server gives away what \
                 signs its tokens",
            ),
            Self::TooMany { met } => write!(f, "expected at most {MOST_KEYS} keys, but found {met}"),
            Self::Empty => f.write_str(
                "expected at least one key, but the JWK Set is empty: the server may have just lost its keys",
            ),
            Self::Placeholder => f.write_str(
                "expected the keys of the issuer, but found the placeholder of Istio, which could not fetch \
                 them (`Error-IstiodFailedToFetchJwksUri`): let istiod reach the issuer, or name its own URL",
            ),
            Self::Unreadable(fault) => fault.fmt(f),
        }
    }
}
