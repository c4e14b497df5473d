//! Judges the claims of a token whose signature is good, by the policy of its issuer.

use jwtick_core::judge::{Finding, Findings, Rule};
use jwtick_core::token::Claims;
use jwtick_core::{Policy, Span, TimeBounds, Verdict};

use super::choice::{Profile, Undecided};
use super::decision::{About, Detail, Refusal};
use super::policy::IssuerPolicy;
use super::reason::Reason;

/// Judges the claims. Several faults give one reason: a party that is wrong comes before the time,
/// since waiting does not mend it.
pub(super) fn judged(
    policy: &IssuerPolicy,
    undecided: Undecided,
    claims: &Claims<'_>,
    utc: TimeBounds,
    about: &mut About,
) -> Result<Verdict, Refusal> {
    let found = findings(policy, claims, utc);
    about.utc = Some(utc);
    about.findings = found.iter().copied().collect();
    let refuse = |reason| Refusal::new(reason, about.clone());
    let refused = found.iter().filter(|finding| finding.verdict() == Verdict::Reject);
    let (dates, parties): (Vec<&Finding>, Vec<_>) = refused.partition(|it| it.margin().is_some());
    if let Some(party) = parties.first() {
        return Err(refuse(of_party(party)));
    }
    if let Some(name) = lacking(policy, claims) {
        return Err(refuse(Reason::MissingClaim).with(Detail::Member(name.to_owned())));
    }
    let broken = policy.conditions.iter().map(|it| it.check(claims)).find(|it| !it.holds);
    if let Some(broken) = broken {
        return Err(refuse(Reason::Condition).with(Detail::Claim(broken)));
    }
    if let Some(date) = dates.first() {
        return Err(refuse(of_date(date.rule())));
    }
    let verdict: Verdict = found.iter().map(Finding::verdict).collect();
    let allows = policy.undecided.unwrap_or(undecided) == Undecided::Allow;
    match verdict {
        Verdict::Undecided if !allows && utc.is_open() => Err(refuse(Reason::ClockUnknown)),
        Verdict::Undecided if !allows => Err(refuse(Reason::Undecided)),
        verdict => Ok(verdict),
    }
}

fn findings(policy: &IssuerPolicy, claims: &Claims<'_>, utc: TimeBounds) -> Findings {
    fn named(names: &[String]) -> Vec<&str> {
        names.iter().map(String::as_str).collect()
    }
    let audiences = policy.audiences.as_deref().map(named);
    let subjects = named(&policy.subjects);
    let mut demands = Policy::RFC7519.with_leeway(policy.leeway).any_audience();
    if let Some(audiences) = &audiences {
        demands = demands.with_audiences(audiences);
    }
    if !subjects.is_empty() {
        demands = demands.with_subjects(&subjects);
    }
    if let Some(age) = policy.max_age {
        demands = demands.with_max_age(age);
    }
    if let Some(lifetime) = policy.max_lifetime {
        demands = demands.with_max_lifetime(lifetime);
    }
    let profile: &[Rule] = match policy.profile {
        Profile::Any => &[],
        // RFC 9068 §2.2. `client_id` is not a registered claim of RFC 7519.
        Profile::Rfc9068 => &[Rule::Iss, Rule::Exp, Rule::Aud, Rule::Sub, Rule::Iat, Rule::Jti],
    };
    let required = policy.require.iter().chain(profile);
    let demands = required.fold(demands, |demands, &rule| demands.require(rule));
    demands.findings_of_unverified(claims, utc)
}

