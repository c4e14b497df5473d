//! Gathering the states of hosts for `diagnose --by-host`, `merge` and `fleet`.

use std::path::PathBuf;

use jwtick_core::words::Language;

use crate::commands::error::Error;
use crate::commands::refusal;
use crate::exit::Exit;
use crate::fleet::{Accepted, Collected, InputFault, Reading, States, inputs, lines};
use crate::notation::zone::Zone;
use crate::output;
use crate::source::os;

/// Prints a line for each host of the inputs.
///
/// # Errors
/// [`Error::Write`] if standard output cannot be written.
pub(crate) fn by_host(
    files: &[PathBuf],
    zone: Option<&Zone>,
    language: Language,
) -> Result<Exit, Error> {
    print_lines(&gather(files, zone, Accepted::Any, language))
}

/// Prints a line for each host of states that were written before.
///
/// # Errors
/// [`Error::Write`] if standard output cannot be written.
pub(super) fn merged(files: &[PathBuf], language: Language) -> Result<Exit, Error> {
    print_lines(&gather(files, None, Accepted::States, language))
}

fn print_lines((states, exit): &(States, Exit)) -> Result<Exit, Error> {
    if !states.is_empty() {
        output::print(lines(states).as_str())?;
    }
    Ok(*exit)
}

/// The states of all hosts of the inputs, and the exit code, which says whether all of them could be read.
/// Those that could not are reported.
pub(super) fn gather(
    files: &[PathBuf],
    zone: Option<&Zone>,
    accepted: Accepted,
    language: Language,
) -> (States, Exit) {
    let stdin = [PathBuf::from("-")];
    let (series, folders) = inputs::all(if files.is_empty() { &stdin } else { files });
    let reading = Reading { zone, now: os::reading(), accepted, language };
    let Collected { states, faults } = reading.collect(&series);
    let faults = folders.into_iter().map(InputFault::File).chain(faults);
    let mut exit = Exit::Done;
    for fault in faults {
        match fault {
            InputFault::File(fault) => refusal::complain(&fault.into(), language),
            InputFault::Line { name, fault } => {
                refusal::complain(&Error::Line { name, fault }, language);
            }
            InputFault::Foreign(fault) => {
                output::warn(&refusal::left_out(&fault, language));
                continue;
            }
        }
        exit = Exit::Failed;
    }
    (states, exit)
}
