//! `jwtick inspect`: shows the unverified contents of a token; `verify` checks them.

use jwtick_core::Span;
use jwtick_core::words::Language;

use super::answer;
use super::args::InspectArgs;
use super::token::{Inspected, Now};
use crate::commands::config::answer::heeded;
use crate::commands::error::Error;
use crate::config::{Config, Heeded, pick};
use crate::exit::Exit;
use crate::input::{self, Origin, tokens};
use crate::output::{self, Text};
use crate::page::json;
use crate::page::layout::Page;

/// Shows every token in the input.
///
/// # Errors
/// [`Error::NoToken`] if there is none, and any reason why the input cannot be read.
pub(crate) fn run(args: &InspectArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.choice.must_matter()?;
    let text = input::text(&args.text, language)?;
    let tokens: Vec<Inspected> = tokens::find(&text).into_iter().map(Inspected::read).collect();
    if tokens.is_empty() {
        let is_blank = text.trim_ascii().is_empty();
        let origin = if is_blank { Origin::Nothing } else { input::origin(&args.text) };
        return Err(Error::NoToken { origin });
    }
    let uncertainty = pick(args.uncertainty, config.settings.uncertainty.as_ref(), Span::ZERO);
    let time = args.choice.judging_time(args.at, uncertainty, config, language)?;
    let now = Now::by(&time, args.at)?;
    let set = config.settings.uncertainty.as_ref();
    let settings: Vec<Heeded> =
        Heeded::length("uncertainty", args.uncertainty, set).into_iter().collect();
    let heeded = heeded(config, &settings, language);
    let page = Page::of_terminal(language);
    for (number, token) in tokens.iter().enumerate() {
        if args.json {
            output::print(&answer::json(token, &now, json::settings(config, &settings)))?;
            continue;
        }
        let apart = if number == 0 { "" } else { "\n" };
        let text = page.fitted(answer::text(token, &now, language) + &heeded);
        output::print(&(Text::from(apart) + &text))?;
    }
    let malformed = tokens.iter().any(|token| token.fault().is_some());
    Ok(if malformed { Exit::Malformed } else { Exit::Done })
}
