//! The margin of a text: what precedes and follows all of its lines, whoever wrote it.
//!
//! No list has all programs that print the output of others. Their prefixes are recognised by what they
//! hide: several lines start in the same way, apart from numbers and the width of blanks, and behind that
//! start records that would otherwise not be seen. It is learned from the first lines of a text. A start
//! with words that say anything, such as `token expired at:`, is part of a message.

use core::ops::Range;

use super::shape::{ends_with_mark, is_balanced, is_record, names_host, rank, stamp_at};
use crate::evidence::head::names_author;
use crate::evidence::hearsay::{Context, Hearsay};
use crate::evidence::stamp::{self, Stamp};
use crate::evidence::{counts_from_boot, filter, labels};

/// The longest start of a line that is compared.
const LONGEST: usize = 56;
/// The longest end of a line that is taken off.
const SHORT: usize = 16;
/// Number of lines that are compared.
const LINES: usize = 24;

/// A stamp with a date at the start of a line.
const STAMP: u8 = 1;

/// The start of a line. [`STAMP`] is any stamp, `0` any number, and a blank any number of blanks.
type Start = heapless::Vec<u8, LONGEST>;

/// The text before and after all lines.
#[derive(Debug, Clone)]
pub(super) struct Margin {
    start: Start,
    end: heapless::Vec<u8, SHORT>,
    /// `true` if it may be the head of the messages: no record starts behind it, and it names an author.
    is_head: bool,
}

impl Margin {
    /// The margin of most texts.
    pub(super) const NONE: Self =
        Self { start: Start::new(), end: heapless::Vec::new(), is_head: false };

    /// Returns what the first lines of a text have around them.
    pub(super) fn of(lines: &Samples) -> Self {
        let end = end_of(lines);
        if let Some(start) = start_of(lines) {
            return Self { start, end, is_head: false };
        }
        let start = start_of_all(lines);
        Self { is_head: names_author(&start), start, end }
    }

    /// Returns the author of what is inside, if `start`, which was taken off, names one.
    pub(super) fn author<'t>(&self, start: &'t [u8]) -> Option<&'t [u8]> {
        let name = start.trim_ascii_end();
        self.is_head.then(|| name.strip_suffix(b":").unwrap_or(name))
    }

    /// Returns the part of `text` that is not in the margin, if any of it is, and the stamp of the margin.
    pub(super) fn inside(&self, text: &[u8]) -> Option<(Range<usize>, Option<Stamp>)> {
        if self.start.is_empty() && self.end.is_empty() {
            return None;
        }
        let taken = len_of(&self.start, text);
        let start = taken.unwrap_or(0);
        let rest = text.get(start..)?;
        let end =
            if self.end.is_empty() { rest } else { rest.strip_suffix(&*self.end).unwrap_or(rest) };
        let range = start..start.saturating_add(end.len());
        let has_stamp = taken.is_some() && self.start.first() == Some(&STAMP);
        let stamp = has_stamp.then(|| stamp::parse_at(text)).flatten();
        (range.len() < text.len()).then_some((range, stamp.map(|(stamp, _)| stamp)))
    }
}

/// The first lines of a text.
pub(super) type Samples = heapless::Vec<Sample, LINES>;

/// The start and the end of a line.
pub(super) struct Sample {
    start: heapless::Vec<u8, { 2 * LONGEST }>,
    end: heapless::Vec<u8, SHORT>,
}

impl Sample {
    pub(super) fn of(line: &[u8]) -> Self {
        let line = line.trim_ascii_start();
        let end = line.get(line.len().saturating_sub(SHORT)..).unwrap_or(line);
        Self {
            start: line.iter().copied().take(2 * LONGEST).collect(),
            end: end.iter().copied().collect(),
        }
    }
}

