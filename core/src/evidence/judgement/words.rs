//! Search for whole words in a clause, ignoring the case of ASCII letters.

/// Words in lower case. A longer word that starts with one counts as well, unless the word ends with
/// `$`.
pub(crate) type Words = &'static [&'static str];

/// Returns `true` if `text` has one of `words`.
pub(crate) fn has(text: &[u8], words: Words) -> bool {
    nearest(text, words, false).is_some()
}

/// Returns the position of the last of `words` in `text`, or of the first one.
pub(crate) fn nearest(text: &[u8], words: Words, last: bool) -> Option<usize> {
    let starts = (0..text.len()).filter(|&at| starts_word(text, at));
    let mut fits = starts.filter(|&at| words.iter().any(|word| fits_at(text, at, word)));
    if last { fits.next_back() } else { fits.next() }
}

/// Returns the last `most` bytes of `text`, without the end of a word that starts before them.
pub(super) fn last_words(text: &[u8], most: usize) -> &[u8] {
    let from = text.len().saturating_sub(most);
    let is_cut = |&at: &usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut all = from..text.len();
    let word = all.clone().find(|&at| starts_word(text, at));
    let start = word.or_else(|| all.find(|at| !is_cut(at)));
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// Returns the first `most` bytes of `text`, without the start of a word that ends after them.
pub(super) fn first_words(text: &[u8], most: usize) -> &[u8] {
    let is_inside = |&at: &usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let end = most.min(text.len());
    let ends = |&at: &usize| !is_inside(&at) || !at.checked_sub(1).is_some_and(|at| is_inside(&at));
    let end = (1..=end).rev().find(ends).unwrap_or(end);
    text.get(..end).unwrap_or_default()
}

/// Returns `true` if a word starts at `at`: after a separator, or at a capital after a small letter.
pub(crate) fn starts_word(text: &[u8], at: usize) -> bool {
    let Some(&byte) = text.get(at) else { return false };
    let Some(before) = at.checked_sub(1).and_then(|before| text.get(before)) else { return true };
    let is_hump = before.is_ascii_lowercase() && byte.is_ascii_uppercase();
    !before.is_ascii_alphanumeric()
        || is_hump
        || (before.is_ascii_digit() && byte.is_ascii_alphabetic())
}

fn fits_at(text: &[u8], at: usize, word: &str) -> bool {
    let is_first =
        |byte: &u8| word.as_bytes().first().is_some_and(|it| it.eq_ignore_ascii_case(byte));
    if !text.get(at).is_some_and(is_first) {
        return false;
    }
    let whole = word.strip_suffix('$');
    let name = whole.unwrap_or(word).as_bytes();
    let end = at.saturating_add(name.len());
    let fits = text.get(at..end).is_some_and(|met| met.eq_ignore_ascii_case(name));
    fits && (whole.is_none() || text.get(end).is_none_or(|next| !next.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_cut_between_words() {
        const ROWS: &[(&str, usize, &str, &str)] = &[
            ("Domino: the cert is ", 16, " the cert is ", "Domino: the cert"),
            ("is willing to", 7, "to", "is "),
            ("one two", 7, "one two", "one two"),
            ("one two", 99, "one two", "one two"),
            ("TokenExpired", 9, "Expired", "TokenExpi"),
            ("aa ", 2, " ", "aa"),
            ("expired", 4, "", "expi"),
            ("a", 0, "", ""),
            ("", 4, "", ""),
        ];
        for &(text, most, last, first) in ROWS {
            assert_eq!(last_words(text.as_bytes(), most), last.as_bytes(), "{text}");
            assert_eq!(first_words(text.as_bytes(), most), first.as_bytes(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn cut_text_has_only_words_of_the_whole(text in "([a-z]{1,4} ?){1,9}", most in 0_usize..40) {
            const SOME: Words = &["a$", "no$", "if$", "it", "be$"];
            let text = text.as_bytes();
            let separated = text.split(|&byte| byte == b' ').all(|word| word.len() <= most);
            for part in [last_words(text, most), first_words(text, most)] {
                prop_assert!(!separated || !has(part, SOME) || has(text, SOME), "{part:?}");
            }
        }
    }
}
