//! The source of a server's time (RFC 5905 §7.3, "Reference ID"), and the kiss codes in its place
//! (§7.4): four letters with which a server refuses a client.

use core::fmt;
use core::net::Ipv4Addr;

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

/// The four ASCII characters of a kiss-o'-death packet.
///
/// # Example
/// ```
/// use jwtick_core::wire::KissCode;
/// let code = KissCode::read(*b"RATE").unwrap();
/// assert_eq!((code.to_string().as_str(), code.asks_to_stop()), ("RATE", true));
/// assert!(KissCode::read([0; 4]).is_none(), "an unsynchronized server names none");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KissCode([u8; 4]);

impl KissCode {
    /// The server denies access.
    pub const DENY: Self = Self(*b"DENY");
    /// The server's local policy denies access.
    pub const RSTR: Self = Self(*b"RSTR");
    /// The client sends requests too often.
    pub const RATE: Self = Self(*b"RATE");

    /// Reads the reference identifier of a packet with stratum 0: printable characters, padded with
    /// zeros. Anything else is not a code and gives `None`.
    #[must_use]
    pub fn read(id: [u8; 4]) -> Option<Self> {
        let text = without_zeros(&id);
        (!text.is_empty() && text.iter().all(u8::is_ascii_graphic)).then_some(Self(id))
    }

    /// Returns whether the client must stop sending requests to this server (DENY and RSTR, RFC
    /// 5905 §7.4) or pause (RATE). A client that sends occasional requests treats both alike.
    #[must_use]
    pub fn asks_to_stop(self) -> bool {
        [Self::DENY, Self::RSTR, Self::RATE].contains(&self)
    }
}

impl fmt::Display for KissCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        without_zeros(&self.0).escape_ascii().fmt(f)
    }
}

/// Removes the zeros that pad a four-letter name on the right.
pub(super) fn without_zeros(id: &[u8; 4]) -> &[u8] {
    let mut text = id.as_slice();
    while let Some((0, rest)) = text.split_last() {
        text = rest;
    }
    text
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

    #[test]
    fn reads_printable_codes() {
        const ROWS: &[(&[u8; 4], Option<&str>, bool)] = &[
            (b"RATE", Some("RATE"), true),
            (b"DENY", Some("DENY"), true),
            (b"RSTR", Some("RSTR"), true),
            (b"INIT", Some("INIT"), false),
            (b"X\0\0\0", Some("X"), false),
            (b"rate", Some("rate"), false),
            (b"\0\0\0\0", None, false),
            (b"A\0BC", None, false),
            (b"A BC", None, false),
            (b"\x7f\0\0\x01", None, false),
            (b"\x1b[2J", None, false),
        ];
        for &(id, expected, stop) in ROWS {
            let code = KissCode::read(*id);
            let said = code.map(|code| code.to_string());
            assert_eq!(said.as_deref(), expected, "{}", id.escape_ascii());
            assert_eq!(code.is_some_and(KissCode::asks_to_stop), stop, "{}", id.escape_ascii());
        }
    }
}
