//! Stamps that begin with a four-digit year: ISO 8601 and RFC 3339 in their extended and basic
//! forms, and similar ones: `2024-03-05 02:14:08,123`, `2022/09/07 06:41:20`, `20170721T074556Z`,
//! `2024-Mar-05 02:14:08`, `2015-07-30 17:18:47Z`, `2024:03:05-02:14:08`.

use crate::time::{Cursor, Date, TimeOfDay, two};

use super::shape::{Day, Stamp};
use super::shape::{Numbers, Reading};
use super::{east_asian, names, time_of_day, zone};

/// Returns `true` if four digits follow.
pub(super) const fn follows(cursor: Cursor<'_>) -> bool {
    matches!(cursor.rest(), [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', ..])
}

pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    if let Some((date, numbers)) = usual(cursor.rest()) {
        cursor.skip(USUAL);
        let reading = time_of_day::after_numbers(cursor, numbers, None)?;
        let zone = cursor.attempt(zone::read);
        return Some(Stamp::new(Day::Stated(date), reading, zone));
    }
    read_parts(cursor)
}

/// Reads any of the forms.
pub(super) fn read_parts(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let year = i32::try_from(cursor.digits(4)?).ok()?;
    let (date, reading) = if cursor.at_digit() {
        (read_basic_date(cursor, year)?, read_basic_time(cursor)?)
    } else if east_asian::date_follows(*cursor) {
        (east_asian::read_date(cursor, year)?, time_of_day::read(cursor)?)
    } else {
        (read_date(cursor, year)?, time_of_day::read_after_date(cursor)?)
    };
    let zone = cursor.attempt(zone::read);
    Some(Stamp::new(Day::Stated(date), reading, zone))
}

/// The length of `2024-03-05T02:14:08`.
const USUAL: usize = 19;

/// Reads `2024-03-05T02:14:08` or the same with a blank, which nearly every log has, without a step for
/// each part.
pub(super) fn usual(text: &[u8]) -> Option<(Date, Numbers)> {
    /// What a digit differs in from the zero in its place is at most nine, and any other byte is the same.
    const ZEROS: u128 = u128::from_le_bytes(*b"0000-00-00T00:00");
    /// Carries what is more into the highest bit of its byte.
    const CARRY: u128 = u128::from_le_bytes(*b"vvvv\x7fvv\x7fvv\x7fvv\x7fvv");
    const HIGHEST: u128 = u128::from_le_bytes([0x80; 16]);
    /// The difference between a blank and the `T`.
    const BLANK: u128 = u128::from_le_bytes(*b"\0\0\0\0\0\0\0\0\0\0t\0\0\0\0\0");

    let (minutes, rest) = text.split_first_chunk()?;
    let [b':', tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] = rest else { return None };
    let parts = u128::from_le_bytes(*minutes) ^ ZEROS;
    let parts = if minutes.get(10) == Some(&b' ') { parts ^ BLANK } else { parts };
    if (parts | parts.wrapping_add(CARRY)) & HIGHEST != 0 {
        return None;
    }
    let [c1, c2, y1, y2, _, m1, m2, _, d1, d2, _, h1, h2, _, n1, n2] = parts.to_le_bytes();
    let number = |tens: u8, ones: u8| tens.wrapping_mul(10).wrapping_add(ones);
    let year = i32::from(number(c1, c2)) * 100 + i32::from(number(y1, y2));
    let date = Date::new(year, number(m1, m2), number(d1, d2))?;
    let second = Some(two(*tens, *ones));
    Some((date, Numbers { hour: number(h1, h2), minute: number(n1, n2), second }))
}

fn read_date(cursor: &mut Cursor<'_>, year: i32) -> Option<Date> {
    // Routers print `2026 Nov 28 10:00:00`.
    let separator = cursor.eat_one_of(b"-/.: ")?;
    let month = match cursor.peek()? {
        b'0'..=b'9' if separator != b' ' => cursor.short_number()?,
        _ => names::read_month(cursor)?,
    };
    cursor.eat(separator)?;
    Date::new(year, month, cursor.short_number()?)
}

fn read_basic_date(cursor: &mut Cursor<'_>, year: i32) -> Option<Date> {
    Date::new(year, cursor.two_digits()?, cursor.two_digits()?)
}

// The time after `T`, or directly after the date as in X.509 and LDAP. There a `Z` must distinguish
// the fourteen digits from a plain number.
fn read_basic_time(cursor: &mut Cursor<'_>) -> Option<Reading> {
    let run_on = cursor.at_digit();
    if !run_on {
        if let Some(reading) = cursor.attempt(time_of_day::read_after_date) {
            return Some(reading);
        }
        cursor.eat_one_of(b"Tt")?;
    }
    let time = TimeOfDay::new(cursor.two_digits()?, cursor.two_digits()?, cursor.two_digits()?)?;
    let reading = time_of_day::with_fraction(cursor, time);
    let ends = !cursor.at_digit() && (!run_on || cursor.peek() == Some(b'Z'));
    ends.then_some(reading)
}
