//! Compressed logs, recognised by their first bytes and not by their names: a rotated log may
//! come through a pipe.

use std::io::{self, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

/// Bytes of compressed text to read at once.
const BLOCK: usize = 64 * 1024;

/// The largest window of zstd that is taken: 8 MiB, what every decoder should have (RFC 8878
/// §3.1.1.1.2) and what its levels up to 19 write. More would not fit in addition to the rest in 16 MiB.
const WINDOW_LOG: u32 = 23;

/// The compression of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Gzip,
    Zstd,
}

impl Format {
    /// The bytes that tell one format from another.
    const HEAD: u64 = 4;

    const fn of(head: &[u8]) -> Self {
        match head {
            // RFC 1952 §2.3.1.
            [0x1F, 0x8B, ..] => Self::Gzip,
            // RFC 8878 §3.1.1, and a skippable frame (§3.1.2), which parallel compressors put first.
            [0x28, 0xB5, 0x2F, 0xFD] | [0x50..=0x5F, 0x2A, 0x4D, 0x18] => Self::Zstd,
            _ => Self::Plain,
        }
    }
}

/// The uncompressed text of `source`: gzip of any number of members, zstd of any
/// number of frames, or plain text.
///
/// # Errors
/// Those of `source`.
pub(super) fn plain<'s>(mut source: impl Read + 's) -> io::Result<Box<dyn Read + 's>> {
    let mut head = Vec::new();
    source.by_ref().take(Format::HEAD).read_to_end(&mut head)?;
    let format = Format::of(&head);
    let whole = Cursor::new(head).chain(source);
    Ok(match format {
        Format::Plain => Box::new(whole),
        Format::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(BLOCK, whole))),
        Format::Zstd => Box::new(Zstd::new(whole)?),
    })
}

struct Zstd<R: Read>(zstd::Decoder<'static, BufReader<R>>);

impl<R: Read> Zstd<R> {
    fn new(source: R) -> io::Result<Self> {
        let mut decoder = zstd::Decoder::with_buffer(BufReader::with_capacity(BLOCK, source))?;
        decoder.window_log_max(WINDOW_LOG)?;
        Ok(Self(decoder))
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        self.0.read(block).map_err(explained)
    }
}

// zstd's own words for it are "Frame requires too much memory for decoding".
fn explained(error: io::Error) -> io::Error {
    if error.to_string().contains("too much memory") {
        io::Error::other(
            "expected a zstd window of at most 8 MiB, but found a larger one: \
             unpack it with `zstd -d --long=31 -c FILE | jwtick diagnose -`",
        )
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &str) -> Vec<u8> {
        zstd::encode_all(text.as_bytes(), 1).unwrap()
    }

    fn unpacked(packed: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        plain(packed)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn packed_text_is_read_unchanged() {
        let skippable = b"\x50\x2A\x4D\x18\x01\0\0\0x".to_vec();
        let rows: &[(&str, Vec<u8>, &str)] = &[
            ("nothing", vec![], ""),
            ("less than a head", b"ab".to_vec(), "ab"),
            ("plain text", b"JWT expired\n".to_vec(), "JWT expired\n"),
            ("gzip", gzip("JWT expired\n"), "JWT expired\n"),
            ("two members", [gzip("JWT "), gzip("expired\n")].concat(), "JWT expired\n"),
            ("zstd", zstd("JWT expired\n"), "JWT expired\n"),
            ("two frames", [zstd("JWT "), zstd("expired\n")].concat(), "JWT expired\n"),
            ("a skippable frame", [skippable, zstd("JWT expired\n")].concat(), "JWT expired\n"),
        ];
        for (name, packed, text) in rows {
            assert_eq!(unpacked(packed).unwrap(), *text, "{name}");
        }
    }

    #[test]
    fn rejects_truncated_file() {
        for packed in [gzip("JWT expired\n"), zstd("JWT expired\n")] {
            let half = packed.get(..packed.len() - 5).unwrap();
            assert!(unpacked(half).is_err(), "{half:?}");
        }
    }

    #[test]
    fn rejects_window_over_the_limit_with_a_hint() {
        // A frame of one raw block of no bytes, whose window has the given exponent.
        let frame = |exponent: u8| [0x28, 0xB5, 0x2F, 0xFD, 0, (exponent - 10) << 3, 1, 0, 0];
        assert_eq!(unpacked(&frame(23)).unwrap(), "");
        let refused = unpacked(&frame(24)).unwrap_err().to_string();
        assert!(refused.contains("--long=31"), "{refused}");
    }
}
