//! Proofs of possession (RFC 9449): which token needs one, what it must be about, and its nonce.
//!
//! The core examines and judges a proof. Here is what only a service knows: the headers, the URI that the
//! client addressed, and the key of the nonces. A token that is bound to a key never passes without a proof
//! of that key, whatever scheme it comes with; otherwise a thief would call it a bearer token.

use std::sync::OnceLock;

use http::{HeaderMap, HeaderName};
use jwtick_core::dpop::{
    self as proof, ConfirmationError, Nonce, NonceKey, NonceUse, Proof, ProofError, ProofFault,
    ProofJudgement, ProofPolicy, Request,
};
use jwtick_core::judge::Finding;
use jwtick_core::key::WeakKey;
use jwtick_core::time::NumericDate;
use jwtick_core::token::{Algorithm, Claims};
use jwtick_core::words::{self, Language, sentence};
use jwtick_core::{Scratch, TimeBounds, UnixTime, Verdict};
use ring::rand::{SecureRandom, SystemRandom};

use super::choice::{Dpop, Nonces};
use super::policy::{IssuerPolicy, ProofDemands, ServePolicy};
use super::reason::Reason;
use super::request::{Ambiguous, Asked, Credentials, Scheme, origin};
use crate::keys::RingKey;

/// The header of a proof (RFC 9449 §4.1).
const PROOF: HeaderName = HeaderName::from_static("dpop");
/// The header of a nonce (RFC 9449 §8).
pub(super) const NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// The algorithms of accepted proofs, as the challenge names them (RFC 9449 §7.1).
pub(super) const ALGORITHMS: [Algorithm; 7] = [
    Algorithm::Es256,
    Algorithm::Es384,
    Algorithm::EdDsa,
    Algorithm::Ed25519,
    Algorithm::Ps256,
    Algorithm::Rs256,
    Algorithm::Rs512,
];

/// Room for the decoded segments of a proof with an RSA key of 4096 bits.
const ROOM: usize = 3 * 1024;

/// A proof of the key that the token is bound to, for the map of clocks and against replay.
#[derive(Debug, Clone)]
pub(crate) struct Presented {
    /// The thumbprint of the client's key.
    pub(crate) client: [u8; 32],
    pub(crate) id: String,
    pub(crate) iat: NumericDate,
    pub(crate) nonce_issued: Option<TimeBounds>,
    /// The instant after which the same proof is refused by its age.
    pub(crate) until: UnixTime,
}

/// A request that has the proof that its token needs, if it needs one.
#[derive(Debug)]
pub(super) struct Proved {
    pub(super) presented: Option<Presented>,
    /// A nonce for the next request of the client.
    pub(super) nonce: Option<Nonce>,
}

/// A request without the proof that its token needs.
#[derive(Debug)]
pub(super) struct Unproved {
    pub(super) reason: Reason,
    pub(super) fault: Unproven,
    pub(super) presented: Option<Box<Presented>>,
    pub(super) nonce: Option<Nonce>,
}

/// The fault of a proof.
#[derive(Debug, Clone)]
pub(crate) enum Unproven {
    Confirmation(ConfirmationError),
    /// The policy or the scheme demands a token that is bound to a key.
    Unbound,
    /// The token is bound to a key, and came as a bearer token.
    Bearer,
    /// The number of `DPoP` headers is not one.
    Headers(usize),
    /// The URI that the client addressed is not known.
    Original(Ambiguous),
    Proof(ProofError),
    Mismatch(ProofFault),
    /// The finding about time that decided.
    Time(Finding),
}

impl Unproved {
    const fn of(reason: Reason, fault: Unproven) -> Self {
        Self { reason, fault, presented: None, nonce: None }
    }

    const fn invalid(fault: Unproven) -> Self {
        Self::of(Reason::InvalidDpopProof, fault)
    }
}

/// Makes the key of the nonces: from the secret that several nodes share, or one of this process. A reload
/// keeps it, so that nonces stay good.
///
/// # Errors
/// [`WeakKey`] if the secret is no HMAC secret; `None` in it if the system has no randomness.
pub(super) fn nonce_key(shared: Option<&[u8]>) -> Result<NonceKey, Option<WeakKey>> {
    static OWN: OnceLock<[u8; 32]> = OnceLock::new();
    let secret = match shared {
        Some(secret) => secret,
        None => {
            let mut random = [0; 32];
            SystemRandom::new().fill(&mut random).map_err(|_| None)?;
            OWN.get_or_init(|| random)
        }
    };
    NonceKey::new(secret).map_err(Some)
}

/// What a proof is checked against.
pub(super) struct Proving<'p> {
    pub(super) policy: &'p ServePolicy,
    pub(super) issuer: &'p IssuerPolicy,
    pub(super) key: &'p NonceKey,
    pub(super) utc: TimeBounds,
}

