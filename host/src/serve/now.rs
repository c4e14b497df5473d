//! Bounds on UTC for a service, kept up in the background.
//!
//! They come from the sources that the user names, else from the time daemon of this host, else from the
//! kernel. Between measurements they run on by the monotonic clock and widen with its drift, so that a step of
//! the host's clock does not affect any verdict.

use core::time::Duration;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use arc_swap::ArcSwap;
use jwtick_core::time::{Bracket, Offset};
use jwtick_core::{Span, TimeBounds};

use super::clock_reading::{Basis, ClockSettings, Reading};
use crate::notation::duration::{span, to_std};
use crate::source::anchor::{AnchoredUtc, Lost};
use crate::source::{LocalClock, os};

/// The state of the clock, for `readyz` and metrics.
#[derive(Debug, Clone)]
pub(crate) struct ClockState {
    pub(crate) utc: TimeBounds,
    pub(crate) basis: Basis,
    /// How far the host's clock is behind UTC; `None` if UTC is unknown, or known only by that clock.
    pub(crate) host: Option<Offset>,
    /// The time since the last measurement that succeeded.
    pub(crate) age: Option<Span>,
    /// The number of independent witnesses of the last measurement.
    pub(crate) witnesses: usize,
    /// The reason why the last measurement failed, or has not replaced the one before.
    pub(crate) fault: Option<String>,
    /// The number of times that the host's clock was stepped, and the last step; positive is forward.
    pub(crate) steps: (u64, Option<Span>),
}

/// Bounds on UTC at any time. The measurements end when this is dropped.
pub(crate) struct ServiceClock {
    held: Arc<Held>,
    _running: Sender<()>,
}

struct Held {
    by: ArcSwap<By>,
    notes: Mutex<Notes>,
}

/// The bounds in force.
enum By {
    Nothing,
    Host { uncertainty: Span },
    Anchor(Basis, AnchoredUtc),
}

#[derive(Debug, Default)]
struct Notes {
    measured: Option<Instant>,
    witnesses: usize,
    fault: Option<String>,
    steps: (u64, Option<Span>),
}

impl ServiceClock {
    /// Starts to measure, and waits for the first measurement.
    pub(crate) fn start(settings: ClockSettings) -> Self {
        let held =
            Arc::new(Held { by: ArcSwap::from_pointee(By::Nothing), notes: Mutex::default() });
        let (running, ended) = mpsc::channel();
        let (first, done) = mpsc::sync_channel(1);
        let (kept, longest) = (Arc::clone(&held), settings.options.timeout.saturating_mul(2));
        let work = move || keep_up(&settings, &kept, &first, &ended);
        if let Err(fault) = thread::Builder::new().name("clock".to_owned()).spawn(work) {
            held.notes().fault = Some(fault.to_string());
        }
        // Without an answer by then, the service starts with bounds that are open.
        let _ = done.recv_timeout(longest);
        Self { held, _running: running }
    }

    /// A clock that measures nothing. UTC is only known to be later than the build of this program.
    pub(crate) fn idle() -> Self {
        let held = Held { by: ArcSwap::from_pointee(By::Nothing), notes: Mutex::default() };
        Self { held: Arc::new(held), _running: mpsc::channel().0 }
    }

    /// Returns UTC now.
    pub(crate) fn now(&self) -> TimeBounds {
        self.held.now()
    }

    /// Returns the state now.
    pub(crate) fn state(&self) -> ClockState {
        let (before, utc, after) = (os::reading(), self.now(), os::reading());
        let by = self.held.by.load();
        let basis = by.basis(utc);
        let is_compared = !matches!(basis, Basis::Host | Basis::Nothing);
        let bracket = Bracket::between(before, after).filter(|_| is_compared);
        let notes = self.held.notes();
        ClockState {
            utc,
            basis,
            host: bracket.map(|local| Offset::observed(local, utc)),
            age: notes.measured.map(|at| span(at.elapsed())),
            witnesses: notes.witnesses,
            fault: notes.fault.clone(),
            steps: notes.steps,
        }
    }
}

