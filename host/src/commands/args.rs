//! Arguments that several commands share: time sources, the clock to use, and keys.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use jwtick_core::Span;
use jwtick_core::words::Language;

use super::effect::{NoEffect, only_with};
use crate::config::{Config, default, pick};
use crate::keys::{KeySource, SecretEncoding};
use crate::measurement::{ClockName, MeasurementError, QueryOptions};
use crate::notation::duration::{self, to_std};
use crate::notation::instant::Moment;
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
        const ADD: Adding =
            Adding { server: "--clock HOST", web: "--clock URL", secure: "--clock https://HOST" };
        self.asking.must_matter(&self.clock, &ADD)
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

pub(super) fn name_and_value(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Keys, and how to read them.
#[derive(Debug, Default, Args)]
pub(crate) struct KeyArgs {
    #[command(flatten)]
    source: SourceArgs,
    /// Encoding of the HMAC secret
    #[arg(long, value_name = "ENCODING", value_enum, default_value_t = SecretEncoding::Raw)]
    secret_encoding: SecretEncoding,
}

/// Exactly one source of keys.
#[derive(Debug, Default, Args)]
#[group(required = true, multiple = false)]
struct SourceArgs {
    /// File with a key: PEM, DER, a certificate, a JWK, a JWK Set, a service account or a Secret of
    /// Kubernetes; `-` is standard input
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// File with an HMAC secret: all bytes count, including a final line break, unless
    /// --secret-encoding says otherwise; `-` is standard input
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Environment variable that contains an HMAC secret
    #[arg(long, value_name = "NAME")]
    secret_env: Option<OsString>,
}

impl KeyArgs {
    /// The chosen source.
    pub(crate) fn source(&self) -> KeySource {
        let SourceArgs { key, secret_file, secret_env } = &self.source;
        KeySource {
            key: key.clone(),
            secret_file: secret_file.clone(),
            secret_env: secret_env.clone(),
            encoding: self.secret_encoding,
        }
    }

    /// Refuses an encoding without a secret.
    ///
    /// # Errors
    /// [`NoEffect`] names the option.
    pub(crate) fn must_matter(&self) -> Result<(), NoEffect> {
        let of_secret = ("--secret-file or --secret-env", self.source.key.is_none());
        let encoded = self.secret_encoding != SecretEncoding::Raw;
        only_with(of_secret, &[("--secret-encoding", encoded)])
    }

    /// Returns true if a key is read from standard input.
    pub(crate) fn uses_stdin(&self) -> bool {
        [&self.source.key, &self.source.secret_file]
            .into_iter()
            .flatten()
            .any(|name| name == Path::new("-"))
    }
}
