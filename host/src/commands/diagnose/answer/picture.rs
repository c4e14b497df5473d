//! The readings of both clocks at the same moment on one line, the earlier one on the left.

use jwtick_core::diagnosis::{Cause, ClockFault, Diagnosis, Reading, ZoneKnowledge};
use jwtick_core::words::{self, Heading, Language};
use jwtick_core::{Span, UnixTime};
use serde::Serialize;

use crate::notation::civil;
use crate::page::json::Seconds;
use crate::page::terminal::{Glyphs, columns};

/// Maximum width in columns; a wider picture would show no more.
const WIDEST: usize = 100;

const INDENT: &str = "  ";

/// The reading of one clock.
#[derive(Debug, Serialize)]
pub(crate) struct Clock {
    label: String,
    time: String,
    at_s: Seconds,
}

/// Both clocks at one moment, the earlier one on the left.
#[derive(Debug, Serialize)]
pub(crate) struct Clocks {
    left: Clock,
    right: Clock,
    /// The offset between them.
    caption: String,
    /// True if the local clock is on the left.
    is_local_left: bool,
}

impl Clock {
    fn width(&self) -> usize {
        columns(&self.label).max(columns(&self.time))
    }
}

/// The picture, drawn `width` columns wide; `None` if there are no two times to draw, or if the
/// answer states no offset that it could show.
pub(super) fn picture(
    diagnosis: &Diagnosis,
    language: Language,
    width: usize,
    glyphs: Glyphs,
) -> Option<String> {
    let Clocks { left, right, caption, .. } = clocks(diagnosis, language, glyphs)?;
    let width = width.min(WIDEST).saturating_sub(INDENT.len());
    let rows = if left.width() + right.width() + INDENT.len() > width {
        stacked(&left, &right, &caption)
    } else {
        side_by_side(&left, &right, &caption, width, glyphs)
    };
    Some(rows.iter().map(|row| format!("{INDENT}{}\n", row.trim_end())).collect())
}

/// What the picture shows; `None` where there is none.
pub(crate) fn clocks(diagnosis: &Diagnosis, language: Language, glyphs: Glyphs) -> Option<Clocks> {
    let reading = diagnosis.reading.filter(|reading| reading.local != reading.reference)?;
    if !states_offset(diagnosis) {
        return None;
    }
    let offset = diagnosis.offset_if_utc.or(diagnosis.offset)?;
    let [mut local, reference] = read(reading, diagnosis.zone, language)?;
    if offset.most() - offset.least() > VAGUE {
        local.time.insert_str(0, glyphs.pick("≈ ", "~ "));
    }
    let is_local_left = reading.local <= reading.reference;
    let [left, right] = if is_local_left { [local, reference] } else { [reference, local] };
    Some(Clocks {
        left,
        right,
        caption: words::offset(offset, language).to_string(),
        is_local_left,
    })
}

/// Returns true if the sentences of the answer state the offset of the local clock. Two clocks that
/// are drawn apart below "no clock is at fault" would contradict it.
fn states_offset(diagnosis: &Diagnosis) -> bool {
    match diagnosis.cause {
        Cause::LocalClock | Cause::PeerClocks | Cause::Undetermined => true,
        Cause::TimeZone => diagnosis.fault != ClockFault::Cleared,
        _ => false,
    }
}

/// The width of an interval from which on its middle is a time that no clock showed.
const VAGUE: Span = Span::from_secs(2);

/// The local clock and the reference.
fn read(reading: Reading, zone: ZoneKnowledge, language: Language) -> Option<[Clock; 2]> {
    let (label, zone) = match zone {
        ZoneKnowledge::Unknown => (Heading::LocalClockIfUtc, Span::ZERO),
        // Readers look for the times of the log, which are in its own zone.
        ZoneKnowledge::Recovered(zone) => (Heading::LocalClock, zone),
        ZoneKnowledge::Stated | ZoneKnowledge::Assumed => (Heading::LocalClock, Span::ZERO),
    };
    let step = step(reading);
    let reference = whole(reading.reference, step);
    // Rounded once, so that both ends are as far apart as the caption says.
    let local = reference - rounded(reading.reference - reading.local, step);
    let local = clock(label, local, zone, language)?;
    Some([local, clock(Heading::Reference, reference, zone, language)?])
}

// Differences of a minute or more do not need milliseconds.
fn step(reading: Reading) -> i64 {
    let apart = (reading.reference - reading.local).abs();
    if apart < Span::from_secs(60) { 1_000 } else { 1_000_000 }
}

fn whole(at: UnixTime, step: i64) -> UnixTime {
    at - Span::from_micros(at.as_micros().rem_euclid(step))
}

fn rounded(apart: Span, step: i64) -> Span {
    let half = Span::from_micros(step / 2);
    let up = (apart + half).as_micros();
    Span::from_micros(up - up.rem_euclid(step))
}

