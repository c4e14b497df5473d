//! base64url as RFC 7515 §2 requires it: without padding, line breaks or white space.
//!
//! Only the canonical form is accepted (RFC 4648 §3.5). Otherwise one token could be written in
//! several ways, and a list of revoked tokens would contain only one of them.

use core::fmt;

/// The reason why a text is not canonical base64url.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, Token};
/// use jwtick_core::token::{Base64Error, DecodeError};
/// let padded = b"eyJhbGciOiJIUzI1NiJ9.e30=.AA";
/// let refusal = Token::decode(padded, &mut Scratch::<64>::new()).unwrap_err();
/// assert!(matches!(refusal, DecodeError::Base64 { fault: Base64Error::Symbol { at: 3, .. }, .. }));
/// assert_eq!(
///     refusal.to_string(),
///     "payload: expected a base64url character (A-Z a-z 0-9 - _) at byte 3, but found `=`",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Base64Error {
    /// A byte outside the alphabet: padding, white space, or the `+` and `/` of plain base64.
    Symbol {
        /// The position in the segment, in bytes from its start.
        at: usize,
        /// The byte.
        met: u8,
    },
    /// A length that cannot occur: one more than a multiple of four.
    Length {
        /// The length in bytes.
        met: usize,
    },
    /// The last symbol sets unused bits.
    TrailingBits {
        /// The symbol.
        met: u8,
    },
}

impl fmt::Display for Base64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Symbol { at, met } => {
                let met = met.escape_ascii();
                write!(
                    f,
                    "expected a base64url character (A-Z a-z 0-9 - _) at byte {at}, but found `{met}`"
                )
            }
            Self::Length { met } => {
                write!(
                    f,
                    "expected a base64url length that is not 1 over a multiple of 4, but found {met} bytes"
                )
            }
            Self::TrailingBits { met } => {
                let met = met.escape_ascii();
                write!(
                    f,
                    "expected zero in the unused bits of the last base64url character, but found `{met}`"
                )
            }
        }
    }
}

impl core::error::Error for Base64Error {}

/// The number of bytes that `encoded` decodes to.
pub(crate) const fn decoded_len(encoded: &[u8]) -> usize {
    let (quads, rest) = (encoded.len() / 4, encoded.len() % 4);
    quads.saturating_mul(3).saturating_add(rest.saturating_sub(1))
}

/// Decodes into `room`, which must have [`decoded_len`] bytes.
pub(crate) fn decode(encoded: &[u8], room: &mut [u8]) -> Result<(), Base64Error> {
    let (blocks, rest) = encoded.as_chunks();
    let (rooms, rest_room) = room.as_chunks_mut();
    let mut last = [0; BYTES];
    let canonical = blocks.iter().zip(rooms).all(|(block, room)| decode_block(block, room))
        && decode_rest(rest, &mut last);
    last.iter().zip(rest_room).for_each(|(byte, room)| *room = *byte);
    if canonical { Ok(()) } else { Err(fault(encoded)) }
}

/// Checks that `encoded` is canonical, without storing the decoded bytes.
pub(crate) fn check(encoded: &[u8]) -> Result<(), Base64Error> {
    let (blocks, rest) = encoded.as_chunks();
    let mut room = [0; BYTES];
    let canonical =
        blocks.iter().all(|block| decode_block(block, &mut room)) && decode_rest(rest, &mut room);
    if canonical { Ok(()) } else { Err(fault(encoded)) }
}

/// The four symbols of three bytes.
pub(crate) fn encode([a, b, c]: [u8; 3]) -> [u8; 4] {
    [a >> 2, a << 4 & 0x30 | b >> 4, b << 2 & 0x3C | c >> 6, c & 0x3F].map(symbol)
}

/// The symbol of six bits (RFC 4648 §5).
const fn symbol(value: u8) -> u8 {
    match value {
        0..26 => value.saturating_add(b'A'),
        26..52 => value.saturating_sub(26).saturating_add(b'a'),
        52..62 => value.saturating_sub(52).saturating_add(b'0'),
        62 => b'-',
        _ => b'_',
    }
}

/// Returns the first decoded bytes of `text` if it is base64 in either alphabet; otherwise the
/// bytes are arbitrary.
pub(crate) fn start(text: &[u8]) -> [u8; BYTES] {
    let mut start = [0; BYTES];
    decode_block(&block(text), &mut start);
    start
}

const SYMBOLS: usize = 32;
const BYTES: usize = SYMBOLS / 4 * 3;

/// Decodes a block and returns whether all its bytes are symbols. There is no table and no branch,
/// so it is fast with vector instructions and small without them.
fn decode_block(block: &[u8; SYMBOLS], room: &mut [u8; BYTES]) -> bool {
    let values = block.map(value);
    let quads = values.as_chunks().0.iter();
    for (&quad, triple) in quads.zip(room.as_chunks_mut().0) {
        *triple = packed(quad);
    }
    values.iter().fold(0, |all, value| all | value) < 64
}

