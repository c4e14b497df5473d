//! Texts of mails in quoted-printable (RFC 2045 §6.7): lines of at most 76 characters, with `=` at a seam.
//!
//! A mail program shows the text without it, and saves the source with it. Long lines of a log come out in
//! parts, and no reader of lines could find a stamp or a member that lies across a seam. It is recognised by
//! the opening of a text: each `=` is the start of an escape or the end of a line, which no log has by
//! chance, or a header names it. Line feeds and returns stay escaped, so that a stranger cannot end a line.

use heapless::Vec;

use super::find;

/// The longest line with its `=` (RFC 2045 §6.7, rule 5).
const LONGEST: usize = 76;
/// No encoder breaks a line that would be shorter by more than an escape.
const SHORTEST: usize = LONGEST - 4;
/// Large enough to pass few pieces, and small enough for the stack of an appliance.
const PIECE: usize = 256;

/// Decodes chunks that may end anywhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Decoder {
    held: Held,
}

/// The start of an escape.
#[derive(Debug, Clone, Copy, Default)]
enum Held {
    #[default]
    Nothing,
    /// `=`.
    Sign,
    /// `=` and a return, or a digit.
    Two(u8),
}

impl Held {
    fn bytes(self) -> Vec<u8, 2> {
        let (sign, second) = match self {
            Self::Nothing => (None, None),
            Self::Sign => (Some(b'='), None),
            Self::Two(second) => (Some(b'='), Some(second)),
        };
        sign.into_iter().chain(second).collect()
    }
}

impl Decoder {
    /// Passes the text of `chunk` to `sink`, in pieces of any length.
    pub(super) fn feed(&mut self, chunk: &[u8], sink: &mut impl FnMut(&[u8])) {
        let mut piece = Vec::<u8, PIECE>::new();
        for byte in chunk {
            if piece.len().saturating_add(4) > PIECE {
                sink(&piece);
                piece.clear();
            }
            self.push(*byte, &mut piece);
        }
        if !piece.is_empty() {
            sink(&piece);
        }
    }

    /// Passes an escape that the text ends in.
    pub(super) fn finish(&mut self, sink: &mut impl FnMut(&[u8])) {
        let held = core::mem::take(&mut self.held).bytes();
        if !held.is_empty() {
            sink(&held);
        }
    }

    /// Decodes the start of a text in place, and returns the length that it has then.
    pub(super) fn decode(&mut self, text: &mut [u8]) -> usize {
        let (mut taken, mut written) = (0_usize, 0_usize);
        while let Some(&byte) = text.get(taken) {
            taken = taken.saturating_add(1);
            let mut piece = Vec::<u8, 4>::new();
            self.push(byte, &mut piece);
            // What is decoded is never longer than what was taken.
            for (byte, room) in piece.iter().zip(text.iter_mut().skip(written)) {
                *room = *byte;
            }
            written = written.saturating_add(piece.len());
        }
        written
    }

    // `piece` has room for what is held and for `byte`.
    fn push<const N: usize>(&mut self, byte: u8, piece: &mut Vec<u8, N>) {
        match (self.held, byte) {
            (Held::Nothing, b'=') => self.held = Held::Sign,
            (Held::Nothing, _) => {
                let _ = piece.push(byte);
            }
            (Held::Sign | Held::Two(b'\r'), b'\n') => self.held = Held::Nothing,
            (Held::Sign, _) if byte == b'\r' || digit(byte).is_some() => {
                self.held = Held::Two(byte);
            }
            (Held::Two(high), _) => match value(high, byte) {
                Some(value) if !b"\r\n".contains(&value) => {
                    let _ = piece.push(value);
                    self.held = Held::Nothing;
                }
                _ => self.release(byte, piece),
            },
            (Held::Sign, _) => self.release(byte, piece),
        }
    }

    /// Passes what is held, which is no escape. `byte` may start one.
    fn release<const N: usize>(&mut self, byte: u8, piece: &mut Vec<u8, N>) {
        let _ = piece.extend_from_slice(&self.held.bytes());
        self.held = if byte == b'=' { Held::Sign } else { Held::Nothing };
        if byte != b'=' {
            let _ = piece.push(byte);
        }
    }
}

// Encoders write capitals (RFC 2045 §6.7, rule 1). Small letters would make `iss=face` an escape.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'A'..=b'F' => byte.checked_sub(b'A')?.checked_add(10),
        _ => None,
    }
}

fn value(high: u8, low: u8) -> Option<u8> {
    digit(high)?.checked_mul(16)?.checked_add(digit(low)?)
}

/// Returns `true` if the text that starts with `opening`, which ends with a line, is in quoted-printable.
pub(super) fn is_encoded(opening: &[u8]) -> bool {
    // Most texts do not even pass this.
    if find::after(opening, b"=\n").is_none() && find::after(opening, b"=\r\n").is_none() {
        return false;
    }
    let body = find::after(opening, b"ncoding: quoted-printable")
        .or_else(|| find::after(opening, b"ncoding: QUOTED-PRINTABLE"))
        .map(|rest| find::after(rest, b"\n").unwrap_or(rest));
    let lines = body.unwrap_or(opening).split(|byte| *byte == b'\n');
    let mut lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    // The text follows the fields of the header after an empty line.
    if body.is_some() {
        lines.find(|line| line.is_empty());
    }
    let mut breaks = 0_usize;
    for line in lines {
        if line.len() > LONGEST || !has_only_escapes(line) {
            return false;
        }
        let is_broken = line.ends_with(b"=");
        if is_broken && line.len() < SHORTEST && body.is_none() {
            return false;
        }
        breaks = breaks.saturating_add(usize::from(is_broken));
    }
    breaks > 0
}

