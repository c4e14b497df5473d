//! The stamp of a log record, and the output of `date` and `w32tm /stripchart` on a terminal.

use super::number;
use super::stamp::{self, DateKnowledge, Stamp};
use crate::time::{Span, UnixTime};

/// Returns `true` if `stamp` may be a reading of a clock in use.
pub(crate) fn is_of_a_clock(stamp: &Stamp) -> bool {
    stamp.date != DateKnowledge::Full || (YEAR_1900..YEAR_2400).contains(&stamp.civil)
}

// No clock is further off. Such years are of another calendar (1403 is Iranian, 2567 is Thai).
const YEAR_1900: UnixTime = UnixTime::from_secs(-2_208_988_800);
const YEAR_2400: UnixTime = UnixTime::from_secs(13_569_465_600);

/// Returns `true` if `line` is a record that counts from boot: `E (13560) esp-tls: …`, `[  600.1]
/// …`.
pub(crate) fn counts_from_boot(line: &[u8]) -> bool {
    match line {
        [b'E' | b'W' | b'I' | b'D' | b'V', b' ', b'(', b'0'..=b'9', ..] => true,
        [b'[', rest @ ..] => {
            let count = rest.trim_ascii_start();
            let whole = number::digits(count);
            whole > 0 && count.get(whole) == Some(&b'.')
        }
        _ => false,
    }
}

/// Returns the stamp that makes up all of `line`, apart from a host name before it.
pub(crate) fn printed_alone(line: &[u8]) -> Option<Stamp> {
    const NAME_MAX: usize = 40;
    let line = line.trim_ascii();
    let (stamp, range) = stamp::find(line)?;
    let name = line.get(..range.start)?.trim_ascii();
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._@".contains(byte);
    let is_name = name.len() <= NAME_MAX && name.iter().all(part);
    (range.end == line.len() && is_name).then_some(stamp)
}

/// Returns the offset if `line` is a sample of `w32tm /stripchart`, such as `10:22:31,
/// +01212.3345110s`. It is positive if the local clock is behind.
pub(crate) fn stripchart_sample(line: &[u8]) -> Option<Span> {
    let line = line.trim_ascii();
    let starts_with_time = line.first().is_some_and(u8::is_ascii_digit) && line.ends_with(b"s");
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
    fn recognises_records_that_count_from_boot() {
        const ROWS: &[(&str, bool)] = &[
            ("E (13560) esp-tls: failed", true),
            ("[  600.1] usb 1-1: new device", true),
            ("[main] started", false),
            ("[.5] started", false),
            ("[600] started", false),
            ("[600:1] started", false),
            ("E-mail (1)", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(counts_from_boot(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn reads_output_of_date_only_if_nothing_follows() {
        const ROWS: &[(&str, bool)] = &[
            ("Tue Jan  9 14:20:05 UTC 2024", true),
            ("ctl1 Tue Jan  9 14:20:05 UTC 2024", true),
            ("Tue Jan  9 14:20:05 UTC 2024 started", false),
            ("notBefore=Feb 28 06:11:09 2024 GMT", false),
            ("the time is now Tue Jan  9 14:20:05 UTC 2024", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(printed_alone(line.as_bytes()).is_some(), expected, "{line}");
        }
    }

    #[test]
    fn reads_stripchart_samples() {
        const ROWS: &[(&str, Option<i64>)] = &[
            ("10:22:31, +01212.3345110s", Some(1_212_334_511)),
            ("10:22:31, -00000.5000000s\r\n", Some(-500_000)),
            ("10:22:31, error: 0x800705B4", None),
            ("10:22:31, 12s", None),
            ("sample +01212.3345110s", None),
        ];
        for &(line, micros) in ROWS {
            assert_eq!(stripchart_sample(line.as_bytes()), micros.map(Span::from_micros), "{line}");
        }
    }
}
