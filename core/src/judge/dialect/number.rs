//! The parts of a JSON number that verifiers treat differently: its sign, whole seconds, fraction and
//! size, and whether it is written with digits only.

/// Above this power of ten, a number is infinite to a parser that reads doubles.
const LARGEST_POWER: i32 = 308;

/// Zeros that are read after the last digit: enough to saturate the seconds, and to reach microseconds.
const ZEROS: [u8; 45] = [0; 45];

/// What distinguishes one number from another for some verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) is_negative: bool,
    /// Whole seconds without the sign; saturates.
    pub(super) secs: u128,
    /// Whole microseconds of the fraction.
    pub(super) micros: u32,
    pub(super) has_fraction: bool,
    /// Written as an optional sign and digits.
    pub(super) is_integer: bool,
    /// Written with a fraction or an exponent, and too large for a double.
    pub(super) is_infinite: bool,
    /// The seconds in the low 64 bits of an integer of any length.
    pub(super) low: u64,
}

impl Number {
    /// Reads a text that was checked against RFC 8259 §6. The work is linear in its length.
    pub(super) fn of(text: &str) -> Self {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
        let (significand, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
        let (whole, fraction) = significand.split_once('.').unwrap_or((significand, ""));
        let point = i32::try_from(whole.len()).unwrap_or(i32::MAX);
        let point = point.saturating_add(exponent_of(exponent));
        let (mut secs, mut low, mut micros) = (0_u128, 0_u64, 0_u32);
        let (mut has_fraction, mut power) = (false, None);
        let written = whole.bytes().chain(fraction.bytes()).map(|byte| byte.saturating_sub(b'0'));
        for (place, digit) in (0_i32..).zip(written.chain(ZEROS)) {
            let behind = place.saturating_sub(point);
            if digit != 0 {
                power = power.or(Some(behind.saturating_neg().saturating_sub(1)));
            }
            if behind < 0 {
                secs = secs.saturating_mul(10).saturating_add(digit.into());
                low = low.wrapping_mul(10).wrapping_add(digit.into());
            } else {
                has_fraction |= digit != 0;
                micros = micros.saturating_add(micros_of(digit, behind));
            }
        }
        let is_infinite = !is_integer && power.is_some_and(|power| power > LARGEST_POWER);
        Self { is_negative, secs, micros, has_fraction, is_integer, is_infinite, low }
    }
}

/// The microseconds of the digit at this place after the point.
fn micros_of(digit: u8, behind: i32) -> u32 {
    let unit: u32 = match behind {
        0 => 100_000,
        1 => 10_000,
        2 => 1_000,
        3 => 100,
        4 => 10,
        5 => 1,
        _ => 0,
    };
    unit.saturating_mul(digit.into())
}

/// The number in an exponent, with its sign; saturates.
fn exponent_of(text: &str) -> i32 {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = digits.bytes().fold(0_i32, |number, digit| {
        number.saturating_mul(10).saturating_add(digit.saturating_sub(b'0').into())
    });
    if is_negative { magnitude.saturating_neg() } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        const MAX: u128 = u128::MAX;
        // Text, seconds, microseconds, has a fraction, is an integer, is infinite.
        const ROWS: &[(&str, u128, u32, bool, bool, bool)] = &[
            ("0", 0, 0, false, true, false),
            ("-0.0", 0, 0, false, false, false),
            ("1488307191", 1_488_307_191, 0, false, true, false),
            ("1488307191.25", 1_488_307_191, 250_000, true, false, false),
            ("1.5e9", 1_500_000_000, 0, false, false, false),
            ("1500000000123e-3", 1_500_000_000, 123_000, true, false, false),
            ("1e-3", 0, 1_000, true, false, false),
            ("1e-9", 0, 0, true, false, false),
            ("0.00000019e7", 1, 900_000, true, false, false),
            ("18446744073709551615", MAX >> 64, 0, false, true, false),
            ("18446744073709551616", (MAX >> 64) + 1, 0, false, true, false),
            ("1e308", MAX, 0, false, false, false),
            ("1e309", MAX, 0, false, false, true),
            ("0.1e310", MAX, 0, false, false, true),
            ("0e999999999999", 0, 0, false, false, false),
            ("1e-999999999999", 0, 0, true, false, false),
        ];
        for &(text, secs, micros, has_fraction, is_integer, is_infinite) in ROWS {
            let number = Number::of(text);
            let met = (number.secs, number.micros, number.has_fraction);
            assert_eq!(met, (secs, micros, has_fraction), "{text}");
            let met = (number.is_integer, number.is_infinite);
            assert_eq!(met, (is_integer, is_infinite), "{text}");
        }
    }

    #[test]
    fn long_integers_keep_their_low_bits() {
        // 2^64 + 5, of which 64 bits hold 5.
        assert_eq!(Number::of("18446744073709551621").low, 5);
        assert!(Number::of("-7").is_negative);
    }
}
