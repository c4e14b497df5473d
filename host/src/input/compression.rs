//! Compressed logs, recognised by their first bytes and not by their names: a rotated log may
//! come through a pipe.

use core::error::Error;
use core::{fmt, mem};
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::file::{Damage, DamageKind};

/// Bytes of compressed text to read at once.
const BLOCK: usize = 64 * 1024;

/// The largest window of zstd that is taken: 8 MiB, what every decoder should have (RFC 8878
/// §3.1.1.1.2) and what its levels up to 19 write. More would not fit in addition to the rest in 16 MiB.
const LARGEST_WINDOW: u64 = 8 << 20;

/// The number of bytes that tell one format from another.
pub(super) const HEAD: usize = 4;

/// The compression of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Gzip,
    Zstd,
}

impl Format {
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

/// The uncompressed text of `source`: gzip of any number of members, zstd of any number of frames, or
/// plain text. Zeros after compressed data are padding, as on tapes.
///
/// # Errors
/// Those of `source`, and [`Damage`] inside an [`io::Error`]. The text before a fault is read first.
pub(super) fn plain<'s>(mut source: impl Read + 's) -> io::Result<Box<dyn Read + 's>> {
    let mut head = Vec::new();
    source.by_ref().take(u64::try_from(HEAD).unwrap_or_default()).read_to_end(&mut head)?;
    let format = Format::of(&head);
    let whole = Cursor::new(head).chain(source);
    let blocks = |whole| BufReader::with_capacity(BLOCK, whole);
    Ok(match format {
        Format::Plain => Box::new(whole),
        Format::Gzip => Box::new(Named { format: "gzip", source: Gzip::Between(blocks(whole)) }),
        Format::Zstd => Box::new(Named { format: "zstd", source: Zstd::new(blocks(whole)) }),
    })
}

/// Unpacked text whose errors name the format.
struct Named<R> {
    format: &'static str,
    source: R,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        self.source.read(block).map_err(|error| match DamageKind::of(&error) {
            Some(kind) => io::Error::other(Damage { format: self.format, kind }),
            None => error,
        })
    }
}

impl DamageKind {
    /// The fault of the data; `None` if reading them failed.
    fn of(error: &io::Error) -> Option<Self> {
        if error.get_ref().is_some_and(|inner| inner.is::<LargeWindow>()) {
            return Some(Self::LargeWindow);
        }
        let cause = innermost(error);
        match cause.kind() {
            ErrorKind::Interrupted => None,
            _ if cause.raw_os_error().is_some() => None,
            ErrorKind::UnexpectedEof => Some(Self::Cut),
            _ => Some(Self::Broken),
        }
    }
}

/// The last error of `std::io` in the chain of reasons for `error`.
fn innermost(error: &io::Error) -> &io::Error {
    let mut found = error;
    let mut next: Option<&(dyn Error + 'static)> = match error.get_ref() {
        Some(inner) => Some(inner),
        None => None,
    };
    while let Some(reason) = next {
        found = reason.downcast_ref().unwrap_or(found);
        next = reason.source();
    }
    found
}

/// Skips padding, and returns true if data follow.
fn goes_on(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let block = source.fill_buf()?;
        match block.iter().position(|&byte| byte != 0) {
            None if block.is_empty() => return Ok(false),
            None => {
                let zeros = block.len();
                source.consume(zeros);
            }
            Some(zeros) => {
                source.consume(zeros);
                return Ok(true);
            }
        }
    }
}

/// Reads members until the source ends (RFC 1952 §2.2).
enum Gzip<R> {
    Between(R),
    Member(GzDecoder<R>),
    Ended,
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        if block.is_empty() {
            return Ok(0); // not the end of a member
        }
        loop {
            *self = match mem::replace(self, Self::Ended) {
                Self::Between(mut source) => {
                    if !goes_on(&mut source)? {
                        return Ok(0);
                    }
                    Self::Member(GzDecoder::new(source))
                }
                Self::Ended => return Ok(0),
                Self::Member(mut member) => match member.read(block) {
                    Ok(0) => Self::Between(member.into_inner()),
                    read => {
                        *self = Self::Member(member);
                        return read;
                    }
                },
            }
        }
    }
}

/// Reads frames until the source ends.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
    failed: Option<io::Error>,
}

/// A window over [`LARGEST_WINDOW`].
#[derive(Debug)]
struct LargeWindow;

impl fmt::Display for LargeWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the window is too large")
    }
}

impl Error for LargeWindow {}

