//! HTTP-dates: a printed date is read as the same date, and `httpdate` agrees if it accepts the
//! text.

use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_core::time::{HttpDate, HttpDateError};
use jwtick_core::{Span, UnixTime};

/// 0000-01-01 and 9999-12-31T23:59:59Z.
const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

/// The last second of 2019. `httpdate` always takes 70 for 1970 and 69 for 2069.
const AS_OF: UnixTime = UnixTime::from_secs(1_577_836_799);

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The input is a date. Its first eight bytes are also an instant.
pub fn http_date(input: &[u8]) {
    match HttpDate::parse_as_of(input, AS_OF) {
        Ok(date) => {
            assert_prints(date);
            assert_peer_agrees(date, input);
        }
        Err(error) => {
            assert_shown(error, input);
            assert_peer_refuses(error, input);
        }
    }
    if let Some(micros) = input.first_chunk() {
        let at = i64::from_be_bytes(*micros);
        assert_any_instant(UnixTime::from_micros(at));
        // Few of all 64-bit values are in the years that have a form.
        assert_any_instant(UnixTime::from_micros(at / 64));
        assert_near(input, UnixTime::from_micros(at / 64));
    }
}

/// Asserts that all three forms of a date are read as that date.
fn assert_prints(date: HttpDate) {
    let printed = date.to_string();
    assert_eq!(HttpDate::parse(printed.as_bytes()), Ok(date), "{printed}");
    let [_, rfc850, asctime] = forms(&printed);
    assert_eq!(HttpDate::parse(asctime.as_bytes()), Ok(date), "{asctime}");
    let as_of = HttpDate::parse_as_of(rfc850.as_bytes(), date.at());
    assert_eq!(as_of, Ok(date), "{rfc850}");
    if date.at() >= UnixTime::EPOCH {
        assert_eq!(httpdate::parse_http_date(&printed).ok(), Some(system(date)), "{printed}");
        assert_eq!(httpdate::fmt_http_date(system(date)), printed);
    }
}

/// The three forms of RFC 9110 §5.6.7, derived from the first.
fn forms(imf_fixdate: &str) -> [String; 3] {
    let part = |range| imf_fixdate.get(range).unwrap_or_default();
    let (weekday, day, month) = (part(0..3), part(5..7), part(8..11));
    let (year, short_year, time) = (part(12..16), part(14..16), part(17..25));
    let long = WEEKDAYS.iter().find(|name| name.starts_with(weekday)).copied().unwrap_or_default();
    let padded = day.strip_prefix('0').map_or(day.to_owned(), |day| format!(" {day}"));
    [
        imf_fixdate.to_owned(),
        format!("{long}, {day}-{month}-{short_year} {time} GMT"),
        format!("{weekday} {month} {padded} {time} {year}"),
    ]
}

/// Asserts that `httpdate` agrees. It refuses dates before 1970, leap seconds and a wrong weekday.
fn assert_peer_agrees(date: HttpDate, input: &[u8]) {
    let text = input.escape_ascii();
    if let Some(theirs) = peer(input) {
        assert_eq!(theirs, system(date), "{text}");
        return;
    }
    let leaps = input.windows(3).any(|second| second == b":60");
    let printed = date.to_string();
    let is_that_day = printed.get(..3).is_some_and(|day| input.starts_with(day.as_bytes()));
    assert!(date.at() < UnixTime::EPOCH || leaps || !is_that_day, "{text}");
}

/// Asserts that `httpdate` refuses as well. It ignores text between the parts, so only the three
/// exact forms count.
fn assert_peer_refuses(error: HttpDateError, input: &[u8]) {
    let is_form = |date| {
        let printed = httpdate::fmt_http_date(date);
        forms(&printed).iter().any(|form| form.as_bytes() == input)
    };
    assert!(!peer(input).is_some_and(is_form), "{error}, but {}", input.escape_ascii());
}

fn assert_shown(error: HttpDateError, input: &[u8]) {
    if let HttpDateError::Unexpected { at, found, .. } = error {
        assert_eq!(found, input.get(at).copied(), "{error}");
        assert!(at <= input.len(), "{error}");
    }
}

fn assert_any_instant(at: UnixTime) {
    let date = HttpDate::new(at);
    assert_eq!(date.is_some(), (FIRST..=LAST).contains(&at.floor_secs()), "{at:?}");
    if let Some(date) = date {
        assert_eq!(date.at(), UnixTime::from_secs(at.floor_secs()));
        assert_prints(date);
    }
}

/// RFC 9110 §5.6.7: a two-digit year is at most 50 years ahead, and therefore at most 50 years ago.
fn assert_near(input: &[u8], now: UnixTime) {
    // 50 years of 366 days.
    const MOST: Span = Span::from_secs(50 * 366 * 86_400);
    if let (true, Ok(date)) = (input.contains(&b'-'), HttpDate::parse_as_of(input, now)) {
        assert!((date.at() - now).abs() <= MOST, "{date} as of {now:?}");
    }
}

fn system(date: HttpDate) -> SystemTime {
    let secs = u64::try_from(date.at().floor_secs()).unwrap_or_default();
    UNIX_EPOCH + core::time::Duration::from_secs(secs)
}

fn peer(input: &[u8]) -> Option<SystemTime> {
    httpdate::parse_http_date(core::str::from_utf8(input).ok()?).ok()
}
