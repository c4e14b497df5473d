//! The rate at which a clock gains or loses against a reference, from two offsets.
//!
//! A clock that is being slewed (adjtime) loses or gains on purpose. The rate is that of the clock
//! as programs read it, whatever the reason.

use super::offset::Offset;
use super::unix_time::Span;

/// The rate at which a clock loses time, in parts per billion, at least and at most. Negative: it
/// gains. The sign is that of [`Offset`], which grows while a clock loses.
///
/// # Example
/// ```
/// use jwtick_core::Span;
/// use jwtick_core::time::{Offset, Rate};
/// let ms = |least, most| Offset::between(Span::from_millis(least), Span::from_millis(most));
/// // The clock lost 10 ms ± 1 ms in 1,000 s.
/// let rate = ms(0, 1).zip(ms(10, 11)).and_then(|(first, last)| {
///     Rate::between(first, last, Span::from_secs(1_000))
/// });
/// assert_eq!(rate.map(|rate| (rate.least_ppb(), rate.most_ppb())), Some((9_000, 11_000)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    least: i64,
    most: i64,
}

impl Rate {
    /// The rate that takes a clock from the offset `first` to the offset `last` during `over`;
    /// `None` if no time passed between the two, or if an end is open.
    #[must_use]
    pub fn between(first: Offset, last: Offset, over: Span) -> Option<Self> {
        let open = |offset: Offset| offset.least() == Span::MIN || offset.most() == Span::MAX;
        if over <= Span::ZERO || open(first) || open(last) {
            return None;
        }
        let least = ppb(last.least() - first.most(), over, Rounding::Down)?;
        let most = ppb(last.most() - first.least(), over, Rounding::Up)?;
        Some(Self { least, most })
    }

    /// The rate of a clock whose offset changes by `moved` during `over`, which is more than zero.
    pub(crate) fn of_move(moved: Offset, over: Span) -> Self {
        let end = |moved, rounding| ppb(moved, over, rounding).unwrap_or_default();
        let (least, most) = (moved.least(), moved.most());
        Self { least: end(least, Rounding::Down), most: end(most, Rounding::Up) }
    }

    /// The rates that both allow; `None` if the rate changed in between.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let (least, most) = (self.least.max(other.least), self.most.min(other.most));
        (least <= most).then_some(Self { least, most })
    }

    /// The smallest rate at which the clock loses.
    #[must_use]
    pub const fn least_ppb(self) -> i64 {
        self.least
    }

    /// The greatest rate at which the clock loses.
    #[must_use]
    pub const fn most_ppb(self) -> i64 {
        self.most
    }
}

// Rounding never makes a bound tighter than what is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rounding {
    Down,
    Up,
}

fn ppb(moved: Span, over: Span, rounding: Rounding) -> Option<i64> {
    let moved = i128::from(moved.as_micros()).checked_mul(1_000_000_000)?;
    let over = i128::from(over.as_micros());
    let down = moved.checked_div_euclid(over)?;
    let exact = moved.checked_rem_euclid(over)? == 0;
    let up = i128::from(rounding == Rounding::Up && !exact);
    let rate = down.checked_add(up)?;
    // Only a clock set by centuries within a second exceeds the range of i64.
    Some(i64::try_from(rate).unwrap_or(if rate < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(least: i64, most: i64) -> Offset {
        Offset::between(Span::from_micros(least), Span::from_micros(most)).unwrap()
    }

    #[test]
    fn rate_bounds_come_from_both_offsets() {
        type Row = (&'static str, (i64, i64), (i64, i64), i64, Option<(i64, i64)>);
        const ROWS: &[Row] = &[
            ("steady", (0, 0), (0, 0), 10, Some((0, 0))),
            ("loses 50 ppm", (0, 0), (500, 500), 10, Some((50_000, 50_000))),
            ("gains 50 ppm", (0, 0), (-500, -500), 10, Some((-50_000, -50_000))),
            ("both are uncertain", (-5, 5), (-5, 5), 10, Some((-1_000, 1_000))),
            ("rounds outwards", (0, 0), (1, 1), 3, Some((333, 334))),
            ("rounds outwards below zero", (0, 0), (-1, -1), 3, Some((-334, -333))),
            ("no time", (0, 0), (1, 1), 0, None),
            ("back in time", (0, 0), (1, 1), -3, None),
            ("open", (0, i64::MAX), (1, 1), 3, None),
        ];
        for &(name, first, last, over, expected) in ROWS {
            let (first, last) = (micros(first.0, first.1), micros(last.0, last.1));
            let rate = Rate::between(first, last, Span::from_secs(over));
            assert_eq!(rate.map(|rate| (rate.least, rate.most)), expected, "{name}");
        }
    }

    #[test]
    fn extreme_rates_saturate() {
        let far = micros(i64::MAX - 1, i64::MAX - 1);
        let rate = Rate::between(micros(0, 0), far, Span::from_micros(1)).unwrap();
        assert_eq!((rate.least, rate.most), (i64::MAX, i64::MAX));
        let far = micros(i64::MIN + 1, i64::MIN + 1);
        let rate = Rate::between(micros(0, 0), far, Span::from_micros(1)).unwrap();
        assert_eq!((rate.least, rate.most), (i64::MIN, i64::MIN));
    }

    #[test]
    fn disjoint_rates_have_no_intersection() {
        let (slow, fast) = (Rate { least: 1, most: 5 }, Rate { least: 6, most: 9 });
        assert_eq!(slow.intersect(fast), None);
        assert_eq!(slow.intersect(Rate { least: 4, most: 9 }), Some(Rate { least: 4, most: 5 }));
    }
}
