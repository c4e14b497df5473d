//! `jwtick fleet`.

use jwtick_core::words::Language;

use super::args::{FleetArgs, Format, Report};
use super::ranking::Ranking;
use super::{answer, gather, html};
use crate::commands::diagnose::run::zone;
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::fleet::Accepted;
use crate::output;
use crate::page::layout::Page;

/// Prints the report.
///
/// # Errors
/// [`Error::Zone`] if the value of `--tz` is not a time zone, and [`Error::Write`] if standard output cannot
/// be written.
pub(crate) fn run(args: &FleetArgs, language: Language) -> Result<Exit, Error> {
    let zone = args.tz.as_deref().map(zone).transpose()?;
    let (states, exit) = gather::gather(&args.files, zone.as_ref(), Accepted::Any, language);
    let ranking = Ranking::of(&states);
    let page = Page::of_terminal(language);
    if args.json {
        output::print(&answer::json(&ranking, &page))?;
    } else if args.format == Some(Format::Prometheus) {
        output::print(&answer::prometheus(&ranking))?;
    } else {
        match args.report {
            Some(Report::Markdown) => {
                output::print(&answer::markdown(&ranking, args.limit, &page))?
            }
            Some(Report::Html) => output::print(&html::page(&ranking, args.limit, &page))?,
            None => output::print(&answer::text(&ranking, args.limit, &page))?,
        }
    }
    Ok(exit)
}
