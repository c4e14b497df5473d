//! The kind of a token: the header's `typ` (RFC 7515 §4.1.9), and the kinds that a recipient accepts.
//!
//! A kind of token with rules of its own names itself in `typ`, so that it cannot pass for another
//! kind (RFC 8725 §3.11): a proof of possession (`dpop+jwt`, RFC 9449), a logout token (`logout+jwt`)
//! or a security event (`secevent+jwt`, RFC 8417) grants no access, even if its signature, audience and
//! times are right.

use core::fmt;

use heapless::String;

use super::header::Header;
use super::text::Text;

/// The number of bytes kept of a `typ`.
const SHOWN: usize = 32;

/// The ending of the names of kinds that have rules of their own (RFC 8417 §7.2, RFC 8725 §3.11).
const SUFFIX: &str = "+jwt";

/// Access tokens (RFC 9068 §2.1) have that ending, too, but are what most recipients expect.
const USUAL: &str = "at+jwt";

impl Header<'_> {
    /// Returns whether `typ` is `name`. Both are media types (RFC 7515 §4.1.9): case does not matter,
    /// and `application/` may be left out.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::token::Header;
    /// let header = Header::parse(br#"{"alg":"HS256","typ":"application/AT+JWT"}"#)?;
    /// assert!(header.is_of_type("at+jwt") && !header.is_of_type("JWT"));
    /// # Ok::<(), jwtick_core::token::HeaderError>(())
    /// ```
    #[must_use]
    pub fn is_of_type(&self, name: &str) -> bool {
        let name = name.chars().map(|character| character.to_ascii_lowercase());
        self.typ.is_some_and(|typ| short(typ).eq(without_application(name)))
    }

    /// Checks the kind of the token. If `named` lists kinds, `typ` must be one of them. Otherwise it may
    /// be missing or name any kind, except one that is made for one purpose: all that end in `+jwt` but
    /// `at+jwt`.
    ///
    /// # Errors
    /// [`TypeError`] if the token is of another kind.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::token::{Header, TypeError};
    /// let header = Header::parse(br#"{"alg":"HS256","typ":"dpop+jwt"}"#)?;
    /// let refusal = header.check_type(None).unwrap_err();
    /// assert_eq!(refusal, TypeError::Special { met: "dpop+jwt".try_into().unwrap() });
    /// assert!(header.check_type(Some(&["dpop+jwt"])).is_ok());
    /// # Ok::<(), jwtick_core::token::HeaderError>(())
    /// ```
    pub fn check_type(&self, named: Option<&[&str]>) -> Result<(), TypeError> {
        match (named, self.typ) {
            (Some(named), Some(_)) if named.iter().any(|name| self.is_of_type(name)) => Ok(()),
            (Some(_), Some(typ)) => Err(TypeError::Other { met: cut(typ) }),
            (Some(_), None) => Err(TypeError::Missing),
            (None, Some(typ)) if is_special(typ) => Err(TypeError::Special { met: cut(typ) }),
            (None, _) => Ok(()),
        }
    }
}

fn is_special(typ: Text<'_>) -> bool {
    let length = short(typ).count();
    let ending = short(typ).skip(length.saturating_sub(SUFFIX.len()));
    ending.eq(SUFFIX.chars()) && !short(typ).eq(USUAL.chars())
}

