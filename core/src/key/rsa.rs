//! RSA public keys (RFC 8017 §3.1), not yet bound to an algorithm, and their single operation.
//!
//! The signature, the exponent and the modulus are public, so nothing here needs constant time. A
//! prepared key stores `R² mod n` in addition to the modulus. It converts a number to Montgomery
//! form, costs a fifth of a verification, and is computed once.

use core::cmp::Ordering;

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{EncodedUint, MontyForm, MontyMultiplier, Odd, U2048, U3072, U4096, Uint};

use super::error::KeyError;

// RFC 7518 §3.3: "A key of size 2048 bits or larger MUST be used".
const LEAST_BITS: u32 = 2048;
const MODULUS_MAX: usize = U4096::BYTES;
// RFC 8017 §3.1 allows more, but each bit costs time, and exponents in use have at most 32 bits.
const EXPONENT_MAX: usize = 4;

/// A modulus of 2048 bits: 792 bytes when prepared.
///
/// # Example
/// ```
/// use jwtick_core::key::{KeyError, Rs256, Rsa2048};
/// let key = Rs256::new(Rsa2048::new(&[0xC5; 256], &[1, 0, 1])?);
/// # let _ = key;
/// assert!(Rsa2048::new(&[0xC5; 257], &[1, 0, 1]).is_err());
/// # Ok::<(), KeyError>(())
/// ```
pub type Rsa2048 = Rsa<{ U2048::LIMBS }>;
/// A modulus of 2048 to 3072 bits: 1176 bytes when prepared.
///
/// # Example
/// ```
/// use jwtick_core::key::{KeyError, Rs256, Rsa3072};
/// let key = Rs256::new(Rsa3072::new(&[0xC5; 384], &[1, 0, 1])?);
/// # let _ = key;
/// assert!(Rsa3072::new(&[0xC5; 385], &[1, 0, 1]).is_err());
/// # Ok::<(), KeyError>(())
/// ```
pub type Rsa3072 = Rsa<{ U3072::LIMBS }>;
/// A modulus of 2048 to 4096 bits: 1560 bytes when prepared.
///
/// # Example
/// ```
/// use jwtick_core::key::{KeyError, Rs256, Rsa4096};
/// let key = Rs256::new(Rsa4096::new(&[0xC5; 512], &[1, 0, 1])?);
/// # let _ = key;
/// assert!(Rsa4096::new(&[0xC5; 513], &[1, 0, 1]).is_err());
/// # Ok::<(), KeyError>(())
/// ```
pub type Rsa4096 = Rsa<{ U4096::LIMBS }>;

/// An RSA public key with room for a modulus of `LIMBS` machine words: [`Rsa2048`], [`Rsa3072`] or
/// [`Rsa4096`]. Bind it to an algorithm before verifying with it.
///
/// # Example
/// ```
/// use jwtick_core::key::{KeyError, Rs256, Rsa2048};
/// use jwtick_core::token::{Algorithm, Verifier};
/// let modulus = [0xC5; 256];
/// let key = Rs256::new(Rsa2048::new(&modulus, &[1, 0, 1])?);
/// assert_eq!(key.algorithm(), Algorithm::Rs256);
/// let weak = Rsa2048::new(&modulus[..128], &[1, 0, 1]).err().unwrap();
/// assert_eq!(weak.to_string(), "the modulus has 1024 bits: expected 2048 to 2048");
/// # Ok::<(), KeyError>(())
/// ```
#[derive(Clone)]
pub struct Rsa<const LIMBS: usize> {
    params: FixedMontyParams<LIMBS>,
    bits: u32,
    exponent: u32,
}

