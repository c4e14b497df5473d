//! Decides about a request: decode → issuer → key → signature → judge → scope.
//!
//! Time, audience and scope are judged for every request; only "the signature is good" may be
//! remembered. A token that was accepted once would otherwise outlive its `exp`.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use jwtick_core::dpop::Nonce;
use jwtick_core::judge::{Finding, Findings, Rule};
use jwtick_core::token::{Claims, DecodeError, Jws};
use jwtick_core::{Policy, Scratch, Span, TimeBounds, UnixTime, Verdict};

use super::dpop::{Presented, Proving, Unproved, Unproven};
use super::grant;
use super::line::KeySet;
use super::once::Once;
use super::policy::{IssuerPolicy, Profile, Undecided};
use super::reason::Reason;
use super::replay::StoreFault;
use super::request::{Ambiguous, Asked, Scheme};
use super::service::{InForce, Issuer};
use crate::input::tokens::is_encrypted;
use crate::keys::NotAuthentic;
use crate::verification::{Checked, Kinds, Problem};

/// The decision about a request.
#[derive(Debug)]
pub(crate) enum Decision {
    Allow(Allowed),
    Refuse(Refusal),
    /// The token may be good, but this service cannot tell.
    Undecided(Refusal),
}

/// What is known about a token, for the log. It holds nothing that could be used as one.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// The name of the issuer in the configuration.
    pub(crate) issuer: Option<Arc<str>>,
    pub(crate) alg: Option<&'static str>,
    pub(crate) kid: Option<String>,
    pub(crate) jti: Option<String>,
    pub(crate) iat: Option<UnixTime>,
    pub(crate) nbf: Option<UnixTime>,
    pub(crate) exp: Option<UnixTime>,
    pub(crate) utc: Option<TimeBounds>,
    pub(crate) findings: Vec<Finding>,
    /// The scheme that the token came with.
    pub(crate) scheme: Option<Scheme>,
    /// The proof of possession, if its signature is valid.
    pub(crate) proof: Option<Presented>,
    /// A nonce for the next proof of the client.
    pub(crate) nonce: Option<Nonce>,
}

/// A request that may pass.
#[derive(Debug)]
pub(crate) struct Allowed {
    pub(crate) about: About,
    pub(crate) identity: Vec<(HeaderName, HeaderValue)>,
    /// [`Verdict::Undecided`] if the policy lets undecided tokens pass.
    pub(crate) verdict: Verdict,
    /// The entry of a token that passes only once.
    pub(crate) once: Option<Once>,
}

/// A request that may not pass.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) reason: Reason,
    pub(crate) about: About,
    pub(crate) detail: Option<Detail>,
    /// The scopes that the request needs, if the token lacks one of them.
    pub(crate) scopes: Vec<String>,
    /// The least leeway, in whole seconds, that would have let the token pass.
    pub(crate) leeway: Option<Span>,
}

/// The fault that was found, if the findings do not show it.
#[derive(Debug)]
pub(crate) enum Detail {
    Request(Ambiguous),
    Token(Problem),
    /// A condition of the policy does not hold.
    Claim(Checked),
    /// A claim that the profile or an identity header needs, which cannot be used.
    Member(String),
    /// The store of used tokens does not work.
    Store(StoreFault),
    Proof(Unproven),
}

impl Refusal {
    pub(super) fn new(reason: Reason, about: About) -> Self {
        Self { reason, about, detail: None, scopes: vec![], leeway: None }
    }

    /// Returns true if only the time is against the token, as far as it was examined.
    pub(crate) const fn is_of_time(&self) -> bool {
        matches!(
            self.reason,
            Reason::Expired
                | Reason::NotYetValid
                | Reason::IssuedInFuture
                | Reason::TooOld
                | Reason::LifetimeTooLong
                | Reason::Undecided
        )
    }

