//! Requests for keys: a JWK Set at a URL, or the metadata of an issuer (OpenID Connect Discovery 1.0 §4,
//! RFC 8414 §3) that says where its set is.
//!
//! No redirect is followed, and keys come only over TLS or from this host: whoever can change the answer on
//! its way could sign any token.

use core::fmt;
use core::time::Duration;

use http::header::{ACCEPT, AGE, CACHE_CONTROL, ETAG, IF_NONE_MATCH, USER_AGENT};
use http::{HeaderName, HeaderValue, Request, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use jwtick_core::key::KeyPart;
use memchr::memmem;
use serde::Deserialize;

use super::key::Keys;
use super::remote_fault::{MOST_KEYS, RemoteFault};
use crate::http::client::{Answer, Client, Connection, Target, UrlFault};

/// Longest answer in bytes: sets in use have less than 20 KiB.
const LONGEST: usize = 256 * 1024;

/// Where the keys of an issuer are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A JWK Set.
    Url(Target),
    /// The metadata of an issuer.
    Issuer(Issuer),
}

impl Place {
    /// The URL that the user named.
    pub(crate) const fn target(&self) -> &Target {
        match self {
            Self::Url(url) => url,
            Self::Issuer(issuer) => issuer.target(),
        }
    }
}

/// The name under which its last keys are kept.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => url.fmt(f),
            Self::Issuer(issuer) => write!(f, "issuer {}", issuer.name),
        }
    }
}

/// An issuer, whose name is a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issuer {
    /// As written: it must equal the name in the metadata and in tokens.
    pub(crate) name: String,
    target: Target,
}

impl Issuer {
    /// Reads the name of an issuer.
    ///
    /// # Errors
    /// [`UrlFault`] if it is not a URL.
    pub(crate) fn parse(name: &str) -> Result<Self, UrlFault> {
        Ok(Self { name: name.to_owned(), target: Target::parse(name)? })
    }

    pub(crate) const fn target(&self) -> &Target {
        &self.target
    }

    /// The URLs of its metadata: OpenID Connect appends to the path, RFC 8414 inserts before it.
    fn metadata(&self) -> [String; 2] {
        let name = self.name.trim_end_matches('/');
        let host = name.find("://").map_or(0, |at| at.saturating_add(3));
        let path = name.get(host..).and_then(|rest| rest.find('/'));
        let path = path.map_or(name.len(), |at| host.saturating_add(at));
        let (origin, path) = name.split_at_checked(path).unwrap_or((name, ""));
        [
            format!("{name}/.well-known/openid-configuration"),
            format!("{origin}/.well-known/oauth-authorization-server{path}"),
        ]
    }
}

/// Keys without encryption, from another host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    Refused,
    Permitted,
}

/// The answer to a request for keys.
pub(crate) enum Fetched {
    /// A set.
    Set { text: Bytes, etag: Option<HeaderValue>, lifetime: Option<Duration> },
    /// The set is still the one that the request named by its `ETag`.
    Unchanged { lifetime: Option<Duration> },
}

/// Requests keys through a client.
pub(crate) struct Fetch<'f> {
    pub(crate) client: Client,
    pub(crate) plain: Plain,
    /// Sees the head of every answer.
    pub(crate) seen: &'f (dyn Fn(&Answer) + Send + Sync),
}

impl Fetch<'_> {
    /// Requests the set at a place, unless it is still the one with this `ETag`.
    ///
    /// # Errors
    /// [`RemoteFault`].
    pub(crate) async fn set(
        &self,
        place: &Place,
        known: Option<&HeaderValue>,
    ) -> Result<Fetched, RemoteFault> {
        let answer = match place {
            Place::Url(url) => self.ask(url, known).await?,
            Place::Issuer(issuer) => self.ask(&self.place(issuer).await?, known).await?,
        };
        let (lifetime, head) = (lifetime(&answer.answer), &answer.answer.head);
        if head.status == StatusCode::NOT_MODIFIED && known.is_some() {
            return Ok(Fetched::Unchanged { lifetime });
        }
        let etag = head.headers.get(ETAG).filter(|etag| etag.len() <= LONGEST_TAG).cloned();
        Ok(Fetched::Set { text: answer.content().await?, etag, lifetime })
    }

    async fn ask(&self, url: &Target, known: Option<&HeaderValue>) -> Result<Begun, RemoteFault> {
        if self.plain == Plain::Refused && self.client.is_exposed(url) {
            return Err(RemoteFault::Plain);
        }
        let mut connection = self.client.connect(url).await?;
        let answer = connection.send(request(url, known)).await?;
        (self.seen)(&answer);
        Ok(Begun { answer, _connection: connection })
    }

    /// Returns where an issuer says that its keys are.
    async fn place(&self, issuer: &Issuer) -> Result<Target, RemoteFault> {
        let [first, second] = issuer.metadata();
        let metadata = match self.metadata(&first).await {
            // A server that is down has no metadata at the other place either.
            Err(fault @ RemoteFault::Status(_)) if !fault.is_outage() => {
                self.metadata(&second).await?
            }
            answer => answer?,
        };
        let Metadata { issuer: met, jwks_uri } =
            serde_json::from_slice(&metadata).map_err(|_| RemoteFault::NoKeys)?;
        if met != issuer.name {
            return Err(RemoteFault::Issuer { met });
        }
        // The server names this URL, so that it must not lead to an address of one link.
        issuer.target.join(&jwks_uri).map_err(|_| RemoteFault::NoKeys)
    }

    async fn metadata(&self, url: &str) -> Result<Bytes, RemoteFault> {
        let url = Target::parse(url).map_err(|_| RemoteFault::NoKeys)?;
        self.ask(&url, None).await?.content().await
    }
}

