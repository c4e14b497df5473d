//! `jwtick diagnose`.

use core::time::Duration;

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone};
use jwtick_core::words::{self, Heading, Language};

use super::answer::relation::Related;
use super::answer::table::{self, Row};
use super::answer::{self, markdown};
use super::args::DiagnoseArgs;
use super::args::UsageError;
use super::follow::{Conversation, Eagerness, Heard};
use super::intake::{Intake, Range};
use super::relations::Relations;
use crate::commands::error::Error;
use crate::commands::fleet::gather;
use crate::commands::refusal;
use crate::exit::Exit;
use crate::input::log::{Extent, Log};
use crate::input::stream::AtEnd;
use crate::notation::civil;
use crate::notation::zone::Zone;
use crate::output::{self, Text};
use crate::page::layout::Page;
use crate::signal::Interrupt;
use crate::source::os;

/// Diagnoses every input, and prints each diagnosis as soon as its input is read.
///
/// If an input cannot be read, an error is reported and the next input is read. If it can be read in
/// part, that part is diagnosed. The exit code is the most severe of all inputs.
///
/// # Errors
/// [`Error::Zone`] if the value of `--tz` is not a time zone, [`Error::Diagnose`] if options have no
/// meaning together, and [`Error::Write`] if standard output cannot be written.
pub(crate) fn run(args: &DiagnoseArgs, language: Language) -> Result<Exit, Error> {
    let zone = args.tz.as_deref().map(zone).transpose()?;
    if args.by_host {
        return gather::by_host(&args.files, zone.as_ref(), language);
    }
    let now = os::reading();
    let task = Task {
        args,
        zone: zone.as_ref().map_or(LogZone::Unknown, Zone::of_log),
        range: args.range(now).map_err(Error::Diagnose)?,
        now,
        language,
    };
    match args.files.len() {
        count @ 2.. if args.follow => Err(Error::Diagnose(UsageError::FollowSeveral { count })),
        _ => task.run(),
    }
}

/// Reads the value of `--tz`.
///
/// # Errors
/// [`Error::Zone`] if it is not a time zone.
pub(crate) fn zone(text: &str) -> Result<Zone, Error> {
    Zone::parse(text).map_err(|fault| Error::Zone { met: text.to_owned(), fault })
}

/// The command line, resolved.
struct Task<'a> {
    args: &'a DiagnoseArgs,
    zone: LogZone<'a>,
    range: Range,
    now: UnixTime,
    language: Language,
}

/// A pipe that pauses for this long may not end: what is known by then is worth an answer.
const PAUSE: Duration = Duration::from_secs(2);

