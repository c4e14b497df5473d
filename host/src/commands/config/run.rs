//! `jwtick config`.

use std::path::Path;

use jwtick_core::words::Language;

use super::answer;
use super::args::{ConfigAction, ConfigArgs};
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::Config;
use crate::exit::Exit;
use crate::output;
use crate::page::layout::Page;

/// Shows the values in force and the origin of each.
///
/// # Errors
/// [`Error::Config`] if the file is invalid or cannot be read.
pub(crate) fn run(
    args: &ConfigArgs,
    named: Option<&Path>,
    language: Language,
) -> Result<Exit, Error> {
    let ConfigAction::Check { file } = &args.action;
    let config = Config::load(file.as_deref().or(named))?;
    if let Some(exposed) = &config.exposed {
        output::warn(&refusal::exposed(exposed, language));
    }
    let text = answer::text(&config, language);
    output::print(&Page::of_terminal(language).fitted(text))?;
    Ok(Exit::Done)
}
