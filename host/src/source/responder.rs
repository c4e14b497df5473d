//! The hosts that answered a source, and the sources that are one witness.

use core::fmt;
use core::net::{IpAddr, SocketAddr};

use jwtick_core::Span;
use jwtick_core::survey::{Kinship, Survey, Testimony, Witness, this_host};
use jwtick_core::time::Offset;

/// The hosts that answered a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Responder {
    names: Vec<String>,
    endpoints: Vec<SocketAddr>,
    /// The endpoints that answered, without those that a name claims.
    answered: Vec<SocketAddr>,
    pub(crate) identity: Identity,
}

/// The proof of a host's identity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Identity {
    /// None: anyone on the way can answer in the host's name.
    #[default]
    Unproved,
    /// A valid certificate for the name that the user gave.
    Certified,
}

/// Another source that is the same host.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SameHost {
    /// The name of the other source.
    pub(crate) name: String,
    pub(crate) by: Tie,
    /// True if the answers of the host contradict each other.
    pub(crate) torn: bool,
}

/// The reason why two sources count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// Both have this address.
    Address(IpAddr),
    /// Both were reached by the same name.
    Name,
    /// The time daemon of this host follows the server with this address.
    Followed(IpAddr),
}

impl From<Kinship> for Tie {
    fn from(kinship: Kinship) -> Self {
        match kinship {
            Kinship::Address(address) => Self::Address(address),
            Kinship::Name => Self::Name,
        }
    }
}

impl Responder {
    /// Returns this host, by the addresses that belong to any host.
    pub(crate) fn this_host() -> Self {
        let endpoints = vec![SocketAddr::from(([127, 0, 0, 1], 0))];
        Self { answered: endpoints.clone(), endpoints, ..Self::default() }
    }

    /// Adds the name or address by which the host was reached.
    pub(crate) fn name(&mut self, host: &str) {
        if !self.names.iter().any(|known| known == host) {
            self.names.push(host.to_owned());
        }
    }

    /// Adds addresses of the host.
    pub(crate) fn reach(&mut self, endpoints: impl IntoIterator<Item = SocketAddr>) {
        for endpoint in endpoints {
            if !self.endpoints.contains(&endpoint) {
                self.endpoints.push(endpoint);
            }
        }
    }

    /// Replaces the addresses that answer by the ends of a connection or socket.
    pub(crate) fn meet(&mut self, peer: SocketAddr, local: SocketAddr) {
        self.answered = [peer].into_iter().chain(this_host(peer, local)).collect();
        self.reach(self.answered.clone());
    }

    /// Returns the reason why two sources are one witness, if they are.
    pub(crate) fn kinship(&self, other: &Self) -> Option<Kinship> {
        self.with(|one| other.with(|other| one.kinship(&other)))
    }

    fn with<T>(&self, work: impl FnOnce(Witness<'_>) -> T) -> T {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        work(Witness { names: &names, endpoints: &self.endpoints })
    }
}

impl fmt::Display for SameHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, by, torn } = self;
        match by {
            Tie::Address(address) => write!(f, "the same host as {name} ({address})")?,
            Tie::Name => write!(f, "the same host as {name}, by its name")?,
            Tie::Followed(address) => write!(f, "rests on the same server as {name} ({address})")?,
        }
        f.write_str(if *torn {
            ", but their answers contradict each other, so neither counts"
        } else {
            ", so both count as one source"
        })
    }
}

/// What sources say, numbered by the hosts that answered: sources of one host are one witness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Witnesses {
    offsets: Vec<Option<Offset>>,
    /// One witness by every name and address. The number is the index of its first source.
    numbers: Vec<usize>,
    /// One host by the addresses that answered.
    hosts: Vec<usize>,
}

impl Witnesses {
    /// Numbers sources, with the hosts that answered for them.
    pub(crate) fn of(sources: &[(Option<Offset>, &Responder)]) -> Self {
        let names: Vec<Vec<&str>> = sources
            .iter()
            .map(|(_, host)| host.names.iter().map(String::as_str).collect())
            .collect();
        let named = names.iter().zip(sources);
        let witnesses: Vec<Witness<'_>> =
            named.map(|(names, (_, host))| Witness { names, endpoints: &host.endpoints }).collect();
        let hosts: Vec<Witness<'_>> = sources
            .iter()
            .map(|(_, host)| Witness { names: &[], endpoints: &host.answered })
            .collect();
        let offsets = sources.iter().map(|(offset, _)| *offset).collect();
        Self { offsets, numbers: numbers(&witnesses), hosts: numbers(&hosts) }
    }

    /// Removes the first source, and what other sources of its host say.
    pub(crate) fn besides_first(self) -> Self {
        let said = self.offsets.into_iter().zip(&self.numbers);
        let offsets = said.map(|(offset, number)| offset.filter(|_| *number != 0)).skip(1);
        Self {
            offsets: offsets.collect(),
            numbers: self.numbers.into_iter().skip(1).collect(),
            hosts: self.hosts.into_iter().skip(1).collect(),
        }
    }

    /// Returns the index of the first source of the same witness.
    pub(crate) fn first(&self, index: usize) -> usize {
        let number = self.numbers.get(index);
        self.numbers.iter().position(|other| Some(other) == number).unwrap_or(index)
    }

    /// Returns what the witness of a source says; `None` if it gave no interval.
    pub(crate) fn testimony(&self, index: usize) -> Option<Testimony> {
        Testimony::of(&self.offsets, &self.numbers, *self.numbers.get(index)?)
    }

    /// Surveys the witnesses, where an offset up to `allowed` is not an error.
    pub(crate) fn survey(&self, allowed: Span) -> Survey {
        Survey::of_witnesses(&self.offsets, &self.numbers, &self.hosts, allowed)
    }

    /// Returns the number of witnesses, whether or not they gave an interval.
    pub(crate) fn count(&self) -> usize {
        (0..self.numbers.len()).filter(|&index| self.first(index) == index).count()
    }
}

fn numbers(witnesses: &[Witness<'_>]) -> Vec<usize> {
    let mut numbers = vec![0; witnesses.len()];
    Witness::number(witnesses, &mut numbers);
    numbers
}
