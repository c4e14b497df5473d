//! A line as shown in a report: what it contributes, and its text, which is short, printable and
//! free of secrets.

use crate::diagnosis::report::{EvidenceKind, Excerpt};
use crate::evidence::redaction::{Piece, Redacted};
use crate::evidence::transcript::Means;
use crate::evidence::{Facts, Row, Says};

const LEAD: usize = 80;
const ELLIPSIS: usize = '…'.len_utf8();

/// Returns the kind of evidence that `facts` are.
pub(crate) fn kind(facts: &Facts) -> EvidenceKind {
    let certificate = facts.refusal.is_some_and(|row| row.says.is_about_certificate());
    if let Some((means, _)) = facts.measured {
        match means {
            Means::HttpDate => EvidenceKind::ServerTime,
            Means::Ntp => EvidenceKind::ClockStep,
        }
    } else if facts.service.is_some() || facts.captures.step.is_some() {
        EvidenceKind::ClockStep
    } else if certificate {
        EvidenceKind::Certificate
    } else if facts.refusal.is_some() {
        EvidenceKind::Refusal
    } else if facts.date.is_some() || facts.captures.server.is_some() {
        EvidenceKind::ServerTime
    } else if facts.claims.is_any() {
        EvidenceKind::Token
    } else {
        EvidenceKind::LocalTime
    }
}

/// Returns the kind of evidence that the wording of `row` would be.
pub(crate) fn kind_of_row(row: &Row) -> EvidenceKind {
    match row.says {
        Says::Fact => EvidenceKind::ServerTime,
        says if says.is_service() => EvidenceKind::ClockStep,
        says if says.is_about_certificate() => EvidenceKind::Certificate,
        _ => EvidenceKind::Refusal,
    }
}

/// Returns the part of `line` around `focus` that fits.
pub(crate) fn excerpt(line: &[u8], focus: usize) -> Excerpt {
    excerpt_within(line, focus, |left| left)
}

/// The same, with a search for secrets that goes `reach(left)` bytes ahead, where `left` bytes may still be
/// shown.
fn excerpt_within(line: &[u8], focus: usize, reach: impl Fn(usize) -> usize) -> Excerpt {
    let line = line.trim_ascii_end();
    let mut text = Excerpt::new();
    let room = text.capacity();
    // The text before the relevant words is shown as far as the rest leaves room for it.
    let latest = line.len().saturating_sub(room.saturating_sub(ELLIPSIS));
    let start = if line.len() <= room { 0 } else { focus.saturating_sub(LEAD).min(latest) };
    if start > 0 {
        let _ = text.push('…');
    }
    // Redaction starts with the line: a name before the excerpt tells that a value in it is secret.
    let mut passed = 0_usize;
    let mut pieces = Redacted::of_bytes(line, &[]);
    loop {
        // No character is cut that is shown.
        let left = room.saturating_sub(text.len()).saturating_add(char::MAX.len_utf8());
        let left = start.saturating_sub(passed).saturating_add(left);
        let Some(piece) = pieces.next_within(reach(left)) else { break };
        let pushed = match piece {
            Piece::Shown(shown) => {
                let left_out = start.saturating_sub(passed).min(shown.len());
                passed = passed.saturating_add(shown.len());
                push_visible(&mut text, shown.get(left_out..).unwrap_or_default())
            }
            Piece::Hidden { lead, length } => {
                passed = passed.saturating_add(length);
                if passed > start { push_hidden(&mut text, lead) } else { Ok(()) }
            }
        };
        if pushed.is_err() {
            break;
        }
    }
    text
}

/// Appends `shown` without control characters.
fn push_visible(text: &mut Excerpt, shown: &[u8]) -> Result<(), heapless::CapacityError> {
    for chunk in shown.utf8_chunks() {
        for next in chunk.valid().chars() {
            text.push(if next.is_control() { ' ' } else { next })?;
        }
        if !chunk.invalid().is_empty() {
            text.push('\u{fffd}')?;
        }
    }
    Ok(())
}

fn push_hidden(text: &mut Excerpt, lead: &[u8]) -> Result<(), heapless::CapacityError> {
    push_visible(text, lead)?;
    text.push('…')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn excerpt_of_a_long_line_shows_what_a_look_at_all_of_it_does(
            parts in prop::collection::vec(
                ("[a-z ]{0,40}", prop::sample::select(&[
                    "é", "日本日本", "😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀", "\u{1}", " client_secret=hunter22 ", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.c2ln",
                    " password: x ", "&code=0123456789abcdef&", "\u{fffd}",
                ][..])),
                0..36,
            ),
            focus in 0..1_000_usize,
            cut in 0..9_usize,
        ) {
            let line: std::string::String = parts.iter().flat_map(|(a, b)| [a.as_str(), *b]).collect();
            // The rest of a character may be left at the start.
            let line = line.as_bytes().get(cut..).unwrap_or(&[]);
            prop_assert_eq!(excerpt(line, focus), excerpt_within(line, focus, |_| usize::MAX));
        }
    }

    #[test]
    fn hides_secrets_and_control_characters() {
        const ROWS: &[(&str, &str)] = &[
            ("plain\r\n", "plain"),
            ("a\tb\u{1b}[31m", "a b [31m"),
            ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl end", "Bearer eyJhbGci… end"),
            ("client_secret=hunter2&x=1", "client_secret=…&x=1"),
            ("{\"access_token\":\"opaque\"}", "{\"access_token\":\"…\"}"),
            ("eyJ short", "eyJ short"),
            ("eyJ0123456789abc: all of it", "eyJ0123456789abc: all of it"),
            ("eyJ0123456789abcd: a byte more", "eyJ01234…: a byte more"),
            ("grüße", "grüße"),
        ];
        for &(line, expected) in ROWS {
            assert_eq!(excerpt(line.as_bytes(), 0).as_str(), expected, "{line}");
        }
        assert_eq!(excerpt(b"a\xffb", 0).as_str(), "a\u{fffd}b");
    }

    #[test]
    fn shows_long_line_around_focus() {
        let line = std::format!("{}JWT expired", "x".repeat(500));
        let shown = excerpt(line.as_bytes(), 500);
        assert!(shown.starts_with('…') && shown.ends_with("JWT expired"), "{shown}");
        assert_eq!(excerpt("ä".repeat(300).as_bytes(), 0).len(), 200);
    }
}