impl By {
    const fn basis(&self, utc: TimeBounds) -> Basis {
        match self {
            _ if utc.is_open() => Basis::Nothing,
            Self::Nothing => Basis::Nothing,
            Self::Host { .. } => Basis::Host,
            Self::Anchor(basis, _) => *basis,
        }
    }
}

impl Held {
    fn now(&self) -> TimeBounds {
        match &**self.by.load() {
            By::Nothing => os::known(),
            By::Host { uncertainty } => widened(os::bounds(os::reading()), *uncertainty),
            By::Anchor(_, utc) => utc.now().unwrap_or_else(|_| known_at_least(utc.at_least())),
        }
    }

    /// Returns true once the bounds no longer hold, because the machine slept.
    fn is_lost(&self) -> bool {
        matches!(&**self.by.load(), By::Anchor(_, utc) if utc.now().is_err())
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        // No code panics while it holds the lock.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, reading: Reading) {
        let (by, fault) = match reading {
            Reading::Unknown(fault) => (None, Some(fault)),
            Reading::Taken { uncertainty, fault } => {
                (Some((By::Host { uncertainty }, 0)), Some(fault))
            }
            Reading::Measured { basis, utc, at, witnesses } => {
                let (utc, fault) = self.reconciled(utc);
                let anchored = anchored(utc, at).map(|utc| (By::Anchor(basis, utc), witnesses));
                let failed = anchored.as_ref().err().map(ToString::to_string);
                (anchored.ok(), failed.or(fault))
            }
        };
        let mut notes = self.notes();
        notes.fault = fault;
        if let Some((by, witnesses)) = by {
            (notes.measured, notes.witnesses) = (Some(Instant::now()), witnesses);
            self.by.store(Arc::new(by));
        }
    }

    // Two measurements that exclude each other are not both right. Until the next one, both count.
    fn reconciled(&self, utc: TimeBounds) -> (TimeBounds, Option<String>) {
        let before = match &**self.by.load() {
            By::Anchor(_, before) => before.now().ok(),
            By::Nothing | By::Host { .. } => None,
        };
        match before {
            Some(before) if before.intersect(utc).is_none() => {
                let (earliest, latest) =
                    (before.earliest().min(utc.earliest()), before.latest().max(utc.latest()));
                let fault =
                    "the last two measurements contradict each other, so both count".to_owned();
                (TimeBounds::between(earliest, latest).unwrap_or(utc), Some(fault))
            }
            _ => (utc, None),
        }
    }
}

/// The longest time between two readings of a clock by a thread that is not interrupted.
const MOMENT: Span = Span::from_millis(1);

/// Ties bounds to the monotonic clock that held at an instant.
fn anchored(utc: TimeBounds, at: Instant) -> Result<AnchoredUtc, Lost> {
    loop {
        let passed = span(at.elapsed());
        let latest = utc.latest() + passed + MOMENT;
        let anchored = AnchoredUtc::new(TimeBounds::between(utc.earliest(), latest).unwrap_or(utc));
        if anchored.is_err() || span(at.elapsed()) - passed < MOMENT {
            return anchored;
        }
    }
}

fn known_at_least(utc: TimeBounds) -> TimeBounds {
    utc.intersect(os::known()).unwrap_or(utc)
}

// Bounds that are open above are proved, so they need no added uncertainty.
fn widened(utc: TimeBounds, uncertainty: Span) -> TimeBounds {
    if utc.is_open() {
        return utc;
    }
    let (earliest, latest) = (utc.earliest() - uncertainty, utc.latest() + uncertainty);
    TimeBounds::between(earliest, latest).unwrap_or(utc)
}

/// The longest time until a step of the host's clock, or that the machine slept, is noticed.
const GLANCE: Duration = Duration::from_millis(500);

/// The first pause after a measurement that failed; the next are twice as long each, up to the usual one.
const RETRY: Duration = Duration::from_secs(2);

fn keep_up(settings: &ClockSettings, held: &Held, first: &SyncSender<()>, ended: &Receiver<()>) {
    let (mut failures, every) = (0_u32, to_std(settings.policy.every));
    loop {
        let reading = Reading::of(settings);
        failures = if reading.is_usual() { 0 } else { failures.saturating_add(1) };
        held.take(reading);
        let _ = first.try_send(());
        let pause = match failures {
            0 => every,
            failures => RETRY.saturating_mul(1_u32.checked_shl(failures - 1).unwrap_or(u32::MAX)),
        };
        if rest(pause.min(every), held, ended) {
            return;
        }
    }
}

