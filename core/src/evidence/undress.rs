//! Takes off what people and tools put around a line: quoting, prefixes of tools and runtimes, records
//! in JSON, pairs or cells, escapes, colours.
//!
//! Layers may come in any order and nesting, up to a fixed depth. What is left is the line as its
//! program wrote it, byte by byte, so that no other reader has to know a dressing. What a layer says
//! about time and host is kept. A layer is taken off only if nothing else in it matters: of an object
//! whose other members state a refusal or a time, all of it is read.

mod escapes;
mod head;
mod layers;
mod margin;
mod object;
mod pairs;
mod prefix;
mod records;
mod shape;
mod unnamed;
mod unseen;

use self::escapes::decode;
pub(crate) use self::layers::{Before, HostName, Layers, hash};
use self::layers::{Inside, State, Text, host_name};
use self::margin::{Margin, Sample, Samples};
use self::records::{headed, literal, member, object_record, open_cell, pairs_record, row};
pub(crate) use self::shape::{is_field, is_request_line};
use self::unnamed::{list, transcript};
use super::hearsay::{Context, Hearsay};
use super::lines::width;
use super::{filter, stamp};

/// The largest number of layers that are taken off.
const DEPTH: u8 = 12;

/// Room for the text of one line while its layers are taken off.
pub(crate) struct Undresser {
    text: Text,
    #[expect(dead_code, reason = "only its place between the other two matters")]
    /// Not zero. Between two lengths that are zero, the compiler would clear all of the room for each
    /// line, which takes a third as long as reading a short one.
    apart: usize,
    spare: Text,
}

impl Undresser {
    pub(crate) const fn new() -> Self {
        Self { text: Text::new(), apart: 1, spare: Text::new() }
    }

    /// Takes the layers off `line`. The result has no line feed at its end.
    pub(crate) fn undress<'t>(
        &'t mut self,
        line: &'t [u8],
        before: &mut Before,
    ) -> (&'t [u8], Layers) {
        let Self { text: even, spare: odd, .. } = self;
        let (mut rooms, mut is_decoded) = ((even, odd), false);
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut range = 0..line.len();
        let mut layers = Layers::NONE;
        // A line that is filled up was not broken at its end.
        let filled = line.ends_with(b"  ");
        layers.width = width(if filled { line.trim_ascii_end() } else { line });
        let mut state = State::NEW;
        for depth in 0..DEPTH {
            let (text, spare) = (&*rooms.0, &mut *rooms.1);
            let all = if is_decoded { text.as_slice() } else { line };
            let Some(text) = all.get(range.clone()) else { break };
            spare.clear();
            let layer = layer(text, spare, depth, before, &mut state, &mut layers);
            match layer.or_else(|| margin(text, before, &mut state, &mut layers)) {
                None => break,
                Some(Inside::Part(part)) => {
                    let end = range.start.saturating_add(part.end);
                    range = range.start.saturating_add(part.start)..end;
                }
                Some(Inside::Decoded) => {
                    rooms = (rooms.1, rooms.0);
                    is_decoded = true;
                    range = 0..rooms.0.len();
                    layers.width = width(rooms.0);
                }
            }
            layers.is_any = true;
        }
        before.end(&state, line, &mut layers);
        let all = if is_decoded { rooms.0.as_slice() } else { line };
        let inside = all.get(range).unwrap_or(&[]);
        // A record has its own head.
        if state.is_of_author && shape::is_record(inside) {
            layers.program.clear();
        }
        let has_program = put_back(&layers.program, inside, rooms.1);
        (if has_program { rooms.1 } else { inside }, layers)
    }
}

/// Puts the name of a program back before `text` where it matters.
fn put_back(program: &[u8], text: &[u8], room: &mut Text) -> bool {
    if program.is_empty() {
        return false;
    }
    room.clear();
    escapes::push(program, room);
    escapes::push(b": ", room);
    escapes::push(text, room);
    needs_program(room)
}

