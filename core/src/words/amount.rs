//! A length of time as it stands in a sentence: in seconds, and in parts behind them.

use core::fmt;

use super::duration::{duration, seconds};
use super::language::Language;
use super::said::Said;
use crate::time::Span;

/// `208,154 s (2 d 9 h 49 min 14 s)`; below a minute the seconds alone.
pub(super) fn amount(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let secs = seconds(span, language);
        if span.abs() < MINUTE {
            return write!(f, "{secs}");
        }
        let parts = duration(nearest_second(span.abs()), language);
        match language {
            Language::English | Language::German => write!(f, "{secs} ({parts})"),
            Language::Korean => write!(f, "{secs}({parts})"),
        }
    })
}

const MINUTE: Span = Span::from_secs(60);

// Behind the exact seconds the parts are for the eye: 3,599.999 s is an hour, not 59 min 59 s.
fn nearest_second(span: Span) -> Span {
    match span {
        Span::MAX => Span::MAX,
        _ => {
            let half_up = span.as_micros().saturating_add(500_000);
            Span::from_secs(half_up.div_euclid(1_000_000))
        }
    }
}

pub(super) fn plus_minus(radius: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| match radius {
        Span::ZERO => Ok(()),
        radius => write!(f, " ±{}", duration(radius, language)),
    })
}

/// `208,154초(2일 9시간 49분 14초, 오차 ±1초)`: one pair of brackets for both.
pub(super) struct Korean {
    pub(super) middle: Span,
    pub(super) radius: Span,
}

impl fmt::Display for Korean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = Language::Korean;
        if self.radius == Span::ZERO {
            return write!(f, "{}", amount(self.middle, language));
        }
        write!(f, "{}(", seconds(self.middle, language))?;
        if self.middle >= MINUTE {
            write!(f, "{}, ", duration(nearest_second(self.middle), language))?;
        }
        write!(f, "오차 ±{})", duration(self.radius, language))
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn the_parts_are_rounded_and_the_seconds_are_not() {
        const ROWS: &[(i64, &str)] = &[
            (59_999_999, "59.999999 s"),
            (60_000_000, "60 s (1 min)"),
            (3_599_499_999, "3,599.499999 s (59 min 59 s)"),
            (3_599_500_000, "3,599.5 s (1 h)"),
            (-172_799_999_000, "172,799.999 s (2 d)"),
        ];
        for &(micros, words) in ROWS {
            let span = Span::from_micros(micros);
            assert_eq!(amount(span, Language::English).to_string(), words, "{micros} µs");
        }
        assert_eq!(nearest_second(Span::MAX), Span::MAX);
    }
}
