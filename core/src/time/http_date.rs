//! HTTP-date (RFC 9110 §5.6.7): reads all three forms and prints the preferred one.
//!
//! The parser is strict, because a server that prints anything else is not a reliable source of
//! time: exact case, single spaces, two digits, `GMT`. The weekday must be a valid name but is not
//! checked against the date.

mod error;

use core::fmt;

use super::civil::{Civil, Date, TimeOfDay};
use super::cursor::Cursor;
use super::unix_time::UnixTime;

pub use self::error::HttpDateError;

const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A whole second in the years 0 to 9999, the format of the header fields `Date`, `Expires` and
/// `Last-Modified`.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::HttpDate;
/// let date = HttpDate::parse(b"Fri, 03 Mar 2017 04:29:05 GMT")?;
/// assert_eq!(date.at(), UnixTime::from_secs(1_488_515_345));
/// assert_eq!(date.to_string(), "Fri, 03 Mar 2017 04:29:05 GMT");
/// let error = HttpDate::parse(b"Fri, 03 Mar 2017 04:29:05 UTC").unwrap_err();
/// assert_eq!(error.to_string(), "expected `GMT` at byte 26, but found `U`");
/// # Ok::<(), jwtick_core::time::HttpDateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpDate(UnixTime);

impl HttpDate {
    /// Returns the second that contains `at`, or `None` outside the years 0 to 9999, which have no
    /// text form.
    #[must_use]
    pub fn new(at: UnixTime) -> Option<Self> {
        let year = Civil::of_utc(at).date.year();
        (0..=9_999).contains(&year).then(|| Self(UnixTime::from_secs(at.floor_secs())))
    }

    /// Parses any of the three forms. Two-digit years of the obsolete form are read as of 2026, so
    /// 75 is 2075 and 77 is 1977.
    ///
    /// # Errors
    /// The errors of [`HttpDate::parse_as_of`].
    pub fn parse(text: &[u8]) -> Result<Self, HttpDateError> {
        Self::parse_as_of(text, UnixTime::FIRST_RELEASE)
    }

    /// Parses any of the three forms. A two-digit year is the latest one that is at most 50 years
    /// after `now` (RFC 9110 §5.6.7).
    ///
    /// # Errors
    /// - [`HttpDateError::Unexpected`] if the text has none of the three forms.
    /// - [`HttpDateError::NoSuchDate`] for a day that is not in the calendar.
    /// - [`HttpDateError::NoSuchTime`] for a time that does not exist.
    /// - [`HttpDateError::BeyondYears`] if the instant is outside the years 0 to 9999.
    pub fn parse_as_of(text: &[u8], now: UnixTime) -> Result<Self, HttpDateError> {
        let mut reader = Reader::new(text);
        let form = reader.form()?;
        let parts = match form {
            Form::ImfFixdate => reader.imf_fixdate()?,
            Form::Rfc850 => reader.rfc850_date(now)?,
            Form::Asctime => reader.asctime_date()?,
        };
        reader.end()?;
        parts.date()
    }

    /// The instant at which the second starts.
    #[must_use]
    pub const fn at(self) -> UnixTime {
        self.0
    }
}

/// Prints the preferred form, IMF-fixdate.
impl fmt::Display for HttpDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { date, time } = Civil::of_utc(self.0);
        let (weekday, _) = nth(&WEEKDAYS, date.weekday()).unwrap_or_default();
        let month = nth(&MONTHS, date.month()).unwrap_or_default();
        write!(f, "{weekday}, {:02} {month} {:04} {time} GMT", date.day(), date.year())
    }
}

#[derive(Clone, Copy)]
enum Form {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    ImfFixdate,
    /// `Sunday, 06-Nov-94 08:49:37 GMT`
    Rfc850,
    /// `Sun Nov  6 08:49:37 1994`
    Asctime,
}

/// The numbers as written in the text.
#[derive(Clone, Copy)]
struct Parts {
    year: i32,
    month: u8,
    day: u8,
    time: TimeOfDay,
}

