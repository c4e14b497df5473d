//! The hosts behind sources of time, and the sources that are one witness.
//!
//! A clock belongs to a host, not to a spelling of its name, a port or a protocol. Sources are one
//! witness if they were reached at the same address or by the same name, directly or through other
//! sources. Whatever a witness says then counts once, and a witness that contradicts itself supports
//! no offset.
//!
//! A name may claim addresses of other hosts. Such a claim makes them one witness that supports an
//! offset once, but that contradicts another offset as often as different hosts answered. Hosts that
//! lie therefore never gain a majority by claiming the addresses of others.
//!
//! Two addresses of one host cannot be told apart from two hosts unless a name has both.

use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::time::Offset;

/// The hosts that answered one source.
///
/// # Example
/// ```
/// use jwtick_core::survey::{Kinship, Witness};
/// let (one, other) = (["127.0.0.1:123".parse()?], ["[::ffff:127.0.0.1]:8080".parse()?]);
/// let ntp = Witness { names: &["localhost"], endpoints: &one };
/// let http = Witness { names: &[], endpoints: &other };
/// assert_eq!(ntp.kinship(&http), Some(Kinship::Address("127.0.0.1".parse()?)));
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Witness<'a> {
    /// The host names and addresses by which it was reached, without ports. Letter case and a final
    /// dot do not matter.
    pub names: &'a [&'a str],
    /// Every address of these names, and every address that answered.
    pub endpoints: &'a [SocketAddr],
}

/// The reason why two sources are one witness.
///
/// # Example
/// ```
/// use jwtick_core::survey::{Kinship, Witness};
/// let one = Witness { names: &["Time.example."], endpoints: &[] };
/// let other = Witness { names: &["time.example"], endpoints: &[] };
/// assert_eq!(one.kinship(&other), Some(Kinship::Name));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kinship {
    /// Both have this address.
    Address(IpAddr),
    /// Both were reached by the same name.
    Name,
}

/// The combined answer of the sources that are one witness.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::survey::Testimony;
/// use jwtick_core::time::Offset;
/// let at = |secs| Some(Offset::exactly(Span::from_secs(secs)));
/// // The first two sources are one witness.
/// let (offsets, witnesses) = ([at(0), at(9), at(0)], [0, 0, 2]);
/// assert_eq!(Testimony::of(&offsets, &witnesses, 0), Some(Testimony::Torn));
/// assert_eq!(Testimony::of(&offsets, &witnesses, 2), at(0).map(Testimony::Clear));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Testimony {
    /// The offset that all answers of the witness allow.
    Clear(Offset),
    /// The answers of the witness contradict each other.
    Torn,
}

impl Witness<'_> {
    /// Returns the reason why two sources are one witness, if they are.
    #[must_use]
    pub fn kinship(&self, other: &Self) -> Option<Kinship> {
        let pairs = |one| other.endpoints.iter().map(move |other| (one, other));
        let shared =
            self.endpoints.iter().flat_map(pairs).find(|(one, two)| same_host(**one, **two));
        if let Some((one, _)) = shared {
            return Some(Kinship::Address(canonical_address(one.ip())));
        }
        let known = |name: &&str| other.names.iter().any(|other| same_name(name, other));
        self.names.iter().any(known).then_some(Kinship::Name)
    }

    /// Writes a number for each of `witnesses`: sources with the same number are one witness. The
    /// number is the index of the first of them. Places beyond the shorter slice stay unchanged or
    /// have no number.
    pub fn number(witnesses: &[Self], numbers: &mut [usize]) {
        for (index, number) in numbers.iter_mut().enumerate() {
            *number = index;
        }
        for (index, witness) in witnesses.iter().enumerate() {
            for (earlier, other) in witnesses.iter().enumerate().take(index) {
                if witness.kinship(other).is_some() {
                    unite(numbers, earlier, index);
                }
            }
        }
    }
}

fn unite(numbers: &mut [usize], one: usize, other: usize) {
    let (Some(&one), Some(&other)) = (numbers.get(one), numbers.get(other)) else { return };
    let (kept, replaced) = (one.min(other), one.max(other));
    numbers.iter_mut().filter(|it| **it == replaced).for_each(|it| *it = kept);
}

impl Testimony {
    /// Returns the combined answer of witness number `witness`; `None` if none of its sources gave
    /// an interval. `witnesses` holds the number of each source ([`Witness::number`]).
    #[must_use]
    pub fn of(offsets: &[Option<Offset>], witnesses: &[usize], witness: usize) -> Option<Self> {
        let own = offsets.iter().zip(witnesses).filter(|(_, number)| **number == witness);
        let mut answers = own.filter_map(|(offset, _)| *offset);
        let first = answers.next()?;
        let all = answers.try_fold(first, Offset::intersect);
        Some(all.map_or(Self::Torn, Self::Clear))
    }

