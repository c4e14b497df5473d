//! Comparison of diagnoses with the truth, counted in a table.

use core::fmt;
use std::collections::BTreeMap;

use jwtick_core::diagnosis::{Cause, Certainty, ClockFault, Diagnosis, HostClock, Possibility};
use jwtick_core::time::{Direction, Offset};
use jwtick_core::{Diagnoser, Options, Span};

use super::Draw;
use super::log::written;
use super::scene::{Kind, Objection, SECOND, Scene, Story};
use crate::diagnosis::table::said;
use crate::dressings::wardrobe::{Dressing, Rule, WARDROBE};
use crate::proofs::{complaint, reservation_complaint};

/// A larger error is a fault of its own, whatever was refused: no judge tolerates more (RFC 4120 §1.6).
const TOLERATED: i64 = 300 * SECOND;
/// A clock that is off by more is said to be wrong, though not with certainty, next to a refusal whose
/// limits the log does not show: it may have caused the refusal, and has to be set in any case.
const PLAIN: i64 = 30 * SECOND;
/// The precision of a log whose lines are written up to 5 s after an answer of whole seconds, in which
/// the validity of what was refused is not shown. That the end lies within these seconds is a coincidence
/// which no such log excludes, so it is called likely that a clock that may be right is right.
const PRECISION: i64 = 10 * SECOND;

/// A clock that drifts by 500 ppm gains or loses less in the minutes between the exchanges of a log.
const DRIFT: Span = Span::from_millis(300);

/// A false word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// A clock is blamed although it is right.
    Accusation,
    /// No clock is blamed although the exchange would have passed with a right one.
    Acquittal,
    /// The interval does not contain the offset, or the direction is wrong.
    Unsound,
    /// It is called proven without a proof, or the text does not confirm the proof.
    Unproven,
    /// It is called proven, and is false in another world whose log has the same text.
    Refuted,
    /// It is likely without an assumption, or undetermined and does not list the truth.
    Unlisted,
    /// A further line that contradicts nothing makes the answer less definite.
    Weakened,
}

/// Counts for one kind of exchange.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    logs: u64,
    /// Logs that show both clocks and the times of what was refused.
    decidable: u64,
    decided: u64,
    decided_decidable: u64,
    /// Logs whose diagnosis has a proof, each of which is checked.
    proofs: u64,
    /// Other worlds in which the text of a proven diagnosis is written as well.
    others: u64,
}

/// Number of logs of one kind, and the length and the text of the shortest.
type Found = (u64, u64, String);
/// A fault, whether it was called proven, the kind of exchange and the stated cause.
type Key = (Fault, bool, Kind, String);

/// All logs so far.
#[derive(Default)]
pub(crate) struct Table {
    rows: BTreeMap<Kind, Row>,
    /// The number of faults, and the shortest log with each.
    faults: BTreeMap<Key, Found>,
    open: BTreeMap<String, Found>,
}

fn diagnose(text: &[u8]) -> Diagnosis {
    let mut diagnoser = Diagnoser::<16>::for_hosts(Options::default());
    diagnoser.feed(text);
    diagnoser.finish()
}

/// Dressings that break lines, repeat them, or cut their stamps.
const BROKEN: &[&str] = &["twice", "less -N", "quoted-printable", "cf logs"];

