//! Files with keys: which of the forms the bytes have.

use jwtick_core::{JwkError, JwkSet};
use zeroize::Zeroizing;

use super::{Form, Format, Key, Keys, Unreadable, der, pem};

/// Reads the keys in a file.
///
/// # Errors
/// [`Unreadable`] names what it holds instead.
pub(super) fn read(content: &[u8]) -> Result<Keys, Unreadable> {
    let text = content.trim_ascii();
    match text {
        [] => Err(Unreadable::EmptyFile),
        [b'{' | b'[', ..] => json(text),
        _ if is_ssh(text) => Err(Unreadable::Ssh),
        _ if pem::is_in(text) => pem::read(text).map(single),
        [SEQUENCE, ..] => der::read(content).map(single),
        _ => match bare(text) {
            Some(der) => der::read(&der).map(single),
            None => Err(Unreadable::NotAKey),
        },
    }
}

/// What every structure in DER starts with (X.690 §8.9).
const SEQUENCE: u8 = 0x30;

fn is_ssh(text: &[u8]) -> bool {
    [&b"ssh-"[..], b"ecdsa-sha2-", b"sk-"].iter().any(|start| text.starts_with(start))
}

// As identity providers show their public keys: PEM without the lines around it.
fn bare(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    pem::base64_of(text).filter(|der| der.starts_with(&[SEQUENCE]))
}

fn single(key: Key) -> Keys {
    Keys { keys: vec![key], skipped: vec![], form: Form::Single }
}

fn json(text: &[u8]) -> Result<Keys, Unreadable> {
    match JwkSet::parse(text) {
        Ok(set) => Ok(members(&set)),
        Err(JwkError::Missing { .. }) => {
            let text = str::from_utf8(text).map_err(|_| Unreadable::NotAKey)?;
            Ok(single(Key::new(Zeroizing::new(text.to_owned()), Format::Jwk)?))
        }
        Err(fault) => Err(fault.into()),
    }
}

// RFC 7517 §5: members that are not understood, or lack something, are skipped.
fn members(set: &JwkSet<'_>) -> Keys {
    let mut keys = Keys { keys: vec![], skipped: vec![], form: Form::Set };
    for member in set.keys() {
        let text = member.map(|jwk| Zeroizing::new(jwk.as_written().to_owned()));
        match text.and_then(|text| Key::new(text, Format::JwkSet)) {
            Ok(key) => keys.keys.push(key),
            Err(fault) => keys.skipped.push(fault),
        }
    }
    keys
}