impl Proving<'_> {
    /// Checks the proof of a request whose token is good.
    ///
    /// # Errors
    /// [`Unproved`] if the token needs a proof, and the request has none that is good.
    pub(super) fn check(
        &self,
        asked: &Asked<'_>,
        credentials: Credentials<'_>,
        claims: &Claims<'_>,
    ) -> Result<Proved, Unproved> {
        let bound = proof::confirmed_key(claims)
            .map_err(|fault| Unproved::invalid(Unproven::Confirmation(fault)))?;
        let required = |fault| Unproved::of(Reason::DpopRequired, fault);
        match (bound, credentials.scheme, self.issuer.dpop) {
            (None, Scheme::Bearer, Dpop::WhenBound) => Ok(Proved { presented: None, nonce: None }),
            (None, ..) => Err(required(Unproven::Unbound)),
            (Some(_), Scheme::Bearer, _) => Err(required(Unproven::Bearer)),
            (Some(key), Scheme::Dpop, _) => self.prove(asked, credentials.token, key),
        }
    }

    fn prove(&self, asked: &Asked<'_>, token: &str, key: [u8; 32]) -> Result<Proved, Unproved> {
        let compact = only_proof(asked.headers)?;
        let uri = self
            .uri(asked)
            .map_err(|fault| Unproved::of(Reason::InvalidRequest, Unproven::Original(fault)))?;
        let mut scratch = Scratch::<ROOM>::new();
        let made = Proof::examine_with(compact, &ALGORITHMS, &mut scratch, RingKey::from_jwk);
        let proof = made.map_err(|fault| Unproved::invalid(Unproven::Proof(fault)))?;
        let request = Request::new(asked.method, &uri).with_token(token.as_bytes(), key);
        let judgement = proof.judgement(&request, &self.demands(), self.utc);
        let presented = Presented {
            client: proof.key(),
            id: proof.id().to_string(),
            iat: proof.issued(),
            nonce_issued: judgement.nonce_issued(),
            until: judgement.rejected_after(),
        };
        self.decided(&judgement, presented, key)
    }

    fn decided(
        &self,
        judgement: &ProofJudgement,
        presented: Presented,
        key: [u8; 32],
    ) -> Result<Proved, Unproved> {
        let nonce = (self.policy.proofs.nonces != Nonces::Unused)
            .then(|| self.key.issue(self.utc, Some(key)))
            .flatten();
        let verdict = judgement.verdict();
        // Whoever has a bound token could make proofs with keys of his own, and fill the map of clocks.
        let is_own = judgement.faults().iter().all(|it| matches!(it, ProofFault::Nonce(_)));
        let presented = is_own.then_some(presented);
        if verdict == Verdict::Accept {
            return Ok(Proved { presented, nonce });
        }
        let deciding = judgement.times().iter().find(|finding| finding.verdict() == verdict);
        let fault = match (judgement.faults().first(), deciding) {
            (None, Some(finding)) => Unproven::Time(*finding),
            (fault, _) => Unproven::Mismatch(fault.copied().unwrap_or(ProofFault::Key)),
        };
        let reason = match verdict {
            // A new nonce settles what the bounds leave open, too.
            _ if judgement.needs_nonce() && nonce.is_some() => Reason::UseDpopNonce,
            Verdict::Undecided if self.utc.is_open() => Reason::ClockUnknown,
            Verdict::Undecided => Reason::Undecided,
            _ => Reason::InvalidDpopProof,
        };
        let presented = presented.map(Box::new);
        Err(Unproved { reason, fault, presented, nonce })
    }

    fn demands(&self) -> ProofPolicy<'_> {
        let ProofDemands { max_age, leeway, nonces, lifetime, .. } = self.policy.proofs;
        let window = ProofPolicy::within(max_age, leeway);
        match nonces {
            Nonces::Unused => window,
            Nonces::Offered => window.with_nonces(self.key, lifetime, NonceUse::Offered),
            Nonces::Required => window.with_nonces(self.key, lifetime, NonceUse::Required),
        }
    }

    /// The URI that the client addressed.
    fn uri(&self, asked: &Asked<'_>) -> Result<String, Ambiguous> {
        let target = asked.addressed.ok_or(Ambiguous::Unknown)?;
        let mut uri = origin(asked.headers, self.policy)?;
        uri.push_str(target);
        Ok(uri)
    }
}

/// RFC 9449 §4.3, check 1.
fn only_proof(headers: &HeaderMap) -> Result<&[u8], Unproved> {
    let mut values = headers.get_all(PROOF).iter();
    match (values.next(), values.count()) {
        (Some(value), 0) => Ok(value.as_bytes()),
        (first, more) => {
            let met = usize::from(first.is_some()).saturating_add(more);
            let reason = if met == 0 { Reason::DpopRequired } else { Reason::InvalidDpopProof };
            Err(Unproved::of(reason, Unproven::Headers(met)))
        }
    }
}

impl Unproven {
    /// The fault in words.
    pub(crate) fn words(&self, language: Language) -> String {
        match self {
            Self::Proof(error) => words::proof_error(error, language).to_string(),
            Self::Mismatch(fault) => words::proof_fault(*fault, language).to_string(),
            Self::Time(finding) => {
                format!("{} {}", finding.rule(), words::finding(finding, language))
            }
            Self::Confirmation(error) => words::confirmation_error(*error, language).to_string(),
            Self::Original(fault) => fault.words().to_owned(),
            Self::Unbound | Self::Bearer | Self::Headers(_) => {
                words::Said(|f: &mut core::fmt::Formatter<'_>| self.say(language, f)).to_string()
            }
        }
    }

    fn say(&self, language: Language, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unbound => sentence!(f, language,
                en: "the token is not bound to a key",
                de: "Das Token ist an keinen Schlüssel gebunden",
                ko: "토큰이 키에 바인딩되어 있지 않습니다",
            ),
            Self::Bearer => sentence!(f, language,
                en: "the token is bound to a key, so the scheme must be DPoP",
                de: "Das Token ist an einen Schlüssel gebunden, das Schema muss also DPoP sein",
                ko: "토큰이 키에 바인딩되어 있으므로 스킴은 DPoP이어야 합니다",
            ),
            Self::Headers(met) => sentence!(f, language,
                en: "expected one DPoP header, but found {met}",
                de: "Die Anfrage muss genau einen DPoP-Header haben; gefunden wurden {met}",
                ko: "DPoP 헤더는 1개여야 하지만, {met}개입니다",
            ),
            _ => Ok(()),
        }
    }
}
