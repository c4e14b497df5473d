//! The client's half of SNTP (RFC 5905 §14): a request, and what its reply proves about the clock.
//!
//! The transmit timestamp of the request is a random nonce, not the local time. The server returns
//! it as the originate timestamp. An attacker who cannot see the request therefore cannot forge the
//! reply, and the request does not reveal how wrong the clock is. The local readings stay here, in
//! a [`Bracket`].
//!
//! The RFC gives an estimate θ with a bound; this module keeps the interval that the exchange
//! proves. With the timestamps of RFC 5905 §8 and a server within ε of UTC, the request arrived
//! after T1 and the reply left before T4, however long each way took: `T3 − T4 − ε ≤ offset ≤ T2 −
//! T1 + ε`, which equals θ ± (δ/2 + ε). All rounding is outwards.

use crate::time::Bracket;

use super::packet::Packet;
use super::refusal::SntpRefusal;
use super::sample::{SntpPolicy, SntpSample};

/// A request to a time server, identified by its nonce.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::Bracket;
/// use jwtick_core::wire::{SntpPolicy, SntpRefusal, SntpRequest};
/// let request = SntpRequest::new(0x0123_4567_89AB_CDEF); // 64 random bits, fresh for each request
/// let sent = request.to_bytes();
/// assert_eq!((sent[0], &sent[40..]), (0x23, &0x0123_4567_89AB_CDEF_u64.to_be_bytes()[..]));
///
/// // The request itself, echoed, is not a reply.
/// let local = Bracket::between(UnixTime::from_secs(10), UnixTime::from_secs(11)).unwrap();
/// let policy = SntpPolicy::as_of(UnixTime::from_secs(1_767_225_600));
/// assert_eq!(request.check(&sent, local, policy), Err(SntpRefusal::Origin));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SntpRequest {
    nonce: u64,
}

impl SntpRequest {
    /// The length of a packet without extension fields (RFC 5905 §7.3).
    pub const LENGTH: usize = super::LENGTH;

    /// Creates a request with `nonce`, which must be random and used only once. The nonce alone
    /// distinguishes the server's reply from a forged one (RFC 5905 §8, the "loopback" test).
    #[must_use]
    pub const fn new(nonce: u64) -> Self {
        Self { nonce }
    }

    /// The bytes to send: version 4, mode 3 (client) and the nonce; all other fields are zero (RFC
    /// 5905 §14).
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::LENGTH] {
        Packet::request(self.nonce)
    }

    /// Checks `reply`, which arrived while the local clock advanced through `local`.
    ///
    /// The nonce is compared first, so that nothing in a forged packet is believed or reported.
    /// Anything after the header, such as extension fields or a digest, is ignored.
    ///
    /// # Errors
    /// The first of these that holds:
    /// - [`SntpRefusal::Short`] for fewer than [`SntpRequest::LENGTH`] bytes.
    /// - [`SntpRefusal::Origin`] if the packet does not answer this request.
    /// - [`SntpRefusal::Kiss`] if the server sends a kiss code (RFC 5905 §7.4).
    /// - [`SntpRefusal::Mode`] and [`SntpRefusal::Version`] if the packet is not a server's reply.
    /// - [`SntpRefusal::Unsynchronized`] and [`SntpRefusal::Stratum`] if the server reports that it
    ///   does not know the time.
    /// - [`SntpRefusal::ZeroStamp`], [`SntpRefusal::Backwards`] and [`SntpRefusal::SetLater`] if
    ///   its timestamps are not set or contradict each other.
    /// - [`SntpRefusal::Distance`] if the server is farther from UTC than `policy` allows.
    /// - [`SntpRefusal::Held`] if the server claims to have held the request for longer than the
    ///   exchange took.
    pub fn check(
        self,
        reply: &[u8],
        local: Bracket,
        policy: SntpPolicy,
    ) -> Result<SntpSample, SntpRefusal> {
        let met = reply.len();
        let packet = Packet::read(reply).ok_or(SntpRefusal::Short { met })?;
        if packet.originate != self.nonce {
            return Err(SntpRefusal::Origin);
        }
        let reply = packet.checked()?;
        SntpSample::of(&reply, local, policy)
    }
}
