//! `jwtick serve`.

use core::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use jwtick_core::Span;
use jwtick_core::token::Algorithm;

use crate::commands::args::{algorithm, listen_address};
use crate::notation::duration;

/// Verify the tokens of requests for a reverse proxy, and tell which clock is wrong
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// File with the keys of the issuer: a JWK Set, a JWK, PEM or a certificate; replaces the issuers of
    /// jwtick.toml
    #[arg(long, value_name = "FILE", group = "serve_keys")]
    pub(crate) key: Option<PathBuf>,
    /// File with the HMAC secret of the issuer
    #[arg(long, value_name = "FILE", group = "serve_keys")]
    pub(crate) secret_file: Option<PathBuf>,
    /// `iss` that tokens must have [default: any]
    #[arg(long, value_name = "NAME", requires = "serve_keys")]
    pub(crate) issuer: Option<String>,
    /// Audience to accept, the name of your API; may be repeated
    #[arg(long, value_name = "NAME", requires = "serve_keys")]
    pub(crate) aud: Vec<String>,
    /// Accept a token for any audience, because something else checks `aud`
    #[arg(long, conflicts_with = "aud", requires = "serve_keys")]
    pub(crate) any_aud: bool,
    /// Algorithms to accept, separated by commas [default: those that the key allows]
    #[arg(long, value_name = "ALG", value_delimiter = ',', value_parser = algorithm())]
    #[arg(requires = "serve_keys")]
    pub(crate) alg: Vec<Algorithm>,
    /// Leeway to grant for the issuer's clock, as a matter of policy [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length, requires = "serve_keys")]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Option<Span>,
    /// Scope that every request needs; may be repeated
    #[arg(long, value_name = "SCOPE", requires = "serve_keys")]
    pub(crate) scope: Vec<String>,
    /// Address and port to listen on; port 0 picks a free port [default: 127.0.0.1:0]
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = listen_address)]
    pub(crate) listen: Option<SocketAddr>,
    /// Check the configuration and the keys, print what is in force, and end
    #[arg(long)]
    pub(crate) check: bool,
    /// Print the addresses as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
