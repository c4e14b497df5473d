//! The log of a scene, as the local host writes it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_core::UnixTime;
use jwtick_core::time::HttpDate;

use super::scene::{Kind, Objection, SECOND, Scene, Story};
use super::wording;

/// The form of the stamps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// `2024-01-09T14:00:00.123Z`
    Zulu,
    /// `2024-01-09T16:00:00+02:00`
    Zoned,
    /// `2024-01-09 16:00:00`
    Civil,
    /// `2024-01-09 16:00:00,123`
    Comma,
    /// `Jan  9 16:00:00 host app[1]:`
    Syslog,
    /// `1704808800.123`
    Epoch,
    /// `{"time":"2024-01-09T14:00:00.123Z","msg":"…"}`
    Json,
    /// `I (15012) tag:`
    Boot,
    /// `<134>1 2024-01-09T14:00:00.123Z host app 411 - -`
    Rfc5424,
    /// `{"ts":1704808800.123,"host":"host","msg":"…"}`
    Hosted,
    /// `ts=2024-01-09T14:00:00.123Z level=info msg="…"`
    Logfmt,
    /// `[09/Jan/2024:16:00:00 +0200]`
    Clf,
    /// `2024/01/09 16:00:00`
    Slash,
    /// `09.01.2024 16:00:00`
    Dotted,
    /// `agent #17 @ 2024-01-09T14:00:00.123Z |`, which no program prints.
    Odd,
    /// `~ 16.00.00 on 2024-01-09 ~`, which no program prints.
    Reversed,
    /// No stamp.
    Bare,
}

impl Form {
    /// Returns true if its stamps have milliseconds. The stamps that a dressing makes of others would be more
    /// exact than the truth.
    pub(crate) const fn has_millis(self) -> bool {
        matches!(
            self,
            Self::Zulu
                | Self::Comma
                | Self::Epoch
                | Self::Json
                | Self::Rfc5424
                | Self::Hosted
                | Self::Logfmt
                | Self::Odd
        )
    }

    pub(crate) const ALL: &[Self] = &[
        Self::Zulu,
        Self::Zoned,
        Self::Civil,
        Self::Comma,
        Self::Syslog,
        Self::Epoch,
        Self::Json,
        Self::Boot,
        Self::Rfc5424,
        Self::Hosted,
        Self::Logfmt,
        Self::Clf,
        Self::Slash,
        Self::Dotted,
        Self::Odd,
        Self::Reversed,
        Self::Bare,
    ];

    /// Returns `true` if its stamps name an instant, in a form that programs print.
    pub(crate) const fn is_instant(self) -> bool {
        matches!(
            self,
            Self::Zulu
                | Self::Zoned
                | Self::Epoch
                | Self::Json
                | Self::Rfc5424
                | Self::Hosted
                | Self::Logfmt
                | Self::Clf
        )
    }

    /// Returns `true` if no program prints its stamps.
    pub(crate) const fn is_invented(self) -> bool {
        matches!(self, Self::Odd | Self::Reversed)
    }

    /// Returns `true` if its lines name the host that wrote them.
    pub(crate) const fn names_host(self) -> bool {
        matches!(self, Self::Syslog | Self::Rfc5424 | Self::Hosted)
    }
}

/// Lines written so far, each with the time at which it was written.
struct Log<'s> {
    scene: &'s Scene,
    lines: Vec<(i64, String)>,
}

