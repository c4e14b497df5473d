//! Text from other parties inside a sentence. Whatever it contains, it stays on its line.

use core::fmt::{self, Write};

/// A name, a URL, a set of claims or an answer in a transcript.
///
/// Control characters, line separators and marks that change the direction of text are written as
/// `\u{1b}`. Everything else is written unchanged, so that JSON with its own escapes looks the
/// same.
///
/// # Example
/// ```
/// use jwtick_core::evidence::transcript::Text;
/// assert_eq!(Text::new("login.example").to_string(), "login.example");
/// assert_eq!(Text::new("two\nlines").to_string(), r"two\u{a}lines");
/// assert_eq!(Text::new("\u{e9}").chars().next(), Some('\u{e9}'));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Text<'t> {
    text: &'t str,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Escaped,
}

impl<'t> Text<'t> {
    /// Creates a text from unescaped characters.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, form: Form::Plain }
    }

    /// Creates a text from the escaped form in a line.
    pub(super) const fn escaped(text: &'t str) -> Self {
        Self { text, form: Form::Escaped }
    }

    /// The characters of the text, without escapes.
    pub fn chars(self) -> impl Iterator<Item = char> + Clone + 't {
        Chars { rest: self.text, form: self.form }
    }

    /// Writes the text as one word, with blanks escaped too.
    pub(super) fn write_word(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, |sign| is_odd(sign) || sign.is_whitespace())
    }

    fn write(self, f: &mut fmt::Formatter<'_>, is_escaped: fn(char) -> bool) -> fmt::Result {
        let mut chars = self.chars();
        while let Some(sign) = chars.next() {
            // A backslash that would be read as the start of an escape.
            let opens = sign == '\\' && chars.clone().take(2).eq(['u', '{']);
            if opens || is_escaped(sign) {
                write!(f, "\\u{{{:x}}}", u32::from(sign))?;
            } else {
                f.write_char(sign)?;
            }
        }
        Ok(())
    }
}

impl<'t> From<&'t str> for Text<'t> {
    fn from(text: &'t str) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.chars().eq(other.chars())
    }
}

impl Eq for Text<'_> {}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, is_odd)
    }
}

/// Returns `true` if a character may break a line or change the display of the rest (UAX #9, UAX
/// #14).
fn is_odd(sign: char) -> bool {
    const MARKS: [char; 4] = ['\u{200e}', '\u{200f}', '\u{61c}', '\u{feff}'];
    sign.is_control()
        || matches!(sign, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || MARKS.contains(&sign)
}

#[derive(Clone)]
struct Chars<'t> {
    rest: &'t str,
    form: Form,
}

impl Iterator for Chars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if self.form == Form::Escaped
            && let Some((sign, rest)) = unescaped(self.rest)
        {
            self.rest = rest;
            return Some(sign);
        }
        let mut chars = self.rest.chars();
        let sign = chars.next()?;
        self.rest = chars.as_str();
        Some(sign)
    }
}

/// Returns the character at the start of `text`, which is in escaped form, and the rest.
fn unescaped(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.strip_prefix("\\u{")?.split_once('}')?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(number)?, rest))
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};

    use super::*;

    #[test]
    fn escapes_odd_characters_and_reads_them_back() {
        const ROWS: &[(&str, &str)] = &[
            ("", ""),
            ("grüße 한국", "grüße 한국"),
            ("a\r\nb\u{1b}[31m", r"a\u{d}\u{a}b\u{1b}[31m"),
            ("\u{202e}gpj", r"\u{202e}gpj"),
            (r#"{"a":"\"\\\u001b\n"}"#, r#"{"a":"\"\\\u001b\n"}"#),
            (r"\u{1b}", r"\u{5c}u{1b}"),
            (r"\\u{1b}", r"\\u{5c}u{1b}"),
            ("\\\u{1b}", r"\\u{1b}"),
            (r"\u{", r"\u{5c}u{"),
            (r"\u", r"\u"),
        ];
        for &(text, written) in ROWS {
            assert_eq!(Text::new(text).to_string(), written, "{text:?}");
            let read: String = Text::escaped(written).chars().collect();
            assert_eq!(read, text, "{written}");
        }
    }

    #[test]
    fn reads_invalid_escapes_literally() {
        for text in [r"\u{}", r"\u{110000}", r"\u{d800}", r"\u{1b", r"\u{x}"] {
            let read: String = Text::escaped(text).chars().collect();
            assert_eq!(read, text, "{text}");
        }
    }
}
