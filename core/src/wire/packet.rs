//! The header of a packet (RFC 5905 §7.3), and the checks before its times are used.

use super::LENGTH;
use super::distance::{Precision, Short};
use super::kiss::KissCode;
use super::leap::Leap;
use super::reference::ReferenceId;
use super::refusal::{SntpRefusal, SntpStamp};
use super::stamp::Stamp;

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
