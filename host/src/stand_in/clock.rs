//! A running clock that can be wrong on purpose.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Instant;

use jwtick_core::{Span, UnixTime};

use crate::notation::duration::span;
use crate::source::LocalClock;

/// Parts per million.
const MILLION: i128 = 1_000_000;

/// The deviation of a clock from that of this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// This clock minus the machine's at the start. A client that measures a server with a positive
    /// offset is behind it, the sign that RFC 5905 §8 uses for the client.
    pub(crate) offset: Span,
    /// The drift relative to the machine's clock, in parts per million; positive if faster.
    pub(crate) drift_ppm: i32,
    pub(crate) steps: Vec<Step>,
    pub(crate) motion: Motion,
}

/// A step of the clock while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// Time after the start.
    pub(crate) after: Span,
    /// Size of the step.
    pub(crate) by: Span,
}

/// The mode of a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Motion {
    #[default]
    Ticks,
    /// Shows the start time forever, apart from its steps.
    Frozen,
}

impl Plan {
    /// Returns the reading when `elapsed` has passed since the machine's clock showed `start`.
    fn reading(&self, start: UnixTime, elapsed: Span) -> UnixTime {
        let run = match self.motion {
            Motion::Ticks => elapsed + self.gained(elapsed),
            Motion::Frozen => Span::ZERO,
        };
        let due = self.steps.iter().filter(|step| step.after <= elapsed);
        due.fold(start + self.offset + run, |shown, step| shown + step.by)
    }

    fn gained(&self, elapsed: Span) -> Span {
        let micros = i128::from(elapsed.as_micros()) * i128::from(self.drift_ppm) / MILLION;
        i64::try_from(micros).map_or(Span::MAX, Span::from_micros)
    }
}

/// A clock that follows a [`Plan`].
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    machine: LocalClock,
    started: Instant,
    plan: Plan,
}

impl Clock {
    /// Starts now. Clocks that start together share one reading of the `machine`.
    pub(crate) fn start(machine: LocalClock, plan: Plan) -> Self {
        Self { machine, started: Instant::now(), plan }
    }

    /// Returns the current reading.
    pub(crate) fn now(&self) -> UnixTime {
        self.plan.reading(self.machine.at(self.started), span(self.started.elapsed()))
    }
}

/// One of the servers.
#[derive(Debug)]
pub(crate) struct Node {
    /// `node-1`, as in `X-Served-By` and the log; `None` if there is only one node.
    pub(crate) name: Option<String>,
    clock: Clock,
}

impl Node {
    /// Returns the node's time.
    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }
}

/// All nodes. Requests go to the nodes in turn, also on one connection: a layer 7 load balancer
/// does the same, so every client sees all clocks.
#[derive(Debug)]
pub(crate) struct Cluster {
    nodes: Vec<Arc<Node>>,
    turns: AtomicUsize,
}

impl Cluster {
    /// Starts one node per plan, or one with a right clock if there is none.
    pub(crate) fn start(plans: Vec<Plan>) -> Self {
        let machine = LocalClock::read();
        let plans = if plans.is_empty() { vec![Plan::default()] } else { plans };
        let many = plans.len() > 1;
        let nodes = (1..).zip(plans).map(|(number, plan)| {
            let name = many.then(|| format!("node-{number}"));
            Arc::new(Node { name, clock: Clock::start(machine, plan) })
        });
        Self { nodes: nodes.collect(), turns: AtomicUsize::new(0) }
    }

    /// Returns the node for the next request.
    pub(crate) fn next(&self) -> Option<Arc<Node>> {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        self.nodes.get(turn.checked_rem(self.nodes.len())?).cloned()
    }

    /// Returns the reading of the slowest clock: until it passes an instant, that instant is in the
    /// future for some node.
    pub(crate) fn slowest(&self) -> UnixTime {
        self.nodes.iter().map(|node| node.now()).min().unwrap_or(UnixTime::MIN)
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::Span;

    use super::*;

    #[test]
    fn follows_its_plan() {
        const START: UnixTime = UnixTime::from_secs(1_000);
        let secs = Span::from_secs;
        let step = |after, by| Step { after: secs(after), by: secs(by) };
        let right = Plan::default();
        let rows = [
            ("right", right.clone(), 10, 1_010_000_000),
            ("ahead", Plan { offset: secs(90), ..right.clone() }, 10, 1_100_000_000),
            ("behind", Plan { offset: secs(-90), ..right.clone() }, 10, 920_000_000),
            ("fast", Plan { drift_ppm: 100, ..right.clone() }, 10, 1_010_001_000),
            ("slow", Plan { drift_ppm: -100, ..right.clone() }, 10, 1_009_999_000),
            (
                "before a step",
                Plan { steps: vec![step(11, 5)], ..right.clone() },
                10,
                1_010_000_000,
            ),
            ("at a step", Plan { steps: vec![step(10, 5)], ..right.clone() }, 10, 1_015_000_000),
            (
                "two steps",
                Plan { steps: vec![step(9, 5), step(2, -20)], ..right.clone() },
                10,
                995_000_000,
            ),
            (
                "frozen, until it is set",
                Plan { motion: Motion::Frozen, steps: vec![step(5, 7)], ..right },
                10,
                1_007_000_000,
            ),
        ];
        for (name, plan, elapsed, expected) in rows {
            let shown = plan.reading(START, secs(elapsed));
            assert_eq!(shown, UnixTime::from_micros(expected), "{name}");
        }
    }

    #[test]
    fn nodes_take_turns() {
        let plan = |secs| Plan { offset: Span::from_secs(secs), ..Plan::default() };
        let cluster = Cluster::start(vec![plan(0), plan(-90)]);
        let names: Vec<Option<String>> =
            (0..3).map(|_| cluster.next().unwrap().name.clone()).collect();
        assert_eq!(names, ["node-1", "node-2", "node-1"].map(|name| Some(name.to_owned())));
        let first = cluster.next().unwrap(); // node-2
        assert!((cluster.slowest() - first.now()).abs() < Span::from_secs(30), "node-2 is slowest");
    }

    #[test]
    fn one_node_has_no_name() {
        assert_eq!(Cluster::start(vec![]).next().unwrap().name, None);
    }
}
