//! Characters that act on a terminal, or change a text without being seen, written as their code
//! points.

use core::fmt::Write;
use std::ffi::OsStr;

/// Returns the text on one line: line breaks and tabs become blanks, and hidden characters their
/// code points.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => line.push(' '),
            _ if is_hidden(character) => line.extend(character.escape_unicode()),
            _ => line.push(character),
        }
    }
    line
}

/// Returns a name of the system, with bytes that are no text as `\xff`: with a replacement character,
/// different names would look the same.
pub(crate) fn name(name: &OsStr) -> String {
    let mut shown = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

/// Returns a JSON text with its hidden characters as `\u….`, so that a parser reads the same
/// strings.
pub(crate) fn json(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    for character in text.chars() {
        // JSON itself escapes C0 in strings, and has line breaks and tabs only between values (RFC
        // 8259 §2 and §7).
        if character < ' ' || !is_hidden(character) {
            json.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(json, "\\u{unit:04x}");
            }
        }
    }
    json
}

/// Passes the text to `take` piece by piece, with hidden characters as their code points. Line
/// breaks and tabs stay.
///
/// # Errors
/// The first error of `take`.
pub(super) fn pieces<E>(text: &str, mut take: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let acts = |character: char| is_hidden(character) && !matches!(character, '\n' | '\t');
    let mut rest = text;
    while let Some((plain, after)) = rest.find(acts).and_then(|at| rest.split_at_checked(at)) {
        let mut characters = after.chars();
        let hidden = characters.next().map(char::escape_unicode);
        take(plain)?;
        hidden.map_or(Ok(()), |hidden| take(&hidden.to_string()))?;
        rest = characters.as_str();
    }
    take(rest)
}

/// Returns true for characters that a reader does not see: control characters (C0, DEL, C1), which
/// act on a terminal; separators of lines and paragraphs; and those of the Unicode property
/// `Default_Ignorable_Code_Point` and the annotation marks (Unicode 17, `DerivedCoreProperties.txt`),
/// which change the writing direction (UAX #9 §2), have no width, or make two names look the same.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}'
            | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_code_points() {
        const ROWS: &[(&str, &str)] = &[
            ("plain ä 한 e\u{301} 👍", "plain ä 한 e\u{301} 👍"),
            ("{\r\n \"a\":1}", "{   \"a\":1}"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{9b}31m\u{7f}", "\\u{9b}31m\\u{7f}"),
            ("gpj.\u{202e}exe", "gpj.\\u{202e}exe"),
            ("a\u{2028}b", "a\\u{2028}b"),
            ("key\u{200b}", "key\\u{200b}"),
            ("key\u{e0041}", "key\\u{e0041}"),
        ];
        for &(text, shown) in ROWS {
            assert_eq!(line(text), shown, "{text:?}");
        }
    }

    #[test]
    fn json_reads_the_same_after_escaping() {
        let sampled = |c: &char| is_hidden(*c) || u32::from(*c) % 97 == 0;
        for character in (0..=0x10_FFFF).filter_map(char::from_u32).filter(sampled) {
            let text = format!("{{\"{character}k\":\"{character}\"}}\n").replace(['"', '\\'], "'");
            let written = serde_json::to_string(&text).unwrap();
            let escaped = json(&written);
            assert!(!escaped.contains(is_hidden), "{escaped:?}");
            assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
        }
    }

    #[test]
    fn pieces_keep_line_breaks_and_tabs_only() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = format!("a{character}\tb\n{character}");
            let mut written = String::new();
            let _ = pieces(&text, |piece| -> Result<(), ()> {
                written.push_str(piece);
                Ok(())
            });
            let acts = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t');
            assert!(!written.contains(acts), "{written:?}");
            assert!(acts(character) || written == text, "{written:?}");
        }
    }
}
