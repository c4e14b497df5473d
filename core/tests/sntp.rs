//! SNTP replies: reasons for refusal, and what an accepted sample proves.
#![cfg(test)]

mod captured;
mod edges;
mod peer;
mod properties;
mod refused;

use jwtick_core::UnixTime;
use jwtick_core::time::Bracket;
use jwtick_core::wire::{SntpPolicy, SntpRefusal, SntpRequest, SntpSample};
pub(crate) use jwtick_sntp_peer::stamp;

pub(crate) const NONCE: u64 = 0x0123_4567_89AB_CDEF;
/// 2026-01-01T00:00:00Z
pub(crate) const BUILT: i64 = 1_767_225_600;

/// A reply of a good server: both times at `BUILT`, and zero distance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    pub(crate) leap: u8,
    pub(crate) version: u8,
    pub(crate) mode: u8,
    pub(crate) stratum: u8,
    pub(crate) precision: i8,
    pub(crate) root_delay: u32,
    pub(crate) root_dispersion: u32,
    pub(crate) reference: [u8; 4],
    pub(crate) last_set: u64,
    pub(crate) originate: u64,
    pub(crate) receive: u64,
    pub(crate) transmit: u64,
}

pub(crate) const GOOD: Reply = Reply {
    leap: 0,
    version: 4,
    mode: 4,
    stratum: 2,
    precision: -24,
    root_delay: 0,
    root_dispersion: 0,
    reference: [192, 0, 2, 1],
    last_set: 0,
    originate: NONCE,
    receive: stamp(BUILT * 1_000_000),
    transmit: stamp(BUILT * 1_000_000),
};

impl Reply {
    pub(crate) fn bytes(self) -> [u8; 48] {
        let mut bytes = [0; 48];
        bytes[0] = self.leap << 6 | self.version << 3 | self.mode;
        bytes[1] = self.stratum;
        bytes[3] = self.precision.cast_unsigned();
        bytes[4..8].copy_from_slice(&self.root_delay.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.root_dispersion.to_be_bytes());
        bytes[12..16].copy_from_slice(&self.reference);
        bytes[16..24].copy_from_slice(&self.last_set.to_be_bytes());
        bytes[24..32].copy_from_slice(&self.originate.to_be_bytes());
        bytes[32..40].copy_from_slice(&self.receive.to_be_bytes());
        bytes[40..48].copy_from_slice(&self.transmit.to_be_bytes());
        bytes
    }

    /// Checks the reply to a request that was sent and answered at these local microseconds.
    pub(crate) fn check(self, sent: i64, received: i64) -> Result<SntpSample, SntpRefusal> {
        SntpRequest::new(NONCE).check(&self.bytes(), local(sent, received), policy())
    }
}

pub(crate) fn local(sent: i64, received: i64) -> Bracket {
    Bracket::between(UnixTime::from_micros(sent), UnixTime::from_micros(received)).unwrap()
}

pub(crate) fn policy() -> SntpPolicy {
    SntpPolicy::as_of(UnixTime::from_secs(BUILT))
}
