//! Arguments that several commands share: time sources, the clock to use, keys, and values with names.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command};
use jwtick_core::Span;
use jwtick_core::judge::Rule;
use jwtick_core::token::Algorithm;
use jwtick_core::words::Language;

use super::effect::{NoEffect, none_with, only_with};
use crate::config::{Config, default, pick};
use crate::file;
use crate::http::client::Target;
use crate::keys::{self, Fetching, KeyError, KeySource, Keys, SecretEncoding};
use crate::measurement::{ClockName, MeasurementError, Progress, QueryOptions};
use crate::notation::claim::claim;
use crate::notation::duration::{self, to_std};
use crate::notation::instant::Moment;
use crate::notation::zone;
use crate::output;
use crate::page::judging_time::unset;
use crate::signal::Interrupt;
use crate::source::http_date::Follow;
use crate::verification::JudgingTime;

/// Options for querying time sources, the same for every command that queries any.
#[derive(Debug, Clone, Args)]
pub(crate) struct AskingArgs {
    /// Maximum time to wait for all answers together, such as 2s [default: 5s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) timeout: Option<Span>,
    /// PEM file with the CA certificates to trust for https servers [default: the public web CAs]
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Also measure https servers whose certificate is rejected; their time is unauthenticated
    #[arg(long)]
    pub(crate) insecure_date: bool,
    /// Follow redirects to hosts that were not named, except link-local addresses
    #[arg(long)]
    pub(crate) follow: bool,
}

/// The clock that tells the time.
#[derive(Debug, Args)]
pub(crate) struct ClockChoice {
    /// Clock to use: os, ntp:HOST[:PORT] or a URL; repeat to compare several and use what the
    /// majority agrees on [default: this host's clock, without checking it]
    #[arg(long, value_name = "CLOCK", value_parser = ClockName::parse)]
    pub(crate) clock: Vec<ClockName>,
    #[command(flatten)]
    pub(crate) asking: AskingArgs,
}

impl AskingArgs {
    /// The query options from the command line, else from the configuration.
    pub(crate) fn options(&self, config: &Config) -> QueryOptions {
        let set = &config.settings;
        let ca = self.ca.clone().or_else(|| Some(set.ca.as_ref()?.value.clone()));
        QueryOptions {
            timeout: to_std(pick(self.timeout, set.timeout.as_ref(), default::TIMEOUT)),
            ca,
            insecure_date: self.insecure_date,
            follow: if self.follow { Follow::AnyHost } else { Follow::NamedHost },
            interrupt: Interrupt::default(),
            progress: Progress::Shown,
        }
    }

    /// Refuses options that no clock of `clocks` uses.
    ///
    /// # Errors
    /// [`NoEffect`] names the first of them.
    pub(crate) fn must_matter(&self, clocks: &[ClockName], add: &Adding) -> Result<(), NoEffect> {
        let any = |is: fn(&ClockName) -> bool| clocks.iter().any(is);
        let asks = any(|clock| *clock != ClockName::Os);
        only_with((add.server, asks), &[("--timeout", self.timeout.is_some())])?;
        only_with((add.web, any(ClockName::is_http)), &[("--follow", self.follow)])?;
        let options = [("--ca", self.ca.is_some()), ("--insecure-date", self.insecure_date)];
        only_with((add.secure, any(ClockName::is_https)), &options)
    }
}

/// The options of a command that add clocks of a kind.
pub(crate) struct Adding {
    /// Any server.
    pub(crate) server: &'static str,
    /// A server with a `Date` header.
    pub(crate) web: &'static str,
    /// One with a certificate.
    pub(crate) secure: &'static str,
}

impl ClockChoice {
    /// Refuses options that none of the chosen clocks uses.
    ///
    /// # Errors
    /// As for [`AskingArgs::must_matter`].
    pub(crate) fn must_matter(&self) -> Result<(), NoEffect> {
        self.must_matter_with(&[])
    }

    /// The same for a command that also asks `servers`.
    ///
    /// # Errors
    /// As for [`AskingArgs::must_matter`].
    pub(crate) fn must_matter_with(&self, servers: &[ClockName]) -> Result<(), NoEffect> {
        const ADD: Adding =
            Adding { server: "--clock HOST", web: "--clock URL", secure: "--clock https://HOST" };
        let any = |is: fn(&ClockName) -> bool| self.clock.iter().any(is);
        // Keys are never fetched by a redirect, nor without a certificate.
        only_with((ADD.web, any(ClockName::is_http)), &[("--follow", self.asking.follow)])?;
        let insecure = ("--insecure-date", self.asking.insecure_date);
        only_with((ADD.secure, any(ClockName::is_https)), &[insecure])?;
        let asked: Vec<ClockName> = self.clock.iter().chain(servers).cloned().collect();
        self.asking.must_matter(&asked, &ADD)
    }

    /// How to fetch keys.
    pub(crate) fn fetching(&self, config: &Config) -> Fetching {
        let QueryOptions { ca, timeout, .. } = self.asking.options(config);
        Fetching { authorities: ca.into_iter().collect(), timeout, kept: None }
    }

    /// The time that `moment` means by the chosen clock. Warns if that clock was never set.
    ///
    /// # Errors
    /// As for [`JudgingTime::of`].
    pub(crate) fn judging_time(
        &self,
        moment: Moment,
        uncertainty: Span,
        config: &Config,
        language: Language,
    ) -> Result<JudgingTime, MeasurementError> {
        let options = self.asking.options(config);
        let time = JudgingTime::of(moment, uncertainty, &self.clock, &options, language)?;
        if let Some(reading) = time.unset() {
            output::warn(&unset(reading, language));
        }
        Ok(time)
    }
}

