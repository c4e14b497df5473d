//! The time zone of this host.

use std::{env, fs};

use jiff::tz::TimeZone;

/// The zone that wall clocks here show.
///
/// The file that names it is read as such: to look its name up in the database would mean to list
/// all zones first, which takes longer than everything else that `inspect` does.
pub(crate) fn local() -> TimeZone {
    let named = env::var_os("TZ").is_some_and(|zone| !zone.is_empty());
    let file = (!named).then(|| fs::read("/etc/localtime").ok()).flatten();
    file.and_then(|rules| TimeZone::tzif("local", &rules).ok()).unwrap_or_else(TimeZone::system)
}
