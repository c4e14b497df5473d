//! The keys of one issuer, and what is known about them, shared by the requests that use them and the task
//! that fetches them.

use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use arc_swap::ArcSwapOption;
use jwtick_core::token::{Jws, Verified};
use jwtick_core::{Span, UnixTime};
use tokio::sync::{Notify, Semaphore, watch};

use super::schedule::{Demand, Moment, Schedule};
use crate::keys::{NotAuthentic, PreparedKeys, RemoteFault};
use crate::notation::duration::span;
use crate::source::os;

/// A set of keys that are prepared to verify.
pub(crate) struct KeySet {
    /// A number that no other set of this process has.
    pub(crate) generation: u64,
    keys: PreparedKeys,
}

impl KeySet {
    fn new(keys: PreparedKeys) -> Arc<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Arc::new(Self { generation: NEXT.fetch_add(1, Ordering::Relaxed), keys })
    }

    /// Verifies the signature of a token with the keys that fit its header.
    ///
    /// # Errors
    /// [`NotAuthentic`] says why the token is not authentic.
    pub(crate) fn verify<'t>(&self, jws: Jws<'t>) -> Result<Jws<'t, Verified>, NotAuthentic> {
        self.keys.verify(jws)
    }

    /// Returns the number of keys.
    pub(crate) const fn count(&self) -> usize {
        self.keys.count()
    }
}

/// What readers share with the task that fetches.
pub(super) struct Line {
    in_force: ArcSwapOption<InForce>,
    notes: Mutex<Notes>,
    pub(super) wake: Notify,
    /// The number of fetches that have ended.
    pub(super) ended: watch::Sender<u64>,
    pub(super) places: Semaphore,
}

struct InForce {
    set: Arc<KeySet>,
    until: Moment,
}

pub(super) struct Notes {
    pub(super) schedule: Schedule,
    state: KeyState,
    /// When the keys were last fetched, on the clock of the schedule; the age of keys from disk counts.
    fetched: Option<Moment>,
}

/// The state of the keys, for `readyz` and metrics.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyState {
    /// The keys, whether or not they may still be used.
    pub(crate) set: Option<SetState>,
    /// True if the keys never change.
    pub(crate) is_fixed: bool,
    /// True if tokens can be verified.
    pub(crate) is_usable: bool,
    /// True if the keys are not used much longer: half of the permitted time has passed since they were fetched.
    pub(crate) is_aging: bool,
    /// The time since the keys were last fetched.
    pub(crate) age: Option<Span>,
    /// When that was.
    pub(crate) fetched: Option<UnixTime>,
    /// The fault of the last fetch: its code, and a sentence.
    pub(crate) fault: Option<(&'static str, String)>,
    /// The reason why the last set is not kept on disk.
    pub(crate) unkept: Option<String>,
    /// The number of fetches by result: `ok`, `unchanged`, or the code of a fault.
    pub(crate) fetches: Vec<(&'static str, u64)>,
    /// The number of tokens with an unknown key for which keys were fetched, and for which they were not.
    pub(crate) unknown_key: (u64, u64),
}

/// A set of keys, for metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetState {
    pub(crate) generation: u64,
    pub(crate) count: usize,
    /// The first 8 bytes of the SHA-256 of its text, in hex; `None` for fixed keys, which may be secrets.
    pub(crate) hash: Option<String>,
}

/// The most requests that wait for the keys of one issuer.
const MOST_WAITING: usize = 64;

impl Line {
    pub(super) fn new(schedule: Schedule) -> Self {
        let notes = Notes { schedule, state: KeyState::default(), fetched: None };
        Self {
            in_force: ArcSwapOption::empty(),
            notes: Mutex::new(notes),
            wake: Notify::new(),
            ended: watch::Sender::new(0),
            places: Semaphore::new(MOST_WAITING),
        }
    }

    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        // No code panics while it holds the lock.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn current(&self) -> Option<Arc<KeySet>> {
        let in_force = self.in_force.load();
        let in_force =
            in_force.as_ref().filter(|it| it.until == Moment::MAX || moment() < it.until)?;
        Some(Arc::clone(&in_force.set))
    }

    pub(super) fn demand(&self) -> Demand {
        let mut notes = self.notes();
        let demand = notes.schedule.demand(moment());
        let (fetched, refused) = &mut notes.state.unknown_key;
        let count = if demand == Demand::Cooldown { refused } else { fetched };
        *count = count.saturating_add(1);
        if demand == Demand::Claimed {
            self.wake.notify_one();
        }
        demand
    }

    /// Begins a fetch if one is due.
    pub(super) fn is_due(&self) -> bool {
        let (mut notes, now) = (self.notes(), moment());
        let is_due = now >= notes.schedule.due();
        if is_due {
            notes.schedule.begin(now);
        }
        is_due
    }

    /// Uses keys that never change.
    pub(super) fn fix(&self, keys: PreparedKeys) {
        let set = KeySet::new(keys);
        let (generation, count) = (set.generation, set.count());
        let mut notes = self.notes();
        notes.state.set = Some(SetState { generation, count, hash: None });
        notes.state.is_fixed = true;
        self.in_force.store(Some(Arc::new(InForce { set, until: Moment::MAX })));
    }

    /// Returns the state now.
    pub(super) fn state(&self) -> KeyState {
        let (notes, now) = (self.notes(), moment());
        KeyState {
            is_usable: self.current().is_some(),
            is_aging: notes.schedule.is_aging(now),
            age: notes.fetched.map(|at| span(now.saturating_sub(at))),
            ..notes.state.clone()
        }
    }

    /// Replaces the keys, which were fetched at `fetched`.
    pub(super) fn replace(
        &self,
        notes: &mut Notes,
        keys: PreparedKeys,
        hash: String,
        fetched: Moment,
    ) {
        let set = KeySet::new(keys);
        let (generation, count) = (set.generation, set.count());
        notes.state.set = Some(SetState { generation, count, hash: Some(hash) });
        self.store(notes, set, fetched);
    }

    /// Extends the time for which the keys are used.
    pub(super) fn confirm(&self, notes: &mut Notes, fetched: Moment) {
        let set = self.in_force.load().as_ref().map(|it| Arc::clone(&it.set));
        set.into_iter().for_each(|set| self.store(notes, set, fetched));
    }

    fn store(&self, notes: &mut Notes, set: Arc<KeySet>, fetched: Moment) {
        notes.fetched = Some(fetched);
        let until = notes.schedule.usable_until().unwrap_or_default();
        self.in_force.store(Some(Arc::new(InForce { set, until })));
    }

    /// Counts a fetch that has ended, and lets the requests that wait for it go on.
    pub(super) fn end(
        &self,
        mut notes: MutexGuard<'_, Notes>,
        ended: Result<&'static str, &RemoteFault>,
    ) {
        let code = ended.unwrap_or_else(RemoteFault::code);
        notes.state.fault = ended.err().map(|fault| (code, fault.to_string()));
        match notes.state.fetches.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => notes.state.fetches.push((code, 1)),
        }
        drop(notes);
        self.ended.send_modify(|count| *count = count.saturating_add(1));
    }
}

impl Notes {
    /// Returns the hash of the keys.
    pub(super) fn hash(&self) -> Option<&str> {
        self.state.set.as_ref()?.hash.as_deref()
    }

    pub(super) fn kept(&mut self, at: UnixTime, unkept: Option<String>) {
        (self.state.fetched, self.state.unkept) = (Some(at), unkept);
    }
}

/// Returns the time since the start of the machine, or of this program if the system does not know it.
pub(super) fn moment() -> Moment {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    os::boot().unwrap_or_else(|| START.elapsed())
}
