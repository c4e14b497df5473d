//! The offset of a clock in words (`208,154 s (2 d 9 h 49 min 14 s) ±1 s behind`), and a zone as
//! its offset from UTC.

use core::fmt;

use super::duration::{amount, amount_within};
use super::language::Language;
use super::sentence::{Said, sentence, sentences};
use crate::time::{Direction, Offset, Span};

/// Formats the interval of an offset as the complement of "the clock is …" ("die Uhr geht …"). A
/// narrow interval is shown as its middle and its radius, a wide one by both ends, and one with an
/// open end with "at least".
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::Offset;
/// use jwtick_core::words::{Language, offset};
/// let off = Offset::between(Span::from_secs(208_153), Span::from_secs(208_155)).unwrap();
/// assert_eq!(
///     offset(off, Language::German).to_string(),
///     "208.154 s (2 d 9 h 49 min 14 s) ±1 s nach"
/// );
/// ```
#[must_use]
pub fn offset(offset: Offset, language: Language) -> impl fmt::Display {
    Extent::of(offset).said(language, Ending::Noun)
}

/// The forms in which an offset is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Both ends are open.
    Unknown,
    /// The offset is exactly zero.
    Exact,
    /// A narrow interval on one side of zero.
    Around { direction: Direction, middle: Span, radius: Span },
    /// A wide interval on one side of zero.
    Between { direction: Direction, least: Span, most: Span },
    /// Open away from zero; the other end is known to within `radius`.
    AtLeast { direction: Direction, middle: Span, radius: Span },
    /// Open on the other side of zero.
    AtMost(Direction, Span),
    /// The interval includes zero, so the clock may be right.
    Across { ahead: Span, behind: Span },
}

/// The continuation of a Korean sentence. Other languages do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Not a sentence: 느림.
    Noun,
    /// Another clause follows: 느리고.
    And,
    /// The end of the sentence: 느립니다.
    Full,
    /// A possibility follows: 느릴 (수 있습니다).
    May,
}

impl Extent {
    pub(super) fn of(offset: Offset) -> Self {
        let (least, most) = (offset.least(), offset.most());
        match (least == Span::MIN, most == Span::MAX) {
            (true, true) => Self::Unknown,
            (true, false) if most <= Span::ZERO => Self::from(Direction::Ahead, most.abs()),
            (true, false) => Self::AtMost(Direction::Behind, most),
            (false, true) if least >= Span::ZERO => Self::from(Direction::Behind, least),
            (false, true) => Self::AtMost(Direction::Ahead, least.abs()),
            (false, false) => Self::closed(least, most),
        }
    }

    fn closed(least: Span, most: Span) -> Self {
        if least == Span::ZERO && most == Span::ZERO {
            Self::Exact
        } else if least >= Span::ZERO {
            Self::one_sided(Direction::Behind, least, most)
        } else if most <= Span::ZERO {
            Self::one_sided(Direction::Ahead, most.abs(), least.abs())
        } else {
            Self::Across { ahead: least.abs(), behind: most }
        }
    }

    const fn from(direction: Direction, least: Span) -> Self {
        Self::AtLeast { direction, middle: least, radius: Span::ZERO }
    }

    fn one_sided(direction: Direction, least: Span, most: Span) -> Self {
        match Self::centred(least, most) {
            Some((middle, radius)) => Self::Around { direction, middle, radius },
            None => Self::Between { direction, least, most },
        }
    }

    // "12 s ±10 s" hides that the value may be 2 s. The middle represents the interval only if both
    // ends differ from it by at most a tenth.
    fn centred(least: Span, most: Span) -> Option<(Span, Span)> {
        let radius = most.as_micros().saturating_sub(least.as_micros()).wrapping_div(2);
        let middle = least.as_micros().saturating_add(radius);
        if radius > middle.wrapping_div(10) {
            return None;
        }
        let step = Self::step(radius);
        let middle = middle.saturating_add(step.wrapping_div(2)).wrapping_div(step);
        let middle = Span::from_micros(middle.saturating_mul(step));
        let reach = (most - middle).max(middle - least).as_micros();
        let steps = reach.saturating_add(step.saturating_sub(1)).wrapping_div(step);
        Some((middle, Span::from_micros(steps.saturating_mul(step))))
    }

