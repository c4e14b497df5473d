//! The requirements of a caller on a claims set, and the only place where tolerance is stated.
//!
//! Follows RFC 7519 §4.1 and RFC 7523 §3. Leeway is tolerance for the other party's clock and is
//! set here. Uncertainty about the local clock is part of [`TimeBounds`](crate::TimeBounds). The
//! two are never added silently.

use super::rule::Rule;
use crate::time::Span;

/// The effect of a rule: it counts towards the verdict, or it is only reported.
///
/// # Example
/// ```
/// use jwtick_core::{Policy, TimeBounds, UnixTime, Verdict};
/// use jwtick_core::judge::{Enforcement, Finding};
/// use jwtick_core::token::Claims;
/// let mut claims = Claims::EMPTY;
/// claims.iat = Some(UnixTime::from_secs(60).into()); // issued a minute from now
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// let verdict = |policy: Policy<'_>| -> Verdict {
///     policy.findings_of_unverified(&claims, now).iter().map(Finding::verdict).collect()
/// };
/// assert_eq!(verdict(Policy::RFC7519), Verdict::Accept);
/// assert_eq!(verdict(Policy::RFC7519.with_future_iat(Enforcement::Enforce)), Verdict::Reject);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Enforcement {
    /// The rule counts towards the verdict.
    Enforce,
    /// The rule is measured and reported, but the verdict ignores it.
    Report,
}

/// The audiences that a policy accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audiences<'p> {
    /// The caller has no name, so a token addressed to any audience is not for the caller.
    Unnamed,
    /// The caller does not check `aud`.
    Any,
    /// The caller has one name.
    One(&'p str),
    /// The caller has several names.
    OneOf(&'p [&'p str]),
}

/// The requirements on a claims set.
///
/// Start with [`strict`](Self::strict). A claim that is present is always judged;
/// [`require`](Self::require) lists the claims that must be present. `iss` and `sub` are compared
/// with the names that the policy lists, if any. `aud` must name the caller: a policy without an
/// audience refuses a token that has `aud` (RFC 7519 §4.1.3), unless
/// [`any_audience`](Self::any_audience) is set.
///
/// # Example
/// ```
/// use jwtick_core::{Policy, Span};
/// use jwtick_core::judge::Rule;
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
    audiences: Audiences<'p>,
    required: u16, // the `Rule::bit`s
}

impl<'p> Policy<'p> {
    /// The minimum of RFC 7519: no claim is required, there is no leeway, a future `iat` is only
    /// reported, and a token with `aud` is refused until the policy names an audience.
    pub const RFC7519: Self = Self {
        leeway: Span::ZERO,
        max_age: None,
        max_lifetime: None,
        future_iat: Enforcement::Report,
        issuers: None,
        subjects: None,
        audiences: Audiences::Unnamed,
        required: 0,
    };

    /// The policy for a JWT as an authorization grant or for client authentication. RFC 7523 §3,
    /// items 1 to 4, requires `iss`, `sub`, `aud` and `exp`. Name the audience with
    /// [`with_audiences`](Self::with_audiences).
    pub const RFC7523: Self =
        Self::RFC7519.require(Rule::Iss).require(Rule::Sub).require(Rule::Aud).require(Rule::Exp);

    /// Requires `exp`, and an `aud` that contains `audience`, compared byte for byte. There is no
    /// leeway.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{Policy, Span};
    /// use jwtick_core::judge::Rule;
    /// let policy = Policy::strict("https://api.example");
    /// assert!(policy.requires(Rule::Exp) && policy.requires(Rule::Aud));
    /// assert_eq!(policy.leeway(), Span::ZERO);
    /// ```
    #[must_use]
    pub const fn strict(audience: &'p str) -> Self {
        let named = Self { audiences: Audiences::One(audience), ..Self::RFC7519 };
        named.require(Rule::Exp).require(Rule::Aud)
    }

    /// Tolerates an error of `leeway` in the other party's clock; a negative value counts as zero.
    #[must_use]
    pub const fn with_leeway(self, leeway: Span) -> Self {
        let leeway = if leeway.as_micros() < 0 { Span::ZERO } else { leeway };
        Self { leeway, ..self }
    }

    /// Requires an `iat` that is at most `max_age` (plus the leeway) in the past. An `iat` in the future
    /// then fails, whatever [`with_future_iat`](Self::with_future_iat) says: the age of such a token is
    /// unknown, and an issuer whose clock is ahead, or that writes milliseconds, would extend the limit.
    #[must_use]
    pub const fn with_max_age(self, max_age: Span) -> Self {
        let policy = self.with_future_iat(Enforcement::Enforce).require(Rule::MaxAge);
        Self { max_age: Some(max_age), ..policy }
    }

