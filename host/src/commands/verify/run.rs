//! `jwtick verify`.

use jwtick_core::judge::Failure;
use jwtick_core::words::Language;
use jwtick_core::{Policy, Span};

use super::answer::{self, private_key};
use super::args::VerifyArgs;
use crate::commands::config::answer::heeded;
use crate::commands::effect::{Because, NoEffect};
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::{Config, Heeded, pick};
use crate::exit::Exit;
use crate::input::tokens::{self, Found, Input};
use crate::keys::{self, Described, Fetching, Kept, Keys};
use crate::notation::instant::Moment;
use crate::output::safe;
use crate::page::finding::Accepted;
use crate::page::layout::Page;
use crate::page::setting::{self, StaleJson};
use crate::page::which::Which;
use crate::verification::{
    Condition, Demands, JudgingTime, Kinds, Outcome, Payload, Problem, Room, check,
};
use crate::{file, output};

/// Maximum size of the decoded segments in bytes. Servers reject headers far smaller than this.
const ROOM: usize = 96 * 1024;

/// Checks the tokens and prints a verdict for each.
///
/// # Errors
/// Any reason why the token or the key cannot be read, or the answer cannot be written.
pub(crate) fn run(args: &VerifyArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.must_matter()?;
    let tokens = tokens(args, language)?;
    let keys = keys(args, config, language)?;
    let of_keys = args.issuer.as_ref().filter(|_| args.iss.is_empty());
    let of_keys = of_keys.map(|issuer| issuer.name.as_str());
    let issuers: Vec<&str> = args.iss.iter().map(String::as_str).chain(of_keys).collect();
    let audiences: Vec<&str> = args.aud.iter().map(String::as_str).collect();
    let subjects: Vec<&str> = args.sub.iter().map(String::as_str).collect();
    let accepted = Accepted { iss: &issuers, sub: &subjects, aud: &audiences };
    let nonce = args.nonce.iter().map(|nonce| Condition::is_text("nonce", nonce));
    let named = args.conditions.iter().map(|(claim, value)| Condition::new(claim, value));
    let conditions: Vec<Condition> = nonce.chain(named).collect();
    let types: Vec<&str> = args.typ.iter().map(String::as_str).collect();
    let time = time(args, config, language)?;
    let demands = Demands {
        algorithms: &args.alg,
        kinds: if types.is_empty() { Kinds::General { also: &[] } } else { Kinds::Named(&types) },
        payload: args.payload.into(),
        policy: policy(args, config, accepted),
        conditions: &conditions,
        utc: time.utc()?,
    };
    if let Some(idle) = idle_demand(args, config) {
        refusal::complain(&idle.into(), language);
    }
    let report = Report {
        config,
        settings: &heeded_of(args, config),
        is_json: args.json,
        keys: &keys,
        demands: &demands,
        accepted,
        time: &time,
        language,
    };
    report.each(&tokens)
}

fn keys(args: &VerifyArgs, config: &Config, language: Language) -> Result<Keys, Error> {
    let kept = if args.no_cache { None } else { Kept::of_user() };
    let fetching = Fetching { kept, ..args.choice.fetching(config) };
    let keys = match &args.issuer {
        Some(issuer) => keys::of_issuer(issuer, &fetching)?,
        None => args.key.read(&fetching, language)?,
    };
    if let Some(stale) = &keys.stale {
        output::warn(&refusal::stale(stale, language));
    }
    args.weak_must_matter(&keys)?;
    Ok(Keys { weak_secrets: args.allow_weak_secret, ..keys })
}

/// What the answers about all tokens have in common.
struct Report<'r> {
    config: &'r Config,
    settings: &'r [Heeded],
    is_json: bool,
    keys: &'r Keys,
    demands: &'r Demands<'r>,
    accepted: Accepted<'r>,
    time: &'r JudgingTime,
    language: Language,
}

impl Report<'_> {
    /// Prints a verdict for each token. The exit code is that of the worst.
    fn each(&self, tokens: &[Found]) -> Result<Exit, Error> {
        let (mut worst, mut unsupported) = (None, None);
        for (at, token) in tokens.iter().enumerate() {
            let which = Which { at, of: tokens.len(), place: &token.place };
            match self.one(token, &which) {
                Ok(failure) => worst = [worst, failure].into_iter().flatten().min(),
                // The other tokens still get a verdict.
                Err(Error::Key(fault)) if tokens.len() > 1 => {
                    let fault = refusal::error(&fault.into(), self.language);
                    let which = which.named(self.language);
                    output::warn(&safe::line(&format!("{which}: {fault}")));
                    unsupported = Some(Exit::Failed);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(worst.map_or_else(|| unsupported.unwrap_or(Exit::Done), |worst| Some(worst).into()))
    }

    fn one(&self, token: &Found, which: &Which<'_>) -> Result<Option<Failure>, Error> {
        let Self { config, settings, demands, accepted, time, language, .. } = *self;
        let mut room = Box::new(Room::<ROOM>::new());
        let outcome = check(&token.compact, &mut room, self.keys, demands)?;
        let repeated = token.repeated.clone().map(|name| Problem::Repeated { name });
        let outcome = Outcome { problem: repeated.or(outcome.problem), ..outcome };
        if which.at == 0 && outcome.key.as_ref().is_some_and(Described::is_private) {
            output::warn(private_key(language));
        }
        let answer = if self.is_json {
            let settings = setting::settings(config, settings);
            {
                let stale = self.keys.stale.as_ref().map(StaleJson::of);
                answer::json(&outcome, which, accepted, demands.utc, time.basis(), settings, stale)
                    .into()
            }
        } else {
            let text = answer::text(&outcome, accepted, demands.utc, time.basis(), language);
            let text = which.title(language) + &text + &heeded(config, settings, language);
            Page::of_terminal(language).fitted(text)
        };
        output::print(&answer)?;
        Ok(outcome.failure())
    }
}

/// The tokens to verify. A single word that is none is taken for a malformed one.
fn tokens(args: &VerifyArgs, language: Language) -> Result<Vec<Found>, Error> {
    let names_stdin = args.text.is_empty() || args.text.iter().any(|word| word == "-");
    if names_stdin && args.key.uses_stdin() {
        return Err(Error::StdinTwice);
    }
    let Input { tokens, other, origin, .. } = tokens::read(&args.text, language)?;
    let dots = other.iter().filter(|&&byte| byte == b'.').count();
    let is_one_word = dots >= 2 && !other.iter().any(u8::is_ascii_whitespace);
    match tokens.is_empty() {
        // With --json, even an empty token gets a verdict.
        true if !args.json && !is_one_word => Err(Error::NoToken { origin }),
        true => Ok(vec![Found::whole(other)]),
        false => Ok(tokens),
    }
}

fn policy<'p>(args: &VerifyArgs, config: &Config, accepted: Accepted<'p>) -> Policy<'p> {
    let leeway = pick(args.leeway, config.settings.leeway.as_ref(), Span::ZERO);
    let mut policy = Policy::RFC7519.with_leeway(leeway);
    if let Some(max_age) = args.max_age {
        policy = policy.with_max_age(max_age);
    }
    let Accepted { iss, sub, aud } = accepted;
    if !iss.is_empty() {
        policy = policy.with_issuers(iss);
    }
    if !sub.is_empty() {
        policy = policy.with_subjects(sub);
    }
    if args.any_aud {
        policy = policy.any_audience();
    } else if !aud.is_empty() {
        policy = policy.with_audiences(aud);
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
