//! What one message proves about the clock of its author.
//!
//! A token bounds its issuer's clock on one side, since it may be of any age. A proof that repeats a nonce,
//! and an answer with a `Date`, bound it on both.

use crate::time::{HttpDate, NumericDate, Offset, Span, TimeBounds, UnixTime};

const SECOND: Span = Span::from_secs(1);

/// Servers may reuse a `Date` text for one second after its own (see `DateSeries`).
const REUSED: Span = Span::from_secs(2);

/// What one message proves about the clock of its author.
///
/// # Example
/// ```
/// use jwtick_core::{Span, TimeBounds, UnixTime};
/// use jwtick_core::survey::Reading;
/// let at = |secs| TimeBounds::exactly(UnixTime::from_secs(secs));
/// // A nonce from second 100 is repeated in a proof that claims second 412 and arrives at 102.
/// let reading = Reading::of_proof(UnixTime::from_secs(412).into(), Some(at(100)), at(102), "proof");
/// let (least, most) = (Span::from_secs(310), Span::from_secs(313));
/// assert_eq!((reading.offset.least(), reading.offset.most()), (least, most));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<S> {
    /// The other clock minus UTC.
    pub offset: Offset,
    /// When the other clock was read.
    pub at: TimeBounds,
    /// The kind of message.
    pub source: S,
}

impl<S> Reading<S> {
    /// A token with `iat`, seen at an unknown instant in `seen`. Tokens may be of any age, so this
    /// bounds the offset only from below: θ ≥ iat − seen.
    #[must_use]
    pub fn of_token(iat: NumericDate, seen: TimeBounds, source: S) -> Self {
        let offset = Offset::at_least(behind(iat.at(), seen));
        Self { offset, at: seen, source }
    }

    /// A proof with `iat`, seen in `seen`, which repeats a nonce that was issued in `nonce_issued`. The
    /// client read its clock in between, and wrote whole seconds: iat − seen ≤ θ < iat + 1 s − issued.
    /// Without a nonce, a proof bounds the offset as a token does.
    ///
    /// A client that writes an earlier `iat` on purpose lowers the upper bound: the offset is that of
    /// the time that it writes.
    #[must_use]
    pub fn of_proof(
        iat: NumericDate,
        nonce_issued: Option<TimeBounds>,
        seen: TimeBounds,
        source: S,
    ) -> Self {
        let (iat, issued) = (iat.at(), nonce_issued.map(TimeBounds::earliest));
        let read = issued.and_then(|issued| {
            let most = (iat + SECOND) - issued;
            let at = TimeBounds::between(issued, seen.latest())?;
            Some((Offset::between(behind(iat, seen), most)?, at))
        });
        let (offset, at) = read.unwrap_or((Offset::at_least(behind(iat, seen)), seen));
        Self { offset, at, source }
    }

    /// An answer with a `Date` to a request that was sent in `sent` and answered in `received`. The
    /// answer must not come from a cache. Its text may have been one second old:
    /// date − received ≤ θ < date + 2 s − sent.
    #[must_use]
    pub fn of_date(date: HttpDate, sent: TimeBounds, received: TimeBounds, source: S) -> Self {
        let (date, sent) = (date.at(), sent.earliest());
        let at = TimeBounds::between(sent, received.latest()).unwrap_or(received);
        let both = Offset::between(behind(date, received), (date + REUSED) - sent);
        Self { offset: both.unwrap_or(Offset::UNKNOWN), at, source }
    }
}

// Open bounds on UTC leave the offset open, whatever the clock wrote.
fn behind(written: UnixTime, seen: TimeBounds) -> Span {
    if seen.is_open() { Span::MIN } else { written - seen.latest() }
}
