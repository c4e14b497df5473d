//! Tokens in the JSON serialization, rewritten in compact form: signed ones flattened (RFC 7515 §7.2.2) or
//! general (§7.2.1), and encrypted ones (RFC 7516 §7.2), which are only named.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A token that was written as JSON.
pub(super) struct Serialized {
    pub(super) compact: String,
    /// The unprotected header. The signature does not cover it, so it is only shown.
    pub(super) unprotected: Option<String>,
}

impl Serialized {
    /// A name that both headers have (RFC 7515 §7.2.1 demands that they have none in common).
    pub(super) fn repeats(&self, protected: &Value) -> Option<String> {
        let unprotected = serde_json::from_str::<Value>(self.unprotected.as_deref()?).ok()?;
        protected.as_object()?.keys().find(|name| unprotected.get(name).is_some()).cloned()
    }
}

#[derive(Deserialize)]
struct Object {
    payload: Option<String>,
    protected: Option<String>,
    header: Option<Map<String, Value>>,
    signature: Option<String>,
    signatures: Option<Vec<Signature>>,
    encrypted_key: Option<String>,
    iv: Option<String>,
    ciphertext: Option<String>,
    tag: Option<String>,
}

#[derive(Deserialize)]
struct Signature {
    protected: Option<String>,
    header: Option<Map<String, Value>>,
    signature: String,
}

/// The tokens of a text that is one object in the JSON serialization; one for each signature. A member
/// that occurs twice makes it another text.
pub(super) fn tokens(text: &[u8]) -> Option<Vec<Serialized>> {
    let text = text.trim_ascii();
    if !text.starts_with(b"{") {
        return None;
    }
    let object: Object = serde_json::from_slice(text).ok()?;
    if let Some(ciphertext) = &object.ciphertext {
        let or_empty = |part: &Option<String>| part.clone().unwrap_or_default();
        let [header, key] = [or_empty(&object.protected), or_empty(&object.encrypted_key)];
        let [iv, tag] = [or_empty(&object.iv), or_empty(&object.tag)];
        let compact = format!("{header}.{key}.{iv}.{ciphertext}.{tag}");
        return Some(vec![Serialized { compact, unprotected: shown(object.header) }]);
    }
    let Object { payload, protected, header, signature, signatures, .. } = object;
    let payload = payload?;
    let one = |signature: Signature| Serialized {
        compact: [&*signature.protected.unwrap_or_default(), &payload, &signature.signature]
            .join("."),
        unprotected: shown(signature.header),
    };
    match (signature, signatures) {
        (Some(signature), None) => Some(vec![one(Signature { protected, header, signature })]),
        (None, Some(all)) => Some(all.into_iter().map(one).collect()),
        // Both forms at once are neither (RFC 7515 §7.2.2).
        _ => None,
    }
}

fn shown(header: Option<Map<String, Value>>) -> Option<String> {
    header.map(|header| Value::Object(header).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_become_compact_tokens() {
        const ROWS: &[(&str, &str, Option<&[&str]>)] = &[
            (
                "flattened",
                r#"{"payload":"e30","protected":"eyJh","header":{"kid":"1"},"signature":"AA"}"#,
                Some(&["eyJh.e30.AA"]),
            ),
            (
                "general",
                r#"{"payload":"e30","signatures":[{"protected":"eyJh","signature":"AA"},
                    {"protected":"eyJi","header":{"kid":"2"},"signature":"BB"}]}"#,
                Some(&["eyJh.e30.AA", "eyJi.e30.BB"]),
            ),
            ("white space around", " \n{\"payload\":\"\",\"signature\":\"\"}\n ", Some(&[".."])),
            ("no signature", r#"{"payload":"e30"}"#, None),
            ("two forms", r#"{"payload":"e30","signature":"AA","signatures":[]}"#, None),
            ("payload twice", r#"{"payload":"e30","payload":"e31","signature":"AA"}"#, None),
            (
                "encrypted",
                r#"{"protected":"eyJh","encrypted_key":"b","iv":"c","ciphertext":"d","tag":"e"}"#,
                Some(&["eyJh.b.c.d.e"]),
            ),
            ("a response", r#"{"access_token":"eyJh.eyJi.c"}"#, None),
            ("no object", "eyJh.eyJi.c", None),
        ];
        for &(name, text, expected) in ROWS {
            let found = tokens(text.as_bytes());
            let found: Option<Vec<&str>> =
                found.as_ref().map(|all| all.iter().map(|token| &*token.compact).collect());
            assert_eq!(found.as_deref(), expected, "{name}");
        }
    }
}
