//! The header of a new token.

use jwtick_core::{Algorithm, JwkError};

use super::claim_set::ClaimSet;
use crate::keys::Key;

/// The header as JSON: `alg`, `typ`, the name of the key where it has one, and what the command
/// line adds or replaces; not `alg`, which is the key's to say.
///
/// # Errors
/// None that reading the key had not met.
pub(super) fn header(
    algorithm: Algorithm,
    key: &Key,
    more: &[(String, String)],
) -> Result<String, JwkError> {
    let mut header = ClaimSet::default();
    header.set_text("alg", Some(algorithm.name()));
    header.set_text("typ", Some("JWT"));
    header.set_text("kid", key.jwk()?.kid.map(|kid| kid.to_string()).as_deref());
    header.add(more);
    Ok(header.to_json())
}
