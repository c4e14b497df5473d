//! The hosts of a fleet by harm, and what several of them share.

use core::cmp::Reverse;
use std::collections::BTreeMap;

use jwtick_core::diagnosis::{Cause, ClockFault};
use jwtick_core::survey::Remedy;
use jwtick_core::time::Offset;
use jwtick_core::{Span, UnixTime};

use crate::fleet::{HostState, REMEDIES, States, Verdict};

/// Clocks that differ from a right one by less than this may share the offset by chance.
const DISTINCT: Span = Span::from_secs(2);

/// The number of hosts that do not share an offset by chance.
const MANY: usize = 3;

/// Hosts whose clocks went wrong within this time of each other did so together.
const TOGETHER: Span = Span::from_secs(1_800);

/// A host with its verdict.
#[derive(Debug)]
pub(super) struct Ranked<'s> {
    pub(super) name: &'s str,
    pub(super) state: &'s HostState,
    pub(super) verdict: Verdict,
}

impl Ranked<'_> {
    /// The narrowest offset that is known.
    pub(super) fn offset(&self) -> Option<Offset> {
        let verdict = &self.verdict;
        verdict.offset_if_utc.or(verdict.offset).filter(|it| *it != Offset::UNKNOWN)
    }

    pub(super) fn standing(&self) -> Standing {
        match self.verdict.fault {
            ClockFault::Found if self.verdict.until.is_some() => Standing::Corrected,
            ClockFault::Found => Standing::Wrong,
            ClockFault::Cleared => Standing::Right,
            ClockFault::Open => Standing::Open,
        }
    }

    fn distance(&self) -> Span {
        self.offset().map_or(Span::ZERO, Offset::distance)
    }
}

/// The state of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Wrong,
    /// It was wrong, and has been set since.
    Corrected,
    Open,
    Right,
}

impl Standing {
    pub(super) const ALL: [Self; 4] = [Self::Wrong, Self::Corrected, Self::Open, Self::Right];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Corrected => "corrected",
            Self::Open => "undetermined",
            Self::Right => "right",
        }
    }
}

/// What the hosts of a group share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared<'s> {
    /// The setting of their time zone.
    Zone,
    /// An offset, and it went wrong at about the same time: a hypervisor that was paused, or a change.
    Moment { offset: Offset, by: UnixTime },
    /// An offset: a source of time that is wrong, or an image.
    Source { offset: Offset },
    /// An offset from a server that no other host agrees with, so that the server may be the one that is wrong.
    Server { offset: Offset, server: &'s str },
}

impl Shared<'_> {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Zone => "time-zone",
            Self::Moment { .. } => "moment",
            Self::Source { .. } => "time-source",
            Self::Server { .. } => "server",
        }
    }
}

/// Hosts with one cause in common.
#[derive(Debug)]
pub(super) struct Group<'s> {
    pub(super) shared: Shared<'s>,
    pub(super) hosts: Vec<&'s str>,
}

/// The fleet.
#[derive(Debug)]
pub(super) struct Ranking<'s> {
    /// All hosts, the most harmed first.
    pub(super) hosts: Vec<Ranked<'s>>,
    pub(super) groups: Vec<Group<'s>>,
    /// What is to be done where.
    pub(super) remedies: Vec<(Remedy, Vec<&'s str>)>,
}

impl<'s> Ranking<'s> {
    pub(super) fn of(states: &'s States) -> Self {
        let ranked =
            states.iter().map(|(name, state)| Ranked { name, state, verdict: Verdict::of(state) });
        let mut hosts: Vec<Ranked<'s>> = ranked.collect();
        hosts.sort_by_key(|it| (it.standing(), Reverse((it.verdict.harm, it.distance())), it.name));
        let groups = groups(&hosts);
        let remedies = remedies(&hosts);
        Self { hosts, groups, remedies }
    }

    pub(super) fn count(&self, standing: Standing) -> usize {
        self.hosts.iter().filter(|it| it.standing() == standing).count()
    }

    pub(super) fn refusals(&self) -> u64 {
        self.hosts.iter().fold(0, |sum, it| sum.saturating_add(it.verdict.refusals))
    }

    /// The first and the last time of all logs, in seconds since 1970.
    pub(super) fn covered(&self) -> Option<(UnixTime, UnixTime)> {
        let times = || self.hosts.iter().filter_map(|it| it.state.covered());
        let ends = times().map(|(first, _)| first).min().zip(times().map(|(_, last)| last).max());
        ends.map(|(first, last)| (UnixTime::from_secs(first), UnixTime::from_secs(last)))
    }

    /// The hosts to list: all but those without a refusal whose clocks are right, or about which nothing is known.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Ranked<'s>> {
        let is_known = |it: &Ranked<'_>| match it.standing() {
            Standing::Wrong | Standing::Corrected => true,
            Standing::Open => it.offset().is_some(),
            Standing::Right => false,
        };
        self.hosts.iter().filter(move |it| it.verdict.refusals > 0 || is_known(it))
    }
}

