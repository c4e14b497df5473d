//! Reading a log that need not end: answers as soon as something is known, and again when it changes.

use core::time::Duration;
use std::time::Instant;

use jwtick_core::diagnosis::{Cause, Certainty, Diagnosis};
use jwtick_core::words::{self, Language};

use super::intake::{Intake, LeftOut, Taken};
use super::relate::Sightings;
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::file::FileError;
use crate::input::log::{Extent, Log};
use crate::input::stream::{AtEnd, Event, Stream};
use crate::output::{self, Reader};
use crate::signal::Interrupt;

/// The longest time after which a signal or a closed pipe is noticed.
const NAP: Duration = Duration::from_millis(100);

/// Minimum time between two conclusions, which take longer than reading a line.
const PAUSE: Duration = Duration::from_secs(1);

/// The longest part of a line that is held back.
const LONGEST: usize = 16 * 1024;

/// When to answer before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eagerness {
    /// Never: an answer is expected once.
    Never,
    /// When the log has paused for this long.
    AfterPause(Duration),
    /// Also while the log goes on.
    Always,
}

impl Eagerness {
    /// Returns true if it is time to conclude: the text goes on, or has paused for `quiet`.
    fn is_due(self, quiet: Option<Duration>) -> bool {
        match self {
            Self::Never => false,
            Self::AfterPause(pause) => quiet.is_some_and(|quiet| quiet >= pause),
            Self::Always => true,
        }
    }
}

/// What was read, and what it proves.
pub(super) struct Heard {
    pub(super) diagnosis: Diagnosis,
    pub(super) left_out: Option<LeftOut>,
    pub(super) sightings: Option<Sightings>,
    pub(super) extent: Extent,
    /// True if this very diagnosis was said already, or if there is no reader left.
    pub(super) is_said: bool,
    /// True if a signal or the end of the reader ended it.
    pub(super) is_ended: bool,
}

impl Heard {
    /// What a text proves so far.
    pub(super) fn so_far(diagnosis: &Diagnosis, left_out: Option<LeftOut>) -> Self {
        let taken = Taken { diagnosis: diagnosis.clone(), left_out, sightings: None };
        Self::of(taken, Extent::Whole)
    }

    pub(super) fn of(taken: Taken, extent: Extent) -> Self {
        let Taken { diagnosis, left_out, sightings } = taken;
        Self { diagnosis, left_out, sightings, extent, is_said: false, is_ended: false }
    }
}

/// A conversation about one log.
pub(super) struct Conversation<'z, S> {
    intake: Intake<'z>,
    /// The start of a line whose end has not been read.
    held: Vec<u8>,
    eagerness: Eagerness,
    language: Language,
    /// Says an answer, and returns whether there is still a reader.
    say: S,
    said: Option<Diagnosis>,
    concluded: Instant,
    /// True if there is text that no conclusion has considered.
    is_new: bool,
    has_text: bool,
}

