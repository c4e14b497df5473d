//! What runtimes and collectors write before a record: their own stamp, the host, the program.

use core::ops::Range;

use crate::evidence::stamp::{self, DateKnowledge, Stamp};

/// The head that a collector wrote before a record.
#[derive(Debug, Clone)]
pub(super) struct Head<'t> {
    /// The length of the head.
    pub(super) len: usize,
    pub(super) stamp: Option<Stamp>,
    pub(super) host: Option<&'t [u8]>,
    /// The name of the program, and its process if the head has one.
    pub(super) program: Option<&'t [u8]>,
}

/// Returns the head of a runtime or collector at the start of `text`.
pub(super) fn of(text: &[u8]) -> Option<Head<'_>> {
    if text.starts_with(b"<") {
        return collector(text);
    }
    let stamp = stamp::parse_at(text)?;
    runtime(text, stamp)
        .or_else(|| labels(text, stamp))
        .or_else(|| stream(text, stamp))
        .or_else(|| after_priority(text, 0, stamp))
}

/// `2024-01-09T14:00:00.123456789Z stdout F ` of the container runtime interface.
fn runtime(text: &[u8], (stamp, at): (Stamp, usize)) -> Option<Head<'_>> {
    let rest = text.get(at..)?.strip_prefix(b" ")?;
    if let Some(rest) = job(rest).or_else(|| process(rest)) {
        let len = text.len().saturating_sub(rest.len());
        return Some(Head { len, stamp: Some(stamp), host: None, program: None });
    }
    let rest = rest.strip_prefix(b"stdout ").or_else(|| rest.strip_prefix(b"stderr "))?;
    let rest = match rest {
        [b'F' | b'P'] => &[],
        [b'F' | b'P', b' ', rest @ ..] => rest,
        _ => return None,
    };
    let len = text.len().saturating_sub(rest.len());
    Some(Head { len, stamp: Some(stamp), host: None, program: None })
}

/// `00O ` of a GitLab job: the number of the stream, and whether it is that of errors.
fn job(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'0'..=b'9', b'0'..=b'9', b'O' | b'E', b' ' | b'+', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// `[APP/PROC/WEB/0] OUT ` of `cf logs`.
fn process(text: &[u8]) -> Option<&[u8]> {
    let inside = text.strip_prefix(b"[")?;
    let (name, rest) = inside.split_at_checked(memchr::memchr(b']', inside)?)?;
    let is_name = name.contains(&b'/') && !name.iter().any(u8::is_ascii_lowercase);
    let rest = rest.strip_prefix(b"] OUT ").or_else(|| rest.strip_prefix(b"] ERR "))?;
    is_name.then_some(rest)
}

/// `<Event xmlns='…'>…<EventData>` of Windows: returns the stamp, and where the message starts.
pub(super) fn event(text: &[u8]) -> Option<(Option<Stamp>, usize)> {
    const TIME: &[u8] = b"<TimeCreated SystemTime=";
    const DATA: &[u8] = b"<EventData>";
    text.starts_with(b"<Event ").then_some(())?;
    let at = memchr::memmem::find(text, DATA)?;
    let time = memchr::memmem::find(text.get(..at)?, TIME)
        .and_then(|time| stamp::parse_at(text.get(time.saturating_add(TIME.len() + 1)..)?));
    Some((time.map(|(stamp, _)| stamp), at.saturating_add(DATA.len())))
}

/// The stamp of `docker logs -t`, of `kubectl logs --timestamps` or of syslog with its host and
/// program, up to the record behind it.
fn collector(text: &[u8]) -> Option<Head<'_>> {
    let at = priority(text);
    let stamp = stamp::parse_at(text.get(at..)?)?;
    after_priority(text, at, stamp)
}

