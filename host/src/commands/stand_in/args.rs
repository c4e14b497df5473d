//! `jwtick stand-in`.

use core::net::SocketAddr;
use core::time::Duration;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use http::StatusCode;
use jwtick_core::Span;
use jwtick_core::judge::Rule;

use crate::commands::args::claim_name;
use crate::http::server::Limits;
use crate::notation::duration;
use crate::stand_in::{DateFault, Step, Wording};

/// Run a test authorization server and receiver whose clock can be wrong
#[derive(Debug, Args)]
pub(crate) struct StandInArgs {
    /// Address and port to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// Base URL that clients use, such as https://test.example [default: the address of --listen]
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: Option<String>,
    /// Print JSON: the addresses on standard output, the log on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten, next_help_heading = "Clients")]
    pub(crate) callers: CallerArgs,
    #[command(flatten, next_help_heading = "Token policy")]
    pub(crate) terms: TermArgs,
    #[command(flatten, next_help_heading = "Clock")]
    pub(crate) clock: StandInClock,
    #[command(flatten, next_help_heading = "Other faults")]
    pub(crate) faults: FaultArgs,
}

/// Clients whose assertions are accepted.
#[derive(Debug, Args)]
pub(crate) struct CallerArgs {
    /// File with the public key of an issuer; without ISSUER, the key is valid for every issuer
    #[arg(long, value_name = "[ISSUER=]FILE", value_parser = named_file)]
    pub(crate) key: Vec<NamedFile>,
    /// File with the HMAC secret of an issuer
    #[arg(long, value_name = "[ISSUER=]FILE", value_parser = named_file)]
    pub(crate) secret_file: Vec<NamedFile>,
    /// File with the client_secret of a client; without --client, no client secret is checked
    #[arg(long, value_name = "CLIENT=FILE", value_parser = client_file)]
    pub(crate) client: Vec<(String, PathBuf)>,
}

/// Requirements for an assertion.
#[derive(Debug, Args)]
pub(crate) struct TermArgs {
    /// Leeway for the clocks of clients
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Span,
    /// Maximum time from now to `exp`
    #[arg(long, value_name = "DUR", default_value = "1h", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_lifetime: Span,
    /// Handling of an `iat` in the future
    #[arg(long, value_enum, default_value_t = FutureIat::Allow)]
    pub(crate) future_iat: FutureIat,
    /// Claims required in addition to iss, sub, aud and exp, separated by commas: nbf, iat, jti
    #[arg(long, value_name = "CLAIM", value_delimiter = ',', value_parser = claim_name())]
    #[arg(hide_possible_values = true)] // most are required anyway
    pub(crate) require: Vec<Rule>,
    /// Acceptable audience in addition to the issuer and the token endpoint; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) audience: Vec<String>,
    /// Lifetime of access tokens
    #[arg(long, value_name = "DUR", default_value = "1h", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) token_lifetime: Span,
}

/// Handling of an `iat` in the future, which RFC 7523 leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FutureIat {
    /// Accept the assertion and log the fault
    Allow,
    /// Reject the assertion
    Refuse,
}

/// Errors of the clock.
#[derive(Debug, Args)]
pub(crate) struct StandInClock {
    /// Offset of the server's clock: positive is ahead of this host, negative is behind
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = duration::signed)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) offset: Span,
    /// Add a node with this offset in addition to --offset; requests go to each node in turn
    #[arg(long, value_name = "DUR", value_parser = duration::signed, allow_hyphen_values = true)]
    pub(crate) node_offset: Vec<Span>,
    /// Drift of the clock in parts per million: 100ppm runs fast, -50ppm runs slow
    #[arg(long, value_name = "PPM", default_value = "0ppm", value_parser = drift)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) drift: i32,
    /// Step the clock by DUR at time AFTER from the start, such as 30s=-2h
    #[arg(long, value_name = "AFTER=DUR", value_parser = step)]
    pub(crate) step_at: Vec<Step>,
    /// Freeze the clock, so that it always shows the same time
    #[arg(long)]
    pub(crate) freeze: bool,
}

/// Faults other than those of the clock.
#[derive(Debug, Args)]
pub(crate) struct FaultArgs {
    /// Fault in the Date header: omit, stale:DUR, or cached:DUR (with an Age header)
    #[arg(long, value_name = "FAULT", value_parser = date)]
    pub(crate) date: Option<DateFault>,
    /// Delay before each response, such as 200ms
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = wait)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) latency: Duration,
    /// Maximum random delay to add to --latency
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = wait)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) jitter: Duration,
    /// Answer every token request with this HTTP status, as a failing load balancer would
    #[arg(long, value_name = "CODE", value_parser = status)]
    pub(crate) status: Option<StatusCode>,
    /// Maximum number of concurrent connections; further clients are told to retry later
    #[arg(long, value_name = "N", default_value_t = Limits::ORDINARY.connections)]
    pub(crate) max_connections: usize,
    /// Product whose error messages the server uses
    #[arg(long, value_enum, default_value_t = WordingName::Rfc)]
    pub(crate) wording: WordingName,
}