/// A form in which logs reach their reader. The text itself is one of them.
#[derive(Clone, Copy)]
struct Form(Option<&'static Dressing>);

impl Form {
    fn drawn(draw: &mut Draw, story: &Story) -> Self {
        let dressing = draw.once_in(3).then(|| &WARDROBE[draw.index(WARDROBE.len())]);
        // These give a line without a stamp that of the line before it, which may have been written earlier.
        let is_exact = |it: &&Dressing| {
            let fits = |scene: &Scene| !scene.shown.bare_headers && scene.form.has_millis();
            it.rule() == Rule::Same || story.scenes().all(fits)
        };
        // What puts a stamp or a name before a line names another host, and a trace quotes no record in JSON.
        let is_trace = |it: &&Dressing| it.name == "Caused by";
        let is_record = story.subject().form == super::log::Form::Hosted;
        let dressing = dressing.filter(|it| !(is_trace(it) && is_record));
        let dressing = dressing.filter(|_| story.neighbour.is_none());
        // Lines that are broken may have a time of another clock where others have their stamps, the same log
        // once more runs back in time, and numbers before stamps may be a part of them.
        let is_whole = |it: &&Dressing| it.can_be_outer() && !BROKEN.contains(&it.name);
        Self(dressing.filter(is_exact).filter(is_whole))
    }

    fn dress(self, text: &str) -> Vec<u8> {
        let dressed = self.0.and_then(|dressing| dressing.dress(text));
        dressed.unwrap_or_else(|| text.as_bytes().to_vec())
    }

    /// What is wrong with the proof. In other forms, the lines that a proof names are not those of the text.
    fn complaint(self, dressed: &[u8], diagnosis: &Diagnosis) -> Option<String> {
        let has_lines = self.0.is_none_or(Dressing::is_prefix);
        has_lines.then(|| complaint(dressed, diagnosis))?
    }

    /// How the log differs from those of products.
    fn key(self, story: &Story) -> &'static str {
        match (story.subject().form.is_invented(), self.0) {
            (true, _) => ", invented",
            (false, Some(_)) => ", dressed",
            (false, None) => "",
        }
    }

    const fn name(self) -> &'static str {
        match self.0 {
            Some(dressing) => dressing.name,
            None => "bare",
        }
    }
}

impl Table {
    /// Writes, reads and judges one log.
    pub(crate) fn add(&mut self, seed: u64) {
        let mut draw = Draw::new(seed);
        let story = Story::drawn(&mut draw);
        let form = Form::drawn(&mut draw, &story);
        let text = written(&story);
        let dressed = form.dress(&text);
        let diagnosis = diagnose(&dressed);
        let kind = story.subject().kind;
        let is_decided = diagnosis.fault != ClockFault::Open;
        let is_decidable = is_decidable(&story);
        let others = match diagnosis.certainty {
            Certainty::Proven => others(&story, &text, seed),
            Certainty::Likely | Certainty::Weak => Vec::new(),
        };
        self.count(kind, is_decidable, &diagnosis, others.len());
        let refuted = others.iter().find(|other| !faults_of_subject(other, &diagnosis).is_empty());
        let complaint = form.complaint(&dressed, &diagnosis).unwrap_or_default();
        let mut faults = faults(&story, &diagnosis);
        faults.extend(refuted.map(|_| Fault::Refuted));
        faults.extend((!complaint.is_empty()).then_some(Fault::Unproven));
        if seed.is_multiple_of(4) {
            faults.extend(faults_of_longer(&text, &story, form, &diagnosis));
        }
        let shown = |text: &str| {
            let (name, said, left) = (form.name(), said(&diagnosis), &diagnosis.possibilities);
            let text =
                if form.0.is_some() { String::from_utf8_lossy(&dressed) } else { text.into() };
            let found = format!("{complaint} {refuted:?} {left:?}\nseed {seed}, {name}");
            format!("{found}, {story:?}\n{text}{said}\n")
        };
        if is_decidable && !is_decided {
            let objection = story.objection();
            let key = format!("{kind:?} {objection:?} {:?} {}", diagnosis.decider, story.key());
            note(&mut self.open, key, &text, shown);
        }
        for fault in faults {
            let proven = diagnosis.certainty == Certainty::Proven;
            let cause = format!("{} {}{}", diagnosis.cause, story.key(), form.key(&story));
            note(&mut self.faults, (fault, proven, kind, cause), &text, shown);
        }
    }

    fn count(&mut self, kind: Kind, is_decidable: bool, diagnosis: &Diagnosis, others: usize) {
        let row = self.rows.entry(kind).or_default();
        let decided = diagnosis.fault != ClockFault::Open;
        row.logs += 1;
        row.decidable += u64::from(is_decidable);
        row.decided += u64::from(decided);
        row.decided_decidable += u64::from(decided && is_decidable);
        row.proofs += u64::from(diagnosis.proof.is_some());
        row.others += u64::try_from(others).unwrap();
    }

    /// Adds what another table counted.
    pub(crate) fn merge(&mut self, other: Self) {
        for (kind, it) in other.rows {
            let row = self.rows.entry(kind).or_default();
            row.logs += it.logs;
            row.decidable += it.decidable;
            row.decided += it.decided;
            row.decided_decidable += it.decided_decidable;
            row.proofs += it.proofs;
            row.others += it.others;
        }
        merge(&mut self.faults, other.faults);
        merge(&mut self.open, other.open);
    }

