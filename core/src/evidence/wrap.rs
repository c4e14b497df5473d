//! Lines that a terminal, a mail or a console broke because they were too long.
//!
//! A line continues the one before if that one is full, so that the next word would not have fitted,
//! and if it does not start as a record does. A stamp at its start counts only as the start of a
//! record if the line before does not end inside a sentence.

mod seam;
mod sentence;

use self::seam::{
    Seam, WIDEST, announces_token, are_records, bridge, form, is_common, is_usual, parts_long_word,
    parts_token, parts_words,
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
        let is_plain = is_plain && !are_records(&self.text, line);
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

/// Lines that go on in the next one, and lines that do not.
#[cfg(test)]
mod tests {
    use std::string::String;
    use std::vec::Vec;

    use super::*;

    /// Joins the lines of `text` as the reader does.
    fn records(text: &str) -> Vec<String> {
        let (mut wrapping, mut before, mut all) = (Wrapping::new(), Before::new(), Vec::new());
        let kept = |wrapping: &mut Wrapping, all: &mut Vec<String>| {
            let held = wrapping.held().map(|(text, ..)| String::from_utf8(text.to_vec()).unwrap());
            all.extend(held);
            wrapping.release();
        };
        for (number, line) in (1..).zip(text.lines()) {
            let mut rooms = Undresser::new();
            let (inside, layers) = rooms.undress(line.as_bytes(), &mut before);
            let mut look = Look::new();
            if wrapping.holds() {
                if wrapping.join(inside, &layers, &mut look) {
                    wrapping.undress();
                    continue;
                }
                kept(&mut wrapping, &mut all);
            }
            if !wrapping.hold(inside, &layers, Place { number, at: number }, &mut look) {
                all.push(String::from_utf8(inside.to_vec()).unwrap());
            }
        }
        kept(&mut wrapping, &mut all);
        all
    }

    /// Broken lines, and a part of each record across its seam.
    const BROKEN: &[(&str, &str)] = &[
        (
            "ERROR AADSTS700024: Client assertion is not within its valid time range. Current time: 2024-12-07T12:09:18Z, assertion valid from\n\
             1970-01-01T00:00:00.0000000Z, expiry time of assertion 2024-12-07T11:14:18.0000000Z.",
            "assertion valid from 1970-01-01T00:00:00.0000000Z",
        ),
        (
            "failed: AADSTS700024: the assertion is not valid in this range, its expiry time of assertion\n\
             2024-12-07T11:14:18.0000000Z. Review the documentation",
            "expiry time of assertion 2024-12-07T11:14:18.0000000Z. Review",
        ),
        (
            "2018-05-14 21:29:44.118 WARN  token refused: JWT must not be accepted before 2018-05-14T21:30:05Z. Current\n\
             time: 2018-05-14T21:29:44Z",
            "Current time: 2018-05-14T21:29:44Z",
        ),
        (
            "Jul 21 23:00:41.935 [Warning] Received directory with skewed time (server '192.0.2.31:80'): It seems that our clock is ahead by 2362 days, 13 hours, 49 minutes,\n\
             or that theirs is behind. Tor requires an accurate clock to work",
            "49 minutes, or that theirs",
        ),
        (
            "E/ReactNativeJS(14207): Signature not yet current: 20230619T134502Z is still later than 20230619T134351Z\n\
             (20230619T133851Z + 5 min.)",
            "20230619T134351Z (20230619T133851Z + 5 min.)",
        ),
        (
            "failed with 400 {\"error\":\"invalid_grant\",\"error_description\":\"JWT has\nexpired\"}",
            "JWT has expired",
        ),
        (
            "put block refused, the signature is not valid in the time frame that starts on [Thu, 12\n\
             Oct 2023 20:40:06 GMT] by the clock",
            "Thu, 12 Oct 2023 20:40:06 GMT",
        ),
        (
            "sending the assertion eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxM\n\
             DIzNTkyNCwiaXNzIjoiMTAwMjAwIn0.AAAA",
            "MTcxMDIzNTkyNCwi",
        ),
    ];

    #[test]
    fn broken_line_is_joined() {
        for &(text, expected) in BROKEN {
            let met = records(text);
            assert_eq!(met.len(), 1, "{met:?}");
            assert!(met[0].contains(expected), "{}", met[0]);
        }
    }

    #[test]
    fn record_of_its_own_is_joined_to_no_other() {
        const ROWS: &[&str] = &[
            // A record that ends with a time, and one that starts with a time.
            "MSAL failed: the assertion is not within its valid time range, Timestamp: 2024-05-04 16:31:40Z\n\
         04.05.2024 18:03:12 Info    retry in 60 s",
            "curl: (60) SSL certificate problem: the certificate is not yet valid\n\
         rdate: adjust local clock by 192495.8 seconds",
            "2024-01-09T14:00:00Z ERROR agent the token endpoint answered with a body of text/plain\n\
         Date: Tue, 09 Jan 2024 14:07:30 GMT",
            "2024-01-09T14:00:00Z ERROR agent the token endpoint answered with a body of text/plain\n\
         < HTTP/1.1 400 Bad Request",
            "java.lang.IllegalStateException: the token was refused by the authorization server and\n\
         at com.example.Main(Main.java:107)",
            "keycloak.js:1188 [KEYCLOAK] Estimated time difference between browser and server is 2710 seconds\n\
         keycloak.js:1192 [KEYCLOAK] Token expires in 300 s",
            "2024-01-09T14:00:00Z ERROR agent the token endpoint answered with a body of text/plain and\n\
         192.0.2.7 - - [09/Jan/2024:14:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"JWT has expired\"",
            "Jan  9 14:00:00 web app[1]: the token endpoint answered with a body of text/plain and\n\
         Jan  9 14:00:01 web app[1]: another record of the same program",
            "short line that ends with the\nword of the next",
        ];
        for text in ROWS {
            assert_eq!(records(text).len(), 2, "{text}");
        }
    }

    #[test]
    fn text_that_is_wrapped_is_joined_at_its_width() {
        const TEXT: &str = "\
2024-09-12 07:31:08.977 ERROR token refused: JWT must not be accepted before
2024-09-12T07:32:00Z. Current time: 2024-09-12T07:31:08Z
2024-09-12 07:31:09.102 ERROR response headers of the token endpoint at idp:
{Cache-Control=[no-store], Server=[nginx], X-Request=[7], Content-Type=[a],
Date=[Thu, 12 Sep 2024 07:31:09 GMT]}
2024-09-12 07:31:10.004 INFO  short";
        let met = records(TEXT);
        assert_eq!(met.len(), 3, "{met:?}");
        assert!(
            met[0].ends_with("before 2024-09-12T07:32:00Z. Current time: 2024-09-12T07:31:08Z")
        );
        assert!(met[1].ends_with("Content-Type=[a], Date=[Thu, 12 Sep 2024 07:31:09 GMT]}"));
    }

    #[test]
    fn longer_line_shows_that_a_text_is_not_wrapped() {
        const TEXT: &str = "\
2024-09-12 07:31:08.977 ERROR token refused: JWT must not be accepted before
2024-09-12T07:32:00Z. Current time: 2024-09-12T07:31:08Z
2024-09-12 07:31:09.102 ERROR a line of this length would have been broken there, too, but it is not broken
2024-09-12 07:31:09.102 ERROR the token endpoint answered as follows, with the body of its answer after it
{\"error\":\"invalid_grant\"}";
        let met = records(TEXT);
        assert_eq!(met.len(), 4, "{met:?}");
    }

    #[test]
    fn parts_of_a_word_that_is_longer_than_a_line_are_joined() {
        const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MTAyMzUzMjQsImV4cCI6MTcxMDIzNTkyNCwiaXNzIjoiMTAwMjAwIn0.AAAA";
        let folded = |text: &str, width: usize| -> String {
            let parts =
                text.as_bytes().chunks(width).map(|part| core::str::from_utf8(part).unwrap());
            parts.collect::<Vec<_>>().join("\n")
        };
        let form = std::format!("grant_type=client_credentials&scope=a&client_assertion={TOKEN}");
        let body = std::format!("{{\"token\":\"{TOKEN}\"}}");
        for width in [60, 80, 100] {
            assert_eq!(records(&folded(&form, width)), [form.as_str()], "form, {width}");
            assert_eq!(records(&folded(&body, width)), [body.as_str()], "object, {width}");
        }
        // No part of a word follows these.
        for next in
            ["HTTP/1.1 400 Bad Request", "{\"error\":\"invalid_grant\"}", "2024-03-12T10:00:00Z x"]
        {
            let text = std::format!("{}\n{next}", &form[..100]);
            assert_eq!(records(&text), [&form[..100], next], "{next}");
        }
        let two = std::format!("{TOKEN}\n{TOKEN}");
        assert!(!records(&two).contains(&two.replace('\n', "")), "two tokens stay two");
    }
}
