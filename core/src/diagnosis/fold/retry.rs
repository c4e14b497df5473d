//! A second try by the server's own time: refused as well, it clears the clock.

use crate::diagnosis::cause::{Cause, Certainty};
use crate::diagnosis::rules::outcome::Outcome;
use crate::diagnosis::rules::view::View;
use crate::evidence::{Facts, Row, Says};

/// What came of a second try.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Retry {
    /// There was none.
    None,
    /// It was not refused, as far as the text goes.
    Made,
    /// It was refused in these words.
    Refused(&'static Row),
}

impl Retry {
    /// Notes that a line says that there is a second try.
    pub(crate) fn note(&mut self, facts: &Facts) {
        if facts.tries_again() {
            *self = Self::Made;
        }
    }

    /// Notes a refusal.
    pub(crate) fn refuse(&mut self, row: &'static Row) {
        if matches!(self, Self::Made) {
            *self = Self::Refused(row);
        }
    }
}

impl View<'_> {
    /// By the server's own time it was refused as well. Words of time that give way to others show
    /// that the clock was in the way after all, and something else behind it.
    pub(crate) fn refused_again(&self) -> Option<Outcome> {
        let Retry::Refused(again) = self.totals.retry else { return None };
        let gave_way = self.is_about_clock() && again.says == Says::Refused;
        let cause = match again.says {
            Says::Lifetime | Says::TooFar => Cause::Lifetime,
            _ => Cause::NotClock,
        };
        let outcome = Outcome::cleared(cause, Certainty::Likely);
        (!gave_way).then(|| outcome.stating(self.offset()))
    }

    fn is_about_clock(&self) -> bool {
        self.is_about_time() || matches!(self.says(), Some(Says::TooFar | Says::Skewed))
    }
}
