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
use crate::input::tokens;
use crate::output::{self, safe};
use crate::page::json;
use crate::page::layout::Page;
use crate::page::which::Which;

/// Shows every token in the input.
///
/// # Errors
/// [`Error::NoToken`] if there is none, and any reason why the input cannot be read.
pub(crate) fn run(args: &InspectArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.choice.must_matter()?;
    let input = tokens::read(&args.text, language)?;
    if input.tokens.is_empty() {
        return Err(Error::NoToken { origin: input.origin });
    }
    let tokens: Vec<Inspected> = input.tokens.into_iter().map(Inspected::read).collect();
    if let Some(name) = &args.claim {
        return values(&tokens, name);
    }
    let uncertainty = pick(args.uncertainty, config.settings.uncertainty.as_ref(), Span::ZERO);
    let time = args.choice.judging_time(args.at, uncertainty, config, language)?;
    let now = Now::by(&time, args.at)?;
    let set = config.settings.uncertainty.as_ref();
    let settings: Vec<Heeded> =
        Heeded::length("uncertainty", args.uncertainty, set).into_iter().collect();
    let heeded = heeded(config, &settings, language);
    let page = Page::of_terminal(language);
    for (at, token) in tokens.iter().enumerate() {
        let which = Which { at, of: tokens.len(), place: &token.place };
        if args.json {
            let settings = json::settings(config, &settings);
            output::print(&answer::json(token, &which, &now, settings))?;
            continue;
        }
        let text = answer::text(token, &now, language) + &heeded;
        output::print(&page.fitted(which.title(language) + &text))?;
    }
    let malformed = tokens.iter().any(|token| token.fault().is_some());
    Ok(if malformed { Exit::Malformed } else { Exit::Done })
}

/// Prints the value of a claim of every token.
fn values(tokens: &[Inspected], name: &str) -> Result<Exit, Error> {
    for token in tokens {
        let value = token.claim(name).ok_or_else(|| Error::NoClaim { name: name.to_owned() })?;
        output::print(&(safe::line(&value) + "\n"))?;
    }
    Ok(Exit::Done)
}
