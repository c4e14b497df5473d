//! The status numbers of the core's errors.

use jwtick_core::key::{JwkError, KeyError, WeakKey};
use jwtick_core::time::{ClockError, HttpDateError};
use jwtick_core::token::{ClaimsError, DecodeError, HeaderError, VerifyError};
use jwtick_core::wire::SntpRefusal;

use super::Status;

impl From<&DecodeError> for Status {
    fn from(error: &DecodeError) -> Self {
        match error {
            DecodeError::Segments { .. } => Self::TokenSegments,
            DecodeError::TooLong { .. } => Self::TokenRoom,
            DecodeError::Base64 { .. } => Self::TokenBase64,
            DecodeError::Header(error) => error.into(),
            DecodeError::Claims(ClaimsError::Json(_)) => Self::ClaimsJson,
            DecodeError::Claims(ClaimsError::Type { .. }) => Self::ClaimsType,
            _ => Self::Other,
        }
    }
}

impl From<&HeaderError> for Status {
    fn from(error: &HeaderError) -> Self {
        match error {
            HeaderError::Json(_) => Self::HeaderJson,
            HeaderError::MissingAlg => Self::HeaderAlgMissing,
            HeaderError::AlgNone => Self::HeaderAlgNone,
            HeaderError::UnknownAlg { .. } => Self::HeaderAlgUnknown,
            HeaderError::Type { .. } => Self::HeaderType,
            HeaderError::EmptyCrit => Self::HeaderCritEmpty,
            HeaderError::UnknownCrit => Self::HeaderCritUnknown,
            HeaderError::Unencoded => Self::HeaderUnencoded,
            _ => Self::Other,
        }
    }
}

impl From<&VerifyError> for Status {
    fn from(error: &VerifyError) -> Self {
        match error {
            VerifyError::Algorithm { .. } => Self::KeyAlgorithm,
            VerifyError::Signature(_) => Self::Signature,
            _ => Self::Other,
        }
    }
}

impl From<&WeakKey> for Status {
    fn from(error: &WeakKey) -> Self {
        match error {
            WeakKey::Short { .. } => Self::SecretShort,
            WeakKey::Public { .. } => Self::SecretPublic,
            _ => Self::Other,
        }
    }
}

impl From<&KeyError> for Status {
    fn from(error: &KeyError) -> Self {
        match error {
            KeyError::ModulusBits { .. } => Self::KeyModulusBits,
            KeyError::EvenModulus => Self::KeyModulusEven,
            KeyError::Exponent { .. } | KeyError::ExponentBytes { .. } => Self::KeyExponent,
            KeyError::LeadingZero => Self::KeyLeadingZero,
            KeyError::CoordinateBytes { .. } | KeyError::PointBytes { .. } => Self::KeyCoordinate,
            KeyError::NotOnCurve => Self::KeyNotOnCurve,
            KeyError::NotCanonical => Self::KeyNotCanonical,
            KeyError::SmallOrder => Self::KeySmallOrder,
            _ => Self::Other,
        }
    }
}

impl From<&JwkError> for Status {
    fn from(error: &JwkError) -> Self {
        match error {
            JwkError::Json(_) => Self::JwkJson,
            JwkError::Missing { .. } => Self::JwkMissing,
            JwkError::Type { .. } => Self::JwkType,
            JwkError::Base64 { .. } => Self::JwkBase64,
            JwkError::TooLong { .. } => Self::JwkTooLong,
            JwkError::UnknownKty { .. } => Self::JwkKty,
            JwkError::UnknownCrv { .. } => Self::JwkCrv,
            JwkError::Use { .. } => Self::JwkUse,
            JwkError::Operation { .. } | JwkError::Repeated { .. } => Self::JwkOperations,
            JwkError::Unsuited { .. } => Self::KeyUnsuited,
            JwkError::OtherAlgorithm { .. } => Self::JwkAlgorithm,
            JwkError::Unsupported { .. } => Self::KeyNotBuilt,
            JwkError::Key(error) => error.into(),
            JwkError::Secret(error) => error.into(),
            _ => Self::Other,
        }
    }
}

impl From<&ClockError> for Status {
    fn from(error: &ClockError) -> Self {
        match error {
            ClockError::WentBack => Self::ClockWentBack,
            ClockError::Narrow { .. } => Self::ClockNarrow,
            ClockError::Overdue { .. } => Self::ClockOverdue,
            ClockError::Contradiction { .. } => Self::Contradiction,
            ClockError::BeyondCap { .. } => Self::ClockBeyond,
            _ => Self::Other,
        }
    }
}

impl From<&SntpRefusal> for Status {
    fn from(error: &SntpRefusal) -> Self {
        match error {
            SntpRefusal::Short { .. } => Self::SntpShort,
            SntpRefusal::Origin => Self::SntpOrigin,
            SntpRefusal::Kiss { .. } => Self::SntpKiss,
            SntpRefusal::Mode { .. } => Self::SntpMode,
            SntpRefusal::Version { .. } => Self::SntpVersion,
            SntpRefusal::Unsynchronized => Self::SntpUnsynchronized,
            SntpRefusal::Stratum { .. } => Self::SntpStratum,
            SntpRefusal::ZeroStamp { .. } => Self::SntpZeroStamp,
            SntpRefusal::Backwards { .. } => Self::SntpBackwards,
            SntpRefusal::Distance { .. } => Self::SntpDistance,
            SntpRefusal::Held { .. } => Self::SntpHeld,
            SntpRefusal::SetLater { .. } => Self::SntpSetLater,
            _ => Self::Other,
        }
    }
}

impl From<&HttpDateError> for Status {
    fn from(error: &HttpDateError) -> Self {
        match error {
            HttpDateError::Unexpected { .. } => Self::HttpDateForm,
            HttpDateError::NoSuchDate { .. } => Self::HttpDateDay,
            HttpDateError::NoSuchTime { .. } => Self::HttpDateTime,
            HttpDateError::BeyondYears => Self::HttpDateYear,
            _ => Self::Other,
        }
    }
}

#[cfg(feature = "sign")]
mod sign {
    use jwtick_core::sign::{AssertionError, MemberFault, PrivateKeyError};

    use super::Status;

    impl From<&AssertionError> for Status {
        fn from(error: &AssertionError) -> Self {
            match error {
                AssertionError::Clock { .. } => Self::ClockWide,
                AssertionError::NeverSet { .. } => Self::ClockNeverSet,
                AssertionError::Life { .. } => Self::AssertionLife,
                AssertionError::Member { fault, .. } => match fault {
                    MemberFault::Repeated => Self::MemberRepeated,
                    MemberFault::Reserved => Self::MemberReserved,
                    MemberFault::Type => Self::MemberRegistered,
                    MemberFault::Inexact => Self::MemberInexact,
                    _ => Self::Other,
                },
                AssertionError::SignatureBytes { .. } => Self::SignatureBytes,
                _ => Self::Other,
            }
        }
    }

    impl From<&PrivateKeyError> for Status {
        fn from(error: &PrivateKeyError) -> Self {
            match error {
                PrivateKeyError::Bytes { .. } => Self::KeyPrivateBytes,
                PrivateKeyError::Range => Self::KeyPrivateRange,
                _ => Self::Other,
            }
        }
    }
}
