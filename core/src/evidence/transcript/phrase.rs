//! The numeric parts of sentences: lengths of time, offsets, zones and dates.

use core::fmt;

use crate::time::{Civil, Date, TimeOfDay};
use crate::time::{Offset, Span, UnixTime};

const MICROS: u64 = 1_000_000;

/// Seconds without a sign, as a decimal number without trailing zeros.
struct Seconds(u64);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / MICROS)?;
        let (mut fraction, mut digits) = (self.0 % MICROS, 6_usize);
        if fraction == 0 {
            return Ok(());
        }
        while fraction.is_multiple_of(10) {
            (fraction, digits) = (fraction / 10, digits.saturating_sub(1));
        }
        write!(f, ".{fraction:0digits$}")
    }
}

/// Reads [`Seconds`] as microseconds.
fn seconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = u32::try_from(fraction.len()).ok().filter(|digits| *digits <= 6)?;
    let unit = 10_u64.pow(6_u32.saturating_sub(digits));
    let fraction: u64 = if digits == 0 { 0 } else { fraction.parse().ok()? };
    let whole: u64 = whole.parse().ok()?;
    whole.checked_mul(MICROS)?.checked_add(fraction.checked_mul(unit)?)
}

fn forwards(text: &str) -> Option<Span> {
    i64::try_from(seconds(text)?).ok().map(Span::from_micros)
}

fn backwards(text: &str) -> Option<Span> {
    0_i64.checked_sub_unsigned(seconds(text)?).map(Span::from_micros)
}

/// Returns the length without its sign.
const fn size(span: Span) -> Seconds {
    Seconds(span.as_micros().unsigned_abs())
}

/// Seconds since 1970, negative before that.
pub(super) struct Since1970(pub(super) UnixTime);

impl Since1970 {
    pub(super) fn parse(text: &str) -> Option<UnixTime> {
        let since = text.strip_prefix('-').map_or_else(|| forwards(text), backwards)?;
        Some(UnixTime::from_micros(since.as_micros()))
    }
}

impl fmt::Display for Since1970 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.as_micros();
        write!(f, "{}{}", if micros < 0 { "-" } else { "" }, Seconds(micros.unsigned_abs()))
    }
}

const BEHIND: &str = " s behind";
const AHEAD: &str = " s ahead of";
const UNKNOWN: &str = "an unknown time from";

/// The distance of this clock behind or ahead of another, written before the name of that clock.
pub(super) struct Apart(pub(super) Offset);

impl Apart {
    pub(super) fn parse(text: &str) -> Option<Offset> {
        if text == UNKNOWN {
            return Some(Offset::UNKNOWN);
        }
        if let Some(ends) = text.strip_prefix("between ") {
            let (ahead, behind) = ends.strip_suffix(BEHIND)?.split_once(" s ahead of and ")?;
            return Offset::between(backwards(ahead)?, forwards(behind)?);
        }
        if let Some(most) = text.strip_prefix("at most ") {
            return match most.strip_suffix(" s behind or any time ahead of") {
                Some(behind) => Some(Offset::at_most(forwards(behind)?)),
                None => {
                    let ahead = most.strip_suffix(" s ahead of or any time behind")?;
                    Some(Offset::at_least(backwards(ahead)?))
                }
            };
        }
        match text.strip_suffix(BEHIND) {
            Some(behind) => Self::behind(behind),
            None => Self::ahead(text.strip_suffix(AHEAD)?),
        }
    }

    fn behind(text: &str) -> Option<Offset> {
        if let Some(least) = text.strip_prefix("at least ") {
            return Some(Offset::at_least(forwards(least)?));
        }
        let (least, most) = text.split_once(" to ").unwrap_or((text, text));
        Offset::between(forwards(least)?, forwards(most)?)
    }

