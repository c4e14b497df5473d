//! The elements of an array that the strict pass has checked.

use super::Json;

/// The rest of an array, without its brackets.
#[derive(Debug, Clone)]
pub(crate) struct Elements<'a> {
    rest: &'a str,
}

impl<'a> Json<'a> {
    /// The elements of an array; `None` for any other value.
    pub(crate) fn elements(self) -> Option<Elements<'a>> {
        let rest = self.0.strip_prefix('[')?.strip_suffix(']')?;
        Some(Elements { rest: rest.trim_ascii() })
    }
}

impl Elements<'_> {
    /// Returns whether all elements are strings.
    pub(crate) fn are_strings(&self) -> bool {
        let between = |byte| matches!(byte, b'"' | b',' | b' ' | b'\t' | b'\n' | b'\r');
        outside_strings(self.rest).all(|(_, byte)| between(byte))
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Json<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (element, rest) = match comma(self.rest) {
            Some(at) => (self.rest.get(..at)?, self.rest.get(at.saturating_add(1)..)?),
            None => (self.rest, ""),
        };
        self.rest = rest.trim_ascii_start();
        Some(Json(element.trim_ascii_end()))
    }
}

/// The position of the first comma outside any string, object or array.
fn comma(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let (at, _) = outside_strings(text).find(|&(_, byte)| {
        match byte {
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b',' && depth == 0
    })?;
    Some(at)
}

/// The bytes outside strings, including opening quotes, with their positions.
fn outside_strings(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut inside, mut escaped) = (false, false);
    text.bytes().enumerate().filter(move |&(_, byte)| {
        let outside = !inside;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => inside = !inside,
            _ => {}
        }
        outside
    })
}
