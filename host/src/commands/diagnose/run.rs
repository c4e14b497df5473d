//! `jwtick diagnose`.

use jwtick_core::diagnosis::{ClockFault, Diagnosis, LogZone};
use jwtick_core::words::Language;
use jwtick_core::{Diagnoser, Options};

use super::answer;
use super::args::DiagnoseArgs;
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::exit::Exit;
use crate::input::log::Log;
use crate::notation::zone::Zone;
use crate::output::{self, Text};
use crate::page::layout::Page;

/// Diagnoses every input, and prints each diagnosis as soon as its input is read.
///
/// If an input cannot be read, an error is reported and the next input is read. The exit code is the
/// most severe of all inputs.
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
            Ok(diagnosis) => {
                output::print(&shown(args, language, &logs, log, &diagnosis))?;
                meaning(diagnosis.fault)
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

fn diagnose(log: Log<'_>, zone: LogZone<'_>, language: Language) -> Result<Diagnosis, Error> {
    let mut diagnoser = Diagnoser::new(Options { zone });
    log.read(language, |block| diagnoser.feed(block))?;
    Ok(diagnoser.finish())
}

fn shown(
    args: &DiagnoseArgs,
    language: Language,
    logs: &[Log<'_>],
    log: Log<'_>,
    diagnosis: &Diagnosis,
) -> Text {
    if args.json {
        return answer::json(&log.name(), diagnosis, language).into();
    }
    let text = answer::text(diagnosis, &Page::of_terminal(language));
    // A single answer needs no title.
    match logs {
        [_] => text,
        _ => answer::titled(&log.name(), &text),
    }
}

const fn meaning(fault: ClockFault) -> Exit {
    match fault {
        ClockFault::Found => Exit::ClockFault,
        ClockFault::Cleared => Exit::Done,
        ClockFault::Open => Exit::Undetermined,
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
