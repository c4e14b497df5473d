//! SNTP (RFC 5905 §14), the client's half: a request, and what its reply proves about the clock.

use jwtick_core::time::{Bracket, Ppm};
use jwtick_core::wire::{SntpPolicy, SntpRequest, SntpSample};
use jwtick_core::{Span, UnixTime};

use crate::context::RefusalContext;
use crate::number::Number;
use crate::pointer::{Buffer, Input, Items, Output};
use crate::record::{BracketRecord, OffsetRecord};
use crate::refusal::Why;
use crate::status::Status;

/// How many bytes a request has, and a reply at least (RFC 5905 §7.3).
pub const SNTP_LENGTH: usize = 48;
/// The distance that RFC 5905 selects servers up to (MAXDIST, §A.1.1), in microseconds.
pub const SNTP_MAXDIST: i64 = 1_000_000;
/// The most by which `adjtime` slews a clock, in parts per million; no crystal is off by this much.
pub const SNTP_SLEW: u32 = 500;

/// What is asked of a server, and of the clock that it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct SntpPolicyRecord {
    /// NTP timestamps name no era: each is read as the instant nearest to this one, in microseconds
    /// since 1970, so that all within 68 years are right. The build time of the program is the
    /// natural choice, as it needs no clock.
    pub pivot: i64,
    /// How far from UTC a server may be by its own account, in microseconds; `JWTICK_SNTP_MAXDIST`.
    pub most_distance: i64,
    /// How fast the local clock may gain or lose during the exchange, in parts per million;
    /// `JWTICK_SNTP_SLEW`, or less for a counter that nobody slews.
    pub drift: u32,
}

impl From<SntpPolicyRecord> for SntpPolicy {
    fn from(policy: SntpPolicyRecord) -> Self {
        let SntpPolicyRecord { pivot, most_distance, drift } = policy;
        let pivot = UnixTime::from_micros(pivot);
        Self { pivot, most_distance: Span::from_micros(most_distance), drift: Ppm(drift) }
    }
}

/// What one exchange with one server proves, if that server is as good as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct SntpSampleRecord {
    /// Reference minus local during the exchange.
    pub offset: OffsetRecord,
    /// The round trip (RFC 5905 §8), in microseconds.
    pub delay: i64,
    /// How far the server may be from UTC by its own account, in microseconds: half of its root
    /// delay, and its root dispersion.
    pub root_distance: i64,
    /// How finely the server reads its clock, in microseconds.
    pub precision: i64,
    /// How many steps from a reference clock the server is: 1 to 15.
    pub stratum: u32,
    /// Whether the month ends with a leap second: a `JWTICK_LEAP_…`.
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

/// Writes what is sent to port 123: 48 bytes of version 4, mode 3, and nothing else but `nonce`, 64
/// random bits that are used once. They are all that tells the server's reply from another's (RFC
/// 5905 §8).
///
/// Statuses: `JWTICK_STATUS_BUFFER` if `packet` has less than `JWTICK_SNTP_LENGTH` bytes of `room`.
///
/// # Safety
/// Pointers are as the top of the header says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwtick_sntp_request(nonce: u64, packet: *mut u8, room: usize) -> Status {
    // SAFETY: what the carrier asks for is what the header asks of the caller.
    let packet: Buffer<'_> = unsafe { Buffer::new(packet, room) };
    Status::of(|| {
        packet.whole(SNTP_LENGTH)?.copy_from_slice(&SntpRequest::new(nonce).to_bytes());
        Ok(())
    })
}

/// Checks a packet of `length` bytes that came while the local clock went through `local`: from just
/// before the request was sent to when the packet was there. The nonce is compared first, so that
/// nothing of a stranger's packet is believed. Whatever is refused but a kiss code is best ignored,
/// and the reply waited for until a deadline.
///
/// Statuses: 400 to 410, `JWTICK_STATUS_INVERTED`.
///
/// # Safety
/// Pointers are as the top of the header says.
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
    // SAFETY: what each carrier asks for is what the header asks of the caller.
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
    fn the_constants_are_those_of_the_core() {
        assert_eq!(SNTP_LENGTH, SntpRequest::LENGTH);
        let policy = SntpPolicyRecord { pivot: 7, most_distance: SNTP_MAXDIST, drift: SNTP_SLEW };
        assert_eq!(SntpPolicy::from(policy), SntpPolicy::as_of(UnixTime::from_micros(7)));
    }
}
