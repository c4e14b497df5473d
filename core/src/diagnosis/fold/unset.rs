//! Clocks that were never set.

use crate::time::{Span, UnixTime};

/// Returns `true` if a clock that shows `civil` runs from a start of clocks that were never set:
/// 1900 (NTP), 1970, 1980 (GPS) or January 2000 (many RTCs).
pub(crate) fn was_never_set(civil: UnixTime) -> bool {
    const YEAR_1990: UnixTime = UnixTime::from_secs(631_152_000);
    const YEAR_2000: UnixTime = UnixTime::from_secs(946_684_800);
    const MONTH: Span = Span::from_secs(31 * 86_400);
    civil < YEAR_1990 || (YEAR_2000 <= civil && civil < YEAR_2000 + MONTH)
}

/// The same for a time in a text. A clock shows the start of Unix time for a second only, but programs
/// print it where they have no time.
pub(crate) fn runs_from_a_start(civil: UnixTime) -> bool {
    civil != UnixTime::EPOCH && was_never_set(civil)
}
