//! Header fields as transcripts and programs print them: `Date: …`, `"date":"…"`, `date: '…'`,
//! `{date=[…]}`, `"date"=>["…"]`, `[Date, …]`, `Date   …`, with escapes and colours between them.
//!
//! The name is a whole word in any quotes. Only marks, and the few words that languages print around
//! a value, separate it from its value.

use super::head::{Piece, is_field_place};

/// The largest number of marks and words between a name and its value.
const MOST_PARTS: usize = 12;

/// The place of a field's name in a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    /// The start of the name, or of the colour before it.
    start: usize,
    /// The end of the name.
    end: usize,
    /// `true` if the name follows an escaped line break, such as `\r\n` in a string.
    is_escaped: bool,
}

impl Name {
    /// Returns the name of `length` bytes at `at`, unless it is a part of a longer word.
    pub(super) fn at(line: &[u8], at: usize, length: usize) -> Option<Self> {
        let before = line.get(..at)?;
        let colourless = without_colour(before);
        let end = at.saturating_add(length);
        let is_escaped = [b"\\n", b"\\r", b"\\t"].iter().any(|it| colourless.ends_with(*it));
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
        let in_word = colourless.last().is_some_and(is_part) && !is_escaped;
        let goes_on = line.get(end).is_some_and(is_part);
        let name = Self { start: colourless.len(), end, is_escaped };
        (!in_word && !goes_on).then_some(name)
    }

    /// Returns `true` if a field may have its name here. In the middle of a message, the words are a
    /// quotation.
    pub(super) fn is_field(self, line: &[u8], piece: Piece) -> bool {
        let before = line.get(..self.start).unwrap_or(&[]);
        let after = skip_colour(line.get(self.end..).unwrap_or(&[]));
        let marks = after.iter().take_while(|byte| b" \t,".contains(byte)).count();
        match after.get(marks) {
            Some(b':') if marks == 0 => self.is_escaped || is_field_place(line, self.start, piece),
            Some(b':' | b'=' | b'"' | b'\'' | b'\\' | b'[' | b']' | b')' | b'>' | b'-') => true,
            // The columns of a table, or the parts of a pair.
            _ if marks > 0 => {
                let before = before.trim_ascii_end();
                before.last().is_none_or(|byte| b"[{(\"'".contains(byte))
            }
            _ => false,
        }
    }

    /// Calls `read` with each text in which the value may start, until it returns a value.
    pub(super) fn value<'t, T>(
        self,
        line: &'t [u8],
        read: impl Fn(&'t [u8]) -> Option<T>,
    ) -> Option<T> {
        let mut rest = line.get(self.end..)?;
        for _ in 0..MOST_PARTS {
            if let Some(value) = read(rest) {
                return Some(value);
            }
            rest = skip_part(rest)?;
        }
        None
    }

    /// Returns the byte before the name, or a line feed at the start of a line.
    pub(super) fn opening(self, line: &[u8]) -> u8 {
        let before = self.start.checked_sub(1).and_then(|before| line.get(before));
        before.copied().unwrap_or(b'\n')
    }

    /// The start of the name in its line.
    pub(super) const fn start(self) -> usize {
        self.start
    }
}

/// Skips the marks, the colour or the word at the start of `text`.
fn skip_part(text: &[u8]) -> Option<&[u8]> {
    /// Words that languages print around a value, and the rests of escaped colours.
    const WORDS: &[&[u8]] = &[
        b"value",
        b"b",
        b"Some",
        b"HeaderValue",
        b"array",
        b"Array",
        b"string",
        b"str",
        b"u001b",
        b"u001B",
        b"x1b",
        b"x1B",
        b"e",
        b"033",
    ];
    let colourless = skip_colour(text);
    if colourless.len() < text.len() {
        return Some(colourless);
    }
    let marks = text.iter().take_while(|byte| b" \t\"'\\:=>[](){},;|<-".contains(byte)).count();
    if marks > 0 {
        return text.get(marks..);
    }
    let word = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = text.get(..word)?;
    let is_number = (1..=3).contains(&word) && name.iter().all(u8::is_ascii_digit);
    let is_colour =
        word > 1 && name.strip_suffix(b"m").is_some_and(|it| it.iter().all(u8::is_ascii_digit));
    (WORDS.contains(&name) || is_number || is_colour).then(|| text.get(word..)).flatten()
}

/// Skips a colour code of a terminal: `ESC [ 36 m`.
fn skip_colour(text: &[u8]) -> &[u8] {
    let Some(code) = text.strip_prefix(b"\x1b[") else { return text };
    let digits = code.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    match code.get(digits..) {
        Some([b'm', rest @ ..]) => rest,
        _ => text,
    }
}

/// Returns `text` without the colour code at its end, whether it is the code itself or escaped.
fn without_colour(text: &[u8]) -> &[u8] {
    const STARTS: &[&[u8]] =
        &[b"\x1b[", b"\\u001b[", b"\\u001B[", b"\\x1b[", b"\\x1B[", b"\\e[", b"\\033[", b"^[["];
    let Some(code) = text.strip_suffix(b"m") else { return text };
    let digits =
        code.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    let start = code.get(..code.len().saturating_sub(digits)).unwrap_or(&[]);
    STARTS.iter().find_map(|mark| start.strip_suffix(*mark)).unwrap_or(text)
}
