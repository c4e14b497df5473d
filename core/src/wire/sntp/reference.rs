//! What a server takes its time from (RFC 5905 §7.3, "Reference ID").

use core::fmt;
use core::net::Ipv4Addr;

use super::kiss::without_zeros;

/// What a server takes its time from, as far as four bytes tell it.
///
/// # Example
/// ```
/// use jwtick_core::ReferenceId;
/// assert_eq!(ReferenceId::Source(*b"GPS\0").to_string(), "GPS");
/// assert_eq!(ReferenceId::Upstream([127, 127, 1, 1]).to_string(), "127.127.1.1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceId {
    /// Stratum 1: the name of a reference clock, up to four characters.
    Source([u8; 4]),
    /// Stratum 2 and up: the IPv4 address of the server above, or the first bytes of the MD5 digest
    /// of its IPv6 address. Nothing in the packet tells which, so it is shown as the former.
    Upstream([u8; 4]),
}

/// Bytes beyond printable ASCII are escaped: they come from the network and go to a terminal.
impl fmt::Display for ReferenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Source(name) => without_zeros(&name).escape_ascii().fmt(f),
            Self::Upstream(address) => Ipv4Addr::from(address).fmt(f),
        }
    }
}
