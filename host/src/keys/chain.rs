//! `x5c` of a JWK: the certificate of its key, and those of its issuers (RFC 7517 §4.7).

use serde::Deserialize;
use zeroize::Zeroizing;

use super::der::Structure;
use super::fault::Unreadable;
use super::key::Key;
use super::pem;

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
