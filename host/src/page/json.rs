//! Values as JSON writes them: exact decimals, `null` for an open end.

use jwtick_core::time::Offset;
use jwtick_core::{Span, TimeBounds, UnixTime};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::notation::duration::decimal;
use crate::output::safe;

/// A number of seconds with its fraction; `null` where nothing limits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seconds(pub(crate) Span);

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Span::MIN | Span::MAX => serializer.serialize_none(),
            span => raw(&decimal(span)).serialize(serializer),
        }
    }
}

/// An interval of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Interval {
    least: Seconds,
    most: Seconds,
}

impl Interval {
    pub(crate) const fn between(least: Span, most: Span) -> Self {
        Self { least: Seconds(least), most: Seconds(most) }
    }
}

/// The bounds on UTC, in seconds since 1970.
pub(crate) fn utc(bounds: TimeBounds) -> Interval {
    let since_1970 = |at: UnixTime| at - UnixTime::EPOCH;
    Interval::between(since_1970(bounds.earliest()), since_1970(bounds.latest()))
}

/// The reason why a token is refused.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorJson {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The accepted values, if the value of a header parameter is refused.
    pub(crate) expected: Option<Vec<String>>,
    pub(crate) found: Option<String>,
}

/// Text that is JSON already, on one line and otherwise unchanged.
pub(crate) fn raw(text: &str) -> Option<Box<RawValue>> {
    RawValue::from_string(portable(text)).ok()
}

const STRUCTURE: [char; 6] = ['{', '}', '[', ']', ':', ','];

/// The text without white space. Members keep their order and numbers their digits, which a parser
/// would not promise; but a number that no `f64` holds becomes a string, since many readers of
/// JSON refuse a whole text for it (RFC 8259 §6).
pub(crate) fn portable(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((outside, tail)) = rest.split_once('"') {
        let (string, after) = tail.split_at_checked(string_len(tail)).unwrap_or((tail, ""));
        push_outside(&mut written, outside);
        written.push('"');
        written.push_str(string);
        rest = after;
    }
    push_outside(&mut written, rest);
    written
}

/// The bytes of the rest of a string after its opening quote, including its closing quote.
fn string_len(text: &str) -> usize {
    let mut escaped = false;
    let closes = |byte: u8| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    };
    text.bytes().position(closes).map_or(text.len(), |quote| quote.saturating_add(1))
}

fn push_outside(written: &mut String, outside: &str) {
    for piece in outside.split_inclusive(STRUCTURE) {
        let value = piece.trim_end_matches(STRUCTURE);
        let (_, structure) = piece.split_at_checked(value.len()).unwrap_or_default();
        let value = value.trim();
        if value.parse::<f64>().is_ok_and(f64::is_infinite) {
            written.extend(["\"", value, "\""]);
        } else {
            written.push_str(value);
        }
        written.push_str(structure);
    }
}

/// One line for one value, in which hidden characters are `\u….`.
pub(crate) fn line(value: &impl Serialize) -> String {
    // Only a map whose keys are not strings can fail, and no answer has one.
    safe::json(&serde_json::to_string(value).unwrap_or_default()) + "\n"
}

/// Both ends in seconds.
pub(crate) const fn interval(offset: Offset) -> Interval {
    Interval::between(offset.least(), offset.most())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portable_text_keeps_strings_and_digits() {
        const ROWS: &[(&str, &str)] = &[
            ("{ }", "{}"),
            ("{}", "{}"),
            (r#"{"a":1e400,"b":[-1E999, 1e308]}"#, r#"{"a":"1e400","b":["-1E999",1e308]}"#),
            (r#"{"a": "1e400 , "}"#, r#"{"a":"1e400 , "}"#),
            ("{\"a b\" :\r\n [1 , 2.50e1]}", "{\"a b\":[1,2.50e1]}"),
            (r#"{"a\\" : "\" \\ "}"#, r#"{"a\\":"\" \\ "}"#),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(portable(text), expected, "{text}");
        }
    }

    #[test]
    fn raw_members_and_strings_hide_no_character() {
        let claims = raw("{\"\u{202e}a\": \"\u{9b}\u{e0041}\"}");
        assert_eq!(line(&claims), "{\"\\u202ea\":\"\\u009b\\udb40\\udc41\"}\n");
        assert_eq!(line(&"\u{7f}\u{1b}\n"), "\"\\u007f\\u001b\\n\"\n");
    }

    #[test]
    fn seconds_are_exact_decimals() {
        const ROWS: &[(i64, &str)] = &[
            (0, "0"),
            (1_000_000, "1"),
            (-1_500_000, "-1.5"),
            (1, "0.000001"),
            (-10, "-0.00001"),
            (1_488_307_191_250_000, "1488307191.25"),
            (i64::MAX - 1, "9223372036854.775806"),
            (i64::MAX, "null"),
            (i64::MIN, "null"),
        ];
        for &(micros, written) in ROWS {
            let json = serde_json::to_string(&Seconds(Span::from_micros(micros)));
            assert_eq!(json.as_deref().ok(), Some(written), "{micros} µs");
        }
    }
}
