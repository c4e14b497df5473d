//! Used identifiers of several nodes, in Redis.
//!
//! `PX`, a length of time, and never `PXAT`: with an instant that has passed by the server's clock,
//! Redis answers `OK` and keeps nothing. Two more things would let replays pass, and are refused: a
//! server that evicts keys when its memory is full, and one that lost its keys in a restart. A key
//! without an end, the *epoch*, shows the second: whoever misses it leaves the mark [`LOST`], and all
//! nodes refuse every token until the mark expires, and with it all tokens that were used before.

use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, ErrorKind, IntoConnectionInfo, RedisError, ServerErrorKind, cmd, pipe};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::replay::{Inserted, ReplayKey, StoreFault};

const EPOCH: &str = "jwtick:replay:epoch";
const LOST: &str = "jwtick:replay:lost";
/// With it, a key still fits into 24 bytes with its header, so that it costs no memory.
const PREFIX: &[u8] = b"jwt:";

/// Pause between checks of a server that works, and of one that does not.
const CALM: Duration = Duration::from_secs(5);
const ALERT: Duration = Duration::from_millis(500);
/// For the first connection; a server that is not there yet does not stop the start.
const FIRST: Duration = Duration::from_secs(2);

/// A connection to a Redis server, which is checked regularly in the background.
pub(crate) struct Redis {
    manager: ConnectionManager,
    shared: Arc<Shared>,
    watch: JoinHandle<()>,
}

struct Shared {
    health: Mutex<Health>,
    /// How long the mark of a loss stays, in milliseconds.
    longest: AtomicU64,
}

#[derive(Debug, Clone)]
struct Health {
    fault: Option<StoreFault>,
    /// Of the server's keys as this node knows them; `None` before the first check.
    epoch: Option<String>,
    /// The server does not say whether it evicts keys.
    unreadable: bool,
}

impl Redis {
    /// Connects, and starts to check the server on the current tokio runtime. `longest` is how long
    /// the longest entry is kept.
    ///
    /// # Errors
    /// If the address is malformed, or the server evicts keys. A server that does not answer is no
    /// error: tokens are refused until it does.
    pub(crate) async fn connect(
        url: &str,
        limit: Duration,
        longest: Duration,
    ) -> Result<Self, StoreFault> {
        let told = |fault: RedisError| StoreFault::Redis(fault.to_string());
        let client = Client::open(url.into_connection_info().map_err(told)?).map_err(told)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(FIRST))
            .set_response_timeout(Some(limit))
            .set_number_of_retries(1)
            .set_max_delay(ALERT)
            .set_pipeline_buffer_size(1_024);
        let manager = ConnectionManager::new_lazy_with_config(client, config).map_err(told)?;
        let unknown = StoreFault::Redis("not reached yet".to_owned());
        let health = Health { fault: Some(unknown), epoch: None, unreadable: false };
        let longest = AtomicU64::new(millis(longest));
        let shared = Arc::new(Shared { health: Mutex::new(health), longest });
        let checked = timeout(FIRST, check(manager.clone(), &shared)).await;
        if let Some(fault @ StoreFault::Evicting { .. }) =
            shared.fault().filter(|_| checked.is_ok())
        {
            return Err(fault);
        }
        let watch = tokio::spawn(watch(manager.clone(), Arc::clone(&shared)));
        Ok(Self { manager, shared, watch })
    }

    pub(crate) async fn insert(
        &self,
        key: ReplayKey,
        keep: Duration,
    ) -> Result<Inserted, StoreFault> {
        let Health { fault, epoch, .. } = self.shared.lock().clone();
        if let Some(fault) = fault {
            return Err(fault);
        }
        let keep = millis(keep);
        let name = [PREFIX, &key.octets()].concat();
        let mut insertion = pipe();
        insertion.atomic().cmd("MGET").arg(EPOCH).arg(LOST);
        insertion.cmd("SET").arg(name).arg(1).arg("NX").arg("PX").arg(keep);
        type Answer = ((Option<String>, Option<String>), Option<String>);
        let answer: Result<Answer, _> = insertion.query_async(&mut self.manager.clone()).await;
        let fault = match answer {
            Ok(((now, None), set)) if now == epoch => {
                return Ok(set.map_or(Inserted::Seen, |_| Inserted::New));
            }
            Ok(_) => StoreFault::Lost,
            Err(fault) => StoreFault::Redis(fault.to_string()),
        };
        self.shared.lock().fault = Some(fault.clone());
        Err(fault)
    }

    /// Returns whether the server has the key.
    pub(crate) async fn has(&self, key: ReplayKey) -> Result<bool, StoreFault> {
        let Health { fault, epoch, .. } = self.shared.lock().clone();
        if let Some(fault) = fault {
            return Err(fault);
        }
        let mut question = cmd("MGET");
        question.arg(EPOCH).arg(LOST).arg([PREFIX, &key.octets()].concat());
        type Answer = (Option<String>, Option<String>, Option<String>);
        let answer: Result<Answer, _> = question.query_async(&mut self.manager.clone()).await;
        match answer {
            Ok((now, None, met)) if now == epoch => Ok(met.is_some()),
            Ok(_) => Err(StoreFault::Lost),
            Err(fault) => Err(StoreFault::Redis(fault.to_string())),
        }
    }

    /// Changes how long the longest entry is kept. Entries that are kept for longer may still be there, so
    /// the mark never stays for less than before.
    pub(crate) fn extend(&self, longest: Duration) {
        self.shared.longest.fetch_max(millis(longest), Ordering::Relaxed);
    }

    /// Returns why tokens are refused at the moment.
    pub(crate) fn fault(&self) -> Option<StoreFault> {
        self.shared.fault()
    }

    /// Returns true if the server does not say whether it evicts keys.
    pub(crate) fn is_unreadable(&self) -> bool {
        self.shared.lock().unreadable
    }
}

