//! Queries every source at once, until the deadline at the latest, and the options for that.

use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Instant;

use jwtick_core::words::{self, Language};
use jwtick_core::{Span, TimeBounds};

use super::answer::{Answer, Counted, Measurement};
use super::name::ClockName;
use crate::http::client::{Target, Trust};
use crate::notation::duration::span;
use crate::output::StatusLine;
use crate::signal::Interrupt;
use crate::source::http_date::{Follow, HttpDateSource, Unproved};
use crate::source::os::machine::Machine;
use crate::source::{LocalClock, Observation, Source, SourceError, os};

/// Extra time after the deadline for sources that enforce it themselves.
const GRACE: Duration = Duration::from_millis(250);

type Found = Result<Observation, SourceError>;

/// Queries all of `sources` about the local clock.
///
/// Each query runs on a detached thread: a name lookup can block for minutes and cannot be
/// cancelled (`getaddrinfo(3)`). Sources that have not answered by the deadline count as silent.
pub(super) fn ask(
    local: LocalClock,
    sources: Vec<Arc<dyn Source>>,
    options: &QueryOptions,
    language: Language,
) -> Measurement {
    let (started, timeout) = (Instant::now(), options.timeout);
    let deadline = started.checked_add(timeout).unwrap_or(started);
    let (sender, answers) = mpsc::channel();
    for (index, source) in sources.iter().enumerate() {
        spawn(index, Arc::clone(source), local, deadline, sender.clone());
    }
    drop(sender);
    let mut found: Vec<Option<Found>> = sources.iter().map(|_| None).collect();
    let mut waiting = Waiting::since(started, timeout, language, options.progress);
    let end = deadline.checked_add(GRACE).unwrap_or(deadline);
    while let Some((index, answer)) = next(&answers, end, &mut waiting, &found, options) {
        if let Some(place) = found.get_mut(index) {
            *place = Some(answer);
        }
    }
    let silent = || Err(SourceError::Timeout { after: span(timeout) });
    let answer = |(source, found): (&Arc<dyn Source>, Option<Found>)| Answer {
        name: source.name(),
        kind: source.kind(),
        found: found.unwrap_or_else(silent),
        aside: source.notes(),
    };
    let answers = sources.iter().zip(found).map(answer).collect();
    Measurement { local, answers, counted: Counted::Others }
}

fn spawn(
    index: usize,
    source: Arc<dyn Source>,
    local: LocalClock,
    deadline: Instant,
    sender: Sender<(usize, Found)>,
) {
    let failed = sender.clone();
    let asking = move || {
        // The receiver is gone after the deadline.
        let _ = sender.send((index, source.observe(&local, deadline)));
    };
    if let Err(error) = thread::Builder::new().name("source".to_owned()).spawn(asking) {
        let _ = failed.send((index, Err(SourceError::Network(error))));
    }
}