/// Returns the start that hides most records.
fn start_of(lines: &[Sample]) -> Option<Start> {
    let mut best = (0, Start::new());
    let mut last = Start::new();
    for pair in lines.windows(2) {
        let [one, other] = pair else { continue };
        let common = common(&one.start, &other.start);
        // The next pairs often have the same in common.
        if common == last {
            continue;
        }
        for cut in 1..=common.len() {
            let start = common.get(..cut).unwrap_or(&[]);
            let hides = |line: &Sample| rank(rest_after(start, &line.start)) > 0;
            let is_whole = common.get(cut) != Some(&b' ');
            if is_whole && (hides(one) || hides(other)) && is_margin(start) {
                last.clone_from(&common);
                let hidden = hidden_by(start, lines);
                if hidden > best.0 {
                    best = (hidden, start.iter().copied().collect());
                }
            }
        }
    }
    (best.0 > 0).then_some(best.1)
}

/// Returns the start of all lines, of which none is seen as the start of a record.
fn start_of_all(lines: &[Sample]) -> Start {
    const LEAST: usize = 3;
    let mut starts = lines.iter().map(|line| line.start.as_slice());
    let first = starts.next().unwrap_or(&[]);
    let mut common = starts.next().map_or_else(Start::new, |next| common(first, next));
    for line in starts {
        let same = |(one, other): &(&u8, u8)| **one == *other;
        common.truncate(common.iter().zip(units(line)).take_while(same).count());
    }
    // `[81.033107] web app[1]: ` of a journal is the same before all lines.
    let counts = |line: &Sample| line.start.starts_with(b"[") && counts_from_boot(&line.start);
    let starts_record = |line: &Sample| is_record(&line.start) && !counts(line);
    if lines.len() < LEAST || lines.iter().any(starts_record) {
        common.clear();
    }
    let is_start = |cut: &usize| {
        let start = common.get(..*cut).unwrap_or(&[]);
        let ends = start.ends_with(b" ") || start.ends_with(b"\t");
        // A program that counts from boot writes neither its host nor its process.
        if lines.iter().any(counts) && !names_host(start) {
            return false;
        }
        // Some programs mark lines with these, but not all.
        let is_list = start == b"* " || start == b"+";
        (is_list || (ends && is_margin(start))) && (start != NUMBER || is_numbered(lines))
    };
    let cut = (1..=common.len()).rev().find(is_start).unwrap_or(0);
    common.truncate(cut);
    common
}

/// Returns what follows `start` in `line`, or nothing.
fn rest_after<'t>(start: &[u8], line: &'t [u8]) -> &'t [u8] {
    len_of(start, line).and_then(|len| line.get(len..)).unwrap_or(&[])
}

/// Returns what two lines have in common at their start.
fn common(one: &[u8], other: &[u8]) -> Start {
    let (mut one, mut other) = (units(one), units(other));
    let mut common = Start::new();
    while let (Some(unit), Some(same)) = (one.next(), other.next()) {
        if unit != same || common.push(unit).is_err() {
            break;
        }
    }
    common
}

/// Yields the bytes of `text`, with `0` for each number and one blank for each run of blanks.
fn units(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut at = 0_usize;
    core::iter::from_fn(move || {
        let (unit, len) = unit(text, at)?;
        at = at.saturating_add(len);
        Some(unit)
    })
}

/// Returns the unit at `at`, and its length.
fn unit(text: &[u8], at: usize) -> Option<(u8, usize)> {
    if let Some((_, len)) = stamp_at(text).filter(|_| at == 0) {
        return Some((STAMP, len));
    }
    let text = text.get(at..)?;
    let run = |part: fn(&u8) -> bool| text.iter().take_while(|byte| part(byte)).count();
    Some(match *text.first()? {
        b'0'..=b'9' => (b'0', run(u8::is_ascii_digit)),
        b'\t' => (b'\t', 1),
        b' ' => (b' ', run(|byte| *byte == b' ')),
        other => (other, 1),
    })
}

