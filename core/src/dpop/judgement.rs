//! The last step of a proof: compared with its request, and judged within bounds on UTC.
//!
//! Follows RFC 9449 §4.3, checks 8 to 12. What does not match rejects. The time of a proof is that of
//! its nonce or of its `iat` (check 11), and is three-valued like every time in this crate. A proof is
//! a JWT, so `exp` and `nbf` count if it has them (RFC 7519 §4.1).

use core::fmt;

use sha2::{Digest, Sha256};

use super::error::ProofFault;
use super::nonce::{NonceFault, octets};
use super::policy::{NonceUse, Nonces, ProofPolicy, Request};
use super::proof::Proof;
use super::target::same_target;
use crate::judge::{Finding, Margin, Rule, Verdict};
use crate::time::{TimeBounds, UnixTime};
use crate::token::{Accepted, Verified};

const FAULTS: usize = 5; // one for each of method, URI, token, key and nonce
const TIMES: usize = 5; // `iat`, its age, the age of the nonce, `exp`, `nbf`

/// All that a policy found in one proof.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Span, TimeBounds, UnixTime, Verdict};
/// use jwtick_core::dpop::{Proof, ProofFault, ProofPolicy, Request};
/// # use jwtick_core::token::{Algorithm, InvalidSignature, Verifier};
/// # struct Always;
/// # impl Verifier for Always {
/// #     fn algorithm(&self) -> Algorithm { Algorithm::Es256 }
/// #     fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> { Ok(()) }
/// # }
/// # let compact = b"eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwiY3J2IjoiUC0yNTYiLCJ4IjoiQUEiLCJ5IjoiQUEifX0.eyJqdGkiOiIxIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9hLyIsImlhdCI6MTAwfQ.AA";
/// let mut scratch = Scratch::<256>::new();
/// # let allowed = [Algorithm::Es256];
/// # let proof = Proof::examine_with(compact, &allowed, &mut scratch, |_, _| Ok(Always))?;
/// // {"jti":"1","htm":"GET","htu":"https://a/","iat":100}
/// let (request, now) = (Request::new("POST", "https://a/"), UnixTime::from_secs(130));
/// let policy = ProofPolicy::within(Span::from_secs(30), Span::ZERO);
/// let judgement = proof.judgement(&request, &policy, TimeBounds::exactly(now));
/// assert_eq!(judgement.verdict(), Verdict::Reject);
/// assert_eq!(judgement.faults(), [ProofFault::Htm]);
/// assert!(judgement.times().iter().all(|finding| finding.verdict() == Verdict::Accept));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofJudgement {
    faults: heapless::Vec<ProofFault, FAULTS>,
    times: heapless::Vec<Finding, TIMES>,
    nonce_issued: Option<TimeBounds>,
    ends: UnixTime,
    nonces: bool,
}

impl ProofJudgement {
    fn of(
        proof: &Proof<'_>,
        request: &Request<'_>,
        policy: &ProofPolicy<'_>,
        utc: TimeBounds,
    ) -> Self {
        let (faults, times, nonces) =
            (heapless::Vec::new(), heapless::Vec::new(), policy.has_nonces());
        let mut found = Self { faults, times, nonce_issued: None, ends: UnixTime::MIN, nonces };
        found.compare(proof, request);
        match policy.nonces() {
            Some(nonces) => found.judge_nonce(nonces, proof, policy, utc),
            None => found.judge_window(proof, policy, utc, Finding::Measured),
        }
        found.judge_claims(proof, policy, utc);
        found
    }

    fn compare(&mut self, proof: &Proof<'_>, request: &Request<'_>) {
        self.refuse_unless(proof.method() == *request.method, ProofFault::Htm);
        self.refuse_unless(same_target(proof.target(), request.uri), ProofFault::Htu);
        let Some(access) = request.access else { return };
        let hash: [u8; 32] = Sha256::digest(access.token).into();
        match proof.token_hash() {
            None => self.refuse_unless(false, ProofFault::NoAth),
            Some(ath) => self.refuse_unless(octets::<43, 32>(ath) == Some(hash), ProofFault::Ath),
        }
        self.refuse_unless(proof.key() == access.key, ProofFault::Key);
    }

    fn refuse_unless(&mut self, holds: bool, fault: ProofFault) {
        if !holds {
            let _room_for_each = self.faults.push(fault);
        }
    }

    fn judge_nonce(
        &mut self,
        nonces: Nonces<'_>,
        proof: &Proof<'_>,
        policy: &ProofPolicy<'_>,
        utc: TimeBounds,
    ) {
        let read = match (proof.nonce(), nonces.need) {
            (Some(nonce), _) => nonces.key.read(nonce, proof.key()),
            (None, NonceUse::Required) => Err(NonceFault::Missing),
            (None, NonceUse::Offered) => {
                return self.judge_window(proof, policy, utc, Finding::Measured);
            }
        };
        match read {
            Ok(issued) if issued.earliest() > utc.latest() => {
                self.refuse_unless(false, ProofFault::Nonce(NonceFault::Early));
            }
            Ok(issued) => {
                self.judge_window(proof, policy, utc, Finding::Reported);
                self.nonce_issued = Some(issued);
                self.ends = issued.latest() + nonces.lifetime;
                self.add(Finding::Measured(Margin::of_age(issued, nonces.lifetime, utc)));
            }
            Err(fault) => self.refuse_unless(false, ProofFault::Nonce(fault)),
        }
    }

