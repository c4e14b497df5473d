//! `jwtick sign`.

use jwtick_core::words::Language;
use jwtick_core::{Span, UnixTime};

use super::args::SignArgs;
use super::warnings;
use crate::commands::error::Error;
use crate::config::Config;
use crate::exit::Exit;
use crate::input::{self, Awaited};
use crate::minting::{self, ClaimSet, Minter};
use crate::notation::instant::Moment;
use crate::page::judging_time::{self, unset};
use crate::source::os;
use crate::{file, output};

/// Prints a token, and nothing else, on standard output.
///
/// # Errors
/// Any reason why the key or the claims cannot be read or used.
pub(crate) fn run(args: &SignArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    args.must_matter()?;
    let mut claims = claims(args, language)?;
    let keys = args.key.read(&args.choice.fetching(config), language)?;
    let keys = args.kid.iter().try_fold(keys, |keys, id| minting::with_id(keys, id))?;
    let minter = Minter::new(keys, args.alg, &args.header)?;
    let now = now(args, config, language)?;
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
