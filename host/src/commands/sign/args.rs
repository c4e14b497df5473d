//! `jwtick sign`.

use clap::Args;
use jwtick_core::token::Algorithm;

use crate::commands::args::{ClockChoice, KeyArgs, name_and_value};
use crate::notation::instant::{self, Moment};

/// The claims of a service account as Adobe's token endpoint asks for them.
const METASCOPES: &str = "\
Example: an assertion for Adobe's token endpoint, which takes a metascope as a claim of its own
  jwtick sign --key private.pem --iss ORG@AdobeOrg --sub ID@techacct.adobe.com \\
    --aud https://ims-na1.adobelogin.com/c/CLIENT_ID --exp +5m \\
    --claim https://ims-na1.adobelogin.com/s/ent_aem_cloud_api=true";

/// Make a signed token
#[derive(Debug, Args)]
#[command(after_help = METASCOPES)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Algorithm [default: the one that the key names, else RS256, ES256, ES384, EdDSA or HS256 by
    /// its kind]
    #[arg(long, value_name = "ALG", value_parser = crate::keys::algorithm)]
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
    /// What tells this token from every other
    #[arg(long, value_name = "ID")]
    pub(crate) jti: Option<String>,
    /// Another claim: a JSON value, or else a string
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) claims: Vec<(String, String)>,
    /// File with a JSON object of claims to start from; `-` is standard input
    #[arg(long = "claims", value_name = "FILE")]
    pub(crate) claims_file: Option<std::path::PathBuf>,
    /// Another member of the header: a JSON value, or else a string
    #[arg(long, value_name = "NAME=VALUE", value_parser = member)]
    pub(crate) header: Vec<(String, String)>,
}

/// RFC 8725 §3.1: the algorithm is the key's.
fn member(text: &str) -> Result<(String, String), &'static str> {
    match name_and_value(text)? {
        (name, _) if name == "alg" => Err("alg is the key's to say, choose it by --alg"),
        member => Ok(member),
    }
}