/// A claim that the profile requires and that no rule is about.
fn lacking(policy: &IssuerPolicy, claims: &Claims<'_>) -> Option<&'static str> {
    let has = claims.get("client_id").is_some_and(|id| id.text().is_some());
    (policy.profile == Profile::Rfc9068 && !has).then_some("client_id")
}

const fn of_party(finding: &Finding) -> Reason {
    match finding {
        Finding::Mismatched(Rule::Iss) => Reason::UnknownIssuer,
        Finding::Mismatched(Rule::Aud) => Reason::Audience,
        Finding::Mismatched(_) => Reason::Subject,
        _ => Reason::MissingClaim,
    }
}

const fn of_date(rule: Rule) -> Reason {
    match rule {
        Rule::Nbf => Reason::NotYetValid,
        Rule::Iat => Reason::IssuedInFuture,
        Rule::MaxAge => Reason::TooOld,
        Rule::Lifetime => Reason::LifetimeTooLong,
        _ => Reason::Expired,
    }
}

/// The least leeway, in whole seconds, with which every date would hold at every instant of the bounds.
pub(super) fn least_leeway(findings: &[Finding]) -> Option<Span> {
    const SECOND: i64 = 1_000_000;
    let refused = findings.iter().filter(|finding| finding.verdict() != Verdict::Accept);
    let least = refused.filter_map(Finding::margin).map(|margin| {
        let margin = margin.without_leeway();
        let short = margin.least().as_micros().saturating_neg();
        // A token is refused at `exp` itself.
        let open = i64::from(margin.rule() == Rule::Exp);
        (margin.least() != Span::MIN).then(|| short.saturating_add(open).max(0))
    });
    let micros = least.collect::<Option<Vec<i64>>>()?.into_iter().max()?;
    let secs = micros.saturating_add(SECOND - 1).checked_div(SECOND)?;
    Some(Span::from_secs(secs))
}

#[cfg(test)]
mod tests {
    use jwtick_core::{Scratch, UnixTime};

    use super::*;

    const NOW: i64 = 1_000;

    /// The findings and the least leeway of a token under a policy with a maximum age of 100 s.
    fn leeway(claims: &str, leeway: i64, width: i64) -> Option<i64> {
        let mut policy =
            IssuerPolicy::strict("login", super::super::policy::KeysFrom::File("k".into()), None);
        policy.leeway = Span::from_secs(leeway);
        policy.max_age = Some(Span::from_secs(100));
        let (earliest, latest) = (UnixTime::from_secs(NOW), UnixTime::from_secs(NOW + width));
        let utc = TimeBounds::between(earliest, latest).unwrap();
        let mut index = Scratch::<0>::new();
        let claims = Claims::parse(claims.as_bytes(), &mut index).unwrap();
        let found: Vec<Finding> = findings(&policy, &claims, utc).iter().copied().collect();
        least_leeway(&found).map(Span::floor_secs)
    }

    #[test]
    fn least_leeway_is_the_first_with_which_every_date_holds() {
        /// Claims, leeway of the policy, width of the bounds, and the least leeway.
        const ROWS: &[(&str, i64, i64, Option<i64>)] = &[
            (r#"{"exp":996,"iat":990}"#, 0, 0, Some(5)),
            (r#"{"exp":996.5,"iat":990}"#, 0, 0, Some(4)),
            (r#"{"exp":1000,"iat":990}"#, 0, 0, Some(1)),
            (r#"{"exp":996,"iat":990}"#, 3, 0, Some(5)),
            (r#"{"exp":996,"iat":990}"#, 0, 2, Some(7)),
            (r#"{"exp":1001,"iat":990}"#, 0, 2, Some(2)),
            (r#"{"exp":2000,"nbf":1004,"iat":990}"#, 0, 0, Some(4)),
            (r#"{"exp":2000,"iat":880}"#, 0, 0, Some(20)),
            (r#"{"exp":996,"nbf":1010,"iat":990}"#, 0, 0, Some(10)),
            (r#"{"exp":2000,"iat":990}"#, 0, 0, None),
        ];
        for &(claims, policy, width, expected) in ROWS {
            assert_eq!(leeway(claims, policy, width), expected, "{claims} {policy} {width}");
            let Some(least) = expected else { continue };
            assert_eq!(leeway(claims, least, width), None, "{claims}: enough");
            assert!(leeway(claims, least - 1, width).is_some(), "{claims}: too little");
        }
    }
}
