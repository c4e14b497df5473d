//! `jwtick probe`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jwtick_core::Span;
use jwtick_core::token::Algorithm;

use crate::commands::args::{algorithm, name_and_value};
use crate::http::client::{Target, UrlFault};
use crate::measurement::ntp_server;
use crate::notation::duration;
use crate::probe::profile::{Agent, Receiver, TokenEndpoint};
use crate::probe::{Profile, TokenForm};
use crate::source::NtpServer;

/// A complete example profile.
const PROFILE: &str = "\
Example profile (file names are relative to the profile)
  [agent]
  name = \"mp_replication_agent\"
  issuer = \"ORG@AdobeOrg\"
  subject = \"ID@techacct.adobe.com\"
  audience = \"https://ims-na1.adobelogin.com/c/CLIENT_ID\"
  lifetime = \"5m\"
  key = \"private.pem\"
  kid = \"KEY_ID\"                         # optional: key of a JWK Set
  claims = { \"https://ims-na1.adobelogin.com/s/ent_aem_cloud_api\" = true }
  [token]
  url = \"https://ims-na1.adobelogin.com/ims/exchange/jwt\"
  form = \"adobe-exchange\"                 # or jwt-bearer, client-assertion
  client-id = \"CLIENT_ID\"
  client-secret-file = \"secret.txt\"
  [receiver]
  url = \"https://portal.example/bin/receive?sling:authRequestLogin=1\"
  [tls]                                    # optional
  ca = \"ca.pem\"                            # CA certificates to trust
  cert = \"client.pem\"                      # client certificate (mutual TLS)
  key = \"client.key\"
  [clock]
  ntp = [\"time.example\"]                  # shows which side is wrong";

/// Test a JWT bearer connection: exchange an assertion for a token, and send that to a receiver
#[derive(Debug, Args)]
#[command(after_help = PROFILE)]
pub(crate) struct ProbeArgs {
    /// TOML file that describes the connection; options override it
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: Option<PathBuf>,
    /// JSON file of a service account of Google or of Adobe (AEM), or the log of a failed token request;
    /// options override it. An account of Google needs a scope, too: --claim scope=URL
    #[arg(long, value_name = "FILE", conflicts_with = "profile")]
    pub(crate) from: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Assertion")]
    pub(crate) agent: AgentArgs,
    #[command(flatten, next_help_heading = "Servers")]
    pub(crate) servers: ServerArgs,
    /// After a rejection, retry once with the server's time, unless --ntp contradicts it; this host's
    /// clock is not changed
    #[arg(long)]
    pub(crate) correct: bool,
    /// Longest correction that the server's time alone justifies; --ntp must confirm a longer one
    /// [default: 1d]
    #[arg(long, value_name = "DUR", requires = "correct", value_parser = duration::length)]
    #[arg(allow_hyphen_values = true)] // to be refused by name
    pub(crate) max_correction: Option<Span>,
    /// Run the test N times on fresh connections, to detect servers behind one name whose clocks differ
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) repeat: Option<u16>,
    /// Maximum time to wait for each answer
    #[arg(long, value_name = "DUR", default_value = "10s", value_parser = duration::length)]
    pub(crate) timeout: Span,
    /// File to write the log of the test to; the log is also printed without --json and --repeat
    #[arg(long, value_name = "FILE")]
    pub(crate) transcript: Option<PathBuf>,
    /// Judge a certificate that this host's clock refuses by the server's own Date
    #[arg(long)]
    pub(crate) trust_server_date: bool,
    /// Send secrets over plain http to another host
    #[arg(long)]
    pub(crate) insecure: bool,
    /// Print a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Claims and signing key of the assertion.
#[derive(Debug, Default, Args)]
pub(crate) struct AgentArgs {
    /// Issuer of the assertion (`iss`)
    #[arg(long, value_name = "NAME", required_unless_present_any = ["profile", "from"])]
    pub(crate) issuer: Option<String>,
    /// Subject of the assertion (`sub`)
    #[arg(long, value_name = "NAME")]
    pub(crate) subject: Option<String>,
    /// Audience of the assertion (`aud`); repeat to write an array [default: the URL of the token endpoint]
    #[arg(long, value_name = "NAME")]
    pub(crate) audience: Vec<String>,
    /// Lifetime of the assertion, from `iat` to `exp` [default: 5m]
    #[arg(long, value_name = "DUR", value_parser = duration::length)]
    pub(crate) lifetime: Option<Span>,
    /// File with the private key: PEM, DER or JWK
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// File with the HMAC secret
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
    /// ID of the signing key (`kid`): selects it from a set, or names a key without an ID
    #[arg(long, value_name = "ID")]
    pub(crate) kid: Option<String>,
    /// Signature algorithm [default: the algorithm of the key]
    #[arg(long, value_name = "ALG", value_parser = algorithm())]
    pub(crate) alg: Option<Algorithm>,
    /// Additional claim; VALUE is JSON, or a string if it is not valid JSON
    #[arg(long = "claim", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) claims: Vec<(String, String)>,
}

/// The servers that receive the assertion and the token.
#[derive(Debug, Default, Args)]
pub(crate) struct ServerArgs {
    /// URL of the token endpoint
    #[arg(long, value_name = "URL", value_parser = target, required_unless_present_any = ["profile", "from"])]
    pub(crate) token_url: Option<Target>,
    /// Form of the token request [default: jwt-bearer]
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) form: Option<FormName>,
    /// Client ID to send (`client_id`)
    #[arg(long, value_name = "NAME")]
    pub(crate) client_id: Option<String>,
    /// File with the client secret to send (`client_secret`)
    #[arg(long, value_name = "FILE")]
    pub(crate) client_secret_file: Option<PathBuf>,
    /// Scope to request (`scope`), such as "read write"
    #[arg(long, value_name = "SCOPE")]
    pub(crate) scope: Option<String>,
    /// URL to send the access token to; without it, the test ends once a token is issued
    #[arg(long, value_name = "URL", value_parser = target)]
    pub(crate) receiver_url: Option<Target>,
    /// NTP server that shows which side is wrong; repeat to require a majority of several
    #[arg(long, value_name = "HOST[:PORT]", value_parser = ntp_server)]
    pub(crate) ntp: Vec<NtpServer>,
    /// PEM file with the CA certificates to trust for https servers [default: the public web CAs]
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// PEM file with the client certificate (mutual TLS), sent only to these servers
    #[arg(long, value_name = "FILE")]
    pub(crate) client_cert: Option<PathBuf>,
    /// File with the private key of the client certificate: PEM, DER or JWK
    #[arg(long, value_name = "FILE")]
    pub(crate) client_key: Option<PathBuf>,
}

fn target(text: &str) -> Result<Target, UrlFault> {
    Target::parse(text)
}

/// Form of the request that carries the assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormName {
    /// The assertion is the grant (RFC 7523 §2.1)
    JwtBearer,
    /// The assertion authenticates the client (RFC 7523 §2.2)
    ClientAssertion,
    /// Adobe IMS: client_id, client_secret and jwt_token
    AdobeExchange,
}

