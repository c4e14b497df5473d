//! Writes the compact form (RFC 7515 §7.1) from left to right into a buffer: JSON, encoded as base64url
//! while it is written.
//!
//! Beyond the end of the buffer, symbols are only counted, so that the needed length is known.

use crate::token::encode;

/// The longest number, −2⁶³.
const DIGITS: usize = 20;

pub(crate) struct Compact<'r> {
    room: &'r mut [u8],
    at: usize,
    triple: [u8; 3],
    held: usize, // bytes of `triple` that are not written yet, below 3
}

impl<'r> Compact<'r> {
    pub(crate) const fn new(room: &'r mut [u8]) -> Self {
        Self::after(room, 0)
    }

    /// Continues after the first `at` symbols.
    pub(crate) const fn after(room: &'r mut [u8], at: usize) -> Self {
        Self { room, at, triple: [0; 3], held: 0 }
    }

    /// The number of symbols so far.
    pub(crate) const fn len(&self) -> usize {
        self.at
    }

    pub(crate) fn into_room(self) -> &'r mut [u8] {
        self.room
    }

    /// Ends a segment, and begins the next one.
    pub(crate) fn dot(&mut self) {
        self.end();
        self.symbol(b'.');
    }

    /// Ends a segment.
    pub(crate) fn end(&mut self) {
        if self.held > 0 {
            self.flush();
        }
    }

    fn symbol(&mut self, symbol: u8) {
        if let Some(place) = self.room.get_mut(self.at) {
            *place = symbol;
        }
        self.at = self.at.saturating_add(1);
    }

    // n bytes have n + 1 symbols, without padding (RFC 7515 §2).
    fn flush(&mut self) {
        let quad = encode(core::mem::take(&mut self.triple));
        let count = core::mem::take(&mut self.held).saturating_add(1);
        quad.into_iter().take(count).for_each(|symbol| self.symbol(symbol));
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        if let Some(place) = self.triple.get_mut(self.held) {
            *place = byte;
        }
        self.held = self.held.saturating_add(1);
        if self.held == self.triple.len() {
            self.flush();
        }
    }

    /// Bytes as they are, such as the punctuation of JSON.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.byte(*byte));
    }

    /// A JSON string. Only what must be escaped is (RFC 8259 §7).
    pub(crate) fn string(&mut self, text: &str) {
        self.byte(b'"');
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.bytes(&[b'\\', byte]),
                ..0x20 => self.bytes(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 0xF)]),
                _ => self.byte(byte),
            }
        }
        self.byte(b'"');
    }

    /// A JSON string of bytes in base64url, which are then encoded a second time.
    pub(crate) fn encoded(&mut self, bytes: &[u8]) {
        self.byte(b'"');
        let (triples, rest) = bytes.as_chunks();
        triples.iter().for_each(|triple| self.bytes(&encode(*triple)));
        let mut last = [0; 3];
        last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
        let symbols = if rest.is_empty() { 0 } else { rest.len().saturating_add(1) };
        encode(last).into_iter().take(symbols).for_each(|symbol| self.byte(symbol));
        self.byte(b'"');
    }

    /// A JSON number. The formatting of the standard library would add a kilobyte.
    pub(crate) fn integer(&mut self, number: i64) {
        let (mut digits, mut rest) = ([b'0'; DIGITS], number.unsigned_abs());
        let mut used = 0_usize;
        for place in digits.iter_mut().rev() {
            let digit = u8::try_from(rest % 10).unwrap_or_default();
            *place = digit.saturating_add(b'0');
            (rest, used) = (rest / 10, used.saturating_add(1));
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            self.byte(b'-');
        }
        digits.iter().skip(DIGITS.saturating_sub(used)).for_each(|digit| self.byte(*digit));
    }
}

const fn hex(nibble: u8) -> u8 {
    nibble.saturating_add(if nibble < 10 { b'0' } else { b'a' - 10 })
}

#[cfg(test)]
mod tests {
    use std::string::String;
    use std::vec::Vec;

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    fn written(length: usize, write: impl FnOnce(&mut Compact<'_>)) -> (Vec<u8>, usize) {
        let mut room = std::vec![b'~'; length];
        let mut compact = Compact::new(&mut room);
        write(&mut compact);
        compact.end();
        let needs = compact.len();
        (room, needs)
    }

    fn decoded(write: impl FnOnce(&mut Compact<'_>)) -> String {
        let (room, length) = written(4_000, write);
        String::from_utf8(URL_SAFE_NO_PAD.decode(&room[..length]).unwrap()).unwrap()
    }

    #[test]
    fn integers_have_their_digits() {
        for number in [0, 1, -1, 9, 10, 1_795_250_000, i64::MAX, i64::MIN] {
            assert_eq!(decoded(|to| to.integer(number)), std::format!("{number}"));
        }
    }

    #[test]
    fn only_what_must_be_escaped_is() {
        const ROWS: &[(&str, &str)] = &[
            ("", r#""""#),
            ("a/ä한😀\u{7f}", "\"a/ä한😀\u{7f}\""),
            ("say \"hi\\", r#""say \"hi\\""#),
            ("\0\n\u{1f} ", r#""\u0000\u000a\u001f ""#),
        ];
        for &(text, json) in ROWS {
            assert_eq!(decoded(|to| to.string(text)), json, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn strings_are_read_back(text in ".*") {
            let json = decoded(|to| to.string(&text));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }

        // A buffer of any length: what fits is written, and all of it is counted.
        #[test]
        fn segments_are_encoded_as_a_library_does(
            first in proptest::collection::vec(any::<u8>(), 0..40),
            second in proptest::collection::vec(any::<u8>(), 0..40), room in 0_usize..120,
        ) {
            let (met, needs) = written(room, |to| {
                to.bytes(&first);
                to.dot();
                to.bytes(&second);
            });
            let expected = [&first, &second].map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).join(".");
            prop_assert_eq!(needs, expected.len());
            let fits = needs.min(room);
            prop_assert_eq!(&met[..fits], &expected.as_bytes()[..fits]);
            prop_assert!(met[fits..].iter().all(|byte| *byte == b'~'));
        }

        #[test]
        fn bytes_are_encoded_twice(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let expected = std::format!("\"{}\"", URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decoded(|to| to.encoded(&bytes)), expected);
        }
    }
}
