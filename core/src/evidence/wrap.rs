//! Lines that a terminal, a mail or a console broke because they were too long.
//!
//! A line continues the one before if that one is full, so that the next word would not have fitted,
//! and if it does not start as a record does. A stamp at its start counts only as the start of a
//! record if the line before does not end inside a sentence.

use super::undress::{Before, Layers, Undresser, is_field, is_request_line};
use super::{contains, stamp};

/// No terminal or mail wraps text at a smaller width. Measured in characters.
const NARROWEST: usize = 56;

/// A line that may go on. No tool breaks longer ones.
type Held = heapless::Vec<u8, 4_096>;

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
    /// `true` after a line was broken before the full width, between two words.
    breaks_at_words: bool,
    /// `true` after lines were joined.
    has_joined: bool,
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
            breaks_at_words: false,
            text: Held::new(),
            layers: Layers::NONE,
            has_joined: false,
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
        self.width = width(line);
        self.widest = self.widest.max(self.width);
        let may_go_on = self.width >= NARROWEST && self.width.saturating_mul(2) > self.widest;
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
        let Some(seam) = self.seam(line, layers) else { return false };
        let blank = if seam == Seam::Blank { b" ".as_slice() } else { &[] };
        let room = self.text.capacity().saturating_sub(self.text.len());
        if room < blank.len().saturating_add(line.len()) {
            return false;
        }
        self.has_joined = true;
        self.breaks_at_words |= self.width < self.widest;
        self.width = width(line);
        self.widest = self.widest.max(self.width);
        let _ = self.text.extend_from_slice(blank);
        let _ = self.text.extend_from_slice(line);
        true
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

    fn seam(&self, line: &[u8], layers: &Layers) -> Option<Seam> {
        let held = self.text.as_slice();
        let word = line.split(|byte| *byte == b' ').next().unwrap_or(line);
        let next = self.width.saturating_add(1).saturating_add(width(word));
        let is_full = next > self.widest.max(width(line));
        let is_inside = layers.indent <= self.layers.indent;
        let is_plain = !line.is_empty() && !line.contains(&b'\n') && self.holds();
        if !(is_plain && is_full && is_inside) || !continues(held, line, self.has_joined) {
            return None;
        }
        let is_cut = self.width == self.widest && !self.breaks_at_words && is_usual(self.width);
        let has_blank = held.last() == Some(&b' ');
        Some(if has_blank || is_cut { Seam::Nothing } else { Seam::Blank })
    }
}

/// Widths at which programs cut lines inside words, with those that are left after quoting.
fn is_usual(width: usize) -> bool {
    width % 10 == 0 || matches!(width, 72 | 76 | 78 | 96 | 98 | 116 | 118 | 132 | 156 | 158)
}

/// Returns `true` if the sentence in `held` can go on with `next`. Of a text in which lines were joined,
/// less is asked.
fn continues(held: &[u8], next: &[u8], is_wrapped: bool) -> bool {
    let is_open = ends_inside(held);
    if starts_line(next) {
        return false;
    }
    if stamp::parse_at(next).is_some() || stamp::of_line(next).is_some() {
        // `Current time: ` may be followed by a stamp on the next line.
        return is_open;
    }
    let is_small =
        next.first().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    is_open || (!is_closed(held) && (is_small || is_wrapped))
}

/// Returns `true` if `text` starts as records and lines of transcripts do, apart from a stamp.
fn starts_line(text: &[u8]) -> bool {
    matches!(text, [b'<' | b'>' | b'*' | b'#' | b'|', b' ', ..] | [b'{' | b'[' | b'}' | b']', ..])
        || text.starts_with(b"HTTP/")
        || text.starts_with(b"at ")
        || text.starts_with(b"Caused by")
        || is_request_line(text)
        || names_place(text)
        || is_field(text) && !contains(text, b". ")
}

/// Returns `true` if `text` starts with the place in code that wrote it, or with an error of a class:
/// `app.js:12 …`, `com.example.Failure: …`.
fn names_place(text: &[u8]) -> bool {
    let word = text.split(|byte| *byte == b' ').next().unwrap_or(&[]);
    let dots = word.iter().filter(|byte| **byte == b'.').count();
    dots > 0 && word.contains(&b':') && !word.starts_with(b"http")
}

fn is_closed(text: &[u8]) -> bool {
    matches!(text.trim_ascii_end().last(), Some(b'.' | b';' | b'!' | b'?' | b'}' | b']' | b'>'))
}

/// Words after which a sentence goes on.
const LINKS: &[&[u8]] = &[
    b"from",
    b"at",
    b"is",
    b"was",
    b"than",
    b"to",
    b"before",
    b"after",
    b"until",
    b"time",
    b"on",
    b"and",
    b"the",
    b"of",
    b"by",
    b"or",
    b"not",
    b"has",
    b"be",
    b"since",
    b"now",
    b"assertion",
    b"expiry",
    b"valid",
];

/// Returns `true` if `text` ends inside a string or a sentence.
fn ends_inside(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let word = text.rsplit(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or(&[]);
    let is_link = LINKS.iter().any(|link| word.eq_ignore_ascii_case(link));
    is_link || matches!(text.last(), Some(b':' | b'=' | b'(' | b',')) || has_open_string(text)
}

fn has_open_string(text: &[u8]) -> bool {
    let is_quote =
        |at: &usize| at.checked_sub(1).and_then(|before| text.get(before)) != Some(&b'\\');
    memchr::memchr_iter(b'"', text).filter(is_quote).count() % 2 == 1
}

/// The number of characters of `text`, in any encoding of which ASCII is a part.
fn width(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