    // The value has no digit below the first uncertain one.
    const fn step(radius: i64) -> i64 {
        match radius {
            0..5 => 1,
            5..50 => 10,
            50..500 => 100,
            500..500_000 => 1_000,
            _ => 1_000_000,
        }
    }

    /// The end of `wide` next to zero, which holds whatever else is open. It is as precise as
    /// `narrow`, the same interval in one zone. `None` if the clock may be right.
    pub(super) fn at_least(wide: Offset, narrow: Offset) -> Option<Self> {
        let (direction, least) = match Self::of(wide) {
            Self::Around { direction, .. } | Self::Between { direction, .. } => {
                let end = if wide.least() >= Span::ZERO { wide.least() } else { wide.most() };
                (direction, end.abs())
            }
            Self::AtLeast { direction, middle, .. } => (direction, middle),
            Self::Unknown | Self::Exact | Self::AtMost(..) | Self::Across { .. } => return None,
        };
        let most = least + (narrow.most() - narrow.least());
        Some(match (Self::of(narrow), Self::centred(least, most)) {
            (Self::Around { .. }, Some((middle, radius))) => {
                Self::AtLeast { direction, middle, radius }
            }
            _ => Self::from(direction, least),
        })
    }

    pub(super) fn said(self, language: Language, ending: Ending) -> impl fmt::Display {
        Said(move |f: &mut fmt::Formatter<'_>| self.write(language, ending, f))
    }

    /// The direction of all offsets of the interval, if it is one.
    pub(super) const fn direction(self) -> Option<Direction> {
        match self {
            Self::Around { direction, .. }
            | Self::Between { direction, .. }
            | Self::AtLeast { direction, .. } => Some(direction),
            Self::Unknown | Self::Exact | Self::AtMost(..) | Self::Across { .. } => None,
        }
    }

    /// Returns `true` if the interval excludes zero, which proves that the clock is wrong.
    pub(super) const fn is_one_sided(self) -> bool {
        self.direction().is_some()
    }

    fn write(self, language: Language, ending: Ending, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = |direction| way((direction, ending), language);
        match self {
            Self::Unknown => unknown(ending, language, f),
            Self::Exact => exact(ending, language, f),
            Self::Around { direction, middle, radius } => {
                write!(f, "{} {}", amount_within(middle, radius, language), way(direction))
            }
            Self::Between { direction, least, most } => {
                let (least, most) = (amount(least, language), amount(most, language));
                let way = way(direction);
                sentence!(f, language,
                    en: "between {least} and {most} {way}",
                    de: "zwischen {least} und {most} {way}",
                    ko: "최소 {least}, 최대 {most} {way}",
                )
            }
            Self::AtLeast { direction, middle, radius } => {
                let least = at_least(amount_within(middle, radius, language), language);
                write!(f, "{least} {}", way(direction))
            }
            Self::AtMost(direction, most) => {
                let (most, way) = (amount(most, language), way(direction));
                sentence!(f, language,
                    en: "at most {most} {way}", de: "höchstens {most} {way}", ko: "최대 {most} {way}")
            }
            Self::Across { ahead, behind } => across(ahead, behind, ending, language, f),
        }
    }
}

fn across(
    ahead: Span,
    behind: Span,
    ending: Ending,
    language: Language,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (ahead, behind) = (amount(ahead, language), amount(behind, language));
    let way = way((Direction::Behind, ending), language);
    sentence!(f, language,
        en: "between {ahead} ahead and {behind} {way}",
        de: "zwischen {ahead} vor und {behind} {way}",
        ko: "최대 {ahead} 빠르거나 최대 {behind} {way}",
    )
}

sentences! {
    fn way(said: (Direction, Ending), language, f) {
        (Direction::Behind, Ending::Noun) => [en: "behind", de: "nach", ko: "느림"]
        (Direction::Behind, Ending::And) => [en: "behind", de: "nach", ko: "느리고"]
        (Direction::Behind, Ending::Full) => [en: "behind", de: "nach", ko: "느립니다"]
        (Direction::Behind, Ending::May) => [en: "behind", de: "nach", ko: "느릴"]
        (Direction::Ahead, Ending::Noun) => [en: "ahead", de: "vor", ko: "빠름"]
        (Direction::Ahead, Ending::And) => [en: "ahead", de: "vor", ko: "빠르고"]
        (Direction::Ahead, Ending::Full) => [en: "ahead", de: "vor", ko: "빠릅니다"]
        (Direction::Ahead, Ending::May) => [en: "ahead", de: "vor", ko: "빠를"]
    }
}

fn unknown(ending: Ending, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let korean = match ending {
        Ending::Noun => "없음",
        Ending::And => "없고",
        Ending::Full => "없습니다",
        Ending::May => "없을",
    };
    sentence!(f, language,
        en: "off by an unknown amount",
        de: "um einen unbekannten Betrag falsch",
        ko: "차이를 알 수 {korean}",
    )
}

fn exact(ending: Ending, language: Language, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let korean = match ending {
        Ending::Noun => "정확함",
        Ending::And => "정확하고",
        Ending::Full => "정확합니다",
        Ending::May => "정확할",
    };
    sentence!(f, language, en: "exactly right", de: "genau richtig", ko: "{korean}")
}

/// `at least 4 min`.
pub(super) fn at_least(amount: impl fmt::Display, language: Language) -> impl fmt::Display {
    Said(
        move |f: &mut fmt::Formatter<'_>| sentence!(f, language, en: "at least {amount}", de: "mindestens {amount}", ko: "최소 {amount}"),
    )
}

/// `UTC+09:00` for a local time nine hours ahead of UTC (ISO 8601, the same in every language).
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::words::utc_offset;
/// assert_eq!(utc_offset(Span::from_secs(-12_600)).to_string(), "UTC-03:30");
/// assert_eq!(utc_offset(Span::ZERO).to_string(), "UTC");
/// ```
#[must_use]
pub fn utc_offset(local_minus_utc: Span) -> impl fmt::Display {
    UtcOffset(local_minus_utc)
}

struct UtcOffset(Span);

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UTC")?;
        let secs = self.0.as_micros().unsigned_abs().wrapping_div(1_000_000);
        if secs == 0 {
            return Ok(());
        }
        let sign = if self.0 < Span::ZERO { '-' } else { '+' };
        let (hours, minutes) = (secs.wrapping_div(3_600), secs.wrapping_div(60).wrapping_rem(60));
        write!(f, "{sign}{hours:02}:{minutes:02}")?;
        match secs.wrapping_rem(60) {
            0 => Ok(()),
            seconds => write!(f, ":{seconds:02}"), // local mean time, before zones
        }
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    const OPEN_BELOW: i64 = i64::MIN;
    const OPEN_ABOVE: i64 = i64::MAX;

