//! Compressed logs, recognised by their first bytes and not by their names: a rotated log may
//! come through a pipe.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes of compressed text to read at once.
const BLOCK: usize = 64 * 1024;

/// The largest window of zstd that is taken: 8 MiB, what every decoder should have (RFC 8878
/// §3.1.1.1.2) and what its levels up to 19 write. More would not fit in addition to the rest in 16 MiB.
const LARGEST_WINDOW: u64 = 8 << 20;

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
        Format::Zstd => Box::new(Zstd::new(BufReader::with_capacity(BLOCK, whole))),
    })
}

/// Reads frames until the source ends.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self { source, decoder, in_frame: false }
    }

    fn start_frame(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.source) {
            Ok(()) => self.in_frame = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => self.skip(length.into())?,
            Err(FrameDecoderError::WindowSizeTooBig { .. }) => return Err(window_too_large()),
            Err(other) => return Err(io::Error::other(other)),
        }
        Ok(())
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
        if skipped == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    // The decoder computes the checksum, but leaves comparing it to its caller.
    fn end_frame(&mut self) -> io::Result<()> {
        self.in_frame = false;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(stated), Some(computed)) if stated != computed => Err(io::Error::other(format!(
                "expected the zstd checksum {stated:08x}, but found {computed:08x}"
            ))),
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            if !self.in_frame {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.start_frame()?;
            } else if self.decoder.is_finished() {
                self.end_frame()?;
            } else {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, one).map_err(io::Error::other)?;
            }
        }
        self.decoder.read(block)
    }
}

fn window_too_large() -> io::Error {
    io::Error::other(
        "expected a zstd window of at most 8 MiB, but found a larger one: \
         unpack it with `zstd -d --long=31 -c FILE | jwtick diagnose -`",
    )
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
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
    fn rejects_wrong_checksum() {
        let mut packed = zstd("JWT expired\n");
        *packed.last_mut().unwrap() ^= 1;
        let refused = unpacked(&packed).unwrap_err().to_string();
        assert!(refused.contains("zstd checksum"), "{refused}");
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
