//! Selects the keys that may have signed a token.

use core::fmt;

use jwtick_core::key::{AnyKey, Jwk, JwkError, KeyOperation, KeyPart, WeakKey, by_kid};
use jwtick_core::token::{Algorithm, Header, InvalidSignature, Verifier};
use zeroize::Zeroizing;

use super::fault::Unreadable;
use super::jwk_text::{Octets, thumbprint};
use super::key::{Form, Format, Key, Keys, Validity};
use super::ring_key::{Hmac, RingKey};

/// A key that fits the header of a token.
pub(crate) struct Candidate<'k> {
    key: &'k Key,
    weak: Option<Weak>,
    pub(super) verifier: Box<dyn Verifier + Send + Sync>,
}

/// Information about a key for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) kid: Option<String>,
    /// The RFC 7638 thumbprint; `None` for a secret.
    pub(crate) thumbprint: Option<String>,
    pub(crate) format: Format,
    /// The validity of the certificate that the key came with.
    pub(crate) validity: Option<Validity>,
    /// A secret that is too short.
    pub(crate) weak: Option<Weak>,
    part: KeyPart,
}

/// The length of a secret that is too short, in bytes (RFC 7518 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weak {
    pub(crate) has: usize,
    pub(crate) needs: usize,
}

impl Described {
    /// Returns true if the file holds more than verification needs.
    pub(crate) fn is_private(&self) -> bool {
        self.part == KeyPart::Private
    }
}

impl Candidate<'_> {
    pub(crate) fn describe(&self) -> Result<Described, JwkError> {
        let jwk = self.key.jwk()?;
        Ok(Described {
            kid: jwk.kid.map(|kid| kid.to_string()),
            thumbprint: thumbprint(&jwk),
            format: self.key.format(),
            validity: self.key.validity,
            weak: self.weak,
            part: jwk.part(),
        })
    }
}

impl Verifier for Candidate<'_> {
    fn algorithm(&self) -> Algorithm {
        self.verifier.algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.verifier.verify(signing_input, signature)
    }
}

/// Reasons why no key can be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoFit {
    /// This version cannot check signatures of this kind.
    Unsupported(Algorithm),
    /// The key that the caller chose does not fit.
    Key(JwkError),
    /// No key has the `kid` of the token.
    KeyId(String),
    /// No key of the set is for the algorithm of the token.
    Set(Algorithm),
    /// No key of the set can be read.
    Unread(Option<Unreadable>),
}

impl NoFit {
    /// Returns true if a set that was fetched later may have the key.
    pub(crate) const fn may_be_in_newer_set(&self) -> bool {
        matches!(self, Self::KeyId(_) | Self::Set(_) | Self::Unread(_))
    }
}

impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported(token) => {
                write!(f, "{token} signatures are not supported: expected {}", supported())
            }
            Self::Key(fault @ JwkError::Secret(WeakKey::Short { .. })) => {
                write!(
                    f,
                    "{fault} (`jwtick verify --allow-weak-secret` verifies with it nevertheless)"
                )
            }
            Self::Key(fault) => fault.fmt(f),
            Self::KeyId(id) => {
                write!(f, "no key in the set has the token's kid `{}`", id.escape_debug())
            }
            Self::Set(token) => {
                write!(f, "the token is signed with {token}, but no key in the set is for that")
            }
            Self::Unread(None) => f.write_str("the JWK Set holds no key"),
            Self::Unread(Some(fault)) => {
                write!(f, "no key in the JWK Set can be used; the fault of the first: {fault}")
            }
        }
    }
}

/// Algorithms that this version verifies and signs with. Neither ring nor the core has P-521, secp256k1 or
/// Ed448. `p521` and `k256` would take 4.5 s of processor time in a release build, for curves that few
/// issuers use.
pub(crate) const SUPPORTED: [Algorithm; 13] = {
    use Algorithm::{Ed25519, EdDsa, Es256, Es384, Hs256, Hs384, Hs512};
    use Algorithm::{Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
    [Hs256, Hs384, Hs512, Rs256, Rs384, Rs512, Ps256, Ps384, Ps512, Es256, Es384, EdDsa, Ed25519]
};

/// The names of these algorithms for a message.
pub(crate) fn supported() -> String {
    SUPPORTED.map(Algorithm::name).join(" ")
}

/// Parses the name of a supported algorithm.
///
/// # Errors
/// A sentence with the supported names.
pub(crate) fn algorithm(name: &str) -> Result<Algorithm, String> {
    match Algorithm::named(name) {
        Some(algorithm) if SUPPORTED.contains(&algorithm) => Ok(algorithm),
        Some(algorithm) => Err(NoFit::Unsupported(algorithm).to_string()),
        None => Err(format!("expected one of {}", SUPPORTED.map(Algorithm::name).join(", "))),
    }
}

/// Returns the keys that fit `header`.
///
/// # Errors
/// [`NoFit`] names the first requirement that no key meets.
pub(crate) fn candidates<'k>(
    keys: &'k Keys,
    header: &Header<'_>,
) -> Result<Vec<Candidate<'k>>, NoFit> {
    if keys.keys.is_empty() {
        return Err(NoFit::Unread(keys.skipped.first().cloned()));
    }
    let mut fitting = Vec::new();
    let mut unmet = Unmet::of(header.alg, keys.form);
    for key in with_id(keys, header)? {
        match candidate(key, header.alg, keys.weak_secrets) {
            Ok(candidate) => fitting.push(candidate),
            Err(refused) => unmet.add(refused),
        }
    }
    if fitting.is_empty() { Err(unmet.fault) } else { Ok(fitting) }
}

