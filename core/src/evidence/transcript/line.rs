//! A line of a transcript: its head, and the check that it is in the form that this module writes.

use core::fmt::{self, Write};

use super::entry::Entry;
use super::phrase::WallClock;
use super::text::Text;
use crate::time::UnixTime;

/// The severity of a line.
///
/// # Example
/// ```
/// use jwtick_core::evidence::transcript::Level;
/// assert_eq!(Level::Error.word(), "ERROR");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// An ordinary step.
    Info,
    /// A step that failed.
    Error,
}

impl Level {
    /// The level as written in a line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Error => "ERROR",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Info, Self::Error].into_iter().find(|level| level.word() == word)
    }
}

/// A line of a transcript, without its line feed.
///
/// # Example
/// ```
/// use jwtick_core::UnixTime;
/// use jwtick_core::evidence::transcript::{Entry, Level, Line};
/// let line = Line {
///     clock: UnixTime::from_secs(1_488_307_191),
///     level: Level::Info,
///     agent: "agent".into(),
///     entry: Entry::Run { number: 3, of: 10 },
/// };
/// let text = line.to_string();
/// assert_eq!(text, "28.02.2017 18:39:51 - INFO - agent : Run 3 of 10");
/// assert_eq!(Line::parse(text.as_bytes()), Some(line));
/// assert_eq!(Line::parse(b"28.02.2017 18:39:51 - INFO - agent : Run 03 of 10"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// The reading of the agent's wall clock, in whole seconds and as if it were UTC.
    pub clock: UnixTime,
    /// The severity of the line.
    pub level: Level,
    /// The program that wrote the transcript.
    pub agent: Text<'t>,
    /// The event.
    pub entry: Entry<'t>,
}

impl<'t> Line<'t> {
    /// Reads a whole line, with or without its line end. Returns `None` if it is not a line of a
    /// transcript.
    #[must_use]
    pub fn parse(line: &'t [u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // Rejects other lines, which are the majority, at low cost.
        let [b'0'..=b'9', b'0'..=b'9', b'.', b'0'..=b'9', b'0'..=b'9', b'.', ..] = line else {
            return None;
        };
        let text = str::from_utf8(line).ok()?;
        let (clock, rest) = text.split_once(" - ")?;
        let (level, rest) = rest.split_once(" - ")?;
        let (agent, sentence) = rest.split_once(" : ")?;
        let read = Self {
            clock: WallClock::parse(clock)?,
            level: Level::parse(level)?,
            agent: Text::escaped(agent),
            entry: Entry::of_sentence(sentence)?,
        };
        read.is_written_as(text).then_some(read)
    }

    fn is_written_as(&self, text: &str) -> bool {
        let mut rest = Rest(text);
        write!(rest, "{self}").is_ok() && rest.0.is_empty()
    }
}

impl<'t> Entry<'t> {
    /// Reads the entry of a whole line. Returns `None` if it is not a line of a transcript. See
    /// [`Line::parse`].
    #[must_use]
    pub fn parse(line: &'t [u8]) -> Option<Self> {
        Line::parse(line).map(|line| line.entry)
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} - {} - ", WallClock(self.clock), self.level.word())?;
        self.agent.write_word(f)?;
        write!(f, " : {}", self.entry)
    }
}

/// The rest of a text whose first part has been written again.
struct Rest<'t>(&'t str);

impl Write for Rest<'_> {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(written).ok_or(fmt::Error)?;
        Ok(())
    }
}
