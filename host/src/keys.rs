//! Key files: JWK (RFC 7517), JWK Set, and raw HMAC secrets.

mod choice;
mod error;
mod fault;
mod hmac;

use std::env;
use std::ffi::OsString;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::render::Language;
use serde_json::Value;

pub(crate) use choice::{NoFit, candidates};
pub(crate) use error::KeyError;
pub(crate) use fault::{Unfit, Unreadable};
pub(crate) use hmac::Hmac;

use crate::cli::KeyArgs;
use crate::error::Error;
use crate::input::{self, Awaited};

/// An HMAC secret. Without `Debug`, so that no report and no panic can show it.
pub(crate) struct Secret(Vec<u8>);

impl Secret {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A symmetric key and what its owner allows it for.
pub(crate) struct Key {
    pub(crate) id: Option<String>,
    /// The algorithm that the key names, as its JWK writes it.
    pub(crate) alg: Option<String>,
    pub(crate) secret: Secret,
}

/// What a source of keys holds.
pub(crate) struct Keys {
    pub(crate) keys: Vec<Key>,
    pub(crate) unfit: Vec<Unfit>,
    pub(crate) form: Form,
}

/// What the keys came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One key that the caller chose; its `kid` need not fit.
    Single,
    /// A set, where `kid` picks.
    Set,
    /// Bytes that name nothing.
    Raw,
}

/// Reads the keys that the command line names.
///
/// # Errors
/// [`Error::Read`] for the file, [`Error::Key`] for what is in it.
pub(crate) fn read(args: &KeyArgs, language: Language) -> Result<Keys, Error> {
    if let Some(name) = &args.key {
        let fault = |fault| KeyError::Unreadable { name: input::shown(name), fault }.into();
        return file(&input::file(name, Awaited::Key, language)?).map_err(fault);
    }
    let (name, secret) = match (&args.secret_file, &args.secret_env) {
        (Some(name), _) => (input::shown(name), input::file(name, Awaited::Key, language)?),
        (None, Some(name)) => variable(name)?,
        (None, None) => (String::new(), Vec::new()), // clap demands one of the three
    };
    raw(secret).map_err(|fault| KeyError::Unreadable { name, fault }.into())
}

fn variable(name: &OsString) -> Result<(String, Vec<u8>), Error> {
    let shown = name.to_string_lossy().into_owned();
    match env::var_os(name) {
        Some(secret) => Ok((shown, secret.into_encoded_bytes())),
        None => Err(KeyError::Unreadable { name: shown, fault: Unreadable::NoVariable }.into()),
    }
}

// Every byte counts, a final newline too: a secret is not a line of text.
fn raw(secret: Vec<u8>) -> Result<Keys, Unreadable> {
    if secret.is_empty() {
        return Err(Unreadable::Empty);
    }
    let key = Key { id: None, alg: None, secret: Secret(secret) };
    Ok(Keys { keys: vec![key], unfit: vec![], form: Form::Raw })
}

fn is_pem(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"-----BEGIN ")
}

fn file(text: &[u8]) -> Result<Keys, Unreadable> {
    if is_pem(text) {
        return Ok(Keys { keys: vec![], unfit: vec![Unfit::Pem], form: Form::Single });
    }
    match serde_json::from_slice(text).map_err(|_| Unreadable::NotJson)? {
        Value::Object(object) => match object.get("keys") {
            Some(Value::Array(members)) => Ok(set(members)),
            _ => jwk(&Value::Object(object)).map(|key| sorted([key], Form::Single)),
        },
        _ => Err(Unreadable::NotAnObject),
    }
}

// RFC 7517 §5: members that are not understood, or lack something, are skipped.
fn set(members: &[Value]) -> Keys {
    sorted(members.iter().filter_map(|member| jwk(member).ok()), Form::Set)
}

fn sorted(read: impl IntoIterator<Item = Result<Key, Unfit>>, form: Form) -> Keys {
    let mut keys = Keys { keys: vec![], unfit: vec![], form };
    for key in read {
        match key {
            Ok(key) => keys.keys.push(key),
            Err(unfit) => keys.unfit.push(unfit),
        }
    }
    keys
}

