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

/// Number of bits for the pairs of a text. The pairs of an ordinary line fill a twentieth of them.
const BITS: usize = 2_048;

/// The pairs of neighbouring bytes in a text, in which both cases of a letter are one.
///
/// Hundreds of words are searched in a line that matters, and it has few of them. A word that has a pair
/// which the text does not have needs no search.
#[derive(Debug, Clone)]
pub(crate) struct Pairs([u32; BITS / 32]);

impl Pairs {
    /// Finds the pairs of `text`.
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut bits = [0; BITS / 32];
        let Some((first, rest)) = text.split_first() else { return Self(bits) };
        let mut first = u16::from(first | 0x20);
        for byte in rest {
            let second = u16::from(byte | 0x20);
            let (at, bit) = place_of(second << 8 | first);
            if let Some(held) = bits.get_mut(at) {
                *held |= bit;
            }
            first = second;
        }
        Self(bits)
    }

    /// Returns `false` if the text has no `word`, in any case of its letters.
    pub(crate) fn may_have(&self, word: &[u8]) -> bool {
        word.windows(2).all(|pair| {
            let (at, bit) = place(pair);
            self.0.get(at).is_some_and(|held| held & bit != 0)
        })
    }

    /// Returns `true` if `text`, which has these pairs, contains `word`.
    pub(crate) fn find(&self, text: &[u8], word: &[u8]) -> bool {
        self.may_have(word) && contains(text, word)
    }

    /// Returns `true` if `text`, which has these pairs, contains any of `words`.
    pub(crate) fn find_any<W: AsRef<[u8]>>(&self, text: &[u8], words: &[W]) -> bool {
        words.iter().any(|word| self.find(text, word.as_ref()))
    }
}

/// The place of the bit for a pair.
fn place(pair: &[u8]) -> (usize, u32) {
    let &[first, second] = pair else { return (0, 0) };
    place_of(u16::from_le_bytes([first | 0x20, second | 0x20]))
}

/// The same for a pair as one number, in which capitals are small.
fn place_of(pair: u16) -> (usize, u32) {
    let hash = pair.wrapping_mul(0x9E37) >> 5;
    (usize::from(hash >> 5), 1 << (hash & 31))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn word_of_a_text_is_never_denied(
            text in proptest::collection::vec(any::<u8>(), 0..80),
            start in 0..80_usize,
            length in 0..12_usize,
        ) {
            let start = start.min(text.len());
            let word = &text[start..text.len().min(start + length)];
            let pairs = Pairs::of(&text);
            prop_assert!(pairs.may_have(word));
            prop_assert!(pairs.may_have(&word.to_ascii_uppercase()));
            prop_assert_eq!(pairs.find(&text, word), contains(&text, word));
        }
    }

    #[test]
    fn most_words_that_a_line_does_not_have_are_denied() {
        let pairs =
            Pairs::of(b"2026-03-02T07:00:00Z ERROR http-7 400 Bad Request {\"error\":\"x\"}");
        for word in ["docker", "kubelet", "systemd[", "obtained", "HTTP/1.1 4", "utcnow()"] {
            assert!(!pairs.may_have(word.as_bytes()), "{word}");
        }
    }

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