    fn ahead(text: &str) -> Option<Offset> {
        if let Some(least) = text.strip_prefix("at least ") {
            return Some(Offset::at_most(backwards(least)?));
        }
        let (near, far) = text.split_once(" to ").unwrap_or((text, text));
        Offset::between(backwards(far)?, backwards(near)?)
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (self.0.least(), self.0.most());
        let (near, far) = (size(least), size(most));
        match (least == Span::MIN, most == Span::MAX) {
            (true, true) => f.write_str(UNKNOWN),
            (true, false) if most > Span::ZERO => {
                write!(f, "at most {far} s behind or any time ahead of")
            }
            (true, false) => write!(f, "at least {far}{AHEAD}"),
            (false, true) if least < Span::ZERO => {
                write!(f, "at most {near} s ahead of or any time behind")
            }
            (false, true) => write!(f, "at least {near}{BEHIND}"),
            (false, false) if least < Span::ZERO && most > Span::ZERO => {
                write!(f, "between {near}{AHEAD} and {far}{BEHIND}")
            }
            (false, false) if least == most && least < Span::ZERO => write!(f, "{near}{AHEAD}"),
            (false, false) if least == most => write!(f, "{near}{BEHIND}"),
            (false, false) if least < Span::ZERO => write!(f, "{far} to {near}{AHEAD}"),
            (false, false) => write!(f, "{near} to {far}{BEHIND}"),
        }
    }
}

/// The distance of another clock from this one: the server's clock minus the local one.
pub(super) struct Ahead(pub(super) Span);

impl Ahead {
    pub(super) fn parse(text: &str) -> Option<Span> {
        match text.strip_suffix(" s ahead of this clock") {
            Some(ahead) => forwards(ahead),
            None => backwards(text.strip_suffix(" s behind this clock")?),
        }
    }
}

impl fmt::Display for Ahead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = if self.0 < Span::ZERO { "behind" } else { "ahead of" };
        write!(f, "{} s {side} this clock", size(self.0))
    }
}

/// The zone of a wall clock in whole seconds: `UTC+09:00`, with seconds only if they are not zero.
pub(super) struct Zone(pub(super) Span);

impl Zone {
    pub(super) fn parse(text: &str) -> Option<Span> {
        let text = text.strip_prefix("UTC")?;
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+')?),
        };
        let mut parts = digits.splitn(3, ':');
        let (hours, minutes) = (parts.next()?, parts.next()?);
        let seconds: i64 = parts.next().map_or(Some(0), |seconds| seconds.parse().ok())?;
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        let total = hours.checked_mul(3_600)?.checked_add(minutes.checked_mul(60)?)?;
        let total = total.checked_add(seconds)?.checked_mul(sign)?;
        Some(Span::from_secs(total))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secs = self.0.as_micros().unsigned_abs() / MICROS;
        let sign = if self.0 < Span::ZERO { '-' } else { '+' };
        write!(f, "UTC{sign}{:02}:{:02}", secs / 3_600, secs / 60 % 60)?;
        if secs.is_multiple_of(60) { Ok(()) } else { write!(f, ":{:02}", secs % 60) }
    }
}

/// An instant in whole seconds, in UTC as written in RFC 3339.
pub(super) struct InUtc(pub(super) UnixTime);

impl InUtc {
    pub(super) fn parse(text: &str) -> Option<UnixTime> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let mut parts = date.rsplitn(3, '-');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Civil { date: calendar(year, month, day)?, time: time_of_day(time)? }.as_utc())
    }
}

impl fmt::Display for InUtc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { date, time } = Civil::of_utc(self.0);
        write!(f, "{date}T{time}Z")
    }
}

/// The reading of a wall clock, as if it were UTC: `28.02.2017 18:39:51`.
pub(super) struct WallClock(pub(super) UnixTime);

impl WallClock {
    pub(super) fn parse(text: &str) -> Option<UnixTime> {
        let (date, time) = text.split_once(' ')?;
        let mut parts = date.splitn(3, '.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Civil { date: calendar(year, month, day)?, time: time_of_day(time)? }.as_utc())
    }
}

impl fmt::Display for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { date, time } = Civil::of_utc(self.0);
        write!(f, "{:02}.{:02}.{:04} {time}", date.day(), date.month(), date.year())
    }
}

fn calendar(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn time_of_day(text: &str) -> Option<TimeOfDay> {
    let mut parts = text.splitn(3, ':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    TimeOfDay::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)
}