impl Parts {
    fn date(self) -> Result<HttpDate, HttpDateError> {
        let Self { year, month, day, time } = self;
        let no_such_date = HttpDateError::NoSuchDate { year, month, day };
        let date = Date::new(year, month, day).ok_or(no_such_date)?;
        HttpDate::new(Civil { date, time }.as_utc()).ok_or(HttpDateError::BeyondYears)
    }

    // Moves `year`, of which only the last two digits are known, to the latest year allowed.
    fn no_more_than_50_years_after(self, now: UnixTime) -> Self {
        let Civil { date, time } = Civil::of_utc(now);
        let last_year = date.year().saturating_add(50);
        let year = last_year.saturating_sub(last_year.saturating_sub(self.year).rem_euclid(100));
        let last = (last_year, date.month(), date.day(), time);
        if (year, self.month, self.day, self.time) > last {
            Self { year: year.saturating_sub(100), ..self }
        } else {
            Self { year, ..self }
        }
    }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    length: usize,
}

impl<'a> Reader<'a> {
    const fn new(text: &'a [u8]) -> Self {
        Self { cursor: Cursor::new(text), length: text.len() }
    }

    // The weekday's name and the byte after it identify the form.
    fn form(&mut self) -> Result<Form, HttpDateError> {
        self.expect("a weekday's name", |cursor| {
            let name = cursor.take_while(|byte| byte.is_ascii_alphabetic());
            let is_short = WEEKDAYS.iter().any(|(short, _)| name == short.as_bytes());
            let is_long = WEEKDAYS.iter().any(|(_, long)| name == long.as_bytes());
            match (is_short, is_long, cursor.peek()) {
                (true, _, Some(b',')) => Some(Form::ImfFixdate),
                (true, ..) => Some(Form::Asctime),
                (_, true, _) => Some(Form::Rfc850),
                _ => None,
            }
        })
    }

    fn imf_fixdate(&mut self) -> Result<Parts, HttpDateError> {
        self.literal(", ", "a comma and a space")?;
        let day = self.two_digits("a day of two digits")?;
        self.literal(" ", "a space")?;
        let month = self.month()?;
        self.literal(" ", "a space")?;
        let year = self.year()?;
        let time = self.time_in_gmt()?;
        Ok(Parts { year, month, day, time })
    }

    fn rfc850_date(&mut self, now: UnixTime) -> Result<Parts, HttpDateError> {
        self.literal(", ", "a comma and a space")?;
        let day = self.two_digits("a day of two digits")?;
        self.literal("-", "a hyphen")?;
        let month = self.month()?;
        self.literal("-", "a hyphen")?;
        let year = self.two_digits("a year of two digits")?.into();
        let time = self.time_in_gmt()?;
        Ok(Parts { year, month, day, time }.no_more_than_50_years_after(now))
    }

    fn asctime_date(&mut self) -> Result<Parts, HttpDateError> {
        self.literal(" ", "a space")?;
        let month = self.month()?;
        self.literal(" ", "a space")?;
        let day = self.padded_day()?;
        self.literal(" ", "a space")?;
        let time = self.time()?;
        self.literal(" ", "a space")?;
        let year = self.year()?;
        Ok(Parts { year, month, day, time })
    }

    fn time_in_gmt(&mut self) -> Result<TimeOfDay, HttpDateError> {
        self.literal(" ", "a space")?;
        let time = self.time()?;
        self.literal(" ", "a space")?;
        self.literal("GMT", "`GMT`")?;
        Ok(time)
    }

    fn time(&mut self) -> Result<TimeOfDay, HttpDateError> {
        let hour = self.two_digits("an hour of two digits")?;
        self.literal(":", "a colon")?;
        let minute = self.two_digits("a minute of two digits")?;
        self.literal(":", "a colon")?;
        let second = self.two_digits("a second of two digits")?;
        let no_such_time = HttpDateError::NoSuchTime { hour, minute, second };
        TimeOfDay::new(hour, minute, second).ok_or(no_such_time)
    }

    fn month(&mut self) -> Result<u8, HttpDateError> {
        self.expect("a month's name of three letters", |cursor| {
            let name = cursor.take(3)?;
            let index = MONTHS.iter().position(|month| name == month.as_bytes())?;
            u8::try_from(index).ok()?.checked_add(1)
        })
    }

