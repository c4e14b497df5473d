//! Text as it was before somebody escaped it: string literals, HTML entities, and terminal colours.

use super::layers::{Inside, Text};

/// Appends the value of a string literal whose content, without the quotes, is `inside`. Reads the
/// escapes of JSON (RFC 8259 §7) and those that Python, JavaScript and Java add.
///
/// An unknown escape stands for its letter, and a cut one for itself.
pub(super) fn unescape(inside: &[u8], text: &mut Text) {
    let mut rest = inside;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        push(rest.get(..at).unwrap_or(&[]), text);
        let escape = rest.get(at.saturating_add(1)..).unwrap_or(&[]);
        let taken = unescape_one(escape, text);
        rest = escape.get(taken..).unwrap_or(&[]);
    }
    push(rest, text);
}

/// Appends what the escape at the start of `escape`, which follows a backslash, stands for. Returns
/// its length.
fn unescape_one(escape: &[u8], text: &mut Text) -> usize {
    let Some((&letter, behind)) = escape.split_first() else {
        push(b"\\", text);
        return 0;
    };
    let plain = match letter {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        b'e' => ESCAPE,
        b'u' => return 1_usize.saturating_add(unescape_unit(behind, text)),
        b'x' => match hex(behind, 2) {
            Some(code) => {
                push_char(char::from_u32(code), text);
                return 3;
            }
            None => letter,
        },
        other => other,
    };
    push(&[plain], text);
    1
}

/// Appends the character of `\uXXXX`, of which `digits` follow the `u`. Returns how many bytes it
/// took.
fn unescape_unit(digits: &[u8], text: &mut Text) -> usize {
    const HIGH: u32 = 0xD800;
    const LOW: u32 = 0xDC00;
    let Some(unit) = hex(digits, 4) else {
        push(b"u", text);
        return 0;
    };
    let second = digits.get(4..).and_then(|rest| rest.strip_prefix(b"\\u"));
    let second = second.and_then(|rest| hex(rest, 4)).filter(|low| (LOW..0xE000).contains(low));
    match second {
        Some(low) if (HIGH..LOW).contains(&unit) => {
            let above = unit.saturating_sub(HIGH) << 10 | low.saturating_sub(LOW);
            push_char(char::from_u32(above.saturating_add(0x1_0000)), text);
            10
        }
        _ => {
            push_char(char::from_u32(unit), text);
            4
        }
    }
}

fn hex(text: &[u8], digits: usize) -> Option<u32> {
    text.get(..digits)?.iter().try_fold(0_u32, |value, byte| {
        let digit = char::from(*byte).to_digit(16)?;
        value.checked_mul(16)?.checked_add(digit)
    })
}

/// Writes the content of a string to the spare room, without blanks and line feeds at its end.
pub(super) fn decode(content: &[u8], spare: &mut Text) -> Option<Inside> {
    unescape(content, spare);
    spare.truncate(spare.trim_ascii_end().len());
    Some(Inside::Decoded)
}

/// Appends `inside`, in which quotes are doubled, as in a cell of comma-separated values (RFC 4180 §2).
pub(super) fn undouble(inside: &[u8], quote: u8, text: &mut Text) {
    let mut rest = inside;
    while let Some(at) = memchr::memmem::find(rest, &[quote; 2]) {
        push(rest.get(..=at).unwrap_or(&[]), text);
        rest = rest.get(at.saturating_add(2)..).unwrap_or(&[]);
    }
    push(rest, text);
}

/// The named entities that tools write for the characters that HTML reserves.
const ENTITIES: &[(&[u8], char)] = &[
    (b"&quot;", '"'),
    (b"&apos;", '\''),
    (b"&lt;", '<'),
    (b"&gt;", '>'),
    (b"&amp;", '&'),
    (b"&nbsp;", ' '),
];

/// Appends `line` with its HTML entities replaced. Returns `false` if it has none.
pub(super) fn decode_entities(line: &[u8], text: &mut Text) -> bool {
    let mut rest = line;
    let mut found = false;
    while let Some(at) = memchr::memchr(b'&', rest) {
        push(rest.get(..at).unwrap_or(&[]), text);
        let entity = rest.get(at..).unwrap_or(&[]);
        let decoded = entity_at(entity);
        found |= decoded.is_some();
        let (character, len) = decoded.unwrap_or(('&', 1));
        push_char(Some(character), text);
        rest = entity.get(len..).unwrap_or(&[]);
    }
    push(rest, text);
    found
}

