//! The proleptic Gregorian calendar: a date, a time of day, and the instant that they name in UTC.
//!
//! All functions use integers only and are total: every [`UnixTime`] has a date, and a date beyond
//! the range of [`UnixTime`] saturates.

use core::fmt;

use super::unix_time::{Span, UnixTime};

const SECS_PER_MINUTE: i64 = 60;
const SECS_PER_HOUR: i64 = 3_600;
const SECS_PER_DAY: i64 = 86_400;
// The calendar repeats every 400 years, which hold 97 leap days.
const YEARS_PER_CYCLE: i64 = 400;
const DAYS_PER_CYCLE: i64 = 400 * 365 + 97;
// Days from 0000-03-01, where the years below begin, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// A day that exists in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// 1 January 1970.
    pub(crate) const EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// Returns the day, or `None` if the calendar has no such day.
    pub(crate) const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if day >= 1 && day <= days_in(year, month) { Some(Self { year, month, day }) } else { None }
    }

    pub(crate) const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub(crate) const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub(crate) const fn day(self) -> u8 {
        self.day
    }

    /// The day of the week, 1 (Monday) to 7 (Sunday), as in ISO 8601.
    pub(crate) fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        narrow(self.days_since_1970().saturating_add(3).rem_euclid(7)).saturating_add(1)
    }

    /// Returns the day `days` later, or earlier if negative.
    pub(crate) fn plus_days(self, days: i64) -> Self {
        Self::from_days_since_1970(self.days_since_1970().saturating_add(days))
    }

    // Years are counted from March, so that the leap day is the last day of its year. The months
    // before month m then hold (153 m + 2) / 5 days, because 31, 30, 31, 30, 31 repeats.
    fn days_since_1970(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let month_from_march = (month + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leap_days + day_of_year - DAYS_TO_1970
    }

    fn from_days_since_1970(days: i64) -> Self {
        let days = days.saturating_add(DAYS_TO_1970);
        let (cycle, day) = (days.div_euclid(DAYS_PER_CYCLE), days.rem_euclid(DAYS_PER_CYCLE));
        // Without the leap days before `day`, every year has 365 days.
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (year * 365 + year / 4 - year / 100);
        let month_from_march = (day_of_year * 5 + 2) / 153;
        let month = (month_from_march + 2) % 12 + 1;
        let year = cycle * YEARS_PER_CYCLE + year + i64::from(month <= 2);
        Self {
            // UnixTime ends 292,000 years before and after 1970.
            year: i32::try_from(year).unwrap_or(i32::MAX),
            month: narrow(month),
            day: narrow(day_of_year - (153 * month_from_march + 2) / 5 + 1),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of day. Second 60 is a leap second; without leap seconds it is the first second of the
/// next minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
}

impl TimeOfDay {
    pub(crate) const MIDNIGHT: Self = Self { hour: 0, minute: 0, second: 0 };

    /// Returns the time, or `None` if no day has it.
    pub(crate) const fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        if hour < 24 && minute < 60 && second <= 60 {
            Some(Self { hour, minute, second })
        } else {
            None
        }
    }

    pub(crate) fn since_midnight(self) -> Span {
        let minutes = i64::from(self.hour) * 60 + i64::from(self.minute);
        Span::from_secs(minutes * SECS_PER_MINUTE + i64::from(self.second))
    }

    fn from_secs_since_midnight(secs: i64) -> Self {
        Self {
            hour: narrow(secs / SECS_PER_HOUR),
            minute: narrow(secs % SECS_PER_HOUR / SECS_PER_MINUTE),
            second: narrow(secs % SECS_PER_MINUTE),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

/// A date and time as shown by a calendar and a wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Civil {
    pub(crate) date: Date,
    pub(crate) time: TimeOfDay,
}

impl Civil {
    /// Returns the instant at which a clock in UTC shows this date and time.
    pub(crate) fn as_utc(self) -> UnixTime {
        let secs = self.date.days_since_1970() * SECS_PER_DAY;
        UnixTime::from_secs(secs) + self.time.since_midnight()
    }

    /// Returns what a clock in UTC shows at `at`, truncated to whole seconds.
    pub(crate) fn of_utc(at: UnixTime) -> Self {
        let secs = at.floor_secs();
        Self {
            date: Date::from_days_since_1970(secs.div_euclid(SECS_PER_DAY)),
            time: TimeOfDay::from_secs_since_midnight(secs.rem_euclid(SECS_PER_DAY)),
        }
    }
}

impl fmt::Display for Civil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.time)
    }
}

