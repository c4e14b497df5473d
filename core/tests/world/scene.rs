//! A refused exchange with two clocks: the local one that writes the log, and UTC, which all servers
//! have. Drawn from a seed, so the truth is known.

use super::Draw;
use super::log::Form;

pub(crate) const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The thing that was refused, and the side that refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A server judges an assertion that the local side made.
    Assertion,
    /// A server judges a token that a server made.
    Bearer,
    /// The local side judges a token that a server made.
    Verifier,
    /// A server compares the time of a signed request with its own.
    Signature,
    /// The local side judges the certificate of a server.
    Certificate,
}

/// The objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objection {
    Ended,
    NotBegun,
}

/// One exchange. Times are microseconds of UTC, lengths are microseconds.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) kind: Kind,
    pub(crate) form: Form,
    /// UTC minus the local clock.
    pub(crate) offset: i64,
    /// Local time minus UTC, as the host is configured.
    pub(crate) zone: i64,
    /// The assertion or request is made, or the token arrives.
    pub(crate) made: i64,
    /// The request is sent this long after that.
    pub(crate) waited: i64,
    /// The request reaches the server this long after it was sent.
    pub(crate) there: i64,
    /// The answer is logged this long after it was written.
    pub(crate) back: i64,
    /// The validity of a token or certificate, in seconds.
    pub(crate) lifetime: i64,
    /// A token or certificate of a server was made this long before it arrived.
    pub(crate) age: i64,
    /// The tolerance of the judge, in seconds.
    pub(crate) leeway: i64,
    /// `true` if a start in the future is refused.
    pub(crate) minds_start: bool,
    /// Seconds by which a start is set back.
    pub(crate) set_back: i64,
    /// The largest age of a signed request, in seconds.
    pub(crate) limit: i64,
    /// The host that writes the log, as far as it names itself.
    pub(crate) host: &'static str,
    /// The start of the device, for stamps that count from it.
    pub(crate) booted: i64,
    /// The age of the answer, in seconds, if a cache gave it.
    pub(crate) cached: i64,
    pub(crate) shown: Shown,
}

/// The parts of the exchange that the log shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) request: bool,
    pub(crate) claims: bool,
    pub(crate) token: bool,
    pub(crate) date: bool,
    /// All on the line of the error.
    pub(crate) one_line: bool,
    /// Headers have no stamps of their own.
    pub(crate) bare_headers: bool,
    /// Lines about other things before the exchange.
    pub(crate) noise: i64,
    /// What is sent was made for an earlier exchange of the log.
    pub(crate) again: bool,
    /// Selects one of several wordings.
    pub(crate) words: i64,
}

impl Shown {
    fn drawn(draw: &mut Draw) -> Self {
        Self {
            request: !draw.once_in(3),
            claims: draw.once_in(2),
            token: draw.once_in(4),
            date: !draw.once_in(4),
            one_line: draw.once_in(2),
            bare_headers: draw.once_in(3),
            noise: draw.of(&[0, 0, 1, 3]),
            again: false,
            words: draw.between(0, 1_000_000),
        }
    }
}

impl Scene {
    /// The first refused exchange that `draw` makes.
    pub(crate) fn refused(draw: &mut Draw) -> (Self, Objection) {
        loop {
            let scene = Self::drawn(draw);
            if let Some(objection) = scene.objection(scene.offset)
                && !scene.looks_like_zone()
            {
                return (scene, objection);
            }
        }
    }

    // A request that was late by a whole quarter of an hour cannot be told from one in another zone.
    pub(crate) fn looks_like_zone(&self) -> bool {
        let late = (self.waited + self.there + self.back) % (15 * MINUTE);
        !self.form.is_instant()
            && self.waited > MINUTE
            && late.min(15 * MINUTE - late) < 90 * SECOND
    }

    fn drawn(draw: &mut Draw) -> Self {
        let mut scene = Self::alone(draw);
        scene.booted = scene.made - draw.between(1_000_000, 90 * SECOND);
        let from_cache = scene.kind == Kind::Verifier && !scene.shown.one_line && draw.once_in(3);
        scene.cached = if from_cache { draw.between(1, 4_000) } else { 0 };
        scene
    }

    /// Draws whether the answer of an earlier exchange came from a cache, and how old it was.
    fn draw_cache(&mut self, draw: &mut Draw) {
        if self.shown.one_line || !draw.once_in(3) {
            self.cached = 0;
        } else if self.kind != Kind::Signature {
            self.cached = draw.between(1, 100_000);
        }
    }

