//! The hosts of several inputs: logs, tables of lines, and states that were collected before.

use core::fmt;
use std::collections::{BTreeMap, HashMap};

use jwtick_core::UnixTime;
use jwtick_core::diagnosis::{LineTimes, LogZone, TimedLine};

use super::state::HostState;
use super::stretch::{Place, code};
use super::table::{self, NotARow};
use super::writer::{Line, Writer};
use super::written::{self, NotAState};

/// The longest row of a table, and the longest state: that of a host with ten days of refusals has 300 KB.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// The states of hosts by their names.
pub(crate) type States = BTreeMap<String, HostState>;

/// The logs of hosts.
pub(super) struct Collection<'z> {
    zone: LogZone<'z>,
    hosts: HashMap<Vec<u8>, Host<'z>>,
    states: States,
}

/// A host whose log is read.
struct Host<'z> {
    /// The place of the last row of a table.
    last: Place,
    writer: Writer<'z>,
    /// The stamps of lines that come without their times.
    times: LineTimes<'z>,
}

/// What is known about an input.
pub(super) struct About {
    pub(super) name: String,
    /// The host of lines that name none.
    pub(super) host: Vec<u8>,
    /// A time near its records, for stamps without a year.
    pub(super) near: UnixTime,
}

/// A line that is neither a row of the table that its input starts with, nor a state.
#[derive(Debug)]
pub(crate) struct LineFault {
    pub(crate) number: u64,
    pub(crate) kind: LineFaultKind,
}

/// The kind of fault.
#[derive(Debug)]
pub(crate) enum LineFaultKind {
    Row(NotARow),
    State(NotAState),
    /// It is longer than any row or state needs to be.
    TooLong,
}

impl fmt::Display for LineFaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(fault) => fault.fmt(f),
            Self::State(fault) => fault.fmt(f),
            Self::TooLong => {
                write!(f, "expected at most {LONGEST} bytes in a line, but found more")
            }
        }
    }
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.number, self.kind)
    }
}

impl core::error::Error for LineFault {}

impl<'z> Collection<'z> {
    pub(super) fn new(zone: LogZone<'z>) -> Self {
        Self { zone, hosts: HashMap::new(), states: BTreeMap::new() }
    }

    fn host(&mut self, name: &[u8], near: UnixTime) -> &mut Host<'z> {
        let zone = self.zone;
        self.hosts.entry(name.to_owned()).or_insert_with(|| Host {
            last: Place::default(),
            writer: Writer::new(zone),
            times: LineTimes::new(zone, near),
        })
    }

    pub(super) const fn zone(&self) -> LogZone<'z> {
        self.zone
    }

    pub(super) fn has(&self, host: &[u8]) -> bool {
        self.hosts.contains_key(host)
    }

    /// Reads a line of the log of `host`.
    pub(super) fn log(&mut self, line: TimedLine<'_>, host: &[u8], about: &About) {
        let time = line.time.filter(|_| line.is_stamped).map(|time| time.at.earliest());
        let taken =
            Line { text: line.text, time, is_relevant: line.is_relevant(), keeper: keeper(&line) };
        let place = || Place { source: about.name.clone(), at: line.number.to_string() };
        self.host(host, about.near).writer.take(taken, place);
    }

    /// Reads a row of a table.
    pub(super) fn row(&mut self, text: &[u8], near: UnixTime) -> Result<(), NotARow> {
        let row = table::row(text, self.zone)?;
        let host = self.host(row.host, near);
        // What was delivered twice comes one after the other in a table that is sorted.
        if !row.place.at.is_empty() && row.place == host.last {
            return Ok(());
        }
        row.place.clone_into(&mut host.last);
        let line = host.times.read(&row.line);
        let own = line.time.filter(|_| line.is_stamped).map(|time| time.at.earliest());
        let (is_relevant, keeper) = (line.is_relevant(), keeper(&line));
        let line = Line { text: &row.line, time: row.time.or(own), is_relevant, keeper };
        host.writer.take(line, || row.place);
        Ok(())
    }

    /// Reads a line with the state of a host.
    pub(super) fn state(&mut self, text: &[u8]) -> Result<(), NotAState> {
        let (host, state) = written::read(&String::from_utf8_lossy(text))?;
        self.states.entry(host).or_default().merge(state);
        Ok(())
    }

    /// The states of all hosts.
    pub(super) fn finish(mut self) -> States {
        for (name, host) in self.hosts {
            let name = String::from_utf8_lossy(&name).into_owned();
            self.states.entry(name).or_default().merge(host.writer.finish());
        }
        self.states
    }
}

fn keeper(line: &TimedLine<'_>) -> Option<&'static str> {
    line.keeper().as_ref().and_then(code)
}

/// Unites the states of two collections.
pub(super) fn merge(into: &mut States, from: States) {
    for (host, state) in from {
        into.entry(host).or_default().merge(state);
    }
}
