//! Lines that a terminal, a mail or a console broke because they were too long.
//!
//! A line continues the one before if that one is full, so that the next word would not have fitted,
//! and if it does not start as a record does. A stamp at its start counts only as the start of a
//! record if the line before does not end inside a sentence.

mod seam;
mod sentence;

use self::seam::{
    Seam, WIDEST, announces_token, bridge, form, is_common, is_usual, parts_long_word, parts_token,
    parts_words,
};
use self::sentence::{Known, Sign, continues};
use super::hearsay::{Context, Hearsay, is_plain, stays_plain};
use super::lines::width;
use super::undress::{Before, Layers, Undresser};

/// No terminal or mail wraps text at a smaller width. Measured in characters.
const NARROWEST: usize = 56;

/// A line that may go on. No tool breaks longer ones.
type Held = heapless::Vec<u8, 1_280>;

/// The place of a record in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The number of its first line, counted from 1.
    pub(crate) number: u64,
    /// The same in the order of reading, in which each line of a message in a string counts.
    pub(crate) at: u64,
}

impl Place {
    /// The line that is `lines` before this one.
    pub(crate) const fn back(self, lines: u64) -> Self {
        Self { number: self.number.saturating_sub(lines), at: self.at.saturating_sub(lines) }
    }

    const NONE: Self = Self { number: 0, at: 0 };
}

/// What was found out about a line, so that it is not looked for again.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// `true` if no word of it is a stranger's.
    is_own: Option<bool>,
    /// `true` if no part of it could be the start of such words.
    is_plain: Option<bool>,
    /// The form in which it starts.
    form: Option<Option<u32>>,
}

impl Seen {
    const NOTHING: Self = Self { is_own: None, is_plain: None, form: None };

    fn is_own(&mut self, line: &[u8]) -> bool {
        *self.is_own.get_or_insert_with(|| Hearsay::of(line, Context::LINE).is_empty())
    }

    fn is_plain(&mut self, line: &[u8]) -> bool {
        *self.is_plain.get_or_insert_with(|| is_plain(line))
    }

    fn form(&mut self, line: &[u8]) -> Option<u32> {
        *self.form.get_or_insert_with(|| form(line))
    }
}

/// What was found out about the line that is read, and the words of strangers in it.
#[derive(Debug)]
pub(crate) struct Look {
    seen: Seen,
    hearsay: Option<Hearsay>,
}

impl Look {
    pub(crate) const fn new() -> Self {
        Self { seen: Seen::NOTHING, hearsay: None }
    }

    /// The words of strangers, if they were looked for.
    pub(crate) const fn hearsay(&self) -> Option<&Hearsay> {
        self.hearsay.as_ref()
    }

    /// Strangers choose the length of their words, so those show no width.
    fn is_own(&mut self, line: &[u8]) -> bool {
        let Self { seen, hearsay } = self;
        *seen
            .is_own
            .get_or_insert_with(|| hearsay.insert(Hearsay::of(line, Context::LINE)).is_empty())
    }
}

/// The widths of the lines so far.
#[derive(Debug, Clone)]
pub(crate) struct Wrapping {
    /// The width of the longest line.
    widest: usize,
    /// The width of the narrowest line that was joined with its continuation.
    narrowest: Option<usize>,
    /// A line of this width would not have been broken at the seams so far.
    limit: usize,
    /// Number of seams so far. Three show that the text is wrapped.
    seams: u8,
    /// The form in which the records of the text start, if they start with a stamp.
    form: Option<u32>,
    /// The line that may go on.
    text: Held,
    layers: Layers,
    /// What is known about that line.
    known: Seen,
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
            limit: usize::MAX,
            seams: 0,
            form: None,
            text: Held::new(),
            layers: Layers::NONE,
            known: Seen::NOTHING,
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

