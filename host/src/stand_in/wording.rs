//! How real products word a refusal: facts for tests of what has to be recognised, with the source
//! of each. What a product says about a reason that is not in its table is not known here, and is
//! said in the plain words of the RFCs.

mod fill;

use jwtick_core::Rule;

pub(crate) use fill::filled;

use super::reason::Reason::{
    self, Audience, Expired, Future, Issuer, Kind, Malformed, Missing, NotYet, Replayed, Signature,
    Subject, TooLong, TooOld, UnknownKey,
};

/// Whose words are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Wording {
    /// RFC 7523, in plain words
    #[default]
    Rfc,
    /// Adobe IMS
    Adobe,
    /// Google OAuth 2.0
    Google,
    /// Keycloak
    Keycloak,
    /// Box
    Box,
    /// Ory Hydra
    Hydra,
}

/// The code of an answer, where a product differs from RFC 7523 §3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// `invalid_grant`, or `invalid_client` where the assertion was to authenticate.
    Ordinary,
    /// `invalid_token`, which RFC 6750 has for resources only.
    InvalidToken,
}

/// One wording. `{claim}`, `{audience}`, `{iss}`, `{sub}`, `{exp}`, `{nbf}` and `{iat}` stand for
/// values of the assertion and of the server, `{fault}` for what makes it unreadable.
#[derive(Debug)]
pub(crate) struct Row {
    reason: Reason,
    pub(crate) code: Code,
    pub(crate) words: &'static str,
    /// Where the words were seen.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers of the table, and its test"))]
    source: &'static str,
}

const fn row(reason: Reason, words: &'static str, source: &'static str) -> Row {
    Row { reason, code: Code::Ordinary, words, source }
}

const fn invalid_token(reason: Reason, words: &'static str, source: &'static str) -> Row {
    Row { reason, code: Code::InvalidToken, words, source }
}

impl Wording {
    /// What is said about `reason`.
    pub(crate) fn row(self, reason: Reason) -> &'static Row {
        let fits = |row: &&Row| row.reason == reason;
        let own = self.table().iter().find(fits);
        own.or_else(|| RFC.iter().find(fits)).unwrap_or(&ANY_MISSING)
    }

    const fn table(self) -> &'static [Row] {
        match self {
            Self::Rfc => RFC,
            Self::Adobe => ADOBE,
            Self::Google => GOOGLE,
            Self::Keycloak => KEYCLOAK,
            Self::Box => BOX,
            Self::Hydra => HYDRA,
        }
    }
}

/// Any claim that has no row of its own.
static ANY_MISSING: Row =
    row(Missing(Rule::Jti), "the assertion has no '{claim}' claim", "RFC 7523 section 3");

const RFC: &[Row] = &[
    row(Kind, "the assertion is not of the type at+jwt", "RFC 9068 section 4"),
    row(Malformed, "the assertion is not a valid JWT: {fault}", "RFC 7523 section 3"),
    row(
        UnknownKey,
        "no key is known for the issuer of the assertion",
        "RFC 7523 section 3, item 9",
    ),
    row(Signature, "the signature of the assertion is invalid", "RFC 7523 section 3, item 9"),
    row(Expired, "the assertion has expired", "RFC 7523 section 3, item 4"),
    row(
        NotYet,
        "the assertion must not be accepted before its 'nbf' claim",
        "RFC 7523 section 3, item 5",
    ),
    row(Future, "the assertion was issued in the future", "RFC 7523 section 3, item 6"),
    row(TooOld, "the 'iat' claim is unreasonably far in the past", "RFC 7523 section 3, item 6"),
    row(TooLong, "the 'exp' claim is unreasonably far in the future", "RFC 7523 section 3, item 4"),
    row(Issuer, "the issuer of the assertion is not trusted", "RFC 7523 section 3, item 1"),
    row(Subject, "the subject of the assertion is not the client", "RFC 7523 section 3, item 2"),
    row(Audience, "Audience validation failed", "RFC 7521 section 4.1.1"),
    row(Replayed, "the assertion has been used before", "RFC 7523 section 3, item 7"),
];

const ADOBE: &[Row] = &[
    row(Expired, "JWT has expired", "article KA-10565, in fixtures/logs"),
    invalid_token(
        Malformed,
        "JWT token is incorrectly formatted, and can not be decoded.",
        "answers of Adobe IMS in support threads",
    ),
    invalid_token(
        Signature,
        "Could not match JWT signature to any of the bindings",
        "tests of Adobe's client for Adobe Document Services",
    ),
    invalid_token(
        UnknownKey,
        "Could not match JWT signature to any of the bindings",
        "ServiceNow KB1446558: a certificate that is not bound",
    ),
];

const GOOGLE_TIME: &str = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a \
    reasonable timeframe. Check your iat and exp values in the JWT claim.";
const GOOGLE_TIME_SOURCE: &str = "fixtures/cases/16-google-assertion-half-hour-ahead.http";

const GOOGLE: &[Row] = &[
    row(Expired, GOOGLE_TIME, GOOGLE_TIME_SOURCE),
    row(NotYet, GOOGLE_TIME, GOOGLE_TIME_SOURCE),
    row(Future, GOOGLE_TIME, GOOGLE_TIME_SOURCE),
    row(TooOld, GOOGLE_TIME, GOOGLE_TIME_SOURCE),
    row(TooLong, GOOGLE_TIME, GOOGLE_TIME_SOURCE),
    row(Signature, "Invalid JWT Signature.", "answers of Google in support threads"),
    row(
        UnknownKey,
        "Invalid JWT: No valid verifier found for issuer.",
        "answers of Google quoted in Apache Beam and GAM",
    ),
    row(
        Audience,
        "Invalid JWT: Failed audience check. The right audience is {audience}",
        "answers of Google in support threads",
    ),
];

