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

/// The use of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Tokens that pass only once, and proofs of possession.
    Tokens,
    /// Only proofs of possession, which are kept for about a minute.
    Proofs,
}

/// Settings of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoreSettings {
    pub(crate) place: Place,
    pub(crate) keeps: Keeps,
    /// Nodes that see the same tokens.
    pub(crate) nodes: u16,
    /// Longest time from the earliest possible now to the end of a token.
    pub(crate) longest: Span,
    /// Entries in memory or in a file; Redis has `maxmemory`.
    pub(crate) most: usize,
}

impl StoreSettings {
    /// Returns true if no place was set, and only proofs of possession need one.
    fn is_of_proofs(&self) -> bool {
        self.keeps == Keeps::Proofs && self.place == Place::Memory
    }
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
    /// A reload would move a store that may have entries. `to` is `None` if there would be none.
    Moved {
        from: Place,
        to: Option<Place>,
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
            Self::Moved { from, to: Some(to) } => write!(
                f,
                "a reload cannot move the replay store from {from} to {to}, since tokens that were used would pass \
                 again: leave it there, or stop the service until they have expired"
            ),
            Self::Moved { from, to: None } => write!(
                f,
                "a reload cannot remove the replay store ({from}), since tokens that were used would pass again \
                 later: leave it there, or stop the service until they have expired"
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

    /// Returns true for the same place; a password is not a part of it.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self == other || matches!(self, Self::Redis(_)) && self.to_string() == other.to_string()
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
pub(crate) struct Store {
    entries: Entries,
    place: Place,
    nodes: u16,
}

enum Entries {
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
        let StoreSettings { place, nodes, longest: end, most, .. } = settings;
        let shared = matches!(place, Place::Redis(_));
        if *nodes > 1 && !shared {
            return Err(StoreError::NotShared { nodes: *nodes });
        }
        let opened = match place {
            Place::Memory => Ok(Entries::Memory(Memory::new(*most))),
            Place::File(path) => Embedded::open(path, *most).map(Entries::Embedded),
            Place::Redis(url) => {
                Redis::connect(url, LIMIT, longest(*end)).await.map(Entries::Redis)
            }
        };
        let entries = opened.map_err(StoreError::Fault)?;
        Ok(Self { entries, place: place.clone(), nodes: *nodes })
    }

    /// Returns true if other settings need no other store: proofs alone can stay with the tokens.
    pub(crate) fn serves(&self, settings: &StoreSettings) -> bool {
        let is_near = self.place == settings.place || settings.is_of_proofs();
        is_near && self.nodes == settings.nodes
    }

    /// Returns true if its entries are at this place.
    pub(crate) fn is_at(&self, place: &Place) -> bool {
        self.place.is(place)
    }

    /// Returns true if it has no entries that another store would not have.
    pub(crate) fn is_void(&self) -> bool {
        matches!(&self.entries, Entries::Memory(memory) if memory.is_empty())
    }

    /// Refuses all further insertions, if there was none. Returns false if there was.
    pub(crate) fn retire(&self) -> bool {
        matches!(&self.entries, Entries::Memory(memory) if memory.retire())
    }

    /// The error of a reload that would move it.
    pub(crate) fn moved(&self, to: Option<&StoreSettings>) -> StoreError {
        StoreError::Moved { from: self.place.clone(), to: to.map(|to| to.place.clone()) }
    }

    /// Takes over the limits of other settings.
    pub(crate) fn adjust(&self, settings: &StoreSettings) {
        match &self.entries {
            Entries::Memory(memory) => memory.limit(settings.most),
            Entries::Embedded(file) => file.limit(settings.most),
            Entries::Redis(server) => server.extend(longest(settings.longest)),
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
            match &self.entries {
                Entries::Memory(memory) => memory.insert(key, keep),
                Entries::Embedded(file) => file.insert(key, keep).await,
                // Large: every request would have to move it.
                Entries::Redis(server) => Box::pin(server.insert(key, keep)).await,
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
            match &self.entries {
                Entries::Memory(memory) => Ok(memory.has(key)),
                Entries::Embedded(file) => Ok(file.has(key)),
                Entries::Redis(server) => Box::pin(server.has(key)).await,
            }
        };
        timeout(LIMIT, has).await.unwrap_or(Err(StoreFault::Late { limit: LIMIT }))
    }

    pub(crate) fn state(&self) -> StoreState {
        let state =
            |kind, entries, fault| StoreState { kind, entries, fault, eviction_unknown: false };
        match &self.entries {
            Entries::Memory(memory) => state("memory", Some(memory.len()), None),
            Entries::Embedded(file) => state("embedded", Some(file.len()), file.fault()),
            Entries::Redis(server) => StoreState {
                eviction_unknown: server.is_unreadable(),
                ..state("redis", None, server.fault())
            },
        }
    }
}
