//! The anchor of a wording: the stretch of its fixed text by which the filter finds its lines.

/// Returns the longest stretch of `words` that a log prints unchanged.
///
/// A stretch ends at a value, and at a quote, which a log may escape (`\"nbf\"`). Blanks next to
/// either are left out, because a log may lack them.
pub(super) const fn longest_stretch(words: &str) -> &str {
    let (mut longest, mut rest) = ("", words);
    while !rest.is_empty() {
        let (stretch, after) = rest.split_at(plain_len(rest));
        let stretch = stretch.trim_ascii();
        if stretch.len() > longest.len() {
            longest = stretch;
        }
        rest = after.split_at(mark_len(after)).1;
    }
    longest
}

/// Returns how many bytes precede the first value or quote.
const fn plain_len(words: &str) -> usize {
    let mut rest = words.as_bytes();
    while let [byte, after @ ..] = rest {
        if matches!(byte, b'{' | b'"' | b'\'') {
            break;
        }
        rest = after;
    }
    words.len().saturating_sub(rest.len())
}

/// Returns the length of the value or quote at the start of `words`.
const fn mark_len(words: &str) -> usize {
    let mut rest = words.as_bytes();
    let is_value = matches!(rest, [b'{', ..]);
    while let [byte, after @ ..] = rest {
        rest = after;
        if !is_value || matches!(byte, b'}') {
            break;
        }
    }
    words.len().saturating_sub(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchor_is_longest_stretch_between_values_and_quotes() {
        const ROWS: &[(&str, &str)] = &[
            ("JWT expired", "JWT expired"),
            ("JWT expired at {exp}. Current time: {local}", ". Current time:"),
            ("time reset {behind_s} s", "time reset"),
            ("\"exp\" claim timestamp check failed", "claim timestamp check failed"),
            ("first {} equal", "first"),
            ("'quoted'", "quoted"),
            ("{exp}", ""),
            ("", ""),
        ];
        for &(words, anchor) in ROWS {
            assert_eq!(longest_stretch(words), anchor, "{words}");
        }
    }
}
