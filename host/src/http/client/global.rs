//! Addresses on the public internet, as opposed to those inside a network or a machine.
//!
//! A URL that a server names must not lead inside (server-side request forgery). The special ranges are
//! those of the IANA registries (RFC 6890, `iana-ipv4-special-registry`, `iana-ipv6-special-registry`).

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use jwtick_core::survey::canonical_address;

use super::error::HttpError;

/// The addresses to which a client connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Any that the user names.
    Anywhere,
    /// Only those that are globally reachable.
    Internet,
}

impl Reach {
    /// Checks every address of a host: one of them may be chosen by whoever controls its name.
    ///
    /// # Errors
    /// [`HttpError::NotGlobal`] with the first that is out of reach.
    pub(super) fn permit(self, host: &str, addresses: &[SocketAddr]) -> Result<(), HttpError> {
        let inside = |address: &&SocketAddr| !is_global(address.ip());
        match (self, addresses.iter().find(inside)) {
            (Self::Internet, Some(address)) => {
                Err(HttpError::NotGlobal { host: host.to_owned(), address: address.ip() })
            }
            _ => Ok(()),
        }
    }

    /// Checks a host that a proxy resolves, of which this program sees an address only if the URL has one.
    ///
    /// # Errors
    /// As for [`permit`](Self::permit).
    pub(super) fn permit_named(self, host: &str) -> Result<(), HttpError> {
        let address = host.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, 0));
        self.permit(host, address.as_slice())
    }
}

fn is_global(address: IpAddr) -> bool {
    match canonical_address(address) {
        IpAddr::V4(address) => is_global_v4(address),
        IpAddr::V6(address) => is_global_v6(address),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast();
    let ranges = match address.octets() {
        // This network; shared by carriers (RFC 6598); reserved, and broadcast.
        [0 | 240..=255, ..] | [100, 64..=127, ..] => true,
        // Protocol assignments, of which .9 and .10 are global; relays of 6to4; benchmarks (RFC 2544).
        [192, 0, 0, last] => !matches!(last, 9 | 10),
        [192, 88, 99, _] | [198, 18 | 19, ..] => true,
        _ => false,
    };
    !special && !ranges
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // Teredo and other protocol assignments; documentation.
        [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x3FFF, 0..=0xFFF, ..] => false,
        // 6to4 leads to the IPv4 address inside (RFC 3056 §2).
        [0x2002, high, low, ..] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_global_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Only 2000::/3 is assigned as global unicast.
        [first, ..] => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses on the internet, each next to a special range, and those on its other side.
    const GLOBAL: &[&str] = &[
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.0.9",
        "198.17.255.255",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1",
        "2001:200::1",
        "2002:101:101::",
        "2606:4700::1111",
    ];
    const INNER: &[&str] = &[
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ];

    #[test]
    fn only_addresses_of_the_internet_are_global() {
        for (addresses, expected) in [(GLOBAL, true), (INNER, false)] {
            for address in addresses {
                assert_eq!(is_global(address.parse().unwrap()), expected, "{address}");
            }
        }
    }

    #[test]
    fn one_inner_address_of_a_name_refuses_it() {
        let at = |address: &str| SocketAddr::new(address.parse().unwrap(), 443);
        let mixed = [at("1.1.1.1"), at("127.0.0.1")];
        assert!(Reach::Internet.permit("a.example", &mixed[..1]).is_ok());
        let refused = Reach::Internet.permit("a.example", &mixed).unwrap_err().to_string();
        assert!(refused.contains("a.example") && refused.contains("127.0.0.1"), "{refused}");
        assert!(Reach::Anywhere.permit("a.example", &mixed).is_ok());
        assert!(Reach::Internet.permit_named("a.example").is_ok());
        assert!(Reach::Internet.permit_named("10.0.0.1").is_err());
    }
}
