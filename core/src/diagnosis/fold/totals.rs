//! Everything that a text has said so far, in constant memory.

use super::hosts::{HostReadings, Nodes, Platforms};
use super::local_stamps::{LocalStamps, runs_from_a_start};
use super::measurements::{Measurements, OneSided};
use super::origin::Origin;
use super::reasons::Reasons;
use super::refusal::{End, Refusal, Retry, Shape};
use super::shown::Shown;
use super::track::{Sample, Times, Track};
use super::writers::Writers;
use crate::diagnosis::host_clock::ServerName;
use crate::diagnosis::proof::{Fact, Premise};
use crate::evidence::transcript::Means;
use crate::evidence::{Announced, DateKnowledge, Facts, Moment, Row, Says, Stamp};
use crate::time::{Span, UnixTime};

/// The evidence of a text, folded.
#[derive(Debug, Clone)]
pub(crate) struct Totals {
    /// Pairs of server time and local stamps that name their zone.
    pub(crate) zoned: Track,
    /// Pairs of server time and local stamps without a zone, read as if they were UTC.
    pub(crate) zoneless: Track,
    /// `true` if such a stamp is of the first two days of a year, where clocks start.
    pub(crate) starts_a_year: bool,
    /// `true` if a stamp of these pairs names no year, so that they show the offset modulo a year.
    pub(crate) yearless: bool,
    /// Pairs of server time and the time of signing.
    pub(crate) signing: Track,
    /// The measured offsets.
    pub(crate) measurements: Measurements,
    /// The offset that follows from single times.
    pub(crate) one_sided: OneSided,
    /// A claim in the wrong form.
    pub(crate) claims_by: Option<Premise>,
    /// The announcement of an end, and the local time after it at which it was held against the token.
    pub(crate) announced_by: [Option<Premise>; 3],
    /// Local time minus UTC, if two stamps of the local clock reveal it.
    pub(crate) zone: Option<Span>,
    /// The number of the line that reveals it.
    pub(crate) zone_by: u64,
    /// The local times at which it was revealed.
    zone_times: Option<Times>,
    /// `true` if they reveal different ones, so that none applies to the other stamps.
    has_zones: bool,
    /// `true` if that zone holds only if what was refused was made for its request.
    pub(crate) is_zone_likely: bool,
    /// The largest step that a time service made or requested.
    pub(crate) step: Option<Span>,
    /// The line that states it, or the stamps between which the clock was set.
    pub(crate) step_by: [Option<Premise>; 2],
    /// The line by which the clock ran from 1970 or a similar start, or by which a service reported
    /// that the time was lost.
    pub(crate) unset: Option<Premise>,
    /// The refusal that the conclusion is about.
    pub(crate) refusal: Option<Refusal>,
    /// The result of another attempt with the server's time.
    pub(crate) retry: Retry,
    /// `true` if a server stated its time in the body of an answer, as those of failures do.
    pub(crate) failed: bool,
    /// `true` if some refusal is part of a log or a transcript.
    pub(crate) happened: bool,
    /// The products that printed the refusals, each once.
    pub(crate) products: heapless::Vec<&'static str, 3>,
    /// `true` if a line has an earlier stamp than the previous one, or names another host: several
    /// clocks wrote the text.
    pub(crate) several_clocks: bool,
    /// The hosts that wrote the text.
    pub(crate) writers: Writers,
    /// `true` if some refusal says "not yet".
    pub(crate) says_early: bool,
    /// `true` if some refusal says "no longer".
    pub(crate) says_late: bool,
    /// Number of refusals.
    pub(crate) refusals: u64,
    /// Other reasons.
    pub(crate) reasons: Reasons,
    /// The newest time of a server.
    pub(crate) last_date: Option<UnixTime>,
    /// The newest end of a token that the text says was made.
    pub(crate) announced: Option<End>,
    /// The times printed by hosts that were queried.
    pub(crate) hosts: HostReadings,
    /// The answers of the servers that share a name.
    pub(crate) nodes: Nodes,
    /// `true` if the caller named the zone of stamps that counted.
    pub(crate) zone_assumed: bool,
    /// The platform that the text was written on.
    pub(crate) platforms: Platforms,
    /// The server that refused.
    pub(crate) server: ServerName,
    /// The lines to show.
    pub(crate) shown: Shown,
}

