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
    /// Selects one of several wordings.
    pub(crate) words: i64,
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
            shown: Shown {
                request: !draw.once_in(3),
                claims: draw.once_in(2),
                token: draw.once_in(4),
                date: !draw.once_in(4),
                one_line: draw.once_in(2),
                bare_headers: draw.once_in(3),
                noise: draw.of(&[0, 0, 1, 3]),
                words: draw.between(0, 1_000_000),
            },
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
