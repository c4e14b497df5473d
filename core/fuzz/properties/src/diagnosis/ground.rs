//! The evidence that a finding against a clock needs.

use jwtick_core::diagnosis::{Cause, Certainty, ClockFault, Diagnosis, EvidenceKind};

/// Asserts that a finding against a clock rests on two times, or on words that allow no other
/// reading.
pub(super) fn assert_two_times(diagnosis: &Diagnosis, text: &[u8]) {
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
pub(super) fn assert_only_words(diagnosis: &Diagnosis) {
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
pub(super) fn without_times(text: &[u8]) -> Vec<u8> {
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