/// Writes the log of `story`: the lines of its host, and those of the neighbour in between.
pub(crate) fn written(story: &Story) -> String {
    let of = |(scene, objection): &(Scene, Option<Objection>)| written_one(scene, *objection);
    let mut lines: Vec<_> = story.exchanges.iter().flat_map(of).collect();
    if let Some(neighbour) = &story.neighbour {
        // A collector keeps the order of a host, and writes down what comes first.
        let mut theirs = of(neighbour).into_iter().peekable();
        let mut merged = Vec::new();
        for (at, line) in lines {
            while let Some(next) = theirs.next_if(|(other, _)| *other < at) {
                merged.push(next);
            }
            merged.push((at, line));
        }
        merged.extend(theirs);
        lines = merged;
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn written_one(scene: &Scene, objection: Option<Objection>) -> Vec<(i64, String)> {
    let mut log = Log { scene, lines: Vec::new() };
    if !scene.shown.again {
        for line in (1..=scene.shown.noise).rev() {
            log.line(scene.made - line * 700_000, "INFO worker is ready");
        }
        log.making();
    }
    if scene.shown.request {
        log.line(scene.sent(), request(scene.kind));
    }
    let is_judged_here = matches!(scene.kind, Kind::Verifier | Kind::Certificate);
    let status = if is_judged_here || objection.is_none() { 200 } else { 400 };
    let (level, words) = match objection {
        Some(objection) => ("ERROR", wording::words(scene, objection)),
        None => ("INFO", wording::welcome(scene)),
    };
    let date = http_date(scene.judged() - scene.cached * SECOND);
    if scene.shown.date && scene.shown.one_line {
        log.line(scene.logged(), &format!("{level} answered {status} {words} date=\"{date}\""));
    } else {
        log.header(&format!("< HTTP/1.1 {status} Answer"));
        if scene.shown.date {
            log.header(&format!("< Date: {date}"));
        }
        if scene.cached > 0 {
            log.header(&format!("< Age: {}", scene.cached));
        }
        log.line(scene.logged() + 1_000, &format!("{level} {words}"));
    }
    log.lines
}

const fn request(kind: Kind) -> &'static str {
    match kind {
        Kind::Assertion => "POST https://id.example.com/token",
        Kind::Bearer => "GET https://api.example.com/orders",
        Kind::Verifier => "GET https://id.example.com/keys",
        Kind::Signature => "PUT https://store.example.com/item",
        Kind::Certificate => "GET https://www.example.com/",
    }
}

impl Log<'_> {
    /// The assertion, token or signed time, if the log shows it.
    fn making(&mut self) {
        let scene = self.scene;
        let (start, end) = (scene.start(scene.offset), scene.end(scene.offset));
        let (claims, token) = (claims(start, end), token(start, end));
        match scene.kind {
            Kind::Assertion if scene.shown.claims => {
                self.line(scene.made, &format!("INFO assertion made {claims}"));
            }
            Kind::Bearer | Kind::Verifier if scene.shown.token => {
                self.line(scene.sent(), &format!("Authorization: Bearer {token}"));
            }
            _ => {}
        }
    }

    fn header(&mut self, text: &str) {
        let is_bare = !matches!(self.scene.form, Form::Json | Form::Hosted | Form::Logfmt);
        if self.scene.shown.bare_headers && is_bare {
            self.lines.push((self.scene.logged(), format!("{text}\n")));
        } else {
            self.line(self.scene.logged(), text);
        }
    }

    fn line(&mut self, at: i64, message: &str) {
        let local = at - self.scene.offset;
        self.lines.push((at, stamped(self.scene, local, message) + "\n"));
    }
}

pub(crate) fn stamped(scene: &Scene, local: i64, message: &str) -> String {
    let civil = |micros: i64| civil(micros.div_euclid(SECOND));
    let millis = local.rem_euclid(SECOND) / 1_000;
    let zoned = local + scene.zone * SECOND;
    let (date, time) = civil(zoned);
    let (utc_date, utc_time) = civil(local);
    match scene.form {
        Form::Zulu => format!("{utc_date}T{utc_time}.{millis:03}Z {message}"),
        Form::Zoned => format!("{date}T{time}{} {message}", zone(scene.zone, ":")),
        Form::Civil => format!("{date} {time} {message}"),
        Form::Comma => format!("{date} {time},{millis:03} {message}"),
        Form::Syslog => {
            format!("{} {time} {} agent[411]: {message}", month_and_day(&date), scene.host)
        }
        Form::Epoch => format!("{}.{millis:03} {message}", local.div_euclid(SECOND)),
        Form::Json => {
            let message = escaped(message);
            format!("{{\"time\":\"{utc_date}T{utc_time}.{millis:03}Z\",\"msg\":\"{message}\"}}")
        }
        Form::Boot => {
            let since_boot = (local + scene.offset - scene.booted) / 1_000;
            format!("I ({since_boot}) agent: {message}")
        }
        Form::Bare => message.to_owned(),
        _ => otherwise_stamped(scene, local, message),
    }
}