    /// The numbers of false words about logs of one exchange, of several, of two hosts, about dressed ones, and
    /// about those with stamps of a form that no program prints.
    pub(crate) fn false_words(&self) -> [u64; 5] {
        let mut numbers = [0; 5];
        for ((.., cause), (times, ..)) in &self.faults {
            let has = |part: &str| cause.contains(part);
            let column = match () {
                () if has(", invented") => 4,
                () if has(", dressed") => 3,
                () if has(" neighbour") => 2,
                () if has(" alone") => 0,
                () => 1,
            };
            numbers[column] += times;
        }
        numbers
    }

    /// The shortest log of each kind of fault, at most `count`.
    pub(crate) fn smallest(&self, count: usize) -> String {
        let mut all: Vec<_> = self.faults.iter().collect();
        all.sort_by_key(|(_, (times, ..))| core::cmp::Reverse(*times));
        let one = |(key, (times, _, log)): &(&_, &Found)| format!("{times} × {key:?}\n{log}\n");
        let faults: String = all.iter().take(count).map(one).collect();
        let mut open: Vec<_> = self.open.iter().collect();
        open.sort_by_key(|(_, (times, ..))| core::cmp::Reverse(*times));
        let one =
            |(key, (times, _, log)): &(&String, &Found)| format!("{times} × open: {key}\n{log}\n");
        let open: String = open.iter().take(count).map(one).collect();
        format!("{faults}{open}")
    }
}

fn note<K: Ord>(held: &mut BTreeMap<K, Found>, key: K, text: &str, shown: impl Fn(&str) -> String) {
    let length = u64::try_from(text.len()).unwrap();
    let entry = held.entry(key).or_insert_with(|| (0, u64::MAX, String::new()));
    entry.0 += 1;
    if length < entry.1 {
        (entry.1, entry.2) = (length, shown(text));
    }
}

fn merge<K: Ord>(held: &mut BTreeMap<K, Found>, other: BTreeMap<K, Found>) {
    for (key, (times, length, text)) in other {
        let entry = held.entry(key).or_insert_with(|| (0, u64::MAX, String::new()));
        entry.0 += times;
        if length < entry.1 {
            (entry.1, entry.2) = (length, text);
        }
    }
}

fn contains(offset: Offset, micros: i64) -> bool {
    offset.contains(Span::from_micros(micros))
}

/// The faults of `diagnosis`, and of what it says about hosts that it is not about.
fn faults(story: &Story, diagnosis: &Diagnosis) -> Vec<Fault> {
    let mut faults = faults_of_subject(story, diagnosis);
    let Some(neighbour) = story.of_neighbour() else { return faults };
    for host in &diagnosis.hosts {
        let of_host = if host.name == story.subject().host { story } else { &neighbour };
        if host.offset.is_some_and(|offset| !contains(offset, of_host.subject().offset)) {
            faults.push(Fault::Unsound);
        }
        let found = (host.cause, host.fault, host.certainty);
        if let (Some(cause), Some(fault), Some(certainty)) = found {
            let (offset, offset_if_utc, direction) = (host.offset, None, None);
            let own = diagnosis.clone();
            let own =
                Diagnosis { cause, fault, certainty, offset, offset_if_utc, direction, ..own };
            let is_new = |it: &Fault| *it != Fault::Unlisted && !host.is_subject;
            faults.extend(faults_of(of_host, &own).into_iter().filter(is_new));
        }
    }
    faults
}

/// The faults about the host that the diagnosis is about. If it names none, it may be about either.
fn faults_of_subject(story: &Story, diagnosis: &Diagnosis) -> Vec<Fault> {
    let Some(neighbour) = story.of_neighbour() else { return faults_of(story, diagnosis) };
    let subject = diagnosis.hosts.iter().find(|host| host.is_subject);
    let is_of = |story: &Story| subject.is_some_and(|it| it.name == story.subject().host);
    match (is_of(story), is_of(&neighbour)) {
        (true, _) => faults_of(story, diagnosis),
        (_, true) => faults_of(&neighbour, diagnosis),
        _ => {
            let theirs = faults_of(&neighbour, diagnosis);
            faults_of(story, diagnosis).into_iter().filter(|it| theirs.contains(it)).collect()
        }
    }
}