/// Returns `true` if each `=` of `line` starts an escape, or ends the line.
fn has_only_escapes(line: &[u8]) -> bool {
    memchr::memchr_iter(b'=', line).all(|at| match line.get(at.saturating_add(1)..) {
        Some([high, low, ..]) => value(*high, *low).is_some(),
        Some([]) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn decoded(text: &[u8], length: usize) -> Vec<u8> {
        let (mut decoder, mut all) = (Decoder::default(), Vec::new());
        for chunk in text.chunks(length) {
            decoder.feed(chunk, &mut |piece: &[u8]| all.extend_from_slice(piece));
        }
        decoder.finish(&mut |piece: &[u8]| all.extend_from_slice(piece));
        all
    }

    /// Encodes as mail programs do.
    fn encoded(text: &[u8]) -> Vec<u8> {
        let (mut all, mut width) = (Vec::new(), 0);
        for &byte in text {
            let unit = match byte {
                b'\n' => String::from("\n"),
                b' '..=b'<' | b'>'..=b'~' => String::from(char::from(byte)),
                _ => format!("={byte:02X}"),
            };
            if width + unit.len() >= LONGEST && byte != b'\n' {
                all.extend_from_slice(b"=\n");
                width = 0;
            }
            width = if byte == b'\n' { 0 } else { width + unit.len() };
            all.extend_from_slice(unit.as_bytes());
        }
        all
    }

    #[test]
    fn escapes_and_seams_are_decoded() {
        const ROWS: &[(&str, &str)] = &[
            ("iat=3D1", "iat=1"),
            ("f=C3=BCr", "für"),
            ("ex=\npired", "expired"),
            ("ex=\r\npired", "expired"),
            ("line feeds stay escaped=0A=0D", "line feeds stay escaped=0A=0D"),
            ("=3d = =G0 =0G =\rx ==3D =3=3D =3", "=3d = =G0 =0G =\rx == =3= =3"),
            ("=", "="),
        ];
        for &(text, expected) in ROWS {
            for length in 1..4 {
                let met = String::from_utf8(decoded(text.as_bytes(), length)).unwrap();
                assert_eq!(met, expected, "{text}, {length}");
            }
        }
    }

    #[test]
    fn encoding_is_recognised_by_its_seams() {
        let line = "a".repeat(SHORTEST);
        let rows = [
            ("a seam", format!("{line}=\nb\n"), true),
            ("a seam with CRLF", format!("{line}=\r\nb\r\n"), true),
            ("a seam and escapes", format!("iat=3D1 {}=\nb\n", "a".repeat(64)), true),
            ("no seam", format!("{line}\nb\n"), false),
            ("a sign in a pair", format!("{line}=\niat=1\n"), false),
            ("a pair with small letters", format!("{line}=\niss=face\n"), false),
            ("a short line with a sign", "next: =\nb\n".into(), false),
            ("a longer line", format!("{line}=\n{line}{line}\n"), false),
            (
                "a header",
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nshort=\nb=3D\n".into(),
                true,
            ),
            ("a text in Base64", format!("{}==\n{line}\n", "a".repeat(70)), false),
        ];
        for (row, text, expected) in rows {
            assert_eq!(is_encoded(text.as_bytes()), expected, "{row}");
        }
    }

    proptest! {
        #[test]
        fn encoded_text_is_decoded_in_chunks_of_any_size(
            text in "[ -~é€\n]{0,600}",
            length in 1..90_usize,
        ) {
            let encoded = encoded(text.as_bytes());
            prop_assert_eq!(decoded(&encoded, length), text.as_bytes());
            let has_seam = encoded.windows(2).any(|pair| pair == b"=\n");
            let lines = encoded.split(|byte| *byte == b'\n');
            // An escape of three characters may leave room for as many.
            let is_full = lines.clone().filter(|line| line.ends_with(b"=")).all(|line| line.len() >= SHORTEST);
            prop_assert_eq!(is_encoded(&encoded), has_seam && is_full);
        }

        #[test]
        fn any_bytes_are_decoded_alike_in_chunks_of_any_size(text: Vec<u8>, length in 1..9_usize) {
            let whole = decoded(&text, usize::MAX);
            prop_assert!(whole.len() <= text.len());
            prop_assert_eq!(&decoded(&text, length), &whole);
            let (mut decoder, mut room) = (Decoder::default(), text);
            let written = decoder.decode(&mut room);
            room.truncate(written);
            decoder.finish(&mut |piece: &[u8]| room.extend_from_slice(piece));
            prop_assert_eq!(room, whole);
        }
    }
}
