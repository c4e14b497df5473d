//! What goes wrong on purpose, beside the clocks.

use core::time::Duration;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use jwtick_core::time::HttpDate;
use jwtick_core::{Span, UnixTime};
use ring::rand::{SecureRandom, SystemRandom};

/// What happens to the header field `Date`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum DateFault {
    /// It shows the clock of the node.
    #[default]
    Honest,
    /// There is none.
    Omitted,
    /// It is that long out of date, and nothing says so.
    Stale(Span),
    /// It is that long out of date, and `Age` says so, as a cache does (RFC 9111 §5.1).
    Cached(Span),
}

/// What goes wrong with every answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    pub(crate) date: DateFault,
    /// From the request to the answer.
    pub(crate) latency: Duration,
    /// Up to so much more, at random.
    pub(crate) jitter: Duration,
    /// What the token endpoint answers to everything, as a load balancer before it may.
    pub(crate) status: Option<StatusCode>,
}

impl Faults {
    /// How long one exchange takes on its way there and back.
    pub(crate) fn delay(&self) -> Duration {
        let mut bytes = [0; 4];
        // Without randomness there is no jitter.
        let _ = SystemRandom::new().fill(&mut bytes);
        let share = u128::from(u32::from_ne_bytes(bytes));
        let jitter = self.jitter.as_nanos().saturating_mul(share) >> u32::BITS;
        self.latency + u64::try_from(jitter).map_or(self.jitter, Duration::from_nanos)
    }

    /// Writes `Date`, and what belongs to it, for an answer that is made at `now`.
    pub(crate) fn stamp(&self, headers: &mut HeaderMap, now: UnixTime) {
        let (shown, age) = match self.date {
            DateFault::Honest => (now, None),
            DateFault::Omitted => return,
            DateFault::Stale(by) => (now - by, None),
            DateFault::Cached(by) => (now - by, Some(by)),
        };
        // A year that HTTP cannot write (RFC 9110 §5.6.7) has no `Date`.
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
    fn dates_go_wrong_as_asked() {
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
    fn jitter_adds_no_more_than_asked() {
        let millis = Duration::from_millis;
        let faults = Faults { latency: millis(5), jitter: millis(10), ..Faults::default() };
        let delays: Vec<Duration> = (0..100).map(|_| faults.delay()).collect();
        assert!(delays.iter().all(|delay| (millis(5)..=millis(15)).contains(delay)));
        assert!(delays.iter().any(|delay| *delay != delays[0]), "always the same");
    }
}
