//! The keys of one issuer: fixed, or fetched in the background, so that verification never waits for a
//! server unless a token names a key that is not known yet.

use core::time::Duration;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::fetching::{Fetching, KeyEvent, RemoteKeys};
use super::line::{KeySet, KeyState, Line, moment};
use super::now::ServiceClock;
use super::schedule::{Demand, KeyTimes, Moment, Schedule};
use crate::keys::{KeyError, Keys, PreparedKeys};

/// The keys of one issuer. Fetching ends when this is dropped.
pub(crate) struct Keyring {
    line: Arc<Line>,
    remote: Option<(RemoteKeys, Option<AbortHandle>)>,
    is_of_secrets: bool,
}

/// The longest time for which a request waits for keys: the service answers within a second.
const PATIENCE: Duration = Duration::from_millis(800);

impl Keyring {
    /// Keys that never change, from a file.
    ///
    /// # Errors
    /// [`KeyError`] if none of them can verify.
    pub(crate) fn fixed(keys: &Keys) -> Result<Self, KeyError> {
        let keys = PreparedKeys::new(keys);
        keys.check()?;
        let is_of_secrets = keys.is_of_secrets();
        let line = Line::new(Schedule::new(Moment::ZERO, KeyTimes::default()));
        line.fix(keys);
        Ok(Self { line: Arc::new(line), remote: None, is_of_secrets })
    }

    /// Keys that a task of the current tokio runtime fetches from now on. Without a runtime, they are only
    /// described.
    pub(crate) fn fetched(
        source: RemoteKeys,
        clock: Arc<ServiceClock>,
        told: impl Fn(KeyEvent<'_>) + Send + Sync + 'static,
    ) -> Self {
        let line = Arc::new(Line::new(Schedule::new(moment(), source.how.times)));
        let task = Handle::try_current().ok().map(|runtime| {
            let fetching = Fetching::new(Arc::clone(&line), source.clone(), clock, told);
            runtime.spawn(fetching.run()).abort_handle()
        });
        Self { line, remote: Some((source, task)), is_of_secrets: false }
    }

    /// Returns true if it never has other keys than HMAC secrets.
    pub(crate) const fn is_of_secrets(&self) -> bool {
        self.is_of_secrets
    }

    /// Returns where the keys are fetched from: a reload keeps a keyring with the same source.
    pub(crate) fn source(&self) -> Option<&RemoteKeys> {
        self.remote.as_ref().map(|(source, _)| source)
    }

    /// Returns the keys; `None` if they were never fetched, or too long ago.
    pub(crate) fn current(&self) -> Option<Arc<KeySet>> {
        self.line.current()
    }

    /// Fetches the keys because a token names one that is not among them, and returns the newest; `None` at
    /// once if they were fetched a short time ago or too many requests wait.
    pub(crate) async fn refetched(&self) -> Option<Arc<KeySet>> {
        self.remote.as_ref()?;
        let mut ended = self.line.ended.subscribe();
        let (demand, place) = (self.line.demand(), self.line.places.try_acquire());
        if demand == Demand::Cooldown {
            return None;
        }
        let _place = place.ok()?;
        let waited = tokio::time::timeout(PATIENCE, ended.changed()).await;
        waited.ok().and_then(|_| self.current())
    }

    /// Returns the state now.
    pub(crate) fn state(&self) -> KeyState {
        self.line.state()
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        if let Some((_, Some(task))) = &self.remote {
            task.abort();
        }
    }
}
