//! JSON Schema, limited to the keywords that `fixtures/schema` uses.
//!
//! A validator of the whole draft would add fifty crates. This one knows a dozen keywords and rejects
//! any other, so that a schema cannot state something that is not checked.

use std::fs;

use serde_json::{Map, Value};

use crate::fixture;

/// A schema of `fixtures/schema`.
#[derive(Debug)]
pub struct Schema(Value);

impl Schema {
    /// Reads `fixtures/schema/NAME.json`.
    ///
    /// # Errors
    /// Returns the error of reading the file or of parsing it as JSON.
    pub fn load(name: &str) -> Result<Self, String> {
        let file = fixture(&format!("schema/{name}.json"));
        let text = fs::read(&file).map_err(|error| error.to_string())?;
        serde_json::from_slice(&text).map(Self).map_err(|error| error.to_string())
    }

    /// Compares a value with the schema.
    ///
    /// # Errors
    /// Returns the location of the first difference, and the keyword that found it.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        self.compare("$", &self.0, value)
    }

    fn compare(&self, at: &str, schema: &Value, value: &Value) -> Result<(), String> {
        let keywords = schema.as_object().ok_or_else(|| format!("{at}: no schema"))?;
        for (keyword, limit) in keywords {
            match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "format" => {}
                "$ref" => self.compare(at, self.definition(limit), value)?,
                "properties" => self.members(at, limit, value)?,
                "items" => self.items(at, limit, value)?,
                _ if self.holds(keyword, limit, keywords, value) => {}
                _ => return Err(format!("{at}: {keyword} is {limit}, met is {value}")),
            }
        }
        Ok(())
    }

    /// Checks one keyword; an unknown one fails.
    fn holds(
        &self,
        keyword: &str,
        limit: &Value,
        keywords: &Map<String, Value>,
        value: &Value,
    ) -> bool {
        let fits = |schema: &&Value| self.compare("", schema, value).is_ok();
        match keyword {
            "type" => any(limit, |name| is(name, value)),
            "enum" => any(limit, |allowed| allowed == value),
            "required" => has_all(limit, value),
            "additionalProperties" => limit == true || only_known(keywords, value),
            "oneOf" => limit.as_array().is_some_and(|all| all.iter().filter(fits).count() == 1),
            "minLength" => value.as_str().is_none_or(|text| limit.as_u64() <= length(text)),
            "minimum" => value.as_i64().is_none_or(|number| limit.as_i64() <= Some(number)),
            _ => false,
        }
    }

    fn definition(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
        pointer.and_then(|pointer| self.0.pointer(pointer)).unwrap_or(&Value::Null)
    }

    fn members(&self, at: &str, schemas: &Value, value: &Value) -> Result<(), String> {
        let members = schemas.as_object().into_iter().flatten();
        for (name, schema) in members {
            if let Some(member) = value.get(name) {
                self.compare(&format!("{at}.{name}"), schema, member)?;
            }
        }
        Ok(())
    }

    fn items(&self, at: &str, schema: &Value, value: &Value) -> Result<(), String> {
        let items = value.as_array().into_iter().flatten().enumerate();
        for (index, item) in items {
            self.compare(&format!("{at}[{index}]"), schema, item)?;
        }
        Ok(())
    }
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

/// Returns true if one item of a list fits, or if the single value does.
fn any(limit: &Value, fits: impl Fn(&Value) -> bool) -> bool {
    match limit {
        Value::Array(list) => list.iter().any(fits),
        one => fits(one),
    }
}

fn has_all(names: &Value, value: &Value) -> bool {
    let has = |name: &Value| name.as_str().is_some_and(|name| value.get(name).is_some());
    !value.is_object() || names.as_array().is_some_and(|names| names.iter().all(has))
}

fn length(text: &str) -> Option<u64> {
    u64::try_from(text.chars().count()).ok()
}

fn only_known(keywords: &Map<String, Value>, value: &Value) -> bool {
    let known = |name: &String| keywords.get("properties").and_then(|all| all.get(name)).is_some();
    value.as_object().is_none_or(|members| members.keys().all(known))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_what_does_not_fit() {
        let schema = Schema(json!({
            "type": "object",
            "required": ["a"],
            "additionalProperties": false,
            "properties": {
                "a": { "type": ["integer", "null"], "minimum": 1 },
                "b": { "type": "array", "items": { "$ref": "#/$defs/word" } },
                "c": { "oneOf": [{ "type": "null" }, { "enum": [7] }] }
            },
            "$defs": { "word": { "type": "string", "minLength": 1 } }
        }));
        let rows: &[(Value, Option<&str>)] = &[
            (json!({ "a": 1 }), None),
            (json!({ "a": null, "b": ["x"], "c": 7 }), None),
            (json!([]), Some("$: type")),
            (json!({}), Some("$: required")),
            (json!({ "a": 0 }), Some("$.a: minimum")),
            (json!({ "a": 1.5 }), Some("$.a: type")),
            (json!({ "a": 1, "d": 2 }), Some("$: additionalProperties")),
            (json!({ "a": 1, "b": ["x", ""] }), Some("$.b[1]: minLength")),
            (json!({ "a": 1, "c": 8 }), Some("$.c: oneOf")),
        ];
        for (value, complaint) in rows {
            match (schema.check(value), complaint) {
                (Ok(()), None) => {}
                (Err(met), Some(expected)) => assert!(met.contains(expected), "{value}: {met}"),
                (met, _) => panic!("{value}: {met:?} instead of {complaint:?}"),
            }
        }
        assert!(Schema(json!({ "pattern": "x" })).check(&json!(1)).is_err());
    }
}
