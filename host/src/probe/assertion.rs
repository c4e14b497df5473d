//! The assertion of a connection, created anew for every request.

use jwtick_core::{Span, UnixTime};

use crate::keys::KeyError;
use crate::minting::{ClaimSet, Minter, unique_id};

/// The claims of all assertions of one connection, and the signing key. No `Debug`, since it
/// contains a key.
pub(crate) struct Assertions {
    pub(crate) minter: Minter,
    pub(crate) issuer: String,
    pub(crate) subject: Option<String>,
    pub(crate) audience: Vec<String>,
    pub(crate) lifetime: Span,
    /// Names and JSON texts.
    pub(crate) claims: Vec<(String, String)>,
}

/// An assertion with its claims. No `Debug`, because it grants access.
pub(crate) struct Assertion {
    pub(crate) compact: String,
    pub(crate) claims: String,
}

impl Assertions {
    /// Creates a new assertion, issued at the whole second of `now`, with a unique `jti` (RFC 7523
    /// §3, item 7).
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system provides no random numbers.
    pub(crate) fn mint(&self, now: UnixTime) -> Result<Assertion, KeyError> {
        let issued = UnixTime::from_secs(now.as_micros().div_euclid(1_000_000));
        let mut claims = ClaimSet::default();
        claims.set_text("iss", Some(&self.issuer));
        claims.set_text("sub", self.subject.as_deref());
        claims.set_audience(&self.audience);
        claims.set_date("iat", issued);
        claims.set_date("exp", issued + self.lifetime);
        claims.set_text("jti", Some(&unique_id()?));
        for (name, json) in &self.claims {
            claims.set(name, json.clone());
        }
        let claims = claims.to_json();
        Ok(Assertion { compact: self.minter.mint(&claims)?, claims })
    }
}
