//! `jwtick verify`.

use clap::{Args, ValueEnum};
use jwtick_core::Span;
use jwtick_core::judge::Rule;
use jwtick_core::token::Algorithm;

use crate::commands::args::{ClockChoice, KeyArgs, algorithm, claim_name, name_and_value};
use crate::commands::effect::{NoEffect, none_with, only_with};
use crate::keys::{Issuer, Keys};
use crate::measurement::ClockName;
use crate::notation::duration;
use crate::notation::instant::{self, Moment};
use crate::verification::Payload;

// One line for each source of keys: clap's own line is wider than most terminals.
const USAGE: &str = "\
jwtick verify [OPTIONS] --key <FILE|URL> [TOKEN|FILE|-]...
       jwtick verify [OPTIONS] --issuer <URL> [TOKEN|FILE|-]...
       jwtick verify [OPTIONS] --secret-file <FILE> [TOKEN|FILE|-]...
       jwtick verify [OPTIONS] --secret-env <NAME> [TOKEN|FILE|-]...";

/// Check a token's signature, times and claims
#[derive(Debug, Args)]
#[command(override_usage = USAGE)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Issuer whose keys to fetch, by its metadata (OpenID Connect Discovery or RFC 8414); the tokens
    /// must be its own, unless --iss names others
    #[arg(long, value_name = "URL", group = "SourceArgs", value_parser = Issuer::parse)]
    pub(crate) issuer: Option<Issuer>,
    /// Never use keys that an earlier run fetched, and keep none. Otherwise, if the server of --issuer or
    /// of a URL cannot be reached, its keys of the last 4 hours are used, with a warning
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Verify with an HMAC secret that is shorter than its hash, which RFC 7518 forbids: anybody can find
    /// such a secret by trying. The answer says so
    #[arg(long)]
    pub(crate) allow_weak_secret: bool,
    /// Algorithms to accept, separated by commas [default: those that the key allows]
    #[arg(long, value_name = "ALG", value_delimiter = ',', value_parser = algorithm())]
    pub(crate) alg: Vec<Algorithm>,
    /// Kinds of tokens to accept (`typ` in the header), separated by commas, such as at+jwt [default:
    /// any but those that are made for one purpose, such as dpop+jwt]
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    pub(crate) typ: Vec<String>,
    /// Time at which to verify the token: RFC 3339, Unix seconds, HTTP-date, now, +30min, -5m [default:
    /// now]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    pub(crate) at: Option<Moment>,
    /// Verify without a clock: assume only that the current time is TIME or later
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = instant::moment)]
    #[arg(conflicts_with_all = ["at", "uncertainty", "clock"])]
    pub(crate) at_least: Option<Moment>,
    #[command(flatten)]
    pub(crate) choice: ClockChoice,
    /// Maximum error of your own clock in either direction, as measured [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) uncertainty: Option<Span>,
    /// Leeway to grant for the issuer's clock, as a matter of policy [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Option<Span>,
    /// Maximum age of the token, counted from `iat`; requires `iat`, which must not be in the future
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_age: Option<Span>,
    /// Acceptable audience; repeat to accept any of several. Without it, a token with `aud` is refused
    #[arg(long, value_name = "NAME")]
    pub(crate) aud: Vec<String>,
    /// Accept a token for any audience, because something else checks `aud`
    #[arg(long, conflicts_with = "aud")]
    pub(crate) any_aud: bool,
    /// Acceptable issuer; repeat to accept any of several
    #[arg(long, value_name = "NAME")]
    pub(crate) iss: Vec<String>,
    /// Acceptable subject; repeat to accept any of several
    #[arg(long, value_name = "NAME")]
    pub(crate) sub: Vec<String>,
    /// Value that `nonce` must have: the one of the request for the token (OpenID Connect)
    #[arg(long, value_name = "VALUE")]
    pub(crate) nonce: Option<String>,
    /// Value that a claim must have or, if it is an array, contain; repeat to state several conditions,
    /// which must all hold. VALUE is JSON, or a string if it is not valid JSON. NAME is the claim of
    /// that name, as in role=admin; if there is none, its dots lead to a member of an object, as in
    /// realm_access.roles=admin; and a JSON pointer (RFC 6901) can name any member, as in
    /// /realm_access/roles/0=admin
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) conditions: Vec<(String, String)>,
    /// Claims that must be present, separated by commas: exp, nbf, iat, iss, sub, aud, jti; in addition
    /// to `require` in jwtick.toml
    #[arg(long, value_name = "CLAIM", value_delimiter = ',', value_parser = claim_name())]
    #[arg(hide_possible_values = true)] // the text above has them
    pub(crate) require: Vec<Rule>,
    /// Kind of payload
    #[arg(long, value_enum, default_value_t = PayloadKind::Claims)]
    pub(crate) payload: PayloadKind,
    /// Print one JSON object per token
    #[arg(long)]
    pub(crate) json: bool,
    /// Token, or a text or file that contains tokens, such as `Bearer …` or JSON; each token gets a
    /// verdict. `-` is standard input [default: -]
    #[arg(value_name = "TOKEN|FILE|-")]
    pub(crate) text: Vec<std::ffi::OsString>,
}

impl VerifyArgs {
    /// Refuses options that have no effect.
    ///
    /// # Errors
    /// [`NoEffect`] names the first of them.
    pub(super) fn must_matter(&self) -> Result<(), NoEffect> {
        let options = [
            ("--aud", !self.aud.is_empty()),
            ("--any-aud", self.any_aud),
            ("--iss", !self.iss.is_empty()),
            ("--sub", !self.sub.is_empty()),
            ("--nonce", self.nonce.is_some()),
            ("--claim", !self.conditions.is_empty()),
            ("--require", !self.require.is_empty()),
            ("--max-age", self.max_age.is_some()),
            ("--leeway", self.leeway.is_some()),
            ("--uncertainty", self.uncertainty.is_some()),
            ("--at", self.at.is_some()),
            ("--at-least", self.at_least.is_some()),
            ("--clock", !self.choice.clock.is_empty()),
        ];
        none_with(("--payload any", self.payload == PayloadKind::Any), &options)?;
        self.key.must_matter()?;
        let issuer = self.issuer.as_ref().map(|issuer| ClockName::Http(issuer.target().clone()));
        let servers: Vec<_> = self.key.server().into_iter().chain(issuer).collect();
        // Keys that a server publishes are no secrets.
        let published = ("--issuer or --key URL", !servers.is_empty());
        none_with(published, &[(WEAK, self.allow_weak_secret)])?;
        only_with(published, &[("--no-cache", self.no_cache)])?;
        self.choice.must_matter_with(&servers)
    }

    /// Refuses `--allow-weak-secret` if none of the keys is a secret.
    ///
    /// # Errors
    /// [`NoEffect`] names the option.
    pub(super) fn weak_must_matter(&self, keys: &Keys) -> Result<(), NoEffect> {
        let secret = ("--secret-file or --secret-env", keys.have_secret());
        only_with(secret, &[(WEAK, self.allow_weak_secret)])
    }
}

const WEAK: &str = "--allow-weak-secret";

/// The kind of payload that `verify` expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PayloadKind {
    /// A claims set, whose times and claims are checked
    Claims,
    /// Arbitrary bytes: only the signature is checked
    Any,
}

impl From<PayloadKind> for Payload {
    fn from(kind: PayloadKind) -> Self {
        match kind {
            PayloadKind::Claims => Self::Claims,
            PayloadKind::Any => Self::Any,
        }
    }
}