impl From<FormName> for TokenForm {
    fn from(name: FormName) -> Self {
        match name {
            FormName::JwtBearer => Self::JwtBearer,
            FormName::ClientAssertion => Self::ClientAssertion,
            FormName::AdobeExchange => Self::AdobeExchange,
        }
    }
}

/// Overrides the profile with the options given on the command line.
pub(crate) fn overlay(profile: &mut Profile, agent: &AgentArgs, servers: &ServerArgs) {
    overlay_agent(&mut profile.agent, agent);
    overlay_token(&mut profile.token, servers);
    if let Some(url) = &servers.receiver_url {
        let receiver = profile
            .receiver
            .take()
            .map_or_else(|| Receiver::at(url), |known| Receiver { url: url.clone(), ..known });
        profile.receiver = Some(receiver);
    }
    replace(&mut profile.tls.ca, servers.ca.as_ref());
    replace(&mut profile.tls.cert, servers.client_cert.as_ref());
    replace(&mut profile.tls.key, servers.client_key.as_ref());
    if !servers.ntp.is_empty() {
        profile.clock.ntp.clone_from(&servers.ntp);
    }
}

fn overlay_agent(agent: &mut Agent, args: &AgentArgs) {
    if let Some(issuer) = &args.issuer {
        agent.issuer.clone_from(issuer);
    }
    replace(&mut agent.subject, args.subject.as_ref());
    if !args.audience.is_empty() {
        agent.audience.clone_from(&args.audience);
    }
    agent.lifetime = args.lifetime.unwrap_or(agent.lifetime);
    if args.key.is_some() || args.secret_file.is_some() {
        (agent.key, agent.secret_file) = (args.key.clone(), args.secret_file.clone());
        agent.secret_env = None;
    }
    replace(&mut agent.kid, args.kid.as_ref());
    agent.alg = args.alg.or(agent.alg);
    for (name, value) in &args.claims {
        let json = serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into());
        agent.claims.insert(name.clone(), json);
    }
}

fn overlay_token(token: &mut TokenEndpoint, args: &ServerArgs) {
    if let Some(url) = &args.token_url {
        token.url = url.clone();
    }
    token.form = args.form.map_or(token.form, Into::into);
    replace(&mut token.client_id, args.client_id.as_ref());
    replace(&mut token.client_secret_file, args.client_secret_file.as_ref());
    replace(&mut token.scope, args.scope.as_ref());
}

fn replace<T: Clone>(place: &mut Option<T>, told: Option<&T>) {
    if told.is_some() {
        *place = told.cloned();
    }
}
