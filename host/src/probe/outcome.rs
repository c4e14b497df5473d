//! What came of a test of a connection.

use jwtick_core::{Diagnosis, Offset, Span};

use super::Runs;

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
