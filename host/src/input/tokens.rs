//! Finds tokens in a header line, a JSON body, a `curl` command or any other text.

/// The first bytes of every base64url text that starts with `{`: `{"`, `{` and white space.
const STARTS: [&[u8]; 2] = [b"ey", b"ew"];

/// Everything in `text` that looks like a token in compact form, in order. A single word that
/// starts like a token is returned as is, so that the decoder can report its fault.
pub(crate) fn find(text: &[u8]) -> Vec<&[u8]> {
    let found: Vec<&[u8]> = text
        .split(|&byte| !is_token_byte(byte))
        .map(trim_dots)
        .filter(|run| looks_compact(run))
        .collect();
    let whole = text.trim_ascii();
    let one_word = starts_like_one(whole) && !whole.iter().any(u8::is_ascii_whitespace);
    if found.is_empty() && one_word { vec![whole] } else { found }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

// The full stop of a sentence, but not the empty third segment of an unsecured token.
fn trim_dots(run: &[u8]) -> &[u8] {
    match run {
        [head @ .., b'.'] if dots(head) >= 2 => trim_dots(head),
        _ => run,
    }
}

fn dots(run: &[u8]) -> usize {
    run.iter().filter(|&&byte| byte == b'.').count()
}

// Three segments are a JWS, five a JWE. The core rejects a JWE with its own message.
fn looks_compact(run: &[u8]) -> bool {
    starts_like_one(run) && matches!(dots(run), 2 | 4)
}

fn starts_like_one(text: &[u8]) -> bool {
    STARTS.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_tokens_in_pasted_text() {
        const ROWS: &[(&str, &[&str])] = &[
            ("eyJh.eyJi.c-_", &["eyJh.eyJi.c-_"]),
            ("  eyJh.eyJi.c\r\n", &["eyJh.eyJi.c"]),
            ("Bearer eyJh.eyJi.c", &["eyJh.eyJi.c"]),
            ("Authorization: Bearer eyJh.eyJi.c", &["eyJh.eyJi.c"]),
            (r#"{"access_token":"eyJh.eyJi.c","token_type":"Bearer"}"#, &["eyJh.eyJi.c"]),
            (
                r#"{"id_token":"eyJh.eyJi.c","access_token":"eyJh.eyJi.d"}"#,
                &["eyJh.eyJi.c", "eyJh.eyJi.d"],
            ),
            ("curl -H 'Authorization: Bearer eyJh.eyJi.c' https://a.b.c/", &["eyJh.eyJi.c"]),
            ("https://a.b/cb?token=eyJh.eyJi.c&state=1", &["eyJh.eyJi.c"]),
            ("It was eyJh.eyJi.c.", &["eyJh.eyJi.c"]),
            ("unsecured: eyJh.eyJi.", &["eyJh.eyJi."]),
            ("ewogICJh.eyJi.c in lines", &["ewogICJh.eyJi.c"]),
            ("eyJh.a.b.c.d is encrypted", &["eyJh.a.b.c.d"]),
            ("eyJh.eyJi=.c", &["eyJh.eyJi=.c"]),
            ("eyJh", &["eyJh"]),
            ("not.a.token", &[]),
            ("no token here", &[]),
            ("www.example.org eyeballs", &[]),
            ("", &[]),
        ];
        for &(text, expected) in ROWS {
            let found = find(text.as_bytes());
            let expected: Vec<&[u8]> = expected.iter().map(|token| token.as_bytes()).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
