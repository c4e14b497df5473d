//! Every diagnosis can be said in every language.

use core::fmt::Display;

use jwtick_core::Diagnosis;
use jwtick_core::render::{self, Language};

/// Asserts that there are words for all of it.
pub(super) fn assert_said(diagnosis: &Diagnosis) {
    for &language in Language::ALL {
        assert_words(&render::summary(diagnosis, language));
        assert_words(&render::cause(diagnosis.cause, language));
        assert_words(&render::certainty(diagnosis.certainty, language));
        diagnosis.drift.iter().for_each(|it| assert_words(&render::drift(it, language)));
        diagnosis.remedies.iter().for_each(|it| assert_words(&render::remedy(it, language)));
        diagnosis.decider.iter().for_each(|it| assert_words(&render::decider(*it, language)));
    }
}

fn assert_words(words: &impl Display) {
    let words = words.to_string();
    assert!(words.starts_with(|first: char| !first.is_whitespace()), "'{words}'");
    assert!(!words.contains("  ") && !words.contains('{'), "'{words}'");
}
