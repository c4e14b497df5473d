//! Faults that show that a `Date` is not the server's current time.

use core::fmt;

use crate::time::HttpDate;
use crate::time::Span;

/// The fault that shows that a `Date` is not the server's current time.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::DateFault;
/// use jwtick_core::time::HttpDate;
/// let date = HttpDate::parse(b"Fri, 03 Mar 2017 04:29:05 GMT")?;
/// let fault = DateFault::Repeated { date, later: Span::from_secs(2) };
/// assert_eq!(
///     fault.to_string(),
///     "expected Date to advance, but it stayed at Fri, 03 Mar 2017 04:29:05 GMT for 2 s",
/// );
/// # Ok::<(), jwtick_core::time::HttpDateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateFault {
    /// The answer was made for an earlier request.
    Stored {
        /// The `Date` of the answer.
        date: HttpDate,
    },
    /// The same second again, although more than one second has passed.
    Repeated {
        /// The repeated second.
        date: HttpDate,
        /// The time from the first answer with this second to the request for the last.
        later: Span,
    },
    /// The second is earlier than before.
    WentBack {
        /// The earlier answer.
        from: HttpDate,
        /// The later answer.
        to: HttpDate,
    },
    /// The server's clock has advanced more than the local clock: it was set, or several servers
    /// answer to one name.
    Apart {
        /// The least distance between the offsets of two answers.
        least: Span,
    },
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Stored { date } => {
                write!(f, "the answer with Date {date} has an Age header, so it came from a cache")
            }
            Self::Repeated { date, later } => {
                write!(f, "expected Date to advance, but it stayed at {date} for {later}")
            }
            Self::WentBack { from, to } => {
                write!(f, "expected Date to advance, but it went back from {from} to {to}")
            }
            Self::Apart { least } => {
                write!(
                    f,
                    "the Dates of two answers differ by {least} or more: several servers with \
                     different clocks answered, or the clock was set in between"
                )
            }
        }
    }
}

impl core::error::Error for DateFault {}
