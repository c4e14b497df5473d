//! `jwtick config`.

use std::path::Path;

use jwtick_core::words::Language;

use super::answer;
use super::args::{ConfigAction, ConfigArgs};
use crate::commands::error::Error;
use crate::config::Config;
use crate::exit::Exit;
use crate::output;
use crate::page::layout::Page;

/// Shows what holds, and where each value comes from.
///
/// # Errors
/// [`Error::Config`] for a file that no command could use.
pub(crate) fn run(
    args: &ConfigArgs,
    named: Option<&Path>,
    language: Language,
) -> Result<Exit, Error> {
    let ConfigAction::Check { file } = &args.action;
    let config = Config::load(file.as_deref().or(named))?;
    let text = answer::text(&config, language);
    output::print(&Page::of_terminal(language).fitted(&text))?;
    Ok(Exit::Done)
}
