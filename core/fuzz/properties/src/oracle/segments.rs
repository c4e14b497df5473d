//! The compact form, split and decoded without the core.

use base64ct::{Base64UrlUnpadded, Encoding};

/// The three segments of a compact JWS.
pub(crate) struct Segments {
    /// Header and payload segment, with the dot between them.
    pub(crate) signing_input: String,
    pub(crate) header: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Segments {
    /// Returns `None` unless there are three segments, each in canonical base64url.
    pub(crate) fn of(compact: &[u8]) -> Option<Self> {
        let compact = core::str::from_utf8(compact).ok()?;
        let (signing_input, signature) = compact.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        Some(Self {
            signing_input: signing_input.to_owned(),
            header: decode(header)?,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// The same with another signature.
    pub(crate) fn signed_with(&self, signature: &[u8]) -> String {
        format!("{}.{}", self.signing_input, Base64UrlUnpadded::encode_string(signature))
    }
}

/// Decodes canonical base64url, or returns `None`.
pub(crate) fn decode(encoded: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(encoded).ok()
}
