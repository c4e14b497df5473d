//! A connection as a TOML file describes it: the client, the token endpoint and the receiver.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use http::Method;
use jwtick_core::Span;
use jwtick_core::token::Algorithm;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::token::TokenForm;
use crate::http::client::Target;
use crate::measurement::ntp_server;
use crate::notation::duration;
use crate::source::NtpServer;

/// A connection to test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) agent: Agent,
    pub(crate) token: TokenEndpoint,
    pub(crate) receiver: Option<Receiver>,
    #[serde(default)]
    pub(crate) tls: TlsFiles,
    #[serde(default)]
    pub(crate) clock: ThirdClock,
}

/// The client, and the claims of its assertions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Agent {
    #[serde(default = "unnamed")]
    pub(crate) name: String,
    pub(crate) issuer: String,
    pub(crate) subject: Option<String>,
    /// `aud`; defaults to the URL of the token endpoint (RFC 7523 §3).
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) audience: Vec<String>,
    #[serde(default = "usual_lifetime", deserialize_with = "length")]
    pub(crate) lifetime: Span,
    pub(crate) key: Option<PathBuf>,
    pub(crate) secret_file: Option<PathBuf>,
    pub(crate) secret_env: Option<String>,
    #[serde(default, deserialize_with = "algorithm")]
    pub(crate) alg: Option<Algorithm>,
    /// The key of a set that signs; a single key without an ID gets it.
    pub(crate) kid: Option<String>,
    #[serde(default)]
    pub(crate) claims: BTreeMap<String, serde_json::Value>,
}

/// The token endpoint, which exchanges an assertion for an access token.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TokenEndpoint {
    #[serde(deserialize_with = "target")]
    pub(crate) url: Target,
    #[serde(default)]
    pub(crate) form: TokenForm,
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret_file: Option<PathBuf>,
    pub(crate) client_secret_env: Option<String>,
    pub(crate) scope: Option<String>,
}

/// The receiver of the access token.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Receiver {
    #[serde(deserialize_with = "target")]
    pub(crate) url: Target,
    #[serde(default, deserialize_with = "method")]
    pub(crate) method: Verb,
    #[serde(default)]
    pub(crate) body: String,
}

/// An HTTP method; the default for a receiver is POST.
#[derive(Debug, Clone)]
pub(crate) struct Verb(pub(crate) Method);

impl Default for Verb {
    fn default() -> Self {
        Self(Method::POST)
    }
}

/// Certificates in addition to those of the platform.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TlsFiles {
    pub(crate) ca: Option<PathBuf>,
    /// The client certificate, for servers that require one.
    pub(crate) cert: Option<PathBuf>,
    pub(crate) key: Option<PathBuf>,
}

/// The sources that decide which of two clocks is wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThirdClock {
    #[serde(default, deserialize_with = "ntp_servers")]
    pub(crate) ntp: Vec<NtpServer>,
}

impl Profile {
    /// Creates a profile without a file.
    pub(crate) fn bare(issuer: &str, token: &Target) -> Self {
        Self {
            agent: Agent {
                name: unnamed(),
                issuer: issuer.to_owned(),
                subject: None,
                audience: vec![],
                lifetime: USUAL_LIFETIME,
                key: None,
                secret_file: None,
                secret_env: None,
                alg: None,
                kid: None,
                claims: BTreeMap::new(),
            },
            token: TokenEndpoint {
                url: token.clone(),
                form: TokenForm::default(),
                client_id: None,
                client_secret_file: None,
                client_secret_env: None,
                scope: None,
            },
            receiver: None,
            tls: TlsFiles::default(),
            clock: ThirdClock::default(),
        }
    }

    /// Adds a receiver that only has to be reachable.
    pub(crate) fn with_receiver(self, url: &Target) -> Self {
        Self { receiver: Some(Receiver::at(url)), ..self }
    }

    /// Parses a profile. Relative paths in it are resolved against the folder of the profile.
    ///
    /// # Errors
    /// The message of the TOML parser, with the line.
    pub(crate) fn parse(text: &str, folder: &Path) -> Result<Self, toml::de::Error> {
        let mut profile: Self = toml::from_str(text)?;
        let files = [
            &mut profile.agent.key,
            &mut profile.agent.secret_file,
            &mut profile.token.client_secret_file,
            &mut profile.tls.ca,
            &mut profile.tls.cert,
            &mut profile.tls.key,
        ];
        for path in files.into_iter().flatten() {
            *path = folder.join(&path);
        }
        Ok(profile)
    }
}

/// Default lifetime: an assertion is used for one request, so five minutes are enough, and common
/// servers accept that.
pub(crate) const USUAL_LIFETIME: Span = Span::from_secs(300);

pub(crate) fn unnamed() -> String {
    "jwtick_probe".to_owned()
}

const fn usual_lifetime() -> Span {
    USUAL_LIFETIME
}

