//! Decides when the keys of an issuer are fetched. A pure state machine: it is told the time and what
//! happened, and reads neither a clock nor a socket.
//!
//! Keys are fetched by a schedule, and at most once per cooldown because of tokens: whoever sends tokens with
//! invented key IDs must not be able to turn this service against the issuer.

use core::time::Duration;

use crate::keys::Kept;
use crate::notation::duration::to_std;

/// An instant, as time since the start of the machine. It includes the time that the machine slept.
pub(super) type Moment = Duration;

/// The limits of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyTimes {
    /// The shortest time between two refreshes, whatever the issuer says.
    pub(crate) least_fresh: Duration,
    /// The longest time between two refreshes, whatever the issuer says.
    pub(crate) most_fresh: Duration,
    /// The time between two refreshes if the issuer says nothing.
    pub(crate) usual_fresh: Duration,
    /// The shortest time from any fetch to one that a token causes.
    pub(crate) cooldown: Duration,
    /// The longest time for which keys are used after they were last fetched.
    pub(crate) stale: Duration,
    /// The time for one address to accept a connection.
    pub(crate) connect: Duration,
    /// The time for a whole fetch.
    pub(crate) total: Duration,
}

impl Default for KeyTimes {
    fn default() -> Self {
        let secs = Duration::from_secs;
        Self {
            least_fresh: secs(60),
            most_fresh: secs(3_600),
            usual_fresh: secs(600),
            cooldown: secs(30),
            stale: to_std(Kept::LONGEST),
            connect: secs(2),
            total: secs(5),
        }
    }
}

/// The longest pause after a failed fetch; pauses double from one second.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Share of the freshness after which keys are refreshed, in per mille: a slow server has the rest.
const REFRESH: u32 = 800;

/// A random deviation of the schedule by up to a tenth, so that services which were started together do not
/// fetch together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Jitter(u32);

impl Jitter {
    /// Creates a deviation from a random number.
    pub(super) const fn of(random: u32) -> Self {
        Self(900 + random % 201)
    }
}

/// The result of asking for a fetch because of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// The fetch is to begin now.
    Claimed,
    /// A fetch is running, whose keys will do.
    Running,
    /// The last fetch was too short a time ago.
    Cooldown,
}

/// The state of the fetches of one issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schedule {
    times: KeyTimes,
    due: Moment,
    cool: Moment, // the end of the cooldown
    failures: u32,
    is_running: bool,
    usable_until: Option<Moment>,
}

impl Schedule {
    /// A schedule that begins with a fetch.
    pub(super) const fn new(now: Moment, times: KeyTimes) -> Self {
        Self { times, due: now, cool: now, failures: 0, is_running: false, usable_until: None }
    }

    /// Returns when the next fetch is due.
    pub(super) const fn due(&self) -> Moment {
        self.due
    }

    /// Asks for a fetch because of a token. The slot is claimed before the fetch, whatever keys there are.
    pub(super) fn demand(&mut self, now: Moment) -> Demand {
        if self.is_running {
            return Demand::Running;
        }
        if now < self.cool {
            return Demand::Cooldown;
        }
        self.begin(now);
        self.due = now;
        Demand::Claimed
    }

    /// Begins a fetch.
    pub(super) fn begin(&mut self, now: Moment) {
        self.is_running = true;
        self.cool = now.saturating_add(self.times.cooldown);
    }

    /// Ends a fetch that brought keys, or showed that they are unchanged; they may be used for `lifetime`.
    pub(super) fn succeed(&mut self, now: Moment, lifetime: Option<Duration>, jitter: Jitter) {
        let times = &self.times;
        let fresh = lifetime.unwrap_or(times.usual_fresh);
        // Keys are refreshed before they are too old to be used.
        let fresh = fresh.min(times.most_fresh).max(times.least_fresh).min(times.stale);
        let pause = fresh.saturating_mul(REFRESH) / 1_000;
        self.due = now.saturating_add(pause.saturating_mul(jitter.0) / 1_000);
        self.usable_until = Some(now.saturating_add(times.stale));
        (self.is_running, self.failures) = (false, 0);
    }

    /// Ends a fetch that failed.
    pub(super) fn fail(&mut self, now: Moment) {
        let pause = Duration::from_secs(1_u64.checked_shl(self.failures).unwrap_or(u64::MAX));
        self.due = now.saturating_add(pause.min(LONGEST_PAUSE));
        (self.is_running, self.failures) = (false, self.failures.saturating_add(1));
    }

    /// Uses keys that were fetched `age` ago, before the schedule began.
    pub(super) fn restore(&mut self, now: Moment, age: Duration) {
        self.usable_until = Some(now.saturating_add(self.times.stale.saturating_sub(age)));
    }

    /// Returns until when the keys may be used; `None` if there are none.
    pub(super) const fn usable_until(&self) -> Option<Moment> {
        self.usable_until
    }

