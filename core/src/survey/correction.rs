//! Rules for signing by a server's clock instead of the local one.
//!
//! The `Date` of a server is not authenticated, and a token that is signed by it may become valid at
//! any time that the server chooses. A server's clock is therefore not used if a third clock
//! contradicts it, and a long correction needs a second witness.

use core::fmt;

use super::step::{Step, shown};
use super::verdict::Survey;
use crate::time::{Offset, Span};

/// A difference between two clocks up to this size is no contradiction: servers are accurate to a
/// second, and the times of tokens are whole seconds (RFC 7519 §2).
const CLOSE: Span = Span::from_secs(2);

/// A correction of the time that a client signs by.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::{Correction, CorrectionRefusal, Survey};
/// use jwtick_core::time::Offset;
/// let (hour, none) = (Offset::exactly(Span::from_secs(3_600)), Survey::of(&[], Span::ZERO));
/// let correction = Correction::plan(hour, none, Correction::UNCONFIRMED)?;
/// assert_eq!(correction.by(), Span::from_secs(3_600));
/// let right = Survey::of(&[Some(Offset::exactly(Span::ZERO))], Span::ZERO);
/// assert_eq!(
///     Correction::plan(hour, right, Correction::UNCONFIRMED),
///     Err(CorrectionRefusal::Contradicted { by: Span::from_secs(3_600) }),
/// );
/// # Ok::<(), CorrectionRefusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Correction {
    by: Span,
}

impl Correction {
    /// The longest correction on the word of one server.
    pub const UNCONFIRMED: Span = Step::UNAUTHENTICATED;

    /// Plans a correction by a clock that is `server` ahead of the local one. `third` compares the
    /// local clock with clocks of other hosts. `longest` limits a correction that none of them
    /// confirms, in both directions.
    ///
    /// # Errors
    /// [`CorrectionRefusal`] with the reason why the server's clock may not be used.
    pub fn plan(server: Offset, third: Survey, longest: Span) -> Result<Self, CorrectionRefusal> {
        // A token must not be issued in the server's future.
        let by = server.least();
        let confirmed = match third.offset() {
            Some(utc) if utc.widen(CLOSE).intersect(server).is_none() => {
                return Err(CorrectionRefusal::Contradicted { by });
            }
            // Third clocks without a majority contradict each other, and so one of them the server.
            None if third.measured() > 0 => return Err(CorrectionRefusal::Contradicted { by }),
            utc => utc.is_some(),
        };
        if confirmed || by.abs() <= longest.abs() {
            Ok(Self { by })
        } else {
            Err(CorrectionRefusal::TooLong { by, longest: longest.abs() })
        }
    }

    /// The distance from the local clock; positive is ahead.
    #[must_use]
    pub const fn by(self) -> Span {
        self.by
    }
}

/// The reason why a server's clock may not be used.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::CorrectionRefusal;
/// let (by, longest) = (Span::from_secs(-172_800), Span::from_secs(86_400));
/// let refusal = CorrectionRefusal::TooLong { by, longest };
/// assert_eq!(refusal.code(), "too-long");
/// assert!(refusal.to_string().starts_with("the server's clock is 2 d from this one, but at most 1 d"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CorrectionRefusal {
    /// A third clock contradicts the server's.
    Contradicted {
        /// The distance of the server's clock from the local one; positive is ahead.
        by: Span,
    },
    /// The correction is longer than the limit, and no third clock confirms it.
    TooLong {
        /// The distance of the server's clock from the local one; positive is ahead.
        by: Span,
        /// The limit.
        longest: Span,
    },
}

impl CorrectionRefusal {
    /// The code in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contradicted { .. } => "contradicted",
            Self::TooLong { .. } => "too-long",
        }
    }
}

impl fmt::Display for CorrectionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contradicted { by } => {
                let by = shown(*by, Span::ZERO);
                write!(
                    f,
                    "the server's clock is {by} from this one, but a third clock contradicts it: \
                     correct the wrong clock"
                )
            }
            Self::TooLong { by, longest } => {
                let by = shown(*by, *longest);
                write!(
                    f,
                    "the server's clock is {by} from this one, but at most {longest} is corrected on \
                     its word: name a third clock with --ntp, or allow more with --max-correction"
                )
            }
        }
    }
}

impl core::error::Error for CorrectionRefusal {}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    const DAY: i64 = 86_400;
    const CENTURY: i64 = 100 * 366 * DAY;

    fn around(secs: i64) -> Offset {
        Offset::exactly(Span::from_secs(secs)).widen(Span::from_millis(10))
    }

    #[test]
    fn correction_needs_a_second_witness_beyond_the_limit() {
        type Row = (&'static str, i64, &'static [i64], i64, Result<(), &'static str>);
        const ROWS: &[Row] = &[
            ("an hour", 3_600, &[], DAY, Ok(())),
            ("almost a day", DAY - 1, &[], DAY, Ok(())),
            ("more than a day", DAY + 1, &[], DAY, Err("too-long")),
            ("more than a day back", -DAY - 1, &[], DAY, Err("too-long")),
            ("a century", CENTURY, &[], DAY, Err("too-long")),
            ("a limit of its own", 2 * DAY, &[], 3 * DAY, Ok(())),
            ("a negative limit", 2 * DAY, &[], -3 * DAY, Ok(())),
            ("confirmed", 2 * DAY, &[2 * DAY], DAY, Ok(())),
            ("confirmed to two seconds", 2 * DAY, &[2 * DAY - 2], DAY, Ok(())),
            ("three seconds apart", 2 * DAY, &[2 * DAY - 3], DAY, Err("contradicted")),
            ("contradicted", 3_600, &[0], DAY, Err("contradicted")),
            ("contradicted within the user's limit", 2 * DAY, &[0], CENTURY, Err("contradicted")),
            ("outvoted", 3_600, &[3_600, 3_600, 0], DAY, Ok(())),
            ("third clocks disagree", 3_600, &[3_600, 0], DAY, Err("contradicted")),
        ];
        for &(name, server, third, longest, expected) in ROWS {
            let third: Vec<_> = third.iter().map(|&secs| Some(around(secs))).collect();
            let third = Survey::of(&third, Span::ZERO);
            let planned = Correction::plan(around(server), third, Span::from_secs(longest));
            let planned = planned.map(|_| ()).map_err(CorrectionRefusal::code);
            assert_eq!(planned, expected, "{name}");
        }
    }

    #[test]
    fn open_offset_is_no_correction() {
        let none = Survey::of(&[None], Span::ZERO);
        let planned = Correction::plan(Offset::UNKNOWN, none, Correction::UNCONFIRMED);
        assert!(matches!(planned, Err(CorrectionRefusal::TooLong { .. })), "{planned:?}");
    }
}
