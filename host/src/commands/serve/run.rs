//! `jwtick serve`.

use std::path::Path;
use std::sync::Arc;

use jwtick_core::words::Language;
use zeroize::Zeroizing;

use super::answer::{Addresses, eviction_unknown, kept, reloaded, same_address, store_fails};
use super::args::ServeArgs;
use super::entry::line;
use super::keys::key_log;
use super::settings::in_force;
use crate::commands::error::Error;
use crate::commands::refusal;
use crate::config::{Config, default, pick};
use crate::exit::Exit;
use crate::file;
use crate::http::server::{Bound, ServerTls};
use crate::input::{self, Awaited};
use crate::measurement::{Progress, QueryOptions};
use crate::notation::duration::to_std;
use crate::output;
use crate::serve::{
    ClockMap, ClockSettings, InForce, Journal, Lasting, Running, ServePolicy, ServiceClock,
    Signatures, systemd,
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
    // Before any thread is started.
    let inherited = systemd::inherited()?;
    let policy = policy(args, config)?;
    let tls = tls(&policy, language)?.map(Arc::new);
    if args.check {
        return check(policy, args, language);
    }
    let lasting = lasting(ServiceClock::start(clock_settings(&policy, config)), language);
    // Before the addresses are printed: whoever has read them may stop the program at once.
    let signals = Signals::catch().and_then(Signals::with_reload);
    let mut signals = signals.map_err(|source| Error::Signals { source })?;
    let journal = Journal::to(move |it| output::log(&line(it, language)));
    let journal = journal.map_err(|source| Error::Signals { source })?;
    let bound = inherited.map_or_else(|| Bound::to(policy.listen.clone()), Ok)?;
    let first = policy.clone();
    let running = Running::start(bound, tls.clone(), journal, || -> Result<InForce, Error> {
        Ok(InForce::of(first, &lasting, None, language)?)
    })?;
    let addresses = Addresses::of(running.address(), &policy);
    output::print(&addresses.line(args.json))?;
    warn_of_store(&running, language);
    systemd::ready(addresses.verify_url());
    while signals.next() == Request::Reload {
        systemd::reloading();
        match reload(&running, args, named, (&policy, &lasting, tls.as_deref(), language)) {
            Ok(()) => {
                output::warn(reloaded(language));
                warn_of_store(&running, language);
            }
            Err(error) => {
                let error = refusal::error(&error, language);
                output::warn(&format!("{}: {error}", kept(language)));
            }
        }
        systemd::ready(addresses.verify_url());
    }
    systemd::stopping();
    running.stop();
    Ok(Exit::Done)
}

/// Reads the keys of all policies and prints what is in force, without asking any server.
fn check(policy: ServePolicy, args: &ServeArgs, language: Language) -> Result<Exit, Error> {
    policy.store_settings()?;
    let lasting = lasting(ServiceClock::idle(), language);
    let checked = InForce::of(policy, &lasting, None, language)?;
    output::print(&in_force(&checked.policy, args.json))?;
    Ok(Exit::Done)
}

/// A store that does not work yet, or that may forget tokens, is no reason to end the service.
fn warn_of_store(running: &Running, language: Language) {
    let Some(state) = running.store() else { return };
    if let Some(fault) = &state.fault {
        output::warn(&store_fails(fault, language));
    }
    if state.eviction_unknown {
        output::warn(eviction_unknown(language));
    }
}

/// How the service measures its time.
fn clock_settings(policy: &ServePolicy, config: &Config) -> ClockSettings {
    let set = &config.settings;
    let options = QueryOptions {
        timeout: to_std(pick(None, set.timeout.as_ref(), default::TIMEOUT)),
        ca: set.ca.as_ref().map(|set| set.value.clone()),
        insecure_date: false,
        follow: Follow::NamedHost,
        interrupt: Interrupt::default(),
        progress: Progress::Hidden,
    };
    ClockSettings { policy: policy.clock.clone(), options }
}

/// What the service keeps until its end: its clock, and what it remembers.
fn lasting(clock: ServiceClock, language: Language) -> Lasting {
    Lasting {
        clock: Arc::new(clock),
        clocks: Arc::new(ClockMap::new()),
        signatures: Arc::new(Signatures::new()),
        metrics: Arc::default(),
        told: key_log(language),
    }
}

/// Reads everything again, and puts all of it in force or nothing.
fn reload(
    running: &Running,
    args: &ServeArgs,
    named: Option<&Path>,
    (first, lasting, tls, language): (&ServePolicy, &Lasting, Option<&ServerTls>, Language),
) -> Result<(), Error> {
    let policy = policy(args, &Config::load(named)?)?;
    let renewed = self::tls(&policy, language)?;
    if policy.listen != first.listen {
        output::warn(same_address(language));
    }
    running.reload(|before| -> Result<InForce, Error> {
        Ok(InForce::of(policy, lasting, Some(before), language)?)
    })?;
    if let (Some(tls), Some(renewed)) = (tls, renewed) {
        tls.take_over(renewed);
    }
    Ok(())
}

fn policy(args: &ServeArgs, config: &Config) -> Result<ServePolicy, Error> {
    args.must_matter()?;
    let policy = args.policy(config.settings.serve.as_ref().map(|set| &set.value))?;
    // systemd names the folder that it made for the service (systemd.exec(5)).
    let state = policy.state.clone().or_else(|| file::path_in("STATE_DIRECTORY"));
    Ok(ServePolicy { state, ..policy })
}

/// Reads the certificate of the service, and its key.
fn tls(policy: &ServePolicy, language: Language) -> Result<Option<ServerTls>, Error> {
    let (Some(certificate), Some(key)) = (&policy.tls.certificate, &policy.tls.key) else {
        return Ok(None);
    };
    let certificates = input::file(certificate, Awaited::Key, language)?;
    let key = Zeroizing::new(input::file(key, Awaited::Key, language)?);
    let tls = ServerTls::new(&certificates, &key);
    tls.map(Some).map_err(|fault| Error::Identity { name: file::shown(certificate), fault })
}
