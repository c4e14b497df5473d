//! Tokens that pass only once: the entry that is kept of each, and the check, which comes after all
//! others, so that neither a forged token nor an invalid one uses up an identifier.

use core::time::Duration;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::judge::{Finding, Rule};
use jwtick_core::token::Claims;
use jwtick_core::{Span, TimeBounds, UnixTime, Verdict};

use super::choice::Reuse;
use super::dpop::Presented;
use super::metrics::Metrics;
use super::policy::IssuerPolicy;
use super::reason::Reason;
use super::replay::{Inserted, ReplayKey, StoreFault, Tag, retention};
use super::store::Store;

/// The entry of a token that passes only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Once {
    key: ReplayKey,
    keep: Duration,
}

impl Once {
    /// Returns the entry, if the policy has one for each token.
    ///
    /// # Errors
    /// [`Reason::MissingClaim`] without `jti`; [`Reason::ReplayLifetimeTooLong`] if the entry had to
    /// be kept for longer than `longest`; [`Reason::Undecided`] if the token may have expired. The
    /// policy may let such a token pass elsewhere, but an entry has to end, and there is no other end:
    /// of a token that has expired, the store no longer knows whether it was used.
    pub(super) fn of(
        policy: &IssuerPolicy,
        claims: &Claims<'_>,
        findings: &[Finding],
        utc: TimeBounds,
        longest: Span,
    ) -> Result<Option<Self>, Reason> {
        if policy.reuse == Reuse::Allowed {
            return Ok(None);
        }
        let Some(jti) = claims.jti else { return Err(Reason::MissingClaim) };
        let expiry = findings.iter().find(|finding| finding.rule() == Rule::Exp);
        if expiry.is_some_and(|finding| finding.verdict() != Verdict::Accept) {
            return Err(Reason::Undecided);
        }
        let iss = claims.iss.map(|iss| iss.to_string()).unwrap_or_default();
        let key = ReplayKey::of(Tag::Access, &iss, &jti.to_string());
        let exp = claims.exp.map(|date| date.at());
        Self::kept(key, exp, policy.leeway, utc, longest).map(Some)
    }

    /// Returns the entry of a proof of possession (RFC 9449 §11.1).
    ///
    /// # Errors
    /// As for [`kept`](Self::kept).
    pub(super) fn of_proof(
        proof: &Presented,
        utc: TimeBounds,
        longest: Span,
    ) -> Result<Self, Reason> {
        let client = URL_SAFE_NO_PAD.encode(proof.client);
        let key = ReplayKey::of(Tag::Proof, &client, &proof.id);
        Self::kept(key, Some(proof.until), Span::ZERO, utc, longest)
    }

    /// Returns the entry of anything that nothing accepts after `exp` and the leeway.
    ///
    /// # Errors
    /// [`Reason::ReplayLifetimeTooLong`] if it had to be kept for longer than `longest`.
    pub(super) fn kept(
        key: ReplayKey,
        exp: Option<UnixTime>,
        leeway: Span,
        utc: TimeBounds,
        longest: Span,
    ) -> Result<Self, Reason> {
        let keep = retention(exp, leeway, utc, longest);
        keep.map(|keep| Self { key, keep }).ok_or(Reason::ReplayLifetimeTooLong)
    }

    /// Returns true unless the store shows that the entry was never inserted.
    pub(super) async fn may_be_used(self, store: Option<&Store>) -> bool {
        match store {
            Some(store) => store.has(self.key).await != Ok(false),
            None => true,
        }
    }

    /// Inserts the entry, and counts that.
    ///
    /// # Errors
    /// [`Reason::Replayed`] if it was there; [`Reason::ReplayStoreUnavailable`], with the fault, if
    /// that is not known.
    pub(super) async fn insert(
        self,
        store: Option<&Store>,
        metrics: &Metrics,
    ) -> Result<(), (Reason, Option<StoreFault>)> {
        let started = Instant::now();
        let inserted = match store {
            Some(store) => store.insert(self.key, self.keep).await,
            None => Err(StoreFault::File("none is open".to_owned())),
        };
        let took = Some(started.elapsed());
        match inserted {
            Ok(Inserted::New) => {
                metrics.replay("new", took);
                Ok(())
            }
            Ok(Inserted::Seen) => {
                metrics.replay("seen", took);
                Err((Reason::Replayed, None))
            }
            Err(fault) => {
                metrics.replay("error", took);
                Err((Reason::ReplayStoreUnavailable, Some(fault)))
            }
        }
    }
}