    fn alone(draw: &mut Draw) -> Self {
        use Kind::{Assertion, Bearer, Certificate, Signature, Verifier};
        let kind =
            draw.of(&[Assertion, Assertion, Bearer, Verifier, Verifier, Signature, Certificate]);
        let lifetime = match kind {
            Certificate => draw.between(1, 400) * 86_400,
            Assertion => draw.of(&[5, 30, 60, 60, 300, 300, 600, 3_600]),
            _ => draw.of(&[60, 300, 900, 3_600, 3_600, 86_400]),
        };
        let limit = draw.of(&[5, 300, 300, 900]);
        let leeway = draw.of(&[0, 0, 0, 5, 30, 60, 60, 300]);
        let enough = if kind == Signature { limit } else { lifetime.min(7_200) + leeway };
        Self {
            kind,
            form: draw.of(Form::ALL),
            offset: offset(draw, enough * SECOND),
            zone: draw.of(ZONES) * 60,
            made: draw.between(1_420_000_000, 1_890_000_000) * SECOND + draw.between(0, SECOND - 1),
            waited: waited(draw, enough * SECOND),
            there: draw.between(5_000, 400_000),
            back: draw.of(&[5_000, 20_000, 150_000, 900_000, 2_500_000]) + draw.between(0, 99_999),
            lifetime,
            age: match kind {
                Certificate => draw.between(-lifetime, lifetime * 2).abs() * SECOND,
                _ => age(draw, lifetime * SECOND),
            },
            leeway,
            minds_start: draw.once_in(2) || kind != Assertion,
            set_back: draw.of(&[0, 0, 0, 10, 60]),
            limit,
            host: "web1",
            booted: 0,
            cached: 0,
            shown: Shown::drawn(draw),
        }
    }

    pub(crate) const fn sent(&self) -> i64 {
        self.made + self.waited
    }

    /// The server reads its clock, which `Date` shows.
    pub(crate) const fn judged(&self) -> i64 {
        self.sent() + self.there
    }

    pub(crate) const fn logged(&self) -> i64 {
        self.judged() + self.back
    }

    /// The first second of validity, for a clock that is off by `offset`.
    pub(crate) const fn start(&self, offset: i64) -> i64 {
        let at = match self.kind {
            Kind::Assertion | Kind::Signature => self.made - offset,
            Kind::Bearer | Kind::Verifier | Kind::Certificate => self.made - self.age,
        };
        at.div_euclid(SECOND) - self.set_back
    }

    pub(crate) const fn end(&self, offset: i64) -> i64 {
        self.start(offset) + self.lifetime
    }

    /// The objection of a judge, if the local clock is off by `offset`.
    pub(crate) fn objection(&self, offset: i64) -> Option<Objection> {
        let now = match self.kind {
            Kind::Verifier | Kind::Certificate => self.judged() - offset,
            Kind::Assertion | Kind::Bearer | Kind::Signature => self.judged(),
        };
        if self.kind == Kind::Signature {
            let age = now - self.start(offset) * SECOND;
            let ended = (age > self.limit * SECOND).then_some(Objection::Ended);
            let early = age < -self.limit.min(300) * SECOND;
            return ended.or(early.then_some(Objection::NotBegun));
        }
        let leeway = if self.kind == Kind::Certificate { 0 } else { self.leeway };
        if now >= (self.end(offset) + leeway) * SECOND {
            Some(Objection::Ended)
        } else if self.minds_start && now < (self.start(offset) - leeway) * SECOND {
            Some(Objection::NotBegun)
        } else {
            None
        }
    }

    /// Returns `true` if the log shows the validity of what was refused.
    pub(crate) const fn shows_validity(&self) -> bool {
        match self.kind {
            Kind::Assertion => self.shown.claims,
            Kind::Bearer | Kind::Verifier => self.shown.token,
            Kind::Signature => true,
            Kind::Certificate => false,
        }
    }

    /// Returns `true` if it depends on the tolerance of the judge, which no log shows, whether a right
    /// clock would have passed: some usual tolerance lies between the time by which the judge saw the end
    /// passed and that by which it would have seen it with a right clock.
    pub(crate) fn hangs_on_tolerance(&self, objection: Objection) -> bool {
        const USUAL: &[i64] = &[0, 1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900];
        if objection == Objection::NotBegun || self.kind == Kind::Bearer {
            return false;
        }
        let past = |offset: i64| match self.kind {
            Kind::Verifier => self.judged() - offset - self.end(offset) * SECOND,
            Kind::Signature => self.judged() - self.start(offset) * SECOND,
            _ => self.judged() - self.end(offset) * SECOND,
        };
        let (seen, right) = (past(self.offset), past(0));
        USUAL.iter().any(|it| right - SECOND < it * SECOND && it * SECOND <= seen + SECOND)
    }

    /// Returns `true` if the same exchange would have passed with a right clock.
    pub(crate) fn passes_with_right_clock(&self) -> bool {
        self.objection(0).is_none()
    }

    /// Returns `true` if a right clock would have met the same objection.
    pub(crate) fn is_refused_anyway(&self) -> bool {
        self.objection(0) == self.objection(self.offset)
    }
}

