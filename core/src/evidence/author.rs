//! The author of the words that a fact was read from.

/// The author of a line or of a part of it. A fact has no more weight than its author.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::evidence::Author;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"chronyd[511]: System clock wrong by 3600.5 seconds\n");
/// diagnoser.feed(b"User-Agent: JWT expired\n");
/// let by: Vec<_> = diagnoser.finish().evidence.iter().map(|evidence| evidence.by).collect();
/// assert_eq!(by, [Author::TimeService, Author::Stranger]);
/// assert_eq!(Author::TimeService.code(), "time-service");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Author {
    /// This program: a measurement, or a line of its transcript.
    Jwtick,
    /// A time service, under its own name or in its own output.
    TimeService,
    /// The program that wrote the log.
    #[default]
    Program,
    /// The other side of the exchange that the log is about, in its answer.
    Peer,
    /// Anyone who can send a request. Such words are shown, but no conclusion rests on them.
    Stranger,
}

impl Author {
    /// Every author, in the order of the documentation.
    pub const ALL: &'static [Self] =
        &[Self::Jwtick, Self::TimeService, Self::Program, Self::Peer, Self::Stranger];

    /// The author as written in JSON output.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jwtick => "jwtick",
            Self::TimeService => "time-service",
            Self::Program => "program",
            Self::Peer => "peer",
            Self::Stranger => "stranger",
        }
    }
}
