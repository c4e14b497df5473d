//! The two questions that every wording answers: which side judged, and what it objected to.

/// Who judged, as far as the words alone tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judge {
    /// A provider judged what we made: its clock decided.
    Provider,
    /// We judged what somebody else made: our clock decided.
    Us,
    /// A third party judged what another made: our clock plays no part.
    Peers,
    /// The same words are printed by both sides; the surroundings tell.
    Either,
}

/// What was held against the token, request or certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// Its end has passed.
    Expired,
    /// It is not valid yet, or was made in the judge's future.
    NotYet,
    /// One of the two, the words do not tell which.
    Window,
    /// Its end lies too far in the judge's future.
    TooFar,
    /// Its time differs too much, direction open.
    Skewed,
    /// It asks for a longer life than the provider grants, whatever the clocks say.
    Lifetime,
    /// It has the wrong form.
    Malformed,
    /// Its key, issuer, subject or audience is wrong, or it was used before.
    Unfit,
    /// It was refused, and time is only one of many possible reasons.
    Refused,
    /// A certificate is not valid yet.
    CertificateNotYet,
    /// A certificate has ended.
    CertificateEnded,
    /// A certificate is one of the two.
    CertificateWindow,
    /// A program says outright that the local clock is behind.
    ClockBehind,
    /// A program says outright that the local clock is ahead.
    ClockAhead,
    /// Nothing: a time service set or measured the clock.
    Step,
    /// Nothing: the clock was set between the stamp before this line and its own.
    Set,
    /// Nothing: the clock had to be restored or was never set.
    Unset,
    /// Nothing: a time or a claim is stated.
    Fact,
}

impl Says {
    /// How much a refusal tells of the clocks: the heavier of two counts.
    pub(crate) fn weight(self) -> u8 {
        match self {
            Self::Refused => 0,
            Self::Unfit => 1,
            _ => 2,
        }
    }
}
