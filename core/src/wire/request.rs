//! SNTP (RFC 5905 §14), the client's half: a request, and what its reply proves about the clock.
//!
//! The transmit stamp of the request is a random nonce and not the local time: the server hands it
//! back as the originate stamp, so whoever cannot see the request cannot forge the reply, and the
//! request does not betray how far the clock is off. The local readings stay here, in a [`Bracket`].
//!
//! What the RFC states as an estimate θ with a bound is kept as the interval that it proves. With
//! the stamps of RFC 5905 §8 and a server that is within ε of UTC, the request arrived after T1 and
//! the reply left before T4, whatever the two ways took: `T3 − T4 − ε ≤ offset ≤ T2 − T1 + ε`, which
//! is θ ± (δ/2 + ε). Every rounding here goes outwards.

use crate::time::Bracket;

use super::packet::Packet;
use super::policy::SntpPolicy;
use super::refusal::SntpRefusal;
use super::sample::SntpSample;

/// A question to a server, told from all others by its nonce.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::time::Bracket;
/// use jwtick_core::wire::{SntpPolicy, SntpRefusal, SntpRequest};
/// let request = SntpRequest::new(0x0123_4567_89AB_CDEF); // 64 random bits, new for each request
/// let sent = request.to_bytes();
/// assert_eq!((sent[0], &sent[40..]), (0x23, &0x0123_4567_89AB_CDEF_u64.to_be_bytes()[..]));
///
/// // The request itself, sent back by somebody, is no reply.
/// let local = Bracket::between(UnixTime::from_secs(10), UnixTime::from_secs(11)).unwrap();
/// let policy = SntpPolicy::as_of(UnixTime::from_secs(1_767_225_600));
/// assert_eq!(request.check(&sent, local, policy), Err(SntpRefusal::Origin));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SntpRequest {
    nonce: u64,
}

impl SntpRequest {
    /// How long a packet without extension fields is (RFC 5905 §7.3).
    pub const LENGTH: usize = super::LENGTH;

    /// A request with `nonce`, which must be random and used once: it is all that tells the server's
    /// reply from another's (RFC 5905 §8, the "loopback" test).
    #[must_use]
    pub const fn new(nonce: u64) -> Self {
        Self { nonce }
    }

    /// What is sent: version 4, mode 3 (client), and nothing else but the nonce (RFC 5905 §14).
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::LENGTH] {
        Packet::request(self.nonce)
    }

    /// Checks `reply`, which came while the local clock went through `local`.
    ///
    /// The nonce is compared first, so that nothing of a stranger's packet is believed or reported.
    /// Whatever follows the header, extension fields and a digest, is not looked at.
    ///
    /// # Errors
    /// The first of these that holds:
    /// - [`SntpRefusal::Short`] for fewer than [`SntpRequest::LENGTH`] bytes.
    /// - [`SntpRefusal::Origin`] if the reply is to another request.
    /// - [`SntpRefusal::Kiss`] if the server sends a kiss code (RFC 5905 §7.4).
    /// - [`SntpRefusal::Mode`] and [`SntpRefusal::Version`] if it is no server's reply.
    /// - [`SntpRefusal::Unsynchronized`] and [`SntpRefusal::Stratum`] if the server does not know
    ///   the time by its own account.
    /// - [`SntpRefusal::ZeroStamp`], [`SntpRefusal::Backwards`] and [`SntpRefusal::SetLater`] if its
    ///   stamps are none, or in no order that a clock goes through.
    /// - [`SntpRefusal::Distance`] if it is further from UTC than `policy` allows.
    /// - [`SntpRefusal::Held`] if it claims to have had the request for longer than the exchange took.
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