/// The requirement that no key has met so far.
pub(super) struct Unmet {
    form: Form,
    pub(super) fault: NoFit,
}

impl Unmet {
    pub(super) const fn of(algorithm: Algorithm, form: Form) -> Self {
        Self { form, fault: NoFit::Set(algorithm) }
    }

    /// Adds the reason why a key does not fit.
    pub(super) fn add(&mut self, refused: JwkError) {
        match refused {
            JwkError::Unsupported { algorithm } => self.fault = NoFit::Unsupported(algorithm),
            // In a set, keys for other purposes are not an error.
            JwkError::Unsuited { .. } | JwkError::OtherAlgorithm { .. }
                if self.form == Form::Set => {}
            refused => self.fault = NoFit::Key(refused),
        }
    }
}

// In a set, the core's rule selects the key; a single key that the caller chose is always used.
fn with_id<'k>(keys: &'k Keys, header: &Header<'_>) -> Result<Vec<&'k Key>, NoFit> {
    let Some(kid) = header.kid.filter(|_| keys.form == Form::Set) else {
        return Ok(keys.keys.iter().collect());
    };
    let id = |key: &&'k Key| key.jwk().ok().and_then(|jwk| jwk.kid);
    let picked: Vec<&Key> = by_kid(keys.keys.iter(), Some(kid), id).collect();
    if picked.is_empty() { Err(NoFit::KeyId(kid.to_string())) } else { Ok(picked) }
}

pub(super) fn candidate(
    key: &Key,
    algorithm: Algorithm,
    weak_secrets: bool,
) -> Result<Candidate<'_>, JwkError> {
    key.permits(KeyOperation::Verify, algorithm)?;
    let jwk = key.jwk()?;
    if !Hmac::has(algorithm) {
        let verifier = Box::new(RingKey::from_jwk(&jwk, algorithm)?);
        return Ok(Candidate { key, weak: None, verifier });
    }
    match AnyKey::from_jwk(&jwk, algorithm) {
        Err(JwkError::Secret(WeakKey::Short { needs, has })) if weak_secrets => {
            let verifier =
                Box::new(Hmac::new(algorithm, &filled(&jwk, needs)?).map_err(JwkError::Secret)?);
            Ok(Candidate { key, weak: Some(Weak { has, needs }), verifier })
        }
        verifier => Ok(Candidate { key, weak: None, verifier: Box::new(verifier?) }),
    }
}

/// A short secret, filled up with zeros to `length`. HMAC fills up its key to the size of a block in the
/// same way (RFC 2104 §2), so every tag is the same.
fn filled(jwk: &Jwk<'_>, length: usize) -> Result<Zeroizing<Vec<u8>>, JwkError> {
    let secret = Octets::of(jwk, "k")?;
    let mut filled = Zeroizing::new(vec![0; length]);
    filled.iter_mut().zip(secret.as_ref()).for_each(|(to, &from)| *to = from);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_missing_key_may_be_in_a_newer_set() {
        let rows = [
            (NoFit::KeyId("1".to_owned()), true),
            (NoFit::Set(Algorithm::Es256), true),
            (NoFit::Unread(None), true),
            (NoFit::Unsupported(Algorithm::Es512), false),
            (NoFit::Key(JwkError::Public), false),
        ];
        for (fault, expected) in rows {
            assert_eq!(fault.may_be_in_newer_set(), expected, "{fault}");
        }
    }

    #[test]
    fn filled_secret_makes_the_same_tags() {
        use ring::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512, Key as Reference, sign};
        let algorithms = [
            (Algorithm::Hs256, HMAC_SHA256),
            (Algorithm::Hs384, HMAC_SHA384),
            (Algorithm::Hs512, HMAC_SHA512),
        ];
        for length in [1, 5, 31] {
            let secret = vec![b's'; length];
            let text = crate::keys::jwk_text::secret(&secret);
            let key = Key::new(text, Format::Secret).unwrap();
            for (algorithm, reference) in algorithms {
                let tag = sign(&Reference::new(reference, &secret), b"text");
                assert!(candidate(&key, algorithm, false).is_err(), "{length} {algorithm}");
                let weak = candidate(&key, algorithm, true).unwrap();
                assert!(weak.verify(b"text", tag.as_ref()).is_ok(), "{length} {algorithm}");
                assert!(weak.verify(b"test", tag.as_ref()).is_err(), "{length} {algorithm}");
            }
        }
    }
}
