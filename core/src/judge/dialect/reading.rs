//! What a verifier makes of the JSON value of a date: of each type, and of each kind of number.

use super::number::Number;
use crate::time::UnixTime;
use crate::token::{Json, JsonKind};

/// What a verifier makes of one kind of value.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Dialect, Take};
/// let pyjwt = Dialect::named("pyjwt").unwrap();
/// assert_eq!(pyjwt.rules.exp.reading.strings, Take::Integer);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Take {
    /// Refuses the token.
    Refuse,
    /// Judges as if the claim were missing.
    Ignore,
    /// Reads the number: a string as any JSON number, `true` as 1, `false` and `null` as 0. A number
    /// that is too large for its type is later than any time, or earlier if it is negative.
    Number,
    /// Reads a string that holds an integer, and refuses any other.
    Integer,
    /// Reads a string that holds an integer of 64 bits, and refuses any other.
    Long,
    /// Reads the digits at the start of a string; a string that starts with none is 0.
    Leading,
    /// Reads the JSON number at the start of a string; a string that starts with none is 0.
    LeadingNumber,
    /// Takes these seconds instead, such as the end of the range.
    As(i64),
    /// Counts milliseconds in a signed integer of 64 bits, which wraps. A number with an exponent first
    /// becomes the greatest integer if it is larger.
    Wrapped,
    /// The same, and an integer that is larger than the greatest becomes that first, too.
    WrappedOnce,
}

/// What becomes of the fraction of a number.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Dialect, Fraction};
/// let pyjwt = Dialect::named("pyjwt").unwrap();
/// assert_eq!(pyjwt.rules.exp.reading.fractions, Fraction::TowardsZero);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fraction {
    /// It counts.
    Kept,
    /// It is cut off, so that a negative number moves towards the future.
    TowardsZero,
    /// The number is rounded to the next lower integer.
    Down,
    /// The number is rounded to the nearest integer, and a half away from zero.
    Nearest,
    /// The token is refused unless the number is written with digits only.
    Refused,
}

/// How a verifier reads the value of one claim.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Reading, Take};
/// assert_eq!(Reading::NUMBER.nulls, Take::Refuse);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Numbers of the usual size.
    pub numbers: Take,
    /// The fraction of a number, and numbers that are written with an exponent.
    pub fractions: Fraction,
    /// Numbers below 0.
    pub negatives: Take,
    /// The number 0, also if it is what rounding leaves.
    pub zeros: Take,
    /// The greatest seconds of the usual size, in either direction; one more is allowed below 0.
    pub most: u64,
    /// Numbers beyond `most`.
    pub beyond: Take,
    /// Numbers with an exponent that exceed a double, such as `1e400`. It comes before `beyond`.
    pub infinite: Take,
    /// Strings.
    pub strings: Take,
    /// `null`.
    pub nulls: Take,
    /// `true` and `false`.
    pub booleans: Take,
    /// Arrays and objects.
    pub others: Take,
    /// Empty strings, arrays and objects, if they differ from others of their type.
    pub empties: Option<Take>,
}

impl Reading {
    /// Any JSON number, and nothing else, as RFC 7519 §2 defines a NumericDate.
    pub const NUMBER: Self = Self {
        numbers: Take::Number,
        fractions: Fraction::Kept,
        negatives: Take::Number,
        zeros: Take::Number,
        most: u64::MAX,
        beyond: Take::Number,
        infinite: Take::Number,
        strings: Take::Refuse,
        nulls: Take::Refuse,
        booleans: Take::Refuse,
        others: Take::Refuse,
        empties: None,
    };

    /// The verifier does not look at the claim.
    pub const UNREAD: Self = Self {
        numbers: Take::Ignore,
        negatives: Take::Ignore,
        zeros: Take::Ignore,
        beyond: Take::Ignore,
        infinite: Take::Ignore,
        strings: Take::Ignore,
        nulls: Take::Ignore,
        booleans: Take::Ignore,
        others: Take::Ignore,
        ..Self::NUMBER
    };

    /// The date in `value`.
    pub(super) fn read(&self, value: Json<'_>) -> Taken {
        let text = value.as_written();
        match (value.kind(), self.empties) {
            (JsonKind::String | JsonKind::Array | JsonKind::Object, Some(take))
                if is_empty(text) =>
            {
                fixed(take, 0)
            }
            (JsonKind::Number, _) => self.number(Number::of(text)),
            (JsonKind::String, _) => self.string(value),
            (JsonKind::Null, _) => fixed(self.nulls, 0),
            (JsonKind::Boolean, _) => fixed(self.booleans, i64::from(text == "true")),
            (JsonKind::Array | JsonKind::Object, _) => fixed(self.others, 0),
        }
    }

