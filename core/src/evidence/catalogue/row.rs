//! One wording of one product.

use super::anchor::longest_stretch;
use super::kind::{Judge, Says};
use super::spoken::{Code, Reason, Speaker, Spoken};

/// One wording, as the images carry it.
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
    /// What was held against the token, request or certificate.
    pub(crate) says: Says,
    /// The longest lifetime in seconds that the provider grants; 0 if it states none.
    pub(crate) cap_secs: i64,
    /// The product judges a token that it has fetched a moment ago.
    pub(crate) is_fresh: bool,
    /// The judge refused a bearer token (RFC 6750), which somebody else may have made, rather than
    /// an assertion of ours.
    pub(crate) is_bearer: bool,
}

/// A row as the catalogue lists it. Constants only: no image has more of it than its [`Row`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) row: Row,
    /// A line as the product prints it; each is a test.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the tests, and readers of the table"))]
    pub(crate) example: &'static str,
    /// The whole sentence and the reasons for it, where servers of tests say it.
    spoken: Option<Spoken>,
}

pub(super) const fn row(
    product: &'static str,
    (judge, says): (Judge, Says),
    words: &'static str,
    example: &'static str,
) -> Entry {
    let anchor = longest_stretch(words);
    let (cap_secs, is_fresh, is_bearer) = (0, false, false);
    let row = Row { product, anchor, words, judge, says, cap_secs, is_fresh, is_bearer };
    Entry { row, example, spoken: None }
}

impl Entry {
    /// Finds the row by `anchor`, where the longest stretch is ordinary text or a shorter one, such as
    /// an error code, is enough.
    pub(super) const fn anchored(self, anchor: &'static str) -> Self {
        Self { row: Row { anchor, ..self.row }, ..self }
    }

    /// A server that speaks for `by` says the words of the row for `reasons`.
    pub(super) const fn spoken(self, by: Speaker, reasons: &'static [Reason]) -> Self {
        self.spoken_as(by, reasons, self.row.words)
    }

    /// The same with the whole sentence, of which the row has a part.
    pub(super) const fn spoken_as(
        self,
        by: Speaker,
        reasons: &'static [Reason],
        words: &'static str,
    ) -> Self {
        Self { spoken: Some(Spoken { by, reasons, code: Code::Ordinary, words }), ..self }
    }

    /// The product answers `invalid_token` where RFC 7523 says `invalid_grant`.
    pub(super) const fn with_invalid_token(self) -> Self {
        match self.spoken {
            Some(spoken) => {
                Self { spoken: Some(Spoken { code: Code::InvalidToken, ..spoken }), ..self }
            }
            None => self,
        }
    }

    /// The sentence that servers of tests say.
    pub(crate) const fn spoken_form(&self) -> Option<Spoken> {
        self.spoken
    }

    pub(super) const fn capped(self, cap_secs: i64) -> Self {
        Self { row: Row { cap_secs, ..self.row }, ..self }
    }

    pub(super) const fn fresh(self) -> Self {
        Self { row: Row { is_fresh: true, ..self.row }, ..self }
    }

    pub(super) const fn bearer(self) -> Self {
        Self { row: Row { is_bearer: true, ..self.row }, ..self }
    }
}
