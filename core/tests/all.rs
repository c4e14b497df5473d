//! All tests of the core's public interface, in one program: linking each file alone would take
//! longer than running it.
//!
//! A build without optimization takes a sample of what is read many thousand times, and an optimized one
//! takes all of it, as `.ci/run tests_release` does. `JWTICK_THOROUGH=1` takes all in any build.
#![cfg(test)]

mod clock_estimate;
mod conformance;
mod course;
mod date_series;
mod dialects;
mod dpop;
mod dressings;
mod json;
mod judge;
mod key;
mod leave_one_out;
mod node_clocks;
mod proofs;
mod properties;
mod redaction;
mod render;
mod secrets;
mod sign;
mod sntp;
mod transcript;
mod unseen;
mod witnesses;
mod world;

/// The rules of the diagnosis, each at its edges, over texts of a few lines.
///
/// The texts are as short as the rule allows; captured logs are under `fixtures/cases`.
mod diagnosis {
    mod answers;
    mod authors;
    mod cases;
    mod causes;
    mod edges;
    mod exchange;
    mod hosts;
    mod made;
    mod nodes;
    mod properties;
    mod reasons;
    mod remedies;
    mod reservations;
    mod right_clock;
    mod stamps;
    mod steps;
    pub(crate) mod table;
    mod third_opinion;
    mod times;
    mod words;
    mod writers;
    mod zones;
}

/// Returns true if everything is tried, and not a sample.
fn is_thorough() -> bool {
    !cfg!(debug_assertions) || std::env::var_os("JWTICK_THOROUGH").is_some()
}

/// Names that settings, headers and the JSON output rely on: a change of one breaks its readers.
mod names {
    use jwtick_core::Span;
    use jwtick_core::judge::Rule;
    use jwtick_core::survey::{ClockVerdict, Doubt, NoMajority, Selection};
    use jwtick_core::time::{Direction, Offset, Ppm};
    use jwtick_core::token::{Algorithm, Header};
    use jwtick_core::words::Language;

    #[test]
    fn rules_are_named_after_claims_or_settings() {
        let names = Rule::ALL.map(|rule| rule.to_string());
        let expected = ["exp", "nbf", "iat", "max_age", "lifetime", "iss", "sub", "aud", "jti"];
        assert_eq!(names, expected);
    }

    #[test]
    fn algorithms_have_their_header_names() {
        for algorithm in Algorithm::ALL {
            let header = format!(r#"{{"alg":"{algorithm}"}}"#);
            let read = Header::parse(header.as_bytes()).unwrap();
            assert_eq!((read.alg, read.as_written()), (algorithm, &*header));
        }
    }

    #[test]
    fn clock_verdicts_have_three_names() {
        let undecided = [
            Doubt::NothingMeasured,
            Doubt::AcrossTheEdge,
            Doubt::NoMajority(NoMajority { sources: 2, largest_agreement: 1 }),
        ];
        assert_eq!(ClockVerdict::Right.code(), "ok");
        assert_eq!(ClockVerdict::Wrong(Direction::Behind).code(), "wrong");
        assert_eq!(ClockVerdict::Wrong(Direction::Ahead).code(), "wrong");
        assert!(
            undecided.iter().all(|&doubt| ClockVerdict::Undecided(doubt).code() == "undecided")
        );
    }

    #[test]
    fn selection_counts_truechimers_and_falsetickers() {
        let s =
            |least, most| Offset::between(Span::from_secs(least), Span::from_secs(most)).unwrap();
        let selection = Selection::of(&[s(0, 2), s(1, 3), s(1, 2), s(60, 61), s(-9, -8)]).unwrap();
        assert_eq!(
            (selection.truechimers(), selection.falsetickers(), selection.sources()),
            (3, 2, 5)
        );
    }

    #[test]
    fn amounts_and_languages_are_shown() {
        assert_eq!(Ppm(50).to_string(), "50 ppm");
        let codes: Vec<_> = Language::ALL.iter().map(Language::to_string).collect();
        assert_eq!(codes, ["en", "de", "ko"]);
    }
}
