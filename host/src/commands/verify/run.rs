//! `jwtick verify`.

use std::ffi::OsStr;
use std::path::Path;

use jwtick_core::words::Language;
use jwtick_core::{Policy, Span};

use super::answer::{self, not_the_file, private_key};
use super::args::VerifyArgs;
use crate::commands::config::answer::heeded;
use crate::commands::effect::{Because, NoEffect};
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::{Config, Heeded, pick};
use crate::exit::Exit;
use crate::input::{self, Awaited, Origin};
use crate::keys::{self, Described};
use crate::notation::instant::Moment;
use crate::page::json;
use crate::page::layout::Page;
use crate::verification::{Demands, JudgingTime, Kinds, Payload, Room, check};
use crate::{file, output};

/// Maximum size of the decoded segments in bytes. Servers reject headers far smaller than this.
const ROOM: usize = 96 * 1024;

/// Checks one token and prints the verdict.
///
/// # Errors
/// Any reason why the token or the key cannot be read, or the answer cannot be written.
pub(crate) fn run(args: &VerifyArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.must_matter()?;
    let compact = token(args, language)?;
    // With --json, even an empty token gets a verdict.
    if compact.is_empty() && !args.json {
        return Err(Error::NoToken { origin: Origin::Nothing });
    }
    let keys = keys::read(&args.key.source(), language)?;
    let issuers: Vec<&str> = args.iss.iter().map(String::as_str).collect();
    let audiences: Vec<&str> = args.aud.iter().map(String::as_str).collect();
    let types: Vec<&str> = args.typ.iter().map(String::as_str).collect();
    let time = time(args, config, language)?;
    let demands = Demands {
        algorithms: &args.alg,
        kinds: if types.is_empty() { Kinds::General { also: &[] } } else { Kinds::Named(&types) },
        payload: args.payload.into(),
        policy: policy(args, config, &issuers, &audiences),
        utc: time.utc()?,
    };
    let mut room = Box::new(Room::<ROOM>::new());
    let outcome = check(&compact, &mut room, &keys, &demands)?;
    if outcome.key.as_ref().is_some_and(Described::is_private) {
        output::warn(private_key(language));
    }
    if let Some(idle) = idle_demand(args, config) {
        refusal::complain(&idle.into(), language);
    }
    let settings = heeded_of(args, config);
    let answer = if args.json {
        answer::json(&outcome, demands.utc, time.basis(), json::settings(config, &settings)).into()
    } else {
        let text = answer::text(&outcome, demands.utc, time.basis(), language);
        Page::of_terminal(language).fitted(text + &heeded(config, &settings, language))
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
    if args.any_aud {
        policy = policy.any_audience();
    } else if !audiences.is_empty() {
        policy = policy.with_audiences(audiences);
    }
    // The command line adds to the file: a demand of the file must not be lost.
    let of_file = config.settings.require.iter().flat_map(|set| &set.value);
    args.require.iter().chain(of_file).fold(policy, |policy, &rule| policy.require(rule))
}

/// A demand of the configuration file that `--payload any` leaves unchecked: the command line overrides
/// the file, but not silently.
fn idle_demand(args: &VerifyArgs, config: &Config) -> Option<NoEffect> {
    let Heeded { key, line, .. } = config.required()?;
    let file = file::shown(config.path.as_deref()?);
    let because = Because::Of("--payload any".to_owned());
    let unjudged = Payload::from(args.payload) == Payload::Any;
    unjudged.then(|| NoEffect { option: format!("{key} ({file}:{line})"), because })
}

/// The settings of the configuration file that took part in the verdict.
fn heeded_of(args: &VerifyArgs, config: &Config) -> Vec<Heeded> {
    let set = &config.settings;
    if Payload::from(args.payload) == Payload::Any {
        return Vec::new(); // nothing was judged
    }
    let bounded = args.at_least.is_some(); // whose bounds are proved
    let uncertainty = set.uncertainty.as_ref().filter(|_| !bounded);
    let lengths = [
        Heeded::length("leeway", args.leeway, set.leeway.as_ref()),
        Heeded::length("uncertainty", args.uncertainty, uncertainty),
    ];
    lengths.into_iter().chain([config.required()]).flatten().collect()
}

fn time(args: &VerifyArgs, config: &Config, language: Language) -> Result<JudgingTime, Error> {
    if let Some(moment) = args.at_least {
        return Ok(JudgingTime::since(moment));
    }
    let uncertainty = pick(args.uncertainty, config.settings.uncertainty.as_ref(), Span::ZERO);
    let moment = args.at.unwrap_or(Moment::NOW);
    Ok(args.choice.judging_time(moment, uncertainty, config, language)?)
}
