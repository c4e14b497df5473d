//! Making tokens: claims in, the compact form out.

mod claim_set;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::key::{JwkError, KeyOperation};
use jwtick_core::token::Algorithm;
use ring::rand::{SecureRandom, SystemRandom};

pub(crate) use claim_set::ClaimSet;

use crate::keys::{Key, KeyError, Keys, Signer};

/// A key that signs, and the header of all its tokens. Without `Debug`.
pub(crate) struct Minter {
    signer: Signer,
    algorithm: Algorithm,
    header: String,
}

impl Minter {
    /// The one key of `keys` that can sign, by `asked` or else by what the key names; `header` are
    /// further members of the header.
    ///
    /// # Errors
    /// [`KeyError`] says why none can, or that more than one could.
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

    /// What it signs by.
    pub(crate) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// A token with these claims.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system has none to give.
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

/// The one key that can sign, and by which algorithm.
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

// RFC 8725 §3.1: what the key is for, it says; only a key that says nothing lets the caller choose.
fn algorithm(asked: Option<Algorithm>, key: &Key) -> Result<Algorithm, JwkError> {
    let jwk = key.jwk()?;
    let named = jwk.alg.and_then(|name| Algorithm::named(&name.to_string()));
    let usual = || key.default_algorithm(jwk.kind());
    asked.or(named).or_else(usual).ok_or(JwkError::Missing { name: "alg" })
}

/// The header as JSON: `alg`, `typ`, the name of the key where it has one, and what the command
/// line adds or replaces; not `alg`, which is the key's to say.
///
/// # Errors
/// None that reading the key had not met.
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

/// A unique identifier that cannot be guessed: 128 random bits.
///
/// # Errors
/// [`KeyError::NoRandomness`] if the operating system has none to give.
pub(crate) fn unique_id() -> Result<String, KeyError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