/// The same in the forms of products that are less usual, and in invented ones.
fn otherwise_stamped(scene: &Scene, local: i64, message: &str) -> String {
    let civil = |micros: i64| civil(micros.div_euclid(SECOND));
    let millis = local.rem_euclid(SECOND) / 1_000;
    let ((date, time), (utc_date, utc_time)) = (civil(local + scene.zone * SECOND), civil(local));
    match scene.form {
        Form::Rfc5424 => {
            format!(
                "<134>1 {utc_date}T{utc_time}.{millis:03}Z {} agent 411 - - {message}",
                scene.host
            )
        }
        Form::Hosted => {
            let (secs, message) = (local.div_euclid(SECOND), escaped(message));
            let host = scene.host;
            format!("{{\"ts\":{secs}.{millis:03},\"host\":\"{host}\",\"msg\":\"{message}\"}}")
        }
        Form::Logfmt => {
            let message = escaped(message);
            format!("ts={utc_date}T{utc_time}.{millis:03}Z level=info msg=\"{message}\"")
        }
        Form::Clf => format!(
            "[{}/{}/{}:{time} {}] {message}",
            &date[8..],
            month(&date),
            &date[..4],
            zone(scene.zone, "")
        ),
        Form::Slash => format!("{} {time} {message}", date.replace('-', "/")),
        Form::Dotted => {
            format!("{}.{}.{} {time} {message}", &date[8..], &date[5..7], &date[..4])
        }
        Form::Odd => format!("agent #17 @ {utc_date}T{utc_time}.{millis:03}Z | {message}"),
        _ => format!("~ {} on {date} ~ {message}", time.replace(':', ".")),
    }
}

/// The answer with a token that a server made when it judged the assertion.
pub(crate) fn delivery(scene: &Scene) -> String {
    let iat = scene.judged().div_euclid(SECOND);
    let token = token(iat, iat + scene.lifetime);
    format!("{{\"access_token\":\"{token}\",\"expires_in\":{}}}", scene.lifetime)
}

fn claims(start: i64, end: i64) -> String {
    format!("{{\"iss\":\"agent\",\"iat\":{start},\"exp\":{end}}}")
}

fn token(start: i64, end: i64) -> String {
    format!("{}.{}.c2ln", coded("{\"alg\":\"HS256\"}"), coded(&claims(start, end)))
}

fn coded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

pub(crate) fn http_date(micros: i64) -> HttpDate {
    HttpDate::new(UnixTime::from_secs(micros.div_euclid(SECOND))).unwrap()
}

/// The date and the time of day, `2024-01-09` and `14:00:00`.
pub(crate) fn civil(secs: i64) -> (String, String) {
    let (days, time) = (secs.div_euclid(86_400), secs.rem_euclid(86_400));
    // Howard Hinnant, chrono-compatible low-level date algorithms: `civil_from_days`.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let time = format!("{:02}:{:02}:{:02}", time / 3_600, time / 60 % 60, time % 60);
    (format!("{year:04}-{month:02}-{day:02}"), time)
}

fn month_and_day(date: &str) -> String {
    let day: u8 = date[8..].parse().unwrap();
    format!("{} {day:2}", month(date))
}

fn month(date: &str) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month: usize = date[5..7].parse().unwrap();
    NAMES[month - 1]
}

/// `+02:00`, with another mark between the hours and the minutes.
fn zone(secs: i64, mark: &str) -> String {
    let (sign, size) = if secs < 0 { ('-', -secs) } else { ('+', secs) };
    format!("{sign}{:02}{mark}{:02}", size / 3_600, size / 60 % 60)
}

fn escaped(message: &str) -> String {
    message.replace('\\', "\\\\").replace('"', "\\\"")
}