fn entity_at(text: &[u8]) -> Option<(char, usize)> {
    let named = ENTITIES.iter().find(|(name, _)| text.starts_with(name));
    if let Some((name, character)) = named {
        return Some((*character, name.len()));
    }
    /// `&#x10FFFF;`
    const LONGEST: usize = 10;
    let number = text.strip_prefix(b"&#")?;
    let end = memchr::memchr(b';', number.get(..LONGEST).unwrap_or(number))?;
    let digits = number.get(..end)?;
    let code = match digits {
        [b'x' | b'X', digits @ ..] => hex(digits, digits.len())?,
        _ => digits.iter().try_fold(0_u32, |value, byte| {
            value.checked_mul(10)?.checked_add(char::from(*byte).to_digit(10)?)
        })?,
    };
    Some((char::from_u32(code).filter(|_| !digits.is_empty())?, end.saturating_add(3)))
}

/// Tags of HTML around text, and what a reader sees in their place.
const TAGS: &[(&[u8], &[u8])] = &[
    (b"br", b"\n"),
    (b"/p", b"\n"),
    (b"/div", b"\n"),
    (b"/li", b"\n"),
    (b"/tr", b"\n"),
    (b"/td", b"\t"),
    (b"/th", b"\t"),
    (b"p", b""),
    (b"div", b""),
    (b"li", b""),
    (b"ul", b""),
    (b"ol", b""),
    (b"/ul", b""),
    (b"/ol", b""),
    (b"tr", b""),
    (b"td", b""),
    (b"th", b""),
    (b"table", b""),
    (b"/table", b""),
    (b"tbody", b""),
    (b"/tbody", b""),
    (b"span", b""),
    (b"/span", b""),
    (b"pre", b""),
    (b"/pre", b""),
    (b"code", b""),
    (b"/code", b""),
    (b"samp", b""),
    (b"/samp", b""),
    (b"blockquote", b""),
    (b"/blockquote", b""),
    // The message of an event of Windows.
    (b"data", b""),
    (b"/data", b"\n"),
    (b"/eventdata", b""),
    (b"/event", b""),
];

/// Appends `line` without the tags of HTML around it. Returns `false` if it neither starts nor ends with
/// one.
pub(super) fn remove_tags(line: &[u8], text: &mut Text) -> bool {
    let last = memchr::memrchr(b'<', line);
    let ends = last.and_then(|at| tag_at(line, at)).is_some_and(|(_, end)| end == line.len());
    if !ends && tag_at(line, 0).is_none() {
        return false;
    }
    let mut from = 0_usize;
    for at in memchr::memchr_iter(b'<', line) {
        let Some((seen, end)) = tag_at(line, at).filter(|_| at >= from) else { continue };
        push(line.get(from..at).unwrap_or(&[]), text);
        if !text.is_empty() {
            push(seen, text);
        }
        from = end;
    }
    push(line.get(from..).unwrap_or(&[]), text);
    text.truncate(text.trim_ascii_end().len());
    true
}

/// Returns what is seen in the place of the tag at `at`, and its end.
fn tag_at(line: &[u8], at: usize) -> Option<(&'static [u8], usize)> {
    let inside = line.get(at..)?.strip_prefix(b"<")?;
    let len = memchr::memchr2(b'>', b'<', inside)?;
    let tag = inside.get(..len).filter(|_| inside.get(len) == Some(&b'>'))?;
    let name = tag.strip_suffix(b"/").unwrap_or(tag);
    let name = name.split(|byte| *byte == b' ').next()?;
    let (_, seen) = TAGS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    Some((*seen, at.saturating_add(len).saturating_add(2)))
}

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 7;

/// How tools print the escape character where they may not write it.
const PRINTED_ESCAPES: &[&[u8]] =
    &[b"\\u001b", b"\\u001B", b"\\x1b", b"\\x1B", b"\\e", b"\\033", b"^["];

/// Returns `true` if `line` may have a colour or another command for a terminal.
pub(super) fn may_have_colour(line: &[u8]) -> bool {
    memchr::memchr3_iter(ESCAPE, b'\\', b'^', line).any(|at| command_at(line, at).is_some())
}

/// Appends `line` without commands for a terminal (ECMA-48 §5.4).
pub(super) fn remove_colour(line: &[u8], text: &mut Text) {
    let mut from = 0_usize;
    for at in memchr::memchr3_iter(ESCAPE, b'\\', b'^', line) {
        if at < from {
            continue;
        }
        if let Some(end) = command_at(line, at) {
            push(line.get(from..at).unwrap_or(&[]), text);
            from = end;
        }
    }
    push(line.get(from..).unwrap_or(&[]), text);
}