    fn number(&self, number: Number) -> Taken {
        let Number { is_negative, secs, micros, is_infinite, .. } = number;
        let most = u128::from(self.most).saturating_add(is_negative.into());
        let take = if is_infinite {
            self.infinite
        } else if secs > most {
            self.beyond
        } else if is_negative && (secs > 0 || micros > 0) {
            self.negatives
        } else {
            self.numbers
        };
        match take {
            Take::Wrapped => Taken::At(wrapped(number, number.low)),
            Take::WrappedOnce => Taken::At(wrapped(number, long(secs))),
            Take::Refuse | Take::Ignore | Take::As(_) => fixed(take, 0),
            _ => match self.rounded(number) {
                Taken::At(UnixTime::EPOCH) if self.zeros != Take::Number => fixed(self.zeros, 0),
                taken => taken,
            },
        }
    }

    fn rounded(&self, number: Number) -> Taken {
        let Number { is_negative, secs, micros, has_fraction, is_integer, .. } = number;
        let up = match self.fractions {
            Fraction::Refused if !is_integer => return Taken::Refused,
            Fraction::Kept => {
                // An instant is the microsecond before it.
                let cut = u32::from(is_negative && has_fraction && micros == 0);
                return Taken::At(signed(is_negative, secs, micros.saturating_add(cut)));
            }
            Fraction::TowardsZero | Fraction::Refused => false,
            Fraction::Down => is_negative && has_fraction,
            Fraction::Nearest => micros >= 500_000,
        };
        Taken::At(signed(is_negative, secs.saturating_add(up.into()), 0))
    }

    fn string(&self, value: Json<'_>) -> Taken {
        let Some(text) = value.text().map(|text| text.as_written()) else { return Taken::Refused };
        let integer = |text: &str| {
            let digits = text.strip_prefix('-').unwrap_or(text);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        match self.strings {
            Take::Integer if integer(text) => self.number(Number::of(text)),
            Take::Long if integer(text) => match Number::of(text) {
                number if number.secs > u128::from(i64::MAX.unsigned_abs()) => Taken::Refused,
                number => self.number(number),
            },
            Take::Number if is_number(text) => self.number(Number::of(text)),
            Take::Integer | Take::Long | Take::Number => Taken::Refused,
            Take::Leading => self.number(Number::of(leading(text, integer))),
            Take::LeadingNumber => self.number(Number::of(leading(text, is_number))),
            take => fixed(take, 0),
        }
    }
}

/// What a reading yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    At(UnixTime),
    Ignored,
    Refused,
}

/// Takes a value that has no digits.
const fn fixed(take: Take, secs: i64) -> Taken {
    match take {
        Take::Ignore => Taken::Ignored,
        Take::Number => Taken::At(UnixTime::from_secs(secs)),
        Take::As(secs) => Taken::At(UnixTime::from_secs(secs)),
        _ => Taken::Refused,
    }
}

fn signed(is_negative: bool, secs: u128, micros: u32) -> UnixTime {
    let secs = u64::try_from(secs).unwrap_or(u64::MAX);
    let distance = secs.saturating_mul(1_000_000).saturating_add(micros.into());
    UnixTime::from_micros(if is_negative {
        0_i64.saturating_sub_unsigned(distance)
    } else {
        0_i64.saturating_add_unsigned(distance)
    })
}

/// Milliseconds in a signed integer of 64 bits. A double that is too large becomes the greatest integer
/// first (Java: `Number.longValue`).
fn wrapped(number: Number, integer: u64) -> UnixTime {
    let secs = if number.is_integer { integer } else { long(number.secs) };
    let secs = if number.is_negative { secs.wrapping_neg() } else { secs };
    let millis = secs.wrapping_mul(1_000).cast_signed();
    UnixTime::from_micros(millis.saturating_mul(1_000))
}

/// The integer, or the greatest signed one of 64 bits.
fn long(secs: u128) -> u64 {
    let most = i64::MAX.unsigned_abs();
    u64::try_from(secs).map_or(most, |secs| secs.min(most))
}

/// The longest start of the text that is a number in this sense; `0` if there is none.
fn leading(text: &str, is_number: impl Fn(&str) -> bool) -> &str {
    let text = text.trim_ascii_start();
    let plausible =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    let longest = text.bytes().take_while(plausible).count();
    let starts = (1..=longest).rev().filter_map(|length| text.get(..length));
    starts.into_iter().find(|start| is_number(start)).unwrap_or("0")
}

/// Returns whether a string, array or object has nothing in it.
fn is_empty(text: &str) -> bool {
    let inside = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    inside.is_empty() || (!text.starts_with('"') && inside.trim_ascii().is_empty())
}

/// Returns whether the text is a JSON number (RFC 8259 §6).
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (significand, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = significand.split_once('.').unwrap_or((significand, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = whole.len() > 1 && whole.starts_with('0');
    [whole, fraction, exponent].into_iter().all(digits) && !padded
}
