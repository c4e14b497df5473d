//! Splits a stream of chunks into lines, and overlong lines into pieces.
//!
//! The result depends on the bytes alone, never on how they were cut into chunks.

use super::{find, quoted_printable};

/// The longest piece. Longer lines are cut, after a separator if possible.
pub(crate) const LINE_MAX: usize = 8_192;
// One more byte is needed to see whether a full piece ends its line.
const HELD_MAX: usize = LINE_MAX + 1;

/// A receiver of text that can be read at once.
pub(crate) trait Sink {
    /// Takes complete lines, or one piece of an overlong line. Every call starts where the last one
    /// ended.
    fn block(&mut self, text: &[u8]);
}

/// Holds back the line that is not complete yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    carry: heapless::Vec<u8, HELD_MAX>,
    /// `true` while the first lines of the text are held, so that they can be compared.
    holds_opening: bool,
    /// Decodes the text behind its first lines if those are quoted-printable.
    decoder: Option<quoted_printable::Decoder>,
}

/// The size of the lines at the start of a text that are passed on together.
const OPENING: usize = 2_048;

impl Lines {
    pub(crate) const fn new() -> Self {
        Self { carry: heapless::Vec::new(), holds_opening: false, decoder: None }
    }

    /// Passes on the first lines of the text together.
    pub(crate) const fn with_opening() -> Self {
        Self { carry: heapless::Vec::new(), holds_opening: true, decoder: None }
    }

    /// Passes on the lines that `chunk` completes.
    pub(crate) fn feed(&mut self, chunk: &[u8], sink: &mut impl Sink) {
        let chunk = self.hold_opening(chunk, sink);
        match self.decoder.take() {
            None => self.feed_plain(chunk, sink),
            Some(mut decoder) => {
                decoder.feed(chunk, &mut |text: &[u8]| self.feed_plain(text, sink));
                self.decoder = Some(decoder);
            }
        }
    }

    fn feed_plain(&mut self, chunk: &[u8], sink: &mut impl Sink) {
        let rest = self.complete_carry(chunk, sink);
        let whole = memchr::memrchr(b'\n', rest).map_or(0, |end| end.saturating_add(1));
        let (lines, tail) = rest.split_at_checked(whole).unwrap_or((rest, &[]));
        if !lines.is_empty() {
            sink.block(lines);
        }
        self.hold(tail, sink);
    }