impl<'z, S> Conversation<'z, S>
where
    S: FnMut(&Diagnosis, Option<LeftOut>) -> Result<Reader, Error>,
{
    pub(super) fn new(
        intake: Intake<'z>,
        eagerness: Eagerness,
        language: Language,
        say: S,
    ) -> Self {
        Self {
            intake,
            held: Vec::new(),
            eagerness,
            language,
            say,
            said: None,
            concluded: Instant::now(),
            is_new: false,
            has_text: false,
        }
    }

    /// Reads the log until it ends, a signal arrives or the reader of the answers leaves.
    ///
    /// A signal before the first byte ends the program, as nothing is known.
    ///
    /// # Errors
    /// [`Error::File`] if no byte can be read, [`Error::Signals`] if the system has no thread or event
    /// queue left, and the errors of `say`.
    pub(super) fn hold(
        mut self,
        log: Log<'_>,
        at_end: AtEnd,
        interrupt: &mut Option<Interrupt>,
    ) -> Result<Heard, Error> {
        let signals = |source| Error::Signals { source };
        let stream = Stream::start(log.path(), at_end, self.language).map_err(signals)?;
        let mut changed = Instant::now();
        loop {
            let event = stream.next(NAP);
            let quiet = event.is_none().then(|| changed.elapsed());
            match event {
                Some(Event::Block(block)) => {
                    if interrupt.is_none() {
                        *interrupt = Some(Interrupt::listen().map_err(signals)?);
                    }
                    self.feed(&block);
                    changed = Instant::now();
                }
                Some(Event::Ended(ended)) => return self.end(ended, false),
                Some(Event::Restarted(restart)) => {
                    output::warn(&refusal::restarted(restart, &log.name(), self.language));
                }
                None => {}
            }
            if interrupt.as_ref().is_some_and(Interrupt::is_raised) {
                self.feed_all(&stream);
                output::erase_status();
                return self.end(Ok(()), true);
            }
            if self.answer(quiet)? == Reader::Left {
                return self.leave();
            }
        }
    }

    /// Reads whole lines, so that no answer rests on half of one.
    fn feed(&mut self, block: &[u8]) {
        self.has_text = true;
        let whole = memchr::memrchr(b'\n', block).map_or(0, |end| end.saturating_add(1));
        let (lines, rest) = block.split_at_checked(whole).unwrap_or((block, &[]));
        if !lines.is_empty() {
            self.feed_held();
            self.intake.feed(lines);
            self.is_new = true;
        }
        if self.held.len().saturating_add(rest.len()) > LONGEST {
            self.feed_held();
            self.intake.feed(rest);
        } else {
            self.held.extend_from_slice(rest);
        }
    }

    fn feed_held(&mut self) {
        self.intake.feed(&self.held);
        self.held.clear();
    }

    /// Reads what has arrived before a signal.
    fn feed_all(&mut self, stream: &Stream) {
        for event in stream.queued() {
            if let Event::Block(block) = event {
                self.feed(&block);
            }
        }
    }

    /// Answers if it is time to, and if the answer is new.
    fn answer(&mut self, quiet: Option<Duration>) -> Result<Reader, Error> {
        let is_due = self.is_new && self.concluded.elapsed() >= PAUSE;
        if is_due && self.eagerness.is_due(quiet) {
            let Taken { diagnosis, left_out, .. } = self.intake.clone().finish();
            self.is_new = false;
            self.concluded = Instant::now();
            let is_news = match &self.said {
                Some(said) => !is_same(said, &diagnosis, self.language),
                None => is_finding(&diagnosis),
            };
            if is_news {
                let reader = (self.say)(&diagnosis, left_out)?;
                self.said = Some(diagnosis);
                return Ok(reader);
            }
        }
        // Before the first answer, the exit code is that of the whole text.
        Ok(if self.said.is_some() { output::reader() } else { Reader::Listens })
    }

    fn end(mut self, ended: Result<(), FileError>, is_ended: bool) -> Result<Heard, Error> {
        self.feed_held();
        let extent = match ended {
            Ok(()) => Extent::Whole,
            Err(fault) if self.has_text => Extent::Part(fault),
            Err(fault) => return Err(fault.into()),
        };
        let taken = self.intake.finish();
        let is_said = self.said.is_some_and(|said| said == taken.diagnosis);
        Ok(Heard { is_said, is_ended, ..Heard::of(taken, extent) })
    }

    fn leave(self) -> Result<Heard, Error> {
        self.end(Ok(()), true).map(|heard| Heard { is_said: true, ..heard })
    }
}

/// Returns true if the diagnosis is worth an answer before the end of the text.
fn is_finding(diagnosis: &Diagnosis) -> bool {
    let is_open = diagnosis.cause == Cause::Undetermined;
    // That nothing was refused so far is no finding.
    let is_quiet = diagnosis.cause == Cause::NotClock && diagnosis.refusals == 0;
    diagnosis.certainty >= Certainty::Likely && !is_open && !is_quiet
}

/// Returns true if two diagnoses say the same, apart from the lines that they rest on and the number of
/// refusals. An offset that differs by less than what is printed is the same.
fn is_same(one: &Diagnosis, other: &Diagnosis, language: Language) -> bool {
    let findings = |it: &Diagnosis| {
        let subject = it.hosts.iter().find(|host| host.is_subject);
        let offsets = [it.offset, it.offset_if_utc];
        (
            (it.cause, it.fault, it.certainty, it.attribution, it.direction, it.zone, it.decider),
            subject.map(|host| host.name.clone()),
            offsets.map(|offset| offset.map(|it| words::offset(it, language).to_string())),
        )
    };
    findings(one) == findings(other)
}
