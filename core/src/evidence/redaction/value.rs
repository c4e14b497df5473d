//! Secrets that are known, in any encoding: as they are, escaped, or in base64.

use core::mem;
use core::ops::Range;

use super::scan::{from, run, sextet};
use super::unit::steps;

/// Values that the caller knows, of fewer bytes than this, are not looked for: they would be found
/// in ordinary words.
pub const SHORTEST_SECRET: usize = 4;

/// The bytes of the shortest secret that is looked for in base64. A shorter one determines so few
/// characters that ordinary words would contain them.
const SHORTEST_IN_BASE64: usize = 6;

/// Returns the range of a known secret that starts at `at`.
pub(super) fn found(text: &[u8], at: usize, secret: &[u8]) -> Option<Range<usize>> {
    if secret.len() < SHORTEST_SECRET {
        return None;
    }
    if let Some(end) = end(text, at, Form::Plain(secret)) {
        return Some(at..end);
    }
    if secret.len() < SHORTEST_IN_BASE64 {
        return None;
    }
    (0..3).find_map(|shift| {
        let end = end(text, at, Form::Base64 { secret, shift })?;
        // The first character of a shifted secret also holds bits of what precedes it, and the
        // last one bits of what follows.
        let start = if shift == 0 { at } else { at.saturating_sub(1) };
        let is_kept = text.get(start).is_some_and(|byte| !is_of_base64(*byte));
        let rest = run(from(text, end), is_of_base64);
        Some(if is_kept { at } else { start }..end.saturating_add(rest))
    })
}

const fn is_of_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=')
}

/// The characters that are looked for.
#[derive(Clone, Copy)]
enum Form<'s> {
    Plain(&'s [u8]),
    /// The characters that `secret` determines in the base64 of a text in which it follows `shift`
    /// bytes, or three more, and so on: `user:secret` is such a text.
    Base64 {
        secret: &'s [u8],
        shift: usize,
    },
}

impl Form<'_> {
    fn len(self) -> usize {
        match self {
            Self::Plain(secret) => secret.len(),
            Self::Base64 { secret, shift } => {
                secret.len().saturating_mul(8).saturating_sub(skipped(shift)) / 6
            }
        }
    }

    /// Returns `true` if the characters from `at` on are `bytes`.
    fn is_at(self, at: usize, bytes: &[u8]) -> bool {
        match self {
            Self::Plain(secret) => from(secret, at).starts_with(bytes),
            Self::Base64 { secret, shift } => match bytes {
                [byte] => determined(secret, shift, at).is_some_and(|it| sextet(*byte) == Some(it)),
                _ => false,
            },
        }
    }
}

/// The bits of the secret that share a character with the bytes before it.
const fn skipped(shift: usize) -> usize {
    match shift {
        1 => 4,
        2 => 2,
        _ => 0,
    }
}

/// Returns the six bits of the character at `at`.
fn determined(secret: &[u8], shift: usize, at: usize) -> Option<u8> {
    let bit = at.checked_mul(6)?.checked_add(skipped(shift))?;
    let high = u16::from(*secret.get(bit / 8)?);
    let low = u16::from(secret.get((bit / 8).saturating_add(1)).copied().unwrap_or_default());
    let place = u32::try_from(bit % 8).ok()?;
    let shifted = (high << 8 | low) >> 10_u32.saturating_sub(place);
    u8::try_from(shifted & 0x3F).ok()
}

/// Places of a text, the number of which is limited: a server that knows a secret like `%25%25`
/// could otherwise make it take long to find.
type Places = heapless::Vec<usize, 64>;

/// One more than the longest character in bytes.
const AHEAD: usize = 5;

/// Returns the end of the characters of `form` that start at `at`. A text may be readable in several
/// ways, so all places that are reached with the same number of characters are followed.
fn end(text: &[u8], at: usize, form: Form<'_>) -> Option<usize> {
    let mut reached = [const { Places::new() }; AHEAD];
    reached.first_mut()?.push(at).ok()?;
    for read in 0..form.len() {
        let places = mem::take(reached.get_mut(read % AHEAD)?);
        for place in places {
            for (length, bytes) in steps(from(text, place), |next: &[u8]| form.is_at(read, next)) {
                let next = place.saturating_add(length);
                let places = reached.get_mut(read.saturating_add(bytes) % AHEAD)?;
                if !places.contains(&next) {
                    let _ = places.push(next);
                }
            }
        }
        if reached.iter().all(|places| places.is_empty()) {
            return None;
        }
    }
    reached.get(form.len() % AHEAD)?.iter().copied().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_is_found_in_each_encoding() {
        const SECRET: &str = "p=Q/w&z é\\9";
        const ROWS: &[(&str, &str)] = &[
            ("as it is", "p=Q/w&z é\\9"),
            ("form", "p%3DQ%2Fw%26z+%C3%A9%5C9"),
            ("form in lower case, every character", "%70%3d%51%2f%77%26%7a%20%c3%a9%5c%39"),
            ("percent twice", "p%253DQ%252Fw%2526z%2520%25C3%25A9%255C9"),
            ("JSON", r"p=Q/w&z é\\9"),
            ("JSON, escaped more than needed", r"p\u003dQ\/w\u0026z \u00e9\\9"),
            ("JSON in JSON", r"p\\u003dQ\\/w\\u0026z \\u00E9\\\\9"),
            ("JSON in a form", r"p%5Cu003dQ/w%5cu0026z+%C3%A9%5C%5C9"),
            ("HTML", "p&#61;Q&#x2F;w&amp;z&nbsp;&#233;&#92;9"),
            ("base64", "cD1RL3cmeiDDqVw5"),
            ("base64 of user:secret", "dXM6cD1RL3cmeiDDqVw5"),
            ("base64 of a:secret", "YTpwPVEvdyZ6IMOpXDk="),
            ("base64url of abcd:secret", "YWJjZDpwPVEvdyZ6IMOpXDk"),
        ];
        for (name, text) in ROWS {
            let found =
                (0..text.len()).find_map(|at| found(text.as_bytes(), at, SECRET.as_bytes()));
            assert!(found.is_some_and(|range| range.end == text.len()), "{name}");
        }
    }

    #[test]
    fn secret_that_looks_escaped_is_found() {
        for secret in ["a%25b%41", "%25%25%25%25", r"\u0041\\n", r"\\\\\\\\x", "100%&amp;"] {
            let escaped: std::string::String =
                secret.bytes().map(|byte| std::format!("%{byte:02x}")).collect();
            let doubled = secret.replace('\\', r"\\");
            for text in [secret, &escaped, &doubled, &doubled.replace('\\', r"\\")] {
                assert!(found(text.as_bytes(), 0, secret.as_bytes()).is_some(), "{text}");
            }
        }
    }
}