fn after_priority(text: &[u8], at: usize, (stamp, len): (Stamp, usize)) -> Option<Head<'_>> {
    let mut head =
        Head { len: at.saturating_add(len), stamp: Some(stamp), host: None, program: None };
    if stamp.date == DateKnowledge::NoDate {
        return None;
    }
    if at > 0 && text.get(..at)?.ends_with(b">1 ") {
        return version_1(text, head);
    }
    head.len = blanks(text, head.len)?;
    for _ in 0..2 {
        let rest = text.get(head.len..)?;
        if has_form(rest) {
            return Some(head);
        }
        let word = rest.get(..memchr::memchr(b' ', rest)?)?;
        let next = blanks(text, head.len.saturating_add(word.len()))?;
        match word.strip_suffix(b":") {
            Some(program) => {
                head.program = Some(program);
                let is_daemon = program.ends_with(b"]") || stamp.date == DateKnowledge::NoYear;
                let is_record = has_form(text.get(next..)?);
                return (is_record || (is_daemon && head.host.is_some()))
                    .then_some(Head { len: next, ..head });
            }
            None if head.host.is_none() => head.host = Some(word),
            None => return None,
        }
        head.len = next;
    }
    None
}

/// `<34>1 STAMP HOST PROGRAM PROCESS MESSAGE-ID DATA ` of RFC 5424 §6.
fn version_1<'t>(text: &'t [u8], head: Head<'t>) -> Option<Head<'t>> {
    let mut at = head.len;
    let mut word = || {
        at = at.saturating_add(1);
        let rest = text.get(at..)?;
        let len = memchr::memchr(b' ', rest).unwrap_or(rest.len());
        at = at.saturating_add(len);
        rest.get(..len)
    };
    let (host, program) = (word()?, word()?);
    word()?;
    word()?;
    let mut len = at.saturating_add(1);
    let data = text.get(len..)?;
    len = match data.first()? {
        b'[' => len.saturating_add(
            memchr::memmem::find(data, b"] ").unwrap_or(data.len()).saturating_add(1),
        ),
        _ => len.saturating_add(memchr::memchr(b' ', data).unwrap_or(data.len())),
    };
    let named = |name: &'t [u8]| Some(name).filter(|name| *name != b"-");
    // A byte order mark may announce UTF-8.
    let mark =
        usize::from(text.get(len.saturating_add(1)..).is_some_and(|rest| rest.starts_with(MARK)));
    let len = len.saturating_add(1).saturating_add(mark.saturating_mul(MARK.len())).min(text.len());
    Some(Head { len, host: named(host), program: named(program), ..head })
}

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The length of `<34>` or `<34>1 ` at the start of `text`.
fn priority(text: &[u8]) -> usize {
    let Some(rest) = text.strip_prefix(b"<") else { return 0 };
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    match rest.get(digits..) {
        Some([b'>', b'1', b' ', ..]) if digits > 0 => digits.saturating_add(4),
        Some([b'>', ..]) if digits > 0 => digits.saturating_add(2),
        _ => 0,
    }
}

fn blanks(text: &[u8], at: usize) -> Option<usize> {
    let count = text.get(at..)?.iter().take_while(|byte| **byte == b' ').count();
    (count > 0).then(|| at.saturating_add(count))
}

/// Returns `true` if `text` is a record in a form of its own: an object, or pairs with a message.
pub(super) fn has_form(text: &[u8]) -> bool {
    let is_object =
        || super::object::Members::of(text, 0).is_some_and(|(_, end)| end == text.len());
    (text.starts_with(b"{\"") && is_object()) || super::pairs::message(text).is_some()
}

/// `{app="web"} ` of `logcli`, the labels of a stream, behind a stamp.
fn labels(text: &[u8], (stamp, at): (Stamp, usize)) -> Option<Head<'_>> {
    let at = blanks(text, at)?;
    let labels = text.get(at..)?.strip_prefix(b"{")?;
    let end = memchr::memchr(b'}', labels)?;
    let inside = labels.get(..end)?;
    let is_labels = inside.is_empty() || memchr::memmem::find(inside, b"=\"").is_some();
    let len = blanks(text, at.saturating_add(end).saturating_add(2))?;
    is_labels.then_some(Head { len, stamp: Some(stamp), host: None, program: None })
}