    fn judge_window(
        &mut self,
        proof: &Proof<'_>,
        policy: &ProofPolicy<'_>,
        utc: TimeBounds,
        counted: fn(Margin) -> Finding,
    ) {
        let (iat, leeway) = (proof.issued().at(), policy.leeway());
        let oldest = iat + policy.max_age();
        self.ends = oldest + leeway;
        self.add(counted(Margin::of(Rule::Iat, iat, leeway, utc)));
        self.add(counted(Margin::of(Rule::MaxAge, oldest, leeway, utc)));
    }

    fn judge_claims(&mut self, proof: &Proof<'_>, policy: &ProofPolicy<'_>, utc: TimeBounds) {
        let claims = proof.claims();
        for (rule, date) in [(Rule::Exp, claims.exp), (Rule::Nbf, claims.nbf)] {
            if let Some(date) = date {
                self.add(Finding::Measured(Margin::of(rule, date.at(), policy.leeway(), utc)));
            }
        }
    }

    fn add(&mut self, finding: Finding) {
        let _room_for_each = self.times.push(finding);
    }

    /// What does not match the request; empty if everything does.
    #[must_use]
    pub fn faults(&self) -> &[ProofFault] {
        &self.faults
    }

    /// The findings about time. Where a nonce counts, those about `iat` are only reported, and the
    /// one about its age is named after [`Rule::MaxAge`].
    #[must_use]
    pub fn times(&self) -> &[Finding] {
        &self.times
    }

    /// Rejects what does not match, and otherwise combines the findings by Kleene's "and".
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let times: Verdict = self.times.iter().map(Finding::verdict).collect();
        if self.faults.is_empty() { times } else { Verdict::Reject }
    }

    /// Bounds on UTC at the issue of the nonce, if the proof repeats one of this server.
    #[must_use]
    pub const fn nonce_issued(&self) -> Option<TimeBounds> {
        self.nonce_issued
    }

    /// The instant after which the policy refuses the same proof by its age, whatever else it says;
    /// [`UnixTime::MIN`] if its nonce is refused.
    #[must_use]
    pub const fn rejected_after(&self) -> UnixTime {
        self.ends
    }

    /// Returns whether the same request might pass with a new nonce: nothing else is wrong with the
    /// proof but its nonce or its age. The answer `use_dpop_nonce` is for these cases (RFC 9449 §9).
    #[must_use]
    pub fn needs_nonce(&self) -> bool {
        let aged = |finding: &Finding| matches!(finding.rule(), Rule::Iat | Rule::MaxAge);
        let passes = |finding: &Finding| finding.verdict() == Verdict::Accept;
        self.nonces
            && self.verdict() != Verdict::Accept
            && self.faults.iter().all(|fault| matches!(fault, ProofFault::Nonce(_)))
            && self.times.iter().all(|finding| aged(finding) || passes(finding))
    }
}

impl<'a> Proof<'a, Verified> {
    /// Compares the proof with its request, and judges its time at an unknown instant in `utc`.
    ///
    /// # Errors
    /// [`ProofNotAccepted`] if something does not match, or the proof is not fresh at every instant in
    /// `utc`.
    #[expect(clippy::result_large_err, reason = "there is no heap to put the error on")]
    pub fn judge(
        self,
        request: &Request<'_>,
        policy: &ProofPolicy<'_>,
        utc: TimeBounds,
    ) -> Result<Proof<'a, Accepted>, ProofNotAccepted<'a>> {
        let judgement = self.judgement(request, policy, utc);
        match judgement.verdict() {
            Verdict::Accept => Ok(self.accept(judgement.ends)),
            Verdict::Reject | Verdict::Undecided => {
                Err(ProofNotAccepted { judgement, proof: self })
            }
        }
    }

    /// The judgement alone, for a report.
    #[must_use]
    pub fn judgement(
        &self,
        request: &Request<'_>,
        policy: &ProofPolicy<'_>,
        utc: TimeBounds,
    ) -> ProofJudgement {
        ProofJudgement::of(self, request, policy, utc)
    }
}

/// An examined proof that a policy does not accept.
///
/// # Example
/// ```
/// use jwtick_core::dpop::ProofNotAccepted;
/// fn client(refusal: &ProofNotAccepted<'_>) -> Option<[u8; 32]> {
///     refusal.judgement().faults().is_empty().then(|| refusal.proof().key())
/// }
/// # let _ = client;
/// ```
#[derive(Debug, Clone)]
pub struct ProofNotAccepted<'a> {
    judgement: ProofJudgement,
    proof: Proof<'a>,
}

impl<'a> ProofNotAccepted<'a> {
    /// All findings.
    #[must_use]
    pub const fn judgement(&self) -> &ProofJudgement {
        &self.judgement
    }

    /// The proof. Its signature is valid.
    #[must_use]
    pub const fn proof(&self) -> &Proof<'a> {
        &self.proof
    }
}

impl fmt::Display for ProofNotAccepted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = self.judgement.faults.first() {
            return fault.fmt(f);
        }
        let verdict = self.judgement.verdict();
        f.write_str(match verdict {
            Verdict::Undecided => "the clock is not known well enough to judge ",
            _ => "the policy rejects the proof because of ",
        })?;
        let mut deciding = self.judgement.times.iter().filter(|it| it.verdict() == verdict);
        deciding.next().map_or(Ok(()), |finding| write!(f, "{}", finding.rule()))
    }
}

impl core::error::Error for ProofNotAccepted<'_> {}
