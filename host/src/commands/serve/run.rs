//! `jwtick serve`.

use std::sync::Arc;

use jwtick_core::words::Language;

use super::answer::{Addresses, entry};
use super::args::ServeArgs;
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::output;
use crate::serve::{InForce, IssuerPolicy, Journal, KeysFrom, Running, ServePolicy, ServiceClock};
use crate::signal::Signals;

/// Runs the service until a signal stops it.
///
/// # Errors
/// Any reason why the policies or keys cannot be used, or the address cannot be bound.
pub(crate) fn run(args: &ServeArgs, language: Language) -> Result<Exit, Error> {
    let clock = Arc::new(ServiceClock::start());
    let in_force = InForce::of(policy(args), &clock, language)?;
    // Before the addresses are printed: whoever has read them may stop the program at once.
    let signals = Signals::catch().map_err(|source| Error::Signals { source })?;
    let running = Running::start(in_force, Journal::to(|it| output::log(&entry(it))))?;
    output::print(&Addresses::of(running.address()).line(args.json))?;
    signals.wait();
    running.stop();
    Ok(Exit::Done)
}

fn policy(args: &ServeArgs) -> ServePolicy {
    let keys = match (&args.key, &args.secret_file) {
        (Some(file), _) => Some(KeysFrom::File(file.clone())),
        (None, Some(file)) => Some(KeysFrom::Secret(file.clone())),
        (None, None) => None,
    };
    let audiences = (!args.any_aud).then(|| args.aud.clone());
    let issuer = keys.map(|keys| IssuerPolicy {
        iss: args.issuer.clone(),
        algorithms: args.alg.clone(),
        leeway: args.leeway.unwrap_or_default(),
        scopes: args.scope.clone(),
        ..IssuerPolicy::strict(args.issuer.as_deref().unwrap_or("default"), keys, audiences)
    });
    let mut policy =
        ServePolicy { issuers: issuer.into_iter().collect(), ..ServePolicy::default() };
    policy.listen = args.listen.unwrap_or(policy.listen);
    policy
}
