//! The parts of stamps in Korean, Japanese and Chinese locales: `2017. 2. 28. 오후 6:39:51`,
//! `2017년 02월 28일 (화) 오후 06시 39분 51초`, `2017년  2월 28일 화요일 18:39:51`,
//! `2017年02月28日 18時39分51秒`, `2017年 02月 28日 星期二 下午6:39:51`.

use crate::time::Cursor;
use crate::time::Date;

use super::shape::{Clock, Half, Numbers};

/// The names of a unit in Korean, and in Japanese and Chinese.
type Unit = [&'static str; 3];

const YEAR: Unit = ["년", "年", "年"];
const MONTH: Unit = ["월", "月", "月"];
const DAY: Unit = ["일", "日", "日"];
const HOUR: Unit = ["시", "時", "时"];
const MINUTE: Unit = ["분", "分", "分"];
const SECOND: Unit = ["초", "秒", "秒"];

/// Returns `true` if a year is followed by a date that [`read_date`] reads.
pub(super) fn date_follows(cursor: Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let is_name = |byte: &u8| !byte.is_ascii();
    rest.starts_with(b". ")
        || rest.first().is_some_and(is_name)
            && YEAR.iter().any(|name| rest.starts_with(name.as_bytes()))
}

/// Reads the rest of a date, and its weekday.
pub(super) fn read_date(cursor: &mut Cursor<'_>, year: i32) -> Option<Date> {
    read_unit(cursor, YEAR)?;
    let month = cursor.short_number()?;
    read_unit(cursor, MONTH)?;
    let day = cursor.short_number()?;
    read_unit(cursor, DAY)?;
    cursor.attempt(read_weekday);
    Date::new(year, month, day)
}

// The name of the unit, or the point that replaces it.
fn read_unit(cursor: &mut Cursor<'_>, unit: Unit) -> Option<()> {
    eat_any(cursor, &unit).or_else(|| cursor.eat(b'.'))?;
    cursor.spaces();
    Some(())
}

fn eat_any(cursor: &mut Cursor<'_>, words: &[&str]) -> Option<()> {
    words.iter().find_map(|word| cursor.attempt(|ahead| ahead.eat_all(word.as_bytes())))
}

// `(화)`, `화요일`, `火曜日`, `星期二`, `周二`.
fn read_weekday(cursor: &mut Cursor<'_>) -> Option<()> {
    let bracket = cursor.attempt(|ahead| ahead.eat(b'('));
    let chinese = eat_any(cursor, &["星期", "周", "週"]);
    let initials: &[&str] = match chinese {
        Some(()) => &["一", "二", "三", "四", "五", "六", "日", "天"],
        None => {
            &["월", "화", "수", "목", "금", "토", "일", "月", "火", "水", "木", "金", "土", "日"]
        }
    };
    eat_any(cursor, initials)?;
    eat_any(cursor, &["요일", "曜日"]);
    if bracket.is_some() {
        cursor.eat(b')')?;
    }
    cursor.spaces();
    Some(())
}

/// Reads the half of the day, which precedes the time.
pub(super) fn read_half(cursor: &mut Cursor<'_>) -> Option<Half> {
    let morning = eat_any(cursor, &["오전", "午前", "上午"]);
    let begins = match morning {
        Some(()) => 0,
        None => eat_any(cursor, &["오후", "午後", "下午"]).map(|()| 12)?,
    };
    cursor.spaces();
    Some(Half { begins, clock: Clock::SmallHalves })
}

/// Reads `6시 39분 51초`.
pub(super) fn read_numbers(cursor: &mut Cursor<'_>) -> Option<Numbers> {
    let hour = read_number(cursor, HOUR)?;
    let minute = read_number(cursor, MINUTE)?;
    let second = cursor.attempt(|ahead| read_number(ahead, SECOND));
    Some(Numbers { hour, minute, second })
}

fn read_number(cursor: &mut Cursor<'_>, unit: Unit) -> Option<u8> {
    cursor.spaces();
    let number = cursor.short_number()?;
    eat_any(cursor, &unit)?;
    Some(number)
}