/// Returns the length of `start` at the start of `text`.
fn len_of(start: &[u8], text: &[u8]) -> Option<usize> {
    let mut len = 0_usize;
    for (at, expected) in start.iter().enumerate() {
        let Some((unit, taken)) = unit(text, len) else {
            // Blanks at the end of a line are often cut off.
            return (*expected == b' ' && at.saturating_add(1) == start.len()).then_some(len);
        };
        (unit == *expected).then_some(())?;
        len = len.saturating_add(taken);
    }
    Some(len)
}

/// Returns `true` if `start` ends with a mark, and says nothing.
fn is_margin(start: &[u8]) -> bool {
    let marks = start.trim_ascii_end();
    // A number before a mark that nothing separates from the rest may be the start of a date.
    let is_cut =
        marks.len() == start.len() && matches!(marks, [.., b'0', mark] if !b"])>".contains(mark));
    // Programs mark what they send and receive with these, and a number alone may be a count from boot.
    let is_known = matches!(marks, b"<" | b">" | b"*" | b"$" | b"0" | b"[0.0]" | [STAMP]);
    (start.ends_with(b"\t") || ends_with_mark(marks))
        && !is_cut
        && (!is_known || start == NUMBER)
        && is_balanced(start)
        && filter::scan(start, |_| Some(())).is_none()
        && Hearsay::of(start, Context::LINE).is_empty()
}

/// The number of a line, as `less -N` shows it.
const NUMBER: &[u8] = b"0 ";

/// Returns `true` if the lines start with their numbers.
fn is_numbered(lines: &[Sample]) -> bool {
    let number = |line: &Sample| {
        let digits = line.start.iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |number, digit| {
            number.saturating_mul(10).saturating_add(u64::from(digit.saturating_sub(b'0')))
        })
    };
    let is_next = |pair: &&[Sample]| match pair {
        [one, next] => number(next) == number(one).saturating_add(1),
        _ => false,
    };
    let steps = lines.windows(2).filter(is_next).count();
    steps > 0 && steps.saturating_add(1) == lines.len()
}

/// Returns how much more of the lines is seen as the start of a record if `start` is taken off, or 0 if it
/// is no margin of most lines.
fn hidden_by(start: &[u8], lines: &[Sample]) -> usize {
    let (mut with, mut hidden, mut passed_on) = (0_usize, 0_usize, 0_usize);
    let is_number = start == NUMBER;
    if is_number && !is_numbered(lines) {
        return 0;
    }
    for line in lines {
        let Some(len) = len_of(start, &line.start) else { continue };
        let rest = line.start.get(len..).unwrap_or(&[]);
        let is_passed_on = start.first() == Some(&STAMP);
        if (rank(&line.start) > 1 && !is_passed_on && !is_number) || is_labelled(&line.start, len) {
            return 0;
        }
        with = with.saturating_add(1);
        // A stamp before another one is that of whoever passed the line on. Any other is that of the record.
        let is_record = is_passed_on || (is_record(&line.start) && !is_number);
        let inside = rest.strip_prefix(b"[").unwrap_or(rest);
        let rank = if is_record && stamp_at(inside).is_none() { 0 } else { rank(rest) };
        passed_on = passed_on.saturating_add(usize::from(is_record));
        hidden = hidden.saturating_add(rank);
    }
    let is_of_most = with > 1 && with.saturating_mul(3) >= lines.len().saturating_mul(2);
    let is_usual = hidden.saturating_mul(4) >= passed_on;
    if is_of_most && is_usual { hidden } else { 0 }
}

/// Returns `true` if words before the time at `at` say what it means.
fn is_labelled(line: &[u8], at: usize) -> bool {
    let time = line.get(at..).and_then(stamp::parse_at);
    time.is_some_and(|(_, len)| labels::role(line, at, at.saturating_add(len)).is_some())
}

