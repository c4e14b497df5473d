//! `jwtick stand-in`.

use core::iter;

use jwtick_core::Enforcement;
use jwtick_core::render::Language;

use crate::cli::{CallerArgs, FutureIat, StandInArgs, StandInClock};
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, Awaited};
use crate::keys::KeySource;
use crate::notation::civil;
use crate::output::safe;
use crate::report::finding::FindingJson;
use crate::report::{json, words};
use crate::signal::Signals;
use crate::stand_in::Entry;
use crate::stand_in::Note;
use crate::stand_in::{
    Config, Faults, Limits, Log, Motion, Plan, Registered, Registry, StandIn, StartError, Terms,
    Urls,
};
use crate::{keys, output};
use jwtick_core::Claims;
use jwtick_core::render;
use serde::Serialize;

/// Runs a stand-in until somebody stops it.
///
/// # Errors
/// Whatever keeps a key from being read, or the address from being listened on.
pub(crate) fn run(args: &StandInArgs, language: Language) -> Result<Exit, Error> {
    let registry = registry(&args.callers, language)?;
    if registry.has_no_key() {
        output::warn(words::NO_KEY.said_in(language));
    }
    if !args.listen.ip().is_loopback() {
        output::warn(words::NOT_LOOPBACK.said_in(language));
    }
    // Before the addresses are printed: whoever has read them may end the program.
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

fn addresses(urls: &Urls, as_json: bool) -> String {
    if as_json {
        return json::line(urls);
    }
    let Urls { token, receiver, jwks, issuer, exchange } = urls;
    format!("token {token} exchange {exchange} receiver {receiver} jwks {jwks} issuer {issuer}\n")
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
        let secret = input::file(file, Awaited::Key, language)?;
        registry.register_secret(client.clone(), &secret);
    }
    Ok(registry)
}

/// One line of the log, for people.
fn entry_line(entry: &Entry, language: Language) -> String {
    let Note { error, words, findings } = &entry.note;
    let mut line = time(entry);
    for part in [entry.node.as_deref(), Some(entry.method.as_str()), Some(&*entry.path)] {
        line.extend(part.iter().flat_map(|part| [" ", *part]));
    }
    line.push_str(&format!(" {}", entry.status.as_u16()));
    line.extend(error.iter().flat_map(|error| [" ", *error]));
    if !words.is_empty() {
        line.extend([": ", words]);
    }
    let measured = findings.iter().filter(|finding| finding.margin().is_some());
    let measured: Vec<String> =
        measured.map(|it| format!("{} {}", it.rule(), render::finding(it, language))).collect();
    if !measured.is_empty() {
        line.push_str(&format!(" ({})", measured.join("; ")));
    }
    safe::line(&line)
}

/// One line of the log, for programs.
fn entry_json(entry: &Entry) -> String {
    let findings = &entry.note.findings;
    json::line(&EntryJson {
        time: time(entry),
        node: entry.node.as_deref(),
        method: entry.method.as_str(),
        path: &entry.path,
        status: entry.status.as_u16(),
        error: entry.note.error,
        reason: &entry.note.words,
        findings: findings.iter().map(|it| FindingJson::of(it, &Claims::EMPTY)).collect(),
    })
}

fn time(entry: &Entry) -> String {
    // A year beyond every calendar is shown by its seconds.
    civil::rfc3339(entry.at).unwrap_or_else(|| entry.at.floor_secs().to_string())
}

#[derive(Serialize)]
struct EntryJson<'e> {
    time: String,
    node: Option<&'e str>,
    method: &'e str,
    path: &'e str,
    status: u16,
    error: Option<&'static str>,
    reason: &'e str,
    findings: Vec<FindingJson>,
}