const KEYCLOAK_SOURCE: &str =
    "Keycloak, AbstractBaseJWTValidator and JWTAuthorizationGrantValidator";

const KEYCLOAK: &[Row] = &[
    row(Expired, "Token is not active", KEYCLOAK_SOURCE),
    row(NotYet, "Token is not active", KEYCLOAK_SOURCE),
    row(Future, "Token was issued in the future", KEYCLOAK_SOURCE),
    row(TooOld, "Token was issued too far in the past to be used now", KEYCLOAK_SOURCE),
    row(
        TooLong,
        "Token expiration is too far in the future and iat claim not present in token",
        KEYCLOAK_SOURCE,
    ),
    row(Audience, "Invalid token audience", KEYCLOAK_SOURCE),
    row(Missing(Rule::Exp), "Token exp claim is required", KEYCLOAK_SOURCE),
    row(Missing(Rule::Jti), "Token jti claim is required", KEYCLOAK_SOURCE),
    row(Missing(Rule::Iss), "Missing claim: iss", KEYCLOAK_SOURCE),
    row(Missing(Rule::Sub), "Missing claim: sub", KEYCLOAK_SOURCE),
    row(Replayed, "Token reuse detected", KEYCLOAK_SOURCE),
];

const BOX_EXP: &str = "fixtures/cases/51-box-exp-claim-one-hour.http";

const BOX: &[Row] = &[
    row(Expired, "Please check the 'exp' claim.", BOX_EXP),
    row(TooLong, "Please check the 'exp' claim.", BOX_EXP),
    row(
        Replayed,
        "Please check the 'jti' claim. A unique 'jti' value is required.",
        "tests of Box's SDK for Java",
    ),
    row(
        Subject,
        "Please check the 'sub' claim. The 'sub' specified is invalid.",
        "Box support, API: JWT error invalid_grant",
    ),
];

/// What Hydra puts before the hint.
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

const HYDRA_SOURCE: &str =
    "Ory Hydra, fosite/handler/rfc7523/handler.go; quotes as RFC 6749 has them";

const HYDRA: &[Row] = &[
    row(
        Malformed,
        hydra!("Unable to parse JSON Web Token passed in 'assertion' request parameter."),
        HYDRA_SOURCE,
    ),
    row(
        UnknownKey,
        hydra!(
            "No public JWK was registered for issuer '{iss}' and subject '{sub}', and public key \
             is required to check signature of JWT in 'assertion' request parameter."
        ),
        HYDRA_SOURCE,
    ),
    row(
        Signature,
        hydra!("Unable to verify the integrity of the 'assertion' value."),
        HYDRA_SOURCE,
    ),
    row(Expired, hydra!("The JWT in 'assertion' request parameter expired."), HYDRA_SOURCE),
    row(
        NotYet,
        hydra!(
            "The JWT in 'assertion' request parameter contains an 'nbf' (not before) claim, that \
             identifies the time '{nbf}' before which the token MUST NOT be accepted."
        ),
        HYDRA_SOURCE,
    ),
    row(
        TooLong,
        hydra!(
            "The JWT in 'assertion' request parameter contains an 'exp' (expiration time) claim \
             with value '{exp}' that is unreasonably far in the future, considering token issued \
             at '{iat}'."
        ),
        HYDRA_SOURCE,
    ),
    row(
        Audience,
        hydra!(
            "The JWT in 'assertion' request parameter MUST contain an 'aud' (audience) claim \
             containing a value '{audience}' that identifies the authorization server as an \
             intended audience."
        ),
        HYDRA_SOURCE,
    ),
    row(
        Missing(Rule::Exp),
        hydra!(
            "The JWT in 'assertion' request parameter MUST contain an 'exp' (expiration time) claim."
        ),
        HYDRA_SOURCE,
    ),
    row(
        Missing(Rule::Iss),
        hydra!("The JWT in 'assertion' request parameter MUST contain an 'iss' (issuer) claim."),
        HYDRA_SOURCE,
    ),
    row(
        Missing(Rule::Sub),
        hydra!("The JWT in 'assertion' request parameter MUST contain a 'sub' (subject) claim."),
        HYDRA_SOURCE,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[Wording] = &[
        Wording::Rfc,
        Wording::Adobe,
        Wording::Google,
        Wording::Keycloak,
        Wording::Box,
        Wording::Hydra,
    ];

    #[test]
    fn every_reason_has_words_and_every_word_a_source() {
        for wording in ALL {
            for row in wording.table() {
                assert!(!row.source.is_empty(), "{}", row.words);
                // RFC 6749 §5.2: no quote and no backslash.
                let allowed = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
                assert!(row.words.bytes().all(allowed), "{}", row.words);
                assert_eq!(wording.row(row.reason).words, row.words, "shadowed");
            }
        }
    }

    #[test]
    fn what_a_product_does_not_say_the_rfc_says() {
        assert_eq!(Wording::Box.row(Audience).words, "Audience validation failed");
        let words = Wording::Rfc.row(Missing(Rule::Nbf)).words;
        assert_eq!(words, "the assertion has no '{claim}' claim");
    }
}
