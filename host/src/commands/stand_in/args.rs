//! `jwtick stand-in`.

use core::net::SocketAddr;
use core::time::Duration;
use std::path::PathBuf;

use axum::http::StatusCode;
use clap::{Args, ValueEnum};
use jwtick_core::Span;
use jwtick_core::judge::Rule;

use crate::http::server::Limits;
use crate::notation::duration;
use crate::stand_in::{DateFault, Step, Wording};

/// Run an authorization server and a receiver whose clock can be wrong, to test clients against
#[derive(Debug, Args)]
pub(crate) struct StandInArgs {
    /// Address and port to listen on; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// Base of all addresses, if clients reach it by another one [default: that of --listen]
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: Option<String>,
    /// Print JSON: the addresses on standard output, the log on standard error
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten, next_help_heading = "Who may ask")]
    pub(crate) callers: CallerArgs,
    #[command(flatten, next_help_heading = "What is demanded")]
    pub(crate) terms: TermArgs,
    #[command(flatten, next_help_heading = "The clock")]
    pub(crate) clock: StandInClock,
    #[command(flatten, next_help_heading = "Other faults")]
    pub(crate) faults: FaultArgs,
}

/// Whose assertions are accepted.
#[derive(Debug, Args)]
pub(crate) struct CallerArgs {
    /// Key file of an issuer; without a name the key vouches for every issuer
    #[arg(long, value_name = "[ISSUER=]FILE", value_parser = named_file)]
    pub(crate) key: Vec<NamedFile>,
    /// File whose bytes are the HMAC secret of an issuer
    #[arg(long, value_name = "[ISSUER=]FILE", value_parser = named_file)]
    pub(crate) secret_file: Vec<NamedFile>,
    /// File whose bytes are the client_secret of a client; without any, none is checked
    #[arg(long, value_name = "CLIENT=FILE", value_parser = client_file)]
    pub(crate) client: Vec<(String, PathBuf)>,
}

/// What an assertion must be like.
#[derive(Debug, Args)]
pub(crate) struct TermArgs {
    /// Tolerance for the clocks of clients
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Span,
    /// How far in the future `exp` may lie
    #[arg(long, value_name = "DUR", default_value = "1h", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_lifetime: Span,
    /// What becomes of an `iat` in the future
    #[arg(long, value_enum, default_value_t = FutureIat::Allow)]
    pub(crate) future_iat: FutureIat,
    /// Claims that must be there beside iss, sub, aud and exp: nbf, iat, jti
    #[arg(long, value_name = "CLAIM", value_delimiter = ',', value_parser = crate::commands::args::claim)]
    pub(crate) require: Vec<Rule>,
    /// Names that `aud` may have beside the issuer and the token address
    #[arg(long, value_name = "NAME")]
    pub(crate) audience: Vec<String>,
    /// How long access tokens live
    #[arg(long, value_name = "DUR", default_value = "1h", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) token_lifetime: Span,
}

/// Whether a server minds an `iat` in the future; RFC 7523 leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FutureIat {
    /// It is only logged
    Allow,
    /// The assertion is refused
    Refuse,
}

/// How wrong the time is.
#[derive(Debug, Args)]
pub(crate) struct StandInClock {
    /// Added to the clock of this machine: positive is ahead, negative behind
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = duration::signed)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) offset: Span,
    /// Another node, whose clock has this offset beside --offset; requests go to each in turn
    #[arg(long, value_name = "DUR", value_parser = duration::signed, allow_hyphen_values = true)]
    pub(crate) node_offset: Vec<Span>,
    /// How much faster the clock runs, in parts per million
    #[arg(long, value_name = "PPM", default_value = "0ppm", value_parser = drift)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) drift: i32,
    /// Set the clock by DUR, so long AFTER the start
    #[arg(long, value_name = "AFTER=DUR", value_parser = step)]
    pub(crate) step_at: Vec<Step>,
    /// Let the clock stand still
    #[arg(long)]
    pub(crate) freeze: bool,
}

/// What else goes wrong.
#[derive(Debug, Args)]
pub(crate) struct FaultArgs {
    /// The Date of answers: omit, stale:DUR, or cached:DUR with an Age
    #[arg(long, value_name = "FAULT", value_parser = date)]
    pub(crate) date: Option<DateFault>,
    /// Time from a request to its answer
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = wait)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) latency: Duration,
    /// Up to so much more, at random
    #[arg(long, value_name = "DUR", default_value = "0s", value_parser = wait)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) jitter: Duration,
    /// Answer every request for a token with this status, as a load balancer may
    #[arg(long, value_name = "CODE", value_parser = status)]
    pub(crate) status: Option<StatusCode>,
    /// How many clients are served at once; the next are told to come back
    #[arg(long, value_name = "N", default_value_t = Limits::ORDINARY.connections)]
    pub(crate) max_connections: usize,
    /// Whose words refuse
    #[arg(long, value_enum, default_value_t = WordingName::Rfc)]
    pub(crate) wording: WordingName,
}

/// A file, and the name that stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedFile {
    pub(crate) name: Option<String>,
    pub(crate) file: PathBuf,
}

// The first `=` parts them. A file with one in its name takes `=FILE`, where the name is empty.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a Result")]
fn named_file(text: &str) -> Result<NamedFile, &'static str> {
    let (name, file) = text.split_once('=').unwrap_or(("", text));
    let name = (!name.is_empty()).then(|| name.to_owned());
    Ok(NamedFile { name, file: file.into() })
}

fn client_file(text: &str) -> Result<(String, PathBuf), &'static str> {
    match named_file(text)? {
        NamedFile { name: Some(name), file } => Ok((name, file)),
        NamedFile { name: None, .. } => Err("a client is written CLIENT=FILE"),
    }
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "an address is written 127.0.0.1:8080 or [::1]:8080, names are not looked up")
}

fn drift(text: &str) -> Result<i32, &'static str> {
    let number = text.strip_suffix("ppm").unwrap_or(text).trim_end();
    number.parse().map_err(|_| "a drift is a whole number of parts per million: 100ppm, -50ppm")
}

fn step(text: &str) -> Result<Step, String> {
    let (after, by) = text.split_once('=').ok_or("a step is written AFTER=DUR: 30s=-2h")?;
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
        _ => Err("the faults of a Date are omit, stale:DUR and cached:DUR".to_owned()),
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
    code.ok_or("a status is a number from 400 to 599")
}

/// Whose words are used.
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
    fn a_file_may_have_an_issuer() {
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
    fn faults_are_read() {
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
