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
    let mut faults = members.iter().enumerate().filter_map(|(at, &(name, value))| {
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

    const TEXT: Value<'_> = Value::Text("x");
    const LIST: Value<'_> = Value::Texts(&["x"]);
    const MOST: i64 = 9_007_199_254_740_991;

    #[test]
    fn members_of_any_name_and_kind_are_written() {
        const ROWS: &[(Segment, &[Member<'_>])] = &[
            (Segment::Payload, &[]),
            (Segment::Payload, &[("iss", TEXT), ("sub", TEXT), ("aud", TEXT), ("jti", TEXT)]),
            (Segment::Payload, &[("aud", LIST), ("roles", LIST)]),
            (Segment::Payload, &[("", TEXT), ("alg", Value::Boolean(false))]),
            (Segment::Payload, &[("n", Value::Integer(MOST)), ("m", Value::Integer(-MOST))]),
            (Segment::Header, &[("typ", TEXT), ("kid", TEXT), ("exp", Value::Integer(1))]),
        ];
        for (segment, members) in ROWS {
            assert_eq!(fault(*segment, members), None, "{members:?}");
        }
    }

    #[test]
    fn rejects_members_that_readers_would_not_read_alike() {
        type Row<'r> = (Segment, &'r [Member<'r>], usize, MemberFault);
        let mut scratch = Scratch::<0>::new();
        let claims = Claims::parse(br#"{"a":["x"]}"#, &mut scratch).unwrap();
        let json = Value::Json(claims.get("a").unwrap());
        let integer = Value::Integer;
        let (payload, header) = (Segment::Payload, Segment::Header);
        let rows: &[Row<'_>] = &[
            (payload, &[("n", integer(MOST + 1))], 0, MemberFault::Inexact),
            (payload, &[("n", integer(-MOST - 1))], 0, MemberFault::Inexact),
            (payload, &[("n", integer(i64::MIN))], 0, MemberFault::Inexact),
            (payload, &[("a", TEXT), ("b", TEXT), ("a", json)], 2, MemberFault::Repeated),
            (payload, &[("iss", LIST)], 0, MemberFault::Type),
            (payload, &[("a", TEXT), ("jti", integer(7))], 1, MemberFault::Type),
            (payload, &[("sub", Value::Boolean(true))], 0, MemberFault::Type),
            (payload, &[("aud", json)], 0, MemberFault::Type),
            (header, &[("kid", LIST)], 0, MemberFault::Type),
            (header, &[("cty", integer(7))], 0, MemberFault::Type),
        ];
        for (segment, members, at, expected) in rows {
            assert_eq!(fault(*segment, members), Some((*at, *expected)), "{members:?}");
        }
    }

    #[test]
    fn rejects_members_that_the_library_writes() {
        for (segment, names) in [
            (Segment::Header, ["alg", "jwk", "crit", "b64"].as_slice()),
            (Segment::Payload, &["iat", "nbf", "exp"]),
        ] {
            for name in names {
                let expected = Some((0, MemberFault::Reserved));
                assert_eq!(fault(segment, &[(name, TEXT)]), expected, "{name}");
            }
        }
    }
}
