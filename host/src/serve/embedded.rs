//! Used identifiers of a single node: in memory and in a file (redb).
//!
//! A token is accepted only after its entry is on disk. One thread writes: all entries that arrive
//! while it waits for the disk share the next transaction. The index in memory answers, so nothing
//! is read from the file except at the start.
//!
//! The file has no instants. An end is a time since the boot of this machine, valid only until the
//! next boot; after that, it is unknown how long the machine was off, so each entry is kept for its
//! full time again.

use core::time::Duration;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use redb::{Database, DatabaseError, ReadableTable, TableDefinition};
use tokio::sync::oneshot;

use super::memory::{SWEPT, Ticks, boot_id, locked};
use super::replay::{Claimed, Index, Inserted, ReplayKey, StoreFault};

/// Key → the end of the entry, in milliseconds since boot, and its full length in milliseconds.
const USED: TableDefinition<'_, [u8; 16], (u64, u64)> = TableDefinition::new("used");
const META: TableDefinition<'_, &str, &str> = TableDefinition::new("meta");
const BOOT: &str = "boot";
const PROBE: &str = "probe";

/// Of the pages of the file that are kept in memory.
const CACHE_BYTES: usize = 2 << 20;
/// An error of redb, which has several types.
type DiskFault = Box<dyn core::error::Error + Send + Sync>;

/// Entries that may wait for the writer.
const QUEUE: usize = 4_096;
/// Pause between deletions of expired entries while no token arrives.
const SWEEP: Duration = Duration::from_secs(5);
/// Pause between attempts to write again after an error.
const RETRY: Duration = Duration::from_millis(500);

/// Entries in memory and in a file.
pub(crate) struct Embedded {
    shared: Arc<Shared>,
    /// `None` only while this is dropped.
    queue: Option<SyncSender<Waiting>>,
    writer: Option<JoinHandle<()>>,
}

struct Shared {
    index: Mutex<Index>,
    ticks: Ticks,
    /// Of the last attempt to write.
    fault: Mutex<Option<StoreFault>>,
}

/// A claimed entry that is not on disk yet.
struct Waiting {
    key: ReplayKey,
    until: u64,
    keep: Duration,
    written: oneshot::Sender<Result<(), StoreFault>>,
}

impl Embedded {
    /// Opens the file or creates it, and reads the entries that have not expired.
    ///
    /// # Errors
    /// [`StoreFault::File`] if the file cannot be written, or if another process uses it.
    pub(crate) fn open(path: &Path, most: usize) -> Result<Self, StoreFault> {
        let ticks = Ticks::started();
        let mut index = Index::new(most);
        let database = open(path)?;
        load(&database, &mut index, ticks.now(), boot_id().as_deref())
            .map_err(|fault| file_fault(path, &fault))?;
        let shared = Shared { index: Mutex::new(index), ticks, fault: Mutex::new(None) };
        let shared = Arc::new(shared);
        let (queue, waiting) = sync_channel(QUEUE);
        let writer = Writer {
            path: path.to_owned(),
            database: Some(database),
            tried: Instant::now(),
            shared: Arc::clone(&shared),
        };
        let thread = thread::Builder::new().name("replay writer".to_owned());
        let writer = thread
            .spawn(move || writer.run(&waiting))
            .map_err(|fault| StoreFault::File(fault.to_string()))?;
        Ok(Self { shared, queue: Some(queue), writer: Some(writer) })
    }

    /// Returns [`Inserted::New`] after the entry is on disk.
    ///
    /// If this future is dropped before, the token counts as not accepted: its entry is removed,
    /// unless it is being written already.
    pub(crate) async fn insert(
        &self,
        key: ReplayKey,
        keep: Duration,
    ) -> Result<Inserted, StoreFault> {
        let claimed = locked(&self.shared.index).claim(key, self.shared.ticks.now(), keep);
        let until = match claimed {
            Claimed::Seen => return Ok(Inserted::Seen),
            Claimed::Full { most } => return Err(StoreFault::Full { most }),
            Claimed::New { until } => until,
        };
        let (written, done) = oneshot::channel();
        let sent =
            self.queue.as_ref().map(|queue| queue.try_send(Waiting { key, until, keep, written }));
        if let Some(Ok(())) = sent {
            return done.await.unwrap_or_else(|_| Err(stopped())).map(|()| Inserted::New);
        }
        locked(&self.shared.index).release(key);
        match sent {
            Some(Err(TrySendError::Full(_))) => Err(StoreFault::Full { most: QUEUE }),
            _ => Err(stopped()),
        }
    }

    pub(crate) fn has(&self, key: ReplayKey) -> bool {
        locked(&self.shared.index).has(key, self.shared.ticks.now())
    }

    /// Returns the error of the last attempt to write.
    pub(crate) fn fault(&self) -> Option<StoreFault> {
        locked(&self.shared.fault).clone()
    }