    /// Returns the combined answer of every witness, in the order of their first sources, and the
    /// number of hosts that gave it.
    pub(crate) fn each<'a>(
        offsets: &'a [Option<Offset>],
        witnesses: &'a [usize],
        hosts: &'a [usize],
    ) -> impl Iterator<Item = (Self, usize)> + Clone + 'a {
        let is_first = |&(index, number): &(usize, &usize)| {
            !witnesses.iter().take(index).any(|earlier| earlier == number)
        };
        let firsts = witnesses.iter().enumerate().filter(is_first);
        firsts.filter_map(|(_, &number)| {
            let testimony = Self::of(offsets, witnesses, number)?;
            Some((testimony, hosts_of(offsets, witnesses, hosts, number)))
        })
    }

    /// Returns the offset that it supports.
    pub(crate) const fn offset(self) -> Option<Offset> {
        match self {
            Self::Clear(offset) => Some(offset),
            Self::Torn => None,
        }
    }
}

// The number of different hosts among the sources of a witness that gave an interval.
fn hosts_of(
    offsets: &[Option<Offset>],
    witnesses: &[usize],
    hosts: &[usize],
    witness: usize,
) -> usize {
    let sources = offsets.iter().zip(witnesses).zip(hosts);
    let own = sources.filter(|((offset, number), _)| offset.is_some() && **number == witness);
    let own = own.map(|(_, host)| host);
    let is_first =
        |(index, host): &(usize, &usize)| own.clone().position(|it| it == *host) == Some(*index);
    own.clone().enumerate().filter(is_first).count().max(1)
}

/// Returns an address in the form that identifies its host.
///
/// IPv4 addresses in IPv6 are unwrapped: mapped ones (RFC 4291 §2.5.5.2) and those behind a NAT64
/// (RFC 6052 §2.1). `::1` and the unspecified addresses, which reach this host too, become
/// 127.0.0.1.
///
/// # Example
/// ```
/// use jwtick_core::survey::canonical_address;
/// let same = |one: &str| one.parse().map(|it| canonical_address(it).to_string());
/// assert_eq!(same("::ffff:192.0.2.1")?, "192.0.2.1");
/// assert_eq!(same("64:ff9b::192.0.2.1")?, "192.0.2.1");
/// assert_eq!(same("::1")?, "127.0.0.1");
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[must_use]
pub const fn canonical_address(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return local_or(address) };
    let embedded = match v6.octets() {
        [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d] => Some([a, b, c, d]),
        _ => None,
    };
    match (v6.to_ipv4_mapped(), embedded) {
        (Some(mapped), _) => local_or(IpAddr::V4(mapped)),
        (None, Some([a, b, c, d])) => local_or(IpAddr::V4(Ipv4Addr::new(a, b, c, d))),
        (None, None) if v6.is_loopback() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        (None, None) => local_or(address),
    }
}

const fn local_or(address: IpAddr) -> IpAddr {
    if address.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address }
}

/// Returns true if an address is valid on one link only: 169.254.0.0/16 (RFC 3927) and fe80::/10
/// (RFC 4291 §2.5.6), in any of the forms that [`canonical_address`] unwraps. Clouds
/// serve the credentials of a machine at such an address.
///
/// # Example
/// ```
/// use jwtick_core::survey::is_link_local;
/// assert!(is_link_local("::ffff:169.254.169.254".parse()?));
/// assert!(!is_link_local("192.0.2.1".parse()?));
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[must_use]
pub const fn is_link_local(address: IpAddr) -> bool {
    match canonical_address(address) {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    }
}

/// Returns the endpoint of this host on loopback if a connection from `local` to `peer` does not
/// leave this host: its own addresses are one witness, even those of a network.
///
/// # Example
/// ```
/// use jwtick_core::survey::this_host;
/// let (own, other) = ("192.0.2.1:4711".parse()?, "192.0.2.9:123".parse()?);
/// assert_eq!(this_host("192.0.2.1:123".parse()?, own), Some("127.0.0.1:123".parse()?));
/// assert_eq!(this_host(other, own), None);
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[must_use]
pub fn this_host(peer: SocketAddr, local: SocketAddr) -> Option<SocketAddr> {
    let address = canonical_address(peer.ip());
    // From any address of 127.0.0.0/8, the system answers as 127.0.0.1.
    let own = !address.is_loopback() && address == canonical_address(local.ip());
    own.then(|| SocketAddr::from((Ipv4Addr::LOCALHOST, peer.port())))
}

// The port does not matter, since a clock belongs to the host. The addresses of 127.0.0.0/8 all
// belong to this host, but may forward to several others: they are one host if they are equal, or if
// one server may listen on all of them, at one port.
fn same_host(one: SocketAddr, other: SocketAddr) -> bool {
    let (first, second) = (canonical_address(one.ip()), canonical_address(other.ip()));
    let local = first.is_loopback() && second.is_loopback();
    first == second || (local && one.port() == other.port())
}

