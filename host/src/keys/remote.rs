//! Keys at a URL that the user names, fetched once for a command.
//!
//! Every run asks the server, so that a key that it has withdrawn is not used. The last set is kept for an
//! outage: for four hours, as long as a service would use it, and its use is reported.

use core::time::Duration;
use std::path::PathBuf;

use http::StatusCode;
use hyper::body::Bytes;
use jwtick_core::TimeBounds;
use tokio::runtime::Builder;

use super::error::KeyError;
use super::fetch::{Fetch, Fetched, Issuer, Place, Plain, checked};
use super::kept::Kept;
use super::key::Keys;
use super::read::{parsed, set};
use super::remote_fault::{RemoteFault, Stale};
use crate::http::client::{Client, Target, Trust};
use crate::source::os;

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
    run(&Place::Url(url.clone()), fetching)
}

/// Fetches the keys of an issuer by its metadata.
///
/// # Errors
/// [`KeyError::Remote`] with the name of the issuer.
pub(crate) fn of_issuer(issuer: &Issuer, fetching: &Fetching) -> Result<Keys, KeyError> {
    run(&Place::Issuer(issuer.clone()), fetching)
}

fn run(place: &Place, fetching: &Fetching) -> Result<Keys, KeyError> {
    let timeout = fetching.timeout;
    let trust = Trust { authorities: fetching.authorities.clone(), utc: os::known() };
    let client = Client::new(trust, timeout / 2);
    let fetch = Fetch { client, plain: Plain::Refused, seen: &|_| {} };
    let fetched = Builder::new_current_thread().enable_all().build();
    let fetched = fetched.map_err(RemoteFault::System).and_then(|runtime| {
        let limited = async { tokio::time::timeout(timeout, fetch.set(place, None)).await };
        let fetched = runtime.block_on(limited);
        // Shutdown does not wait for a name lookup that is still running.
        runtime.shutdown_background();
        fetched.unwrap_or(Err(RemoteFault::Silent { after: timeout }))
    });
    let (name, now) = (place.to_string(), TimeBounds::exactly(os::reading()));
    let kept = fetching.kept.as_ref();
    match fetched.and_then(|fetched| read(&fetched)) {
        Ok((text, keys)) => {
            // Nothing depends on the file but an outage, so a fault in it is not reported.
            kept.inspect(|kept| drop(kept.keep(&name, &text, now)));
            Ok(keys)
        }
        Err(fault) => {
            let last = kept
                .filter(|_| fault.is_outage())
                .and_then(|kept| kept.last(&name, now, Kept::LONGEST));
            let last = last.and_then(|(text, age)| Some((public_keys(text.as_bytes()).ok()?, age)));
            let url = place.target().to_string();
            match last {
                Some((keys, age)) => Ok(Keys { stale: Some(Stale { url, age, fault }), ..keys }),
                None => Err(KeyError::Remote { url, fault: Box::new(fault) }),
            }
        }
    }
}

fn read(fetched: &Fetched) -> Result<(Bytes, Keys), RemoteFault> {
    match fetched {
        Fetched::Set { text, .. } => Ok((text.clone(), public_keys(text)?)),
        Fetched::Unchanged { .. } => Err(RemoteFault::Status(StatusCode::NOT_MODIFIED)),
    }
}

/// Reads keys that a server publishes, in any form.
fn public_keys(text: &[u8]) -> Result<Keys, RemoteFault> {
    checked(text, parsed(text).map_err(RemoteFault::Unreadable)?)
}

/// Reads a JWK Set that a server publishes.
///
/// # Errors
/// [`RemoteFault::Empty`] if it holds no key, [`RemoteFault::Unreadable`] if it is not a set or none of its
/// keys can be read, [`RemoteFault`] for a key that must not be in it.
pub(crate) fn public_set(text: &[u8]) -> Result<Keys, RemoteFault> {
    let keys = checked(text, set(text).map_err(RemoteFault::Unreadable)?)?;
    match (keys.keys.as_slice(), keys.skipped.first()) {
        ([], None) => Err(RemoteFault::Empty),
        ([], Some(fault)) => Err(RemoteFault::Unreadable(fault.clone())),
        _ => Ok(keys),
    }
}