    /// Holds the first lines of the text until there are enough. Returns the rest of `chunk`.
    fn hold_opening<'c>(&mut self, chunk: &'c [u8], sink: &mut impl Sink) -> &'c [u8] {
        let mut rest = chunk;
        while self.holds_opening && !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest);
            let len = end.map_or(rest.len(), |end| end.saturating_add(1));
            let room = HELD_MAX.saturating_sub(self.carry.len());
            let (head, tail) = rest.split_at_checked(len.min(room)).unwrap_or((rest, &[]));
            // `head` is never longer than the room that is left.
            let _ = self.carry.extend_from_slice(head);
            rest = tail;
            if self.carry.is_full() || (self.carry.len() >= OPENING && head.ends_with(b"\n")) {
                self.end_opening(sink);
            }
        }
        rest
    }

    /// Passes on the first lines that are still held.
    pub(crate) fn end_opening(&mut self, sink: &mut impl Sink) {
        if !self.holds_opening {
            return;
        }
        self.holds_opening = false;
        self.decode_opening();
        let len = memchr::memrchr(b'\n', &self.carry).map_or(0, |end| end.saturating_add(1));
        if let Some(lines) = self.carry.get(..len).filter(|lines| !lines.is_empty()) {
            sink.block(lines);
        }
        let kept = self.carry.len().saturating_sub(len);
        self.carry.copy_within(len.., 0);
        self.carry.truncate(kept);
        if self.carry.is_full() {
            self.pass_piece(sink);
        }
    }

    /// Decodes the first lines if they are quoted-printable, and the text behind them from now on.
    fn decode_opening(&mut self) {
        let whole = memchr::memrchr(b'\n', &self.carry).map_or(0, |end| end.saturating_add(1));
        if !self.carry.get(..whole).is_some_and(quoted_printable::is_encoded) {
            return;
        }
        let mut decoder = quoted_printable::Decoder::default();
        let len = decoder.decode(&mut self.carry);
        self.carry.truncate(len);
        self.decoder = Some(decoder);
    }

    /// Passes on the last line, which may have no line feed.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) {
        if core::mem::take(&mut self.holds_opening) {
            self.decode_opening();
        }
        if let Some(mut decoder) = self.decoder.take() {
            decoder.finish(&mut |text: &[u8]| self.feed_plain(text, sink));
        }
        self.end_line(sink);
    }

    /// Passes on the line that is held.
    fn end_line(&mut self, sink: &mut impl Sink) {
        if !self.carry.is_empty() {
            sink.block(&self.carry);
            self.carry.clear();
        }
    }

    /// Adds to the held line until it ends, and returns what follows it.
    fn complete_carry<'c>(&mut self, chunk: &'c [u8], sink: &mut impl Sink) -> &'c [u8] {
        if self.carry.is_empty() {
            return chunk;
        }
        let end = memchr::memchr(b'\n', chunk);
        let len = end.map_or(chunk.len(), |end| end.saturating_add(1));
        let (head, rest) = chunk.split_at_checked(len).unwrap_or((chunk, &[]));
        self.hold(head, sink);
        if end.is_some() {
            self.end_line(sink);
        }
        rest
    }

    /// Holds `text`, a part of one line, and passes on pieces if it grows too long.
    fn hold(&mut self, text: &[u8], sink: &mut impl Sink) {
        let mut text = text;
        while !text.is_empty() {
            let room = HELD_MAX.saturating_sub(self.carry.len());
            let (head, rest) = text.split_at_checked(room).unwrap_or((text, &[]));
            // `head` is never longer than the room that is left.
            let _ = self.carry.extend_from_slice(head);
            text = rest;
            if self.carry.is_full() && self.carry.last() != Some(&b'\n') {
                self.pass_piece(sink);
            }
        }
    }

    fn pass_piece(&mut self, sink: &mut impl Sink) {
        let len = first_piece(&self.carry).len();
        let (piece, rest) = self.carry.split_at_checked(len).unwrap_or((&self.carry, &[]));
        sink.block(piece);
        let kept = rest.len();
        self.carry.copy_within(len.., 0);
        self.carry.truncate(kept);
    }
}

/// The start of an entry in a HAR file. A small HAR file has all entries on one line.
pub(crate) const ENTRY: &[u8] = b"{\"startedDateTime\"";
/// Lines up to this length are never cut at an entry.
const WHOLE_MAX: usize = 2_048;

/// Returns the first line or piece of `text`, including its line feed.
pub(crate) fn first_piece(text: &[u8]) -> &[u8] {
    let piece = first_line(text);
    if piece.len() <= WHOLE_MAX {
        return piece;
    }
    let inside = piece.get(1..).unwrap_or(&[]);
    let entry = find::after(inside, ENTRY).map(|rest| piece.len().saturating_sub(rest.len()));
    let cut = entry.map_or(piece.len(), |end| end.saturating_sub(ENTRY.len()));
    piece.get(..cut).unwrap_or(piece)
}

fn first_line(text: &[u8]) -> &[u8] {
    let window = text.get(..=LINE_MAX).unwrap_or(text);
    let len = match memchr::memchr(b'\n', window) {
        Some(end) => end.saturating_add(1),
        None if window.len() > LINE_MAX => cut(window.get(..LINE_MAX).unwrap_or(window)),
        None => window.len(),
    };
    text.get(..len).unwrap_or(text)
}

/// Returns where to cut a full piece: after the last separator of its second half, otherwise at its
/// end.
fn cut(piece: &[u8]) -> usize {
    let second_half = LINE_MAX / 2;
    let tail = piece.get(second_half..).unwrap_or(&[]);
    let separator = tail.iter().rposition(|byte| b", \t;&}".contains(byte));
    separator.map_or(piece.len(), |at| second_half.saturating_add(at).saturating_add(1))
}

