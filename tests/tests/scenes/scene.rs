//! A connection: two clocks, an agent, a server, and a fault; drawn from a seed.

/// The error of a server's `Date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateFault {
    Honest,
    Omitted,
    /// Off by this many seconds, without any sign of it.
    Stale(i64),
    /// Off by this many seconds, as `Age` says.
    Cached(i64),
}

/// A fault of the agent other than its clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slip {
    Nothing,
    Audience,
    Issuer,
    Key,
    Lifetime,
}

/// One connection. Times are in seconds unless the field says milliseconds.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// The server's clock minus this machine's.
    pub(crate) offset_ms: i64,
    /// The same for a second node on the same port.
    pub(crate) other_node_ms: Option<i64>,
    pub(crate) frozen: bool,
    pub(crate) date: DateFault,
    pub(crate) latency_ms: i64,
    pub(crate) jitter_ms: i64,
    pub(crate) leeway: i64,
    /// True if an `iat` in the future is refused.
    pub(crate) minds_future: bool,
    pub(crate) wording: &'static str,
    pub(crate) form: &'static str,
    pub(crate) lifetime: i64,
    pub(crate) slip: Slip,
    /// The zone of the agent's log.
    pub(crate) zone: &'static str,
    /// UTC by NTP minus this machine's clock, if NTP is used.
    pub(crate) ntp: Option<i64>,
    /// True if a refused request is retried by the server's time.
    pub(crate) correct: bool,
}

const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "Asia/Seoul",
    "Asia/Kathmandu",
    "America/St_Johns",
    "America/Los_Angeles",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
];
const WORDINGS: &[&str] = &["rfc", "adobe", "google", "keycloak", BOX, "hydra"];
const BOX: &str = "box";
const FORMS: &[&str] = &["jwt-bearer", "client-assertion", "adobe-exchange"];
const SLIPS: &[Slip] = &[Slip::Audience, Slip::Issuer, Slip::Key, Slip::Lifetime];

impl Scene {
    /// The scene that `draw` makes.
    pub(crate) fn drawn(draw: &mut Draw) -> Self {
        let wording = draw.of(WORDINGS);
        let lifetime = if wording == BOX { draw.between(40, 55) } else { draw.between(40, 1_800) };
        let leeway = draw.of(&[0, 0, 30, 60, 300]);
        let offset_ms = offset_ms(draw, lifetime + leeway);
        let ntp = draw.once_in(3).then(|| third(draw, offset_ms / 1_000));
        Self {
            // NTP has whole seconds here, so it agrees with the server only if the server's offset is whole.
            offset_ms: if ntp.is_some() { offset_ms / 1_000 * 1_000 } else { offset_ms },
            other_node_ms: draw.once_in(20).then(|| offset_ms + draw.signed(5_000, 200_000)),
            frozen: draw.once_in(20),
            date: date(draw),
            latency_ms: draw.of(&[0, 0, 20, 250, 700]),
            jitter_ms: draw.of(&[0, 0, 100]),
            leeway,
            minds_future: draw.once_in(2),
            wording,
            form: draw.of(FORMS),
            lifetime,
            slip: if draw.once_in(3) { draw.of(SLIPS) } else { Slip::Nothing },
            zone: draw.of(ZONES),
            ntp,
            correct: draw.once_in(3),
        }
    }

    /// Limit for `exp` in the future: Box, recognized by its wording, allows a
    /// minute.
    pub(crate) fn longest_lifetime(&self) -> i64 {
        if self.wording == BOX { 60 } else { 3_600 }
    }

    /// The lifetime that the agent requests.
    pub(crate) fn asked_lifetime(&self) -> i64 {
        if self.slip == Slip::Lifetime { self.lifetime + 7_200 } else { self.lifetime }
    }
}

/// Zero, too small or just large enough to matter, a zone, or days.
fn offset_ms(draw: &mut Draw, enough: i64) -> i64 {
    match draw.between(0, 7) {
        0 | 1 => 0,
        2 => draw.signed(1, 3_000),
        3 => draw.signed(3_000, 120_000),
        4 => enough * 1_000 + draw.signed(0, 3_000),
        5 => draw.signed(1, 28) * 1_800_000 + draw.signed(0, 1_000),
        _ => draw.signed(3_600, 400_000) * 1_000 + draw.between(0, 999),
    }
}

/// UTC is this machine's time, the server's, or neither.
fn third(draw: &mut Draw, server: i64) -> i64 {
    match draw.between(0, 5) {
        0..3 => 0,
        3 | 4 => server,
        _ => draw.signed(20, 100_000),
    }
}

fn date(draw: &mut Draw) -> DateFault {
    match draw.between(0, 9) {
        0 => DateFault::Omitted,
        1 => DateFault::Stale(draw.between(1, 600)),
        2 => DateFault::Cached(draw.between(1, 600)),
        _ => DateFault::Honest,
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): every seed gives a good sequence.
pub(crate) struct Draw(u64);

impl Draw {
    /// The sequence of one scene, independent of the others.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        let number = u64::try_from(number).unwrap();
        Self(seed ^ number.wrapping_add(1).wrapping_mul(0xA076_1D64_78BD_642F))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, inclusive.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = most.abs_diff(least) + 1;
        least + i64::try_from(self.next() % width).unwrap()
    }

    /// Returns true once in `times` draws on average.
    pub(crate) fn once_in(&mut self, times: i64) -> bool {
        self.between(1, times) == 1
    }

    /// One of the items.
    pub(crate) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        let most = i64::try_from(choices.len()).unwrap() - 1;
        choices[usize::try_from(self.between(0, most)).unwrap()].clone()
    }

    /// The value with a random sign.
    pub(crate) fn signed(&mut self, least: i64, most: i64) -> i64 {
        self.between(least, most) * self.of(&[-1, 1])
    }
}
