//! What others may read of an answer.

/// Longer answers are cut: a page of HTML explains nothing.
const LONGEST: usize = 2_000;

/// The text on one line, without tokens and without what a terminal would take for a command.
pub(crate) fn redacted(text: &str) -> String {
    let mut shown = String::new();
    for piece in text.split_inclusive(|sign: char| !is_of_token(sign)) {
        let word = piece.trim_end_matches(|sign: char| !is_of_token(sign));
        let after = piece.get(word.len()..).unwrap_or_default();
        shown.push_str(if is_token(word) { "(redacted)" } else { word });
        shown.extend(after.chars().map(|sign| if sign.is_control() { ' ' } else { sign }));
    }
    cut(shown.trim().to_owned())
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        text.truncate(end);
        text.push_str(" (cut)");
    }
    text
}

fn is_of_token(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.')
}

// The compact form starts with the header's opening brace (RFC 7515 §7.1).
fn is_token(word: &str) -> bool {
    word.starts_with("eyJ") && word.split('.').count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_tokens_and_commands() {
        const ROWS: &[(&str, &str)] = &[
            (r#"{"error":"invalid_grant"}"#, r#"{"error":"invalid_grant"}"#),
            (r#"{"a":"eyJhbGciOiJub25lIn0.e30.x-_y"}"#, r#"{"a":"(redacted)"}"#),
            ("Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer (redacted)"),
            ("a\r\nb\x1b[31m", "a  b [31m"),
            ("eyJ alone is no token", "eyJ alone is no token"),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(redacted(text), expected, "{text:?}");
        }
        assert!(redacted(&"ä".repeat(3_000)).ends_with("ä (cut)"));
    }
}
