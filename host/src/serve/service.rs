//! The state of the service: what a reload replaces, and what stays.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use http::HeaderName;
use jwtick_core::dpop::NonceKey;
use jwtick_core::key::JwkError;
use jwtick_core::token::Claims;
use jwtick_core::words::Language;

use super::caller::Callers;
use super::clocks::ClockMap;
use super::dpop;
use super::fetching::{KeyEvent, RemoteKeys};
use super::journal::Journal;
use super::keyring::Keyring;
use super::metrics::Metrics;
use super::now::ServiceClock;
use super::policy::{Caller, IssuerPolicy, KeysFrom, ServePolicy};
use super::signatures::Signatures;
use super::store::Store;
use crate::keys::{self, Kept, KeyError, KeySource, Place};

/// A running service.
pub(crate) struct Service {
    in_force: ArcSwap<InForce>,
    pub(super) journal: Journal,
}

impl Service {
    pub(super) fn new(in_force: InForce, journal: Journal) -> Self {
        Self { in_force: ArcSwap::from_pointee(in_force), journal }
    }

    /// Returns the policies in force at present. A request that has begun keeps those of its beginning.
    pub(super) fn in_force(&self) -> Arc<InForce> {
        self.in_force.load_full()
    }

    /// Puts other policies in force, all at once.
    pub(super) fn replace(&self, in_force: InForce) {
        let named: Vec<&str> = in_force.issuers.iter().map(|issuer| &*issuer.name).collect();
        in_force.lasting.clocks.retain(&named);
        self.in_force.store(Arc::new(in_force));
    }
}

/// Everything that a reload replaces.
pub(crate) struct InForce {
    pub(crate) policy: ServePolicy,
    pub(super) issuers: Vec<Arc<Issuer>>,
    /// The position of each issuer by the `iss` of its tokens.
    by_iss: BTreeMap<String, usize>,
    /// The clients that may ask the introspection endpoint.
    pub(super) callers: Callers,
    /// The identity headers of all issuers.
    pub(super) identity: Vec<HeaderName>,
    /// Of tokens that pass only once.
    pub(super) store: Option<Arc<Store>>,
    pub(super) lasting: Lasting,
    /// True if tokens may have signatures that are worth remembering.
    pub(super) remembers: bool,
    /// The key of the nonces in proofs of possession.
    pub(super) nonces: NonceKey,
}

