//! Policies: what a token must have, for each issuer, and how refusals are answered.

use core::net::Ipv4Addr;
use std::path::PathBuf;

use http::{HeaderName, header};
use jwtick_core::Span;
use jwtick_core::judge::Rule;
use jwtick_core::token::Algorithm;

use super::choice::{
    Body, Dpop, Forwarded, Front, Logged, Nonces, Profile, Reuse, Undecided, Unverified,
};
use super::schedule::KeyTimes;
use super::store::{Keeps, LONGEST, MOST, Place, StoreError, StoreSettings};
use crate::http::client::{Reach, Target};
use crate::http::server::Address;
use crate::keys::{Issuer as Discovered, Plain};
use crate::measurement::ClockName;
use crate::verification::Condition;

/// The source of an issuer's keys.
#[derive(Debug, Clone)]
pub(crate) enum KeysFrom {
    /// A file in any form that `jwtick verify --key` reads.
    File(PathBuf),
    /// A file whose bytes are an HMAC secret.
    Secret(PathBuf),
    /// A JWK Set on a server.
    Url(Target),
    /// The metadata of the issuer.
    Metadata(Discovered),
}

/// How to fetch the keys of an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FetchPolicy {
    pub(crate) plain: Plain,
    pub(crate) reach: Reach,
    /// CA certificates to trust in addition to those of the platform.
    pub(crate) authorities: Vec<PathBuf>,
    pub(crate) times: KeyTimes,
}

impl Default for FetchPolicy {
    fn default() -> Self {
        let (plain, reach) = (Plain::Refused, Reach::Internet);
        Self { plain, reach, authorities: vec![], times: KeyTimes::default() }
    }
}

/// The clock of the service.
#[derive(Debug, Clone)]
pub(crate) struct ClockPolicy {
    /// The sources to measure; none for what this host itself knows.
    pub(crate) sources: Vec<ClockName>,
    /// The pause between two measurements.
    pub(crate) every: Span,
    pub(crate) unverified: Unverified,
}

impl Default for ClockPolicy {
    fn default() -> Self {
        // NTP itself polls at this interval at first (RFC 5905 §7.2, `MINPOLL`).
        Self { sources: vec![], every: Span::from_secs(64), unverified: Unverified::default() }
    }
}

/// Scopes that requests for a path need, in addition to those of the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// A path, or the start of paths if it ends in `*`.
    pub(crate) path: String,
    /// The methods that it is for; all if empty.
    pub(crate) methods: Vec<String>,
    pub(crate) scopes: Vec<String>,
}

/// A header of an allowed request, and the claim that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) header: HeaderName,
    pub(crate) claim: String,
}

impl Identity {
    /// Returns true for a header that only this service may set.
    pub(crate) fn may_be(header: &HeaderName) -> bool {
        /// Headers that an application or a front reads in another sense.
        const TAKEN: [HeaderName; 9] = [
            header::AUTHORIZATION,
            header::CONNECTION,
            header::CONTENT_LENGTH,
            header::CONTENT_TYPE,
            header::COOKIE,
            header::HOST,
            header::TE,
            header::TRANSFER_ENCODING,
            header::UPGRADE,
        ];
        !TAKEN.contains(header)
    }

    /// The headers of an issuer that names none.
    fn usual() -> Vec<Self> {
        let of = |header, claim: &str| Self {
            header: HeaderName::from_static(header),
            claim: claim.to_owned(),
        };
        // In the order in which a table of TOML is read.
        vec![of("x-auth-scope", "scope"), of("x-auth-subject", "sub")]
    }
}

/// The demands on tokens of one issuer.
#[derive(Debug, Clone)]
pub(crate) struct IssuerPolicy {
    /// The name in logs and metrics.
    pub(crate) name: String,
    /// The `iss` of its tokens; `None` accepts any, which only the sole issuer may do.
    pub(crate) iss: Option<String>,
    pub(crate) keys: KeysFrom,
    /// Accepted algorithms; those of the keys if empty.
    pub(crate) algorithms: Vec<Algorithm>,
    /// Accepted audiences; `None` if something else checks `aud`.
    pub(crate) audiences: Option<Vec<String>>,
    pub(crate) subjects: Vec<String>,
    pub(crate) require: Vec<Rule>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) types: Vec<String>,
    pub(crate) leeway: Span,
    pub(crate) max_age: Option<Span>,
    pub(crate) max_lifetime: Option<Span>,
    pub(crate) scopes: Vec<String>,
    pub(crate) routes: Vec<Route>,
    pub(crate) identity: Vec<Identity>,
    pub(crate) profile: Profile,
    pub(crate) undecided: Option<Undecided>,
    pub(crate) reuse: Reuse,
    pub(crate) dpop: Dpop,
    pub(crate) fetch: FetchPolicy,
}

