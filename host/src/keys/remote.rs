//! Keys at a URL that the user names: a JWK Set, or the metadata of an issuer (OpenID Connect Discovery 1.0
//! §4, RFC 8414 §3) that says where its set is. They are fetched once, without following a redirect, and
//! only over TLS or from this host: whoever can change the answer on its way could sign any token.
//!
//! Every run asks the server, so that a key that it has withdrawn is not used. The last set is kept for an
//! outage: for four hours, as long as a service would use it, and its use is reported.

use core::time::Duration;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use http::StatusCode;
use hyper::body::Bytes;
use jwtick_core::key::KeyPart;
use jwtick_core::{Span, UnixTime};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use tokio::runtime::Builder;

use super::error::KeyError;
use super::fault::{MOST_KEYS, RemoteFault, Stale};
use super::key::Keys;
use super::read::parsed;
use crate::file::{self, Readers};
use crate::http::client::{Client, DateMethod, Target, Trust, UrlFault};
use crate::source::os;

/// Longest answer in bytes: sets in use have less than 20 KiB.
const LONGEST: usize = 256 * 1024;

/// How to fetch keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fetching {
    /// CA certificates to trust in addition to those of the platform.
    pub(crate) authorities: Vec<PathBuf>,
    /// The time for all requests together.
    pub(crate) timeout: Duration,
    /// Where the last sets are kept.
    pub(crate) kept: Option<Kept>,
}

/// Fetches the keys at a URL.
///
/// # Errors
/// [`KeyError::Remote`] with the URL.
pub(crate) fn at_url(url: &Target, fetching: &Fetching) -> Result<Keys, KeyError> {
    run(url, &url.to_string(), fetching, |fetch| async move { fetch.get(url).await })
}

/// Fetches the keys of an issuer by its metadata.
///
/// # Errors
/// [`KeyError::Remote`] with the name of the issuer.
pub(crate) fn of_issuer(issuer: &Issuer, fetching: &Fetching) -> Result<Keys, KeyError> {
    let name = format!("issuer {}", issuer.name);
    run(&issuer.target, &name, fetching, |fetch| async move { fetch.of_issuer(issuer).await })
}

/// An issuer, whose name is a URL.
#[derive(Debug, Clone)]
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

struct Fetch {
    client: Client,
}

fn run<'f, F>(
    url: &Target,
    name: &str,
    fetching: &Fetching,
    work: impl FnOnce(Fetch) -> F + 'f,
) -> Result<Keys, KeyError>
where
    F: Future<Output = Result<Bytes, RemoteFault>> + 'f,
{
    let timeout = fetching.timeout;
    let trust = Trust { authorities: fetching.authorities.clone(), utc: os::known() };
    let fetch = Fetch { client: Client::new(trust, timeout / 2) };
    let fetched = Builder::new_current_thread().enable_all().build();
    let fetched = fetched.map_err(RemoteFault::System).and_then(|runtime| {
        let limited = async { tokio::time::timeout(timeout, work(fetch)).await };
        let fetched = runtime.block_on(limited);
        // Shutdown does not wait for a name lookup that is still running.
        runtime.shutdown_background();
        fetched.unwrap_or(Err(RemoteFault::Silent { after: timeout }))
    });
    let checked = fetched.and_then(|text| public_keys(&text).map(|keys| (text, keys)));
    let kept = fetching.kept.as_ref();
    match checked {
        Ok((text, keys)) => {
            kept.inspect(|kept| kept.keep(name, &text));
            Ok(keys)
        }
        Err(fault) => {
            let last = kept.filter(|_| fault.is_outage()).and_then(|kept| kept.last(name));
            let url = url.to_string();
            match last {
                Some((keys, age)) => Ok(Keys { stale: Some(Stale { url, age, fault }), ..keys }),
                None => Err(KeyError::Remote { url, fault: Box::new(fault) }),
            }
        }
    }
}