    /// The date that decided, if it was one.
    pub(crate) fn date(&self) -> Option<&Finding> {
        let dates = self.about.findings.iter().filter(|finding| finding.margin().is_some());
        let against = |verdict| dates.clone().find(move |it| it.verdict() == verdict);
        let decided = against(Verdict::Reject).or_else(|| against(Verdict::Undecided));
        decided.filter(|_| self.is_of_time())
    }

    fn with(self, detail: Detail) -> Self {
        Self { detail: Some(detail), ..self }
    }
}

impl From<Ambiguous> for Refusal {
    fn from(fault: Ambiguous) -> Self {
        Self::new(Reason::InvalidRequest, About::default()).with(Detail::Request(fault))
    }
}

impl Decision {
    /// What is known about the token.
    pub(crate) const fn about(&self) -> &About {
        match self {
            Self::Allow(allowed) => &allowed.about,
            Self::Refuse(refusal) | Self::Undecided(refusal) => &refusal.about,
        }
    }
}

impl From<Refusal> for Decision {
    fn from(refusal: Refusal) -> Self {
        if refusal.reason.is_undecided() { Self::Undecided(refusal) } else { Self::Refuse(refusal) }
    }
}

/// Decides whether a request may pass.
pub(crate) async fn decide(service: &InForce, asked: &Asked<'_>) -> Decision {
    let Some(credentials) = asked.credentials else {
        return Refusal::new(Reason::NoToken, About::default()).into();
    };
    let finish = |issuer: &Issuer, claims: &Claims<'_>, about: About, verdict: Verdict| {
        admit(service, asked, issuer, claims, about, verdict)
    };
    match examine(service, credentials.token, &finish).await {
        Ok(allowed) => first_use(service, allowed).await,
        Err(mut refusal) => {
            refusal.about.scheme = Some(credentials.scheme);
            refusal.into()
        }
    }
}

/// The last check of all: a token that may be used once has not been used.
async fn first_use(service: &InForce, allowed: Allowed) -> Decision {
    let Some(once) = allowed.once else { return Decision::Allow(allowed) };
    match once.insert(service.store.as_deref(), &service.lasting.metrics).await {
        Ok(()) => Decision::Allow(allowed),
        Err((reason, fault)) => {
            let detail = fault.map(Detail::Store);
            Refusal { detail, ..Refusal::new(reason, allowed.about) }.into()
        }
    }
}

/// Examines a token: everything that does not depend on the request. `finish` sees the claims of a
/// token that is good, or that may be good if the policy allows that.
///
/// # Errors
/// The [`Refusal`].
pub(super) async fn examine<T>(
    service: &InForce,
    token: &str,
    finish: &impl Fn(&Issuer, &Claims<'_>, About, Verdict) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    match attempt(service, token, None, finish) {
        Err(Stop::KeyUnknown(issuer, refusal)) => {
            let Some(keys) = issuer.keyring.refetched().await else { return Err(*refusal) };
            attempt(service, token, Some(&keys), finish).map_err(Stop::refusal)
        }
        other => other.map_err(Stop::refusal),
    }
}

/// The reason why an attempt ended.
enum Stop {
    Refused(Box<Refusal>),
    /// The keys of the issuer may be too old.
    KeyUnknown(Arc<Issuer>, Box<Refusal>),
}

