//! Messages in members and lists of which no table has the name: they are known by what they hold.

use super::escapes::decode;
use super::layers::{Before, Inside, Layers, State, Text, hash};
use super::object::{self, Kind, Member};
use super::{escapes, prefix, shape};
use crate::evidence::hearsay::{self, Context, Hearsay};
use crate::evidence::{filter, stamp};
use core::ops::Range;

/// Returns the member that holds the message although its name is in no list: by what it holds, or because
/// that of a line before did.
pub(super) fn unnamed<'t>(text: &'t [u8], before: &Before) -> Option<Member<'t>> {
    let (mut members, _) = object::Members::of(text, 0)?;
    members.find(|member| {
        member.kind == Kind::String && holds_message(text, member.name, &member.value, before)
    })
}

/// Returns `true` if the string at `value` of `text`, under a name that is in no list, holds the message.
pub(super) fn holds_message(
    text: &[u8],
    name: &[u8],
    value: &Range<usize>,
    before: &Before,
) -> bool {
    let holds = is_known(name, before) || text.get(value.clone()).is_some_and(holds_record);
    holds && !is_strangers(text, value.start)
}

/// Returns `true` if a stranger may have written what is at `at` of `text`. It would look like a record if the
/// stranger wished so.
fn is_strangers(text: &[u8], at: usize) -> bool {
    Hearsay::of(text, Context::LINE).contains(at)
}

fn is_known(name: &[u8], before: &Before) -> bool {
    before.member == Some(hash(name.iter().copied()))
}

/// Returns `true` if the content of a string, in which quotes are escaped, is that of a message.
fn holds_record(content: &[u8]) -> bool {
    shape::starts_record(content) || has_lines(content)
}

/// Returns `true` if the content of a string has several lines, of which one starts a record, or two are
/// objects. A single object is the body of an answer.
fn has_lines(content: &[u8]) -> bool {
    let mut starts = memchr::memmem::find_iter(content, b"\\n")
        .map(|at| at.saturating_add(2))
        .filter_map(|at| content.get(at..));
    let is_object = |line: &&[u8]| line.starts_with(b"{\\\"");
    let is_record = |line: &[u8]| shape::rank(line) > 0;
    let objects = starts.clone().chain([content]).filter(is_object).take(2).count();
    let is_several = starts.clone().next().is_some();
    is_several && (objects == 2 || is_record(content) || starts.any(is_record))
}

/// An object at the end of a line, of which a member holds the lines of a transcript:
/// `FAILED! => {"rc": 1, "stderr": "…\n…"}`.
pub(super) fn transcript(text: &[u8], spare: &mut Text, layers: &mut Layers) -> Option<Inside> {
    let text = text.trim_ascii_end();
    (text.ends_with(b"}") && memchr::memmem::find(text, b"\\n").is_some()).then_some(())?;
    let at = memchr::memmem::find(text, b"{\"")?;
    let (mut members, end) = object::Members::of(text, at)?;
    let holds = |member: &Member<'_>| {
        member.kind == Kind::String && text.get(member.value.clone()).is_some_and(has_lines)
    };
    let member = members.find(holds).filter(|_| end == text.len())?;
    let is_written = is_strangers(text, member.value.start);
    if is_written || !is_envelope(text, &member) || names_requester(text, &member.value) {
        return None;
    }
    if let Some(stamp) = stamp::of_line(text.get(..at)?) {
        layers.stamp(stamp);
    }
    let inside = decode(text.get(member.value)?, spare);
    layers.is_quoted |= !prefix::opens(spare);
    inside
}

/// The name under which is kept that lists hold the lines.
const LIST: &[u8] = b"[]";