    pub(crate) fn limit(&self, most: usize) {
        locked(&self.shared.index).limit(most);
    }

    pub(crate) fn len(&self) -> usize {
        locked(&self.shared.index).len()
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        // The writer ends with its queue, after everything in there is written.
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn stopped() -> StoreFault {
    StoreFault::File("its thread has ended".to_owned())
}

struct Writer {
    path: PathBuf,
    /// `None` after an error: redb does not continue with a file after one.
    database: Option<Database>,
    tried: Instant,
    shared: Arc<Shared>,
}

impl Writer {
    fn run(mut self, queue: &Receiver<Waiting>) {
        loop {
            let failed = locked(&self.shared.fault).is_some();
            let first = match queue.recv_timeout(if failed { RETRY } else { SWEEP }) {
                Ok(first) => Some(first),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let rest = queue.try_iter().take(QUEUE);
            let batch = self.without_abandoned(first.into_iter().chain(rest));
            let expired = locked(&self.shared.index).take_expired(self.shared.ticks.now(), SWEPT);
            if failed || !batch.is_empty() || !expired.is_empty() {
                self.write(batch, &expired);
            }
        }
    }

    /// Leaves out tokens whose time limit has passed: they were not accepted, so a client may try
    /// again with them.
    fn without_abandoned(&self, batch: impl Iterator<Item = Waiting>) -> Vec<Waiting> {
        let (abandoned, batch): (Vec<_>, _) = batch.partition(|entry| entry.written.is_closed());
        let mut index = locked(&self.shared.index);
        abandoned.iter().for_each(|entry| index.release(entry.key));
        batch
    }

    fn write(&mut self, batch: Vec<Waiting>, expired: &[ReplayKey]) {
        let path = self.path.clone();
        let result = self.reopened().and_then(|database| {
            commit(database, &batch, expired).map_err(|fault| file_fault(&path, &fault))
        });
        if result.is_err() {
            self.database = None;
            let mut index = locked(&self.shared.index);
            batch.iter().for_each(|entry| index.release(entry.key));
        }
        *locked(&self.shared.fault) = result.clone().err();
        for entry in batch {
            let _ = entry.written.send(result.clone());
        }
    }

    fn reopened(&mut self) -> Result<&Database, StoreFault> {
        if self.database.is_none() {
            let fault = locked(&self.shared.fault).clone();
            if let Some(fault) = fault.filter(|_| self.tried.elapsed() < RETRY) {
                return Err(fault);
            }
            self.tried = Instant::now();
            self.database = Some(open(&self.path)?);
        }
        self.database.as_ref().ok_or_else(stopped)
    }
}

fn open(path: &Path) -> Result<Database, StoreFault> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|fault| file_fault(path, &fault))?;
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES).create_with_file_format_v3(true);
    builder.create_file(file).map_err(|fault| match fault {
        DatabaseError::DatabaseAlreadyOpen => StoreFault::File(format!(
            "{}: another process uses it: nodes cannot share this file, so give each its own state \
             directory if they see different tokens, or configure Redis",
            path.display()
        )),
        fault => file_fault(path, &fault),
    })
}

fn file_fault(path: &Path, fault: &dyn core::fmt::Display) -> StoreFault {
    StoreFault::File(format!("{}: {fault}", path.display()))
}

fn commit(database: &Database, batch: &[Waiting], expired: &[ReplayKey]) -> Result<(), DiskFault> {
    let transaction = database.begin_write()?;
    {
        let mut used = transaction.open_table(USED)?;
        for key in expired {
            used.remove(key.octets())?;
        }
        for entry in batch {
            used.insert(entry.key.octets(), (entry.until, millis(entry.keep)))?;
        }
    }
    if batch.is_empty() && expired.is_empty() {
        // After an error: shows whether the file can be written again.
        transaction.open_table(META)?.insert(PROBE, "")?;
    }
    transaction.commit()?; // returns after fsync(2)
    Ok(())
}

/// Reads the entries, and deletes those that expired since they were written.
fn load(
    database: &Database,
    index: &mut Index,
    now: u64,
    boot: Option<&str>,
) -> Result<(), DiskFault> {
    let transaction = database.begin_write()?;
    {
        let mut meta = transaction.open_table(META)?;
        let written = meta.get(BOOT)?.map(|id| id.value().to_owned());
        let same = boot.is_some() && written.as_deref() == boot;
        meta.insert(BOOT, boot.unwrap_or_default())?;
        let mut used = transaction.open_table(USED)?;
        let mut kept = Vec::new();
        used.retain(|key, (until, keep)| {
            let until = if same { until } else { now.saturating_add(keep) };
            kept.push((key, until, keep));
            until > now
        })?;
        for (key, until, keep) in kept.into_iter().filter(|(_, until, _)| *until > now) {
            if !same {
                used.insert(key, (until, keep))?;
            }
            index.insert(ReplayKey::from_octets(key), until);
        }
    }
    transaction.commit()?;
    Ok(())
}