/// The number of characters of `text`, in any encoding of which ASCII is a part.
pub(crate) fn width(text: &[u8]) -> usize {
    // Most lines are in ASCII, which takes a fraction of the time to see.
    if text.is_ascii() {
        return text.len();
    }
    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use std::vec;
    use std::vec::Vec;

    use super::*;

    /// Collects lines and pieces, cut as a reader of blocks cuts them.
    #[derive(Default)]
    struct Pieces(Vec<Vec<u8>>);

    impl Sink for Pieces {
        fn block(&mut self, text: &[u8]) {
            let mut rest = text;
            while !rest.is_empty() {
                let piece = first_piece(rest);
                self.0.push(piece.to_vec());
                rest = &rest[piece.len()..];
            }
        }
    }

    fn pieces(text: &[u8], chunk: usize) -> Vec<Vec<u8>> {
        let (mut lines, mut sink) = (Lines::new(), Pieces::default());
        for part in text.chunks(chunk) {
            lines.feed(part, &mut sink);
        }
        lines.finish(&mut sink);
        sink.0
    }

    #[test]
    fn result_is_independent_of_chunks() {
        let mut long = vec![b'a'; LINE_MAX * 3 + 17];
        long[6_000] = b',';
        let exact = [vec![b'b'; LINE_MAX], b"\n".to_vec()].concat();
        let text =
            [b"one\ntwo\r\n\n".to_vec(), long, b"\n".to_vec(), exact, b"end".to_vec()].concat();
        let whole = pieces(&text, text.len());
        for chunk in [1, 2, 7, 4_096, LINE_MAX, LINE_MAX + 1, 30_000] {
            let cut = pieces(&text, chunk);
            assert_eq!(cut.concat(), text, "chunks of {chunk} lose nothing");
            assert_eq!(cut, whole, "chunks of {chunk}");
        }
        assert_eq!(whole[3].len(), 6_001, "cut after the separator");
    }

    #[test]
    fn quoted_printable_is_decoded_in_chunks_of_any_size() {
        let line = [vec![b'a'; 72], b"=\nb=3D1 =C3=A9\n".to_vec()].concat();
        let plain = [vec![b'a'; 72], "b=1 é\n".into()].concat();
        // A short text, which ends while its first lines are held, and one that goes on after them.
        for times in [1, 60] {
            let (text, expected) = (line.repeat(times), plain.repeat(times));
            for chunk in [1, 3, 75, 2_048, text.len()] {
                let (mut lines, mut sink) = (Lines::with_opening(), Pieces::default());
                for part in text.chunks(chunk) {
                    lines.feed(part, &mut sink);
                }
                lines.finish(&mut sink);
                assert_eq!(sink.0.concat(), expected, "{times} times, chunks of {chunk}");
            }
        }
    }

    #[test]
    fn empty_text_has_no_line() {
        assert_eq!(pieces(b"", 1), Vec::<Vec<u8>>::new());
        assert_eq!(pieces(b"\n", 1), vec![b"\n".to_vec()]);
    }

    #[test]
    fn long_line_is_cut_in_second_half_or_at_end() {
        const HALF: usize = LINE_MAX / 2;
        const ROWS: &[(&str, usize, usize)] = &[
            ("in the first half", HALF - 1, LINE_MAX),
            ("where the second half starts", HALF, HALF + 1),
            ("at the end", LINE_MAX - 1, LINE_MAX),
            ("behind the end", LINE_MAX, LINE_MAX),
        ];
        for &(name, separator, expected) in ROWS {
            let mut line = vec![b'a'; LINE_MAX + 9];
            line[separator] = b',';
            assert_eq!(first_line(&line).len(), expected, "{name}");
        }
        let mut line = vec![b'a'; LINE_MAX];
        line[HALF] = b',';
        assert_eq!(first_line(&line).len(), LINE_MAX, "no longer than a piece");
    }
}
