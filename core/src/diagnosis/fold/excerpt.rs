//! A line as shown in a report: what it contributes, and its text, which is short, printable and
//! free of secrets.

use crate::diagnosis::report::{EvidenceKind, Excerpt};
use crate::evidence::transcript::Means;
use crate::evidence::{Facts, Row, Says};

/// Names that precede secrets in logs. What follows such a name is not shown.
const SECRETS: &[&str] =
    &["client_secret=", "client_secret\":\"", "password=", "refresh_token=", "access_token\":\""];
/// Number of characters shown of a token, enough to recognise it.
const TOKEN_SHOWN: usize = 8;
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
    let line = line.trim_ascii_end();
    let mut text = Excerpt::new();
    let room = text.capacity();
    // The text before the relevant words is shown as far as the rest leaves room for it.
    let latest = line.len().saturating_sub(room.saturating_sub(ELLIPSIS));
    let start = if line.len() <= room { 0 } else { focus.saturating_sub(LEAD).min(latest) };
    if start > 0 {
        let _ = text.push('…');
    }
    let shown = line.get(start..).unwrap_or(&[]);
    for chunk in shown.utf8_chunks() {
        if push_visible(&mut text, chunk.valid()).is_err() {
            break;
        }
        if !chunk.invalid().is_empty() && text.push('\u{fffd}').is_err() {
            break;
        }
    }
    text
}

/// Appends `shown` without control characters and secrets.
fn push_visible(text: &mut Excerpt, shown: &str) -> Result<(), heapless::CapacityError> {
    let mut rest = shown;
    while let Some(next) = rest.chars().next() {
        let (visible, hidden) = secret(rest);
        if hidden > 0 {
            text.push_str(rest.get(..visible).unwrap_or(""))?;
            text.push('…')?;
            rest = rest.get(visible.saturating_add(hidden)..).unwrap_or("");
            continue;
        }
        text.push(if next.is_control() { ' ' } else { next })?;
        rest = rest.get(next.len_utf8()..).unwrap_or("");
    }
    Ok(())
}

/// Returns how many bytes at the start of `text` may be shown, and how many after them may not.
fn secret(text: &str) -> (usize, usize) {
    if text.starts_with("eyJ") {
        let len = run(text, |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        return if len > 2 * TOKEN_SHOWN {
            (TOKEN_SHOWN, len.saturating_sub(TOKEN_SHOWN))
        } else {
            (0, 0)
        };
    }
    for name in SECRETS {
        if let Some(value) = text.strip_prefix(name) {
            return (name.len(), run(value, |byte| !b" \"'&,;".contains(&byte)));
        }
    }
    (0, 0)
}

fn run(text: &str, part: impl Fn(u8) -> bool) -> usize {
    // Stops at whole characters: a continuation byte is never a separator.
    let len = text.bytes().take_while(|&byte| part(byte)).count();
    (0..=len).rev().find(|&len| text.is_char_boundary(len)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
