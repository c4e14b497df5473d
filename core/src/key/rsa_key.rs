//! The code shared by the keys of both paddings, which bind an RSA key to one algorithm.

/// Defines the key type of an algorithm. A signature opens to an encoded message; `$holds` compares
/// it with the hash of the signing input.
macro_rules! rsa_key {
    ($(#[$doc:meta])* $key:ident, $hash:ty, $algorithm:expr, $holds:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $key<K>(K);

        impl<K: RsaPublic> $key<K> {
            /// Binds an RSA key to the algorithm.
            #[must_use]
            pub const fn new(key: K) -> Self {
                Self(key)
            }

            /// Prepares the key in `jwk`.
            ///
            /// # Errors
            /// [`JwkError`] if `jwk` has another purpose, or the RSA key is refused.
            pub fn from_jwk(jwk: &Jwk<'_>) -> Result<Self, JwkError> {
                jwk.permits(KeyOperation::Verify, $algorithm)?;
                K::from_jwk(jwk).map(Self)
            }
        }

        impl<K: RsaPublic> Verifier for $key<K> {
            fn algorithm(&self) -> Algorithm {
                $algorithm
            }

            fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
                let hash = <$hash>::digest(signing_input);
                let holds = self.0.opens(signature, &mut |opened| $holds(opened, &hash));
                if holds { Ok(()) } else { Err(InvalidSignature) }
            }
        }
    };
}

pub(super) use rsa_key;
