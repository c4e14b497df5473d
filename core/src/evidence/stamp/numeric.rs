//! Stamps of numbers that do not begin with the year: `28.02.2017 18:39:51`,
//! `1/31/2023 2:45:58 PM`, `2/28/17 18:39:51:123 CET`, `14/03/2024 13:22:41`, `06:44:14 UTC 08/31/2021`, `18:29:26:041`,
//! `07-12 22:06:40.123`, and the prefix of klog and glog: `E0722 11:41:09.420668`,
//! `I20240722 11:41:09.420668`.

use crate::time::Cursor;
use crate::time::Date;
use crate::time::Span;

use super::named::full_year;
use super::shape::{Clock, Reading};
use super::shape::{Day, Stamp, UNSTATED_YEAR};
use super::{time_of_day, zone};

pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    match cursor.rest() {
        [_, _, b':', ..] => read_time_first(cursor),
        _ => cursor.attempt(read_date_first).or_else(|| read_without_year(cursor)),
    }
}

/// A date of three numbers, of which either of the first two may be the month.
#[derive(Clone, Copy)]
struct Numbers {
    first: u8,
    second: u8,
    year: i32,
    separator: u8,
}

fn read_date_first(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let numbers = read_numbers(cursor)?;
    let reading = time_of_day::read_after_date(cursor)?;
    let zone = cursor.attempt(zone::read);
    Some(Stamp::new(order(numbers, reading.clock)?, reading, zone))
}

fn read_numbers(cursor: &mut Cursor<'_>) -> Option<Numbers> {
    let first = cursor.short_number()?;
    let separator = cursor.eat_one_of(b"./-")?;
    let second = cursor.short_number()?;
    cursor.eat(separator)?;
    // Two digits may be a year only if neither of the other numbers can be one.
    let certain = separator == b'.' || (separator == b'/' && first <= 12 && second > 12);
    let short =
        |ahead: &mut Cursor<'_>| ahead.two_digits().filter(|_| certain && !ahead.at_digit());
    let year = match cursor.attempt(short) {
        Some(year) => full_year(year.into()),
        None => i32::try_from(cursor.number(4, 4)?).ok()?,
    };
    Some(Numbers { first, second, year, separator })
}

// Points are European, and `AM` in capitals is American. English outside America writes `am`.
fn order(numbers: Numbers, clock: Clock) -> Option<Day> {
    let Numbers { first, second, year, separator } = numbers;
    let month_first = Date::new(year, first, second).filter(|_| separator != b'.');
    let day_first = Date::new(year, second, first);
    match (month_first, day_first) {
        (Some(date), _) if clock == Clock::CapitalHalves => Some(Day::Stated(date)),
        (Some(month_first), Some(day_first)) if month_first != day_first => {
            Some(Day::Either { month_first, day_first })
        }
        (Some(date), _) | (None, Some(date)) => Some(Day::Stated(date)),
        (None, None) => None,
    }
}

fn read_time_first(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let reading = time_of_day::read(cursor)?;
    let dated = cursor.attempt(|ahead| read_trailing_date(ahead, reading));
    let bare = || reading.has_seconds().then(|| Stamp::new(Day::Unstated, reading, None));
    dated.or_else(bare)
}

// Go programs print `15:04:05 MST 01/02/2006`, with the month first. The zone identifies the form.
fn read_trailing_date(cursor: &mut Cursor<'_>, reading: Reading) -> Option<Stamp> {
    let zone = cursor.attempt(zone::read);
    cursor.eat(b' ')?;
    let numbers = read_numbers(cursor)?;
    let american = Date::new(numbers.year, numbers.first, numbers.second)
        .filter(|_| zone.is_some() && numbers.separator == b'/');
    let day = american.map(Day::Stated).or_else(|| order(numbers, reading.clock))?;
    Some(Stamp::new(day, reading, zone))
}

// Android's logcat. The fraction distinguishes it from a pair of numbers before a time.
fn read_without_year(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let month = cursor.two_digits()?;
    cursor.eat(b'-')?;
    let day = cursor.two_digits()?;
    cursor.eat(b' ')?;
    let reading = time_of_day::read(cursor)?;
    let date = Date::new(UNSTATED_YEAR, month, day)?;
    (reading.resolution < Span::from_secs(1)).then(|| Stamp::new(Day::NoYear(date), reading, None))
}

/// Reads severity, day and time as printed by klog and glog. Both libraries always print
/// microseconds, which distinguish their prefix from a part number before a time.
pub(super) fn read_klog(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    cursor.eat_one_of(b"IWEFD")?;
    let day = cursor
        .attempt(read_klog_date)
        .or_else(|| read_klog_day(cursor, UNSTATED_YEAR).map(Day::NoYear))?;
    cursor.eat(b' ')?;
    let reading = time_of_day::read(cursor)?;
    (reading.resolution == Span::from_micros(1)).then(|| Stamp::new(day, reading, None))
}

fn read_klog_date(cursor: &mut Cursor<'_>) -> Option<Day> {
    let year = i32::try_from(cursor.digits(4)?).ok()?;
    read_klog_day(cursor, year).map(Day::Stated)
}

fn read_klog_day(cursor: &mut Cursor<'_>, year: i32) -> Option<Date> {
    Date::new(year, cursor.two_digits()?, cursor.two_digits()?)
}
