//! decode → verify → judge, without stopping at the first failure.

use jwtick_core::token::{Algorithm, Claims, DecodeError, Header, Jws};
use jwtick_core::{Policy, Scratch, TimeBounds};
use zeroize::Zeroizing;

use super::condition::Condition;
use super::outcome::{Hint, Outcome, Problem, Signature};
use crate::input::tokens::is_encrypted;
use crate::keys::{
    Described, Form, Hmac, KeyError, Keys, NoFit, Octets, SecretEncoding, candidates,
};

/// The caller's requirements for a token.
pub(crate) struct Demands<'d> {
    pub(crate) algorithms: &'d [Algorithm],
    pub(crate) kinds: Kinds<'d>,
    pub(crate) payload: Payload,
    pub(crate) policy: Policy<'d>,
    pub(crate) conditions: &'d [Condition],
    pub(crate) utc: TimeBounds,
}

/// The kinds of tokens to accept (RFC 8725 §3.11).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kinds<'d> {
    /// The kinds that the caller names.
    Named(&'d [&'d str]),
    /// Any kind, except those that are made for one purpose and are not among these.
    General { also: &'d [&'d str] },
}

impl Kinds<'_> {
    /// Returns the problem with the kind of a token, if it is not among these.
    pub(crate) fn refusal(self, header: &Header<'_>) -> Option<Problem> {
        let (named, also) = match self {
            Self::Named(named) => (Some(named), None),
            Self::General { also } => (None, Some(also)),
        };
        let fault = header.check_type(named).err()?;
        let also = also.is_some_and(|also| header.check_type(Some(also)).is_ok());
        let named = named.unwrap_or_default().iter().map(|&name| name.to_owned()).collect();
        let met = header.typ.map(|typ| typ.to_string()).unwrap_or_default();
        (!also).then_some(Problem::Type { fault, met, named })
    }
}

/// Buffers for a token and for the index of its claims.
pub(crate) struct Room<const N: usize> {
    token: Scratch<N>,
    claims: Scratch<0>,
}

impl<const N: usize> Room<N> {
    pub(crate) const fn new() -> Self {
        Self { token: Scratch::new(), claims: Scratch::new() }
    }
}

/// Checks a token in compact form.
///
/// # Errors
/// [`KeyError::Unsupported`] if this version cannot check tokens or keys of this kind.
pub(crate) fn check<'a, const N: usize>(
    compact: &'a [u8],
    room: &'a mut Room<N>,
    keys: &Keys,
    demands: &Demands<'_>,
) -> Result<Outcome<'a>, KeyError> {
    let jws = match Jws::decode(compact, &mut room.token) {
        Ok(jws) => jws,
        Err(_) if is_encrypted(compact) => return Ok(Outcome::unreadable(Problem::Encrypted)),
        Err(fault) => return Ok(Outcome::unreadable(Problem::Decode(fault))),
    };
    let header = *jws.header();
    let (distrust, key) = authenticate(&jws, keys, demands.algorithms)?;
    let signature = match &distrust {
        None => Signature::Valid,
        Some(Problem::Signature(_)) => Signature::Invalid,
        Some(_) => Signature::Unchecked,
    };
    let claims = match demands.payload {
        Payload::Claims => Claims::parse(jws.unverified_payload(), &mut room.claims).map(Some),
        Payload::Any => Ok(None),
    };
    let (claims, malformed) = match claims {
        Ok(claims) => (claims, None),
        Err(fault) => (None, Some(Problem::Decode(DecodeError::Claims(fault)))),
    };
    let findings =
        claims.as_ref().map(|claims| demands.policy.findings_of_unverified(claims, demands.utc));
    let conditions = claims
        .iter()
        .flat_map(|claims| demands.conditions.iter().map(move |condition| condition.check(claims)));
    let conditions = conditions.collect();
    let addressed = claims.as_ref().is_some_and(|claims| claims.aud.is_some());
    let stranger = addressed && !demands.policy.names_audience();
    let problem = malformed
        .or_else(|| demands.kinds.refusal(&header))
        .or(distrust)
        .or_else(|| stranger.then_some(Problem::Audience));
    Ok(Outcome { header: Some(header), claims, signature, key, findings, conditions, problem })
}

/// Returns the reason why the token is not authentic, or `None` if it is; and the key that verified
/// it, or else the only key that was tried.
fn authenticate(
    jws: &Jws<'_>,
    keys: &Keys,
    allowed: &[Algorithm],
) -> Result<(Option<Problem>, Option<Described>), KeyError> {
    let met = jws.header().alg;
    if !allowed.is_empty() && !allowed.contains(&met) {
        return Ok((Some(Problem::Algorithm { met, allowed: allowed.to_vec() }), None));
    }
    let candidates = match candidates(keys, jws.header()) {
        Ok(candidates) => candidates,
        Err(NoFit::Unsupported(algorithm)) => return Err(KeyError::Unsupported(algorithm)),
        Err(fault) => return Ok((Some(Problem::Key(fault)), None)),
    };
    let vouching = candidates.iter().find(|&key| jws.clone().verify(key).is_ok());
    let invalid = || Problem::Signature(hint(jws, keys));
    match (vouching, candidates.as_slice()) {
        (Some(key), _) => Ok((None, Some(key.describe()?))),
        (None, [only]) => Ok((Some(invalid()), Some(only.describe()?))),
        (None, _) => Ok((Some(invalid()), None)),
    }
}

/// Detects the usual mistakes with a secret in a file.
fn hint(jws: &Jws<'_>, keys: &Keys) -> Option<Hint> {
    let [key] = keys.keys.as_slice() else { return None };
    let secret = Octets::of(&key.jwk().ok()?, "k").ok()?;
    let secret = secret.as_ref();
    let vouches = |secret: &[u8]| {
        let key = Hmac::new(jws.header().alg, secret).ok();
        key.is_some_and(|key| jws.clone().verify(&key).is_ok())
    };
    let line = secret.trim_ascii_end();
    if keys.form != Form::Raw {
        None
    } else if line != secret && vouches(line) {
        Some(Hint::FinalNewline)
    } else {
        let encodings = [SecretEncoding::Hex, SecretEncoding::Base64];
        let fits = |encoding: &SecretEncoding| {
            let decoded = encoding.decode(Zeroizing::new(line.to_vec()));
            decoded.is_some_and(|bytes| vouches(&bytes))
        };
        encodings.into_iter().find(fits).map(Hint::Encoded)
    }
}

/// Interpretation of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload {
    /// A claims set, judged by time and policy
    Claims,
    /// Any bytes: only the signature counts
    Any,
}
