//! Stamps that begin with a four-digit year: ISO 8601 and RFC 3339 in their extended and basic
//! forms, and similar ones: `2024-03-05 02:14:08,123`, `2022/09/07 06:41:20`, `20170721T074556Z`,
//! `2024-Mar-05 02:14:08`, `2015-07-30 17:18:47Z`, `2024:03:05-02:14:08`.

use crate::time::{Cursor, Date, TimeOfDay, two};

use super::reading::{Numbers, Reading};
use super::shape::{Day, Stamp};
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
fn usual(text: &[u8]) -> Option<(Date, Numbers)> {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T' | b' ',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = text.first_chunk::<USUAL>()?
    else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2, h1, h2, n1, n2, s1, s2];
    if !digits.iter().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let year = i32::from(two(*y1, *y2)) * 100 + i32::from(two(*y3, *y4));
    let date = Date::new(year, two(*m1, *m2), two(*d1, *d2))?;
    let (hour, minute, second) = (two(*h1, *h2), two(*n1, *n2), Some(two(*s1, *s2)));
    Some((date, Numbers { hour, minute, second }))
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
