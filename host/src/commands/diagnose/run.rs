//! `jwtick diagnose`.

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone};
use jwtick_core::words::Language;

use super::answer::table::{self, Row};
use super::answer::{self, markdown};
use super::args::DiagnoseArgs;
use super::intake::{Intake, LeftOut, Range};
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::exit::Exit;
use crate::input::log::{Extent, Log};
use crate::notation::civil;
use crate::notation::zone::Zone;
use crate::output::{self, Text};
use crate::page::layout::Page;
use crate::source::os;

/// Diagnoses every input, and prints each diagnosis as soon as its input is read.
///
/// If an input cannot be read, an error is reported and the next input is read. If it can be read in
/// part, that part is diagnosed. The exit code is the most severe of all inputs.
///
/// # Errors
/// [`Error::Zone`] if the value of `--tz` is not a time zone, [`Error::Range`] if `--since` is after
/// `--until`, and [`Error::Write`] if standard output cannot be written.
pub(crate) fn run(args: &DiagnoseArgs, language: Language) -> Result<Exit, Error> {
    let zone = args.tz.as_deref().map(zone).transpose()?;
    let now = os::reading();
    let task = Task {
        args,
        zone: zone.as_ref().map_or(LogZone::Unknown, Zone::of_log),
        range: Range::of(args, now)?,
        now,
        language,
    };
    task.run()
}

fn zone(text: &str) -> Result<Zone, Error> {
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

/// What one input proves.
struct Read {
    diagnosis: Diagnosis,
    extent: Extent,
    left_out: Option<LeftOut>,
}

impl Task<'_> {
    fn run(&self) -> Result<Exit, Error> {
        let logs = logs(self.args);
        let mut exit = Exit::Done;
        let mut rows = Vec::new();
        for &log in &logs {
            let next = match self.read(log) {
                Ok(read) => {
                    if self.args.summary {
                        rows.extend(table::rows(&log.name(), &read.diagnosis));
                    } else {
                        output::print(&self.shown(log, logs.len() == 1, &read))?;
                    }
                    self.warn_of(&read);
                    meaning(read.diagnosis.fault, &read.extent)
                }
                Err(error) => {
                    refusal::complain(&error, self.language);
                    error.exit()
                }
            };
            exit = worse(exit, next);
        }
        if self.args.summary {
            output::print(&self.summary(rows))?;
        }
        Ok(exit)
    }

    fn read(&self, log: Log<'_>) -> Result<Read, Error> {
        let near = log.written().map_or(self.now, os::since_1970);
        let mut intake = Intake::new(self.zone, self.range, near);
        let extent = log.read(self.language, |block| intake.feed(block))?;
        let (diagnosis, left_out) = intake.finish();
        Ok(Read { diagnosis, extent, left_out })
    }

    fn warn_of(&self, read: &Read) {
        if let Extent::Part(fault) = &read.extent {
            output::warn(&refusal::in_part(fault, read.diagnosis.lines, self.language));
        }
        // The other forms of the answer say it themselves.
        if let Some(left_out) = read.left_out.filter(|_| self.args.summary) {
            output::warn(&answer::left_out::said(&left_out, self.language));
        }
    }

    fn summary(&self, mut rows: Vec<Row>) -> Text {
        table::sort(&mut rows);
        match (self.args.json, rows.as_slice()) {
            (_, []) => Text::new(),
            (true, rows) => table::lines(rows).into(),
            (false, rows) => table::table(rows, &Page::of_terminal(self.language)),
        }
    }

    fn shown(&self, log: Log<'_>, is_alone: bool, read: &Read) -> Text {
        let (name, diagnosis, language) = (log.name(), &read.diagnosis, self.language);
        if self.args.json {
            let incomplete = match &read.extent {
                Extent::Whole => None,
                Extent::Part(fault) => Some(fault.to_string()),
            };
            let found = answer::Found { diagnosis, incomplete, left_out: read.left_out };
            return answer::json(&name, &found, language).into();
        }
        let page = Page::of_terminal(language);
        let left_out = read.left_out.map(|it| answer::left_out::said(&it, language));
        if self.args.report.is_some() {
            let command = markdown::command(&self.words(&name));
            let notes: Vec<String> = left_out.into_iter().collect();
            let around = markdown::Surroundings { input: &name, command: &command, notes: &notes };
            let report = markdown::markdown(diagnosis, &around, &page);
            return (if is_alone { report } else { report + "\n" }).into();
        }
        let mut text = answer::text(diagnosis, &page);
        if let Some(left_out) = left_out {
            text += &answer::note(&left_out, &page);
        }
        // A single answer needs no title.
        if is_alone { text } else { answer::titled(&name, &text) }
    }

    /// The words of the command that gives the same answer at any time.
    fn words(&self, input: &str) -> Vec<String> {
        let mut words = vec!["jwtick".to_owned(), "diagnose".to_owned()];
        let ends = [("--since", self.range.since), ("--until", self.range.until)];
        let ends = ends.map(|(name, end)| (name, end.and_then(civil::rfc3339)));
        let options = [("--tz", self.args.tz.clone())].into_iter().chain(ends);
        for (name, value) in options.filter_map(|(name, value)| Some((name, value?))) {
            words.extend([name.to_owned(), value]);
        }
        words.push(input.to_owned());
        words
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
