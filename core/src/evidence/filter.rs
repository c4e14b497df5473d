//! Finds the few relevant lines of a long log, at memory speed.
//!
//! Every row of the [catalogue](super::catalogue), and every word that announces a time or a token,
//! has an *anchor*: at least seven bytes of fixed text. At least one group of four of those bytes
//! starts at a multiple of four, wherever the anchor is. It is therefore enough to look at every
//! fourth position, to hash the four bytes there, and to look up in a table whether any anchor
//! contains them. Candidates are compared with the bytes around them, and then in full. The
//! positions do not depend on each other, which makes this faster than a search whose steps depend
//! on what it has read.

mod marked;
mod marks;
mod tables;

use core::iter::from_fn;

use self::marked::marks;
use self::tables::{
    ANCHOR, BUCKET, FIRST, GRAM, GROUPS, Group, PAIRS, STEMS_AT, fold, hash, pair, windows_around,
};
use super::catalogue::{ROWS, Row, Rows};
use super::judgement::{STEMS, Stem};

/// Number of bytes that are looked up before the code branches on the results.
const BATCH: usize = 8 * GRAM;

/// An anchor found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The position where the anchor starts.
    pub(crate) at: usize,
    anchor: usize,
}

impl Hit {
    /// The row that the anchor belongs to, or `None` for a mark.
    pub(crate) fn row(self) -> Option<&'static Row> {
        ROWS.get(self.anchor)
    }

    /// The words of a finding that the anchor is, if it is one.
    pub(crate) fn stem(self) -> Option<&'static Stem> {
        STEMS.get(self.anchor.checked_sub(STEMS_AT)?)
    }

    /// Returns `true` if the anchor is a mark, or belongs to one of `rows`.
    pub(crate) fn counts(self, rows: Rows<'_>) -> bool {
        self.row().is_none_or(|row| rows.has(row))
    }

    /// The position of the row in the catalogue.
    pub(crate) fn rank(self) -> usize {
        self.anchor
    }

    /// The position of the first byte after the anchor.
    pub(crate) fn end(self) -> usize {
        self.at.saturating_add(ANCHOR.get(self.anchor).map_or(0, |anchor| anchor.len()))
    }
}

/// Calls `found` for every anchor in `text`, ordered by the position of the group that revealed it,
/// until `found` returns `Some`.
pub(crate) fn scan<T>(text: &[u8], mut found: impl FnMut(Hit) -> Option<T>) -> Option<T> {
    let (batches, tail) = text.as_chunks::<BATCH>();
    let mut at = 0;
    for batch in batches {
        if may_hold(batch)
            && let Some(result) = verify_all(text, at, batch, &mut found)
        {
            return Some(result);
        }
        at = at.saturating_add(BATCH);
    }
    verify_all(text, at, tail, &mut found)
}

/// Returns `true` if any anchor may have `first` and `second` next to each other.
pub(crate) fn may_adjoin(first: u8, second: u8) -> bool {
    let (word, bit) = pair(first, second);
    PAIRS.get(word).is_some_and(|pairs| pairs & bit != 0)
}

/// Returns `true` if any group of `batch` may belong to an anchor. The groups are looked up without
/// a branch between them.
fn may_hold(batch: &[u8; BATCH]) -> bool {
    let (groups, _) = batch.as_chunks::<GRAM>();
    groups.iter().fold(0, |marks, &group| marks | mark(group)) == 1
}

#[cold]
#[inline(never)]
fn verify_all<T>(
    text: &[u8],
    batch_at: usize,
    batch: &[u8],
    found: &mut impl FnMut(Hit) -> Option<T>,
) -> Option<T> {
    let (groups, _) = batch.as_chunks::<GRAM>();
    // Also without a branch for each, because no processor can predict which of them is marked.
    let marks = groups.iter().rev().fold(0, |marks, &group| marks << 1 | mark(group));
    set_bits(marks)
        .find_map(|index| verify(text, batch_at.saturating_add(index.saturating_mul(GRAM)), found))
}

/// Yields the positions of the bits that are set, lowest first.
fn set_bits(mut bits: u8) -> impl Iterator<Item = usize> {
    from_fn(move || {
        let lowest = bits.trailing_zeros();
        bits &= bits.checked_sub(1)?;
        usize::try_from(lowest).ok()
    })
}

/// Returns 1 if `group` may belong to an anchor, and 0 otherwise.
fn mark(group: [u8; GRAM]) -> u8 {
    marks(hash(fold(group)))
}