fn clock(label: Heading, at: UnixTime, zone: Span, language: Language) -> Option<Clock> {
    let label = words::heading(label, language).to_string();
    Some(Clock { label, time: civil::at_offset(at, zone)?, at_s: Seconds(at - UnixTime::EPOCH) })
}

fn side_by_side(
    left: &Clock,
    right: &Clock,
    caption: &str,
    width: usize,
    glyphs: Glyphs,
) -> Vec<String> {
    let (end, dash) = glyphs.pick(("●", "─"), ("*", "-"));
    let line = format!("{end}{}{end}", dash.repeat(width.saturating_sub(2)));
    let middle = width.saturating_sub(columns(caption)) / 2;
    vec![
        apart(&left.label, &right.label, width),
        apart(&left.time, &right.time, width),
        line,
        " ".repeat(middle) + caption,
    ]
}

fn apart(left: &str, right: &str, width: usize) -> String {
    let gap = width.saturating_sub(columns(left)).saturating_sub(columns(right));
    format!("{left}{}{right}", " ".repeat(gap))
}

fn stacked(left: &Clock, right: &Clock, caption: &str) -> Vec<String> {
    let row = |clock: &Clock| format!("{}: {}", clock.label, clock.time);
    vec![row(left), row(right), caption.to_owned()]
}

#[cfg(test)]
mod tests {
    use jwtick_core::diagnosis::{Cause, Certainty, ClockFault};
    use jwtick_core::time::{Direction, Offset};

    use super::*;

    fn diagnosis(local: i64, reference: i64) -> Diagnosis {
        Diagnosis {
            cause: Cause::LocalClock,
            fault: ClockFault::Found,
            direction: Some(Direction::Behind),
            certainty: Certainty::Proven,
            offset: Some(Offset::exactly(Span::from_secs(reference - local))),
            offset_if_utc: None,
            assumptions: Default::default(),
            difference: None,
            possibilities: Default::default(),
            attribution: None,
            proof: None,
            third_opinion: None,
            zone: ZoneKnowledge::Stated,
            reading: Some(Reading {
                local: UnixTime::from_secs(local),
                reference: UnixTime::from_secs(reference),
            }),
            drift: None,
            clocks: None,
            hosts: Default::default(),
            evidence: Default::default(),
            remedies: Default::default(),
            server: Default::default(),
            decider: None,
            refusals: 1,
            lines: 38,
        }
    }

    fn drawn(diagnosis: &Diagnosis, language: Language, width: usize, glyphs: Glyphs) -> String {
        picture(diagnosis, language, width, glyphs).unwrap_or_default()
    }

    const BEHIND: &str = "  \
  local clock                                      reference
  1970-01-01 00:01:40 UTC            1970-01-01 00:02:40 UTC
  *--------------------------------------------------------*
                     60 s (1 min) behind
";

    #[test]
    fn earlier_clock_is_on_the_left() {
        let behind = drawn(&diagnosis(100, 160), Language::English, 60, Glyphs::Ascii);
        assert_eq!(behind, BEHIND);
        let ahead = drawn(&diagnosis(160, 100), Language::Korean, 60, Glyphs::Unicode);
        assert!(ahead.starts_with("  기준 시계"), "{ahead}");
        assert!(ahead.contains("●──"), "{ahead}");
    }

    #[test]
    fn fits_any_width() {
        for width in 0..130 {
            for &language in Language::ALL {
                let drawn = drawn(&diagnosis(100, 160), language, width, Glyphs::Unicode);
                let widest = drawn.lines().map(columns).max().unwrap_or_default();
                assert!(widest <= width.max(60), "{width}: {drawn}");
            }
        }
    }

    #[test]
    fn recovered_zone_is_that_of_both_times() {
        let zone = ZoneKnowledge::Recovered(Span::from_secs(28_800));
        let drawn =
            drawn(&Diagnosis { zone, ..diagnosis(100, 160) }, Language::English, 80, Glyphs::Ascii);
        assert!(drawn.contains("1970-01-01 08:01:40 UTC+08:00"), "{drawn}");
        assert!(drawn.contains("1970-01-01 08:02:40 UTC+08:00"), "{drawn}");
        assert!(drawn.starts_with("  local clock "), "{drawn}");
    }

    #[test]
    fn answer_that_states_no_offset_has_no_picture() {
        for cause in [Cause::Expired, Cause::ClockUnset, Cause::RemoteClock, Cause::LateRequest] {
            let diagnosis = Diagnosis { cause, ..diagnosis(100, 160) };
            assert_eq!(picture(&diagnosis, Language::English, 80, Glyphs::Ascii), None);
        }
    }

    #[test]
    fn equal_readings_give_no_picture() {
        assert_eq!(picture(&diagnosis(100, 100), Language::English, 80, Glyphs::Ascii), None);
        let no_reading = Diagnosis { reading: None, ..diagnosis(100, 160) };
        assert_eq!(picture(&no_reading, Language::English, 80, Glyphs::Ascii), None);
    }
}
