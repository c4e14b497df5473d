//! A length of time as it stands in a sentence: in seconds, and in parts behind them.

use core::fmt;

use super::Language;
use super::duration::{duration, seconds};
use super::said::Said;
use crate::time::Span;

/// `208,154 s (2 d 9 h 49 min 14 s)`; below a minute the seconds alone.
pub(super) fn amount(span: Span, language: Language) -> impl fmt::Display {
    Said(move |f: &mut fmt::Formatter<'_>| {
        let secs = seconds(span, language);
        if span.abs() < MINUTE {
            return write!(f, "{secs}");
        }
        let parts = duration(span.abs(), language);
        match language {
            Language::English | Language::German => write!(f, "{secs} ({parts})"),
            Language::Korean => write!(f, "{secs}({parts})"),
        }
    })
}

const MINUTE: Span = Span::from_secs(60);

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
            write!(f, "{}, ", duration(self.middle, language))?;
        }
        write!(f, "오차 ±{})", duration(self.radius, language))
    }
}
