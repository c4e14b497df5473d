//! The head of a record, and the words that count only directly after it.
//!
//! A sentence of a time service has the weight of a measurement, so it counts only where the service
//! writes it: after its own tag, or at the head of a message that has no other author. The same words
//! in the middle of a message are a quotation. A header field counts at the head of a line, in a
//! list, and in a map.

use super::catalogue::Row;
use super::find::contains;
use super::stamp;

/// The part that a piece of text is of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A record, from its start.
    Record,
    /// A part of an overlong line. What it starts with may be the middle of a value, and the form of
    /// its record may show only in another part.
    Part,
}

/// What precedes a message.
#[derive(Debug, Clone, Copy, Default)]
struct Head<'t> {
    /// `true` if the last part was a stamp.
    follows_stamp: bool,
    /// `true` if a word directly follows the stamp, as the host does in the format of syslog.
    has_host: bool,
    /// `<34>1` of RFC 5424, where the name of the program is a word of its own.
    has_version: bool,
    /// The name of the program.
    tag: Option<&'t [u8]>,
    /// Number of other words, such as a logger.
    words: usize,
}

/// Returns `true` if the wording of `row` at `at` is at the place where its service writes it.
pub(crate) fn is_own_place(row: &Row, text: &[u8], at: usize, piece: Piece) -> bool {
    let before = text.get(..at).unwrap_or(&[]);
    let Some(before) = in_message(before, piece) else { return false };
    let is_tag = |tag: &[u8]| row.tags.iter().any(|known| known.as_bytes() == tag);
    Head::of(before).is_some_and(|head| head.is_by(is_tag))
}

/// Returns `true` if `head` says who wrote what follows. No name is without a letter.
pub(crate) fn names_author(head: &[u8]) -> bool {
    let has_letter = head.utf8_chunks().any(|it| it.valid().chars().any(char::is_alphabetic));
    has_letter && !Head::of(head).is_some_and(|head| head.is_by(|_| false))
}