/// Length of the quotation mark, edge, bullet or tool's prefix that `text` starts with.
fn prefix_len(
    first: u8,
    text: &[u8],
    indent: usize,
    before: &mut Before,
    state: &mut State,
) -> Option<usize> {
    let len = match first {
        b'>' => prefix::quote(text, state.quotes, before)
            .inspect(|_| state.quotes = state.quotes.saturating_add(1)),
        b'|' => prefix::bar(text),
        // The left edge of a box.
        _ if text.starts_with("│ ".as_bytes()) => Some("│ ".len()),
        _ => None,
    };
    let len = len.or_else(|| prefix::bullet(text, before, &mut state.mark));
    let len = len.or_else(|| prefix::padded(text, indent));
    len.or_else(|| prefix::starts_name(first).then(|| tool(text, before, state)).flatten())
}

/// Takes the outermost layer off `text`.
fn layer(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &mut Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    if let Some(inside) = open_cell(text, spare, depth, before) {
        return Some(inside);
    }
    let indent = text.iter().take_while(|byte| b" \t".contains(byte)).count();
    if indent > 0 {
        layers.indent = layers.indent.saturating_add(indent);
        return Some(Inside::Part(indent..text.len()));
    }
    if unseen::remove(text, spare) {
        return Some(Inside::Decoded);
    }
    let first = *text.first()?;
    if let Some((stamp, at)) = head::event(text) {
        if let Some(stamp) = stamp {
            layers.stamp(stamp);
        }
        return Some(Inside::Part(at..text.len()));
    }
    if (first == b'<' || text.ends_with(b">")) && escapes::remove_tags(text, spare) {
        return Some(Inside::Decoded);
    }
    if let Some(len) = prefix_len(first, text, layers.indent, before, state) {
        return Some(Inside::Part(len..text.len()));
    }
    if let Some((len, pod)) = prefix::pod(text) {
        state.pod = host_name(pod);
        return Some(Inside::Part(len..text.len()));
    }
    if let Some(inside) = record(text, spare, depth, before, state, layers) {
        return Some(inside);
    }
    if memchr::memchr(b'&', text).is_some() && escapes::decode_entities(text, spare) {
        return Some(Inside::Decoded);
    }
    None
}

impl Before {
    /// Learns from the first lines of a text what is around all of its lines.
    pub(crate) fn learned(text: &[u8]) -> Self {
        let mut before = Self::new();
        let mut lines = Samples::new();
        for line in text.split(|byte| *byte == b'\n') {
            let mut rooms = Undresser::new();
            let (inside, _) = rooms.undress(line, &mut before);
            let is_line = !inside.trim_ascii().is_empty() && !inside.contains(&b'\n');
            if is_line && lines.push(Sample::of(inside)).is_err() {
                break;
            }
        }
        Self { margin: Margin::of(&lines), member: before.member, ..Self::new() }
    }
}

/// Takes off what is around all lines of the text.
fn margin(text: &[u8], before: &Before, state: &mut State, layers: &mut Layers) -> Option<Inside> {
    if core::mem::replace(&mut state.is_inside_margin, true) {
        return None;
    }
    let (inside, stamp) = before.margin.inside(text)?;
    if let Some(author) = text.get(..inside.start).and_then(|start| before.margin.author(start)) {
        layers.name_program(author);
        state.is_of_author = true;
    }
    if let Some(stamp) = stamp {
        layers.stamp(stamp);
    }
    Some(Inside::Part(inside))
}

/// A prefix that starts with a name or a number.
fn tool(text: &[u8], before: &mut Before, state: &mut State) -> Option<usize> {
    if let Some(len) = prefix::grep(text, state.tools, before) {
        state.tools = state.tools.saturating_add(1);
        return Some(len);
    }
    if let Some(len) = prefix::compose(text) {
        return Some(len);
    }
    let (len, pod) = prefix::stern(text)?;
    state.pod = host_name(pod);
    Some(len)
}

