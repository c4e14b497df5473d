//! SNTP replies compared with `sntpc`, with exact arithmetic, and with the same reply changed to
//! prove less.

use jwtick_core::time::{Bracket, Offset, Ppm};
use jwtick_core::wire::{Leap, SntpPolicy, SntpRefusal, SntpRequest, SntpSample};
use jwtick_core::{Span, UnixTime};

use crate::broken;

/// 2026-01-01T00:00:00Z in microseconds.
const BUILT: i64 = 1_767_225_600_000_000;
/// Below MAXDISP (RFC 5905 §A.1.1), from which on a header is invalid.
const FARTHEST: Span = Span::from_secs(15);
/// About 63 years, less than half an NTP era of 136 years.
const NEAR: i64 = 2_000_000_000_000_000;

/// The input is a packet of 48 bytes, followed by the readings of the local clock.
pub fn sntp(input: &[u8]) {
    let Some((packet, clock)) = input.split_first_chunk::<48>() else {
        let refusal = Exchange::of(0, &[]).check(input);
        assert_eq!(refusal, Err(SntpRefusal::Short { met: input.len() }));
        return;
    };
    let exchange = Exchange::of(originate(packet), clock);
    let met = exchange.check(packet);
    assert_eq!(exchange.check(input), met, "bytes after the header changed the result");
    assert_nonce(exchange, packet);
    assert_peer(exchange, packet, met);
    if let Ok(sample) = met {
        assert_sample(exchange, &sample);
        assert_interval(exchange, packet, sample.offset);
        assert_no_further(exchange, packet, &sample);
    }
}

