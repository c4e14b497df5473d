//! Durations as users write them: `30s`, `5m`, `2d9h49m14s`, `1.5h`, `PT5M`; a bare number is in
//! seconds.

use core::fmt;
use core::time::Duration;

use jiff::SpanRelativeTo;
use jwtick_core::Span;

/// A text that is not a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotADuration {
    /// Not in any accepted form.
    Form,
    /// Months and years have no fixed length.
    Calendar,
    /// A sign where only an unsigned length is meaningful.
    Negative,
}

impl fmt::Display for NotADuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "expected a duration, but found another text: write a number with a unit, such as 30s, 5m, \
                 2d9h49m14s or 250ms"
            }
            Self::Calendar => {
                "expected a duration of fixed length, but found months or years: write days (d) or weeks (w)"
            }
            Self::Negative => "expected a duration of 0s or more, but found a negative one",
        })
    }
}

impl core::error::Error for NotADuration {}

/// Parses a duration without a sign.
///
/// # Errors
/// [`NotADuration`] says what is wrong with `text`.
pub(crate) fn length(text: &str) -> Result<Span, NotADuration> {
    let span = signed(text)?;
    if span < Span::ZERO { Err(NotADuration::Negative) } else { Ok(span) }
}

/// Parses a duration that may start with `+` or `-`.
///
/// # Errors
/// [`NotADuration`] says what is wrong with `text`.
pub(crate) fn signed(text: &str) -> Result<Span, NotADuration> {
    if is_number(text) { with_unit(&format!("{text}s")) } else { with_unit(text) }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn with_unit(text: &str) -> Result<Span, NotADuration> {
    let span: jiff::Span = text.parse().map_err(|_| NotADuration::Form)?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return Err(NotADuration::Calendar);
    }
    let duration =
        span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| NotADuration::Form)?;
    // Rounds towards the past, as the core does; jiff's range is much smaller than that of `Span`.
    let micros = duration.as_nanos().div_euclid(1_000);
    i64::try_from(micros).map(Span::from_micros).map_err(|_| NotADuration::Form)
}

/// Converts a duration to whole microseconds; a duration longer than a [`Span`] saturates.
pub(crate) fn span(duration: Duration) -> Span {
    i64::try_from(duration.as_micros()).map_or(Span::MAX, Span::from_micros)
}

/// Converts a span; a negative one becomes zero.
pub(crate) fn to_std(span: Span) -> Duration {
    Duration::from_micros(u64::try_from(span.as_micros()).unwrap_or(0))
}

/// Formats seconds as a decimal number without trailing zeros.
pub(crate) fn decimal(span: Span) -> String {
    let micros = span.as_micros();
    let (whole, rest) = (micros.unsigned_abs() / 1_000_000, micros.unsigned_abs() % 1_000_000);
    let sign = if micros < 0 { "-" } else { "" };
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{}", format!("{rest:06}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_documented_notations() {
        use NotADuration::{Calendar, Form, Negative};
        const ROWS: &[(&str, Result<i64, NotADuration>)] = &[
            ("0", Ok(0)),
            ("30", Ok(30_000_000)),
            ("2.5", Ok(2_500_000)),
            ("30s", Ok(30_000_000)),
            ("5m", Ok(300_000_000)),
            ("5min", Ok(300_000_000)),
            ("30 min", Ok(1_800_000_000)),
            ("250ms", Ok(250_000)),
            ("1us", Ok(1)),
            ("1.5h", Ok(5_400_000_000)),
            ("2d9h49m14s", Ok(208_154_000_000)),
            ("2 d 9 h 49 min 14 s", Ok(208_154_000_000)),
            ("1w", Ok(604_800_000_000)),
            ("PT5M", Ok(300_000_000)),
            ("+5m", Ok(300_000_000)),
            ("", Err(Form)),
            ("m", Err(Form)),
            (".", Err(Form)),
            ("1.2.3", Err(Form)),
            ("5 bananas", Err(Form)),
            ("5m 5", Err(Form)),
            ("99999999999999999999s", Err(Form)),
            ("1y", Err(Calendar)),
            ("2mo", Err(Calendar)),
            ("-5m", Err(Negative)),
            ("-1", Err(Negative)),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(length(text), expected.map(Span::from_micros), "{text:?}");
        }
    }

    #[test]
    fn signed_keeps_sign() {
        const ROWS: &[(&str, i64)] = &[("-5m", -300), ("+30min", 1_800), ("-1h30m", -5_400)];
        for &(text, secs) in ROWS {
            assert_eq!(signed(text), Ok(Span::from_secs(secs)), "{text:?}");
        }
    }
}