    /// What is known about the words of strangers in the held line: that it has none.
    pub(crate) fn hearsay(&self) -> Option<&'static Hearsay> {
        (self.known.is_own == Some(true)).then_some(Hearsay::NONE)
    }

    pub(crate) fn release(&mut self) {
        self.place = Place::NONE;
    }

    /// Holds `line` if it may go on in the next one. Returns `false` if it is complete.
    pub(crate) fn hold(
        &mut self,
        line: &[u8],
        layers: &Layers,
        place: Place,
        look: &mut Look,
    ) -> bool {
        self.see(line, layers, look);
        let is_wide = self.width >= NARROWEST && self.width.saturating_mul(2) > self.widest;
        let may_go_on = is_wide || self.is_wrapped() || announces_token(line);
        if !may_go_on || memchr::memchr(b'\n', line).is_some() {
            return false;
        }
        self.text.clear();
        let fits = self.text.extend_from_slice(line).is_ok();
        self.layers = layers.clone();
        self.known = look.seen;
        self.place = if fits { place } else { Place::NONE };
        fits
    }

    /// Adds `line` to the held one if it continues it.
    pub(crate) fn join(&mut self, line: &[u8], layers: &Layers, look: &mut Look) -> bool {
        let Some((seam, sign, next)) = self.seam(line, layers, look) else { return false };
        let blank = if seam == Seam::Blank { b" ".as_slice() } else { &[] };
        let room = self.text.capacity().saturating_sub(self.text.len());
        if room < blank.len().saturating_add(line.len()) {
            return false;
        }
        self.limit = self.limit.min(next);
        self.seams = self.seams.saturating_add(1);
        if sign == Sign::Open || self.seams > 2 {
            self.narrowest = Some(self.narrowest.map_or(self.width, |held| held.min(self.width)));
        }
        // A word is broken only at the full width of the text.
        if seam == Seam::Nothing {
            self.widest = self.widest.max(self.width);
        }
        self.see(line, layers, look);
        let (was_plain, end) = (self.known.is_plain(&self.text), self.text.len());
        let _ = self.text.extend_from_slice(blank);
        let _ = self.text.extend_from_slice(line);
        // To look at all of the text for each line would take the square of its length.
        let is_plain = was_plain && stays_plain(&self.text, end);
        let is_own = is_plain.then_some(true);
        self.known = Seen { is_own, is_plain: Some(is_plain), ..Seen::NOTHING };
        true
    }

    /// Notes the width of a line. A word that is too long is not broken everywhere.
    fn see(&mut self, line: &[u8], layers: &Layers, look: &mut Look) {
        self.width = layers.width;
        if self.width > self.widest && line.contains(&b' ') && look.is_own(line) {
            self.widest = self.width;
        }
        // The text has lines that would have been broken at these seams.
        if self.widest >= self.limit {
            (self.narrowest, self.limit, self.seams) = (None, usize::MAX, 0);
        }
    }

    /// Returns `true` if lines of the text were broken at its width.
    fn is_wrapped(&self) -> bool {
        self.narrowest.is_some()
    }

    /// Takes off the layers around a line that is complete only now.
    pub(crate) fn undress(&mut self) {
        let mut rooms = Undresser::new();
        let (text, layers) = rooms.undress(&self.text, &mut Before::new());
        if layers.is_any {
            let mut inside = Held::new();
            let _ = inside.extend_from_slice(text);
            self.text = inside;
            self.known = Seen::NOTHING;
            self.layers.add(&layers);
        }
    }

    /// Returns how the held line and `line` fit together, how sure that is, and the width that the held
    /// line would have with the next word.
    fn seam(
        &mut self,
        line: &[u8],
        layers: &Layers,
        look: &mut Look,
    ) -> Option<(Seam, Sign, usize)> {
        // A line that is cut at a blank goes on with the blank.
        let starts_blank =
            self.width == self.widest && layers.indent == self.layers.indent.saturating_add(1);
        let is_inside = (layers.indent <= self.layers.indent || starts_blank) && !layers.has_head;
        let is_plain = !line.is_empty() && memchr::memchr(b'\n', line).is_none() && self.holds();
        let next = self.next_width(line, layers).filter(|_| is_inside && is_plain)?;
        let is_word = is_usual(self.width) && parts_long_word(&self.text, line);
        // Words of a stranger are joined with no other line.
        if !is_word && (!self.known.is_own(&self.text) || !look.is_own(line)) {
            return None;
        }
        let is_token = is_word || parts_token(&self.text, line);
        let bridged = if is_token { Some(Seam::Nothing) } else { bridge(&self.text, line) };
        let known = self.known(line, next, look);
        let open = bridged.map(|_| Sign::Open);
        // No record starts with the blank at which a line was cut.
        let is_cut = starts_blank && is_usual(self.width) && self.seams > 0;
        let cut = is_cut.then_some(Sign::Possible);
        let sign = open.or_else(|| continues(&self.text, line, known)).or(cut)?;
        if starts_blank {
            return Some((Seam::Blank, sign, next));
        }
        let has_blank = self.text.last() == Some(&b' ');
        let parts_words = || bridged.is_none() && parts_words(&self.text, line);
        let is_cut = is_token || (self.is_cut() && bridged != Some(Seam::Blank) && !parts_words());
        Some((if has_blank || is_cut { Seam::Nothing } else { Seam::Blank }, sign, next))
    }

    /// Returns the width of the held line with the first word of `line`, if no line of the text is as wide.
    fn next_width(&self, line: &[u8], layers: &Layers) -> Option<usize> {
        let word = line.split(|byte| *byte == b' ').next().unwrap_or(line);
        let next = self.width.saturating_add(1).saturating_add(width(word));
        let room = if line.contains(&b' ') { layers.width } else { 0 };
        (next > self.widest.max(room).max(NARROWEST)).then_some(next)
    }

    fn known(&mut self, line: &[u8], next: usize, look: &mut Look) -> Known {
        let held = self.known.form(&self.text);
        self.form = held.or(self.form);
        Known {
            is_wrapped: self.is_wrapped(),
            is_record: held.is_some() || self.layers.has_head,
            starts_record: self.form.is_some() && look.seen.form(line) == self.form,
            is_wide: self.width >= NARROWEST,
            has_form: self.form.is_some(),
            is_usual: (self.width..next.min(WIDEST)).any(is_common),
        }
    }

    /// Returns `true` if the held line may be cut inside a word: all lines are then cut at the same width.
    fn is_cut(&self) -> bool {
        let is_same = self.narrowest.is_none_or(|narrowest| narrowest == self.width);
        self.width == self.widest && is_same && is_usual(self.width)
    }
}

#[cfg(test)]
mod tests;
