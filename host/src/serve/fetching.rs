//! The task that fetches the keys of one issuer, and keeps the last good set for an outage and on disk.

use core::time::Duration;
use std::io;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use hyper::body::Bytes;
use jwtick_core::survey::{DateOrigin, DateSample};
use jwtick_core::time::{Bracket, Ppm};
use jwtick_core::{Span, TimeBounds};
use ring::digest::{SHA256, digest};

use super::line::{Line, Notes, moment};
use super::now::ServiceClock;
use super::policy::FetchPolicy;
use super::schedule::{Jitter, Moment};
use crate::http::client::{Answer, Client, Trust};
use crate::keys::{Fetch, Fetched, Kept, Keys, Place, PreparedKeys, RemoteFault, public_set};
use crate::notation::duration::{span, to_std};
use crate::source::http_date::Reply;
use crate::source::{LocalClock, os};

/// Keys to fetch. Two that are equal have the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RemoteKeys {
    pub(crate) place: Place,
    pub(crate) how: FetchPolicy,
    /// Where the last good set is kept.
    pub(crate) kept: Option<Kept>,
}

/// What happened to the keys of an issuer.
pub(crate) enum KeyEvent<'e> {
    /// The `Date` of an answer, and UTC by the clock of this service.
    Date(DateSample),
    /// The keys were fetched.
    Fetched,
    /// The keys that were fetched this long ago, before this program started, are used for now.
    Restored { age: Span },
    /// The keys could not be fetched.
    Failed(&'e RemoteFault),
}

/// Fetches the keys of one issuer.
pub(super) struct Fetching<T> {
    line: Arc<Line>,
    source: RemoteKeys,
    clock: Arc<ServiceClock>,
    told: T,
    etag: Option<HeaderValue>,
    /// The last good set.
    text: Bytes,
}

impl<T: Fn(KeyEvent<'_>) + Send + Sync> Fetching<T> {
    /// Begins with the keys on disk, if there are any.
    pub(super) fn new(
        line: Arc<Line>,
        source: RemoteKeys,
        clock: Arc<ServiceClock>,
        told: T,
    ) -> Self {
        let fetching = Self { line, source, clock, told, etag: None, text: Bytes::new() };
        fetching.restore();
        fetching
    }

    /// Fetches the keys whenever they are due, or a token demands it.
    pub(super) async fn run(mut self) {
        loop {
            let due = self.line.notes().schedule.due();
            let pause = tokio::time::sleep(due.saturating_sub(moment()));
            tokio::select! {
                () = pause => {}
                () = self.line.wake.notified() => {}
            }
            // A token may have demanded a fetch that has begun since.
            if self.line.is_due() {
                self.fetch().await;
                self.restore();
            }
        }
    }

    /// Uses the keys on disk as long as there are no others. Their age is known only once the clock is.
    fn restore(&self) {
        let (times, name) = (self.source.how.times, self.source.place.to_string());
        let mut notes = self.line.notes();
        let Some(kept) = self.source.kept.as_ref().filter(|_| notes.hash().is_none()) else {
            return;
        };
        let Some((text, age)) = kept.last(&name, self.clock.now(), span(times.stale)) else {
            return;
        };
        let Ok(keys) = public_set(text.as_bytes()) else { return };
        let now = moment();
        notes.schedule.restore(now, to_std(age));
        let fetched = now.saturating_sub(to_std(age));
        self.line.replace(&mut notes, PreparedKeys::new(&keys), hash(text.as_bytes()), fetched);
        drop(notes);
        (self.told)(KeyEvent::Restored { age });
    }

    async fn fetch(&mut self) {
        let fetched = self.answer().await;
        let random = getrandom::u32().unwrap_or_default();
        match fetched.and_then(New::of) {
            Ok(new) => self.take(new, Jitter::of(random)).await,
            Err(fault) => {
                let mut notes = self.line.notes();
                notes.schedule.fail(moment());
                self.line.end(notes, Err(&fault));
                (self.told)(KeyEvent::Failed(&fault));
            }
        }
    }

    async fn answer(&self) -> Result<Fetched, RemoteFault> {
        let (source, how) = (&self.source, &self.source.how);
        let utc = self.clock.now().intersect(os::known()).unwrap_or(os::known());
        let trust = Trust { authorities: how.authorities.clone(), utc };
        let client = Client::new(trust, how.times.connect).within(how.reach);
        let seen = |answer: &Answer| {
            let sample = sample(answer, self.clock.now());
            sample.into_iter().for_each(|sample| (self.told)(KeyEvent::Date(sample)));
        };
        let fetch = Fetch { client, plain: how.plain, seen: &seen };
        let set =
            tokio::time::timeout(how.times.total, fetch.set(&source.place, self.etag.as_ref()));
        set.await.unwrap_or(Err(RemoteFault::Silent { after: how.times.total }))
    }

    async fn take(&mut self, new: New, jitter: Jitter) {
        let now = moment();
        {
            let mut notes = self.line.notes();
            notes.schedule.succeed(now, new.lifetime, jitter);
            self.put(&mut notes, &new, now);
            self.line.end(notes, Ok(if new.set.is_some() { "ok" } else { "unchanged" }));
        }
        (self.told)(KeyEvent::Fetched);
        self.keep(new).await;
    }
}

