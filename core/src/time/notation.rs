//! Numbers and spans as text: `208,154`, `1.25`, `2 d 9 h 49 min 14 s`.

use core::fmt::{self, Write};

use super::unix_time::Span;

/// The number and unit format of a language.
#[derive(Debug)]
pub(crate) struct Notation {
    /// Separates groups of three digits.
    pub(crate) thousands: char,
    /// Separates the integer part from the fraction.
    pub(crate) decimal: char,
    /// The units from days to microseconds, each with its leading space, if any.
    pub(crate) units: [&'static str; 6],
    /// The word for a span without limit.
    pub(crate) unlimited: &'static str,
}

impl Notation {
    /// English, with the symbols of the SI and ISO 80000-3, which have no plural.
    pub(crate) const ENGLISH: Self = Self {
        thousands: ',',
        decimal: '.',
        units: [" d", " h", " min", " s", " ms", " µs"],
        unlimited: "unlimited",
    };
}

/// Prints days, hours, minutes and seconds, without zero parts: `2 d 9 h 49 min 14 s`.
///
/// Below one minute the fraction is kept (`1.25 s`, `250 ms`, `12 µs`). Longer spans are printed in
/// whole seconds, rounded towards zero. Negative spans have a minus sign.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Length(*self, &Notation::ENGLISH).fmt(f)
    }
}

/// Prints a span in days, hours, minutes and seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Length(pub(crate) Span, pub(crate) &'static Notation);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(span, notation) = *self;
        let micros = span.as_micros().unsigned_abs();
        if span == Span::MAX || span == Span::MIN {
            return f.write_str(notation.unlimited);
        }
        sign(span.as_micros(), f)?;
        match micros {
            0 => Unit::Second.amount(0, notation, f),
            1..1_000 => Unit::Microsecond.fraction(micros.saturating_mul(1_000_000), notation, f),
            1_000..1_000_000 => {
                Unit::Millisecond.fraction(micros.saturating_mul(1_000), notation, f)
            }
            1_000_000..60_000_000 => Unit::Second.fraction(micros, notation, f),
            _ => parts(micros.wrapping_div(1_000_000), notation, f),
        }
    }
}

/// Prints a span in seconds, with its fraction and without its sign: `208,154 s`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seconds(pub(crate) Span, pub(crate) &'static Notation);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Unit::Second.fraction(self.0.as_micros().unsigned_abs(), self.1, f)
    }
}

/// Writes a minus sign if the value is negative.
fn sign(micros: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if micros < 0 { f.write_char('-') } else { Ok(()) }
}

fn parts(secs: u64, notation: &'static Notation, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = secs;
    let mut gap = "";
    for unit in [Unit::Day, Unit::Hour, Unit::Minute, Unit::Second] {
        let amount = rest.wrapping_div(unit.secs());
        rest = rest.wrapping_rem(unit.secs());
        if amount > 0 {
            f.write_str(gap)?;
            unit.amount(amount, notation, f)?;
            gap = " ";
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
}

impl Unit {
    const fn secs(self) -> u64 {
        match self {
            Self::Day => 86_400,
            Self::Hour => 3_600,
            Self::Minute => 60,
            Self::Second | Self::Millisecond | Self::Microsecond => 1,
        }
    }

    const fn symbol(self, notation: &'static Notation) -> &'static str {
        let [day, hour, minute, second, millisecond, microsecond] = notation.units;
        match self {
            Self::Day => day,
            Self::Hour => hour,
            Self::Minute => minute,
            Self::Second => second,
            Self::Millisecond => millisecond,
            Self::Microsecond => microsecond,
        }
    }

    fn amount(
        self,
        amount: u64,
        notation: &'static Notation,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        write!(f, "{}{}", Grouped(amount, notation), self.symbol(notation))
    }

    fn fraction(
        self,
        amount: u64,
        notation: &'static Notation,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        write!(f, "{}{}", Millionths(amount, notation), self.symbol(notation))
    }
}

/// Prints a whole number in groups of three digits: `208,154`, or `208.154` in German.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grouped(pub(crate) u64, pub(crate) &'static Notation);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, notation) = *self;
        // Starts at the highest group; u64 has at most seven.
        let mut unit: u64 = 1_000_000_000_000_000_000;
        let mut begun = false;
        while unit > 0 {
            let group = number.wrapping_div(unit).wrapping_rem(1_000);
            if begun {
                write!(f, "{}{group:03}", notation.thousands)?;
            } else if group > 0 || unit == 1 {
                write!(f, "{group}")?;
                begun = true;
            }
            unit = unit.wrapping_div(1_000);
        }
        Ok(())
    }
}

/// Prints a number of millionths without trailing zeros: `1.25`, or `1,25` in German.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Millionths(pub(crate) u64, pub(crate) &'static Notation);

impl fmt::Display for Millionths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, notation) = *self;
        write!(f, "{}", Grouped(number.wrapping_div(1_000_000), notation))?;
        let mut rest = number.wrapping_rem(1_000_000);
        if rest == 0 {
            return Ok(());
        }
        let mut digits: usize = 6;
        while rest.wrapping_rem(10) == 0 {
            rest = rest.wrapping_div(10);
            digits = digits.saturating_sub(1);
        }
        write!(f, "{}{rest:0digits$}", notation.decimal)
    }
}