fn groups<'s>(hosts: &[Ranked<'s>]) -> Vec<Group<'s>> {
    let wrong = || hosts.iter().filter(|it| it.verdict.fault == ClockFault::Found);
    let zone: Vec<&str> =
        wrong().filter(|it| it.verdict.cause == Cause::TimeZone).map(|it| it.name).collect();
    let mut groups = Vec::new();
    if zone.len() > 1 {
        groups.push(Group { shared: Shared::Zone, hosts: zone });
    }
    let others = wrong().filter(|it| it.verdict.cause != Cause::TimeZone);
    let mut by_offset: Vec<(Offset, &Ranked<'s>)> = others
        .filter_map(|it| Some((it.offset()?, it)))
        .filter(|(offset, _)| offset.distance() > DISTINCT)
        .collect();
    by_offset.sort_by_key(|(offset, it)| (offset.least(), offset.most(), it.name));
    let mut rest = by_offset.as_slice();
    while let Some((first, _)) = rest.first() {
        let (common, count) = in_common(*first, rest);
        let (group, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        if group.len() >= MANY {
            let members: Vec<&Ranked<'s>> = group.iter().map(|(_, it)| *it).collect();
            groups.push(group_of(common, &members, hosts));
        }
        rest = after;
    }
    groups.sort_by_key(|group| Reverse(group.hosts.len()));
    groups
}

/// The offset that the longest start of `sorted` has in common, and its length.
fn in_common(first: Offset, sorted: &[(Offset, &Ranked<'_>)]) -> (Offset, usize) {
    let (mut common, mut count) = (first, 0_usize);
    for (offset, _) in sorted {
        let Some(left) = common.intersect(*offset) else { break };
        (common, count) = (left, count.saturating_add(1));
    }
    (common, count)
}

fn group_of<'s>(offset: Offset, members: &[&Ranked<'s>], all: &[Ranked<'s>]) -> Group<'s> {
    let mut hosts: Vec<&str> = members.iter().map(|it| it.name).collect();
    hosts.sort_unstable();
    let server = members.first().map_or("", |it| it.verdict.server.as_str());
    let is_of_server = |it: &Ranked<'_>| it.verdict.server == server;
    let asks = all.iter().filter(|it| is_of_server(it)).count();
    let is_only = !server.is_empty()
        && members.iter().all(|it| is_of_server(it))
        && asks == members.len()
        && all.iter().any(|it| !is_of_server(it) && !it.verdict.server.is_empty());
    let by = members.iter().filter_map(|it| it.verdict.since.filter(|it| it.after.is_some()));
    let by: Vec<UnixTime> = by.map(|since| since.by).collect();
    let ends = by.iter().min().copied().zip(by.iter().max().copied());
    let together =
        ends.filter(|(first, last)| by.len() == members.len() && *last - *first <= TOGETHER);
    let shared = match together {
        _ if is_only => Shared::Server { offset, server: server_name(members) },
        Some((by, _)) => Shared::Moment { offset, by },
        None => Shared::Source { offset },
    };
    Group { shared, hosts }
}

/// The server of the group, as its states have it: they live longer than the verdicts.
fn server_name<'s>(members: &[&Ranked<'s>]) -> &'s str {
    let stretches = members.iter().flat_map(|it| it.state.stretches());
    stretches.map(|it| it.server.as_str()).find(|name| !name.is_empty()).unwrap_or_default()
}

fn remedies<'s>(hosts: &[Ranked<'s>]) -> Vec<(Remedy, Vec<&'s str>)> {
    let mut by_code: BTreeMap<&str, Vec<&'s str>> = BTreeMap::new();
    for host in hosts.iter().filter(|it| it.standing() != Standing::Right) {
        if let Some(code) = host.verdict.remedy {
            by_code.entry(code).or_default().push(host.name);
        }
    }
    let named = by_code.into_iter().filter_map(|(code, hosts)| {
        let (_, remedy) = REMEDIES.iter().find(|(known, _)| *known == code)?;
        Some((*remedy, hosts))
    });
    let mut remedies: Vec<_> = named.collect();
    remedies.sort_by_key(|(_, hosts)| Reverse(hosts.len()));
    remedies
}

/// The bins of a histogram of offsets, from the clock that is farthest behind to the one that is farthest
/// ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bin {
    /// The least and the most that clocks in it are behind, in seconds; negative: ahead. `None` is an open end.
    pub(super) ends: (Option<i64>, Option<i64>),
    pub(super) hosts: usize,
}

/// The edges of the bins in seconds.
const EDGES: [i64; 4] = [2, 60, 3_600, 86_400];

/// The histogram, and the number of hosts whose offset is not known.
pub(super) fn histogram(hosts: &[Ranked<'_>]) -> (Vec<Bin>, usize) {
    let behind = EDGES.iter().rev().copied();
    let edges: Vec<i64> = behind.chain(EDGES.iter().map(|edge| -edge)).collect();
    let starts = edges.iter().copied().map(Some).chain([None]);
    let ends = [None].into_iter().chain(edges.iter().copied().map(Some));
    let mut bins: Vec<Bin> = starts.zip(ends).map(|ends| Bin { ends, hosts: 0 }).collect();
    let mut unknown: usize = 0;
    for host in hosts {
        let closed = host.offset().filter(|it| it.least() != Span::MIN || it.most() != Span::MAX);
        // A clock that may be right counts as right; of any other, the least error counts.
        let point = closed
            .map(|it| if it.least() > Span::ZERO { it.least() } else { it.most().min(Span::ZERO) });
        let Some(point) = point else {
            unknown = unknown.saturating_add(1);
            continue;
        };
        let is_in = |bin: &&mut Bin| {
            let (least, most) = bin.ends;
            let above = least.is_none_or(|it| point >= Span::from_secs(it));
            above && most.is_none_or(|it| point < Span::from_secs(it))
        };
        if let Some(bin) = bins.iter_mut().find(is_in) {
            bin.hosts = bin.hosts.saturating_add(1);
        }
    }
    (bins, unknown)
}
