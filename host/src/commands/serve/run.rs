//! `jwtick serve`.

use std::path::Path;
use std::sync::Arc;

use jwtick_core::words::Language;

use super::answer::{Addresses, in_force, kept, reloaded, same_address};
use super::args::ServeArgs;
use super::entry::line;
use super::keys::key_log;
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::{Config, default, pick};
use crate::exit::Exit;
use crate::file;
use crate::measurement::{Progress, QueryOptions};
use crate::notation::duration::to_std;
use crate::output;
use crate::serve::{
    ClockSettings, InForce, Journal, Lasting, Running, ServePolicy, ServiceClock, Signatures,
};
use crate::signal::{Interrupt, Request, Signals};
use crate::source::http_date::Follow;

/// Runs the service until a signal stops it.
///
/// # Errors
/// Any reason why the policies or keys cannot be used, or the address cannot be bound.
pub(crate) fn run(
    args: &ServeArgs,
    config: &Config,
    named: Option<&Path>,
    language: Language,
) -> Result<Exit, Error> {
    let policy = policy(args, config)?;
    let lasting = lasting(&policy, config, language);
    if args.check {
        InForce::of(policy.clone(), &lasting, None, language)?;
        output::print(&in_force(&policy, args.json))?;
        return Ok(Exit::Done);
    }
    // Before the addresses are printed: whoever has read them may stop the program at once.
    let signals = Signals::catch().and_then(Signals::with_reload);
    let mut signals = signals.map_err(|source| Error::Signals { source })?;
    let journal = Journal::to(move |it| output::log(&line(it, language)));
    let journal = journal.map_err(|source| Error::Signals { source })?;
    let listen = policy.listen;
    let first = policy.clone();
    let running = Running::start(listen, journal, || -> Result<InForce, Error> {
        Ok(InForce::of(first, &lasting, None, language)?)
    })?;
    output::print(&Addresses::of(running.address(), &policy).line(args.json))?;
    while signals.next() == Request::Reload {
        let changed = |before: &InForce| {
            let policy = reread(args, named)?;
            if policy.listen != listen {
                output::warn(same_address(language));
            }
            Ok(InForce::of(policy, &lasting, Some(before), language)?)
        };
        match running.reload(changed) {
            Ok(()) => output::warn(reloaded(language)),
            Err(error) => {
                let error = refusal::error(&error, language);
                output::warn(&format!("{}: {error}", kept(language)));
            }
        }
    }
    running.stop();
    Ok(Exit::Done)
}

/// What the service keeps until its end: its clock, and what it remembers.
fn lasting(policy: &ServePolicy, config: &Config, language: Language) -> Lasting {
    let set = &config.settings;
    let options = QueryOptions {
        timeout: to_std(pick(None, set.timeout.as_ref(), default::TIMEOUT)),
        ca: set.ca.as_ref().map(|set| set.value.clone()),
        insecure_date: false,
        follow: Follow::NamedHost,
        interrupt: Interrupt::default(),
        progress: Progress::Hidden,
    };
    let settings = ClockSettings { policy: policy.clock.clone(), options };
    Lasting {
        clock: Arc::new(ServiceClock::start(settings)),
        signatures: Arc::new(Signatures::new()),
        told: key_log(language),
    }
}

fn reread(args: &ServeArgs, named: Option<&Path>) -> Result<ServePolicy, Error> {
    let config = Config::load(named)?;
    policy(args, &config)
}

fn policy(args: &ServeArgs, config: &Config) -> Result<ServePolicy, Error> {
    let policy = args.policy(config.settings.serve.as_ref().map(|set| &set.value))?;
    // systemd names the folder that it made for the service (systemd.exec(5)).
    let state = policy.state.clone().or_else(|| file::path_in("STATE_DIRECTORY"));
    Ok(ServePolicy { state, ..policy })
}
