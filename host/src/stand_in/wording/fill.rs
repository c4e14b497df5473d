//! Fills the placeholders of a wording from the refused assertion.

use jwtick_core::time::NumericDate;
use jwtick_core::token::{Claims, Text};
use jwtick_core::{Scratch, Token};

use crate::notation::civil;
use crate::stand_in::reason::Reason;

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
    values.iter().fold(words.to_owned(), |words, (place, value)| words.replace(place, value))
}

fn text(claim: Option<Text<'_>>) -> String {
    claim.map(|text| text.to_string()).unwrap_or_default()
}

fn date(claim: Option<NumericDate>) -> String {
    claim.and_then(|date| civil::rfc3339(date.at())).unwrap_or_default()
}
