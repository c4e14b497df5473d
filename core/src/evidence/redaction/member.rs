//! The value of a parameter, of a JSON member or of a header field: where it starts and ends.

use core::ops::Range;

use super::class::{Class, class};
use super::look::{after_scheme, token_of};
use super::scan::{
    Hidden, MARK, from, is_of_name, is_of_token68, is_opaque, is_plain, run, starts, starts_word,
};

/// Values are searched for a blank, or for the end of a header field, no further than this, so that
/// a text of many names is read in linear time.
const LONGEST_LOOK: usize = 1_024;

const LONGEST_NAME: usize = 128;

/// Returns the value of the name that starts at `at`, as far as it must be hidden.
pub(super) fn value_at(text: &[u8], at: usize) -> Option<Hidden> {
    if !starts_word(text, at) {
        return None;
    }
    let end = at.saturating_add(run(from(text, at), is_of_name));
    let name = text.get(at..end).filter(|name| (1..=LONGEST_NAME).contains(&name.len()))?;
    let class = class(name)?;
    let value = Member::after(text, at, end)?;
    value.hidden(text, class).filter(|range| !range.is_empty()).map(|range| token_of(text, range))
}

/// The value of a name.
struct Member {
    start: usize,
    sign: Sign,
    /// The range of the mark that opens the value, and that also closes it.
    quote: Option<Range<usize>>,
    /// `true` for a parameter of a query: `?code=` or `&code=`.
    is_parameter: bool,
    /// The mark that opens a text of which name and value are the start: `"Cookie: a=b"`.
    around: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Equals,
    Colon,
    /// `<name>value</name>`
    Tag,
}

impl Member {
    /// Finds the value of the name that starts at `name` and ends at `end`.
    fn after(text: &[u8], name: usize, end: usize) -> Option<Self> {
        let before = text.get(..name).unwrap_or_default();
        let around = before.last().copied().filter(|mark| matches!(mark, b'"' | b'\''));
        if matches!(before.last(), Some(b'<' | b':')) && text.get(end) == Some(&b'>') {
            let (sign, is_parameter) = (Sign::Tag, false);
            let start = end.saturating_add(1);
            return Some(Self { start, sign, quote: None, is_parameter, around });
        }
        let closed = end.saturating_add(quote(from(text, end)));
        let (sign, length) = sign(from(text, blanks(text, closed)))?;
        let after_sign = blanks(text, closed).saturating_add(length);
        let open = blanks(text, after_sign);
        let start = open.saturating_add(quote(from(text, open)));
        let is_parameter = matches!(before.last(), Some(b'?' | b'&')) || before.ends_with(b"%26");
        // `::` and `==` belong to programs.
        if matches!(text.get(after_sign), Some(b':' | b'=')) {
            return None;
        }
        let quote = (start > open).then_some(open..start);
        Some(Self { start, sign, quote, is_parameter, around })
    }

    /// Returns the part that must be hidden.
    fn hidden(&self, text: &[u8], class: Class) -> Option<Range<usize>> {
        let range = self.start..self.end(text);
        let value = text.get(range.clone())?;
        if from(text, self.start).starts_with(MARK.as_bytes()) {
            return None;
        }
        let is_loose = self.quote.is_none() && self.sign == Sign::Colon;
        let near = value.get(..LONGEST_LOOK).unwrap_or(value);
        let is_hidden = match class {
            Class::Secret => !is_plain(value),
            Class::Token if is_loose => is_opaque(value),
            Class::Token => !is_plain(value) && !near.contains(&b' '),
            Class::Code => self.is_parameter || !is_error_code(value),
            Class::KeyPart => {
                self.quote.is_some()
                    && value.len() >= 16
                    && value.iter().all(|it| is_of_token68(*it))
            }
            Class::Cookies => return self.field(text).filter(|field| is_list(text, field)),
            Class::Credentials => {
                let field = self.field(text)?;
                return after_scheme(text.get(..field.end)?, field.start, true);
            }
        };
        is_hidden.then_some(range)
    }

    fn end(&self, text: &[u8]) -> usize {
        let rest = from(text, self.start);
        let length = match (&self.quote, self.sign) {
            (Some(mark), _) => {
                let mark = text.get(mark.clone()).unwrap_or_default();
                before_mark(rest, mark)
            }
            (None, Sign::Tag) => run(rest, |byte| byte != b'<'),
            (None, _) => unquoted(rest),
        };
        self.start.saturating_add(length)
    }

