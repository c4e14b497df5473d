//! The result of a connection test.

use jwtick_core::Span;
use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::survey::CorrectionRefusal;
use jwtick_core::time::Offset;

/// The state of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Connected,
    /// A server answered with a refusal.
    Refused,
    /// There was no usable answer.
    Unreachable,
}

impl Outcome {
    /// Returns the name in JSON output.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
        }
    }
}

/// The steps of a test, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepName {
    Clock,
    Ntp,
    Assertion,
    Token,
    Receiver,
}

impl StepName {
    /// Returns the name in JSON output.
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

/// The result of one step.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: StepName,
    pub(crate) took: Span,
    /// The reason why it failed.
    pub(crate) error: Option<String>,
}

/// The result of a test.
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) steps: Vec<Step>,
    /// The results of all runs, if there were several.
    pub(crate) runs: Option<Runs>,
    /// The measured clock of the token endpoint minus the local clock.
    pub(crate) server: Option<Offset>,
    pub(crate) diagnosis: Diagnosis,
    /// The result of the same test with the server's time, or the reason why it was not made.
    pub(crate) corrected: Option<Result<Outcome, CorrectionRefusal>>,
}

/// The number of runs per outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Runs {
    /// The number of requested runs; an interrupted test has fewer.
    pub(crate) asked: u16,
    pub(crate) connected: u16,
    pub(crate) refused: u16,
    pub(crate) unreachable: u16,
}

impl Runs {
    /// Starts with no completed run.
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

    /// Returns the number of completed runs.
    pub(crate) const fn done(self) -> u16 {
        self.connected.saturating_add(self.refused).saturating_add(self.unreachable)
    }

    /// Returns true if some runs work and others are refused.
    pub(crate) const fn is_intermittent(self) -> bool {
        self.connected > 0 && self.refused > 0
    }

    /// Returns the overall outcome: a connection works only if every run does.
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
    fn connection_works_only_if_every_run_does() {
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