/// RFC 7518 §6.4.
fn jwk(jwk: &Value) -> Result<Result<Key, Unfit>, Unreadable> {
    let member = |name| jwk.get(name).and_then(Value::as_str);
    match member("kty").ok_or(Unreadable::NoMember("kty"))? {
        "oct" => {}
        other => return Ok(Err(Unfit::KeyType(other.to_owned()))),
    }
    if !is_for_signatures(jwk) {
        return Ok(Err(Unfit::Purpose));
    }
    let encoded = member("k").ok_or(Unreadable::NoMember("k"))?;
    let secret = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| Unreadable::NotBase64("k"))?;
    let owned = |name| member(name).map(str::to_owned);
    Ok(Ok(Key { id: owned("kid"), alg: owned("alg"), secret: Secret(secret) }))
}

/// RFC 7517 §4.2 and §4.3; a symmetric key that may sign may verify.
fn is_for_signatures(jwk: &Value) -> bool {
    let usage = jwk.get("use").is_none_or(|usage| usage == "sig");
    let operations = jwk.get("key_ops").is_none_or(|operations| {
        let operations = operations.as_array().map(Vec::as_slice).unwrap_or_default();
        operations.iter().any(|operation| operation == "verify" || operation == "sign")
    });
    usage && operations
}

#[cfg(test)]
mod tests {
    use super::*;

    const OCT: &str = r#"{"kty":"oct","k":"AAEC","kid":"a","alg":"HS256","use":"sig"}"#;

    #[test]
    fn reads_symmetric_jwks() {
        let set = format!(r#"{{"keys":[{{"kty":"oct"}},{OCT},{{"kty":"RSA","n":"AQAB"}}]}}"#);
        for (text, form) in [(OCT, Form::Single), (&set, Form::Set)] {
            let keys = file(text.as_bytes()).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            let [key] = keys.keys.as_slice() else { panic!("{text}: not one key") };
            assert_eq!(keys.form, form, "{text}");
            assert_eq!(key.secret.bytes(), [0, 1, 2], "{text}");
            assert_eq!(
                (key.id.as_deref(), key.alg.as_deref()),
                (Some("a"), Some("HS256")),
                "{text}"
            );
        }
    }

    #[test]
    fn names_what_makes_a_file_unreadable() {
        use Unreadable::{NoMember, NotAnObject, NotBase64, NotJson};
        const ROWS: &[(&str, Unreadable)] = &[
            ("secret", NotJson),
            ("", NotJson),
            ("[]", NotAnObject),
            ("{}", NoMember("kty")),
            (r#"{"kty":"oct"}"#, NoMember("k")),
            (r#"{"kty":"oct","k":1}"#, NoMember("k")),
            (r#"{"kty":"oct","k":"AA=="}"#, NotBase64("k")),
            (r#"{"kty":"oct","k":"A+/A"}"#, NotBase64("k")),
            (r#"{"kty":"oct","k":"AAEC\n"}"#, NotBase64("k")),
        ];
        for (text, expected) in ROWS {
            assert_eq!(file(text.as_bytes()).err().as_ref(), Some(expected), "{text:?}");
        }
        assert_eq!(raw(Vec::new()).err(), Some(Unreadable::Empty));
    }

    #[test]
    fn keeps_other_keys_apart() {
        let kty = |kty: &str| vec![Unfit::KeyType(kty.to_owned())];
        let rows: &[(&str, Vec<Unfit>)] = &[
            ("-----BEGIN PUBLIC KEY-----\n", vec![Unfit::Pem]),
            (r#"{"kty":"RSA","n":"AQAB"}"#, kty("RSA")),
            (r#"{"keys":[{"kty":"EC"}]}"#, kty("EC")),
            (r#"{"keys":[]}"#, vec![]),
            (r#"{"kty":"oct","k":"AAEC","use":"enc"}"#, vec![Unfit::Purpose]),
            (r#"{"kty":"oct","k":"AAEC","key_ops":["wrapKey"]}"#, vec![Unfit::Purpose]),
        ];
        for (text, unfit) in rows {
            let keys = file(text.as_bytes()).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!((keys.keys.len(), &keys.unfit), (0, unfit), "{text}");
        }
    }
}
