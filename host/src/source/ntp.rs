//! NTP servers, queried over UDP (RFC 5905 §14).
//!
//! A few requests are sent, one after another. `jwtick_core` decides what one reply proves and what
//! all of them prove together; this module contains the socket, the deadline and the rate limits: a
//! server that refuses is not queried again, and no server is queried more than [`EXCHANGES`] times
//! at each of its addresses.

mod exchange;
mod server;

use core::net::SocketAddr;
use core::time::Duration;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::survey::{SntpContradiction, SntpSeries};
use jwtick_core::wire::{Leap, SntpPolicy, SntpRefusal, SntpSample};

pub(crate) use exchange::{NtpFault, NtpNote};
pub(crate) use server::NtpServer;

use super::local::LocalClock;
use super::observation::{Bound, Kind, Note, Observation, Source, SourceError};
use super::os;
use super::responder::Responder;

use exchange::{Line, Silence};

/// Number of requests per address; fewer if it refuses. Of a few, one usually passes the network
/// without a queue, and servers that limit their clients accept a burst of this size.
const EXCHANGES: u32 = 4;

/// Number of addresses to try per name. A pool has dozens; if none of these answers, the server is
/// not reachable from here.
const ADDRESSES: usize = 4;

/// Minimum wait for a further reply, as delays on one path vary.
const PATIENCE: Duration = Duration::from_millis(100);

impl Source for NtpServer {
    fn name(&self) -> String {
        format!("ntp:{self}")
    }

    fn kind(&self) -> Kind {
        Kind::Ntp
    }

    /// All samples count, not only the one with the least delay: each is a proof, and so is their
    /// intersection.
    fn observe(&self, local: &LocalClock, deadline: Instant) -> Result<Observation, SourceError> {
        let started = Instant::now();
        let mut addresses = self.addresses()?;
        let mut responder = Responder::default();
        responder.name(self.host());
        responder.reach(addresses.iter().copied());
        addresses.truncate(ADDRESSES);
        let after = rounded_up(deadline.saturating_duration_since(started));
        let mut failure = None;
        for (left, address) in (1..=addresses.len()).rev().zip(&addresses) {
            // An address that does not answer leaves enough time for the others.
            let until = share(deadline, left);
            match ask(*address, local, until, &mut responder) {
                Ok(observation) => return Ok(Observation { responder, ..observation }),
                Err(Silence::Network(error)) => failure = Some(SourceError::Network(error)),
                Err(Silence::Fault(fault)) if fault.is_final() => return Err(fault.into()),
                Err(Silence::Fault(fault)) => failure = Some(fault.into()),
                Err(Silence::Timeout) => {}
            }
        }
        Err(failure.unwrap_or(SourceError::Timeout { after }))
    }
}

/// Rounds the wait up to the value that the user gave: a little of it has already passed.
fn rounded_up(wait: Duration) -> Span {
    let tenths = wait.as_millis().div_ceil(100);
    i64::try_from(tenths).map_or(Span::MAX, |tenths| Span::from_millis(tenths.saturating_mul(100)))
}

/// Returns the end of the first of `parts` equal parts of the time that is left.
fn share(deadline: Instant, parts: usize) -> Instant {
    let now = Instant::now();
    let left = deadline.saturating_duration_since(now);
    let parts = u32::try_from(parts).unwrap_or(u32::MAX);
    now + left.checked_div(parts).unwrap_or(left)
}

/// Queries one address, and stops at `deadline`.
fn ask(
    address: SocketAddr,
    local: &LocalClock,
    deadline: Instant,
    responder: &mut Responder,
) -> Result<Observation, Silence> {
    let policy = SntpPolicy::as_of(os::built());
    let line = Line::to(address, local, policy).map_err(Silence::Network)?;
    responder.meet(address, line.local_end().map_err(Silence::Network)?);
    let mut series = SntpSeries::new(policy.drift);
    let mut turned_away = None;
    for left in (1..=EXCHANGES).rev() {
        let until = patience(&series, deadline, left);
        match line.exchange(until) {
            Ok(sample) => series.add(sample).map_err(contradiction)?,
            // The packet was lost; the next one may arrive.
            Err(Silence::Timeout) => {}
            // Earlier samples remain valid.
            Err(Silence::Fault(NtpFault::Refused(SntpRefusal::Kiss { code })))
                if series.newest().is_some() =>
            {
                turned_away = Some(NtpNote::TurnedAway(code));
                break;
            }
            Err(_) if series.newest().is_some() => break,
            Err(silence) => return Err(silence),
        }
    }
    observation(&series, turned_away).ok_or(Silence::Timeout)
}

const fn contradiction(fault: SntpContradiction) -> Silence {
    Silence::Fault(NtpFault::Contradiction(fault))
}

/// Returns the instant until which to wait for the next reply: a share of the time that is left
/// before the first answer, then a few round trips.
fn patience(series: &SntpSeries, deadline: Instant, requests_left: u32) -> Instant {
    let part = share(deadline, usize::try_from(requests_left).unwrap_or(1));
    let Some(delay) = series.delay() else { return part };
    let micros = u64::try_from(delay.as_micros()).unwrap_or(0);
    let trips = Duration::from_micros(micros.saturating_mul(4));
    part.min(Instant::now() + trips.max(PATIENCE))
}

fn observation(series: &SntpSeries, turned_away: Option<NtpNote>) -> Option<Observation> {
    let newest = series.newest()?;
    let notes = notes(newest).chain(turned_away).map(Note::Ntp).collect();
    let delay = series.delay();
    let (bound, responder) = (Bound::RoundTrip, Responder::default());
    Some(Observation { offset: series.offset()?, delay, bound, responder, notes })
}

fn notes(sample: SntpSample) -> impl Iterator<Item = NtpNote> {
    let own = sample.reference.is_own_clock();
    let leap = (sample.leap != Leap::None).then_some(NtpNote::Leap(sample.leap));
    own.then_some(NtpNote::OwnClock { stratum: sample.stratum }).into_iter().chain(leap)
}

#[cfg(test)]
mod tests;
