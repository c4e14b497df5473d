//! Which way a clock is off.

/// Which way the local clock is off.
///
/// # Example
/// ```
/// use jwtick_core::time::Direction;
/// assert_eq!(Direction::Behind.code(), "behind");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It shows too early a time; the offset is positive (RFC 5905 §8).
    Behind,
    /// It shows too late a time; the offset is negative.
    Ahead,
}

impl Direction {
    /// The direction as JSON output writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Ahead => "ahead",
        }
    }
}
