//! A clock that ticks, and is wrong on purpose.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Instant;

use jwtick_core::{Span, UnixTime};

use crate::notation::duration::span;
use crate::source::LocalClock;

/// Parts per million.
const MILLION: i128 = 1_000_000;

/// How a clock runs beside that of this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// This clock less the machine's at the start: who asks a server with a positive offset finds
    /// itself behind it, as RFC 5905 §8 signs it for the client.
    pub(crate) offset: Span,
    /// How much faster it runs, in parts per million.
    pub(crate) drift_ppm: i32,
    pub(crate) steps: Vec<Step>,
    pub(crate) motion: Motion,
}

/// Somebody sets the clock while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// A span after the start.
    pub(crate) after: Span,
    /// By so much.
    pub(crate) by: Span,
}

/// Whether a clock goes at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Motion {
    #[default]
    Ticks,
    /// It shows the start for ever, but for its steps.
    Frozen,
}

impl Plan {
    /// What the clock shows when `elapsed` has passed since the machine's showed `start`.
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
    /// Starts now. All that start together take one reading of the `machine`.
    pub(crate) fn start(machine: LocalClock, plan: Plan) -> Self {
        Self { machine, started: Instant::now(), plan }
    }

    /// What it shows.
    pub(crate) fn now(&self) -> UnixTime {
        self.plan.reading(self.machine.at(self.started), span(self.started.elapsed()))
    }
}

/// One of the servers that answer.
#[derive(Debug)]
pub(crate) struct Node {
    /// `node-1`, as `X-Served-By` and the log name it; `None` where there is only one.
    pub(crate) name: Option<String>,
    clock: Clock,
}

impl Node {
    /// What the node takes for the time.
    pub(crate) fn now(&self) -> UnixTime {
        self.clock.now()
    }
}

/// All nodes. Each request goes to the next, also on one connection: a load balancer of layer 7
/// does the same, and so every client meets all clocks.
#[derive(Debug)]
pub(crate) struct Cluster {
    nodes: Vec<Arc<Node>>,
    turns: AtomicUsize,
}

impl Cluster {
    /// Starts a node for every plan, and one with a right clock if there is none.
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

    /// The node whose turn it is.
    pub(crate) fn next(&self) -> Option<Arc<Node>> {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        self.nodes.get(turn.checked_rem(self.nodes.len())?).cloned()
    }

    /// What the slowest clock shows: before it, nothing is over for all nodes.
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
