//! Proofs that this device makes (RFC 9449 §4.2).

use sha2::{Digest, Sha256};

use crate::sign::{AssertionError, PublicKey, Signer, Unsigned, issued};
use crate::time::{Span, TimeBounds};

/// A proof of possession for one request, to be signed. It does not implement [`Debug`](core::fmt::Debug), since it
/// may contain an access token.
///
/// # Example
/// ```
/// # #[cfg(feature = "es")] {
/// use jwtick_core::dpop::{NewProof, Proof, ProofPolicy, Request};
/// use jwtick_core::sign::Es256Signer;
/// use jwtick_core::token::Algorithm;
/// use jwtick_core::{Scratch, Span, TimeBounds, UnixTime};
/// let key = Es256Signer::new(&[7; 32])?;
/// let now = TimeBounds::around(UnixTime::from_secs(1_795_250_000), Span::from_secs(2));
/// let mut room = [0; 600];
/// let proof = NewProof::new("POST", "https://a.example/token?x=1", "id-1").sign(now, &key, &mut room)?;
///
/// let mut scratch = Scratch::<600>::new();
/// let proof = Proof::examine(proof.as_bytes(), &[Algorithm::Es256], &mut scratch)?;
/// let request = Request::new("POST", "https://a.example/token");
/// let policy = ProofPolicy::within(Span::from_secs(60), Span::from_secs(5));
/// assert!(proof.judge(&request, &policy, now).is_ok());
/// # }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct NewProof<'a> {
    method: &'a str,
    target: &'a str,
    id: &'a str,
    token: Option<&'a str>,
    nonce: Option<&'a str>,
    forgiven: Option<Span>,
}

/// Servers accept a proof for "seconds or minutes" (RFC 9449 §11.1).
const USUAL: Span = Span::from_secs(60);

impl<'a> NewProof<'a> {
    /// A proof for a request with this HTTP method and URI, without its query and fragment. `id` must not
    /// be used twice: take at least 96 random bits (RFC 9449 §4.2).
    #[must_use]
    pub const fn new(method: &'a str, uri: &'a str, id: &'a str) -> Self {
        Self { method, target: uri, id, token: None, nonce: None, forgiven: None }
    }

    /// Binds the proof to the access token that is sent with it (`ath`).
    #[must_use]
    pub const fn with_token(self, token: &'a str) -> Self {
        Self { token: Some(token), ..self }
    }

    /// Repeats the nonce that the server sent (RFC 9449 §8). It proves the age of the proof, so that bounds of
    /// any width are forgiven unless [`forgiving`](Self::forgiving) is called, too.
    #[must_use]
    pub const fn with_nonce(self, nonce: &'a str) -> Self {
        Self { nonce: Some(nonce), ..self }
    }

    /// The age of `iat` up to which the server accepts the proof; 60 s unless it is given.
    #[must_use]
    pub const fn forgiving(self, forgiven: Span) -> Self {
        Self { forgiven: Some(forgiven), ..self }
    }

    /// Signs the proof at an unknown instant in `utc`, into `room`. `iat` is the earliest possible time.
    ///
    /// # Errors
    /// [`AssertionError::Clock`] and [`AssertionError::NeverSet`] if UTC is not known well enough;
    /// [`AssertionError::NoPublicKey`] for a secret; [`AssertionError::TooLong`] if `room` is too small;
    /// [`AssertionError::Signer`] if there is no signature.
    pub fn sign<'r, S: Signer>(
        &self,
        utc: TimeBounds,
        signer: &S,
        room: &'r mut [u8],
    ) -> Result<&'r str, AssertionError> {
        let key = signer.public_key().ok_or(AssertionError::NoPublicKey)?;
        let usual = if self.nonce.is_some() { Span::MAX } else { USUAL };
        let issued = issued(utc, self.forgiven.unwrap_or(usual))?;
        let target = self.target.split(['?', '#']).next().unwrap_or_default();
        let unsigned = Unsigned::write(signer.algorithm(), room, |compact| {
            compact.bytes(b",\"typ\":\"dpop+jwt\",\"jwk\":");
            match &key {
                PublicKey::P256 { x, y } => {
                    compact.bytes(b"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":");
                    compact.encoded(x);
                    compact.bytes(b",\"y\":");
                    compact.encoded(y);
                }
                PublicKey::Ed25519 { x } => {
                    compact.bytes(b"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":");
                    compact.encoded(x);
                }
            }
            compact.bytes(b"}}");
            compact.dot();
            compact.bytes(b"{\"jti\":");
            compact.string(self.id);
            let texts = [("htm", Some(self.method)), ("htu", Some(target)), ("nonce", self.nonce)];
            for (name, text) in texts {
                if let Some(text) = text {
                    compact.name(false, name);
                    compact.string(text);
                }
            }
            if let Some(token) = self.token {
                compact.bytes(b",\"ath\":");
                compact.encoded(&Sha256::digest(token));
            }
            compact.bytes(b",\"iat\":");
            compact.integer(issued);
            compact.byte(b'}');
        });
        unsigned.sign(signer)
    }
}
