//! `jwtick diagnose`.

use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone};
use jwtick_core::words::Language;
use jwtick_core::{Diagnoser, Options};

use super::answer;
use super::args::DiagnoseArgs;
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::exit::Exit;
use crate::input::log::{Extent, Log};
use crate::notation::zone::Zone;
use crate::output::{self, Text};
use crate::page::layout::Page;

/// Diagnoses every input, and prints each diagnosis as soon as its input is read.
///
/// If an input cannot be read, an error is reported and the next input is read. If it can be read in
/// part, that part is diagnosed. The exit code is the most severe of all inputs.
///
/// # Errors
/// [`Error::Zone`] if the value of `--tz` is not a time zone, and [`Error::Write`] if standard output
/// cannot be written.
pub(crate) fn run(args: &DiagnoseArgs, language: Language) -> Result<Exit, Error> {
    let zone = args.tz.as_deref().map(zone).transpose()?;
    let zone = zone.as_ref().map_or(LogZone::Unknown, Zone::of_log);
    let logs = logs(args);
    let mut exit = Exit::Done;
    for &log in &logs {
        let next = match diagnose(log, zone, language) {
            Ok((diagnosis, extent)) => {
                output::print(&shown(args, language, &logs, log, &diagnosis, &extent))?;
                warn_of(&extent, diagnosis.lines, language);
                meaning(diagnosis.fault, &extent)
            }
            Err(error) => {
                refusal::complain(&error, language);
                error.exit()
            }
        };
        exit = worse(exit, next);
    }
    Ok(exit)
}

fn zone(text: &str) -> Result<Zone, Error> {
    Zone::parse(text).map_err(|fault| Error::Zone { met: text.to_owned(), fault })
}

fn logs(args: &DiagnoseArgs) -> Vec<Log<'_>> {
    match args.files.as_slice() {
        [] => vec![Log::stdin()],
        files => files.iter().map(|path| Log::at(path)).collect(),
    }
}

fn diagnose(
    log: Log<'_>,
    zone: LogZone<'_>,
    language: Language,
) -> Result<(Diagnosis, Extent), Error> {
    let mut diagnoser = Diagnoser::new(Options { zone });
    let extent = log.read(language, |block| diagnoser.feed(block))?;
    Ok((diagnoser.finish(), extent))
}

fn warn_of(extent: &Extent, lines: u64, language: Language) {
    if let Extent::Part(fault) = extent {
        output::warn(&refusal::in_part(fault, lines, language));
    }
}

fn shown(
    args: &DiagnoseArgs,
    language: Language,
    logs: &[Log<'_>],
    log: Log<'_>,
    diagnosis: &Diagnosis,
    extent: &Extent,
) -> Text {
    if args.json {
        let incomplete = match extent {
            Extent::Whole => None,
            Extent::Part(fault) => Some(fault.to_string()),
        };
        return answer::json(&log.name(), diagnosis, incomplete, language).into();
    }
    let text = answer::text(diagnosis, &Page::of_terminal(language));
    // A single answer needs no title.
    match logs {
        [_] => text,
        _ => answer::titled(&log.name(), &text),
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
