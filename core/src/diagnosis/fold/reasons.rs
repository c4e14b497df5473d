//! Reasons for refusals other than a clock, as far as a text states them.

use crate::time::Span;

/// What a text has said about why a token was refused, other than by a clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reasons {
    /// The smallest time by which an end had passed at the judge.
    pub(crate) past_end: Option<Span>,
    /// How long what had ended was to live.
    pub(crate) ended_lifetime: Option<Span>,
    /// An end that was held against a token had not come by the judge's own time.
    pub(crate) end_to_come: bool,
    /// A lifetime that is longer than the provider grants, and that limit.
    pub(crate) over_lifetime: Option<Span>,
    /// An end beyond what is granted, by our own clock too.
    pub(crate) long_lifetime: bool,
    /// The same host announced the very end that it later held against the token.
    pub(crate) own_token: bool,
    /// Claims count milliseconds, or a duration stands for an instant.
    pub(crate) wrong_unit: bool,
    /// A claim is text.
    pub(crate) text_claim: bool,
    /// Code is quoted that takes one civil time for another.
    pub(crate) naive_time: bool,
    /// An end is early by exactly the difference of the log's zone to UTC.
    pub(crate) zone_in_code: bool,
    /// How many refusals came at exactly the limit of the allowed age.
    pub(crate) at_limit: u32,
    /// Our own clock had passed the end too.
    pub(crate) past_here: bool,
    /// What a provider refused for its time was valid by our own clock.
    pub(crate) valid_here: bool,
    /// A token that was not yet valid was to begin later by our own clock too.
    pub(crate) starts_later: bool,
    /// It had begun by our own clock.
    pub(crate) has_begun: bool,
    /// The token that came from the future was made by another server.
    pub(crate) others_token: bool,
    /// A later answer carries an earlier `Date`: two servers differ.
    pub(crate) dates_go_back: bool,
    /// A verifier saw a token from its future.
    pub(crate) peers_differ: bool,
}

impl Reasons {
    /// Nothing was said.
    pub(crate) const NONE: Self = Self {
        past_end: None,
        ended_lifetime: None,
        end_to_come: false,
        over_lifetime: None,
        long_lifetime: false,
        own_token: false,
        wrong_unit: false,
        text_claim: false,
        naive_time: false,
        zone_in_code: false,
        at_limit: 0,
        past_here: false,
        valid_here: false,
        starts_later: false,
        has_begun: false,
        others_token: false,
        dates_go_back: false,
        peers_differ: false,
    };
}