/// Returns the end of the command that starts at `at`.
fn command_at(line: &[u8], at: usize) -> Option<usize> {
    let text = line.get(at..)?;
    let (body, is_printed) = match text {
        [ESCAPE, body @ ..] => (body, false),
        _ => (PRINTED_ESCAPES.iter().find_map(|escape| text.strip_prefix(*escape))?, true),
    };
    let len = match body {
        [b'[', parameters @ ..] => {
            let inner = parameters.iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
            let last = *parameters.get(inner)?;
            // Printed commands are colours. Other text has brackets, too.
            let is_command = if is_printed { last == b'm' } else { (0x40..0x7f).contains(&last) };
            is_command.then(|| inner.saturating_add(2))?
        }
        [b']', title @ ..] if !is_printed => {
            memchr::memchr2(BELL, ESCAPE, title)?.saturating_add(2)
        }
        [_, ..] if !is_printed => 1,
        _ => return None,
    };
    Some(line.len().saturating_sub(body.len()).saturating_add(len))
}

/// Appends as much of `bytes` as there is room for.
pub(super) fn push(bytes: &[u8], text: &mut Text) {
    let room = text.capacity().saturating_sub(text.len());
    let _ = text.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
}

fn push_char(character: Option<char>, text: &mut Text) {
    let mut buffer = [0; 4];
    let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
    push(character.encode_utf8(&mut buffer).as_bytes(), text);
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use proptest::prelude::*;

    use super::*;

    fn read(line: &str, how: fn(&[u8], &mut Text)) -> String {
        let mut text = Text::new();
        how(line.as_bytes(), &mut text);
        String::from_utf8(text.to_vec()).unwrap()
    }

    #[test]
    fn escapes_of_literals_are_read() {
        const ROWS: &[(&str, &str)] = &[
            (r#"a\"b\\c\/d"#, r#"a"b\c/d"#),
            (r"\r\n\t", "\r\n\t"),
            (r"\u00e9\u0041", "éA"),
            (r"\ud83d\ude00", "😀"),
            (r"\ud83dx", "\u{fffd}x"),
            (r"\x27\x1b[0m", "'\u{1b}[0m"),
            (r"\'\q", "'q"),
            (r"\u12", "u12"),
            ("end\\", "end\\"),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(read(line, unescape), expected, "{line}");
        }
    }

    #[test]
    fn entities_are_read() {
        const ROWS: &[(&str, &str, bool)] = &[
            ("{&quot;a&quot;:1}", r#"{"a":1}"#, true),
            ("&lt; Date &#39;x&#x27; &amp;lt;", "< Date 'x' &lt;", true),
            ("a=1&b=2 & &#; &#x110000;", "a=1&b=2 & &#; &#x110000;", false),
        ];
        for &(line, expected, is_any) in ROWS {
            let mut text = Text::new();
            assert_eq!(decode_entities(line.as_bytes(), &mut text), is_any, "{line}");
            assert_eq!(text, expected.as_bytes(), "{line}");
        }
    }

    #[test]
    fn tags_around_text_are_removed() {
        const ROWS: &[(&str, Option<&str>)] = &[
            ("<div>a &lt; b</div>", Some("a &lt; b")),
            ("a<br>", Some("a")),
            ("<p>a<br/>b</p>", Some("a\nb")),
            ("<tr><td class=\"n\">1</td><td>a</td></tr>", Some("1\ta")),
            ("<pre>", Some("")),
            ("< Date: x", None),
            ("<jane> a", None),
            ("<saml:Conditions NotBefore=\"x\">", None),
            ("a <br> b", None),
            ("<p", None),
        ];
        for &(line, expected) in ROWS {
            let mut text = Text::new();
            let is_any = remove_tags(line.as_bytes(), &mut text);
            let met = is_any.then(|| String::from_utf8(text.to_vec()).unwrap());
            assert_eq!(met.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn colours_are_removed() {
        const ROWS: &[(&str, &str)] = &[
            ("\u{1b}[36mdate\u{1b}[0m: x", "date: x"),
            ("\u{1b}[1;38;5;208mWARN\u{1b}[K", "WARN"),
            ("\u{1b}]0;title\u{7}x", "x"),
            (r"\u001b[31mERROR\u001b[0m \x1b[1mx^[[0m", "ERROR x"),
            (r"C:\extra\u001b x^[a-z]m \e[", r"C:\extra\u001b x^[a-z]m \e["),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(read(line, remove_colour), expected, "{line}");
            assert_eq!(may_have_colour(line.as_bytes()), line != expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn what_json_escapes_is_read_back(text in "\\PC{0,60}[\n\t\"\\\\]{0,3}\\PC{0,9}") {
            let literal = format_json(&text);
            prop_assert_eq!(read(&literal, unescape), text);
        }

        #[test]
        fn doubled_quotes_are_read_back(text in "[a-z\" ,]{0,40}") {
            let undoubled = |inside: &[u8], text: &mut Text| undouble(inside, b'"', text);
            prop_assert_eq!(read(&text.replace('"', "\"\""), undoubled), text);
        }
    }

    fn format_json(text: &str) -> String {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        escaped.replace('\n', "\\n").replace('\t', "\\u0009")
    }
}
