//! Builds a claims set: members in order, each as JSON text.

use jwtick_core::token::{Claims, ClaimsError};
use jwtick_core::{Scratch, UnixTime};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::notation::duration::decimal;

/// Names and their JSON texts. Numbers keep the digits that were given.
#[derive(Default)]
pub(crate) struct ClaimSet(Vec<(String, String)>);

impl ClaimSet {
    /// Reads the members of a JSON object.
    ///
    /// # Errors
    /// [`ClaimsError`] as for [`Claims::parse`].
    pub(crate) fn parse(text: &[u8]) -> Result<Self, ClaimsError> {
        let mut index = Scratch::<0>::new();
        let claims = Claims::parse(text, &mut index)?;
        let members = claims.members();
        Ok(Self(
            members.map(|(name, value)| (name.to_string(), value.as_written().into())).collect(),
        ))
    }

    /// Adds members from the command line: JSON if the value parses, otherwise a string.
    pub(crate) fn add(&mut self, members: &[(String, String)]) {
        for (name, value) in members {
            self.set(name, json_or_text(value));
        }
    }

    /// Sets a NumericDate (RFC 7519 §2).
    pub(crate) fn set_date(&mut self, name: &str, at: UnixTime) {
        self.set(name, numeric_date(at));
    }

    /// Sets `aud`: one name is a string, several are an array (RFC 7519 §4.1.3).
    pub(crate) fn set_audience(&mut self, names: &[String]) {
        match names {
            [] => {}
            [only] => self.set_text("aud", Some(only)),
            several => self.set("aud", Value::from(several).to_string()),
        }
    }

    /// Returns the claims set as JSON.
    pub(crate) fn to_json(&self) -> String {
        let member = |(name, value): &(String, String)| {
            let name = Value::from(name.as_str());
            format!("{name}:{value}")
        };
        let members: Vec<String> = self.0.iter().map(member).collect();
        format!("{{{}}}", members.join(","))
    }

    /// Sets a string member; `None` leaves an existing value unchanged.
    pub(crate) fn set_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set(name, Value::from(value).to_string());
        }
    }

    /// Sets a member to a JSON text; an existing member keeps its position.
    pub(crate) fn set(&mut self, name: &str, json: String) {
        match self.0.iter_mut().find(|(held, _)| held == name) {
            Some((_, value)) => *value = json,
            None => self.0.push((name.to_owned(), json)),
        }
    }
}

fn numeric_date(at: UnixTime) -> String {
    decimal(at - UnixTime::EPOCH)
}

fn json_or_text(value: &str) -> String {
    serde_json::from_str::<&RawValue>(value)
        .map_or_else(|_| Value::from(value).to_string(), |json| json.get().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_not_json_become_strings() {
        const ROWS: &[(&str, &str)] = &[
            ("1", "1"),
            ("1.50e9", "1.50e9"),
            ("1e400", "1e400"),
            ("true", "true"),
            ("null", "null"),
            (r#"["a","b"]"#, r#"["a","b"]"#),
            (r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#),
            (r#""1""#, r#""1""#),
            ("read write", r#""read write""#),
            ("01", r#""01""#),
            ("", r#""""#),
            (r#"say "hi""#, r#""say \"hi\"""#),
        ];
        for &(value, json) in ROWS {
            assert_eq!(json_or_text(value), json, "{value:?}");
        }
    }

    #[test]
    fn members_keep_position_and_digits() {
        let mut claims = ClaimSet::parse(br#"{"exp":1.5e9, "a":[1, 2],"b":"\u00e4"}"#).unwrap();
        claims.set("a", "3".to_owned());
        claims.set("c", "4".to_owned());
        assert_eq!(claims.to_json(), r#"{"exp":1.5e9,"a":3,"b":"\u00e4","c":4}"#);
        assert!(ClaimSet::parse(br#"{"a":1,"a":2}"#).is_err());
    }
}
