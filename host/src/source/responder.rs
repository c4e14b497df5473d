//! The hosts that answered a source, and the sources that are one witness.

use core::fmt;
use core::net::{IpAddr, SocketAddr};

use jwtick_core::survey::{Kinship, Witness, this_host};

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

/// The numbers of sources; those with the same number are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// One witness: by every name and address.
    pub(crate) witnesses: Vec<usize>,
    /// One host: by the addresses that answered.
    pub(crate) hosts: Vec<usize>,
}

impl Numbers {
    /// Numbers the sources with these hosts.
    pub(crate) fn of(responders: &[&Responder]) -> Self {
        let names: Vec<Vec<&str>> =
            responders.iter().map(|it| it.names.iter().map(String::as_str).collect()).collect();
        let named = names.iter().zip(responders);
        let witnesses: Vec<Witness<'_>> =
            named.map(|(names, it)| Witness { names, endpoints: &it.endpoints }).collect();
        let hosts: Vec<Witness<'_>> =
            responders.iter().map(|it| Witness { names: &[], endpoints: &it.answered }).collect();
        Self { witnesses: numbers(&witnesses), hosts: numbers(&hosts) }
    }

    /// Removes the first source.
    pub(crate) fn without_first(self) -> Self {
        let rest = |numbers: Vec<usize>| numbers.into_iter().skip(1).collect();
        Self { witnesses: rest(self.witnesses), hosts: rest(self.hosts) }
    }
}

fn numbers(witnesses: &[Witness<'_>]) -> Vec<usize> {
    let mut numbers = vec![0; witnesses.len()];
    Witness::number(witnesses, &mut numbers);
    numbers
}