/// `app/web/3f2a ` of `aws logs tail`, the name of a stream, behind a stamp in UTC.
fn stream(text: &[u8], (stamp, at): (Stamp, usize)) -> Option<Head<'_>> {
    let rest =
        text.get(..at)?.ends_with(b"+00:00").then(|| text.get(at..)?.strip_prefix(b" "))??;
    let name = rest.split(|byte| *byte == b' ').next()?;
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.[]$".contains(byte);
    let slashes = name.iter().filter(|byte| **byte == b'/').count();
    let is_name = slashes > 1 && !name.starts_with(b"/") && name.iter().all(part);
    let len = at.saturating_add(name.len()).saturating_add(2).min(text.len());
    is_name.then_some(Head { len, stamp: Some(stamp), host: None, program: None })
}

/// `["1704808800000000000","…"]` of Loki: returns the stamp, and the string behind it.
pub(super) fn value(text: &[u8]) -> Option<(Stamp, Range<usize>)> {
    let text = text.strip_suffix(b",").unwrap_or(text);
    let inside = text.strip_prefix(b"[\"")?;
    let (stamp, len) = stamp::parse_epoch(inside)?;
    let at = len.saturating_add(2);
    let quote = at
        .saturating_add(memchr::memchr(b'"', text.get(at.saturating_add(1)..)?)?)
        .saturating_add(1);
    let end = super::object::end_of_string(text, quote)?;
    let closes = text.get(end..)? == b"]";
    closes.then(|| (stamp, quote.saturating_add(1)..end.saturating_sub(1)))
}