/// A list of strings with one line each, or of a time, a mark and a line.
pub(super) fn list(
    text: &[u8],
    spare: &mut Text,
    before: &Before,
    state: &mut State,
) -> Option<Inside> {
    let text = text.trim_ascii_end();
    let inside = text.strip_suffix(b",").unwrap_or(text).strip_prefix(b"[")?.strip_suffix(b"]")?;
    let mut at = 0_usize;
    let (mut strings, mut others, mut is_record) = (0_usize, 0_usize, is_known(LIST, before));
    let mut longest = 0..0;
    while let Some((item, end)) = object::item(inside, at) {
        match item {
            Some(content) => {
                strings = strings.saturating_add(1);
                is_record |= inside.get(content.clone()).is_some_and(holds_record);
                if content.len() > longest.len() {
                    longest = content;
                }
            }
            None => others = others.saturating_add(1),
        }
        at = end;
    }
    // A recorded terminal has the time, `o`, and what was printed.
    is_record |=
        strings == 2 && others == 1 && memchr::memmem::find(inside, b", \"o\", ").is_some();
    (at == inside.len() && strings > 0 && is_record).then_some(())?;
    if others > 0 {
        escapes::unescape(inside.get(longest)?, spare);
    } else {
        at = 0;
        while let Some((Some(content), end)) = object::item(inside, at) {
            escapes::unescape(inside.get(content)?, spare);
            if !spare.ends_with(b"\n") {
                escapes::push(b"\n", spare);
            }
            at = end;
        }
    }
    spare.truncate(spare.trim_ascii_end().len());
    state.member = Some(hash(LIST.iter().copied()));
    Some(Inside::Decoded)
}

/// Returns the parts of the record `text` before and after `message`.
pub(super) fn around<'t>(text: &'t [u8], message: &Range<usize>) -> impl Iterator<Item = &'t [u8]> {
    [text.get(..message.start), text.get(message.end..)].into_iter().flatten()
}

/// Returns `true` if nothing but its `message` matters in the record `text`.
pub(super) fn is_envelope(text: &[u8], message: &Member<'_>) -> bool {
    // An export of Loki has its own stamp next to the line. In the body of an answer, it is the server's.
    let is_export = message.name == b"line";
    let is_empty = |part| {
        let (head, tail) = if is_export { around_time(part) } else { (part, &[][..]) };
        says_nothing(head) && says_nothing(tail)
    };
    around(text, &message.whole).all(is_empty)
}

/// Returns the parts of `part` before and after a member with a time.
fn around_time(part: &[u8]) -> (&[u8], &[u8]) {
    const NAME: &[u8] = b"\"timestamp\":\"";
    let found = memchr::memmem::find(part, NAME).and_then(|at| {
        let time = part.get(at.saturating_add(NAME.len())..)?;
        let tail = time.get(stamp::parse_at(time)?.1..)?.strip_prefix(b"\"")?;
        Some((part.get(..at)?, tail))
    });
    found.unwrap_or((part, &[]))
}

/// Returns `true` if `part` of a record states nothing, and no stranger wrote any of it. Otherwise it
/// would depend on a stranger's words how the record is read.
pub(super) fn says_nothing(part: &[u8]) -> bool {
    let has_words = filter::scan(part, |_| Some(())).is_some();
    !has_words && Hearsay::of(part, Context::LINE).is_empty()
}

