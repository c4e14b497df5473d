//! One test of a connection, step by step.

use core::time::Duration;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use http::Method;
use jwtick_core::{Offset, Span, UnixTime};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::exchange::{ExchangeError, Exchanged, Question};
use super::redact::redacted;
use super::transcript::Level::{self, Error, Info};
use super::{
    Assertions, Credentials, Outcome, Repeats, Report, Runs, Step, StepName, TokenForm, Transcript,
};
use crate::http::client::{Client, Connection, NOT_SHOWN, Target};
use crate::notation::duration::decimal;
use crate::notation::duration::span;
use crate::source::http_date::Effort;
use crate::source::{LocalClock, Source};

const FORM: &str = "application/x-www-form-urlencoded";

/// Where an assertion is traded, and what is sent beside it.
pub(crate) struct TokenPlace<'s> {
    pub(crate) target: &'s Target,
    pub(crate) form: TokenForm,
    pub(crate) client: Credentials<'s>,
    pub(crate) scope: Option<&'s str>,
}

/// What takes the access token.
pub(crate) struct ReceiverPlace<'s> {
    pub(crate) target: &'s Target,
    pub(crate) method: Method,
    pub(crate) body: &'s str,
}

/// Everything that a test needs.
pub(crate) struct Scene<'s> {
    pub(crate) assertions: &'s Assertions,
    pub(crate) token: TokenPlace<'s>,
    pub(crate) receiver: Option<ReceiverPlace<'s>>,
    pub(crate) client: Arc<Client>,
    pub(crate) local: LocalClock,
    pub(crate) patience: Duration,
    /// How much the token endpoint is asked for its time; not at all if `None`.
    pub(crate) server_clock: Option<Effort>,
    /// Tell which of the two clocks is wrong.
    pub(crate) third_clocks: Vec<Box<dyn Source>>,
}

/// Whether a refused test is made again by the server's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Correction {
    Never,
    Once,
}

/// A test under way.
pub(super) struct Run<'r, 's, 't> {
    pub(super) scene: &'r Scene<'s>,
    log: Transcript<'t>,
    pub(super) runtime: Runtime,
    pub(super) steps: Vec<Step>,
    pub(super) server: Option<Offset>,
    /// The connection to the server that was measured.
    pub(super) kept: Option<Connection>,
    pub(super) repeats: Option<&'r Repeats>,
}

impl Scene<'_> {
    /// Tests the connection, once or as often as `repeats` says, and writes what happens into `log`.
    ///
    /// # Errors
    /// Only if the system has no event queue left.
    pub(crate) fn run(
        &self,
        log: Transcript<'_>,
        correction: Correction,
        repeats: Option<&Repeats>,
    ) -> io::Result<Report> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let mut run =
            Run { scene: self, log, runtime, steps: vec![], server: None, kept: None, repeats };
        run.open();
        run.measure();
        let runs = repeats.map(|repeats| run.repeat(repeats));
        let outcome = runs.map_or_else(|| run.attempt(Span::ZERO), Runs::outcome);
        let corrected = match (correction, outcome, run.server) {
            (Correction::Once, Outcome::Refused, Some(server)) => {
                let by = server.least(); // an assertion must not be issued in the future
                run.note(format_args!(
                    "Trying again by the time of the server, {} s from here",
                    decimal(by)
                ));
                Some(run.attempt(by))
            }
            _ => None,
        };
        let Run { log, steps, server, runtime, .. } = run;
        runtime.shutdown_background();
        Ok(Report { outcome, steps, runs, server, diagnosis: log.finish(), corrected })
    }
}