/// `[0] app.web: [[1704808800.000000000, {}], {…}]` of fluent-bit: returns the stamp, and the object behind it.
pub(super) fn fluent_bit(text: &[u8]) -> Option<(Stamp, Range<usize>)> {
    let inside = text.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let digits = inside.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let named = inside.get(digits..).filter(|_| digits > 0)?.strip_prefix(b"] ")?;
    let (tag, values) = named.split_at_checked(memchr::memmem::find(named, b": [")?)?;
    (!tag.contains(&b' ')).then_some(())?;
    let values = values.strip_prefix(b": [")?;
    // Versions before 2.1 write no metadata.
    let (values, mark) = match values.strip_prefix(b"[") {
        Some(values) => (values, b"], ".as_slice()),
        None => (values, b", ".as_slice()),
    };
    let (stamp, len) = stamp::parse_epoch(values)?;
    let rest = values.get(len..)?;
    let at = memchr::memmem::find(rest, mark)?.saturating_add(mark.len());
    let object = rest.get(at..).filter(|object| object.starts_with(b"{"))?;
    let end = text.len().saturating_sub(1);
    Some((stamp, end.saturating_sub(object.len())..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (&'static str, Option<(&'static str, Option<&'static str>, Option<&'static str>)>);

    fn check(read: fn(&[u8]) -> Option<Head<'_>>, rows: &[Row]) {
        for &(line, expected) in rows {
            let met = read(line.as_bytes());
            let met =
                met.as_ref().map(|head| (&line.as_bytes()[head.len..], head.host, head.program));
            let expected = expected.map(|(rest, host, program)| {
                (rest.as_bytes(), host.map(str::as_bytes), program.map(str::as_bytes))
            });
            assert_eq!(met, expected, "{line}");
        }
    }

    #[test]
    fn head_of_a_runtime_is_read() {
        check(
            |text| runtime(text, stamp::parse_at(text)?),
            &[
                ("2024-01-09T14:00:00.1Z stdout F < Date: x", Some(("< Date: x", None, None))),
                ("2024-01-09T14:00:00.1Z stderr P", Some(("", None, None))),
                ("2024-01-09T14:00:00.1Z 00O x", Some(("x", None, None))),
                ("2024-01-09T14:00:00.1Z 01E+x", Some(("x", None, None))),
                ("2024-01-09T14:00:00.12+0000 [APP/PROC/WEB/0] OUT x", Some(("x", None, None))),
                ("2024-01-09T14:00:00.12+0000 [main/a] OUT x", None),
                ("2024-01-09T14:00:00.1Z stdout Fine", None),
                ("2024-01-09T14:00:00.1Z x", None),
            ],
        );
    }

    #[test]
    fn head_of_a_collector_is_read_before_a_record() {
        check(
            collector,
            &[
                ("2024-01-09T14:00:00Z {\"msg\":\"x\"}", Some(("{\"msg\":\"x\"}", None, None))),
                (
                    "Jan  9 14:00:00 web app[1]: msg=\"x\"",
                    Some(("msg=\"x\"", Some("web"), Some("app[1]"))),
                ),
                (
                    "<34>Jan  9 14:00:00 web app: {\"a\":1}",
                    Some(("{\"a\":1}", Some("web"), Some("app"))),
                ),
                (
                    "<34>1 2024-01-09T14:00:00Z web app 7 - - plain",
                    Some(("plain", Some("web"), Some("app"))),
                ),
                (
                    "<34>1 2024-01-09T14:00:00Z - app - - [a@1 b=\"c\"] plain",
                    Some(("plain", None, Some("app"))),
                ),
                ("Jan  9 14:00:00 web app[1]: plain", Some(("plain", Some("web"), Some("app[1]")))),
                ("2024-01-09T14:00:00Z web app: plain", None),
                ("14:00:00 {\"msg\":\"x\"}", None),
            ],
        );
    }

    #[test]
    fn message_of_an_event_is_found() {
        let text = b"<Event xmlns='x'><System><TimeCreated SystemTime='2024-01-09T14:00:00.1Z'/></System><EventData><Data>x";
        let (stamp, at) = event(text).unwrap();
        assert_eq!((stamp.is_some(), &text[at..]), (true, b"<Data>x".as_slice()));
        assert!(event(b"<Event xmlns='x'>").is_none());
    }

    #[test]
    fn values_of_loki_are_read() {
        let text = br#"["1704808800000000000","a \" b"],"#;
        let (_, range) = value(text).unwrap();
        assert_eq!(&text[range], br#"a \" b"#);
        assert!(value(br#"["17","a"]"#).is_none());
        let labels = |text| labels(text, stamp::parse_at(text).unwrap());
        assert!(
            labels(b"2024-01-09T14:00:00Z {app=\"x\"} rest").is_some_and(|head| head.len == 31)
        );
        assert!(labels(b"2024-01-09T14:00:00Z {\"a\":1} rest").is_none());
    }

    #[test]
    fn records_of_fluent_bit_are_read() {
        const ROWS: &[(&str, Option<&str>)] = &[
            (
                r#"[0] app.web: [[1704808800.123456789, {}], {"log"=>"a ]"}]"#,
                Some(r#"{"log"=>"a ]"}"#),
            ),
            (r#"[12] app: [1704808800.123456789, {"log"=>"a"}]"#, Some(r#"{"log"=>"a"}"#)),
            (r#"[0] app web: [[1704808800.1, {}], {"log"=>"a"}]"#, None),
            (r#"[0] app: [[17, {}], {"log"=>"a"}]"#, None),
            (r#"[0] app: [1704808800.1, "a"]"#, None),
            ("[0] app: failed", None),
        ];
        for &(line, expected) in ROWS {
            let met = fluent_bit(line.as_bytes()).map(|(_, range)| &line[range]);
            assert_eq!(met, expected, "{line}");
        }
    }

    #[test]
    fn name_of_a_stream_is_read_after_a_stamp_in_utc() {
        check(
            |text| stream(text, stamp::parse_at(text)?),
            &[
                ("2024-01-09T14:00:00.1+00:00 app/web/3f2a Date: x", Some(("Date: x", None, None))),
                (
                    "2024-01-09T14:00:00.123456+00:00 2024/01/09/[$LATEST]5c1e x",
                    Some(("x", None, None)),
                ),
                ("2024-01-09T14:00:00.1+00:00 app/web/3f2a", Some(("", None, None))),
                ("2024-01-09T14:00:00.1+00:00 jobs/renew 2024-01-09T15:00:00Z", None),
                ("2024-01-09T14:00:00.1+00:00 /var/lib/app x", None),
                ("2024-01-09T14:00:00.1Z app/web/3f2a x", None),
            ],
        );
    }
}
