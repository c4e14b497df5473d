//! The tables of the filter, computed from the catalogue when the crate is compiled.

use super::marks::MARKS;
use crate::evidence::catalogue::PARTS;

/// So many bytes of an anchor are hashed together.
pub(super) const GRAM: usize = 4;
/// The bits of a word of the bitmap.
pub(super) const WORD: usize = 64;
// As many bits as a `u16` can name: no bounds check remains, and ordinary text seldom meets one.
const WORDS: usize = (1 << u16::BITS) / WORD;

const ROWS: usize = {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += part_len(part);
        part += 1;
    }
    count
};

const ANCHORS: usize = ROWS + MARKS.len();

/// All anchors: first those of the rows in order, then the marks.
pub(super) static ANCHOR: [&str; ANCHORS] = anchors();
/// The four groups of each anchor, by hash.
pub(super) static GROUPS: [Group; GROUP_COUNT] = groups();
/// Which hashes occur in `GROUPS`.
pub(super) static BITMAP: [u64; WORDS] = bitmap();

/// Words that ordinary logs are full of. Groups that occur in them are avoided where an anchor has
/// others, since each one met costs a comparison.
const ORDINARY: &str = " request requests response token tokens time timed out timeout \
    client session certificate certificates auth authorization http https error errors status \
    server service user users connection connections active idle waiting stats total date update \
    updated data expand export exec executor thread pool cache consumer coordinator committed \
    offset orders batch read rows stock access info debug warn warning message level \
    config current index items entries evicted import assets upstream get post put api \
    web java main handler process started stopped closed opened failed success completed \
    http/1.1\" 200 http/1.0\" 404 schedule scheduler job task queue worker event events value values type name host system ";

const GROUP_COUNT: usize = ANCHORS * GRAM;

/// Four bytes of an anchor.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) hash: u16,
    pub(super) anchor: u16,
    /// How far into the anchor they stand.
    pub(super) inset: u16,
}

/// A hash in which the two cases of a letter are one.
#[expect(clippy::as_conversions, reason = "const, and the high half fits into 16 bits")]
pub(super) const fn hash(group: [u8; GRAM]) -> u16 {
    // Knuth's multiplier (2³² divided by the golden ratio): the high bits depend on all bytes.
    ((u32::from_le_bytes(group) | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> u16::BITS) as u16
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn part_len(part: usize) -> usize {
    PARTS[part].len()
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn anchors() -> [&'static str; ANCHORS] {
    let mut all = [""; ANCHORS];
    let (mut next, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut row = 0;
        while row < PARTS[part].len() {
            all[next] = PARTS[part][row].anchor;
            next += 1;
            row += 1;
        }
        part += 1;
    }
    let mut mark = 0;
    while mark < MARKS.len() {
        all[next] = MARKS[mark];
        next += 1;
        mark += 1;
    }
    all
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a short anchor")]
#[expect(clippy::as_conversions, reason = "const, and there are fewer than 2¹⁶ anchors")]
const fn groups() -> [Group; GROUP_COUNT] {
    let all = anchors();
    let mut groups = [Group { hash: 0, anchor: 0, inset: 0 }; GROUP_COUNT];
    let ordinary = ordinary();
    let mut next = 0;
    while next < GROUP_COUNT {
        let anchor = next / GRAM;
        let bytes = all[anchor].as_bytes();
        let inset = rarest_window(bytes, &ordinary) + next % GRAM;
        let four = [bytes[inset], bytes[inset + 1], bytes[inset + 2], bytes[inset + 3]];
        groups[next] = Group { hash: hash(four), anchor: anchor as u16, inset: inset as u16 };
        next += 1;
    }
    sorted(groups)
}

/// Where the four alignments of an anchor start so that the fewest of them are ordinary.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
const fn rarest_window(bytes: &[u8], ordinary: &[u64; WORDS]) -> usize {
    let (mut best, mut fewest) = (0, GRAM + 1);
    let mut start = 0;
    while start + 2 * GRAM <= bytes.len() + 1 {
        let (mut met, mut inset) = (0, start);
        while inset < start + GRAM {
            let four = [bytes[inset], bytes[inset + 1], bytes[inset + 2], bytes[inset + 3]];
            let hash = hash(four) as usize;
            met += (ordinary[hash / WORD] >> (hash % WORD) & 1) as usize;
            inset += 1;
        }
        if met < fewest {
            (best, fewest) = (start, met);
        }
        start += 1;
    }
    best
}

/// Which hashes occur in ordinary words.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
const fn ordinary() -> [u64; WORDS] {
    let bytes = ORDINARY.as_bytes();
    let mut bits = [0; WORDS];
    let mut at = 0;
    while at + GRAM <= bytes.len() {
        let hash = hash([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize;
        bits[hash / WORD] |= 1 << (hash % WORD);
        at += 1;
    }
    bits
}

/// Shell's sort by hash: the compiler counts the steps that a slower one would take.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn sorted(mut groups: [Group; GROUP_COUNT]) -> [Group; GROUP_COUNT] {
    let mut gap = GROUP_COUNT / 2;
    while gap > 0 {
        let mut from = gap;
        while from < GROUP_COUNT {
            let mut at = from;
            while at >= gap && groups[at].hash < groups[at - gap].hash {
                groups.swap(at, at - gap);
                at -= gap;
            }
            from += 1;
        }
        gap /= 2;
    }
    groups
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
const fn bitmap() -> [u64; WORDS] {
    let groups = groups();
    let mut bits = [0; WORDS];
    let mut next = 0;
    while next < GROUP_COUNT {
        let hash = groups[next].hash as usize;
        bits[hash / WORD] |= 1 << (hash % WORD);
        next += 1;
    }
    bits
}
