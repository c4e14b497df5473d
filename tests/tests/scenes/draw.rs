//! Pseudorandom numbers from a seed.

/// SplitMix64 (Steele, Lea and Flood 2014): every seed gives a good sequence.
pub(crate) struct Draw(u64);

impl Draw {
    /// The sequence of one scene, independent of the others.
    pub(crate) fn new(seed: u64, number: usize) -> Self {
        let number = u64::try_from(number).unwrap();
        Self(seed ^ number.wrapping_add(1).wrapping_mul(0xA076_1D64_78BD_642F))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, inclusive.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = most.abs_diff(least) + 1;
        least + i64::try_from(self.next() % width).unwrap()
    }

    /// Returns true once in `times` draws on average.
    pub(crate) fn once_in(&mut self, times: i64) -> bool {
        self.between(1, times) == 1
    }

    /// One of the items.
    pub(crate) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        let most = i64::try_from(choices.len()).unwrap() - 1;
        choices[usize::try_from(self.between(0, most)).unwrap()].clone()
    }

    /// The value with a random sign.
    pub(crate) fn signed(&mut self, least: i64, most: i64) -> i64 {
        self.between(least, most) * self.of(&[-1, 1])
    }
}
