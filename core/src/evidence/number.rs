//! Exact numbers in text, without floating point.

use crate::time::Span;

const MICRO_DIGITS: u32 = 6;

/// Returns how many decimal digits `text` starts with.
pub(crate) fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Reads the whole number at the start of `text`; returns it, saturated, and its length.
pub(crate) fn whole(text: &[u8]) -> Option<(i64, usize)> {
    let len = digits(text);
    let number = text.iter().take(len).fold(0_i64, |number, digit| {
        number.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')))
    });
    (len > 0).then_some((number, len))
}

/// Reads a decimal number of seconds with optional sign and fraction, truncated to microseconds.
pub(crate) fn seconds(text: &[u8]) -> Option<(Span, usize)> {
    let (sign, unsigned) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, text),
    };
    let (secs, whole_len) = whole(unsigned)?;
    let rest = unsigned.get(whole_len..).unwrap_or(&[]);
    let (micros, fraction_len) = fraction(rest);
    let micros = secs.saturating_mul(1_000_000).saturating_add(micros).saturating_mul(sign);
    let sign_len = text.len().saturating_sub(unsigned.len());
    let len = sign_len.saturating_add(whole_len).saturating_add(fraction_len);
    Some((Span::from_micros(micros), len))
}

/// Returns the microseconds of `.123…` and its length, or zeros if no digit follows the point.
fn fraction(text: &[u8]) -> (i64, usize) {
    let [b'.', rest @ ..] = text else { return (0, 0) };
    let len = digits(rest);
    if len == 0 {
        return (0, 0);
    }
    let (mut micros, mut scale) = (0_i64, 10_i64.pow(MICRO_DIGITS));
    for digit in rest.iter().take(len) {
        scale /= 10;
        micros = micros.saturating_add(i64::from(digit.wrapping_sub(b'0')).saturating_mul(scale));
    }
    (micros, len.saturating_add(1))
}

/// Units of time in microseconds.
const UNITS: &[(&[u8], i64)] = &[
    (b"days", 86_400_000_000),
    (b"day", 86_400_000_000),
    (b"d", 86_400_000_000),
    (b"hours", 3_600_000_000),
    (b"hour", 3_600_000_000),
    (b"hrs", 3_600_000_000),
    (b"hr", 3_600_000_000),
    (b"h", 3_600_000_000),
    (b"minutes", 60_000_000),
    (b"minute", 60_000_000),
    (b"mins", 60_000_000),
    (b"min", 60_000_000),
    (b"milliseconds", 1_000),
    (b"millisecond", 1_000),
    (b"millis", 1_000),
    (b"msec", 1_000),
    (b"ms", 1_000),
    (b"m", 60_000_000),
    (b"seconds", 1_000_000),
    (b"second", 1_000_000),
    (b"secs", 1_000_000),
    (b"sec", 1_000_000),
    (b"s", 1_000_000),
];

/// Reads a length of time as written by Go (`3h2m1.5s`), apt (`3h 2min 10s`) or systemd (`2d 9h`).
pub(crate) fn duration(text: &[u8]) -> Option<(Span, usize)> {
    let (mut total, mut at) = (Span::ZERO, 0_usize);
    let mut end = None;
    while let Some(rest) = text.get(at..) {
        // `5 hours, 14 minutes`.
        let comma = usize::from(end.is_some() && rest.starts_with(b", "));
        let rest = rest.get(comma..).unwrap_or(&[]);
        let blanks = rest.iter().take_while(|&&byte| byte == b' ').count();
        let rest = rest.get(blanks..).unwrap_or(&[]);
        let blanks = blanks.saturating_add(comma);
        let Some((number, len)) = seconds(rest) else { break };
        let tail = rest.get(len..).unwrap_or(&[]);
        let tail_blank = usize::from(tail.first() == Some(&b' '));
        let unit = tail.get(tail_blank..).unwrap_or(&[]);
        let fits = |name: &[u8]| {
            let rest = unit.strip_prefix(name);
            rest.is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphabetic))
        };
        let Some(&(name, micros)) = UNITS.iter().find(|(name, _)| fits(name)) else {
            break;
        };
        // The number is in millionths, so the product is too.
        let length = i128::from(number.as_micros()).saturating_mul(i128::from(micros)) / 1_000_000;
        total = total + Span::from_micros(i64::try_from(length).unwrap_or(i64::MAX));
        at = [blanks, len, tail_blank, name.len()].iter().fold(at, |sum, n| sum.saturating_add(*n));
        end = Some(at);
    }
    end.map(|end| (total, end))
}

