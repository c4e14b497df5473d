//! The weight of a fact by the author of its words.

use jwtick_core::diagnosis::{Diagnosis, EvidenceKind};
use jwtick_core::evidence::Author;
use jwtick_core::evidence::transcript::{Entry, Means, Place};
use jwtick_core::time::Offset;
use jwtick_core::{Diagnoser, Options, Span};

use super::table::{Row, check, diagnose, made, measured, refused_there, said, told};

const LIKELY: &str = "local-clock found likely behind 863999..";
const WEAK: &str = "peer-clocks found weak";

#[test]
fn claims_count_only_from_the_issuer_or_the_verifier() {
    const ROWS: &[Row] = &[
        (
            "a token that someone sent",
            "2026-11-28T10:00:00Z token used before issued {\"iat\":1796724000}\n",
            WEAK,
        ),
        (
            "the same with a label",
            "2026-11-28T10:00:00Z token used before issued, iat 1796724000\n",
            WEAK,
        ),
        (
            "a token that its issuer delivered",
            "2026-11-28T10:00:00Z fetched {\"iat\":1796724000}: token used before issued\n",
            LIKELY,
        ),
        (
            "what the verifier compares",
            "2026-11-28T10:00:00Z Jwt used before 2026-12-08T10:00:00Z\n",
            LIKELY,
        ),
    ];
    check(ROWS);
}

#[test]
fn time_service_counts_at_its_own_place() {
    const BEHIND: &str = "local-clock found proven behind 99.5..100.5";
    const OPEN: &str = "undetermined open weak";
    const ROWS: &[Row] = &[
        ("alone", "System clock wrong by 100 seconds", BEHIND),
        ("its tag", "chronyd[1]: System clock wrong by 100 seconds", BEHIND),
        ("its host", "Jan  9 14:00:00 h chronyd[1]: System clock wrong by 100 seconds", BEHIND),
        ("another tag", "Jan  9 14:00:00 h app[1]: System clock wrong by 100 seconds", OPEN),
        ("a quotation", "chronyd said: System clock wrong by 100 seconds", OPEN),
        (
            "a logger",
            "2024-01-09T14:00:00Z INFO x chronyd[1]: System clock wrong by 100 seconds",
            OPEN,
        ),
        ("a tag of another service", "ntpd[1]: System clock wrong by 100 seconds", OPEN),
    ];
    check(ROWS);
}

#[test]
fn tag_of_all_lines_is_their_author() {
    const SENTENCES: &[&str] = &[
        "System clock wrong by 100 seconds",
        "time reset +100.000000 s",
        "System clock time unset or jumped backwards, restored from recorded timestamp: x",
    ];
    const TAGS: &[&str] = &[
        "app: ",
        "app[7]: ",
        "backup note: ",
        "bob said: ",
        "chronyd[7]: ",
        "chronyd: ",
        "ntpd[7]: ",
        "systemd-timesyncd[7]: ",
        "#[app]: ",
        "web app[7]: ",
    ];
    for (sentence, tag) in SENTENCES.iter().flat_map(|it| TAGS.iter().map(move |tag| (it, tag))) {
        let services = |text: &str| {
            let evidence = diagnose(text).evidence;
            evidence.iter().filter(|it| it.by == Author::TimeService).count()
        };
        let alone = services(&format!("{tag}{sentence}\n"));
        let among = services(&format!("{tag}a\n{tag}{sentence}\n{tag}b\n"));
        assert_eq!(among, alone, "{tag}{sentence}");
    }
}

