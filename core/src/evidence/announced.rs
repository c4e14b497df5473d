//! The end of a token that a line says was made.

use super::catalogue::Says;
use super::find::{Pairs, after};
use super::mention::Times;
use super::moment::Moment;
use super::{named, number};
use crate::time::Span;

/// The end of a token that was just made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Announced {
    /// An instant.
    At(Moment),
    /// A length of time from now on.
    In(Span),
}

/// Words of every line that says that a token was made.
pub(crate) const TOKENS: &[&[u8]] = &[b"ssertion", b"JWT", b"jwt", b"oken"];

/// Returns `true` if `text`, which has these pairs, says that a token was made.
pub(crate) fn says_making(text: &[u8], pairs: &Pairs) -> bool {
    const MAKING: &[&[u8]] = &[
        b"made",
        b"aking",
        b"reated",
        b"reating",
        b"ssued,",
        b"ssued {",
        b"inted",
        b"enerated",
        b"igned",
        b"igning",
        b"uilt",
    ];
    pairs.find_any(text, TOKENS) && pairs.find_any(text, MAKING)
}

/// Returns the end of a token if the line of `times` says that a token was made. The words are plain English
/// and a member of RFC 6749 §5.1, not those of a product.
pub(crate) fn announced(times: &Times<'_>, pairs: &Pairs) -> Option<Announced> {
    const MADE: &[&[u8]] = &[
        b"issued",
        b"created",
        b"minted",
        b"generated",
        b"renewed",
        b"obtained",
        b"acquired",
        b"accepted",
    ];
    const LENGTHS: &[&[u8]] = &[b"expires_in", b"expires in", b"lifetime", b"valid for", b" for "];
    let text = times.text();
    if !pairs.find_any(text, MADE) {
        return None;
    }
    if let Some(end) = named::read(times, Says::Fact, 0).exp {
        return Some(Announced::At(end));
    }
    LENGTHS.iter().find_map(|word| after(text, word)).and_then(length).map(Announced::In)
}

/// Reads a length of time in any unit. A bare number counts seconds (RFC 6749 §5.1).
fn length(text: &[u8]) -> Option<Span> {
    let marks = text.iter().take_while(|byte| b" \"'=:".contains(byte)).count();
    let text = text.get(marks..)?;
    let (length, _) = number::duration(text).or_else(|| number::seconds(text))?;
    (length > Span::ZERO).then_some(length)
}

// RFC 6749 §5.1, OpenID Connect Core §3.1.3.3.
pub(crate) fn is_delivered(text: &[u8], pairs: &Pairs, has_token: bool) -> bool {
    const ARRIVED: &[&[u8]] =
        &[b"received", b"fetched", b"obtained", b"acquired", b"login successful", b"logged in"];
    // The layers of a record may hide that its message is a string.
    const MEMBERS: &[&[u8]] = &[
        b"\"access_token\"",
        b"\"id_token\"",
        b"\"token\":",
        b"\"access_token\\\"",
        b"\"id_token\\\"",
    ];
    pairs.find_any(text, MEMBERS) || (has_token && pairs.find_any(text, ARRIVED))
}
