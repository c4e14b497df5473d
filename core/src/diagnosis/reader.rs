//! Reads lines: skips those that cannot matter, takes off their layers, and joins them to records.

mod facts;
mod record;
mod stamps;

use self::record::{Fold, is_whole};
use super::report::Diagnosis;
use super::zone::Options;
use crate::evidence::transcript::Told;
use crate::evidence::{
    Before, Context, Layers, Look, Place, Rows, Sink, Undresser, Wrapping, first_piece, scan,
};

/// Number of bytes at the start of a text of which every line is looked at, because people paste texts of
/// this size. In the rest of it, the filter chooses the lines, and cannot find words that are broken or
/// escaped.
const PASTED: usize = 64 * 1_024;

/// The largest number of strings around a line, each inside the other.
const STRINGS: u8 = 2;

/// Reads the lines of a text.
#[derive(Clone)]
pub(super) struct Reader<'z, const HOSTS: usize> {
    /// Number of the next line, counted from 1.
    number: u64,
    /// Number of lines so far that were written as one string with others.
    inner_lines: u64,
    /// `true` if the text so far ends inside a line.
    inside_line: bool,
    /// `true` before the first line.
    is_new: bool,
    /// Number of bytes of which every line is still looked at.
    pasted: usize,
    before: Before,
    wrapping: Wrapping,
    /// `true` if the line that is read is looked at for its own sake, so that it may go on in the next one.
    may_go_on: bool,
    fold: Fold<'z, HOSTS>,
}

impl<const HOSTS: usize> Sink for Reader<'_, HOSTS> {
    fn block(&mut self, text: &[u8]) {
        self.inside_line = text.last() != Some(&b'\n');
        if self.is_new && self.fold.told.is_none() {
            self.before = Before::learned(text);
        }
        self.is_new = false;
        let mut rest = text;
        while !rest.is_empty() {
            let skipped = if self.looks_at_all() { 0 } else { self.skip(rest) };
            let (passed, left) = rest.split_at_checked(skipped).unwrap_or((rest, &[]));
            self.fold.context = self.fold.context.after(passed);
            rest = left;
            let piece = first_piece(rest);
            if !piece.is_empty() {
                // Otherwise each line would be read because the one before it was.
                self.may_go_on = !self.looks_for_rest() || scan(piece, |_| Some(())).is_some();
                self.piece(piece);
            }
            self.pasted = self.pasted.saturating_sub(piece.len());
            rest = rest.get(piece.len()..).unwrap_or(&[]);
        }
    }
}

impl<'z, const HOSTS: usize> Reader<'z, HOSTS> {
    pub(super) const fn new(options: Options<'z>, rows: Rows<'z>) -> Self {
        Self {
            number: 1,
            inner_lines: 0,
            inside_line: false,
            is_new: true,
            pasted: PASTED,
            before: Before::new(),
            wrapping: Wrapping::new(),
            may_go_on: true,
            fold: Fold::new(options, rows),
        }
    }

    /// Returns `true` if the text so far ends inside a line.
    pub(super) const fn is_inside_line(&self) -> bool {
        self.inside_line
    }

    /// Announces what the next line states, or that nothing is known about it.
    pub(super) fn expect(&mut self, told: Option<Told>) {
        self.end_record();
        self.fold.told = told;
    }

    fn looks_at_all(&self) -> bool {
        self.looks_at_each() || self.wrapping.holds()
    }

    fn looks_at_each(&self) -> bool {
        self.pasted > 0 || self.fold.attention > 0 || self.fold.told.is_some()
    }

    /// Returns `true` if the next line is looked at only as the rest of the one that is held.
    fn looks_for_rest(&self) -> bool {
        self.wrapping.holds() && !self.looks_at_each()
    }

    /// Returns how many bytes of `text` precede the next relevant line.
    fn skip(&mut self, text: &[u8]) -> usize {
        let skipped = scan(text, |hit| {
            let start = piece_start(text, hit.at);
            let piece = first_piece(text.get(start..)?);
            // A line is read in pieces, so an anchor that is split between two pieces does not
            // count.
            (hit.end() <= start.saturating_add(piece.len())).then_some(start)
        });
        let skipped = skipped.unwrap_or(text.len());
        let passed = text.get(..skipped).unwrap_or(&[]);
        let lines = memchr::memchr_iter(b'\n', passed).count();
        self.number = self.number.saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
        self.fold.pass(passed, self.place());
        skipped
    }

