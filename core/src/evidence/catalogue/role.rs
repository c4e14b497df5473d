//! Placeholders in the words of a row, and the meaning of the values in their place.

/// The meaning of a value in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The current time of the judge.
    Now,
    /// The current time of the remote side, whichever side judged.
    Server,
    /// The current time of the local side, whichever side judged.
    Local,
    /// The time when the local side signed the request.
    Signed,
    /// The time when the local side sent the request that the text shows.
    Sent,
    /// `exp` or another end of validity.
    Exp,
    /// `nbf` or another start of validity.
    Nbf,
    /// `iat`.
    Iat,
    /// The largest allowed age of a signature, in minutes.
    LimitMinutes,
    /// The largest allowed age of a signature, in milliseconds.
    LimitMillis,
    /// The time by which the edge was missed, in milliseconds.
    GapMillis,
    /// The time by which the edge was missed, as Go (`3h2m1s`) or apt (`3h 2min 1s`) writes it.
    Gap,
    /// The number of seconds by which the local clock is behind (negative: ahead).
    StepSecs,
    /// The number of seconds by which the local clock is ahead.
    FastSecs,
    /// The length of time by which the local clock is behind, in any notation.
    Behind,
    /// The length of time by which the local clock is ahead, in any notation.
    Ahead,
    /// The time that the clock showed before it was set.
    From,
    /// The time that it showed afterwards.
    To,
    /// A value that is skipped.
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
        ("{limit_ms}", Self::LimitMillis),
        ("{gap_ms}", Self::GapMillis),
        ("{gap}", Self::Gap),
        ("{behind_s}", Self::StepSecs),
        ("{ahead_s}", Self::FastSecs),
        ("{behind}", Self::Behind),
        ("{ahead}", Self::Ahead),
        ("{from}", Self::From),
        ("{to}", Self::To),
        ("{}", Self::Skip),
    ];

    /// Splits `words` into the role named at the start and the rest.
    pub(crate) fn split(words: &str) -> Option<(Self, &str)> {
        let names = if words.starts_with('{') { Self::NAMES } else { &[] };
        names.iter().find_map(|&(name, role)| words.strip_prefix(name).map(|rest| (role, rest)))
    }
}
