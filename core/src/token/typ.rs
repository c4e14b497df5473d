//! The kind of a token: the header's `typ` (RFC 7515 §4.1.9), and the kinds that a recipient accepts.
//!
//! A kind of token with rules of its own names itself in `typ`, so that it cannot pass for another
//! kind (RFC 8725 §3.11): a proof of possession (`dpop+jwt`, RFC 9449), a logout token (`logout+jwt`)
//! or a security event (`secevent+jwt`, RFC 8417) grants no access, even if its signature, audience and
//! times are right. [`Token::judge`](crate::Token::judge) judges claims only. A caller whose issuer makes
//! several kinds of tokens checks the kind, too; on a device with one issuer, the check would take flash.

use core::fmt;

use super::header::Header;
use super::text::Text;

/// The ending of the names of kinds that have rules of their own (RFC 8417 §7.2, RFC 8725 §3.11).
const SUFFIX: &[u8] = b"+jwt";

/// Access tokens (RFC 9068 §2.1) have that ending, too, but are what most recipients expect.
const USUAL: &[u8] = b"at+jwt";

impl Header<'_> {
    /// Returns whether `typ` is `name`. Both are media types (RFC 7515 §4.1.9): case does not matter,
    /// and `application/` may be left out. A `typ` with an escape equals no name.
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
        let typ = self.typ.and_then(Text::as_str);
        typ.is_some_and(|typ| short(typ).eq_ignore_ascii_case(short(name)))
    }

    /// Checks the kind of the token. If `named` lists kinds, `typ` must be one of them. Otherwise it may
    /// be missing or name any kind, except one that is made for one purpose: all that end in `+jwt` but
    /// `at+jwt`. A `typ` with an escape could hide one, so it must be named, too.
    ///
    /// # Errors
    /// [`TypeError`] if the token is of another kind.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::token::{Header, TypeError};
    /// let header = Header::parse(br#"{"alg":"HS256","typ":"dpop+jwt"}"#)?;
    /// assert_eq!(header.check_type(None), Err(TypeError::Special));
    /// assert!(header.check_type(Some(&["dpop+jwt"])).is_ok());
    /// # Ok::<(), jwtick_core::token::HeaderError>(())
    /// ```
    pub fn check_type(&self, named: Option<&[&str]>) -> Result<(), TypeError> {
        let Some(named) = named else {
            return if self.typ.is_some_and(is_special) { Err(TypeError::Special) } else { Ok(()) };
        };
        match self.typ {
            Some(_) if named.iter().any(|name| self.is_of_type(name)) => Ok(()),
            Some(_) => Err(TypeError::Other),
            None => Err(TypeError::Missing),
        }
    }
}

fn is_special(typ: Text<'_>) -> bool {
    let Some(typ) = typ.as_str() else { return true };
    let typ = short(typ).as_bytes();
    let ending = typ.len().checked_sub(SUFFIX.len()).and_then(|start| typ.get(start..));
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(SUFFIX))
        && !typ.eq_ignore_ascii_case(USUAL)
}

/// A media type without `application/`.
fn short(name: &str) -> &str {
    const PREFIX: &str = "application/";
    match name.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => name,
    }
}

/// The reason why a token is of the wrong kind.
///
/// # Example
/// ```
/// use jwtick_core::token::Header;
/// let header = Header::parse(br#"{"alg":"HS256","typ":"JWT"}"#)?;
/// let refusal = header.check_type(Some(&["at+jwt"])).unwrap_err();
/// assert_eq!(refusal.to_string(), "`typ` names none of the expected kinds of token");
/// # Ok::<(), jwtick_core::token::HeaderError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TypeError {
    /// Kinds are named, but the token has no `typ`.
    Missing,
    /// The token is of none of the named kinds.
    Other,
    /// The token is made for one purpose, and its kind is not named.
    Special,
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "expected `typ` to name the kind of token, but it is missing",
            Self::Other => "`typ` names none of the expected kinds of token",
            Self::Special => "`typ` names a kind of token that is made for one purpose",
        })
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
            let met = checked.err().map(|error| format!("{error:?}")).unwrap_or_default();
            assert_eq!(met, refusal, "{typ} {named:?}");
        }
    }
}
