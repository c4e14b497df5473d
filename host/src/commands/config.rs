//! `jwtick config`.

use std::path::Path;

use jwtick_core::render::Language;

use crate::cli::{ConfigAction, ConfigArgs};
use crate::config::Config;
use crate::error::Error;
use crate::exit::Exit;
use crate::report::page::Page;
use crate::{output, report};

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
    let text = report::config::text(&config, language);
    output::print(&Page::of_terminal(language).fitted(&text))?;
    Ok(Exit::Done)
}
