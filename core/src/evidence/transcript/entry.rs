//! The sentences of a transcript.

use core::fmt;

use super::phrase::{Ahead, Apart, InUtc, Since1970, Zone};
use super::text::Text;
use crate::survey::{DateOrigin, DateSample};
use crate::time::{Bracket, HttpDate, Offset, Span, UnixTime};

/// The method by which a clock was measured.
///
/// # Example
/// ```
/// use jwtick_core::evidence::transcript::Means;
/// assert_eq!(Means::HttpDate.name(), "HTTP Date");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Means {
    /// A series of `Date` headers (RFC 9110 §6.6.1): the reference is the clock of that server.
    HttpDate,
    /// NTP (RFC 5905): the reference is UTC.
    Ntp,
}

impl Means {
    /// The name of the method in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HttpDate => "HTTP Date",
            Self::Ntp => "NTP",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::HttpDate, Self::Ntp].into_iter().find(|means| means.name() == name)
    }
}

/// The server that a step of a test is about.
///
/// # Example
/// ```
/// use jwtick_core::evidence::transcript::{Entry, Place};
/// let refused = Entry::Refused { place: Place::Receiver, status: 401, body: "no".into() };
/// assert_eq!(refused.to_string(), "failed to reach the receiver status: 401 response: no");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The token endpoint, which takes the assertion.
    TokenEndpoint,
    /// The receiver, which takes the access token.
    Receiver,
}

impl Place {
    const fn failure(self) -> &'static str {
        match self {
            Self::TokenEndpoint => "failed to get access token from authorization server",
            Self::Receiver => "failed to reach the receiver",
        }
    }
}

/// An event in a transcript, written as one sentence.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::Offset;
/// use jwtick_core::evidence::transcript::{Entry, Means};
/// let offset = Offset::between(Span::from_millis(-1_600), Span::from_millis(600)).unwrap();
/// let entry = Entry::Measured { server: "login.example".into(), means: Means::HttpDate, offset };
/// let sentence = "This clock is between 1.6 s ahead of and 0.6 s behind the clock of \
///     login.example (HTTP Date)";
/// assert_eq!(entry.to_string(), sentence);
/// // It is read back from its own place in a line, and from nowhere else.
/// let line = format!("28.02.2017 18:39:51 - INFO - agent : {sentence}\n");
/// assert_eq!(Entry::parse(line.as_bytes()), Some(entry));
/// assert_eq!(Entry::parse(sentence.as_bytes()), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entry<'t> {
    /// The transcript starts.
    Opened {
        /// The zone of the wall clock, local time minus UTC, in whole seconds.
        zone: Span,
        /// The instant, in whole seconds.
        at: UnixTime,
    },
    /// A grant is being used.
    Granting {
        /// The issuer of the assertions.
        issuer: Text<'t>,
    },
    /// A clock was measured.
    Measured {
        /// The server whose clock was measured.
        server: Text<'t>,
        /// The method of measurement.
        means: Means,
        /// The clock of the server minus the local clock.
        offset: Offset,
    },
    /// One of the servers that share a name answered.
    Answered {
        /// The name that was queried.
        server: Text<'t>,
        /// The second that the answer names.
        date: HttpDate,
        /// The local clock when the request was sent and when the answer had arrived.
        local: Bracket,
    },
    /// An assertion was made for the exchange that follows.
    Made {
        /// The claims as JSON.
        claims: Text<'t>,
    },
    /// A request is being sent.
    Sending {
        /// The method of the request.
        method: Text<'t>,
        /// The URL of the request.
        target: Text<'t>,
    },
    /// The status of an answer.
    Status {
        /// The status code, and the reason phrase if there is one.
        status: Text<'t>,
    },
    /// A header of an answer.
    Header {
        /// The name of the header.
        name: Text<'t>,
        /// The value of the header.
        value: Text<'t>,
    },
    /// A request was refused.
    Refused {
        /// The server that answered.
        place: Place,
        /// The status code.
        status: u16,
        /// The body, as far as it is shown.
        body: Text<'t>,
    },
    /// There was no usable answer.
    Unanswered {
        /// The reason.
        fault: Text<'t>,
    },
    /// A refused request is repeated with the server's time.
    Retrying {
        /// The server's clock minus the local one.
        ahead: Span,
    },
    /// The next of several runs starts.
    Run {
        /// The number of the run, counted from 1.
        number: u16,
        /// The number of runs.
        of: u16,
    },
}

const OPENED: &str = "The times of this log are ";
const GRANTING: &str = "Using OAuth 2.0 Authorization Grants for ";
const THIS_CLOCK: &str = "This clock is ";
const CLOCK_OF: &str = " the clock of ";
const MADE: &str = "Made an assertion that says ";
const SENDING: &str = "Sending ";
const STATUS: &str = " HTTP/1.1 ";
const UNANSWERED: &str = "no usable answer: ";
const RETRYING: &str = "Trying again with the server's time, ";
const RUN: &str = "Run ";