impl Run<'_, '_, '_> {
    fn now(&self) -> UnixTime {
        self.scene.local.now()
    }

    pub(super) const fn local(&self) -> &LocalClock {
        &self.scene.local
    }

    /// The token endpoint's.
    pub(super) fn authority(&self) -> String {
        self.scene.token.target.authority().to_string()
    }

    pub(super) fn write(&mut self, level: Level, message: impl core::fmt::Display) {
        self.log.write(self.now(), level, message);
    }

    pub(super) fn note(&mut self, message: impl core::fmt::Display) {
        self.write(Info, message);
    }

    fn open(&mut self) {
        self.log.open(self.now());
        self.note(format_args!(
            "Using OAuth 2.0 Authorization Grants for {}",
            self.scene.assertions.issuer
        ));
    }

    /// Makes an assertion by the local clock put forward by `correction`, and uses it.
    pub(super) fn attempt(&mut self, correction: Span) -> Outcome {
        let began = Instant::now();
        let assertion = match self.scene.assertions.mint(self.now() + correction) {
            Ok(assertion) => assertion,
            Err(fault) => {
                self.stepped(StepName::Assertion, began, Some(fault.to_string()));
                return Outcome::Unreachable;
            }
        };
        self.note(format_args!("Made an assertion that says {}", redacted(&assertion.claims)));
        self.stepped(StepName::Assertion, began, None);
        match self.trade(&assertion.compact) {
            Ok(token) => self.show(&token),
            Err(outcome) => outcome,
        }
    }

    fn trade(&mut self, assertion: &str) -> Result<String, Outcome> {
        let began = Instant::now();
        let place = &self.scene.token;
        let question = Question {
            target: place.target,
            method: Method::POST,
            kind: FORM,
            body: place.form.content(assertion, place.client, place.scope),
            bearer: None,
        };
        let answer = self.ask(&question, StepName::Token, began)?;
        match access_token(&answer.body) {
            Some(token) if answer.status.is_success() => {
                self.stepped(StepName::Token, began, None);
                Ok(token)
            }
            _ => Err(self.refused(StepName::Token, began, &answer)),
        }
    }

    fn show(&mut self, token: &str) -> Outcome {
        let Some(place) = &self.scene.receiver else { return Outcome::Connected };
        let began = Instant::now();
        let question = Question {
            target: place.target,
            method: place.method.clone(),
            kind: "application/octet-stream",
            body: place.body.to_owned(),
            bearer: Some(token),
        };
        match self.ask(&question, StepName::Receiver, began) {
            Ok(answer) if answer.status.is_success() => {
                self.stepped(StepName::Receiver, began, None);
                Outcome::Connected
            }
            Ok(answer) => self.refused(StepName::Receiver, began, &answer),
            Err(outcome) => outcome,
        }
    }

    fn ask(
        &mut self,
        question: &Question<'_>,
        step: StepName,
        began: Instant,
    ) -> Result<Exchanged, Outcome> {
        self.note(format_args!("Sending {} request to {}", question.method, question.target));
        let kept = self.kept.take().filter(|_| question.target == self.scene.token.target);
        let asked = self.runtime.block_on(self.unless_interrupted(question, kept));
        match asked {
            Ok(answer) => {
                self.conversation(&answer);
                if self.repeats.is_some() {
                    self.note_clock(question.target, &answer);
                }
                Ok(answer)
            }
            Err(fault) => {
                self.write(Error, format_args!("no usable answer: {fault}"));
                self.stepped(step, began, Some(fault.to_string()));
                Err(Outcome::Unreachable)
            }
        }
    }

    async fn unless_interrupted(
        &self,
        question: &Question<'_>,
        kept: Option<Connection>,
    ) -> Result<Exchanged, ExchangeError> {
        tokio::select! {
            answer = question.ask(&self.scene.client, self.scene.patience, kept) => answer,
            () = self.interrupted() => Err(ExchangeError::Interrupted),
        }
    }

    fn refused(&mut self, step: StepName, began: Instant, answer: &Exchanged) -> Outcome {
        let said = redacted(&answer.body);
        let words = match step {
            StepName::Token => "failed to get access token from authorization server",
            _ => "failed to reach the receiver",
        };
        let mut error = format!("{words} status: {} response: {said}", answer.status.as_u16());
        if answer.lacks_certificate {
            error += &format!("; the server {NOT_SHOWN}");
        }
        self.write(Error, &error);
        self.stepped(step, began, Some(error));
        if answer.status.is_client_error() { Outcome::Refused } else { Outcome::Unreachable }
    }

    pub(super) fn stepped(&mut self, name: StepName, began: Instant, error: Option<String>) {
        self.steps.push(Step { name, took: span(began.elapsed()), error });
    }
}

// RFC 6749 §5.1; its value is shown to nobody.
fn access_token(body: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(body).ok()?;
    answer.get("access_token")?.as_str().map(str::to_owned)
}
