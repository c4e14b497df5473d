//! Products whose wording the server uses for refusals, with the placeholders filled in from the
//! refused assertion. The texts come from the catalogue of the
//! core, by which `diagnose` recognizes them.

use jwtick_core::evidence::spoken::{self, Speaker, Spoken};
use jwtick_core::time::NumericDate;
use jwtick_core::token::{Claims, Text};
use jwtick_core::{Scratch, Token};

use super::answer::Reason;
use crate::notation::civil;

/// The product whose words are used.
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

impl Wording {
    /// Returns the text for `reason`, or that of the RFC if the product's text is unknown.
    pub(crate) fn refusal(self, reason: Reason) -> &'static Spoken {
        spoken::refusal(self.speaker(), reason)
    }

    const fn speaker(self) -> Speaker {
        match self {
            Self::Rfc => Speaker::Rfc7523,
            Self::Adobe => Speaker::Adobe,
            Self::Google => Speaker::Google,
            Self::Keycloak => Speaker::Keycloak,
            Self::Box => Speaker::Box,
            Self::Hydra => Speaker::Hydra,
        }
    }
}

/// Buffer for decoded segments. Placeholders remain empty if the segments are longer.
const ROOM: usize = 48 * 1024;

/// Returns the text with its placeholders filled in. The claims are unverified, but only their
/// sender receives them.
pub(crate) fn filled(words: &str, reason: Reason, audience: &str, assertion: &str) -> String {
    if !words.contains('{') {
        return words.to_owned();
    }
    let mut scratch = Box::new(Scratch::<ROOM>::new());
    let token = Token::decode(assertion.as_bytes(), &mut scratch);
    let claims = token.as_ref().map_or(Claims::EMPTY, |token| *token.unverified_claims());
    let fault = token.as_ref().err().map(ToString::to_string).unwrap_or_default();
    let claim = match reason {
        Reason::Missing(rule) => rule.claim().name(),
        _ => "",
    };
    let values = [
        ("{claim}", claim.to_owned()),
        ("{fault}", fault),
        ("{audience}", audience.to_owned()),
        ("{iss}", text(claims.iss)),
        ("{sub}", text(claims.sub)),
        ("{exp}", date(claims.exp)),
        ("{nbf}", date(claims.nbf)),
        ("{iat}", date(claims.iat)),
    ];
    replaced(words, &values)
}

/// Replaces every place with its value. A value is not searched for places in turn: a claim full of
/// them would grow with every replacement.
fn replaced(words: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.find('{').and_then(|at| rest.split_at_checked(at)) {
        filled.push_str(before);
        let place =
            values.iter().find_map(|(place, value)| Some((value, after.strip_prefix(place)?)));
        rest = match place {
            Some((value, next)) => {
                filled.push_str(value);
                next
            }
            None => {
                filled.push('{');
                after.strip_prefix('{').unwrap_or_default()
            }
        };
    }
    filled + rest
}

fn text(claim: Option<Text<'_>>) -> String {
    claim.map(|text| text.to_string()).unwrap_or_default()
}

fn date(claim: Option<NumericDate>) -> String {
    claim.and_then(|date| civil::rfc3339(date.at())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jwtick_core::judge::Rule;

    use super::*;

    #[test]
    fn unknown_product_wording_falls_back_to_rfc() {
        let words = |wording: Wording, reason| wording.refusal(reason).words;
        assert_eq!(words(Wording::Box, Reason::Audience), "Audience validation failed");
        assert_eq!(words(Wording::Box, Reason::TooLong), "Please check the 'exp' claim.");
        let missing = words(Wording::Rfc, Reason::Missing(Rule::Nbf));
        assert_eq!(missing, "the assertion has no '{claim}' claim");
    }

    #[test]
    fn values_are_not_searched_for_places() {
        let values = [("{iss}", "{sub}{sub}".to_owned()), ("{sub}", "s".to_owned())];
        const ROWS: &[(&str, &str)] = &[
            ("no place", "no place"),
            ("{iss}, {sub}{sub}.", "{sub}{sub}, ss."),
            ("{ {{sub} {none} {", "{ {s {none} {"),
        ];
        for &(words, expected) in ROWS {
            assert_eq!(replaced(words, &values), expected, "{words}");
        }
    }
}
