//! The log of a test, in the style of the agent whose log began it all.
//!
//! Its first line says the same moment as a wall clock here shows it and in UTC, so that whoever
//! reads the log knows its zone; `diagnose` sees that from any line with a stamp and an `iat`. It is the evidence for the verdict: what [`Diagnoser`] makes of it
//! is what the test says, so that the log alone proves it again.

use core::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use jwtick_core::{Diagnoser, Diagnosis, LogZone, Options, UnixTime};

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Info,
    Error,
}

impl Level {
    const fn word(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Error => "ERROR",
        }
    }
}

/// A log under way.
pub(crate) struct Transcript<'t> {
    agent: String,
    zone: TimeZone,
    diagnoser: Box<Diagnoser<'static>>,
    show: Box<dyn FnMut(&str) + 't>,
}

impl<'t> Transcript<'t> {
    /// A log of `agent` in `zone`, whose lines go to `show` too, each with its line break.
    pub(crate) fn new(agent: &str, zone: TimeZone, show: impl FnMut(&str) + 't) -> Self {
        let diagnoser = Box::new(Diagnoser::new(Options { zone: LogZone::Unknown }));
        let agent = agent.split_whitespace().collect::<Vec<_>>().join("_");
        Self { agent, zone, diagnoser, show: Box::new(show) }
    }

    /// Writes a line that was true at `at`, by the clock of the agent.
    pub(crate) fn write(&mut self, at: UnixTime, level: Level, message: impl fmt::Display) {
        let stamp = self.civil(at);
        let line = format!("{stamp} - {} - {} : {message}\n", level.word(), self.agent);
        self.diagnoser.feed(line.as_bytes());
        (self.show)(&line);
    }

    /// Writes the line that states the zone.
    pub(crate) fn open(&mut self, at: UnixTime) {
        let utc = crate::notation::civil::rfc3339(at).unwrap_or_default();
        let zone = timestamp(at).to_zoned(self.zone.clone()).strftime("%:z").to_string();
        self.write(
            at,
            Level::Info,
            format_args!("The times of this log are UTC{zone}: it is {utc}"),
        );
    }

    /// What all lines prove.
    pub(crate) fn finish(self) -> Diagnosis {
        self.diagnoser.finish()
    }

    fn civil(&self, at: UnixTime) -> String {
        timestamp(at).to_zoned(self.zone.clone()).strftime("%d.%m.%Y %H:%M:%S").to_string()
    }
}

// A clock may show a year that no calendar is made for; the nearest that is one stands for it.
fn timestamp(at: UnixTime) -> Timestamp {
    let nearest = if at < UnixTime::EPOCH { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(at.as_micros()).unwrap_or(nearest)
}

#[cfg(test)]
mod tests {
    use jwtick_core::ZoneKnowledge;

    use super::*;

    #[test]
    fn the_zone_is_stated_and_can_be_recovered() {
        let mut text = String::new();
        let mut log = Transcript::new("an agent", TimeZone::get("Asia/Seoul").unwrap(), |line| {
            text.push_str(line);
        });
        let at = UnixTime::from_secs(1_488_274_791);
        log.open(at);
        log.write(at, Level::Info, r#"Made an assertion that says {"iat":1488274791}"#);
        log.write(
            at,
            Level::Error,
            "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}",
        );
        log.write(at, Level::Error, " Date: Fri, 03 Mar 2017 04:29:05 GMT");
        let diagnosis = log.finish();
        assert_eq!(
            text.lines().next(),
            Some(
                "28.02.2017 18:39:51 - INFO - an_agent : The times of this log are UTC+09:00: it is \
                 2017-02-28T09:39:51Z"
            )
        );
        assert!(matches!(diagnosis.zone, ZoneKnowledge::Recovered(_)), "{:?}", diagnosis.zone);
    }
}
