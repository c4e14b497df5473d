//! The log of a test, in the style of the replication agent that the original article quotes.
//!
//! The first line shows the same moment in local time and in UTC, so that a reader of the log knows
//! its zone; `diagnose` derives it from any line with a timestamp and an `iat`. The log is the
//! evidence for the verdict: the test reports what [`Diagnoser`] finds in it, so the log alone is
//! enough to reproduce the verdict. What was measured reaches the diagnosis as a value, not as text, so
//! that a server cannot write a measurement.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use jwtick_core::diagnosis::{Diagnosis, LogZone};
use jwtick_core::evidence::transcript::{Entry, Level, Line, Text};
use jwtick_core::{Diagnoser, Options, Span, UnixTime};

use super::secrets::Secrets;
use crate::output::safe;

/// A log that is being written.
pub(crate) struct Transcript<'t> {
    agent: String,
    zone: TimeZone,
    diagnoser: Box<Diagnoser<'static>>,
    secrets: Secrets,
    show: Box<dyn FnMut(&str) + 't>,
}

impl<'t> Transcript<'t> {
    /// Starts a log of `agent` in `zone`; each line also goes to `show`, with its line break.
    pub(crate) fn new(agent: &str, zone: TimeZone, show: impl FnMut(&str) + 't) -> Self {
        let diagnoser = Box::new(Diagnoser::new(Options { zone: LogZone::Unknown }));
        let agent = agent.split_whitespace().collect::<Vec<_>>().join("_");
        let secrets = Secrets::default();
        Self { agent, zone, diagnoser, secrets, show: Box::new(show) }
    }

    /// Returns the values that are hidden in every line.
    pub(super) const fn secrets(&mut self) -> &mut Secrets {
        &mut self.secrets
    }

    /// Returns a text as the lines show it.
    pub(super) fn hidden(&self, text: &str) -> String {
        self.secrets.hidden(text)
    }

    /// Writes a line with the timestamp `at` of the agent's clock.
    pub(crate) fn write(&mut self, at: UnixTime, level: Level, entry: Entry<'_>) {
        let said = entry.text().map(|text| self.hidden(&text.chars().collect::<String>()));
        let entry = said.as_deref().map_or(entry, |said| entry.with_text(said.into()));
        let at = timestamp(at);
        let clock = whole_second(at) + self.offset(at);
        let line = Line { clock, level, agent: Text::new(&self.agent), entry }.to_string();
        // A server's words go to a file, which is shown on terminals too.
        let line = safe::line(&line);
        self.diagnoser.transcribe(&entry, line.as_bytes());
        (self.show)(&(line + "\n"));
    }

    /// Writes the line that states the zone.
    pub(crate) fn open(&mut self, at: UnixTime) {
        let now = timestamp(at);
        let zone = self.offset(now);
        self.write(at, Level::Info, Entry::Opened { zone, at: whole_second(now) });
    }

    /// Returns the diagnosis of all lines.
    pub(crate) fn finish(self) -> Diagnosis {
        self.diagnoser.finish()
    }

    /// Returns the zone's offset at that time, local minus UTC.
    fn offset(&self, at: Timestamp) -> Span {
        Span::from_secs(self.zone.to_offset(at).seconds().into())
    }
}

// A clock may show a year for which no zone has rules; the nearest valid year is written instead.
fn timestamp(at: UnixTime) -> Timestamp {
    let nearest = if at < UnixTime::EPOCH { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(at.as_micros()).unwrap_or(nearest)
}

fn whole_second(at: Timestamp) -> UnixTime {
    UnixTime::from_secs(at.as_microsecond().div_euclid(1_000_000))
}

#[cfg(test)]
mod tests {
    use jwtick_core::diagnosis::ZoneKnowledge;
    use jwtick_core::evidence::transcript::Place;

    use super::*;

    const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;

    #[test]
    fn the_zone_is_stated_and_can_be_recovered() {
        let mut text = String::new();
        let mut log = Transcript::new("an agent", TimeZone::get("Asia/Seoul").unwrap(), |line| {
            text.push_str(line);
        });
        let at = UnixTime::from_secs(1_488_274_791);
        log.open(at);
        let (place, body) = (Place::TokenEndpoint, Text::new(EXPIRED));
        let (name, value) = (Text::new("Date"), Text::new("Fri, 03 Mar 2017 04:29:05 GMT"));
        let claims = Text::new(r#"{"iat":1488274791}"#);
        log.write(at, Level::Info, Entry::Made { claims });
        log.write(at, Level::Error, Entry::Refused { place, status: 400, body });
        log.write(at, Level::Error, Entry::Header { name, value });
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
