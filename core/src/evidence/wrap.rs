//! Lines that a terminal, a mail or a console broke because they were too long.
//!
//! A line continues the one before if that one is full, so that the next word would not have fitted,
//! and if it does not start as a record does. A stamp at its start counts only as the start of a
//! record if the line before does not end inside a sentence.

mod sentence;

use self::sentence::{LINKS, Sign, continues};
use super::catalogue::{ROWS, Row};
use super::claims::is_base64url;
use super::hearsay::{Context, Hearsay};
use super::lines::width;
use super::undress::{Before, Layers, Undresser};
use super::{filter, stamp};

/// No terminal or mail wraps text at a smaller width. Measured in characters.
const NARROWEST: usize = 56;

/// A line that may go on. No tool breaks longer ones.
type Held = heapless::Vec<u8, 1_408>;

/// How the parts of a broken line fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seam {
    /// Between two words.
    Blank,
    /// Inside a word, or at a blank that is still there.
    Nothing,
}

/// The place of a record in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The number of its first line, counted from 1.
    pub(crate) number: u64,
    /// The same in the order of reading, in which each line of a message in a string counts.
    pub(crate) at: u64,
}

impl Place {
    const NONE: Self = Self { number: 0, at: 0 };
}

/// The widths of the lines so far.
#[derive(Debug, Clone)]
pub(crate) struct Wrapping {
    /// The width of the longest line.
    widest: usize,
    /// The width of the narrowest line that was joined with its continuation.
    narrowest: Option<usize>,
    /// The line that may go on.
    text: Held,
    layers: Layers,
    /// The place of its first line.
    place: Place,
    /// The width of the last part.
    width: usize,
}

impl Wrapping {
    pub(crate) const fn new() -> Self {
        Self {
            widest: 0,
            narrowest: None,
            text: Held::new(),
            layers: Layers::NONE,
            place: Place::NONE,
            width: 0,
        }
    }

    /// Returns `true` if a line is held that may go on.
    pub(crate) fn holds(&self) -> bool {
        self.place.number > 0
    }

    /// The held line, what its layers say, and its place.
    pub(crate) fn held(&self) -> Option<(&[u8], &Layers, Place)> {
        self.holds().then_some((self.text.as_slice(), &self.layers, self.place))
    }

    pub(crate) fn release(&mut self) {
        self.place = Place::NONE;
    }

    /// Holds `line` if it may go on in the next one. Returns `false` if it is complete.
    pub(crate) fn hold(&mut self, line: &[u8], layers: &Layers, place: Place) -> bool {
        self.see(line, layers);
        let narrowest = if self.narrowest.is_some() { NARROWEST / 4 * 3 } else { NARROWEST };
        let may_go_on = self.width >= narrowest && self.width.saturating_mul(2) > self.widest;
        if !may_go_on || line.contains(&b'\n') {
            return false;
        }
        self.text.clear();
        let fits = self.text.extend_from_slice(line).is_ok();
        self.layers = layers.clone();
        self.place = if fits { place } else { Place::NONE };
        fits
    }

    /// Adds `line` to the held one if it continues it.
    pub(crate) fn join(&mut self, line: &[u8], layers: &Layers) -> bool {
        let Some((seam, sign)) = self.seam(line, layers) else { return false };
        let blank = if seam == Seam::Blank { b" ".as_slice() } else { &[] };
        let room = self.text.capacity().saturating_sub(self.text.len());
        if room < blank.len().saturating_add(line.len()) {
            return false;
        }
        if sign == Sign::Open {
            self.narrowest = Some(self.narrowest.map_or(self.width, |held| held.min(self.width)));
        }
        self.see(line, layers);
        let _ = self.text.extend_from_slice(blank);
        let _ = self.text.extend_from_slice(line);
        true
    }

    /// Notes the width of a line. A word that is too long is not broken everywhere.
    fn see(&mut self, line: &[u8], layers: &Layers) {
        self.width = layers.width;
        if line.contains(&b' ') {
            self.widest = self.widest.max(self.width);
        }
    }

    /// Takes off the layers around a line that is complete only now.
    pub(crate) fn undress(&mut self) {
        let mut rooms = Undresser::new();
        let (text, layers) = rooms.undress(&self.text, &mut Before::new());
        if layers.is_any {
            let mut inside = Held::new();
            let _ = inside.extend_from_slice(text);
            self.text = inside;
            self.layers.add(&layers);
        }
    }

