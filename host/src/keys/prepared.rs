//! Keys that are read once and then verify any number of tokens.

use jwtick_core::key::{JwkError, by_kid};
use jwtick_core::token::{Algorithm, Header, InvalidSignature, Jws, Text, Verified, Verifier};

use super::choice::{NoFit, SUPPORTED, Unmet, candidate};
use super::error::KeyError;
use super::fault::Unreadable;
use super::key::{Form, Keys};
use super::ring_key::Hmac;

/// The keys of one source, each prepared for every algorithm that it permits. No `Debug`, since a key may be
/// a secret.
pub(crate) struct PreparedKeys {
    keys: Vec<Prepared>,
    form: Form,
    skipped: Option<Unreadable>,
}

struct Prepared {
    kid: Option<String>,
    uses: Vec<(Algorithm, Result<Ready, JwkError>)>,
}

/// A key for one algorithm.
struct Ready(Box<dyn Verifier + Send + Sync>);

impl Verifier for Ready {
    fn algorithm(&self) -> Algorithm {
        self.0.algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.0.verify(signing_input, signature)
    }
}

/// The reason why a token is not authentic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotAuthentic {
    /// No key can be tried.
    Key(NoFit),
    /// The signature matches none of the keys that fit.
    Signature,
}

/// A `kid`, as a token has it or as a key does.
#[derive(Clone, Copy)]
enum Id<'t> {
    OfToken(Text<'t>),
    OfKey(&'t str),
}

impl PartialEq for Id<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::OfToken(one), Self::OfToken(other)) => one == other,
            (Self::OfKey(one), Self::OfKey(other)) => one == other,
            (Self::OfToken(text), Self::OfKey(name)) | (Self::OfKey(name), Self::OfToken(text)) => {
                *text == **name
            }
        }
    }
}

impl PreparedKeys {
    /// Prepares keys.
    pub(crate) fn new(keys: &Keys) -> Self {
        let prepared = keys.keys.iter().map(|key| {
            let ready = |&algorithm: &Algorithm| {
                let candidate = candidate(key, algorithm, keys.weak_secrets);
                (algorithm, candidate.map(|candidate| Ready(candidate.verifier)))
            };
            Prepared { kid: key.kid(), uses: SUPPORTED.iter().map(ready).collect() }
        });
        let skipped = keys.skipped.first().cloned();
        Self { keys: prepared.collect(), form: keys.form, skipped }
    }

    /// Returns the number of keys.
    pub(crate) const fn count(&self) -> usize {
        self.keys.len()
    }

    /// Returns true if all of them are HMAC secrets.
    pub(crate) fn is_of_secrets(&self) -> bool {
        let ready = self.keys.iter().flat_map(|key| &key.uses).filter(|(_, ready)| ready.is_ok());
        ready.map(|(algorithm, _)| *algorithm).all(Hmac::has)
    }

    /// Checks that at least one key can verify.
    ///
    /// # Errors
    /// [`KeyError`] with the reason for the first key.
    pub(crate) fn check(&self) -> Result<(), KeyError> {
        let uses = || self.keys.iter().flat_map(|key| &key.uses).map(|(_, ready)| ready);
        let suits = |fault: &&JwkError| {
            !matches!(fault, JwkError::Unsuited { .. } | JwkError::OtherAlgorithm { .. })
        };
        if uses().any(Result::is_ok) {
            return Ok(());
        }
        match (uses().filter_map(|ready| ready.as_ref().err()).find(suits), &self.skipped) {
            (Some(fault), _) => Err(fault.clone().into()),
            (None, Some(fault)) => Err(fault.clone().into()),
            (None, None) => Err(KeyError::None),
        }
    }

    /// Verifies a token with the keys that fit its header, by the rules of
    /// [`candidates`](super::candidates).
    ///
    /// # Errors
    /// [`NotAuthentic`] says why the token is not authentic.
    pub(crate) fn verify<'t>(&self, jws: Jws<'t>) -> Result<Jws<'t, Verified>, NotAuthentic> {
        let header = *jws.header();
        let mut unmet = Unmet::of(header.alg, self.form);
        let (mut is_named, mut is_tried) = (false, false);
        for key in self.named(&header) {
            is_named = true;
            match key.ready(header.alg).map(|key| jws.clone().verify(key)) {
                Ok(Ok(verified)) => return Ok(verified),
                Ok(Err(_)) => is_tried = true,
                Err(refused) => unmet.add(refused),
            }
        }
        Err(match header.kid {
            _ if is_tried => NotAuthentic::Signature,
            _ if self.keys.is_empty() => NotAuthentic::Key(NoFit::Unread(self.skipped.clone())),
            Some(kid) if !is_named => NotAuthentic::Key(NoFit::KeyId(kid.to_string())),
            _ => NotAuthentic::Key(unmet.fault),
        })
    }

    fn named<'k>(&'k self, header: &Header<'k>) -> impl Iterator<Item = &'k Prepared> + use<'k> {
        let kid = header.kid.filter(|_| self.form == Form::Set).map(Id::OfToken);
        by_kid(self.keys.iter(), kid, |key: &&'k Prepared| key.kid.as_deref().map(Id::OfKey))
    }
}

