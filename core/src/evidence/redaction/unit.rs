//! One character of a secret, as different encodings write it.
//!
//! Each encoding may be applied to any of the characters, and more than once: `=` is also `%3D`,
//! `%3d`, `%253D`, `\u003d`, `\\u003d` and `&#61;`.

use super::scan::{from, run, starts};

/// A character as written: the number of bytes, and of bytes of the secret that they are.
pub(super) type Step = (usize, usize);

/// The number of ways to write one character that are told apart.
pub(super) type Steps = heapless::Vec<Step, 8>;

/// Text is encoded a few times at most.
const MOST_LAYERS: usize = 4;

/// Returns the ways to read the start of `rest` as the next bytes of a secret, which `is_next`
/// compares.
pub(super) fn steps(rest: &[u8], is_next: impl Fn(&[u8]) -> bool + Copy) -> Steps {
    let mut steps = Steps::new();
    let Some(&first) = rest.first() else { return steps };
    if is_next(&[first]) {
        let _ = steps.push((1, 1));
    }
    match first {
        // RFC 1866 §8.2.1: forms write a blank like this.
        b'+' if is_next(b" ") => {
            let _ = steps.push((1, 1));
        }
        b'%' => {
            percent(rest, is_next, &mut steps);
            backslash(rest, is_next, &mut steps);
        }
        b'\\' => backslash(rest, is_next, &mut steps),
        b'&' => entity(rest, is_next, &mut steps),
        _ => {}
    }
    steps
}

/// RFC 3986 §2.1. The percent sign itself may be encoded: `%253D`.
fn percent(rest: &[u8], is_next: impl Fn(&[u8]) -> bool, steps: &mut Steps) {
    let mut at = 1_usize;
    for _ in 0..MOST_LAYERS {
        let digits = rest.get(at..at.saturating_add(2)).unwrap_or_default();
        if hex(digits).and_then(|byte| u8::try_from(byte).ok()).is_some_and(|byte| is_next(&[byte]))
        {
            let _ = steps.push((at.saturating_add(2), 1));
        }
        if digits != b"25" {
            return;
        }
        at = at.saturating_add(2);
    }
}

/// RFC 8259 §7, and the escapes of other languages. A backslash may be doubled by an outer string,
/// or written as `%5C`.
fn backslash(rest: &[u8], is_next: impl Fn(&[u8]) -> bool, steps: &mut Steps) {
    let mut at = 0_usize;
    for count in 1..=1_usize << MOST_LAYERS {
        let Some(length) = one_backslash(from(rest, at)) else { return };
        at = at.saturating_add(length);
        // A backslash within a secret is written as two, four or eight of them.
        if count.is_power_of_two() && is_next(b"\\") && at > 1 {
            let _ = steps.push((at, 1));
        }
        if let Some((length, character)) = escape(from(rest, at)) {
            let mut room = [0; 4];
            let written = character.encode_utf8(&mut room).as_bytes();
            if is_next(written) {
                let _ = steps.push((at.saturating_add(length), written.len()));
            }
            return;
        }
    }
}

fn one_backslash(rest: &[u8]) -> Option<usize> {
    if rest.first() == Some(&b'\\') { Some(1) } else { starts(rest, b"%5c").then_some(3) }
}

/// Returns what follows a backslash, and the character that it means.
fn escape(rest: &[u8]) -> Option<(usize, char)> {
    let plain = |character| Some((1, character));
    match rest.first()? {
        b'"' => plain('"'),
        b'\'' => plain('\''),
        b'/' => plain('/'),
        b'b' => plain('\u{8}'),
        b'f' => plain('\u{c}'),
        b'n' => plain('\n'),
        b'r' => plain('\r'),
        b't' => plain('\t'),
        b'x' => {
            let code = hex(rest.get(1..3)?)?;
            Some((3, char::from_u32(code)?))
        }
        b'u' => unicode(rest),
        _ => None,
    }
}

/// Reads `u003d`, or a pair of surrogates: `ud83d\ude00`.
fn unicode(rest: &[u8]) -> Option<(usize, char)> {
    let unit = |at: usize| hex(rest.get(at..at.saturating_add(4))?);
    let first = unit(1)?;
    if let Some(character) = char::from_u32(first) {
        return Some((5, character));
    }
    let slashes = run(from(rest, 5), |byte| byte == b'\\');
    let second = slashes.saturating_add(5);
    if slashes == 0 || rest.get(second) != Some(&b'u') {
        return None;
    }
    let low = unit(second.saturating_add(1))?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
    let high = first.checked_sub(0xD800).filter(|high| *high < 0x400)?;
    let code = (high << 10).checked_add(low)?.checked_add(0x1_0000)?;
    Some((second.saturating_add(5), char::from_u32(code)?))
}

/// Entities that an HTML page needs.
const ENTITIES: &[(&[u8], &[u8])] = &[
    (b"&amp;", b"&"),
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&quot;", b"\""),
    (b"&apos;", b"'"),
    (b"&nbsp;", b" "),
];

fn entity(rest: &[u8], is_next: impl Fn(&[u8]) -> bool, steps: &mut Steps) {
    for &(entity, character) in ENTITIES {
        if starts(rest, entity) && is_next(character) {
            let _ = steps.push((entity.len(), character.len()));
        }
    }
    if let Some((length, character)) = numeric_entity(rest) {
        let mut room = [0; 4];
        let written = character.encode_utf8(&mut room).as_bytes();
        if is_next(written) {
            let _ = steps.push((length, written.len()));
        }
    }
}

/// Reads `&#61;` or `&#x3D;`, with any number of leading zeros up to eight digits.
fn numeric_entity(rest: &[u8]) -> Option<(usize, char)> {
    let is_hex = starts(rest, b"&#x");
    let start = if is_hex { 3 } else { 2 };
    if !is_hex && !starts(rest, b"&#") {
        return None;
    }
    let digits = run(from(rest, start), |byte| byte.is_ascii_hexdigit());
    let end = start.saturating_add(digits);
    let written = rest.get(start..end).filter(|written| (1..=8).contains(&written.len()))?;
    let radix = if is_hex { 16 } else { 10 };
    let code = u32::from_str_radix(str::from_utf8(written).ok()?, radix).ok()?;
    let closed = usize::from(rest.get(end) == Some(&b';'));
    Some((end.saturating_add(closed), char::from_u32(code)?))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let digits = str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u32::from_str_radix(digits, 16).ok()
}
