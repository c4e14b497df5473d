//! Names of clocks as users write them: `os`, `ntp:HOST[:PORT]`, `http:URL` or the URL alone; and reasons
//! why a clock was not measured or cannot be used.

use core::fmt;

use jwtick_core::time::Offset;
use jwtick_core::words;
use jwtick_core::words::Language;

use crate::http::client::{Target, UrlFault};
use crate::source::anchor::Lost;
use crate::source::{NtpServer, SourceError};

/// A clock that can be queried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClockName {
    /// The clock of this host, with the accuracy that its own daemon reports.
    Os,
    /// An NTP server, `HOST[:PORT]`.
    Ntp(NtpServer),
    /// A URL whose server sends `Date` with its answers.
    Http(Target),
}

/// A text that is not the name of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAClock {
    /// Neither `os` nor a kind followed by a name.
    Form,
    /// Not a host.
    Host,
    /// Not a URL of the expected kind.
    Url,
    /// A URL with a user name or password.
    Credentials,
}

impl ClockName {
    /// Parses the name of any clock.
    ///
    /// # Errors
    /// [`NotAClock`] says what is wrong with `text`.
    pub(crate) fn parse(text: &str) -> Result<Self, NotAClock> {
        if text == "os" {
            return Ok(Self::Os);
        }
        if text.starts_with("http://") || text.starts_with("https://") {
            return Self::http(text);
        }
        match text.split_once(':') {
            Some(("ntp", host)) => Self::ntp(host.strip_prefix("//").unwrap_or(host)),
            Some(("http", url)) => Self::http(url),
            _ => Err(NotAClock::Form),
        }
    }

    /// Returns true if it is the `Date` header of a web server.
    pub(crate) const fn is_http(&self) -> bool {
        matches!(self, Self::Http(_))
    }

    /// Returns true if its answers depend on a certificate.
    pub(crate) fn is_https(&self) -> bool {
        matches!(self, Self::Http(url) if url.is_https())
    }

    /// Parses `HOST[:PORT]`.
    ///
    /// # Errors
    /// [`NotAClock::Host`] if `text` is not a valid host.
    pub(crate) fn ntp(text: &str) -> Result<Self, NotAClock> {
        ntp_server(text).map(Self::Ntp)
    }

    /// Parses a URL.
    ///
    /// # Errors
    /// [`NotAClock::Url`] if `text` is not an `http` or `https` URL, [`NotAClock::Credentials`] if
    /// it names a user.
    pub(crate) fn http(text: &str) -> Result<Self, NotAClock> {
        Target::parse(text).map(Self::Http).map_err(|fault| match fault {
            UrlFault::Credentials => NotAClock::Credentials,
            _ => NotAClock::Url,
        })
    }
}

/// Parses `HOST[:PORT]` of an NTP server.
///
/// # Errors
/// [`NotAClock::Host`] if `text` is not a valid host.
pub(crate) fn ntp_server(text: &str) -> Result<NtpServer, NotAClock> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@' | '?');
    let server = if text.contains(odd) { None } else { NtpServer::parse(text) };
    server.ok_or(NotAClock::Host)
}

impl fmt::Display for ClockName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Os => f.write_str("os"),
            Self::Ntp(host) => write!(f, "ntp:{host}"),
            Self::Http(url) => url.fmt(f),
        }
    }
}

impl fmt::Display for NotAClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "expected os, ntp:HOST[:PORT] or a URL, for example ntp:time.example.org or \
                 https://www.example.org/"
            }
            Self::Host => "expected HOST or HOST:PORT, with an IPv6 address in brackets",
            Self::Url => "expected a URL that starts with http:// or https://",
            Self::Credentials => {
                "expected a URL without credentials, but found a user or a password: leave them out"
            }
        })
    }
}

impl core::error::Error for NotAClock {}

/// Reasons why no clock gives the time.
#[derive(Debug)]
pub(crate) enum MeasurementError {
    /// No time source was given.
    NoSource,
    /// The critical limit is lower than the warning limit.
    Limits { warn: Offset, crit: Offset },
    /// A fixed time was given together with a clock to measure.
    TimeAndClock,
    /// None of the named clocks could be measured; lists the reason for each.
    NoClock(Vec<(String, SourceError)>),
    /// The named clocks contradict each other; lists the answer of each.
    Contradiction(Vec<String>),
    /// The measurement is no longer valid.
    Lost(Lost),
}

impl fmt::Display for MeasurementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSource => f.write_str(
                "no time source given (jwtick contacts only servers that you name): pass --ntp HOST or \
                 --http URL, or list them in jwtick.toml, ntp = [\"HOST\"]",
            ),
            Self::Limits { warn, crit } => {
                let [warn, crit] =
                    [warn, crit].map(|limits| words::interval(*limits, Language::English));
                write!(f, "expected --crit to include all of --warn, {warn}, but found {crit}")
            }
            Self::TimeAndClock => f.write_str(
                "expected a fixed time or a clock, but found both: leave out --clock, or give --at as +30min from now",
            ),
            Self::NoClock(faults) => {
                f.write_str("no clock could be measured:")?;
                faults.iter().try_for_each(|(name, fault)| write!(f, " {name}: {fault};"))?;
                f.write_str(" name another one with --clock")
            }
            Self::Contradiction(said) => {
                write!(f, "the clocks contradict each other: {}", said.join("; "))
            }
            Self::Lost(fault) => fault.fmt(f),
        }
    }
}

impl core::error::Error for MeasurementError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Lost(fault) => Some(fault),
            _ => None,
        }
    }
}

impl From<Lost> for MeasurementError {
    fn from(fault: Lost) -> Self {
        Self::Lost(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_documented_names() {
        let http = |url: &str| Ok(ClockName::Http(Target::parse(url).unwrap()));
        let ntp = |host: &str| NtpServer::parse(host).map(ClockName::Ntp).ok_or(NotAClock::Host);
        let rows = [
            ("os", Ok(ClockName::Os)),
            ("ntp:time.example.org", ntp("time.example.org")),
            ("ntp://time.example.org", ntp("time.example.org")),
            ("ntp:127.0.0.1:11123", ntp("127.0.0.1:11123")),
            ("ntp:[::1]:123", ntp("[::1]:123")),
            ("http:https://a.example/", http("https://a.example/")),
            ("https://a.example", http("https://a.example")),
            ("http://a.example", http("http://a.example")),
            ("time.example.org", Err(NotAClock::Form)),
            ("OS", Err(NotAClock::Form)),
            ("", Err(NotAClock::Form)),
            ("ntp:", Err(NotAClock::Host)),
            ("ntp:a b", Err(NotAClock::Host)),
            ("ntp:a:b", Err(NotAClock::Host)),
            ("http:a.example", Err(NotAClock::Url)),
            ("https://", Err(NotAClock::Url)),
            ("https://user:word@a.example/", Err(NotAClock::Credentials)),
        ];
        for (text, expected) in rows {
            assert_eq!(ClockName::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn display_of_name_parses_to_same_name() {
        for name in ["os", "ntp:[::1]:123", "https://a.example/"] {
            assert_eq!(ClockName::parse(name).map(|clock| clock.to_string()).as_deref(), Ok(name));
        }
    }
}
