//! The steps of a test of a connection.

use core::time::Duration;
use std::time::Instant;

use http::header::{AGE, CONTENT_TYPE, DATE, RETRY_AFTER, SERVER, VIA, WWW_AUTHENTICATE};
use http::{HeaderName, Method};
use jwtick_core::evidence::transcript::Level;
use jwtick_core::evidence::transcript::Level::{Error, Info};
use jwtick_core::evidence::transcript::{Entry, Place};
use jwtick_core::survey::{DateOrigin, Survey};
use jwtick_core::time::Offset;
use jwtick_core::{Span, UnixTime};
use tokio::runtime::Runtime;
use tokio::time;

use super::connection_test::{ConnectionTest, Repeats};
use super::exchange::{ExchangeError, Exchanged, Question};
use super::outcome::{Outcome, Reason, Step, StepName, not_shown};
use super::token::{NoToken, access_token};
use super::transcript::Transcript;
use crate::http::client::{Connection, NOT_SHOWN, Target};
use crate::notation::duration::span;
use crate::source::LocalClock;

const FORM: &str = "application/x-www-form-urlencoded";

/// A running test.
pub(super) struct Run<'r, 's, 't> {
    pub(super) test: &'r ConnectionTest<'s>,
    pub(super) log: Transcript<'t>,
    pub(super) runtime: Runtime,
    pub(super) steps: Vec<Step>,
    pub(super) server: Option<Offset>,
    /// The local clock compared with the third clocks.
    pub(super) thirds: Survey,
    /// The connection to the server whose clock was measured.
    pub(super) kept: Option<Connection>,
    /// The number of requests to the token endpoint that only measured its clock.
    pub(super) time_requests: usize,
    pub(super) repeats: Option<&'r Repeats>,
}

