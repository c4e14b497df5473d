//! `jwtick sign`.

use std::ffi::OsStr;
use std::path::Path;

use base64::Engine;
use jwtick_core::time::Scale;
use jwtick_core::token::Claims;
use jwtick_core::words::Language;
use jwtick_core::{Scratch, Span, UnixTime};
use serde_json::Value;

use super::args::SignArgs;
use super::warnings;
use crate::commands::error::Error;
use crate::config::Config;
use crate::exit::Exit;
use crate::input::tokens::{self, LENIENT};
use crate::input::{self, Awaited};
use crate::minting::{self, ClaimSet, Minter};
use crate::notation::instant::Moment;
use crate::page::finding;
use crate::page::judging_time::{self, unset};
use crate::source::os;
use crate::{file, output};

/// Prints a token, and nothing else, on standard output.
///
/// # Errors
/// Any reason why the key or the claims cannot be read or used.
pub(crate) fn run(args: &SignArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.must_matter()?;
    let pattern =
        args.like.as_deref().map(|like| Pattern::read(like, args, language)).transpose()?;
    let claims = claims(args, language)?;
    let keys = args.key.read(&args.choice.fetching(config), language)?;
    let keys = args.kid.iter().try_fold(keys, |keys, id| minting::with_id(keys, id))?;
    let typ = pattern.as_ref().and_then(|pattern| pattern.typ.clone());
    let typ = typ.map(|typ| ("typ".to_owned(), Value::from(typ).to_string()));
    let header: Vec<(String, String)> =
        typ.into_iter().chain(args.header.iter().cloned()).collect();
    let minter = Minter::new(keys, args.alg, &header)?;
    let now = now(args, config, language)?;
    let mut claims = match &pattern {
        Some(pattern) => pattern.renewed(Moment::NOW.whole(now), args.exp.is_some())?,
        None => claims,
    };
    apply(args, &mut claims, now);
    let claims = claims.to_json();
    output::print(&(minter.mint(&claims)? + "\n"))?;
    for warning in warnings::of(&claims, minter.algorithm(), now, language) {
        output::warn(&warning);
    }
    Ok(Exit::Done)
}

/// Adds the claims of the command line; an existing claim gets the new value.
fn apply(args: &SignArgs, claims: &mut ClaimSet, now: UnixTime) {
    for (name, value) in [("iss", &args.iss), ("sub", &args.sub), ("jti", &args.jti)] {
        claims.set_text(name, value.as_deref());
    }
    claims.set_audience(&args.aud);
    for (name, moment) in [("iat", args.iat), ("nbf", args.nbf), ("exp", args.exp)] {
        if let Some(moment) = moment {
            claims.set_date(name, moment.whole(now));
        }
    }
    claims.add(&args.claims);
}

/// A token whose claims are taken over.
struct Pattern {
    typ: Option<String>,
    payload: Vec<u8>,
}

impl Pattern {
    /// Reads the only token that `like` is or names.
    fn read(like: &OsStr, args: &SignArgs, language: Language) -> Result<Self, Error> {
        if file::is_stdin(Path::new(like)) && args.key.uses_stdin() {
            return Err(Error::StdinTwice);
        }
        let input = tokens::read(&[like.to_owned()], language)?;
        let [token] = input.tokens.as_slice() else {
            return Err(match input.tokens.len() {
                0 => Error::NoToken { origin: input.origin },
                count => Error::SeveralTokens { count },
            });
        };
        let mut segments = token.compact.split(|&byte| byte == b'.');
        let mut next =
            || segments.next().and_then(|it| LENIENT.decode(it).ok()).unwrap_or_default();
        let header = serde_json::from_slice::<Value>(&next()).ok();
        let typ = header.as_ref().and_then(|header| header.get("typ")?.as_str());
        Ok(Self { typ: typ.map(str::to_owned), payload: next() })
    }

    /// The claims with new times and a new ID; an `exp` that will be replaced needs no lifetime.
    fn renewed(&self, now: UnixTime, has_exp: bool) -> Result<ClaimSet, Error> {
        let refused = |fault| Error::Claims { name: "--like".to_owned(), fault };
        let mut renewed = ClaimSet::parse(&self.payload).map_err(refused)?;
        let mut index = Scratch::<0>::new();
        let claims = Claims::parse(&self.payload, &mut index).map_err(refused)?;
        let at = |name| {
            finding::date(name, &claims).map(|date| match date.scale() {
                Scale::Milliseconds(meant) => meant,
                _ => date.at(),
            })
        };
        let start = at("iat").or_else(|| at("nbf"));
        for name in ["iat", "nbf", "exp"] {
            match (at(name), start) {
                (Some(at), Some(start)) => renewed.set_date(name, now + (at - start)),
                (Some(_), None) if !has_exp => return Err(Error::NoLifetime),
                _ => {}
            }
        }
        if claims.jti.is_some() {
            renewed.set_text("jti", Some(&minting::unique_id()?));
        }
        Ok(renewed)
    }
}

fn claims(args: &SignArgs, language: Language) -> Result<ClaimSet, Error> {
    let Some(name) = &args.claims_file else { return Ok(ClaimSet::default()) };
    if file::is_stdin(name) && args.key.uses_stdin() {
        return Err(Error::StdinTwice);
    }
    let text = input::file(name, Awaited::Claims, language)?;
    ClaimSet::parse(&text).map_err(|fault| Error::Claims { name: file::shown(name), fault })
}

/// The current time by the chosen clock, which may have to be measured first.
fn now(args: &SignArgs, config: &Config, language: Language) -> Result<UnixTime, Error> {
    if args.choice.clock.is_empty() {
        let reading = os::reading();
        if os::is_unset(reading) {
            output::warn(&unset(reading, language));
        }
        return Ok(reading);
    }
    let time = args.choice.judging_time(Moment::NOW, Span::ZERO, config, language)?;
    let now = time.point()?;
    output::warn(&judging_time::minted(time.basis(), now, language));
    Ok(now)
}
