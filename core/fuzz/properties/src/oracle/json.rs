//! JSON as read by `serde_json`, with the check for duplicate members that it lacks; and the comparison of
//! claims with what it reads from the same text, and of JSON numbers with their exact microseconds.

use core::fmt;
use core::fmt::Debug;

use jwtick_core::UnixTime;
use jwtick_core::time::{NumericDate, Scale};
use jwtick_core::token::{Audience, Claims, Json, JsonError, JsonFault, Text};
use num_bigint::{BigInt, BigUint, Sign};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Error;
use serde_json::value::RawValue;

/// Deeper than the core's limit of 32 levels, so that both refuse the same. `serde_json` itself
/// allows 128.
const DEPTH: usize = 40;

/// The members of an object in their order, with unique names.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a str)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members: Vec<(String, &str)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            if members.iter().any(|(held, _)| *held == name) {
                return Err(A::Error::custom("duplicate member"));
            }
            members.push((name, value.get()));
        }
        Ok(Members(members))
    }
}

impl<'a> Members<'a> {
    /// Reads an object whose values are strict at every level.
    pub(crate) fn read(text: &'a str) -> Result<Self, Error> {
        let members: Self = serde_json::from_str(text)?;
        members.0.iter().try_for_each(|(_, value)| strict(value, DEPTH))?;
        Ok(members)
    }

    /// Returns the value of a member as written.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(held, _)| held == name).map(|(_, value)| *value)
    }

    /// Returns the value of a member if it is a string.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?).ok()
    }
}

/// Checks that `value` contains no duplicates and no unpaired surrogates.
fn strict(value: &str, depth: usize) -> Result<(), Error> {
    let below = depth.checked_sub(1).ok_or_else(|| Error::custom("too deep"))?;
    match value.bytes().next() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(value)?;
            members.iter().try_for_each(|(_, value)| strict(value, below))
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(value)?;
            elements.iter().try_for_each(|element| strict(element.get(), below))
        }
        Some(b'"') => serde_json::from_str::<String>(value).map(drop),
        _ => serde_json::from_str::<&RawValue>(value).map(drop),
    }
}

/// Returns the elements of an array as written.
pub(crate) fn elements(value: &str) -> Option<Vec<&str>> {
    let elements: Vec<&RawValue> = serde_json::from_str(value).ok()?;
    Some(elements.into_iter().map(RawValue::get).collect())
}

/// Returns the strings of an array, or a single string (RFC 7519 §4.1.3).
pub(crate) fn names(value: &str) -> Option<Vec<String>> {
    let one = serde_json::from_str::<String>(value).map(|name| vec![name]);
    one.or_else(|_| serde_json::from_str(value)).ok()
}

/// Returns `true` if all of `text` is one number by RFC 8259 §6.
pub(crate) fn is_number(text: &str) -> bool {
    let starts = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    let whole = |raw: &RawValue| raw.get().len() == text.len();
    starts && serde_json::from_str(text).is_ok_and(whole)
}

/// Asserts that a strict JSON text was refused for its size alone.
pub(crate) fn assert_limit(refusal: JsonError, text: &str) {
    use JsonFault::{TooDeep, TooLong, TooManyMembers};
    let is_limit = matches!(refusal.fault, TooDeep { .. } | TooManyMembers { .. } | TooLong { .. });
    assert!(is_limit, "{refusal}, but the text is JSON: {text}");
    assert!(refusal.at <= text.len());
}

/// Asserts that `ours` has the values of `theirs`.
pub(crate) fn assert_alike(ours: &Claims<'_>, theirs: &Members<'_>) {
    let members = ours.members().map(|(name, value)| (name.to_string(), value.as_written()));
    let members: Vec<_> = members.collect();
    assert_eq!(members, theirs.0, "members");
    for (name, value) in ours.members() {
        assert_eq!(ours.get(&name.to_string()), Some(value), "lookup by name");
        assert_values(value);
    }
    assert_text(ours.iss, theirs, "iss");
    assert_text(ours.sub, theirs, "sub");
    assert_text(ours.jti, theirs, "jti");
    assert_names(ours.aud, theirs);
    assert_dates(ours.exp, theirs, "exp");
    assert_dates(ours.nbf, theirs, "nbf");
    assert_dates(ours.iat, theirs, "iat");
}

/// Asserts that `ours` is the string `name`.
pub(crate) fn assert_text(ours: Option<Text<'_>>, theirs: &Members<'_>, name: &str) {
    let ours = ours.map(|text| text.to_string());
    assert_eq!(ours, theirs.string(name), "{name}");
    assert_eq!(ours.is_some(), theirs.get(name).is_some(), "{name}");
}

fn assert_names(ours: Option<Audience<'_>>, theirs: &Members<'_>) {
    let ours = ours.map(|aud| aud.names().map(|name| name.to_string()).collect::<Vec<_>>());
    assert_eq!(ours, theirs.get("aud").and_then(names), "aud");
    assert_eq!(ours.is_some(), theirs.get("aud").is_some(), "aud");
}

fn assert_dates(ours: Option<NumericDate>, theirs: &Members<'_>, name: &str) {
    match (ours, theirs.get(name)) {
        (Some(ours), Some(theirs)) => assert_date(ours, theirs),
        (ours, theirs) => assert_eq!(ours.is_some(), theirs.is_some(), "{name}"),
    }
}

/// Asserts that a caller's type gets the same from the core as from `serde_json`. The core may
/// refuse more.
fn assert_values(value: Json<'_>) {
    assert_read::<u64>(value);
    assert_read::<i64>(value);
    assert_read::<bool>(value);
    assert_read::<String>(value);
    assert_read::<Option<u8>>(value);
    assert_read::<[u32; 2]>(value);
}

fn assert_read<'a, T: Deserialize<'a> + PartialEq + Debug>(value: Json<'a>) {
    // `serde_json` keeps the sign of a zero, and therefore takes it for a float.
    let written = if value.as_written() == "-0" { "0" } else { value.as_written() };
    if let Ok(ours) = value.read::<T>() {
        assert_eq!(Some(ours), serde_json::from_str(written).ok(), "{written}");
    }
}

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
