//! Judging claims against bounds on UTC.
//!
//! Follows RFC 7519 §4.1. A claim's edge that falls inside the bounds gives
//! [`Verdict::Undecided`]: neither acceptance nor rejection can be proved. With bounds that are a
//! point, every verdict is exactly that of RFC 7519. All findings are reported, not the first.

use crate::claims::Claims;
use crate::numeric_date::NumericDate;
use crate::policy::{Enforcement, Policy, Rule};
use crate::time::{Span, TimeBounds, UnixTime};
use crate::verdict::Verdict;

/// How far inside the edge of a rule UTC lies: at least `least`, at most `most`; negative is
/// outside. The leeway is part of the edge; [`without_leeway`](Self::without_leeway) takes it away.
///
/// [`Span::MIN`] and [`Span::MAX`] are open ends: the clock's bounds are open there.
///
/// # Example
/// ```
/// use jwtick_core::{Claims, Policy, Span, TimeBounds, UnixTime};
/// let mut claims = Claims::EMPTY;
/// claims.exp = Some(UnixTime::from_secs(1_000).into());
/// let built = TimeBounds::since(UnixTime::from_secs(900)); // the clock was never set
/// let margin = Policy::RFC7519.judge(&claims, built).tightest().unwrap();
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
    /// How far inside `edge` UTC lies: before it by a rule that ends a time, else at or behind it.
    fn of(rule: Rule, edge: UnixTime, leeway: Span, utc: TimeBounds) -> Self {
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

    /// How far inside the edge UTC lies without the leeway, as the claim itself has it.
    #[must_use]
    pub fn without_leeway(self) -> Self {
        let closer = |room: Span| match room {
            Span::MIN | Span::MAX => room, // an open end stays open
            room => room - self.leeway,
        };
        Self { leeway: Span::ZERO, least: closer(self.least), most: closer(self.most), ..self }
    }

    /// The leeway that is part of the edge.
    #[must_use]
    pub const fn leeway(self) -> Span {
        self.leeway
    }

    /// The rule whose edge was measured.
    #[must_use]
    pub const fn rule(self) -> Rule {
        self.rule
    }

    /// The least that may be left; [`Span::MIN`] if open.
    #[must_use]
    pub const fn least(self) -> Span {
        self.least
    }

    /// The most that may be left; [`Span::MAX`] if open.
    #[must_use]
    pub const fn most(self) -> Span {
        self.most
    }

    /// The verdict that this margin alone allows.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match (self.holds_for(self.least), self.holds_for(self.most)) {
            (true, _) => Verdict::Accept,
            (false, true) => Verdict::Undecided,
            (false, false) => Verdict::Reject,
        }
    }

    // "On or after" in RFC 7519 §4.1.4: a token dies at `exp`, but lives from `nbf` on.
    fn holds_for(self, room: Span) -> bool {
        match self.rule {
            Rule::Exp => room > Span::ZERO,
            _ => room >= Span::ZERO,
        }
    }
}

/// What one rule came to.
///
/// # Example
/// ```
/// use jwtick_core::{Claims, Finding, Policy, Rule, TimeBounds, UnixTime};
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// let judgement = Policy::RFC7519.require(Rule::Exp).judge(&Claims::EMPTY, now);
/// assert!(judgement.findings().eq(&[Finding::Missing(Rule::Exp)]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A date was measured, and its margin counts.
    Measured(Margin),
    /// A date was measured, and the policy only reports it.
    Reported(Margin),
    /// The claim has a value that the policy allows.
    Matched(Rule),
    /// The claim has no value that the policy allows.
    Mismatched(Rule),
    /// The policy demands the claim, and the token lacks it.
    Missing(Rule),
}

impl Finding {
    /// The rule that was looked at.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match *self {
            Self::Measured(margin) | Self::Reported(margin) => margin.rule,
            Self::Matched(rule) | Self::Mismatched(rule) | Self::Missing(rule) => rule,
        }
    }

    /// How far inside its edge a date lies, if the rule is about a date that the token has.
    #[must_use]
    pub const fn margin(&self) -> Option<Margin> {
        match *self {
            Self::Measured(margin) | Self::Reported(margin) => Some(margin),
            _ => None,
        }
    }

    /// What the finding adds to the verdict; one that is only reported adds nothing.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Measured(margin) => margin.verdict(),
            Self::Reported(_) | Self::Matched(_) => Verdict::Accept,
            Self::Mismatched(_) | Self::Missing(_) => Verdict::Reject,
        }
    }
}

