//! The three verdicts, and the rule that combines them.

use core::fmt;

/// The provable result for a claim or for all claims.
///
/// # Example
/// ```
/// use jwtick_core::Verdict;
/// assert_eq!(Verdict::Undecided.and(Verdict::Reject), Verdict::Reject);
/// assert_eq!(Verdict::Undecided.and(Verdict::Accept), Verdict::Undecided);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Valid at every instant in the bounds on UTC.
    Accept,
    /// Invalid at every instant in the bounds on UTC.
    Reject,
    /// Valid at some instants in the bounds and invalid at others: the clock is not known well
    /// enough.
    Undecided,
}

impl Verdict {
    /// Kleene's "and": any rejection rejects; otherwise any doubt leaves the result undecided.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Reject, _) | (_, Self::Reject) => Self::Reject,
            (Self::Undecided, _) | (_, Self::Undecided) => Self::Undecided,
            (Self::Accept, Self::Accept) => Self::Accept,
        }
    }

    // The most severe verdict first.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::Reject => 0,
            Self::Undecided => 1,
            Self::Accept => 2,
        }
    }
}

/// Kleene's "and" over all verdicts; an empty list accepts.
impl FromIterator<Self> for Verdict {
    fn from_iter<I: IntoIterator<Item = Self>>(verdicts: I) -> Self {
        verdicts.into_iter().fold(Self::Accept, Self::and)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Undecided => "undecided",
        })
    }
}
