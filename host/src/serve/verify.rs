//! Decides about a request: decode → issuer → key → signature → judge → scope.
//!
//! Time, audience and scope are judged for every request; only "the signature is good" may be
//! remembered, with what the token says. A token that was accepted once would otherwise outlive its `exp`.

use std::sync::Arc;

use jwtick_core::token::{Claims, DecodeError, Header, Jws};
use jwtick_core::{Scratch, Verdict};

use super::choice::Profile;
use super::decision::{About, Allowed, Decision, Detail, Refusal};
use super::dpop::{Proving, Unproved};
use super::grant;
use super::judging::{judged, least_leeway};
use super::line::KeySet;
use super::once::Once;
use super::policy::IssuerPolicy;
use super::reason::Reason;
use super::request::Asked;
use super::service::{InForce, Issuer};
use super::signatures::{LONGEST, Mark};
use super::stop::{Refused, Stop, unauthentic, unreadable};
use crate::keys::NotAuthentic;
use crate::verification::{Kinds, Problem};

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
        Err(Refused { mut refusal, in_time }) => {
            refusal.about.scheme = Some(credentials.scheme);
            if let Some(allowed) = in_time
                && may_be_used(service, &allowed).await
            {
                refusal.leeway = None;
            }
            refusal.into()
        }
    }
}

/// Returns true unless the store shows that neither the token nor its proof was used before.
async fn may_be_used(service: &InForce, allowed: &Allowed) -> bool {
    for once in allowed.once.into_iter().flatten() {
        if once.may_be_used(service.store.as_deref()).await {
            return true;
        }
    }
    false
}

/// The last check of all: a proof, and a token that may be used once, have not been used.
async fn first_use(service: &InForce, allowed: Allowed) -> Decision {
    for once in allowed.once.into_iter().flatten() {
        let inserted = once.insert(service.store.as_deref(), &service.lasting.metrics).await;
        if let Err((reason, fault)) = inserted {
            let detail = fault.map(|fault| Box::new(Detail::Store(fault)));
            return Refusal { detail, ..Refusal::new(reason, allowed.about) }.into();
        }
    }
    Decision::Allow(allowed)
}

