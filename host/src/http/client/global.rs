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

    #[test]
    fn only_addresses_of_the_internet_are_global() {
        const ROWS: &[(&str, bool)] = &[
            ("1.1.1.1", true),
            ("9.255.255.255", true),
            ("10.0.0.0", false),
            ("10.255.255.255", false),
            ("11.0.0.0", true),
            ("0.0.0.0", false),
            ("0.1.2.3", false),
            ("100.63.255.255", true),
            ("100.64.0.0", false),
            ("100.127.255.255", false),
            ("100.128.0.0", true),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("172.15.255.255", true),
            ("172.16.0.0", false),
            ("172.31.255.255", false),
            ("172.32.0.0", true),
            ("192.0.0.8", false),
            ("192.0.0.9", true),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.0.1", false),
            ("198.17.255.255", true),
            ("198.18.0.0", false),
            ("198.19.255.255", false),
            ("198.51.100.7", false),
            ("203.0.113.7", false),
            ("223.255.255.255", true),
            ("224.0.0.1", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:1.1.1.1", true),
            ("64:ff9b::10.0.0.1", false),
            ("64:ff9b::1.1.1.1", true),
            ("64:ff9b:1::1", false),
            ("2001::1", false),
            ("2001:200::1", true),
            ("2001:db8::1", false),
            ("2002:a00:1::", false),
            ("2002:101:101::", true),
            ("2606:4700::1111", true),
            ("3fff::1", false),
            ("4000::1", false),
            ("fc00::1", false),
            ("fd12::1", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ];
        for &(address, expected) in ROWS {
            assert_eq!(is_global(address.parse().unwrap()), expected, "{address}");
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
