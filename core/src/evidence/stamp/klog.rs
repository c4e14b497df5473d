//! The prefix of klog and glog: `E0722 11:41:09.420668`, `I20240722 11:41:09.420668`.

use crate::time::Cursor;
use crate::time::Date;
use crate::time::Span;

use super::{Day, Stamp, UNSTATED_YEAR, time_of_day};

/// Reads severity, day and time. Both libraries always print microseconds, which tells their
/// prefix from a part number before a time.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    cursor.eat_one_of(b"IWEFD")?;
    let day = cursor
        .attempt(read_full_day)
        .or_else(|| read_day(cursor, UNSTATED_YEAR).map(Day::NoYear))?;
    cursor.eat(b' ')?;
    let reading = time_of_day::read(cursor)?;
    (reading.resolution == Span::from_micros(1)).then(|| Stamp::new(day, reading, None))
}

fn read_full_day(cursor: &mut Cursor<'_>) -> Option<Day> {
    let year = i32::try_from(cursor.digits(4)?).ok()?;
    read_day(cursor, year).map(Day::Stated)
}

fn read_day(cursor: &mut Cursor<'_>, year: i32) -> Option<Date> {
    Date::new(year, cursor.two_digits()?, cursor.two_digits()?)
}
