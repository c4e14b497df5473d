//! Epoch numbers: seconds, milliseconds, microseconds and nanoseconds since 1970, distinguished by
//! their digits.

use crate::time::Cursor;
use crate::time::{Span, UnixTime};

use super::shape::{DateKnowledge, Stamp};

/// Returns the epoch number at the start of `text`, and its length.
///
/// Ten digits are seconds (the years 2001 to 2286), with or without a fraction; thirteen are
/// milliseconds, sixteen microseconds, and nineteen nanoseconds. Any other number is not a time.
pub(crate) fn parse_epoch(text: &[u8]) -> Option<(Stamp, usize)> {
    let mut cursor = Cursor::new(text);
    let digits = cursor.take_while(|byte| byte.is_ascii_digit());
    // Each digit is worth a tenth of the previous one; the first counts 10⁹ seconds.
    let mut unit = 1_000_000_000_000_000;
    let mut micros = add_digits(0, &mut unit, digits);
    if !matches!(digits.len(), 10 | 13 | 16 | 19) {
        return None;
    }
    let fraction = cursor.attempt(read_fraction).unwrap_or_default();
    micros = add_digits(micros, &mut unit, fraction);
    let resolution = Span::from_micros(unit.saturating_mul(10).max(1));
    let stamp = Stamp {
        civil: UnixTime::from_micros(micros),
        zone: Some(Span::ZERO),
        resolution,
        date: DateKnowledge::Full,
        day_first: None,
    };
    Some((stamp, text.len().saturating_sub(cursor.len())))
}

fn read_fraction<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.eat(b'.')?;
    Some(cursor.take_while(|byte| byte.is_ascii_digit())).filter(|digits| !digits.is_empty())
}

// `unit` is the value of the next digit in microseconds. Below one microsecond it counts nothing.
fn add_digits(micros: i64, unit: &mut i64, digits: &[u8]) -> i64 {
    digits.iter().fold(micros, |micros, digit| {
        let value = i64::from(digit.saturating_sub(b'0')).saturating_mul(*unit);
        *unit /= 10;
        micros.saturating_add(value)
    })
}
