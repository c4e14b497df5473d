//! What is known about a line while its layers are taken off.

use core::ops::Range;

use super::margin::Margin;
use crate::evidence::lines::LINE_MAX;
use crate::evidence::stamp::Stamp;

/// A line without its layers.
pub(crate) type Text = heapless::Vec<u8, LINE_MAX>;

/// The name of a host or pod, cut to this length if it is longer.
pub(crate) type HostName = heapless::Vec<u8, 40>;

/// The largest number of stamps that are kept of the layers of one line.
const STAMPS: usize = 3;

/// What the layers around a line say.
#[derive(Debug, Clone)]
pub(crate) struct Layers {
    /// The stamps, from the outside in.
    pub(crate) stamps: heapless::Vec<Stamp, STAMPS>,
    /// The host that a layer names, the innermost if several do. Empty if none does.
    pub(crate) host: HostName,
    /// A hash of the host that the layer with the first stamp names: the one that passed the line on.
    pub(crate) passed_by: Option<u32>,
    /// `true` if the line had any layer.
    pub(crate) is_any: bool,
    /// `true` if the text may be words that its program only quotes: several lines as one message.
    pub(crate) is_quoted: bool,
    /// `true` for the lines of such a message after its first.
    pub(crate) is_inside_quotation: bool,
    /// `true` if a collector wrote a head before the line, so that it starts a record.
    pub(crate) has_head: bool,
    /// The width of the line in characters, inside the strings around it.
    pub(crate) width: usize,
    /// The number of blanks before the line.
    pub(crate) indent: usize,
    /// The program that a collector names. Its name is put back before the text where it matters.
    pub(super) program: heapless::Vec<u8, 48>,
}

/// What is known from the lines before, by which the layers of the next one are recognised.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    /// The number of quotings of the line before.
    pub(super) quotes: u8,
    /// The number of quotings around a request that is being sent, while it lasts.
    pub(super) sending: Option<u8>,
    /// The numbers that `grep -n` wrote before the line before, from the outside in.
    pub(super) numbers: [Option<u64>; 3],
    /// The file that `grep -H` named.
    pub(super) file: heapless::Vec<u8, 64>,
    /// A hash of the member that was all of the line before.
    pub(super) lone_member: Option<u32>,
    /// The mark of a list or of a difference that the line before had.
    pub(super) mark: Option<u8>,
    /// `true` after a record that names its host.
    pub(super) names_hosts: bool,
    /// `true` inside a cell of comma-separated values that has several lines.
    pub(super) is_in_cell: bool,
    /// The text before and after all lines.
    pub(super) margin: Margin,
    /// A hash of the name of a member, of which no list says that it holds the message, but which did.
    pub(super) member: Option<u32>,
}

impl Before {
    pub(crate) const fn new() -> Self {
        Self {
            quotes: 0,
            sending: None,
            numbers: [None; 3],
            file: heapless::Vec::new(),
            lone_member: None,
            mark: None,
            is_in_cell: false,
            names_hosts: false,
            margin: Margin::NONE,
            member: None,
        }
    }

    pub(super) fn keep_file(&mut self, name: &[u8]) -> bool {
        self.file.clear();
        self.file.extend_from_slice(name).is_ok()
    }
}

/// What is inside a layer.
pub(super) enum Inside {
    /// A part of the text.
    Part(Range<usize>),
    /// The text that was written to the spare room.
    Decoded,
}

/// What the layers of the current line show, for the next one.
pub(super) struct State {
    pub(super) quotes: u8,
    pub(super) tools: usize,
    /// The mark of a list or of a difference before the line.
    pub(super) mark: Option<u8>,
    pub(super) lone_member: Option<u32>,
    /// The pod that a prefix names.
    pub(super) pod: HostName,
    /// `true` once the margin is taken off.
    pub(super) is_inside_margin: bool,
    /// `true` if the margin names the program.
    pub(super) is_of_author: bool,
    /// The member that holds the message, by what it holds.
    pub(super) member: Option<u32>,
}

impl State {
    pub(super) const NEW: Self = Self {
        quotes: 0,
        tools: 0,
        mark: None,
        lone_member: None,
        pod: HostName::new(),
        is_inside_margin: false,
        is_of_author: false,
        member: None,
    };
}

impl Before {
    /// Keeps what the layers of `line` show.
    pub(super) fn end(&mut self, state: &State, line: &[u8], layers: &mut Layers) {
        // A host that the records name counts, not the pod that a prefix names.
        self.names_hosts |= !layers.host.is_empty();
        if !state.pod.is_empty() {
            layers.passed_by = Some(hash(state.pod.iter().copied()));
        }
        if !self.names_hosts {
            layers.host.clone_from(&state.pod);
        }
        self.quotes = state.quotes;
        self.lone_member = state.lone_member;
        self.mark = state.mark;
        self.member = state.member.or(self.member);
        if !line.trim_ascii_start().starts_with(b">") {
            self.sending = None;
        }
    }
}

impl Layers {
    /// No layers.
    pub(crate) const NONE: Self = Self {
        stamps: heapless::Vec::new(),
        host: HostName::new(),
        passed_by: None,
        is_any: false,
        is_quoted: false,
        is_inside_quotation: false,
        has_head: false,
        width: 0,
        indent: 0,
        program: heapless::Vec::new(),
    };

    pub(super) fn name_program(&mut self, program: &[u8]) {
        self.program.clear();
        let _ = self.program.extend_from_slice(program);
    }

    /// Adds what layers further inside say.
    pub(crate) fn add(&mut self, inner: &Self) {
        if self.stamps.is_empty() {
            self.passed_by = self.passed_by.or(inner.passed_by);
        }
        for stamp in &inner.stamps {
            self.stamp(*stamp);
        }
        if !inner.host.is_empty() {
            self.host.clone_from(&inner.host);
        }
        self.is_quoted |= inner.is_quoted;
    }

    /// Puts `outer` around these layers.
    pub(crate) fn put_inside(&mut self, outer: &Self) {
        let mut all = outer.clone();
        all.add(self);
        self.stamps = all.stamps;
        self.host = all.host;
        self.passed_by = all.passed_by;
    }

    /// Keeps the host that a layer names. Its stamp comes first.
    pub(super) fn name_host(&mut self, name: &[u8]) {
        self.host = host_name(name);
        if self.stamps.len() <= 1 {
            self.passed_by = self.passed_by.or_else(|| Some(hash(name.iter().copied())));
        }
    }

    pub(super) fn stamp(&mut self, stamp: Stamp) {
        if self.stamps.is_full() {
            self.stamps.remove(0);
        }
        let _ = self.stamps.push(stamp);
    }
}

pub(super) fn host_name(name: &[u8]) -> HostName {
    name.iter().copied().take(HostName::new().capacity()).collect()
}

/// Hashes bytes or characters, by FNV-1a. Names are compared by it.
pub(crate) fn hash(units: impl IntoIterator<Item: Into<u32>>) -> u32 {
    units.into_iter().fold(0x811C_9DC5, |hash, unit| (hash ^ unit.into()).wrapping_mul(0x0100_0193))
}
