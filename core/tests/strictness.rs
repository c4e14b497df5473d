//! Whatever claims text the core accepts, a strict JSON parser reads the same way.
//!
//! Texts are made by mutating claims sets: bytes are replaced, inserted, removed and repeated, so
//! that most of them are almost JSON.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fmt;

use jwtick_core::{Claims, NumericDate, Scratch, UnixTime};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object as serde_json reads them; a name that is there twice is an error.
struct Members(BTreeMap<String, Box<RawValue>>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Members, M::Error> {
                let mut members = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    if members.insert(name.clone(), value).is_some() {
                        return Err(M::Error::custom(format!("{name} is there twice")));
                    }
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// The instant of a number that serde_json accepts, by another road than the core's: through the
/// decimal digits of an `i128` of microseconds where they fit.
fn instant(number: &str) -> Option<UnixTime> {
    let whole: i128 = number.parse().ok()?;
    let micros = whole.saturating_mul(1_000_000);
    let clamped = micros.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    i64::try_from(clamped).ok().map(UnixTime::from_micros)
}

#[track_caller]
fn check(text: &[u8]) {
    let mut scratch = Scratch::<0>::new();
    let Ok(claims) = Claims::parse(text, &mut scratch) else { return };
    let shown = String::from_utf8_lossy(text);
    let members: Members = serde_json::from_slice(text)
        .unwrap_or_else(|error| panic!("accepted {shown}, serde_json says {error}"));
    serde_json::from_slice::<serde_json::Value>(text).map_or_else(
        |error| assert!(error.to_string().contains("out of range"), "{shown}: {error}"),
        |_| (),
    );
    let dates = [("exp", claims.exp), ("nbf", claims.nbf), ("iat", claims.iat)];
    for (name, date) in dates {
        let written = members.0.get(name).map(|value| value.get());
        assert_eq!(date.is_some(), written.is_some(), "{name} of {shown}");
        let same = |date: NumericDate, written: &str| {
            instant(written).is_none_or(|expected| expected == date.at())
        };
        if let (Some(date), Some(written)) = (date, written) {
            assert!(same(date, written), "{name} of {shown} is {:?}", date.at());
        }
    }
    assert_eq!(claims.members().count(), members.0.len(), "members of {shown}");
}

const SEEDS: &[&str] = &[
    r#"{"iss":"a","sub":"b","aud":["c","d"],"exp":1488307191,"nbf":1488307190.25,"iat":1.5e9}"#,
    r#"{"exp":1488307191,"\u0065xp":1,"x":{"exp":1,"y":[1,2,{"z":null}]},"jti":"\ud83d\ude00"}"#,
    r#" { "exp" : 0 , "a" : [ ] , "b" : { } , "c" : true , "d" : false , "e" : null } "#,
    r#"{"exp":-1,"nbf":-0,"iat":9223372036854775807,"aud":"\"\\\/\b\f\n\r\t"}"#,
    r#"{"exp":123456789012345678901234567890,"grüße":"ß"}"#,
];

/// Pieces that JSON breaks on.
const PIECES: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\",
    "\\u",
    "\\ud800",
    "0",
    "1",
    "-",
    "+",
    ".",
    "e",
    "E5",
    "null",
    "true",
    "nul",
    "NaN",
    "exp",
    "\"exp\":1",
    ",\"exp\":2",
    " ",
    "\t",
    "\n",
    "\r",
    "\u{b}",
    "\0",
    "\u{7f}",
    "ü",
    "\u{2028}",
    "//",
    "'",
    "00",
    "01",
    "1.",
    ".5",
    "1e",
    "\"a\":",
];

#[derive(Debug, Clone)]
enum Change {
    Replace(prop::sample::Index, u8),
    Insert(prop::sample::Index, &'static str),
    Remove(prop::sample::Index),
    Repeat(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        (place(), select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        place().prop_map(Change::Remove),
        (place(), place()).prop_map(|(from, to)| Change::Repeat(from, to)),
    ]
}

fn apply(text: &mut Vec<u8>, change: &Change) {
    let len = text.len();
    if len == 0 {
        return;
    }
    match change {
        Change::Replace(at, byte) => text[at.index(len)] = *byte,
        Change::Insert(at, piece) => {
            let at = at.index(len);
            text.splice(at..at, piece.bytes());
        }
        Change::Remove(at) => {
            text.remove(at.index(len));
        }
        Change::Repeat(from, to) => {
            let (from, to) = (from.index(len), to.index(len));
            let part = text[from.min(to)..from.max(to)].to_vec();
            text.splice(from.max(to)..from.max(to), part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn what_is_accepted_is_read_the_same(seed in select(SEEDS), changes in vec(change(), 0..6)) {
        let mut text = seed.as_bytes().to_vec();
        for change in &changes {
            apply(&mut text, change);
        }
        check(&text);
    }
}

#[test]
fn the_seeds_themselves_are_decided() {
    let accepted: Vec<bool> = SEEDS
        .iter()
        .map(|seed| Claims::parse(seed.as_bytes(), &mut Scratch::<0>::new()).is_ok())
        .collect();
    assert_eq!(accepted, [true, false, true, true, true], "the second has `exp` twice");
}
