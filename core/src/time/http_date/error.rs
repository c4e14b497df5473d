//! The error for a text that is not an HTTP-date.

use core::fmt;

/// The reason why a text is not an HTTP-date.
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
    /// The text does not match any of the three forms of RFC 9110 §5.6.7.
    Unexpected {
        /// The expected text.
        expected: &'static str,
        /// The position in bytes from the start.
        at: usize,
        /// The byte found; `None` at the end of the text.
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
    /// The instant is outside the years 0 to 9999: a leap second at the end of year 9999, or a
    /// two-digit year read relative to a `now` outside that range.
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