/// Takes off the form of a record.
fn record(
    text: &[u8],
    spare: &mut Text,
    depth: u8,
    before: &Before,
    state: &mut State,
    layers: &mut Layers,
) -> Option<Inside> {
    match text.first()? {
        b'{' => object_record(text, spare, depth, before, state, layers),
        b'"' => member(text, spare, before, state, layers)
            .or_else(|| row(text, spare, layers))
            .or_else(|| literal(text, spare, before, state, layers)),
        b'[' => {
            if let Some((stamp, object)) = head::fluent_bit(text) {
                layers.stamp(stamp);
                return Some(Inside::Part(object));
            }
            let Some((stamp, inside)) = head::value(text) else {
                return list(text, spare, before, state)
                    .or_else(|| transcript(text, spare, layers));
            };
            layers.stamp(stamp);
            decode(text.get(inside)?, spare)
        }
        _ => {
            if let Some(value) = text.strip_prefix(b"MESSAGE=") {
                return Some(Inside::Part(text.len().saturating_sub(value.len())..text.len()));
            }
            if let Some(value) = text.strip_prefix(b"__REALTIME_TIMESTAMP=") {
                layers.stamp(stamp::parse_epoch(value)?.0);
                return Some(Inside::Part(text.len()..text.len()));
            }
            let literal =
                if b"'b".contains(text.first()?) || text.ends_with(b")") || text.ends_with(b");") {
                    literal(text, spare, before, state, layers)
                } else {
                    None
                };
            literal
                .or_else(|| headed(text, layers))
                .or_else(|| pairs_record(text, spare, before, state, layers))
                .or_else(|| row(text, spare, layers))
                .or_else(|| member(text, spare, before, state, layers))
                .or_else(|| transcript(text, spare, layers))
        }
    }
}

/// Returns `true` if it matters which program wrote `text`, which starts with its name: if it has the
/// sentence of a time service, or words of a stranger.
fn needs_program(text: &[u8]) -> bool {
    let is_service = filter::scan(text, |hit| hit.row().filter(|row| row.says.is_service()));
    is_service.is_some() || !Hearsay::of(text, Context::LINE).is_empty()
}

/// Each layer gives back the line, and so does any nesting of them.
#[cfg(test)]
mod tests {
    use std::format;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    /// Takes the layers off all lines of `text`.
    fn undressed(text: &str) -> Vec<String> {
        let mut before = Before::new();
        let mut lines = Vec::new();
        for line in text.lines() {
            let mut rooms = Undresser::new();
            let (inside, _) = rooms.undress(line.as_bytes(), &mut before);
            lines.push(String::from_utf8(inside.to_vec()).unwrap());
        }
        lines
    }

    fn one(line: &str) -> String {
        undressed(line).remove(0)
    }

    /// A transcript as programs write it.
    const LINES: &[&str] = &[
        "2024-01-09 14:00:00,123 ERROR token request failed",
        "POST https://id.example.com/token",
        "< HTTP/1.1 400 Bad Request",
        "< Date: Tue, 09 Jan 2024 14:07:30 GMT",
        r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#,
        r#"Caused by: "x\y" & 'z'"#,
    ];

    #[test]
    fn doubled_quotes_of_a_string_are_single_ones_of_its_record() {
        const ROWS: &[(&str, &str)] = &[
            ("- '2024-01-09T14:00:00Z it''s ''over'''", "2024-01-09T14:00:00Z it's 'over'"),
            ("- '2024-01-09T14:00:00Z it's over'", "'2024-01-09T14:00:00Z it's over'"),
            ("- 'it''s over'", "'it''s over'"),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(one(line), expected, "{line}");
        }
    }

