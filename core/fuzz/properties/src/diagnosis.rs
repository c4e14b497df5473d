//! A diagnosis allocates no memory, blames no clock without two times, and is consistent.

use core::fmt::Display;

use jwtick_core::diagnosis::{
    Cause, Certainty, ClockFault, Diagnosis, EvidenceKind, LogZone, ZoneKnowledge,
};
use jwtick_core::time::Direction;
use jwtick_core::words::{self, Language};
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
    let nothing = diagnose(&without_times(input), LogZone::Unknown);
    assert_only_words(&nothing);
}

fn assert_holds(diagnosis: &Diagnosis, input: &[u8]) {
    assert_two_times(diagnosis, input);
    assert_consistent(diagnosis);
    assert_evidence(diagnosis, input);
    assert_said(diagnosis);
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

/// Asserts that a finding against a clock rests on two times, or on words that allow no other
/// reading.
fn assert_two_times(diagnosis: &Diagnosis, text: &[u8]) {
    if diagnosis.fault != ClockFault::Found {
        return;
    }
    let shows = |kind| diagnosis.evidence.iter().any(|evidence| evidence.kind == kind);
    let has_step = shows(EvidenceKind::ClockStep);
    let has_refusal = shows(EvidenceKind::Refusal) || shows(EvidenceKind::Certificate);
    // Two clocks that differ by more than any tolerance need no refusal that is known.
    let differs = shows(EvidenceKind::ServerTime) && diagnosis.certainty == Certainty::Proven;
    assert!(has_step || has_refusal || differs, "neither a step nor a refusal: {diagnosis:?}");
    if diagnosis.certainty == Certainty::Weak {
        assert_eq!(diagnosis.offset, None, "an offset from words alone: {diagnosis:?}");
    } else if diagnosis.cause != Cause::PeerClocks {
        // A clock that shows a year before tokens existed is wrong on its own evidence.
        let needed = if diagnosis.cause == Cause::ClockUnset { 1 } else { 2 };
        let times = times(text);
        assert!(times >= needed || has_step, "{times} times: {diagnosis:?}");
    }
}

/// Asserts that a text without any time proves no clock wrong.
fn assert_only_words(diagnosis: &Diagnosis) {
    // Words may show that two servers differ, which blames neither of them. A time service that
    // reports a lost time needs no second time.
    let lost = diagnosis.evidence.iter().any(|it| it.kind == EvidenceKind::ClockStep);
    let accuses = diagnosis.fault == ClockFault::Found && diagnosis.cause != Cause::PeerClocks;
    let only_words = diagnosis.certainty == Certainty::Weak || lost;
    assert!(!accuses || only_words, "no time in the text: {diagnosis:?}");
    let times = (diagnosis.offset, diagnosis.reading, diagnosis.drift);
    assert_eq!(times, (None, None, None), "no time in the text: {diagnosis:?}");
}

/// Returns the text without digits, and without tokens, which contain times.
fn without_times(text: &[u8]) -> Vec<u8> {
    let mut text: Vec<u8> =
        text.iter().map(|byte| if byte.is_ascii_digit() { b'x' } else { *byte }).collect();
    while let Some(at) = text.windows(3).position(|start| start == b"eyJ") {
        text.splice(at..at + 3, *b"xxx");
    }
    text
}

/// Counts words that may be a time, and tokens. A duration counts as two, because it is the result
/// of a comparison.
fn times(text: &[u8]) -> usize {
    let part = |byte: &u8| b" \t\r\n\",;'()[]{}<>=".contains(byte);
    let mut words = text.split(part).filter(|word| !word.is_empty()).peekable();
    let mut times = 0;
    while let Some(word) = words.next() {
        times += match words.peek() {
            _ if !word.iter().any(u8::is_ascii_digit) => usize::from(word.starts_with(b"eyJ")),
            Some(unit) if is_unit(unit) => 2,
            _ => 1 + usize::from(is_unit(behind_digits(word))),
        };
    }
    times
}

fn behind_digits(word: &[u8]) -> &[u8] {
    let last = word.iter().rposition(u8::is_ascii_digit).unwrap_or(0);
    word.get(last + 1..).unwrap_or_default()
}

/// Returns `true` if `word` is a unit from seconds and milliseconds to days, as a word or a letter.
fn is_unit(word: &[u8]) -> bool {
    const UNITS: [u8; 4] = *b"smhd";
    word.first().is_some_and(|first| UNITS.contains(first))
}

/// Asserts that every part of the diagnosis has words.
fn assert_said(diagnosis: &Diagnosis) {
    for &language in Language::ALL {
        assert_words(&words::summary(diagnosis, language));
        assert_words(&words::cause(diagnosis.cause, language));
        assert_words(&words::certainty(diagnosis.certainty, language));
        diagnosis.drift.iter().for_each(|it| assert_words(&words::drift(it, language)));
        diagnosis.remedies.iter().for_each(|it| assert_words(&words::remedy(it, language)));
        diagnosis.decider.iter().for_each(|it| assert_words(&words::decider(*it, language)));
    }
}

fn assert_words(words: &impl Display) {
    let words = words.to_string();
    assert!(words.starts_with(|first: char| !first.is_whitespace()), "'{words}'");
    assert!(!words.contains("  ") && !words.contains('{'), "'{words}'");
}