/// Waits for the next measurement, or less if something happened to the clock. Returns true at the end of the
/// service.
fn rest(pause: Duration, held: &Held, ended: &Receiver<()>) -> bool {
    let (began, local) = (Instant::now(), LocalClock::read());
    loop {
        let left = pause.saturating_sub(began.elapsed());
        if ended.recv_timeout(left.min(GLANCE)) == Err(RecvTimeoutError::Disconnected) {
            return true;
        }
        if let Some(by) = local.stepped() {
            let mut notes = held.notes();
            notes.steps = (notes.steps.0.saturating_add(1), Some(by));
            return false;
        }
        if left.is_zero() || held.is_lost() {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::UnixTime;

    use super::*;

    fn held() -> Held {
        Held { by: ArcSwap::from_pointee(By::Nothing), notes: Mutex::default() }
    }

    fn utc(earliest: i64, latest: i64) -> TimeBounds {
        let at = |secs| UnixTime::from_secs(2_000_000_000 + secs);
        TimeBounds::between(at(earliest), at(latest)).unwrap()
    }

    fn measured(utc: TimeBounds) -> Reading {
        Reading::Measured { basis: Basis::Sources, utc, at: Instant::now(), witnesses: 3 }
    }

    /// Whether the bounds now are these, up to the time that the test takes.
    fn is_about(held: &Held, expected: TimeBounds) -> bool {
        let now = held.now();
        let near = |one: UnixTime, other: UnixTime| (one - other).abs() < Span::from_secs(900);
        near(now.earliest(), expected.earliest()) && near(now.latest(), expected.latest())
    }

    #[test]
    fn bounds_are_open_until_the_first_measurement() {
        let held = held();
        assert_eq!(held.now(), os::known());
        held.take(Reading::Unknown("no answer".to_owned()));
        assert_eq!((held.now(), held.notes().fault.as_deref()), (os::known(), Some("no answer")));
    }

    #[test]
    fn time_before_a_measurement_is_used_widens_its_bounds() {
        let held = held();
        let at = Instant::now() - Duration::from_secs(2_000);
        held.take(Reading::Measured { basis: Basis::Sources, utc: utc(0, 1), at, witnesses: 3 });
        assert!(is_about(&held, utc(0, 2_001)), "{:?}", held.now());
    }

    #[test]
    fn failed_measurement_leaves_the_last_one_in_force() {
        let held = held();
        held.take(measured(utc(0, 1)));
        held.take(Reading::Unknown("no answer".to_owned()));
        assert!(is_about(&held, utc(0, 1)), "{:?}", held.now());
        assert_eq!(held.notes().fault.as_deref(), Some("no answer"));
    }

    #[test]
    fn contradictory_measurements_both_count_until_the_next() {
        const HOUR: i64 = 3_600;
        let held = held();
        held.take(measured(utc(0, 1)));
        held.take(measured(utc(5 * HOUR, 5 * HOUR + 1)));
        assert!(is_about(&held, utc(0, 5 * HOUR)), "{:?}", held.now());
        assert!(held.notes().fault.is_some());
        held.take(measured(utc(5 * HOUR, 5 * HOUR + 1)));
        assert!(is_about(&held, utc(5 * HOUR, 5 * HOUR)), "{:?}", held.now());
        assert!(held.notes().fault.is_none());
    }

    #[test]
    fn clock_of_the_host_is_taken_with_its_uncertainty() {
        let held = held();
        let uncertainty = Span::from_secs(5);
        held.take(Reading::Taken { uncertainty, fault: "no daemon".to_owned() });
        let (before, now, after) = (os::reading(), held.now(), os::reading());
        assert!(now.earliest() >= before - uncertainty && now.latest() <= after + uncertainty);
        assert_eq!(now.latest() - now.earliest(), Span::from_secs(10));
        assert_eq!(held.by.load().basis(now), Basis::Host);
    }
}
