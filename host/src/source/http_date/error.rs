//! Reasons why the answers of a server do not give its time, and notes on those that do.

use core::fmt;

use jwtick_core::UnixTime;
use jwtick_core::survey::DateFault;
use jwtick_core::time::{HttpDateError, Offset};
use jwtick_core::words::{self, Language};

use crate::http::client::CertificateFault;
use crate::notation::civil;

/// Errors that say what was found, what was expected, and what to do.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub(crate) enum DateError {
    /// The answer has no `Date`.
    Missing,
    /// The answer has more than one `Date`.
    Several,
    /// The `Date` is not in a valid HTTP format.
    Unreadable { text: String, fault: HttpDateError },
    /// The answers contradict each other.
    Series(DateFault),
    /// Every answer came from a cache.
    Stored { answers: usize },
    /// The time was too short to see the clock advance.
    Unmoved,
    /// The `Date` is before this program was written.
    BeforeWritten { utc: UnixTime, written: UnixTime },
    /// Too many redirects.
    Redirects { followed: usize },
    /// A redirect to something that is not a URL.
    Location { to: String },
    /// A redirect from `https` to `http`.
    Downgrade { to: String },
    /// A redirect to a host that the user did not name.
    OtherHost { to: String },
    /// A redirect to an address that is valid on one link only.
    LinkLocal { to: String },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |at: &UnixTime| civil::utc(*at).unwrap_or_else(|| "no year at all".to_owned());
        match self {
            Self::Missing => {
                f.write_str("expected a Date header, but the answer has none: name another URL")
            }
            Self::Several => f.write_str("expected one Date header, but the answer has several"),
            Self::Unreadable { text, fault } => {
                write!(f, "the answer has the Date `{}`: {fault}", text.escape_debug())
            }
            Self::Series(fault) => fault.fmt(f),
            Self::Stored { answers } => write!(
                f,
                "all {answers} answers have Age, so a cache had stored them: name a URL that is \
                 not cached"
            ),
            Self::Unmoved => f.write_str(
                "Date was not seen to advance, which takes three seconds: allow more time",
            ),
            Self::BeforeWritten { utc, written } => write!(
                f,
                "the server says {}, but this program was written after {}: the server's clock is wrong",
                said(utc),
                said(written)
            ),
            _ => self.fmt_redirect(f),
        }
    }
}

impl DateError {
    fn fmt_redirect(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirects { followed } => {
                write!(
                    f,
                    "redirected more than {followed} times: name the URL where the redirects end"
                )
            }
            Self::Location { to } => write!(
                f,
                "expected a redirect to an http:// or https:// URL, but found `{}`: name another one",
                to.escape_debug()
            ),
            Self::OtherHost { to } => write!(
                f,
                "redirected to another host, {to}: name that URL, or let redirects leave the host with \
                 --follow"
            ),
            Self::LinkLocal { to } => write!(
                f,
                "redirected to the link-local address {to}: such redirects are not followed, so name \
                 the URL itself if its answer is to count"
            ),
            Self::Downgrade { to } => {
                write!(f, "redirected from https to {to}: name that URL if its answer is to count")
            }
            _ => Ok(()),
        }
    }
}

impl core::error::Error for DateError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Unreadable { fault, .. } => Some(fault),
            Self::Series(fault) => Some(fault),
            _ => None,
        }
    }
}

/// A note on the exchange.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum HttpNote {
    /// A redirect; `offset` is the offset of the server that sent it.
    Redirected { from: String, to: String, offset: Option<Offset> },
    /// Proxies forwarded the answers.
    Via { proxy: String },
    /// Some answers came from a cache and were not counted.
    Stored { answers: usize },
    /// The certificate is valid, but not at the time that this machine's clock shows.
    RefusedByThisClock { fault: CertificateFault },
    /// The identity of the server is unverified.
    Unproved { fault: CertificateFault },
}

impl fmt::Display for HttpNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redirected { from, to, offset: None } => write!(f, "{from} redirects to {to}"),
            Self::Redirected { from, to, offset: Some(offset) } => {
                let offset = words::interval(*offset, Language::English);
                write!(f, "{from} redirects to {to}, by its own Date the offset is {offset}")
            }
            Self::Via { proxy } => write!(
                f,
                "the answers came through a proxy ({}), the Date may be the proxy's",
                proxy.escape_debug()
            ),
            Self::Stored { answers } => {
                write!(f, "{answers} answers came from a cache (Age) and did not count")
            }
            Self::RefusedByThisClock { fault } => write!(
                f,
                "by this machine's clock the certificate is refused, though it is valid: {fault}, so \
                 TLS clients here refuse the server"
            ),
            Self::Unproved { fault } => {
                write!(f, "nothing proves who answered; the certificate: {fault}")
            }
        }
    }
}