/// Takes the name of an issuer, and what happened to its keys.
pub(crate) type KeyLog = dyn Fn(&str, &KeyEvent<'_>) + Send + Sync;

/// What a reload does not replace.
#[derive(Clone)]
pub(crate) struct Lasting {
    pub(crate) clock: Arc<ServiceClock>,
    /// The clocks of those who send tokens.
    pub(crate) clocks: Arc<ClockMap>,
    pub(crate) signatures: Arc<Signatures>,
    pub(crate) metrics: Arc<Metrics>,
    /// Sees what happens to the keys of each issuer, by its name in the configuration.
    pub(crate) told: Arc<KeyLog>,
}

/// An issuer, and its keys.
pub(crate) struct Issuer {
    pub(crate) name: Arc<str>,
    pub(crate) policy: IssuerPolicy,
    pub(super) keyring: Arc<Keyring>,
}

impl InForce {
    /// Reads all keys of a policy. Those that are fetched from the same place as `before` are already there.
    ///
    /// # Errors
    /// [`KeyError`] for the first key that cannot be used.
    pub(crate) fn of(
        policy: ServePolicy,
        lasting: &Lasting,
        before: Option<&Self>,
        language: Language,
    ) -> Result<Self, KeyError> {
        let issuers = policy.issuers.iter().map(|it| {
            let keyring = keyring(it, policy.state.as_deref(), lasting, before, language)?;
            let (name, policy) = (it.name.as_str().into(), it.clone());
            Ok(Arc::new(Issuer { name, policy, keyring }))
        });
        let issuers = issuers.collect::<Result<Vec<_>, KeyError>>()?;
        let named = issuers.iter().enumerate();
        let by_iss = named.filter_map(|(at, issuer)| Some((issuer.policy.iss.clone()?, at)));
        let by_iss = by_iss.collect();
        let mut identity: Vec<HeaderName> = vec![];
        for named in policy.issuers.iter().flat_map(|issuer| &issuer.identity) {
            if !identity.contains(&named.header) {
                identity.push(named.header.clone());
            }
        }
        let secret = |it: &Caller| Ok((it.id.clone(), keys::secret_in(&it.secret_file, language)?));
        let secrets = policy.callers.iter().map(secret).collect::<Result<Vec<_>, KeyError>>()?;
        let callers = Callers::of(secrets).ok_or(KeyError::NoRandomness)?;
        let nonces = nonces(policy.proofs.secret_file.as_deref(), language)?;
        let (lasting, store) = (lasting.clone(), None);
        let remembers = issuers.iter().any(|issuer| !issuer.keyring.is_of_secrets());
        Ok(Self { policy, issuers, by_iss, callers, identity, store, lasting, remembers, nonces })
    }

    /// Returns the issuer that a token names. The name is not verified yet: it selects the keys.
    pub(super) fn issuer_of(&self, claims: &Claims<'_>) -> Option<&Arc<Issuer>> {
        let any = || match self.issuers.as_slice() {
            [only] if only.policy.iss.is_none() => Some(only),
            _ => None,
        };
        let Some(iss) = claims.iss else { return any() };
        let at = match iss.as_str() {
            Some(iss) => self.by_iss.get(iss),
            None => self.by_iss.get(&iss.to_string()),
        };
        at.and_then(|&at| self.issuers.get(at)).or_else(any)
    }
}

fn nonces(shared: Option<&Path>, language: Language) -> Result<NonceKey, KeyError> {
    let secret = shared.map(|file| keys::secret_in(file, language)).transpose()?;
    let secret = secret.as_ref().map(|secret| secret.as_ref());
    let weak = |weak| KeyError::Refused(JwkError::Secret(weak));
    dpop::nonce_key(secret).map_err(|fault| fault.map_or(KeyError::NoRandomness, weak))
}

fn keyring(
    policy: &IssuerPolicy,
    state: Option<&Path>,
    lasting: &Lasting,
    before: Option<&InForce>,
    language: Language,
) -> Result<Arc<Keyring>, KeyError> {
    let file = match &policy.keys {
        KeysFrom::File(file) => KeySource { key: Some(file.clone()), ..KeySource::default() },
        KeysFrom::Secret(file) => {
            KeySource { secret_file: Some(file.clone()), ..KeySource::default() }
        }
        KeysFrom::Url(url) => {
            return Ok(fetched(Place::Url(url.clone()), policy, state, lasting, before));
        }
        KeysFrom::Metadata(issuer) => {
            return Ok(fetched(Place::Issuer(issuer.clone()), policy, state, lasting, before));
        }
    };
    Keyring::fixed(&keys::read(&file, language)?).map(Arc::new)
}

fn fetched(
    place: Place,
    policy: &IssuerPolicy,
    state: Option<&Path>,
    lasting: &Lasting,
    before: Option<&InForce>,
) -> Arc<Keyring> {
    let kept = state.map(|folder| Kept::in_folder(folder.join("keys")));
    let source = RemoteKeys { place, how: policy.fetch.clone(), kept };
    let known = before.and_then(|before| {
        let mut same = before.issuers.iter().filter(|issuer| issuer.name.as_ref() == policy.name);
        same.find(|issuer| issuer.keyring.source() == Some(&source))
    });
    if let Some(issuer) = known {
        return Arc::clone(&issuer.keyring);
    }
    let (told, name) = (Arc::clone(&lasting.told), policy.name.clone());
    let (clocks, issuer) = (Arc::clone(&lasting.clocks), Arc::from(&*name));
    let told = move |event: KeyEvent<'_>| {
        if let KeyEvent::Date(sample) = &event {
            clocks.date(&issuer, *sample);
        }
        told(&name, &event);
    };
    Arc::new(Keyring::fetched(source, Arc::clone(&lasting.clock), told))
}