/// Reads a signed length of time in any notation: `-23h19m27.6s`, `5 hours, 14 minutes`, `45 000 ms`,
/// `7 645 123 000 000ns`, `PT5M`, `00:05:00`; a bare number counts seconds.
pub(crate) fn length(text: &[u8]) -> Option<(Span, usize)> {
    let (sign, rest) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, text),
    };
    let (length, len) = long(rest)
        .or_else(|| period(rest))
        .or_else(|| hours(rest))
        .or_else(|| duration(rest))
        .or_else(|| seconds(rest))?;
    let sign_len = text.len().saturating_sub(rest.len());
    let length = if sign < 0 { -length } else { length };
    Some((length, len.saturating_add(sign_len)))
}

/// Reads a number in groups of three digits, and its unit: `45 000 ms`.
fn long(text: &[u8]) -> Option<(Span, usize)> {
    const UNITS: &[(&[u8], i64, i64)] = &[
        (b"ns", 1, 1_000),
        (b"us", 1, 1),
        ("µs".as_bytes(), 1, 1),
        (b"ms", 1_000, 1),
        (b"s", 1_000_000, 1),
    ];
    let (mut number, mut at) = whole(text)?;
    while let Some([b' ' | b'\'' | b',', a, b, c]) = text.get(at..at.saturating_add(4))
        && [a, b, c].iter().all(|byte| byte.is_ascii_digit())
        && !text.get(at.saturating_add(4)).is_some_and(u8::is_ascii_digit)
    {
        let (group, _) = whole(&[*a, *b, *c])?;
        number = number.saturating_mul(1_000).saturating_add(group);
        at = at.saturating_add(4);
    }
    let rest = text.get(at..)?;
    let blank = usize::from(rest.first() == Some(&b' '));
    let unit = rest.get(blank..)?;
    let &(name, times, parts) = UNITS.iter().find(|(name, ..)| {
        let next = unit.strip_prefix(*name);
        next.is_some_and(|next| !next.first().is_some_and(u8::is_ascii_alphanumeric))
    })?;
    let micros = number.saturating_mul(times) / parts;
    Some((Span::from_micros(micros), at.saturating_add(blank).saturating_add(name.len())))
}

/// Reads a period of ISO 8601 in hours, minutes and seconds: `PT1H5M`.
fn period(text: &[u8]) -> Option<(Span, usize)> {
    let rest = text.strip_prefix(b"PT")?;
    let (mut total, mut at) = (Span::ZERO, 0_usize);
    while let Some((number, len)) = rest.get(at..).and_then(seconds) {
        let unit = match rest.get(at.saturating_add(len))? {
            b'H' => 3_600,
            b'M' => 60,
            b'S' => 1,
            _ => return None,
        };
        total = total + Span::from_micros(number.as_micros().saturating_mul(unit));
        at = at.saturating_add(len).saturating_add(1);
    }
    (at > 0).then_some((total, at.saturating_add(2)))
}

/// Reads hours, minutes and seconds: `00:05:00`.
fn hours(text: &[u8]) -> Option<(Span, usize)> {
    let (hours, len) = whole(text)?;
    let rest = text.get(len..)?.strip_prefix(b":")?;
    let (minutes, minutes_len) = whole(rest).filter(|(_, len)| *len == 2)?;
    let rest = rest.get(minutes_len..)?.strip_prefix(b":")?;
    let (secs, secs_len) = seconds(rest)?;
    let whole = hours.saturating_mul(3_600).saturating_add(minutes.saturating_mul(60));
    let len = len.saturating_add(minutes_len).saturating_add(secs_len).saturating_add(2);
    Some((Span::from_secs(whole) + secs, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_exactly() {
        const ROWS: &[(&str, Option<(i64, usize)>)] = &[
            ("217.123456789 seconds", Some((217_123_456, 13))),
            ("-0.5", Some((-500_000, 4))),
            ("+212 s", Some((212_000_000, 4))),
            ("3.", Some((3_000_000, 1))),
            ("99999999999999999999", Some((i64::MAX, 20))),
            ("x", None),
            ("-", None),
        ];
        for &(text, expected) in ROWS {
            let expected = expected.map(|(micros, len)| (Span::from_micros(micros), len));
            assert_eq!(seconds(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn reads_durations() {
        const ROWS: &[(&str, Option<(i64, usize)>)] = &[
            ("3h2m1s", Some((10_921_000, 6))),
            ("1.5s ago", Some((1_500, 4))),
            ("3h 2min 10s).", Some((10_930_000, 11))),
            ("250ms", Some((250, 5))),
            ("2d 9h", Some((205_200_000, 5))),
            ("5 apples", None),
        ];
        for &(text, expected) in ROWS {
            let expected = expected.map(|(millis, len)| (Span::from_millis(millis), len));
            assert_eq!(duration(text.as_bytes()), expected, "{text}");
        }
    }
}
