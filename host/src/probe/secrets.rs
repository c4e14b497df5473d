//! The secrets of a connection test, which its log and its report must not show.

use std::collections::VecDeque;

use jwtick_core::evidence::redaction::{Piece, Redacted, SHORTEST_SECRET, is_secret};
use serde_json::Value;
use zeroize::Zeroizing;

/// The number of tokens that are remembered. A test of many runs gets new ones in each.
const MOST_TOKENS: usize = 32;

/// Longer answers are truncated: an HTML page explains nothing.
const LONGEST: usize = 2_000;

/// The text that is searched for secrets, and the part of it that may be shown. A secret that
/// starts in that part ends within the text.
const SEARCHED: usize = 64 * 1024;
const SHOWABLE: usize = 32 * 1024;

/// Values that are replaced wherever they occur. No `Debug`, since it contains secrets.
#[derive(Default)]
pub(crate) struct Secrets {
    lasting: Vec<Zeroizing<String>>,
    tokens: VecDeque<Zeroizing<String>>,
}

impl Secrets {
    /// Hides `secret` from now on.
    pub(crate) fn keep(&mut self, secret: &str) {
        self.lasting.push(Zeroizing::new(secret.to_owned()));
    }

    /// Hides a token, and its signature alone.
    pub(crate) fn keep_token(&mut self, token: &str) {
        let signature = token.rsplit_once('.').map(|(_, signature)| signature);
        for part in [Some(token), signature].into_iter().flatten() {
            let is_new = self.tokens.iter().all(|held| held.as_str() != part);
            if is_new && part.len() >= SHORTEST_SECRET {
                self.tokens.push_back(Zeroizing::new(part.to_owned()));
            }
        }
        while self.tokens.len() > MOST_TOKENS {
            self.tokens.pop_front();
        }
    }

    /// Hides all tokens of an answer (RFC 6749 §5.1).
    pub(crate) fn keep_tokens(&mut self, answer: &Value) {
        match answer {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(token) if is_secret(name) => self.keep_token(token),
                        value => self.keep_tokens(value),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.keep_tokens(value)),
            _ => {}
        }
    }

    /// Returns the text on one line, without secrets and terminal control sequences.
    pub(crate) fn hidden(&self, text: &str) -> String {
        let known = self.lasting.iter().chain(&self.tokens).map(|secret| secret.as_str());
        let mut known: Vec<&str> = known.collect();
        // Of two secrets, one may be the start of the other.
        known.sort_by_key(|secret| core::cmp::Reverse(secret.len()));
        let searched = start(text, SEARCHED);
        let (mut shown, mut passed) = (String::new(), 0_usize);
        for piece in Redacted::new(searched, &known) {
            if shown.len() > LONGEST || passed > SHOWABLE {
                break;
            }
            match piece {
                Piece::Shown(bytes) => {
                    let room = SHOWABLE.saturating_sub(passed).min(bytes.len());
                    passed = passed.saturating_add(bytes.len());
                    let bytes = if text.len() > SEARCHED { bytes.get(..room) } else { Some(bytes) };
                    let part = String::from_utf8_lossy(bytes.unwrap_or_default());
                    shown.extend(part.chars().map(|it| if it.is_control() { ' ' } else { it }));
                }
                Piece::Hidden { length, .. } => {
                    passed = passed.saturating_add(length);
                    shown.push_str("(redacted)");
                }
            }
        }
        cut(shown.trim(), text.len() > SEARCHED)
    }
}

fn cut(text: &str, is_part: bool) -> String {
    let shown = start(text, LONGEST);
    if is_part || shown.len() < text.len() { format!("{shown} (cut)") } else { shown.to_owned() }
}

/// Returns at most `length` bytes of the start of `text`.
fn start(text: &str, length: usize) -> &str {
    let end = (0..=length).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.get(..end.min(text.len())).filter(|_| text.len() > length).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hides_known_values_and_control_sequences() {
        let mut secrets = Secrets::default();
        secrets.keep("hunter2/=");
        secrets.keep_tokens(&json!({"data": [{"access_token": "abcdef", "token_type": "Bearer"}]}));
        secrets.keep_token("e30.e30.c2lnbmF0dXJl");
        const ROWS: &[(&str, &str)] = &[
            (r#"{"error":"invalid_grant"}"#, r#"{"error":"invalid_grant"}"#),
            (r#"{"a":"eyJhbGciOiJub25lIn0.e30.x-_y"}"#, r#"{"a":"(redacted)"}"#),
            ("Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer (redacted)"),
            ("a\r\nb\x1b[31m", "a  b [31m"),
            ("eyJ alone is no token", "eyJ alone is no token"),
            ("hunter2%2f%3D hunter2/\\u003d", "(redacted) (redacted)"),
            ("issued abcdef of type Bearer", "issued (redacted) of type Bearer"),
            ("signed c2lnbmF0dXJl", "signed (redacted)"),
        ];
        for &(text, expected) in ROWS {
            assert_eq!(secrets.hidden(text), expected, "{text:?}");
        }
    }

    #[test]
    fn long_text_is_cut_outside_of_secrets() {
        let mut secrets = Secrets::default();
        assert!(secrets.hidden(&"ä".repeat(3_000)).ends_with("ä (cut)"));
        let secret = "0123456789".repeat(20);
        secrets.keep(&secret);
        // Most of the text is hidden, so that its end would be shown if only the end were cut.
        for blanks in [0, 30, SHOWABLE - 20, SEARCHED - 100, SEARCHED] {
            let text = format!("password={}{} {secret}", "x".repeat(blanks), " ".repeat(10));
            let shown = secrets.hidden(&text);
            assert!(!shown.contains("0123"), "{blanks}: {shown}");
        }
    }

    #[test]
    fn tokens_of_old_runs_make_room() {
        let mut secrets = Secrets::default();
        secrets.keep("client secret");
        (0..1_000).for_each(|run| secrets.keep_token(&format!("token-{run}")));
        assert_eq!(secrets.tokens.len(), MOST_TOKENS);
        assert_eq!(secrets.hidden("token-999, client secret"), "(redacted), (redacted)");
    }
}