fn faults_of(story: &Story, diagnosis: &Diagnosis) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_any_refused = story.refused().next().is_some();
    if reservation_complaint(diagnosis).is_some()
        || (is_any_refused && !story.refused().any(|scene| is_listed(scene, diagnosis)))
    {
        faults.push(Fault::Unlisted);
    }
    if diagnosis.fault == ClockFault::Found
        && story.refused().all(|scene| is_accusation(scene, diagnosis))
    {
        faults.push(Fault::Accusation);
    }
    let refused =
        || story.exchanges.iter().filter_map(|(scene, objection)| Some((scene, (*objection)?)));
    // Words that are no refusal to jwtick may be of another time than the clock was seen.
    let is_seen = diagnosis.refusals > 0 || story.is_steady;
    if diagnosis.fault == ClockFault::Cleared
        && is_seen
        && refused().all(|(scene, objection)| is_acquittal(scene, objection, diagnosis))
    {
        faults.push(Fault::Acquittal);
    }
    if is_unsound_for_all(story, diagnosis) {
        faults.push(Fault::Unsound);
    }
    faults
}

/// Returns `true` if the interval holds the offset at no exchange that shows both clocks: at no refused
/// one, if one of those does. A clock that was set in between had several.
fn is_unsound_for_all(story: &Story, diagnosis: &Diagnosis) -> bool {
    let is_any_seen = diagnosis.refusals > 0 && story.refused().any(|scene| scene.shown.date);
    let refused = story.refused().filter(|scene| !is_any_seen || scene.shown.date);
    // A server made the token that it delivered, which shows its time as `Date` does.
    let delivers = |scene: &Scene| scene.kind == Kind::Assertion && scene.shown.token;
    let passed = story.exchanges.iter().filter(|(_, objection)| objection.is_none());
    let passed = passed.map(|(scene, _)| scene).filter(|scene| scene.shown.date || delivers(scene));
    refused.chain(passed.filter(|_| !is_any_seen)).all(|scene| is_unsound(scene, diagnosis))
}

fn is_accusation(scene: &Scene, diagnosis: &Diagnosis) -> bool {
    let is_proven = diagnosis.certainty == Certainty::Proven;
    let is_off = scene.offset.abs() > if is_proven { TOLERATED } else { PLAIN };
    diagnosis.cause == Cause::RemoteClock || (scene.is_refused_anyway() && !is_off)
}

fn is_acquittal(scene: &Scene, objection: Objection, diagnosis: &Diagnosis) -> bool {
    let is_proven = diagnosis.certainty == Certainty::Proven;
    // The words about a signed request show when it was signed, but for the invented ones.
    let words = super::wording::words(scene, objection);
    let shows_validity = scene.shows_validity() && !words.starts_with("turned away: your request");
    let is_coincidence = !is_proven && !shows_validity && scene.offset.abs() < PRECISION;
    scene.passes_with_right_clock() && !is_coincidence
}

fn is_unsound(scene: &Scene, diagnosis: &Diagnosis) -> bool {
    let wrong_way = match diagnosis.direction {
        Some(Direction::Behind) => scene.offset < 0,
        Some(Direction::Ahead) => scene.offset > 0,
        None => false,
    };
    let excluded = diagnosis.offset.is_some_and(|offset| !contains(offset, scene.offset));
    let in_utc = scene.zone == 0 || scene.form.is_instant();
    let excluded_in_utc =
        in_utc && diagnosis.offset_if_utc.is_some_and(|it| !contains(it, scene.offset));
    wrong_way || excluded || excluded_in_utc
}

/// Returns `true` if the diagnosis decides, or the true reading of the log is among those that remain.
fn is_listed(scene: &Scene, diagnosis: &Diagnosis) -> bool {
    let truth = match scene.kind {
        _ if !scene.is_refused_anyway() && scene.offset > 0 => Possibility::LocalBehind,
        _ if !scene.is_refused_anyway() => Possibility::LocalAhead,
        Kind::Assertion | Kind::Signature => Possibility::LateRequest,
        Kind::Bearer | Kind::Verifier => Possibility::Expired,
        Kind::Certificate => Possibility::Certificate,
    };
    let is_open = diagnosis.fault == ClockFault::Open && diagnosis.refusals > 0;
    !is_open || diagnosis.possibilities.contains(&truth)
}

