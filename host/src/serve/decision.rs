//! The decision about a request, with everything that its answer and its line in the log say.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use jwtick_core::dpop::Nonce;
use jwtick_core::judge::Finding;
use jwtick_core::token::{Claims, Header};
use jwtick_core::{Span, TimeBounds, UnixTime, Verdict};

use super::dpop::{Presented, Unproven};
use super::once::Once;
use super::reason::Reason;
use super::replay::StoreFault;
use super::request::{Ambiguous, Scheme};
use crate::verification::{Checked, Problem};

/// The decision about a request.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for each request, and most of them allow it"
)]
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
    pub(crate) once: [Option<Once>; 2],
}

/// A request that may not pass.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) reason: Reason,
    pub(crate) about: Box<About>,
    pub(crate) detail: Option<Box<Detail>>,
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
        Self { reason, about: Box::new(about), detail: None, scopes: vec![], leeway: None }
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

    pub(super) fn with(self, detail: Detail) -> Self {
        Self { detail: Some(Box::new(detail)), ..self }
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

impl About {
    pub(super) fn of(header: &Header<'_>, claims: &Claims<'_>) -> Self {
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
