//! The kind of a wording: which side judged, and what it objected to; and the placeholders in the words
//! of a row, with the meaning of the values in their place.

/// The side that judged, as far as the words alone tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judge {
    /// A provider judged what the local side made, so the provider's clock decided.
    Provider,
    /// The local side judged what another party made, so the local clock decided.
    Us,
    /// A third party judged what another made, so the local clock plays no part.
    Peers,
    /// Both sides print the same words; the surrounding text decides.
    Either,
}

/// The objection to the token, request or certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// The end has passed.
    Expired,
    /// It is not valid yet, or it was made in the judge's future.
    NotYet,
    /// One of these two; the words do not say which.
    Window,
    /// The end is too far in the judge's future.
    TooFar,
    /// The time differs by too much, in an unknown direction.
    Skewed,
    /// The requested lifetime is longer than the provider grants, whatever the clocks show.
    Lifetime,
    /// The form is wrong.
    Malformed,
    /// The key, issuer, subject or audience is wrong, or the token was used before.
    Unfit,
    /// It was refused, and time is only one of many possible reasons.
    Refused,
    /// A certificate is not valid yet.
    CertificateNotYet,
    /// A certificate has expired.
    CertificateEnded,
    /// A certificate has expired or is not valid yet.
    CertificateWindow,
    /// A program states that the local clock is behind.
    ClockBehind,
    /// A program states that the local clock is ahead.
    ClockAhead,
    /// No objection: a time service set or measured the clock.
    Step,
    /// No objection: the clock was set between the stamp before this line and its own.
    Set,
    /// No objection: the clock had to be restored or was never set.
    Unset,
    /// No objection: the line states a time or a claim.
    Fact,
}

impl Says {
    /// Returns `true` if a time service says it about the clock of its host.
    pub(crate) const fn is_service(self) -> bool {
        matches!(self, Self::Step | Self::Set | Self::Unset)
    }

    /// Returns `true` if it is an objection to a certificate.
    pub(crate) const fn is_about_certificate(self) -> bool {
        matches!(self, Self::CertificateNotYet | Self::CertificateEnded | Self::CertificateWindow)
    }

    /// Returns how much a refusal says about the clocks. Of two refusals, the one with the larger
    /// weight counts.
    pub(crate) fn weight(self) -> u8 {
        match self {
            Self::Refused => 0,
            Self::Unfit => 1,
            _ => 2,
        }
    }
}

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
