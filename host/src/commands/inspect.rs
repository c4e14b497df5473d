//! `jwtick inspect`: what a token says. Whether it is true, only `verify` can tell.

mod token;

use jwtick_core::render::Language;

pub(crate) use token::Inspected;

use crate::cli::InspectArgs;
use crate::error::Error;
use crate::exit::Exit;
use crate::source::os;
use crate::{extract, input, output, report};

/// Shows every token in the input.
///
/// # Errors
/// [`Error::NoToken`] if there is none, and whatever keeps the input from being read.
pub(crate) fn run(args: &InspectArgs, language: Language) -> Result<Exit, Error> {
    let text = input::text(&args.text, language)?;
    let utc = os::trusted(args.at, os::reading(), args.uncertainty, language);
    let tokens: Vec<Inspected> = extract::tokens(&text).into_iter().map(Inspected::read).collect();
    if tokens.is_empty() {
        return Err(Error::NoToken { origin: input::origin(&args.text) });
    }
    let answers: Vec<String> = if args.json {
        tokens.iter().map(|token| report::inspection::json(token, utc)).collect()
    } else {
        tokens.iter().map(|token| report::inspection::text(token, utc, language)).collect()
    };
    output::print(&answers.join(if args.json { "" } else { "\n" }))?;
    let malformed = tokens.iter().any(|token| token.fault().is_some());
    Ok(if malformed { Exit::Malformed } else { Exit::Done })
}