fn originate(packet: &[u8; 48]) -> u64 {
    let [.., a, b, c, d, e, f, g, h] = *packet.first_chunk::<32>().unwrap_or(&[0; 32]);
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// A request with its nonce, and the clock around it in microseconds.
#[derive(Debug, Clone, Copy)]
struct Exchange {
    nonce: u64,
    sent: i64,
    received: i64,
    policy: SntpPolicy,
}

impl Exchange {
    /// The first eight bytes of `clock` give the time of sending relative to the build, and the
    /// next four the duration.
    fn of(nonce: u64, clock: &[u8]) -> Self {
        let sent = clock.first_chunk().map_or(0, |at| i64::from_be_bytes(*at));
        let took =
            clock.get(8..).and_then(<[u8]>::first_chunk).map_or(0, |it| u32::from_be_bytes(*it));
        let sent = sent.saturating_add(BUILT);
        let received = sent.saturating_add(i64::from(took));
        let policy = SntpPolicy {
            most_distance: FARTHEST,
            ..SntpPolicy::as_of(UnixTime::from_micros(BUILT))
        };
        Self { nonce, sent, received, policy }
    }

    fn check(self, packet: &[u8]) -> Result<SntpSample, SntpRefusal> {
        let [sent, received] = [self.sent, self.received].map(UnixTime::from_micros);
        let local = Bracket::between(sent, received).ok_or(SntpRefusal::Origin)?;
        SntpRequest::new(self.nonce).check(packet, local, self.policy)
    }
}

/// Asserts that a packet with a different nonce, in whichever bit, is refused.
fn assert_nonce(exchange: Exchange, packet: &[u8; 48]) {
    for bit in 0..64 {
        let other = Exchange { nonce: exchange.nonce ^ (1 << bit), ..exchange };
        assert_eq!(other.check(packet), Err(SntpRefusal::Origin), "bit {bit}");
    }
}

fn assert_sample(exchange: Exchange, sample: &SntpSample) {
    assert!(sample.offset.least() <= sample.offset.most(), "{sample:?}");
    assert!(sample.delay >= Span::ZERO, "{sample:?}");
    assert!((1..=15).contains(&sample.stratum), "{sample:?}");
    assert!(sample.root_distance + sample.precision <= exchange.policy.most_distance);
}

/// Asserts that a server with more distance, a less accurate clock and a longer way prove nothing
/// more.
fn assert_no_further(exchange: Exchange, packet: &[u8; 48], sample: &SntpSample) {
    let mut further = *packet;
    // The low byte of the root dispersion: up to 4 ms more (RFC 5905 §7.3).
    further.iter_mut().skip(11).take(1).for_each(|byte| *byte |= 0xFF);
    assert_wider(exchange.check(&further), sample.offset, "root dispersion");
    let policy = SntpPolicy { drift: Ppm(5_000), ..exchange.policy };
    assert_wider(Exchange { policy, ..exchange }.check(packet), sample.offset, "drift");
    let later = exchange.received.saturating_add(1_000);
    assert_wider(Exchange { received: later, ..exchange }.check(packet), sample.offset, "way");
}

fn assert_wider(wide: Result<SntpSample, SntpRefusal>, narrow: Offset, what: &str) {
    match wide {
        Ok(wide) => assert_eq!(wide.offset.hull(narrow), wide.offset, "{what}"),
        Err(refusal) => {
            assert!(matches!(refusal, SntpRefusal::Distance { .. }), "{what}: {refusal}");
        }
    }
}

/// `sntpc` counts unsigned seconds from 1970, and takes the era closest to the local clock.
fn assert_peer(exchange: Exchange, packet: &[u8; 48], met: Result<SntpSample, SntpRefusal>) {
    let near = BUILT - NEAR / 2..BUILT + NEAR / 2;
    if !near.contains(&exchange.sent) || !near.contains(&exchange.received) {
        return;
    }
    match (jwtick_sntp_peer::ask(packet, exchange.sent, exchange.received), met) {
        (Err(error), Ok(sample)) => {
            broken(format_args!("{sample:?} is taken, but {error:?}"));
        }
        (Ok(theirs), Ok(ours)) => {
            let told = (theirs.stratum(), theirs.leap_indicator());
            assert_eq!((ours.stratum, leap_indicator(ours.leap)), told);
            let middle = ours.offset.middle().as_micros();
            let apart = middle - theirs.offset();
            let is_near = (-NEAR..NEAR).contains(&middle);
            assert!(!is_near || apart.abs() <= 4, "{apart} µs apart: {ours:?} {theirs:?}");
        }
        (_, Err(_)) => {}
    }
}

/// RFC 5905 §7.3, figure 9.
const fn leap_indicator(leap: Leap) -> u8 {
    match leap {
        Leap::None => 0,
        Leap::Insert => 1,
        Leap::Delete => 2,
    }
}

/// One microsecond in NTP's steps of 2⁻³² s (RFC 5905 §6).
const MICRO: i128 = 1 << 32;
const SECOND: i128 = 1_000_000 * MICRO;
const ERA: i128 = SECOND << 32;
/// From the first NTP epoch to 1970.
const TO_1970: i128 = 2_208_988_800 * SECOND;

/// About 146,000 years in microseconds.
const FAR: u64 = 1 << 62;

/// Outward rounding of six terms by up to a microsecond each, at either end.
const ROUNDING: i128 = 6 * MICRO;

/// Asserts `T3 − T4 − ε ≤ offset ≤ T2 − T1 + ε` (RFC 5905 §8), and that the interval is hardly
/// wider.
fn assert_interval(exchange: Exchange, packet: &[u8; 48], offset: Offset) {
    let [sent, received] = [exchange.sent, exchange.received].map(|at| i128::from(at) * MICRO);
    let receive = near(stamp(packet, 32), i128::from(BUILT) * MICRO);
    let transmit = near(stamp(packet, 40), receive);
    let error = error(exchange, packet);
    let (least, most) = (transmit - received - error, receive - sent + error);
    let [from, to] = [offset.least(), offset.most()].map(|it| i128::from(it.as_micros()) * MICRO);
    let low = from <= least || offset.least() == Span::MIN;
    let high = most <= to || offset.most() == Span::MAX;
    assert!(low && high, "{exchange:?}: {offset:?}, not {least} to {most}");
    // Larger sums saturate at the limits of 64-bit microseconds.
    if exchange.sent.unsigned_abs() < FAR {
        let is_tight = least - from <= ROUNDING && to - most <= ROUNDING;
        assert!(is_tight, "{exchange:?}: {offset:?}, not {least} to {most}");
    }
}

/// ε: the root distance, both precisions, and the drift of the local clock in the meantime.
fn error(exchange: Exchange, packet: &[u8; 48]) -> i128 {
    let short = |at| (i128::from(u32::from_be_bytes(field(packet, at))) * SECOND) >> 16;
    let [exponent] = field(packet, 3).map(u8::cast_signed);
    let size = u32::from(exponent.unsigned_abs());
    let precision = if exponent < 0 { SECOND >> size.min(100) } else { SECOND << size.min(40) };
    // A clock that is slow by r counts t while t / (1 − r) passes.
    let (took, slow) = (exchange.received - exchange.sent, i128::from(exchange.policy.drift.0));
    let drift = i128::from(took) * slow * MICRO / (1_000_000 - slow);
    short(4) / 2 + short(8) + precision + MICRO + drift
}

/// Returns the instant nearest to `pivot` that a stamp may mean.
fn near(stamp: i128, pivot: i128) -> i128 {
    let ahead = (stamp - TO_1970 - pivot).rem_euclid(ERA);
    pivot + if ahead < ERA / 2 { ahead } else { ahead - ERA }
}

fn stamp(packet: &[u8; 48], at: usize) -> i128 {
    i128::from(u64::from_be_bytes(field(packet, at))) * 1_000_000
}

fn field<const N: usize>(packet: &[u8; 48], at: usize) -> [u8; N] {
    packet.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or([0; N])
}
