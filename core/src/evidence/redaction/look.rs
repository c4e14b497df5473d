//! Secrets that are recognized by their look, without a name.

use core::ops::Range;

use super::scan::{
    Hidden, from, is_of_compact, is_of_token68, is_opaque, is_plain, is_prose, run, sextet, starts,
    starts_word,
};

/// The number of characters of a token that are shown, enough to recognise it.
const TOKEN_SHOWN: usize = 8;
/// Shorter words are not taken for tokens.
const SHORTEST_TOKEN: usize = 2 * TOKEN_SHOWN;
/// A URL is searched for credentials no further than this.
const LONGEST_AUTHORITY: usize = 512;

/// Returns the secret that starts at `at`.
pub(super) fn at(text: &[u8], at: usize) -> Option<Hidden> {
    match text.get(at)? {
        b'-' => private_key(text, at).map(Hidden::all),
        b':' => in_url(text, at).map(Hidden::all),
        b'e' => token(text, at).or_else(|| pair(text, at).map(Hidden::all)),
        byte if byte.is_ascii_alphanumeric() => {
            let found = scheme(text, at).map(|range| token_of(text, range));
            found.or_else(|| pair(text, at).map(Hidden::all))
        }
        _ => None,
    }
}

/// What is hidden of a value that may be a token.
pub(super) fn token_of(text: &[u8], range: Range<usize>) -> Hidden {
    let found = token(text, range.start).filter(|found| found.lead < range.end);
    found.map_or_else(|| Hidden::all(range.clone()), |found| Hidden { end: range.end, ..found })
}

/// A JWT, or the start of one (RFC 7515 §7.1): the base64url of `{"`, or of `{` and white space.
fn token(text: &[u8], at: usize) -> Option<Hidden> {
    let rest = from(text, at);
    let is_start = match rest {
        [b'e', b'y', b'J', ..] => true,
        [b'e', b'y', b'A'..=b'D' | b'I'..=b'L', ..]
        | [b'e', b'w', b'0'..=b'3' | b'k'..=b'r', ..] => starts_word(text, at),
        _ => false,
    };
    let length = run(rest, is_of_compact);
    (is_start && length > SHORTEST_TOKEN).then(|| Hidden {
        start: at,
        lead: at.saturating_add(TOKEN_SHOWN),
        end: at.saturating_add(length),
    })
}

/// The content of a private key in PEM (RFC 7468 §10), with or without line breaks.
fn private_key(text: &[u8], at: usize) -> Option<Range<usize>> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let label = from(text, at).strip_prefix(BEGIN)?;
    let label = label.get(..64).unwrap_or(label);
    let length = memchr::memmem::find(label, b"-----")?;
    if !label.get(..length)?.ends_with(b"PRIVATE KEY") {
        return None;
    }
    let start = at.saturating_add(BEGIN.len()).saturating_add(length).saturating_add(5);
    let content = from(text, start);
    let length = memchr::memmem::find(content, b"-----END").unwrap_or(content.len());
    Some(start..start.saturating_add(length))
}

/// `://user:password@host`: everything before the host.
fn in_url(text: &[u8], at: usize) -> Option<Range<usize>> {
    let rest = from(text, at).strip_prefix(b"://")?;
    let start = at.saturating_add(3);
    let near = rest.get(..LONGEST_AUTHORITY).unwrap_or(rest);
    let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'>');
    let near = near.get(..run(near, |byte| !ends(byte)))?;
    let authority = near.get(..run(near, |byte| !matches!(byte, b'/' | b'?' | b'#')))?;
    let after_colon = authority
        .iter()
        .position(|&byte| byte == b':')
        .map(|colon| from(authority, colon.saturating_add(1)));
    // A password may contain a slash where it should be escaped; a port has only digits.
    let is_port = |rest: &[u8]| rest.iter().all(u8::is_ascii_digit);
    let searched = match after_colon {
        Some(rest) if !authority.contains(&b'@') && !is_port(rest) => near,
        _ => authority,
    };
    let end = searched.iter().rposition(|&byte| byte == b'@')?;
    (end > 0).then(|| start..start.saturating_add(end))
}

