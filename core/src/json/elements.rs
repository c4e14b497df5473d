//! The elements of an array that the strict pass has checked.

use super::Json;

/// What is left of an array, without its brackets.
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

/// Where the first comma stands that is in no string, object or array.
fn comma(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_u32, false, false);
    text.bytes().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => return depth == 0,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    #[test]
    fn elements_are_what_stands_between_commas() {
        const ROWS: &[(&str, &[&str])] = &[
            ("[]", &[]),
            ("[ ]", &[]),
            ("[1]", &["1"]),
            ("[ 1 ,\t\"a\" ]", &["1", r#""a""#]),
            (r#"[{"a":[1,2]},[3,{"b":4}]]"#, &[r#"{"a":[1,2]}"#, r#"[3,{"b":4}]"#]),
            (r#"["a,b","\"],","\\",null]"#, &[r#""a,b""#, r#""\"],""#, r#""\\""#, "null"]),
        ];
        for &(array, expected) in ROWS {
            let met: Vec<_> = Json(array).elements().unwrap().map(Json::as_written).collect();
            assert_eq!(met, expected, "{array}");
        }
        assert!(Json("{}").elements().is_none());
    }
}
