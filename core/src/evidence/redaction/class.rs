//! Names of secrets: those of parameters, members and header fields.

use super::scan::from;

/// What the value of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A password or a key: hidden whatever it is.
    Secret,
    /// A token: hidden unless it is a sentence.
    Token,
    /// An authorization code, or the code of an error.
    Code,
    /// Credentials after the name of their scheme (RFC 9110 §11.6.2).
    Credentials,
    /// A list of cookies (RFC 6265 §4.2).
    Cookies,
    /// A private parameter of a JWK (RFC 7518 §6), whose name is a letter or two.
    KeyPart,
}

/// Names, or parts of names, without their separators.
const PARTS: &[(&[u8], Class)] = &[
    (b"secret", Class::Secret),
    (b"password", Class::Secret),
    (b"passwd", Class::Secret),
    (b"passphrase", Class::Secret),
    (b"apikey", Class::Secret),
    (b"privatekey", Class::Secret),
    (b"secretkey", Class::Secret),
    (b"token", Class::Token),
    (b"assertion", Class::Token),
    (b"signature", Class::Token),
    (b"sessionid", Class::Token),
    (b"samlresponse", Class::Token),
    (b"codeverifier", Class::Token),
];

const WHOLE: &[(&[u8], Class)] = &[
    (b"authorization", Class::Credentials),
    (b"proxyauthorization", Class::Credentials),
    (b"cookie", Class::Cookies),
    (b"setcookie", Class::Cookies),
    (b"code", Class::Code),
    (b"authcode", Class::Code),
    (b"authorizationcode", Class::Code),
    (b"devicecode", Class::Token),
    (b"usercode", Class::Token),
    (b"jwt", Class::Token),
    (b"sig", Class::Token),
    (b"d", Class::KeyPart),
    (b"k", Class::KeyPart),
    (b"p", Class::KeyPart),
    (b"q", Class::KeyPart),
    (b"dp", Class::KeyPart),
    (b"dq", Class::KeyPart),
    (b"qi", Class::KeyPart),
];

/// Ends of names that describe a secret, or that name a file: `token_type`, `tokenExpiresAt`,
/// `secret.pem`.
const ABOUT: &[&[u8]] = &[
    b"age",
    b"alg",
    b"algorithm",
    b"at",
    b"bin",
    b"code",
    b"count",
    b"crt",
    b"der",
    b"description",
    b"endpoint",
    b"env",
    b"error",
    b"exception",
    b"exp",
    b"expired",
    b"expires",
    b"expiry",
    b"file",
    b"format",
    b"in",
    b"invalid",
    b"issuer",
    b"json",
    b"length",
    b"lifetime",
    b"limit",
    b"message",
    b"method",
    b"methods",
    b"name",
    b"path",
    b"pem",
    b"size",
    b"status",
    b"supported",
    b"time",
    b"toml",
    b"ttl",
    b"txt",
    b"type",
    b"uri",
    b"url",
    b"valid",
];

/// Returns the class of a name; `None` for a name without a secret.
pub(super) fn class(name: &[u8]) -> Option<Class> {
    if let Some(&(_, class)) =
        WHOLE.iter().find(|(whole, _)| end_of(name, whole) == Some(name.len()))
    {
        return Some(class);
    }
    PARTS.iter().find_map(|&(part, class)| {
        let mut ends = (0..name.len()).filter_map(|at| {
            let length = end_of(from(name, at), part)?;
            Some(at.saturating_add(length))
        });
        let rest = from(name, ends.next_back()?);
        let is_about = ABOUT.iter().any(|about| ends_with(rest, about));
        (!is_about).then_some(class)
    })
}

/// Returns the end of `part` at the start of `name`, which may have separators between words.
fn end_of(name: &[u8], part: &[u8]) -> Option<usize> {
    let mut end = 0_usize;
    for &letter in part {
        let gap = usize::from(end > 0 && matches!(name.get(end), Some(b'_' | b'-' | b'.')));
        end = end.saturating_add(gap);
        if !name.get(end)?.eq_ignore_ascii_case(&letter) {
            return None;
        }
        end = end.saturating_add(1);
    }
    Some(end)
}

fn ends_with(name: &[u8], end: &[u8]) -> bool {
    let start = name.len().checked_sub(end.len());
    start.is_some_and(|start| from(name, start).eq_ignore_ascii_case(end))
}
