//! All findings of a policy for one claims set, and the judgement of a verified token.

use super::finding::{Finding, Margin};
use super::policy::{Audiences, Enforcement, Policy};
use super::rule::Rule;
use super::verdict::Verdict;
use crate::time::{NumericDate, TimeBounds, UnixTime};
use crate::token::Claims;

/// All findings of a policy for one claims set, in the order of [`Rule::ALL`].
///
/// Findings do not say whether a token is accepted, because its signature may be invalid. The
/// claims of an unverified token have findings, but no [`Judgement`](crate::judge::Judgement):
/// ```compile_fail,E0599
/// use jwtick_core::{Policy, Scratch, TimeBounds, Token, UnixTime};
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(b"", &mut scratch).unwrap();
/// let now = TimeBounds::exactly(UnixTime::EPOCH);
/// Policy::RFC7519.findings_of_unverified(token.unverified_claims(), now).verdict();
/// ```
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings([Option<Finding>; Rule::ALL.len()]);

impl Findings {
    fn of(find: impl FnMut(Rule) -> Option<Finding>) -> Self {
        Self(Rule::ALL.map(find))
    }

    /// Every finding, in the order of [`Rule::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = &Finding> + '_ {
        self.0.iter().flatten()
    }

    /// The decisive margin: among those that count and have the worst verdict, the smallest one.
    #[must_use]
    pub fn tightest(&self) -> Option<Margin> {
        let counting = self.iter().filter_map(|finding| match finding {
            Finding::Measured(margin) => Some(*margin),
            _ => None,
        });
        counting.min_by_key(|margin| (margin.verdict().rank(), margin.least()))
    }
}

impl Policy<'_> {
    /// Applies the policy to claims whose signature was not checked, at an unknown instant in
    /// `utc`. Use it to report on a token that is forged or has no known key, and to check claims
    /// before signing. Findings never accept a token; use [`Token::judge`](crate::Token::judge) for
    /// that.
    #[must_use]
    pub fn findings_of_unverified(&self, claims: &Claims<'_>, utc: TimeBounds) -> Findings {
        self.findings(claims, utc)
    }

    pub(super) fn findings(&self, claims: &Claims<'_>, utc: TimeBounds) -> Findings {
        let mut findings = Findings::of(|rule| self.find(rule, claims, utc));
        // Without `exp` or a rule that demands it, only a maximum age ends a token. This is not part of
        // `find`, whose copies for each rule would add 160 bytes to the firmware image.
        if let ([exp @ None, ..], None) = (&mut findings.0, self.max_age()) {
            *exp = Some(Finding::Unchecked(Rule::Exp));
        }
        findings
    }

    /// The instant after which the policy always rejects these claims; [`UnixTime::MAX`] if they
    /// never expire. To prevent replay, remember a `jti` until then (RFC 7523 §3, item 7).
    #[must_use]
    pub fn rejects_after(&self, claims: &Claims<'_>) -> UnixTime {
        let at = |date: Option<NumericDate>| date.map(NumericDate::at);
        let aged = at(claims.iat).zip(self.max_age()).map(|(iat, age)| iat + age);
        let end = at(claims.exp).into_iter().chain(aged).min();
        end.map_or(UnixTime::MAX, |end| end + self.leeway())
    }

    fn find(&self, rule: Rule, claims: &Claims<'_>, utc: TimeBounds) -> Option<Finding> {
        if has(claims, rule) {
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
            // A date that is too far away now comes near enough with time, as `nbf` does.
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
                let aud = claims.aud?;
                match self.audiences() {
                    Audiences::Any => return None,
                    // RFC 7519 §4.1.3: a recipient that is not named must reject the token.
                    Audiences::Unnamed => false,
                    Audiences::One(name) => aud.contains(name),
                    Audiences::OneOf(own) => own.iter().any(|name| aud.contains(name)),
                }
            }
            _ => return None,
        };
        Some(if fits { Finding::Matched(rule) } else { Finding::Mismatched(rule) })
    }
}

// Equals `claims.has(rule.claim())` in one step; two steps add 40 bytes to the firmware image.
const fn has(claims: &Claims<'_>, rule: Rule) -> bool {
    match rule {
        Rule::Exp | Rule::Lifetime => claims.exp.is_some(),
        Rule::Nbf => claims.nbf.is_some(),
        Rule::Iat | Rule::MaxAge => claims.iat.is_some(),
        Rule::Iss => claims.iss.is_some(),
        Rule::Sub => claims.sub.is_some(),
        Rule::Aud => claims.aud.is_some(),
        Rule::Jti => claims.jti.is_some(),
    }
}

/// All findings of a policy for a verified token, and the resulting verdict.
///
/// # Example
/// ```
/// use jwtick_core::{Hs256, Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
/// # RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
/// let key = Hs256::new(b"a secret of at least thirty-two bytes")?;
/// let mut scratch = Scratch::<128>::new();
/// let token = Token::decode(compact, &mut scratch)?.verify(&key)?; // {"exp":1488307191}
/// let now = TimeBounds::around(UnixTime::from_secs(1_488_307_190), Span::from_secs(2));
///
/// let judgement = token.judgement(&Policy::RFC7519, now);
/// assert_eq!(judgement.verdict(), Verdict::Undecided);
/// let margin = judgement.tightest().unwrap();
/// assert_eq!((margin.least(), margin.most()), (Span::from_secs(-1), Span::from_secs(3)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    findings: Findings,
}

impl Judgement {
    pub(super) const fn of(findings: Findings) -> Self {
        Self { findings }
    }

    /// All findings.
    #[must_use]
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Combines the findings by Kleene's "and"; without findings, the verdict is accept.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.findings.iter().fold(Verdict::Accept, |all, finding| all.and(finding.verdict()))
    }

    /// The decisive margin, as in [`Findings::tightest`].
    #[must_use]
    pub fn tightest(&self) -> Option<Margin> {
        self.findings.tightest()
    }
}
