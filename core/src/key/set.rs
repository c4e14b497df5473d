//! A JWK Set (RFC 7517 §5), searched in place, and the choice of keys by a token's `kid`.

use core::fmt;

use heapless::String;

use super::jwk::{Jwk, JwkError, KeyOperation, cut};
use crate::token::{
    Algorithm, Header, Index, InvalidSignature, Json, Members, Text, Token, Verified, VerifyError,
};

/// A JWK Set of up to 64 KiB. Each key is parsed when it is needed, so an invalid or unknown key
/// does not hide the others. A set that is not strict JSON is refused as a whole.
///
/// # Example
/// ```
/// use jwtick_core::key::{JwkError, JwkSet};
/// use jwtick_core::token::Header;
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
    /// Parses a set from its JSON text. Its keys are parsed later.
    ///
    /// # Errors
    /// [`JwkError::Json`] if the text is not a strict JSON object; [`JwkError::Missing`] or
    /// [`JwkError::Type`] if it has no array `keys`.
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

    /// The keys in their order, each parsed on its own.
    pub fn keys(&self) -> impl Iterator<Item = Result<Jwk<'a>, JwkError>> + use<'a> {
        self.keys
            .elements()
            .into_iter()
            .flatten()
            .map(|key| Jwk::parse(key.as_written().as_bytes()))
    }

    /// The keys that may verify a token with this header, in their order: those that [`by_kid`]
    /// selects and that suit its algorithm.
    pub fn candidates(&self, header: &Header<'a>) -> impl Iterator<Item = Jwk<'a>> + use<'a> {
        let algorithm = header.alg;
        self.named(header.kid)
            .filter(move |key| key.permits(KeyOperation::Verify, algorithm).is_ok())
    }

    /// Selects the keys that may have signed `token` by its `kid` and algorithm, and checks the
    /// signature with each until one matches.
    ///
    /// # Errors
    /// - [`JwkSetError::UnknownKid`] if [`by_kid`] selects none of the keys.
    /// - [`JwkSetError::NoKeyFor`] if none of the selected keys suits the token's algorithm.
    /// - [`JwkSetError::Key`] if none of the suitable keys can be used, with the reason for the
    ///   first.
    /// - [`JwkSetError::Signature`] if the signature matches none of them.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::{Scratch, Token};
    /// use jwtick_core::key::{JwkSet, JwkSetError};
    /// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE0ODgzMDcxOTF9.\
    /// # RbwpqIM1m3pqhT2CHHEt7jSTcOUShM0vgab_SCzRgvM";
    /// let set = JwkSet::parse(
    ///     br#"{"keys":[{"kty":"oct","k":"YSBzZWNyZXQgb2YgYXQgbGVhc3QgdGhpcnR5LXR3byBieXRlcw"}]}"#,
    /// )?;
    /// let mut scratch = Scratch::<128>::new();
    /// let token = set.verify(Token::decode(compact, &mut scratch)?)?;
    /// assert!(token.claims().exp.is_some());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn verify<'t>(&self, token: Token<'t>) -> Result<Token<'t, Verified>, JwkSetError> {
        let (algorithm, kid) = (token.header().alg, token.header().kid);
        let mut met = kid.map_or(Met::Unsuited, Met::UnknownKid);
        for key in self.named(kid) {
            let verified = key.verifier(algorithm).map(|key| token.clone().verify(&key));
            met = match (verified, met) {
                (Ok(Ok(token)), _) => return Ok(token),
                (Ok(Err(VerifyError::Signature(error))), _) => Met::Signature(error),
                (_, met @ (Met::Signature(_) | Met::Key(_))) => met,
                // These keys are in memory, and always answer.
                (Ok(Err(VerifyError::Algorithm { .. } | VerifyError::Unanswered)), _)
                | (Err(JwkError::Unsuited { .. } | JwkError::OtherAlgorithm { .. }), _) => {
                    Met::Unsuited
                }
                (Err(error), _) => Met::Key(error),
            };
        }
        Err(match met {
            Met::UnknownKid(kid) => JwkSetError::UnknownKid { met: cut(kid) },
            Met::Unsuited => JwkSetError::NoKeyFor { algorithm },
            Met::Key(error) => JwkSetError::Key(error),
            Met::Signature(error) => JwkSetError::Signature(error),
        })
    }

    fn named<'k>(&self, kid: Option<Text<'k>>) -> impl Iterator<Item = Jwk<'k>> + use<'k>
    where
        'a: 'k,
    {
        let set: JwkSet<'k> = *self;
        let keys = set.keys.elements().into_iter().flatten();
        let read = |key: Json<'k>| Jwk::parse(key.as_written().as_bytes()).ok();
        by_kid(keys.filter_map(read), kid, |key: &Jwk<'k>| key.kid)
    }
}