// Redis refuses a length of 0.
fn millis(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX).max(1)
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fault(&self) -> Option<StoreFault> {
        self.lock().fault.clone()
    }
}

async fn watch(manager: ConnectionManager, shared: Arc<Shared>) {
    loop {
        let pause = if shared.fault().is_some() { ALERT } else { CALM };
        sleep(pause).await;
        check(manager.clone(), &shared).await;
    }
}

/// Checks the server once, and notes the result.
async fn check(mut manager: ConnectionManager, shared: &Shared) {
    let known = shared.lock().epoch.clone();
    let longest = shared.longest.load(Ordering::Relaxed);
    let result = examine(&mut manager, known, longest).await;
    let mut health = shared.lock();
    match result {
        Ok(Examined { policy, epoch, lost }) => {
            health.epoch = Some(epoch);
            health.unreadable = policy.is_none();
            let evicting = policy.filter(|policy| policy != "noeviction");
            health.fault = match evicting {
                Some(policy) => Some(StoreFault::Evicting { policy }),
                None => lost.then_some(StoreFault::Lost),
            };
        }
        Err(fault) => health.fault = Some(StoreFault::Redis(fault.to_string())),
    }
}

struct Examined {
    /// `None` if the server does not tell.
    policy: Option<String>,
    epoch: String,
    lost: bool,
}

async fn examine(
    server: &mut ConnectionManager,
    known: Option<String>,
    longest: u64,
) -> Result<Examined, RedisError> {
    let policy = policy(server).await?;
    let found: Option<String> = cmd("GET").arg(EPOCH).query_async(server).await?;
    if known.is_some() && found != known {
        // The mark is set before a new epoch: a node that starts in between finds it.
        let mut mark = cmd("SET");
        mark.arg(LOST).arg(1).arg("NX").arg("PX").arg(longest);
        mark.query_async::<Option<String>>(server).await?;
    }
    let mut adopt = pipe();
    adopt.atomic().cmd("SET").arg(EPOCH).arg(fresh_epoch()).arg("NX").ignore();
    adopt.cmd("GET").arg(EPOCH).cmd("EXISTS").arg(LOST);
    let (epoch, lost): (String, bool) = adopt.query_async(server).await?;
    Ok(Examined { policy, epoch, lost })
}

async fn policy(server: &mut ConnectionManager) -> Result<Option<String>, RedisError> {
    let memory: Result<String, _> = cmd("INFO").arg("memory").query_async(server).await;
    match memory {
        Ok(memory) => {
            let mut lines = memory.lines();
            let value = lines.find_map(|line| line.strip_prefix("maxmemory_policy:"));
            Ok(value.map(|policy| policy.trim().to_owned()))
        }
        // A managed server, or the rights of this user, may forbid the command.
        Err(fault) if is_refusal(&fault) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn is_refusal(fault: &RedisError) -> bool {
    matches!(
        fault.kind(),
        ErrorKind::Server(ServerErrorKind::NoPerm | ServerErrorKind::ResponseError)
    )
}

/// Returns text that no other start has.
fn fresh_epoch() -> String {
    let mut octets = [0; 8];
    // Without random numbers, the time is unlike that of other starts.
    if getrandom::fill(&mut octets).is_err() {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        octets = u64::try_from(now.unwrap_or_default().as_nanos()).unwrap_or(0).to_be_bytes();
    }
    format!("{:016x}", u64::from_be_bytes(octets))
}
