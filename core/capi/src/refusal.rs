//! The reason for a refusal, kept for a sentence about it.

use jwtick_core::key::{JwkError, KeyError, WeakKey};
#[cfg(feature = "sign")]
use jwtick_core::sign::{AssertionError, PrivateKeyError};
use jwtick_core::survey::NoMajority;
use jwtick_core::time::{ClockError, HttpDateError};
use jwtick_core::token::{DecodeError, VerifyError};
use jwtick_core::wire::SntpRefusal;

use crate::context::RefusalContext;
use crate::pointer::{Output, Slot};
use crate::status::Status;

/// Any error of the core that a function here returns.
pub(crate) enum Refused {
    Decode(DecodeError),
    Verify(VerifyError),
    Jwk(JwkError),
    Clock(ClockError),
    #[cfg_attr(not(feature = "words"), expect(dead_code, reason = "only a sentence says how many"))]
    NoMajority(NoMajority),
    Sntp(SntpRefusal),
    HttpDate(HttpDateError),
    #[cfg(feature = "sign")]
    Assertion(AssertionError),
    #[cfg(feature = "sign")]
    PrivateKey(PrivateKeyError),
}

impl Refused {
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Decode(error) => error.into(),
            Self::Verify(error) => error.into(),
            Self::Jwk(error) => error.into(),
            Self::Clock(error) => error.into(),
            Self::NoMajority(_) => Status::NoMajority,
            Self::Sntp(error) => error.into(),
            Self::HttpDate(error) => error.into(),
            #[cfg(feature = "sign")]
            Self::Assertion(error) => error.into(),
            #[cfg(feature = "sign")]
            Self::PrivateKey(error) => error.into(),
        }
    }
}

/// Converts each error type into a [`Refused`].
macro_rules! refused {
    ($($error:ty => $variant:ident,)*) => {
        $(
            impl From<$error> for Refused {
                fn from(error: $error) -> Self {
                    Self::$variant(error)
                }
            }
        )*
    };
}

refused! {
    DecodeError => Decode,
    VerifyError => Verify,
    JwkError => Jwk,
    ClockError => Clock,
    NoMajority => NoMajority,
    SntpRefusal => Sntp,
    HttpDateError => HttpDate,
}

#[cfg(feature = "sign")]
refused! {
    AssertionError => Assertion,
    PrivateKeyError => PrivateKey,
}

impl From<KeyError> for Refused {
    fn from(error: KeyError) -> Self {
        Self::Jwk(error.into())
    }
}

impl From<WeakKey> for Refused {
    fn from(error: WeakKey) -> Self {
        Self::Jwk(error.into())
    }
}

/// The output for the reason of a refusal, if the caller wants it.
pub(crate) struct Why(Option<Slot<RefusalContext>>);

impl Why {
    /// Checks the pointer; NULL means that the caller does not want the reason.
    pub(crate) fn of(why: Output<RefusalContext>) -> Result<Self, Status> {
        why.optional().map(Self)
    }

    /// Returns the value, or the number of the refusal after storing its details.
    pub(crate) fn keep<T>(self, result: Result<T, impl Into<Refused>>) -> Result<T, Status> {
        result.map_err(|error| {
            let refused = error.into();
            let status = refused.status();
            if let Some(slot) = self.0 {
                slot.hold(refused);
            }
            status
        })
    }
}
