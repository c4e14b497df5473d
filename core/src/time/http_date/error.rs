//! Why a text is no HTTP-date: what stands where, and what should.

use core::fmt;

/// Why a text is no HTTP-date.
///
/// # Example
/// ```
/// use jwtick_core::time::{HttpDate, HttpDateError};
/// let refusal = HttpDate::parse(b"Thu, 29 Feb 2018 12:00:00 GMT").unwrap_err();
/// assert_eq!(refusal, HttpDateError::NoSuchDate { year: 2018, month: 2, day: 29 });
/// assert_eq!(refusal.to_string(), "the date 2018-02-29 does not exist");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpDateError {
    /// The text leaves the three forms of RFC 9110 §5.6.7.
    Unexpected {
        /// What should stand there.
        expected: &'static str,
        /// Where, in bytes from the start.
        at: usize,
        /// What stands there; `None` at the end.
        found: Option<u8>,
    },
    /// The calendar has no such day.
    NoSuchDate {
        /// The year.
        year: i32,
        /// The month, 1 to 12.
        month: u8,
        /// The day of the month.
        day: u8,
    },
    /// No day has such a time: hours end at 23, minutes at 59, seconds at 60 (a leap second).
    NoSuchTime {
        /// The hour.
        hour: u8,
        /// The minute.
        minute: u8,
        /// The second.
        second: u8,
    },
    /// The instant lies outside the years 0 to 9999: a leap second ends the year 9999, or the
    /// `now` that a two-digit year was read as of lies there.
    BeyondYears,
}

impl fmt::Display for HttpDateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unexpected { expected, at, found: Some(found) } => {
                write!(f, "expected {expected} at byte {at}, but found `{}`", found.escape_ascii())
            }
            Self::Unexpected { expected, at, found: None } => {
                write!(f, "expected {expected} at byte {at}, but found the end of the text")
            }
            Self::NoSuchDate { year, month, day } => {
                write!(f, "the date {year:04}-{month:02}-{day:02} does not exist")
            }
            Self::NoSuchTime { hour, minute, second } => {
                write!(
                    f,
                    "expected a time up to 23:59:60, but found {hour:02}:{minute:02}:{second:02}"
                )
            }
            Self::BeyondYears => f.write_str("the instant is outside the years 0 to 9999"),
        }
    }
}

impl core::error::Error for HttpDateError {}
