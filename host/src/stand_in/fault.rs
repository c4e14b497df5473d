//! Deliberate faults other than wrong clocks.

use core::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode, header};
use jwtick_core::time::HttpDate;
use jwtick_core::{Span, UnixTime};
use ring::rand::{SecureRandom, SystemRandom};

/// The treatment of the header field `Date`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum DateFault {
    /// Shows the clock of the node.
    #[default]
    Honest,
    /// Omitted.
    Omitted,
    /// Out of date by this much, without any sign of it.
    Stale(Span),
    /// Out of date by this much, with a matching `Age`, as from a cache (RFC 9111 §5.1).
    Cached(Span),
}

/// Faults of every answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    pub(crate) date: DateFault,
    /// The delay from the request to the answer.
    pub(crate) latency: Duration,
    /// Maximum random delay in addition to `latency`.
    pub(crate) jitter: Duration,
    /// The status that the token endpoint always returns, like a load balancer in front of it.
    pub(crate) status: Option<StatusCode>,
}

impl Faults {
    /// Returns the total delay of one exchange, both directions together.
    pub(crate) fn delay(&self) -> Duration {
        let mut bytes = [0; 4];
        // Without randomness there is no jitter.
        let _ = SystemRandom::new().fill(&mut bytes);
        let share = u128::from(u32::from_ne_bytes(bytes));
        let jitter = self.jitter.as_nanos().saturating_mul(share) >> u32::BITS;
        self.latency + u64::try_from(jitter).map_or(self.jitter, Duration::from_nanos)
    }

    /// Writes `Date` and related fields for an answer created at `now`.
    pub(crate) fn stamp(&self, headers: &mut HeaderMap, now: UnixTime) {
        let (shown, age) = match self.date {
            DateFault::Honest => (now, None),
            DateFault::Omitted => return,
            DateFault::Stale(by) => (now - by, None),
            DateFault::Cached(by) => (now - by, Some(by)),
        };
        // A year that HTTP cannot represent (RFC 9110 §5.6.7) gives no `Date`.
        let date = HttpDate::new(shown).and_then(|date| value(&date.to_string()));
        let age = age.and_then(|age| value(&age.floor_secs().to_string()));
        headers.extend(date.map(|date| (header::DATE, date)));
        headers.extend(age.map(|age| (header::AGE, age)));
    }
}

fn value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_follows_configured_fault() {
        const NOW: UnixTime = UnixTime::from_secs(1_488_515_345);
        const HONEST: &str = "Fri, 03 Mar 2017 04:29:05 GMT";
        const EARLIER: &str = "Fri, 03 Mar 2017 04:27:35 GMT";
        const BY: Span = Span::from_secs(90);
        let rows = [
            (DateFault::Honest, NOW, Some(HONEST), None),
            (DateFault::Omitted, NOW, None, None),
            (DateFault::Stale(BY), NOW, Some(EARLIER), None),
            (DateFault::Cached(BY), NOW, Some(EARLIER), Some("90")),
            (DateFault::Honest, UnixTime::MAX, None, None),
        ];
        for (date, now, expected, age) in rows {
            let mut headers = HeaderMap::new();
            Faults { date, ..Faults::default() }.stamp(&mut headers, now);
            let field = |name| headers.get(name).map(|value| value.to_str().unwrap());
            assert_eq!((field(header::DATE), field(header::AGE)), (expected, age), "{date:?}");
        }
    }

    #[test]
    fn jitter_stays_within_limit() {
        let millis = Duration::from_millis;
        let faults = Faults { latency: millis(5), jitter: millis(10), ..Faults::default() };
        let delays: Vec<Duration> = (0..100).map(|_| faults.delay()).collect();
        assert!(delays.iter().all(|delay| (millis(5)..=millis(15)).contains(delay)));
        assert!(delays.iter().any(|delay| *delay != delays[0]), "always the same");
    }
}