    #[test]
    fn line_without_layers_stays() {
        const ROWS: &[&str] = &[
            "12:31:05 started",
            "12-03-2024 14:00:00 started",
            "1699885516516|DEBUG|GET /",
            "* Connected to 192.0.2.44",
            "> Date: Tue, 09 Jan 2024 14:07:30 GMT",
            "< Date: Tue, 09 Jan 2024 14:07:30 GMT",
            "app.py:77: JWT expired",
            "401: Unauthorized",
            "1700000000 is exp",
            "[   81.033107] usb 1-1: new device",
            "| a | b |",
            r#"{"message":"JWT has expired"}"#,
            r#"{"message":"x","error":"invalid_grant"}"#,
            r#"{"msg":"cut"#,
            r#"answered 400 {"message":"System clock wrong by 9.0 seconds"}"#,
            "time=2024-01-09T14:00:00Z msg=bare",
            "failed, again",
            "[main] started",
            "E (13560) esp-tls: failed",
            "https://id.example.com/a?x=1&lt=2",
            "2024-01-09T14:00:00Z Date: Tue, 09 Jan 2024 14:07:30 GMT",
            "- - [10/Oct/2000:13:55:36 -0700] x",
            "\"quoted words\" at the start",
        ];
        for &line in ROWS {
            assert_eq!(one(line), line);
        }
    }

    fn json(text: &str) -> String {
        text.replace('\\', "\\\\").replace('"', "\\\"")
    }

