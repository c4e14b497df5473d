//! The stamp of a log record, and the output of `date` on a terminal.

use super::number;
use super::stamp::{self, DateKnowledge, Stamp};
use crate::time::UnixTime;

/// The stamp of the record that `line` is, down to the day at least.
pub(crate) fn stamp(line: &[u8]) -> Option<Stamp> {
    // Azure's error bodies state the time of the server so.
    if line.starts_with(b"Time:") {
        return None;
    }
    let stamp = stamp::of_line(line)?;
    let is_year_of_a_clock = (YEAR_1900..YEAR_2400).contains(&stamp.civil);
    (stamp.date != DateKnowledge::NoDate && is_year_of_a_clock).then_some(stamp)
}

// No clock is further off: such years are of another calendar (1403 is Iranian, 2567 is Thai).
const YEAR_1900: UnixTime = UnixTime::from_secs(-2_208_988_800);
const YEAR_2400: UnixTime = UnixTime::from_secs(13_569_465_600);

/// Whether `line` is a record that counts from boot: `E (13560) esp-tls: …`, `[  600.1] …`.
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

/// The stamp that is all of `line` but for the name of a host before it.
pub(crate) fn printed_alone(line: &[u8]) -> Option<Stamp> {
    const NAME_MAX: usize = 40;
    let line = line.trim_ascii();
    let (stamp, range) = stamp::find(line)?;
    let name = line.get(..range.start)?.trim_ascii();
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._@".contains(byte);
    let is_name = name.len() <= NAME_MAX && name.iter().all(part);
    (range.end == line.len() && is_name).then_some(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_may_start_with_an_epoch() {
        const ROWS: &[(&str, bool)] = &[
            ("1699885516.516    12 192.0.2.1 TCP_MISS/200", true),
            ("1699885516516|DEBUG|GET /", true),
            ("1699885516abc", false),
            ("12:31:05 only a time of day", false),
            ("2024-01-09 14:20:05 x", true),
            ("Time:2019-06-13T09:22:53.9093129Z</Message>", false),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(stamp(line.as_bytes()).is_some(), expected, "{line}");
        }
    }

    #[test]
    fn devices_count_from_boot() {
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
    fn the_output_of_date_stands_alone() {
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
}
