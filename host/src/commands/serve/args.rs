//! `jwtick serve`.

use core::fmt;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::{PossibleValue, TypedValueParser};
use http::HeaderName;
use jwtick_core::Span;
use jwtick_core::token::Algorithm;

use crate::commands::args::{KeyPlace, algorithm, key_place, name_and_value};
use crate::commands::effect::{NoEffect, only_with};
use crate::http::client::Reach;
use crate::http::server::Address;
use crate::keys::Issuer;
use crate::notation::duration;
use crate::serve::{
    FetchPolicy, Front, Identity, IssuerPolicy, KeysFrom, Place, Reuse, ServePolicy, TlsFiles,
};

// One line for each source of policies: clap's own line is wider than most terminals.
const USAGE: &str = "\
jwtick serve [OPTIONS]
       jwtick serve [OPTIONS] --key <FILE|URL> --aud <NAME>
       jwtick serve [OPTIONS] --secret-file <FILE> --aud <NAME>
       jwtick serve [OPTIONS] --issuer <URL> --aud <NAME>";

/// Verify the tokens of requests for a reverse proxy, and say which clock is wrong
#[derive(Debug, Args)]
#[command(override_usage = USAGE)]
pub(crate) struct ServeArgs {
    /// File with the keys of the issuer: a JWK Set, a JWK, PEM, a certificate; or the https URL of a JWK
    /// Set. Replaces the issuers of jwtick.toml
    #[arg(long, value_name = "FILE|URL", value_parser = key_place())]
    pub(crate) key: Option<KeyPlace>,
    /// File with the HMAC secret of the issuer: all bytes count, including a final line break
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    pub(crate) secret_file: Option<PathBuf>,
    /// `iss` that tokens must have [default: any]; without --key and --secret-file, the URL of the issuer
    /// whose keys to fetch, by its metadata
    #[arg(long, value_name = "NAME")]
    pub(crate) issuer: Option<String>,
    /// Fetch the keys from an address that is not on the internet too, for an issuer inside your network
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Audience to accept, the name of your API; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) aud: Vec<String>,
    /// Accept a token for any audience, because something else checks `aud`
    #[arg(long, conflicts_with = "aud")]
    pub(crate) any_aud: bool,
    /// Algorithms to accept, separated by commas [default: those that the key allows]
    #[arg(long, value_name = "ALG", value_delimiter = ',', value_parser = algorithm())]
    pub(crate) alg: Vec<Algorithm>,
    /// Leeway to grant for the issuer's clock, as a matter of policy [default: 0s]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) leeway: Option<Span>,
    /// Scope that every request needs; may be repeated
    #[arg(long, value_name = "SCOPE")]
    pub(crate) scope: Vec<String>,
    /// Header for the application, and the claim that it holds; may be repeated [default:
    /// X-Auth-Subject=sub and X-Auth-Scope=scope]
    #[arg(long, value_name = "HEADER=CLAIM", value_parser = identity)]
    pub(crate) identity: Vec<Identity>,
    /// Proxy in front of the service: nginx, caddy, traefik, envoy, haproxy [default: other]
    #[arg(long, value_name = "NAME", value_parser = front(), hide_possible_values = true)]
    pub(crate) front: Option<Front>,
    /// Let each token (`jti`) pass only once. Used tokens are kept in FILE, at a Redis server
    /// (redis://HOST or rediss://HOST), or with the word memory, until the next start
    #[arg(long, value_name = "FILE|URL", value_parser = place)]
    pub(crate) replay_store: Option<Place>,
    /// Address and port to listen on, or unix:PATH; port 0 picks a free port [default: 127.0.0.1:8474]
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = listen_place)]
    pub(crate) listen: Option<Address>,
    /// File with the certificate for TLS (PEM), followed by those of its issuers
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// File with the key of the certificate
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Check the configuration and the keys, print what is in force, and end
    #[arg(long)]
    pub(crate) check: bool,
    /// Print the addresses, or what is in force, as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "clap asks for a Result")]
fn place(text: &str) -> Result<Place, &'static str> {
    Ok(Place::parse(text))
}

/// An address, or `unix:` and the path of a socket.
fn listen_place(text: &str) -> Result<Address, &'static str> {
    match Address::parse(text) {
        Some(address) => Ok(address),
        None => Err(
            "expected an address such as 127.0.0.1:8080 or [::1]:8080 (names are not looked up), \
                     or unix:/run/jwtick/socket",
        ),
    }
}

fn front() -> impl TypedValueParser<Value = Front> {
    let names = Front::ALL.iter().map(|it| PossibleValue::new(it.name()));
    PossibleValuesParser::new(names)
        .map(|name| Front::ALL.iter().copied().find(|it| it.name() == name).unwrap_or_default())
}

fn identity(text: &str) -> Result<Identity, &'static str> {
    let (header, claim) = name_and_value(text).map_err(|_| "expected HEADER=CLAIM")?;
    let header = HeaderName::from_bytes(header.as_bytes());
    let header = header.ok().filter(Identity::may_be).ok_or(
        "expected the name of a header that only this service sets, such as X-Auth-Subject",
    )?;
    Ok(Identity { header, claim })
}