/// Returns `true` if a record names the address of a requester besides its message, which may be a record
/// itself.
pub(super) fn names_requester(text: &[u8], message: &Range<usize>) -> bool {
    around(text, message).any(hearsay::has_address)
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use proptest::prelude::*;

    use super::super::Undresser;
    use super::*;

    /// Takes the layers off each line, and returns the last one.
    fn last(text: &str) -> String {
        let (mut before, mut last) = (Before::new(), String::new());
        for line in text.lines() {
            let mut rooms = Undresser::new();
            let (inside, _) = rooms.undress(line.as_bytes(), &mut before);
            last = String::from_utf8(inside.to_vec()).unwrap();
        }
        last
    }

    #[test]
    fn message_is_known_by_what_it_holds() {
        const ROWS: &[(&str, &str)] = &[
            (
                r#"{"n":1,"payload":"2024-01-09T14:00:00Z ERROR failed"}"#,
                "2024-01-09T14:00:00Z ERROR failed",
            ),
            (
                r#"n=1 payload="2024-01-09T14:00:00Z ERROR failed""#,
                "2024-01-09T14:00:00Z ERROR failed",
            ),
            (
                r#""payload" => "2024-01-09T14:00:00Z ERROR failed","#,
                "2024-01-09T14:00:00Z ERROR failed",
            ),
            (r#"x => {"rc":1,"out":"a\n2024-01-09T14:00:00Z b"}"#, "a\n2024-01-09T14:00:00Z b"),
            (
                r#"x => {"rc":1,"out":"{\"m\":\"a\"}\n{\"m\":\"b\"}"}"#,
                "{\"m\":\"a\"}\n{\"m\":\"b\"}",
            ),
            (
                r#"['HTTP/1.1 401 Unauthorized\n', 'Date: x\n']"#,
                "HTTP/1.1 401 Unauthorized\nDate: x",
            ),
            (r#"[0.31, "o", "JWT has expired\r\n"]"#, "JWT has expired"),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(last(line), expected, "{line}");
        }
    }

    #[test]
    fn member_that_held_a_message_holds_the_next_one() {
        let first = r#"{"n":1,"payload":"2024-01-09T14:00:00Z ERROR failed"}"#;
        let next = r#"{"n":2,"payload":"JWT has expired"}"#;
        assert_eq!(last(next), next);
        assert_eq!(last(&[first, next].join("\n")), "JWT has expired");
    }

    #[test]
    fn member_with_a_time_is_no_message() {
        const ROWS: &[&str] = &[
            r#"{"a":1,"expires":"Tue, 09 Jan 2024 14:07:30 GMT"}"#,
            r#""expires": "2024-01-09T14:07:30.000+00:00","#,
            r#""set-cookie": "BrowserId=x1; expires=Wed, 21-May-2025 08:15:30 GMT","#,
            r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#,
            r#"x => {"rc":1,"body":"{\"error\":\"invalid_grant\"}\n"}"#,
            r#"level=info referer="1970-01-01T00:00:00Z JWT has expired" status=401"#,
            r#"{"status":401,"user_agent":"1970-01-01T00:00:00Z JWT has expired"}"#,
            r#"["2024-01-09T14:00:00Z", "2024-01-09T15:00:00Z"]"#,
        ];
        for line in ROWS {
            assert_eq!(last(line), *line);
        }
    }

    const RECORD: &str = r#"2024-01-09T14:00:00Z ERROR a \"b\" failed"#;

    proptest! {
        /// A record is found under any name, and so is the next line under the same one.
        #[test]
        fn record_is_found_under_any_name(name in "[a-z]{4,12}", next in "[a-z ]{1,20}[a-z]") {
            let objects = [RECORD, &next].map(|value| format!("{{\"seq\":1,\"{name}\":\"{value}\"}}"));
            prop_assume!(filter::scan(objects[0].as_bytes(), |_| Some(())).is_none());
            prop_assume!(filter::scan(objects[1].as_bytes(), |_| Some(())).is_none());
            prop_assume!(Hearsay::of(objects[0].as_bytes(), Context::LINE).is_empty());
            prop_assume!(Hearsay::of(objects[1].as_bytes(), Context::LINE).is_empty());
            prop_assert_eq!(last(&objects[0]), RECORD.replace('\\', ""));
            let met = last(&objects.join("\n"));
            prop_assert_eq!(met.trim(), next.trim());
        }

        /// A member that holds no record is no message, whatever its words are.
        #[test]
        fn words_without_a_record_are_no_message(name in "[a-z]{4,12}", value in "[a-z., ]{0,40}") {
            prop_assume!(!object::is_message(name.as_bytes()));
            let line = format!("{{\"seq\":1,\"{name}\":\"{value}\"}}");
            prop_assert_eq!(last(&line), line);
        }

        /// What is taken for the message lies inside the record.
        #[test]
        fn any_record_is_read(text in "[\\[{]?[\\[\\]{}\"a:=>,\\\\n0 ]{0,60}[\\]}]?") {
            let bytes = text.as_bytes();
            let before = Before::new();
            let member = unnamed(bytes, &before);
            prop_assert!(member.is_none_or(|member| bytes.get(member.value).is_some()));
            let mut rooms = Undresser::new();
            let (inside, _) = rooms.undress(bytes, &mut Before::new());
            prop_assert!(inside.len() <= bytes.len());
        }
    }
}
