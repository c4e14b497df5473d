//! The parameters of a JWK as bytes.

use jwtick_core::{Jwk, JwkError};
use zeroize::Zeroizing;

/// More than any parameter has: the private exponent of an RSA key of 16384 bits.
const LONGEST: usize = 2048;

/// A parameter, which is wiped from memory after use.
pub(crate) struct Octets(Zeroizing<Vec<u8>>);

impl Octets {
    /// The parameter `name` of a key.
    ///
    /// # Errors
    /// [`JwkError`] as for [`Jwk::decode`].
    pub(crate) fn of(jwk: &Jwk<'_>, name: &'static str) -> Result<Self, JwkError> {
        let mut room = Zeroizing::new(vec![0; LONGEST]);
        let length = jwk.decode(name, &mut room)?.len();
        room.truncate(length);
        Ok(Self(room))
    }
}

impl AsRef<[u8]> for Octets {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
