//! `jwtick completions` and `jwtick man`: files generated from the command-line definition.

use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::ValueHint;
use clap::{Arg, Command};
use clap_complete::{Shell, generate};

use super::error::Error;
use crate::exit::Exit;
use crate::file::{self, FileFault};
use crate::manual::{self, Page};
use crate::output::{self, WriteError};

/// Prints the completion script of `shell`.
///
/// # Errors
/// [`Error::Write`] if standard output cannot be written.
pub(crate) fn completions(shell: Shell, program: Command) -> Result<Exit, Error> {
    let mut script = Vec::new();
    generate(shell, &mut with_hints(program), "jwtick", &mut script);
    let script = String::from_utf8_lossy(&script);
    // bash completes the names of files where no value fits, unless told not to.
    output::print(&script.replace(AFTER_VALUES, NO_FILES))?;
    Ok(Exit::Done)
}

/// The lines after the values of an option in the script for bash, of an option that takes no file.
const AFTER_VALUES: &str = r#" -- "${cur}"))
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o nospace"#;
const NO_FILES: &str = r#" -- "${cur}"))
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt +o default +o bashdefault"#;

/// The command with hints, so that names of files are completed only where one is expected.
fn with_hints(command: Command) -> Command {
    command.mut_args(with_hint).mut_subcommands(with_hints)
}

fn with_hint(argument: Arg) -> Arg {
    let is_file = |name: &clap::builder::Str| name.contains("FILE");
    let names_file = argument.get_value_names().is_some_and(|names| names.iter().any(is_file));
    // A path has a hint of its own.
    let is_open = argument.get_value_hint() == ValueHint::Unknown;
    if argument.get_action().takes_values() && is_open && !names_file {
        argument.value_hint(ValueHint::Other)
    } else {
        argument
    }
}

/// Writes every page into `folder`, creating it if necessary. Without a folder, prints the first
/// page.
///
/// # Errors
/// [`Error::File`] if the folder or a page cannot be written, [`Error::Write`] if standard output
/// cannot be written.
pub(crate) fn man(folder: Option<&Path>, program: Command) -> Result<Exit, Error> {
    let pages = manual::pages(program).map_err(|source| Error::Write(WriteError(source)))?;
    match folder {
        Some(folder) => write(&pages, folder)?,
        None => pages.first().map_or(Ok(()), |page| output::print(&text(page)))?,
    }
    Ok(Exit::Done)
}

fn text(page: &Page) -> String {
    String::from_utf8_lossy(&page.text).into_owned()
}

fn write(pages: &[Page], folder: &Path) -> Result<(), Error> {
    for page in pages {
        let folder = folder_of(page, folder);
        let failed = |source| FileFault::Write(source).of(file::shown(&folder));
        fs::create_dir_all(&folder).map_err(failed)?;
        file::replace(&folder.join(&page.name), file::Readers::Usual, &page.text)?;
    }
    Ok(())
}

// man(1) looks for pages of section 5 only in folders of that name.
fn folder_of(page: &Page, folder: &Path) -> PathBuf {
    if page.name.ends_with(".5") && folder.file_name().is_some_and(|name| name == "man1") {
        folder.with_file_name("man5")
    } else {
        folder.to_owned()
    }
}