/// A longer `ETag` is not sent back.
const LONGEST_TAG: usize = 1024;

fn request(url: &Target, known: Option<&HeaderValue>) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::default());
    *request.uri_mut() = url.uri().clone();
    let agent = concat!("jwtick/", env!("CARGO_PKG_VERSION"));
    // A cache on the way must ask the server, so that a key which it has withdrawn is not used.
    let fields: [(HeaderName, _); 3] =
        [(CACHE_CONTROL, "no-cache"), (USER_AGENT, agent), (ACCEPT, "*/*")];
    let fields = fields.map(|(name, value)| (name, HeaderValue::from_static(value)));
    request.headers_mut().extend(fields);
    request.headers_mut().extend(known.map(|etag| (IF_NONE_MATCH, etag.clone())));
    request
}

/// An answer whose content may still be on its way, and the connection that it comes by.
struct Begun {
    answer: Answer,
    _connection: Connection,
}

impl Begun {
    async fn content(self) -> Result<Bytes, RemoteFault> {
        match self.answer.head.status {
            StatusCode::OK => Ok(self.answer.body(LONGEST).await?),
            other => Err(RemoteFault::Status(other)),
        }
    }
}

/// Returns how long an answer may be used: `max-age` without the time that it was stored (RFC 9111 §4.2);
/// none if it must not be used without asking again.
fn lifetime(answer: &Answer) -> Option<Duration> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).to_ascii_lowercase();
    let lines: Vec<String> = answer.fields(CACHE_CONTROL).map(text).collect();
    let directives = || lines.iter().flat_map(|line| line.split(',')).map(str::trim);
    if directives().any(|directive| matches!(directive, "no-store" | "no-cache")) {
        return Some(Duration::ZERO);
    }
    let mut ages = directives().filter_map(|directive| directive.strip_prefix("max-age="));
    let most = ages.next()?.trim_matches('"').parse().map_or(Duration::ZERO, Duration::from_secs);
    let stored = answer.fields(AGE).next().and_then(|age| text(age).trim().parse().ok());
    Some(most.saturating_sub(stored.map_or(Duration::ZERO, Duration::from_secs)))
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
}

/// Beginning of the modulus that Istio publishes when it could not fetch the keys of an issuer:
/// `Error-IstiodFailedToFetchJwksUri-` in base64url.
const PLACEHOLDER: &[u8] = b"RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmkt";

/// Checks the set that a server publishes in `text`.
///
/// # Errors
/// [`RemoteFault`] names what must not be in it.
pub(super) fn checked(text: &[u8], keys: Keys) -> Result<Keys, RemoteFault> {
    let is_public = |part| part == KeyPart::Public;
    if memmem::find(text, PLACEHOLDER).is_some() {
        return Err(RemoteFault::Placeholder);
    }
    if !keys.keys.iter().all(|key| key.jwk().is_ok_and(|jwk| is_public(jwk.part()))) {
        return Err(RemoteFault::Secret);
    }
    match keys.keys.len().saturating_add(keys.skipped.len()) {
        met if met > MOST_KEYS => Err(RemoteFault::TooMany { met }),
        _ => Ok(keys),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_are_where_each_standard_puts_them() {
        const ROWS: &[(&str, &str, &str)] = &[
            (
                "https://a.example",
                "https://a.example/.well-known/openid-configuration",
                "https://a.example/.well-known/oauth-authorization-server",
            ),
            (
                "https://a.example:8443/realms/b/",
                "https://a.example:8443/realms/b/.well-known/openid-configuration",
                "https://a.example:8443/.well-known/oauth-authorization-server/realms/b",
            ),
        ];
        for &(name, appended, inserted) in ROWS {
            let issuer = Issuer::parse(name).unwrap();
            assert_eq!(issuer.metadata(), [appended, inserted], "{name}");
        }
    }
}