impl<const LIMBS: usize> Rsa<LIMBS> {
    /// Prepares a key from modulus and exponent, both big-endian and without leading zeros.
    ///
    /// # Errors
    /// [`KeyError::LeadingZero`], [`KeyError::ModulusBits`], [`KeyError::EvenModulus`],
    /// [`KeyError::Exponent`] or [`KeyError::ExponentBytes`]; each variant states its condition.
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let bits = modulus_bits(modulus, Uint::<LIMBS>::BITS)?;
        let exponent = exponent_of(exponent)?;
        let modulus = Uint::from_be_slice_truncated(modulus, Uint::<LIMBS>::BITS);
        let odd = Odd::new(modulus).into_option().ok_or(KeyError::EvenModulus)?;
        Ok(Self { params: FixedMontyParams::new_vartime(odd), bits, exponent })
    }

    /// RSAVP1 (RFC 8017 §5.2.2): returns the message representative, or `None` if the signature
    /// does not have the length of the modulus or is not below it.
    fn open(&self, signature: &[u8]) -> Option<EncodedUint<LIMBS>> {
        if byte_len(self.bits) != Some(signature.len()) {
            return None;
        }
        let base = Uint::from_be_slice_truncated(signature, Uint::<LIMBS>::BITS);
        let below = base.cmp_vartime(self.params.modulus().as_ref()) == Ordering::Less;
        below.then(|| self.power(base).to_be_bytes())
    }

    // Square-and-multiply from the exponent's second bit on. The last bit is always 1; there, the
    // unconverted base is multiplied, which also converts back from Montgomery form at no cost.
    fn power(&self, base: Uint<LIMBS>) -> Uint<LIMBS> {
        let mut multiplier = <FixedMontyForm<LIMBS> as MontyForm>::Multiplier::from(&self.params);
        let mut factor = FixedMontyForm::new(&base, &self.params);
        let mut power = factor;
        let below_top = u32::BITS.saturating_sub(self.exponent.leading_zeros()).saturating_sub(1);
        for bit in (1..below_top).rev() {
            multiplier.square_assign(&mut power);
            if self.exponent.wrapping_shr(bit) & 1 == 1 {
                multiplier.mul_assign(&mut power, &factor);
            }
        }
        multiplier.square_assign(&mut power);
        *factor.as_montgomery_mut() = base;
        multiplier.mul_assign(&mut power, &factor);
        power.to_montgomery()
    }
}

fn modulus_bits(modulus: &[u8], most: u32) -> Result<u32, KeyError> {
    let first = modulus.first().copied().unwrap_or(1);
    if first == 0 {
        return Err(KeyError::LeadingZero);
    }
    let bytes = u32::try_from(modulus.len()).unwrap_or(u32::MAX);
    let met = bytes.saturating_mul(8).saturating_sub(first.leading_zeros());
    if (LEAST_BITS..=most).contains(&met) {
        Ok(met)
    } else {
        Err(KeyError::ModulusBits { met, least: LEAST_BITS, most })
    }
}

fn exponent_of(bytes: &[u8]) -> Result<u32, KeyError> {
    let mut number = [0; EXPONENT_MAX];
    match (bytes, number.len().checked_sub(bytes.len())) {
        ([0, ..], _) => return Err(KeyError::LeadingZero),
        (_, Some(start)) => number.iter_mut().skip(start).zip(bytes).for_each(|(to, &b)| *to = b),
        (_, None) => return Err(KeyError::ExponentBytes { met: bytes.len() }),
    }
    match u32::from_be_bytes(number) {
        met if met < 3 || met % 2 == 0 => Err(KeyError::Exponent { met }),
        exponent => Ok(exponent),
    }
}

fn byte_len(bits: u32) -> Option<usize> {
    usize::try_from(bits.div_ceil(8)).ok()
}

/// An RSA key of the smallest size that holds its modulus, for a size that is not known at compile
/// time.
///
/// # Example
/// ```
/// use jwtick_core::key::{AnyRsa, KeyError};
/// let key = AnyRsa::new(&[0xC5; 384], &[1, 0, 1])?;
/// assert!(matches!(key, AnyRsa::Bits3072(_)));
/// # Ok::<(), KeyError>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "without a heap, the room is taken inline")]
pub enum AnyRsa {
    /// Up to 2048 bits.
    Bits2048(Rsa2048),
    /// Up to 3072 bits.
    Bits3072(Rsa3072),
    /// Up to 4096 bits.
    Bits4096(Rsa4096),
}

