//! `jwtick config`.

use std::fs;
use std::path::{Path, PathBuf};

use jwtick_core::words::Language;

use super::answer;
use super::args::{ConfigAction, ConfigArgs};
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::{self, Config};
use crate::exit::Exit;
use crate::file::{self, FileFault, Readers};
use crate::output;
use crate::page::layout::Page;

/// Writes the file, or shows the values in force and the origin of each.
///
/// # Errors
/// [`Error::Config`] if the file is invalid or cannot be read, [`Error::File`] if it exists already or
/// cannot be written.
pub(crate) fn run(
    args: &ConfigArgs,
    named: Option<&Path>,
    language: Language,
) -> Result<Exit, Error> {
    let named = args.file().map(PathBuf::as_path).or(named);
    match args.action {
        ConfigAction::Init { .. } => init(named, language),
        ConfigAction::Check { .. } => check(named, language),
    }
}

fn init(named: Option<&Path>, language: Language) -> Result<Exit, Error> {
    match config::place(named).filter(|path| !file::is_stdin(path)) {
        Some(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let failed = |source| FileFault::Write(source).of(file::shown(&path));
            folder.map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
            file::create(&path, Readers::WithoutWriting, config::commented().as_bytes())?;
            output::print(&Page::of_terminal(language).fitted(answer::written(&path, language)))?;
        }
        None => output::print(&config::commented())?,
    }
    Ok(Exit::Done)
}

fn check(named: Option<&Path>, language: Language) -> Result<Exit, Error> {
    let config = Config::load(named)?;
    if let Some(exposed) = &config.exposed {
        output::warn(&refusal::exposed(exposed, language));
    }
    let text = answer::text(&config, language);
    output::print(&Page::of_terminal(language).fitted(text))?;
    Ok(Exit::Done)
}