/// Returns the end that all lines have in common.
fn end_of(lines: &[Sample]) -> heapless::Vec<u8, SHORT> {
    let mut ends = lines.iter().map(|line| line.end.as_slice());
    let mut common = ends.next().unwrap_or(&[]);
    for end in ends {
        let same = |(one, other): &(&u8, &u8)| one == other;
        let len = common.iter().rev().zip(end.iter().rev()).take_while(same).count();
        common = common.get(common.len().saturating_sub(len)..).unwrap_or(&[]);
    }
    let cut = match common {
        _ if lines.len() < 3 => None,
        [.., b'$'] => Some(common.len().saturating_sub(1)),
        _ => memchr::memchr(b'\t', common).or_else(|| memchr::memmem::find(common, b" |")),
    };
    cut.and_then(|cut| common.get(cut..)).unwrap_or(&[]).iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;
    use std::vec;
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::super::{Before, Undresser};
    use super::*;

    type Prefix = fn(usize) -> String;

    /// Returns the start that is learned of `lines` with `prefix`, with `^` for a stamp.
    fn learned(prefix: Prefix, lines: &[&str]) -> String {
        let line = |(at, line): (usize, &&str)| format!("{}{line}\n", prefix(at));
        let text: String = lines.iter().enumerate().map(line).collect();
        let start = Before::learned(text.as_bytes()).margin.start;
        String::from_utf8(start.to_vec()).unwrap().replace('\u{1}', "^")
    }

    const RECORDS: &[&str] = &[
        "2024-01-09 14:00:00,123 ERROR token request failed",
        "POST https://id.example.com/token",
        "< HTTP/1.1 400 Bad Request",
        "< Date: Tue, 09 Jan 2024 14:07:30 GMT",
    ];

    #[test]
    fn start_before_records_is_learned() {
        const ROWS: &[(Prefix, &str)] = &[
            (|_| "##[error]".into(), "##[error]"),
            (|_| "npm ERR! ".into(), "npm ERR! "),
            (|_| "E/App     ( 1234): ".into(), "E/App ( 0): "),
            (|at| format!("[app:{}] ", at + 8), "[app:0] "),
            (|at| format!("{} ", at + 9), "0 "),
            (|_| "12 ".into(), ""),
            (|_| String::new(), ""),
        ];
        for (prefix, expected) in ROWS {
            assert_eq!(learned(*prefix, RECORDS), *expected, "{}", prefix(1));
        }
    }

    #[test]
    fn start_before_lines_that_are_no_records_is_learned() {
        const LINES: &[&str] = &["Your connection is not private", "Attackers might be trying", ""];
        let lines = [LINES, RECORDS].concat();
        assert_eq!(learned(|_| "##[error]".into(), &lines), "##[error]");
    }

    #[test]
    fn start_before_stamps_in_brackets_is_learned() {
        const LINES: &[&str] =
            &["[05/29/2025 02:18:52 AM] app: started", "[05/29/2025 02:18:55 AM] app: PUT a"];
        assert_eq!(learned(|_| "[app] ".into(), LINES), "[app] ");
    }

    #[test]
    fn start_that_says_something_is_no_margin() {
        const ROWS: &[(&str, &str)] = &[
            ("token expired at: ", "2024-01-09T14:00:00Z, as the server said"),
            ("notBefore=", "2024-01-09T14:00:00Z in UTC"),
            ("Date: ", "Tue, 09 Jan 2024 14:07:30 GMT"),
            ("", "2024-01-09T14:00:00Z {\"error\":\"invalid_grant\"}"),
            ("> ", "HTTP/1.1 400 Bad Request"),
            ("14:00:00 INFO [main] ", "{\"error\":\"invalid_grant\"}"),
            ("now at last ", "2024-01-09T14:00:00Z a b c"),
        ];
        for (start, rest) in ROWS {
            let text = format!("{start}{rest}\n").repeat(4);
            let learned = Before::learned(text.as_bytes()).margin.start;
            assert_eq!(learned, b"", "{start}{rest}");
        }
    }

    #[test]
    fn counts_from_boot_of_a_program_are_no_margin() {
        const LINES: &[&str] = &["requesting a token", "answered 401", "will try again"];
        const ROWS: &[(Prefix, &str)] = &[
            (|at| format!("[   81.{at:06}] web1 app[411]: "), "[ 0.0] web0 app[0]: "),
            (|at| format!("[   81.{at:06}] boot: "), ""),
            (|at| format!("I (9{at}) agent: "), ""),
        ];
        for (prefix, expected) in ROWS {
            assert_eq!(learned(*prefix, LINES), *expected, "{}", prefix(1));
        }
    }

    #[test]
    fn stamp_of_whoever_passed_the_records_on_is_kept() {
        let line = "2024-01-09T14:06:56Z app[1]##[x] 2024-01-09T14:00:03Z ERROR failed";
        let text = format!("{line}\n{line}\n");
        let mut before = Before::learned(text.as_bytes());
        let mut rooms = Undresser::new();
        let (inside, layers) = rooms.undress(line.as_bytes(), &mut before);
        assert_eq!(inside, b"2024-01-09T14:00:03Z ERROR failed");
        assert_eq!(layers.stamps.len(), 1);
    }

    #[test]
    fn end_of_all_lines_is_learned() {
        const ROWS: &[(&str, &str)] = &[("$", "$"), ("\tweb1\terror", "\tweb1\terror"), (".", "")];
        for (end, expected) in ROWS {
            let text: String = RECORDS.iter().map(|line| format!("{line}{end}\n")).collect();
            assert_eq!(Before::learned(text.as_bytes()).margin.end, expected.as_bytes(), "{end}");
        }
    }

    proptest! {
        /// What is around all lines is taken off, whatever it is called.
        #[test]
        fn any_tag_before_records_is_taken_off(
            name in "[a-z]{4,9}",
            form in prop::sample::select(vec!["[NAME] ", "NAME: ", "NAME> ", "(NAME) ", "##NAME## ", "NAME\t"]),
        ) {
            let prefix = form.replace("NAME", &name);
            prop_assume!(filter::scan(prefix.as_bytes(), |_| Some(())).is_none());
            prop_assume!(Hearsay::of(prefix.as_bytes(), Context::LINE).is_empty());
            let text: String = RECORDS.iter().map(|line| format!("{prefix}{line}\n")).collect();
            let mut before = Before::learned(text.as_bytes());
            for (line, record) in text.lines().zip(RECORDS) {
                let mut rooms = Undresser::new();
                let (inside, _) = rooms.undress(line.as_bytes(), &mut before);
                prop_assert_eq!(inside, record.as_bytes(), "{}", prefix);
            }
        }

        /// A margin is a start of two thirds of the lines, says nothing, and leaves a part of each line.
        #[test]
        fn margin_of_any_text_is_common_to_its_lines(
            lines in prop::collection::vec("[ab01:\\[\\]> |\t-]{0,12}(2024-01-09 14:00:00|\\{\"a\"|x)?", 1..8),
        ) {
            let mut samples = Samples::new();
            for line in &lines {
                let _ = samples.push(Sample::of(line.as_bytes()));
            }
            let margin = Margin::of(&samples);
            let with = samples.iter().filter(|line| len_of(&margin.start, &line.start).is_some());
            prop_assert!(margin.start.is_empty() || with.count() * 3 >= lines.len() * 2);
            prop_assert!(filter::scan(&margin.start, |_| Some(())).is_none());
            for line in &lines {
                if let Some((range, _)) = margin.inside(line.as_bytes()) {
                    prop_assert!(range.start <= range.end && range.end <= line.len());
                    prop_assert!(range.len() < line.len());
                }
            }
        }

        #[test]
        fn margin_of_any_bytes_is_inside_them(lines: Vec<Vec<u8>>, text: Vec<u8>) {
            let mut samples = Samples::new();
            for line in lines.iter().take(LINES) {
                let _ = samples.push(Sample::of(line));
            }
            let margin = Margin::of(&samples);
            for line in lines.iter().chain([&text]) {
                let range = margin.inside(line).map_or(0..0, |(range, _)| range);
                prop_assert!(line.get(range).is_some());
            }
        }
    }
}
