//! One wording of one product.

use super::anchor::longest_stretch;
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
