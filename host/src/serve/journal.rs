//! The log: a line for each verdict, without tokens and queries.
//!
//! A thread of its own writes the lines, so that a reader that stops cannot stop the service. Verdicts of
//! one kind that come faster than anybody can read are counted instead of written.

use core::mem;
use core::time::Duration;
use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use jwtick_core::UnixTime;
use jwtick_core::time::Offset;

use super::choice::Logged;
use super::decision::Decision;
use super::reason::Reason;

/// A decision about one request.
pub(crate) struct Entry {
    /// The reading of this host's clock, as in every other log of the host.
    pub(crate) at: UnixTime,
    pub(crate) decision: Decision,
    /// The clock of the issuer minus UTC, if the token is refused by time.
    pub(crate) issuer_clock: Option<Offset>,
    /// The source of the bounds on UTC by which the token was judged.
    pub(crate) clock: &'static str,
    pub(crate) status: u16,
    pub(crate) method: String,
    /// The path of the original request; `None` if the front does not tell.
    pub(crate) path: Option<String>,
    pub(crate) trace: Option<String>,
}

/// A line of the log.
pub(crate) enum Line {
    Verdict(Box<Entry>),
    /// Verdicts of one kind that got no line.
    Repeated {
        at: UnixTime,
        kind: Kind,
        count: u64,
    },
    /// Lines that found no room, because the reader of the log is too slow.
    Lost {
        at: UnixTime,
        count: u64,
    },
}

/// Verdicts that count as the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    pub(crate) issuer: Option<Arc<str>>,
    /// `None` for requests that may pass.
    pub(crate) reason: Option<Reason>,
}

impl Kind {
    fn of(decision: &Decision) -> Self {
        match decision {
            Decision::Allow(allowed) => Self { issuer: allowed.about.issuer.clone(), reason: None },
            Decision::Refuse(refusal) | Decision::Undecided(refusal) => {
                Self { issuer: refusal.about.issuer.clone(), reason: Some(refusal.reason) }
            }
        }
    }
}

/// Lines of one kind in each [`WINDOW`].
const LINES: u32 = 10;
const WINDOW: Duration = Duration::from_secs(1);

/// Lines that wait to be written.
const WAITING: usize = 1_024;

/// The log of a service. Its last lines are written when it is dropped.
pub(crate) struct Journal {
    limiter: Arc<Mutex<Limiter>>,
    sender: Option<SyncSender<Line>>,
    writer: Option<JoinHandle<()>>,
}

impl Journal {
    /// Starts a log whose lines `write` writes.
    ///
    /// # Errors
    /// Only if the system has no thread left.
    pub(crate) fn to(write: impl Fn(&Line) + Send + 'static) -> io::Result<Self> {
        let limiter = Arc::new(Mutex::new(Limiter::default()));
        let (sender, lines) = sync_channel(WAITING);
        let shared = Arc::clone(&limiter);
        let all = move || write_all(&lines, &shared, &write);
        let writer = thread::Builder::new().name("log".to_owned()).spawn(all)?;
        Ok(Self { limiter, sender: Some(sender), writer: Some(writer) })
    }

    /// Returns true if a decision gets a line.
    pub(super) fn wants(&self, decision: &Decision, logged: Logged) -> bool {
        let kind = Kind::of(decision);
        (kind.reason.is_some() || logged == Logged::All)
            && locked(&self.limiter).admits(kind, Instant::now())
    }

    /// Hands a line to the thread that writes it.
    pub(super) fn write(&self, entry: Entry) {
        let sent = self.sender.as_ref().map(|it| it.try_send(Line::Verdict(Box::new(entry))));
        if let Some(Err(TrySendError::Full(_))) = sent {
            let lost = &mut locked(&self.limiter).lost;
            *lost = lost.saturating_add(1);
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn locked(limiter: &Mutex<Limiter>) -> MutexGuard<'_, Limiter> {
    limiter.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write_all(lines: &Receiver<Line>, limiter: &Mutex<Limiter>, write: &impl Fn(&Line)) {
    let mut swept = Instant::now();
    loop {
        let line = lines.recv_timeout(WINDOW);
        if let Ok(line) = &line {
            write(line);
        }
        let ended = line.is_err_and(|error| error == RecvTimeoutError::Disconnected);
        let now = Instant::now();
        if ended || now.saturating_duration_since(swept) >= WINDOW {
            swept = now;
            let at = crate::source::os::reading();
            let (counts, lost) = locked(limiter).swept(now, ended);
            for (kind, count) in counts {
                write(&Line::Repeated { at, kind, count });
            }
            if lost > 0 {
                write(&Line::Lost { at, count: lost });
            }
        }
        if ended {
            return;
        }
    }
}

/// Counts verdicts of each kind. There are as many kinds as issuers times reasons.
#[derive(Debug, Default)]
struct Limiter {
    windows: BTreeMap<Kind, Window>,
    lost: u64,
}

#[derive(Debug)]
struct Window {
    started: Instant,
    written: u32,
    left_out: u64,
}

impl Limiter {
    /// Returns true if a verdict of this kind gets a line at `now`.
    fn admits(&mut self, kind: Kind, now: Instant) -> bool {
        let fresh = || Window { started: now, written: 0, left_out: 0 };
        let window = self.windows.entry(kind).or_insert_with(fresh);
        if now.saturating_duration_since(window.started) >= WINDOW && window.left_out == 0 {
            *window = fresh();
        }
        if window.written < LINES {
            window.written = window.written.saturating_add(1);
            return true;
        }
        window.left_out = window.left_out.saturating_add(1);
        false
    }

    /// Takes the counts of windows that are over, or of all at the end; and the number of lost lines.
    fn swept(&mut self, now: Instant, ended: bool) -> (Vec<(Kind, u64)>, u64) {
        let mut counts = vec![];
        self.windows.retain(|kind, window| {
            let over = ended || now.saturating_duration_since(window.started) >= WINDOW;
            if over && window.left_out > 0 {
                counts.push((kind.clone(), window.left_out));
            }
            !over
        });
        (counts, mem::take(&mut self.lost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(reason: Reason) -> Kind {
        Kind { issuer: Some("login".into()), reason: Some(reason) }
    }

    #[test]
    fn limiter_writes_ten_of_a_kind_and_counts_the_others() {
        let (mut limiter, start) = (Limiter::default(), Instant::now());
        let admitted = (0..25).filter(|_| limiter.admits(kind(Reason::Expired), start)).count();
        assert_eq!(admitted, 10);
        assert!(limiter.admits(kind(Reason::Scope), start), "another kind has lines of its own");
        assert_eq!(limiter.swept(start, false), (vec![], 0), "the window is not over");
        // Until the count is written, the window goes on.
        let later = start + WINDOW;
        assert!(!limiter.admits(kind(Reason::Expired), later));
        assert_eq!(limiter.swept(later, false), (vec![(kind(Reason::Expired), 16)], 0));
        assert!(limiter.admits(kind(Reason::Expired), later));
        assert_eq!(limiter.swept(later, true), (vec![], 0));
        assert!(limiter.windows.is_empty());
    }
}
