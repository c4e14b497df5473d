//! The ends of values: quoted, in brackets, or bare.

/// The end of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    /// A quote after exactly as many backslashes as the opening one had.
    Quote { quote: u8, slashes: usize },
    /// The next white space.
    Blank,
    /// The end of a number or another literal in JSON.
    Literal,
    /// The end of a parameter in a form or a query, which encodes `&`.
    Parameter,
    /// The end of the line.
    Line,
}

impl Close {
    /// Returns the position of the end in `text`, from `from` on, or `None` if it does not come.
    pub(super) fn find(self, text: &[u8], from: usize) -> Option<usize> {
        match self {
            Self::Quote { quote, slashes } => closing_quote(text, from, quote, slashes),
            Self::Blank => position(text, from, |byte| byte.is_ascii_whitespace()),
            Self::Parameter => {
                position(text, from, |byte| byte.is_ascii_whitespace() || byte == b'&')
            }
            Self::Literal => {
                position(text, from, |byte| byte.is_ascii_whitespace() || b",}]".contains(&byte))
            }
            Self::Line => None,
        }
    }
}

fn position(text: &[u8], from: usize, is_end: impl Fn(u8) -> bool) -> Option<usize> {
    let at = text.get(from..)?.iter().position(|byte| is_end(*byte))?;
    Some(from.saturating_add(at))
}

/// A value in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) start: usize,
    /// The position after its last byte.
    pub(super) end: usize,
    /// The end that did not come in this piece.
    pub(super) open: Option<Close>,
    pub(super) form: Form,
}

/// The way in which a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Quoted,
    Bracketed,
    Bare,
}

impl Value {
    /// The value from `start` to `close`.
    pub(super) fn until(text: &[u8], start: usize, close: Close, form: Form) -> Self {
        match close.find(text, start) {
            Some(end) => Self { start, end, open: None, form },
            None => Self { start, end: text.len(), open: Some(close), form },
        }
    }

    /// The value at `at`, or `None` if nothing follows. A bare one ends at `bare`.
    pub(super) fn at(text: &[u8], at: usize, bare: Close) -> Option<Self> {
        let slashes = run(text, at, |byte| byte == b'\\');
        let opening = at.saturating_add(slashes);
        match *text.get(opening)? {
            quote @ (b'"' | b'\'') => {
                let close = Close::Quote { quote, slashes };
                Some(Self::until(text, opening.saturating_add(1), close, Form::Quoted))
            }
            b'{' | b'[' if slashes == 0 => Some(Self::bracketed(text, at)),
            b'<' if slashes == 0 => Some(Self::angled(text, at)),
            _ => Some(Self::until(text, at, bare, Form::Bare)),
        }
    }

    /// A quoted string whose quote is at `at`.
    pub(super) fn string(text: &[u8], at: usize) -> Self {
        let slashes = slashes_before(text, at);
        let quote = text.get(at).copied().unwrap_or(b'"');
        Self::until(text, at.saturating_add(1), Close::Quote { quote, slashes }, Form::Quoted)
    }

    /// Where the text after the value starts.
    pub(super) const fn rest(&self) -> usize {
        match (self.form, self.open) {
            (Form::Quoted, None) => self.end.saturating_add(1),
            _ => self.end,
        }
    }

    // `{…}` and `[…]`. Brackets inside strings do not count.
    fn bracketed(text: &[u8], at: usize) -> Self {
        let start = at.saturating_add(1);
        let (mut depth, mut next, mut level) = (1_usize, start, None);
        while let Some(&byte) = text.get(next) {
            match byte {
                b'{' | b'[' => depth = depth.saturating_add(1),
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'"' => {
                    // The end of the string that quotes the whole object.
                    let slashes = slashes_before(text, next);
                    if slashes < *level.get_or_insert(slashes) {
                        depth = 0;
                    } else {
                        next = Self::string(text, next).end.saturating_add(slashes);
                    }
                }
                _ => {}
            }
            if depth == 0 {
                return Self { start, end: next, open: None, form: Form::Bracketed };
            }
            next = next.saturating_add(1);
        }
        let end = text.len();
        Self { start, end, open: Some(Close::Line), form: Form::Bracketed }
    }

    // `user=<alice>`: a name may contain the closing bracket, so the last one counts.
    fn angled(text: &[u8], at: usize) -> Self {
        let start = at.saturating_add(1);
        let rest = text.get(start..).unwrap_or(&[]);
        let end = memchr::memrchr(b'>', rest).map(|end| start.saturating_add(end));
        let open = if end.is_none() { Some(Close::Line) } else { None };
        Self { start, end: end.unwrap_or(text.len()), open, form: Form::Quoted }
    }
}

/// Returns the number of bytes from `at` on that are `part`.
pub(super) fn run(text: &[u8], at: usize, part: impl Fn(u8) -> bool) -> usize {
    text.get(at..).unwrap_or(&[]).iter().take_while(|byte| part(**byte)).count()
}

/// Returns the number of backslashes directly before `at`.
pub(super) fn slashes_before(text: &[u8], at: usize) -> usize {
    text.get(..at).unwrap_or(&[]).iter().rev().take_while(|byte| **byte == b'\\').count()
}

// A quote that opens after one backslash, in JSON inside a string, closes after one. Inside the
// value, a quote has three backslashes there, and a backslash before the end is written as four. A
// quote with fewer ends the string around the value.
fn closing_quote(text: &[u8], from: usize, quote: u8, slashes: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    memchr::memchr_iter(quote, rest).find_map(|at| {
        let at = from.saturating_add(at);
        let met = slashes_before(text, at).min(at.saturating_sub(from));
        let more = met.checked_sub(slashes);
        let unit = slashes.saturating_add(1).saturating_mul(2);
        let closes = more.is_none_or(|more| more.is_multiple_of(unit));
        closes.then(|| at.saturating_sub(met.min(slashes)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_ends_where_its_writer_did_not_escape() {
        const ROWS: &[(&str, &str)] = &[
            (r#""a"b"#, "a"),
            (r#""a\"b"c"#, r#"a\"b"#),
            (r#""a\\"b"#, r#"a\\"#),
            (r#"\"a\"b"#, "a"),
            (r#"\"a\\\"b\"c"#, r#"a\\\"b"#),
            (r#"\"a"b"#, "a"),
            (r#""a\x22b" c"#, r#"a\x22b"#),
            ("'a' b", "a"),
            ("a b", "a"),
            ("<a>b> c", "a>b"),
            (r#"{"a":"}"} b"#, r#""a":"}""#),
            (r#"["a",["]"]] b"#, r#""a",["]"]"#),
            (r#"{\"a\":\"}\"}" b"#, r#"\"a\":\"}\""#),
        ];
        for &(text, expected) in ROWS {
            let value = Value::at(text.as_bytes(), 0, Close::Blank).unwrap();
            assert_eq!(text.get(value.start..value.end), Some(expected), "{text}");
            assert_eq!(value.open, None, "{text}");
        }
    }

    #[test]
    fn value_without_end_stays_open() {
        for text in [r#""a\""#, "'a", "a", "<a", "{\"a\":1", r#"\"a\\\""#] {
            let value = Value::at(text.as_bytes(), 0, Close::Blank).unwrap();
            assert!(value.open.is_some() && value.end == text.len(), "{text}");
        }
    }
}
