//! The space of behaviours: everything in which verifiers differ about the times of a token, as data.

use super::reading::{Reading, Take};
use crate::judge::{Enforcement, Policy, Rule};
use crate::time::Span;
use crate::token::Claim;

/// The verdict at the edge itself: `now == exp + leeway`, or `now == nbf - leeway`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The token is accepted.
    Accepts,
    /// The token is refused.
    Refuses,
}

/// The comparison of a date with the clock.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::judge::dialect::Dialect;
/// let check = Dialect::named("envoy").unwrap().rules.exp.check.unwrap();
/// assert_eq!(check.leeway, Span::from_secs(60));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// The tolerance for the other party's clock.
    pub leeway: Span,
    /// The verdict at the edge, which includes the leeway.
    pub edge: Edge,
    /// Skips the comparison if the token has `nbf`.
    pub only_without_nbf: bool,
}

impl Check {
    /// A comparison without leeway.
    #[must_use]
    pub const fn at_edge(edge: Edge) -> Self {
        Self { leeway: Span::ZERO, edge, only_without_nbf: false }
    }

    pub(super) const fn with_leeway(self, secs: i64) -> Self {
        Self { leeway: Span::from_secs(secs), ..self }
    }
}

/// What a verifier does with one of `exp`, `nbf` and `iat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRule {
    /// How it reads the value.
    pub reading: Reading,
    /// What it does if the claim is missing: [`Take::Ignore`], [`Take::Refuse`], or [`Take::As`], which
    /// judges the token as if it had this date.
    pub missing: Take,
    /// How it compares the date with its clock, if it does.
    pub check: Option<Check>,
}

impl DateRule {
    /// The claim is not looked at.
    pub const UNREAD: Self = Self { reading: Reading::UNREAD, missing: Take::Ignore, check: None };

    /// The value must have the right type, but is not compared with the clock.
    pub(super) const fn typed(reading: Reading) -> Self {
        Self { reading, missing: Take::Ignore, check: None }
    }

    pub(super) const fn checked(reading: Reading, check: Check) -> Self {
        Self { reading, missing: Take::Ignore, check: Some(check) }
    }

    pub(super) const fn required(self) -> Self {
        Self { missing: Take::Refuse, ..self }
    }
}

/// What a parser does with a name that an object has twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duplicates {
    /// It takes the first.
    First,
    /// It takes the last.
    Last,
    /// It takes the last, and refuses the token if it would refuse any of them.
    LastOfAll,
    /// It refuses the token, whichever name it is.
    Refused,
    /// It refuses the token if the name is one of these, and takes the last of other names.
    RefusedOf(&'static [Claim]),
}

/// Where a limit on the lifetime counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Start {
    /// From `iat` to `exp`, at any time.
    Issue,
    /// From the verifier's clock to `exp`.
    Now,
}

/// A limit on the lifetime of a token.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::judge::dialect::Dialect;
/// let limit = Dialect::named("github").unwrap().rules.lifetime.unwrap();
/// assert_eq!(limit.most, Span::from_secs(600));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// The longest lifetime that is accepted, with any leeway.
    pub most: Span,
    /// Where it counts from.
    pub from: Start,
}

/// Everything that decides what a verifier says of the times of a token. `iss`, `sub`, `aud` and the
/// signature are not part of it.
///
/// # Example
/// A [`Policy`] is one point of the space:
/// ```
/// use jwtick_core::judge::dialect::{Dates, Rules};
/// use jwtick_core::{Policy, TimeBounds, UnixTime, Verdict};
/// let rules = Rules::of(&Policy::RFC7519);
/// let dates = Dates::of(br#"{"exp":1000}"#)?;
/// let at_exp = TimeBounds::exactly(UnixTime::from_secs(1_000));
/// assert_eq!(rules.judge(&dates, at_exp).verdict(), Verdict::Reject);
/// # Ok::<(), jwtick_core::token::JsonError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The step of the clock: a clock that counts whole seconds ignores the rest.
    pub tick: Span,
    /// What it does with `exp`.
    pub exp: DateRule,
    /// What it does with `nbf`.
    pub nbf: DateRule,
    /// What it does with `iat`.
    pub iat: DateRule,
    /// What its JSON parser does with duplicates.
    pub duplicates: Duplicates,
    /// Whether its JSON parser refuses a token in which a number exceeds a double.
    pub finite: bool,
    /// Its limit on the lifetime.
    pub lifetime: Option<Lifetime>,
    /// The greatest time since `iat` that is accepted, with any leeway.
    pub max_age: Option<Span>,
    /// Whether it refuses a token whose `nbf` is after its `exp`.
    pub ordered: bool,
}

impl Rules {
    /// RFC 7519: `now == exp` is too late, and there is no leeway.
    pub const RFC7519: Self = Self {
        tick: Span::from_micros(1),
        exp: DateRule::checked(Reading::NUMBER, Check::at_edge(Edge::Refuses)),
        nbf: DateRule::checked(Reading::NUMBER, Check::at_edge(Edge::Accepts)),
        iat: DateRule::typed(Reading::NUMBER),
        duplicates: Duplicates::Refused,
        finite: false,
        lifetime: None,
        max_age: None,
        ordered: false,
    };

    /// The rules of `policy` about times. Those about `iss`, `sub`, `aud` and `jti` are left out.
    #[must_use]
    pub fn of(policy: &Policy<'_>) -> Self {
        let date = |rule, check: Option<Check>| DateRule {
            reading: Reading::NUMBER,
            missing: if policy.requires(rule) { Take::Refuse } else { Take::Ignore },
            check: check.map(|check| Check { leeway: policy.leeway(), ..check }),
        };
        let accepts = Some(Check::at_edge(Edge::Accepts));
        let future_iat = matches!(policy.future_iat(), Enforcement::Enforce);
        let mut rules = Self {
            exp: date(Rule::Exp, Some(Check::at_edge(Edge::Refuses))),
            nbf: date(Rule::Nbf, accepts),
            iat: date(Rule::Iat, accepts.filter(|_| future_iat)),
            lifetime: policy
                .max_lifetime()
                .map(|most| Lifetime { most: most + policy.leeway(), from: Start::Now }),
            max_age: policy.max_age().map(|most| most + policy.leeway()),
            ..Self::RFC7519
        };
        if policy.requires(Rule::MaxAge) {
            rules.iat = rules.iat.required();
        }
        if policy.requires(Rule::Lifetime) {
            rules.exp = rules.exp.required();
        }
        rules
    }
}
