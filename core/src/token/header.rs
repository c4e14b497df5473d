//! The JOSE header (RFC 7515 §4), limited to what a verifier can trust before it has verified.
//!
//! `jku`, `x5u` and an embedded `jwk` are never followed, because they name the key that the sender
//! prefers (RFC 8725 §3.10). No extension is supported, so a token with a `crit` member is refused
//! (RFC 7515 §4.1.11).

use core::fmt;

use heapless::String;

use super::algorithm::Algorithm;
use super::json::JsonError;
use super::json::{Index, Json, JsonKind, Members};
use super::text::Text;

/// The JOSE header of a token.
///
/// # Example
/// ```
/// use jwtick_core::token::{Algorithm, Header};
/// let header = Header::parse(br#"{"alg":"HS256","typ":"JWT","kid":"7"}"#)?;
/// assert_eq!(header.alg, Algorithm::Hs256);
/// assert!(header.kid.unwrap() == *"7");
/// let refusal = Header::parse(br#"{"alg":"nOnE"}"#).unwrap_err();
/// assert_eq!(refusal.to_string(), "expected `alg` to name a signature algorithm, but found `none`");
/// # Ok::<(), jwtick_core::token::HeaderError>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Header<'a> {
    /// The signature algorithm.
    pub alg: Algorithm,
    /// The type of the token (RFC 7515 §4.1.9).
    pub typ: Option<Text<'a>>,
    /// The type of the payload (RFC 7515 §4.1.10).
    pub cty: Option<Text<'a>>,
    /// The identifier of the signing key (RFC 7515 §4.1.4).
    pub kid: Option<Text<'a>>,
    text: &'a str,
}

impl<'a> Header<'a> {
    /// Parses a decoded header.
    ///
    /// # Errors
    /// [`HeaderError`] if the text is not a strict JSON object; if `alg` is missing, `none` or
    /// unknown; if a member has the wrong type; or if the header requires an extension.
    pub fn parse(text: &'a [u8]) -> Result<Self, HeaderError> {
        Self::parse_with(text, &mut Index::new())
    }

    /// Returns the header of the segment `encoded` if it is one of the most common headers, whose
    /// content is known without decoding.
    pub(crate) fn usual(encoded: &[u8]) -> Option<Self> {
        let [first, second] = &USUAL;
        let text = if encoded == first.0 {
            first.1
        } else if encoded == second.0 {
            second.1
        } else {
            return None;
        };
        let typ = Some(Text::checked("JWT"));
        Some(Self { alg: Algorithm::Hs256, typ, cty: None, kid: None, text })
    }

    pub(crate) fn parse_with(text: &'a [u8], index: &mut Index) -> Result<Self, HeaderError> {
        let members = Members::parse(text, index).map_err(HeaderError::Json)?;
        let (mut alg, mut typ, mut cty, mut kid) = (None, None, None, None);
        for (name, value) in members.iter() {
            match &name.word() {
                b"\0alg" => alg = Some(algorithm(string("alg", value)?)?),
                b"\0typ" => typ = Some(string("typ", value)?),
                b"\0cty" => cty = Some(string("cty", value)?),
                b"\0kid" => kid = Some(string("kid", value)?),
                b"crit" => return Err(critical(value)),
                b"\0b64" => refuse_unencoded(value)?,
                _ => {}
            }
        }
        let alg = alg.ok_or(HeaderError::MissingAlg)?;
        Ok(Self { alg, typ, cty, kid, text: members.as_written() })
    }

    /// The complete JSON text.
    #[must_use]
    pub const fn as_written(&self) -> &'a str {
        self.text
    }
}

/// The number of bytes kept of an unknown algorithm's name.
const ALG_SHOWN: usize = 16;

