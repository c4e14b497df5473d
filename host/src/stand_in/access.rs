//! Access tokens: JWTs by RFC 9068, issued by the token endpoint and judged by the receiver, each
//! with the clock of its node.

use jwtick_core::judge::{Finding, Rule};
use jwtick_core::token::{Algorithm, InvalidSignature, Verifier};
use jwtick_core::{Policy, Scratch, Span, TimeBounds, Token, UnixTime, Verdict};
use serde_json::{Value, json};

use super::answer::{Reason, reason_of_finding};
use super::assertion::Holder;
use super::urls::Urls;
use crate::keys::{self, Format, Key, KeyError, Keys, RingKey};
use crate::minting::{Minter, unique_id};

/// Buffer for the decoded segments of one of our own tokens, whose longest part is the subject.
const ROOM: usize = 32 * 1024;

/// RFC 9068 §2.1.
pub(super) const TYPE: &str = "at+jwt";

/// A token and its lifetime.
pub(crate) struct Issued {
    pub(crate) token: String,
    pub(crate) lifetime: Span,
}

/// The receiver's result.
pub(crate) struct Checked {
    pub(crate) result: Result<(), Reason>,
    pub(crate) findings: Vec<Finding>,
}

/// Issues a token for the receiver.
///
/// # Errors
/// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
pub(crate) fn issue(
    signer: &Signer,
    urls: &Urls,
    holder: &Holder,
    now: UnixTime,
    lifetime: Span,
) -> Result<Issued, KeyError> {
    let claims = json!({
        "iss": urls.issuer,
        "sub": holder.subject,
        "aud": urls.receiver,
        "client_id": holder.issuer,
        "iat": now.floor_secs(),
        "exp": (now + lifetime).floor_secs(),
        "jti": unique_id()?,
    });
    Ok(Issued { token: signer.sign(&claims)?, lifetime })
}

/// Checks a token that the receiver got (RFC 9068 §4).
pub(crate) fn check(
    signer: &Signer,
    urls: &Urls,
    token: &str,
    now: UnixTime,
    leeway: Span,
) -> Checked {
    let refused = |reason| Checked { result: Err(reason), findings: vec![] };
    let mut scratch = Box::new(Scratch::<ROOM>::new());
    let Ok(token) = Token::decode(token.as_bytes(), &mut scratch) else {
        return refused(Reason::Malformed);
    };
    if !token.header().is_of_type(TYPE) {
        return refused(Reason::Kind);
    }
    let Ok(token) = token.verify(signer) else { return refused(Reason::Signature) };
    let (issuers, audiences) = ([urls.issuer.as_str()], [urls.receiver.as_str()]);
    let policy = Policy::RFC7519
        .require(Rule::Exp)
        .with_issuers(&issuers)
        .with_audiences(&audiences)
        .with_leeway(leeway);
    let judgement = token.judgement(&policy, TimeBounds::exactly(now));
    let findings: Vec<Finding> = judgement.findings().iter().copied().collect();
    let refusing = findings.iter().find(|finding| finding.verdict() != Verdict::Accept);
    Checked { result: refusing.map_or(Ok(()), |it| Err(reason_of_finding(it))), findings }
}

/// Returns the answer of the token endpoint (RFC 6749 §5.1).
pub(crate) fn answer(issued: &Issued, scope: Option<&str>) -> Value {
    let mut answer = json!({
        "access_token": issued.token,
        "token_type": "Bearer",
        "expires_in": issued.lifetime.floor_secs(),
    });
    if let (Some(scope), Some(members)) = (scope, answer.as_object_mut()) {
        members.insert("scope".to_owned(), scope.into());
    }
    answer
}

const ALGORITHM: Algorithm = Algorithm::Es256;

/// A key pair that signs tokens of one kind; its thumbprint is its `kid`. No `Debug`, since it
/// contains a key.
pub(crate) struct Signer {
    minter: Minter,
    public: RingKey,
    jwks: Value,
}