fn millis(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::replay::Tag;
    use super::*;

    const MINUTE: u64 = 60_000;

    fn key(jti: &str) -> ReplayKey {
        ReplayKey::of(Tag::Access, "https://login.example", jti)
    }

    fn waiting(jti: &str, until: u64, keep: u64) -> Waiting {
        let (written, _) = oneshot::channel();
        Waiting { key: key(jti), until, keep: Duration::from_millis(keep), written }
    }

    /// After a boot, the clock of the ends starts at zero again, and the time between is unknown.
    #[test]
    fn entries_are_kept_in_full_after_a_boot_only() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(&folder.path().join("used")).unwrap();
        load(&database, &mut Index::new(9), 0, Some("first")).unwrap();
        let batch = [waiting("long", 9 * MINUTE, 9 * MINUTE), waiting("short", MINUTE, MINUTE)];
        commit(&database, &batch, &[]).unwrap();
        type Row = (&'static str, Option<&'static str>, u64, &'static [(&'static str, u64)]);
        let rows: &[Row] = &[
            ("same boot", Some("first"), MINUTE - 1, &[("long", 9 * MINUTE), ("short", MINUTE)]),
            ("the end has passed", Some("first"), MINUTE, &[("long", 9 * MINUTE)]),
            ("another boot", Some("second"), 5, &[("long", 9 * MINUTE + 5)]),
            ("that boot again", Some("second"), MINUTE, &[("long", 9 * MINUTE + 5)]),
            ("unknown boot", None, MINUTE, &[("long", 10 * MINUTE)]),
            ("unknown again", None, 99 * MINUTE, &[("long", 108 * MINUTE)]),
        ];
        for &(name, boot, now, kept) in rows {
            let mut index = Index::new(9);
            load(&database, &mut index, now, boot).unwrap();
            assert_eq!(index.len(), kept.len(), "{name}");
            for &(jti, until) in kept {
                let keep = Duration::from_secs(1);
                assert_eq!(index.claim(key(jti), until - 1, keep), Claimed::Seen, "{name}: {jti}");
                let again = index.claim(key(jti), until, keep);
                assert_eq!(again, Claimed::New { until: until + 1_000 }, "{name}: {jti}");
            }
        }
    }

    fn wait<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn entries_are_on_disk_when_an_insertion_returns() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("used");
        let keep = Duration::from_secs(3_600);
        let store = Embedded::open(&path, 9).unwrap();
        assert_eq!(wait(store.insert(key("a"), keep)), Ok(Inserted::New));
        // The file as a crash at this moment would leave it.
        let copy = folder.path().join("copy");
        fs::copy(&path, &copy).unwrap();
        let store = Embedded::open(&copy, 9).unwrap();
        assert_eq!(wait(store.insert(key("a"), keep)), Ok(Inserted::Seen));
        assert_eq!(wait(store.insert(key("b"), keep)), Ok(Inserted::New));
    }

    #[test]
    fn file_of_another_process_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("used");
        let _first = Embedded::open(&path, 9).unwrap();
        let Err(StoreFault::File(fault)) = Embedded::open(&path, 9) else { panic!("was opened") };
        assert!(fault.contains("another process uses it"), "{fault}");
    }

    /// Of many insertions of a key at the same time, one is new.
    #[test]
    fn one_of_many_insertions_wins() {
        let folder = tempfile::tempdir().unwrap();
        let store = Embedded::open(&folder.path().join("used"), 999).unwrap();
        for round in 0..20 {
            let race = || wait(store.insert(key(&round.to_string()), Duration::from_secs(60)));
            let results = thread::scope(|scope| {
                let racers: Vec<_> = (0..8).map(|_| scope.spawn(race)).collect();
                racers.into_iter().map(|it| it.join().unwrap().unwrap()).collect::<Vec<_>>()
            });
            let new = results.iter().filter(|result| **result == Inserted::New).count();
            assert_eq!(new, 1, "round {round}");
        }
    }

    /// A token whose time limit has passed can be sent again.
    #[test]
    fn abandoned_insertion_leaves_no_entry() {
        let shared = Shared {
            index: Mutex::new(Index::new(9)),
            ticks: Ticks::started(),
            fault: Mutex::new(None),
        };
        let writer = Writer {
            path: PathBuf::new(),
            database: None,
            tried: Instant::now(),
            shared: Arc::new(shared),
        };
        locked(&writer.shared.index).insert(key("late"), u64::MAX);
        let left = writer.without_abandoned([waiting("late", 1, 1)].into_iter());
        assert!(left.is_empty());
        assert_eq!(locked(&writer.shared.index).len(), 0);
    }
}
