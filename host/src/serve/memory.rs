//! Used identifiers in memory only, and the clock of their ends.

use core::time::Duration;
use std::env;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::replay::{Claimed, Index, Inserted, ReplayKey, StoreFault};
use crate::source::os;

/// Expired entries that are removed at once.
pub(super) const SWEPT: usize = 4_096;

/// A clock that never goes back, in milliseconds; since boot, where the system says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticks(Instant);

impl Ticks {
    pub(super) fn started() -> Self {
        Self(Instant::now())
    }

    pub(super) fn now(self) -> u64 {
        let passed = os::boot().unwrap_or_else(|| self.0.elapsed());
        u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
    }
}

/// Entries in memory only: they are lost when the program ends.
pub(crate) struct Memory {
    index: Mutex<Index>,
    ticks: Ticks,
}

impl Memory {
    pub(crate) fn new(most: usize) -> Self {
        Self { index: Mutex::new(Index::new(most)), ticks: Ticks::started() }
    }

    pub(crate) fn insert(&self, key: ReplayKey, keep: Duration) -> Result<Inserted, StoreFault> {
        let (mut index, now) = (locked(&self.index), self.ticks.now());
        index.take_expired(now, SWEPT);
        match index.claim(key, now, keep) {
            Claimed::New { .. } => Ok(Inserted::New),
            Claimed::Seen => Ok(Inserted::Seen),
            Claimed::Full { most } => Err(StoreFault::Full { most }),
        }
    }

    pub(crate) fn has(&self, key: ReplayKey) -> bool {
        locked(&self.index).has(key, self.ticks.now())
    }

    pub(crate) fn limit(&self, most: usize) {
        locked(&self.index).limit(most);
    }

    /// Refuses all further insertions, if there are no entries. Returns false if there are.
    pub(crate) fn retire(&self) -> bool {
        let mut index = locked(&self.index);
        index.take_expired(self.ticks.now(), SWEPT);
        let is_empty = index.len() == 0;
        if is_empty {
            index.limit(0);
        }
        is_empty
    }

    pub(crate) fn is_empty(&self) -> bool {
        let mut index = locked(&self.index);
        index.take_expired(self.ticks.now(), SWEPT);
        index.len() == 0
    }

    pub(crate) fn len(&self) -> usize {
        locked(&self.index).len()
    }
}

// A panic while the lock was held cannot leave an entry half inserted.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns what identifies the time since the last boot: from the unit of systemd, which hides the file of
/// the kernel (random(4)).
#[cfg(target_os = "linux")]
pub(super) fn boot_id() -> Option<String> {
    let of_kernel = || fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
    let id = env::var("JWTICK_BOOT_ID").ok().or_else(of_kernel)?;
    Some(id.trim_end().to_owned()).filter(|id| !id.is_empty())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn boot_id() -> Option<String> {
    None
}
