//! Whatever the strict parser accepts, `serde_json` reads the same way; and it refuses only what it
//! documents as refused. Texts are claims sets with a few edits, so that most are almost JSON.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fmt;

use jwtick_core::time::NumericDate;
use jwtick_core::token::{Claims, ClaimsError, JsonFault, ReadFault, Text};
use jwtick_core::{Scratch, UnixTime};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// A JSON text without duplicate members, at any level.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self, A::Error> {
        while elements.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut names = BTreeSet::new();
        while let Some((name, _)) = members.next_entry::<String, Self>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("duplicate member"));
            }
        }
        Ok(self)
    }
}

/// Texts to start from: contents of real tokens, and known traps for careless parsers.
const SEEDS: &[&str] = &[
    r#"{"iss":"https://i","sub":"s","aud":["a","b"],"exp":1488307191,"nbf":1488306891,"jti":"7"}"#,
    r#"{"exp":1.5e9,"nbf":1488307191.25,"iat":-0.5,"aud":"a"}"#,
    r#"{ "\u0065xp" : 15e8 , "n\u0062f" : 1500000000000e-3 , "x" : [ 1 , -2.5E+3 , "\ud83d\ude00" ] }"#,
    r#"{"a":{"b":{"c":[{},[],[{"b":1,"d":null}]]},"e":true},"exp":9e15,"iat":false}"#,
    r#"{"exp":-1,"nbf":-0,"iat":9223372036854775807,"x":123456789012345678901234567890}"#,
    "{\"é\":\"😀 \\\"\\\\\\/\\b\\f\\n\\r\\t\",\"exp\":1e20,\"z\":{\"exp\":1,\"e\":2}}",
];

/// Spliced-in text: single characters of the grammar, and pieces that matter together.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "0", "1", "-", "+", ".", "e", "E5", " ", "\n",
    "\t", "\u{b}", "\u{0}", "null", "nul", "true", "false", "NaN", "\"exp\":1,", ",\"exp\":2", "\\u0065",
    "\\ud800", "\\udc00", "é", "😀", "\u{2028}", "1e9", "1e400", "-0", "00", "1.", ".5", "\u{7f}",
    "\u{feff}", "{}", "[]", "\"a\"", "\"a\":0,", "//", "'",
];

#[derive(Debug, Clone)]
enum Edit {
    Insert(Index, &'static str),
    Remove(Index, usize),
    Copy(Index, Index, usize),
    Byte(Index, u8),
}

impl Edit {
    fn apply(&self, text: &mut Vec<u8>) {
        match self {
            Self::Insert(at, piece) => {
                let at = at.index(text.len().saturating_add(1));
                text.splice(at..at, piece.bytes());
            }
            _ if text.is_empty() => {}
            Self::Remove(at, count) => {
                let at = at.index(text.len());
                text.drain(at..text.len().min(at.saturating_add(*count)));
            }
            Self::Copy(from, to, count) => {
                let (from, to) = (from.index(text.len()), to.index(text.len()));
                let piece: Vec<u8> = text.iter().copied().skip(from).take(*count).collect();
                text.splice(to..to, piece);
            }
            Self::Byte(at, byte) => {
                let at = at.index(text.len());
                text.splice(at..=at, [*byte]);
            }
        }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        2 => (at(), 1_usize..8).prop_map(|(at, count)| Edit::Remove(at, count)),
        2 => (at(), at(), 1_usize..12).prop_map(|(from, to, count)| Edit::Copy(from, to, count)),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
    ]
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let seed = prop::sample::select(SEEDS);
    (seed, prop::collection::vec(edit(), 0..4)).prop_map(|(seed, edits)| {
        let mut text = seed.as_bytes().to_vec();
        edits.iter().for_each(|edit| edit.apply(&mut text));
        text
    })
}

/// A number too large for a double is valid under RFC 8259 §6. `serde_json` cannot represent it and
/// fails; core compares decimals, so it saturates. Both must still agree on the grammar.
fn only_beyond_double(error: &serde_json::Error, text: &[u8]) -> bool {
    error.to_string().starts_with("number out of range")
        && serde_json::from_slice::<&RawValue>(text).is_ok()
}

#[expect(
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "the oracle's dates are doubles"
)]
fn same_date(ours: Option<NumericDate>, theirs: Option<&Value>) -> bool {
    match (ours, theirs) {
        (None, None) => true,
        (Some(ours), Some(theirs)) => match (theirs.as_i64(), theirs.as_f64()) {
            (Some(secs), _) => ours.at() == UnixTime::from_secs(secs),
            (None, Some(secs)) => {
                let micros = (secs * 1e6).clamp(i64::MIN as f64, i64::MAX as f64);
                (ours.at().as_micros() as f64 - micros).abs() <= 1.0 + micros.abs() * 1e-15
            }
            _ => false,
        },
        _ => false,
    }
}

fn same_text(ours: Option<Text<'_>>, theirs: Option<&Value>) -> bool {
    ours.map(|text| text.to_string()).as_deref() == theirs.and_then(Value::as_str)
}