/// The characters of a media type in lower case, without `application/`.
fn short(typ: Text<'_>) -> impl Iterator<Item = char> + Clone + '_ {
    without_application(typ.chars().map(|character| character.to_ascii_lowercase()))
}

fn without_application(
    name: impl Iterator<Item = char> + Clone,
) -> impl Iterator<Item = char> + Clone {
    const PREFIX: &str = "application/";
    let prefixed = name.clone().take(PREFIX.len()).eq(PREFIX.chars());
    name.skip(if prefixed { PREFIX.len() } else { 0 })
}

fn cut(typ: Text<'_>) -> String<SHOWN> {
    let mut met = String::new();
    let _ = typ.chars().try_for_each(|character| met.push(character));
    met
}

/// The reason why a token is of the wrong kind.
///
/// # Example
/// ```
/// use jwtick_core::token::Header;
/// let header = Header::parse(br#"{"alg":"HS256","typ":"JWT"}"#)?;
/// let refusal = header.check_type(Some(&["at+jwt"])).unwrap_err();
/// assert_eq!(refusal.to_string(), "`typ` is `JWT`, which is none of the expected kinds of token");
/// # Ok::<(), jwtick_core::token::HeaderError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeError {
    /// Kinds are named, but the token has no `typ`.
    Missing,
    /// The token is of none of the named kinds.
    Other {
        /// The `typ`, truncated to 32 bytes.
        met: String<SHOWN>,
    },
    /// The token is made for one purpose, and its kind is not named.
    Special {
        /// The `typ`, truncated to 32 bytes.
        met: String<SHOWN>,
    },
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => {
                f.write_str("expected `typ` to name the kind of token, but it is missing")
            }
            Self::Other { met } => {
                let met = met.escape_default();
                write!(f, "`typ` is `{met}`, which is none of the expected kinds of token")
            }
            Self::Special { met } => {
                let met = met.escape_default();
                write!(f, "`typ` is `{met}`, a kind of token that is made for one purpose")
            }
        }
    }
}

impl core::error::Error for TypeError {}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use super::*;

    /// A `typ` in JSON, the named kinds, and the kind of refusal.
    type Row = (&'static str, Option<&'static [&'static str]>, &'static str);

    const ROWS: &[Row] = &[
        ("", None, ""),
        (r#""JWT""#, None, ""),
        (r#""at+jwt""#, None, ""),
        (r#""application/at+jwt""#, None, ""),
        (r#""anything""#, None, ""),
        (r#""jwt+x""#, None, ""),
        (r#""dpop+jwt""#, None, "Special"),
        (r#""DPoP+JWT""#, None, "Special"),
        (r#""dpop\u002bjwt""#, None, "Special"),
        (r#""application/logout+jwt""#, None, "Special"),
        (r#""secevent+jwt""#, None, "Special"),
        (r#""oauth-authz-req+jwt""#, None, "Special"),
        (r#""+jwt""#, None, "Special"),
        (r#""x-at+jwt""#, None, "Special"),
        ("", Some(&["at+jwt"]), "Missing"),
        ("", Some(&[]), "Missing"),
        (r#""JWT""#, Some(&["at+jwt"]), "Other"),
        (r#""JWT""#, Some(&["at+jwt", "jwt"]), ""),
        (r#""at+jwt""#, Some(&["application/at+jwt"]), ""),
        (r#""application/at+jwt""#, Some(&["at+jwt"]), ""),
        (r#""example/at+jwt""#, Some(&["at+jwt"]), "Other"),
        (r#""at+jwtx""#, Some(&["at+jwt"]), "Other"),
        (r#""dpop+jwt""#, Some(&["at+jwt"]), "Other"),
        (r#""dpop+jwt""#, Some(&["DPOP+jwt"]), ""),
        (r#""JWT""#, Some(&[]), "Other"),
    ];

    #[test]
    fn kinds_with_a_purpose_must_be_named() {
        for &(typ, named, refusal) in ROWS {
            let member = if typ.is_empty() { String::new() } else { format!(r#","typ":{typ}"#) };
            let text = format!(r#"{{"alg":"HS256"{member}}}"#);
            let checked = Header::parse(text.as_bytes()).unwrap().check_type(named);
            let met = checked.err().map(|error| match error {
                TypeError::Missing => "Missing",
                TypeError::Other { .. } => "Other",
                TypeError::Special { .. } => "Special",
            });
            assert_eq!(met.unwrap_or_default(), refusal, "{typ} {named:?}");
        }
    }
}