/// The stage that the search for a key has reached.
enum Met<'t> {
    UnknownKid(Text<'t>),
    Unsuited,
    Key(JwkError),
    Signature(InvalidSignature),
}

/// The reason why no key of a set verifies a token.
///
/// # Example
/// ```
/// use jwtick_core::key::JwkSetError;
/// use jwtick_core::token::Algorithm;
/// let refusal = JwkSetError::NoKeyFor { algorithm: Algorithm::Rs256 };
/// assert_eq!(refusal.to_string(), "expected a key for RS256 in the JWK Set, but found none");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwkSetError {
    /// No key has the token's `kid`, and all keys have one.
    UnknownKid {
        /// The token's `kid`, truncated to 16 bytes.
        met: String<16>,
    },
    /// No key that the `kid` allows suits the token's algorithm.
    NoKeyFor {
        /// The token's algorithm.
        algorithm: Algorithm,
    },
    /// The key for the algorithm cannot be used.
    Key(JwkError),
    /// The signature matches none of the keys that the `kid` and the algorithm allow.
    Signature(InvalidSignature),
}

impl fmt::Display for JwkSetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKid { met } => {
                let met = met.escape_default();
                write!(f, "expected a key with the kid `{met}` in the JWK Set, but found none")
            }
            Self::NoKeyFor { algorithm } => {
                write!(f, "expected a key for {algorithm} in the JWK Set, but found none")
            }
            Self::Key(error) => error.fmt(f),
            Self::Signature(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for JwkSetError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Key(error) => Some(error),
            Self::Signature(error) => Some(error),
            Self::UnknownKid { .. } | Self::NoKeyFor { .. } => None,
        }
    }
}

/// Selects the keys of a set that may have signed a token whose header has `kid`:
///
/// - Without a `kid` in the header, every key (RFC 7515 §4.1.4: `kid` is optional, and a hint).
/// - With a `kid`, the keys that have the same one, compared byte for byte. There may be several,
///   of different types (RFC 7517 §4.5). A key without a `kid` is then not tried, because the set
///   contains the key that the signer named.
/// - If no key has that `kid`, the keys without one, since any of them may be the key that is
///   named.
///
/// A key with another `kid` is never tried. The rule compares names only: a key with the right
/// `kid` but another algorithm is not replaced by a key without a `kid`. `T` is any form of a `kid`
/// that compares so: the [`Text`] of a header and of a JWK, or what a caller has stored of them.
///
/// # Example
/// ```
/// use jwtick_core::key::by_kid;
/// use jwtick_core::token::Header;
/// let header = Header::parse(br#"{"alg":"HS256","kid":"2"}"#)?;
/// let names = [r#"{"alg":"HS256","kid":"1"}"#, r#"{"alg":"HS256"}"#, r#"{"alg":"HS256","kid":"2"}"#];
/// let keys: Vec<_> = names.iter().map(|text| Header::parse(text.as_bytes())).collect::<Result<_, _>>()?;
/// let tried: Vec<_> = by_kid(keys.iter(), header.kid, |key| key.kid).collect();
/// assert!(tried.len() == 1 && tried[0].kid == header.kid);
/// # Ok::<(), jwtick_core::token::HeaderError>(())
/// ```
pub fn by_kid<K, T: Copy + PartialEq>(
    keys: impl Iterator<Item = K> + Clone,
    kid: Option<T>,
    kid_of: impl Fn(&K) -> Option<T>,
) -> impl Iterator<Item = K> {
    let named = kid.is_some() && keys.clone().any(|key| kid_of(&key) == kid);
    let wanted = if named { kid } else { None };
    keys.filter(move |key| kid.is_none() || kid_of(key) == wanted)
}