const fn days_in(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

// Callers pass remainders that fit, so the fallback is never taken.
fn narrow(small: i64) -> u8 {
    u8::try_from(small).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::string::ToString;

    use super::*;

    // Seconds from `date -u -d … +%s`.
    const INSTANTS: &[(&str, i64, u8)] = &[
        ("1970-01-01 00:00:00", 0, 4),
        ("1969-12-31 23:59:59", -1, 3),
        ("1900-01-01 00:00:00", -2_208_988_800, 1),
        ("2000-02-29 12:00:00", 951_825_600, 2),
        ("2017-02-28 18:39:51", 1_488_307_191, 2),
        ("2038-01-19 03:14:08", 2_147_483_648, 2),
        ("9999-12-31 23:59:59", 253_402_300_799, 5),
        ("0000-03-01 00:00:00", -62_162_035_200, 3),
        ("-001-12-31 00:00:00", -62_167_305_600, 5),
    ];

    #[test]
    fn dates_agree_with_gnu_date() {
        for &(text, secs, weekday) in INSTANTS {
            let civil = Civil::of_utc(UnixTime::from_secs(secs));
            assert_eq!(civil.to_string(), text, "{secs}");
            assert_eq!(civil.as_utc(), UnixTime::from_secs(secs), "{text}");
            assert_eq!(civil.date.weekday(), weekday, "{text}");
        }
    }

    #[test]
    fn rejects_days_that_do_not_exist() {
        const ROWS: &[(i32, u8, u8, bool)] = &[
            (2024, 2, 29, true),
            (2023, 2, 29, false),
            (1900, 2, 29, false),
            (2000, 2, 29, true),
            (2024, 2, 30, false),
            (2024, 4, 31, false),
            (2024, 0, 1, false),
            (2024, 13, 1, false),
            (2024, 1, 0, false),
            (2024, 1, 32, false),
        ];
        for &(year, month, day, exists) in ROWS {
            let found = Date::new(year, month, day).is_some();
            assert_eq!(found, exists, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn rejects_times_that_do_not_exist() {
        const ROWS: &[(u8, u8, u8, bool)] = &[
            (23, 59, 59, true),
            (23, 59, 60, true),
            (24, 0, 0, false),
            (0, 60, 0, false),
            (0, 0, 61, false),
        ];
        for &(hour, minute, second, exists) in ROWS {
            let found = TimeOfDay::new(hour, minute, second).is_some();
            assert_eq!(found, exists, "{hour}:{minute}:{second}");
        }
    }

    #[test]
    fn leap_second_is_the_first_second_of_the_next_minute() {
        let date = Date::new(2016, 12, 31).unwrap();
        let time = TimeOfDay::new(23, 59, 60).unwrap();
        assert_eq!(Civil { date, time }.as_utc(), UnixTime::from_secs(1_483_228_800));
    }

    #[test]
    fn years_beyond_the_range_saturate() {
        let (first, last) = (Date::new(i32::MIN, 1, 1), Date::new(i32::MAX, 12, 31));
        for (date, limit) in [(first, UnixTime::MIN), (last, UnixTime::MAX)] {
            let civil = Civil { date: date.unwrap(), time: TimeOfDay::MIDNIGHT };
            assert_eq!(civil.as_utc(), limit, "{civil}");
        }
    }

    proptest! {
        #[test]
        fn instant_to_date_and_back_is_the_same_second(micros: i64) {
            let at = UnixTime::from_micros(micros);
            let civil = Civil::of_utc(at);
            prop_assert!(Date::new(civil.date.year, civil.date.month, civil.date.day).is_some());
            prop_assert_eq!(civil.as_utc(), UnixTime::from_secs(at.floor_secs()));
        }

        #[test]
        fn dates_keep_the_order_of_instants(one: i64, other: i64) {
            let [one, other] = [one, other].map(UnixTime::from_micros);
            if one <= other {
                prop_assert!(Civil::of_utc(one) <= Civil::of_utc(other));
            }
        }
    }
}
