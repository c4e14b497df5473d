//! Numbers as each language writes them: separators of thousands and decimals.

use core::fmt::{self, Write};

use super::Language;

/// A whole number in groups of three digits: `208,154`, in German `208.154`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grouped(pub(super) u64, pub(super) Language);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, language) = *self;
        // The highest group first: u64 has at most seven of them.
        let mut unit: u64 = 1_000_000_000_000_000_000;
        let mut begun = false;
        while unit > 0 {
            let group = number.wrapping_div(unit).wrapping_rem(1_000);
            if begun {
                write!(f, "{}{group:03}", language.thousands())?;
            } else if group > 0 || unit == 1 {
                write!(f, "{group}")?;
                begun = true;
            }
            unit = unit.wrapping_div(1_000);
        }
        Ok(())
    }
}

/// A number in millionths, without trailing zeros: `1.25`, in German `1,25`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Millionths(pub(super) u64, pub(super) Language);

impl fmt::Display for Millionths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, language) = *self;
        write!(f, "{}", Grouped(number.wrapping_div(1_000_000), language))?;
        let mut rest = number.wrapping_rem(1_000_000);
        if rest == 0 {
            return Ok(());
        }
        let mut digits: usize = 6;
        while rest.wrapping_rem(10) == 0 {
            rest = rest.wrapping_div(10);
            digits = digits.saturating_sub(1);
        }
        write!(f, "{}{rest:0digits$}", language.decimal())
    }
}

impl Language {
    const fn thousands(self) -> char {
        match self {
            Self::English | Self::Korean => ',',
            Self::German => '.',
        }
    }

    const fn decimal(self) -> char {
        match self {
            Self::English | Self::Korean => '.',
            Self::German => ',',
        }
    }
}

/// A minus sign in front of whatever is below zero.
pub(super) fn sign(micros: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if micros < 0 { f.write_char('-') } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn groups_three_digits() {
        const ROWS: &[(u64, &str, &str)] = &[
            (0, "0", "0"),
            (7, "7", "7"),
            (999, "999", "999"),
            (1_000, "1,000", "1.000"),
            (208_154, "208,154", "208.154"),
            (1_000_005, "1,000,005", "1.000.005"),
            (u64::MAX, "18,446,744,073,709,551,615", "18.446.744.073.709.551.615"),
        ];
        for &(number, english, german) in ROWS {
            assert_eq!(Grouped(number, Language::English).to_string(), english, "{number}");
            assert_eq!(Grouped(number, Language::Korean).to_string(), english, "{number}");
            assert_eq!(Grouped(number, Language::German).to_string(), german, "{number}");
        }
    }

    #[test]
    fn fractions_end_at_their_last_digit() {
        const ROWS: &[(u64, &str, &str)] = &[
            (0, "0", "0"),
            (1, "0.000001", "0,000001"),
            (1_250_000, "1.25", "1,25"),
            (1_000_000, "1", "1"),
            (1_050_000, "1.05", "1,05"),
            (12_345_678_000_010, "12,345,678.00001", "12.345.678,00001"),
        ];
        for &(number, english, german) in ROWS {
            assert_eq!(Millionths(number, Language::English).to_string(), english, "{number}");
            assert_eq!(Millionths(number, Language::German).to_string(), german, "{number}");
        }
    }
}
