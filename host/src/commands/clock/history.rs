//! What a watched clock was measured at, and how fast it drifts by that.

use std::collections::VecDeque;
use std::time::Instant;

use jwtick_core::{Offset, Rate};

use crate::notation::duration::span;

/// So many rounds are kept: at one in half a minute, two hours.
const KEPT: usize = 240;

/// Offsets in the order of their rounds.
#[derive(Debug, Default)]
pub(super) struct History {
    rounds: VecDeque<(Instant, Offset)>,
}

impl History {
    /// Adds a round; the oldest makes room where there is none.
    pub(super) fn add(&mut self, at: Instant, offset: Offset) {
        if self.rounds.len() == KEPT {
            self.rounds.pop_front();
        }
        self.rounds.push_back((at, offset));
    }

    /// Forgets what was before the clock was set.
    pub(super) fn clear(&mut self) {
        self.rounds.clear();
    }

    /// The drift from the oldest round to the newest.
    pub(super) fn rate(&self) -> Option<Rate> {
        let (&(began, first), &(ended, last)) = (self.rounds.front()?, self.rounds.back()?);
        Rate::between(first, last, span(ended.saturating_duration_since(began)))
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use jwtick_core::Span;

    use super::*;

    #[test]
    fn drifts_from_the_oldest_kept_to_the_newest() {
        let start = Instant::now();
        let mut history = History::default();
        assert_eq!(history.rate(), None);
        for round in 0..600_u32 {
            // The first rounds tell of another drift; they are forgotten.
            let micros = if round < 300 { 0 } else { 100 * i64::from(round) };
            let at = start + Duration::from_secs(u64::from(round));
            history.add(at, Offset::exactly(Span::from_micros(micros)));
        }
        assert_eq!(history.rounds.len(), KEPT);
        assert_eq!(history.rate().map(Rate::least_ppb), Some(100_000));
        history.clear();
        assert_eq!(history.rate(), None);
    }
}
