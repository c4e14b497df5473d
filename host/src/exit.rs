//! The exit codes, as listed in the README. Their numbers never change.

use std::process::ExitCode;

use jwtick_core::judge::Failure;

/// The outcome of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// Success: the token is accepted, or there is no clock fault.
    Done,
    /// The command failed: a file, key or network connection could not be used.
    Failed,
    /// The command line or the configuration is invalid.
    Usage,
    /// The token has expired.
    Expired,
    /// The token is not valid yet.
    NotYetValid,
    /// The clock is not known well enough to decide.
    Undecided,
    /// The signature is invalid, or no key matches.
    BadSignature,
    /// The token is malformed, or its header is rejected.
    Malformed,
    /// Another claim is rejected.
    ClaimRefused,
    /// A clock is wrong.
    ClockFault,
    /// The cause could not be determined.
    Undetermined,
    /// A check plugin's "warning" (Monitoring Plugins guidelines, "Return codes", as for the next
    /// two).
    PluginWarning,
    /// A check plugin's "critical".
    PluginCritical,
    /// A check plugin's "unknown".
    PluginUnknown,
}

impl Exit {
    /// The exit status for the operating system.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed | Self::PluginWarning => 1,
            Self::Usage | Self::PluginCritical => 2,
            Self::PluginUnknown => 3,
            Self::Expired => 10,
            Self::NotYetValid => 11,
            Self::Undecided => 12,
            Self::BadSignature => 13,
            Self::Malformed => 14,
            Self::ClaimRefused => 15,
            Self::ClockFault => 20,
            Self::Undetermined => 21,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl From<Option<Failure>> for Exit {
    /// The exit code for a token with this failure, or without one.
    fn from(failure: Option<Failure>) -> Self {
        match failure {
            None => Self::Done,
            Some(Failure::Malformed) => Self::Malformed,
            Some(Failure::Signature) => Self::BadSignature,
            Some(Failure::Expired) => Self::Expired,
            Some(Failure::NotYetValid) => Self::NotYetValid,
            Some(Failure::Undecided) => Self::Undecided,
            Some(_) => Self::ClaimRefused,
        }
    }
}
