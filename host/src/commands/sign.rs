//! `jwtick sign`.

mod claim_set;
mod header;
mod warnings;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::render::Language;
use jwtick_core::{Algorithm, JwkError, KeyOperation, Span, UnixTime};

use claim_set::ClaimSet;

use crate::cli::SignArgs;
use crate::config::Config;
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, Awaited};
use crate::instant::Moment;
use crate::keys::{self, Key, KeyError, Keys, Signer};
use crate::output;
use crate::reckoning::Reckoning;
use crate::report;
use crate::source::os;

/// Prints a token, and nothing else, on standard output.
///
/// # Errors
/// Whatever keeps the key or the claims from being read, or makes them unfit.
pub(crate) fn run(args: &SignArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    let mut claims = claims(args, language)?;
    let (key, algorithm) = one_key(keys::read(&args.key, language)?, args.alg)?;
    let signer = Signer::new(&key, algorithm)?;
    let now = now(args, config, language)?;
    claims.apply(args, now);
    let claims = claims.to_json();
    let header = header::header(algorithm, &key, &args.header).map_err(KeyError::from)?;
    let mut compact = URL_SAFE_NO_PAD.encode(header);
    compact.push('.');
    URL_SAFE_NO_PAD.encode_string(&claims, &mut compact);
    let signature = signer.sign(compact.as_bytes())?;
    compact.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut compact);
    compact.push('\n');
    output::print(&compact)?;
    for warning in warnings::of(&claims, algorithm, now, language) {
        output::warn(&warning);
    }
    Ok(Exit::Done)
}

/// The one key that can sign, and by which algorithm.
fn one_key(keys: Keys, asked: Option<Algorithm>) -> Result<(Key, Algorithm), KeyError> {
    let mut fault = keys.skipped.into_iter().next().map_or(KeyError::None, KeyError::from);
    let mut able = Vec::new();
    for key in keys.keys {
        let fits = algorithm(asked, &key)
            .and_then(|algorithm| key.permits(KeyOperation::Sign, algorithm).map(|()| algorithm));
        match fits {
            Ok(algorithm) => able.push((key, algorithm)),
            Err(refused) => fault = refused.into(),
        }
    }
    match (able.len(), able.pop()) {
        (1, Some(only)) => Ok(only),
        (count, Some(_)) => Err(KeyError::Many { count }),
        (_, None) => Err(fault),
    }
}

// RFC 8725 §3.1: what the key is for, it says; only a key that says nothing lets the caller choose.
fn algorithm(asked: Option<Algorithm>, key: &Key) -> Result<Algorithm, JwkError> {
    let jwk = key.jwk()?;
    let named = jwk.alg.and_then(|name| Algorithm::named(&name.to_string()));
    let usual = || key.default_algorithm(jwk.kind());
    asked.or(named).or_else(usual).ok_or(JwkError::Missing { name: "alg" })
}

fn claims(args: &SignArgs, language: Language) -> Result<ClaimSet, Error> {
    let Some(name) = &args.claims_file else { return Ok(ClaimSet::default()) };
    if input::is_stdin(name) && args.key.uses_stdin() {
        return Err(Error::StdinTwice);
    }
    let text = input::file(name, Awaited::Claims, language)?;
    ClaimSet::parse(&text).map_err(|fault| Error::Claims { name: input::shown(name), fault })
}

/// The present by the clock that was chosen, which may have to be measured.
fn now(args: &SignArgs, config: &Config, language: Language) -> Result<UnixTime, Error> {
    if args.choice.clock.is_empty() {
        return Ok(os::reading());
    }
    let reckoning = Reckoning::of(Moment::NOW, Span::ZERO, &args.choice, config, language)?;
    let now = reckoning.point()?;
    output::warn(&report::reckoning::minted(reckoning.basis(), now, language));
    Ok(now)
}
