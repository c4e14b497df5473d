//! The host that wrote a line, as its head names it.

use crate::evidence::{Layers, Pairs, after, hash, is_level};

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
    /// The host that the record `line`, which has these pairs, names, or else the `layers` that were taken off it.
    pub(crate) fn of(line: &'t [u8], pairs: &Pairs, layers: &'t Layers) -> Option<Self> {
        // A program writes its level where a journal has the host.
        let of_head = Self::named(&layers.host).filter(|host| !is_level(host.name));
        of_head.or_else(|| Self::named(in_member(line, pairs)?))
    }

    fn named(name: &'t [u8]) -> Option<Self> {
        let is_name = !name.is_empty() && name.iter().all(|&byte| is_part_of_name(byte));
        is_name.then(|| Self { name, id: hash(name.iter().copied()).max(1) })
    }
}

fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

fn in_member<'t>(line: &'t [u8], pairs: &Pairs) -> Option<&'t [u8]> {
    const NAMES: &[&[u8]] = &[b"\"host\":\"", b"\"hostname\":\""];
    let value =
        NAMES.iter().filter(|name| pairs.may_have(name)).find_map(|name| after(line, name))?;
    value.split(|&byte| byte == b'"').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Before, Undresser};

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
            ("Nov 28 10:00:00 ERROR app: failed", None),
            ("2024-04-22T13:05:01Z edge-a relay", None),
            ("2024-04-22T13:05:01-12:00 ERROR {\"error\":\"invalid_grant\"}", None),
            ("", None),
        ];
        for &(line, expected) in ROWS {
            let mut rooms = Undresser::new();
            let (line, layers) = rooms.undress(line.as_bytes(), &mut Before::new());
            let met = Origin::of(line, &Pairs::of(line), &layers).map(|origin| origin.name);
            assert_eq!(met, expected.map(str::as_bytes), "{line:?}");
        }
    }
}
