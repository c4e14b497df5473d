//! Properties of every text: chunking does not matter, nothing panics, no clock is blamed without grounds.

use std::fs;
use std::path::Path;

use jwtick_core::diagnosis::{Certainty, ClockFault, Diagnosis, EvidenceKind};
use jwtick_core::{Diagnoser, Options};
use proptest::prelude::*;
use proptest::sample::Index;

/// Larger logs repeat what small ones hold, and take long in a debug build.
const SMALL: u64 = 16 * 1024;

/// The captured texts, in the order of their names.
fn captured() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cases");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.metadata().unwrap().len() <= SMALL)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

fn diagnose<'t>(chunks: impl IntoIterator<Item = &'t [u8]>) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    for chunk in chunks {
        diagnoser.feed(chunk);
    }
    diagnoser.finish()
}

/// Returns true if a diagnosis that blames a clock shows what was refused, which step was taken, or two
/// clocks that differ by more than any judge tolerates.
fn has_ground(diagnosis: &Diagnosis) -> bool {
    let differs = diagnosis.certainty == Certainty::Proven;
    let is_ground = |kind| {
        matches!(kind, EvidenceKind::Refusal | EvidenceKind::ClockStep | EvidenceKind::Certificate)
            || (kind == EvidenceKind::ServerTime && differs)
    };
    diagnosis.fault != ClockFault::Found
        || diagnosis.evidence.iter().any(|evidence| is_ground(evidence.kind))
}

#[test]
fn diagnosis_is_the_same_byte_by_byte() {
    for (number, text) in captured().iter().enumerate() {
        let whole = diagnose([text.as_slice()]);
        assert_eq!(diagnose(text.chunks(1)), whole, "captured text {number}");
        assert!(has_ground(&whole), "captured text {number}: {whole:?}");
    }
}

#[test]
fn diagnoser_size_is_bounded() {
    assert!(size_of::<Diagnoser<'_>>() <= 24 * 1024, "{} bytes", size_of::<Diagnoser<'_>>());
}

proptest! {
    #[test]
    fn diagnosis_is_the_same_for_any_chunks(
        which in any::<Index>(),
        cuts in prop::collection::vec(any::<Index>(), 1..8),
    ) {
        let texts = captured();
        let text = which.get(&texts);
        let mut ends: Vec<_> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        ends.extend([0, text.len()]);
        ends.sort_unstable();
        let chunks = ends.windows(2).map(|ends| &text[ends[0]..ends[1]]);
        prop_assert_eq!(diagnose(chunks), diagnose([text.as_slice()]));
    }

    #[test]
    fn mutated_texts_blame_no_clock_without_grounds(
        which in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..40),
        dropped in (any::<Index>(), 0_usize..200),
    ) {
        let texts = captured();
        let mut text = which.get(&texts).clone();
        for (place, byte) in changes {
            let place = place.index(text.len());
            text[place] = byte;
        }
        let start = dropped.0.index(text.len());
        text.drain(start..text.len().min(start + dropped.1));
        let diagnosis = diagnose([text.as_slice()]);
        prop_assert!(has_ground(&diagnosis), "{diagnosis:?}");
    }

    #[test]
    fn spliced_texts_blame_no_clock_without_grounds(
        lines in prop::collection::vec((any::<Index>(), any::<Index>()), 1..40),
    ) {
        let texts = captured();
        let spliced: Vec<&[u8]> = lines
            .iter()
            .map(|(which, line)| {
                let lines: Vec<_> = which.get(&texts).split_inclusive(|&byte| byte == b'\n').collect();
                *line.get(&lines)
            })
            .collect();
        let diagnosis = diagnose(spliced);
        prop_assert!(has_ground(&diagnosis), "{diagnosis:?}");
    }

    #[test]
    fn random_bytes_blame_no_clock_without_grounds(text in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let diagnosis = diagnose([text.as_slice()]);
        prop_assert!(has_ground(&diagnosis), "{diagnosis:?}");
    }
}