// RFC 4343: names are compared without letter case; a final dot marks a complete name (RFC 1034
// §3.1).
fn same_name(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|name| name.strip_suffix('.').unwrap_or(name));
    !one.is_empty() && one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;
    use crate::time::Span;

    fn endpoints(texts: &[&str]) -> Vec<SocketAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn witness_is_known_by_name_and_address() {
        type Side = (&'static [&'static str], &'static [&'static str]);
        type Row = (&'static str, Side, Side, bool);
        const ROWS: &[Row] = &[
            ("nothing is known", (&[], &[]), (&[], &[]), false),
            ("empty names", (&["", "."], &[]), (&[""], &[]), false),
            ("letter case and a final dot", (&["A.example."], &[]), (&["a.EXAMPLE"], &[]), true),
            ("part of a name", (&["a.example"], &[]), (&["b.a.example"], &[]), false),
            ("another port", (&[], &["192.0.2.1:123"]), (&[], &["192.0.2.1:443"]), true),
            ("another host", (&[], &["192.0.2.1:123"]), (&[], &["192.0.2.2:123"]), false),
            ("mapped", (&[], &["192.0.2.1:1"]), (&[], &["[::ffff:192.0.2.1]:2"]), true),
            ("NAT64", (&[], &["192.0.2.1:1"]), (&[], &["[64:ff9b::192.0.2.1]:2"]), true),
            ("one of many", (&[], &["192.0.2.1:1", "192.0.2.2:1"]), (&[], &["192.0.2.2:1"]), true),
            ("zone of an address", (&[], &["[fe80::1%2]:1"]), (&[], &["[fe80::1%3]:1"]), true),
            ("both loopbacks", (&[], &["127.0.0.1:1"]), (&[], &["[::1]:2"]), true),
            ("no address", (&[], &["127.0.0.1:1"]), (&[], &["0.0.0.0:2"]), true),
            ("no address of IPv6", (&[], &["[::]:1"]), (&[], &["[::1]:2"]), true),
            ("mapped loopback", (&[], &["[::ffff:127.0.0.1]:1"]), (&[], &["[::1]:2"]), true),
            ("loopbacks at one port", (&[], &["127.0.0.1:7"]), (&[], &["127.9.9.9:7"]), true),
            ("loopbacks at two ports", (&[], &["127.0.0.1:7"]), (&[], &["127.9.9.9:8"]), false),
            ("names count next to addresses", (&["a"], &["192.0.2.1:1"]), (&["a"], &[]), true),
        ];
        for &(name, one, other, same) in ROWS {
            let (first, second) = (endpoints(one.1), endpoints(other.1));
            let one = Witness { names: one.0, endpoints: &first };
            let other = Witness { names: other.0, endpoints: &second };
            assert_eq!(one.kinship(&other).is_some(), same, "{name}");
            assert_eq!(other.kinship(&one).is_some(), same, "{name}, reversed");
        }
    }

    #[test]
    fn numbers_join_sources_through_others() {
        let (one, two) = (endpoints(&["192.0.2.1:1"]), endpoints(&["[2001:db8::1]:1"]));
        let both = endpoints(&["192.0.2.1:1", "[2001:db8::1]:1"]);
        let other = endpoints(&["198.51.100.1:1"]);
        let of = |endpoints| Witness { names: &[], endpoints };
        let mut numbers = [9; 4];
        Witness::number(&[of(&one), of(&two), of(&other), of(&both)], &mut numbers);
        assert_eq!(numbers, [0, 0, 2, 0]);
        Witness::number(&[of(&one), of(&two), of(&other)], &mut numbers);
        assert_eq!(numbers, [0, 1, 2, 3]);
        Witness::number(&[of(&one), of(&one)], &mut numbers[..1]);
        assert_eq!(numbers[0], 0, "a slice that is too short is no error");
    }

    #[test]
    fn testimony_is_what_all_answers_allow() {
        let secs = |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most));
        let offsets = [secs(0, 4), None, secs(2, 9), secs(5, 6), secs(8, 9)];
        let numbers = [0, 1, 0, 3, 3];
        let of = |number| Testimony::of(&offsets, &numbers, number);
        assert_eq!(of(0), secs(2, 4).map(Testimony::Clear));
        assert_eq!((of(1), of(7)), (None, None));
        assert_eq!(of(3), Some(Testimony::Torn));
        let hosts = [0, 1, 0, 3, 4];
        let all: Vec<_> = Testimony::each(&offsets, &numbers, &hosts).collect();
        let first = secs(2, 4).map(|it| (Testimony::Clear(it), 1));
        assert_eq!(all, [first.unwrap(), (Testimony::Torn, 2)]);
    }

    #[test]
    fn link_local_is_seen_in_every_form() {
        let rows = [
            ("169.254.169.254", true),
            ("::ffff:169.254.0.1", true),
            ("64:ff9b::a9fe:a9fe", true),
            ("fe80::1", true),
            ("febf::1", true),
            ("fec0::1", false),
            ("169.253.0.1", false),
            ("127.0.0.1", false),
        ];
        for (address, expected) in rows {
            assert_eq!(is_link_local(address.parse().unwrap()), expected, "{address}");
        }
    }
}
