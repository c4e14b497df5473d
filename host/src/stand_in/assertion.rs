//! Examining an assertion by RFC 7523 §3: decode, verify, judge, each by the core.

use jwtick_core::judge::{Enforcement, Finding, Rule};
use jwtick_core::token::Claims;
use jwtick_core::{Policy, Scratch, Span, TimeBounds, Token, UnixTime};

use super::reason::{self, Reason};
use super::registry::Registry;
use super::replay::{Replays, Shown};
use crate::verification::{Demands, Outcome, Payload, Room, check};

/// Bytes of decoded segments: three quarters of the longest content that the server takes.
const ROOM: usize = 48 * 1024;

/// What is demanded of every assertion.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) leeway: Span,
    /// How far ahead `exp` may lie.
    pub(crate) max_lifetime: Option<Span>,
    pub(crate) future_iat: Enforcement,
    /// Claims beyond those that RFC 7523 §3 demands.
    pub(crate) required: Vec<Rule>,
}

impl Terms {
    /// What RFC 7523 §3 demands, and nothing that it leaves to the server.
    pub(crate) const RFC7523: Self = Self {
        leeway: Span::ZERO,
        max_lifetime: None,
        future_iat: Enforcement::Report,
        required: vec![],
    };
}

/// What an assertion is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A grant (RFC 7523 §2.1).
    Grant,
    /// To authenticate the client that made it (RFC 7523 §2.2).
    Client,
}

/// Whom an assertion speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) issuer: String,
    pub(crate) subject: String,
}

/// What examining an assertion came to.
pub(crate) struct Examined {
    pub(crate) result: Result<Holder, Refused>,
    /// Everything that the core measured, for the log.
    pub(crate) findings: Vec<Finding>,
}

impl Examined {
    const fn refused(reason: Reason) -> Self {
        Self { result: Err(Refused::For(reason)), findings: vec![] }
    }
}

/// Why an assertion gets nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is not acceptable.
    For(Reason),
    /// No more identifiers can be remembered for now.
    Busy,
}

/// Verifies assertions, each by the keys of its issuer.
pub(crate) struct AssertionVerifier {
    pub(crate) registry: Registry,
    pub(crate) terms: Terms,
    /// The names that this server answers to.
    pub(crate) audiences: Vec<String>,
    pub(crate) replays: Replays,
}

impl AssertionVerifier {
    /// Examines an assertion at `now`, by the clock of a node; `slowest` is the least that any
    /// node's clock shows.
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
        let demands = Demands { algorithms: &[], payload: Payload::Claims, policy, utc };
        let mut last = Examined::refused(Reason::UnknownKey);
        for keys in self.registry.keys_of(&issuer) {
            let mut room = Box::new(Room::<ROOM>::new());
            let Ok(outcome) = check(compact.as_bytes(), &mut room, keys, &demands) else {
                continue; // an algorithm that no key of this source can check
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
        let result = match (reason::of(outcome), &outcome.claims) {
            (Some(reason), _) => Err(Refused::For(reason)),
            (None, None) => Err(Refused::For(Reason::Malformed)),
            (None, Some(claims)) => self.spend(claims, policy, slowest),
        };
        Examined { result, findings }
    }

    // Last of all: what is refused for another reason is not used up.
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

/// The issuer that an assertion names, which is not verified yet: it only chooses the keys.
fn issuer(compact: &str) -> Result<String, Reason> {
    let mut scratch = Box::new(Scratch::<ROOM>::new());
    let token = Token::decode(compact.as_bytes(), &mut scratch).map_err(|_| Reason::Malformed)?;
    let issuer = token.unverified_claims().iss.map(|issuer| issuer.to_string());
    issuer.ok_or(Reason::Missing(Rule::Iss))
}

/// The client that gets a token, and the measurements made on the way.
pub(crate) struct Granted {
    pub(crate) holder: Holder,
    pub(crate) scope: Option<String>,
    pub(crate) findings: Vec<Finding>,
}
