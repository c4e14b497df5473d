//! The samples of `w32tm /stripchart`: `10:22:31, +01212.3345110s`, positive where the local clock
//! is behind. A sample has no fixed words, so it cannot be a row of the catalogue.

use super::{number, stamp};
use crate::time::Span;

/// The offset that `line` states, if it is a sample.
pub(crate) fn sample(line: &[u8]) -> Option<Span> {
    let line = line.trim_ascii();
    let starts_with_time = line.first().is_some_and(u8::is_ascii_digit);
    let (_, len) = starts_with_time.then(|| stamp::parse_at(line)).flatten()?;
    let value = line.get(len..)?.strip_prefix(b",")?.trim_ascii_start();
    let signed = matches!(value, [b'+' | b'-', b'0'..=b'9', ..]);
    let (offset, len) = signed.then(|| number::seconds(value)).flatten()?;
    (value.get(len..)? == b"s").then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_samples_and_nothing_else() {
        const ROWS: &[(&str, Option<i64>)] = &[
            ("10:22:31, +01212.3345110s", Some(1_212_334_511)),
            ("10:22:31, -00000.5000000s\r\n", Some(-500_000)),
            ("10:22:31, error: 0x800705B4", None),
            ("10:22:31, 12s", None),
            ("sample +01212.3345110s", None),
        ];
        for &(line, micros) in ROWS {
            assert_eq!(sample(line.as_bytes()), micros.map(Span::from_micros), "{line}");
        }
    }
}
