//! Every diagnosis has words in every language.

use core::fmt::Display;

use jwtick_core::diagnosis::Diagnosis;
use jwtick_core::words::{self, Language};

/// Asserts that every part of the diagnosis has words.
pub(super) fn assert_said(diagnosis: &Diagnosis) {
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
