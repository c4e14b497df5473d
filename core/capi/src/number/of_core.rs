//! Conversions between numbers and values of the core.

use jwtick_core::Verdict;
use jwtick_core::diagnosis::{Cause, Certainty, ClockFault, EvidenceKind, ZoneKnowledge};
use jwtick_core::judge::{Finding, Rule};
use jwtick_core::time::{Direction, Scale};
use jwtick_core::token::Algorithm;
use jwtick_core::wire::Leap;
use jwtick_core::words::Language;

use super::*;
use crate::status::Status;

/// A value that has a number.
pub(crate) trait Number {
    /// The number of the value; 0 for a value that is newer than this library.
    fn number(&self) -> u32;
}

/// A value that C selects by its number.
pub(crate) trait FromNumber: Sized {
    /// The value with this number.
    fn from_number(number: u32) -> Result<Self, Status>;
}

impl Number for Algorithm {
    fn number(&self) -> u32 {
        match self {
            Self::Hs256 => ALGORITHM_HS256,
            Self::Hs384 => ALGORITHM_HS384,
            Self::Hs512 => ALGORITHM_HS512,
            Self::Rs256 => ALGORITHM_RS256,
            Self::Rs384 => ALGORITHM_RS384,
            Self::Rs512 => ALGORITHM_RS512,
            Self::Ps256 => ALGORITHM_PS256,
            Self::Ps384 => ALGORITHM_PS384,
            Self::Ps512 => ALGORITHM_PS512,
            Self::Es256 => ALGORITHM_ES256,
            Self::Es384 => ALGORITHM_ES384,
            Self::Es512 => ALGORITHM_ES512,
            Self::Es256k => ALGORITHM_ES256K,
            Self::EdDsa => ALGORITHM_EDDSA,
            Self::Ed25519 => ALGORITHM_ED25519,
            _ => 0,
        }
    }
}

impl FromNumber for Algorithm {
    fn from_number(number: u32) -> Result<Self, Status> {
        match number {
            ALGORITHM_HS256 => Ok(Self::Hs256),
            ALGORITHM_HS384 => Ok(Self::Hs384),
            ALGORITHM_HS512 => Ok(Self::Hs512),
            ALGORITHM_RS256 => Ok(Self::Rs256),
            ALGORITHM_RS384 => Ok(Self::Rs384),
            ALGORITHM_RS512 => Ok(Self::Rs512),
            ALGORITHM_PS256 => Ok(Self::Ps256),
            ALGORITHM_PS384 => Ok(Self::Ps384),
            ALGORITHM_PS512 => Ok(Self::Ps512),
            ALGORITHM_ES256 => Ok(Self::Es256),
            ALGORITHM_ES384 => Ok(Self::Es384),
            ALGORITHM_ES512 => Ok(Self::Es512),
            ALGORITHM_ES256K => Ok(Self::Es256k),
            ALGORITHM_EDDSA => Ok(Self::EdDsa),
            ALGORITHM_ED25519 => Ok(Self::Ed25519),
            _ => Err(Status::Value),
        }
    }
}

impl Number for Verdict {
    fn number(&self) -> u32 {
        match self {
            Self::Accept => VERDICT_ACCEPT,
            Self::Reject => VERDICT_REJECT,
            Self::Undecided => VERDICT_UNDECIDED,
        }
    }
}

impl FromNumber for Verdict {
    fn from_number(number: u32) -> Result<Self, Status> {
        match number {
            VERDICT_ACCEPT => Ok(Self::Accept),
            VERDICT_REJECT => Ok(Self::Reject),
            VERDICT_UNDECIDED => Ok(Self::Undecided),
            _ => Err(Status::Value),
        }
    }
}

impl Number for Rule {
    fn number(&self) -> u32 {
        match self {
            Self::Exp => RULE_EXP,
            Self::Nbf => RULE_NBF,
            Self::Iat => RULE_IAT,
            Self::MaxAge => RULE_MAX_AGE,
            Self::Lifetime => RULE_LIFETIME,
            Self::Iss => RULE_ISS,
            Self::Sub => RULE_SUB,
            Self::Aud => RULE_AUD,
            Self::Jti => RULE_JTI,
            _ => 0,
        }
    }
}

impl FromNumber for Rule {
    fn from_number(number: u32) -> Result<Self, Status> {
        match number {
            RULE_EXP => Ok(Self::Exp),
            RULE_NBF => Ok(Self::Nbf),
            RULE_IAT => Ok(Self::Iat),
            RULE_MAX_AGE => Ok(Self::MaxAge),
            RULE_LIFETIME => Ok(Self::Lifetime),
            RULE_ISS => Ok(Self::Iss),
            RULE_SUB => Ok(Self::Sub),
            RULE_AUD => Ok(Self::Aud),
            RULE_JTI => Ok(Self::Jti),
            _ => Err(Status::Value),
        }
    }
}