/// Minutes by which local times are ahead of UTC.
const ZONES: &[i64] = &[0, 0, 60, 120, 330, 345, 540, -210, -300, -480, 765, 840, -720];

/// Right, off by too little or just enough to matter, by a zone, by hours, or by days.
fn offset(draw: &mut Draw, enough: i64) -> i64 {
    match draw.between(0, 9) {
        0 | 1 => draw.signed(0, 20_000),
        2 => draw.signed(0, 2 * SECOND),
        3 => draw.signed(2 * SECOND, 2 * MINUTE),
        4 => draw.signed(0, 3 * SECOND) + if draw.once_in(2) { enough } else { -enough },
        5 => draw.signed(1, 28) * 30 * MINUTE + draw.signed(0, 2 * SECOND),
        6 => draw.signed(MINUTE, HOUR),
        7 => draw.signed(HOUR, 2 * DAY),
        // A log that names no year cannot tell a year from none.
        8 => draw.signed(DAY, 300 * DAY),
        _ => draw.signed(0, enough * 2),
    }
}

/// Most requests are sent at once.
fn waited(draw: &mut Draw, enough: i64) -> i64 {
    match draw.between(0, 5) {
        0 => draw.between(0, 3 * SECOND),
        1 => draw.between(enough / 2, enough * 2),
        _ => draw.between(100, 60_000),
    }
}

/// Most tokens are new.
fn age(draw: &mut Draw, lifetime: i64) -> i64 {
    match draw.between(0, 4) {
        0 => draw.between(lifetime, lifetime * 3),
        1 => draw.between(0, lifetime),
        2 => lifetime - draw.between(0, 3 * SECOND),
        _ => draw.between(0, SECOND),
    }
}

/// The exchanges of one log, in their order. The truth is known of each.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) exchanges: Vec<(Scene, Option<Objection>)>,
    /// The index of the exchange that was drawn first, which is refused.
    pub(crate) subject: usize,
    /// The offset and the zone of the host stay what they are.
    pub(crate) is_steady: bool,
    /// An exchange of another host, whose lines are in the same log.
    pub(crate) neighbour: Option<(Scene, Option<Objection>)>,
}

/// What happens to the clock of a host before the refusal.
#[derive(Debug, Clone, Copy)]
enum Past {
    Steady,
    /// Microseconds that the offset grows in a second.
    Drift(i64),
    /// The offset before a step.
    Step(i64),
    /// The zone before the switch to or from summer time.
    Summer(i64),
}

impl Story {
    pub(crate) fn drawn(draw: &mut Draw) -> Self {
        let (scene, objection) = Scene::refused(draw);
        let mut story = Self::of(scene.clone(), objection);
        if draw.once_in(2) {
            return story;
        }
        if scene.form.names_host() && draw.once_in(2) {
            story.neighbour = Some(neighbour(draw, &scene));
            story.exchanges[0].0.shown.bare_headers = false;
            return story;
        }
        let past = past(draw, &scene);
        story.is_steady = matches!(past, Past::Steady);
        for _ in 0..draw.between(0, 2) {
            story.earlier(draw, past);
        }
        for _ in 0..draw.between(0, 2) {
            story.retried(draw);
        }
        story
    }

    /// The log of one exchange.
    pub(crate) fn of(scene: Scene, objection: Objection) -> Self {
        let exchanges = vec![(scene, Some(objection))];
        Self { exchanges, subject: 0, is_steady: true, neighbour: None }
    }

    /// The exchange of the neighbour, as a log of its own.
    pub(crate) fn of_neighbour(&self) -> Option<Self> {
        let neighbour = self.neighbour.clone()?;
        Some(Self { exchanges: vec![neighbour], subject: 0, is_steady: true, neighbour: None })
    }

    pub(crate) fn subject(&self) -> &Scene {
        &self.exchanges[self.subject].0
    }

    pub(crate) fn objection(&self) -> Objection {
        self.exchanges[self.subject].1.unwrap()
    }

    pub(crate) fn scenes(&self) -> impl Iterator<Item = &Scene> {
        self.exchanges.iter().map(|(scene, _)| scene)
    }

    pub(crate) fn refused(&self) -> impl Iterator<Item = &Scene> {
        self.exchanges.iter().filter(|(_, objection)| objection.is_some()).map(|(scene, _)| scene)
    }

    /// What the log has besides the refused exchange.
    pub(crate) fn key(&self) -> String {
        let cached = self.scenes().any(|scene| scene.cached > 0);
        let others = match (self.exchanges.len(), &self.neighbour) {
            (_, Some((_, Some(_)))) => "with a neighbour that is refused",
            (_, Some(_)) => "with a neighbour",
            (1, _) => "alone",
            _ => "with others",
        };
        let steady = if self.is_steady { "" } else { ", clock changed" };
        format!("{others}{steady}{}", if cached { ", cached" } else { "" })
    }

