//! What a caller demands of a claims set: the one place where tolerance is stated.
//!
//! Follows RFC 7519 §4.1 and RFC 7523 §3. Leeway is tolerance for the other party and lives here;
//! uncertainty about our own clock lives in [`TimeBounds`](crate::TimeBounds). The two are never
//! added up silently.

use core::fmt;

use crate::time::Span;

/// One thing that a [`Policy`] can demand.
///
/// # Example
/// ```
/// use jwtick_core::Rule;
/// assert_eq!(Rule::MaxAge.to_string(), "max_age");
/// assert_eq!(Rule::MaxAge.claim(), "iat");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// UTC is before `exp` (RFC 7519 §4.1.4).
    Exp,
    /// UTC is at or after `nbf` (RFC 7519 §4.1.5).
    Nbf,
    /// UTC is at or after `iat` (RFC 7519 §4.1.6 demands nothing; a policy may).
    Iat,
    /// No more time than the policy allows has passed since `iat`.
    MaxAge,
    /// `exp` lies no further ahead of UTC than the policy allows (RFC 7523 §3, item 4).
    Lifetime,
    /// `iss` is one of those that the policy trusts (RFC 7519 §4.1.1).
    Iss,
    /// `sub` is there, and one of those that the policy lists (RFC 7519 §4.1.2).
    Sub,
    /// `aud` names the caller (RFC 7519 §4.1.3).
    Aud,
    /// `jti` is there (RFC 7519 §4.1.7).
    Jti,
}

impl Rule {
    /// Every rule, in the order in which findings are reported.
    pub const ALL: [Self; 9] = [
        Self::Exp,
        Self::Nbf,
        Self::Iat,
        Self::MaxAge,
        Self::Lifetime,
        Self::Iss,
        Self::Sub,
        Self::Aud,
        Self::Jti,
    ];

    /// The claim that the rule is about.
    #[must_use]
    pub const fn claim(self) -> &'static str {
        match self {
            Self::Exp | Self::Lifetime => "exp",
            Self::Nbf => "nbf",
            Self::Iat | Self::MaxAge => "iat",
            Self::Iss => "iss",
            Self::Sub => "sub",
            Self::Aud => "aud",
            Self::Jti => "jti",
        }
    }

    const fn bit(self) -> u16 {
        match self {
            Self::Exp => 1,
            Self::Nbf => 1 << 1,
            Self::Iat => 1 << 2,
            Self::MaxAge => 1 << 3,
            Self::Iss => 1 << 4,
            Self::Sub => 1 << 5,
            Self::Aud => 1 << 6,
            Self::Jti => 1 << 7,
            Self::Lifetime => 1 << 8,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MaxAge => "max_age",
            Self::Lifetime => "lifetime",
            rule => rule.claim(),
        })
    }
}

/// Whether a rule decides, or is only reported.
///
/// # Example
/// ```
/// use jwtick_core::{Claims, Enforcement, Policy, TimeBounds, UnixTime, Verdict};
/// let mut claims = Claims::EMPTY;
/// claims.iat = Some(UnixTime::from_secs(60).into()); // made a minute from now
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// let strict = Policy::RFC7519.with_future_iat(Enforcement::Enforce);
/// assert_eq!(Policy::RFC7519.judge(&claims, now).verdict(), Verdict::Accept);
/// assert_eq!(strict.judge(&claims, now).verdict(), Verdict::Reject);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Enforcement {
    /// The rule counts towards the verdict.
    Enforce,
    /// The rule is measured and shown, and the verdict ignores it.
    Report,
}

/// What is demanded of a claims set.
///
/// A claim that is present is always judged; [`require`](Self::require) says which must be present.
/// `iss` and `aud` are judged against the names that the policy lists, and only if it lists any: a
/// caller that names no audience has taken the duty of RFC 7519 §4.1.3 on itself.
///
/// # Example
/// ```
/// use jwtick_core::{Policy, Rule, Span};
/// let policy = Policy::RFC7519
///     .with_leeway(Span::from_secs(30))
///     .with_audiences(&["https://api.example"])
///     .require(Rule::Exp);
/// assert!(policy.requires(Rule::Aud), "an audience that is checked must be there");
/// assert!(!policy.requires(Rule::Nbf));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy<'p> {
    leeway: Span, // never negative
    max_age: Option<Span>,
    max_lifetime: Option<Span>,
    future_iat: Enforcement,
    issuers: Option<&'p [&'p str]>,
    subjects: Option<&'p [&'p str]>,
    audiences: Option<&'p [&'p str]>,
    required: u16, // the `Rule::bit`s
}

