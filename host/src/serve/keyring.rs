//! The keys of one issuer.

use std::sync::Arc;

use jwtick_core::token::{Jws, Verified};

use crate::keys::{KeyError, Keys, NoFit, candidates};

/// The keys of one issuer, and where new ones come from.
pub(crate) struct Keyring {
    set: Arc<KeySet>,
}

impl Keyring {
    /// Uses keys that never change.
    ///
    /// # Errors
    /// [`KeyError::None`] if there is no key.
    pub(crate) fn fixed(keys: Keys) -> Result<Self, KeyError> {
        if keys.keys.is_empty() {
            return Err(KeyError::None);
        }
        Ok(Self { set: Arc::new(KeySet { keys }) })
    }

    /// Returns the keys that are known; `None` if they were never fetched, or too long ago.
    #[expect(clippy::unnecessary_wraps, reason = "fetched keys can be unknown")]
    pub(crate) fn current(&self) -> Option<Arc<KeySet>> {
        Some(Arc::clone(&self.set))
    }

    /// Fetches keys again, because a token names a key that is unknown; `None` if that is not possible.
    #[expect(clippy::unused_async, reason = "fetching waits")]
    pub(crate) async fn refetched(&self) -> Option<Arc<KeySet>> {
        None
    }
}

/// One state of the keys.
pub(crate) struct KeySet {
    keys: Keys,
}

/// The reason why a token is not authentic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotAuthentic {
    /// No key fits the token.
    Key(NoFit),
    /// The signature matches none of the keys that fit.
    Signature,
}

impl KeySet {
    /// Checks the signature of a token.
    ///
    /// # Errors
    /// [`NotAuthentic`] says whether a key was missing.
    pub(crate) fn verify<'t>(&self, jws: Jws<'t>) -> Result<Jws<'t, Verified>, NotAuthentic> {
        let fitting = candidates(&self.keys, jws.header()).map_err(NotAuthentic::Key)?;
        let verified = fitting.iter().find_map(|key| jws.clone().verify(key).ok());
        verified.ok_or(NotAuthentic::Signature)
    }
}
