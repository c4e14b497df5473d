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