    /// The log of the exchange that was drawn first, without the others.
    pub(crate) fn without_others(&self) -> Self {
        Self::of(self.subject().clone(), self.objection())
    }

    /// Adds an exchange that passed some time before all others.
    fn earlier(&mut self, draw: &mut Draw, past: Past) {
        let first = &self.exchanges[0].0;
        let subject = self.subject().clone();
        let is_boot = subject.form == Form::Boot;
        let longest = if is_boot { first.made - subject.booted } else { 3 * DAY };
        for _ in 0..20 {
            let mut scene = Scene::drawn(draw);
            if draw.once_in(3) {
                scene.waited = draw.between(100, 60_000);
            }
            let lasts = scene.logged() - scene.made + 4 * SECOND;
            let is_changed = matches!(past, Past::Step(_) | Past::Summer(_));
            if lasts + if is_changed { 2 * HOUR } else { 0 } >= longest {
                continue;
            }
            // A clock and its zone are known to stay what they are for a while.
            let at = first.made
                - draw.between(if is_changed { lasts + 2 * HOUR } else { lasts }, longest);
            let by = at - scene.made;
            scene.made += by;
            scene.form = subject.form;
            scene.booted = subject.booted;
            (scene.offset, scene.zone) = match past {
                Past::Steady => (subject.offset, subject.zone),
                Past::Drift(ppm) => {
                    (subject.offset + (at - subject.made) / SECOND * ppm, subject.zone)
                }
                Past::Step(offset) => (offset, subject.zone),
                Past::Summer(zone) => (subject.offset, zone),
            };
            // A clock that was set back by just the time that passed looks like one that was not set.
            let moved = (first.made - first.offset) - (scene.made - scene.offset);
            if is_changed && moved.abs() < 2 * HOUR {
                continue;
            }
            scene.draw_cache(draw);
            if scene.objection(scene.offset).is_none() && !scene.looks_like_zone() {
                self.exchanges.insert(0, (scene, None));
                self.subject += 1;
                return;
            }
        }
    }

    /// Adds the same exchange, some time later, with a new assertion or the old one.
    fn retried(&mut self, draw: &mut Draw) {
        let (mut scene, objection) = self.exchanges.last().unwrap().clone();
        let lasts = scene.logged() - scene.sent();
        let pause = lasts + SECOND * draw.of(&[1, 1, 5, 30, 300]) + draw.between(0, SECOND);
        let is_made_here = matches!(scene.kind, Kind::Assertion | Kind::Signature);
        if is_made_here && draw.once_in(2) {
            scene.waited += pause;
            scene.shown.again = true;
        } else {
            let by = pause + if is_made_here { scene.waited } else { 0 };
            scene.shown.again = false;
            scene.made += by;
            // The same token, later.
            scene.age += by;
        }
        scene.shown.noise = 0;
        if !scene.shown.again && scene.waited > SECOND {
            scene.waited = draw.between(scene.waited / 2, scene.waited * 2);
        }
        // It follows the answer to the one before.
        let early = self.exchanges.last().unwrap().0.logged() + SECOND - scene.sent();
        scene.made += early.max(0);
        scene.age += early.max(0);
        let next = scene.objection(scene.offset);
        // Requests that are refused at exactly the limit of their age, one after the other, are a backlog,
        // unless the clock is behind by just that limit.
        let limit = scene.limit * SECOND;
        if scene.kind == Kind::Signature && (scene.offset - limit).abs() < 5 * SECOND {
            return;
        }
        if (next.is_none() || next == objection) && !scene.looks_like_zone() {
            self.exchanges.push((scene, next));
        }
    }
}

/// An exchange of another host at about the time of `scene`, in the same log.
fn neighbour(draw: &mut Draw, scene: &Scene) -> (Scene, Option<Objection>) {
    let is_refused = draw.once_in(2);
    loop {
        let mut other = Scene::drawn(draw);
        other.made = scene.made + draw.signed(0, 5 * MINUTE);
        (other.form, other.host) = (scene.form, "db-7");
        other.shown.bare_headers = false;
        let objection = other.objection(other.offset);
        if objection.is_some() == is_refused && !other.looks_like_zone() {
            return (other, objection);
        }
    }
}

fn past(draw: &mut Draw, scene: &Scene) -> Past {
    match draw.between(0, 5) {
        0 => Past::Drift(draw.signed(1, 500)),
        _ if scene.form == Form::Boot => Past::Steady,
        1 => Past::Step(offset(draw, scene.lifetime * SECOND)),
        2 if !scene.form.is_instant() && scene.zone.abs() < 12 * 3_600 => {
            Past::Summer(scene.zone + draw.of(&[-3_600, 3_600]))
        }
        _ => Past::Steady,
    }
}
