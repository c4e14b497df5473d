//! The header of a packet (RFC 5905 §7.3), and the checks before its times are used. The server's own
//! report of its distance from UTC is read in the formats of the packet.

use super::LENGTH;
use super::reference::{KissCode, ReferenceId};
use super::refusal::{SntpRefusal, SntpStamp};
use super::stamp::Stamp;
use crate::time::Span;

// Leap indicator 0, version 4, mode 3 (client): RFC 5905 §7.3, figure 8.
const CLIENT: u8 = 4 << 3 | 3;
const SERVER: u8 = 4;
// A server answers in the version of the request, but old servers answer in their own. The fields
// read here have had the same meaning since version 3 (RFC 1305).
const VERSIONS: core::ops::RangeInclusive<u8> = 3..=4;
// Stratum 16 means "unsynchronized", and no higher stratum is defined (RFC 5905 §7.3, figure 11).
const STRATA: core::ops::RangeInclusive<u8> = 1..=15;

/// The fields of a packet, before any check.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packet {
    first: u8,
    stratum: u8,
    precision: Precision,
    root_delay: Short,
    root_dispersion: Short,
    reference: [u8; 4],
    last_set: Stamp,
    pub(super) originate: u64,
    receive: Stamp,
    transmit: Stamp,
}

/// A reply with valid header fields and two times, which are not yet checked against the exchange.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reply {
    pub(super) leap: Leap,
    pub(super) stratum: u8,
    pub(super) precision: Precision,
    pub(super) root_delay: Short,
    pub(super) root_dispersion: Short,
    pub(super) reference: ReferenceId,
    /// The time when the server's clock was last set; zero if it does not say.
    pub(super) last_set: Stamp,
    pub(super) receive: Stamp,
    pub(super) transmit: Stamp,
}

impl Packet {
    pub(super) fn request(nonce: u64) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        if let Some(first) = bytes.first_mut() {
            *first = CLIENT;
        }
        if let Some(transmit) = bytes.last_chunk_mut() {
            *transmit = nonce.to_be_bytes();
        }
        bytes
    }

    /// Reads the header at the start of `bytes`; `None` if they are too short.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(bytes);
        let [first, stratum, _poll, precision] = fields.next()?;
        let root_delay = Short(u32::from_be_bytes(fields.next()?));
        let root_dispersion = Short(u32::from_be_bytes(fields.next()?));
        let reference = fields.next()?;
        let last_set = fields.stamp()?;
        let originate = u64::from_be_bytes(fields.next()?);
        let (receive, transmit) = (fields.stamp()?, fields.stamp()?);
        let precision = Precision(precision.cast_signed());
        Some(Self {
            first,
            stratum,
            precision,
            root_delay,
            root_dispersion,
            reference,
            last_set,
            originate,
            receive,
            transmit,
        })
    }

    /// Checks that the packet is a reply. The kiss code is checked first, because a server that
    /// sends one may leave the other fields empty.
    pub(super) fn checked(&self) -> Result<Reply, SntpRefusal> {
        if let (0, Some(code)) = (self.stratum, KissCode::read(self.reference)) {
            return Err(SntpRefusal::Kiss { code });
        }
        let (met, version) = (self.first & 0b111, self.first >> 3 & 0b111);
        if met != SERVER {
            return Err(SntpRefusal::Mode { met });
        }
        if !VERSIONS.contains(&version) {
            return Err(SntpRefusal::Version { met: version });
        }
        let leap = Leap::read(self.first >> 6).ok_or(SntpRefusal::Unsynchronized)?;
        if !STRATA.contains(&self.stratum) {
            return Err(SntpRefusal::Stratum { met: self.stratum });
        }
        self.check_stamps()?;
        Ok(self.reply(leap))
    }

    fn check_stamps(&self) -> Result<(), SntpRefusal> {
        if self.receive.is_zero() {
            return Err(SntpRefusal::ZeroStamp { stamp: SntpStamp::Receive });
        }
        if self.transmit.is_zero() {
            return Err(SntpRefusal::ZeroStamp { stamp: SntpStamp::Transmit });
        }
        Ok(())
    }

    fn reply(&self, leap: Leap) -> Reply {
        let reference = match self.stratum {
            1 => ReferenceId::Source(self.reference),
            _ => ReferenceId::Upstream(self.reference),
        };
        Reply {
            leap,
            stratum: self.stratum,
            precision: self.precision,
            root_delay: self.root_delay,
            root_dispersion: self.root_dispersion,
            reference,
            last_set: self.last_set,
            receive: self.receive,
            transmit: self.transmit,
        }
    }
}

