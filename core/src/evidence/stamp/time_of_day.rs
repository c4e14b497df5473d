//! The time of day in a stamp: `06:40:22`, `6:40:22.123456`, `06:40:22,123`, `18:29:26:041`,
//! `2:45:58 PM`, `18:39`.

use crate::time::Cursor;
use crate::time::Span;
use crate::time::TimeOfDay;

use super::east_asian;
use super::shape::{Clock, Half, MINUTE, Numbers, Reading};

const SECOND: Span = Span::from_secs(1);

/// Reads the separator between a date and its time, and the time.
pub(super) fn read_after_date(cursor: &mut Cursor<'_>) -> Option<Reading> {
    // `2024-03-05T02:14:08` or with a blank: nearly every stamp.
    if let [b' ' | b'T', b'0'..=b'9', ..] = cursor.rest() {
        cursor.skip(1);
        return read(cursor);
    }
    let comma = cursor.attempt(|ahead| ahead.eat(b','));
    let gap = cursor.take_while(|byte| matches!(byte, b' ' | b'\t'));
    if gap.is_empty() && comma.is_none() {
        let separator = cursor.eat_one_of(b"Tt:_-;")?;
        // Erlang prints `28-Nov-2026::10:00:00`.
        cursor.attempt(|ahead| ahead.eat(b':').filter(|()| separator == b':'));
    }
    // `July 21, 2017 at 7:45:56 AM`, `Jul 21, 2017 @ 07:45:56.000`, `21. Juli 2017 um 07:45:56`,
    // `date=2024-03-05 time=02:14:08`.
    let words: [&[u8]; 4] = [b"at ", b"um ", b"time=", b"@ "];
    words.iter().find_map(|word| cursor.attempt(|ahead| ahead.eat_all(word)));
    read(cursor)
}

/// Reads a time of day with its fraction and its half of the day.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Reading> {
    let half_before = if cursor.at_digit() { None } else { cursor.attempt(east_asian::read_half) };
    let numbers = cursor.attempt(read_numbers).or_else(|| east_asian::read_numbers(cursor))?;
    after_numbers(cursor, numbers, half_before)
}

/// Reads what follows `numbers`: a fraction, and the half of the day unless it came before.
pub(super) fn after_numbers(
    cursor: &mut Cursor<'_>,
    numbers: Numbers,
    half_before: Option<Half>,
) -> Option<Reading> {
    let (micros, resolution) = match numbers.second {
        Some(_) => read_fraction_or_none(cursor),
        None => (Span::ZERO, MINUTE),
    };
    if cursor.at_digit() {
        return None;
    }
    let half = half_before.or_else(|| cursor.attempt(read_half));
    let clock = half.map_or(Clock::Hours24, |half| half.clock);
    let since_midnight = numbers.time(half)?.since_midnight() + micros;
    Some(Reading { since_midnight, resolution, clock })
}

/// Returns `time`, refined by the fraction that may follow.
pub(super) fn with_fraction(cursor: &mut Cursor<'_>, time: TimeOfDay) -> Reading {
    let (micros, resolution) = read_fraction_or_none(cursor);
    let since_midnight = time.since_midnight() + micros;
    Reading { since_midnight, resolution, clock: Clock::Hours24 }
}

fn read_numbers(cursor: &mut Cursor<'_>) -> Option<Numbers> {
    let hour = cursor.short_number()?;
    cursor.eat(b':')?;
    let minute = cursor.two_digits()?;
    Some(Numbers { hour, minute, second: cursor.attempt(read_seconds) })
}

fn read_seconds(cursor: &mut Cursor<'_>) -> Option<u8> {
    cursor.eat(b':')?;
    cursor.two_digits()
}

fn read_fraction_or_none(cursor: &mut Cursor<'_>) -> (Span, Span) {
    cursor.attempt(read_fraction).unwrap_or((Span::ZERO, SECOND))
}

// The value and the resolution. Digits beyond the microsecond are truncated.
fn read_fraction(cursor: &mut Cursor<'_>) -> Option<(Span, Span)> {
    let separator = cursor.eat_one_of(b".,:")?;
    let digits = cursor.take_while(|byte| byte.is_ascii_digit());
    // A colon precedes milliseconds only; `10:20:30:4` is something else.
    if digits.is_empty() || (separator == b':' && digits.len() != 3) {
        return None;
    }
    let mut unit = 1_000_000;
    let mut micros = 0;
    for digit in digits.iter().take(6) {
        unit /= 10;
        micros += unit * i64::from(digit.saturating_sub(b'0'));
    }
    Some((Span::from_micros(micros), Span::from_micros(unit)))
}

// Newer Unicode data puts U+202F, a narrow space, before the half of the day.
fn read_half(cursor: &mut Cursor<'_>) -> Option<Half> {
    match cursor.peek()? {
        b' ' => drop(cursor.spaces()),
        b'A' | b'P' | b'a' | b'p' => {}
        _ => cursor.eat_all("\u{202f}".as_bytes())?,
    }
    let (begins, clock) = match cursor.next()? {
        b'A' => (0, Clock::CapitalHalves),
        b'P' => (12, Clock::CapitalHalves),
        b'a' => (0, Clock::SmallHalves),
        b'p' => (12, Clock::SmallHalves),
        _ => return None,
    };
    cursor.attempt(|ahead| ahead.eat(b'.'));
    cursor.eat_one_of(b"Mm")?;
    cursor.attempt(|ahead| ahead.eat(b'.'));
    let ends = cursor.peek().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    ends.then_some(Half { begins, clock })
}
