//! The parts of stamps in Korean locales: `2017. 2. 28. 오후 6:39:51`,
//! `2017년 02월 28일 (화) 오후 06시 39분 51초`, `2017년  2월 28일 화요일 18:39:51`.

use crate::time::Cursor;
use crate::time::Date;

use super::reading::{Clock, Half, Numbers};

/// Returns `true` if a year is followed by a date that [`read_date`] reads.
pub(super) fn date_follows(cursor: Cursor<'_>) -> bool {
    let rest = cursor.rest();
    rest.starts_with(b". ") || rest.starts_with("년".as_bytes())
}

/// Reads the rest of a date, and its weekday.
pub(super) fn read_date(cursor: &mut Cursor<'_>, year: i32) -> Option<Date> {
    read_unit(cursor, "년")?;
    let month = cursor.short_number()?;
    read_unit(cursor, "월")?;
    let day = cursor.short_number()?;
    read_unit(cursor, "일")?;
    cursor.attempt(read_weekday);
    Date::new(year, month, day)
}

// The name of the unit, or the point that replaces it.
fn read_unit(cursor: &mut Cursor<'_>, name: &str) -> Option<()> {
    cursor.attempt(|ahead| ahead.eat_all(name.as_bytes())).or_else(|| cursor.eat(b'.'))?;
    cursor.spaces();
    Some(())
}

// `(화)` or `화요일`.
fn read_weekday(cursor: &mut Cursor<'_>) -> Option<()> {
    let bracket = cursor.attempt(|ahead| ahead.eat(b'('));
    let initials = ["월", "화", "수", "목", "금", "토", "일"];
    initials
        .iter()
        .find_map(|initial| cursor.attempt(|ahead| ahead.eat_all(initial.as_bytes())))?;
    cursor.attempt(|ahead| ahead.eat_all("요일".as_bytes()));
    if bracket.is_some() {
        cursor.eat(b')')?;
    }
    cursor.spaces();
    Some(())
}

/// Reads the half of the day, which precedes the time.
pub(super) fn read_half(cursor: &mut Cursor<'_>) -> Option<Half> {
    let morning = cursor.attempt(|ahead| ahead.eat_all("오전".as_bytes()));
    let begins = match morning {
        Some(()) => 0,
        None => cursor.eat_all("오후".as_bytes()).map(|()| 12)?,
    };
    cursor.spaces();
    Some(Half { begins, clock: Clock::SmallHalves })
}

/// Reads `6시 39분 51초`.
pub(super) fn read_numbers(cursor: &mut Cursor<'_>) -> Option<Numbers> {
    let hour = read_number(cursor, "시")?;
    let minute = read_number(cursor, "분")?;
    let second = cursor.attempt(|ahead| read_number(ahead, "초"));
    Some(Numbers { hour, minute, second })
}

fn read_number(cursor: &mut Cursor<'_>, unit: &str) -> Option<u8> {
    cursor.spaces();
    let number = cursor.short_number()?;
    cursor.eat_all(unit.as_bytes())?;
    Some(number)
}
