//! Members of a header or claims set, checked before they are written: what is signed is what every strict
//! reader reads.

use core::fmt;

use super::compact::Compact;
use crate::token::{Json, Segment};

/// The value of a claim or of a header member.
///
/// # Example
/// ```
/// use jwtick_core::sign::Value;
/// let claims = [
///     ("iss", Value::Text("device-7")),
///     ("aud", Value::Texts(&["https://a.example", "https://b.example"])),
///     ("uptime", Value::Integer(7_200)),
///     ("metered", Value::Boolean(true)),
/// ];
/// # let _ = claims;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value<'v> {
    /// A string.
    Text(&'v str),
    /// An array of strings, such as several audiences.
    Texts(&'v [&'v str]),
    /// A number without a fraction.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// A value that was read from another token or header, and was checked there.
    Json(Json<'v>),
}

/// A name and its value.
pub(super) type Member<'v> = (&'v str, Value<'v>);

/// The reason why a member is not written.
///
/// # Example
/// ```
/// use jwtick_core::sign::MemberFault;
/// assert_eq!(MemberFault::Repeated.to_string(), "has the name of an earlier one");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemberFault {
    /// Another member has the same name (RFC 7519 §4).
    Repeated,
    /// The library writes this member (`alg`, `jwk`, `iat`, `nbf`, `exp`), or it would change the meaning
    /// of the signature (`crit`, `b64`).
    Reserved,
    /// The member is registered with another type, as `iss` is with a string (RFC 7519 §4.1).
    Type,
    /// The number is beyond ±(2⁵³ − 1), so that some readers round it (RFC 7493 §2.2).
    Inexact,
}

impl fmt::Display for MemberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Repeated => "has the name of an earlier one",
            Self::Reserved => {
                "has a name that the library writes itself, or that changes the signature"
            }
            Self::Type => "has another type than its RFC requires: expected a string",
            Self::Inexact => "is a number beyond ±(2^53 - 1), which some readers round",
        })
    }
}

/// The greatest integer that all readers of JSON agree on.
const EXACT: u64 = (1 << 53) - 1;

/// Names that only the library writes.
const fn reserved(segment: Segment) -> &'static [&'static str] {
    match segment {
        Segment::Header => &["alg", "jwk", "crit", "b64"],
        _ => &["iat", "nbf", "exp"],
    }
}

/// Names of strings. `aud` may also be an array of them.
const fn texts(segment: Segment) -> &'static [&'static str] {
    match segment {
        Segment::Header => &["typ", "cty", "kid"],
        _ => &["iss", "sub", "aud", "jti"],
    }
}

/// Returns the first member that must not be written, with the number of those before it.
pub(super) fn fault(segment: Segment, members: &[Member<'_>]) -> Option<(usize, MemberFault)> {
    let faults = members.iter().enumerate().filter_map(|(at, &(name, value))| {
        let repeated = members.iter().take(at).any(|(earlier, _)| *earlier == name);
        let fault = match value {
            _ if reserved(segment).contains(&name) => MemberFault::Reserved,
            _ if repeated => MemberFault::Repeated,
            Value::Text(_) => return None,
            Value::Texts(_) if name == "aud" && segment != Segment::Header => return None,
            _ if texts(segment).contains(&name) => MemberFault::Type,
            Value::Integer(number) if number.unsigned_abs() > EXACT => MemberFault::Inexact,
            _ => return None,
        };
        Some((at, fault))
    });
    let mut faults = faults;
    faults.next()
}

impl Compact<'_> {
    /// Writes `,"name":`, with the comma unless it is the first member.
    pub(crate) fn name(&mut self, first: bool, name: &str) {
        if !first {
            self.byte(b',');
        }
        self.string(name);
        self.byte(b':');
    }

    pub(super) fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Text(text) => self.string(text),
            Value::Texts(texts) => {
                self.byte(b'[');
                for (at, text) in texts.iter().enumerate() {
                    if at > 0 {
                        self.byte(b',');
                    }
                    self.string(text);
                }
                self.byte(b']');
            }
            Value::Integer(number) => self.integer(number),
            Value::Boolean(true) => self.bytes(b"true"),
            Value::Boolean(false) => self.bytes(b"false"),
            Value::Json(json) => self.bytes(json.as_written().as_bytes()),
        }
    }

    pub(super) fn members(&mut self, first: bool, members: &[Member<'_>]) {
        for (at, &(name, value)) in members.iter().enumerate() {
            self.name(first && at == 0, name);
            self.value(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scratch;
    use crate::token::Claims;

    #[test]
    fn members_are_checked_before_they_are_written() {
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(br#"{"a":[1]}"#, &mut scratch).unwrap();
        let json = Value::Json(claims.get("a").unwrap());
        let text = Value::Text("x");
        type Row<'r> = (&'r str, Segment, &'r [Member<'r>], Option<(usize, MemberFault)>);
        let rows: &[Row<'_>] = &[
            ("none", Segment::Payload, &[], None),
            ("strings", Segment::Payload, &[("iss", text), ("sub", text), ("aud", text)], None),
            ("audiences", Segment::Payload, &[("aud", Value::Texts(&["a"]))], None),
            ("any name", Segment::Payload, &[("", text), ("alg", json)], None),
            ("greatest", Segment::Payload, &[("n", Value::Integer(9_007_199_254_740_991))], None),
            ("header", Segment::Header, &[("typ", text), ("kid", text), ("exp", json)], None),
            (
                "beyond",
                Segment::Payload,
                &[("n", Value::Integer(-9_007_199_254_740_992))],
                Some((0, MemberFault::Inexact)),
            ),
            (
                "least",
                Segment::Payload,
                &[("n", Value::Integer(i64::MIN))],
                Some((0, MemberFault::Inexact)),
            ),
            (
                "twice",
                Segment::Payload,
                &[("a", text), ("b", text), ("a", json)],
                Some((2, MemberFault::Repeated)),
            ),
            (
                "issuers",
                Segment::Payload,
                &[("iss", Value::Texts(&["a"]))],
                Some((0, MemberFault::Type)),
            ),
            (
                "number",
                Segment::Payload,
                &[("a", text), ("jti", Value::Integer(7))],
                Some((1, MemberFault::Type)),
            ),
            (
                "flag",
                Segment::Payload,
                &[("sub", Value::Boolean(true))],
                Some((0, MemberFault::Type)),
            ),
            ("JSON", Segment::Payload, &[("aud", json)], Some((0, MemberFault::Type))),
            (
                "key IDs",
                Segment::Header,
                &[("kid", Value::Texts(&["a"]))],
                Some((0, MemberFault::Type)),
            ),
        ];
        for (name, segment, members, expected) in rows {
            assert_eq!(fault(*segment, members), *expected, "{name}");
        }
        for (segment, names) in [
            (Segment::Header, ["alg", "jwk", "crit", "b64"].as_slice()),
            (Segment::Payload, &["iat", "nbf", "exp"]),
        ] {
            for name in names {
                assert_eq!(
                    fault(segment, &[(name, text)]),
                    Some((0, MemberFault::Reserved)),
                    "{name}"
                );
            }
        }
    }
}
