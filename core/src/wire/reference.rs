//! The source of a server's time (RFC 5905 §7.3, "Reference ID").

use core::fmt;
use core::net::Ipv4Addr;

use super::kiss::without_zeros;

/// The source of a server's time, as far as four bytes identify it.
///
/// # Example
/// ```
/// use jwtick_core::wire::ReferenceId;
/// assert_eq!(ReferenceId::Source(*b"GPS\0").to_string(), "GPS");
/// assert_eq!(ReferenceId::Upstream([127, 127, 1, 1]).to_string(), "127.127.1.1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceId {
    /// Stratum 1: the name of a reference clock, up to four characters.
    Source([u8; 4]),
    /// Stratum 2 and up: the IPv4 address of the upstream server, or the first bytes of the MD5
    /// digest of its IPv6 address. The packet does not distinguish the two, so the bytes are shown
    /// as an IPv4 address.
    Upstream([u8; 4]),
}

impl ReferenceId {
    /// Returns whether the server follows its own clock, which is not compared with UTC: chronyd's
    /// `local`, and the undisciplined local clock of ntpd (LOCL, or 127.127.1.0 as its address).
    /// Such a server reports a small distance from UTC although it has no reference. chronyd uses
    /// 127.127.1.1 at stratum 1 too.
    #[must_use]
    pub const fn is_own_clock(self) -> bool {
        matches!(
            self,
            Self::Source([b'L', b'O', b'C', b'L'] | [127, 127, 1, _])
                | Self::Upstream([127, 127, 1, _])
        )
    }
}

/// Escapes bytes outside printable ASCII, because they come from the network and go to a terminal.
impl fmt::Display for ReferenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Source(name) => without_zeros(&name).escape_ascii().fmt(f),
            Self::Upstream(address) => Ipv4Addr::from(address).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn shows_names_and_addresses() {
        const ROWS: &[(ReferenceId, &str, bool)] = &[
            (ReferenceId::Source(*b"GPS\0"), "GPS", false),
            (ReferenceId::Source(*b"LOCL"), "LOCL", true),
            (ReferenceId::Source(*b"\x1b[2J"), "\\x1b[2J", false),
            (ReferenceId::Source([127, 127, 1, 1]), "\\x7f\\x7f\\x01\\x01", true),
            (ReferenceId::Source([0; 4]), "", false),
            (ReferenceId::Upstream([192, 0, 2, 7]), "192.0.2.7", false),
            (ReferenceId::Upstream([127, 127, 1, 1]), "127.127.1.1", true),
            (ReferenceId::Upstream([127, 127, 20, 0]), "127.127.20.0", false),
        ];
        for &(reference, text, own) in ROWS {
            assert_eq!(reference.to_string(), text, "{reference:?}");
            assert_eq!(reference.is_own_clock(), own, "{text}");
        }
    }
}