    /// Reads a line, or a piece of one that is too long to be read at once.
    fn piece(&mut self, piece: &[u8]) {
        if self.fold.context == Context::LINE && is_whole(piece) && self.fold.told.is_none() {
            let mut rooms = Undresser::new();
            let (text, layers) = rooms.undress(piece, &mut self.before);
            self.text(text, &layers, 0);
        } else {
            self.end_record();
            self.fold.place = self.place();
            self.fold.read(piece, &Layers::NONE);
        }
        if piece.last() == Some(&b'\n') {
            self.number = self.number.saturating_add(1);
        }
    }

    /// Reads what was inside the layers of a line: a line, or several that were written as one string.
    fn text(&mut self, text: &[u8], layers: &Layers, depth: u8) {
        if depth < STRINGS && memchr::memchr(b'\n', text).is_some() {
            self.lines(text, layers, depth);
            return;
        }
        if self.entries(text, layers) {
            return;
        }
        let mut look = Look::new();
        if self.wrapping.holds() {
            if self.wrapping.join(text, layers, &mut look) {
                self.wrapping.undress();
                return;
            }
            self.end_record();
        }
        let place = self.place();
        if !(self.may_go_on && self.wrapping.hold(text, layers, place, &mut look)) {
            self.fold.read_record(text, layers, place, look.hearsay());
        }
    }

    /// Reads the entries of a HAR file that was written as one string, each alone. Returns `false` if
    /// `text` is none.
    fn entries(&mut self, text: &[u8], layers: &Layers) -> bool {
        let mut rest = text;
        while first_piece(rest).len() < rest.len() {
            self.end_record();
            let entry = first_piece(rest);
            self.fold.read_record(entry, layers, self.place(), None);
            rest = rest.get(entry.len()..).unwrap_or(&[]);
        }
        if rest.len() < text.len() {
            self.fold.read_record(rest, layers, self.place(), None);
        }
        rest.len() < text.len()
    }

    fn lines(&mut self, text: &[u8], layers: &Layers, depth: u8) {
        self.end_record();
        let mut before = Before::new();
        for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let mut rooms = Undresser::new();
            let (inside, mut inner) = rooms.undress(line, &mut before);
            // Only the first line has the stamp of the record.
            if at == 0 {
                inner.put_inside(layers);
            }
            inner.is_inside_quotation = layers.is_inside_quotation || (layers.is_quoted && at > 0);
            self.text(inside, &inner, depth.saturating_add(1));
            self.inner_lines = self.inner_lines.saturating_add(1);
        }
        self.end_record();
    }

    fn place(&self) -> Place {
        Place { number: self.number, at: self.number.saturating_add(self.inner_lines) }
    }

    /// Reads the record that might have gone on.
    fn end_record(&mut self) {
        if let Some((text, layers, place)) = self.wrapping.held() {
            self.fold.read_record(text, layers, place, self.wrapping.hearsay());
        }
        self.wrapping.release();
    }

    pub(super) fn finish(mut self) -> Diagnosis {
        self.end_record();
        // A text that ends with a line feed has no line after it.
        let unended = u64::from(self.inside_line);
        self.fold.finish(self.number.saturating_sub(1).saturating_add(unended))
    }
}

/// Returns the start of the piece that contains `at`.
fn piece_start(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    let mut start = memchr::memrchr(b'\n', before).map_or(0, |end| end.saturating_add(1));
    loop {
        let next = start.saturating_add(first_piece(text.get(start..).unwrap_or(&[])).len());
        if at < next || next == start {
            return start;
        }
        start = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that is long enough to go on in the next one had kept the filter off for the rest of a log.
    #[test]
    fn long_lines_without_relevant_words_are_left_to_the_filter() {
        let mut reader = Reader::<0>::new(Options::default(), Rows::All);
        let line = "2026-03-02T07:10:11Z INFO a line of plain words, none of which says anything\n";
        reader.block(line.repeat(2 * PASTED / line.len()).as_bytes());
        assert!(!reader.looks_at_all());
    }
}