impl Receiver {
    /// Creates a receiver that only has to be reachable.
    pub(crate) fn at(url: &Target) -> Self {
        Self { url: url.clone(), method: Verb::default(), body: String::new() }
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text, or a list of texts")]
    enum Either {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Either::deserialize(from)? {
        Either::One(name) => vec![name],
        Either::Many(names) => names,
    })
}

fn ntp_servers<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<NtpServer>, D::Error> {
    let servers = one_or_many(from)?;
    servers.iter().map(|name| ntp_server(name)).collect::<Result<_, _>>().map_err(D::Error::custom)
}

fn length<'de, D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
    duration::length(&String::deserialize(from)?).map_err(D::Error::custom)
}

fn algorithm<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Algorithm>, D::Error> {
    crate::keys::algorithm(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

fn method<'de, D: Deserializer<'de>>(from: D) -> Result<Verb, D::Error> {
    let name = String::deserialize(from)?;
    name.parse().map(Verb).map_err(|_| {
        D::Error::custom("expected an HTTP method such as POST, but found another text")
    })
}

fn target<'de, D: Deserializer<'de>>(from: D) -> Result<Target, D::Error> {
    Target::parse(&String::deserialize(from)?).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConfigError;

    const WHOLE: &str = r#"
        [agent]
        name = "mp_replication_agent"
        issuer = "ORG@AdobeOrg"
        subject = "ID@techacct.adobe.com"
        audience = "https://ims.example/c/client"
        lifetime = "1h"
        key = "agent.pem"
        alg = "RS256"
        claims = { "https://ims.example/s/ent_aem" = true }
        [token]
        url = "https://ims.example/ims/exchange/jwt"
        form = "adobe-exchange"
        client-id = "client"
        client-secret-file = "/etc/secret"
        [receiver]
        url = "https://portal.example/bin/receive?sling:authRequestLogin=1"
        body = "test"
        [tls]
        ca = "ca.pem"
        cert = "client.pem"
        key = "/etc/client.key"
        [clock]
        ntp = ["time.example", "[::1]:1123"]
    "#;

    #[test]
    fn relative_path_is_resolved_against_profile_folder() {
        let profile = Profile::parse(WHOLE, Path::new("/p")).unwrap();
        assert_eq!(profile.agent.key.as_deref(), Some(Path::new("/p/agent.pem")));
        assert_eq!(profile.tls.ca.as_deref(), Some(Path::new("/p/ca.pem")));
        assert_eq!(profile.tls.cert.as_deref(), Some(Path::new("/p/client.pem")));
        assert_eq!(profile.tls.key.as_deref(), Some(Path::new("/etc/client.key")));
        let secret = profile.token.client_secret_file.as_deref();
        assert_eq!(secret, Some(Path::new("/etc/secret")));
        assert_eq!(profile.agent.lifetime, Span::from_secs(3_600));
        assert_eq!(profile.agent.audience, ["https://ims.example/c/client"]);
        assert_eq!(profile.token.form, TokenForm::AdobeExchange);
        assert_eq!(profile.clock.ntp.len(), 2);
        assert_eq!(profile.receiver.unwrap().method.0, Method::POST);
    }

    #[test]
    fn errors_show_no_value() {
        const ROWS: &[(&str, &str)] = &[
            ("client-secret-file = \"/etc/secret\"", "client-secret = \"hunter2\""),
            ("form = \"adobe-exchange\"", "form = \"hunter2\""),
            ("[clock]", "[clock]\nhunter2 = 5\n"),
            ("https://ims.example/ims", "https://user:hunter2@ims.example/ims"),
            ("lifetime = \"1h\"", "lifetime = \"hunter2\""),
            ("lifetime = \"1h\"", "lifetime = { a = \"hunter2\" }"),
            ("alg = \"RS256\"", "alg = \"hunter2\""),
            ("ntp = [\"time.example\", \"[::1]:1123\"]", "ntp = [\"hunter2@a b\"]"),
            ("body = \"test\"", "method = \"hunter2 x\""),
            ("body = \"test\"", "body = hunter2"),
            ("[tls]", "tls = \"hunter2\"\n[other]"),
            ("[tls]", "[[tls]]\nca = \"hunter2\""),
        ];
        for &(from, to) in ROWS {
            let text = WHOLE.replace(from, to);
            let error = Profile::parse(&text, Path::new("")).unwrap_err();
            let shown = ConfigError::of_toml(Path::new("p"), &text, &error).to_string();
            assert!(!shown.contains("hunter2"), "{to}: {shown}");
        }
    }

    #[test]
    fn rejects_unknown_content() {
        const ROWS: &[(&str, &str, &str)] = &[
            ("expected one of", "form =", "formm ="),
            ("expected one of", "client-id", "client-ident"),
            ("http", "https://portal.example/bin", "ftp://portal.example/bin"),
            ("expected a duration", "\"1h\"", "\"an hour\""),
            ("expected one of", "RS256", "RS257"),
            ("jwt-bearer", "adobe-exchange", "saml"),
            ("HOST:PORT", "time.example", "time example"),
            ("issuer", "issuer = \"ORG@AdobeOrg\"", ""),
        ];
        for &(named, from, to) in ROWS {
            let error = Profile::parse(&WHOLE.replace(from, to), Path::new("")).err();
            let words = error.map(|error| error.to_string()).unwrap_or_default();
            assert!(words.contains(named), "{to}: {words}");
        }
    }
}
