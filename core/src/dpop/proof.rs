//! One proof, examined: its header, the key in it, the signature by that key, and its claims
//! (RFC 9449 §4.2, and checks 2 to 7 of §4.3).

use core::fmt;
use core::marker::PhantomData;

use super::error::{ConfirmationError, ProofError};
use super::nonce::octets;
use crate::key::{Jwk, JwkError, JwkKind, KeyPart};
use crate::time::{NumericDate, UnixTime};
use crate::token::{
    Accepted, Algorithm, Claims, DecodeError, Header, Index, JsonKind, Jws, Members, Scratch, Text,
    Verified, Verifier,
};

/// The kind of a proof (RFC 9449 §4.2).
const KIND: &str = "dpop+jwt";

/// A proof whose signature is valid for the key in its header; `State` shows whether it was also judged.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::dpop::{Proof, ProofError};
/// use jwtick_core::token::{Algorithm, TypeError};
/// let compact = b"eyJhbGciOiJFUzI1NiJ9.e30.AA"; // {"alg":"ES256"}
/// let mut scratch = Scratch::<64>::new();
/// let refusal = Proof::examine(compact, &[Algorithm::Es256], &mut scratch).unwrap_err();
/// assert_eq!(refusal, ProofError::Type(TypeError::Missing));
/// ```
///
/// A proof that is only decoded cannot be judged:
/// ```compile_fail,E0599
/// use jwtick_core::{Scratch, Span, TimeBounds, UnixTime};
/// use jwtick_core::dpop::{ProofPolicy, Request};
/// use jwtick_core::token::Jws;
/// let mut scratch = Scratch::<128>::new();
/// let proof = Jws::decode(b"", &mut scratch).unwrap();
/// let (request, now) = (Request::new("GET", "https://a/"), TimeBounds::exactly(UnixTime::EPOCH));
/// proof.judge(&request, &ProofPolicy::within(Span::ZERO, Span::ZERO), now);
/// ```
///
/// A proof that is only examined is not accepted:
/// ```compile_fail,E0308
/// use jwtick_core::Scratch;
/// use jwtick_core::dpop::Proof;
/// use jwtick_core::token::{Accepted, Algorithm};
/// fn welcome(_: &Proof<'_, Accepted>) {}
/// let mut scratch = Scratch::<128>::new();
/// welcome(&Proof::examine(b"", &[Algorithm::Es256], &mut scratch).unwrap());
/// ```
#[derive(Clone)]
pub struct Proof<'a, State = Verified> {
    algorithm: Algorithm,
    key: [u8; 32],
    claims: Claims<'a>,
    id: Text<'a>,
    method: Text<'a>,
    target: Text<'a>,
    issued: NumericDate,
    token_hash: Option<Text<'a>>,
    nonce: Option<Text<'a>>,
    ends: UnixTime,
    state: PhantomData<State>,
}

impl<'a> Proof<'a> {
    /// Reads a proof with the algorithms that are built in. Symmetric algorithms are refused even if
    /// `allowed` lists them.
    ///
    /// # Errors
    /// [`ProofError`] if the text is not a proof, if its algorithm is not allowed, if the key in its
    /// header is missing, private or invalid, if the signature does not match that key, or if a claim
    /// that every proof has is missing.
    pub fn examine<const N: usize>(
        compact: &'a [u8],
        allowed: &[Algorithm],
        scratch: &'a mut Scratch<N>,
    ) -> Result<Self, ProofError> {
        Self::examine_with(compact, allowed, scratch, |jwk, algorithm| jwk.verifier(algorithm))
    }

    /// Reads a proof, and lets `prepare` make the verifier of its key: a hardware module, or a faster
    /// library. The verifier must be for this key and this algorithm.
    ///
    /// # Errors
    /// The errors of [`examine`](Self::examine), and [`ProofError::Key`] if `prepare` refuses the key.
    pub fn examine_with<K: Verifier, const N: usize>(
        compact: &'a [u8],
        allowed: &[Algorithm],
        scratch: &'a mut Scratch<N>,
        prepare: impl FnOnce(&Jwk<'_>, Algorithm) -> Result<K, JwkError>,
    ) -> Result<Self, ProofError> {
        let Scratch { bytes, index } = scratch;
        let jws = Jws::decode_into(compact, bytes, index).map_err(ProofError::Decode)?;
        let (key, verifier) = key_of(jws.header(), allowed, index, prepare)?;
        let jws = jws.verify(&verifier).map_err(ProofError::Signature)?;
        let claims = Claims::parse_with(jws.payload(), index);
        let claims = claims.map_err(|error| ProofError::Decode(DecodeError::Claims(error)))?;
        Self::of(jws.header().alg, key, claims)
    }

    fn of(algorithm: Algorithm, key: [u8; 32], claims: Claims<'a>) -> Result<Self, ProofError> {
        let missing = |name| ProofError::MissingClaim { name };
        let id = claims.jti.ok_or(missing("jti"))?;
        if id.as_written().is_empty() {
            return Err(ProofError::EmptyId);
        }
        Ok(Self {
            algorithm,
            key,
            id,
            method: string(&claims, "htm")?.ok_or(missing("htm"))?,
            target: string(&claims, "htu")?.ok_or(missing("htu"))?,
            issued: claims.iat.ok_or(missing("iat"))?,
            token_hash: string(&claims, "ath")?,
            nonce: string(&claims, "nonce")?,
            claims,
            ends: UnixTime::MAX,
            state: PhantomData,
        })
    }

    /// Takes the last step. Call it only after the policy has accepted the proof.
    pub(super) fn accept(self, ends: UnixTime) -> Proof<'a, Accepted> {
        let Self { algorithm, key, claims, id, method, target, issued, token_hash, nonce, .. } =
            self;
        let state = PhantomData;
        Proof { algorithm, key, claims, id, method, target, issued, token_hash, nonce, ends, state }
    }
}

