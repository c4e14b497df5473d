//! Creates tokens: from claims, in the order in which they were given, to the compact form.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{JwkError, KeyOperation};
use jwtick_core::token::{Algorithm, Claims, ClaimsError};
use jwtick_core::{Scratch, UnixTime};
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::keys::{self, Form, Key, KeyError, Keys, Signer};
use crate::notation::duration::decimal;

/// A signing key, and the header of all its tokens. No `Debug`, since it contains a key.
pub(crate) struct Minter {
    signer: Signer,
    algorithm: Algorithm,
    header: String,
}

impl Minter {
    /// Selects the only key of `keys` that can sign by `asked`, or else by the algorithm that the
    /// key names; `header` contains additional header members.
    ///
    /// # Errors
    /// [`KeyError`] if no key can sign, or more than one.
    pub(crate) fn new(
        keys: Keys,
        asked: Option<Algorithm>,
        header: &[(String, String)],
    ) -> Result<Self, KeyError> {
        let (key, algorithm) = one_key(keys, asked)?;
        let signer = Signer::new(&key, algorithm)?;
        let header = header_json(algorithm, &key, header)?;
        Ok(Self { signer, algorithm, header })
    }

    /// Returns the signature algorithm.
    pub(crate) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Creates a token with these claims.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
    pub(crate) fn mint(&self, claims: &str) -> Result<String, KeyError> {
        let mut compact = URL_SAFE_NO_PAD.encode(&self.header);
        compact.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut compact);
        let signature = self.signer.sign(compact.as_bytes())?;
        compact.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut compact);
        Ok(compact)
    }
}

/// Returns the keys that have the ID. A key that is not of a set gets it if it has none.
///
/// # Errors
/// [`KeyError::NoSuchId`] if none has it.
pub(crate) fn with_id(keys: Keys, id: &str) -> Result<Keys, KeyError> {
    let ids = keys.ids();
    let Keys { keys, form, .. } = keys;
    let unnamed = form != Form::Set && ids.is_empty();
    let keys = keys.into_iter().map(|key| if unnamed { keys::with_id(key, id) } else { key });
    let keys: Vec<Key> = keys.filter(|key| key.kid().is_some_and(|it| it == id)).collect();
    match keys.is_empty() {
        true => Err(KeyError::NoSuchId { id: id.to_owned(), ids }),
        false => Ok(Keys::of_form(keys, form)),
    }
}

/// Returns the only key that can sign, and its algorithm.
fn one_key(keys: Keys, asked: Option<Algorithm>) -> Result<(Key, Algorithm), KeyError> {
    let mut fault = keys.skipped.into_iter().next().map_or(KeyError::None, KeyError::from);
    let mut able = Vec::new();
    for key in keys.keys {
        let fits = algorithm(asked, &key)
            .and_then(|algorithm| key.permits(KeyOperation::Sign, algorithm).map(|()| algorithm));
        match fits {
            Ok(algorithm) => able.push((key, algorithm)),
            Err(refused) => fault = refused.into(),
        }
    }
    let ids: Vec<String> = able.iter().filter_map(|(key, _)| key.kid()).collect();
    match (able.len(), able.pop()) {
        (1, Some(only)) => Ok(only),
        (count, Some(_)) => Err(KeyError::Many { count, ids }),
        (_, None) => Err(fault),
    }
}

// RFC 8725 §3.1: the key determines its algorithm; the caller chooses only if the key names none.
fn algorithm(asked: Option<Algorithm>, key: &Key) -> Result<Algorithm, JwkError> {
    let jwk = key.jwk()?;
    let named = jwk.alg.and_then(|name| Algorithm::named(&name.to_string()));
    let usual = || key.default_algorithm(jwk.kind());
    asked.or(named).or_else(usual).ok_or(JwkError::Missing { name: "alg" })
}

/// Returns the header as JSON: `alg`, `typ`, the `kid` of the key if it has one, and the members
/// that the command line adds or replaces, except `alg`, which the key determines.
///
/// # Errors
/// None that were not already found while reading the key.
pub(super) fn header_json(
    algorithm: Algorithm,
    key: &Key,
    more: &[(String, String)],
) -> Result<String, JwkError> {
    let mut header = ClaimSet::default();
    header.set_text("alg", Some(algorithm.name()));
    header.set_text("typ", Some("JWT"));
    header.set_text("kid", key.jwk()?.kid.map(|kid| kid.to_string()).as_deref());
    header.add(more);
    Ok(header.to_json())
}

/// Returns an unguessable unique identifier: 128 random bits.
///
/// # Errors
/// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
pub(crate) fn unique_id() -> Result<String, KeyError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

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
