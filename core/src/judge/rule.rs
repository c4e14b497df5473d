//! The rules that a policy can demand (RFC 7519 §4.1, RFC 7523 §3).

use core::fmt;

use crate::token::Claim;

/// A single requirement of a [`Policy`](crate::Policy).
///
/// # Example
/// ```
/// use jwtick_core::judge::Rule;
/// use jwtick_core::token::Claim;
/// assert_eq!(Rule::MaxAge.to_string(), "max_age");
/// assert_eq!(Rule::MaxAge.claim(), Claim::Iat);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// UTC is before `exp` (RFC 7519 §4.1.4).
    Exp,
    /// UTC is at or after `nbf` (RFC 7519 §4.1.5).
    Nbf,
    /// UTC is at or after `iat`. RFC 7519 §4.1.6 does not require this, but a policy may.
    Iat,
    /// At most the time that the policy allows has passed since `iat`.
    MaxAge,
    /// `exp` is no further ahead of UTC than the policy allows (RFC 7523 §3, item 4).
    Lifetime,
    /// `iss` is one of those that the policy trusts (RFC 7519 §4.1.1).
    Iss,
    /// `sub` is present, and is one of those that the policy lists (RFC 7519 §4.1.2).
    Sub,
    /// `aud` names the caller (RFC 7519 §4.1.3).
    Aud,
    /// `jti` is present (RFC 7519 §4.1.7).
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
    pub const fn claim(self) -> Claim {
        match self {
            Self::Exp | Self::Lifetime => Claim::Exp,
            Self::Nbf => Claim::Nbf,
            Self::Iat | Self::MaxAge => Claim::Iat,
            Self::Iss => Claim::Iss,
            Self::Sub => Claim::Sub,
            Self::Aud => Claim::Aud,
            Self::Jti => Claim::Jti,
        }
    }

    pub(super) const fn bit(self) -> u16 {
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
            rule => rule.claim().name(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_bit() {
        let all: u16 = Rule::ALL.iter().fold(0, |bits, rule| bits | rule.bit());
        assert_eq!(all.count_ones(), u32::try_from(Rule::ALL.len()).unwrap());
    }
}