impl Task<'_> {
    fn run(&self) -> Result<Exit, Error> {
        let logs = logs(self.args);
        let mut exit = Exit::Done;
        let mut rows = Vec::new();
        let mut relations = Relations::new();
        let mut interrupt = None;
        for &log in &logs {
            let mut count = 0;
            let next = match self.read(log, logs.len(), &relations, &mut count, &mut interrupt) {
                Ok(mut read) => {
                    let related = relations.add(&log.name(), read.sightings.take());
                    if self.args.summary {
                        rows.extend(table::rows(&log.name(), &read.diagnosis));
                    } else if !read.is_said {
                        output::print(&self.shown(
                            log,
                            Title::of(logs.len(), count),
                            &read,
                            &related,
                        ))?;
                    }
                    self.warn_of(&read);
                    let next = meaning(read.diagnosis.fault, &read.extent);
                    if read.is_ended {
                        exit = worse(exit, next);
                        break;
                    }
                    next
                }
                Err(error @ (Error::Write(_) | Error::Signals { .. })) => return Err(error),
                Err(error) => {
                    refusal::complain(&error, self.language);
                    error.exit()
                }
            };
            exit = worse(exit, next);
        }
        if self.args.summary {
            output::print(&self.summary(rows, relations.found()))?;
        }
        Ok(exit)
    }

    /// Reads one of `inputs` inputs. A log that need not end gets answers before its end, whose number is
    /// kept in `count`.
    fn read(
        &self,
        log: Log<'_>,
        inputs: usize,
        relations: &Relations,
        count: &mut usize,
        interrupt: &mut Option<Interrupt>,
    ) -> Result<Heard, Error> {
        let near = log.written().map_or(self.now, os::since_1970);
        let sightings = (inputs > 1).then(|| relations.start());
        let mut intake = Intake::new(self.zone, self.range, near, sightings);
        // Once signals are caught, every input must heed them.
        if self.args.follow || log.is_endless() || interrupt.is_some() {
            let at_end = if self.args.follow { AtEnd::Follow } else { AtEnd::Stop };
            let say = |diagnosis: &Diagnosis, left_out| {
                let heard = Heard::so_far(diagnosis, left_out);
                let reader =
                    output::print_on(&self.shown(log, Title::of(inputs, *count), &heard, &[]))?;
                *count += 1;
                Ok(reader)
            };
            let eagerness = self.eagerness(log, inputs);
            let conversation = Conversation::new(intake, eagerness, self.language, say);
            return conversation.hold(log, at_end, interrupt);
        }
        let extent = log.read(self.language, |block| intake.feed(block))?;
        Ok(Heard::of(intake.finish(), extent))
    }

    /// Programs that read JSON or a report, and people who type a log, expect one answer.
    fn eagerness(&self, log: Log<'_>, inputs: usize) -> Eagerness {
        let is_once = self.args.json || self.args.summary || self.args.report.is_some();
        if self.args.follow {
            Eagerness::Always
        } else if is_once || inputs > 1 || log.is_typed() {
            Eagerness::Never
        } else {
            Eagerness::AfterPause(PAUSE)
        }
    }

    fn warn_of(&self, read: &Heard) {
        if let Extent::Part(fault) = &read.extent {
            output::warn(&refusal::in_part(fault, read.diagnosis.lines, self.language));
        }
        // The other forms of the answer say it themselves.
        if let Some(left_out) = read.left_out.filter(|_| self.args.summary) {
            output::warn(&answer::left_out_said(&left_out, self.language));
        }
    }

    fn summary(&self, mut rows: Vec<Row>, related: &[Related]) -> Text {
        table::sort(&mut rows);
        match (self.args.json, rows.as_slice()) {
            (_, []) => Text::new(),
            (true, rows) => table::lines(rows).into(),
            (false, rows) => {
                let page = Page::of_terminal(self.language);
                table::table(rows, &page) + &self.notes(related, &page)
            }
        }
    }

    /// A note for each relation, with its premises.
    fn notes(&self, related: &[Related], page: &Page) -> Text {
        let note = |it| answer::list(&answer::relation::said(it, self.language), page);
        related.iter().map(note).collect()
    }

    fn shown(&self, log: Log<'_>, title: Title, read: &Heard, relations: &[Related]) -> Text {
        let (name, diagnosis, language) = (log.name(), &read.diagnosis, self.language);
        if self.args.json {
            let incomplete = match &read.extent {
                Extent::Whole => None,
                Extent::Part(fault) => Some(fault.to_string()),
            };
            let found = answer::Found { diagnosis, incomplete, left_out: read.left_out, relations };
            return answer::json(&name, &found, language).into();
        }
        let page = Page::of_terminal(language);
        let left_out = read.left_out.map(|it| answer::left_out_said(&it, language));
        if self.args.report.is_some() {
            let command = markdown::command(&self.words(&name));
            let related = relations.iter().flat_map(|it| answer::relation::said(it, language));
            let notes: Vec<String> = left_out.into_iter().chain(related).collect();
            let around = markdown::Surroundings { input: &name, command: &command, notes: &notes };
            let report = markdown::markdown(diagnosis, &around, &page);
            return (if title == Title::None { report } else { report + "\n" }).into();
        }
        let mut text = answer::text(diagnosis, &page);
        if let Some(left_out) = left_out {
            text += &answer::note(&left_out, &page);
        }
        text += &self.notes(relations, &page);
        match title {
            Title::None => text,
            Title::Input => answer::titled(&name, &text),
            Title::Update => {
                let line = words::heading(Heading::Line, language);
                let name = format!("{name}, {line} {}", diagnosis.lines);
                Text::from("\n") + &answer::titled(&name, &text)
            }
        }
    }

    /// The words of the command that gives the same answer at any time and on any host.
    fn words(&self, input: &str) -> Vec<String> {
        let mut words = vec!["jwtick".to_owned(), "diagnose".to_owned()];
        let ends = [("--since", self.range.since), ("--until", self.range.until)];
        let ends = ends.map(|(name, end)| (name, end.and_then(civil::rfc3339)));
        let zone = self.args.tz.as_deref().map(Zone::everywhere);
        let options = [("--tz", zone)].into_iter().chain(ends);
        for (name, value) in options.filter_map(|(name, value)| Some((name, value?))) {
            words.extend([name.to_owned(), value]);
        }
        words.push(input.to_owned());
        words
    }
}

/// What an answer needs above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    /// Nothing: it is the only one.
    None,
    /// The name of its input.
    Input,
    /// The line up to which the log was read: there was another answer before.
    Update,
}

impl Title {
    const fn of(inputs: usize, answers: usize) -> Self {
        match (inputs, answers) {
            (_, 1..) => Self::Update,
            (2.., 0) => Self::Input,
            (_, 0) => Self::None,
        }
    }
}

fn logs(args: &DiagnoseArgs) -> Vec<Log<'_>> {
    match args.files.as_slice() {
        [] => vec![Log::stdin()],
        files => files.iter().map(|path| Log::at(path)).collect(),
    }
}

// What a part of a log proves is proved, but the rest may hold a fault that the part does not show.
const fn meaning(fault: ClockFault, extent: &Extent) -> Exit {
    match (fault, extent) {
        (ClockFault::Found, _) => Exit::ClockFault,
        (_, Extent::Part(_)) => Exit::Failed,
        (ClockFault::Cleared, Extent::Whole) => Exit::Done,
        (ClockFault::Open, Extent::Whole) => Exit::Undetermined,
    }
}

// Failure to read an input is the most severe: that input may contain anything.
fn worse(one: Exit, other: Exit) -> Exit {
    let order = [Exit::Failed, Exit::ClockFault, Exit::Undetermined];
    order.into_iter().find(|&exit| exit == one || exit == other).unwrap_or(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_input_decides() {
        use Exit::{ClockFault, Done, Failed, Undetermined};
        const ROWS: &[(Exit, Exit, Exit)] = &[
            (Done, Done, Done),
            (Done, Undetermined, Undetermined),
            (ClockFault, Undetermined, ClockFault),
            (Done, ClockFault, ClockFault),
            (Failed, ClockFault, Failed),
        ];
        for &(one, other, exit) in ROWS {
            assert_eq!(worse(one, other), exit, "{one:?} and {other:?}");
            assert_eq!(worse(other, one), exit, "{other:?} and {one:?}");
        }
    }
}