    type Dressing = (&'static str, fn(usize, &str) -> String);

    const DRESSINGS: &[Dressing] = &[
        ("quoted", |_, line| format!("> {line}")),
        ("barred", |_, line| format!("| {line}")),
        ("indented", |_, line| format!("    {line}")),
        ("grep -n", |at, line| format!("{}:{line}", at + 41)),
        ("grep -H", |_, line| format!("var/log/app.log:{line}")),
        ("grep -Hn", |at, line| format!("app.log:{}:{line}", at + 7)),
        ("grep -A", |at, line| {
            let mark = if at == 0 { ':' } else { '-' };
            format!("app.log{mark}{}{mark}{line}", at + 7)
        }),
        ("less -N", |at, line| format!("{:7} {line}", at + 9)),
        ("cat -n", |at, line| format!("     {}\t{line}", at + 1)),
        ("compose", |_, line| format!("web-1  | {line}")),
        ("kubectl", |_, line| format!("[pod/web-0/app] {line}")),
        ("stern", |_, line| format!("web-6d4cf56db6-x2x9k app {line}")),
        ("docker", |_, line| {
            format!(
                r#"{{"log":"{}\n","stream":"stderr","time":"2024-01-09T14:00:00Z"}}"#,
                json(line)
            )
        }),
        ("runtime", |_, line| format!("2024-01-09T14:00:00.1Z stdout F {line}")),
        ("msg", |_, line| format!(r#"{{"msg":"{}"}}"#, json(line))),
        ("nested", |_, line| {
            format!(
                r#"{{"_id":"x","_source":{{"@timestamp":"2024-01-09T14:00:00Z","message":"{}"}}}}"#,
                json(line)
            )
        }),
        ("journal", |_, line| format!("MESSAGE={line}")),
        ("pairs", |_, line| {
            format!(r#"time=2024-01-09T14:00:00Z level=error msg="{}""#, json(line))
        }),
        ("cells", |_, line| {
            format!(r#""2024-01-09T14:00:00Z","web","{}""#, line.replace('"', "\"\""))
        }),
        ("colour", |_, line| format!("\u{1b}[31m{line}\u{1b}[0m")),
        ("loki", |_, line| format!("[\"1704808800000000000\",\"{}\"],", json(line))),
    ];

    fn dressed(lines: &[&str], how: fn(usize, &str) -> String) -> String {
        let lines: Vec<_> = lines.iter().enumerate().map(|(at, line)| how(at, line)).collect();
        lines.join("\n")
    }

    #[test]
    fn layer_gives_back_the_line() {
        for (name, how) in DRESSINGS {
            assert_eq!(undressed(&dressed(LINES, *how)), LINES, "{name}");
        }
    }

    #[test]
    fn entities_of_a_page_are_read() {
        assert_eq!(
            one("{&quot;error&quot;:&quot;invalid_grant&quot;}"),
            r#"{"error":"invalid_grant"}"#
        );
    }

    #[test]
    fn request_that_curl_sends_is_no_quotation() {
        let curl = "* Connected\n> POST /token HTTP/1.1\n> Host: id.example.com\n> \n< HTTP/1.1 400 Bad Request";
        assert_eq!(undressed(curl).join("\n"), curl);
        let quoted = curl.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
        assert_eq!(undressed(&quoted), undressed(curl));
    }

    #[test]
    fn stamps_and_hosts_of_layers_are_kept() {
        let mut before = Before::new();
        let mut rooms = Undresser::new();
        let line = br#"2024-01-09T14:00:00.1Z stdout F {"host":"web1","time":"2024-01-09T14:00:01Z","msg":"x"}"#;
        let (text, layers) = rooms.undress(line, &mut before);
        assert_eq!(text, b"x");
        assert_eq!(layers.stamps.len(), 2);
        assert!(layers.stamps[0].civil < layers.stamps[1].civil, "the outer one comes first");
        assert_eq!(layers.host, b"web1");
    }

    #[test]
    fn address_inside_a_message_does_not_keep_its_envelope_on() {
        let record = r#"{"remoteAddr":"192.0.2.7","a":1,"message":"JWT has expired"}"#;
        assert_eq!(one(record), record, "words of a requester may be in its message");
        assert_eq!(one(&format!(r#"{{"msg":"{}"}}"#, json(record))), record);
        assert_eq!(one(&format!("level=info msg=\"{}\"", json(record))), record);
    }

    #[test]
    fn program_of_a_collector_is_put_back_where_it_matters() {
        let line = r#"Jan  9 14:00:00 web app[1]: {"level":"info","msg":"System clock wrong by 9.0 seconds"}"#;
        assert_eq!(one(line), "app[1]: System clock wrong by 9.0 seconds");
        let login = "sshd[1]: Invalid user chronyd from 192.0.2.1 port 1";
        assert_eq!(one(&format!("Jan  9 14:00:00 web {login}")), login);
        assert_eq!(one("Jan  9 14:00:00 web app[1]: plain"), "plain");
    }

    proptest! {
        /// Any three dressings around each other give back the lines.
        #[test]
        fn nested_layers_give_back_the_lines(
            inner in 0..DRESSINGS.len(),
            middle in 0..DRESSINGS.len(),
            outer in 0..DRESSINGS.len(),
        ) {
            // Numbered lines are not numbered again.
            let numbers = |at: &usize| ["grep -n", "cat -n", "less -N"].contains(&DRESSINGS[*at].0);
            prop_assume!([inner, middle, outer].iter().filter(|at| numbers(at)).count() < 2);
            let mut text = LINES.iter().map(ToString::to_string).collect::<Vec<_>>();
            for at in [inner, middle, outer] {
                let lines: Vec<_> = text.iter().map(String::as_str).collect();
                text = dressed(&lines, DRESSINGS[at].1).lines().map(String::from).collect();
            }
            let names = [inner, middle, outer].map(|at| DRESSINGS[at].0);
            prop_assert_eq!(undressed(&text.join("\n")), LINES, "{:?}", names);
        }

        /// Taking layers off never fails, whatever the text is, and what is left has no layer.
        #[test]
        fn any_text_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200), marks in "[>|{}\"\\\\:,=\\[ ]{0,40}") {
            let line = [bytes, marks.into_bytes()].concat();
            let mut rooms = Undresser::new();
            let (text, _) = rooms.undress(&line, &mut Before::new());
            prop_assert!(text.len() <= line.len() + 50);
        }
    }
}
