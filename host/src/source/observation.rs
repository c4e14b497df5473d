//! What a source of time is, and what it proves or why it proves nothing.

use core::fmt;
use std::io;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::time::Offset;
use jwtick_core::words::{self, Language};

use super::http_date::{DateError, HttpNote};
use super::local::LocalClock;
use super::ntp::{NtpFault, NtpNote};
use super::os::{OsNote, Unknown};
use crate::http::client::HttpError;

/// Something that knows what time it is.
pub(crate) trait Source: Send + Sync {
    /// The name that the user gave it.
    fn name(&self) -> String;

    /// What it is asked by.
    fn kind(&self) -> Kind;

    /// What can be said of it whether or not it proves anything.
    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }

    /// Measures how far `local` is from this source, and gives up at `deadline`.
    ///
    /// # Errors
    /// Whatever kept every exchange from proving anything.
    fn observe(&self, local: &LocalClock, deadline: Instant) -> Result<Observation, SourceError>;
}

/// What a source is asked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What this machine itself knows of its clock.
    Os,
    /// NTP (RFC 5905).
    Ntp,
    /// The `Date` of HTTP answers (RFC 9110 §6.6.1).
    Http,
}

impl Kind {
    /// The word of the JSON contract.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Os => "os",
            Self::Ntp => "ntp",
            Self::Http => "http",
        }
    }
}

/// What a source proved.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    /// The source minus the local clock.
    pub(crate) offset: Offset,
    /// The shortest round trip; `None` for what this machine knows by itself.
    pub(crate) delay: Option<Span>,
    /// Where the ends of `offset` come from.
    pub(crate) bound: Bound,
    /// What was met on the way and belongs beside the numbers, each one sentence.
    pub(crate) notes: Vec<Note>,
}

/// Where the ends of an observation come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A round trip, and how far the server may be from UTC by its own word (RFC 5905 §11.1).
    RoundTrip,
    /// The whole seconds of `Date`, cut by asking around their boundary, and a round trip.
    DateSecond,
    /// What the clock daemon of this machine vouches for.
    Daemon(&'static str),
}

/// What a report says beside the numbers of one source.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub(crate) enum Note {
    /// What this machine gives away of its own clock.
    Os(OsNote),
    /// What was met on the way to a server and back.
    Http(HttpNote),
    /// What a server says beside the time.
    Ntp(NtpNote),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Os(note) => note.fmt(f),
            Self::Http(note) => note.fmt(f),
            Self::Ntp(note) => note.fmt(f),
        }
    }
}

/// Why a source proved nothing.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum SourceError {
    /// The name has no address.
    Resolve { host: String, source: io::Error },
    /// The network refused.
    Network(io::Error),
    /// No answer that counts came in time.
    Timeout { after: Span },
    /// This machine does not know how far its clock is off.
    Unknown(Unknown),
    /// There was no answer over HTTP.
    Http(HttpError),
    /// The answers over HTTP do not tell the time.
    Date(DateError),
    /// Somebody answered, but not with the time.
    Ntp(NtpFault),
}

impl From<Unknown> for SourceError {
    fn from(unknown: Unknown) -> Self {
        Self::Unknown(unknown)
    }
}

impl From<HttpError> for SourceError {
    fn from(error: HttpError) -> Self {
        Self::Http(error)
    }
}

impl From<DateError> for SourceError {
    fn from(error: DateError) -> Self {
        Self::Date(error)
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resolve { host, source } => write!(f, "cannot find {host}: {source}"),
            Self::Network(source) => source.fmt(f),
            Self::Timeout { after } => {
                let after = words::duration(*after, Language::English);
                write!(f, "no answer within {after}")
            }
            Self::Unknown(unknown) => unknown.fmt(f),
            Self::Http(error) => error.fmt(f),
            Self::Date(error) => error.fmt(f),
            Self::Ntp(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Resolve { source, .. } | Self::Network(source) => Some(source),
            Self::Unknown(unknown) => Some(unknown),
            Self::Http(error) => Some(error),
            Self::Date(error) => Some(error),
            Self::Ntp(fault) => Some(fault),
            Self::Timeout { .. } => None,
        }
    }
}

impl From<NtpFault> for SourceError {
    fn from(fault: NtpFault) -> Self {
        Self::Ntp(fault)
    }
}
