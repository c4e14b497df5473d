//! The time information in an HTTP answer.

use std::time::Instant;

use http::StatusCode;
use http::header::{AGE, DATE, LOCATION, VIA};
use jwtick_core::survey::{DateOrigin, DateSample};
use jwtick_core::time::HttpDate;

use super::error::DateError;
use crate::http::client::Answer;
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
