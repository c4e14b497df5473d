//! Servers behind one name that a connection test contacted repeatedly.

use jwtick_core::Span;
use jwtick_core::evidence::transcript::Entry;
use jwtick_core::time::{Bracket, HttpDate};

use super::table::{LOCAL, compare, diagnose, told};

const EXPIRED: &str = "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}";

/// A note of an answer of `name` at 14:00:00, whose clock is `ahead` of the local one.
fn note(name: &str, ahead: i64) -> String {
    answer(name, ahead, Span::from_millis(500))
}

fn answer(name: &str, ahead: i64, received: Span) -> String {
    let date = HttpDate::new(LOCAL + Span::from_secs(ahead)).unwrap();
    let local = Bracket::between(LOCAL + Span::from_millis(250), LOCAL + received).unwrap();
    told(Entry::Answered { server: name.into(), date, local })
}

/// A refused run, and the note of its answer.
fn refused(ahead: i64) -> String {
    refused_after(ahead, Span::from_millis(500))
}

/// The same, with an answer that arrived `received` after the local time of every text.
fn refused_after(ahead: i64, received: Span) -> String {
    super::table::refused_there(ahead, EXPIRED) + &answer("a:80", ahead, received)
}

#[test]
fn servers_with_similar_names_are_told_apart() {
    // Each pair differs in one letter, and one letter contains all bits of the other.
    for (one, other) in
        [("a:80", "c:80"), ("b:80", "c:80"), ("a0.example.com:443", "a1.example.com:443")]
    {
        let text = note(one, 0) + &note(other, 90);
        assert_eq!(super::table::said(&diagnose(&text)), "undetermined open weak", "{one} {other}");
    }
}

#[test]
fn differing_nodes_are_found_regardless_of_which_refuses() {
    let rows = [
        ("one node", note("a:80", 0) + &note("a:80", 1), "undetermined open weak"),
        (
            "two nodes, and nothing refused",
            note("a:80", 0) + &note("a:80", 90),
            "peer-clocks found proven",
        ),
        ("two names", note("a:80", 0) + &note("b:80", 90), "undetermined open weak"),
        (
            "two names, one of two nodes",
            note("a:80", 0) + &note("b:80", 0) + &note("b:80", 90),
            "peer-clocks found proven",
        ),
        (
            "one of two nodes is right, the other refuses",
            note("a:80", 0) + &refused(400),
            "peer-clocks found proven",
        ),
        (
            "one node, and the clock is wrong",
            refused(400),
            "local-clock found proven behind 399..401",
        ),
    ];
    compare(rows.iter().map(|(name, text, said)| (*name, text.clone(), *said)), super::table::said);
}

#[test]
fn local_clock_is_blamed_if_farther_from_all_nodes_than_they_are_apart() {
    let rows = [
        (
            "both refuse, and are farther from here than from each other",
            refused(4_000) + &refused(4_090),
            "local-clock found proven behind 3999.5..4091.75",
        ),
        (
            "just farther from here",
            refused(400) + &refused(801),
            "local-clock found proven behind 399.5..802.75",
        ),
        (
            "as far from here as from each other",
            refused(400) + &refused_after(802, Span::from_millis(750)),
            "peer-clocks found proven",
        ),
        (
            "both refuse, but are no farther from here",
            refused(400) + &refused(803),
            "peer-clocks found proven",
        ),
    ];
    compare(rows.iter().map(|(name, text, said)| (*name, text.clone(), *said)), super::table::said);
}

#[test]
fn first_answer_of_each_clock_is_shown() {
    let text = note("a:80", 0) + &note("a:80", 0) + &note("a:80", 90) + &note("a:80", 90);
    let diagnosis = diagnose(&text);
    let shown: Vec<(u64, &str)> =
        diagnosis.evidence.iter().map(|it| (it.line, it.kind.code())).collect();
    assert_eq!(shown, [(1, "node-time"), (3, "node-time")]);
    let clocks = diagnosis.clocks.unwrap();
    let answers: Vec<u32> = clocks.clocks().iter().map(|clock| clock.answers()).collect();
    assert_eq!(answers, [2, 2]);
}

#[test]
fn note_counts_only_in_its_own_place() {
    let quoted = note("a:80", 90).replace(" : ", " :  Server: ");
    let bare = |ahead| note("a:80", ahead).split_once(" : ").unwrap().1.to_owned();
    compare(
        [
            ("in a header", note("a:80", 0) + &quoted, "undetermined open weak"),
            ("without a head", bare(0) + &bare(90), "undetermined open weak"),
        ]
        .into_iter(),
        super::table::said,
    );
}
