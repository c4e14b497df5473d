//! The places in the words of a row, and what the values there mean.

/// What a value in a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The judge's own "now".
    Now,
    /// The other side's "now", whoever judged.
    Server,
    /// This side's "now", whoever judged.
    Local,
    /// When we signed the request.
    Signed,
    /// When we sent the request that the text shows.
    Sent,
    /// `exp` or another end of validity.
    Exp,
    /// `nbf` or another start of validity.
    Nbf,
    /// `iat`.
    Iat,
    /// By how many minutes a signature may be old.
    LimitMinutes,
    /// By how many milliseconds the edge was missed.
    GapMillis,
    /// By how much the edge was missed, as Go (`3h2m1s`) or apt (`3h 2min 1s`) write it.
    Gap,
    /// Seconds by which the local clock is behind (negative: ahead).
    StepSecs,
    /// Seconds by which the local clock is ahead.
    FastSecs,
    /// A value that does not matter.
    Skip,
}

impl Role {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("{now}", Self::Now),
        ("{server}", Self::Server),
        ("{local}", Self::Local),
        ("{signed}", Self::Signed),
        ("{sent}", Self::Sent),
        ("{exp}", Self::Exp),
        ("{nbf}", Self::Nbf),
        ("{iat}", Self::Iat),
        ("{limit_min}", Self::LimitMinutes),
        ("{gap_ms}", Self::GapMillis),
        ("{gap}", Self::Gap),
        ("{behind_s}", Self::StepSecs),
        ("{ahead_s}", Self::FastSecs),
        ("{}", Self::Skip),
    ];

    /// The role named at the start of `words`, and what follows it.
    pub(crate) fn split(words: &str) -> Option<(Self, &str)> {
        Self::NAMES
            .iter()
            .find_map(|&(name, role)| words.strip_prefix(name).map(|rest| (role, rest)))
    }
}
