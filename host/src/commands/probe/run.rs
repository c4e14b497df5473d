//! `jwtick probe`: a Test Connection button for any service that uses JWT bearer assertions.

use std::io;
use std::path::Path;

use jwtick_core::diagnosis::ClockFault;
use jwtick_core::survey::Correction;
use jwtick_core::words::Language;

use super::args::{ProbeArgs, overlay};
use super::{answer, parts};
use crate::commands::error::Error;
use crate::config::ConfigError;
use crate::exit::Exit;
use crate::file::{self, FileError, Readers};
use crate::input::{self, Awaited};
use crate::notation::duration::to_std;
use crate::notation::zone;
use crate::output::{self, safe};
use crate::page::layout::Page;
use crate::probe::{
    Account, ConnectionTest, LogProfile, NotAnAccount, Outcome, OwnDate, Profile, Repeats, Report,
    Retry, Transcript,
};
use crate::signal::Interrupt;

/// Tests a connection and prints the result.
///
/// # Errors
/// Any reason why the profile or the key cannot be read, or the log or the answer cannot be
/// written.
pub(crate) fn run(args: &ProbeArgs, language: Language) -> Result<Exit, Error> {
    let Account { profile, secret } = account(args, language)?;
    let parts = parts::Parts::read(&profile, secret, language)?;
    let usual = parts.connection_test(&profile, to_std(args.timeout), language);
    let own_date = if args.trust_server_date { OwnDate::Trusted } else { OwnDate::Refused };
    let mut test = ConnectionTest { own_date, ..usual };
    if test.third_clocks.is_empty() {
        test.third_clocks.extend(parts::own_service());
    }
    check_exposure(args, &test, language)?;
    let mut sink = Sink::of(args)?;
    let log = Transcript::new(&profile.agent.name, zone::local(), |line| sink.take(line));
    let longest = args.max_correction.unwrap_or(Correction::UNCONFIRMED);
    let retry = if args.correct { Retry::Once { longest } } else { Retry::Never };
    let repeats = repeats(args).map_err(|source| Error::Signals { source })?;
    let report = test.run(log, retry, repeats.as_ref());
    let report = report.map_err(|source| Error::Signals { source })?;
    sink.end()?;
    output::print(&if args.json {
        answer::json(&report, language).into()
    } else {
        answer::text(&report, &Page::of_terminal(language))
    })?;
    Ok(meaning(&report))
}

/// Refuses to send secrets that others can read (RFC 6749 §3.2, RFC 6750 §5.3).
fn check_exposure(
    args: &ProbeArgs,
    test: &ConnectionTest<'_>,
    language: Language,
) -> Result<(), Error> {
    let Some(target) = test.exposed() else { return Ok(()) };
    let url = format!("http://{}/", target.authority());
    if !args.insecure {
        return Err(Error::Exposed { url });
    }
    output::warn(&safe::line(&answer::exposed(&url, language)));
    Ok(())
}

fn repeats(args: &ProbeArgs) -> io::Result<Option<Repeats>> {
    let repeats = |times| Ok(Repeats { times, interrupt: Interrupt::listen()? });
    args.repeat.map(repeats).transpose()
}

fn account(args: &ProbeArgs, language: Language) -> Result<Account, Error> {
    let told = args.agent.issuer.as_ref().zip(args.servers.token_url.as_ref());
    let alone = |profile| Account { profile, secret: None };
    let mut account = match (&args.profile, &args.from, told) {
        (Some(name), ..) => alone(parsed(name, language)?),
        (None, Some(file), _) => from_file(file, args, language)?,
        (None, None, Some((issuer, token))) => alone(Profile::bare(issuer, token)),
        (None, None, None) => return Err(Error::NoProfile), // clap requires one of them
    };
    overlay(&mut account.profile, &args.agent, &args.servers);
    Ok(account)
}

/// Reads a service account, or the log of a token request.
fn from_file(file: &Path, args: &ProbeArgs, language: Language) -> Result<Account, Error> {
    let text = input::file(file, Awaited::Log, language)?;
    let name = file::shown(file);
    let fault = match Account::read(&text, file) {
        Err(fault @ NotAnAccount::Form) => fault,
        read => return read.map_err(|fault| Error::Account { name, fault }),
    };
    let log = LogProfile::read(&text);
    if log.shown().is_empty() {
        return Err(Error::Account { name, fault });
    }
    output::warn(&answer::from_log(&name, log.shown(), &log.missing(), language));
    let profile = log.profile(args.servers.token_url.as_ref(), args.agent.issuer.as_deref());
    let profile = profile.map_err(|lacks| Error::Log { name, lacks })?;
    Ok(Account { profile, secret: None })
}

fn parsed(name: &Path, language: Language) -> Result<Profile, Error> {
    let bytes = input::file(name, Awaited::Profile, language)?;
    let text = String::from_utf8_lossy(&bytes);
    let folder = name.parent().unwrap_or_else(|| Path::new(""));
    Profile::parse(&text, folder).map_err(|fault| ConfigError::of_toml(name, &text, &fault).into())
}

/// Destination of the log lines.
struct Sink<'a> {
    shown: bool,
    /// The file and its future content. It is written at the end, so that an interrupted test leaves
    /// no partial log, which might be taken for evidence.
    file: Option<(&'a Path, String)>,
}

impl<'a> Sink<'a> {
    fn of(args: &'a ProbeArgs) -> Result<Self, Error> {
        let file = args.transcript.as_deref();
        file.map(file::is_replaceable).transpose()?;
        Ok(Self {
            shown: !args.json && args.repeat.is_none(),
            file: file.map(|name| (name, String::new())),
        })
    }

    fn take(&mut self, line: &str) {
        if self.shown {
            // If the reader closes the pipe, the test continues without output.
            let _ = output::print(line);
        }
        if let Some((_, log)) = &mut self.file {
            log.push_str(line);
        }
    }

    fn end(self) -> Result<(), FileError> {
        self.file.map_or(Ok(()), |(name, log)| file::replace(name, Readers::Owner, log.as_bytes()))
    }
}

/// The exit code: a connection that works only with corrected time still has a clock fault.
const fn meaning(report: &Report) -> Exit {
    match (report.outcome, report.diagnosis.fault) {
        // Servers whose clocks differ are a fault even if every run succeeded.
        (_, ClockFault::Found) if report.diagnosis.clocks.is_some() => Exit::ClockFault,
        (Outcome::Connected, _) => Exit::Done,
        (Outcome::Unreachable, _) | (_, ClockFault::Cleared) => Exit::Failed,
        (Outcome::Refused, ClockFault::Found) => Exit::ClockFault,
        (Outcome::Refused, ClockFault::Open) => Exit::Undetermined,
    }
}
