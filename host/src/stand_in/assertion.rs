//! Examines an assertion by RFC 7523 §3 with the core: decode, verify, judge. Used assertions are
//! remembered (item 7), for as long as the core determines.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jwtick_core::judge::{Enforcement, Finding, Rule};
use jwtick_core::token::Claims;
use jwtick_core::{Policy, Scratch, Span, TimeBounds, Token, UnixTime};

use super::answer::{Reason, reason_of};
use super::registry::Registry;
use crate::verification::{Demands, Kinds, Outcome, Payload, Room, check};

/// Buffer for decoded segments: three quarters of the longest body that the server accepts.
const ROOM: usize = 48 * 1024;

/// The requirements for every assertion.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) leeway: Span,
    /// Maximum time from now to `exp`.
    pub(crate) max_lifetime: Option<Span>,
    pub(crate) future_iat: Enforcement,
    /// Required claims in addition to those of RFC 7523 §3.
    pub(crate) required: Vec<Rule>,
}

impl Terms {
    /// The requirements of RFC 7523 §3, without those that it leaves to the server.
    pub(crate) const RFC7523: Self = Self {
        leeway: Span::ZERO,
        max_lifetime: None,
        future_iat: Enforcement::Report,
        required: vec![],
    };
}

/// The purpose of an assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A grant (RFC 7523 §2.1).
    Grant,
    /// Authenticates the client that issued it (RFC 7523 §2.2).
    Client,
}

impl Purpose {
    // The draft of the successor to RFC 7523 (draft-ietf-oauth-rfc7523bis) gives each its own kind.
    const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Grant => &["authorization-grant+jwt"],
            Self::Client => &["client-authentication+jwt"],
        }
    }
}

/// The party that an assertion represents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) issuer: String,
    pub(crate) subject: String,
}

/// The result of examining an assertion.
pub(crate) struct Examined {
    pub(crate) result: Result<Holder, Refused>,
    /// All findings of the core, for the log.
    pub(crate) findings: Vec<Finding>,
}

impl Examined {
    const fn refused(reason: Reason) -> Self {
        Self { result: Err(Refused::For(reason)), findings: vec![] }
    }
}

/// Reasons why an assertion is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The assertion is not acceptable.
    For(Reason),
    /// The memory for used identifiers is full.
    Busy,
}

/// Verifies assertions with the keys of their issuers.
pub(crate) struct AssertionVerifier {
    pub(crate) registry: Registry,
    pub(crate) terms: Terms,
    /// The accepted names of this server.
    pub(crate) audiences: Vec<String>,
    pub(crate) replays: Replays,
}

impl AssertionVerifier {
    /// Examines an assertion at `now`, the time of a node's clock; `slowest` is the earliest time
    /// on any node's clock.
    pub(crate) fn examine(
        &self,
        compact: &str,
        purpose: Purpose,
        now: UnixTime,
        slowest: UnixTime,
    ) -> Examined {
        let issuer = match issuer(compact) {
            Ok(issuer) => issuer,
            Err(reason) => return Examined::refused(reason),
        };
        let audiences: Vec<&str> = self.audiences.iter().map(String::as_str).collect();
        let subjects = [issuer.as_str()];
        let policy = self.policy(purpose, &subjects, &audiences);
        let utc = TimeBounds::exactly(now);
        let kinds = Kinds::General { also: purpose.kinds() };
        let demands = Demands {
            algorithms: &[],
            kinds,
            payload: Payload::Claims,
            policy,
            conditions: &[],
            utc,
        };
        let mut last = Examined::refused(Reason::UnknownKey);
        for keys in self.registry.keys_of(&issuer) {
            let mut room = Box::new(Room::<ROOM>::new());
            let Ok(outcome) = check(compact.as_bytes(), &mut room, keys, &demands) else {
                continue; // no key of this source supports the algorithm
            };
            last = self.weigh(&outcome, &policy, slowest);
            if !matches!(last.result, Err(Refused::For(Reason::Signature | Reason::UnknownKey))) {
                break;
            }
        }
        last
    }