/// Reads a set that a server publishes.
fn public_keys(text: &[u8]) -> Result<Keys, RemoteFault> {
    let keys = parsed(text).map_err(RemoteFault::Unreadable)?;
    let is_public = |part| part == KeyPart::Public;
    if !keys.keys.iter().all(|key| key.jwk().is_ok_and(|jwk| is_public(jwk.part()))) {
        return Err(RemoteFault::Secret);
    }
    match keys.keys.len() {
        met if met > MOST_KEYS => Err(RemoteFault::TooMany { met }),
        _ => Ok(keys),
    }
}

/// The folder with the last sets of keys. Nothing depends on it but an outage, so a fault in it is not
/// reported.
#[derive(Debug, Clone)]
pub(crate) struct Kept(PathBuf);

/// A set of keys, and when it was fetched in seconds since 1970.
#[derive(Serialize, Deserialize)]
struct Set<'s> {
    name: String,
    fetched: i64,
    #[serde(borrow)]
    keys: Cow<'s, str>,
}

impl Kept {
    /// As long as a set is used after it was fetched.
    const LONGEST: Span = Span::from_secs(4 * 3_600);

    /// The folder of the user.
    pub(crate) fn of_user() -> Option<Self> {
        let folder = file::users_folder("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA")?;
        Some(Self(folder.join("jwtick").join("keys")))
    }

    fn path(&self, name: &str) -> PathBuf {
        let digest = digest(&SHA256, name.as_bytes());
        self.0.join(URL_SAFE_NO_PAD.encode(digest)).with_extension("json")
    }

    fn keep(&self, name: &str, text: &[u8]) {
        let fetched = os::reading().floor_secs();
        let set = Set { name: name.to_owned(), fetched, keys: String::from_utf8_lossy(text) };
        if let (Ok(()), Ok(set)) = (fs::create_dir_all(&self.0), serde_json::to_string(&set)) {
            let _ = file::replace(&self.path(name), Readers::Owner, set.as_bytes());
        }
    }

    /// The last set, and its age by this host's clock; `None` also if others than its owner could have
    /// written it.
    fn last(&self, name: &str) -> Option<(Keys, Span)> {
        let path = self.path(name);
        if [&self.0, &path].into_iter().any(|path| is_shared(path)) {
            return None;
        }
        let text = fs::read(path).ok()?;
        let set: Set<'_> = serde_json::from_slice(&text).ok()?;
        let age = os::reading() - UnixTime::from_secs(set.fetched);
        let is_recent = (Span::ZERO..=Self::LONGEST).contains(&age);
        let keys = public_keys(set.keys.as_bytes()).ok()?;
        (is_recent && set.name == name).then_some((keys, age))
    }
}

/// Returns true if users other than its owner may write to a path.
#[cfg(unix)]
fn is_shared(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o022 != 0)
}

// On systems without modes, the folder determines who can write.
#[cfg(not(unix))]
const fn is_shared(_: &Path) -> bool {
    false
}

impl Fetch {
    async fn get(&self, url: &Target) -> Result<Bytes, RemoteFault> {
        if self.client.is_exposed(url) {
            return Err(RemoteFault::Plain);
        }
        let mut connection = self.client.connect(url).await?;
        let answer = connection.ask(DateMethod::Get, url).await?;
        if answer.head.status != StatusCode::OK {
            return Err(RemoteFault::Status(answer.head.status));
        }
        Ok(answer.body(LONGEST).await?)
    }

    async fn of_issuer(&self, issuer: &Issuer) -> Result<Bytes, RemoteFault> {
        let [first, second] = issuer.metadata();
        let named = |url: &str| Target::parse(url).map_err(|_| RemoteFault::NoKeys);
        let metadata = match self.get(&named(&first)?).await {
            Err(RemoteFault::Status(_)) => self.get(&named(&second)?).await?,
            answer => answer?,
        };
        let Metadata { issuer: met, jwks_uri } =
            serde_json::from_slice(&metadata).map_err(|_| RemoteFault::NoKeys)?;
        if met != issuer.name {
            return Err(RemoteFault::Issuer { met });
        }
        // The server names this URL, so that it must not lead to an address of one link.
        let url = issuer.target.join(&jwks_uri).map_err(|_| RemoteFault::NoKeys)?;
        self.get(&url).await
    }
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
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
