//! Servers behind one name that a test of a connection asked again and again.

use super::table::{Row, check, compare, diagnose};

const EXPIRED: &str = "{\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}";

/// A note of an answer of `name` at 14:00:00, whose clock is `ahead` of the local one.
fn note(name: &str, ahead: i64) -> String {
    let date = 1_704_808_800 + ahead;
    format!(
        "2024-01-09T14:00:00Z x : Answered for {name} by a clock 0 to 1 s from this one: Date {date}, \
         here 1704808800.25 to 1704808800.5\n"
    )
}

/// A refused run, and the note of its answer.
fn refused(ahead: i64) -> String {
    super::table::refused_there(ahead, EXPIRED) + &note("a:80", ahead)
}

#[test]
fn names_are_told_apart() {
    // Each differs in one letter, of which one has all bits of the other.
    for (one, other) in
        [("a:80", "c:80"), ("b:80", "c:80"), ("a0.example.com:443", "a1.example.com:443")]
    {
        let text = note(one, 0) + &note(other, 90);
        assert_eq!(super::table::said(&diagnose(&text)), "undetermined open weak", "{one} {other}");
    }
}

#[test]
fn nodes_that_differ_are_found_whoever_is_refused() {
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
fn the_local_clock_is_blamed_where_it_is_farther_from_all_than_they_are_from_each_other() {
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
            refused(400) + &refused(802).replace("8800.5", "8800.75"),
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
fn the_first_answer_of_each_clock_is_shown() {
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
fn what_only_looks_like_a_note_is_none() {
    const ROWS: &[Row] = &[(
        "no bracket",
        "Answered for a by a clock 0 s from this one: Date 1\nAnswered for a from this one: Date 9\n",
        "undetermined open weak",
    )];
    check(ROWS);
}