    const MS: i64 = 1_000;
    const S: i64 = 1_000_000;
    type Row = ((i64, i64), &'static str, &'static str, &'static str);
    const ROWS: &[Row] = &[
        (
            (OPEN_BELOW, OPEN_ABOVE),
            "off by an unknown amount",
            "um einen unbekannten Betrag falsch",
            "차이를 알 수 없음",
        ),
        ((0, 0), "exactly right", "genau richtig", "정확함"),
        ((7 * S, 7 * S), "7 s behind", "7 s nach", "7초 느림"),
        (
            (-371 * S, -371 * S),
            "371 s (6 min 11 s) ahead",
            "371 s (6 min 11 s) vor",
            "371초(6분 11초) 빠름",
        ),
        (
            (208_153 * S, 208_155 * S),
            "208,154 s (2 d 9 h 49 min 14 s) ±1 s behind",
            "208.154 s (2 d 9 h 49 min 14 s) ±1 s nach",
            "208,154초(2일 9시간 49분 14초, 오차 ±1초) 느림",
        ),
        (
            (208_152_700 * MS, 208_155_200 * MS),
            "208,154 s (2 d 9 h 49 min 14 s) ±2 s behind",
            "208.154 s (2 d 9 h 49 min 14 s) ±2 s nach",
            "208,154초(2일 9시간 49분 14초, 오차 ±2초) 느림",
        ),
        (
            (30_010 * MS, 30_020 * MS),
            "30.015 s ±5 ms behind",
            "30,015 s ±5 ms nach",
            "30.015초(오차 ±5ms) 느림",
        ),
        ((9 * S, 11 * S), "10 s ±1 s behind", "10 s ±1 s nach", "10초(오차 ±1초) 느림"),
        (
            (0, 2 * S),
            "between 0 s and 2 s behind",
            "zwischen 0 s und 2 s nach",
            "최소 0초, 최대 2초 느림",
        ),
        (
            (-5 * S, -2 * S),
            "between 2 s and 5 s ahead",
            "zwischen 2 s und 5 s vor",
            "최소 2초, 최대 5초 빠름",
        ),
        (
            (-5 * S, 3 * S),
            "between 5 s ahead and 3 s behind",
            "zwischen 5 s vor und 3 s nach",
            "최대 5초 빠르거나 최대 3초 느림",
        ),
        (
            (2_640 * MS, OPEN_ABOVE),
            "at least 2.64 s behind",
            "mindestens 2,64 s nach",
            "최소 2.64초 느림",
        ),
        ((0, OPEN_ABOVE), "at least 0 s behind", "mindestens 0 s nach", "최소 0초 느림"),
        ((OPEN_BELOW, 0), "at least 0 s ahead", "mindestens 0 s vor", "최소 0초 빠름"),
        (
            (OPEN_BELOW, -90 * S),
            "at least 90 s (1 min 30 s) ahead",
            "mindestens 90 s (1 min 30 s) vor",
            "최소 90초(1분 30초) 빠름",
        ),
        ((OPEN_BELOW, 3 * S), "at most 3 s behind", "höchstens 3 s nach", "최대 3초 느림"),
        ((-3 * S, OPEN_ABOVE), "at most 3 s ahead", "höchstens 3 s vor", "최대 3초 빠름"),
    ];

    #[test]
    fn interval_has_words_in_every_language() {
        for &((least, most), english, german, korean) in ROWS {
            let (least, most) = (Span::from_micros(least), Span::from_micros(most));
            let interval = Offset::between(least, most).unwrap();
            assert_eq!(offset(interval, Language::English).to_string(), english);
            assert_eq!(offset(interval, Language::German).to_string(), german, "{english}");
            assert_eq!(offset(interval, Language::Korean).to_string(), korean, "{english}");
        }
    }

    #[test]
    fn value_has_no_digit_below_first_uncertain_one() {
        const ROWS: &[((i64, i64), &str)] = &[
            ((172_799_999_610, 172_800_000_380), "172,800 s (2 d) ±400 µs behind"),
            ((172_800_000_010, 172_800_000_100), "172,800.00006 s (2 d) ±50 µs behind"),
            ((60_000_001, 60_000_004), "60.000002 s (1 min) ±2 µs behind"),
        ];
        for &((least, most), expected) in ROWS {
            let (least, most) = (Span::from_micros(least), Span::from_micros(most));
            let interval = Offset::between(least, most).unwrap();
            assert_eq!(offset(interval, Language::English).to_string(), expected);
        }
    }

    #[test]
    fn interval_around_middle_covers_both_ends() {
        for (least, most) in [(10_000_001, 10_000_777), (99_123_456, 99_999_999), (500, 533)] {
            let interval = Offset::between(Span::from_micros(least), Span::from_micros(most));
            let Extent::Around { middle, radius, .. } = Extent::of(interval.unwrap()) else {
                panic!("{least}..{most} is narrow");
            };
            assert!((middle - radius).as_micros() <= least, "{least}..{most}");
            assert!((middle + radius).as_micros() >= most, "{least}..{most}");
        }
    }

    #[test]
    fn utc_offset_is_written_as_in_iso_8601() {
        const ROWS: &[(i64, &str)] = &[
            (0, "UTC"),
            (3_600, "UTC+01:00"),
            (20_700, "UTC+05:45"),
            (-12_600, "UTC-03:30"),
            (-1_172, "UTC-00:19:32"),
        ];
        for &(secs, said) in ROWS {
            assert_eq!(utc_offset(Span::from_secs(secs)).to_string(), said);
        }
    }
}