    /// Returns true once half of the time has passed for which keys are used without a successful fetch.
    pub(super) fn is_aging(&self, now: Moment) -> bool {
        self.usable_until.is_some_and(|until| until.saturating_sub(now) < self.times.stale / 2)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TIMES: KeyTimes = KeyTimes {
        least_fresh: Duration::from_secs(60),
        most_fresh: Duration::from_secs(3_600),
        usual_fresh: Duration::from_secs(600),
        cooldown: Duration::from_secs(30),
        stale: Duration::from_secs(14_400),
        connect: Duration::from_secs(2),
        total: Duration::from_secs(5),
    };

    const fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn defaults_are_those_of_the_manual() {
        assert_eq!(KeyTimes::default(), TIMES);
    }

    #[test]
    fn refresh_comes_at_four_fifths_of_the_freshness() {
        let rows = [
            ("no lifetime", None, 480),
            ("a lifetime within the limits", Some(1_000), 800),
            ("too short", Some(0), 48),
            ("too long", Some(u64::MAX), 2_880),
        ];
        for (name, lifetime, expected) in rows {
            let after = |random| {
                let mut schedule = Schedule::new(secs(5), TIMES);
                schedule.begin(secs(5));
                schedule.succeed(secs(10), lifetime.map(secs), Jitter::of(random));
                schedule.due() - secs(10)
            };
            assert_eq!(after(100), secs(expected), "{name}");
            assert_eq!(after(0), secs(expected) * 9 / 10, "{name}");
            assert_eq!(after(200), secs(expected) * 11 / 10, "{name}");
        }
    }

    #[test]
    fn refresh_comes_before_keys_are_too_old() {
        let times = KeyTimes { stale: secs(10), ..TIMES };
        let mut schedule = Schedule::new(secs(0), times);
        schedule.succeed(secs(0), None, Jitter::of(200));
        assert_eq!(schedule.due(), Duration::from_millis(8_800));
    }

    #[test]
    fn pauses_after_failures_double_to_a_minute() {
        let (mut schedule, mut now) = (Schedule::new(secs(0), TIMES), secs(0));
        let mut pauses = Vec::new();
        for _ in 0..70 {
            schedule.begin(now);
            schedule.fail(now);
            pauses.push((schedule.due() - now).as_secs());
            now = schedule.due();
        }
        assert_eq!(&pauses[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(pauses.last(), Some(&60));
        schedule.succeed(now, None, Jitter::of(0));
        schedule.fail(now);
        assert_eq!(schedule.due() - now, secs(1), "after a success");
    }

    #[test]
    fn cooldown_counts_from_the_last_fetch_of_any_kind() {
        let mut schedule = Schedule::new(secs(100), TIMES);
        schedule.begin(secs(100));
        assert_eq!(schedule.demand(secs(101)), Demand::Running);
        schedule.fail(secs(102));
        assert_eq!(schedule.demand(secs(129)), Demand::Cooldown, "there are no keys");
        assert_eq!(schedule.demand(secs(130)), Demand::Claimed);
        assert_eq!(schedule.demand(secs(131)), Demand::Running, "claimed, and not yet begun");
        schedule.succeed(secs(132), None, Jitter::of(0));
        assert_eq!(schedule.demand(secs(159)), Demand::Cooldown);
        assert_eq!(schedule.demand(secs(160)), Demand::Claimed);
    }

    #[test]
    fn keys_are_usable_for_four_hours_after_the_last_success() {
        let mut schedule = Schedule::new(secs(50), TIMES);
        assert!(schedule.usable_until().is_none() && !schedule.is_aging(secs(50)));
        schedule.restore(secs(50), secs(3_600));
        assert_eq!(schedule.usable_until(), Some(secs(50 + 3 * 3_600)));
        assert!(!schedule.is_aging(secs(50 + 3_600)) && schedule.is_aging(secs(51 + 3_600)));
        schedule.succeed(secs(60), None, Jitter::of(0));
        schedule.fail(secs(70));
        assert_eq!(schedule.usable_until(), Some(secs(60 + 14_400)), "a failure changes nothing");
    }

    /// What happens after a pause: a token with an unknown key arrives, or the running fetch ends.
    #[derive(Debug, Clone)]
    enum Event {
        Token,
        Success(Option<u64>, u32),
        Failure,
    }

    fn events() -> impl Strategy<Value = Vec<(u64, Event)>> {
        let event = prop_oneof![
            8 => Just(Event::Token),
            1 => (proptest::option::of(0..10_000_u64), any::<u32>()).prop_map(|(it, by)| Event::Success(it, by)),
            1 => Just(Event::Failure),
        ];
        let pause = prop_oneof![4 => 0..50_u64, 4 => 0..5_000_u64, 1 => 0..900_000_u64];
        proptest::collection::vec((pause, event), 1..400)
    }

    proptest! {
        #[test]
        fn tokens_cause_at_most_one_fetch_per_cooldown(events in events()) {
            let (mut schedule, mut now) = (Schedule::new(secs(0), TIMES), secs(0));
            let (mut last, mut claimed, mut running) = (None, 0_u64, false);
            for (pause, event) in events {
                now += Duration::from_millis(pause);
                if !running && now >= schedule.due() {
                    schedule.begin(now);
                    (running, last) = (true, Some(now));
                }
                match event {
                    Event::Token => match schedule.demand(now) {
                        Demand::Claimed => {
                            prop_assert!(!running && last.is_none_or(|last| now - last >= secs(30)));
                            claimed += 1;
                            (running, last) = (true, Some(now));
                        }
                        Demand::Running => prop_assert!(running),
                        Demand::Cooldown => prop_assert!(!running),
                    },
                    Event::Success(lifetime, random) if running => {
                        schedule.succeed(now, lifetime.map(secs), Jitter::of(random));
                        prop_assert!(schedule.due() - now >= Duration::from_millis(43_200));
                        prop_assert!(schedule.due() - now <= secs(3_168));
                        running = false;
                    }
                    Event::Failure if running => {
                        schedule.fail(now);
                        prop_assert!((secs(1)..=secs(60)).contains(&(schedule.due() - now)));
                        running = false;
                    }
                    Event::Success(..) | Event::Failure => {}
                }
            }
            prop_assert!(claimed <= now.as_secs() / 30 + 1);
        }
    }
}
