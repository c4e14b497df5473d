//! Whether the sentence of a line goes on in the next one, by its end and by the start of the next.

use crate::evidence::stamp;
use crate::evidence::undress::{is_field, is_request_line};

/// How sure it is that a line goes on in the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Its end is open: a string, a sentence, a time.
    Open,
    /// The next line may continue it, but could also stand alone.
    Possible,
}

/// What the lines so far tell about a seam.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// `true` if lines of the text were broken at this width.
    pub(super) is_wrapped: bool,
    /// `true` if the line before starts a record with a stamp.
    pub(super) is_record: bool,
    /// `true` if the next line starts as the records of the text do.
    pub(super) starts_record: bool,
    /// `true` if the line before is as wide as broken lines are, but for a word.
    pub(super) is_wide: bool,
    /// `true` if records of the text start with a stamp.
    pub(super) has_form: bool,
    /// `true` if programs break lines at this width.
    pub(super) is_usual: bool,
}

/// Returns whether the sentence in `held` goes on with `next`. In a text in which lines were joined before,
/// any line may go on.
pub(super) fn continues(held: &[u8], next: &[u8], known: Known) -> Option<Sign> {
    let is_link = ends_with_link(held);
    let has_open_string = has_open_string(held);
    // A rule, as under the head of a table, is no sentence.
    let is_rule = !held.iter().any(u8::is_ascii_alphanumeric);
    if is_rule || (known.starts_record && !is_link) {
        return None;
    }
    let is_end = ends_sentence(next);
    if has_open_string && (is_link || is_end || stamp::parse_at(next).is_none()) {
        return (!starts_message(next)).then_some(Sign::Open);
    }
    if starts_message(next) || is_frame(next) {
        return None;
    }
    // Lines of one form follow each other: fields, members of an object.
    if is_field(held) && is_field(next) {
        return None;
    }
    // Lines are broken at this width anyway, or each record of the text starts with a stamp.
    let is_stamped = || !is_end && (stamp::parse_at(next).is_some() || is_line_of_log(next));
    let starts_new = || !known.has_form && is_stamped();
    let is_place = || !known.is_wide && names_place(next);
    if known.is_wrapped && !ends_object(held) && !starts_new() && !is_place() {
        return Some(if is_link { Sign::Open } else { Sign::Possible });
    }
    if starts_record(next) {
        return None;
    }
    if is_link || (is_end && !is_closed(held)) {
        return Some(Sign::Open);
    }
    if is_header(next) || held.trim_ascii_end().ends_with(b"{") {
        return None;
    }
    let is_big = next.first().is_some_and(u8::is_ascii_uppercase);
    if known.is_record && known.is_usual && !is_big && !ends_object(held) && !is_stamped() {
        return Some(Sign::Possible);
    }
    ends_open(held, next, known.is_wrapped)
}

/// Judges by the end of `held` and the first word of `next`.
fn ends_open(held: &[u8], next: &[u8], is_wrapped: bool) -> Option<Sign> {
    let is_open = matches!(held.trim_ascii_end().last(), Some(b':' | b'=' | b'(' | b'-'));
    // `Current time: ` may be followed by a stamp on the next line.
    let is_keyed = || next.first().is_some_and(u8::is_ascii_lowercase) && is_field(next);
    if stamp::parse_at(next).is_some() || (is_line_of_log(next) && !is_keyed()) {
        return is_open.then_some(Sign::Open);
    }
    let is_small = next.starts_with(b"(") || starts_with_word(next);
    let goes_on = is_open || (is_small && !ends_object(held)) || (is_wrapped && !is_closed(held));
    goes_on.then_some(Sign::Possible)
}

/// Returns `true` if `text` has a stamp of its own. `(20160912T105633Z - 5 min.)` is a part of a sentence.
fn is_line_of_log(text: &[u8]) -> bool {
    let is_aside = || {
        let time = text.strip_prefix(b"(")?;
        let (_, len) = stamp::parse_at(time)?;
        time.get(len..).map(|rest| !rest.starts_with(b")"))
    };
    stamp::of_line(text).is_some() && is_aside() != Some(true)
}

/// Returns `true` if `text` starts with a time that ends a sentence: `2024-12-07T11:14:18Z. Review …`. No program
/// writes a full stop after the time of a record.
fn ends_sentence(text: &[u8]) -> bool {
    let after = stamp::parse_at(text).and_then(|(_, len)| text.get(len..));
    matches!(after, Some([b'.'] | [b'.', b' ', ..]))
}

