//! The time information in an HTTP answer, and the hosts to which a server may redirect a request
//! for it.

use core::net::IpAddr;
use std::time::Instant;

use http::StatusCode;
use http::header::{AGE, DATE, LOCATION, VIA};
use jwtick_core::survey::{DateOrigin, DateSample, canonical_address, is_link_local};
use jwtick_core::time::HttpDate;

use super::error::DateError;
use crate::http::client::{Answer, Target};
use crate::source::local::LocalClock;

/// The relevant fields of a head.
#[derive(Debug)]
pub(crate) struct Reply {
    status: StatusCode,
    sent: Instant,
    received: Instant,
    date: Result<HttpDate, DateError>,
    origin: DateOrigin,
    location: Option<String>,
    via: Option<String>,
}

impl Reply {
    pub(crate) fn of(answer: &Answer) -> Self {
        let text = |name| answer.fields(name).next().map(printable);
        let stored = answer.fields(AGE).next().is_some();
        Self {
            status: answer.head.status,
            sent: answer.sent,
            received: answer.received,
            date: date(answer),
            origin: if stored { DateOrigin::Stored } else { DateOrigin::Fresh },
            location: text(LOCATION),
            via: text(VIA),
        }
    }

    /// Returns the `Date` and the instant at which it arrived.
    pub(crate) fn sample(&self, local: &LocalClock) -> Result<DateSample, DateError> {
        let date = self.date.clone()?;
        let bracket = local.bracket(self.sent, self.received).ok_or(DateError::Missing)?;
        Ok(DateSample { local: bracket, date, origin: self.origin })
    }

    /// Returns the target of a redirect.
    pub(super) fn redirect(&self) -> Option<&str> {
        self.location
            .as_deref()
            .filter(|_| matches!(self.status.as_u16(), 301 | 302 | 303 | 307 | 308))
    }

    /// Returns the proxies that forwarded the answer (RFC 9110 §7.6.3).
    pub(super) fn via(&self) -> Option<&str> {
        self.via.as_deref()
    }

    /// Returns true if the server requires `GET`.
    pub(super) fn refuses_head(&self) -> bool {
        matches!(self.status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED)
    }

    /// Returns true if the answer may have been sent before the request: servers send it on
    /// connections that were idle for long (RFC 9110 §15.5.9).
    pub(super) fn is_late_farewell(&self) -> bool {
        self.status == StatusCode::REQUEST_TIMEOUT
    }
}

// RFC 9110 §5.3: a field that is not a list may occur only once.
fn date(answer: &Answer) -> Result<HttpDate, DateError> {
    let mut dates = answer.fields(DATE);
    let text = dates.next().ok_or(DateError::Missing)?;
    if dates.next().is_some() {
        return Err(DateError::Several);
    }
    HttpDate::parse(text).map_err(|fault| DateError::Unreadable { text: printable(text), fault })
}

// Returns as much of a field as a report can show.
fn printable(text: &[u8]) -> String {
    const LONGEST: usize = 200;
    String::from_utf8_lossy(text).chars().take(LONGEST).collect()
}

/// The hosts to which answers may redirect. Link-local addresses are never among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follow {
    /// The host that the user named, at any port.
    NamedHost,
    /// Any host.
    AnyHost,
}

impl Follow {
    /// Checks a redirect from the URL that the user named to `next`. The addresses of a name are
    /// checked when they are known, before the connection.
    ///
    /// # Errors
    /// [`DateError::LinkLocal`] for a link-local address, [`DateError::OtherHost`] for another host
    /// if only the named one is permitted.
    pub(super) fn permit(self, named: &Target, next: &Target) -> Result<(), DateError> {
        let address = next.host().parse::<IpAddr>();
        if address.is_ok_and(is_link_local) {
            return Err(DateError::LinkLocal { to: next.to_string() });
        }
        match self {
            Self::NamedHost if !is_same(named.host(), next.host()) => {
                Err(DateError::OtherHost { to: next.to_string() })
            }
            Self::NamedHost | Self::AnyHost => Ok(()),
        }
    }
}

/// Returns true if two names or addresses are the same host.
fn is_same(one: &str, other: &str) -> bool {
    let address = |host: &str| host.parse::<IpAddr>().ok().map(canonical_address);
    let [one, other] = [one, other].map(|host| host.strip_suffix('.').unwrap_or(host));
    let same = address(one).zip(address(other)).is_some_and(|(one, other)| one == other);
    same || one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_host_is_recognized_by_name_and_address() {
        const ROWS: &[(&str, &str, bool)] = &[
            ("a.example", "A.Example.", true),
            ("a.example", "www.a.example", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "::1", true),
            // Whether a name has this address is not known here.
            ("localhost", "127.0.0.1", false),
        ];
        for &(one, other, same) in ROWS {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }
}
