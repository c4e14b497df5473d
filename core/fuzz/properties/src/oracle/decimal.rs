//! JSON numbers as exact microseconds.

use jwtick_core::UnixTime;
use jwtick_core::time::{NumericDate, Scale};
use num_bigint::{BigInt, BigUint, Sign};

/// Decimal digits from seconds to microseconds.
const MICRO_DIGITS: i64 = 6;

/// `Date.now()` from 2001 to 2286, taken for seconds, in microseconds.
const MILLIS_FROM: u64 = 1_000_000_000_000_000_000;
const MILLIS_BELOW: u64 = 10_000_000_000_000_000_000;

/// Numbers with more digits exceed the range of `UnixTime`; with a smaller exponent nothing
/// remains.
const MICROS_MAX_DIGITS: i64 = 20;

/// Asserts that `ours` is the value of `number`.
pub(crate) fn assert_date(ours: NumericDate, number: &str) {
    let micros = micros(number);
    let (min, max) = (BigInt::from(i64::MIN), BigInt::from(i64::MAX));
    let saturated = micros.clone().clamp(min.clone(), max.clone());
    assert_eq!(BigInt::from(ours.at().as_micros()), saturated, "{number}");
    let millis = BigUint::from(MILLIS_FROM)..BigUint::from(MILLIS_BELOW);
    let looks_like_millis = millis.contains(micros.magnitude());
    match ours.scale() {
        Scale::Milliseconds(meant) => {
            assert!(looks_like_millis, "{number} does not look like milliseconds");
            assert_meant(meant, &micros, number);
        }
        Scale::Implausible => assert!(micros < min || micros > max, "{number} is plausible"),
        _ => assert!(!looks_like_millis && min <= micros && micros <= max, "{number}"),
    }
}

/// Asserts the value as milliseconds, which may differ by the truncated microsecond.
fn assert_meant(meant: UnixTime, micros: &BigInt, number: &str) {
    let apart: BigInt = BigInt::from(meant.as_micros()) * 1_000 - micros;
    assert!(*apart.magnitude() <= BigUint::from(1_001_u32), "{number} means {meant:?}");
}

/// Returns `number` seconds in whole microseconds, rounded down.
fn micros(number: &str) -> BigInt {
    let (significand, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = significand.split_once('.').unwrap_or((significand, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().unwrap_or_default();
    let negative = whole.starts_with('-');
    let length = i64::try_from(number.len()).unwrap_or(i64::MAX);
    let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let shift = exponent_of(exponent, length + MICROS_MAX_DIGITS + MICRO_DIGITS) - places;
    scaled(digits, shift + MICRO_DIGITS, negative)
}

/// Returns the exponent, kept within `±(limit + limit)`: a larger one changes nothing.
fn exponent_of(text: &str, limit: i64) -> i64 {
    let exact: BigInt = text.trim_start_matches('+').parse().unwrap_or_default();
    let limit = limit.saturating_mul(2);
    let kept = exact.clamp(BigInt::from(-limit), BigInt::from(limit));
    i64::try_from(kept).unwrap_or_default()
}

/// `digits` × 10^`shift`, rounded towards −∞.
fn scaled(digits: BigInt, shift: i64, negative: bool) -> BigInt {
    let power = BigInt::from(10).pow(u32::try_from(shift.unsigned_abs()).unwrap_or(u32::MAX));
    if shift >= 0 {
        return digits * power;
    }
    let (magnitude, power) = (digits.magnitude(), power.magnitude());
    let (quotient, rest) = (magnitude / power, magnitude % power);
    let away = u32::from(negative && rest != 0_u32.into());
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    BigInt::from_biguint(sign, quotient + away)
}