    fn policy<'p>(
        &self,
        purpose: Purpose,
        subjects: &'p [&'p str],
        audiences: &'p [&'p str],
    ) -> Policy<'p> {
        let terms = &self.terms;
        let mut policy = Policy::RFC7523
            .with_audiences(audiences)
            .with_leeway(terms.leeway)
            .with_future_iat(terms.future_iat);
        if purpose == Purpose::Client {
            policy = policy.with_subjects(subjects);
        }
        if let Some(most) = terms.max_lifetime {
            policy = policy.with_max_lifetime(most);
        }
        terms.required.iter().fold(policy, |policy, rule| policy.require(*rule))
    }

    fn weigh(&self, outcome: &Outcome<'_>, policy: &Policy<'_>, slowest: UnixTime) -> Examined {
        let findings = outcome.findings().copied().collect();
        let result = match (reason_of(outcome), &outcome.claims) {
            (Some(reason), _) => Err(Refused::For(reason)),
            (None, None) => Err(Refused::For(Reason::Malformed)),
            (None, Some(claims)) => self.spend(claims, policy, slowest),
        };
        Examined { result, findings }
    }

    // This check comes last: an assertion refused for another reason is not used up.
    fn spend(
        &self,
        claims: &Claims<'_>,
        policy: &Policy<'_>,
        slowest: UnixTime,
    ) -> Result<Holder, Refused> {
        let text = |rule, claim: Option<jwtick_core::token::Text<'_>>| {
            claim.map(|text| text.to_string()).ok_or(Refused::For(Reason::Missing(rule)))
        };
        let holder =
            Holder { issuer: text(Rule::Iss, claims.iss)?, subject: text(Rule::Sub, claims.sub)? };
        let Some(jti) = claims.jti else { return Ok(holder) };
        let id = (holder.issuer.clone(), jti.to_string());
        match self.replays.show(id, policy.rejects_after(claims), slowest) {
            Shown::First => Ok(holder),
            Shown::Again => Err(Refused::For(Reason::Replayed)),
            Shown::Full => Err(Refused::Busy),
        }
    }
}

/// Returns the issuer that an assertion names. It is unverified and only selects the keys.
fn issuer(compact: &str) -> Result<String, Reason> {
    let mut scratch = Box::new(Scratch::<ROOM>::new());
    let token = Token::decode(compact.as_bytes(), &mut scratch).map_err(|_| Reason::Malformed)?;
    let issuer = token.unverified_claims().iss.map(|issuer| issuer.to_string());
    issuer.ok_or(Reason::Missing(Rule::Iss))
}

/// The client that receives a token, and the findings about its assertion.
pub(crate) struct Granted {
    pub(crate) holder: Holder,
    pub(crate) scope: Option<String>,
    pub(crate) findings: Vec<Finding>,
}

/// Maximum number of remembered identifiers. The request limit bounds the length of each. When the
/// memory is full, clients must wait, since forgetting an identifier would permit its reuse.
const MOST: usize = 100_000;

/// The result of presenting an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    First,
    Again,
    /// The memory is full until an older identifier expires.
    Full,
}

/// The used identifiers, each with its issuer: `jti` is unique only for one issuer (RFC 7519
/// §4.1.7).
#[derive(Debug)]
pub(crate) struct Replays {
    used: Mutex<HashMap<(String, String), UnixTime>>,
    most: usize,
}

impl Replays {
    pub(crate) fn new() -> Self {
        Self { used: Mutex::new(HashMap::new()), most: MOST }
    }

    /// Records an identifier that is usable until `until`; of simultaneous requests, only one is
    /// first.
    pub(crate) fn show(&self, id: (String, String), until: UnixTime, now: UnixTime) -> Shown {
        // A panic cannot leave a partial change, since each change is one call.
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.contains_key(&id) {
            return Shown::Again;
        }
        if used.len() >= self.most {
            used.retain(|_, until| *until >= now);
        }
        if used.len() >= self.most {
            return Shown::Full;
        }
        used.insert(id, until);
        Shown::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifier_is_remembered_while_usable() {
        let replays = Replays { most: 2, ..Replays::new() };
        let id = |jti: &str| ("joe".to_owned(), jti.to_owned());
        let rows = [
            ("a, until 10", id("a"), 10, 0, Shown::First),
            ("a again", id("a"), 10, 1, Shown::Again),
            ("another issuer's", ("eve".to_owned(), "a".to_owned()), 20, 1, Shown::First),
            ("full", id("b"), 30, 5, Shown::Full),
            ("full at the last instant of a", id("b"), 30, 10, Shown::Full),
            ("a is over", id("b"), 30, 11, Shown::First),
            ("so that a is new", id("a"), 30, 21, Shown::First),
        ];
        for (name, id, until, now, expected) in rows {
            let at = UnixTime::from_secs;
            assert_eq!(replays.show(id, at(until), at(now)), expected, "{name}");
        }
    }
}
