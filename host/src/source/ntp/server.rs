//! Names of NTP servers: `HOST`, `HOST:PORT`, `[IPv6]:PORT`.

use core::fmt;
use core::net::SocketAddr;
use std::io;
use std::net::ToSocketAddrs;

use crate::source::observation::SourceError;

/// RFC 5905 §7.2: the port that IANA assigned to NTP.
const PORT: u16 = 123;

/// A server, by the name that the user gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NtpServer {
    written: String,
    host: String,
    port: u16,
}

impl NtpServer {
    /// Parses `HOST[:PORT]`. An IPv6 address needs brackets only if a port follows (RFC 3986
    /// §3.2.2); `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (host, port) = match text.strip_prefix('[') {
            Some(bracketed) => {
                let (host, rest) = bracketed.split_once(']')?;
                let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
                (host.contains(':').then_some(host)?, port)
            }
            None => match text.split_once(':') {
                Some((_, rest)) if rest.contains(':') => (text, None),
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        let port = port.map_or(Some(PORT), number)?;
        let valid = !host.is_empty() && !host.contains(['[', ']']) && port > 0;
        valid.then(|| Self { written: text.to_owned(), host: host.to_owned(), port })
    }

    /// Returns the host name or address, without brackets and port.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Returns every address of the server, in the order that the system prefers.
    ///
    /// # Errors
    /// [`SourceError::Resolve`] if there are none.
    pub(super) fn addresses(&self) -> Result<Vec<SocketAddr>, SourceError> {
        let unknown = |source| SourceError::Resolve { host: self.host.clone(), source };
        let found: Vec<_> =
            (self.host.as_str(), self.port).to_socket_addrs().map_err(unknown)?.collect();
        if found.is_empty() { Err(unknown(io::ErrorKind::NotFound.into())) } else { Ok(found) }
    }
}

// `u16::from_str` accepts a plus sign.
fn number(port: &str) -> Option<u16> {
    port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse().ok())?
}

impl fmt::Display for NtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_hosts_and_ports() {
        const ROWS: &[(&str, Option<(&str, u16)>)] = &[
            ("time.example.org", Some(("time.example.org", 123))),
            ("time.example.org:11123", Some(("time.example.org", 11_123))),
            ("192.0.2.1", Some(("192.0.2.1", 123))),
            ("192.0.2.1:65535", Some(("192.0.2.1", 65_535))),
            ("::1", Some(("::1", 123))),
            ("[::1]", Some(("::1", 123))),
            ("[::1]:4123", Some(("::1", 4_123))),
            ("[fe80::1%eth0]:4123", Some(("fe80::1%eth0", 4_123))),
            ("", None),
            (":123", None),
            ("a:", None),
            ("a:0", None),
            ("a:+1", None),
            ("a:65536", None),
            ("a:ntp", None),
            ("[::1", None),
            ("[::1]123", None),
            ("[::1]:", None),
            ("[a]:123", None),
            ("[]", None),
            ("a]", None),
        ];
        for &(text, expected) in ROWS {
            let server = NtpServer::parse(text);
            let read = server.as_ref().map(|server| (server.host.as_str(), server.port));
            assert_eq!(read, expected, "{text}");
            assert!(server.is_none_or(|server| server.to_string() == text), "{text}");
        }
    }

    #[test]
    fn numeric_addresses_need_no_resolver() {
        let address = |text| NtpServer::parse(text).unwrap().addresses().unwrap();
        assert_eq!(address("[::1]:4123"), ["[::1]:4123".parse().unwrap()]);
        assert_eq!(address("127.0.0.1"), ["127.0.0.1:123".parse().unwrap()]);
    }
}
