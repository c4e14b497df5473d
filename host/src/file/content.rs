//! Content that is not a log, recognised by its first bytes, and the command that makes a text of it.

use core::fmt;

/// Content that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// A known format.
    Format {
        /// Its name, which is the same in every language.
        name: &'static str,
        /// The command that writes the text of `FILE` to standard output, if there is one.
        command: Option<&'static str>,
    },
    /// Other bytes, the first of which are these.
    Binary([u8; 4]),
}

/// A format: its name, the position of its mark, the mark, and the command that reads it.
type Format = (&'static str, usize, &'static [u8], Option<&'static str>);

const FORMATS: &[Format] = &[
    // The .xz File Format 1.2.1, §2.1.1.1.
    ("xz", 0, b"\xFD7zXZ\0", Some("xz -dc FILE")),
    // The number pi starts the first block, after `BZh` and a digit.
    ("bzip2", 4, b"1AY&SY", Some("bzip2 -dc FILE")),
    // APPNOTE.TXT §4.3.7, and §4.3.16 for an archive without files.
    ("zip", 0, b"PK\x03\x04", Some("unzip -p FILE")),
    ("zip", 0, b"PK\x05\x06", Some("unzip -p FILE")),
    ("7z", 0, b"7z\xBC\xAF\x27\x1C", Some("7z x -so FILE")),
    ("rar", 0, b"Rar!\x1A\x07", Some("unrar p -inul FILE")),
    ("lz4", 0, b"\x04\x22\x4D\x18", Some("lz4 -dc FILE")),
    ("lzip", 0, b"LZIP\x01", Some("lzip -dc FILE")),
    ("compress", 0, b"\x1F\x9D", Some("gzip -dc FILE")),
    // POSIX.1-2017, pax, "ustar Interchange Format".
    ("tar", 257, b"ustar", Some("tar -xOf FILE")),
    // Libpcap File Format: microseconds and nanoseconds in either byte order. Then pcapng.
    ("pcap", 0, b"\xD4\xC3\xB2\xA1", Some("tcpdump -A -r FILE")),
    ("pcap", 0, b"\xA1\xB2\xC3\xD4", Some("tcpdump -A -r FILE")),
    ("pcap", 0, b"\x4D\x3C\xB2\xA1", Some("tcpdump -A -r FILE")),
    ("pcap", 0, b"\xA1\xB2\x3C\x4D", Some("tcpdump -A -r FILE")),
    ("pcap", 0, b"\x0A\x0D\x0D\x0A", Some("tcpdump -A -r FILE")),
    // systemd, "Journal File Format".
    ("systemd journal", 0, b"LPKSHHRH", Some("journalctl --utc -o short-iso --file FILE")),
    ("EVTX", 0, b"ElfFile\0", Some("wevtutil qe FILE /lf:true /f:text")),
    ("PDF", 0, b"%PDF-", Some("pdftotext FILE -")),
    ("SQLite", 0, b"SQLite format 3\0", Some("sqlite3 FILE .dump")),
    ("PNG", 0, b"\x89PNG\r\n\x1A\n", None),
    ("JPEG", 0, b"\xFF\xD8\xFF", None),
    ("GIF", 0, b"GIF8", None),
    ("ELF", 0, b"\x7FELF", None),
];

/// The bytes that are looked at: up to the mark of a tar archive, and enough for an estimate.
const SAMPLE: usize = 4_096;

impl Foreign {
    /// Returns the kind of content that starts with `head`, unless it is text in some encoding.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        let head = head.get(..SAMPLE).unwrap_or(head);
        let has_mark =
            |(_, at, mark, _): &&Format| head.get(*at..).is_some_and(|rest| rest.starts_with(mark));
        if let Some(&(name, _, _, command)) = FORMATS.iter().find(has_mark) {
            return Some(Self::Format { name, command });
        }
        let first = head.first_chunk().copied()?;
        is_binary(head).then_some(Self::Binary(first))
    }
}

