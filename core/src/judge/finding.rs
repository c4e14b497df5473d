//! Findings: the result of a policy for one claim, and its margin: the distance between UTC and the
//! edge of a rule.

use super::rule::Rule;
use super::verdict::Verdict;
use crate::time::{Span, TimeBounds, UnixTime};

/// The result of one rule.
///
/// # Example
/// ```
/// use jwtick_core::{Policy, TimeBounds, UnixTime};
/// use jwtick_core::judge::{Finding, Rule};
/// use jwtick_core::token::Claims;
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// let policy = Policy::RFC7519.require(Rule::Exp);
/// let findings = policy.findings_of_unverified(&Claims::EMPTY, now);
/// assert!(findings.iter().eq(&[Finding::Missing(Rule::Exp)]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A date was measured, and its margin counts towards the verdict.
    Measured(Margin),
    /// A date was measured, and the policy only reports its margin.
    Reported(Margin),
    /// The claim has a value that the policy allows.
    Matched(Rule),
    /// The policy does not require the claim, the token lacks it, and nothing else takes its place: a
    /// token without `exp` never expires, unless the policy has a maximum age.
    Unchecked(Rule),
    /// The claim has no value that the policy allows. This includes any `aud` if the policy names
    /// no audience.
    Mismatched(Rule),
    /// The policy requires the claim, and the token lacks it.
    Missing(Rule),
}

impl Finding {
    /// The rule that was applied.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match *self {
            Self::Measured(margin) | Self::Reported(margin) => margin.rule(),
            Self::Matched(rule)
            | Self::Mismatched(rule)
            | Self::Missing(rule)
            | Self::Unchecked(rule) => rule,
        }
    }

    /// The margin of the date; `None` if the rule is not about a date or the token does not have
    /// it.
    #[must_use]
    pub const fn margin(&self) -> Option<Margin> {
        match *self {
            Self::Measured(margin) | Self::Reported(margin) => Some(margin),
            _ => None,
        }
    }

    /// The finding's contribution to the verdict; one that is only reported, or unchecked, accepts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Measured(margin) => margin.verdict(),
            Self::Reported(_) | Self::Matched(_) | Self::Unchecked(_) => Verdict::Accept,
            Self::Mismatched(_) | Self::Missing(_) => Verdict::Reject,
        }
    }
}

/// The distance of UTC from the edge of a rule, at least `least` and at most `most`. Positive is
/// inside, negative is outside. The edge includes the leeway;
/// [`without_leeway`](Self::without_leeway) removes it.
///
/// [`Span::MIN`] and [`Span::MAX`] are open ends, where the bounds on UTC are open.
///
/// # Example
/// ```
/// use jwtick_core::{Policy, Span, TimeBounds, UnixTime};
/// use jwtick_core::token::Claims;
/// let mut claims = Claims::EMPTY;
/// claims.exp = Some(UnixTime::from_secs(1_000).into());
/// let built = TimeBounds::since(UnixTime::from_secs(900)); // the clock was never set
/// let margin = Policy::RFC7519.findings_of_unverified(&claims, built).tightest().unwrap();
/// assert_eq!((margin.least(), margin.most()), (Span::MIN, Span::from_secs(100)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margin {
    rule: Rule,
    leeway: Span,
    least: Span, // never above `most`
    most: Span,
}

impl Margin {
    /// Measures the distance to `edge`. Inside is before it for a rule that ends the validity, and
    /// at or after it otherwise.
    pub(crate) fn of(rule: Rule, edge: UnixTime, leeway: Span, utc: TimeBounds) -> Self {
        let ends = matches!(rule, Rule::Exp | Rule::MaxAge);
        let edge = if ends { edge + leeway } else { edge - leeway };
        let least = match utc.earliest() {
            UnixTime::MIN => Span::MIN,
            earliest => earliest - edge,
        };
        let most = match utc.latest() {
            UnixTime::MAX => Span::MAX,
            latest => latest - edge,
        };
        let (least, most) = if ends { (-most, -least) } else { (least, most) };
        Self { rule, leeway, least, most }
    }

    /// Measures the distance to the greatest age, `most`, of something that was made at an unknown
    /// instant in `made`.
    pub(crate) fn of_age(made: TimeBounds, most: Span, utc: TimeBounds) -> Self {
        let of = |made: UnixTime| Self::of(Rule::MaxAge, made + most, Span::ZERO, utc);
        let (oldest, youngest) = (of(made.earliest()), of(made.latest()));
        Self { most: if made.is_open() { Span::MAX } else { youngest.most }, ..oldest }
    }

    /// The margin to the date in the claim itself, without leeway.
    #[must_use]
    pub fn without_leeway(self) -> Self {
        let closer = |room: Span| match room {
            Span::MIN | Span::MAX => room, // an open end stays open
            room => room - self.leeway,
        };
        Self { leeway: Span::ZERO, least: closer(self.least), most: closer(self.most), ..self }
    }

    /// The leeway included in the edge.
    #[must_use]
    pub const fn leeway(self) -> Span {
        self.leeway
    }

    /// The rule whose edge was measured.
    #[must_use]
    pub const fn rule(self) -> Rule {
        self.rule
    }

    /// The least distance; [`Span::MIN`] if open.
    #[must_use]
    pub const fn least(self) -> Span {
        self.least
    }

    /// The greatest distance; [`Span::MAX`] if open.
    #[must_use]
    pub const fn most(self) -> Span {
        self.most
    }

    /// The verdict from this margin alone.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match (self.holds_for(self.least), self.holds_for(self.most)) {
            (true, _) => Verdict::Accept,
            (false, true) => Verdict::Undecided,
            (false, false) => Verdict::Reject,
        }
    }

    // "On or after" in RFC 7519 §4.1.4: a token is invalid at `exp` itself, but valid at `nbf`.
    fn holds_for(self, room: Span) -> bool {
        match self.rule {
            Rule::Exp => room > Span::ZERO,
            _ => room >= Span::ZERO,
        }
    }
}
