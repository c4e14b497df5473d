//! Conversion of logs to UTF-8, whatever encoding they were saved in.
//!
//! A byte order mark decides. UTF-16 with a mark is converted, UTF-8 loses its mark, and bytes
//! without a mark pass unchanged, because most logs are ASCII in any encoding. Without a mark, two
//! characters of ASCII with a zero next to each are UTF-16. Chunks may end anywhere, even inside the mark
//! or a character.

use core::mem;

use heapless::Vec;

// Large enough to call the sink rarely, and small enough for the stack of an appliance.
const PIECE: usize = 256;

/// Bytes that decide the encoding: a mark, or two characters of UTF-16 without one.
type Head = Vec<u8, 4>;

/// Passes on the chunks of a text as UTF-8.
#[derive(Debug, Clone)]
pub(crate) struct Decoder(State);

#[derive(Debug, Clone)]
enum State {
    /// Bytes that may be the start of a byte order mark or of UTF-16.
    Start(Head),
    Bytes,
    Utf16(Utf16),
}

impl Decoder {
    pub(crate) const fn new() -> Self {
        Self(State::Start(Vec::new()))
    }

    /// Passes the text of `chunk` to `sink`, in pieces of any length.
    pub(crate) fn feed(&mut self, chunk: &[u8], mut sink: impl FnMut(&[u8])) {
        let mut rest = chunk;
        while let (State::Start(held), Some((&byte, behind))) = (&mut self.0, rest.split_first()) {
            rest = behind;
            self.0 = after(mem::take(held), byte, &mut sink);
        }
        match &mut self.0 {
            State::Start(_) => {}
            State::Bytes => sink(rest),
            State::Utf16(utf16) => utf16.feed(rest, sink),
        }
    }

    /// Passes the remaining bytes to `sink`: part of a byte order mark, or of a character.
    pub(crate) fn finish(self, mut sink: impl FnMut(&[u8])) {
        match self.0 {
            State::Start(held) => sink(&held),
            State::Bytes => {}
            State::Utf16(utf16) => utf16.finish(sink),
        }
    }
}

// `held` has room for every head that does not decide yet, so `push` never fails.
fn after(mut held: Head, byte: u8, sink: &mut impl FnMut(&[u8])) -> State {
    let _ = held.push(byte);
    match *held {
        [0xEF] | [0xEF, 0xBB] | [0xFE] | [0xFF] => State::Start(held),
        [0xEF, 0xBB, 0xBF] => State::Bytes,
        [0xFE, 0xFF] => State::Utf16(Utf16::new(u16::from_be_bytes)),
        [0xFF, 0xFE] => State::Utf16(Utf16::new(u16::from_le_bytes)),
        _ => unmarked(held, sink),
    }
}

/// The state after a head without a mark.
fn unmarked(held: Head, sink: &mut impl FnMut(&[u8])) -> State {
    let is_utf16 =
        |zero_at| held.iter().enumerate().all(|(at, &byte)| has_zeros(at, byte, zero_at));
    let unit: fn([u8; 2]) -> u16 = match (is_utf16(0), is_utf16(1)) {
        (true, _) => u16::from_be_bytes,
        (_, true) => u16::from_le_bytes,
        _ => {
            sink(&held);
            return State::Bytes;
        }
    };
    if !held.is_full() {
        return State::Start(held);
    }
    let mut utf16 = Utf16::new(unit);
    utf16.feed(&held, sink);
    State::Utf16(utf16)
}

