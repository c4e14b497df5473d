//! A record that is a JSON object on one line: its members, and the one that holds the message.

use core::ops::Range;

/// A member of an object, as positions in the text.
#[derive(Debug, Clone)]
pub(super) struct Member<'t> {
    /// The name as written, without its quotes.
    pub(super) name: &'t [u8],
    /// The whole member, from the quote of its name to the end of its value.
    pub(super) whole: Range<usize>,
    /// The value. That of a string is without its quotes.
    pub(super) value: Range<usize>,
    pub(super) kind: Kind,
}

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Object,
    /// An array, a number, a literal.
    Other,
}

/// The members of an object at its first level.
pub(super) struct Members<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Members<'t> {
    /// The members of the object that starts at `at`. Returns `None` if there is none, or if it is
    /// not complete.
    pub(super) fn of(text: &'t [u8], at: usize) -> Option<(Self, usize)> {
        (text.get(at) == Some(&b'{')).then_some(())?;
        let end = end_of_nested(text, at)?;
        Some((Self { text: text.get(..end)?, at: at.saturating_add(1) }, end))
    }
}

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        let text = self.text;
        let start = skip(text, self.at, b" \t,");
        let name_ends = end_of_string(text, start)?;
        let name = text.get(start.saturating_add(1)..name_ends.checked_sub(1)?)?;
        let mark = skip(text, name_ends, b" \t");
        // Ruby and fluent-bit print `"name"=>"value"`.
        let len = match text.get(mark..)? {
            [b':', ..] => 1,
            [b'=', b'>', ..] => 2,
            _ => return None,
        };
        let at = skip(text, mark.saturating_add(len), b" \t");
        let (kind, value, end) = match text.get(at)? {
            b'"' => {
                let end = end_of_string(text, at)?;
                (Kind::String, at.saturating_add(1)..end.checked_sub(1)?, end)
            }
            b'{' => {
                let end = end_of_nested(text, at)?;
                (Kind::Object, at..end, end)
            }
            b'[' => {
                let end = end_of_nested(text, at)?;
                (Kind::Other, at..end, end)
            }
            _ => {
                let rest = text.get(at..)?;
                let len = memchr::memchr3(b',', b'}', b' ', rest)?;
                let end = at.saturating_add(len);
                (Kind::Other, at..end, end)
            }
        };
        self.at = end;
        Some(Member { name, whole: start..end, value, kind })
    }
}

/// Returns the item of a list at `at`, and its end: the content of a string, or nothing for a number, a
/// literal or an empty object.
pub(super) fn item(text: &[u8], at: usize) -> Option<(Option<Range<usize>>, usize)> {
    let start = skip(text, at, b" \t,");
    if let Some(end) = end_of_string(text, start) {
        let content = start.saturating_add(1)..end.checked_sub(1)?;
        return Some((Some(content), end));
    }
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || b".+-".contains(*byte);
    let len = text.get(start..)?.iter().take_while(part).count();
    (len > 0).then(|| (None, start.saturating_add(len)))
}

fn skip(text: &[u8], at: usize, blanks: &[u8]) -> usize {
    let rest = text.get(at..).unwrap_or(&[]);
    at.saturating_add(rest.iter().take_while(|byte| blanks.contains(byte)).count())
}

/// Returns the position after the closing quote of the string at `at`.
pub(super) fn end_of_string(text: &[u8], at: usize) -> Option<usize> {
    let quote = *text.get(at).filter(|byte| b"\"'".contains(byte))?;
    let mut at = at.saturating_add(1);
    loop {
        at = at.saturating_add(memchr::memchr2(quote, b'\\', text.get(at..)?)?);
        if text.get(at) == Some(&quote) {
            return Some(at.saturating_add(1));
        }
        at = at.saturating_add(2);
    }
}

/// Returns the position after the bracket that closes the one at `at`.
fn end_of_nested(text: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = at;
    loop {
        match text.get(at)? {
            b'"' => {
                at = end_of_string(text, at)?;
                continue;
            }
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = at.saturating_add(1);
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Names of the member that holds the message, as loggers, shippers and exports write them.
const MESSAGES: &[&str] = &[
    "msg",
    "message",
    "log",
    "@message",
    "_raw",
    "raw",
    "text",
    "line",
    "textpayload",
    "jsonpayload.message",
    "event.original",
    "original",
    "body",
    "short_message",
    "full_message",
    "event",
    "@m",
    "renderedmessage",
    "rendered",
    "content",
];

/// Names of objects in which exports put the record.
const HOLDERS: &[&str] =
    &["_source", "source", "jsonpayload", "event", "result", "fields", "log", "data"];

/// Returns `true` if a member of this name holds the message of a record.
pub(super) fn is_message(name: &[u8]) -> bool {
    MESSAGES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

fn is_holder(name: &[u8]) -> bool {
    HOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Returns the message of the object at `at`: a string member of one of the known names, otherwise that of
/// an object in it, to a depth of two.
pub(super) fn message(text: &[u8], at: usize) -> Option<Member<'_>> {
    message_within(text, at, 2)
}

fn message_within(text: &[u8], at: usize, depth: u8) -> Option<Member<'_>> {
    let (members, _) = Members::of(text, at)?;
    let mut held = None;
    let mut found: Option<Member<'_>> = None;
    for member in members {
        if member.kind == Kind::String && is_message(member.name) {
            let is_longer = |met: &Member<'_>| met.value.len() < member.value.len();
            if found.as_ref().is_none_or(is_longer) {
                found = Some(member);
            }
        } else if member.kind == Kind::Object && is_holder(member.name) && held.is_none() {
            held = Some(member.value.start);
        }
    }
    found.or_else(|| message_within(text, held?, depth.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let member = message(text.as_bytes(), 0)?;
        text.get(member.value)
    }

    #[test]
    fn message_is_found_by_name_at_any_place() {
        const ROWS: &[(&str, Option<&str>)] = &[
            (r#"{"msg":"a"}"#, Some("a")),
            (
                r#"{ "level" : "info" , "message" : "a \" } b", "x": [1,{"y":"}"}] }"#,
                Some(r#"a \" } b"#),
            ),
            (r#"{"_source":{"@timestamp":"t","message":"a"}}"#, Some("a")),
            (r#"{"result":{"_raw":"a"},"preview":false}"#, Some("a")),
            (r#"{"log":{"original":"a"}}"#, Some("a")),
            (r#"{"jsonPayload":{"message":"a"},"severity":"ERROR"}"#, Some("a")),
            (r#"{"event":"login","message":"a longer text"}"#, Some("a longer text")),
            (r#"{"stream"=>"stdout", "log" => "a"}"#, Some("a")),
            (r#"{"error":"a"}"#, None),
            (r#"{"msg"="a"}"#, None),
            (r#"{"msg":1}"#, None),
            (r#"{"msg":"cut"#, None),
            (r#"{"a":{"b":{"c":{"msg":"deep"}}}}"#, None),
            ("[]", None),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
