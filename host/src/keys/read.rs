//! Reads key files and detects their format. A JWK may bring the certificate of its key, and those of
//! its issuers, in `x5c` (RFC 7517 §4.7).

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use jwtick_core::key::{JwkError, JwkSet, KeyPart};
use jwtick_core::words::Language;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::container::{self, Held};
use super::der::{self, Structure};
use super::encoding::SecretEncoding;
use super::error::KeyError;
use super::fault::Unreadable;
use super::key::{Form, Format, Key, Keys};
use super::pkcs8::decrypted;
use super::{jwk_text, pem, ssh};
use crate::file::{FileError, shown};
use crate::input::{self, Awaited};

/// Reads the keys in a file.
///
/// # Errors
/// [`Unreadable`] says what the file contains instead.
pub(super) fn parsed(content: &[u8]) -> Result<Keys, Unreadable> {
    let text = content.trim_ascii();
    match text {
        [] => Err(Unreadable::EmptyFile),
        [b'{' | b'[', ..] => json(text),
        _ if ssh::is_line(text) => ssh::lines(text),
        _ if pem::is_in(text) => pem::read(text).map(single),
        _ if container::is_yaml(text) => held(container::in_yaml(text)),
        [SEQUENCE, ..] => der::read(content).map(single),
        _ => match bare(text) {
            Some(der) => der::read(&der).map(single),
            None => Err(Unreadable::NotAKey),
        },
    }
}

/// First byte of every supported structure in DER (X.690 §8.9).
const SEQUENCE: u8 = 0x30;

// Identity providers show public keys in this form: PEM without the lines around it.
fn bare(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    pem::base64_of(text).filter(|der| der.starts_with(&[SEQUENCE]))
}

fn single(key: Key) -> Keys {
    Keys::of(key)
}

fn held(held: Result<Held, Unreadable>) -> Result<Keys, Unreadable> {
    match held? {
        Held::Keys(keys) => Ok(keys),
        Held::Text(text) => parsed(&text),
    }
}

