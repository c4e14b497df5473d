//! Reads bytes from left to right. Each step takes what it expects or returns `None`.
//!
//! A failed step may have moved the cursor. To try an alternative, copy the cursor first or use
//! [`Cursor::attempt`].

/// The unread part of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Self(text)
    }

    pub(crate) const fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(crate) const fn len(self) -> usize {
        self.0.len()
    }

    pub(crate) const fn peek(self) -> Option<u8> {
        self.0.first().copied()
    }

    /// Returns whether a digit follows, which would extend a number just read.
    pub(crate) const fn at_digit(self) -> bool {
        matches!(self.0.first(), Some(b'0'..=b'9'))
    }

    pub(crate) const fn next(&mut self) -> Option<u8> {
        let Some((&first, rest)) = self.0.split_first() else { return None };
        self.0 = rest;
        Some(first)
    }

    /// Takes `wanted`.
    pub(crate) fn eat(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == wanted).then(|| self.0 = rest)
    }

    /// Takes one of `wanted` and returns it.
    pub(crate) fn eat_one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        // The few bytes are known where this is called, and a general search is slower.
        if !wanted.iter().any(|byte| byte == first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    /// Takes all of `wanted`; the case must match.
    pub(crate) fn eat_all(&mut self, wanted: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(wanted)?;
        Some(())
    }

    /// Takes spaces and returns how many there were.
    pub(crate) fn spaces(&mut self) -> usize {
        self.take_while(|byte| byte == b' ').len()
    }

    /// Takes `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// Skips `count` bytes, or the rest of the text if it is shorter.
    pub(crate) fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }

    /// Takes everything up to the first byte that `wanted` rejects.
    pub(crate) fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().position(|&byte| !wanted(byte)).unwrap_or(self.0.len());
        self.take(end).unwrap_or_default()
    }

    /// Takes exactly `count` digits (at most nine), whatever follows.
    pub(crate) fn digits(&mut self, count: usize) -> Option<u32> {
        self.attempt(|ahead| value_of(ahead.take(count)?))
    }

    /// Takes a number of `least` to `most` (at most nine) digits; fails on a longer one.
    pub(crate) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        if (least..=most).contains(&digits.len()) { value_of(digits) } else { None }
    }

    /// Takes one or two digits, the usual form of days, months and hours without leading zeros;
    /// fails on a longer number.
    pub(crate) fn short_number(&mut self) -> Option<u8> {
        let (number, rest) = match self.0 {
            [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', ..] => return None,
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => (two(*tens, *ones), rest),
            [ones @ b'0'..=b'9', rest @ ..] => (two(b'0', *ones), rest),
            _ => return None,
        };
        self.0 = rest;
        Some(number)
    }

    /// Takes exactly two digits.
    pub(crate) fn two_digits(&mut self) -> Option<u8> {
        let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] = self.0 else { return None };
        self.0 = rest;
        Some(two(*tens, *ones))
    }

    /// Runs `step`, and restores the cursor if it fails.
    pub(crate) fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let taken = step(&mut ahead)?;
        *self = ahead;
        Some(taken)
    }
}

/// Returns the number that two digits make. Both arguments must be digits.
pub(crate) const fn two(tens: u8, ones: u8) -> u8 {
    (tens.wrapping_sub(b'0')).wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'))
}

// Ten digits may exceed `u32`; they give `None`.
fn value_of(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |value, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        value.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_with_other_digit_count_is_rejected() {
        const ROWS: &[(&str, Option<u32>, &str)] = &[
            ("7", Some(7), ""),
            ("07x", Some(7), "x"),
            ("2017-", Some(2017), "-"),
            ("20170", None, ""),
            ("x", None, ""),
            ("", None, ""),
        ];
        for &(text, value, rest) in ROWS {
            let mut cursor = Cursor::new(text.as_bytes());
            assert_eq!(cursor.number(1, 4), value, "{text}");
            if value.is_some() {
                assert_eq!(cursor.rest(), rest.as_bytes(), "{text}");
            }
        }
    }

    #[test]
    fn fixed_width_leaves_the_digits_after_it() {
        let mut cursor = Cursor::new(b"20170721");
        assert_eq!((cursor.digits(4), cursor.two_digits()), (Some(2017), Some(7)));
        assert_eq!((cursor.two_digits(), cursor.two_digits()), (Some(21), None));
    }

    #[test]
    fn short_number_has_one_or_two_digits() {
        const ROWS: &[(&str, Option<u8>, &str)] = &[
            ("7", Some(7), ""),
            ("07:", Some(7), ":"),
            ("31x", Some(31), "x"),
            ("100", None, "100"),
            ("x", None, "x"),
            ("", None, ""),
        ];
        for &(text, value, rest) in ROWS {
            let mut cursor = Cursor::new(text.as_bytes());
            assert_eq!(cursor.short_number(), value, "{text}");
            assert_eq!(cursor.rest(), rest.as_bytes(), "{text}");
        }
    }

    #[test]
    fn failed_attempt_takes_nothing() {
        let mut cursor = Cursor::new(b"ab");
        assert!(cursor.attempt(|ahead| ahead.eat(b'a').and_then(|()| ahead.eat(b'x'))).is_none());
        assert_eq!(cursor.rest(), b"ab");
        assert!(cursor.attempt(|ahead| ahead.eat_all(b"ab")).is_some());
        assert_eq!((cursor.peek(), cursor.len(), cursor.next()), (None, 0, None));
    }
}
