//! A borrowed JSON string, unescaped only on access.
//!
//! Escapes follow RFC 8259 §7. A surrogate pair is one character; a lone surrogate never gets here,
//! because the strict pass refuses it.

use core::fmt::{self, Write};
use core::str::Chars;

/// The content of a JSON string, as written between its quotes.
///
/// Comparisons and output use the unescaped text: `"\u0061"` equals `"a"`.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// # let compact = b"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczpcL1wvYSJ9.AA";
/// let mut scratch = Scratch::<64>::new();
/// let token = Token::decode(compact, &mut scratch)?; // {"iss":"https:\/\/a"}
/// let iss = token.unverified_claims().iss.unwrap();
/// assert!(iss == *"https://a");
/// assert_eq!(iss.as_written(), r"https:\/\/a");
/// # Ok::<(), jwtick_core::token::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    /// Wraps the text that the strict pass found between two quotes.
    pub(crate) const fn checked(written: &'a str) -> Self {
        Self(written)
    }

    /// The text with its escapes.
    #[must_use]
    pub const fn as_written(self) -> &'a str {
        self.0
    }

    /// The text, if it has no escapes.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        is_plain(self.0.as_bytes()).then_some(self.0)
    }

    /// The unescaped text in four bytes, padded with zeros on the left; all zeros for a text that
    /// cannot be a registered name.
    pub(crate) fn word(self) -> [u8; 4] {
        match *self.0.as_bytes() {
            // With an escape, so few bytes encode fewer characters than any registered name has.
            [a, b, c] => [0, a, b, c],
            [a, b, c, d] => [a, b, c, d],
            ref written if is_plain(written) => [0; 4],
            _ => self.chars().try_fold([0; 4], shift).unwrap_or_default(),
        }
    }

    /// The unescaped characters.
    #[must_use]
    pub fn chars(self) -> TextChars<'a> {
        TextChars { rest: self.0.chars(), escapes: true }
    }
}

impl PartialEq<str> for Text<'_> {
    // Escapes only lengthen a text, so the lengths of most names differ and their bytes need no
    // check.
    fn eq(&self, other: &str) -> bool {
        if self.0.len() <= other.len() {
            self.0 == other && self.as_str().is_some()
        } else {
            self.chars().eq(TextChars::plain(other))
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.chars().eq(other.chars())
    }
}

impl Eq for Text<'_> {}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(text) => f.pad(text),
            None => self.chars().try_for_each(|character| f.write_char(character)),
        }
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

fn shift([first, a, b, c]: [u8; 4], character: char) -> Option<[u8; 4]> {
    let last = u8::try_from(character).ok().filter(|byte| matches!(byte, 1..=0x7F))?;
    (first == 0).then_some([a, b, c, last])
}

/// The unescaped characters of a [`Text`].
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::token::Claims;
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"sub":"\ud83d\ude00!"}"#, &mut scratch)?;
/// assert!(claims.sub.unwrap().chars().eq("😀!".chars()));
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone)]
pub struct TextChars<'a> {
    rest: Chars<'a>,
    escapes: bool,
}

impl<'a> TextChars<'a> {
    /// The characters of a text, with a backslash as an ordinary character.
    fn plain(text: &'a str) -> Self {
        Self { rest: text.chars(), escapes: false }
    }
}

impl Iterator for TextChars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self.rest.next()? {
            '\\' if self.escapes => {
                let rest = self.rest.as_str();
                let (met, len) =
                    unescape(rest.as_bytes()).unwrap_or((char::REPLACEMENT_CHARACTER, 0));
                self.rest = rest.get(len..).unwrap_or_default().chars();
                Some(met)
            }
            character => Some(character),
        }
    }
}

// No early exit: this is fast with vector instructions and small without them. It is not inlined,
// because each copy would add to the program's size.
#[inline(never)]
fn is_plain(text: &[u8]) -> bool {
    text.iter().fold(true, |plain, &byte| plain & (byte != b'\\'))
}

/// Returns the character that the escape at `rest`, after its backslash, encodes, and the length of
/// the escape in bytes. `None` for anything that RFC 8259 §7 does not allow, and for a lone
/// surrogate.
pub(crate) fn unescape(rest: &[u8]) -> Option<(char, usize)> {
    let character = match rest.first()? {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unescape_unicode(rest),
        &same @ (b'"' | b'\\' | b'/') => char::from(same),
        _ => return None,
    };
    Some((character, 1))
}

fn unescape_unicode(escape: &[u8]) -> Option<(char, usize)> {
    let unit = hex4(escape, 1)?;
    if !(0xD800..0xDC00).contains(&unit) {
        return Some((char::from_u32(unit)?, 5)); // `None` for a leading low surrogate
    }
    let low = hex4(escape, 7).filter(|low| (0xDC00..0xE000).contains(low))?;
    // RFC 8259 §7: UTF-16 surrogate pair, ten bits in each half.
    let pair = 0x1_0000 + ((unit & 0x3FF) << 10 | (low & 0x3FF));
    escape.get(5..)?.starts_with(b"\\u").then_some((char::from_u32(pair)?, 11))
}

fn hex4(escape: &[u8], at: usize) -> Option<u32> {
    let digits = escape.get(at..)?.first_chunk::<4>()?;
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits.iter().try_fold(0, |unit, &byte| Some(unit << 4 | digit(byte)?))
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};

    use super::*;

    #[test]
    fn accepts_escapes_of_rfc_8259() {
        const ROWS: &[(&str, &str)] = &[
            ("", ""),
            ("plain", "plain"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"\u0061\u00e9\u20AC", "aé€"),
            (r"\ud83d\ude00!", "😀!"),
        ];
        for &(written, means) in ROWS {
            let text = Text::checked(written);
            assert!(text == *means, "{written}");
            assert_eq!(text.to_string(), means, "{written}");
            assert_eq!(text.chars().collect::<String>(), means, "{written}");
        }
    }

    #[test]
    fn word_of_a_short_name_ignores_escapes() {
        const ROWS: &[(&str, [u8; 4])] = &[
            ("exp", *b"\0exp"),
            (r"\u0065xp", *b"\0exp"),
            (r"\u0065\u0078\u0070", *b"\0exp"),
            (r"b\u00364", *b"\0b64"),
            ("crit", *b"crit"),
            (r"cri\u0074", *b"crit"),
            (r"\/\/\/\/", *b"////"),
            (r"\u0000exp", [0; 4]),
            (r"exp\u0000", [0; 4]),
            (r"\u00e9xp", [0; 4]),
            (r"\uff45xp", [0; 4]),
            (r"\u0065xpi", *b"expi"),
            (r"\u0065xpir", [0; 4]),
            ("expires", [0; 4]),
            ("", [0; 4]),
        ];
        for &(written, word) in ROWS {
            assert_eq!(Text::checked(written).word(), word, "{written}");
        }
    }

    #[test]
    fn rejects_escapes_that_encode_no_character() {
        for written in ["x", "u12", "u12g4", "ud800", "udc00", r"ud800\n", r"ud800\u0041", ""] {
            assert_eq!(unescape(written.as_bytes()), None, "{written}");
        }
    }

    #[test]
    fn debug_output_keeps_the_escapes() {
        assert_eq!(std::format!("{:?}", Text::checked(r"a\u0062")), r#""a\u0062""#);
    }

    #[test]
    fn comparison_unescapes_backslashes() {
        assert!(Text::checked(r"\n") != *r"\n");
        assert!(Text::checked(r"\\n") == *r"\n");
        assert!(Text::checked(r"\u0061") == Text::checked("a"));
    }
}