fn json(bytes: &[u8]) -> Result<Keys, Unreadable> {
    let text = str::from_utf8(bytes).map_err(|_| Unreadable::NotAKey)?;
    if container::is_array(bytes) {
        return Ok(members(&JwkSet::parse(container::set_of(text).as_bytes())?));
    }
    match JwkSet::parse(bytes) {
        Ok(set) => Ok(members(&set)),
        Err(JwkError::Missing { .. }) => {
            match Key::new(Zeroizing::new(text.to_owned()), Format::Jwk) {
                Ok(key) => checked(key).map(single),
                Err(fault) => match container::in_object(text) {
                    Some(found) => held(found),
                    None => within(bytes, fault),
                },
            }
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Reads the only key in PEM of a JSON text that is not a JWK.
fn within(text: &[u8], fault: JwkError) -> Result<Keys, Unreadable> {
    if pem::is_in(text) { pem::read(text).map(single) } else { Err(fault.into()) }
}

/// Reads a JWK Set and nothing else.
///
/// # Errors
/// [`Unreadable::Jwk`] if the text is not a set in strict JSON.
pub(super) fn set(text: &[u8]) -> Result<Keys, Unreadable> {
    Ok(members(&JwkSet::parse(text.trim_ascii())?))
}

// RFC 7517 §5: members that are not understood or are incomplete are skipped.
fn members(set: &JwkSet<'_>) -> Keys {
    let mut keys = Keys::of_form(vec![], Form::Set);
    for member in set.keys() {
        let text = member.map(|jwk| Zeroizing::new(jwk.as_written().to_owned()));
        let key = text.and_then(|text| Key::new(text, Format::JwkSet)).map_err(Unreadable::from);
        match key.and_then(checked) {
            Ok(key) => keys.keys.push(key),
            Err(fault) => keys.skipped.push(fault),
        }
    }
    keys
}

/// The source of keys: one of these.
#[derive(Debug, Default)]
pub(crate) struct KeySource {
    /// A file with keys in any form.
    pub(crate) key: Option<PathBuf>,
    /// A file whose bytes are used as an HMAC secret.
    pub(crate) secret_file: Option<PathBuf>,
    /// A file with the password of an encrypted key.
    pub(crate) password_file: Option<PathBuf>,
    /// An environment variable whose text is used as an HMAC secret.
    pub(crate) secret_env: Option<OsString>,
    /// The encoding of the secret.
    pub(crate) encoding: SecretEncoding,
}

/// Reads the keys of a source.
///
/// # Errors
/// [`KeyError::File`] for the file, [`KeyError::Unreadable`] for its content.
pub(crate) fn read(source: &KeySource, language: Language) -> Result<Keys, KeyError> {
    if let Some(name) = &source.key {
        return from_file(name, source.password_file.as_deref(), language);
    }
    let (name, secret) = match (&source.secret_file, &source.secret_env) {
        (Some(name), _) => (shown(name), secret_in(name, language)?),
        (None, Some(name)) => variable(name)?,
        (None, None) => (String::new(), Zeroizing::default()), // a profile may name none
    };
    let secret = source.encoding.decode(secret).ok_or(Unreadable::Encoding(source.encoding));
    secret.and_then(|secret| raw(&secret)).map_err(|fault| unreadable(name, fault))
}

/// Reads the keys in a file. If it is encrypted, its password is in another file, or typed on a terminal.
///
/// # Errors
/// As for [`read`].
pub(crate) fn from_file(
    name: &Path,
    password: Option<&Path>,
    language: Language,
) -> Result<Keys, KeyError> {
    let content = input::secret(name, Awaited::Key, language)?;
    let keys = match (parsed(&content.bytes), password) {
        (Err(Unreadable::Encrypted), file) => {
            match input::password(file, &shown(name), language)? {
                Some(password) => decrypted(&content.bytes, &password).and_then(|it| parsed(&it)),
                None => Err(Unreadable::Encrypted),
            }
        }
        (Ok(_), Some(_)) => Err(Unreadable::NotEncrypted),
        (keys, _) => keys,
    };
    let keys = keys.map_err(|fault| unreadable(shown(name), fault))?;
    if keys.keys.iter().any(is_secret) {
        content.warn_if_shared(language);
    }
    Ok(keys)
}

fn is_secret(key: &Key) -> bool {
    key.jwk().is_ok_and(|jwk| jwk.part() != KeyPart::Public)
}

/// Reads a file all of whose bytes are a secret.
///
/// # Errors
/// As for [`input::secret`].
pub(crate) fn secret_in(name: &Path, language: Language) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let content = input::secret(name, Awaited::Key, language)?;
    content.warn_if_shared(language);
    Ok(content.bytes)
}

fn unreadable(name: String, fault: Unreadable) -> KeyError {
    KeyError::Unreadable { name, fault }
}

/// Returns the name of an environment variable as messages show it, and its value.
///
/// # Errors
/// [`KeyError::Unreadable`] if there is no such variable.
pub(crate) fn variable(name: &OsStr) -> Result<(String, Zeroizing<Vec<u8>>), KeyError> {
    let shown = shown_variable(&name.to_string_lossy());
    match env::var_os(name) {
        Some(secret) => Ok((shown, Zeroizing::new(secret.into_encoded_bytes()))),
        None => Err(unreadable(shown, Unreadable::NoVariable)),
    }
}

// Somebody who writes `--secret-env "$SECRET"` passes the secret instead of the name.
fn shown_variable(name: &str) -> String {
    let is_of_name = |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == '_';
    if name.chars().all(is_of_name) { name.to_owned() } else { "$…".to_owned() }
}

// Every byte counts, including a final newline: a secret is not a line of text.
fn raw(secret: &[u8]) -> Result<Keys, Unreadable> {
    if secret.is_empty() {
        return Err(Unreadable::EmptySecret);
    }
    let key = Key::new(jwk_text::secret(secret), Format::Secret)?;
    Ok(Keys::of_form(vec![key], Form::Raw))
}

#[derive(Deserialize)]
struct Members {
    x5c: Option<Vec<String>>,
}

/// Checks that the first certificate of a key holds the same public key, as RFC 7517 §4.7 demands:
/// another reader of the JWK may use the certificate. Adds its validity to the key. The certificates
/// themselves are not verified.
///
/// # Errors
/// [`Unreadable::OtherCertificate`] if it holds another key, [`Unreadable::DamagedChain`] if it cannot
/// be read.
pub(super) fn checked(key: Key) -> Result<Key, Unreadable> {
    let Some(leaf) = leaf(&key)? else { return Ok(key) };
    let certified = Structure::Certificate.read(&leaf).map_err(|fault| match fault {
        Unreadable::DamagedDer => Unreadable::DamagedChain,
        // The key of the JWK is of a kind that can be read, so it is another one.
        _ => Unreadable::OtherCertificate,
    })?;
    if certified.jwk()?.thumbprint() != key.jwk()?.thumbprint() {
        return Err(Unreadable::OtherCertificate);
    }
    Ok(Key { validity: certified.validity, ..key })
}

/// The first certificate in DER; `None` if there is none.
fn leaf(key: &Key) -> Result<Option<Zeroizing<Vec<u8>>>, Unreadable> {
    let members = serde_json::from_str::<Members>(key.text());
    let chain = members.map_err(|_| Unreadable::DamagedChain)?.x5c.unwrap_or_default();
    let Some(first) = chain.first() else { return Ok(None) };
    pem::base64_of(first.as_bytes()).map(Some).ok_or(Unreadable::DamagedChain)
}