fn read_alike(claims: &Claims<'_>, value: &Value) -> bool {
    let names = claims.members().map(|(name, _)| name.to_string()).collect::<BTreeSet<_>>();
    let theirs = value.as_object().map(|members| members.keys().cloned().collect());
    Some(names) == theirs
        && same_date(claims.exp, value.get("exp"))
        && same_date(claims.nbf, value.get("nbf"))
        && same_date(claims.iat, value.get("iat"))
        && same_text(claims.iss, value.get("iss"))
        && same_text(claims.sub, value.get("sub"))
        && same_text(claims.jti, value.get("jti"))
        && claims.members().all(|(name, member)| {
            let read = serde_json::from_str::<Value>(member.as_written()).ok();
            read.as_ref() == value.get(name.to_string())
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn accepted_text_is_read_like_serde_json(text in mutated()) {
        let mut scratch = Scratch::<0>::new();
        if let Ok(claims) = Claims::parse(&text, &mut scratch) {
            match serde_json::from_slice::<Value>(&text) {
                Err(error) => prop_assert!(only_beyond_double(&error, &text), "{error}"),
                Ok(value) => {
                    prop_assert!(serde_json::from_slice::<Unique>(&text).is_ok(), "duplicates");
                    prop_assert!(read_alike(&claims, &value), "{claims:?} {value}");
                }
            }
        }
    }

    #[test]
    fn refused_text_is_refused_by_serde_json_or_documented(text in mutated()) {
        let mut scratch = Scratch::<0>::new();
        let Err(ClaimsError::Json(refusal)) = Claims::parse(&text, &mut scratch) else {
            return Ok(());
        };
        let theirs = serde_json::from_slice::<Unique>(&text);
        match (refusal.fault, theirs) {
            (_, Err(_)) | (JsonFault::TooDeep { .. } | JsonFault::TooManyMembers { .. }, _) => {}
            // A claims set is an object (RFC 7519 §3), so other JSON texts are skipped.
            (_, Ok(_)) => prop_assert!(!text.trim_ascii_start().starts_with(b"{"), "{refusal}"),
        }
    }
}

#[test]
fn values_are_read_into_caller_types() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Access<'a> {
        #[serde(borrow)]
        roles: [&'a str; 2],
    }
    let text = r#"{"a":{"x":1,"roles":["r","w"]},"n":300,"f":1.5,"z":null,"s":"a\u0062"}"#;
    let mut scratch = Scratch::<0>::new();
    let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
    assert_eq!(claims.claim("a"), Ok(Some(Access { roles: ["r", "w"] })));
    assert_eq!(claims.claim::<u16>("n"), Ok(Some(300)));
    assert_eq!(claims.claim::<u16>("missing"), Ok(None));
    assert_eq!(claims.claim::<Option<f64>>("z"), Ok(Some(None)));
    assert_eq!(claims.claim::<String>("s").unwrap().unwrap(), "ab");
    assert!(claims.get("s").unwrap().text().unwrap() == *"ab");
}

#[test]
fn text_length_is_limited_to_16_bits() {
    let padded = |len: usize| format!("{{\"a\":1{}}}", " ".repeat(len - 7));
    let read = |len: usize| {
        let text = padded(len);
        Claims::parse(text.as_bytes(), &mut Scratch::<0>::new()).map_or_else(
            |error| error.to_string(),
            |claims| String::from(claims.get("a").unwrap().as_written()),
        )
    };
    assert_eq!(read(65_535), "1");
    assert_eq!(read(65_536), "expected a text of at most 65535 bytes, but found 65536");
}

#[test]
fn long_escaped_text_is_refused_as_a_value() {
    let read = |len: usize| {
        let text = format!(r#"{{"a":"\n{}"}}"#, "x".repeat(len - 1));
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        let read = claims.claim::<String>("a").map(Option::unwrap);
        read.map_or_else(|error| error.to_string(), |text| text.len().to_string())
    };
    assert_eq!(read(256), "256");
    assert_eq!(
        read(257),
        "a string does not fit the requested type: expected a string with escapes of at most 256 bytes, but found a longer one"
    );
}

#[test]
fn values_of_another_type_are_refused() {
    let text = r#"{"n":300,"f":1.5,"z":null,"s":"\ud83d\ude00","l":"\n"}"#;
    let mut scratch = Scratch::<0>::new();
    let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
    let refusals = [
        claims.claim::<u8>("n").map(|_| ()),
        claims.claim::<u8>("f").map(|_| ()),
        claims.claim::<f64>("z").map(|_| ()),
        claims.claim::<bool>("n").map(|_| ()),
        claims.claim::<String>("s").map(|_| ()),
        claims.claim::<&str>("l").map(|_| ()),
    ]
    .map(|read| read.unwrap_err().to_string());
    let expected = [
        "a number does not fit the requested type: expected a whole number within its range",
        "a number does not fit the requested type: expected a whole number within its range",
        "null does not fit the requested type: expected another type",
        "a number does not fit the requested type: expected another type",
        "a string does not fit the requested type: a string has an escaped surrogate pair: read it as `Text`",
        "a string does not fit the requested type: a string has escapes and cannot be borrowed: read it into an owned type",
    ];
    assert_eq!(refusals, expected);
}

#[test]
fn whole_claims_set_is_read() {
    #[derive(serde::Deserialize)]
    struct Session<'a> {
        sub: &'a str,
        exp: u64,
    }
    type Row = (&'static str, Result<(&'static str, u64), ReadFault>);
    let rows: &[Row] = &[
        (r#" {"sub":"ann","exp":7,"more":{"a":[1]}} "#, Ok(("ann", 7))),
        (r#"{"sub":"\u0061nn","exp":7}"#, Err(ReadFault::Borrowed)),
        (r#"{"sub":"ann","exp":7,"more":"\n"}"#, Ok(("ann", 7))),
        (r#"{"exp":7,"more":"\n"}"#, Err(ReadFault::Refused)),
        (r#"{"sub":"ann","exp":-1}"#, Err(ReadFault::Number)),
    ];
    for &(text, expected) in rows {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(text.as_bytes(), &mut scratch).unwrap();
        let met = claims.read::<Session<'_>>();
        let met = met.map(|it| (it.sub, it.exp)).map_err(|error| error.fault);
        assert_eq!(met, expected, "{text}");
    }
}
