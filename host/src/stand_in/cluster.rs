//! Several nodes behind one port, each with a clock of its own, as behind a load balancer.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use jwtick_core::UnixTime;

use super::clock::{Clock, Plan};
use crate::source::LocalClock;

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