impl Totals {
    pub(crate) const fn new() -> Self {
        Self {
            zoned: Track::new(),
            zoneless: Track::new(),
            starts_a_year: false,
            yearless: false,
            signing: Track::new(),
            measurements: Measurements::new(),
            one_sided: OneSided::NONE,
            claims_by: None,
            announced_by: [None; 3],
            zone: None,
            zone_by: 0,
            zone_times: None,
            has_zones: false,
            is_zone_likely: false,
            step: None,
            step_by: [None; 2],
            unset: None,
            refusal: None,
            retry: Retry::None,
            failed: false,
            happened: false,
            products: heapless::Vec::new(),
            several_clocks: false,
            writers: Writers::new(),
            says_early: false,
            says_late: false,
            refusals: 0,
            reasons: Reasons::NONE,
            last_date: None,
            announced: None,
            hosts: HostReadings::new(),
            nodes: Nodes::new(),
            zone_assumed: false,
            platforms: Platforms::new(),
            server: ServerName::new(),
            shown: Shown::new(),
        }
    }

    /// Records a refusal. One that time may explain takes precedence over one that has many
    /// possible reasons. `happened` means that the text is a log or a transcript, not a page about
    /// refusals.
    pub(crate) fn refuse(&mut self, row: &'static Row, shape: Shape, happened: bool, line: u64) {
        self.refusals = self.refusals.saturating_add(1);
        self.retry.refuse(row);
        if row.says != Says::Refused && !self.products.contains(&row.product) {
            let _ = self.products.push(row.product);
        }
        self.happened |= happened;
        self.says_early |= matches!(row.says, Says::NotYet | Says::CertificateNotYet);
        self.says_late |= matches!(row.says, Says::Expired | Says::CertificateEnded);
        let weight = row.says.weight();
        let replaces = self.refusal.is_none_or(|held| held.row.says.weight() < weight);
        if replaces {
            self.refusal = Some(Refusal { row, shape, line });
        }
    }

    /// Returns `true` if the text is a page about refusals: it quotes several products, and both
    /// "not yet" and "no longer".
    pub(crate) fn is_page(&self) -> bool {
        self.products.is_full() && self.says_early && self.says_late
    }

    /// The zone of a local time without one, if the text reveals it near that time. It is likely.
    pub(crate) fn zone_at(&self, local: UnixTime) -> Option<Span> {
        self.zone.filter(|_| self.zone_times.is_none_or(|times| times.is_rather_near(local)))
    }

    /// The zone of the pairs without one.
    pub(crate) fn zone_of_pairs(&self) -> Option<Span> {
        let is_near = |it: &Sample| self.zone_times.is_none_or(|times| times.is_near(it.local()));
        self.zone.filter(|_| self.zoneless.counting().all(is_near))
    }

    /// Records a zone that two stamps of the local clock reveal, at the local time `at` and on `line`.
    pub(crate) fn give_zone(&mut self, zone: Option<Span>, at: Option<UnixTime>, line: u64) {
        let Some(zone) = zone else { return };
        self.zone_by = line;
        if core::mem::take(&mut self.is_zone_likely) {
            self.zone = None;
        }
        self.has_zones |= self.zone.is_some_and(|held| held != zone);
        self.zone = Some(zone).filter(|_| !self.has_zones);
        self.reveal_zone(at);
    }

    fn reveal_zone(&mut self, at: Option<UnixTime>) {
        let Some(at) = at else { return };
        self.zone_times = Some(self.zone_times.map_or(Times::once(at), |held| held.and(at)));
    }

    /// Records a zone that applies only if what was refused was made for its request.
    pub(crate) fn suppose_zone(&mut self, zone: Span, at: Option<UnixTime>, line: u64) {
        let is_near = |at| self.zone_times.is_none_or(|times| times.is_near(at));
        // The same zone, long after it was revealed.
        let is_kept = self.zone == Some(zone) && !at.is_some_and(is_near);
        if (self.zone.is_none() || is_kept) && !self.has_zones {
            self.zone_by = line;
            self.reveal_zone(at);
            (self.zone, self.is_zone_likely) = (Some(zone), true);
        }
    }

