//! `jwtick verify`.

use std::ffi::OsStr;
use std::path::Path;

use jwtick_core::words::Language;
use jwtick_core::{Policy, Span};

use super::answer::{self, not_the_file, private_key};
use super::args::VerifyArgs;
use crate::commands::config::answer::heeded;
use crate::commands::error::Error;
use crate::config::{Config, pick};
use crate::exit::Exit;
use crate::input::{self, Awaited, Origin};
use crate::keys::{self, Described};
use crate::output;
use crate::page::layout::Page;
use crate::verification::{Demands, JudgingTime, Room, check};

/// Maximum size of the decoded segments in bytes. Servers reject headers far smaller than this.
const ROOM: usize = 96 * 1024;

/// Checks one token and prints the verdict.
///
/// # Errors
/// Any reason why the token or the key cannot be read, or the answer cannot be written.
pub(crate) fn run(args: &VerifyArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    let compact = token(args, language)?;
    // With --json, even an empty token gets a verdict.
    if compact.is_empty() && !args.json {
        return Err(Error::NoToken { origin: Origin::Nothing });
    }
    let keys = keys::read(&args.key.source(), language)?;
    let issuers: Vec<&str> = args.iss.iter().map(String::as_str).collect();
    let audiences: Vec<&str> = args.aud.iter().map(String::as_str).collect();
    let time = time(args, config, language)?;
    let demands = Demands {
        algorithms: &args.alg,
        payload: args.payload.into(),
        policy: policy(args, config, &issuers, &audiences),
        utc: time.utc()?,
    };
    let mut room = Box::new(Room::<ROOM>::new());
    let outcome = check(&compact, &mut room, &keys, &demands)?;
    if outcome.key.as_ref().is_some_and(Described::is_private) {
        output::warn(private_key(language));
    }
    let answer = if args.json {
        answer::json(&outcome, demands.utc, time.basis()).into()
    } else {
        let text = answer::text(&outcome, demands.utc, time.basis(), language);
        Page::of_terminal(language).fitted(text + &lengths_of_file(args, config, language))
    };
    output::print(&answer)?;
    Ok(outcome.failure().into())
}

// An argument is used as given, and white space in a token is rejected. Only the final line break
// of a file or pipe is removed.
fn token(args: &VerifyArgs, language: Language) -> Result<Vec<u8>, Error> {
    match args.token.as_deref() {
        None | Some("-") if args.key.uses_stdin() => Err(Error::StdinTwice),
        None | Some("-") => {
            let mut text = input::file(Path::new("-"), Awaited::Token, language)?;
            let line = text.strip_suffix(b"\n").unwrap_or(&text);
            text.truncate(line.strip_suffix(b"\r").unwrap_or(line).len());
            Ok(text)
        }
        Some(token) => {
            if input::is_file(OsStr::new(token)) {
                output::warn(not_the_file(language));
            }
            Ok(token.as_bytes().to_vec())
        }
    }
}

fn policy<'p>(
    args: &VerifyArgs,
    config: &Config,
    issuers: &'p [&'p str],
    audiences: &'p [&'p str],
) -> Policy<'p> {
    let leeway = pick(args.leeway, config.settings.leeway.as_ref(), Span::ZERO);
    let mut policy = Policy::RFC7519.with_leeway(leeway);
    if let Some(max_age) = args.max_age {
        policy = policy.with_max_age(max_age);
    }
    if !issuers.is_empty() {
        policy = policy.with_issuers(issuers);
    }
    policy = match audiences {
        [] => policy.any_audience(),
        _ => policy.with_audiences(audiences),
    };
    args.require.iter().fold(policy, |policy, &rule| policy.require(rule))
}

/// Durations set by the configuration file and not overridden on the command line.
fn lengths_of_file(args: &VerifyArgs, config: &Config, language: Language) -> String {
    let set = &config.settings;
    let untold = |told: Option<Span>, set| if told.is_none() { set } else { None };
    let lengths = [
        ("leeway", untold(args.leeway, set.leeway.as_ref())),
        ("uncertainty", untold(args.uncertainty, set.uncertainty.as_ref())),
    ];
    heeded(config, &lengths, language)
}

fn time(args: &VerifyArgs, config: &Config, language: Language) -> Result<JudgingTime, Error> {
    if let Some(moment) = args.at_least {
        return Ok(JudgingTime::since(moment));
    }
    let uncertainty = pick(args.uncertainty, config.settings.uncertainty.as_ref(), Span::ZERO);
    Ok(args.choice.judging_time(args.at, uncertainty, config, language)?)
}
