//! Kiss codes (RFC 5905 §7.4): four letters with which a server refuses a client.

use core::fmt;

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