impl Run<'_, '_, '_> {
    fn now(&self) -> UnixTime {
        self.test.local.now()
    }

    pub(super) const fn local(&self) -> &LocalClock {
        &self.test.local
    }

    /// Returns the authority of the token endpoint.
    pub(super) fn authority(&self) -> String {
        self.test.token.target.authority().to_string()
    }

    pub(super) fn write(&mut self, level: Level, entry: Entry<'_>) {
        self.log.write(self.now(), level, entry);
    }

    pub(super) fn note(&mut self, entry: Entry<'_>) {
        self.write(Info, entry);
    }

    pub(crate) fn open(&mut self) {
        self.log.open(self.now());
        let issuer = self.test.assertions.issuer.as_str().into();
        self.note(Entry::Granting { issuer });
    }

    /// Creates an assertion at the local time plus `correction`, and uses it.
    pub(super) fn attempt(&mut self, correction: Span) -> Outcome {
        let began = Instant::now();
        let assertion = match self.test.assertions.mint(self.now() + correction) {
            Ok(assertion) => assertion,
            Err(fault) => {
                let reason = Reason::of_key(&fault, self.test.language);
                self.stepped(StepName::Assertion, began, Some(reason));
                return Outcome::Unreachable;
            }
        };
        self.log.secrets().keep_token(&assertion.compact);
        self.note(Entry::Made { claims: assertion.claims.as_str().into() });
        self.stepped(StepName::Assertion, began, None);
        match self.trade(&assertion.compact) {
            Ok(token) => self.show(&token),
            Err(outcome) => outcome,
        }
    }

    fn trade(&mut self, assertion: &str) -> Result<String, Outcome> {
        let began = Instant::now();
        let place = &self.test.token;
        let question = Question {
            target: place.target,
            method: Method::POST,
            kind: FORM,
            body: place.form.content(assertion, place.client, place.scope),
            bearer: None,
        };
        let answer = self.ask(&question, StepName::Token, began)?;
        self.log.secrets().keep_tokens(&serde_json::from_str(&answer.body).unwrap_or_default());
        match access_token(&answer.body) {
            Ok(token) if answer.status.is_success() => {
                self.stepped(StepName::Token, began, None);
                Ok(token)
            }
            found => Err(self.refused(StepName::Token, began, &answer, found.err())),
        }
    }

    fn show(&mut self, token: &str) -> Outcome {
        let Some(place) = &self.test.receiver else { return Outcome::Connected };
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
            Ok(answer) => self.refused(StepName::Receiver, began, &answer, None),
            Err(outcome) => outcome,
        }
    }

    fn ask(
        &mut self,
        question: &Question<'_>,
        step: StepName,
        began: Instant,
    ) -> Result<Exchanged, Outcome> {
        let (method, target) = (question.method.as_str().into(), question.target.to_string());
        self.note(Entry::Sending { method, target: target.as_str().into() });
        let kept = self.kept.take().filter(|_| question.target == self.test.token.target);
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
                let reason = self.described(question.target, &fault);
                self.write(Error, Entry::Unanswered { fault: reason.english.as_str().into() });
                self.stepped(step, began, Some(reason));
                Err(Outcome::Unreachable)
            }
        }
    }

    fn described(&self, target: &Target, fault: &ExchangeError) -> Reason {
        let refused = match fault {
            ExchangeError::Http(error) => self.refused_certificate(target, error),
            _ => None,
        };
        let language = self.test.language;
        match refused {
            Some(refused) => Reason::new(&refused, &refused.said(language)),
            None => Reason::new(fault, &fault.said(language)),
        }
    }

    async fn unless_interrupted(
        &self,
        question: &Question<'_>,
        kept: Option<Connection>,
    ) -> Result<Exchanged, ExchangeError> {
        let client = self.client();
        tokio::select! {
            answer = question.ask(&client, self.test.patience, kept) => answer,
            () = self.interrupted() => Err(ExchangeError::Interrupted),
        }
    }

    /// Reports a refusal, or a success without what was asked for.
    fn refused(
        &mut self,
        step: StepName,
        began: Instant,
        answer: &Exchanged,
        lack: Option<NoToken>,
    ) -> Outcome {
        let language = self.test.language;
        let mut body = self.log.hidden(&answer.body);
        let mut translated = body.clone();
        if let Some(lack) = lack.filter(|_| answer.status.is_success()) {
            body += &format!("; {lack}");
            translated += &format!("; {}", lack.said(language));
        }
        if answer.lacks_certificate {
            body += &format!("; the server {NOT_SHOWN}");
            translated += &format!("; {}", not_shown(language));
        }
        let place = match step {
            StepName::Token => Place::TokenEndpoint,
            _ => Place::Receiver,
        };
        let status = answer.status.as_u16();
        let refused = Entry::Refused { place, status, body: body.as_str().into() };
        self.write(Error, refused);
        let reason = Reason::of_refusal((&refused, place, status, &translated), language);
        self.stepped(step, began, Some(reason));
        if answer.status.is_client_error() { Outcome::Refused } else { Outcome::Unreachable }
    }

    /// Returns when the user interrupts the test; never returns for a single run, which a signal
    /// ends at once.
    pub(super) async fn interrupted(&self) {
        // A delay below this is not noticeable.
        const NAP: Duration = Duration::from_millis(50);
        while !self.repeats.is_some_and(|repeats| repeats.interrupt.is_raised()) {
            time::sleep(NAP).await;
        }
    }

    /// Records which clock answered, for comparing all answers.
    pub(super) fn note_clock(&mut self, target: &Target, answer: &Exchanged) {
        let sample = answer.reply.sample(self.local());
        let Some(sample) = sample.ok().filter(|sample| sample.origin == DateOrigin::Fresh) else {
            return;
        };
        let server = target.authority().to_string();
        let (date, local) = (sample.date, sample.local);
        self.note(Entry::Answered { server: server.as_str().into(), date, local });
    }

    /// Logs the parts of an answer's head that concern time or a refusal.
    pub(super) fn conversation(&mut self, answer: &Exchanged) {
        let level = if answer.status.is_success() { Info } else { Error };
        let status = answer.status.to_string();
        self.write(level, Entry::Status { status: status.as_str().into() });
        for name in SHOWN {
            if let Some(value) = answer.field(&name) {
                let name = title(&name);
                let (name, value) = (name.as_str().into(), value.into());
                self.write(level, Entry::Header { name, value });
            }
        }
    }

    pub(super) fn stepped(&mut self, name: StepName, began: Instant, error: Option<Reason>) {
        self.stepped_in(name, span(began.elapsed()), error);
    }

    pub(super) fn stepped_in(&mut self, name: StepName, took: Span, error: Option<Reason>) {
        let hidden = |text: &str| self.log.hidden(text);
        let error = error.map(|it| Reason::new(&hidden(&it.english), &hidden(&it.said)));
        self.steps.push(Step { name, took, error });
    }
}

/// Header fields that concern time or a refusal, in order of output.
const SHOWN: [HeaderName; 7] =
    [DATE, AGE, VIA, SERVER, CONTENT_TYPE, WWW_AUTHENTICATE, RETRY_AFTER];

// Field names are lower case in HTTP/2, but capitalized in the style of the log.
fn title(name: &HeaderName) -> String {
    let parts = name.as_str().split('-').map(|part| {
        let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
        first.to_ascii_uppercase() + rest
    });
    parts.collect::<Vec<_>>().join("-")
}
