//! The result of a connection test.

use jwtick_core::Span;
use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::evidence::transcript::{Entry, Place};
use jwtick_core::survey::CorrectionRefusal;
use jwtick_core::time::Offset;
use jwtick_core::words::{Language, sentences, word};

use crate::http::client::HttpError;
use crate::keys::KeyError;
use crate::page::{over_http, source as page};
use crate::source::{Note, SameHost, SourceError};

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
    pub(crate) error: Option<Reason>,
}

/// A reason why a step failed.
#[derive(Debug)]
pub(crate) struct Reason {
    /// In English, for JSON.
    pub(crate) english: String,
    /// In the language of the report.
    pub(crate) said: String,
}

impl Reason {
    /// A reason with its sentence in the language of the report.
    pub(super) fn new(english: &impl ToString, said: &impl ToString) -> Self {
        Self { english: english.to_string(), said: said.to_string() }
    }

    /// The reason why a clock was not measured.
    pub(super) fn of_source(error: &SourceError, language: Language) -> Self {
        Self::new(error, &page::error(error, language))
    }

    /// The reason why no assertion was made.
    pub(super) fn of_key(fault: &KeyError, language: Language) -> Self {
        Self::new(fault, &unsigned(fault, language))
    }

    /// The refusal of a server: its entry in the log, and the place, status and body for a sentence in
    /// another language.
    pub(super) fn of_refusal(refusal: (&Entry<'_>, Place, u16, &str), language: Language) -> Self {
        Self::new(refusal.0, &refused(refusal, language))
    }

    /// The reason why a measured clock does not count.
    pub(super) fn of_same_host(note: SameHost, language: Language) -> Self {
        let note = Note::SameHost(note);
        Self::new(&note, &page::note(&note, language))
    }
}

/// The lack of a client certificate, in the language of the report.
pub(super) fn not_shown(language: Language) -> String {
    let fault = HttpError::NotShown {
        host: word!(language, en: "the server", de: "der Server", ko: "서버").to_owned(),
    };
    over_http::http(&fault, language).to_string()
}

sentences! {
    fn unsigned(fault: &KeyError, language, f) {
        fault => [
            en: "{fault}",
            de: "Die Assertion konnte nicht signiert werden: {fault}",
            ko: "어서션에 서명할 수 없습니다: {fault}",
        ]
    }

    fn refused(refusal: (&Entry<'_>, Place, u16, &str), language, f) {
        (entry, Place::TokenEndpoint, status, body) => [
            en: "{entry}",
            de: "Der Token-Endpunkt hat mit Status {status} abgelehnt: {body}",
            ko: "토큰 엔드포인트가 상태 {status}(으)로 거부했습니다: {body}",
        ]
        (entry, Place::Receiver, status, body) => [
            en: "{entry}",
            de: "Der Empfänger hat mit Status {status} abgelehnt: {body}",
            ko: "수신 서버가 상태 {status}(으)로 거부했습니다: {body}",
        ]
    }
}

/// The result of a test.
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) steps: Vec<Step>,
    /// The results of all runs, if there were several.
    pub(crate) runs: Option<Runs>,
    /// The measured clock of the token endpoint minus the local clock.
    pub(crate) server: Option<Offset>,
    /// The number of requests to the token endpoint that only measured its clock.
    pub(crate) time_requests: usize,
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
