//! What came of a test of a connection.

use jwtick_core::Span;
use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::time::Offset;

/// How a connection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Connected,
    /// A server answered, and said no.
    Refused,
    /// No answer that means anything.
    Unreachable,
}

impl Outcome {
    /// The word of the JSON contract.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
        }
    }
}

/// The steps of a test, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepName {
    Clock,
    Ntp,
    Assertion,
    Token,
    Receiver,
}

impl StepName {
    /// The word of the JSON contract.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Ntp => "ntp",
            Self::Assertion => "assertion",
            Self::Token => "token",
            Self::Receiver => "receiver",
        }
    }
}

/// What came of one step.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: StepName,
    pub(crate) took: Span,
    /// Why it failed.
    pub(crate) error: Option<String>,
}

/// What came of a test.
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) steps: Vec<Step>,
    /// What came of each run, if there were several.
    pub(crate) runs: Option<Runs>,
    /// The token endpoint minus the local clock, measured.
    pub(crate) server: Option<Offset>,
    pub(crate) diagnosis: Diagnosis,
    /// What came of the same by the server's time.
    pub(crate) corrected: Option<Outcome>,
}

/// How many ended in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Runs {
    /// How many were asked for; whoever interrupts gets fewer.
    pub(crate) asked: u16,
    pub(crate) connected: u16,
    pub(crate) refused: u16,
    pub(crate) unreachable: u16,
}

impl Runs {
    /// None of them was made yet.
    pub(super) const fn of(asked: u16) -> Self {
        Self { asked, connected: 0, refused: 0, unreachable: 0 }
    }

    pub(super) const fn count(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Connected => &mut self.connected,
            Outcome::Refused => &mut self.refused,
            Outcome::Unreachable => &mut self.unreachable,
        };
        *count = count.saturating_add(1);
    }

    /// How many there were.
    pub(crate) const fn done(self) -> u16 {
        self.connected.saturating_add(self.refused).saturating_add(self.unreachable)
    }

    /// Whether the connection now works and now is refused.
    pub(crate) const fn is_intermittent(self) -> bool {
        self.connected > 0 && self.refused > 0
    }

    /// What they come down to: a connection works if it always does.
    pub(crate) const fn outcome(self) -> Outcome {
        match self {
            Self { refused: 1.., .. } => Outcome::Refused,
            Self { unreachable: 1.., .. } | Self { connected: 0, .. } => Outcome::Unreachable,
            _ => Outcome::Connected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_works_if_it_always_does() {
        use Outcome::{Connected, Refused, Unreachable};
        const ROWS: &[(&[Outcome], Outcome, bool)] = &[
            (&[], Unreachable, false),
            (&[Connected, Connected], Connected, false),
            (&[Connected, Unreachable], Unreachable, false),
            (&[Unreachable, Connected, Refused], Refused, true),
            (&[Refused, Unreachable], Refused, false),
        ];
        for &(outcomes, outcome, intermittent) in ROWS {
            let mut runs = Runs::of(1_000);
            outcomes.iter().for_each(|outcome| runs.count(*outcome));
            assert_eq!(
                (runs.outcome(), runs.is_intermittent()),
                (outcome, intermittent),
                "{runs:?}"
            );
            assert_eq!(usize::from(runs.done()), outcomes.len(), "{runs:?}");
        }
    }
}