impl AnyRsa {
    /// Prepares a key from modulus and exponent, both big-endian and without leading zeros.
    ///
    /// # Errors
    /// The [`KeyError`] of [`Rsa::new`].
    pub fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        match modulus_bits(modulus, U4096::BITS)? {
            ..=2048 => Rsa::new(modulus, exponent).map(Self::Bits2048),
            2049..=3072 => Rsa::new(modulus, exponent).map(Self::Bits3072),
            _ => Rsa::new(modulus, exponent).map(Self::Bits4096),
        }
    }
}

/// An RSA public key of one size or of any size. The trait is sealed.
///
/// # Example
/// ```
/// use jwtick_core::key::{AnyRsa, KeyError, Ps256, Rsa2048, RsaPublic};
/// use jwtick_core::token::{Algorithm, Verifier};
/// fn algorithm<K: RsaPublic>(key: K) -> Algorithm {
///     Ps256::new(key).algorithm()
/// }
/// let (modulus, exponent) = ([0xC5; 256], [1, 0, 1]);
/// assert_eq!(algorithm(Rsa2048::new(&modulus, &exponent)?), Algorithm::Ps256);
/// assert_eq!(algorithm(AnyRsa::new(&modulus, &exponent)?), Algorithm::Ps256);
/// # Ok::<(), KeyError>(())
/// ```
pub trait RsaPublic: sealed::Open {}

impl<const LIMBS: usize> RsaPublic for Rsa<LIMBS> {}
impl RsaPublic for AnyRsa {}

pub(super) mod sealed {
    use super::super::error::KeyError;
    use super::super::jwk::Jwk;
    use super::super::jwk::JwkError;
    use super::{AnyRsa, EXPONENT_MAX, MODULUS_MAX, Rsa, byte_len};

    /// The message representative of a signature, with as many bytes as the modulus.
    #[expect(unnameable_types, reason = "sealed: only this crate opens signatures")]
    pub struct Opened<'o> {
        pub bytes: &'o mut [u8],
        pub modulus_bits: u32,
    }

    #[expect(unnameable_types, reason = "sealed: a public trait with this bound has no other keys")]
    pub trait Open: Sized {
        fn prepare(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError>;

        fn from_jwk(jwk: &Jwk<'_>) -> Result<Self, JwkError> {
            let (mut n, mut e) = ([0; MODULUS_MAX], [0; EXPONENT_MAX]);
            Ok(Self::prepare(jwk.decode("n", &mut n)?, jwk.decode("e", &mut e)?)?)
        }

        /// Returns whether `signature` opens to a message that `holds` accepts.
        fn opens(&self, signature: &[u8], holds: &mut dyn FnMut(Opened<'_>) -> bool) -> bool;
    }

    impl<const LIMBS: usize> Open for Rsa<LIMBS> {
        fn prepare(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
            Self::new(modulus, exponent)
        }

        fn opens(&self, signature: &[u8], holds: &mut dyn FnMut(Opened<'_>) -> bool) -> bool {
            let Some(mut opened) = self.open(signature) else { return false };
            let room = opened.as_mut_slice();
            let spare = byte_len(self.bits).and_then(|len| room.len().checked_sub(len));
            spare
                .and_then(|spare| room.get_mut(spare..))
                .is_some_and(|bytes| holds(Opened { bytes, modulus_bits: self.bits }))
        }
    }

    impl Open for AnyRsa {
        fn prepare(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
            Self::new(modulus, exponent)
        }

        fn opens(&self, signature: &[u8], holds: &mut dyn FnMut(Opened<'_>) -> bool) -> bool {
            match self {
                Self::Bits2048(key) => key.opens(signature, holds),
                Self::Bits3072(key) => key.opens(signature, holds),
                Self::Bits4096(key) => key.opens(signature, holds),
            }
        }
    }
}