impl<T> Fetching<T> {
    /// Uses the keys that were fetched.
    fn put(&self, notes: &mut Notes, new: &New, now: Moment) {
        let changed = new.set.as_ref().map(|(text, keys)| (hash(text), keys));
        match changed.filter(|(hash, _)| notes.hash() != Some(hash)) {
            Some((hash, keys)) => self.line.replace(notes, PreparedKeys::new(keys), hash, now),
            None => self.line.confirm(notes, now),
        }
    }

    /// Keeps the keys on disk, with the time of their last confirmation.
    async fn keep(&mut self, new: New) {
        if let Some((text, _)) = new.set {
            (self.text, self.etag) = (text, new.etag);
        }
        let (utc, name) = (self.clock.now(), self.source.place.to_string());
        let (kept, text) = (self.source.kept.clone(), self.text.clone());
        let write = move || kept.map_or(Ok(()), |kept| kept.keep(&name, &text, utc));
        let written = tokio::task::spawn_blocking(write).await;
        let unkept = written
            .unwrap_or_else(|fault| Err(io::Error::other(fault)))
            .err()
            .map(|fault| fault.to_string());
        let at = if utc.is_open() { os::reading() } else { utc.earliest() };
        self.line.notes().kept(at, unkept);
    }
}

/// An answer that is as it should be.
struct New {
    /// The text and the keys of a set; `None` if it is unchanged.
    set: Option<(Bytes, Keys)>,
    etag: Option<HeaderValue>,
    lifetime: Option<Duration>,
}

impl New {
    fn of(fetched: Fetched) -> Result<Self, RemoteFault> {
        match fetched {
            Fetched::Unchanged { lifetime } => Ok(Self { set: None, etag: None, lifetime }),
            Fetched::Set { text, etag, lifetime } => {
                let keys = public_set(&text)?;
                Ok(Self { set: Some((text, keys)), etag, lifetime })
            }
        }
    }
}

fn hash(text: &[u8]) -> String {
    let digest = digest(&SHA256, text);
    let start = digest.as_ref().first_chunk().copied().map_or(0, u64::from_be_bytes);
    format!("{start:016x}")
}

/// Returns the `Date` of an answer that has just arrived, and UTC around its exchange; `None` if the answer
/// was stored by a cache, or if UTC is not known.
fn sample(answer: &Answer, now: TimeBounds) -> Option<DateSample> {
    let sample = Reply::of(answer).sample(&LocalClock::read()).ok()?;
    let local = around(answer.sent.elapsed(), now)?;
    let is_fresh = sample.origin == DateOrigin::Fresh && !is_from_cache(answer);
    is_fresh.then_some(DateSample { local, ..sample })
}

/// Returns the instants of UTC around an exchange that began `ago`.
fn around(ago: Duration, now: TimeBounds) -> Option<Bracket> {
    let ago = span(ago);
    let before = now.earliest() - ago - Ppm::QUARTZ.of(ago);
    Bracket::between(before, now.latest()).filter(|_| !now.is_open())
}

// Content delivery networks say so in a field of their own.
fn is_from_cache(answer: &Answer) -> bool {
    let mut said = answer.fields(HeaderName::from_static("x-cache"));
    said.any(|said| said.to_ascii_lowercase().windows(3).any(|part| part == b"hit"))
}

#[cfg(test)]
mod tests {
    use jwtick_core::UnixTime;

    use super::*;

    #[test]
    fn exchange_is_bracketed_by_the_bounds_on_utc() {
        let at = |millis: i64| UnixTime::from_micros(2_000_000_000_000_000 + millis * 1_000);
        let now = TimeBounds::between(at(0), at(10)).unwrap();
        let bracket = around(Duration::from_millis(300), now).unwrap();
        assert_eq!(bracket.before(), at(-300) - Ppm::QUARTZ.of(Span::from_millis(300)));
        assert_eq!(bracket.after(), at(10));
        assert_eq!(
            around(Duration::ZERO, TimeBounds::since(at(0))),
            None,
            "the clock is not known"
        );
    }

    #[test]
    fn hash_is_the_start_of_the_digest() {
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea", "FIPS 180-2 B.1");
    }
}
