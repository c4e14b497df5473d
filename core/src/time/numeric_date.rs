//! NumericDate (RFC 7519 §2): exact conversion of decimal text to an instant, without floats.
//!
//! `1488307191`, `1.5e9` and `1488307191.25` are all accepted. A value beyond [`UnixTime`]
//! saturates, which keeps every comparison correct. A value between two microseconds rounds towards
//! the past. The work is linear in the length of the text, even for a huge exponent.

use super::unix_time::UnixTime;

/// Fraction digits of a second that an instant keeps.
const MICRO_DIGITS: i32 = 6;

// 13 digits before the point: `Date.now()` from 2001 to 2286. Read as seconds, they are 30,000
// years ahead.
const MILLIS_FROM: u64 = 1_000_000_000_000_000_000;
const MILLIS_BELOW: u64 = 10_000_000_000_000_000_000;

/// The unit that the size of a number suggests.
///
/// # Example
/// ```
/// use jwtick_core::{Scratch, UnixTime};
/// use jwtick_core::time::Scale;
/// use jwtick_core::token::Claims;
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(br#"{"exp":1488307191000}"#, &mut scratch)?;
/// let meant = UnixTime::from_secs(1_488_307_191);
/// assert_eq!(claims.exp.unwrap().scale(), Scale::Milliseconds(meant));
/// # Ok::<(), jwtick_core::token::ClaimsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scale {
    /// Seconds, as RFC 7519 requires.
    Seconds,
    /// 13 digits, so probably milliseconds; the value is the instant meant. The number is still
    /// judged as seconds.
    Milliseconds(UnixTime),
    /// Beyond the range of [`UnixTime`], and therefore saturated.
    Implausible,
}

/// A date as written in a claim.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::{NumericDate, Scale};
/// let date = NumericDate::from(UnixTime::from_secs(1_488_307_191));
/// assert_eq!(date.at(), UnixTime::from_secs(1_488_307_191));
/// assert_eq!(date.scale(), Scale::Seconds);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumericDate {
    micros: u64, // distance from 1970; a wider range than `UnixTime`, so that `scale` can see overflow
    negative: bool,
}

impl From<UnixTime> for NumericDate {
    fn from(at: UnixTime) -> Self {
        Self { micros: at.as_micros().unsigned_abs(), negative: at.as_micros() < 0 }
    }
}

impl NumericDate {
    /// The instant that the number names when read as seconds.
    #[must_use]
    pub const fn at(self) -> UnixTime {
        signed(self.micros, self.negative)
    }

    /// The unit that the number appears to use.
    #[must_use]
    pub const fn scale(self) -> Scale {
        match self.micros {
            ..MILLIS_FROM => Scale::Seconds,
            MILLIS_FROM..MILLIS_BELOW => {
                Scale::Milliseconds(signed(self.micros / 1_000, self.negative))
            }
            _ => Scale::Implausible,
        }
    }

    /// Reads `number`, which the strict pass has already checked against RFC 8259 §6.
    pub(crate) fn of_number(number: &str) -> Self {
        if let Some(micros) = seconds(number) {
            return Self { micros, negative: false };
        }
        let (digits, negative) = match number.as_bytes() {
            [b'-', digits @ ..] => (digits, true),
            digits => (digits, false),
        };
        let (micros, inexact) = micros(digits);
        // Rounding towards the past moves a negative number away from zero.
        let micros = micros.saturating_add(u64::from(negative && inexact));
        Self { micros, negative: negative && micros > 0 }
    }
}

const fn signed(micros: u64, negative: bool) -> UnixTime {
    UnixTime::from_micros(if negative {
        0_i64.saturating_sub_unsigned(micros)
    } else {
        0_i64.saturating_add_unsigned(micros)
    })
}

/// The common case: digits only, and fewer than the 13 that look like milliseconds.
fn seconds(number: &str) -> Option<u64> {
    if number.len() > 12 {
        return None;
    }
    let secs = number.bytes().try_fold(0_u64, |secs, byte| match byte {
        b'0'..=b'9' => Some(secs.wrapping_mul(10).wrapping_add(u64::from(value(byte)))),
        _ => None,
    })?;
    Some(secs.wrapping_mul(1_000_000))
}

