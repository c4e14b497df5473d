//! The clock of the machine that shows the page, which alone is worth nothing: a sentence on its offset
//! from a clock whose `Date` the user pastes.

use jwtick_core::time::{Bracket, HttpDate, Offset};
use jwtick_core::words::{self, Language};
use jwtick_core::{Span, TimeBounds, UnixTime};
use serde::{Deserialize, Serialize};

use crate::page::json::{Interval, interval};

/// A `Date` header, which names a whole second (RFC 9110 §5.6.7).
const SECOND: Span = Span::from_secs(1);

/// What the user knows about a moment on two clocks.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    /// The header, with or without its name.
    date: String,
    /// Readings of this clock before and after the header was made, in milliseconds since 1970.
    local_ms: (i64, i64),
    language: String,
}

/// The offset of this clock.
#[derive(Serialize)]
pub(super) struct Answer {
    offset_s: Option<Interval>,
    /// The complement of "this clock is", or why the text is no date.
    text: String,
}

/// Compares the clocks.
pub(super) fn answer(question: &Question) -> Answer {
    let language = Language::from_code(&question.language).unwrap_or(Language::English);
    let at = |ms: i64| UnixTime::from_micros(ms.saturating_mul(1_000));
    let (before, after) = question.local_ms;
    let text = question.date.trim();
    let named = |name: &str| text.get(..name.len()).filter(|it| it.eq_ignore_ascii_case(name));
    let date = named("date:").and_then(|name| text.get(name.len()..)).unwrap_or(text).trim();
    match (
        HttpDate::parse_as_of(date.as_bytes(), at(after)),
        Bracket::between(at(before), at(after)),
    ) {
        (Ok(date), Some(local)) => {
            let utc = TimeBounds::between(date.at(), date.at() + SECOND);
            let offset = utc.map_or(Offset::UNKNOWN, |utc| Offset::observed(local, utc));
            Answer {
                offset_s: Some(interval(offset)),
                text: words::offset(offset, language).to_string(),
            }
        }
        (Err(error), _) => {
            Answer { offset_s: None, text: words::http_date_error(&error, language).to_string() }
        }
        (_, None) => Answer { offset_s: None, text: String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_bounds_the_offset_by_its_second_and_the_wait() {
        const DATE_MS: i64 = 1_704_811_030_000; // Tue, 09 Jan 2024 14:37:10 GMT
        const ROWS: &[(&str, &str)] = &[
            ("Tue, 09 Jan 2024 14:37:10 GMT", r#"{"least":0,"most":61}"#),
            ("date: Tue, 09 Jan 2024 14:37:10 GMT\r\n", r#"{"least":0,"most":61}"#),
            ("ä", "null"),
            ("", "null"),
        ];
        for &(date, offset) in ROWS {
            let language = "en".to_owned();
            let local_ms = (DATE_MS - 60_000, DATE_MS);
            let answer = answer(&Question { date: date.to_owned(), local_ms, language });
            assert_eq!(serde_json::to_string(&answer.offset_s).unwrap(), offset, "{date}");
            assert!(!answer.text.is_empty(), "{date}");
        }
    }
}