    /// Records what a line says independently of its exchange.
    pub(crate) fn note(&mut self, facts: &Facts, stamps: &LocalStamps) {
        let stamp = stamps.own.or(stamps.before);
        self.several_clocks |= stamps.jump().is_some_and(|jump| jump < Span::from_secs(-1));
        self.failed |= facts.captures.server.is_some();
        let utc = facts.utc.map(|utc| (Means::Ntp, utc));
        for (means, offset) in facts.measured.into_iter().chain(utc) {
            self.measurements.note(means, offset, stamps.number());
        }
        self.retry.note(facts);
        let set = facts.service.filter(|row| row.says == Says::Set);
        let jump = || Some((stamps.jump().filter(|_| set.is_some())?, stamps.jumped()));
        let line = stamps.number();
        let stated = |step| (step, [Some(Premise { line, fact: Fact::Step(step) }), None]);
        if let Some((step, by)) = facts.captures.step.map(stated).or_else(jump) {
            self.step(step, stamps, by);
        }
        if facts.is_unsynchronized {
            self.measurements.distrust(stamps.line);
        }
        let end = facts.announced.and_then(|announced| match announced {
            Announced::At(end) => {
                let at = end.as_utc().earliest();
                Some(End { at, in_utc: true, line, lifetime: Span::ZERO })
            }
            Announced::In(length) => stamp.filter(is_dated).map(|stamp| End {
                at: Moment::from(stamp).as_utc().earliest() + length,
                in_utc: stamp.zone.is_some(),
                line,
                lifetime: length,
            }),
        });
        let is_newer = |end: &End| self.announced.is_none_or(|held| held.at <= end.at);
        self.announced = end.filter(is_newer).or(self.announced);
        self.reasons.naive_time |= facts.is_naive;
        self.note_unset(facts, stamps);
    }

    /// Records that the clock shows a time which only one shows that was never set.
    fn note_unset(&mut self, facts: &Facts, stamps: &LocalStamps) {
        let stamp = stamps.own.or(stamps.before);
        let lost = facts.service.is_some_and(|row| row.says == Says::Unset);
        // What has no stamp may be a test, or an example.
        let read = facts.unset_clock.filter(|_| stamps.own.is_some() || stamps.counts_from_boot);
        let stated = facts.captures.local.or(facts.captures.now).or(read).map(|local| local.civil);
        let is_shown = |stamp: &Stamp| facts.refusal.is_some() && is_dated(stamp);
        let shown = stamp.filter(is_shown).map(|stamp| stamp.civil);
        let start = stated.or(shown).filter(|at| runs_from_a_start(*at)).map(Fact::UnsetTime);
        if let Some(fact) = lost.then_some(Fact::TimeLost).or(start) {
            self.unset.get_or_insert(Premise { line: stamps.number(), fact });
        }
    }

    /// Records a server to which a request is sent: the last one before the first refusal, or else the
    /// first one after it.
    pub(crate) fn name_server(&mut self, name: &[u8], is_refused: bool) {
        if is_refused && !self.server.is_empty() {
            return;
        }
        self.server.clear();
        for byte in name {
            if self.server.push(char::from(*byte)).is_err() {
                self.server.clear();
                return;
            }
        }
    }

    /// Records the host that wrote a line.
    pub(crate) fn meet(&mut self, origin: Origin<'_>) {
        self.writers.meet(origin);
        self.several_clocks |= self.writers.are_several();
    }

    /// Keeps the largest error that a time service measured. An error below one second shows that
    /// the clock is right.
    fn step(&mut self, step: Span, stamps: &LocalStamps, by: [Option<Premise>; 2]) {
        const DAILY: Span = Span::from_secs(1);
        if self.measurements.is_distrusted(stamps.line) {
            return;
        }
        if step.abs() < DAILY {
            self.measurements.note_kept(step, stamps.number());
        } else if self.step.is_none_or(|held| held.abs() < step.abs()) {
            (self.step, self.step_by) = (Some(step), by);
        }
    }
}

fn is_dated(stamp: &Stamp) -> bool {
    stamp.date == DateKnowledge::Full
}
