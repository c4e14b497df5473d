//! What shows that a `Date` does not tell the server's time.

use core::fmt;

use crate::time::HttpDate;
use crate::time::Span;

/// What shows that a `Date` does not tell the server's time.
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
        /// What it says.
        date: HttpDate,
    },
    /// The same second again, although more than one has passed.
    Repeated {
        /// That second.
        date: HttpDate,
        /// How long after the first answer with it the request for the last was sent.
        later: Span,
    },
    /// An earlier second than before.
    WentBack {
        /// What was answered before.
        from: HttpDate,
        /// What was answered then.
        to: HttpDate,
    },
    /// More seconds have passed on the server than here: its clock was set, or several servers
    /// answer to one name.
    Apart {
        /// How far the offsets of two answers are apart at least.
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