    /// The whole value of a header field, which ends with its line or its quoted text.
    fn field(&self, text: &[u8]) -> Option<Range<usize>> {
        let rest = from(text, self.start);
        let rest = rest.get(..LONGEST_LOOK).unwrap_or(rest);
        let length = match (&self.quote, self.around) {
            (Some(_), _) => self.end(text).saturating_sub(self.start),
            (None, Some(mark)) => before_mark(rest, &[mark]),
            (None, None) => run(rest, |byte| !matches!(byte, b'\r' | b'\n')),
        };
        let escaped = memchr::memmem::find(rest, b"\\n").or(memchr::memmem::find(rest, b"\\r"));
        let length = length.min(escaped.unwrap_or(length));
        (length > 0).then(|| self.start..self.start.saturating_add(length))
    }
}

fn is_list(text: &[u8], field: &Range<usize>) -> bool {
    text.get(field.clone()).is_some_and(|field| field.contains(&b'='))
}

/// Returns the length of what separates a name from its value, after blanks.
fn sign(rest: &[u8]) -> Option<(Sign, usize)> {
    const SIGNS: &[(&[u8], Sign)] = &[
        (b"=>", Sign::Equals),
        (b"=", Sign::Equals),
        (b":", Sign::Colon),
        (b"%3d", Sign::Equals),
        (b"%3a", Sign::Colon),
        (b"\\u003d", Sign::Equals),
        (b"\\u003a", Sign::Colon),
        (b"&#61;", Sign::Equals),
        (b"&#x3d;", Sign::Equals),
    ];
    let found = SIGNS.iter().find(|(sign, _)| starts(rest, sign));
    found.map(|&(written, sign)| (sign, written.len()))
}

fn blanks(text: &[u8], at: usize) -> usize {
    let blank = |byte| matches!(byte, b' ' | b'\t');
    at.saturating_add(run(from(text, at), blank).min(4))
}

/// Returns the length of a quotation mark, which may be escaped.
fn quote(rest: &[u8]) -> usize {
    let slashes = run(rest, |byte| byte == b'\\').min(8);
    match rest.get(slashes) {
        Some(b'"') => slashes.saturating_add(1),
        Some(b'\'' | b'`') if slashes == 0 => 1,
        _ if starts(rest, b"%22") => 3,
        _ if starts(rest, b"&quot;") => 6,
        _ if starts(rest, b"\\u0022") => 6,
        _ => 0,
    }
}

/// Returns the length of a value up to its closing mark; without one, all of the text.
fn before_mark(rest: &[u8], mark: &[u8]) -> usize {
    let slashes = run(mark, |byte| byte == b'\\');
    let (written, sign) = (slashes.min(mark.len()), from(mark, slashes));
    let mut at = 0_usize;
    while at < rest.len() {
        let before = run(from(rest, at), |byte| byte == b'\\');
        let here = at.saturating_add(before);
        // A mark within the value has more backslashes than the one that opened it.
        let closes = if written == 0 { before.is_multiple_of(2) } else { before == written };
        if closes && !sign.is_empty() && starts(from(rest, here), sign) {
            return here.saturating_sub(written);
        }
        at = here.saturating_add(1);
    }
    rest.len()
}

fn unquoted(rest: &[u8]) -> usize {
    let ends = |byte: u8| {
        byte.is_ascii_whitespace()
            || matches!(
                byte,
                b'"' | b'\'' | b'`' | b'&' | b',' | b';' | b')' | b']' | b'}' | b'<' | b'>'
            )
    };
    let length = run(rest, |byte| !ends(byte));
    let value = rest.get(..length).unwrap_or_default();
    memchr::memmem::find(value, b"%26").unwrap_or(length)
}

/// Returns `true` for a code like `401`, `invalid_grant`, `ERR_JWT_EXPIRED` or `AADSTS700024`.
fn is_error_code(value: &[u8]) -> bool {
    let is_word = |byte: &u8| matches!(byte, b'_' | b'-' | b'.' | b' ' | b':');
    value.iter().all(|byte| byte.is_ascii_digit())
        || value.iter().all(|byte| byte.is_ascii_alphabetic() || is_word(byte))
        || value.iter().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || is_word(it))
}