impl<'t> Entry<'t> {
    /// Reads a sentence, also in forms that are never written.
    pub(super) fn of_sentence(text: &'t str) -> Option<Self> {
        let to_end = |start| text.strip_prefix(start).map(Text::escaped);
        if let Some(issuer) = to_end(GRANTING) {
            return Some(Self::Granting { issuer });
        }
        if let Some(claims) = to_end(MADE) {
            return Some(Self::Made { claims });
        }
        if let Some(status) = to_end(STATUS) {
            return Some(Self::Status { status });
        }
        if let Some(fault) = to_end(UNANSWERED) {
            return Some(Self::Unanswered { fault });
        }
        if let Some(ahead) = text.strip_prefix(RETRYING) {
            return Some(Self::Retrying { ahead: Ahead::parse(ahead)? });
        }
        if let Some(rest) = text.strip_prefix(THIS_CLOCK) {
            return Self::of_clock(rest);
        }
        Self::of_exchange(text).or_else(|| Self::of_numbers(text))
    }

    fn of_exchange(text: &'t str) -> Option<Self> {
        if let Some(header) = text.strip_prefix(' ') {
            let (name, value) = header.split_once(": ")?;
            return Some(Self::Header { name: Text::escaped(name), value: Text::escaped(value) });
        }
        if let Some(request) = text.strip_prefix(SENDING) {
            let (method, target) = request.split_once(" request to ")?;
            let (method, target) = (Text::escaped(method), Text::escaped(target));
            return Some(Self::Sending { method, target });
        }
        [Place::TokenEndpoint, Place::Receiver].into_iter().find_map(|place| {
            let said = text.strip_prefix(place.failure())?.strip_prefix(" status: ")?;
            let (status, body) = said.split_once(" response: ")?;
            let (status, body) = (status.parse().ok()?, Text::escaped(body));
            Some(Self::Refused { place, status, body })
        })
    }

    fn of_numbers(text: &'t str) -> Option<Self> {
        if let Some(runs) = text.strip_prefix(RUN) {
            let (number, of) = runs.split_once(" of ")?;
            return Some(Self::Run { number: number.parse().ok()?, of: of.parse().ok()? });
        }
        let (zone, at) = text.strip_prefix(OPENED)?.split_once(": it is ")?;
        Some(Self::Opened { zone: Zone::parse(zone)?, at: InUtc::parse(at)? })
    }

    /// Reads what follows "This clock is".
    fn of_clock(text: &'t str) -> Option<Self> {
        let (apart, rest) = text.split_once(CLOCK_OF)?;
        // The name of a server may contain brackets.
        let (server, means) = rest.strip_suffix(')')?.rsplit_once(" (")?;
        let server = Text::escaped(server);
        if let Some(means) = Means::parse(means) {
            return Some(Self::Measured { server, means, offset: Apart::parse(apart)? });
        }
        let (date, local) = means.strip_prefix("answer with Date ")?.split_once(", asked at ")?;
        let (sent, received) = local.split_once(", received at ")?;
        let local = Bracket::between(Since1970::parse(sent)?, Since1970::parse(received)?)?;
        Some(Self::Answered { server, date: HttpDate::new(Since1970::parse(date)?)?, local })
    }
}

impl fmt::Display for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Opened { zone, at } => write!(f, "{OPENED}{}: it is {}", Zone(zone), InUtc(at)),
            Self::Granting { issuer } => write!(f, "{GRANTING}{issuer}"),
            Self::Measured { server, means, offset } => {
                write!(f, "{THIS_CLOCK}{}{CLOCK_OF}{server} ({})", Apart(offset), means.name())
            }
            Self::Answered { server, date, local } => {
                let sample = DateSample { local, date, origin: DateOrigin::Fresh };
                write_answered(server, sample, f)
            }
            Self::Made { claims } => write!(f, "{MADE}{claims}"),
            Self::Sending { method, target } => {
                f.write_str(SENDING)?;
                method.write_word(f)?;
                write!(f, " request to {target}")
            }
            Self::Status { status } => write!(f, "{STATUS}{status}"),
            Self::Header { name, value } => {
                f.write_str(" ")?;
                name.write_word(f)?;
                write!(f, ": {value}")
            }
            Self::Refused { place, status, body } => {
                write!(f, "{} status: {status} response: {body}", place.failure())
            }
            Self::Unanswered { fault } => write!(f, "{UNANSWERED}{fault}"),
            Self::Retrying { ahead } => write!(f, "{RETRYING}{}", Ahead(ahead)),
            Self::Run { number, of } => write!(f, "{RUN}{number} of {of}"),
        }
    }
}

fn write_answered(server: Text<'_>, sample: DateSample, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let DateSample { local, date, .. } = sample;
    let [date, sent, received] = [date.at(), local.before(), local.after()].map(Since1970);
    let apart = Apart(sample.offset());
    write!(f, "{THIS_CLOCK}{apart}{CLOCK_OF}{server} (answer with Date {date}, ")?;
    write!(f, "asked at {sent}, received at {received})")
}