/// Returns the next answer; `None` when all have arrived or the time is up.
fn next(
    answers: &mpsc::Receiver<(usize, Found)>,
    end: Instant,
    waiting: &mut Waiting,
    found: &[Option<Found>],
    options: &QueryOptions,
) -> Option<(usize, Found)> {
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match answers.recv_timeout(left.min(Waiting::PAUSE)) {
            Ok(answer) => return Some(answer),
            Err(RecvTimeoutError::Timeout) if !left.is_zero() && !options.interrupt.is_raised() => {
                waiting.tell(found.iter().flatten().count(), found.len());
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Queries all of `clocks`. Servers over https come last if there are others, whose answers then
/// give the time at which certificates are verified. Without others, that time is bounded by the
/// build date of this program. `counted` sources decide.
pub(crate) fn measure(
    clocks: &[ClockName],
    counted: Counted,
    options: &QueryOptions,
    language: Language,
) -> Measurement {
    let (local, began) = (LocalClock::read(), Instant::now());
    let named = |https| clocks.iter().filter(move |clock| clock.is_https() == https).cloned();
    let (others, https): (Vec<_>, Vec<_>) = (named(false).collect(), named(true).collect());
    // Silent sources of other kinds must leave some time for https.
    let share = if https.is_empty() { Duration::ZERO } else { options.timeout / 2 };
    let first = options.after(share);
    let first = ask(local, first.sources(&others, os::known()), &first, language);
    let left = options.after(began.elapsed());
    let utc = told(&first, options);
    let last = ask(local, left.sources(&https, utc), &left, language);
    let (mut first, mut last) = (first.answers.into_iter(), last.answers.into_iter());
    let next = |clock: &ClockName| if clock.is_https() { last.next() } else { first.next() };
    let answers: Vec<Answer> = clocks.iter().filter_map(next).collect();
    Measurement { local, answers, counted }
}

/// Returns bounds on UTC that hold until the deadline, from sources that need no certificate.
fn told(measurement: &Measurement, options: &QueryOptions) -> TimeBounds {
    let known = os::known();
    let offset = measurement.survey(Span::ZERO).offset();
    let now = offset.map(|offset| measurement.utc(offset));
    let until =
        |utc: TimeBounds| TimeBounds::between(utc.earliest(), utc.latest() + span(options.timeout));
    now.and_then(until).and_then(|utc| utc.intersect(known)).unwrap_or(known)
}

/// Shows progress while the user waits. Prints only if standard error is a terminal.
#[derive(Debug)]
pub(super) struct Waiting {
    started: Instant,
    timeout: Duration,
    language: Language,
    line: StatusLine,
}

/// Time before the progress line first appears.
const PATIENCE: Duration = Duration::from_secs(1);

impl Waiting {
    /// Minimum time between updates, so that each can be read.
    pub(super) const PAUSE: Duration = Duration::from_millis(200);

    pub(super) fn since(
        started: Instant,
        timeout: Duration,
        language: Language,
        progress: Progress,
    ) -> Self {
        let line = match progress {
            Progress::Shown => StatusLine::new(),
            Progress::Hidden => StatusLine::hidden(),
        };
        Self { started, timeout, language, line }
    }

    /// Shows how many of `all` have answered.
    pub(super) fn tell(&mut self, answered: usize, all: usize) {
        let passed = self.started.elapsed();
        if passed < PATIENCE {
            return;
        }
        let left = words::rounded(span(self.timeout.saturating_sub(passed)), self.language);
        self.line.show(&match self.language {
            Language::English => format!("{answered} of {all} sources answered, {left} left"),
            Language::German => {
                format!("{answered} von {all} Quellen haben geantwortet, noch {left}")
            }
            Language::Korean => format!("소스 {all}개 중 {answered}개 응답, 남은 시간 {left}"),
        });
    }
}

/// Options that apply to every kind of source.
#[derive(Debug, Clone)]
pub(crate) struct QueryOptions {
    /// Time limit for all answers together.
    pub(crate) timeout: Duration,
    /// Certificate authorities for https servers, in addition to those of the platform.
    pub(crate) ca: Option<PathBuf>,
    /// Measures servers without a valid certificate too.
    pub(crate) insecure_date: bool,
    /// The hosts to which answers may redirect.
    pub(crate) follow: Follow,
    /// Ends the wait early.
    pub(crate) interrupt: Interrupt,
    /// Whether a user waits for the answers.
    pub(crate) progress: Progress,
}

/// A line on a terminal with the number of answers so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Shown,
    Hidden,
}

impl QueryOptions {
    /// Returns the options with the time that is left after `spent`.
    pub(super) fn after(&self, spent: Duration) -> Self {
        Self { timeout: self.timeout.saturating_sub(spent), ..self.clone() }
    }

    /// Creates the sources with these names; certificates are verified at `utc`.
    pub(super) fn sources(&self, clocks: &[ClockName], utc: TimeBounds) -> Vec<Arc<dyn Source>> {
        let source = |clock: &ClockName| -> Arc<dyn Source> {
            match clock {
                ClockName::Os => Arc::new(Machine),
                ClockName::Http(url) => Arc::new(self.http(url, utc)),
                ClockName::Ntp(server) => Arc::new(server.clone()),
            }
        };
        clocks.iter().map(source).collect()
    }

    fn http(&self, url: &Target, utc: TimeBounds) -> HttpDateSource {
        let unproved = if self.insecure_date { Unproved::Measured } else { Unproved::Refused };
        let trust = Trust { authorities: self.ca.iter().cloned().collect(), utc };
        HttpDateSource::new(url.clone(), trust, unproved, self.follow)
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::Span;
    use jwtick_core::time::Offset;

    use super::*;
    use crate::signal::Interrupt;
    use crate::source::http_date::Follow;
    use crate::source::{Bound, Kind, Responder};

    /// A source that answers after a delay, or sleeps past every deadline, as an unresolvable name
    /// does.
    struct After(Duration);

    impl Source for After {
        fn name(&self) -> String {
            format!("{:?}", self.0)
        }

        fn kind(&self) -> Kind {
            Kind::Ntp
        }

        fn observe(&self, _: &LocalClock, _: Instant) -> Found {
            thread::sleep(self.0);
            Ok(Observation {
                offset: Offset::exactly(Span::ZERO),
                delay: None,
                bound: Bound::RoundTrip,
                responder: Responder::default(),
                notes: Vec::new(),
            })
        }
    }

    fn within(timeout: Duration) -> QueryOptions {
        QueryOptions {
            timeout,
            ca: None,
            insecure_date: false,
            follow: Follow::NamedHost,
            interrupt: Interrupt::default(),
            progress: Progress::Hidden,
        }
    }

    #[test]
    fn query_ends_at_deadline_without_all_answers() {
        let millis = Duration::from_millis;
        let after = |time| -> Arc<dyn Source> { Arc::new(After(millis(time))) };
        let sources = vec![after(600_000), after(1), after(60)];
        let started = Instant::now();
        let measured = ask(LocalClock::read(), sources, &within(millis(2_000)), Language::English);
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
        let answered: Vec<bool> = measured.answers.iter().map(|it| it.found.is_ok()).collect();
        assert_eq!(answered, [false, true, true]);
        let silence = measured.answers.first().and_then(|it| it.found.as_ref().err());
        assert_eq!(silence.map(ToString::to_string).as_deref(), Some("no answer within 2 s"));
    }

    #[test]
    fn query_ends_before_deadline_once_all_have_answered() {
        let started = Instant::now();
        let sources: Vec<Arc<dyn Source>> = vec![Arc::new(After(Duration::ZERO))];
        let measured =
            ask(LocalClock::read(), sources, &within(Duration::from_secs(60)), Language::English);
        assert!(started.elapsed() < Duration::from_secs(30) && measured.heard_anybody());
    }
}