impl IssuerPolicy {
    /// The strictest policy for an issuer, which names its audience: `exp` and `aud` are required, and
    /// there is no leeway.
    pub(crate) fn strict(name: &str, keys: KeysFrom, audiences: Option<Vec<String>>) -> Self {
        Self {
            name: name.to_owned(),
            iss: None,
            keys,
            algorithms: vec![],
            audiences,
            subjects: vec![],
            require: vec![Rule::Exp],
            conditions: vec![],
            types: vec![],
            leeway: Span::ZERO,
            max_age: None,
            max_lifetime: None,
            scopes: vec![],
            routes: vec![],
            identity: Identity::usual(),
            profile: Profile::default(),
            undecided: None,
            reuse: Reuse::default(),
            dpop: Dpop::default(),
            fetch: FetchPolicy::default(),
        }
    }
}

/// The demands on proofs of possession.
#[derive(Debug, Clone)]
pub(crate) struct ProofDemands {
    /// The greatest age of `iat`.
    pub(crate) max_age: Span,
    pub(crate) leeway: Span,
    pub(crate) nonces: Nonces,
    /// The greatest age of a nonce.
    pub(crate) lifetime: Span,
    /// The secret of the nonces, which several nodes share; a random one if there is none.
    pub(crate) secret_file: Option<PathBuf>,
    /// The scheme and host that clients address; those of the request if there is none.
    pub(crate) origin: Option<String>,
}

impl Default for ProofDemands {
    // RFC 9449 §11.1 calls for a window of seconds or minutes. Peers allow 25 s (Keycloak) to 300 s
    // (node-oidc-provider) in the past, and 10 s to 300 s in the future.
    fn default() -> Self {
        Self {
            max_age: Span::from_secs(60),
            leeway: Span::from_secs(10),
            nonces: Nonces::default(),
            lifetime: Span::from_secs(300),
            secret_file: None,
            origin: None,
        }
    }
}

/// A client of the introspection endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) id: String,
    pub(crate) secret_file: PathBuf,
}

/// The certificate of this service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TlsFiles {
    pub(crate) certificate: Option<PathBuf>,
    pub(crate) key: Option<PathBuf>,
}

/// Everything that a configuration decides.
#[derive(Debug, Clone)]
pub(crate) struct ServePolicy {
    pub(crate) listen: Address,
    /// Files with the certificate and its key; without them, connections are not encrypted.
    pub(crate) tls: TlsFiles,
    /// The store of used tokens; `None` is a file in the state directory.
    pub(crate) store: Option<Place>,
    /// Nodes that see the same tokens.
    pub(crate) nodes: u16,
    /// The longest time for which a used token is kept.
    pub(crate) longest: Span,
    /// The most used tokens in memory or in a file.
    pub(crate) most: usize,
    pub(crate) front: Front,
    pub(crate) forwarded: Forwarded,
    pub(crate) undecided: Undecided,
    pub(crate) body: Body,
    pub(crate) logged: Logged,
    /// The cookie that holds the token of requests without an `Authorization` header.
    pub(crate) cookie: Option<String>,
    /// The identifier of the protected resource (RFC 9728).
    pub(crate) resource: Option<String>,
    pub(crate) proofs: ProofDemands,
    pub(crate) callers: Vec<Caller>,
    /// The folder for what outlives this process.
    pub(crate) state: Option<PathBuf>,
    pub(crate) clock: ClockPolicy,
    pub(crate) issuers: Vec<IssuerPolicy>,
}

impl ServePolicy {
    /// Returns the settings of the store; `None` if every token may be used again.
    ///
    /// # Errors
    /// [`StoreError::NoPlace`] if a store is needed, but there is no place for it.
    pub(crate) fn store_settings(&self) -> Result<Option<StoreSettings>, StoreError> {
        let once = self.issuers.iter().find(|issuer| issuer.reuse == Reuse::Refused);
        let file = || self.state.as_ref().map(|it| Place::File(it.join("replay.redb")));
        let keeps = if once.is_some() { Keeps::Tokens } else { Keeps::Proofs };
        let place = match (&self.store, once) {
            (Some(place), _) => place.clone(),
            (None, Some(issuer)) => {
                file().ok_or_else(|| StoreError::NoPlace { issuer: issuer.name.clone() })?
            }
            // Only for proofs of possession, which are valid for a minute. Without a store that they
            // share, several nodes accept none.
            (None, None) if self.nodes == 1 => Place::Memory,
            (None, None) => return Ok(None),
        };
        let Self { nodes, longest, most, .. } = *self;
        Ok(Some(StoreSettings { place, keeps, nodes, longest, most }))
    }
}

impl Default for ServePolicy {
    fn default() -> Self {
        Self {
            listen: Address::Tcp((Ipv4Addr::LOCALHOST, 8474).into()),
            tls: TlsFiles::default(),
            store: None,
            nodes: 1,
            longest: LONGEST,
            most: MOST,
            front: Front::default(),
            forwarded: Forwarded::default(),
            undecided: Undecided::default(),
            body: Body::default(),
            logged: Logged::default(),
            cookie: None,
            resource: None,
            proofs: ProofDemands::default(),
            callers: vec![],
            state: None,
            clock: ClockPolicy::default(),
            issuers: vec![],
        }
    }
}
