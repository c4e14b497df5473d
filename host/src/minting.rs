//! Creates tokens: from claims to the compact form.

mod claim_set;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{JwkError, KeyOperation};
use jwtick_core::token::Algorithm;
use ring::rand::{SecureRandom, SystemRandom};

pub(crate) use claim_set::ClaimSet;

use crate::keys::{Key, KeyError, Keys, Signer};

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
    match (able.len(), able.pop()) {
        (1, Some(only)) => Ok(only),
        (count, Some(_)) => Err(KeyError::Many { count }),
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