/// A parser, and the names that a shell completes for it. It may accept others.
#[derive(Clone)]
struct Named<P> {
    parser: P,
    names: fn() -> Vec<PossibleValue>,
}

impl<P: TypedValueParser> TypedValueParser for Named<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        self.parser.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter()))
    }
}

/// Parses the name of an algorithm.
pub(crate) fn algorithm() -> impl TypedValueParser<Value = Algorithm> {
    let names = || keys::SUPPORTED.into_iter().map(|it| it.name().into()).collect();
    Named { parser: keys::algorithm, names }
}

/// Parses the name of a registered claim.
pub(crate) fn claim_name() -> impl TypedValueParser<Value = Rule> {
    let names = || Rule::ALL.into_iter().map(|it| it.claim().name().into()).collect();
    Named { parser: claim, names }
}

/// Takes a time zone as it is: its fault is reported in the language of the answer.
pub(crate) fn zone_name() -> impl TypedValueParser<Value = String> {
    Named { parser: StringValueParser::new(), names: || zone::names().map(Into::into).collect() }
}

pub(super) fn name_and_value(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if name.is_empty() {
        return Err("expected NAME=VALUE, but found no name before `=`");
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// Keys, and how to read them.
#[derive(Debug, Default, Args)]
pub(crate) struct KeyArgs {
    #[command(flatten)]
    source: SourceArgs,
    /// File with the password of an encrypted private key, whose final line break does not count; `-` is
    /// standard input [default: asked for on a terminal]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Encoding of the HMAC secret
    #[arg(long, value_name = "ENCODING", value_enum, default_value_t = SecretEncoding::Raw)]
    secret_encoding: SecretEncoding,
}

/// A file, or a URL.
#[derive(Debug, Clone)]
pub(crate) enum KeyPlace {
    File(PathBuf),
    Url(Target),
}

pub(super) fn key_place() -> impl TypedValueParser<Value = KeyPlace> {
    PathBufValueParser::new().try_map(|path| match path.to_str() {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Target::parse(url).map(KeyPlace::Url)
        }
        _ => Ok(KeyPlace::File(path)),
    })
}

/// Exactly one source of keys.
#[derive(Debug, Default, Args)]
#[group(required = true, multiple = false)]
struct SourceArgs {
    /// File with a key: PEM, DER, a certificate, a JWK, a JWK Set, a service account or a Secret of
    /// Kubernetes; `-` is standard input; or the https URL of a JWK Set
    #[arg(long, value_name = "FILE|URL", value_parser = key_place())]
    key: Option<KeyPlace>,
    /// File with an HMAC secret: all bytes count, including a final line break, unless
    /// --secret-encoding says otherwise; `-` is standard input
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Environment variable that contains an HMAC secret
    #[arg(long, value_name = "NAME")]
    secret_env: Option<OsString>,
}

impl KeyArgs {
    /// Reads the keys of the chosen source.
    ///
    /// # Errors
    /// [`KeyError`] if they cannot be read or fetched.
    pub(crate) fn read(&self, fetching: &Fetching, language: Language) -> Result<Keys, KeyError> {
        if let Some(KeyPlace::Url(url)) = &self.source.key {
            return keys::at_url(url, fetching);
        }
        let source = KeySource {
            key: self.file().cloned(),
            secret_file: self.source.secret_file.clone(),
            secret_env: self.source.secret_env.clone(),
            password_file: self.password_file.clone(),
            encoding: self.secret_encoding,
        };
        keys::read(&source, language)
    }

    /// The server that gives the keys.
    pub(crate) fn server(&self) -> Option<ClockName> {
        match &self.source.key {
            Some(KeyPlace::Url(url)) => Some(ClockName::Http(url.clone())),
            _ => None,
        }
    }

    /// Refuses an encoding without a secret, and a password without a file.
    ///
    /// # Errors
    /// [`NoEffect`] names the option.
    pub(crate) fn must_matter(&self) -> Result<(), NoEffect> {
        let given = self.source.secret_file.is_some() || self.source.secret_env.is_some();
        let of_secret = ("--secret-file or --secret-env", given);
        let encoded = self.secret_encoding != SecretEncoding::Raw;
        only_with(of_secret, &[("--secret-encoding", encoded)])?;
        let of_file = ("--key FILE", self.file().is_some());
        only_with(of_file, &[("--password-file", self.password_file.is_some())])?;
        let is_stdin = |name: Option<&PathBuf>| name.is_some_and(|name| file::is_stdin(name));
        let of_stdin = ("--key -", is_stdin(self.file()));
        none_with(of_stdin, &[("--password-file -", is_stdin(self.password_file.as_ref()))])
    }

    fn file(&self) -> Option<&PathBuf> {
        match &self.source.key {
            Some(KeyPlace::File(file)) => Some(file),
            _ => None,
        }
    }

    /// Returns true if a key is read from standard input.
    pub(crate) fn uses_stdin(&self) -> bool {
        let names = [self.file(), self.source.secret_file.as_ref(), self.password_file.as_ref()];
        names.into_iter().flatten().any(|name| file::is_stdin(name))
    }
}