/// Returns the whole microseconds in `digits` (an unsigned number), and whether a remainder is
/// left.
fn micros(digits: &[u8]) -> (u64, bool) {
    let exponent = digits.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let parts = exponent.and_then(|at| digits.split_at_checked(at));
    let (significand, exponent) = parts.unwrap_or((digits, &[]));
    let whole = significand.iter().take_while(|&&byte| byte != b'.').count();
    // The number of leading digits that form whole microseconds.
    let kept = i32::try_from(whole).unwrap_or(i32::MAX);
    let kept = kept.saturating_add(integer(exponent)).saturating_add(MICRO_DIGITS);
    let (mut micros, mut inexact, mut read) = (0_u64, false, 0_i32);
    // 20 more zeros exceed the limit for any number except 0, so 1e999999999 is cheap.
    let written = significand.iter().filter(|&&byte| byte != b'.');
    for &digit in written.chain(&[b'0'; 20]) {
        if read < kept {
            micros = micros.saturating_mul(10).saturating_add(u64::from(value(digit)));
        } else {
            inexact |= digit != b'0';
        }
        read = read.saturating_add(1);
    }
    (micros, inexact)
}

/// Reads the number in an exponent, after any letter and sign; saturates.
fn integer(exponent: &[u8]) -> i32 {
    let digits = exponent.iter().filter(|byte| byte.is_ascii_digit());
    let magnitude = digits.fold(0_i32, |number, &digit| {
        number.saturating_mul(10).saturating_add(value(digit).into())
    });
    if exponent.get(1) == Some(&b'-') { magnitude.saturating_neg() } else { magnitude }
}

const fn value(digit: u8) -> u8 {
    digit.saturating_sub(b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_text_is_read_exactly() {
        const ROWS: &[(&str, i64)] = &[
            ("0", 0),
            ("-0", 0),
            ("-0.0e-0", 0),
            ("1488307191", 1_488_307_191_000_000),
            ("1488307191.25", 1_488_307_191_250_000),
            ("1.5e9", 1_500_000_000_000_000),
            ("1.5E+9", 1_500_000_000_000_000),
            ("15e8", 1_500_000_000_000_000),
            ("1500000000000e-3", 1_500_000_000_000_000),
            ("0.0000000015e18", 1_500_000_000_000_000),
            ("0.000001", 1),
            ("0.0000019", 1),
            ("0.0000009", 0),
            ("-0.000001", -1),
            ("-0.0000011", -2),
            ("-0.0000001", -1),
            ("-1e-999999999", -1),
            ("1e-999999999", 0),
            ("9223372036854.775807", i64::MAX),
            ("9223372036854.775808", i64::MAX),
            ("-9223372036854.775808", i64::MIN),
            ("-9223372036854.7758081", i64::MIN),
            ("1e999999999", i64::MAX),
            ("-1e999999999", i64::MIN),
            ("1e99999999999999999999999999", i64::MAX),
            ("1e-99999999999999999999999999", 0),
            ("0e99999999999999999999999999", 0),
            ("0.00e999999999", 0),
            ("18446744073709551616", i64::MAX),
            ("340282366920938463463374607431768211456", i64::MAX),
        ];
        for &(text, micros) in ROWS {
            assert_eq!(NumericDate::of_number(text).at().as_micros(), micros, "{text}");
        }
    }

    #[test]
    fn work_is_linear_in_a_long_number() {
        let mut text = std::string::String::from("0.");
        text.push_str(&"0".repeat(60_000));
        text.push_str("1e60010");
        assert_eq!(NumericDate::of_number(&text).at(), UnixTime::from_secs(1_000_000_000));
    }

    #[test]
    fn thirteen_digits_look_like_milliseconds() {
        let millis = |secs| Scale::Milliseconds(UnixTime::from_secs(secs));
        let rows: &[(&str, Scale)] = &[
            ("999999999999", Scale::Seconds),
            ("999999999999.5", Scale::Seconds),
            ("-1488307191.5", Scale::Seconds),
            ("1000000000000", millis(1_000_000_000)),
            ("1488307191000", millis(1_488_307_191)),
            ("-1488307191000", millis(-1_488_307_191)),
            ("9999999999000", millis(9_999_999_999)),
            ("10000000000000", Scale::Implausible),
            ("1488307191000000", Scale::Implausible),
            ("1e400", Scale::Implausible),
            ("-1e400", Scale::Implausible),
        ];
        for &(text, scale) in rows {
            assert_eq!(NumericDate::of_number(text).scale(), scale, "{text}");
        }
    }

    #[test]
    fn seconds_of_an_instant_have_scale_seconds() {
        let rows = [
            (1_488_307_191, Scale::Seconds),
            (-1_488_307_191, Scale::Seconds),
            (1_488_307_191_000, Scale::Milliseconds(UnixTime::from_secs(1_488_307_191))),
            (-1_488_307_191_000, Scale::Milliseconds(UnixTime::from_secs(-1_488_307_191))),
        ];
        for (secs, scale) in rows {
            assert_eq!(NumericDate::from(UnixTime::from_secs(secs)).scale(), scale, "{secs}");
        }
    }
}
