//! The store of used identifiers. Every fault refuses the token: there is no setting that would let it
//! pass.

use core::fmt;
use core::time::Duration;
use std::path::PathBuf;

use jwtick_core::Span;
use tokio::time::timeout;

use super::embedded::Embedded;
use super::memory::Memory;
use super::redis::Redis;
use super::replay::{Inserted, ReplayKey, StoreFault, longest};

/// Time for an insertion.
const LIMIT: Duration = Duration::from_millis(150);

/// The longest retention, unless set.
pub(crate) const LONGEST: Span = Span::from_secs(86_400);

/// Entries of a store in memory or in a file, unless set. A million takes about 80 MB.
pub(crate) const MOST: usize = 1_000_000;

/// Where used identifiers are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In memory only, which must be asked for by name: a restart forgets all.
    Memory,
    File(PathBuf),
    /// The address of a Redis server, which may contain a password.
    Redis(String),
}

/// Settings of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoreSettings {
    pub(crate) place: Place,
    /// Nodes that see the same tokens.
    pub(crate) nodes: u16,
    /// Longest time from the earliest possible now to the end of a token.
    pub(crate) longest: Span,
    /// Entries in memory or in a file; Redis has `maxmemory`.
    pub(crate) most: usize,
}

/// Reasons why a service cannot start with a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StoreError {
    /// An issuer's tokens pass only once, but there is no place to keep the used ones.
    NoPlace {
        issuer: String,
    },
    /// A token that one node accepted would pass at the others.
    NotShared {
        nodes: u16,
    },
    Fault(StoreFault),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlace { issuer } => write!(
                f,
                "each token of {issuer} may pass only once, but there is no place to keep used tokens: set \
                 state-directory, or replay-store to a file or a Redis server"
            ),
            Self::NotShared { nodes } => write!(
                f,
                "{nodes} nodes need a replay store that they share, but this one belongs to a single node, so a \
                 token that was used at one would pass at the others: configure Redis"
            ),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for StoreError {}

impl Place {
    /// Reads a place: `memory`, the address of a Redis server, or the name of a file.
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "memory" => Self::Memory,
            _ if text.contains("://") => Self::Redis(text.to_owned()),
            file => Self::File(file.into()),
        }
    }
}

/// Writes the place without a password.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory"),
            Self::File(path) => path.display().fmt(f),
            Self::Redis(url) => match (url.find("://"), url.rfind('@')) {
                (Some(scheme), Some(at)) if scheme < at => {
                    let (scheme, host) = (url.get(..scheme + 3), url.get(at..));
                    write!(f, "{}…{}", scheme.unwrap_or_default(), host.unwrap_or_default())
                }
                _ => f.write_str(url),
            },
        }
    }
}

/// The store of used identifiers.
pub(crate) enum Store {
    Memory(Memory),
    Embedded(Embedded),
    Redis(Redis),
}

/// The state of a store, for `readyz` and metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoreState {
    pub(crate) kind: &'static str,
    /// `None` in Redis.
    pub(crate) entries: Option<usize>,
    /// The reason why tokens are refused at the moment.
    pub(crate) fault: Option<StoreFault>,
    /// Redis does not say whether it evicts keys, as it must not.
    pub(crate) eviction_unknown: bool,
}

impl Store {
    /// Opens the store, on the current tokio runtime.
    ///
    /// # Errors
    /// [`StoreError::NotShared`] if several nodes would each have their own store, and
    /// [`StoreError::Fault`] if the file cannot be written or if Redis evicts keys. A Redis server
    /// that does not answer is no error: tokens are refused until it does.
    pub(crate) async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let StoreSettings { place, nodes, longest: end, most } = settings;
        let shared = matches!(place, Place::Redis(_));
        if *nodes > 1 && !shared {
            return Err(StoreError::NotShared { nodes: *nodes });
        }
        let opened = match place {
            Place::Memory => Ok(Self::Memory(Memory::new(*most))),
            Place::File(path) => Embedded::open(path, *most).map(Self::Embedded),
            Place::Redis(url) => Redis::connect(url, LIMIT, longest(*end)).await.map(Self::Redis),
        };
        opened.map_err(StoreError::Fault)
    }

    /// Takes over the limits of other settings for the same place and nodes.
    pub(crate) fn adjust(&self, settings: &StoreSettings) {
        match self {
            Self::Memory(memory) => memory.limit(settings.most),
            Self::Embedded(file) => file.limit(settings.most),
            Self::Redis(server) => server.extend(longest(settings.longest)),
        }
    }

    /// Inserts the key, to be kept for `keep`. Of any number of insertions, here and at other nodes
    /// of a shared store, exactly one gets [`Inserted::New`].
    ///
    /// # Errors
    /// [`StoreFault`] if the store could not tell; the token must not be accepted then.
    pub(crate) async fn insert(
        &self,
        key: ReplayKey,
        keep: Duration,
    ) -> Result<Inserted, StoreFault> {
        let inserted = async {
            match self {
                Self::Memory(memory) => memory.insert(key, keep),
                Self::Embedded(file) => file.insert(key, keep).await,
                Self::Redis(server) => server.insert(key, keep).await,
            }
        };
        timeout(LIMIT, inserted).await.unwrap_or(Err(StoreFault::Late { limit: LIMIT }))
    }

    /// Returns whether the store has the key, without inserting it.
    ///
    /// # Errors
    /// [`StoreFault`] if the store could not tell.
    pub(crate) async fn has(&self, key: ReplayKey) -> Result<bool, StoreFault> {
        let has = async {
            match self {
                Self::Memory(memory) => Ok(memory.has(key)),
                Self::Embedded(file) => Ok(file.has(key)),
                Self::Redis(server) => server.has(key).await,
            }
        };
        timeout(LIMIT, has).await.unwrap_or(Err(StoreFault::Late { limit: LIMIT }))
    }

    pub(crate) fn state(&self) -> StoreState {
        let state =
            |kind, entries, fault| StoreState { kind, entries, fault, eviction_unknown: false };
        match self {
            Self::Memory(memory) => state("memory", Some(memory.len()), None),
            Self::Embedded(file) => state("embedded", Some(file.len()), file.fault()),
            Self::Redis(server) => StoreState {
                eviction_unknown: server.is_unreadable(),
                ..state("redis", None, server.fault())
            },
        }
    }
}
