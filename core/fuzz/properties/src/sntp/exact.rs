//! The offset that an exchange proves, in exact arithmetic without rounding.

use jwtick_core::Span;
use jwtick_core::time::Offset;

use super::{BUILT, Exchange};

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
pub(super) fn assert_interval(exchange: Exchange, packet: &[u8; 48], offset: Offset) {
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