/// Returns true if at least a fiftieth of the bytes are control characters that no log has.
///
/// About a tenth of random bytes are such characters. Zeros do not count: UTF-16 has one in each character of
/// ASCII, and a log that was cut by `copytruncate` or by a crash has a stretch of them. Bytes above ASCII do
/// not count: they are letters in many encodings.
fn is_binary(head: &[u8]) -> bool {
    const SHARE: usize = 50;
    const FEW: usize = 4;
    // Backspace, tab, line feed, vertical tab, form feed, carriage return, escape and bell.
    let is_junk = |&&byte: &&u8| {
        byte == 0x7F || (0 < byte && byte < b' ' && !b"\x07\x08\t\n\x0B\x0C\r\x1B".contains(&byte))
    };
    // In UTF-16, other letters have control characters as their halves.
    let is_utf16 = matches!(head, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]);
    let junk = head.iter().filter(is_junk).count();
    let counted = head.iter().filter(|&&byte| byte != 0).count();
    !is_utf16 && junk >= FEW && junk.saturating_mul(SHARE) >= counted
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format { name, command: Some(command) } => write!(
                f,
                "expected text, but found {name} data: read it with `{command} | jwtick diagnose -`"
            ),
            Self::Format { name, command: None } => {
                write!(f, "expected text, but found {name} data")
            }
            Self::Binary([a, b, c, d]) => write!(
                f,
                "expected text, but found binary data (it starts with {a:02X} {b:02X} {c:02X} {d:02X})"
            ),
        }
    }
}

impl core::error::Error for Foreign {}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(head: &[u8]) -> String {
        Foreign::of(head).map(|foreign| foreign.to_string()).unwrap_or_default()
    }

    #[test]
    fn formats_are_named_with_their_command() {
        const ROWS: &[(&[u8], &str)] = &[
            (b"\xFD7zXZ\0\0\x04", "found xz data: read it with `xz -dc FILE | jwtick diagnose -`"),
            (b"BZh91AY&SY", "`bzip2 -dc FILE | jwtick diagnose -`"),
            (b"PK\x03\x04\x14\0", "`unzip -p FILE | jwtick diagnose -`"),
            (b"7z\xBC\xAF\x27\x1C\0\x04", "`7z x -so FILE | jwtick diagnose -`"),
            (b"\xD4\xC3\xB2\xA1\x02\0\x04\0", "pcap"),
            (b"LPKSHHRH\0\0", "`journalctl --utc -o short-iso --file FILE | jwtick diagnose -`"),
            (b"\x89PNG\r\n\x1A\n\0", "found PNG data"),
            (b"\x7FELF\x02\x01\x01\0", "found ELF data"),
            (b"\x01\x02\x03\x04\x05\x06", "binary data (it starts with 01 02 03 04)"),
        ];
        for &(head, words) in ROWS {
            let met = said(head);
            assert!(met.contains(words), "{words}: `{met}`");
        }
        let mut tar = vec![0; 512];
        tar.splice(257..262, *b"ustar");
        assert!(said(&tar).contains("tar"), "{}", said(&tar));
    }

    #[test]
    fn text_in_any_encoding_is_text() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let rows: &[(&str, Vec<u8>)] = &[
            ("nothing", vec![]),
            ("one byte", vec![1]),
            ("ASCII", b"BZh is no bzip2, PK is no zip\r\n".to_vec()),
            ("colours and bells", b"\x1B[31mred\x1B[0m\x07\x08\n".repeat(9)),
            ("UTF-8", "시계가 틀립니다\n".into()),
            ("EUC-KR", b"\xBD\xC3\xB0\xE8\n".repeat(9)),
            ("Latin-1", b"Zeit \xFCberschritten\n".repeat(9)),
            ("UTF-16 without a mark", utf16("JWT has expired\r\n")),
            ("UTF-16 with a mark", utf16("\u{feff}\u{0101}\u{0102}\u{0103}\u{0104}\u{0105}\n")),
            ("cut by copytruncate", [vec![0; 4_000], b"JWT has expired\n".to_vec()].concat()),
            ("only zeros", vec![0; 4_000]),
            ("a few odd bytes", [b"\x01\x02\x03".to_vec(), b"text ".repeat(99)].concat()),
        ];
        for (name, head) in rows {
            assert_eq!(said(head), "", "{name}");
        }
    }
}
