//! `jwtick completions` and `jwtick man`: files generated from the command-line definition.

use std::fs;
use std::path::Path;

use clap::Command;
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
pub(crate) fn completions(shell: Shell, mut program: Command) -> Result<Exit, Error> {
    let mut script = Vec::new();
    generate(shell, &mut program, "jwtick", &mut script);
    output::print(&*String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
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
    let failed = |source| FileFault::Write(source).of(file::shown(folder));
    fs::create_dir_all(folder).map_err(failed)?;
    Ok(pages.iter().try_for_each(|page| {
        file::replace(&folder.join(&page.name), file::Readers::Usual, &page.text)
    })?)
}
