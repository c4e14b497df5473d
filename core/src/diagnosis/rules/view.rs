//! The folded evidence as the rules see it.

use super::known::Known;
use crate::diagnosis::fold::refusal::Shape;
use crate::diagnosis::fold::totals::Totals;
use crate::evidence::{Judge, Says};
use crate::time::Offset;
use crate::time::Span;

/// A refusal that has many possible reasons is attributed to a clock only from this error on. A
/// clock within this limit is reported right.
pub(crate) const PLAIN_ERROR: Span = Span::from_secs(60);
/// A clock that is off by less explains an expired token only if the text shows its end: few issuers
/// grant shorter lifetimes.
pub(crate) const SHORTEST_LIFETIME: Span = Span::from_secs(30);
/// The largest tolerance that is in use (Kerberos, Entra; RFC 4120 §1.6). A larger error is a fault,
/// whatever was refused.
pub(crate) const LARGEST_TOLERANCE: Span = Span::from_secs(300);

/// A clock this close to UTC is right: a daemon's statement is accurate to a second, and the times
/// of tokens are whole seconds (RFC 7519 §2).
pub(crate) const RIGHT: Span = Span::from_secs(2);

/// The contents of a text, and what they prove about the local clock.
pub(crate) struct View<'t> {
    pub(crate) totals: &'t Totals,
    pub(crate) known: Option<Known>,
}

impl<'t> View<'t> {
    pub(crate) fn of(totals: &'t Totals) -> Self {
        Self { totals, known: Known::of(totals) }
    }

    pub(crate) fn says(&self) -> Option<Says> {
        self.totals.refusal.map(|refusal| refusal.row.says)
    }

    pub(crate) fn shape(&self) -> Shape {
        self.totals.refusal.map_or(Shape::Open, |refusal| refusal.shape)
    }

    /// Returns `true` if only a provider prints these words, about what its client made.
    pub(crate) fn judges_us(&self) -> bool {
        self.totals.refusal.is_some_and(|refusal| refusal.row.judge == Judge::Provider)
    }

    /// Returns `true` if the refusal is about a time of a token.
    pub(crate) fn is_about_time(&self) -> bool {
        matches!(self.says(), Some(Says::Expired | Says::NotYet | Says::Window))
    }

    /// The offset that the text proves, whether or not it matters.
    pub(crate) fn offset(&self) -> Option<Offset> {
        self.known.filter(|known| !known.is_modulo_year()).map(|known| known.offset)
    }

    /// Returns `true` if requests failed in bulk at exactly the limit of their age, as they do in a
    /// backlog.
    pub(crate) fn is_backlog(&self) -> bool {
        const IN_BULK: u32 = 3;
        self.totals.reasons.at_limit >= IN_BULK
    }
}
