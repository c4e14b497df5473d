//! The texts that the words of a command line name: standard input, files, or the words themselves. Their
//! encoding may be UTF-16, which PowerShell writes with `>`.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use jwtick_core::words::Language;

use super::serialized::decoded;
use super::{Awaited, file};
use crate::file::{FileError, is_stdin, shown};

/// The source that the words of a command line name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Standard input, or files.
    Named,
    /// None: the words are the text.
    Words,
    /// An empty file, pipe or variable of a script.
    Nothing,
}

/// A text in UTF-8, and the name of its file.
pub(super) struct NamedText {
    pub(super) name: Option<String>,
    pub(super) text: Vec<u8>,
}

/// Reads the texts that `words` name. Several words that each are a text or name a file are a text each. If `is_text` holds for the words themselves, no file is read, even
/// if one has that name.
///
/// # Errors
/// [`FileError`], also for a name without a file next to names with one.
pub(super) fn texts(
    words: &[OsString],
    is_text: impl Fn(&[u8]) -> bool,
    language: Language,
) -> Result<(Vec<NamedText>, Origin), FileError> {
    let is_token = |word: &OsString| is_text(word.as_encoded_bytes());
    if words.len() > 1 && words.iter().all(|word| is_token(word) || names_input(word)) {
        let texts = words.iter().map(|word| match is_token(word) {
            true => Ok(NamedText { name: None, text: word.as_encoded_bytes().to_vec() }),
            false => named(word, language),
        });
        return Ok((texts.collect::<Result<_, _>>()?, Origin::Named));
    }
    let written = words.join(OsStr::new(" ")).into_encoded_bytes();
    let stdin = [OsString::from("-")];
    let names = if words.is_empty() { &stdin[..] } else { words };
    if is_text(&written) || !names.iter().any(|name| names_input(name)) {
        return Ok((vec![NamedText { name: None, text: decoded(written) }], Origin::Words));
    }
    let texts = names.iter().map(|name| named(name, language));
    Ok((texts.collect::<Result<_, _>>()?, Origin::Named))
}

/// The text of a file or of standard input.
fn named(name: &OsStr, language: Language) -> Result<NamedText, FileError> {
    let path = Path::new(name);
    let text = decoded(utf8(file(path, Awaited::Token, language)?));
    Ok(NamedText { name: Some(shown(path)), text })
}

/// The name in front of a value: of a member of JSON, a header field, a parameter or a variable.
pub(super) fn name_before(text: &[u8]) -> Option<String> {
    const FURTHEST: usize = 80;
    const MARKS: [char; 7] = ['"', '\'', '\\', ' ', '\t', '\r', '\n'];
    let near = String::from_utf8_lossy(text.get(text.len().saturating_sub(FURTHEST)..)?);
    let text = near.trim_end_matches(MARKS);
    let text = ["Bearer", "bearer"].iter().find_map(|it| text.strip_suffix(it)).unwrap_or(text);
    let text = text.trim_end_matches(MARKS).strip_suffix([':', '='])?.trim_end_matches(MARKS);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = text.rsplit(|c| !is_name(c)).next().filter(|name| !name.is_empty())?;
    Some(name.to_owned())
}

/// Returns true for `-` and for the name of a file. A token is not mistaken for a file, unless a file has
/// that name.
fn names_input(name: &OsStr) -> bool {
    is_stdin(Path::new(name)) || (name.len() < 4_096 && Path::new(name).exists())
}

/// Converts UTF-16 with a byte order mark, or with a zero in each character, and removes the mark of UTF-8.
fn utf8(mut text: Vec<u8>) -> Vec<u8> {
    let little: fn([u8; 2]) -> u16 = u16::from_le_bytes;
    match text.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            text.drain(..3);
            text
        }
        [0xFF, 0xFE, rest @ ..] => from_utf16(rest, little),
        [0xFE, 0xFF, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        [1..=0x7F, 0, ..] => from_utf16(&text, little),
        [0, 1..=0x7F, ..] => from_utf16(&text, u16::from_be_bytes),
        _ => text,
    }
}

fn from_utf16(text: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let (pairs, _) = text.as_chunks();
    let units = pairs.iter().map(|&pair| unit(pair));
    char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        const TEXT: &str = "Bearer eyJh.eyJi.c\r\n";
        let units = || TEXT.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        let rows = [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            ("UTF-8 with a mark", [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat()),
            ("UTF-16, little end first", little.clone()),
            ("UTF-16, big end first", big.clone()),
            ("with a mark, little end first", [b"\xFF\xFE", &*little].concat()),
            ("with a mark, big end first", [b"\xFE\xFF", &*big].concat()),
        ];
        for (name, bytes) in rows {
            assert_eq!(utf8(bytes), TEXT.as_bytes(), "{name}");
        }
        assert_eq!(utf8(b"\xFF\xFEe".to_vec()), b"", "half a character");
    }

    #[test]
    fn name_in_front_of_a_token_is_read() {
        const ROWS: &[(&str, Option<&str>)] = &[
            (r#"{"access_token": ""#, Some("access_token")),
            (r#"{\"id_token\":\""#, Some("id_token")),
            ("-H 'Authorization: Bearer ", Some("Authorization")),
            ("https://app.example.com/cb#id_token=", Some("id_token")),
            ("export TOKEN='", Some("TOKEN")),
            ("\"token\":\r\n\t\"", Some("token")),
            ("Bearer ", None),
            ("the token is ", None),
            ("= ", None),
            ("", None),
        ];
        for &(text, name) in ROWS {
            assert_eq!(name_before(text.as_bytes()).as_deref(), name, "{text}");
        }
    }
}
