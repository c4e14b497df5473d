//! Reasons for refusals other than a clock, as far as a text states them.

use crate::evidence::ClaimTimes;
use crate::time::{Offset, Span, TimeBounds, UnixTime};

/// Tolerances that servers and libraries grant by default, in seconds: none, those of jjwt's and
/// Nimbus' examples, Spring (60), Entra and Kerberos (300), and round numbers between.
pub(crate) const CUSTOMARY: &[i64] = &[0, 1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900];
/// Clocks that seem right may differ by less than this.
const BRIEF: Span = Span::from_secs(60);
/// The same if the judge tolerates some time: the precision of most logs, and a second of the end.
const NEAR: Span = Span::from_secs(12);

/// Returns `true` if the judge's time `now` is so little outside the validity of `claims`, or past a customary
/// tolerance, that the error of a clock that seems right may explain it. The start of another party's token
/// says nothing about the clock here, and neither does its end.
pub(crate) fn is_just_outside(claims: &ClaimTimes, now: TimeBounds, is_of_another: bool) -> bool {
    let start = claims.iat.max(claims.nbf);
    let early = start.is_some_and(|start| is_just_past(start - now.earliest()));
    let late = claims.exp.is_some_and(|end| is_just_past(now.latest() - end));
    early || (late && !is_of_another)
}

/// Returns `true` if the validity of `claims` begins so near to the local time `now` that a clock which seems
/// right may be too early by the judge's.
pub(crate) fn begins_at(claims: &ClaimTimes, now: UnixTime) -> bool {
    let start = claims.iat.max(claims.nbf);
    start.is_some_and(|start| (start - now).abs() <= NEAR)
}

fn is_just_past(past: Span) -> bool {
    CUSTOMARY.iter().any(|tolerance| {
        let over = past - Span::from_secs(*tolerance);
        Span::ZERO < over && over <= if *tolerance == 0 { BRIEF } else { NEAR }
    })
}

/// A length of time that is known within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    /// The lower bound.
    pub(crate) least: Span,
    /// The upper bound, never below the lower one.
    pub(crate) most: Span,
}

impl Length {
    /// The time from `from` to `to`, which is negative if `to` is earlier.
    pub(crate) fn between(from: TimeBounds, to: TimeBounds) -> Self {
        Self { least: to.earliest() - from.latest(), most: to.latest() - from.earliest() }
    }

    /// The time from the same moment to one that is later by `offset`.
    pub(crate) fn later(self, offset: Offset) -> Self {
        Self { least: self.least + offset.least(), most: self.most + offset.most() }
    }
}

/// The reasons that a text has given for refusing a token, other than a clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reasons {
    /// The shortest time by which an end had passed at the judge.
    pub(crate) past_end: Option<Length>,
    /// The longest one.
    pub(crate) longest_past_end: Option<Length>,
    /// The shortest time that a start was ahead of the judge.
    pub(crate) to_start: Option<Length>,
    /// The age of a signed request at the judge, by the local clock alone, and its limit if known.
    pub(crate) aged: Option<(Length, Option<Span>)>,
    /// What was refused is a signed request rather than a token.
    pub(crate) is_signature: bool,
    /// A provider refused a bearer token, which another party may have made.
    pub(crate) is_bearer: bool,
    /// The lifetime of the expired token.
    pub(crate) ended_lifetime: Option<Span>,
    /// An end that was held against a token had not come yet by the judge's own time.
    pub(crate) end_to_come: bool,
    /// The limit of the provider, if a lifetime is longer than that.
    pub(crate) over_lifetime: Option<Span>,
    /// An end beyond the limit, by the local clock as well.
    pub(crate) long_lifetime: bool,
    /// The same host announced the very end that it later held against the token.
    pub(crate) own_token: bool,
    /// Claims count milliseconds, or a duration was written as an instant.
    pub(crate) wrong_unit: bool,
    /// A token was issued by a clock that was never set: it ends in an epoch of clocks.
    pub(crate) issued_unset: bool,
    /// A claim is a string.
    pub(crate) text_claim: bool,
    /// The text quotes code that confuses one civil time with another.
    pub(crate) naive_time: bool,
    /// An end is early by exactly the offset of the log's zone.
    pub(crate) zone_in_code: bool,
    /// Number of refusals at exactly the limit of the allowed age.
    pub(crate) at_limit: u32,
    /// The end had passed by the local clock as well, and by more than any judge tolerates.
    pub(crate) past_here: bool,
    /// A token that a provider refused for its time was valid by the local clock.
    pub(crate) valid_here: bool,
    /// A token that was not yet valid starts later by the local clock as well.
    pub(crate) starts_later: bool,
    /// A token that was not yet valid had started by the time of the judge.
    pub(crate) has_begun: bool,
    /// The last end that had passed at a local verifier, and its time then.
    pub(crate) last_end: Option<(UnixTime, UnixTime)>,
    /// The ends of refused tokens move along with the local clock, so each token was new.
    pub(crate) fresh_ends: Option<Length>,
    /// The judge's time is just outside the validity of what was refused in words that name no time.
    pub(crate) is_outside: bool,
    /// The same of what was sent in an exchange without a refusal.
    pub(crate) is_unrefused_outside: bool,
    /// What was sent in an exchange without a refusal had begun just when it was sent.
    pub(crate) is_unrefused_new: bool,
    /// The token from the future was made by another server.
    pub(crate) others_token: bool,
    /// A later answer has an earlier `Date`, so two servers differ.
    pub(crate) dates_go_back: bool,
    /// A verifier met a token from its future.
    pub(crate) peers_differ: bool,
}

impl Reasons {
    /// No reason given.
    pub(crate) const NONE: Self = Self {
        past_end: None,
        longest_past_end: None,
        to_start: None,
        aged: None,
        is_signature: false,
        is_bearer: false,
        ended_lifetime: None,
        end_to_come: false,
        over_lifetime: None,
        long_lifetime: false,
        own_token: false,
        wrong_unit: false,
        issued_unset: false,
        text_claim: false,
        naive_time: false,
        zone_in_code: false,
        at_limit: 0,
        past_here: false,
        valid_here: false,
        starts_later: false,
        has_begun: false,
        last_end: None,
        fresh_ends: None,
        is_outside: false,
        is_unrefused_outside: false,
        is_unrefused_new: false,
        others_token: false,
        dates_go_back: false,
        peers_differ: false,
    };
}