/// Returns `true` if `text` starts with a word of a sentence, in small letters.
fn starts_with_word(text: &[u8]) -> bool {
    let word = text.split(|byte| *byte == b' ').next().unwrap_or(text);
    let letters = word.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let marks = word.get(letters..).unwrap_or(&[]);
    letters > 0 && marks.len() < 3 && marks.iter().all(|byte| b".,;:)'\"-}]s".contains(byte))
}

/// Returns `true` if `text` is a field of an answer. In prose, a word in small letters may have a colon.
fn is_header(text: &[u8]) -> bool {
    const SMALL: &[&[u8]] = &[
        b"date",
        b"age",
        b"server",
        b"via",
        b"expires",
        b"location",
        b"vary",
        b"etag",
        b"connection",
    ];
    let name = text.split(|byte| *byte == b':').next().unwrap_or(&[]);
    let is_name = name.contains(&b'-')
        || SMALL.contains(&name)
        || name.first().is_some_and(u8::is_ascii_uppercase);
    is_name && is_field(text)
}

/// Returns `true` if `text` starts as records and lines of transcripts do, apart from a stamp.
fn starts_record(text: &[u8]) -> bool {
    matches!(text, [b'{' | b'[' | b'}' | b']', ..])
        || starts_message(text)
        || is_frame(text)
        || text.starts_with(b"Caused by")
        || names_place(text)
}

/// Returns `true` if `text` starts a request or an answer, or is a line of one with a mark before it.
fn starts_message(text: &[u8]) -> bool {
    matches!(text, [b'<' | b'>' | b'*' | b'#' | b'|', b' ', ..])
        || text.starts_with(b"HTTP/")
        || is_request_line(text)
}

/// Returns `true` if `text` is a line of a stack trace: `at com.example.Main(Main.java:107)`.
fn is_frame(text: &[u8]) -> bool {
    let Some(place) = text.strip_prefix(b"at ") else { return false };
    let word = place.split(|byte| *byte == b' ').next().unwrap_or(place);
    word.contains(&b'(') || word.contains(&b'/') || place.contains(&b'(')
}

/// Returns `true` if `text` starts with the place in code that wrote it, or with an error of a class:
/// `app.js:12 …`, `com.example.Failure: …`.
fn names_place(text: &[u8]) -> bool {
    let word = text.split(|byte| *byte == b' ').next().unwrap_or(&[]);
    let dots = word.iter().filter(|byte| **byte == b'.').count();
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._$:/-".contains(byte);
    let is_name = word.first().is_some_and(u8::is_ascii_alphabetic);
    is_name
        && dots > 0
        && word.contains(&b':')
        && word.iter().all(part)
        && !word.starts_with(b"http")
}

fn is_closed(text: &[u8]) -> bool {
    ends_object(text) || matches!(text.trim_ascii_end().last(), Some(b'.' | b';' | b'!' | b'?'))
}

/// A bracket after three letters is one around words, such as `[Thu, 12 Oct 2023 20:40:06 GMT]`.
fn ends_object(text: &[u8]) -> bool {
    match text.trim_ascii_end() {
        [.., one, two, three, b']'] => ![one, two, three].iter().all(|it| it.is_ascii_alphabetic()),
        text => matches!(text.last(), Some(b'}' | b']' | b'>')),
    }
}

/// Words after which a sentence goes on.
pub(super) const LINKS: &[&[u8]] = &[
    b"from", b"at", b"is", b"was", b"than", b"to", b"before", b"after", b"until", b"time", b"on",
    b"and", b"the", b"of", b"by", b"or", b"not", b"has", b"be", b"since", b"now", b"in", b"a",
    b"an", b"reads", b"shows", b"says", b"current", b"with", b"for", b"its", b"that", b"but",
    b"are", b"been", b"will",
];

fn ends_with_link(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let word = text.rsplit(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or(&[]);
    LINKS.iter().any(|link| word.eq_ignore_ascii_case(link))
}

fn has_open_string(text: &[u8]) -> bool {
    let is_first = text.first() == Some(&b'"');
    // All pairs are counted, and only whether their number is odd, because that takes no branch. Text that is
    // full of quotes would make a search for each slow.
    let is_quote = |before: u8, byte: u8| u8::from(byte == b'"') & u8::from(before != b'\\');
    let pairs = text.iter().zip(text.get(1..).unwrap_or(&[]));
    let odd = pairs.fold(0, |odd, (before, byte)| odd ^ is_quote(*before, *byte));
    (odd == 1) != is_first
}