/// Returns `true` if `byte` may be at `at` in a text of UTF-16 in ASCII: a zero at every second place,
/// beginning with `zero_at`.
const fn has_zeros(at: usize, byte: u8, zero_at: usize) -> bool {
    if at % 2 == zero_at { byte == 0 } else { matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~') }
}

/// The state of UTF-16 between two chunks.
#[derive(Debug, Clone)]
struct Utf16 {
    unit: fn([u8; 2]) -> u16,
    /// The first byte of a code unit.
    half: Option<u8>,
    /// A high surrogate, which must be followed by a low one.
    high: Option<u16>,
}

impl Utf16 {
    const fn new(unit: fn([u8; 2]) -> u16) -> Self {
        Self { unit, half: None, high: None }
    }

    fn feed(&mut self, bytes: &[u8], sink: impl FnMut(&[u8])) {
        let mut pieces = Pieces::new(sink);
        for &byte in bytes {
            match self.half.take() {
                Some(first) => self.push((self.unit)([first, byte]), &mut pieces),
                None => self.half = Some(byte),
            }
        }
        pieces.flush();
    }

    fn push(&mut self, unit: u16, pieces: &mut Pieces<impl FnMut(&[u8])>) {
        let high = self.high.take();
        match (high, unit) {
            (Some(high), 0xDC00..=0xDFFF) => pieces.push(supplementary(high, unit)),
            (None, 0xD800..=0xDBFF) => self.high = Some(unit),
            (Some(_), 0xD800..=0xDBFF) => {
                pieces.push(char::REPLACEMENT_CHARACTER);
                self.high = Some(unit);
            }
            (Some(_), _) => {
                pieces.push(char::REPLACEMENT_CHARACTER);
                pieces.push(character(unit.into()));
            }
            (None, _) => pieces.push(character(unit.into())),
        }
    }

    fn finish(self, sink: impl FnMut(&[u8])) {
        let mut pieces = Pieces::new(sink);
        if self.high.is_some() {
            pieces.push(char::REPLACEMENT_CHARACTER);
        }
        if self.half.is_some() {
            pieces.push(char::REPLACEMENT_CHARACTER);
        }
        pieces.flush();
    }
}

// Each surrogate carries ten bits of the value above U+FFFF (RFC 2781 §2.2).
fn supplementary(high: u16, low: u16) -> char {
    character(0x1_0000 + (u32::from(high & 0x3FF) << 10) + u32::from(low & 0x3FF))
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Collects characters, so that the sink is not called for each of them.
struct Pieces<S> {
    bytes: Vec<u8, PIECE>,
    sink: S,
}

impl<S: FnMut(&[u8])> Pieces<S> {
    const fn new(sink: S) -> Self {
        Self { bytes: Vec::new(), sink }
    }

    fn push(&mut self, character: char) {
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer).as_bytes();
        if self.bytes.extend_from_slice(encoded).is_err() {
            self.flush();
            // An empty piece has room for any character.
            let _ = self.bytes.extend_from_slice(encoded);
        }
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            (self.sink)(&self.bytes);
            self.bytes.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::string::String;
    use std::vec::Vec;

    use super::*;

    fn decoded<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
        let mut text = Vec::new();
        let mut decoder = Decoder::new();
        for chunk in chunks {
            decoder.feed(chunk, |piece| text.extend_from_slice(piece));
        }
        decoder.finish(|piece| text.extend_from_slice(piece));
        text
    }

    #[test]
    fn byte_order_mark_selects_encoding() {
        const ROWS: &[(&str, &[u8], &[u8])] = &[
            ("nothing", b"", b""),
            ("ASCII", b"JWT\r\n", b"JWT\r\n"),
            ("UTF-8", "né".as_bytes(), "né".as_bytes()),
            ("UTF-8 with a mark", b"\xEF\xBB\xBFJWT", b"JWT"),
            ("only one mark goes", b"\xEF\xBB\xBF\xEF\xBB\xBF", b"\xEF\xBB\xBF"),
            ("other bytes", b"\x80\xFF\0\xFE", b"\x80\xFF\0\xFE"),
            ("part of a mark", b"\xEF\xBB", b"\xEF\xBB"),
            ("almost a mark", b"\xEF\xBBJWT", b"\xEF\xBBJWT"),
            ("almost a mark of UTF-16", b"\xFFJWT", b"\xFFJWT"),
            ("little endian", b"\xFF\xFEJ\0W\0", b"JW"),
            ("big endian", b"\xFE\xFF\0J\0W", b"JW"),
            ("above ASCII", b"\xFF\xFE\xE9\0\xAC\x20", "é€".as_bytes()),
            ("a pair", b"\xFE\xFF\xD8\x3D\xDE\x80", "🚀".as_bytes()),
            ("a high one alone", b"\xFE\xFF\xD8\x3D\0J", "\u{FFFD}J".as_bytes()),
            ("two high ones", b"\xFE\xFF\xD8\x3D\xD8\x3D\xDE\x80", "\u{FFFD}🚀".as_bytes()),
            ("a low one alone", b"\xFE\xFF\xDE\x80\0J", "\u{FFFD}J".as_bytes()),
            ("a high one at the end", b"\xFE\xFF\xD8\x3D", "\u{FFFD}".as_bytes()),
            ("little endian without a mark", b"J\0W\0\xE9\0", "JWé".as_bytes()),
            ("big endian without a mark", b"\0J\0W\0\xE9", "JWé".as_bytes()),
            ("cut inside a character", b"\0\r\0\n\0J\0", "\r\nJ\u{FFFD}".as_bytes()),
            ("one character without a mark", b"J\0W", b"J\0W"),
            ("text with zeros", b"J\0\0W\0", b"J\0\0W\0"),
            ("zeros and text", b"\0\0J\0W", b"\0\0J\0W"),
            ("half a unit", b"\xFE\xFF\0J\0", "J\u{FFFD}".as_bytes()),
        ];
        for &(row, bytes, text) in ROWS {
            assert_eq!(decoded([bytes]), text, "{row}");
        }
    }

    #[test]
    fn converts_more_than_one_piece() {
        let text = "é".repeat(PIECE);
        let mut bytes = Vec::from(*b"\xFF\xFE");
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decoded([bytes.as_slice()]), text.as_bytes());
    }

    const MARKS: &[&[u8]] = &[b"", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];

    proptest! {
        #[test]
        fn result_is_independent_of_chunks(
            mark in prop::sample::select(MARKS),
            text: Vec<u8>,
            length in 1..8_usize,
        ) {
            let bytes = [mark, &text].concat();
            prop_assert_eq!(decoded(bytes.chunks(length)), decoded([bytes.as_slice()]));
        }

        #[test]
        fn utf_16_is_read_like_standard_library(units: Vec<u16>) {
            let mut bytes = Vec::from(*b"\xFE\xFF");
            bytes.extend(units.iter().copied().flat_map(u16::to_be_bytes));
            prop_assert_eq!(decoded([bytes.as_slice()]), String::from_utf16_lossy(&units).into_bytes());
        }
    }
}