impl Prepared {
    fn ready(&self, algorithm: Algorithm) -> Result<&Ready, JwkError> {
        match self.uses.iter().find(|(known, _)| *known == algorithm) {
            Some((_, Ok(ready))) => Ok(ready),
            Some((_, Err(refused))) => Err(refused.clone()),
            None => Err(JwkError::Unsupported { algorithm }),
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jwtick_core::Scratch;

    use super::*;
    use crate::keys::choice::candidates;

    const SECRETS: [&[u8; 32]; 2] = [&[b'a'; 32], &[b'b'; 32]];

    fn member(more: &str, secret: &[u8]) -> String {
        format!(r#"{{"kty":"oct"{more},"k":"{}"}}"#, URL_SAFE_NO_PAD.encode(secret))
    }

    fn token(header: &str, secret: &[u8]) -> String {
        let [header, payload] = [header, "{}"].map(|text| URL_SAFE_NO_PAD.encode(text));
        let input = format!("{header}.{payload}");
        let tag = Hmac::new(Algorithm::Hs256, secret).unwrap().sign(input.as_bytes());
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag.as_bytes()))
    }

    /// What the keys say, prepared and not.
    fn said(set: &str, token: &str) -> [Result<(), NotAuthentic>; 2] {
        let keys = crate::keys::read::set(set.as_bytes()).unwrap();
        let mut scratch = Scratch::<512>::new();
        let jws = Jws::decode(token.as_bytes(), &mut scratch).unwrap();
        let each = match candidates(&keys, jws.header()) {
            Err(fault) => Err(NotAuthentic::Key(fault)),
            Ok(keys) if keys.iter().any(|key| jws.clone().verify(key).is_ok()) => Ok(()),
            Ok(_) => Err(NotAuthentic::Signature),
        };
        [PreparedKeys::new(&keys).verify(jws.clone()).map(drop), each]
    }

    #[test]
    fn prepared_keys_decide_as_keys_that_are_read_for_each_token() {
        let [one, other] = SECRETS;
        let named = |kid: &str, secret: &[u8]| member(&format!(r#","kid":"{kid}""#), secret);
        let es512 = r#"{"kty":"EC","crv":"P-521","kid":"e","x":"AA","y":"AA"}"#.to_owned();
        let hs384 = member(r#","kid":"1","alg":"HS384""#, one);
        let plain = r#"{"alg":"HS256"}"#;
        let first = r#"{"alg":"HS256","kid":"1"}"#;
        let escaped = "{\"alg\":\"HS256\",\"kid\":\"\\u0031\"}";
        let rows = [
            ("the named key", vec![named("1", one), named("2", other)], first, true),
            ("another key is named", vec![named("2", one)], first, false),
            (
                "the named key has another secret",
                vec![named("1", other), named("2", one)],
                first,
                false,
            ),
            ("two keys of one name", vec![named("1", other), named("1", one)], first, true),
            ("an escaped name", vec![named("1", one)], escaped, true),
            ("an escaped name in the set", vec![named("\\u0031", one)], first, true),
            ("no name", vec![named("2", other), named("1", one)], plain, true),
            ("a key without a name", vec![member("", one)], first, true),
            (
                "a key without a name next to a named one",
                vec![member("", one), named("1", other)],
                first,
                false,
            ),
            ("the named key is for another algorithm", vec![hs384], first, false),
            ("a key that cannot be read", vec![es512], first, false),
            ("a short secret", vec![member("", b"short")], plain, false),
            ("no key", vec![], plain, false),
        ];
        for (name, members, header, is_good) in rows {
            let set = format!(r#"{{"keys":[{}]}}"#, members.join(","));
            let [prepared, each] = said(&set, &token(header, one));
            assert_eq!(prepared, each, "{name}");
            assert_eq!(prepared.is_ok(), is_good, "{name}: {prepared:?}");
        }
    }
}
