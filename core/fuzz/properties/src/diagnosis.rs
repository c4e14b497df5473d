//! A diagnosis allocates no memory, blames no clock without two times, and is consistent.

mod ground;
mod words;

use jwtick_core::diagnosis::{Cause, ClockFault, Diagnosis, LogZone, ZoneKnowledge};
use jwtick_core::time::Direction;
use jwtick_core::{Diagnoser, Options, Span};

/// The input is a text, whose last byte selects the zone of stamps that name none.
pub fn diagnosis(input: &[u8]) {
    let zone = input.last().copied().and_then(zone);
    let unknown = diagnose(input, LogZone::Unknown);
    assert_holds(&unknown, input);
    if let Some(zone) = zone {
        let known = diagnose(input, LogZone::Fixed(zone));
        assert_holds(&known, input);
        assert_holds_in_any_zone(&unknown, &known);
    }
    let nothing = diagnose(&ground::without_times(input), LogZone::Unknown);
    ground::assert_only_words(&nothing);
}

fn assert_holds(diagnosis: &Diagnosis, input: &[u8]) {
    ground::assert_two_times(diagnosis, input);
    assert_consistent(diagnosis);
    assert_evidence(diagnosis, input);
    words::assert_said(diagnosis);
}

/// Asserts that the conclusions for a log of unknown zone also hold once the zone is known, unless
/// the text rules that zone out.
fn assert_holds_in_any_zone(unknown: &Diagnosis, known: &Diagnosis) {
    let zones = (unknown.zone, known.zone);
    if let (Some(any), Some(one)) = (unknown.offset, known.offset)
        && zones == (ZoneKnowledge::Unknown, ZoneKnowledge::Assumed)
    {
        // If two references contradict each other and neither explains the refusal, either may be
        // right. With more zones to choose from, one may explain it.
        let either = known.fault != ClockFault::Found && known.third_opinion.is_some();
        let holds = any.hull(one) == any || any.intersect(one).is_none();
        assert!(holds || either, "{unknown:?} {known:?}");
    }
}

/// A zone from UTC−12 to UTC+14 in quarters of an hour, or unknown.
fn zone(byte: u8) -> Option<Span> {
    let quarters = i64::from(byte % 128) - 48;
    (quarters <= 56).then(|| Span::from_secs(quarters * 900))
}

fn diagnose(text: &[u8], zone: LogZone<'_>) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options { zone });
    let mut memory = allocation_counter::measure(|| diagnoser.feed(text));
    let mut said = None;
    memory += allocation_counter::measure(|| said = Some(diagnoser.finish()));
    assert_eq!(memory.count_total, 0, "expected no allocations");
    said.unwrap_or_else(|| crate::broken(format_args!("expected a diagnosis, but found none")))
}

/// Asserts that cause, fault, direction and interval agree.
fn assert_consistent(diagnosis: &Diagnosis) {
    let Diagnosis { cause, fault, direction, offset, .. } = *diagnosis;
    let faulty = [Cause::LocalClock, Cause::ClockUnset, Cause::RemoteClock, Cause::PeerClocks];
    assert!(!faulty.contains(&cause) || fault == ClockFault::Found, "{diagnosis:?}");
    assert_eq!(cause == Cause::Undetermined, fault == ClockFault::Open, "{diagnosis:?}");
    assert!(diagnosis.decider.is_some() || cause != Cause::Undetermined, "{diagnosis:?}");
    match (direction, offset) {
        (Some(Direction::Behind), Some(offset)) => {
            assert!(offset.least() > Span::ZERO, "{diagnosis:?}")
        }
        (Some(Direction::Ahead), Some(offset)) => {
            assert!(offset.most() < Span::ZERO, "{diagnosis:?}")
        }
        _ => {}
    }
    if let (Some(narrow), Some(offset)) = (diagnosis.offset_if_utc, offset) {
        assert_eq!(offset.hull(narrow), offset, "{diagnosis:?}");
        assert_eq!(diagnosis.zone, ZoneKnowledge::Unknown, "{diagnosis:?}");
    }
}

/// Asserts that the lines shown are lines of the text.
fn assert_evidence(diagnosis: &Diagnosis, text: &[u8]) {
    for evidence in &diagnosis.evidence {
        assert!((1..=diagnosis.lines).contains(&evidence.line), "{evidence:?}");
        assert!(!evidence.text.chars().any(char::is_control), "{evidence:?}");
    }
    // A byte order mark is not text. UTF-16 has a zero next to each ASCII letter.
    let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text);
    if !text.contains(&0) && !text.starts_with(&[0xFF]) && !text.starts_with(&[0xFE]) {
        let lines = text.split_inclusive(|&byte| byte == b'\n').count();
        assert_eq!(diagnosis.lines, u64::try_from(lines).unwrap_or_default(), "lines");
    }
}