/// Returns `true` if a header field without quotes may have its name at `at`.
pub(crate) fn is_field_place(text: &[u8], at: usize, piece: Piece) -> bool {
    /// Words that introduce the header of an answer.
    const INTRODUCTIONS: &[&[u8]] =
        &[b"server", b"header", b"headers", b"answer", b"answered", b"response", b"reply", b"OK"];
    let before = text.get(..at).unwrap_or(&[]).trim_ascii_end();
    if before.last().is_some_and(|byte| b"{[(,;])|<>".contains(byte)) {
        return true;
    }
    let word = before.rsplit(u8::is_ascii_whitespace).next().unwrap_or(&[]);
    let is_status = matches!(word, [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    let introduced = INTRODUCTIONS.iter().any(|known| word.eq_ignore_ascii_case(known));
    is_status
        || introduced
        || (piece == Piece::Record && Head::of(before).is_some_and(|head| head.words <= 1))
}

/// Returns the part of `before` that belongs to the message: all of it, or what follows the quote of
/// a member that holds the message of the record. Returns `None` inside any other member: an answer
/// of another host may have a `message`, too.
fn in_message(before: &[u8], piece: Piece) -> Option<&[u8]> {
    if piece == Piece::Part {
        return None;
    }
    let Some(quote) = memchr::memrchr(b'"', before) else { return Some(before) };
    let inside = before.get(quote.saturating_add(1)..)?;
    let name = before.get(..quote)?.trim_ascii_end();
    let is_member = match name {
        [record @ .., b'='] => ends_with_message_name(record) && !record.contains(&b'"'),
        [record @ .., b':'] => {
            let name = record.trim_ascii_end().strip_suffix(b"\"")?;
            let object = memchr::memchr(b'{', name)?;
            let head = Head::of(name.get(..object)?)?;
            head.words == 0 && !head.has_host && depth(name) == 1 && ends_with_message_name(name)
        }
        _ => false,
    };
    is_member.then_some(inside)
}

/// Returns how many brackets are open at the end of `text`, which ends inside a string.
fn depth(text: &[u8]) -> usize {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for &byte in text {
        match byte {
            b'\\' if in_string => {
                escaped = !escaped;
                continue;
            }
            b'"' if !escaped => in_string = !in_string,
            b'{' | b'[' if !in_string => depth = depth.saturating_add(1),
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = false;
    }
    depth
}

fn ends_with_message_name(text: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "message",
        "msg",
        "log",
        "text",
        "event",
        "@message",
        "short_message",
        "full_message",
        "@m",
        "line",
    ];
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_@".contains(byte);
    let len = text.iter().rev().take_while(|byte| part(byte)).count();
    let name = text.get(text.len().saturating_sub(len)..).unwrap_or(&[]);
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

impl<'t> Head<'t> {
    /// Reads `text` as a head. Returns `None` if it has more than a head has.
    fn of(text: &'t [u8]) -> Option<Self> {
        /// A longer one is not the head of any format.
        const LONGEST: usize = 256;
        let mut head = Self::default();
        let mut rest = after_container(text.trim_ascii_start());
        if text.len() > LONGEST {
            return None;
        }
        while !rest.is_empty() {
            let len = head.take(rest)?;
            rest = rest.get(len..)?.trim_ascii_start();
            if head.words > 1 {
                return None;
            }
        }
        Some(head)
    }

    /// Returns `true` if it names no other author than the one that `has_tag`.
    fn is_by(&self, has_tag: impl Fn(&[u8]) -> bool) -> bool {
        self.words == 0 && self.tag.map_or(!self.has_host, has_tag)
    }

    /// Reads the next part of a head, and returns its length.
    fn take(&mut self, rest: &'t [u8]) -> Option<usize> {
        let stamp = stamp::parse_at(rest).map(|(_, len)| len).filter(|len| *len > 0);
        let follows_stamp = core::mem::replace(&mut self.follows_stamp, stamp.is_some());
        if stamp.is_some() {
            return stamp;
        }
        match *rest.first()? {
            b'<' if rest.get(1).is_some_and(u8::is_ascii_digit) => {
                let end = memchr::memchr(b'>', rest)?.saturating_add(1);
                self.has_version = rest.get(end..).is_some_and(|rest| rest.starts_with(b"1 "));
                Some(end)
            }
            b'[' => self.group(rest, b']'),
            b'(' => self.group(rest, b')'),
            b'\x1b' => Some(memchr::memchr(b'm', rest)?.saturating_add(1)),
            b'|' => Some(column(rest)),
            b'-' | b':' | b',' | b'*' | b'.' | b'<' | b'>' | b'#' => Some(1),
            _ => Some(self.word(rest, follows_stamp)),
        }
    }

    fn group(&mut self, rest: &[u8], closing: u8) -> Option<usize> {
        let end = memchr::memchr(closing, rest)?;
        self.follows_stamp = rest.get(1..end).and_then(stamp::parse_at).is_some();
        Some(end.saturating_add(1))
    }

    fn word(&mut self, rest: &'t [u8], follows_stamp: bool) -> usize {
        let word = rest.split(u8::is_ascii_whitespace).next().unwrap_or(rest);
        let plain = word.strip_suffix(b":").unwrap_or(word);
        let is_tag = plain.len() < word.len();
        if is_level(plain) || is_number(plain) || is_device(plain) || is_place_in_code(plain) {
            return word.len();
        }
        if plain.strip_suffix(b"=").is_some_and(ends_with_message_name) {
            return word.len();
        }
        let name = plain.split(|byte| b"[(".contains(byte)).next().unwrap_or(plain);
        // OpenWrt's init repeats what a script says, after the path of the script.
        if is_tag && self.tag == Some(b"procd") && name.starts_with(b"/etc/") {
            self.tag = None;
            return word.len();
        }
        if is_topics(plain) {
            return word.len();
        }
        if is_tag && name == b"kernel" {
            return word.len();
        }
        // A second tag is a part of the message.
        let names_program = is_tag || (self.has_version && self.has_host);
        if names_program && self.tag.is_none() {
            self.tag = Some(name);
        } else if follows_stamp && !self.has_host {
            self.has_host = true;
        } else {
            self.words = self.words.saturating_add(1);
        }
        word.len()
    }
}

/// Returns what follows the prefix `web_1  | ` of a container.
fn after_container(text: &[u8]) -> &[u8] {
    let len = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
        .count();
    let rest = text.get(len..).unwrap_or(&[]).trim_ascii_start();
    if len > 0 { rest.strip_prefix(b"|").unwrap_or(text).trim_ascii_start() } else { text }
}

/// A level, also with the facility of syslog (`daemon.notice`), or the stream of a container.
fn is_level(word: &[u8]) -> bool {
    if matches!(word, b"stdout" | b"stderr") {
        return true;
    }
    let level = word.rsplit(|byte| *byte == b'.').next().unwrap_or(word);
    stamp::is_level(level)
}

/// A process, a thread, an epoch, or the mark of a missing value.
fn is_number(word: &[u8]) -> bool {
    word.iter().all(|byte| byte.is_ascii_digit() || b".,-/_+".contains(byte))
}

/// The topics of a RouterOS log: `system,clock,critical,info`.
fn is_topics(word: &[u8]) -> bool {
    word.contains(&b',') && word.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b',')
}

/// Returns the length of the bar at the start of `text`, or of a column after it that names the
/// logger, if the message repeats that name: `| OKX RestApi | OKX RestApi Time offset …`.
fn column(text: &[u8]) -> usize {
    const LONGEST: usize = 40;
    let repeated = || {
        let name = text.get(1..)?.split(|byte| *byte == b'|').next()?;
        let end = name.len().saturating_add(2);
        let message = text.get(end..)?;
        let blanks = message.len().saturating_sub(message.trim_ascii_start().len());
        let name = name.trim_ascii();
        let is_name = (1..=LONGEST).contains(&name.len());
        let repeats = message.trim_ascii_start().starts_with(name);
        (is_name && repeats).then(|| end.saturating_add(blanks).saturating_add(name.len()))
    };
    repeated().unwrap_or(1)
}

/// The name of a clock chip and its address on the bus, as the kernel writes them.
fn is_device(word: &[u8]) -> bool {
    word.starts_with(b"rtc") && word.iter().all(u8::is_ascii_graphic)
}

/// `keycloak.js:1188`, as consoles of browsers write it.
fn is_place_in_code(word: &[u8]) -> bool {
    let Some(at) = memchr::memrchr(b':', word) else { return false };
    let (file, line) = word.split_at_checked(at).unwrap_or((word, &[]));
    let line = line.get(1..).unwrap_or(&[]);
    contains(file, b".") && !line.is_empty() && line.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::entries;
    use super::*;

    fn counts(text: &str, words: &str) -> bool {
        let row = entries().find(|entry| entry.example.contains(words)).unwrap().row;
        is_own_place(&row, text.as_bytes(), text.find(words).unwrap(), Piece::Record)
    }

    /// A line, and whether the sentence in it counts.
    const SENTENCES: &[(&str, bool)] = &[
        ("System clock wrong by 9.0 seconds", true),
        ("chronyd[1]: System clock wrong by 9.0 seconds", true),
        ("Jan  9 14:00:00 web chronyd[1]: System clock wrong by 9.0 seconds", true),
        ("2024-01-09T14:00:00Z web chronyd[1]: System clock wrong by 9.0 seconds", true),
        ("<30>1 2024-01-09T14:00:00Z web chronyd 1 - - System clock wrong by 9.0 seconds", true),
        ("chrony-1  | 2024-01-09T14:00:00Z System clock wrong by 9.0 seconds", true),
        ("2024-01-09T14:00:00Z stderr F System clock wrong by 9.0 seconds", true),
        ("[2024-01-09 14:00:00] INFO System clock wrong by 9.0 seconds", true),
        (r#"{"MESSAGE":"System clock wrong by 9.0 seconds"}"#, true),
        (r#"{"log":"Jan  9 14:00:00 web chronyd[1]: System clock wrong by 9.0 seconds"}"#, true),
        (r#"time=1 msg="System clock wrong by 9.0 seconds""#, true),
        ("MESSAGE=System clock wrong by 9.0 seconds", true),
        // Quotations.
        ("web app[1]: System clock wrong by 9.0 seconds", false),
        ("Jan  9 14:00:00 web app[1]: chronyd[1]: System clock wrong by 9.0 seconds", false),
        ("Jan  9 14:00:00 web sshd[1]: System clock wrong by 9.0 seconds", false),
        ("2024-01-09T14:00:00Z INFO login chronyd[1]: x System clock wrong by 9.0 seconds", false),
        (
            "28.02.2017 18:40:01 - INFO - agent : chronyd[1]: System clock wrong by 9.0 seconds",
            false,
        ),
        ("2024-01-09T14:00:00Z bob System clock wrong by 9.0 seconds", false),
        ("bob chronyd[1]: System clock wrong by 9.0 seconds", false),
        ("failed: chronyd[1]: System clock wrong by 9.0 seconds", false),
        ("Server: chronyd[1]: System clock wrong by 9.0 seconds", false),
        (r#"answered 400 {"message":"System clock wrong by 9.0 seconds"}"#, false),
        (r#"{"body":{"message":"System clock wrong by 9.0 seconds"}}"#, false),
        (r#"{"body":"{\"message\":\"System clock wrong by 9.0 seconds\"}"}"#, false),
        (r#"{"name":"System clock wrong by 9.0 seconds"}"#, false),
        (r#""chronyd[1]: System clock wrong by 9.0 seconds"#, false),
    ];

    #[test]
    fn sentence_of_a_service_counts_at_its_own_place() {
        const CHRONY: &str = "System clock wrong by";
        for &(text, expected) in SENTENCES {
            assert_eq!(counts(text, CHRONY), expected, "{text}");
        }
        let text = "System clock wrong by 9.0 seconds";
        let row = entries().find(|entry| entry.example.contains(CHRONY)).unwrap().row;
        assert!(!is_own_place(&row, text.as_bytes(), 0, Piece::Part));
    }

    #[test]
    fn each_service_counts_in_its_example() {
        for entry in entries() {
            use super::super::catalogue::Says;
            if !matches!(entry.row.says, Says::Step | Says::Set | Says::Unset) {
                continue;
            }
            let text = entry.example.as_bytes();
            let fits = super::super::filter::scan(text, |hit| {
                let row = hit.row().filter(|row| row.words == entry.row.words)?;
                let wording = super::super::template::capture(row, text, hit.at)?;
                is_own_place(row, text, wording.at, Piece::Record).then_some(())
            });
            assert!(fits.is_some(), "{}", entry.example);
        }
    }

    #[test]
    fn field_counts_at_the_head_of_a_line_and_in_a_list() {
        const ROWS: &[(&str, bool)] = &[
            ("Date: x", true),
            ("  Date: x", true),
            ("< Date: x", true),
            ("28.02.2017 18:39:51 - ERROR - agent :  Date: x", true),
            ("2024-01-09T14:00:00Z DEBUG backup Date: x", true),
            ("2024-01-09T14:00:00Z sync: 200 Date: x", true),
            ("I (16021) HTTP_CLIENT: Date: x", true),
            ("answered 302, Date: x", true),
            ("map[Content-Type:[a] Date:[x", true),
            ("clock reads 1970, server Date: x", true),
            ("JWT has expired Date: x", false),
            ("Server: a b Date: x", false),
            ("login of bob failed Date: x", false),
        ];
        for &(text, expected) in ROWS {
            let at = text.find("Date").unwrap();
            assert_eq!(is_field_place(text.as_bytes(), at, Piece::Record), expected, "{text}");
        }
        assert!(!is_field_place(b"Date: x", 0, Piece::Part));
    }
}