/// Examines a token: everything that does not depend on the request. `finish` sees the claims of a
/// token that is good, or that may be good if the policy allows that.
///
/// # Errors
/// The refusal.
pub(super) async fn examine<T>(
    service: &InForce,
    token: &str,
    finish: &impl Fn(&Issuer, &Claims<'_>, About, Verdict) -> Result<T, Refusal>,
) -> Result<T, Refused<T>> {
    match attempt(service, token, None, finish) {
        Err(Stop::KeyUnknown(issuer, refusal)) => {
            // Rare, and large: every request would have to move it.
            let Some(keys) = Box::pin(issuer.keyring.refetched()).await else {
                return Err((*refusal).into());
            };
            attempt(service, token, Some(&keys), finish).map_err(Stop::refused)
        }
        other => other.map_err(Stop::refused),
    }
}

/// Size of the decoded segments of most tokens, which are decoded on the stack.
const USUAL: usize = 2 * 1024;

fn attempt<T>(
    service: &InForce,
    token: &str,
    keys: Option<&Arc<KeySet>>,
    finish: &impl Fn(&Issuer, &Claims<'_>, About, Verdict) -> Result<T, Refusal>,
) -> Result<T, Stop<T>> {
    let token = token.as_bytes();
    let signatures = &service.lasting.signatures;
    let mark = service.remembers.then(|| Mark::of(token));
    if let Some(mark) = mark
        && let Some(good) = signatures.get(&mark)
        && let Ok(header) = good.header()
    {
        let read = Read { token, header, payload: good.payload() };
        let verify = |keys: &KeySet| signatures.still(&good, keys, token, mark);
        return judge(service, read, keys, verify, finish);
    }
    let room = (&mut Scratch::<USUAL>::new(), &mut None::<Box<Scratch<LONGEST>>>);
    let jws = match token.len() <= USUAL {
        true => Jws::decode(token, room.0),
        false => Jws::decode(token, room.1.insert(Box::new(Scratch::new()))),
    };
    let jws = jws.map_err(|fault| unreadable(token, fault))?;
    let read = Read { token, header: *jws.header(), payload: jws.unverified_payload() };
    judge(service, read, keys, |keys| signatures.verify(keys, jws, mark), finish)
}

/// A decoded token.
struct Read<'t> {
    token: &'t [u8],
    header: Header<'t>,
    payload: &'t [u8],
}

/// Judges a decoded token. `verify` is called once its keys are known.
fn judge<T>(
    service: &InForce,
    Read { token, header, payload }: Read<'_>,
    refetched: Option<&Arc<KeySet>>,
    verify: impl FnOnce(&KeySet) -> Result<(), NotAuthentic>,
    finish: &impl Fn(&Issuer, &Claims<'_>, About, Verdict) -> Result<T, Refusal>,
) -> Result<T, Stop<T>> {
    let mut index = Scratch::<0>::new();
    let claims = Claims::parse(payload, &mut index)
        .map_err(|fault| unreadable(token, DecodeError::Claims(fault)))?;
    let mut about = About::of(&header, &claims);
    let Some(issuer) = service.issuer_of(&claims) else {
        return Err(Refusal::new(Reason::UnknownIssuer, about).into());
    };
    about.issuer = Some(Arc::clone(&issuer.name));
    let policy = &issuer.policy;
    if let Some((reason, problem)) = refused_header(policy, &header) {
        return Err(Refusal::new(reason, about).with(Detail::Token(problem)).into());
    }
    let Some(keys) = refetched.cloned().or_else(|| issuer.keyring.current()) else {
        return Err(Refusal::new(Reason::KeysUnavailable, about).into());
    };
    if let Err(fault) = verify(&keys) {
        return Err(unauthentic(fault, issuer, about));
    }
    let utc = service.lasting.clock.now();
    match judged(policy, service.policy.undecided, &claims, utc, &mut about) {
        Ok(verdict) => Ok(finish(issuer, &claims, about, verdict)?),
        Err(refusal) => {
            let in_time =
                refusal.is_of_time().then(|| finish(issuer, &claims, about, Verdict::Accept).ok());
            let in_time = in_time.flatten();
            let leeway = in_time.as_ref().and_then(|_| least_leeway(&refusal.about.findings));
            let refusal = Refusal { leeway, ..refusal };
            Err(Stop::Refused(Box::new(Refused { refusal, in_time })))
        }
    }
}

fn refused_header(policy: &IssuerPolicy, header: &Header<'_>) -> Option<(Reason, Problem)> {
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
        Err(fault) => return Err(Refusal { about: Box::new(about), ..fault.into() }),
    };
    if !grant::holds(claims, &needed) {
        let scopes = needed.into_iter().map(str::to_owned).collect();
        return Err(Refusal { scopes, ..Refusal::new(Reason::Scope, about) });
    }
    proved(service, asked, issuer, claims, &mut about)?;
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
) -> Result<[Option<Once>; 2], Reason> {
    let Some(utc) = about.utc else { return Err(Reason::ClockUnknown) };
    let longest = service.policy.longest;
    let token = Once::of(&issuer.policy, claims, &about.findings, utc, longest);
    let proof = about.proof.as_ref().map(|proof| Once::of_proof(proof, utc, longest)).transpose();
    Ok([proof?, token?])
}

/// Checks the proof of possession, if the token needs one. A policy may let undecided tokens pass, but not
/// undecided proofs: the entry of a proof ends when no clock accepts it any more, and clocks for which it is
/// undecided then may still exist.
fn proved(
    service: &InForce,
    asked: &Asked<'_>,
    issuer: &Issuer,
    claims: &Claims<'_>,
    about: &mut About,
) -> Result<(), Refusal> {
    let (Some(credentials), Some(utc)) = (asked.credentials, about.utc) else {
        return Ok(());
    };
    let (policy, key) = (&service.policy, &service.nonces);
    let proving = Proving { policy, issuer: &issuer.policy, key, utc };
    match proving.check(asked, credentials, claims) {
        Ok(proved) => {
            (about.proof, about.nonce) = (proved.presented, proved.nonce);
            Ok(())
        }
        Err(Unproved { reason, fault, presented, nonce }) => {
            (about.proof, about.nonce) = (presented.map(|it| *it), nonce);
            Err(Refusal::new(reason, about.clone()).with(Detail::Proof(fault)))
        }
    }
}
