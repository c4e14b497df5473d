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
    if let Some(stamp) = cursor.attempt(read_scientific) {
        return Some((stamp, text.len().saturating_sub(cursor.len())));
    }
    let digits = cursor.take_while(|byte| byte.is_ascii_digit());
    // Each digit is worth a tenth of the previous one; the first counts 10⁹ seconds.
    let mut unit = 1_000_000_000_000_000;
    let mut micros = add_digits(0, &mut unit, digits);
    if !matches!(digits.len(), 10 | 13 | 16 | 19) {
        return None;
    }
    let fraction = cursor.attempt(read_fraction).unwrap_or_default();
    micros = add_digits(micros, &mut unit, fraction);
    Some((stamp(micros, unit), text.len().saturating_sub(cursor.len())))
}

/// Reads an epoch number.
pub(super) fn read_epoch(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let (stamp, length) = parse_epoch(cursor.rest())?;
    cursor.skip(length);
    Some(stamp)
}

/// Reads seconds as zap prints them: `1.7100000001234567e+09`.
fn read_scientific(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let mut unit = 1_000_000_000_000_000;
    let first = cursor.take(1).filter(|digit| digit.first().is_some_and(u8::is_ascii_digit))?;
    let fraction = read_fraction(cursor)?;
    cursor.eat_one_of(b"eE")?;
    cursor.attempt(|ahead| ahead.eat(b'+'));
    cursor.attempt(|ahead| ahead.eat(b'0'));
    cursor.eat(b'9')?;
    let micros = add_digits(add_digits(0, &mut unit, first), &mut unit, fraction);
    // Go leaves out zeros at the end, so fewer digits than those of a second are exact.
    (!cursor.at_digit()).then(|| stamp(micros, unit.min(100_000)))
}

/// A stamp in UTC, whose last digit is worth ten times `unit` microseconds.
fn stamp(micros: i64, unit: i64) -> Stamp {
    Stamp {
        civil: UnixTime::from_micros(micros),
        zone: Some(Span::ZERO),
        resolution: Span::from_micros(unit.saturating_mul(10).max(1)),
        date: DateKnowledge::Full,
        day_first: None,
    }
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
