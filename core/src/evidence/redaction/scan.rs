//! The parts of a text that names and values are made of.

use core::ops::Range;

/// Text that is written instead of a secret.
pub(super) const MARK: &str = "(redacted)";

/// A range of the text that must not be shown, and how much at its start may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) start: usize,
    pub(super) lead: usize,
    pub(super) end: usize,
}

impl Hidden {
    pub(super) const fn all(range: Range<usize>) -> Self {
        Self { start: range.start, lead: range.start, end: range.end }
    }
}

/// Returns `true` if the text continues with `words`, in any case.
pub(super) fn starts(rest: &[u8], words: &[u8]) -> bool {
    rest.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// Returns the number of bytes at the start of `rest` that fulfil `part`.
pub(super) fn run(rest: &[u8], part: impl Fn(u8) -> bool) -> usize {
    rest.iter().take_while(|&&byte| part(byte)).count()
}

/// Returns the text from `at` on.
pub(super) fn from(text: &[u8], at: usize) -> &[u8] {
    text.get(at..).unwrap_or_default()
}

pub(super) const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// The characters of `token68` (RFC 9110 §11.2), which include those of base64 and of a JWT.
pub(super) const fn is_of_token68(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
}

/// The characters of a JWT in compact form (RFC 7515 §7.1).
pub(super) const fn is_of_compact(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Returns the six bits of a digit of base64 or base64url: the two alphabets differ in two characters
/// (RFC 4648 §4 and §5).
pub(super) fn sextet(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => digit.checked_sub(b'A'),
        b'a'..=b'z' => digit.checked_sub(b'a')?.checked_add(26),
        b'0'..=b'9' => digit.checked_sub(b'0')?.checked_add(52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Returns `true` if a word may start at `at`: at the start, after a separator, or after an escape
/// such as `%26`, `\u0026` or `\n`, whose last character looks like a letter.
pub(super) fn starts_word(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    match before {
        [] => true,
        [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., b'\\', b'u', a, b, c, d] if [a, b, c, d].iter().all(|it| it.is_ascii_hexdigit()) => {
            true
        }
        [.., last] => !is_of_name(*last),
    }
}

/// Words that follow the name of a scheme or of a secret in a sentence, and are no secret.
const PLAIN: &[&str] = &[
    "absent",
    "access",
    "assertion",
    "auth",
    "authentication",
    "authenticator",
    "authorization",
    "cannot",
    "challenge",
    "challenged",
    "could",
    "credentials",
    "denied",
    "empty",
    "error",
    "expected",
    "expired",
    "failed",
    "failure",
    "false",
    "format",
    "forbidden",
    "found",
    "handler",
    "header",
    "incorrect",
    "invalid",
    "malformed",
    "mismatch",
    "missing",
    "must",
    "none",
    "null",
    "only",
    "present",
    "realm",
    "redacted",
    "rejected",
    "required",
    "requires",
    "revoked",
    "scheme",
    "security",
    "should",
    "string",
    "their",
    "there",
    "token",
    "tokens",
    "true",
    "type",
    "unauthorized",
    "undefined",
    "unknown",
    "unsupported",
    "valid",
    "with",
    "wrong",
];

/// Returns `true` for a word that describes a secret instead of being one.
pub(super) fn is_plain(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    let is_stop = |byte: &u8| matches!(byte, b'.' | b',' | b':');
    let end = word.iter().rposition(|byte| !is_stop(byte)).map_or(0, |last| last.saturating_add(1));
    let word = word.get(..end).unwrap_or_default();
    word.is_empty() || PLAIN.iter().any(|plain| plain.as_bytes().eq_ignore_ascii_case(word))
}

/// Returns `true` for a word of a sentence.
pub(super) fn is_prose(word: &[u8]) -> bool {
    is_plain(word) || (word.len() < 4 && word.iter().all(u8::is_ascii_alphabetic))
}

/// Returns `true` for a word that looks like a random one: it is long and has digits, and is no
/// date.
pub(super) fn is_opaque(word: &[u8]) -> bool {
    let has = |kind: fn(&u8) -> bool| word.iter().any(kind);
    let is_date = word.len() >= 8 && run(word, |byte| byte.is_ascii_digit()) == 4
        || run(word, |byte| byte.is_ascii_digit()) == 8 && word.get(8) == Some(&b'T');
    word.len() >= 8 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && !is_date
}