/// A file, with an optional name: `[NAME=]FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedFile {
    pub(crate) name: Option<String>,
    pub(crate) file: PathBuf,
}

// The first `=` separates name and file. Write `=FILE`, with an empty name, if the file name
// contains an equals sign.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a Result")]
fn named_file(text: &str) -> Result<NamedFile, &'static str> {
    let (name, file) = text.split_once('=').unwrap_or(("", text));
    let name = (!name.is_empty()).then(|| name.to_owned());
    Ok(NamedFile { name, file: file.into() })
}

fn client_file(text: &str) -> Result<(String, PathBuf), &'static str> {
    match named_file(text)? {
        NamedFile { name: Some(name), file } => Ok((name, file)),
        NamedFile { name: None, .. } => Err("expected CLIENT=FILE"),
    }
}

/// An address to listen on, with a port.
///
/// # Errors
/// A sentence if it is none.
pub(crate) fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(
        |_| "expected an address such as 127.0.0.1:8080 or [::1]:8080 (names are not looked up)",
    )
}

fn drift(text: &str) -> Result<i32, &'static str> {
    let number = text.strip_suffix("ppm").unwrap_or(text).trim_end();
    number
        .parse()
        .map_err(|_| "expected a whole number of parts per million, such as 100ppm or -50ppm")
}

fn step(text: &str) -> Result<Step, String> {
    let (after, by) = text.split_once('=').ok_or("expected AFTER=DUR, such as 30s=-2h")?;
    let after = duration::length(after).map_err(|fault| fault.to_string())?;
    let by = duration::signed(by).map_err(|fault| fault.to_string())?;
    Ok(Step { after, by })
}

fn date(text: &str) -> Result<DateFault, String> {
    let length = |text| duration::length(text).map_err(|fault| fault.to_string());
    match text.split_once(':') {
        None if text == "omit" => Ok(DateFault::Omitted),
        Some(("stale", by)) => Ok(DateFault::Stale(length(by)?)),
        Some(("cached", by)) => Ok(DateFault::Cached(length(by)?)),
        _ => Err("expected omit, stale:DUR or cached:DUR".to_owned()),
    }
}

fn wait(text: &str) -> Result<Duration, String> {
    let span = duration::length(text).map_err(|fault| fault.to_string())?;
    Ok(Duration::from_micros(span.as_micros().unsigned_abs()))
}

fn status(text: &str) -> Result<StatusCode, &'static str> {
    let code = text
        .parse()
        .ok()
        .filter(|code: &StatusCode| code.is_client_error() || code.is_server_error());
    code.ok_or("expected a status from 400 to 599")
}

/// Product whose error messages are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WordingName {
    /// RFC 7523, in plain words
    Rfc,
    /// Adobe IMS
    Adobe,
    /// Google OAuth 2.0
    Google,
    /// Keycloak
    Keycloak,
    /// Box
    Box,
    /// Ory Hydra
    Hydra,
}

impl From<WordingName> for Wording {
    fn from(name: WordingName) -> Self {
        match name {
            WordingName::Rfc => Self::Rfc,
            WordingName::Adobe => Self::Adobe,
            WordingName::Google => Self::Google,
            WordingName::Keycloak => Self::Keycloak,
            WordingName::Box => Self::Box,
            WordingName::Hydra => Self::Hydra,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_file_splits_at_first_equals_sign() {
        type Row = (&'static str, Option<&'static str>, &'static str);
        const ROWS: &[Row] = &[
            ("key.pem", None, "key.pem"),
            ("joe=key.pem", Some("joe"), "key.pem"),
            ("joe=a=b.pem", Some("joe"), "a=b.pem"),
            ("=a=b.pem", None, "a=b.pem"),
        ];
        for &(text, name, file) in ROWS {
            let expected = NamedFile { name: name.map(str::to_owned), file: file.into() };
            assert_eq!(named_file(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn parses_fault_options_and_rejects_malformed_ones() {
        let secs = Span::from_secs;
        assert_eq!(date("omit"), Ok(DateFault::Omitted));
        assert_eq!(date("stale:90s"), Ok(DateFault::Stale(secs(90))));
        assert_eq!(date("cached:1m"), Ok(DateFault::Cached(secs(60))));
        assert!(date("stale").is_err() && date("stale:-1s").is_err() && date("fresh:1s").is_err());
        assert_eq!(step("30s=-2h"), Ok(Step { after: secs(30), by: secs(-7_200) }));
        assert!(step("30s").is_err() && step("-1s=2s").is_err());
        assert_eq!(
            (drift("100ppm"), drift("-50"), drift("1.5ppm").is_err()),
            (Ok(100), Ok(-50), true)
        );
        assert!(status("200").is_err() && status("503").is_ok() && status("x").is_err());
    }
}
