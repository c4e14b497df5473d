//! The direction in which a clock is wrong.

/// The direction in which the local clock is wrong.
///
/// # Example
/// ```
/// use jwtick_core::time::Direction;
/// assert_eq!(Direction::Behind.code(), "behind");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The clock shows a time that is too early; the offset is positive (RFC 5905 §8).
    Behind,
    /// The clock shows a time that is too late; the offset is negative.
    Ahead,
}

impl Direction {
    /// The direction as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Ahead => "ahead",
        }
    }

    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Behind => Self::Ahead,
            Self::Ahead => Self::Behind,
        }
    }
}
