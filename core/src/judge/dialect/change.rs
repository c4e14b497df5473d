//! What to change in a token so that verifiers which differ about it all accept it.

use super::answer::Answer;
use super::dates::Dates;
use super::entry::Dialect;
use crate::judge::{Rule, Verdict};
use crate::time::{Span, TimeBounds};
use crate::token::Claim;

/// One change.
///
/// # Example
/// ```
/// use jwtick_core::judge::dialect::{Change, Changes, Dates, Dialect};
/// use jwtick_core::token::Claim;
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// let dates = Dates::of(br#"{"nbf":1060}"#)?;
/// let now = TimeBounds::exactly(UnixTime::from_secs(1_000));
/// // Envoy has a leeway of 60 s, PyJWT has none.
/// let two = ["envoy", "pyjwt"].into_iter().filter_map(Dialect::named);
/// let changes = Changes::between(two, &dates, now);
/// assert!(changes.iter().eq([Change::Earlier(Claim::Nbf, Span::from_secs(60))]));
/// # Ok::<(), jwtick_core::token::JsonError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Write every name once.
    Once,
    /// Write the claim as an integer of seconds, if it is one that a calendar has.
    AsInteger(Claim),
    /// Add the claim.
    Add(Claim),
    /// Set `nbf` or `iat` this much earlier.
    Earlier(Claim, Span),
    /// Set `exp` this much later, or grant this much more leeway where the token is refused.
    Later(Span),
    /// Shorten the lifetime by this much.
    Shorter(Span),
    /// Renew the token more often: its age exceeds the limit by this much.
    Younger(Span),
    /// Set `nbf` no later than `exp`.
    Order,
}

/// The changes that all verifiers together need, each at most once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes(heapless::Vec<Change, 16>);

impl Changes {
    /// The changes that make all of `dialects` accept the times of a token, at every instant in
    /// `clock`. There are none if all accept it already, or none does: then they agree.
    #[must_use]
    pub fn between<'d>(
        dialects: impl IntoIterator<Item = &'d Dialect>,
        dates: &Dates<'_>,
        clock: TimeBounds,
    ) -> Self {
        let (mut changes, mut all_refuse) = (Self::default(), true);
        for dialect in dialects {
            let judged = dialect.judge(dates, clock);
            all_refuse &= judged.verdict() == Verdict::Reject;
            for answer in judged.answers().filter(|answer| answer.verdict() != Verdict::Accept) {
                changes.needed(answer, dates);
            }
        }
        if all_refuse {
            return Self::default();
        }
        // Where a number is not one for all, some may have read another date in it.
        let rewritten = changes.clone();
        let is_rewritten = |claim| rewritten.iter().any(|it| it == Change::AsInteger(claim));
        changes.0.retain(|change| match change {
            Change::Earlier(claim, _) => !is_rewritten(*claim),
            Change::Later(_) | Change::Shorter(_) => !is_rewritten(Claim::Exp),
            _ => true,
        });
        changes
    }

    /// The changes, in the order in which verifiers asked for them.
    pub fn iter(&self) -> impl Iterator<Item = Change> + '_ {
        self.0.iter().copied()
    }

    fn needed(&mut self, answer: Answer, dates: &Dates<'_>) {
        let written = |claim| dates.value(claim).is_some();
        match answer {
            Answer::Duplicate => self.add(Change::Once),
            Answer::Infinite => {
                let large =
                    [Claim::Exp, Claim::Nbf, Claim::Iat].into_iter().filter(|&it| written(it));
                large.for_each(|claim| self.add(Change::AsInteger(claim)));
            }
            Answer::Kind(claim, _) | Answer::Number(claim) => self.add(Change::AsInteger(claim)),
            Answer::Missing(claim) if written(claim) => self.add(Change::AsInteger(claim)),
            Answer::Missing(claim) => self.add(Change::Add(claim)),
            Answer::Order => self.add(Change::Order),
            Answer::Lifetime(over) => self.add(Change::Shorter(whole(over))),
            Answer::Measured { exact, .. } => {
                let lacks = whole(-exact.least());
                self.add(match exact.rule() {
                    Rule::Exp => Change::Later(lacks + exclusive(exact.least())),
                    Rule::MaxAge => Change::Younger(lacks),
                    Rule::Lifetime => Change::Shorter(lacks),
                    rule => Change::Earlier(rule.claim(), lacks),
                });
            }
            Answer::Unchecked(_) => {}
        }
    }

    /// Adds a change, or widens one of the same kind.
    fn add(&mut self, change: Change) {
        for held in &mut self.0 {
            let wider = match (*held, change) {
                (held, change) if held == change => return,
                (Change::Earlier(claim, held), Change::Earlier(other, span)) if claim == other => {
                    Change::Earlier(claim, held.max(span))
                }
                (Change::Later(held), Change::Later(span)) => Change::Later(held.max(span)),
                (Change::Shorter(held), Change::Shorter(span)) => Change::Shorter(held.max(span)),
                (Change::Younger(held), Change::Younger(span)) => Change::Younger(held.max(span)),
                _ => continue,
            };
            *held = wider;
            return;
        }
        // There are fewer kinds of changes than there is room for.
        let _ = self.0.push(change);
    }
}

/// Rounds up to whole seconds: dates are written in these.
fn whole(span: Span) -> Span {
    let secs = span.floor_secs();
    let is_whole = Span::from_secs(secs) == span;
    if is_whole { span } else { Span::from_secs(secs.saturating_add(1)) }
}

/// The edge of `exp` itself is outside, so a margin that lacks whole seconds needs one more.
fn exclusive(least: Span) -> Span {
    let is_whole = Span::from_secs(least.floor_secs()) == least;
    if is_whole { Span::from_secs(1) } else { Span::ZERO }
}