/// Options without a policy that they could belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPolicy {
    /// No issuer is named at all.
    Issuer,
    /// An issuer of the command line has no audience.
    Audience,
    /// An option describes an issuer, but the command line names none.
    Option(&'static str),
    /// The only source of keys would be an issuer that is not a URL.
    Keys,
    /// A certificate without its key, or the reverse.
    HalfTls,
}

impl fmt::Display for NoPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issuer => f.write_str(
                "no issuer given: pass --key FILE --aud NAME, or write [[serve.issuer]] in jwtick.toml",
            ),
            Self::Audience => f.write_str(
                "no audience given, and a token must be meant for you: pass --aud NAME with the name of your \
                 API, or --any-aud if something else checks it",
            ),
            Self::Option(option) => write!(
                f,
                "{option} belongs to an issuer of the command line, but none is given: add --key or \
                 --secret-file, or write it in jwtick.toml"
            ),
            Self::HalfTls => f.write_str(
                "a certificate needs its key: set both tls-certificate and tls-key, or neither",
            ),
            Self::Keys => f.write_str(
                "no keys given: pass --key FILE or --secret-file FILE, or --issuer with the https URL of an \
                 issuer that publishes its keys",
            ),
        }
    }
}

impl core::error::Error for NoPolicy {}

impl ServeArgs {
    /// The policy of the file, with the options of the command line in place of its own.
    ///
    /// # Errors
    /// [`NoPolicy`] if no issuer remains, or an option has none.
    pub(super) fn policy(&self, of_file: Option<&ServePolicy>) -> Result<ServePolicy, NoPolicy> {
        let mut policy = of_file.cloned().unwrap_or_default();
        policy.listen = self.listen.clone().unwrap_or(policy.listen);
        policy.store = self.replay_store.clone().or(policy.store);
        if self.tls_certificate.is_some() {
            let (certificate, key) = (self.tls_certificate.clone(), self.tls_key.clone());
            policy.tls = TlsFiles { certificate, key };
        }
        policy.front = self.front.unwrap_or(policy.front);
        if policy.tls.certificate.is_some() != policy.tls.key.is_some() {
            return Err(NoPolicy::HalfTls);
        }
        if let Some(issuer) = self.issuer()? {
            policy.issuers = vec![issuer];
        }
        if policy.issuers.is_empty() {
            return Err(NoPolicy::Issuer);
        }
        Ok(policy)
    }

    fn issuer(&self) -> Result<Option<IssuerPolicy>, NoPolicy> {
        let discovered = self.issuer.as_deref().filter(|it| it.contains("://"));
        let keys = match (&self.key, &self.secret_file, discovered) {
            (Some(KeyPlace::File(file)), ..) => KeysFrom::File(file.clone()),
            (Some(KeyPlace::Url(url)), ..) => KeysFrom::Url(url.clone()),
            (None, Some(file), _) => KeysFrom::Secret(file.clone()),
            (None, None, Some(url)) => {
                KeysFrom::Metadata(Issuer::parse(url).map_err(|_| NoPolicy::Keys)?)
            }
            (None, None, None) if self.issuer.is_some() => return Err(NoPolicy::Keys),
            (None, None, None) => return self.without_issuer().map_or(Ok(None), Err),
        };
        if self.aud.is_empty() && !self.any_aud {
            return Err(NoPolicy::Audience);
        }
        let reach = if self.allow_private { Reach::Anywhere } else { Reach::Internet };
        let audiences = (!self.any_aud).then(|| self.aud.clone());
        let strict = IssuerPolicy::strict("default", keys, audiences);
        Ok(Some(IssuerPolicy {
            iss: self.issuer.clone(),
            algorithms: self.alg.clone(),
            leeway: self.leeway.unwrap_or_default(),
            scopes: self.scope.clone(),
            fetch: FetchPolicy { reach, ..FetchPolicy::default() },
            reuse: if self.replay_store.is_some() { Reuse::Refused } else { Reuse::Allowed },
            identity: if self.identity.is_empty() {
                strict.identity
            } else {
                self.identity.clone()
            },
            ..strict
        }))
    }

    /// Refuses `--allow-private` for keys that are not fetched.
    ///
    /// # Errors
    /// [`NoEffect`] names it.
    pub(super) fn must_matter(&self) -> Result<(), NoEffect> {
        let is_url = matches!(self.key, Some(KeyPlace::Url(_)));
        let is_found = self.key.is_none() && self.secret_file.is_none() && self.issuer.is_some();
        only_with(("--key URL", is_url || is_found), &[("--allow-private", self.allow_private)])
    }

    /// The first option that describes an issuer of the command line.
    fn without_issuer(&self) -> Option<NoPolicy> {
        let options = [
            ("--aud", !self.aud.is_empty()),
            ("--any-aud", self.any_aud),
            ("--alg", !self.alg.is_empty()),
            ("--leeway", self.leeway.is_some()),
            ("--scope", !self.scope.is_empty()),
            ("--identity", !self.identity.is_empty()),
        ];
        options.into_iter().find(|(_, given)| *given).map(|(option, _)| NoPolicy::Option(option))
    }
}
