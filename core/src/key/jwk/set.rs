//! A set of keys (RFC 7517 §5), searched where it stands.

use super::Jwk;
use super::error::JwkError;
use super::operations::KeyOperation;
use crate::token::Algorithm;
use crate::token::Header;
use crate::token::{Index, Json, Members};

/// A JWK Set of up to 64 KiB. Each key is read when it is looked at, so that one that is wrong, or
/// of a sort that is not known, hides no other; but a set that is no strict JSON is refused whole.
///
/// # Example
/// ```
/// use jwtick_core::{Header, JwkError, JwkSet};
/// let set = JwkSet::parse(
///     br#"{"keys":[{"kty":"AKP"},
///         {"kty":"OKP","crv":"Ed25519","kid":"2","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#,
/// )?;
/// assert_eq!(set.keys().map(|key| key.is_ok()).collect::<Vec<_>>(), [false, true]);
/// let header = Header::parse(br#"{"alg":"EdDSA","kid":"2"}"#).unwrap();
/// assert!(set.candidates(&header).next().unwrap().kid.unwrap() == *"2");
/// let header = Header::parse(br#"{"alg":"EdDSA","kid":"3"}"#).unwrap();
/// assert!(set.candidates(&header).next().is_none());
/// # Ok::<(), JwkError>(())
/// ```
#[derive(Clone, Copy)]
pub struct JwkSet<'a> {
    keys: Json<'a>,
}

impl<'a> JwkSet<'a> {
    /// Reads a set from its JSON text; its keys are read later.
    ///
    /// # Errors
    /// [`JwkError::Json`] if the text is no strict JSON object, [`JwkError::Missing`] and
    /// [`JwkError::Type`] unless it has an array `keys`.
    pub fn parse(text: &'a [u8]) -> Result<Self, JwkError> {
        let mut index = Index::new();
        let members = Members::parse(text, &mut index).map_err(JwkError::Json)?;
        let (name, allowed) = ("keys", "an array");
        let keys = members.get(name).ok_or(JwkError::Missing { name })?;
        match keys.elements() {
            Some(_) => Ok(Self { keys }),
            None => Err(JwkError::Type { name, met: keys.kind(), allowed }),
        }
    }

    /// The keys in their order, each read by itself.
    pub fn keys(&self) -> impl Iterator<Item = Result<Jwk<'a>, JwkError>> + use<'a> {
        self.keys
            .elements()
            .into_iter()
            .flatten()
            .map(|key| Jwk::parse(key.as_written().as_bytes()))
    }

    /// The keys that may verify a token with this header: first those of its `kid`, then those
    /// where either has none. A key of another name is not among them.
    pub fn candidates(&self, header: &Header<'a>) -> impl Iterator<Item = Jwk<'a>> + use<'a> {
        let kid = header.kid;
        let named = self.fitting(header.alg).filter(move |key| key.kid == kid);
        let unnamed = move |key: &Jwk<'a>| key.kid.is_none() != kid.is_none();
        named.chain(self.fitting(header.alg).filter(unnamed))
    }

    fn fitting(&self, algorithm: Algorithm) -> impl Iterator<Item = Jwk<'a>> + use<'a> {
        let fits = move |key: &Jwk<'a>| key.permits(KeyOperation::Verify, algorithm).is_ok();
        self.keys().filter_map(Result::ok).filter(fits)
    }
}
