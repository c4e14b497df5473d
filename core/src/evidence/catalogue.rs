//! What real products print when a time claim is refused: one readable table, a row a wording.
//!
//! A row's `words` are the product's fixed text; `{role}` stands for a value and says what that
//! value means, so that reasoning never needs to know the product. Letters match in either case,
//! a blank matches any white space, and quotes or brackets around a value need not be written.
//! Rows of one anchor are tried in order: the wording that carries more times stands first.

mod assertions;
mod certificates;
mod facts;
mod libraries;
mod measurements;
mod providers;
mod services;
mod signatures;
mod steps;
mod unfit;
mod verifiers;

use crate::time::Span;

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
    /// Nothing: a server's clock was measured against the local one.
    ByDate,
    /// Nothing: UTC was measured against the local clock.
    ByNtp,
    /// Nothing: what was refused is tried again by the server's time.
    Corrected,
    /// Nothing: an assertion was made for the exchange that follows.
    Made,
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
    /// Seconds by which the local clock is behind at least.
    LeastSecs,
    /// And at most.
    MostSecs,
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
        ("{least_s}", Self::LeastSecs),
        ("{most_s}", Self::MostSecs),
        ("{}", Self::Skip),
    ];

    /// The role named at the start of `words`, and what follows it.
    pub(crate) fn split(words: &str) -> Option<(Self, &str)> {
        Self::NAMES
            .iter()
            .find_map(|&(name, role)| words.strip_prefix(name).map(|rest| (role, rest)))
    }
}

/// One wording of one product.
#[derive(Debug)]
pub(crate) struct Row {
    /// Who prints it.
    pub(crate) product: &'static str,
    /// A stretch of the fixed words, at least seven bytes of small letters, by which a
    /// line is found in a long log.
    pub(crate) anchor: &'static str,
    /// The fixed words with their roles.
    pub(crate) words: &'static str,
    /// Who judged.
    pub(crate) judge: Judge,
    /// What was held against it.
    pub(crate) says: Says,
    /// The longest lifetime in seconds that the provider grants; 0 if it states none.
    pub(crate) cap_secs: i64,
    /// Whether the product judges a token that it has fetched a moment ago.
    pub(crate) is_fresh: bool,
    /// A line as the product prints it; each is a test, and none is in an image.
    #[cfg(test)]
    pub(crate) example: &'static str,
}

const fn row(
    product: &'static str,
    (judge, says): (Judge, Says),
    anchor: &'static str,
    words: &'static str,
    _example: &'static str,
) -> Row {
    Row {
        product,
        anchor,
        words,
        judge,
        says,
        cap_secs: 0,
        is_fresh: false,
        #[cfg(test)]
        example: _example,
    }
}

impl Row {
    const fn capped(self, cap_secs: i64) -> Self {
        Self { cap_secs, ..self }
    }

    const fn fresh(self) -> Self {
        Self { is_fresh: true, ..self }
    }

    /// Whether the judge refused a bearer token (RFC 6750), which somebody else may have made,
    /// rather than an assertion of ours.
    pub(crate) fn is_bearer(&self) -> bool {
        self.says == Says::Refused && matches!(self.anchor, "invalid_token" | "401 unauthorized")
    }
}

/// All rows, by part; within the catalogue the first that fits counts.
pub(crate) const PARTS: &[&[Row]] = &[
    signatures::ROWS,
    assertions::ROWS,
    providers::ROWS,
    services::ROWS,
    certificates::ROWS,
    steps::ROWS,
    measurements::ROWS,
    verifiers::ROWS,
    libraries::ROWS,
    unfit::ROWS,
    facts::ROWS,
];

/// Limits of providers whose refusals do not name them: Adobe, "JWT Authentication".
const UNNAMED_LIMITS: &[(&str, i64)] = &[("Adobe", 24 * 3_600)];

/// The longest lifetime of an assertion that `provider` grants, by its own documentation; `None` if
/// it states none.
#[must_use]
pub fn longest_lifetime(provider: &str) -> Option<Span> {
    let rows = PARTS.iter().copied().flatten().filter(|row| row.cap_secs > 0);
    let named = rows.map(|row| (row.product, row.cap_secs));
    let mut limits = named.chain(UNNAMED_LIMITS.iter().copied());
    limits.find(|&(name, _)| name == provider).map(|(_, secs)| Span::from_secs(secs))
}
