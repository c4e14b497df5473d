//! The requirements on a proof: the request that it must be about, and how old it may be.

use super::nonce::NonceKey;
use crate::time::Span;

/// The request that a proof came with.
///
/// # Example
/// ```
/// use jwtick_core::dpop::Request;
/// // To a resource: the proof must be about the access token and of the key that it is bound to.
/// let request = Request::new("GET", "https://api.example/orders").with_token(b"token", [7; 32]);
/// # let _ = request;
/// ```
#[derive(Clone, Copy)]
pub struct Request<'r> {
    pub(super) method: &'r str,
    pub(super) uri: &'r str,
    pub(super) access: Option<Access<'r>>,
}

/// An access token, and the thumbprint of the key that it is bound to.
#[derive(Clone, Copy)]
pub(super) struct Access<'r> {
    pub(super) token: &'r [u8],
    pub(super) key: [u8; 32],
}

impl<'r> Request<'r> {
    /// A request without an access token, such as one to a token endpoint. The `uri` is absolute, as
    /// the client addressed it: behind a proxy, that is not the URI that arrives.
    #[must_use]
    pub const fn new(method: &'r str, uri: &'r str) -> Self {
        Self { method, uri, access: None }
    }

    /// Requires that the proof is about `token`, and of the key whose thumbprint is `key`: the one that
    /// [`confirmed_key`](super::confirmed_key) finds in the token.
    #[must_use]
    pub const fn with_token(self, token: &'r [u8], key: [u8; 32]) -> Self {
        Self { access: Some(Access { token, key }), ..self }
    }
}

/// What a policy does with a proof that has no nonce.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::dpop::{NonceKey, NonceUse, ProofPolicy};
/// let key = NonceKey::new(b"a secret of at least thirty-two bytes")?;
/// let window = ProofPolicy::within(Span::from_secs(60), Span::from_secs(10));
/// let policy = window.with_nonces(&key, Span::from_secs(300), NonceUse::Offered);
/// assert!(policy.has_nonces());
/// # Ok::<(), jwtick_core::key::WeakKey>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NonceUse {
    /// It is refused.
    Required,
    /// Its `iat` is judged. A client whose clock is wrong can still pass, with a nonce.
    Offered,
}

/// How old a proof may be.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::dpop::ProofPolicy;
/// let policy = ProofPolicy::within(Span::from_secs(60), Span::from_secs(10));
/// assert_eq!(policy.max_age(), Span::from_secs(60));
/// ```
#[derive(Clone, Copy)]
pub struct ProofPolicy<'k> {
    max_age: Span,
    leeway: Span,
    nonces: Option<Nonces<'k>>,
}

#[derive(Clone, Copy)]
pub(super) struct Nonces<'k> {
    pub(super) key: &'k NonceKey,
    pub(super) lifetime: Span,
    pub(super) need: NonceUse,
}

impl<'k> ProofPolicy<'k> {
    /// Accepts a proof whose `iat` is at most `max_age` in the past, and tolerates an error of `leeway`
    /// in the client's clock on both sides. A negative value counts as zero.
    #[must_use]
    pub fn within(max_age: Span, leeway: Span) -> Self {
        Self { max_age: max_age.max(Span::ZERO), leeway: leeway.max(Span::ZERO), nonces: None }
    }

    /// Judges a proof by its nonce, if it has one: it may be `lifetime` old, and `iat` is only reported.
    #[must_use]
    pub fn with_nonces(self, key: &'k NonceKey, lifetime: Span, need: NonceUse) -> Self {
        let lifetime = lifetime.max(Span::ZERO);
        Self { nonces: Some(Nonces { key, lifetime, need }), ..self }
    }

    /// The greatest age of `iat`, without the leeway.
    #[must_use]
    pub const fn max_age(&self) -> Span {
        self.max_age
    }

    /// The tolerance for the client's clock.
    #[must_use]
    pub const fn leeway(&self) -> Span {
        self.leeway
    }

    /// Returns whether the policy accepts nonces.
    #[must_use]
    pub const fn has_nonces(&self) -> bool {
        self.nonces.is_some()
    }

    pub(super) const fn nonces(&self) -> Option<Nonces<'k>> {
        self.nonces
    }
}
