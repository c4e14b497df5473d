//! `jwtick explain`: what the program's own exit codes mean, and what other verifiers say of a token.

use base64::Engine;
use jwtick_core::judge::dialect::{Basis, Dates, Dialect};
use jwtick_core::words::Language;
use jwtick_core::{Span, TimeBounds};

use super::answer::{self, Clocks};
use super::args::ExplainArgs;
use super::{exit_codes, json};
use crate::commands::error::Error;
use crate::config::{Config, pick};
use crate::exit::Exit;
use crate::input::tokens::{self, LENIENT};
use crate::notation::instant::Moment;
use crate::output;
use crate::page::layout::Page;
use crate::page::which::Which;

/// Prints the table of exit codes, or the verdicts for each token.
///
/// # Errors
/// [`Error::NoToken`] if there is none, and any reason why the input cannot be read or the answer
/// cannot be written.
pub(crate) fn run(args: &ExplainArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.must_matter()?;
    let page = Page::of_terminal(language);
    if args.lists_exit_codes() {
        output::print(&page.fitted(exit_codes::exit_codes(language)))?;
        return Ok(Exit::Done);
    }
    let input = tokens::read(&args.text, language)?;
    if input.tokens.is_empty() {
        return Err(Error::NoToken { origin: input.origin });
    }
    let dialects = args.dialects();
    let uncertainty = pick(args.uncertainty, config.settings.uncertainty.as_ref(), Span::ZERO);
    let moment = args.at.unwrap_or(Moment::FromNow(Span::ZERO));
    let time = args.choice.judging_time(moment, uncertainty, config, language)?;
    let clocks = Clocks { mine: time.utc()?, offset: args.offset, basis: time.basis() };
    let mut worst = Exit::Done;
    for (at, token) in input.tokens.iter().enumerate() {
        let which = Which { at, of: input.tokens.len(), place: &token.place };
        let claims = payload(&token.compact).unwrap_or_default();
        let dates = Dates::of(&claims);
        if dates.is_err() {
            worst = Exit::Malformed;
        }
        if args.json {
            output::print(&json::line_of(&which, &dates, &dialects, &clocks))?;
        } else {
            let text = answer::text(&dates, &dialects, &clocks, language);
            output::print(&page.fitted(which.title(language) + &text))?;
        }
    }
    Ok(worst)
}

/// The claims set of a compact token, as far as it can be decoded.
fn payload(compact: &[u8]) -> Option<Vec<u8>> {
    let segment = compact.split(|&byte| byte == b'.').nth(1)?;
    LENIENT.decode(segment).ok()
}

/// Returns whether verifiers that compare `exp` differ about the times of a token.
pub(crate) fn differ(claims: &[u8], utc: TimeBounds) -> bool {
    let Ok(dates) = Dates::of(claims) else { return false };
    let compares = |it: &&Dialect| it.basis == Basis::Tested && it.rules.exp.check.is_some();
    let judged = |dialect: &Dialect| dialect.judge(&dates, utc).verdict();
    let mut verdicts = Dialect::all().filter(compares).map(judged);
    let first = verdicts.next();
    verdicts.any(|verdict| Some(verdict) != first)
}