impl Stop {
    fn refusal(self) -> Refusal {
        match self {
            Self::Refused(refusal) | Self::KeyUnknown(_, refusal) => *refusal,
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Size of the decoded segments of most tokens, which are decoded on the stack.
const USUAL: usize = 2 * 1024;
/// Size of the decoded segments of the longest token, which fills the head of a request.
const LONGEST: usize = 24 * 1024;

fn attempt<T>(
    service: &InForce,
    token: &str,
    keys: Option<&Arc<KeySet>>,
    finish: &impl Fn(&Issuer, &Claims<'_>, About, Verdict) -> Result<T, Refusal>,
) -> Result<T, Stop> {
    if token.len() <= USUAL {
        attempt_in(service, token, keys, &mut Scratch::<USUAL>::new(), finish)
    } else {
        attempt_in(service, token, keys, &mut *Box::new(Scratch::<LONGEST>::new()), finish)
    }
}

fn attempt_in<T, const N: usize>(
    service: &InForce,
    token: &str,
    refetched: Option<&Arc<KeySet>>,
    room: &mut Scratch<N>,
    finish: &impl Fn(&Issuer, &Claims<'_>, About, Verdict) -> Result<T, Refusal>,
) -> Result<T, Stop> {
    let token = token.as_bytes();
    let jws = Jws::decode(token, room).map_err(|fault| unreadable(token, fault))?;
    let mut index = Scratch::<0>::new();
    let claims = Claims::parse(jws.unverified_payload(), &mut index)
        .map_err(|fault| unreadable(token, DecodeError::Claims(fault)))?;
    let mut about = About::of(&jws, &claims);
    let Some(issuer) = service.issuer_of(&claims) else {
        return Err(Refusal::new(Reason::UnknownIssuer, about).into());
    };
    about.issuer = Some(Arc::clone(&issuer.name));
    let policy = &issuer.policy;
    if let Some((reason, problem)) = refused_header(policy, &jws) {
        return Err(Refusal::new(reason, about).with(Detail::Token(problem)).into());
    }
    let Some(keys) = refetched.cloned().or_else(|| issuer.keyring.current()) else {
        return Err(Refusal::new(Reason::KeysUnavailable, about).into());
    };
    match service.lasting.signatures.verify(&keys, jws, token) {
        Ok(()) => {}
        Err(NotAuthentic::Signature) => {
            let problem = Detail::Token(Problem::Signature(None));
            return Err(Refusal::new(Reason::Signature, about).with(problem).into());
        }
        Err(NotAuthentic::Key(fault)) => {
            let may_be_new = fault.may_be_in_newer_set();
            let detail = Detail::Token(Problem::Key(fault));
            let refusal = Refusal::new(Reason::UnknownKey, about).with(detail);
            return Err(match may_be_new {
                true => Stop::KeyUnknown(Arc::clone(issuer), Box::new(refusal)),
                false => refusal.into(),
            });
        }
    }
    let utc = service.lasting.clock.now();
    match judged(service, policy, &claims, utc, &mut about) {
        Ok(verdict) => Ok(finish(issuer, &claims, about, verdict)?),
        Err(refusal) => {
            let sole =
                refusal.is_of_time() && finish(issuer, &claims, about, Verdict::Accept).is_ok();
            let leeway = sole.then(|| least_leeway(&refusal.about.findings)).flatten();
            Err(Refusal { leeway, ..refusal }.into())
        }
    }
}

/// The least leeway, in whole seconds, with which every date would hold at every instant of the bounds.
fn least_leeway(findings: &[Finding]) -> Option<Span> {
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

fn unreadable(token: &[u8], fault: DecodeError) -> Refusal {
    let (reason, problem) = if is_encrypted(token) {
        (Reason::Encrypted, Problem::Encrypted)
    } else {
        (Reason::Malformed, Problem::Decode(fault))
    };
    Refusal::new(reason, About::default()).with(Detail::Token(problem))
}

fn refused_header(policy: &IssuerPolicy, jws: &Jws<'_>) -> Option<(Reason, Problem)> {
    let header = jws.header();
    let (met, allowed) = (header.alg, &policy.algorithms);
    if !allowed.is_empty() && !allowed.contains(&met) {
        let allowed = allowed.clone();
        return Some((Reason::Algorithm, Problem::Algorithm { met, allowed }));
    }
    let types: Vec<&str> = policy.types.iter().map(String::as_str).collect();
    let kinds = match (policy.profile, types.is_empty()) {
        (_, false) => Kinds::Named(&types),
        (Profile::Rfc9068, true) => Kinds::Named(&["at+jwt"]),
        (Profile::Any, true) => Kinds::General { also: &[] },
    };
    kinds.refusal(header).map(|problem| (Reason::Type, problem))
}

/// Judges the claims. Several faults give one reason: a party that is wrong comes before the time,
/// since waiting does not mend it.
fn judged(
    service: &InForce,
    policy: &IssuerPolicy,
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
    let allows = policy.undecided.unwrap_or(service.policy.undecided) == Undecided::Allow;
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

/// Checks what depends on the request.
fn admit(
    service: &InForce,
    asked: &Asked<'_>,
    issuer: &Issuer,
    claims: &Claims<'_>,
    mut about: About,
    verdict: Verdict,
) -> Result<Allowed, Refusal> {
    let needed = match grant::needed(&issuer.policy, asked) {
        Ok(needed) => needed,
        Err(fault) => return Err(Refusal { about, ..fault.into() }),
    };
    if !grant::holds(claims, &needed) {
        let scopes = needed.into_iter().map(str::to_owned).collect();
        return Err(Refusal { scopes, ..Refusal::new(Reason::Scope, about) });
    }
    let verdict = verdict.and(proved(service, asked, issuer, claims, &mut about)?);
    match grant::identity(&issuer.policy, &service.identity, claims) {
        Ok(identity) => match once(service, issuer, claims, &about) {
            Ok(once) => Ok(Allowed { about, identity, verdict, once }),
            Err(reason) => Err(Refusal::new(reason, about)),
        },
        Err(claim) => {
            Err(Refusal::new(Reason::Condition, about).with(Detail::Member(claim.to_owned())))
        }
    }
}

fn once(
    service: &InForce,
    issuer: &Issuer,
    claims: &Claims<'_>,
    about: &About,
) -> Result<Option<Once>, Reason> {
    let Some(utc) = about.utc else { return Err(Reason::ClockUnknown) };
    let once = Once::of(&issuer.policy, claims, &about.findings, utc, service.policy.longest);
    if once == Err(Reason::ReplayLifetimeTooLong) {
        service.lasting.metrics.replay("too_long", None);
    }
    once
}

/// Checks the proof of possession, if the token needs one.
fn proved(
    service: &InForce,
    asked: &Asked<'_>,
    issuer: &Issuer,
    claims: &Claims<'_>,
    about: &mut About,
) -> Result<Verdict, Refusal> {
    let (Some(credentials), Some(utc)) = (asked.credentials, about.utc) else {
        return Ok(Verdict::Accept);
    };
    let (policy, key) = (&service.policy, &service.nonces);
    let proving = Proving { policy, issuer: &issuer.policy, key, utc };
    match proving.check(asked, credentials, claims) {
        Ok(proved) => {
            (about.proof, about.nonce) = (proved.presented, proved.nonce);
            Ok(proved.verdict)
        }
        Err(Unproved { reason, fault, presented, nonce }) => {
            (about.proof, about.nonce) = (presented, nonce);
            let allows = issuer.policy.undecided.unwrap_or(policy.undecided) == Undecided::Allow;
            if allows && matches!(reason, Reason::Undecided | Reason::ClockUnknown) {
                return Ok(Verdict::Undecided);
            }
            Err(Refusal::new(reason, about.clone()).with(Detail::Proof(fault)))
        }
    }
}

impl About {
    fn of(jws: &Jws<'_>, claims: &Claims<'_>) -> Self {
        let header = jws.header();
        Self {
            alg: Some(header.alg.name()),
            kid: header.kid.map(|kid| kid.to_string()),
            jti: claims.jti.map(|jti| jti.to_string()),
            iat: claims.iat.map(|date| date.at()),
            nbf: claims.nbf.map(|date| date.at()),
            exp: claims.exp.map(|date| date.at()),
            ..Self::default()
        }
    }
}
