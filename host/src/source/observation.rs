//! The trait for sources of time, their results and their errors.

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
use super::responder::{Responder, SameHost};
use crate::http::client::HttpError;

/// A source of time.
pub(crate) trait Source: Send + Sync {
    /// Returns the name that the user gave it.
    fn name(&self) -> String;

    /// Returns the kind of source.
    fn kind(&self) -> Kind;

    /// Returns notes that apply whether or not a measurement succeeds.
    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }

    /// Measures the offset of `local` from this source, and stops at `deadline`.
    ///
    /// # Errors
    /// The error that kept every exchange from proving anything.
    fn observe(&self, local: &LocalClock, deadline: Instant) -> Result<Observation, SourceError>;
}

/// The kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// This machine's own information about its clock.
    Os,
    /// NTP (RFC 5905).
    Ntp,
    /// The `Date` of HTTP answers (RFC 9110 §6.6.1).
    Http,
}

impl Kind {
    /// Returns the name in JSON output.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Os => "os",
            Self::Ntp => "ntp",
            Self::Http => "http",
        }
    }
}

/// The result of a measurement.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    /// The source minus the local clock.
    pub(crate) offset: Offset,
    /// The shortest round trip; `None` for this machine's own information.
    pub(crate) delay: Option<Span>,
    /// The origin of the ends of `offset`.
    pub(crate) bound: Bound,
    /// The hosts that answered.
    pub(crate) responder: Responder,
    /// Notes to show with the numbers, one sentence each.
    pub(crate) notes: Vec<Note>,
}

/// The origin of the ends of an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A round trip, and the server's own bound on its distance from UTC (RFC 5905 §11.1).
    RoundTrip,
    /// The whole seconds of `Date`, narrowed by requests around their boundary, and a round trip.
    DateSecond,
    /// The accuracy that this machine's clock daemon reports.
    Daemon(&'static str),
}

/// A note on the numbers of one source.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub(crate) enum Note {
    /// Facts about this machine's clock.
    Os(OsNote),
    /// Facts about the HTTP exchange.
    Http(HttpNote),
    /// Information from the NTP server in addition to the time.
    Ntp(NtpNote),
    /// Another source is the same host.
    SameHost(SameHost),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Os(note) => note.fmt(f),
            Self::Http(note) => note.fmt(f),
            Self::Ntp(note) => note.fmt(f),
            Self::SameHost(note) => note.fmt(f),
        }
    }
}

/// Reasons why a source proved nothing.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum SourceError {
    /// The name has no address.
    Resolve { host: String, source: io::Error },
    /// The network returned an error.
    Network(io::Error),
    /// No valid answer arrived in time.
    Timeout { after: Span },
    /// The accuracy of this machine's clock is unknown.
    Unknown(Unknown),
    /// There was no answer over HTTP.
    Http(HttpError),
    /// The HTTP answers do not give the time.
    Date(DateError),
    /// The NTP server replied, but without a usable time.
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
