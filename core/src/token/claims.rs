//! The claims set: the registered claims of RFC 7519 §4.1, and any other member by its name.
//!
//! A registered claim that is there must be of its type: a date that is a string, `null` or a
//! boolean is refused by name, since skipping it would turn a token that expires into one that
//! never does.

use core::fmt;

use serde::Deserialize;

use super::audience::Audience;
use super::json::JsonError;
use super::json::ReadError;
use super::json::{Index, Json, JsonKind, Members};
use super::scratch::Scratch;
use super::text::Text;
use crate::judge::Rule;
use crate::time::NumericDate;

/// What a token says. Whether anybody vouches for it, the token's state tells.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token, UnixTime};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIiwiZXhwIjoxLjVlOSwidmVyIjo3fQ.AA";
/// let mut scratch = Scratch::<64>::new();
/// let token = Token::decode(compact, &mut scratch)?; // {"iss":"a","exp":1.5e9,"ver":7}
/// let claims = token.unverified_claims();
/// assert!(claims.iss.unwrap() == *"a");
/// assert_eq!(claims.exp.unwrap().at(), UnixTime::from_secs(1_500_000_000));
/// assert_eq!(claims.claim::<u32>("ver").unwrap(), Some(7));
/// # Ok::<(), jwtick_core::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Claims<'a> {
    /// Who made the token.
    pub iss: Option<Text<'a>>,
    /// Whom it is about.
    pub sub: Option<Text<'a>>,
    /// Whom it is meant for.
    pub aud: Option<Audience<'a>>,
    /// From when on it is dead.
    pub exp: Option<NumericDate>,
    /// From when on it lives.
    pub nbf: Option<NumericDate>,
    /// When it was made.
    pub iat: Option<NumericDate>,
    /// Its own name.
    pub jti: Option<Text<'a>>,
    members: Members<'a, 'a>,
}

impl<'a> Claims<'a> {
    /// `{}`
    pub const EMPTY: Self = Self::of(Members::EMPTY);

    const fn of(members: Members<'a, 'a>) -> Self {
        Self {
            iss: None,
            sub: None,
            aud: None,
            exp: None,
            nbf: None,
            iat: None,
            jti: None,
            members,
        }
    }

    /// Reads a claims set on its own: the strict pass, then the registered claims. The bytes of
    /// `scratch` are not used, so that a [`Scratch<0>`] is enough.
    ///
    /// # Errors
    /// [`ClaimsError::Json`] if the text is no JSON object by the strict rules, and
    /// [`ClaimsError::Type`] if a registered claim is of another type than RFC 7519 says.
    pub fn parse<const N: usize>(
        text: &'a [u8],
        scratch: &'a mut Scratch<N>,
    ) -> Result<Self, ClaimsError> {
        Self::parse_with(text, &mut scratch.index)
    }

    pub(crate) fn parse_with(text: &'a [u8], index: &'a mut Index) -> Result<Self, ClaimsError> {
        let members = Members::parse(text, index).map_err(ClaimsError::Json)?;
        let mut claims = Self::of(members);
        for (name, value) in members.iter() {
            claims.take(name, value)?;
        }
        Ok(claims)
    }

    fn take(&mut self, name: Text<'a>, value: Json<'a>) -> Result<(), ClaimsError> {
        match registered(name) {
            Some(Rule::Iss) => self.iss = Some(string(Rule::Iss, value)?),
            Some(Rule::Sub) => self.sub = Some(string(Rule::Sub, value)?),
            Some(Rule::Jti) => self.jti = Some(string(Rule::Jti, value)?),
            Some(Rule::Aud) => self.aud = Some(audience(value)?),
            Some(Rule::Exp) => self.exp = Some(date(Rule::Exp, value)?),
            Some(Rule::Nbf) => self.nbf = Some(date(Rule::Nbf, value)?),
            Some(Rule::Iat) => self.iat = Some(date(Rule::Iat, value)?),
            Some(Rule::MaxAge | Rule::Lifetime) | None => {}
        }
        Ok(())
    }

    /// Whether the claim of `rule` is there.
    #[must_use]
    pub const fn has(&self, rule: Rule) -> bool {
        match rule {
            Rule::Exp | Rule::Lifetime => self.exp.is_some(),
            Rule::Nbf => self.nbf.is_some(),
            Rule::Iat | Rule::MaxAge => self.iat.is_some(),
            Rule::Iss => self.iss.is_some(),
            Rule::Sub => self.sub.is_some(),
            Rule::Aud => self.aud.is_some(),
            Rule::Jti => self.jti.is_some(),
        }
    }

    /// Any top-level member by its name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.members.get(name)
    }

    /// Reads a top-level member into a type of the caller's; `None` if there is no such member.
    ///
    /// # Errors
    /// [`ReadError`] as for [`Json::read`].
    pub fn claim<T: Deserialize<'a>>(&self, name: &str) -> Result<Option<T>, ReadError> {
        self.get(name).map(Json::read).transpose()
    }

    /// Every top-level member, in the order of the text.
    pub fn members(&self) -> impl Iterator<Item = (Text<'a>, Json<'a>)> + '_ {
        self.members.iter()
    }

    /// The whole JSON text.
    #[must_use]
    pub const fn as_written(&self) -> &'a str {
        self.members.as_written()
    }
}

impl fmt::Debug for Claims<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_written())
    }
}

/// The rule whose claim `name` is (RFC 7519 §4.1).
fn registered(name: Text<'_>) -> Option<Rule> {
    Some(match &name.word() {
        b"\0iss" => Rule::Iss,
        b"\0sub" => Rule::Sub,
        b"\0aud" => Rule::Aud,
        b"\0exp" => Rule::Exp,
        b"\0nbf" => Rule::Nbf,
        b"\0iat" => Rule::Iat,
        b"\0jti" => Rule::Jti,
        _ => return None,
    })
}

fn string(rule: Rule, value: Json<'_>) -> Result<Text<'_>, ClaimsError> {
    value.text().ok_or_else(|| wrong(rule, value, "a string"))
}

fn audience(value: Json<'_>) -> Result<Audience<'_>, ClaimsError> {
    Audience::of(value).ok_or_else(|| wrong(Rule::Aud, value, "a string or an array of strings"))
}

fn date(rule: Rule, value: Json<'_>) -> Result<NumericDate, ClaimsError> {
    match value.kind() {
        JsonKind::Number => Ok(NumericDate::of_number(value.as_written())),
        _ => Err(wrong(rule, value, "a number")),
    }
}

fn wrong(rule: Rule, value: Json<'_>, allowed: &'static str) -> ClaimsError {
    ClaimsError::Type { rule, met: value.kind(), allowed }
}

/// A claims set that is refused.
///
/// # Example
/// ```
/// use jwtick_core::{Claims, Scratch};
/// let mut scratch = Scratch::<0>::new();
/// let refusal = Claims::parse(br#"{"exp":"tomorrow"}"#, &mut scratch).unwrap_err();
/// assert_eq!(refusal.to_string(), "expected `exp` to be a number, but found a string");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimsError {
    /// The text is no JSON object by the strict rules.
    Json(JsonError),
    /// A registered claim is of another type than RFC 7519 §4.1 says.
    Type {
        /// The rule whose claim it is.
        rule: Rule,
        /// What the claim is.
        met: JsonKind,
        /// What it may be.
        allowed: &'static str,
    },
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Type { rule, met, allowed } => {
                write!(f, "expected `{}` to be {allowed}, but found {met}", rule.claim())
            }
        }
    }
}

impl core::error::Error for ClaimsError {}
