//! One wording of one product, and its anchor: the stretch of its fixed text by which the filter finds its
//! lines.

use super::kind::{Judge, Says};
use super::spoken::{Code, Reason, Speaker, Spoken};

/// A wording as it is contained in a program's image.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// The product that prints it.
    pub(crate) product: &'static str,
    /// The part of the fixed words by which a line is found in a long log.
    pub(crate) anchor: &'static str,
    /// The fixed words with their roles.
    pub(crate) words: &'static str,
    /// The side that judged.
    pub(crate) judge: Judge,
    /// The objection to the token, request or certificate.
    pub(crate) says: Says,
    /// The longest lifetime in seconds that the provider grants, or 0 if it states none.
    pub(crate) cap_secs: i64,
    /// `true` if the product judges a token that it fetched a moment ago.
    pub(crate) is_fresh: bool,
    /// `true` if the judge refused a bearer token (RFC 6750), which another party may have made,
    /// rather than an assertion made by the local side.
    pub(crate) is_bearer: bool,
    /// `true` if other products print the same words, so that they name none.
    pub(crate) is_shared: bool,
    /// The names under which a time service writes this sentence to a log, if it does.
    pub(crate) tags: &'static [&'static str],
}

/// A row as the catalogue lists it. It is used only in constants, so an image contains only its
/// [`Row`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) row: Row,
    /// A line as the product prints it. Each example is a test.
    #[cfg_attr(not(test), expect(dead_code, reason = "used by tests and by readers of the table"))]
    pub(crate) example: &'static str,
    /// The complete sentence and the reasons for it, if test servers use the wording.
    spoken: Option<Spoken>,
}

pub(super) const fn row(
    product: &'static str,
    (judge, says): (Judge, Says),
    words: &'static str,
    example: &'static str,
) -> Entry {
    let anchor = longest_stretch(words);
    let row = Row { product, anchor, ..Row::general(says, judge, words) };
    Entry { row, example, spoken: None }
}

impl Row {
    /// A wording of no particular product.
    pub(crate) const fn general(says: Says, judge: Judge, words: &'static str) -> Self {
        Self {
            product: "",
            anchor: "",
            words,
            judge,
            says,
            cap_secs: 0,
            is_fresh: false,
            is_bearer: false,
            is_shared: false,
            tags: &[],
        }
    }

    /// Returns the product that prints the wording, if it is that of a product.
    pub(crate) fn product(&self) -> Option<&'static str> {
        match self.product {
            "" => None,
            _ if self.is_shared => Some("JWT"),
            product => Some(product),
        }
    }
}

impl Entry {
    /// Finds the row by `anchor`. Needed if the longest stretch is ordinary text, or if a shorter
    /// one, such as an error code, is enough.
    pub(super) const fn anchored(self, anchor: &'static str) -> Self {
        Self { row: Row { anchor, ..self.row }, ..self }
    }

    /// Lets a server that imitates `by` use the words of the row for `reasons`.
    pub(super) const fn spoken(self, by: Speaker, reasons: &'static [Reason]) -> Self {
        self.spoken_as(by, reasons, self.row.words)
    }

    /// The same with a complete sentence, of which the row has only a part.
    pub(super) const fn spoken_as(
        self,
        by: Speaker,
        reasons: &'static [Reason],
        words: &'static str,
    ) -> Self {
        Self { spoken: Some(Spoken { by, reasons, code: Code::Ordinary, words }), ..self }
    }

    /// Marks a product that answers `invalid_token` where RFC 7523 requires `invalid_grant`.
    pub(super) const fn with_invalid_token(self) -> Self {
        match self.spoken {
            Some(spoken) => {
                Self { spoken: Some(Spoken { code: Code::InvalidToken, ..spoken }), ..self }
            }
            None => self,
        }
    }

    /// Returns the sentence used by test servers.
    pub(crate) const fn spoken_form(&self) -> Option<Spoken> {
        self.spoken
    }

    pub(super) const fn capped(self, cap_secs: i64) -> Self {
        Self { row: Row { cap_secs, ..self.row }, ..self }
    }

    /// Lets the sentence count after these tags of a log, in addition to the head of a message.
    pub(super) const fn tagged(self, tags: &'static [&'static str]) -> Self {
        Self { row: Row { tags, ..self.row }, ..self }
    }

    /// Marks words that other products print as well. Reports then name no product.
    pub(super) const fn shared(self) -> Self {
        Self { row: Row { is_shared: true, ..self.row }, ..self }
    }

    pub(super) const fn fresh(self) -> Self {
        Self { row: Row { is_fresh: true, ..self.row }, ..self }
    }

    pub(super) const fn bearer(self) -> Self {
        Self { row: Row { is_bearer: true, ..self.row }, ..self }
    }
}

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
