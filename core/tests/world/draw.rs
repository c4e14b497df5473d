//! Random numbers from a seed: the same seed gives the same log on every machine.

/// A source of random numbers (SplitMix64).
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = most.abs_diff(least) + 1;
        least.wrapping_add_unsigned(self.next() % width)
    }

    /// A number of either sign, at least `least` and at most `most` from zero.
    pub(crate) fn signed(&mut self, least: i64, most: i64) -> i64 {
        let size = self.between(least, most);
        if self.once_in(2) { size } else { -size }
    }

    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.next().is_multiple_of(times)
    }

    pub(crate) fn of<T: Clone>(&mut self, items: &[T]) -> T {
        let index = self.next() % u64::try_from(items.len()).unwrap();
        items[usize::try_from(index).unwrap()].clone()
    }
}
