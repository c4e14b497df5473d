//! The host that wrote a line, as its head names it.

use crate::evidence::{Layers, after, hash};

/// A host that wrote lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin<'t> {
    /// Its name as written.
    pub(crate) name: &'t [u8],
    /// A hash of the name, never [`UNNAMED`].
    pub(crate) id: u32,
}

/// The host of lines that name none.
pub(crate) const UNNAMED: u32 = 0;

impl<'t> Origin<'t> {
    /// The host that `line` names: in the head of RFC 5424 §6.2 or RFC 3164 §4.1.2, or as a member of a
    /// JSON record.
    pub(crate) fn of(line: &'t [u8]) -> Option<Self> {
        Self::named(in_member(line).or_else(|| in_syslog(line))?)
    }

    /// The same for a record of which `layers` were taken off.
    pub(crate) fn of_record(line: &'t [u8], layers: &'t Layers) -> Option<Self> {
        Self::named(&layers.host).or_else(|| Self::of(line))
    }

    fn named(name: &'t [u8]) -> Option<Self> {
        let is_name = !name.is_empty() && name.iter().all(|&byte| is_part_of_name(byte));
        is_name.then(|| Self { name, id: hash(name).max(1) })
    }
}

fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

fn in_member(line: &[u8]) -> Option<&[u8]> {
    const NAMES: &[&[u8]] = &[b"\"host\":\"", b"\"hostname\":\""];
    let value = NAMES.iter().find_map(|name| after(line, name))?;
    value.split(|&byte| byte == b'"').next()
}

fn in_syslog(line: &[u8]) -> Option<&[u8]> {
    let mut words = line.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    let first = words.next()?;
    if first.starts_with(b"<") && first.ends_with(b">1") {
        return words.nth(1);
    }
    let (day, time) = (words.next()?, words.next()?);
    let is_month = first.len() == 3 && first.iter().all(u8::is_ascii_alphabetic);
    let is_day = day.len() <= 2 && day.iter().all(u8::is_ascii_digit);
    let is_time = time.len() >= 8 && time.get(2) == Some(&b':') && time.get(5) == Some(&b':');
    let host = words.next().filter(|_| is_month && is_day && is_time)?;
    // A tag follows the host. Without one, the word is a part of the message.
    let has_tag = words.next().is_some_and(|tag| tag.ends_with(b":"));
    has_tag.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_is_read_from_the_head_of_a_line() {
        const ROWS: &[(&str, Option<&str>)] = &[
            ("Nov 28 10:00:00 web1 app[1]: failed", Some("web1")),
            ("Nov  8 10:00:00 web1.example.com app: failed", Some("web1.example.com")),
            ("Nov 28 10:00:00 failed to connect", None),
            ("<134>1 2024-04-22T13:05:01.061Z edge-a relay 812 - - POST", Some("edge-a")),
            ("{\"host\":\"b\",\"msg\":\"failed\"}", Some("b")),
            ("{\"hostname\":\"c\"}", Some("c")),
            ("{\"host\":\"\"}", None),
            ("2024-04-22T13:05:01Z edge-a relay", None),
            ("", None),
        ];
        for &(line, expected) in ROWS {
            let met = Origin::of(line.as_bytes()).map(|origin| origin.name);
            assert_eq!(met, expected.map(str::as_bytes), "{line}");
        }
    }
}
