//! Decimal numbers as the tools of daemons print them.

use jwtick_core::{Offset, Span};

use super::unknown::Unknown;
use crate::notation::duration;

/// A number of seconds, as the two whole microseconds that it lies between.
pub(super) fn seconds(text: &str) -> Result<Offset, Unknown> {
    with_unit(text, "s")
}

/// A number of milliseconds, likewise.
pub(super) fn millis(text: &str) -> Result<Offset, Unknown> {
    with_unit(text, "ms")
}

fn with_unit(text: &str, unit: &str) -> Result<Offset, Unknown> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    let floor = plain.then(|| duration::signed(&format!("{text}{unit}")).ok()).flatten();
    let floor = floor.ok_or(Unknown::Unreadable)?;
    let exact =
        text.split_once('.').is_none_or(|(_, fraction)| fraction.bytes().all(|b| b == b'0'));
    let ceiling = if exact { floor } else { floor + Span::from_micros(1) };
    Offset::between(floor, ceiling).ok_or(Unknown::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cut_outwards() {
        type Row = (&'static str, fn(&str) -> Result<Offset, Unknown>, Option<(i64, i64)>);
        const ROWS: &[Row] = &[
            ("0.000000000", seconds, Some((0, 0))),
            ("3600.000000000", seconds, Some((3_600_000_000, 3_600_000_000))),
            ("-0.000001440", seconds, Some((-2, -1))),
            ("+0.000001440", seconds, Some((1, 2))),
            ("0.018928", millis, Some((18, 19))),
            ("49.936", millis, Some((49_936, 49_937))),
            ("0", millis, Some((0, 0))),
            ("", seconds, None),
            ("-", seconds, None),
            ("1e9", seconds, None),
            ("5m", seconds, None),
            ("99999999999999999999", seconds, None),
        ];
        for &(text, read, expected) in ROWS {
            let found = read(text).ok().map(|o| (o.least().as_micros(), o.most().as_micros()));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
