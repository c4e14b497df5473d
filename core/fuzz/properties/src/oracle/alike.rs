//! Comparison of claims with what `serde_json` reads from the same text.

use core::fmt::Debug;

use jwtick_core::time::NumericDate;
use jwtick_core::token::{Audience, Claims, Json, Text};
use serde::Deserialize;

use super::decimal::assert_date;
use super::json::{Members, names};

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
