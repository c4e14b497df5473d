//! Tokens in the JSON serialization, rewritten in compact form: signed ones flattened (RFC 7515 §7.2.2) or
//! general (§7.2.1), and encrypted ones (RFC 7516 §7.2), which are only named.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
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

/// The text in which each value in base64 that encodes a token, as those of a Kubernetes Secret, is that token.
/// Lines stay the same.
pub(super) fn decoded(text: Vec<u8>) -> Vec<u8> {
    let (mut plain, mut from) = (Vec::new(), 0);
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    // The segment of a token may encode another token (RFC 7519 §A.2).
    let is_inside =
        |byte: Option<&u8>| byte.is_some_and(|byte| is_base64(byte) || b"._-".contains(byte));
    for start in memmem::find_iter(&text, b"ZXlK") {
        // Looked at first, so that no byte belongs to the values of two starts.
        if is_inside(start.checked_sub(1).and_then(|at| text.get(at))) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| is_base64(byte)).count();
        let padding = rest.iter().skip(digits).take(2).take_while(|byte| **byte == b'=').count();
        let length = digits.saturating_add(padding);
        let after = rest.get(length);
        let value = rest.get(..length).filter(|_| !is_inside(after) && after != Some(&b'='));
        if let Some(token) = value.and_then(token_in) {
            plain.extend_from_slice(text.get(from..start).unwrap_or_default());
            plain.extend_from_slice(&token);
            from = start.saturating_add(length);
        }
    }
    if from == 0 {
        return text;
    }
    plain.extend_from_slice(text.get(from..).unwrap_or_default());
    plain
}

/// The token that a value in base64 encodes.
fn token_in(value: &[u8]) -> Option<Vec<u8>> {
    let token = STANDARD.decode(value).ok()?;
    let token = token.trim_ascii();
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let dots = token.iter().filter(|byte| **byte == b'.').count();
    (dots >= 2 && token.iter().all(is_token)).then(|| token.to_vec())
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

    #[test]
    fn token_in_base64_is_read() {
        const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.e30.AA";
        let secret = STANDARD.encode(TOKEN);
        let nested = format!("eyJhbGciOiJIUzI1NiJ9.{secret}.AA");
        let rows = [
            (format!("data:\n  token: {secret}\n"), format!("data:\n  token: {TOKEN}\n")),
            (
                format!(r#"{{"a":"{secret}","b":"{secret}"}}"#),
                format!(r#"{{"a":"{TOKEN}","b":"{TOKEN}"}}"#),
            ),
            (format!("TOKEN={secret}"), format!("TOKEN={TOKEN}")),
            (STANDARD.encode(format!("{TOKEN}\n")), TOKEN.to_owned()),
            (nested.clone(), nested),
            (STANDARD.encode("eyJ no token"), STANDARD.encode("eyJ no token")),
            (format!("{secret}==="), format!("{secret}===")),
        ];
        for (text, plain) in rows {
            let found = decoded(text.clone().into_bytes());
            assert_eq!(String::from_utf8_lossy(&found), plain, "{text}");
        }
    }
}
