//! `jwtick sign`.

mod claim_set;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::render::Language;
use jwtick_core::{Algorithm, Claims, Scratch, Span, UnixTime};

use claim_set::ClaimSet;

use crate::cli::SignArgs;
use crate::config::Config;
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, Awaited};
use crate::instant::Moment;
use crate::keys::{self, Hmac, Key, KeyError};
use crate::output;
use crate::reckoning::Reckoning;
use crate::report::{self, finding, words};
use crate::source::os;

/// Prints a token, and nothing else, on standard output.
///
/// # Errors
/// Whatever keeps the key or the claims from being read, or makes them unfit.
pub(crate) fn run(args: &SignArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    let claims = claims(args, config, language)?;
    let key = one_key(args, language)?;
    let algorithm = algorithm(args, &key)?;
    let hmac = Hmac::new(algorithm, key.secret.bytes())
        .map_err(|fault| KeyError::Weak { algorithm, fault })?;
    let mut compact = encode(&header(algorithm, key.id.as_deref()));
    compact.push('.');
    compact.push_str(&encode(&claims));
    let tag = hmac.sign(compact.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(tag.as_bytes());
    output::print(&format!("{compact}.{signature}\n"))?;
    for warning in warnings(&claims, language) {
        output::warn(&warning);
    }
    Ok(Exit::Done)
}

fn one_key(args: &SignArgs, language: Language) -> Result<Key, Error> {
    let keys = keys::read(&args.key, language)?;
    let count = keys.keys.len();
    let mut all = keys.keys.into_iter();
    match (all.next(), count) {
        (Some(key), 1) => Ok(key),
        (Some(_), count) => Err(KeyError::Many { count }.into()),
        (None, _) => Err(KeyError::NoSecret(keys.unfit.into_iter().next()).into()),
    }
}

// RFC 8725 §3.1: what the key is for, it says; only a key that says nothing lets the caller choose.
fn algorithm(args: &SignArgs, key: &Key) -> Result<Algorithm, KeyError> {
    let named = key.alg.as_deref();
    let algorithm = match (args.alg, named) {
        (Some(asked), Some(named)) if named != asked.name() => {
            return Err(KeyError::Algorithm { asked: asked.to_string(), key: named.to_owned() });
        }
        (Some(asked), _) => Some(asked),
        (None, Some(named)) => Algorithm::named(named),
        (None, None) => Some(Algorithm::Hs256),
    };
    algorithm.filter(|&algorithm| Hmac::has(algorithm)).ok_or_else(|| KeyError::CannotSign {
        algorithm: args.alg.map_or_else(|| named.unwrap_or_default().to_owned(), |a| a.to_string()),
    })
}

fn header(algorithm: Algorithm, kid: Option<&str>) -> String {
    let mut header = serde_json::json!({ "alg": algorithm.name(), "typ": "JWT" });
    if let (Some(kid), Some(members)) = (kid, header.as_object_mut()) {
        members.insert("kid".to_owned(), kid.into());
    }
    header.to_string()
}

fn claims(args: &SignArgs, config: &Config, language: Language) -> Result<String, Error> {
    let text = match &args.claims_file {
        Some(name) if input::is_stdin(name) && args.key.uses_stdin() => {
            return Err(Error::StdinTwice);
        }
        Some(name) => Some((name, input::file(name, Awaited::Claims, language)?)),
        None => None,
    };
    let mut claims = match &text {
        Some((name, text)) => ClaimSet::parse(text)
            .map_err(|fault| Error::Claims { name: input::shown(name), fault })?,
        None => ClaimSet::default(),
    };
    claims.apply(args, now(args, config, language)?);
    Ok(claims.to_json())
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

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// What will surprise whoever gets the token.
fn warnings(claims: &str, language: Language) -> Vec<String> {
    let mut index = Scratch::<0>::new();
    let claims = match Claims::parse(claims.as_bytes(), &mut index) {
        Ok(claims) => claims,
        Err(fault) => return vec![words::unacceptable(fault, language)],
    };
    let mut warnings = finding::notes(&claims, language);
    let before = |early: &str, late: &str| {
        let (first, second) = (finding::date(early, &claims)?, finding::date(late, &claims)?);
        (first.at() <= second.at()).then(|| words::never_valid(early, late, language))
    };
    warnings.extend(before("exp", "iat"));
    warnings.extend(before("exp", "nbf"));
    warnings
}
