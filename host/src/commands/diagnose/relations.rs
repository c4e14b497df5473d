//! The relations of each input with those before it.

use std::hash::RandomState;

use super::answer::relation::Related;
use super::relate::Sightings;

/// Number of inputs whose requests are kept, so that memory is bounded.
const INPUTS: usize = 8;

/// The inputs so far, and what relates them.
pub(super) struct Relations {
    hasher: RandomState,
    inputs: Vec<(String, Sightings)>,
    found: Vec<Related>,
}

impl Relations {
    pub(super) fn new() -> Self {
        Self { hasher: RandomState::new(), inputs: Vec::new(), found: Vec::new() }
    }

    /// Starts to look for the requests of an input.
    pub(super) fn start(&self) -> Sightings {
        Sightings::new(self.hasher.clone())
    }

    /// Relates an input to those before it.
    pub(super) fn add(&mut self, name: &str, sightings: Option<Sightings>) -> Vec<Related> {
        let Some(sightings) = sightings else { return Vec::new() };
        let related = self.inputs.iter().filter_map(|(before, other)| {
            let relation = other.relation(&sightings)?;
            Some(Related { a: before.clone(), b: name.to_owned(), relation })
        });
        let related: Vec<_> = related.collect();
        self.found.extend_from_slice(&related);
        if self.inputs.len() < INPUTS {
            self.inputs.push((name.to_owned(), sightings));
        }
        related
    }

    /// All relations so far.
    pub(super) fn found(&self) -> &[Related] {
        &self.found
    }
}
