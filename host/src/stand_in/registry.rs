//! Known parties: the keys of issuers and the secrets of clients.

use ring::hmac;
use ring::rand::SystemRandom;

use crate::keys::Keys;

/// The keys of one issuer.
pub(crate) struct Registered {
    /// The issuer that the keys belong to; `None` permits any issuer.
    pub(crate) issuer: Option<String>,
    pub(crate) keys: Keys,
}

/// All registered keys and clients.
pub(crate) struct Registry {
    keys: Vec<Registered>,
    secrets: Vec<(String, hmac::Tag)>,
    // Valid for this run only. Tags of secrets are compared instead of the secrets, in constant
    // time.
    pepper: hmac::Key,
}

/// The result of checking a client's identifier and secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credentials {
    Right,
    Wrong,
    /// No client has a registered secret, so there is nothing to compare with.
    Unchecked,
}

impl Registry {
    /// An empty registry; `None` if the system has no randomness.
    pub(crate) fn new() -> Option<Self> {
        let pepper = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok()?;
        Some(Self { keys: vec![], secrets: vec![], pepper })
    }

    pub(crate) fn register(&mut self, keys: Registered) {
        self.keys.push(keys);
    }

    pub(crate) fn register_secret(&mut self, client: String, secret: &[u8]) {
        let tag = hmac::sign(&self.pepper, secret);
        self.secrets.push((client, tag));
    }

    pub(crate) const fn has_no_key(&self) -> bool {
        self.keys.is_empty()
    }

    /// Returns the keys of `issuer`. A key of one issuer is never used for another.
    pub(crate) fn keys_of<'r>(&'r self, issuer: &'r str) -> impl Iterator<Item = &'r Keys> {
        let speaks = move |of: &&Registered| of.issuer.as_deref().is_none_or(|name| name == issuer);
        self.keys.iter().filter(speaks).map(|registered| &registered.keys)
    }

    pub(crate) fn check(&self, client: &str, secret: &str) -> Credentials {
        if self.secrets.is_empty() {
            return Credentials::Unchecked;
        }
        let is_right = self.secrets.iter().any(|(name, tag)| {
            name == client && hmac::verify(&self.pepper, secret.as_bytes(), tag.as_ref()).is_ok()
        });
        if is_right { Credentials::Right } else { Credentials::Wrong }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_is_valid_only_for_its_client() {
        let mut registry = Registry::new().unwrap();
        assert_eq!(registry.check("joe", "x"), Credentials::Unchecked);
        registry.register_secret("joe".to_owned(), b"secret");
        registry.register_secret("eve".to_owned(), b"other");
        const ROWS: &[(&str, &str, Credentials)] = &[
            ("joe", "secret", Credentials::Right),
            ("joe", "other", Credentials::Wrong),
            ("joe", "secret ", Credentials::Wrong),
            ("ann", "secret", Credentials::Wrong),
        ];
        for &(client, secret, expected) in ROWS {
            assert_eq!(registry.check(client, secret), expected, "{client}, {secret}");
        }
    }
}
