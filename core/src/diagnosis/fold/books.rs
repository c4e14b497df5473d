//! The totals of a text, and those of each of its hosts.
//!
//! A text of several hosts has several clocks, and each host has its own refusals, reasons and zone. What an
//! exchange proves is added to the totals of the text and to those of the host that wrote it.

use super::measurements::OneSided;
use super::origin::UNNAMED;
use super::totals::Totals;

/// The totals of the hosts that have any, at most `HOSTS`.
pub(crate) type Owns<const HOSTS: usize> = heapless::Vec<(u32, Totals), HOSTS>;

/// The totals of a text, and those of its hosts.
pub(crate) struct Books<'t, const HOSTS: usize> {
    pub(crate) all: &'t mut Totals,
    pub(crate) own: &'t mut Owns<HOSTS>,
}

impl<const HOSTS: usize> Books<'_, HOSTS> {
    /// The totals that what `host` writes is added to. A host beyond the number that is kept has none of its
    /// own.
    pub(crate) fn of(&mut self, host: u32) -> Pages<'_> {
        let is_new = host != UNNAMED && self.own.iter().all(|(held, _)| *held != host);
        if is_new && !self.own.is_full() {
            let _ = self.own.push((host, Totals::new()));
        }
        self.pages(host)
    }

    /// The same for a host that is refused, which takes the room of one that is not.
    pub(crate) fn of_refused(&mut self, host: u32) -> Pages<'_> {
        let is_new = host != UNNAMED && self.own.iter().all(|(held, _)| *held != host);
        if is_new && self.own.is_full() {
            let quiet = self.own.iter_mut().find(|(_, totals)| totals.refusals == 0);
            if let Some(room) = quiet {
                *room = (host, Totals::new());
            }
        }
        self.of(host)
    }

    fn pages(&mut self, host: u32) -> Pages<'_> {
        let is_others = HOSTS == 0 && self.all.writers.is_about_another(host);
        let own = self.own.iter_mut().find(|(held, _)| *held == host).map(|(_, totals)| totals);
        Pages { all: self.all, own, is_kept: HOSTS > 0, is_others }
    }
}

/// The totals of the text, and those of one host.
pub(crate) struct Pages<'t> {
    pub(crate) all: &'t mut Totals,
    own: Option<&'t mut Totals>,
    /// `true` if hosts have totals of their own.
    is_kept: bool,
    /// `true` if hosts have none, and the totals of the text are about the refusals of another one.
    is_others: bool,
}

impl Pages<'_> {
    /// Adds something to both.
    pub(crate) fn each(&mut self, mut add: impl FnMut(&mut Totals)) {
        add(self.all);
        if let Some(own) = self.own.as_deref_mut() {
            add(own);
        }
    }

    /// Adds a refusal of `host`. If hosts have no totals of their own, those of the text are about the first
    /// host that was refused.
    pub(crate) fn refuse(&mut self, host: u32) {
        if !self.is_kept {
            self.all.writers.be_about(host);
        }
        if self.is_others {
            self.all.refusals = self.all.refusals.saturating_add(1);
        }
    }

    /// Adds to the totals of the host what is not about its clock. Its clock is known from samples, each of which
    /// names its host.
    pub(crate) fn each_of_host(&mut self, add: impl FnMut(&mut Totals)) {
        if !self.is_others {
            self.each(add);
        }
    }

    /// The totals that say more about the host: its own, if it has any.
    pub(crate) fn nearest(&self) -> &Totals {
        self.own.as_deref().unwrap_or(self.all)
    }
}

impl Totals {
    /// Records that the clock was set back before `line`.
    pub(crate) fn set_back(&mut self, line: u64) {
        self.zoned.set_back(line);
        self.zoneless.set_back(line);
    }

    /// The totals of a host, with what is known about the whole text, `all`.
    pub(crate) fn with_text_of(mut self, all: Self) -> Self {
        (self.hosts, self.nodes, self.platforms) = (all.hosts, all.nodes, all.platforms);
        (self.server, self.shown, self.writers) = (all.server, all.shown, all.writers);
        (self.refusals, self.products) = (all.refusals, all.products);
        self
    }

    /// Keeps the observations of the host that the conclusion is about, if several wrote the text.
    pub(crate) fn focus(&mut self, host: u32) {
        self.zoned.keep(host);
        self.zoneless.keep(host);
        self.signing.keep(host);
        if self.refusals == 0 {
            (self.one_sided, self.zone) = (OneSided::NONE, None);
        }
    }
}