impl<'p> Policy<'p> {
    /// RFC 7519 alone: no claim is required, no leeway is given, a future `iat` is only reported.
    pub const RFC7519: Self = Self {
        leeway: Span::ZERO,
        max_age: None,
        max_lifetime: None,
        future_iat: Enforcement::Report,
        issuers: None,
        subjects: None,
        audiences: None,
        required: 0,
    };

    /// JWT as an authorization grant or for client authentication: RFC 7523 §3, items 1 to 4,
    /// demand `iss`, `sub`, `aud` and `exp`.
    pub const RFC7523: Self =
        Self::RFC7519.require(Rule::Iss).require(Rule::Sub).require(Rule::Aud).require(Rule::Exp);

    /// Tolerates another party's clock by `leeway`; a negative one counts as none.
    #[must_use]
    pub const fn with_leeway(self, leeway: Span) -> Self {
        let leeway = if leeway.as_micros() < 0 { Span::ZERO } else { leeway };
        Self { leeway, ..self }
    }

    /// Demands `iat`, and that it lies no more than `max_age` (and the leeway) in the past.
    #[must_use]
    pub const fn with_max_age(self, max_age: Span) -> Self {
        Self { max_age: Some(max_age), ..self.require(Rule::MaxAge) }
    }

    /// Demands `exp`, and that it lies no more than `max_lifetime` (and the leeway) in the future: an
    /// authorization server may refuse what lives unreasonably long (RFC 7523 §3, item 4).
    #[must_use]
    pub const fn with_max_lifetime(self, max_lifetime: Span) -> Self {
        Self { max_lifetime: Some(max_lifetime), ..self.require(Rule::Exp) }
    }

    /// Says whether an `iat` in the future rejects a token. RFC 7519 §4.1.6 does not ask for that.
    #[must_use]
    pub const fn with_future_iat(self, how: Enforcement) -> Self {
        Self { future_iat: how, ..self }
    }

    /// Demands an `iss` that equals one of `any_of`, compared byte for byte.
    #[must_use]
    pub const fn with_issuers(self, any_of: &'p [&'p str]) -> Self {
        Self { issuers: Some(any_of), ..self.require(Rule::Iss) }
    }

    /// Demands a `sub` that equals one of `any_of`, compared byte for byte: a client that
    /// authenticates itself is its own subject (RFC 7523 §3, item 2 B).
    #[must_use]
    pub const fn with_subjects(self, any_of: &'p [&'p str]) -> Self {
        Self { subjects: Some(any_of), ..self.require(Rule::Sub) }
    }

    /// Demands an `aud` that holds at least one of `any_of`, compared byte for byte.
    #[must_use]
    pub const fn with_audiences(self, any_of: &'p [&'p str]) -> Self {
        Self { audiences: Some(any_of), ..self.require(Rule::Aud) }
    }

    /// Demands that the claim of `rule` is present.
    #[must_use]
    pub const fn require(self, rule: Rule) -> Self {
        Self { required: self.required | rule.bit(), ..self }
    }

    /// Whether the claim of `rule` must be present.
    #[must_use]
    pub const fn requires(&self, rule: Rule) -> bool {
        self.required & rule.bit() != 0
    }

    /// The tolerance for another party's clock.
    #[must_use]
    pub const fn leeway(&self) -> Span {
        self.leeway
    }

    /// How long after `iat` a token is accepted, if that is limited.
    #[must_use]
    pub const fn max_age(&self) -> Option<Span> {
        self.max_age
    }

    /// How far ahead of UTC `exp` may lie, if that is limited.
    #[must_use]
    pub const fn max_lifetime(&self) -> Option<Span> {
        self.max_lifetime
    }

    /// What an `iat` in the future leads to.
    #[must_use]
    pub const fn future_iat(&self) -> Enforcement {
        self.future_iat
    }

    pub(crate) const fn issuers(&self) -> Option<&'p [&'p str]> {
        self.issuers
    }

    pub(crate) const fn subjects(&self) -> Option<&'p [&'p str]> {
        self.subjects
    }

    pub(crate) const fn audiences(&self) -> Option<&'p [&'p str]> {
        self.audiences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_bit_of_its_own() {
        let all: u16 = Rule::ALL.iter().fold(0, |bits, rule| bits | rule.bit());
        assert_eq!(all.count_ones(), u32::try_from(Rule::ALL.len()).unwrap());
    }

    #[test]
    fn leeway_never_narrows_a_window() {
        let policy = Policy::RFC7519.with_leeway(Span::from_secs(-5));
        assert_eq!(policy.leeway(), Span::ZERO);
    }

    #[test]
    fn rfc_7523_demands_four_claims() {
        const DEMANDED: [Rule; 4] = [Rule::Exp, Rule::Iss, Rule::Sub, Rule::Aud];
        for rule in Rule::ALL {
            assert_eq!(Policy::RFC7523.requires(rule), DEMANDED.contains(&rule), "{rule}");
        }
    }
}