/// Returns `true` if the log shows both clocks and the validity of what was refused, in words about time
/// that some product prints, and the truth does not hang on what no log shows: the judge's tolerance.
fn is_decidable(story: &Story) -> bool {
    let (scene, objection) = (story.subject(), story.objection());
    // Words that name no time, or none that was missed.
    const SILENT: &[&str] =
        &["the gateway", "\"invalid_grant\"}", "401 Unauthorized", "RequestTimeTooSkewed"];
    let words = super::wording::words(scene, objection);
    let is_invented = super::wording::is_invented(scene, objection, &words);
    let is_silent =
        |it: &&str| words.ends_with(*it) || words.starts_with("the ") && words.contains(*it);
    let states_limit = words.contains(" min.)") || words.contains("recv_window");
    let shows_validity = scene.shows_validity() || objection == Objection::NotBegun;
    scene.form.is_instant()
        && story.neighbour.is_none()
        && scene.shown.date
        && !is_invented
        && shows_validity
        && scene.kind != Kind::Certificate
        && !SILENT.iter().any(is_silent)
        && (states_limit || !scene.hangs_on_tolerance(objection))
}

/// The log with one more line before it and one more after it.
fn longer(text: &str, story: &Story) -> String {
    let line = |scene: &Scene, at: i64| {
        let quiet = super::log::stamped(scene, at - scene.offset, "INFO health check passed");
        format!("{quiet}\n")
    };
    let (first, last) = (&story.exchanges[0].0, &story.exchanges.last().unwrap().0);
    let before = line(first, first.made - 40 * SECOND);
    format!("{before}{text}{}", line(last, last.logged() + 20 * SECOND))
}

/// The faults of the diagnosis of a log with further lines.
fn faults_of_longer(text: &str, story: &Story, form: Form, first: &Diagnosis) -> Vec<Fault> {
    let longer = form.dress(&longer(text, story));
    let second = diagnose(&longer);
    let is_unproven = form.complaint(&longer, &second).is_some();
    let weakened = is_weaker(first, &second) || is_weakened_by_others(text, story);
    weakened
        .then_some(Fault::Weakened)
        .into_iter()
        .chain(is_unproven.then_some(Fault::Unproven))
        .collect()
}

/// Returns `true` if exchanges of the same clock turn what is true without them into an open question, or
/// what is proven into something else.
fn is_weakened_by_others(text: &str, story: &Story) -> bool {
    let anyway: Vec<_> = story.refused().map(Scene::passes_with_right_clock).collect();
    let is_mixed = anyway.iter().any(|it| *it != anyway[0]);
    if !story.is_steady || (story.exchanges.len() == 1 && story.neighbour.is_none()) || is_mixed {
        return false;
    }
    let alone = story.without_others();
    let first = diagnose(written(&alone).as_bytes());
    let second = diagnose(text.as_bytes());
    let is_same = |host: &HostClock| host.is_subject && host.name == story.subject().host;
    let is_true = faults(&alone, &first).is_empty()
        && first.fault != ClockFault::Open
        && (story.neighbour.is_none() || second.hosts.iter().any(is_same));
    let is_other = first.certainty == Certainty::Proven && second.fault != first.fault;
    // It was likely that the clock is right, and now it is certain that it is not.
    let is_refuted = first.fault == ClockFault::Cleared
        && first.certainty != Certainty::Proven
        && second.offset.is_some_and(|offset| !contains(offset, 0));
    // Between two exchanges, the clock may have drifted.
    let widened = |offset: Offset| {
        let ends = (offset.least() - DRIFT, offset.most() + DRIFT);
        Offset::between(ends.0, ends.1).unwrap_or(offset)
    };
    let has_drifted = first
        .offset
        .zip(second.offset)
        .is_some_and(|(held, offset)| !is_within(offset, held) && is_within(offset, widened(held)));
    is_true && !is_refuted && !has_drifted && (second.fault == ClockFault::Open || is_other)
}

