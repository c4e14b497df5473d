//! Search for short words in one line.
//!
//! A line is short: a search that first prepares itself for its word would spend more time on the
//! preparation than on the line.

/// Returns what follows the first `word` in `text`.
pub(crate) fn after<'t>(text: &'t [u8], word: &[u8]) -> Option<&'t [u8]> {
    let (&first, rest) = word.split_first()?;
    memchr::memchr_iter(first, text)
        .find_map(|at| text.get(at.saturating_add(1)..)?.strip_prefix(rest))
}

/// Returns `true` if `text` contains `word`.
pub(crate) fn contains(text: &[u8], word: &[u8]) -> bool {
    after(text, word).is_some()
}

/// Returns `true` if `text` contains any of `words`.
pub(crate) fn contains_any(text: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| contains(text, word))
}

/// Returns `true` if `text` contains any of `words`.
pub(crate) fn contains_word(text: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| contains(text, word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_at_both_ends() {
        const ROWS: &[(&str, &str, Option<&str>)] = &[
            ("abc", "a", Some("bc")),
            ("abc", "c", Some("")),
            ("aab", "ab", Some("")),
            ("abc", "abcd", None),
            ("", "a", None),
            ("abc", "", None),
        ];
        for &(text, word, expected) in ROWS {
            let found = after(text.as_bytes(), word.as_bytes());
            assert_eq!(found, expected.map(str::as_bytes), "`{word}` in `{text}`");
        }
    }
}
