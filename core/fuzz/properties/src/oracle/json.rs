//! JSON as read by `serde_json`, with the check for duplicate members that it lacks.
//!
//! Numbers are kept as written, because RFC 8259 §6 allows numbers that no double can hold.

use core::fmt;

use jwtick_core::token::{JsonError, JsonFault};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
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
