//! However often and by whatever spelling hosts are named, each counts once.
#![cfg(test)]

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use jwtick_core::Span;
use jwtick_core::survey::{Survey, Witness};
use jwtick_core::time::Offset;
use proptest::collection::vec;
use proptest::prelude::*;

/// The most hosts in a list.
const HOSTS: u16 = 4;

/// A way to name a host: the spelling, its form of the address, and a port.
#[derive(Debug, Clone)]
struct Alias {
    host: u16,
    name: Option<u8>,
    address: Option<u8>,
    port: u16,
}

/// Each alias has a name, an address, or both.
fn alias() -> impl Strategy<Value = Alias> {
    let form = || prop::option::of(0..3_u8);
    (0..HOSTS, form(), form(), any::<u16>()).prop_map(|(host, name, address, port)| {
        let address = if name.is_none() { address.or(Some(0)) } else { address };
        Alias { host, name, address, port }
    })
}

impl Alias {
    fn names(&self) -> Vec<String> {
        let name = format!("host{}.example", self.host);
        let spelled = |form| match form {
            0 => name.clone(),
            1 => name.to_uppercase(),
            _ => name.clone() + ".",
        };
        self.name.map(spelled).into_iter().collect()
    }

    /// Host 0 is this one.
    fn endpoints(&self) -> Vec<SocketAddr> {
        let v4 = match self.host {
            0 => Ipv4Addr::LOCALHOST,
            host => Ipv4Addr::from_bits(0xC000_0200 | u32::from(host)),
        };
        let nat64 = || {
            let [a, b] = [v4.to_bits() >> 16, v4.to_bits() & 0xFFFF];
            let half = |half| u16::try_from(half).unwrap_or_default();
            Ipv6Addr::new(0x64, 0xFF9B, 0, 0, 0, 0, half(a), half(b))
        };
        let address = |form| match form {
            0 => IpAddr::V4(v4),
            1 => v4.to_ipv6_mapped().into(),
            _ if self.host == 0 => Ipv6Addr::LOCALHOST.into(),
            _ => nat64().into(),
        };
        self.address.map(|form| SocketAddr::new(address(form), self.port)).into_iter().collect()
    }
}

/// Every host also has one source that is named by name and address, which links all its aliases.
fn numbers(aliases: &[Alias]) -> Vec<usize> {
    let links = (0..HOSTS).map(|host| Alias { host, name: Some(0), address: Some(0), port: 123 });
    let all: Vec<Alias> = aliases.iter().cloned().chain(links).collect();
    let names: Vec<Vec<String>> = all.iter().map(Alias::names).collect();
    let names: Vec<Vec<&str>> =
        names.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
    let endpoints: Vec<Vec<SocketAddr>> = all.iter().map(Alias::endpoints).collect();
    let witnesses: Vec<Witness<'_>> = names
        .iter()
        .zip(&endpoints)
        .map(|(names, endpoints)| Witness { names, endpoints })
        .collect();
    let mut numbers = vec![0; witnesses.len()];
    Witness::number(&witnesses, &mut numbers);
    numbers.truncate(aliases.len());
    numbers
}

fn distinct<T: Ord>(mut values: Vec<T>) -> usize {
    values.sort_unstable();
    values.dedup();
    values.len()
}

proptest! {
    #[test]
    fn aliases_of_a_host_are_one_witness(aliases in vec(alias(), 0..24)) {
        let numbers = numbers(&aliases);
        for (one, first) in aliases.iter().zip(&numbers) {
            for (other, second) in aliases.iter().zip(&numbers) {
                prop_assert_eq!(one.host == other.host, first == second, "{:?} {:?}", one, other);
            }
        }
        let hosts = distinct(aliases.iter().map(|alias| alias.host).collect());
        let agreed = Some(Offset::exactly(Span::from_secs(60)));
        let survey = Survey::of_witnesses(&vec![agreed; aliases.len()], &numbers, &numbers, Span::ZERO);
        prop_assert_eq!((survey.rests_on(), survey.measured()), (hosts, hosts));
        prop_assert_eq!(survey.answers(), aliases.len());
    }

    #[test]
    fn repetition_never_changes_the_selection(
        aliases in vec(alias(), 1..12),
        offsets in vec(0..4_i64, usize::from(HOSTS)),
        again in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let survey = |aliases: &[Alias]| {
            let offset = |alias: &Alias| {
                let secs = offsets.get(usize::from(alias.host)).copied()?;
                Some(Offset::exactly(Span::from_secs(secs)))
            };
            let offsets: Vec<Option<Offset>> = aliases.iter().map(offset).collect();
            {
                let numbers = numbers(aliases);
                Survey::of_witnesses(&offsets, &numbers, &numbers, Span::ZERO)
            }
        };
        let more: Vec<Alias> = again.iter().map(|index| index.get(&aliases).clone()).collect();
        let repeated: Vec<Alias> = aliases.iter().cloned().chain(more).collect();
        let (once, often) = (survey(&aliases), survey(&repeated));
        prop_assert_eq!(once.offset(), often.offset());
        prop_assert_eq!((once.rests_on(), once.measured()), (often.rests_on(), often.measured()));
    }

    #[test]
    fn claimed_addresses_gain_no_majority(
        sources in vec((0..4_i64, 0..3_i64, 0..8_usize), 0..12),
    ) {
        let offset = |&(least, width, _): &(i64, i64, usize)| {
            Offset::between(Span::from_secs(least), Span::from_secs(least + width))
        };
        let offsets: Vec<Option<Offset>> = sources.iter().map(offset).collect();
        // Each source is a host of its own, and some claim the addresses of others.
        let hosts: Vec<usize> = (0..sources.len()).collect();
        let claimed: Vec<usize> = sources.iter().map(|&(.., claim)| claim).collect();
        let honest = Survey::of_witnesses(&offsets, &hosts, &hosts, Span::ZERO);
        let poisoned = Survey::of_witnesses(&offsets, &claimed, &hosts, Span::ZERO);
        prop_assert!(poisoned.offset().is_none() || honest.offset().is_some());
        prop_assert!(poisoned.rests_on() <= honest.rests_on());
    }

    #[test]
    fn order_of_sources_does_not_matter(aliases in vec(alias(), 0..12)) {
        let reversed: Vec<Alias> = aliases.iter().rev().cloned().collect();
        prop_assert_eq!(distinct(numbers(&aliases)), distinct(numbers(&reversed)));
    }
}
