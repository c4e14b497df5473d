//! Stamps that name their month: `Fri, 03 Mar 2017 04:29:05 GMT`, `Tue Feb  6 08:15:42 2018`, `Tue
//! Mar 12 09:23:11 UTC 2024`, `Jul 12 22:06:40`, `04-Mar-2024 09:12:10 UTC`, `10/Oct/2000:13:55:36
//! -0700`, `Tue 2024-03-12 09:23:11 UTC`, `Di 28. Feb 18:39:51 CET 2017`, `Jul 21, 2017 at 7:45:56
//! AM`.

use crate::time::Cursor;
use crate::time::Date;

use super::names::{self, Name};
use super::shape::{Day, Stamp, UNSTATED_YEAR};
use super::{iso, time_of_day, zone};

const MARCH: u8 = 3;

pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    // Most words are no name of a date, and none is read twice.
    if !cursor.at_digit() {
        let mut after = *cursor;
        match names::read(&mut after)? {
            Name::Weekday => *cursor = after_weekday(after)?,
            Name::Month(MARCH) => drop(cursor.attempt(skip_tuesday)),
            Name::Month(_) => {}
        }
    }
    if iso::follows(*cursor) {
        return iso::read(cursor);
    }
    let (month, day) =
        if cursor.at_digit() { read_day_first(cursor)? } else { read_month_first(cursor)? };
    let year_before = cursor.attempt(read_year);
    let reading = time_of_day::read_after_date(cursor)?;
    // `ls -l` prints `Jul 12 22:06`; clocks in logs print seconds.
    if year_before.is_none() && !reading.has_seconds() {
        return None;
    }
    // `sab 28 nov 2026, 10:00:00, CET`.
    let zone_before = cursor
        .attempt(zone::read)
        .or_else(|| cursor.attempt(|ahead| ahead.eat(b',').and_then(|()| zone::read(ahead))));
    let year = year_before.or_else(|| cursor.attempt(read_trailing_year));
    // Between the time and the year in `date`, after the year in `git log`.
    let zone = zone_before.or_else(|| cursor.attempt(zone::read));
    Some(Stamp::new(day_of(year, month, day)?, reading, zone))
}

fn day_of(year: Option<i32>, month: u8, day: u8) -> Option<Day> {
    match year {
        Some(year) => Date::new(year, month, day).map(Day::Stated),
        None => Date::new(UNSTATED_YEAR, month, day).map(Day::NoYear),
    }
}

// A weekday is no month, so a date follows it after a blank.
fn after_weekday(mut after: Cursor<'_>) -> Option<Cursor<'_>> {
    after.attempt(|ahead| ahead.eat(b','));
    spaces(&mut after).map(|()| after)
}

// `mar` is March and, in French, Spanish and Italian, Tuesday, if a day and a month follow.
fn skip_tuesday(cursor: &mut Cursor<'_>) -> Option<()> {
    (names::read_month(cursor)? == MARCH).then_some(())?;
    cursor.attempt(|ahead| ahead.eat(b','));
    spaces(cursor)?;
    read_day_first(&mut cursor.clone()).map(|_| ())
}

fn read_month_first(cursor: &mut Cursor<'_>) -> Option<(u8, u8)> {
    let month = names::read_month(cursor)?;
    // RouterOS prints `nov/28/2026`.
    cursor.attempt(|ahead| ahead.eat(b'/')).or_else(|| spaces(cursor))?;
    Some((month, cursor.short_number()?))
}

fn read_day_first(cursor: &mut Cursor<'_>) -> Option<(u8, u8)> {
    let day = cursor.short_number()?;
    cursor.attempt(|ahead| ahead.eat(b'.'));
    cursor.eat_one_of(b" -/")?;
    // `28 de noviembre de 2026`.
    let of = cursor.attempt(|ahead| ahead.eat_all(b"de "));
    let month = names::read_month(cursor)?;
    if of.is_some() {
        cursor.attempt(|ahead| {
            ahead.eat_all(b" de").and_then(|()| (ahead.peek() == Some(b' ')).then_some(()))
        });
    }
    Some((month, day))
}

// Two digits are a year only after `-`, as in RFC 850. Elsewhere they are an hour.
fn read_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.attempt(|ahead| ahead.eat(b','));
    let separator = cursor.eat_one_of(b" -/")?;
    let least = if separator == b'-' { 2 } else { 4 };
    let before = cursor.len();
    let year = i32::try_from(cursor.number(least, 4)?).ok()?;
    match before.saturating_sub(cursor.len()) {
        2 => Some(full_year(year)),
        4 => Some(year),
        _ => None,
    }
}

/// Returns the year that two digits mean. In POSIX `%y`, 69 to 99 belong to the twentieth century.
pub(super) const fn full_year(two_digits: i32) -> i32 {
    if two_digits >= 69 { 1_900 + two_digits } else { 2_000 + two_digits }
}

fn read_trailing_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.eat(b' ')?;
    let year = i32::try_from(cursor.digits(4)?).ok()?;
    // Another stamp may follow, such as `2024-01-18T11:22:30Z`.
    let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || b":-/".contains(&byte);
    let ends = !cursor.peek().is_some_and(goes_on);
    ends.then_some(year)
}

// Requires at least one space.
fn spaces(cursor: &mut Cursor<'_>) -> Option<()> {
    (cursor.spaces() > 0).then_some(())
}
