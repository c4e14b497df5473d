//! The zone of the stamps of a text, as known to the caller.

use crate::time::{Span, UnixTime};

/// The civil offsets of a zone.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options, Span, UnixTime};
/// use jwtick_core::diagnosis::{LogZone, ZoneRules};
/// /// Summer time from one civil instant to another.
/// struct Summer(UnixTime, UnixTime);
/// impl ZoneRules for Summer {
///     fn utc_offset(&self, civil: UnixTime) -> Span {
///         let summer = self.0 <= civil && civil < self.1;
///         Span::from_secs(if summer { 7_200 } else { 3_600 })
///     }
/// }
/// let rules = Summer(UnixTime::from_secs(1_711_850_400), UnixTime::from_secs(1_729_998_000));
/// let diagnoser = Diagnoser::new(Options { zone: LogZone::Rules(&rules) });
/// # let _ = diagnoser;
/// ```
pub trait ZoneRules {
    /// Returns local time minus UTC at the local civil time `civil`, which is given as if it were
    /// UTC.
    fn utc_offset(&self, civil: UnixTime) -> Span;
}

/// The zone of the stamps that name none.
///
/// # Example
/// ```
/// use jwtick_core::{Diagnoser, Options, Span};
/// use jwtick_core::diagnosis::LogZone;
/// let mut diagnoser = Diagnoser::new(Options { zone: LogZone::Fixed(Span::from_secs(3_600)) });
/// diagnoser.feed(b"2024-01-09 14:00:00 POST /token\n");
/// diagnoser.feed(b"2024-01-09 14:00:00 Date: Tue, 09 Jan 2024 13:00:00 GMT\n");
/// diagnoser.feed(b"2024-01-09 14:00:00 JWT has expired\n");
/// assert!(diagnoser.finish().offset.unwrap().contains(Span::ZERO), "the hour is explained by the zone");
/// ```
#[derive(Clone, Copy, Default)]
pub enum LogZone<'z> {
    /// Unknown: results hold for every zone from UTC−12 to UTC+14.
    #[default]
    Unknown,
    /// A fixed offset, local time minus UTC.
    Fixed(Span),
    /// A zone with summer time.
    Rules(&'z dyn ZoneRules),
}

impl LogZone<'_> {
    /// Returns local time minus UTC at `civil`, if it is known.
    pub(crate) fn at(self, civil: UnixTime) -> Option<Span> {
        match self {
            Self::Unknown => None,
            Self::Fixed(zone) => Some(zone),
            Self::Rules(rules) => Some(rules.utc_offset(civil)),
        }
    }
}

/// Facts that the caller knows about the text.
///
/// # Example
/// ```
/// use jwtick_core::{Options, Span};
/// use jwtick_core::diagnosis::LogZone;
/// let kolkata = Options { zone: LogZone::Fixed(Span::from_secs(5 * 3_600 + 1_800)) };
/// assert!(matches!(kolkata.zone, LogZone::Fixed(_)));
/// assert!(matches!(Options::default().zone, LogZone::Unknown));
/// ```
#[derive(Clone, Copy, Default)]
pub struct Options<'z> {
    /// The zone of the stamps that name none.
    pub zone: LogZone<'z>,
}
