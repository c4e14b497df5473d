//! `jwtick inspect`: shows the unverified contents of a token; `verify` checks them.

use jwtick_core::Span;
use jwtick_core::words::Language;

use super::answer::{self, Pair};
use super::args::InspectArgs;
use super::token::{Inspected, Now};
use crate::commands::config::answer::heeded;
use crate::commands::error::Error;
use crate::config::{Config, Heeded, pick};
use crate::exit::Exit;
use crate::input::tokens;
use crate::output::{self, Text, safe};
use crate::page::layout::Page;
use crate::page::setting;
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
    let pair = match tokens.as_slice() {
        [first, second] if input.is_pair => Some(Pair { tokens: [first, second], now: &now }),
        _ => None,
    };
    if args.json {
        for (at, which) in whiches(&tokens).enumerate() {
            let settings = setting::settings(config, &settings);
            // The difference is told with the second token.
            let pair = pair.as_ref().filter(|_| at == 1);
            output::print(&answer::json(which.0, &which.1, &now, settings, pair))?;
        }
    } else {
        let heeded = heeded(config, &settings, language);
        print(&tokens, pair.as_ref(), &now, &heeded, language)?;
    }
    let malformed = tokens.iter().any(|token| token.fault().is_some());
    Ok(if malformed { Exit::Malformed } else { Exit::Done })
}

/// Every token, and which one it is.
fn whiches(tokens: &[Inspected]) -> impl Iterator<Item = (&Inspected, Which<'_>)> {
    let which = |(at, token): (usize, _)| {
        let place = Inspected::place(token);
        (token, Which { at, of: tokens.len(), place })
    };
    tokens.iter().enumerate().map(which)
}

fn print(
    tokens: &[Inspected],
    pair: Option<&Pair<'_>>,
    now: &Now<'_>,
    heeded: &str,
    language: Language,
) -> Result<(), Error> {
    let page = Page::of_terminal(language);
    let answers: Vec<Text> = match pair {
        Some(pair) => vec![answer::compared(
            pair,
            &whiches(tokens).map(|it| it.1).collect::<Vec<_>>(),
            language,
        )],
        None => {
            let answer = |(token, which): (_, Which<'_>)| {
                which.title(language) + &answer::text(token, now, language)
            };
            whiches(tokens).map(answer).collect()
        }
    };
    for answer in answers {
        output::print(&page.fitted(answer + heeded))?;
    }
    Ok(())
}

/// Prints the value of a claim of every token.
fn values(tokens: &[Inspected], name: &str) -> Result<Exit, Error> {
    for token in tokens {
        let value = token.claim(name).ok_or_else(|| Error::NoClaim { name: name.to_owned() })?;
        output::print(&(safe::line(&value) + "\n"))?;
    }
    Ok(Exit::Done)
}
