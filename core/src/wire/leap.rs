//! The leap indicator of a packet (RFC 5905 §7.3, figure 9).

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
