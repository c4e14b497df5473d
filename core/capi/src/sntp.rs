//! The client's half of SNTP (RFC 5905 §14): a request, and what its reply proves about the clock.

use jwtick_core::time::{Bracket, Ppm};
use jwtick_core::wire::{SntpPolicy, SntpRequest, SntpSample};
use jwtick_core::{Span, UnixTime};

use crate::context::RefusalContext;
use crate::number::Number;
use crate::pointer::{Buffer, Input, Items, Output};
use crate::record::{BracketRecord, OffsetRecord};
use crate::refusal::Why;
use crate::status::Status;

/// The length of a request, and the least length of a reply, in bytes (RFC 5905 §7.3).
pub const SNTP_LENGTH: usize = 48;
/// The greatest distance of a server that RFC 5905 selects (MAXDIST, §A.1.1), in microseconds.
pub const SNTP_MAXDIST: i64 = 1_000_000;
/// The greatest rate at which `adjtime` slews a clock, in parts per million. No crystal is wrong by
/// as much.
pub const SNTP_SLEW: u32 = 500;

/// Requirements on a time server, and on the local clock that it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct SntpPolicyRecord {
    /// The instant that selects the era, which NTP timestamps do not carry, in microseconds since
    /// 1970. Each timestamp is read as the instant nearest to this one, so timestamps within 68
    /// years are read correctly. The build time of the program is the natural choice, because it
    /// needs no clock.
    pub pivot: i64,
    /// The greatest distance from UTC that a server may report, in microseconds;
    /// `JWTICK_SNTP_MAXDIST`.
    pub most_distance: i64,
    /// The rate at which the local clock may gain or lose during the exchange, in parts per
    /// million; `JWTICK_SNTP_SLEW`, or less for a counter that is never slewed.
    pub drift: u32,
}

impl From<SntpPolicyRecord> for SntpPolicy {
    fn from(policy: SntpPolicyRecord) -> Self {
        let SntpPolicyRecord { pivot, most_distance, drift } = policy;
        let pivot = UnixTime::from_micros(pivot);
        Self { pivot, most_distance: Span::from_micros(most_distance), drift: Ppm(drift) }
    }
}

/// The result of one exchange with one server. It is a proof if the server is as accurate as it
/// reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct SntpSampleRecord {
    /// Reference minus local during the exchange.
    pub offset: OffsetRecord,
    /// The round trip (RFC 5905 §8), in microseconds.
    pub delay: i64,
    /// The server's distance from UTC by its own report, in microseconds: half of its root delay
    /// plus its root dispersion.
    pub root_distance: i64,
    /// The resolution of the server's clock, in microseconds.
    pub precision: i64,
    /// The number of hops from a reference clock to the server, 1 to 15.
    pub stratum: u32,
    /// The leap second announced for the end of the month: a `JWTICK_LEAP_…`.
    pub leap: u32,
}

impl From<SntpSample> for SntpSampleRecord {
    fn from(sample: SntpSample) -> Self {
        Self {
            offset: sample.offset.into(),
            delay: sample.delay.as_micros(),
            root_distance: sample.root_distance.as_micros(),
            precision: sample.precision.as_micros(),
            stratum: sample.stratum.into(),
            leap: sample.leap.number(),
        }
    }
}

/// Writes a request for UDP port 123: 48 bytes with version 4, mode 3 and `nonce`; all other fields
/// are zero. `nonce` is 64 random bits that are used once. It alone distinguishes the server's
/// reply from a forged one (RFC 5905 §8).
///
/// Statuses: `JWTICK_STATUS_BUFFER` if `room` is less than `JWTICK_SNTP_LENGTH`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_sntp_request(nonce: u64, packet: *mut u8, room: usize) -> Status {
    // SAFETY: the header requires of the caller what the constructor requires.
    let packet: Buffer<'_> = unsafe { Buffer::new(packet, room) };
    Status::of(|| {
        packet.whole(SNTP_LENGTH)?.copy_from_slice(&SntpRequest::new(nonce).to_bytes());
        Ok(())
    })
}

/// Checks a packet of `length` bytes. `local` is the local clock from just before the request was
/// sent to the arrival of the packet. The nonce is compared first, so that nothing in a forged
/// packet is believed. Ignore every refusal except a kiss code, and keep waiting for the reply
/// until a deadline.
///
/// Statuses: 400 to 410, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers must follow the rules at the top of the header.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_sntp_check(
    nonce: u64,
    packet: *const u8,
    length: usize,
    local: *const BracketRecord,
    policy: *const SntpPolicyRecord,
    sample: *mut SntpSampleRecord,
    why: *mut RefusalContext,
) -> Status {
    // SAFETY: the header requires of the caller what each constructor requires.
    let (packet, local, policy, sample, why) = unsafe {
        let (sample, why) = (Output::new(sample), Output::new(why));
        (Items::new(packet, length), Input::new(local), Input::new(policy), sample, why)
    };
    Status::of(|| {
        let (sample, why) = (sample.slot()?, Why::of(why)?);
        let local = Bracket::try_from(*local.get()?)?;
        let policy: SntpPolicyRecord = *policy.get()?;
        let checked = SntpRequest::new(nonce).check(packet.get()?, local, policy.into());
        sample.put(why.keep(checked)?.into());
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_equal_those_of_the_core() {
        assert_eq!(SNTP_LENGTH, SntpRequest::LENGTH);
        let policy = SntpPolicyRecord { pivot: 7, most_distance: SNTP_MAXDIST, drift: SNTP_SLEW };
        assert_eq!(SntpPolicy::from(policy), SntpPolicy::as_of(UnixTime::from_micros(7)));
    }
}