impl Number for Finding {
    fn number(&self) -> u32 {
        match self {
            Self::Measured(_) => FINDING_MEASURED,
            Self::Reported(_) => FINDING_REPORTED,
            Self::Matched(_) => FINDING_MATCHED,
            Self::Mismatched(_) => FINDING_MISMATCHED,
            Self::Missing(_) => FINDING_MISSING,
            Self::Unchecked(_) => FINDING_UNCHECKED,
            _ => 0,
        }
    }
}

impl Number for Scale {
    fn number(&self) -> u32 {
        match self {
            Self::Seconds => SCALE_SECONDS,
            Self::Milliseconds(_) => SCALE_MILLISECONDS,
            Self::Implausible => SCALE_IMPLAUSIBLE,
            _ => 0,
        }
    }
}

impl Number for Leap {
    fn number(&self) -> u32 {
        match self {
            Self::None => LEAP_NONE,
            Self::Insert => LEAP_INSERT,
            Self::Delete => LEAP_DELETE,
        }
    }
}

impl Number for Language {
    fn number(&self) -> u32 {
        match self {
            Self::English => LANGUAGE_ENGLISH,
            Self::German => LANGUAGE_GERMAN,
            Self::Korean => LANGUAGE_KOREAN,
        }
    }
}

impl FromNumber for Language {
    fn from_number(number: u32) -> Result<Self, Status> {
        match number {
            LANGUAGE_ENGLISH => Ok(Self::English),
            LANGUAGE_GERMAN => Ok(Self::German),
            LANGUAGE_KOREAN => Ok(Self::Korean),
            _ => Err(Status::Value),
        }
    }
}

impl Number for Cause {
    fn number(&self) -> u32 {
        match self {
            Self::LocalClock => CAUSE_LOCAL_CLOCK,
            Self::ClockUnset => CAUSE_CLOCK_UNSET,
            Self::TimeZone => CAUSE_TIME_ZONE,
            Self::RemoteClock => CAUSE_REMOTE_CLOCK,
            Self::PeerClocks => CAUSE_PEER_CLOCKS,
            Self::Expired => CAUSE_EXPIRED,
            Self::LateRequest => CAUSE_LATE_REQUEST,
            Self::Units => CAUSE_UNITS,
            Self::Lifetime => CAUSE_LIFETIME,
            Self::NotClock => CAUSE_NOT_CLOCK,
            Self::ServerCertificate => CAUSE_SERVER_CERTIFICATE,
            Self::Undetermined => CAUSE_UNDETERMINED,
            _ => 0,
        }
    }
}

impl FromNumber for Cause {
    fn from_number(number: u32) -> Result<Self, Status> {
        match number {
            CAUSE_LOCAL_CLOCK => Ok(Self::LocalClock),
            CAUSE_CLOCK_UNSET => Ok(Self::ClockUnset),
            CAUSE_TIME_ZONE => Ok(Self::TimeZone),
            CAUSE_REMOTE_CLOCK => Ok(Self::RemoteClock),
            CAUSE_PEER_CLOCKS => Ok(Self::PeerClocks),
            CAUSE_EXPIRED => Ok(Self::Expired),
            CAUSE_LATE_REQUEST => Ok(Self::LateRequest),
            CAUSE_UNITS => Ok(Self::Units),
            CAUSE_LIFETIME => Ok(Self::Lifetime),
            CAUSE_NOT_CLOCK => Ok(Self::NotClock),
            CAUSE_SERVER_CERTIFICATE => Ok(Self::ServerCertificate),
            CAUSE_UNDETERMINED => Ok(Self::Undetermined),
            _ => Err(Status::Value),
        }
    }
}

impl Number for ClockFault {
    fn number(&self) -> u32 {
        match self {
            Self::Found => FAULT_FOUND,
            Self::Cleared => FAULT_CLEARED,
            Self::Open => FAULT_OPEN,
        }
    }
}

impl Number for Direction {
    fn number(&self) -> u32 {
        match self {
            Self::Behind => DIRECTION_BEHIND,
            Self::Ahead => DIRECTION_AHEAD,
        }
    }
}

impl Number for Certainty {
    fn number(&self) -> u32 {
        match self {
            Self::Weak => CERTAINTY_WEAK,
            Self::Likely => CERTAINTY_LIKELY,
            Self::Proven => CERTAINTY_PROVEN,
        }
    }
}

impl Number for EvidenceKind {
    fn number(&self) -> u32 {
        match self {
            Self::Refusal => EVIDENCE_REFUSAL,
            Self::ServerTime => EVIDENCE_SERVER_TIME,
            Self::LocalTime => EVIDENCE_LOCAL_TIME,
            Self::Token => EVIDENCE_TOKEN,
            Self::ClockStep => EVIDENCE_CLOCK_STEP,
            Self::Certificate => EVIDENCE_CERTIFICATE,
            Self::NodeTime => EVIDENCE_NODE_TIME,
            _ => 0,
        }
    }
}

impl Number for ZoneKnowledge {
    fn number(&self) -> u32 {
        match self {
            Self::Stated => ZONE_STATED,
            Self::Recovered(_) => ZONE_RECOVERED,
            Self::Assumed => ZONE_ASSUMED,
            Self::Unknown => ZONE_UNKNOWN,
        }
    }
}