#[test]
fn line_of_a_stranger_is_shown_last_and_takes_no_place() {
    let quoted = "User-Agent: JWT expired\n";
    let refused = refused_there(86_400, r#"{"error":"invalid_grant"}"#);
    let diagnosis = diagnose(&format!("{}{refused}", quoted.repeat(20)));
    let by: Vec<_> = diagnosis.evidence.iter().map(|evidence| evidence.by).collect();
    assert_eq!(by, [Author::Peer, Author::Peer, Author::Stranger, Author::Stranger]);
    assert_eq!(said(&diagnosis), said(&diagnose(&refused)));
    assert_eq!(diagnosis.refusals, 1);
}

/// The diagnosis of a transcript whose lines are also given as values.
fn transcribed(entries: &[Entry<'_>]) -> Diagnosis {
    let mut diagnoser = Diagnoser::new(Options::default());
    for entry in entries {
        diagnoser.transcribe(entry, told(*entry).trim_end().as_bytes());
    }
    diagnoser.finish()
}

#[test]
fn transcript_proves_the_same_as_values_and_as_text() {
    let offset = Offset::exactly(Span::from_secs(86_400));
    let entries = [
        Entry::Measured { server: "x".into(), means: Means::Ntp, offset },
        Entry::Made { claims: r#"{"iat":1704808800,"exp":1704809100}"#.into() },
        Entry::Status { status: "400 Bad Request".into() },
        Entry::Header { name: "Date".into(), value: "Wed, 10 Jan 2024 14:00:00 GMT".into() },
        Entry::Refused { place: Place::TokenEndpoint, status: 400, body: "JWT has expired".into() },
    ];
    let text: String = entries.iter().map(|entry| told(*entry)).collect();
    assert_eq!(transcribed(&entries), diagnose(&text));
    assert_eq!(said(&diagnose(&text)), "local-clock found proven behind 86400..86400");
}

#[test]
fn words_of_the_other_side_are_no_measurement() {
    let words = [
        "chronyd[1]: System clock wrong by 100 seconds",
        "System clock wrong by 100 seconds",
        "This clock is 100 s behind the clock of x (NTP)",
        "10:22:31, +00212.0000000s",
    ];
    for body in words {
        for entry in [
            Entry::Header { name: "Server".into(), value: body.into() },
            Entry::Status { status: body.into() },
            Entry::Unanswered { fault: body.into() },
            Entry::Refused { place: Place::Receiver, status: 401, body: body.into() },
        ] {
            let diagnosis = transcribed(&[entry]);
            let is_open = said(&diagnosis).starts_with("undetermined open");
            assert!(is_open, "{body}: {diagnosis:?}");
            let steps = diagnosis.evidence.iter();
            assert!(steps.clone().all(|it| it.kind != EvidenceKind::ClockStep), "{diagnosis:?}");
        }
    }
}

#[test]
fn line_without_a_value_is_not_a_measurement() {
    let line = measured(Means::Ntp, "100", "101");
    let mut diagnoser = Diagnoser::new(Options::default());
    diagnoser.transcribe(&Entry::Header { name: "a".into(), value: "b".into() }, line.as_bytes());
    assert_eq!(said(&diagnoser.finish()), "undetermined open weak");
}

#[test]
fn end_of_our_own_assertion_is_known() {
    let ours = made(r#"{"iat":1704808800,"exp":1704809100}"#);
    let words = "JWT expired at 2014-01-09T14:00:00Z. Current time: 2024-01-10T14:00:00Z";
    let refused =
        told(Entry::Refused { place: Place::TokenEndpoint, status: 400, body: words.into() });
    let text = ours + &refused_there(86_400, "") + &refused;
    assert_eq!(said(&diagnose(&text)), "local-clock found proven behind 86399..86401");
}

/// A log that dumps a request that came in, with its fields and its body.
#[test]
fn lines_of_a_dumped_request_are_those_of_its_sender() {
    const ROWS: &[&str] = &[
        "System clock wrong by 259200.000000 seconds",
        "Date: Fri, 12 Jan 2024 14:00:00 GMT",
        "JWT has expired",
        "current server time: 2024-01-12T14:00:00Z, token expired at 2024-01-09T15:00:00Z",
    ];
    for row in ROWS {
        let text = format!(
            "2024-01-09T14:00:00Z INFO incoming request\nPOST /login HTTP/1.1\n\
             Host: www.example.com\n{row}\n\n{row}\n2024-01-09T14:00:01Z INFO done\n"
        );
        let diagnosis = diagnose(&text);
        assert_eq!(said(&diagnosis), "undetermined open weak", "{row}");
        assert_eq!(diagnosis.refusals, 0, "{row}");
    }
}
