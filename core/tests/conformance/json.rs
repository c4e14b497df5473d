//! RFC 8259, `fixtures/tables/json.tsv`: each production, and each way to break it.
//!
//! The grammar is also checked against a second parser, which skips values without reading them and
//! therefore has no limits of its own.

use jwtick_core::Scratch;
use jwtick_core::token::{Claims, ClaimsError, JsonFault};
use serde::de::IgnoredAny;

use crate::table::{bytes, rows};

const JSON: &str = include_str!("../../../fixtures/tables/json.tsv");

fn read(text: &[u8]) -> Result<(), ClaimsError> {
    Claims::parse(text, &mut Scratch::<0>::new()).map(drop)
}

fn is_json(text: &[u8]) -> bool {
    let checked = str::from_utf8(text);
    checked.is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

#[test]
fn reads_each_json_production_and_rejects_each_violation() {
    for [section, case, text, outcome, reason] in rows(JSON) {
        let text = bytes(text);
        let met = read(&text).map_or_else(|error| error.to_string(), |()| String::from("read"));
        assert_eq!(met, outcome, "{section}, {case}");
        let in_the_grammar = outcome == "read" || !reason.is_empty();
        assert_eq!(is_json(&text), in_the_grammar, "{section}, {case}: the grammar, or the reason");
    }
}

/// Every text with one edit: a byte removed, or a significant byte inserted or substituted.
fn edits(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const PIECES: &[u8] = b"{}[],:\"\\01-+.enu \n\x1f";
    let at = |start: usize, end: usize, piece: &[u8]| {
        [text.get(..start).unwrap(), piece, text.get(end..).unwrap()].concat()
    };
    (0..text.len()).flat_map(move |start| {
        let removed = [at(start, start + 1, b"")];
        let placed = PIECES.chunks(1).flat_map(move |piece| {
            [at(start, start, piece), at(start, start + 1, piece)] //
        });
        removed.into_iter().chain(placed)
    })
}

/// Refused although it is valid JSON: no object (RFC 7519 §3), a duplicate name, half a surrogate pair.
fn may_be_refused(error: ClaimsError, text: &[u8]) -> bool {
    let ClaimsError::Json(error) = error else { return true };
    match error.fault {
        JsonFault::Duplicate => true,
        JsonFault::Escape => text.get(error.at..).is_some_and(|rest| rest.starts_with(b"\\u")),
        _ => !text.trim_ascii_start().starts_with(b"{"),
    }
}

#[test]
fn one_byte_edits_are_judged_like_a_reference_parser() {
    const SHORT: usize = 64;
    for [section, case, text, outcome, _] in rows(JSON) {
        let text = bytes(text);
        if outcome != "read" || text.len() > SHORT {
            continue;
        }
        for edited in edits(&text) {
            let shown = edited.escape_ascii();
            match read(&edited) {
                Ok(()) => assert!(is_json(&edited), "{section}, {case}: {shown} is read"),
                Err(error) => assert!(
                    !is_json(&edited) || may_be_refused(error, &edited),
                    "{section}, {case}: {shown} is refused: {error}"
                ),
            }
        }
    }
}