/// Returns `true` if `held` contains `offset`. A dressing may state microseconds that its text does not have.
fn is_within(offset: Offset, held: Offset) -> bool {
    const MADE_UP: Span = Span::from_millis(1);
    held.least() - MADE_UP <= offset.least() && offset.most() <= held.most() + MADE_UP
}

fn is_weaker(first: &Diagnosis, second: &Diagnosis) -> bool {
    first.fault != ClockFault::Open
        && (second.fault != first.fault
            || second.certainty < first.certainty
            || second.offset.zip(first.offset).is_some_and(|(it, held)| !is_within(it, held)))
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "kind         logs  decided  decidable  of these decided  proofs  other worlds"
        )?;
        for (kind, row) in &self.rows {
            let percent = |part: u64, whole: u64| 100 * part / whole.max(1);
            writeln!(
                f,
                "{:<11} {:>5}  {:>5} %  {:>9}  {:>14} %  {:>6}  {:>12}",
                format!("{kind:?}"),
                row.logs,
                percent(row.decided, row.logs),
                row.decidable,
                percent(row.decided_decidable, row.decidable),
                row.proofs,
                row.others,
            )?;
        }
        let count = |fault: Fault, proven: bool| -> u64 {
            let these = self.faults.iter().filter(|(key, _)| key.0 == fault && key.1 == proven);
            these.map(|(_, (times, ..))| times).sum()
        };
        writeln!(f, "             likely  proven")?;
        for fault in [
            Fault::Accusation,
            Fault::Acquittal,
            Fault::Unsound,
            Fault::Unproven,
            Fault::Refuted,
            Fault::Unlisted,
            Fault::Weakened,
        ] {
            let name = format!("{fault:?}");
            writeln!(f, "{name:<11} {:>7}  {:>6}", count(fault, false), count(fault, true))?;
        }
        Ok(())
    }
}

// Other worlds whose logs have the same text: what is proven by the text is true in all of them.

const MINUTE: i64 = 60 * SECOND;

/// Number of worlds that are tried for a log. Most of them write another text.
const TRIED: usize = 8;

/// Stories that `text`, the log of `story`, leaves possible as well.
fn others(story: &Story, text: &str, seed: u64) -> Vec<Story> {
    let mut draw = Draw::new(!seed);
    let drawn = (0..TRIED).map(|_| other(story, &mut draw));
    let is_possible = |it: &Story| {
        let mut exchanges = it.exchanges.iter();
        exchanges
            .all(|(scene, said)| scene.objection(scene.offset) == *said && !scene.looks_like_zone())
            && written(it) == text
    };
    drawn.filter(is_possible).collect()
}

fn other(story: &Story, draw: &mut Draw) -> Story {
    let mut it = story.clone();
    let mut each =
        |change: &dyn Fn(&mut Scene)| it.exchanges.iter_mut().for_each(|(scene, _)| change(scene));
    match draw.between(0, 5) {
        // The host is configured for another zone.
        0 => {
            let by = draw.between(-48, 56) * 15 * 60 - story.subject().zone;
            each(&|scene| {
                scene.zone += by;
                scene.offset += by * SECOND;
            });
        }
        // The servers have another time, by less than a second or by much.
        1 => {
            let by = draw.signed(0, SECOND);
            each(&|scene| later(scene, by));
        }
        2 => {
            let by = draw.signed(0, 600 * MINUTE);
            each(&|scene| later(scene, by));
        }
        // The judge tolerates more or less.
        3 => {
            let leeway = draw.between(0, 600);
            each(&|scene| scene.leeway = leeway);
        }
        // The answers were written earlier or later.
        4 => {
            let part = draw.between(0, 1_000);
            each(&|scene| {
                let both = scene.there + scene.back;
                scene.there = 1_000 + (both - 2_000) * part / 1_000;
                scene.back = both - scene.there;
            });
        }
        _ => {
            let (leeway, by) = (draw.between(0, 30), draw.signed(0, 300_000));
            each(&|scene| {
                scene.leeway = leeway;
                later(scene, by);
            });
        }
    }
    it
}

/// Moves all that does not happen by the local clock.
const fn later(scene: &mut Scene, by: i64) {
    scene.made += by;
    scene.booted += by;
    scene.offset += by;
    scene.age += by;
}
