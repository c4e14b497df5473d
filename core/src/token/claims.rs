//! The claims set: the registered claims of RFC 7519 §4.1, and any other member by name.
//!
//! A registered claim must have its type. A date that is a string, `null` or a boolean is refused
//! by name: skipping it would turn a token that expires into one that never does.
//! never does.

use core::fmt;

use serde::Deserialize;

use super::claim::{Audience, Claim};
use super::json::{Index, Json, JsonError, JsonKind, Members, ReadError};
use super::scratch::Scratch;
use super::text::Text;
use crate::time::NumericDate;

/// The claims set of a token. The state of the token shows whether its signature was checked.
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
/// # Ok::<(), jwtick_core::token::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Claims<'a> {
    /// The issuer of the token.
    pub iss: Option<Text<'a>>,
    /// The subject of the token.
    pub sub: Option<Text<'a>>,
    /// The recipients of the token.
    pub aud: Option<Audience<'a>>,
    /// The token is invalid from this instant on.
    pub exp: Option<NumericDate>,
    /// The token is invalid before this instant.
    pub nbf: Option<NumericDate>,
    /// The time at which the token was issued.
    pub iat: Option<NumericDate>,
    /// The identifier of the token.
    pub jti: Option<Text<'a>>,
    members: Members<'a, 'a>,
}

impl<'a> Claims<'a> {
    /// The empty claims set, `{}`.
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

    /// Parses a claims set on its own: the strict pass, then the registered claims. The bytes of
    /// `scratch` are not used, so a [`Scratch<0>`] is enough.
    ///
    /// # Errors
    /// [`ClaimsError::Json`] if the text is not a strict JSON object, and [`ClaimsError::Type`] if
    /// a registered claim has another type than RFC 7519 requires.
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
            Some(Claim::Iss) => self.iss = Some(string(Claim::Iss, value)?),
            Some(Claim::Sub) => self.sub = Some(string(Claim::Sub, value)?),
            Some(Claim::Jti) => self.jti = Some(string(Claim::Jti, value)?),
            Some(Claim::Aud) => self.aud = Some(audience(value)?),
            Some(Claim::Exp) => self.exp = Some(date(Claim::Exp, value)?),
            Some(Claim::Nbf) => self.nbf = Some(date(Claim::Nbf, value)?),
            Some(Claim::Iat) => self.iat = Some(date(Claim::Iat, value)?),
            None => {}
        }
        Ok(())
    }

    /// Returns whether the claims set has `claim`.
    #[must_use]
    pub const fn has(&self, claim: Claim) -> bool {
        match claim {
            Claim::Exp => self.exp.is_some(),
            Claim::Nbf => self.nbf.is_some(),
            Claim::Iat => self.iat.is_some(),
            Claim::Iss => self.iss.is_some(),
            Claim::Sub => self.sub.is_some(),
            Claim::Aud => self.aud.is_some(),
            Claim::Jti => self.jti.is_some(),
        }
    }

    /// A top-level member, by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.members.get(name)
    }

    /// Reads a top-level member into a type of your choice; `None` if there is no such member.
    ///
    /// # Errors
    /// The [`ReadError`] of [`Json::read`].
    pub fn claim<T: Deserialize<'a>>(&self, name: &str) -> Result<Option<T>, ReadError> {
        self.get(name).map(Json::read).transpose()
    }

    /// Reads the whole claims set into a type of your choice.
    ///
    /// Strings with escapes are unescaped in a buffer, so read them into types that own their text.
    /// A `&str` can only borrow a string without escapes.
    ///
    /// # Errors
    /// The [`ReadError`] of [`Json::read`]. Its fault is [`ReadFault::Borrowed`] if the type
    /// borrows a string with escapes as `&str`.
    ///
    /// # Example
    /// ```
    /// use jwtick_core::Scratch;
    /// use jwtick_core::token::Claims;
    /// #[derive(serde::Deserialize)]
    /// struct Session<'a> {
    ///     sub: &'a str,
    ///     admin: bool,
    /// }
    /// let mut scratch = Scratch::<0>::new();
    /// let claims = Claims::parse(br#"{"sub":"ann","admin":true,"exp":1500000000}"#, &mut scratch)?;
    /// let session: Session<'_> = claims.read()?;
    /// assert_eq!((session.sub, session.admin), ("ann", true));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// [`ReadFault::Borrowed`]: super::ReadFault::Borrowed
    pub fn read<T: Deserialize<'a>>(&self) -> Result<T, ReadError> {
        self.members.json().read()
    }

    /// All top-level members, in the order of the text.
    pub fn members(&self) -> impl Iterator<Item = (Text<'a>, Json<'a>)> + '_ {
        self.members.iter()
    }

    /// The complete JSON text.
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

/// Returns the registered claim with this name (RFC 7519 §4.1).
fn registered(name: Text<'_>) -> Option<Claim> {
    Some(match &name.word() {
        b"\0iss" => Claim::Iss,
        b"\0sub" => Claim::Sub,
        b"\0aud" => Claim::Aud,
        b"\0exp" => Claim::Exp,
        b"\0nbf" => Claim::Nbf,
        b"\0iat" => Claim::Iat,
        b"\0jti" => Claim::Jti,
        _ => return None,
    })
}

fn string(claim: Claim, value: Json<'_>) -> Result<Text<'_>, ClaimsError> {
    value.text().ok_or_else(|| wrong(claim, value, "a string"))
}

fn audience(value: Json<'_>) -> Result<Audience<'_>, ClaimsError> {
    Audience::of(value).ok_or_else(|| wrong(Claim::Aud, value, "a string or an array of strings"))
}

fn date(claim: Claim, value: Json<'_>) -> Result<NumericDate, ClaimsError> {
    match value.kind() {
        JsonKind::Number => Ok(NumericDate::of_number(value.as_written())),
        _ => Err(wrong(claim, value, "a number")),
    }
}

fn wrong(claim: Claim, value: Json<'_>, allowed: &'static str) -> ClaimsError {
    ClaimsError::Type { claim, met: value.kind(), allowed }
}

/// The reason why a claims set is refused.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::Claims;
/// let mut scratch = Scratch::<0>::new();
/// let refusal = Claims::parse(br#"{"exp":"tomorrow"}"#, &mut scratch).unwrap_err();
/// assert_eq!(refusal.to_string(), "expected `exp` to be a number, but found a string");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimsError {
    /// The text is not a strict JSON object.
    Json(JsonError),
    /// A registered claim has another type than RFC 7519 §4.1 requires.
    Type {
        /// The claim.
        claim: Claim,
        /// The type found.
        met: JsonKind,
        /// The expected types.
        allowed: &'static str,
    },
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Type { claim, met, allowed } => {
                write!(f, "expected `{claim}` to be {allowed}, but found {met}")
            }
        }
    }
}

impl core::error::Error for ClaimsError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            Self::Type { .. } => None,
        }
    }
}
