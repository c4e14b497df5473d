//! The hosts that a text is about.

use super::cause::{Cause, Certainty, ClockFault};
use crate::time::Offset;

/// The clock of one of several hosts that wrote a text.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// let text = b"Jan  9 14:00:00 web1 app: Date: Tue, 09 Jan 2024 14:00:00 GMT\n\
///     Jan  9 13:51:00 web2 app: Date: Tue, 09 Jan 2024 14:00:00 GMT\n\
///     Jan  9 13:51:00 web2 app: {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(text);
/// let hosts = diagnoser.finish().hosts;
/// assert_eq!((hosts[0].name.as_str(), hosts[0].refusals), ("web2", 1));
/// assert!(hosts[0].is_subject);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostClock {
    /// The name of the host, cut to a length that fits.
    pub name: heapless::String<40>,
    /// The offset (reference − local) of its clock, whatever the zone of its stamps; `None` if the text
    /// does not show it.
    pub offset: Option<Offset>,
    /// Number of its requests that were refused.
    pub refusals: u32,
    /// Number of its requests that were answered without a refusal.
    pub successes: u32,
    /// The cause of its refusals; `None` if it had none, or if the text has more hosts than are kept apart.
    pub cause: Option<Cause>,
    /// The finding on its clock, in the same way.
    pub fault: Option<ClockFault>,
    /// The certainty of the finding.
    pub certainty: Option<Certainty>,
    /// `true` if the conclusion is about this host.
    pub is_subject: bool,
}

/// The name of a server, with its port if that is not 443, or nothing. It has no characters but those
/// of hosts, so it may stand in a command of a shell.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options};
/// use jwtick_core::diagnosis::ServerName;
/// let mut diagnoser = Diagnoser::new(Options::default());
/// diagnoser.feed(b"POST https://id.example.com/token: invalid_grant: JWT has expired\n");
/// let server: ServerName = diagnoser.finish().server;
/// assert_eq!(server, "id.example.com");
/// ```
pub type ServerName = heapless::String<64>;
