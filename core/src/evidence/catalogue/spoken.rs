//! The words in which a product refuses an assertion, for test servers that imitate it.

use crate::judge::Rule;

/// A product whose words are known for more than one reason.
///
/// # Example
/// ```
/// use jwtick_core::evidence::spoken::{Reason, Speaker, refusal};
/// assert_eq!(refusal(Speaker::Adobe, Reason::Expired).words, "JWT has expired");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Speaker {
    /// RFC 7523, in plain words.
    Rfc7523,
    /// Adobe IMS.
    Adobe,
    /// Google OAuth 2.0.
    Google,
    /// Keycloak.
    Keycloak,
    /// Box.
    Box,
    /// Ory Hydra.
    Hydra,
}

impl Speaker {
    /// Every speaker.
    pub const ALL: [Self; 6] =
        [Self::Rfc7523, Self::Adobe, Self::Google, Self::Keycloak, Self::Box, Self::Hydra];
}

/// The objection to an assertion.
///
/// # Example
/// ```
/// use jwtick_core::judge::Rule;
/// use jwtick_core::evidence::spoken::{Reason, Speaker, refusal};
/// let refusal = refusal(Speaker::Keycloak, Reason::Missing(Rule::Exp));
/// assert_eq!(refusal.words, "Token exp claim is required");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is not a token, or its header is refused.
    Malformed,
    /// It is not an access token (RFC 9068 §2.1).
    Kind,
    /// No registered key belongs to its issuer, or none fits its header.
    UnknownKey,
    /// Its signature is invalid.
    Signature,
    /// The claim that the rule requires is missing.
    Missing(Rule),
    /// `exp` has passed.
    Expired,
    /// `nbf` is still in the future.
    NotYet,
    /// `iat` is still in the future.
    Future,
    /// `iat` is too far in the past.
    TooOld,
    /// `exp` is too far in the future.
    TooLong,
    /// Its issuer is not trusted.
    Issuer,
    /// Its subject is not the expected one.
    Subject,
    /// It was made for another audience.
    Audience,
    /// Its `jti` was used before.
    Replayed,
}

/// The error code of an answer.
///
/// # Example
/// ```
/// use jwtick_core::evidence::spoken::{Code, Reason, Speaker, refusal};
/// assert_eq!(refusal(Speaker::Adobe, Reason::Signature).code, Code::InvalidToken);
/// assert_eq!(refusal(Speaker::Google, Reason::Signature).code, Code::Ordinary);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// `invalid_grant`, or `invalid_client` if the assertion was meant to authenticate the client
    /// (RFC 7523 §3.1 and §3.2).
    Ordinary,
    /// `invalid_token`, which RFC 6750 defines for resources only.
    InvalidToken,
}

/// A refusal in the words of a product.
///
/// # Example
/// ```
/// use jwtick_core::evidence::spoken::{Reason, Speaker, refusal};
/// let plain = refusal(Speaker::Rfc7523, Reason::Audience);
/// assert_eq!(plain.words, "Audience validation failed");
/// // The words of Box for an audience are unknown.
/// assert_eq!(refusal(Speaker::Box, Reason::Audience).words, plain.words);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spoken {
    /// The product.
    pub by: Speaker,
    /// The reasons for which the product uses these words.
    pub reasons: &'static [Reason],
    /// The error code that accompanies the words.
    pub code: Code,
    /// The words. `{claim}`, `{audience}`, `{iss}`, `{sub}`, `{exp}`, `{nbf}` and `{iat}` are
    /// placeholders for values of the assertion and the server, and `{fault}` for what makes the
    /// assertion unreadable.
    pub words: &'static str,
}

/// The reasons that apply to any missing claim.
pub(super) const ANY_MISSING: &[Reason] = &{
    let [exp, nbf, iat, age, lifetime, iss, sub, aud, jti] = Rule::ALL;
    [
        Reason::Missing(exp),
        Reason::Missing(nbf),
        Reason::Missing(iat),
        Reason::Missing(age),
        Reason::Missing(lifetime),
        Reason::Missing(iss),
        Reason::Missing(sub),
        Reason::Missing(aud),
        Reason::Missing(jti),
    ]
};

/// Prefixes `$hint` with the sentence that Hydra writes before each of its hints.
macro_rules! hydra {
    ($hint:literal) => {
        concat!(
            "The provided authorization grant (e.g., authorization code, resource owner \
             credentials) or refresh token is invalid, expired, revoked, does not match the \
             redirection URI used in the authorization request, or was issued to another client. ",
            $hint
        )
    };
}

pub(super) use hydra;