/// The last block of a frame, with no content (RFC 8878 §3.1.1.2), and a checksum.
const END: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self { source, decoder, in_frame: false, failed: None }
    }

    /// Decodes more of the source; false at its end.
    fn advance(&mut self) -> io::Result<bool> {
        if !self.in_frame {
            if !goes_on(&mut self.source)? {
                return Ok(false);
            }
            self.start_frame()?;
        } else if self.decoder.is_finished() {
            self.end_frame()?;
        } else {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            let decoded = self.decoder.decode_blocks(&mut self.source, one);
            decoded.map_err(io::Error::other)?;
        }
        Ok(true)
    }

    /// Keeps the error until the text before it is read. The decoder holds back a window of text
    /// while a frame goes on, so the frame is ended.
    fn fail(&mut self, error: io::Error) {
        if self.in_frame && !self.decoder.is_finished() {
            let _ = self.decoder.decode_blocks(END.as_slice(), BlockDecodingStrategy::All);
        }
        self.failed = Some(error);
    }

    fn start_frame(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.source) {
            Ok(()) => self.in_frame = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => self.skip(length.into())?,
            Err(FrameDecoderError::WindowSizeTooBig { .. }) => {
                return Err(io::Error::other(LargeWindow));
            }
            Err(other) => return Err(io::Error::other(other)),
        }
        Ok(())
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
        if skipped == length { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    // The decoder computes the checksum, but leaves comparing it to its caller.
    fn end_frame(&mut self) -> io::Result<()> {
        self.in_frame = false;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(stated), Some(computed)) if stated != computed => {
                Err(ErrorKind::InvalidData.into())
            }
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 {
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
            match self.advance() {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                Err(error) => self.fail(error),
            }
        }
        self.decoder.read(block)
    }
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

    /// A text that a compressor cannot shorten much, in lines.
    fn lines() -> String {
        let noise = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
        (0..30_000).map(|n| format!("{:016x} JWT expired {n}\n", noise(noise(n)))).collect()
    }

    /// The text before a fault, and its kind.
    fn until_fault(source: impl Read) -> (Vec<u8>, Option<DamageKind>) {
        let mut text = Vec::new();
        let read = plain(source).and_then(|mut plain| plain.read_to_end(&mut text));
        let damage = read.err().map(|error| error.downcast::<Damage>().unwrap().kind);
        (text, damage)
    }

    #[test]
    fn zeros_after_compressed_data_are_padding() {
        for pack in [gzip, zstd] {
            for zeros in [1, 511, 200_000] {
                let padded = [pack("JWT "), vec![0; zeros]].concat();
                assert_eq!(unpacked(&padded).unwrap(), "JWT ", "{zeros}");
                let more = [padded, pack("expired\n")].concat();
                assert_eq!(unpacked(&more).unwrap(), "JWT expired\n", "{zeros}");
            }
            let odd = [pack("JWT "), b"\0\0x".to_vec()].concat();
            let (text, damage) = until_fault(odd.as_slice());
            assert_eq!((text.as_slice(), damage.is_some()), (b"JWT ".as_slice(), true));
        }
    }

    #[test]
    fn text_before_a_cut_is_read() {
        let text = lines();
        for pack in [gzip, zstd] {
            let packed = pack(&text);
            for cut in [packed.len() / 2, packed.len() - 200_000, packed.len() - 1] {
                let (read, damage) = until_fault(packed.get(..cut).unwrap());
                assert_eq!(damage, Some(DamageKind::Cut), "{cut}");
                assert!(text.as_bytes().starts_with(&read), "{cut}");
                // A block of zstd holds up to 128 KiB (RFC 8878 §3.1.1.2.4).
                let share = text.len() * cut / packed.len();
                assert!(read.len() + 256 * 1024 > share, "{cut}: {} of {share}", read.len());
            }
        }
    }

    #[test]
    fn text_before_a_failing_read_is_read() {
        struct Broken<'a>(&'a [u8]);
        impl Read for Broken<'_> {
            fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
                const EIO: i32 = 5;
                match self.0.read(block)? {
                    0 => Err(io::Error::from_raw_os_error(EIO)),
                    length => Ok(length),
                }
            }
        }
        let text = lines();
        for packed in [gzip(&text), zstd(&text), text.clone().into_bytes()] {
            let mut read = Vec::new();
            let broken = Broken(packed.get(..packed.len() / 2).unwrap());
            let error = plain(broken).unwrap().read_to_end(&mut read).unwrap_err();
            assert_eq!(innermost(&error).raw_os_error(), Some(5));
            assert!(read.len() > text.len() / 4, "{}", read.len());
        }
    }

    #[test]
    fn wrong_checksum_is_reported_after_the_text() {
        for (mut packed, at) in [(gzip("JWT expired\n"), 8), (zstd("JWT expired\n"), 1)] {
            let at = packed.len() - at;
            packed[at] ^= 1;
            let fault = (b"JWT expired\n".to_vec(), Some(DamageKind::Broken));
            assert_eq!(until_fault(packed.as_slice()), fault);
        }
    }

    #[test]
    fn rejects_window_over_the_limit() {
        // A frame of one raw block of no bytes, whose window has the given exponent.
        let frame = |exponent: u8| [0x28, 0xB5, 0x2F, 0xFD, 0, (exponent - 10) << 3, 1, 0, 0];
        assert_eq!(unpacked(&frame(23)).unwrap(), "");
        let refused = until_fault(frame(24).as_slice());
        assert_eq!(refused, (vec![], Some(DamageKind::LargeWindow)));
    }
}
