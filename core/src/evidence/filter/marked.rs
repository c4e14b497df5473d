//! The table of the hashes that occur in anchors, which every group of a text is looked up in.

#[cfg(not(feature = "fast-scan"))]
use super::tables::{BITMAP, place};
use super::tables::{GROUP_COUNT, GROUPS};

/// The hashes that occur in `GROUPS`.
static MARKED: Marked = marked();

/// A byte for each hash, which is tested in fewer steps than a bit: 1 or 0. There are as many as a `u16` can
/// address, so no bounds check remains.
#[cfg(feature = "fast-scan")]
type Marked = [u8; 1 << u16::BITS];
/// A bit for each hash, for devices: an eighth of the memory.
#[cfg(not(feature = "fast-scan"))]
type Marked = [u8; BITMAP];

/// Returns 1 if `hash` occurs in `GROUPS`, and 0 otherwise.
#[cfg(feature = "fast-scan")]
pub(super) fn marks(hash: u16) -> u8 {
    MARKED.get(usize::from(hash)).copied().unwrap_or(0)
}

/// Returns 1 if `hash` occurs in `GROUPS`, and 0 otherwise.
#[cfg(not(feature = "fast-scan"))]
pub(super) fn marks(hash: u16) -> u8 {
    let (byte, bit) = place(hash);
    MARKED.get(byte).map_or(0, |bits| bits >> bit & 1)
}

#[cfg(feature = "fast-scan")]
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and 16 bits fit into any usize")]
const fn marked() -> Marked {
    let groups = &GROUPS;
    let mut marked = [0; 1 << u16::BITS];
    let mut next = 0;
    while next < GROUP_COUNT {
        marked[groups[next].hash as usize] = 1;
        next += 1;
    }
    marked
}

#[cfg(not(feature = "fast-scan"))]
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn marked() -> Marked {
    let groups = &GROUPS;
    let mut marked = [0; BITMAP];
    let mut next = 0;
    while next < GROUP_COUNT {
        let (byte, bit) = place(groups[next].hash);
        marked[byte] |= 1 << bit;
        next += 1;
    }
    marked
}
