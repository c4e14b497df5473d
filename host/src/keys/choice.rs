//! Which of the keys may have signed a token.

use core::fmt;

use jwtick_core::{Algorithm, Header, InvalidSignature, Verifier, WeakKey};

use super::hmac::Hmac;
use super::{Form, Key, Keys, Unfit};

/// Every key that fits the header of a token; one of them must vouch for it.
pub(crate) struct Candidates {
    algorithm: Algorithm,
    keys: Vec<Hmac>,
}

impl Verifier for Candidates {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let vouches = |key: &Hmac| key.verify(signing_input, signature).is_ok();
        if self.keys.iter().any(vouches) { Ok(()) } else { Err(InvalidSignature) }
    }
}

/// No key may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoFit {
    /// The token has a kind of signature that this version cannot check.
    Unsupported(Algorithm),
    /// No key is for the algorithm of the token.
    Algorithm { token: Algorithm, key: Option<String> },
    /// No key has the `kid` of the token.
    KeyId(String),
    /// The secret is too weak, or no secret at all.
    Weak { algorithm: Algorithm, fault: WeakKey },
    /// There is no HMAC secret among the keys.
    NoSecret(Option<Unfit>),
}

impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported(token) => {
                write!(
                    f,
                    "{token} signatures are not supported yet; supported are HS256, HS384, HS512"
                )
            }
            Self::Algorithm { token, key: Some(key) } => {
                write!(f, "the token is signed by {token}, the key is for {}", key.escape_debug())
            }
            Self::Algorithm { token, key: None } => {
                write!(f, "the token is signed by {token}, the key is an HMAC secret")
            }
            Self::KeyId(id) => {
                write!(f, "no key in the set has the token's kid '{}'", id.escape_debug())
            }
            Self::Weak { algorithm, fault } => write!(f, "{algorithm}: {fault} (RFC 7518 §3.2)"),
            Self::NoSecret(Some(unfit)) => write!(f, "the key does not fit an HMAC: {unfit}"),
            Self::NoSecret(None) => f.write_str("the JWK Set holds no key of kty oct"),
        }
    }
}

/// The keys that fit `header`.
///
/// # Errors
/// [`NoFit`] names the first demand that no key meets.
pub(crate) fn candidates(keys: &Keys, header: &Header<'_>) -> Result<Candidates, NoFit> {
    let algorithm = header.alg;
    let asymmetric = keys.unfit.iter().any(Unfit::is_asymmetric);
    match (Hmac::has(algorithm), asymmetric, keys.keys.first()) {
        (false, true, _) => return Err(NoFit::Unsupported(algorithm)),
        (false, false, _) => return Err(NoFit::Algorithm { token: algorithm, key: None }),
        (true, _, None) => return Err(NoFit::NoSecret(keys.unfit.first().cloned())),
        (true, ..) => {}
    }
    let named = with_id(keys, header)?;
    let fitting: Vec<&Key> = named.iter().copied().filter(|key| allows(key, algorithm)).collect();
    if fitting.is_empty() {
        let key = named.first().and_then(|key| key.alg.clone());
        return Err(NoFit::Algorithm { token: algorithm, key });
    }
    prepared(&fitting, algorithm)
}

// RFC 7515 §4.1.4: `kid` is a hint. It picks in a set; a key that the caller chose is the key.
fn with_id<'k>(keys: &'k Keys, header: &Header<'_>) -> Result<Vec<&'k Key>, NoFit> {
    let Some(kid) = header.kid.filter(|_| keys.form == Form::Set) else {
        return Ok(keys.keys.iter().collect());
    };
    let kid = kid.to_string();
    let (named, others): (Vec<&Key>, Vec<&Key>) =
        keys.keys.iter().partition(|key| key.id.as_deref() == Some(&*kid));
    let nameless: Vec<&Key> = others.into_iter().filter(|key| key.id.is_none()).collect();
    match (named.is_empty(), nameless.is_empty()) {
        (false, _) => Ok(named),
        (true, false) => Ok(nameless),
        (true, true) => Err(NoFit::KeyId(kid)),
    }
}

// RFC 8725 §3.1: a key is for the algorithm that it names. A secret that names none can only be
// for HMAC, where the token's choice among the three confuses nothing.
fn allows(key: &Key, algorithm: Algorithm) -> bool {
    key.alg.as_deref().is_none_or(|named| named == algorithm.name())
}

fn prepared(keys: &[&Key], algorithm: Algorithm) -> Result<Candidates, NoFit> {
    let mut strong = Vec::new();
    let mut weak = None;
    for key in keys {
        match Hmac::new(algorithm, key.secret.bytes()) {
            Ok(key) => strong.push(key),
            Err(fault) => weak = Some(NoFit::Weak { algorithm, fault }),
        }
    }
    match weak {
        Some(weak) if strong.is_empty() => Err(weak),
        _ => Ok(Candidates { algorithm, keys: strong }),
    }
}