/// `user:password@host` without a scheme: the password.
fn pair(text: &[u8], at: usize) -> Option<Range<usize>> {
    if !starts_word(text, at) {
        return None;
    }
    let is_user = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let rest = from(text, at);
    let user = run(rest, is_user);
    let start = user.saturating_add(1);
    let is_time = rest.get(..user)?.iter().all(u8::is_ascii_digit);
    if rest.get(user) != Some(&b':') || is_time || starts(rest, b"mailto:") {
        return None;
    }
    let near = from(rest, start);
    let near = near.get(..LONGEST_AUTHORITY).unwrap_or(near);
    let ends = |byte: u8| {
        byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/' | b'<' | b'>' | b',')
    };
    let word = near.get(..run(near, |byte| !ends(byte)))?;
    let length = word.iter().rposition(|&byte| byte == b'@').filter(|length| *length > 0)?;
    let start = at.saturating_add(start);
    Some(start..start.saturating_add(length))
}

/// Schemes with one word of credentials (RFC 9110 §11.4, RFC 6750, RFC 7617, RFC 9449).
const ONE_WORD: &[&[u8]] =
    &[b"Basic", b"Bearer", b"DPoP", b"Negotiate", b"NTLM", b"JWT", b"Token", b"ApiKey"];
/// Schemes with a list of parameters.
const LISTS: &[&[u8]] = &[b"Digest", b"AWS4-HMAC-SHA256", b"Hawk", b"OAuth", b"Signature", b"MAC"];

/// Credentials that follow the name of their scheme in any text.
fn scheme(text: &[u8], at: usize) -> Option<Range<usize>> {
    const ANYWHERE: [&[u8]; 3] = [b"Basic ", b"Bearer ", b"DPoP "];
    let rest = from(text, at);
    let is_scheme = ANYWHERE.iter().any(|scheme| starts(rest, scheme));
    if is_scheme && starts_word(text, at) { after_scheme(text, at, false) } else { None }
}

/// Returns the credentials in `text` from `at` on: a scheme and its word or list, or a word alone.
/// In a header field, `is_field`, anything that is no plain word is hidden.
pub(super) fn after_scheme(text: &[u8], at: usize, is_field: bool) -> Option<Range<usize>> {
    let word = |at: usize| {
        let start = at.saturating_add(run(from(text, at), |byte| byte == b' '));
        let rest = from(text, start);
        let ends =
            |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b'"' | b'\'');
        let length =
            if is_field { run(rest, |byte| !ends(byte)) } else { run(rest, is_of_token68) };
        (length > 0).then(|| start..start.saturating_add(length))
    };
    let first = word(at)?;
    let scheme = text.get(first.clone())?;
    let is_one_of = |known: &[&[u8]]| known.iter().any(|it| it.eq_ignore_ascii_case(scheme));
    if is_one_of(LISTS) {
        let start = word(first.end)?.start;
        return (is_field && from(text, start).contains(&b'=')).then_some(start..text.len());
    }
    if !is_one_of(ONE_WORD) {
        return (is_field && is_alone(text, &first)).then_some(first);
    }
    let second = word(first.end)?;
    let value = text.get(second.clone())?;
    let is_secret = match scheme {
        _ if is_parameter(text, &second) => false,
        _ if is_field => !is_plain(value),
        b"Basic" | b"basic" | b"BASIC" => is_user_and_password(value),
        _ => !is_prose(value),
    };
    is_secret.then_some(second)
}

/// Returns `true` if a field has only this word, or one that looks random.
fn is_alone(text: &[u8], word: &Range<usize>) -> bool {
    let rest = from(text, word.end).trim_ascii();
    text.get(word.clone())
        .is_some_and(|word| is_opaque(word) || (rest.is_empty() && !is_plain(word)))
}

/// Returns `true` for `error="invalid_token"` (RFC 6750 §3).
fn is_parameter(text: &[u8], word: &Range<usize>) -> bool {
    let value = text.get(word.clone()).unwrap_or_default();
    let name = run(value, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let is_named = value.get(name) == Some(&b'=');
    is_named && matches!(text.get(word.end), Some(b'"')) && name.saturating_add(1) == value.len()
        || is_named && starts(from(value, name), b"=\"")
}

/// Returns `true` for the base64 of a printable text with a colon (RFC 7617 §2).
fn is_user_and_password(word: &[u8]) -> bool {
    let word = word.get(..run(word, |byte| byte != b'=')).unwrap_or_default();
    let (mut held, mut bits, mut has_colon) = (0_u32, 0_u32, false);
    for &byte in word {
        let Some(sextet) = sextet(byte) else { return false };
        held = (held << 6 | u32::from(sextet)) & 0xFFFF;
        bits = bits.saturating_add(6);
        if bits >= 8 {
            bits = bits.saturating_sub(8);
            let decoded = (held >> bits) & 0xFF;
            has_colon |= decoded == u32::from(b':');
            if decoded < 0x20 || decoded == 0x7F {
                return false;
            }
        }
    }
    has_colon
}
