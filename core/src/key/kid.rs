//! The choice of keys by a token's `kid`.

use crate::token::Text;

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
/// `kid` but another algorithm is not replaced by a key without a `kid`.
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
pub fn by_kid<'k, K>(
    keys: impl Iterator<Item = K> + Clone,
    kid: Option<Text<'k>>,
    kid_of: impl Fn(&K) -> Option<Text<'k>>,
) -> impl Iterator<Item = K> {
    let named = kid.is_some() && keys.clone().any(|key| kid_of(&key) == kid);
    let wanted = if named { kid } else { None };
    keys.filter(move |key| kid.is_none() || kid_of(key) == wanted)
}
