//! The servers that share a name, as queried repeatedly by a connection test.

use crate::survey::{DateSample, Heard, NodeClocks};

/// A test queries a token endpoint and a receiver.
const NAMES: usize = 2;

/// The answers of the servers, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nodes {
    names: heapless::Vec<(u32, NodeClocks), NAMES>,
}

impl Nodes {
    pub(crate) const fn new() -> Self {
        Self { names: heapless::Vec::new() }
    }

    /// Records an answer of one of the servers that share the name with this hash.
    pub(crate) fn hear(&mut self, name: u32, sample: DateSample) -> Heard {
        if !self.names.iter().any(|(known, _)| *known == name) {
            let _ = self.names.push((name, NodeClocks::new()));
        }
        let clocks = self.names.iter_mut().find(|(known, _)| *known == name);
        clocks.map_or(Heard::Nothing, |(_, clocks)| clocks.add(sample))
    }

    /// The clocks that share the first name for which they differ.
    pub(crate) fn apart(&self) -> Option<&NodeClocks> {
        self.names.iter().map(|(_, clocks)| clocks).find(|clocks| clocks.differ())
    }
}
