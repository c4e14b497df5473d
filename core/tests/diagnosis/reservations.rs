//! What a likely diagnosis assumes, and which readings an undetermined one leaves.

use jwtick_core::diagnosis::{Assumption, Cause, Certainty, Diagnosis, Possibility};
use jwtick_core::words::{self, Language, summary};

use super::table::diagnose;

/// A refusal whose line is stamped 14:00:00 UTC, with a `Date` of that hour and minute.
fn refused_at(date: &str, words: &str) -> Diagnosis {
    diagnose(&format!(
        "2024-01-09T14:00:00Z POST /token\n\
         2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
         2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 {date} GMT\n\
         2024-01-09T14:00:00Z < {words}\n"
    ))
}

const EXPIRED: &str = r#"{"error":"invalid_grant","error_description":"JWT has expired"}"#;

/// A `Date`, words, and the codes of the assumptions.
const LIKELY: &[(&str, &str, &[Assumption])] = &[
    ("14:02:10", EXPIRED, &[Assumption::NewToken]),
    // No tolerance covers it, so it is proven.
    ("14:37:10", EXPIRED, &[]),
    ("14:00:00", EXPIRED, &[Assumption::NoCoincidence]),
    ("14:02:10", r#"{"error":"invalid_client"}"#, &[Assumption::RefusedForTime]),
    ("14:02:10", "RequestTimeTooSkewed", &[Assumption::UsualLimit]),
];

#[test]
fn likely_diagnosis_names_what_it_assumes() {
    for &(date, words, assumed) in LIKELY {
        let diagnosis = refused_at(date, words);
        let likely = diagnosis.certainty == Certainty::Likely;
        assert_eq!(diagnosis.assumptions, assumed, "{date} {words}: {:?}", diagnosis.cause);
        assert_eq!(likely, !assumed.is_empty(), "{date} {words}");
        let said = summary(&diagnosis, Language::English).to_string();
        assert_eq!(said.contains(" assumes that "), likely || diagnosis.attribution.is_some());
    }
}

#[test]
fn single_time_is_said_to_be_that_of_making() {
    let text = "2024-01-09T14:00:00Z jwt: ImmatureSignatureError: The token is not yet valid (iat) \
                iat=2024-01-09T14:07:00Z now=2024-01-09T14:00:00Z\n";
    let diagnosis = diagnose(text);
    assert_eq!(
        (diagnosis.cause, diagnosis.certainty),
        (Cause::LocalClock, Certainty::Likely),
        "{}",
        summary(&diagnosis, Language::English)
    );
    assert_eq!(diagnosis.assumptions, [Assumption::StartWhenMade]);
}

#[test]
fn remaining_readings_are_those_that_the_interval_allows() {
    use Possibility::{Expired, LateRequest, LocalAhead, LocalBehind, OtherAhead, OtherBehind};
    // The server is up to 25 s ahead, which may have ended the token too early.
    let diagnosis = refused_at("14:00:20", EXPIRED);
    assert_eq!(diagnosis.cause, Cause::Undetermined);
    assert_eq!(diagnosis.possibilities, [LocalBehind, OtherAhead, Expired, LateRequest]);
    // The local clock is 15 to 20 s ahead.
    let left = refused_at("13:59:40", r#"{"error":"invalid_client"}"#).possibilities;
    assert!(left.contains(&LocalAhead) && left.contains(&OtherBehind), "{left:?}");
    assert!(!left.contains(&LocalBehind) && !left.contains(&OtherAhead), "{left:?}");
}

#[test]
fn words_alone_leave_both_directions_unless_they_name_the_judge() {
    let left = |text: &str| diagnose(text).possibilities;
    let bare = left("JWT has expired\n");
    for possibility in [
        Possibility::LocalBehind,
        Possibility::LocalAhead,
        Possibility::Expired,
        Possibility::LateRequest,
    ] {
        assert!(bare.contains(&possibility), "{possibility:?} {bare:?}");
    }
    assert!(!bare.contains(&Possibility::Certificate), "{bare:?}");
    let certificate = left("x509: certificate has expired or is not yet valid\n");
    assert!(certificate.contains(&Possibility::Certificate), "{certificate:?}");
    assert!(!certificate.contains(&Possibility::Expired), "{certificate:?}");
    assert!(left("all is well\n").is_empty());
}

#[test]
fn log_in_another_zone_remains_possible_only_without_a_zone() {
    let at = |stamp: &str| {
        diagnose(&format!(
            "{stamp} POST /token\n{stamp} < HTTP/1.1 400 Bad Request\n\
             {stamp} < date: Tue, 09 Jan 2024 15:00:01 GMT\n{stamp} < {EXPIRED}\n"
        ))
    };
    let zoneless = at("2024-01-09 14:00:00");
    assert_eq!(zoneless.cause, Cause::Undetermined);
    assert!(zoneless.possibilities.contains(&Possibility::LogZone));
    let right = at("2024-01-09 15:00:00");
    assert!(!right.possibilities.contains(&Possibility::LogZone), "{:?}", right.possibilities);
    assert!(at("2024-01-09T14:00:00Z").possibilities.is_empty());
}

#[test]
fn refusal_that_the_token_contradicts_leaves_another_token_node_or_verifier() {
    let exp = 1_704_812_400; // an hour later
    let text = format!(
        "2024-01-09T14:00:00Z token refused: {{\"iat\":1704808700,\"exp\":{exp}}} JWT expired\n"
    );
    let diagnosis = diagnose(&text);
    let contradicted =
        [Possibility::OtherToken, Possibility::OtherNode, Possibility::Verifier].as_slice();
    assert_eq!(diagnosis.cause, Cause::Undetermined);
    assert_eq!(diagnosis.possibilities, contradicted);
}

#[test]
fn every_possibility_says_what_it_means() {
    let diagnosis = diagnose("JWT has expired\n");
    for possibility in diagnosis.possibilities {
        for &language in Language::ALL {
            let said = words::possibility(possibility, language).to_string();
            assert!(said.contains(": "), "{said}");
        }
    }
}

#[test]
fn stated_difference_leads_where_the_wait_is_unknown() {
    let skewed = |signed: &str, server: &str| {
        let text = format!(
            "<Error><Code>RequestTimeTooSkewed</Code><RequestTime>{signed}</RequestTime>\
             <ServerTime>{server}</ServerTime></Error>\n"
        );
        let diagnosis = diagnose(&text);
        (diagnosis.difference, summary(&diagnosis, Language::English).to_string())
    };
    let (difference, said) = skewed("20240109T024103Z", "2024-01-09T18:00:00Z");
    assert_eq!(difference.map(|it| it.as_micros()), Some(55_137_000_000), "{said}");
    let lead = "55,137 s (15 h 18 min 57 s) behind, less the time that the request waited";
    assert!(said.contains(lead), "{said}");
    let (_, said) = skewed("20240109T180000Z", "2024-01-09T02:41:03Z");
    let lead = "55,137 s (15 h 18 min 57 s) ahead, plus the time that the request waited";
    assert!(said.contains(lead), "{said}");
    // Within the hour for which requests may wait, the clock may be right.
    let (_, said) = skewed("20240109T173000Z", "2024-01-09T18:00:00Z");
    assert!(!said.contains("less the time"), "{said}");
}