    fn seam(&self, line: &[u8], layers: &Layers) -> Option<(Seam, Sign)> {
        let held = self.text.as_slice();
        let word = line.split(|byte| *byte == b' ').next().unwrap_or(line);
        let next = self.width.saturating_add(1).saturating_add(width(word));
        let room = if line.contains(&b' ') { layers.width } else { 0 };
        let is_full = next > self.widest.max(room);
        // A line that is cut at a blank goes on with the blank.
        let starts_blank =
            self.width == self.widest && layers.indent == self.layers.indent.saturating_add(1);
        let is_inside = (layers.indent <= self.layers.indent || starts_blank) && !layers.has_head;
        let is_plain = !line.is_empty() && !line.contains(&b'\n') && self.holds();
        // Words of a stranger are joined with no other line.
        let is_own = || [held, line].iter().all(|text| Hearsay::of(text, Context::LINE).is_empty());
        if !(is_plain && is_full && is_inside && is_own()) {
            return None;
        }
        let bridged = bridge(held, line);
        let open = bridged.map(|_| Sign::Open);
        let sign = open.or_else(|| continues(held, line, self.narrowest.is_some()))?;
        // Inside words, all lines are cut at the same width.
        let is_same = self.narrowest.is_none_or(|narrowest| narrowest == self.width);
        let is_cut = self.width == self.widest && is_same && is_usual(self.width);
        if starts_blank {
            return Some((Seam::Blank, sign));
        }
        let has_blank = held.last() == Some(&b' ');
        let parts_words =
            || bridged == Some(Seam::Blank) || (bridged.is_none() && parts_words(held, line));
        let is_whole = has_blank || (is_cut && !parts_words());
        Some((if is_whole { Seam::Nothing } else { Seam::Blank }, sign))
    }
}

/// Returns how `held` and `next` fit together, if a time or a known wording lies across the seam.
fn bridge(held: &[u8], next: &[u8]) -> Option<Seam> {
    let is_in_token = |byte: &&u8| is_base64url(**byte) || **byte == b'.';
    let last = held.iter().rev().take_while(is_in_token).count();
    let first = next.iter().take_while(is_in_token).count();
    if last >= TOKEN && first >= TOKEN / 2 {
        return Some(Seam::Nothing);
    }
    [(Seam::Blank, b" ".as_slice()), (Seam::Nothing, &[])].into_iter().find_map(
        |(seam, between)| {
            let mut window = heapless::Vec::<u8, { 2 * NEAR + 1 }>::new();
            let head = held.get(held.len().saturating_sub(NEAR)..).unwrap_or(held);
            let tail = next.get(..NEAR).unwrap_or(next);
            [head, between, tail]
                .into_iter()
                .try_for_each(|part| window.extend_from_slice(part))
                .ok()?;
            lies_across(&window, head.len(), head.len().saturating_add(between.len()))
                .then_some(seam)
        },
    )
}

/// A longer run of characters is a part of a token, not a word.
const TOKEN: usize = 32;

/// Number of bytes on each side of a seam that are looked at.
const NEAR: usize = 48;

/// Returns `true` if a time or an anchor of the catalogue starts before `end` and ends after `start`.
fn lies_across(window: &[u8], end: usize, start: usize) -> bool {
    let is_across = |hit: filter::Hit| hit.at < end && hit.end() > start;
    let has_words = filter::scan(window, |hit| is_across(hit).then_some(()));
    // A line that ends with a whole time may come before a record that starts with one.
    let starts_time = window.get(start..).and_then(stamp::parse_at).is_some();
    let ends_time = |at| window.get(at..end).and_then(stamp::parse_at).is_some();
    has_words.is_some()
        || (0..end).any(|at| {
            let before = at.checked_sub(1).and_then(|before| window.get(before));
            let starts_word =
                before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b".:-".contains(byte));
            let len = || stamp::parse_at(window.get(at..)?).map(|(_, len)| len);
            starts_word
                && len().is_some_and(|len| at.saturating_add(len) > start)
                && !(starts_time && ends_time(at))
        })
}

/// Returns `true` if the seam lies between two whole words: both are words of the catalogue, or the first
/// links sentences.
fn parts_words(held: &[u8], next: &[u8]) -> bool {
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic();
    let last = held.iter().rev().take_while(is_letter).count();
    let last = held.get(held.len().saturating_sub(last)..).unwrap_or(&[]);
    let first = next.get(..next.iter().take_while(is_letter).count()).unwrap_or(&[]);
    (is_word(last) && is_word(first)) || LINKS.iter().any(|link| last.eq_ignore_ascii_case(link))
}

fn is_word(word: &[u8]) -> bool {
    let is_same = |known: &[u8]| known.eq_ignore_ascii_case(word);
    let is_in =
        |row: &Row| row.words.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).any(is_same);
    !word.is_empty() && ROWS.iter().any(is_in)
}

/// Widths at which programs cut lines inside words, with those that are left after quoting.
fn is_usual(width: usize) -> bool {
    width.is_multiple_of(10)
        || matches!(width, 72 | 76 | 78 | 96 | 98 | 116 | 118 | 132 | 156 | 158)
}

#[cfg(test)]
mod tests;
