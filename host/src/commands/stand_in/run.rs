//! `jwtick stand-in`.

use core::iter;

use jwtick_core::judge::Enforcement;
use jwtick_core::words::Language;

use super::answer::{addresses, entry_json, entry_line, no_key, not_loopback};
use super::args::{CallerArgs, FutureIat, StandInArgs, StandInClock};
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::http::server::Limits;
use crate::keys::{self, KeySource};
use crate::output;
use crate::signal::Signals;
use crate::stand_in::{
    Config, Faults, Log, Motion, Plan, Registered, Registry, StandIn, StartError, Terms,
};

/// Runs a stand-in until a signal stops it.
///
/// # Errors
/// Any reason why a key cannot be read, or the address cannot be bound.
pub(crate) fn run(args: &StandInArgs, language: Language) -> Result<Exit, Error> {
    let registry = registry(&args.callers, language)?;
    if registry.has_no_key() {
        output::warn(no_key(language));
    }
    if !args.listen.ip().is_loopback() {
        output::warn(not_loopback(language));
    }
    // Before the addresses are printed: a client that has read them may stop the program at once.
    let signals = Signals::catch().map_err(|source| Error::Signals { source })?;
    let stand_in = StandIn::start(config(args, registry, language))?;
    output::print(&addresses(stand_in.urls(), args.json))?;
    signals.wait();
    stand_in.stop();
    Ok(Exit::Done)
}

fn config(args: &StandInArgs, registry: Registry, language: Language) -> Config {
    let terms = &args.terms;
    let faults = &args.faults;
    Config {
        listen: args.listen,
        base: args.issuer.clone(),
        clocks: clocks(&args.clock),
        faults: Faults {
            date: faults.date.unwrap_or_default(),
            latency: faults.latency,
            jitter: faults.jitter,
            status: faults.status,
        },
        terms: Terms {
            leeway: terms.leeway,
            max_lifetime: Some(terms.max_lifetime),
            future_iat: match terms.future_iat {
                FutureIat::Allow => Enforcement::Report,
                FutureIat::Refuse => Enforcement::Enforce,
            },
            required: terms.require.clone(),
        },
        audiences: terms.audience.clone(),
        wording: faults.wording.into(),
        token_lifetime: terms.token_lifetime,
        limits: Limits { connections: args.faults.max_connections, ..Limits::ORDINARY },
        log: log(args.json, language),
        ..Config::ordinary(registry)
    }
}

fn clocks(args: &StandInClock) -> Vec<Plan> {
    let motion = if args.freeze { Motion::Frozen } else { Motion::Ticks };
    let first =
        Plan { offset: args.offset, drift_ppm: args.drift, steps: args.step_at.clone(), motion };
    let others = args.node_offset.iter();
    let others = others.map(|&more| Plan { offset: args.offset + more, ..first.clone() });
    iter::once(first.clone()).chain(others).collect()
}

fn log(as_json: bool, language: Language) -> Log {
    if as_json {
        Log::to(|entry| output::log(&entry_json(entry)))
    } else {
        Log::to(move |entry| output::log(&(entry_line(entry, language) + "\n")))
    }
}

fn registry(args: &CallerArgs, language: Language) -> Result<Registry, Error> {
    let mut registry = Registry::new().ok_or(StartError::NoRandomness)?;
    for named in &args.key {
        let source = KeySource { key: Some(named.file.clone()), ..KeySource::default() };
        let keys = keys::read(&source, language)?;
        registry.register(Registered { issuer: named.name.clone(), keys });
    }
    for named in &args.secret_file {
        let source = KeySource { secret_file: Some(named.file.clone()), ..KeySource::default() };
        let keys = keys::read(&source, language)?;
        registry.register(Registered { issuer: named.name.clone(), keys });
    }
    for (client, file) in &args.client {
        let secret = keys::secret_in(file, language)?;
        registry.register_secret(client.clone(), &secret);
    }
    Ok(registry)
}