    fn year(&mut self) -> Result<i32, HttpDateError> {
        self.expect("a year of four digits", |cursor| i32::try_from(cursor.digits(4)?).ok())
    }

    fn padded_day(&mut self) -> Result<u8, HttpDateError> {
        self.expect("a day of two digits, or a space and one", |cursor| {
            let padded = cursor.attempt(|ahead| ahead.eat(b' ')).is_some();
            let day = cursor.digits(if padded { 1 } else { 2 })?;
            u8::try_from(day).ok()
        })
    }

    fn two_digits(&mut self, expected: &'static str) -> Result<u8, HttpDateError> {
        self.expect(expected, Cursor::two_digits)
    }

    fn literal(&mut self, text: &str, expected: &'static str) -> Result<(), HttpDateError> {
        self.expect(expected, |cursor| cursor.eat_all(text.as_bytes()))
    }

    fn end(&mut self) -> Result<(), HttpDateError> {
        self.expect("the end", |cursor| cursor.peek().is_none().then_some(()))
    }

    fn expect<T>(
        &mut self,
        expected: &'static str,
        step: impl FnOnce(&mut Cursor<'a>) -> Option<T>,
    ) -> Result<T, HttpDateError> {
        let at = self.length.saturating_sub(self.cursor.len());
        let found = self.cursor.peek();
        self.cursor.attempt(step).ok_or(HttpDateError::Unexpected { expected, at, found })
    }
}

// Months and weekdays count from one.
fn nth<T: Copy>(names: &[T], number: u8) -> Option<T> {
    names.get(usize::from(number.checked_sub(1)?)).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::string::ToString;
    use std::vec::Vec;

    use super::*;

    // Seconds from `date -u -d … +%s`; the first three are the examples of the RFC.
    const READ: &[(&str, i64)] = &[
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Wed Nov 16 08:49:37 1994", 784_975_777),
        ("Fri, 03 Mar 2017 04:29:05 GMT", 1_488_515_345),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        // the weekday is not checked
        ("Mon, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        // two-digit years as of 2026
        ("Wednesday, 01-Jan-75 00:00:00 GMT", 3_313_526_400),
        ("Saturday, 01-Jan-77 00:00:00 GMT", 220_924_800),
    ];

    #[test]
    fn accepts_all_three_forms() {
        for &(text, secs) in READ {
            let date = HttpDate::parse(text.as_bytes()).map(HttpDate::at);
            assert_eq!(date, Ok(UnixTime::from_secs(secs)), "{text}");
        }
    }

    #[test]
    fn two_digit_years_are_at_most_fifty_years_ahead() {
        const ROWS: &[(&str, &str, i32)] = &[
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", 1994),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-44 08:49:37 GMT", 2044),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-44 08:49:38 GMT", 1944),
            ("Thu, 01 Jan 1970 00:00:00 GMT", "Sunday, 06-Nov-19 08:49:37 GMT", 2019),
            ("Thu, 01 Jan 1970 00:00:00 GMT", "Sunday, 06-Nov-20 08:49:37 GMT", 1920),
            ("Wed, 01 Jan 2070 00:00:00 GMT", "Sunday, 06-Nov-19 08:49:37 GMT", 2119),
        ];
        for &(now, text, year) in ROWS {
            let now = HttpDate::parse(now.as_bytes()).expect(now).at();
            let date = HttpDate::parse_as_of(text.as_bytes(), now).expect(text);
            assert_eq!(Civil::of_utc(date.at()).date.year(), year, "{text} as of {now:?}");
        }
    }

    const REFUSED: &[(&str, &str)] = &[
        ("", "expected a weekday's name at byte 0, but found the end of the text"),
        ("sun, 06 Nov 1994 08:49:37 GMT", "expected a weekday's name at byte 0, but found `s`"),
        ("Sunda, 06 Nov 1994 08:49:37 GMT", "expected a weekday's name at byte 0, but found `S`"),
        (" Sun, 06 Nov 1994 08:49:37 GMT", "expected a weekday's name at byte 0, but found ` `"),
        ("06 Nov 1994 08:49:37 GMT", "expected a weekday's name at byte 0, but found `0`"),
        ("Sun,06 Nov 1994 08:49:37 GMT", "expected a comma and a space at byte 3, but found `,`"),
        ("Sun, 6 Nov 1994 08:49:37 GMT", "expected a day of two digits at byte 5, but found `6`"),
        (
            "Sun, 06 nov 1994 08:49:37 GMT",
            "expected a month's name of three letters at byte 8, but found `n`",
        ),
        ("Sun, 06 Nov 94 08:49:37 GMT", "expected a year of four digits at byte 12, but found `9`"),
        (
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "expected an hour of two digits at byte 17, but found `8`",
        ),
        ("Sun, 06 Nov 1994 08:49 GMT", "expected a colon at byte 22, but found ` `"),
        ("Sun, 06 Nov 1994 08:49:37", "expected a space at byte 25, but found the end of the text"),
        ("Sun, 06 Nov 1994 08:49:37 UTC", "expected `GMT` at byte 26, but found `U`"),
        ("Sun, 06 Nov 1994 08:49:37 GMT ", "expected the end at byte 29, but found ` `"),
        ("Sun, 06 Nov 1994 08:49:37 GMT\0", "expected the end at byte 29, but found `\\x00`"),
        ("Sunday, 06-Nov-1994 08:49:37 GMT", "expected a space at byte 17, but found `9`"),
        (
            "Sun Nov 6 08:49:37 1994",
            "expected a day of two digits, or a space and one at byte 8, but found `6`",
        ),
        ("Sun Nov  6 08:49:37 1994 GMT", "expected the end at byte 24, but found ` `"),
        ("Thu, 30 Feb 2024 00:00:00 GMT", "the date 2024-02-30 does not exist"),
        ("Thu, 00 Feb 2024 00:00:00 GMT", "the date 2024-02-00 does not exist"),
        ("Thu, 01 Feb 2024 24:00:00 GMT", "expected a time up to 23:59:60, but found 24:00:00"),
        ("Thu, 01 Feb 2024 00:00:61 GMT", "expected a time up to 23:59:60, but found 00:00:61"),
        ("Fri, 31 Dec 9999 23:59:60 GMT", "the instant is outside the years 0 to 9999"),
    ];

    #[test]
    fn error_states_expected_and_found() {
        for &(text, message) in REFUSED {
            let error = HttpDate::parse(text.as_bytes()).expect_err(text);
            assert_eq!(error.to_string(), message, "{text}");
        }
    }

    #[test]
    fn years_outside_0_to_9999_have_no_http_date() {
        const ROWS: &[(i64, bool)] = &[
            (-62_167_219_200, true),
            (-62_167_219_201, false),
            (253_402_300_799, true),
            (253_402_300_800, false),
            (i64::MAX, false),
            (i64::MIN, false),
        ];
        for &(secs, exists) in ROWS {
            assert_eq!(HttpDate::new(UnixTime::from_secs(secs)).is_some(), exists, "{secs}");
        }
    }

    proptest! {
        #[test]
        fn printed_date_parses_to_the_same_second(micros in -62_167_219_200_000_000_i64..253_402_300_800_000_000) {
            let date = HttpDate::new(UnixTime::from_micros(micros)).unwrap();
            prop_assert_eq!(HttpDate::parse(date.to_string().as_bytes()), Ok(date));
        }

        #[test]
        fn parsed_date_survives_printing(
            text in "(Sun|Sunday),? (0[1-9]|[ 1-3][0-9]|Nov)[ -](Nov|[ 0-9][0-9])[ -]([0-9]{2}|[0-9]{4}|[0-2][0-9]:[0-5][0-9]:[0-6][0-9]) ([0-2][0-9]:[0-5][0-9]:[0-6][0-9] GMT|[0-9]{4})",
            now: i64,
        ) {
            if let Ok(date) = HttpDate::parse_as_of(text.as_bytes(), UnixTime::from_micros(now)) {
                prop_assert_eq!(HttpDate::parse(date.to_string().as_bytes()), Ok(date));
            }
        }

        #[test]
        fn any_bytes_parse_without_panic(text: Vec<u8>, now: i64) {
            let _ = HttpDate::parse_as_of(&text, UnixTime::from_micros(now));
        }
    }
}