/// Packs four values of six bits into three bytes.
const fn packed([a, b, c, d]: [u8; 4]) -> [u8; 3] {
    [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
}

/// The six bits of a symbol (RFC 4648 §5), or 255 for any other byte.
fn value(byte: u8) -> u8 {
    // At most one of the ranges matches. If none does, subtracting the added one leaves 255.
    let one_more = |first: u8, count: u8, value: u8| match byte.wrapping_sub(first) {
        nth if nth < count => value.wrapping_add(nth).wrapping_add(1),
        _ => 0,
    };
    let letter = one_more(b'A', 26, 0) | one_more(b'a', 26, 26);
    let other = one_more(b'0', 10, 52) | one_more(b'-', 1, 62) | one_more(b'_', 1, 63);
    (letter | other).wrapping_sub(1)
}

/// The first symbols of `text`, padded with the symbol for zero.
fn block(text: &[u8]) -> [u8; SYMBOLS] {
    let mut block = [b'A'; SYMBOLS];
    block.iter_mut().zip(text).for_each(|(symbol, met)| *symbol = *met);
    block
}

/// Decodes less than a block, padded with the symbol for zero. The bytes after the last one are
/// therefore zero too, unless the last symbol sets unused bits.
fn decode_rest(rest: &[u8], room: &mut [u8; BYTES]) -> bool {
    let decoded = rest.len() % 4 != 1 && decode_block(&block(rest), room);
    decoded && room.iter().skip(decoded_len(rest)).all(|&byte| byte == 0)
}

fn fault(encoded: &[u8]) -> Base64Error {
    let foreign = |byte: &u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_');
    let met = encoded.len();
    match encoded.iter().position(foreign).and_then(|at| Some((at, *encoded.get(at)?))) {
        Some((at, met)) => Base64Error::Symbol { at, met },
        None if met % 4 == 1 => Base64Error::Length { met },
        None => Base64Error::TrailingBits { met: encoded.last().copied().unwrap_or(b'=') },
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[test]
    fn accepts_only_the_canonical_form() {
        type Row = (&'static str, Result<&'static [u8], Base64Error>);
        const ROWS: &[Row] = &[
            ("", Ok(b"")),
            ("_-8", Ok(b"\xff\xef")),
            ("Zm9v", Ok(b"foo")),
            ("Zg", Ok(b"f")),
            ("Zh", Err(Base64Error::TrailingBits { met: b'h' })),
            ("Zm9", Err(Base64Error::TrailingBits { met: b'9' })),
            ("Z", Err(Base64Error::Length { met: 1 })),
            ("Zm9vZ", Err(Base64Error::Length { met: 5 })),
            ("Zg==", Err(Base64Error::Symbol { at: 2, met: b'=' })),
            ("Zm 9v", Err(Base64Error::Symbol { at: 2, met: b' ' })),
            ("Zm9v\n", Err(Base64Error::Symbol { at: 4, met: b'\n' })),
            ("+/8", Err(Base64Error::Symbol { at: 0, met: b'+' })),
        ];
        for &(encoded, expected) in ROWS {
            let mut room = [0; 8];
            let room = &mut room[..decoded_len(encoded.as_bytes())];
            let found = decode(encoded.as_bytes(), room).map(|()| &*room);
            assert_eq!(found, expected, "{encoded:?}");
            assert_eq!(check(encoded.as_bytes()), expected.map(drop), "{encoded:?}, checked");
        }
    }

    // Every byte at every position, compared with a library that decodes symbol by symbol.
    #[test]
    fn block_decodes_like_single_symbols() {
        let bytes: std::vec::Vec<u8> = (0..50).map(|byte: u8| byte.wrapping_mul(67)).collect();
        for len in [1, 2, 3, 23, 24, 25, 47, 49, 50] {
            let mut encoded = URL_SAFE_NO_PAD.encode(&bytes[..len]).into_bytes();
            for at in 0..encoded.len() {
                let symbol = encoded[at];
                for met in 0..=255 {
                    encoded[at] = met;
                    let mut room = std::vec![0; decoded_len(&encoded)];
                    let found = decode(&encoded, &mut room).ok().map(|()| room);
                    let text = encoded.escape_ascii();
                    assert_eq!(found, URL_SAFE_NO_PAD.decode(&encoded).ok(), "{text}");
                }
                encoded[at] = symbol;
            }
        }
    }

    #[test]
    fn triples_are_encoded_like_a_library_does() {
        for first in 0..=255_u8 {
            for second in [0, 1, 0x0F, 0x3C, 0xF0, 0xFF, first] {
                let triple = [first, second, first.rotate_left(3)];
                assert_eq!(URL_SAFE_NO_PAD.encode(triple).as_bytes(), encode(triple));
            }
        }
    }

    #[test]
    fn long_text_is_checked_in_parts() {
        const ROWS: &[(&str, usize, &str, Result<(), Base64Error>)] = &[
            ("two parts", 64, "Zg", Ok(())),
            ("bits in the second", 64, "Zh", Err(Base64Error::TrailingBits { met: b'h' })),
            ("symbol in the second", 64, "Zg=", Err(Base64Error::Symbol { at: 66, met: b'=' })),
            ("one over", 64, "Z", Err(Base64Error::Length { met: 65 })),
            ("one short", 63, "", Err(Base64Error::TrailingBits { met: b'B' })),
        ];
        for &(name, count, end, expected) in ROWS {
            let encoded: std::string::String =
                core::iter::repeat_n("B", count).chain([end]).collect();
            assert_eq!(check(encoded.as_bytes()), expected, "{name}");
        }
    }
}
