//! Conditions on claims that the caller names, such as `role=admin`.

use core::fmt;

use jwtick_core::token::Claims;
use serde_json::Value;

/// A claim must equal a value, or be an array that contains it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    claim: String,
    value: Value,
}

/// The result of a condition, with JSON texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) claim: String,
    pub(crate) expected: String,
    /// `None` if the token has no such claim.
    pub(crate) found: Option<String>,
    pub(crate) holds: bool,
}

impl Condition {
    /// The condition that a claim has this value, which is JSON or else a string.
    pub(crate) fn new(claim: &str, value: &str) -> Self {
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        Self { claim: claim.to_owned(), value }
    }

    /// The condition that a claim is this string.
    pub(crate) fn is_text(claim: &str, text: &str) -> Self {
        Self { claim: claim.to_owned(), value: Value::from(text) }
    }

    /// Checks the condition.
    pub(crate) fn check(&self, claims: &Claims<'_>) -> Checked {
        let found = member(&self.claim, claims);
        let is_it = |found: &Value| *found == self.value;
        let has_it = |found: &Value| found.as_array().is_some_and(|all| all.iter().any(is_it));
        Checked {
            claim: self.claim.clone(),
            expected: self.value.to_string(),
            holds: found.as_ref().is_some_and(|found| is_it(found) || has_it(found)),
            found: found.map(|found| found.to_string()),
        }
    }
}

/// As on the command line.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.claim, self.value)
    }
}

/// The value that a name leads to: a JSON pointer (RFC 6901), if it starts with `/`; else the claim of that
/// name, whose dots count; else the member that the dots lead to.
pub(crate) fn member(name: &str, claims: &Claims<'_>) -> Option<Value> {
    if let Some(pointer) = name.strip_prefix('/') {
        let (first, rest) = pointer.split_at(pointer.find('/').unwrap_or(pointer.len()));
        let first = first.replace("~1", "/").replace("~0", "~");
        return top_level(&first, claims)?.pointer(rest).cloned();
    }
    top_level(name, claims).or_else(|| {
        let mut names = name.split('.');
        let first = top_level(names.next()?, claims)?;
        names.try_fold(&first, |held, name| held.get(name)).cloned()
    })
}

/// A claim; `None` also for one with a number that no reader of JSON is sure to read.
fn top_level(name: &str, claims: &Claims<'_>) -> Option<Value> {
    let (_, value) = claims.members().find(|(member, _)| *member == *name)?;
    serde_json::from_str(value.as_written()).ok()
}

#[cfg(test)]
mod tests {
    use jwtick_core::Scratch;

    use super::*;

    const CLAIMS: &str = r#"{"role":"admin","n":1,"roles":["a",["b"]],"on":true,"no":null,
        "realm":{"roles":["c"],"d.e":{"f":2}},"https://x.example/y":"z","g/h":{"~":3},"far":1e400,
        "a.b":"flat","a":{"b":"nested"}}"#;

    #[test]
    fn condition_holds_for_the_value_and_for_an_array_with_it() {
        const ROWS: &[(&str, bool, Option<&str>)] = &[
            ("role=admin", true, Some(r#""admin""#)),
            (r#"role="admin""#, true, Some(r#""admin""#)),
            ("role=Admin", false, Some(r#""admin""#)),
            ("role=", false, Some(r#""admin""#)),
            ("n=1", true, Some("1")),
            (r#"n="1""#, false, Some("1")),
            ("roles=a", true, Some(r#"["a",["b"]]"#)),
            ("roles=b", false, Some(r#"["a",["b"]]"#)),
            (r#"roles=["b"]"#, true, Some(r#"["a",["b"]]"#)),
            (r#"roles=["a",["b"]]"#, true, Some(r#"["a",["b"]]"#)),
            ("on=true", true, Some("true")),
            ("no=null", true, Some("null")),
            ("none=null", false, None),
            ("realm.roles=c", true, Some(r#"["c"]"#)),
            ("realm.roles.x=c", false, None),
            ("realm.d.e.f=2", false, None),
            ("/realm/d.e/f=2", true, Some("2")),
            ("/roles/0=a", true, Some(r#""a""#)),
            ("/roles/2=a", false, None),
            ("/g~1h/~0=3", true, Some("3")),
            ("https://x.example/y=z", true, Some(r#""z""#)),
            ("a.b=flat", true, Some(r#""flat""#)),
            ("/a/b=nested", true, Some(r#""nested""#)),
            ("far=1e400", false, None),
            ("=x", false, None),
        ];
        let mut index = Scratch::<0>::new();
        let claims = Claims::parse(CLAIMS.as_bytes(), &mut index).unwrap();
        for &(text, holds, found) in ROWS {
            let (claim, value) = text.split_once('=').unwrap();
            let checked = Condition::new(claim, value).check(&claims);
            assert_eq!((checked.holds, checked.found.as_deref()), (holds, found), "{text}");
        }
    }
}