/// The two orders in which libraries write a header without a `kid`, in base64url and as text.
const USUAL: [(&[u8; 36], &str); 2] = [
    (b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", r#"{"alg":"HS256","typ":"JWT"}"#),
    (b"eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9", r#"{"typ":"JWT","alg":"HS256"}"#),
];

fn algorithm(name: Text<'_>) -> Result<Algorithm, HeaderError> {
    let known = Algorithm::ALL.into_iter().find(|known| name == *known.name());
    known.ok_or_else(|| unknown(name))
}

fn unknown(name: Text<'_>) -> HeaderError {
    if name.word().eq_ignore_ascii_case(b"none") {
        return HeaderError::AlgNone;
    }
    let written = name.as_written();
    let start = (0..=ALG_SHOWN).rev().find_map(|end| written.get(..end));
    HeaderError::UnknownAlg {
        met: start.and_then(|start| start.try_into().ok()).unwrap_or_default(),
    }
}

fn string<'a>(name: &'static str, value: Json<'a>) -> Result<Text<'a>, HeaderError> {
    value.text().ok_or_else(|| wrong(name, value, "a string"))
}

fn refuse_unencoded(b64: Json<'_>) -> Result<(), HeaderError> {
    match b64.as_written() {
        "true" => Ok(()),
        "false" => Err(HeaderError::Unencoded),
        _ => Err(wrong("b64", b64, "a boolean")),
    }
}

// RFC 7515 §4.1.11: an array of names that is never empty. No extension name is known here.
fn critical(crit: Json<'_>) -> HeaderError {
    match crit.kind() {
        JsonKind::Array if crit.as_written().bytes().any(|byte| byte == b'"') => {
            HeaderError::UnknownCrit
        }
        JsonKind::Array => HeaderError::EmptyCrit,
        _ => wrong("crit", crit, "an array of names"),
    }
}

fn wrong(name: &'static str, value: Json<'_>, allowed: &'static str) -> HeaderError {
    HeaderError::Type { name, met: value.kind(), allowed }
}

/// The reason why a header is refused.
///
/// # Example
/// ```
/// use jwtick_core::token::{Header, HeaderError};
/// let refusal = Header::parse(br#"{"alg":"HS256","crit":["exp"],"exp":1}"#).unwrap_err();
/// assert_eq!(refusal, HeaderError::UnknownCrit);
/// assert_eq!(refusal.to_string(), "`crit` requires an extension, but none is supported");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderError {
    /// The text is not a strict JSON object.
    Json(JsonError),
    /// `alg` is missing.
    MissingAlg,
    /// `alg` is `none`, in any spelling (RFC 8725 §3.2).
    AlgNone,
    /// `alg` names an unknown algorithm.
    UnknownAlg {
        /// The name as written, truncated to 16 bytes.
        met: String<ALG_SHOWN>,
    },
    /// A member has another type than RFC 7515 §4.1 requires.
    Type {
        /// The member.
        name: &'static str,
        /// The type found.
        met: JsonKind,
        /// The expected types.
        allowed: &'static str,
    },
    /// `crit` is empty.
    EmptyCrit,
    /// `crit` names an extension; none is supported.
    UnknownCrit,
    /// `b64` is false: the payload is not encoded (RFC 7797).
    Unencoded,
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::MissingAlg => {
                f.write_str("expected `alg` to name an algorithm, but it is missing")
            }
            Self::AlgNone => {
                f.write_str("expected `alg` to name a signature algorithm, but found `none`")
            }
            Self::UnknownAlg { met } => {
                write!(
                    f,
                    "unknown algorithm `{}` in `alg`: expected one of",
                    met.escape_default()
                )?;
                let mut known = Algorithm::ALL.into_iter();
                known.try_for_each(|algorithm| write!(f, " {algorithm}"))
            }
            Self::Type { name, met, allowed } => {
                write!(f, "expected `{name}` to be {allowed}, but found {met}")
            }
            Self::EmptyCrit => {
                f.write_str("expected `crit` to name at least one extension, but it is empty")
            }
            Self::UnknownCrit => f.write_str("`crit` requires an extension, but none is supported"),
            Self::Unencoded => {
                f.write_str("expected `b64` to be true (a base64url payload), but found false")
            }
        }
    }
}

impl core::error::Error for HeaderError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[test]
    fn usual_headers_equal_the_strict_pass() {
        for (encoded, text) in USUAL {
            let usual = Header::usual(encoded).unwrap();
            let read = Header::parse(text.as_bytes()).unwrap();
            assert_eq!(std::format!("{usual:?}"), std::format!("{read:?}"), "{text}");
            assert_eq!(URL_SAFE_NO_PAD.decode(encoded).unwrap(), text.as_bytes());
            assert!(Header::usual(&encoded[1..]).is_none());
        }
    }
}