fn verify<T>(text: &[u8], group_at: usize, found: &mut impl FnMut(Hit) -> Option<T>) -> Option<T> {
    let groups = groups_near(hash(fold(*text.get(group_at..)?.first_chunk()?)));
    let found = |group: &Group| {
        let anchor = usize::from(group.anchor);
        let at = group_at.checked_sub(usize::from(group.inset))?;
        let words = ANCHOR.get(anchor).copied().unwrap_or("");
        let starts = text.get(at..).is_some_and(|rest| starts_with_folded(rest, words));
        starts.then(|| found(Hit { at, anchor })).flatten()
    };
    // Frequent words are in many anchors, and any other group is in one.
    if groups.len() <= FEW {
        return groups.iter().filter(|it| it.fits(text, group_at)).find_map(found);
    }
    let around = windows_around(text, group_at);
    groups.iter().filter(|it| it.fits_in(&around)).find_map(found)
}

/// For fewer groups it takes longer to find all windows first.
const FEW: usize = 3;

/// Returns the groups of the bucket that `hash` belongs to.
fn groups_near(hash: u16) -> &'static [Group] {
    let bucket = usize::from(hash) / BUCKET;
    let first = |bucket: usize| FIRST.get(bucket).copied().map_or(GROUPS.len(), usize::from);
    GROUPS.get(first(bucket)..first(bucket.saturating_add(1))).unwrap_or_default()
}

/// Returns `true` if `text` starts with `words`, ignoring the case of ASCII letters.
fn starts_with_folded(text: &[u8], words: &str) -> bool {
    let words = words.as_bytes();
    let fold = |byte: Option<&u8>| byte.map(|byte| byte | 0x20);
    let ends_alike = |head: &[u8]| {
        fold(head.last()) == fold(words.last()) && fold(head.first()) == fold(words.first())
    };
    let head = text.get(..words.len()).filter(|head| ends_alike(head));
    head.is_some_and(|head| head.eq_ignore_ascii_case(words))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::string::String;
    use std::vec::Vec;

    use super::*;
    use crate::evidence::catalogue::entries;

    /// Long enough to contain a group of bytes at any alignment.
    const ANCHOR_MIN: usize = 2 * GRAM - 1;

    fn anchors_in(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        scan(text.as_bytes(), |hit| {
            found.push(text[hit.at..hit.end()].to_ascii_lowercase());
            None::<()>
        });
        found
    }

    #[test]
    fn finds_every_anchor_at_every_alignment() {
        for anchor in ANCHOR {
            assert!(anchor.len() >= ANCHOR_MIN, "`{anchor}` has {} bytes", anchor.len());
            for inset in 0..5 {
                let text = "-".repeat(inset) + &anchor.to_ascii_uppercase();
                assert!(
                    anchors_in(&text).contains(&anchor.to_ascii_lowercase()),
                    "`{anchor}` after {inset} bytes"
                );
            }
        }
    }

    #[test]
    fn hit_names_row_of_anchor() {
        for entry in entries() {
            let mut rows = Vec::new();
            scan(entry.example.as_bytes(), |hit| {
                rows.extend(hit.row().map(|row| row.words));
                None::<()>
            });
            let words = entry.row.words;
            assert!(rows.contains(&words), "`{words}` is not found in its example");
        }
    }

    #[test]
    fn ordinary_lines_have_no_anchor() {
        let line = "2024-05-07T10:11:12.345Z INFO  http: GET /api/v1/items/4711 200 12ms user=17\n";
        assert_eq!(anchors_in(line), Vec::<String>::new());
        assert_eq!(anchors_in(""), Vec::<String>::new());
        assert_eq!(anchors_in("tok"), Vec::<String>::new());
    }

    /// All anchors in `text` and their positions, found by comparing each anchor at each position.
    fn compared(text: &[u8]) -> Vec<(usize, usize)> {
        let places =
            (0..text.len()).flat_map(|at| (0..ANCHOR.len()).map(move |anchor| (at, anchor)));
        places.filter(|&(at, anchor)| starts_with_folded(&text[at..], ANCHOR[anchor])).collect()
    }

    /// A complete anchor, a part of one, or text between anchors, in either case.
    fn fragment() -> impl Strategy<Value = Vec<u8>> {
        let anchor = prop::sample::select(ANCHOR.as_slice());
        let part = (anchor.clone(), 0..8_usize).prop_map(|(anchor, cut)| {
            anchor.as_bytes()[..anchor.len().saturating_sub(cut)].to_vec()
        });
        let upper = anchor.clone().prop_map(|anchor| anchor.to_ascii_uppercase().into_bytes());
        let other = prop::collection::vec(any::<u8>(), 0..9);
        prop_oneof![part, upper, anchor.prop_map(|anchor| anchor.as_bytes().to_vec()), other]
    }

    proptest! {
        #[test]
        fn finds_same_anchors_as_full_comparison(
            fragments in prop::collection::vec(fragment(), 0..12),
        ) {
            let text = fragments.concat();
            let mut found = Vec::new();
            scan(&text, |hit| {
                found.push((hit.at, hit.anchor));
                None::<()>
            });
            found.sort_unstable();
            prop_assert_eq!(found, compared(&text));
        }
    }
}
