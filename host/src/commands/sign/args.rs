//! `jwtick sign`.

use clap::Args;
use jwtick_core::token::Algorithm;

use crate::commands::args::{ClockChoice, KeyArgs, algorithm, name_and_value};
use crate::commands::effect::{Because, NoEffect};
use crate::notation::instant::{self, Moment};

/// Example with the service-account claims that Adobe's token endpoint requires.
const METASCOPES: &str = "\
Example: an assertion for Adobe's token endpoint, which expects each metascope as a separate claim
  jwtick sign --key private.pem --iss ORG@AdobeOrg --sub ID@techacct.adobe.com \\
    --aud https://ims-na1.adobelogin.com/c/CLIENT_ID --exp +5m \\
    --claim https://ims-na1.adobelogin.com/s/ent_aem_cloud_api=true";

// One line for each source of keys: clap's own line is wider than most terminals.
const USAGE: &str = "\
jwtick sign [OPTIONS] --key <FILE|URL>
       jwtick sign [OPTIONS] --secret-file <FILE>
       jwtick sign [OPTIONS] --secret-env <NAME>";

/// Create a signed token
#[derive(Debug, Args)]
#[command(after_help = METASCOPES, override_usage = USAGE)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Signature algorithm [default: the one named in the key, else RS256, ES256, ES384, EdDSA or
    /// HS256, depending on the key type]
    #[arg(long, value_name = "ALG", value_parser = algorithm())]
    pub(crate) alg: Option<Algorithm>,
    /// ID of the key: picks it from a JWK Set, and names a key without an ID in the header
    #[arg(long, value_name = "ID")]
    pub(crate) kid: Option<String>,
    #[command(flatten)]
    pub(crate) choice: ClockChoice,
    /// Issuer of the token
    #[arg(long, value_name = "NAME")]
    pub(crate) iss: Option<String>,
    /// Subject of the token
    #[arg(long, value_name = "NAME")]
    pub(crate) sub: Option<String>,
    /// Audience of the token; repeat to write an array
    #[arg(long, value_name = "NAME")]
    pub(crate) aud: Vec<String>,
    /// Time of issue: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) iat: Option<Moment>,
    /// Time before which the token is invalid, in the same formats as --iat
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) nbf: Option<Moment>,
    /// Expiration time, in the same formats as --iat
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) exp: Option<Moment>,
    /// Unique identifier of the token
    #[arg(long, value_name = "ID")]
    pub(crate) jti: Option<String>,
    /// Additional claim; VALUE is JSON, or a string if it is not valid JSON
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) claims: Vec<(String, String)>,
    /// File with a JSON object of claims, which the other options override; `-` is standard input
    #[arg(long = "claims", value_name = "FILE")]
    pub(crate) claims_file: Option<std::path::PathBuf>,
    /// Token, or a file with one, whose claims and `typ` to take over, without checking its signature:
    /// `iat` becomes now, `nbf` and `exp` keep their distance from it, and `jti` gets a new value. The
    /// other options override its claims; `-` is standard input
    #[arg(long, value_name = "TOKEN|FILE", conflicts_with = "claims_file")]
    pub(crate) like: Option<std::ffi::OsString>,
    /// Additional header parameter; VALUE is JSON, or a string if it is not valid JSON
    #[arg(long, value_name = "NAME=VALUE", value_parser = member)]
    pub(crate) header: Vec<(String, String)>,
}

impl SignArgs {
    /// Refuses options that have no effect, such as the first of two that set the same claim.
    ///
    /// # Errors
    /// [`NoEffect`] names one of them.
    pub(super) fn must_matter(&self) -> Result<(), NoEffect> {
        self.key.must_matter()?;
        let server: Vec<_> = self.key.server().into_iter().collect();
        self.choice.must_matter_with(&server)?;
        let own = [
            ("--iss", "iss", self.iss.is_some()),
            ("--sub", "sub", self.sub.is_some()),
            ("--aud", "aud", !self.aud.is_empty()),
            ("--iat", "iat", self.iat.is_some()),
            ("--nbf", "nbf", self.nbf.is_some()),
            ("--exp", "exp", self.exp.is_some()),
            ("--jti", "jti", self.jti.is_some()),
        ];
        let own = own.into_iter().filter(|(.., given)| *given);
        let own = own.map(|(option, name, _)| (option.to_owned(), name.to_owned()));
        once(own.chain(named("--claim", &self.claims)))?;
        let kid = self.kid.iter().map(|_| ("--kid".to_owned(), "kid".to_owned()));
        once(kid.chain(named("--header", &self.header)))
    }
}

/// The options that set `members`, each with the name of its member.
fn named(option: &str, members: &[(String, String)]) -> impl Iterator<Item = (String, String)> {
    members.iter().map(move |(name, _)| (format!("{option} {name}=…"), name.clone()))
}

/// Refuses a second option for the same name, which would replace the first.
fn once(named: impl Iterator<Item = (String, String)>) -> Result<(), NoEffect> {
    let mut seen: Vec<(String, String)> = Vec::new();
    for (option, name) in named {
        if let Some((first, _)) = seen.iter().find(|(_, known)| *known == name) {
            return Err(NoEffect { option: first.clone(), because: Because::Of(option) });
        }
        seen.push((option, name));
    }
    Ok(())
}

/// Parses a header parameter. Rejects `alg`, because the key determines it (RFC 8725 §3.1).
fn member(text: &str) -> Result<(String, String), &'static str> {
    match name_and_value(text)? {
        (name, _) if name == "alg" => Err("the key determines `alg`: choose it with --alg"),
        member => Ok(member),
    }
}