    /// Requires an `exp` that is at most `max_lifetime` (plus the leeway) in the future. An
    /// authorization server may refuse a token that is valid for unreasonably long (RFC 7523 §3,
    /// item 4).
    #[must_use]
    pub const fn with_max_lifetime(self, max_lifetime: Span) -> Self {
        Self { max_lifetime: Some(max_lifetime), ..self.require(Rule::Exp) }
    }

    /// Sets the effect of an `iat` in the future. RFC 7519 §4.1.6 does not require a rejection, but a
    /// [maximum age](Self::with_max_age) does.
    #[must_use]
    pub const fn with_future_iat(self, how: Enforcement) -> Self {
        match self.max_age {
            Some(_) => self,
            None => Self { future_iat: how, ..self },
        }
    }

    /// Requires an `iss` that equals one of `any_of`, compared byte for byte.
    #[must_use]
    pub const fn with_issuers(self, any_of: &'p [&'p str]) -> Self {
        Self { issuers: Some(any_of), ..self.require(Rule::Iss) }
    }

    /// Requires a `sub` that equals one of `any_of`, compared byte for byte. A client that
    /// authenticates itself is its own subject (RFC 7523 §3, item 2 B).
    #[must_use]
    pub const fn with_subjects(self, any_of: &'p [&'p str]) -> Self {
        Self { subjects: Some(any_of), ..self.require(Rule::Sub) }
    }

    /// Requires an `aud` that contains at least one of `any_of`, compared byte for byte.
    #[must_use]
    pub const fn with_audiences(self, any_of: &'p [&'p str]) -> Self {
        Self { audiences: Audiences::OneOf(any_of), ..self.require(Rule::Aud) }
    }

    /// Accepts every `aud`. The caller must then check by other means that the token is meant for
    /// it (RFC 7519 §4.1.3).
    #[must_use]
    pub const fn any_audience(self) -> Self {
        Self { audiences: Audiences::Any, ..self }
    }

    /// Requires the claim of `rule` to be present.
    #[must_use]
    pub const fn require(self, rule: Rule) -> Self {
        Self { required: self.required | rule.bit(), ..self }
    }

    /// Returns whether the claim of `rule` must be present.
    #[must_use]
    pub const fn requires(&self, rule: Rule) -> bool {
        self.required & rule.bit() != 0
    }

    /// The tolerance for the other party's clock.
    #[must_use]
    pub const fn leeway(&self) -> Span {
        self.leeway
    }

    /// The greatest accepted time since `iat`, if limited.
    #[must_use]
    pub const fn max_age(&self) -> Option<Span> {
        self.max_age
    }

    /// The greatest accepted time until `exp`, if limited.
    #[must_use]
    pub const fn max_lifetime(&self) -> Option<Span> {
        self.max_lifetime
    }

    /// The effect of an `iat` in the future; enforced if there is a maximum age.
    #[must_use]
    pub const fn future_iat(&self) -> Enforcement {
        self.future_iat
    }

    /// Returns whether the policy names an audience or accepts any. Otherwise, it refuses every token
    /// that has `aud`.
    #[must_use]
    pub const fn names_audience(&self) -> bool {
        !matches!(self.audiences, Audiences::Unnamed)
    }

    pub(super) const fn issuers(&self) -> Option<&'p [&'p str]> {
        self.issuers
    }

    pub(super) const fn subjects(&self) -> Option<&'p [&'p str]> {
        self.subjects
    }

    pub(super) const fn audiences(&self) -> Audiences<'p> {
        self.audiences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leeway_never_narrows_a_window() {
        let policy = Policy::RFC7519.with_leeway(Span::from_secs(-5));
        assert_eq!(policy.leeway(), Span::ZERO);
    }

    #[test]
    fn audience_is_named_or_any() {
        let named = [
            Policy::strict("a"),
            Policy::RFC7519.with_audiences(&[]),
            Policy::RFC7519.any_audience(),
        ];
        assert!(named.iter().all(Policy::names_audience));
        assert!(!Policy::RFC7519.require(Rule::Aud).names_audience());
    }

    #[test]
    fn rfc_7523_requires_four_claims() {
        const DEMANDED: [Rule; 4] = [Rule::Exp, Rule::Iss, Rule::Sub, Rule::Aud];
        for rule in Rule::ALL {
            assert_eq!(Policy::RFC7523.requires(rule), DEMANDED.contains(&rule), "{rule}");
        }
    }
}
