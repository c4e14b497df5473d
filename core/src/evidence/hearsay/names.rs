//! Names of members whose value a requester chooses, as servers, frameworks and proxies write them.
//!
//! Names are compared without case, `-` and `_`: `User-Agent`, `user_agent` and `userAgent` are one
//! name.

use self::Kind::{Either, Header, Headers, Request, Text, Word};

/// What is known about the value of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A header field of a request. A bare value extends to the end of the line.
    Header,
    /// A part of a URL. A bare value has no white space.
    Word,
    /// Any text.
    Text,
    /// A request: its first line, or an object with its parts.
    Request,
    /// Header fields of a request or of an answer.
    Headers,
    /// A part of a request if the record has the address of a requester, otherwise possibly of an
    /// answer.
    Either,
}

/// The names, by their first letter from `a` on.
const NAMES: [&[(&str, Kind)]; 26] = [
    &[
        ("acceptlanguage", Header),
        ("account", Text),
        ("accountname", Text),
        ("authorization", Either),
        ("assertion", Either),
        ("accesstoken", Either),
    ],
    &[("body", Either)],
    &[("cookie", Header), ("cookies", Header), ("clientuser", Text), ("clientid", Text)],
    &[("displayname", Text), ("data", Either)],
    &[("email", Text)],
    &[("forwarded", Header), ("filename", Word), ("form", Text), ("formdata", Text)],
    &[],
    &[
        ("httpuseragent", Header),
        ("httpreferer", Header),
        ("httpreferrer", Header),
        ("httpcookie", Header),
        ("helo", Text),
        ("httprequestbody", Text),
        ("httprequest", Request),
        ("headers", Headers),
        ("header", Headers),
        ("host", Either),
    ],
    &[("input", Either), ("idtoken", Either)],
    &[("jti", Text), ("jwt", Either)],
    &[("kid", Text)],
    &[("loginname", Text), ("login", Text)],
    &[],
    &[("nickname", Text), ("nonce", Text)],
    &[("origin", Header), ("originalurl", Word)],
    &[
        ("path", Word),
        ("params", Text),
        ("parameters", Text),
        ("postdata", Text),
        ("payload", Either),
    ],
    &[
        ("query", Word),
        ("querystring", Word),
        ("queryparams", Word),
        ("querystringparameters", Word),
        ("qs", Word),
    ],
    &[
        ("referer", Header),
        ("referrer", Header),
        ("requestpath", Word),
        ("requesturi", Word),
        ("requesturl", Word),
        ("rawquery", Word),
        ("requestquery", Word),
        ("requesttarget", Word),
        ("remoteuser", Text),
        ("requestparams", Text),
        ("requestparameters", Text),
        ("requestbody", Text),
        ("reqbody", Text),
        ("requestheaders", Text),
        ("reqheaders", Text),
        ("requestline", Text),
        ("request", Request),
        ("req", Request),
    ],
    &[("saslusername", Text), ("sub", Text), ("state", Text)],
    &[("trueclientip", Header), ("target", Word), ("token", Either)],
    &[
        ("useragent", Header),
        ("urlpath", Word),
        ("uri", Word),
        ("url", Word),
        ("user", Text),
        ("username", Text),
    ],
    &[],
    &[],
    &[("xrealip", Header), ("xoriginalurl", Header), ("xrewriteurl", Header)],
    &[],
    &[],
];

/// Names of the address of a requester. Only servers log it.
const ADDRESSES: &[&str] = &[
    "remoteaddr",
    "remoteaddress",
    "remoteip",
    "remotehost",
    "remoteport",
    "clientip",
    "clientaddr",
    "clientaddress",
    "peerip",
    "peeraddr",
    "sourceip",
    "xforwardedfor",
];

/// Names of header fields that only requests have (RFC 9110 §10.1, §12.5, §7.2).
const OF_REQUESTS: &[&str] =
    &["useragent", "host", "accept", "acceptencoding", "acceptlanguage", "cookie", "referer"];

/// Returns what is known about the value of `name`. Of a name with dots, such as
/// `http.request.headers.user-agent`, every part counts.
pub(super) fn kind(name: &[u8]) -> Option<Kind> {
    // The shortest one is `qs`.
    if name.len() < 2 {
        return None;
    }
    if is_prefixed(name, b"xforwarded") {
        return Some(Header);
    }
    let whole = kind_of_part(name);
    if !name.contains(&b'.') {
        return whole;
    }
    whole.or_else(|| {
        let mut parts = name.split(|&byte| byte == b'.');
        // `server.host` and `request.id` are no more than their last part says.
        parts
            .find_map(|part| kind_of_part(part).filter(|kind| matches!(kind, Header | Word | Text)))
    })
}

/// Returns `true` if `name` is that of a requester's address.
pub(super) fn is_address(name: &[u8]) -> bool {
    is_any(name, ADDRESSES)
}

/// Returns `true` if `name` is that of a header field that only requests have.
pub(super) fn is_of_request(name: &[u8]) -> bool {
    is_any(name, OF_REQUESTS) || is_prefixed(name, b"xforwarded")
}

/// Returns `true` if `name` is `date`.
pub(super) fn is_date(name: &[u8]) -> bool {
    is_same(name, "date")
}

fn kind_of_part(name: &[u8]) -> Option<Kind> {
    let letter = name.first()?.to_ascii_lowercase().checked_sub(b'a')?;
    let mut known = NAMES.get(usize::from(letter))?.iter();
    known.find(|(known, _)| is_same(name, known)).map(|(_, kind)| *kind)
}

fn is_any(name: &[u8], names: &[&str]) -> bool {
    let first = name.first().map(u8::to_ascii_lowercase);
    names.iter().any(|known| known.as_bytes().first().copied() == first && is_same(name, known))
}

/// The letters of a name in lower case, without `-` and `_`.
fn letters(name: &[u8]) -> impl Iterator<Item = u8> + '_ {
    name.iter().filter(|byte| !b"-_".contains(byte)).map(u8::to_ascii_lowercase)
}

fn is_same(name: &[u8], known: &str) -> bool {
    name.len() >= known.len() && letters(name).eq(known.bytes())
}

fn is_prefixed(name: &[u8], prefix: &[u8]) -> bool {
    name.first().is_some_and(|byte| byte.eq_ignore_ascii_case(&b'x'))
        && letters(name).take(prefix.len()).eq(prefix.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_separators() {
        const ROWS: &[(&str, Option<Kind>)] = &[
            ("User-Agent", Some(Header)),
            ("user_agent", Some(Header)),
            ("userAgent", Some(Header)),
            ("http_user_agent", Some(Header)),
            ("user_agent.original", Some(Header)),
            ("X-Forwarded-For", Some(Header)),
            ("url.query", Some(Word)),
            ("user.name", Some(Text)),
            ("REQ", Some(Request)),
            ("http.response.headers.date", None),
            ("date", None),
            ("msg", None),
            ("server_time", None),
            ("exp", None),
            ("", None),
        ];
        for &(name, expected) in ROWS {
            assert_eq!(kind(name.as_bytes()), expected, "{name}");
        }
    }
}