impl Signer {
    /// Generates a key for tokens of this `typ` (RFC 7515 §4.1.9).
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
    pub(crate) fn generate(kind: &str) -> Result<Self, KeyError> {
        Self::of(&keys::generate(ALGORITHM, 0)?, kind)
    }

    /// Creates a signer of tokens of this `typ` with `key`.
    ///
    /// # Errors
    /// [`KeyError`] if the key cannot sign.
    pub(super) fn of(key: &Key, kind: &str) -> Result<Self, KeyError> {
        let name = keys::thumbprint(&key.jwk()?);
        let key = Key::new(keys::named(key, ALGORITHM, name.as_deref()), Format::Jwk)?;
        let public = keys::public_jwk(&key.jwk()?)?.ok_or(KeyError::NoPublicHalf)?;
        let members: Value = serde_json::from_str(&public).map_err(|_| KeyError::Encoding)?;
        let public = RingKey::from_jwk(&key.jwk()?, ALGORITHM)?;
        let header = [("typ".to_owned(), kind.to_owned())];
        let minter = Minter::new(Keys::of(key), Some(ALGORITHM), &header)?;
        Ok(Self { minter, public, jwks: json!({ "keys": [members] }) })
    }

    /// Signs a token with these claims.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        self.minter.mint(&claims.to_string())
    }

    /// Returns the public key as a JWK Set (RFC 7517 §5).
    pub(crate) const fn jwks(&self) -> &Value {
        &self.jwks
    }
}

impl Verifier for Signer {
    fn algorithm(&self) -> Algorithm {
        self.public.algorithm()
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.public.verify(signing_input, signature)
    }
}

#[cfg(test)]
mod tests {
    use jwtick_core::token::Algorithm;

    use super::*;
    use crate::keys;

    #[test]
    fn receiver_uses_its_own_clock() {
        let key = keys::generate(Algorithm::Es256, 0).unwrap();
        let signer = Signer::of(&key, TYPE).unwrap();
        let of_another_kind = Signer::of(&key, "JWT").unwrap();
        let other = Signer::generate(TYPE).unwrap();
        let urls = Urls::of("http://127.0.0.1:1");
        let holder = Holder { issuer: "joe".to_owned(), subject: "ann".to_owned() };
        let at = UnixTime::from_secs;
        let minute = Span::from_secs(60);
        let issued = issue(&signer, &urls, &holder, at(1_000), minute).unwrap();
        let plain = of_another_kind.sign(&json!({ "exp": 2_000 })).unwrap();
        let elsewhere = |iss: &str, aud: &str| {
            let claims = json!({ "iss": iss, "aud": aud, "exp": 2_000 });
            signer.sign(&claims).unwrap()
        };
        let another_issuer = elsewhere("http://127.0.0.1:2", &urls.receiver);
        let another_receiver = elsewhere(&urls.issuer, "http://127.0.0.1:2/bin/receive");
        let rows = [
            ("of another issuer", &signer, &another_issuer, 1_000, Err(Reason::Issuer)),
            ("for another receiver", &signer, &another_receiver, 1_000, Err(Reason::Audience)),
            ("at once", &signer, &issued.token, 1_000, Ok(())),
            ("by a clock that is behind", &signer, &issued.token, 0, Ok(())),
            ("at its last moment", &signer, &issued.token, 1_061, Ok(())),
            ("expired, beyond the leeway", &signer, &issued.token, 1_062, Err(Reason::Expired)),
            ("of another server", &other, &issued.token, 1_000, Err(Reason::Signature)),
            ("of another kind", &signer, &plain, 1_000, Err(Reason::Kind)),
            ("no token", &signer, &"x".to_owned(), 1_000, Err(Reason::Malformed)),
        ];
        for (name, signer, token, now, expected) in rows {
            let checked = check(signer, &urls, token, at(now), Span::from_secs(2));
            assert_eq!(checked.result, expected, "{name}");
        }
    }
}