impl Proof<'_, Accepted> {
    /// The instant after which the policy refuses the same proof. Until then, its
    /// [`id`](Self::id) must be remembered together with its key, so that it is accepted only once
    /// (RFC 9449 §11.1). It includes the time by which `iat` may be in the future.
    #[must_use]
    pub const fn rejected_after(&self) -> UnixTime {
        self.ends
    }
}

impl<'a, State> Proof<'a, State> {
    /// The algorithm of the signature.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The thumbprint of the key in the header (RFC 7638), which identifies the client: `jkt`.
    #[must_use]
    pub const fn key(&self) -> [u8; 32] {
        self.key
    }

    /// The unique identifier of the proof: `jti`.
    #[must_use]
    pub const fn id(&self) -> Text<'a> {
        self.id
    }

    /// The HTTP method of the request: `htm`.
    #[must_use]
    pub const fn method(&self) -> Text<'a> {
        self.method
    }

    /// The URI of the request: `htu`.
    #[must_use]
    pub const fn target(&self) -> Text<'a> {
        self.target
    }

    /// The time that the client wrote: `iat`.
    #[must_use]
    pub const fn issued(&self) -> NumericDate {
        self.issued
    }

    /// The hash of the access token, if the proof has one: `ath`.
    #[must_use]
    pub const fn token_hash(&self) -> Option<Text<'a>> {
        self.token_hash
    }

    /// The nonce that the client repeats, if any.
    #[must_use]
    pub const fn nonce(&self) -> Option<Text<'a>> {
        self.nonce
    }

    /// All claims.
    #[must_use]
    pub const fn claims(&self) -> &Claims<'a> {
        &self.claims
    }
}

impl<State> fmt::Debug for Proof<'_, State> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Proof");
        shown.field("algorithm", &self.algorithm).field("method", &self.method);
        shown.field("target", &self.target).field("issued", &self.issued).finish_non_exhaustive()
    }
}

/// The thumbprint and the verifier of the key in `header`.
fn key_of<K: Verifier>(
    header: &Header<'_>,
    allowed: &[Algorithm],
    index: &mut Index,
    prepare: impl FnOnce(&Jwk<'_>, Algorithm) -> Result<K, JwkError>,
) -> Result<([u8; 32], K), ProofError> {
    header.check_type(Some(&[KIND])).map_err(ProofError::Type)?;
    let algorithm = header.alg;
    // RFC 9449 §4.3, check 5. With a symmetric algorithm, everybody could make the proof.
    if JwkKind::Oct.suits(algorithm) || !allowed.contains(&algorithm) {
        return Err(ProofError::Algorithm { met: algorithm });
    }
    // The header of a token has no room for a key: tokens are checked with the caller's. So the
    // header of a proof is read twice, which is little work beside its signature.
    let members = Members::parse(header.as_written().as_bytes(), index);
    let members = members.map_err(|error| ProofError::Key(JwkError::Json(error)))?;
    let jwk = members.get("jwk").ok_or(ProofError::MissingKey)?;
    let jwk = Jwk::parse(jwk.as_written().as_bytes()).map_err(ProofError::Key)?;
    // RFC 9449 §4.3, check 7: a client that sends its private key has lost it.
    match jwk.part() {
        KeyPart::Public => {}
        KeyPart::Private | KeyPart::Secret => return Err(ProofError::PrivateKey),
    }
    Ok((jwk.thumbprint(), prepare(&jwk, algorithm).map_err(ProofError::Key)?))
}

fn string<'a>(claims: &Claims<'a>, name: &'static str) -> Result<Option<Text<'a>>, ProofError> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let wrong = ProofError::ClaimType { name, met: value.kind() };
    value.text().map(Some).ok_or(wrong)
}

/// The key that an access token is bound to: the `jkt` in its `cnf` (RFC 9449 §6.1). `None` if it has
/// no `cnf`, or one that confirms another way, such as a certificate (RFC 8705).
///
/// # Errors
/// [`ConfirmationError`] if `cnf` is not an object, or `jkt` is not a SHA-256 thumbprint in base64url.
/// Such a token must be refused, since it is bound in a way that cannot be checked.
///
/// # Example
/// ```
/// use jwtick_core::Scratch;
/// use jwtick_core::dpop::confirmed_key;
/// use jwtick_core::token::Claims;
/// let text = br#"{"cnf":{"jkt":"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"}}"#;
/// let mut scratch = Scratch::<0>::new();
/// let claims = Claims::parse(text, &mut scratch)?;
/// assert_eq!(confirmed_key(&claims)?.unwrap()[..4], [0x90, 0xFA, 0xCA, 0xFE]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn confirmed_key(claims: &Claims<'_>) -> Result<Option<[u8; 32]>, ConfirmationError> {
    let Some(cnf) = claims.get("cnf") else { return Ok(None) };
    if cnf.kind() != JsonKind::Object {
        return Err(ConfirmationError);
    }
    let mut index = Index::new();
    let members = Members::parse(cnf.as_written().as_bytes(), &mut index);
    let Some(jkt) = members.map_err(|_| ConfirmationError)?.get("jkt") else { return Ok(None) };
    let jkt = jkt.text().and_then(octets::<43, 32>);
    jkt.map(Some).ok_or(ConfirmationError)
}