/// All that a policy found in a claims set, and the verdict of it.
///
/// # Example
/// ```
/// use jwtick_core::{Claims, Policy, Span, TimeBounds, UnixTime, Verdict};
/// let mut claims = Claims::EMPTY;
/// claims.exp = Some(UnixTime::from_secs(1_000).into());
/// let now = TimeBounds::around(UnixTime::from_secs(999), Span::from_secs(2));
///
/// let judgement = Policy::RFC7519.judge(&claims, now);
/// assert_eq!(judgement.verdict(), Verdict::Undecided);
/// let margin = judgement.tightest().unwrap();
/// assert_eq!((margin.least(), margin.most()), (Span::from_secs(-1), Span::from_secs(3)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    findings: [Option<Finding>; Rule::ALL.len()],
}

impl Judgement {
    /// Every finding, in the order of [`Rule::ALL`].
    pub fn findings(&self) -> impl Iterator<Item = &Finding> + '_ {
        self.findings.iter().flatten()
    }

    /// Kleene's "and" over the findings; a policy that found nothing accepts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.findings().fold(Verdict::Accept, |all, finding| all.and(finding.verdict()))
    }

    /// The margin that decides: of those that count, with the worst verdict, the one with the
    /// least room.
    #[must_use]
    pub fn tightest(&self) -> Option<Margin> {
        let counting = self.findings().filter_map(|finding| match finding {
            Finding::Measured(margin) => Some(*margin),
            _ => None,
        });
        counting.min_by_key(|margin| (margin.verdict().rank(), margin.least))
    }
}

impl Policy<'_> {
    /// Judges `claims` at a moment that lies somewhere in `utc`.
    ///
    /// Judging does not look at signatures: claims of an unverified token are judged too, so that
    /// a report can say both what was signed and what is late.
    #[must_use]
    pub fn judge(&self, claims: &Claims<'_>, utc: TimeBounds) -> Judgement {
        Judgement { findings: Rule::ALL.map(|rule| self.find(rule, claims, utc)) }
    }

    /// After this instant the policy rejects these claims for ever; [`UnixTime::MAX`] if they never
    /// die. For so long a `jti` has to be remembered, lest the token is used twice (RFC 7523 §3,
    /// item 7).
    #[must_use]
    pub fn dies_at(&self, claims: &Claims<'_>) -> UnixTime {
        let at = |date: Option<NumericDate>| date.map(NumericDate::at);
        let aged = at(claims.iat).zip(self.max_age()).map(|(iat, age)| iat + age);
        let end = at(claims.exp).into_iter().chain(aged).min();
        end.map_or(UnixTime::MAX, |end| end + self.leeway())
    }

    fn find(&self, rule: Rule, claims: &Claims<'_>, utc: TimeBounds) -> Option<Finding> {
        if claims.has(rule) {
            self.measure(rule, claims, utc).or_else(|| self.compare(rule, claims))
        } else {
            self.requires(rule).then_some(Finding::Missing(rule))
        }
    }

    fn measure(&self, rule: Rule, claims: &Claims<'_>, utc: TimeBounds) -> Option<Finding> {
        let margin = Margin::of(rule, self.edge(rule, claims)?, self.leeway(), utc);
        Some(match (rule, self.future_iat()) {
            (Rule::Iat, Enforcement::Report) => Finding::Reported(margin),
            _ => Finding::Measured(margin),
        })
    }

    fn edge(&self, rule: Rule, claims: &Claims<'_>) -> Option<UnixTime> {
        let at = |date: Option<NumericDate>| date.map(NumericDate::at);
        match rule {
            Rule::Exp => at(claims.exp),
            Rule::Nbf => at(claims.nbf),
            Rule::Iat => at(claims.iat),
            Rule::MaxAge => Some(at(claims.iat)? + self.max_age()?),
            // What is still too far away comes near enough with time, as `nbf` does.
            Rule::Lifetime => Some(at(claims.exp)? - self.max_lifetime()?),
            _ => None,
        }
    }

    fn compare(&self, rule: Rule, claims: &Claims<'_>) -> Option<Finding> {
        let fits = match rule {
            Rule::Iss => {
                let (iss, trusted) = (claims.iss?, self.issuers()?);
                trusted.iter().any(|issuer| iss == **issuer)
            }
            Rule::Sub => {
                let (sub, allowed) = (claims.sub?, self.subjects()?);
                allowed.iter().any(|subject| sub == **subject)
            }
            Rule::Aud => {
                let (aud, own) = (claims.aud?, self.audiences()?);
                own.iter().any(|name| aud.contains(name))
            }
            _ => return None,
        };
        Some(if fits { Finding::Matched(rule) } else { Finding::Mismatched(rule) })
    }
}
