//! Texts that hold keys inside something else: a service account of Google or Adobe, a Secret of Kubernetes, a list of JWKs
//! or of certificates. Each is recognised by its own members.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::fault::Unreadable;
use super::jwk_text;
use super::key::{Form, Key, Keys};
use super::pem;

/// The members of an object, as they are written: a secret among them leaves no copy in memory.
type Members<'t> = BTreeMap<&'t str, &'t RawValue>;

/// What a text holds.
pub(super) enum Held {
    Keys(Keys),
    /// The text of a key file.
    Text(Zeroizing<Vec<u8>>),
}

/// Tries to read the keys of a JSON object that is neither a JWK nor a JWK Set.
type Recogniser = fn(&Members<'_>) -> Option<Result<Held, Unreadable>>;

const OBJECTS: [Recogniser; 5] = [service_account, integration, kubernetes, discovery, map];

/// Reads the keys of a JSON object.
pub(super) fn in_object(text: &str) -> Option<Result<Held, Unreadable>> {
    let members: Members<'_> = serde_json::from_str(text).ok()?;
    OBJECTS.iter().find_map(|recognise| recognise(&members))
}

/// Wraps an array of JWKs into a JWK Set.
pub(super) fn set_of(array: &str) -> Zeroizing<String> {
    let mut set = Zeroizing::new(String::with_capacity(array.len().saturating_add(16)));
    for part in ["{\"keys\":", array, "}"] {
        set.push_str(part);
    }
    set
}

/// The file of a Google service account, whose tokens name the key by its ID.
fn service_account(members: &Members<'_>) -> Option<Result<Held, Unreadable>> {
    let key = members.get("private_key").filter(|key| pem::is_in(key.get().as_bytes()))?;
    let id = members.get("private_key_id").and_then(|id| string(id));
    Some(named(key.get(), id).map(|key| Held::Keys(Keys::of(key))))
}

/// The file of a technical account of Adobe, an `integration` of the AEM Developer Console.
fn integration(members: &Members<'_>) -> Option<Result<Held, Unreadable>> {
    let inner: Members<'_> = serde_json::from_str(members.get("integration")?.get()).ok()?;
    let key = inner.get("privateKey").filter(|key| pem::is_in(key.get().as_bytes()))?;
    Some(named(key.get(), None).map(|key| Held::Keys(Keys::of(key))))
}

/// Keys by their IDs, as Google publishes certificates.
fn map(members: &Members<'_>) -> Option<Result<Held, Unreadable>> {
    let is_pem = |value: &&RawValue| pem::is_in(value.get().as_bytes());
    if members.is_empty() || !members.values().all(is_pem) {
        return None;
    }
    let read = |(id, value): (&&str, &&RawValue)| named(value.get(), Some(id));
    let keys = members.iter().map(read).collect::<Result<Vec<Key>, _>>();
    Some(keys.map(|keys| Held::Keys(Keys::of_form(keys, Form::Set))))
}

/// The metadata of an issuer (OpenID Connect Discovery 1.0 §3, RFC 8414 §2), which only says where its
/// keys are.
fn discovery(members: &Members<'_>) -> Option<Result<Held, Unreadable>> {
    let url = members.get("jwks_uri").and_then(|url| string(url))?;
    Some(Err(Unreadable::Discovery(url.to_owned())))
}

fn named(pem: &str, id: Option<&str>) -> Result<Key, Unreadable> {
    let key = pem::read(pem.as_bytes())?;
    Ok(match id {
        Some(id) => jwk_text::with_id(key, id),
        None => key,
    })
}

/// The text of a JSON string without escapes, which the names of keys and URLs do not need.
fn string(value: &RawValue) -> Option<&str> {
    serde_json::from_str(value.get()).ok()
}

fn kubernetes(members: &Members<'_>) -> Option<Result<Held, Unreadable>> {
    let is_secret = members.get("kind").and_then(|kind| string(kind)) == Some("Secret");
    let data: Members<'_> =
        serde_json::from_str(members.get("data").filter(|_| is_secret)?.get()).ok()?;
    let entries = data.iter().filter_map(|(name, value)| Some((*name, string(value)?)));
    Some(secret(entries.collect()))
}

/// Returns true for a Secret in YAML, as `kubectl get secret -o yaml` prints it.
pub(super) fn is_yaml(text: &[u8]) -> bool {
    text.split(|&byte| byte == b'\n').any(|line| line.trim_ascii_end() == b"kind: Secret")
}

/// Reads a Secret in YAML: a flat block of base64 under `data:`.
///
/// # Errors
/// [`Unreadable::KubernetesSecret`] if it holds no key.
pub(super) fn in_yaml(text: &[u8]) -> Result<Held, Unreadable> {
    let text = str::from_utf8(text).map_err(|_| Unreadable::NotAKey)?;
    let block = text.lines().skip_while(|line| line.trim_end() != "data:").skip(1);
    let entries = block.take_while(|line| line.starts_with([' ', '\t']));
    let entries = entries.filter_map(|line| line.trim().split_once(": "));
    secret(entries.map(|(name, value)| (name, value.trim_matches(['"', '\'', ' ']))).collect())
}

/// The entry with the certificates of an authority, which is not the owner of the key.
const AUTHORITY: &str = "ca.crt";

/// Reads the key of a Secret. A certificate next to a private key belongs to it.
fn secret(entries: Vec<(&str, &str)>) -> Result<Held, Unreadable> {
    let decoded = entries.into_iter().filter(|(name, _)| *name != AUTHORITY);
    let decoded = decoded.filter_map(|(_, value)| STANDARD.decode(value).ok().map(Zeroizing::new));
    let texts: Vec<Zeroizing<Vec<u8>>> = decoded.collect();
    let room = texts.iter().map(|text| text.len().saturating_add(1)).sum();
    let mut pems = Zeroizing::new(Vec::with_capacity(room));
    for text in texts.iter().filter(|text| pem::is_in(text)) {
        pems.extend_from_slice(text);
        pems.push(b'\n');
    }
    let json = || texts.into_iter().find(|text| text.trim_ascii_start().starts_with(b"{"));
    let text = if pems.is_empty() { json() } else { Some(pems) };
    text.map(Held::Text).ok_or(Unreadable::KubernetesSecret)
}

/// The members of an array, to tell one of keys from another text.
pub(super) fn is_array(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Key {
        #[serde(rename = "kty")]
        _kind: String,
    }
    serde_json::from_slice::<Vec<Key>>(text).is_ok_and(|keys| !keys.is_empty())
}
