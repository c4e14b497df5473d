//! `jwtick sign`.

use clap::Args;
use jwtick_core::Algorithm;

use super::asking::ClockChoice;
use super::key::KeyArgs;
use crate::instant::{self, Moment};

/// Make a signed token
#[derive(Debug, Args)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Algorithm [default: that of the key, else HS256]
    #[arg(long, value_name = "ALG", value_parser = super::algorithm)]
    pub(crate) alg: Option<Algorithm>,
    #[command(flatten)]
    pub(crate) choice: ClockChoice,
    /// Who issues the token
    #[arg(long, value_name = "NAME")]
    pub(crate) iss: Option<String>,
    /// Whom the token is about
    #[arg(long, value_name = "NAME")]
    pub(crate) sub: Option<String>,
    /// Whom the token is for; several become an array
    #[arg(long, value_name = "NAME")]
    pub(crate) aud: Vec<String>,
    /// When it is issued: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) iat: Option<Moment>,
    /// From when on it is valid, in the same forms
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) nbf: Option<Moment>,
    /// When it expires, in the same forms
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) exp: Option<Moment>,
    /// Another claim: a JSON value, or else a string
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) claims: Vec<(String, String)>,
    /// File with a JSON object of claims to start from; `-` is standard input
    #[arg(long = "claims", value_name = "FILE")]
    pub(crate) claims_file: Option<std::path::PathBuf>,
}

fn name_and_value(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("a claim is written NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
