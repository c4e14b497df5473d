//! The table of verifiers: libraries, gateways and providers.

use super::answer::Judged;
use super::dates::Dates;
use super::entry::Dialect;
use super::{compiled, gateways, interpreted, providers};
use crate::time::TimeBounds;

impl Dialect {
    /// Every verifier, in the order of the table: libraries, gateways, providers.
    pub fn all() -> impl Iterator<Item = &'static Self> + Clone {
        [interpreted::ROWS, compiled::ROWS, gateways::ROWS, providers::ROWS].into_iter().flatten()
    }

    /// The verifier with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|dialect| dialect.name.eq_ignore_ascii_case(name))
    }

    /// What the verifier says of the times of a token, if its clock is at an unknown instant in `clock`.
    #[must_use]
    pub fn judge(&self, dates: &Dates<'_>, clock: TimeBounds) -> Judged {
        self.rules.judge(dates, clock)
    }
}