/// Reads one field after another.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn next<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*field)
    }

    fn stamp(&mut self) -> Option<Stamp> {
        let seconds = u32::from_be_bytes(self.next()?);
        let fraction = u32::from_be_bytes(self.next()?);
        Some(Stamp { seconds, fraction })
    }
}

/// The leap second that a server announces (RFC 5905 §7.3, figure 9). The fourth value of the
/// indicator means that the server's clock was never set; such a reply gives no sample.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::Bracket;
/// use jwtick_core::wire::{Leap, SntpPolicy, SntpRequest};
/// let mut reply = [0; 48];
/// (reply[0], reply[1]) = (0b01_100_100, 1); // the last minute has 61 seconds; version 4, a server
/// reply[24..32].copy_from_slice(b"a nonce!");
/// for stamp in [32, 40] {
///     reply[stamp..stamp + 4].copy_from_slice(&3_976_214_400_u32.to_be_bytes()); // 2026-01-01
/// }
/// let now = UnixTime::from_secs(1_767_225_600);
/// let (local, policy) = (Bracket::between(now, now).unwrap(), SntpPolicy::as_of(now));
/// let request = SntpRequest::new(u64::from_be_bytes(*b"a nonce!"));
/// assert_eq!(request.check(&reply, local, policy)?.leap, Leap::Insert);
/// # Ok::<(), jwtick_core::wire::SntpRefusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leap {
    /// The month ends as usual.
    None,
    /// The last minute of the month has 61 seconds.
    Insert,
    /// The last minute of the month has 59 seconds.
    Delete,
}

impl Leap {
    /// Reads the two bits of the header; `None` for 3, "unknown (clock unsynchronized)".
    pub(super) const fn read(indicator: u8) -> Option<Self> {
        match indicator {
            0 => Some(Self::None),
            1 => Some(Self::Insert),
            2 => Some(Self::Delete),
            _ => None,
        }
    }
}

/// NTP short format (RFC 5905 §6): 16 bits of seconds, 16 bits of fraction.
///
/// Unsigned, as in version 4. A negative root delay, which version 3 allowed (RFC 1305 §3.2.1),
/// therefore reads as 18 hours and is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short(pub(super) u32);

impl Short {
    /// Converts to microseconds, rounded up.
    pub(super) fn span(self) -> Span {
        self.scaled_down(16)
    }

    /// Converts half of the value to microseconds, rounded up once.
    pub(super) fn half(self) -> Span {
        self.scaled_down(17)
    }

    fn scaled_down(self, bits: u32) -> Span {
        let micros = i64::from(self.0).saturating_mul(1_000_000);
        Span::from_micros(-((-micros) >> bits))
    }
}

/// The resolution of the server's clock, as a power of two in seconds (RFC 5905 §7.3, "Precision").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Precision(pub(super) i8);

impl Precision {
    // 2⁻²⁰ s is the first power below a microsecond; 2³⁰ s is 34 years, more than any policy
    // allows.
    const BITS: core::ops::RangeInclusive<i8> = -20..=30;

    /// Converts to microseconds, rounded up: the finest clock counts as one microsecond.
    pub(super) fn span(self) -> Span {
        let exponent = self.0.clamp(*Self::BITS.start(), *Self::BITS.end());
        let shift = u32::from(exponent.unsigned_abs());
        if exponent < 0 {
            Span::from_micros(-(-1_000_000 >> shift))
        } else {
            Span::from_secs(1 << shift)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_format_rounds_up() {
        const ROWS: &[(u32, i64, i64)] = &[
            (0, 0, 0),
            (1, 16, 8), // 15.3 µs and 7.6 µs
            (2, 31, 16),
            (0x0000_8000, 500_000, 250_000),
            (0x0001_0000, 1_000_000, 500_000),
            (u32::MAX, 65_535_999_985, 32_767_999_993),
        ];
        for &(raw, whole, half) in ROWS {
            assert_eq!(Short(raw).span(), Span::from_micros(whole), "{raw:#010x}");
            assert_eq!(Short(raw).half(), Span::from_micros(half), "half of {raw:#010x}");
        }
    }

    #[test]
    fn precision_is_a_power_of_two() {
        const ROWS: &[(i8, i64)] = &[
            (-128, 1),
            (-29, 1),
            (-20, 1), // 0.95 µs
            (-19, 2), // 1.9 µs
            (-18, 4), // 3.8 µs, the RFC's example
            (-6, 15_625),
            (-1, 500_000),
            (0, 1_000_000),
            (3, 8_000_000),
            (30, 1_073_741_824_000_000),
            (127, 1_073_741_824_000_000),
        ];
        for &(exponent, micros) in ROWS {
            assert_eq!(Precision(exponent).span(), Span::from_micros(micros), "2^{exponent}");
        }
    }
}
