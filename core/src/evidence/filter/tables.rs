//! The tables of the filter, computed from the catalogue at compile time.

use super::marks::MARKS;
use crate::evidence::catalogue::{CLOCK_COMMANDS, ROWS};
use crate::evidence::judgement::STEMS;

/// Number of bytes of an anchor that are hashed together.
pub(super) const GRAM: usize = 4;
/// Number of bytes that contain four consecutive groups.
const WINDOW: usize = 2 * GRAM - 1;
/// Number of neighbouring hashes that share a bucket. Most buckets hold one group.
pub(super) const BUCKET: usize = 16;
// As many hashes as a `u16` has values, which ordinary text rarely hits. Their number does not fit into a
// `usize` of 16 bits, so it is never computed.
const BUCKETS: usize = 1 << (u16::BITS - BUCKET.ilog2());
/// Bytes with a bit for each hash.
pub(super) const BITMAP: usize = 1 << (u16::BITS - u8::BITS.ilog2());

const MARKS_AT: usize = ROWS.len() + CLOCK_COMMANDS.len();
/// Position of the first finding in [`ANCHOR`].
pub(super) const STEMS_AT: usize = MARKS_AT + MARKS.len();
const ANCHORS: usize = STEMS_AT + STEMS.len();

/// All anchors: those of the rows in order, then the commands, the marks,
/// and the findings.
pub(super) static ANCHOR: [&str; ANCHORS] = anchors();
/// The four groups of each anchor, sorted by hash.
pub(super) static GROUPS: [Group; GROUP_COUNT] = groups();
/// For each bucket, the number of `GROUPS` with a smaller hash.
pub(super) static FIRST: [u16; BUCKETS] = first();
/// Returns the place of the bit of a hash: its byte, and the number of the bit in it.
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
pub(super) const fn place(hash: u16) -> (usize, u16) {
    ((hash / 8) as usize, hash % 8)
}

/// Words that are frequent in ordinary logs. Groups that occur in them are avoided if an anchor has
/// others, because each hit costs a comparison.
const ORDINARY: &str = " request requests response token tokens time timed out timeout \
    client session certificate certificates auth authorization http https error errors status \
    server service user users connection connections active idle waiting stats total date update \
    updated data expand export exec executor thread pool cache consumer coordinator committed \
    offset orders batch read rows stock access info debug warn warning message level \
    config current index items entries evicted import assets upstream get post put api \
    web java main handler process started stopped closed opened failed success completed \
    http/1.1\" 200 http/1.0\" 404 schedule scheduler job task queue worker event events value values type name host system ";

/// A bit for each pair of neighbouring bytes in an anchor, by their [places](pair).
pub(super) static PAIRS: [u64; PAIR_WORDS] = pairs();
/// Words with a bit for each pair of bytes.
const PAIR_WORDS: usize = 1 << (u16::BITS - u64::BITS.ilog2());

pub(super) const GROUP_COUNT: usize = ANCHORS * GRAM;

/// Four bytes of an anchor.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// The window that contains all four groups of the anchor: its first and its last four bytes,
    /// [folded](fold).
    window: Window,
    /// Offset of the group in the window.
    back: u16,
    pub(super) hash: u16,
    pub(super) anchor: u16,
    /// Offset of the group in the anchor.
    pub(super) inset: u16,
}

impl Group {
    const NONE: Self = Self { window: 0, back: 0, hash: 0, anchor: 0, inset: 0 };

    /// Returns `true` if the window surrounds the group at `at`. These two comparisons exclude most text
    /// that shares a hash or four letters with an anchor.
    pub(super) fn fits(&self, text: &[u8], at: usize) -> bool {
        window(text, at, usize::from(self.back)) == self.window
    }

    /// The same if the windows around the group are known.
    pub(super) fn fits_in(&self, around: &[Window; GRAM]) -> bool {
        // The offset is never larger, and a mask is faster than a check.
        around.get(usize::from(self.back) % GRAM) == Some(&self.window)
    }
}

/// The first and the last four bytes of a window, [folded](fold).
pub(super) type Window = u64;

/// What is no window: no anchor has a byte of all ones, which UTF-8 does not have.
const NO_WINDOW: Window = Window::MAX;

/// Returns the windows in which a group may be that is at `at`, by its offset in them.
pub(super) fn windows_around(text: &[u8], at: usize) -> [Window; GRAM] {
    [0, 1, 2, 3].map(|back| window(text, at, back))
}

fn window(text: &[u8], at: usize, back: usize) -> Window {
    let window = || text.get(at.checked_sub(back)?..)?.first_chunk::<WINDOW>();
    let halves = |window: &[u8; WINDOW]| Some((*window.first_chunk()?, *window.last_chunk()?));
    let joined = window().and_then(halves).map(|(first, last)| joined(fold(first), fold(last)));
    joined.unwrap_or(NO_WINDOW)
}

#[expect(clippy::as_conversions, reason = "const, and widens")]
const fn joined(first: u32, last: u32) -> Window {
    (first as Window) << u32::BITS | last as Window
}

