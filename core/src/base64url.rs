//! base64url as RFC 7515 §2 wants it: without padding, line breaks or white space.
//!
//! Only the canonical form is accepted (RFC 4648 §3.5): otherwise one token could be written in
//! several ways, and a list of revoked tokens would know only one of them.

use core::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A text that is not canonical base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Base64Error {
    /// A byte outside the alphabet: padding, white space, or the `+` and `/` of plain base64.
    Symbol {
        /// Where in the segment, in bytes from its start.
        at: usize,
        /// The byte.
        met: u8,
    },
    /// A length that no number of bytes encodes to: one more than a multiple of four.
    Length {
        /// The length in bytes.
        met: usize,
    },
    /// The last symbol sets bits that no byte takes up.
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
                write!(f, "byte {at} is '{met}', base64url allows A-Z a-z 0-9 - _")
            }
            Self::Length { met } => {
                write!(
                    f,
                    "{met} bytes encode nothing, base64url never leaves 1 over a multiple of 4"
                )
            }
            Self::TrailingBits { met } => {
                let met = met.escape_ascii();
                write!(f, "the last symbol '{met}' sets unused bits, which must be zero")
            }
        }
    }
}

impl core::error::Error for Base64Error {}

/// How many bytes `encoded` becomes.
pub(crate) const fn decoded_len(encoded: &[u8]) -> usize {
    let (quads, rest) = (encoded.len() / 4, encoded.len() % 4);
    quads.saturating_mul(3).saturating_add(rest.saturating_sub(1))
}

/// Decodes into `room`, which has [`decoded_len`] bytes.
pub(crate) fn decode(encoded: &[u8], room: &mut [u8]) -> Result<(), Base64Error> {
    match URL_SAFE_NO_PAD.decode_slice(encoded, room) {
        Ok(_) => Ok(()),
        Err(_) => Err(fault(encoded)),
    }
}

/// Checks that `encoded` is canonical, without room for what it encodes.
pub(crate) fn check(encoded: &[u8]) -> Result<(), Base64Error> {
    const SYMBOLS: usize = 64; // a multiple of 4, so that only the last part may end early
    let mut room = [0; SYMBOLS / 4 * 3];
    let canonical = |part| URL_SAFE_NO_PAD.decode_slice(part, &mut room).is_ok();
    if encoded.chunks(SYMBOLS).all(canonical) { Ok(()) } else { Err(fault(encoded)) }
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
    use super::*;

    #[test]
    fn only_the_canonical_form_is_accepted() {
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

    #[test]
    fn what_is_long_is_checked_in_parts() {
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
