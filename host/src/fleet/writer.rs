//! The log of one host while it is read: divided into stretches, each of which is diagnosed.

use std::collections::VecDeque;

use jwtick_core::diagnosis::LogZone;
use jwtick_core::{Diagnoser, Options, UnixTime};
use ring::digest::{Context, SHA256};

use super::state::HostState;
use super::stretch::{Place, Stretch, starts_anew};

/// Number of lines before and after a relevant one that are read with it: the diagnosis relates no lines
/// that are further apart.
const BEFORE: usize = 16;
const AFTER: usize = 64;

/// Bytes of a stretch that are held before they are diagnosed. A fleet has many hosts whose lines alternate,
/// and the state of a diagnosis is larger than most stretches.
const HELD: usize = 16 * 1024;

/// A line of a host.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// The text with its line feed.
    pub(super) text: &'t [u8],
    /// The time of the record that starts with it; `None` if it starts none.
    pub(super) time: Option<UnixTime>,
    pub(super) is_relevant: bool,
    /// The code of the remedy that the time service needs which the line shows.
    pub(super) keeper: Option<&'static str>,
}

/// The log of a host.
pub(super) struct Writer<'z> {
    zone: LogZone<'z>,
    /// The time of the last record.
    last: Option<UnixTime>,
    open: Open<'z>,
    state: HostState,
}

/// The stretch that is being read.
#[derive(Default)]
struct Open<'z> {
    place: Place,
    start: Option<UnixTime>,
    covered: Option<(UnixTime, UnixTime)>,
    /// The last lines, in case that the next one is relevant.
    before: VecDeque<Box<[u8]>>,
    /// Number of lines that will still be read.
    attention: usize,
    text: Vec<u8>,
    /// What was read of a stretch that is longer than is held.
    read: Option<Box<(Diagnoser<'z>, Context)>>,
}

impl<'z> Writer<'z> {
    pub(super) fn new(zone: LogZone<'z>) -> Self {
        Self { zone, last: None, open: Open::default(), state: HostState::default() }
    }

    /// Reads the next line; `place` tells where it is.
    pub(super) fn take(&mut self, line: Line<'_>, place: impl FnOnce() -> Place) {
        if let Some(time) = line.time {
            if self.last.is_some_and(|last| starts_anew(last, time)) {
                self.close();
            }
            self.last = Some(time);
            let (first, last) = self.open.covered.unwrap_or((time, time));
            self.open.covered = Some((first.min(time), last.max(time)));
            self.open.start.get_or_insert(time);
        }
        self.state.keep(line.keeper);
        self.open.take(line, self.zone, place);
    }

    fn close(&mut self) {
        let open = core::mem::take(&mut self.open);
        self.state.merge(open.evidence(self.zone));
    }

    /// The evidence in all lines.
    pub(super) fn finish(mut self) -> HostState {
        self.close();
        self.state
    }
}

impl<'z> Open<'z> {
    fn take(&mut self, line: Line<'_>, zone: LogZone<'z>, place: impl FnOnce() -> Place) {
        if line.is_relevant {
            if self.text.is_empty() && self.read.is_none() {
                self.place = place();
            }
            self.before.drain(..).for_each(|held| self.text.extend_from_slice(&held));
            self.attention = AFTER.saturating_add(1);
        }
        if self.attention > 0 {
            self.attention = self.attention.saturating_sub(1);
            self.text.extend_from_slice(line.text);
            if self.text.len() > HELD {
                self.read(zone);
            }
            return;
        }
        if self.before.len() == BEFORE {
            self.before.pop_front();
        }
        self.before.push_back(line.text.into());
    }

    /// Diagnoses what is held.
    fn read(&mut self, zone: LogZone<'z>) {
        let new = || Box::new((Diagnoser::new(Options { zone }), Context::new(&SHA256)));
        let (diagnoser, digest) = &mut **self.read.get_or_insert_with(new);
        diagnoser.feed(&self.text);
        digest.update(&self.text);
        self.text.clear();
    }

    /// What the stretch shows.
    fn evidence(mut self, zone: LogZone<'z>) -> HostState {
        let mut state = HostState::default();
        state.cover(self.covered);
        if !self.text.is_empty() {
            self.read(zone);
        }
        let Some(read) = self.read else { return state };
        let (diagnoser, digest) = *read;
        let digest = digest.finish();
        let head = digest.as_ref().first_chunk().copied().unwrap_or_default();
        let key = (self.start.map(UnixTime::floor_secs), u64::from_be_bytes(head));
        let lasted = self.covered.map_or(jwtick_core::Span::ZERO, |(first, last)| last - first);
        state.add(Stretch::of(&diagnoser.finish(), key, self.place), lasted);
        state
    }
}