/// Returns four bytes as one number, which is the same for both cases of a letter.
pub(super) const fn fold(group: [u8; GRAM]) -> u32 {
    u32::from_le_bytes(group) | 0x2020_2020
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn folded_at(bytes: &[u8], at: usize) -> u32 {
    fold([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Returns the place of the bit for two neighbouring bytes: its word and the bit in it. Both cases of a
/// letter have the same.
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
pub(super) const fn pair(first: u8, second: u8) -> (usize, u64) {
    let both = u16::from_le_bytes([first | 0x20, second | 0x20]) as usize;
    (both / 64, 1 << (both % 64))
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn pairs() -> [u64; PAIR_WORDS] {
    let all = anchors();
    let mut pairs = [0; PAIR_WORDS];
    let mut next = 0;
    while next < ANCHORS {
        let bytes = all[next].as_bytes();
        let mut at = 1;
        while at < bytes.len() {
            let (word, bit) = pair(bytes[at - 1], bytes[at]);
            pairs[word] |= bit;
            at += 1;
        }
        next += 1;
    }
    pairs
}

#[expect(clippy::as_conversions, reason = "const, and the high half fits into 16 bits")]
pub(super) const fn hash(folded: u32) -> u16 {
    // Knuth's multiplier (2³² divided by the golden ratio): the high bits depend on all bytes.
    (folded.wrapping_mul(0x9E37_79B1) >> u16::BITS) as u16
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn anchors() -> [&'static str; ANCHORS] {
    let mut all = [""; ANCHORS];
    let mut next = 0;
    while next < ANCHORS {
        all[next] = if next < ROWS.len() {
            ROWS[next].anchor
        } else if next < MARKS_AT {
            CLOCK_COMMANDS[next - ROWS.len()]
        } else if next < STEMS_AT {
            MARKS[next - MARKS_AT]
        } else {
            STEMS[next - STEMS_AT].words
        };
        next += 1;
    }
    all
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a short anchor")]
#[expect(clippy::as_conversions, reason = "const, and there are fewer than 2¹⁶ anchors")]
const fn groups() -> [Group; GROUP_COUNT] {
    let all = anchors();
    let mut groups = [Group::NONE; GROUP_COUNT];
    let ordinary = ordinary();
    let mut next = 0;
    let mut start = 0;
    while next < GROUP_COUNT {
        let (anchor, back) = (next / GRAM, next % GRAM);
        let bytes = all[anchor].as_bytes();
        if back == 0 {
            start = rarest_window(bytes, &ordinary);
        }
        groups[next] = Group {
            window: joined(folded_at(bytes, start), folded_at(bytes, start + WINDOW - GRAM)),
            back: back as u16,
            hash: hash(folded_at(bytes, start + back)),
            anchor: anchor as u16,
            inset: (start + back) as u16,
        };
        next += 1;
    }
    sorted(groups)
}

/// Chooses the start of the four alignments of an anchor so that as few of them as possible are
/// ordinary.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
const fn rarest_window(bytes: &[u8], ordinary: &[u8; BITMAP]) -> usize {
    let (mut best, mut fewest) = (0, GRAM + 1);
    // Which of the last groups are ordinary, the newest first.
    let (mut met, mut at) = ([0; GRAM], 0);
    while at + GRAM <= bytes.len() {
        let (byte, bit) = place(hash(folded_at(bytes, at)));
        let newest = (ordinary[byte] >> bit & 1) as usize;
        met = [newest, met[0], met[1], met[2]];
        at += 1;
        let sum = met[0] + met[1] + met[2] + met[3];
        if at >= GRAM && sum < fewest {
            (best, fewest) = (at - GRAM, sum);
        }
    }
    best
}

/// Computes which hashes occur in ordinary words.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn ordinary() -> [u8; BITMAP] {
    let bytes = ORDINARY.as_bytes();
    let mut ordinary = [0; BITMAP];
    let mut at = 0;
    while at + GRAM <= bytes.len() {
        let (byte, bit) = place(hash(folded_at(bytes, at)));
        ordinary[byte] |= 1 << bit;
        at += 1;
    }
    ordinary
}

/// Sorts by hash in few steps, since each one is interpreted in every build: by its low byte, then by its
/// high byte.
const fn sorted(groups: [Group; GROUP_COUNT]) -> [Group; GROUP_COUNT] {
    sorted_by_byte(sorted_by_byte(groups, 0), u8::BITS)
}

/// Sorts by the byte of the hash that starts at bit `shift`, and keeps the order of equal ones.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
const fn sorted_by_byte(groups: [Group; GROUP_COUNT], shift: u32) -> [Group; GROUP_COUNT] {
    // For each byte, the number of groups with a smaller one; then, the place of the next with this one.
    let mut places = [0; (1 << u8::BITS) + 1];
    let mut next = 0;
    while next < GROUP_COUNT {
        places[(groups[next].hash >> shift & 0xFF) as usize + 1] += 1;
        next += 1;
    }
    next = 0;
    while next < 1 << u8::BITS {
        places[next + 1] += places[next];
        next += 1;
    }
    let mut sorted = [Group::NONE; GROUP_COUNT];
    next = 0;
    while next < GROUP_COUNT {
        let byte = (groups[next].hash >> shift & 0xFF) as usize;
        sorted[places[byte]] = groups[next];
        places[byte] += 1;
        next += 1;
    }
    sorted
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and there are fewer than 2¹⁶ groups")]
const fn first() -> [u16; BUCKETS] {
    let groups = &GROUPS;
    let mut first = [0; BUCKETS];
    let (mut next, mut bucket) = (0, 0);
    while bucket < BUCKETS {
        first[bucket] = next as u16;
        while next < GROUP_COUNT && groups[next].hash as usize / BUCKET == bucket {
            next += 1;
        }
        bucket += 1;
    }
    first
}
